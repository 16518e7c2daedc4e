"""``dpia-checks lint`` gives every rule's answer, writes the report, and exits with the verdict."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest

from dpia_checks import DPIAS
from dpia_checks.lint import report
from dpia_checks.lint.results import RULES

ROOT = Path(__file__).parents[2]


def run(*words, cwd=ROOT):
    code = "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "lint", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=dict(os.environ))


@pytest.mark.parametrize("dpia", DPIAS)
def test_every_rule_is_answered_and_a_failing_one_is_exit_1(dpia, tmp_path):
    done = run(dpia, "--json", tmp_path / "lint.json")

    made = json.loads((tmp_path / "lint.json").read_text())
    jsonschema_rs.Draft202012Validator(report.schema()).validate(made)
    assert done.returncode == (1 if made["counts"]["fail"] else 0), done.stderr
    assert "disagree" not in done.stderr
    assert [rule["id"] for rule in made["rules"]] == sorted(RULES)
    assert all(f"\u2502 {id} \u2502" in done.stdout for id in RULES)
    assert made["dpia"] == dpia


def test_an_unchanged_document_gives_the_same_report(tmp_path):
    for name in ("one", "two"):
        run("fod", "--json", tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_finding_that_claims_no_rule_is_told_with_what_to_write(tmp_path):
    for name in ("docs", "src"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "noxfile.py", "CHANGELOG.md", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "tests" / "commitments").mkdir(parents=True)
    page = tmp_path / "docs" / "fod" / "findings" / "breach.md"
    page.write_text(page.read_text().replace(":found_by: read by hand", ":found_by: DC-99", 1))

    done = run("fod", cwd=tmp_path)

    assert "Rules and findings disagree: " in done.stderr
    assert "DC-99, which is no rule" in done.stderr


def test_a_dpia_that_is_not_ours_is_refused():
    assert run("abc").returncode == 2


def test_a_report_that_cannot_be_written_is_named_without_a_traceback(tmp_path):
    (tmp_path / "file").write_text("")

    done = run("fod", "--json", tmp_path / "file" / "lint.json")

    assert done.returncode == 2
    assert "The output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_checkout_the_command_says_so(tmp_path):
    done = run("fod", cwd=tmp_path)

    assert done.returncode == 2
    assert "this is not a checkout" in done.stderr
