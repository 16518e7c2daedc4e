"""A tiny project for the pytest plugin: three needs, one folder of verifications."""

import json

import pytest

from dpia_checks import evidence, extract_files, synthetic

HEADER = "need,example,expect,edit,table,row,column,value\n"
LATE = "FOD_COM_BREACH_01,one minute late,violation,set,breaches,PDB-03,ico_told_at,2020-09-25T09:16+01:00\n"
JUST = "FOD_COM_BREACH_01,in the last minute,allowed,set,breaches,PDB-03,ico_told_at,2020-09-25T09:15+01:00\n"

GOOD = '''
import pytest
from dpia_checks.checks.breach import told_late
from dpia_checks.violations import assert_no_violations

@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_in_time(extracts, terms):
    """The regulator is told in time."""
    log, hours, notifiable = extracts["breaches"], terms.number("hours"), {"notifiable": ["yes"]}
    assert_no_violations(told_late(log, told="ico_told_at", since="detected_at", hours=hours, of=notifiable))
'''


def need(id, type, title, **more):
    return {"id": id, "type": type, "title": title, **more}


NEEDS = [
    need(
        "FOD_COM_BREACH_01",
        "commitment",
        "The regulator is told in time",
        method="register",
        form="obligation",
        delivers=["FOD_MIT_STORAGE_07"],
    ),
    need("FOD_COM_TRANSFERS_09", "commitment", "Nothing is posted", method="register", form="prohibition"),
    need("FOD_MIT_STORAGE_07", "mitigation", "Losses are reported", reduces=["FOD_RISK_STORAGE_02"]),
    need("FOD_RISK_STORAGE_02", "risk", "Data is lost"),
]


class Tiny:
    """Write verifications and examples, run them, and read the evidence."""

    def __init__(self, pytester):
        self.pytester = pytester
        self.folder = pytester.mkdir("tests") / "commitments" / "fod"
        self.folder.mkdir(parents=True)
        needs = {n["id"]: n for n in NEEDS}
        made = {"current_version": "1", "versions": {"1": {"needs": needs}}}
        self.needs = pytester.path / "needs.json"
        self.needs.write_text(json.dumps(made))

    def write(self, test=GOOD, examples=LATE + JUST, name="test_breach.py"):
        (self.folder / name).write_text(test)
        (self.folder / "examples.csv").write_text(HEADER + examples)

    def run(self, *words):
        path = self.pytester.path / "evidence.json"
        arguments = [str(self.folder), f"--needs-json={self.needs}", f"--evidence={path}", *words]
        if any(word.startswith("--extracts") for word in words):
            arguments.append("--approval=DPO-2022-014")
        quiet = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
        return self.pytester.runpytest(*arguments, *quiet, f"--junitxml={self.pytester.path / 'j.xml'}")

    def record(self, id="FOD_VER_BREACH_01"):
        made = json.loads((self.pytester.path / "evidence.json").read_text())
        return made["versions"]["1"]["needs"][id]


@pytest.fixture(scope="session")
def engine_loaded(tmp_path_factory):
    """Import what a run imports: pytester forgets modules that a run in this process imported first."""
    made = synthetic.make("fod")
    log = made["breaches"]
    log.read("ico_told_at")
    list(log.unreadable(("ico_told_at",)))
    folder = tmp_path_factory.mktemp("extracts")
    extract_files.read(extract_files.write(made, folder).parent)
    evidence.schema()
    try:
        evidence.read(folder / "none.json")
    except evidence.EvidenceUnusable:
        return


@pytest.fixture
def tiny(engine_loaded, pytester):
    return Tiny(pytester)
