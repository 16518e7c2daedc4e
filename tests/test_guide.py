"""The guide to adding a commitment works: a test follows it to the letter."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dpia_checks import evidence

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/maintain/add-a-commitment.md").read_text(encoding="utf-8")
STEPS = {
    "docs/fod/breach.md": r"````markdown\n(.*?)````",
    "src/dpia_checks/terms/fod/breach.csv": r"## 2\..*?```text\n(.*?)```",
    "tests/commitments/fod/test_breach.py": r"```python\n(.*?)```",
    "tests/commitments/fod/examples.csv": r"## 4\..*?```text\n(.*?)```",
}


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the project with what the guide says added to the files it names."""
    copy = tmp_path_factory.mktemp("guide")
    for name in ("docs", "src", "tests/commitments"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy / name)
    for name, block in STEPS.items():
        found = re.search(block, GUIDE, re.DOTALL)
        assert found, f"the guide has no block for {name}"
        with (copy / name).open("a", encoding="utf-8") as handle:
            handle.write(("\n\n" if name.endswith(("md", "py")) else "") + found[1])
    return copy


def verify(copy, *more):
    code = "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "verify", "fod", "--engine", "polars", "--json", "evidence.json", *more]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, env=environment)


def test_the_new_promise_is_proven(followed):
    done = verify(followed, "--only", "breach")

    assert done.returncode == 0, done.stdout + done.stderr
    made = evidence.records(evidence.read(followed / "evidence.json"))["FOD_COM_BREACH_90"]
    assert made["outcome"] == "proven"
    assert made["numbers_bound"] == 1


def test_moving_its_number_turns_it_red(followed):
    terms = followed / "src/dpia_checks/terms/fod/breach.csv"
    terms.write_text(terms.read_text().replace("FOD_COM_BREACH_90,hours,1,", "FOD_COM_BREACH_90,hours,2,"))

    done = verify(followed, "--only", "FOD_COM_BREACH_90")

    assert done.returncode == 1
    assert "the check did not notice: The Senior Official is told one minute after the hour" in done.stdout
