"""Break one mitigation's check: the run exits non-zero, names the chain, and the risk's page shows it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOOKS_AT_THE_CLOCK = r"    late = is_later_by_more_than\(.*\n"


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A copy of the project, with the verifications of breaches, whose ``told_late`` does not look at the clock."""
    copy = tmp_path_factory.mktemp("broken")
    for name in ("docs", "src", "tests/commitments"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (copy / "tests/commitments").glob("*/test_*.py"):
        if path.name != "test_breach.py":
            path.unlink()
    for path in (copy / "tests/commitments").glob("*/examples.csv"):
        head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([head, *(line for line in lines if "_COM_BREACH_" in line)]), encoding="utf-8")
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy / name)
    check = copy / "src/dpia_checks/checks/breach.py"
    text = check.read_text()
    blinded, lines = re.subn(LOOKS_AT_THE_CLOCK, "    late = is_blank(told)\n", text)
    assert lines == 1
    check.write_text(blinded)
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    command = [sys.executable, "-m", "dpia_checks.site"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, env=environment)
    return copy, done


def test_the_exit_code_is_1(broken):
    assert broken[1].returncode == 1, broken[1].stderr


def test_the_output_names_commitment_mitigation_risk_and_test(broken):
    said = broken[1].stdout

    for word in (
        "FOD_COM_BREACH_01",
        "FOD_MIT_STORAGE_07",
        "FOD_RISK_STORAGE_02",
        "test_the_regulator_is_told_in_time",
    ):
        assert word in said


def test_the_site_is_built_all_the_same_and_the_risks_page_shows_it(broken):
    page = (broken[0] / "build/site/fod/risks.html").read_text()
    card = page.split('id="FOD_RISK_STORAGE_02"')[1].split("</article>")[0]

    assert "check broken (ours: says nothing about MOPAC)" in card


def test_the_commitments_page_says_which_mistake_was_missed(broken):
    page = (broken[0] / "build/site/fod/breach.html").read_text()

    assert "The regulator is told one minute after the last hour ends \u2013 missed" in page


def test_a_run_that_did_not_hold_is_never_used_again(broken):
    assert not (broken[0] / "build/evidence.digest").exists()
