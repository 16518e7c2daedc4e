"""Coverage and risks to take away: the same counts as the pages, and the same bytes each time."""

from __future__ import annotations

import csv
import zipfile

import pytest

from dpia_checks import evidence, exports
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site

TEST = "tests/commitments/fod/test_breach.py::test_in_time"


def need(id: str, type: str, title: str = "A title", **more):
    return {"id": id, "type": type, "title": title, "docname": "fod/page", "source": ["6", "5.4"], **more}


@pytest.fixture
def site():
    needs = Needs(
        {
            "FOD_COM_BREACH_01": need(
                "FOD_COM_BREACH_01", "commitment", "=1+1", method="register", delivers=["FOD_MIT_STORAGE_01"]
            ),
            "FOD_COM_BREACH_02": need("FOD_COM_BREACH_02", "commitment", method="attest"),
            "FOD_MIT_STORAGE_01": need("FOD_MIT_STORAGE_01", "mitigation", reduces=["FOD_RISK_STORAGE_01"]),
            "FOD_RISK_STORAGE_01": need("FOD_RISK_STORAGE_01", "risk", level="low"),
        }
    )
    runs = [
        Run("FOD_COM_BREACH_01", TEST, case, name, outcome, ("told_late",), ("breaches",), 11)
        for case, name, outcome in (
            ("clean", "", "held"),
            ("violation", "late", "caught"),
            ("allowed", "odd", "passed"),
        )
    ]
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    return Site(needs, evidence.build(needs, runs, {}, made_by), {"fod/page"}, {})


def test_a_commitment_has_its_state_its_counts_and_what_it_is_linked_with(site):
    proven, due = exports.coverage(site)

    assert proven["state of our check"] == "check proven (made-up records)"
    assert (proven["examples caught"], proven["examples tried"], proven["allowed passed"]) == (1, 1, 1)
    assert (proven["risks"], proven["measures"], proven["sections"]) == (
        "FOD_RISK_STORAGE_01",
        "FOD_MIT_STORAGE_01",
        "5.4; 6",
    )
    assert proven["on MOPAC's real records"] == "no evidence"
    assert (due["state of our check"], due["examples tried"]) == ("attestation due", "")


def test_a_risk_has_its_level_as_published_and_no_other(site):
    (risk,) = exports.risks(site)

    assert (risk["level as published"], risk["likelihood as published"]) == ("low", "not stated")
    assert (risk["measures"], risk["measures with a proven check (made-up records)"]) == (1, 1)


def test_the_files_hold_what_the_tables_say_and_no_formula(site, tmp_path):
    exports.write(site, tmp_path)

    with (tmp_path / "coverage.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [row["id"] for row in csv.DictReader(handle)] == ["FOD_COM_BREACH_01", "FOD_COM_BREACH_02"]
    with zipfile.ZipFile(tmp_path / "coverage.xlsx") as book:
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_same_evidence_gives_the_same_bytes(site, tmp_path):
    exports.write(site, tmp_path / "a")
    exports.write(site, tmp_path / "b")

    for name in ("coverage.csv", "coverage.xlsx", "risks.csv", "risks.xlsx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
