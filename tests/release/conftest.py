"""Runs on real records that nobody made: a few promises, their evidence, and the releases of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from dpia_checks import evidence as evidence_files
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.release import making

CANARY = "Zq7CanaryBird"
COMMIT = "0" * 40
WHO = {
    "analyst": "internal auditor",
    "approver": "output checker",
    "release_approval": "OC-2022-3",
    "released_on": "2022-11-30",
}
KEY = bytes(range(40))
BREACH, POST, REFERRED, STAFF = "FOD_COM_BREACH_01", "FOD_COM_TRANSFERS_09", "FOD_COM_COHORT_01", "FOD_COM_ACCESS_01"
VAGUE, ATTESTED, DOCUMENT, LGE = "FOD_COM_ACCURACY_09", "FOD_COM_BREACH_15", "FOD_COM_RIGHTS_01", "LGE_COM_BREACH_01"
READS = {
    BREACH: ("breaches",),
    POST: ("post", "transfers"),
    REFERRED: ("advance_referrals_in",),
    STAFF: ("access_log", "staff"),
    ATTESTED: ("attestations",),
    VAGUE: ("advance_referrals_in",),
    DOCUMENT: ("needs",),
    LGE: ("breaches",),
}
"""Which tables each promise is checked on: two are about people, the others are registers of incidents and the like."""
METHODS = {VAGUE: "vague", ATTESTED: "attest", DOCUMENT: "document", REFERRED: "data"}


def needs_of(*ids: str) -> Needs:
    return Needs(
        {
            id: {
                "id": id,
                "type": "commitment",
                "title": f"Promise {number}",
                "docname": f"{id[:3].lower()}/page",
                "source": ["6"],
                "method": METHODS.get(id, "register"),
                "form": "obligation",
                "terms": "hours: 72 hours",
            }
            for number, id in enumerate(ids, 1)
        }
    )


NEEDS = needs_of(*READS)
ROWS = {
    "access_log": 870,
    "advance_referrals_in": 240,
    "attestations": 96,
    "breaches": 14,
    "post": 0,
    "staff": 12,
    "transfers": 41,
}


def proven(need: str) -> list[Run]:
    cases = {"clean": "held", "violation": "caught", "allowed": "passed"}
    return [Run(need, "t.py::t", case, case, ended, ("late",), READS[need], 5) for case, ended in cases.items()]


def evidence_of(
    rows: Mapping[str, int] = ROWS,
    results: Mapping[str, tuple[str, int, int]] | None = None,
    *,
    asked: set[str] | None = None,
    attested: str = "",
    **changes: Any,
) -> dict[str, Any]:
    """Return the evidence of a run on real records; *results* says how each promise ended, over and with how many."""
    results = {BREACH: ("held", 14, 0)} if results is None else results
    runs = [run for need in READS if METHODS.get(need) != "vague" for run in proven(need)]
    for need, (ended, judged, found) in results.items():
        runs.append(Run(need, "t.py::t", "real", "real", ended, ("late",), READS[need], judged, found, most=judged))
    if attested:
        runs.append(Run(ATTESTED, "t.py::t", "real", "real", "held", attested_until=attested))
    made_up = {"dpia": "fod", "name": "made-up", "origin": "synthetic", "taken_on": "2020-01-01", "rows": {"post": 7}}
    given = {
        "dpia": "fod",
        "name": "a real extract set",
        "origin": "real",
        "taken_on": "2022-10-01",
        "seed": None,
        "scale": None,
        "rows": {**rows, "needs": 1278},
        "digests": {name: f"{number:064x}" for number, name in enumerate(rows, 7)},
        "approval": "DPO-2022-014",
    }
    sets = [made_up | {"seed": 1, "scale": 1.0, "digests": {}}, given | changes]
    made_by = {"tool": "0.1.0", "commit": COMMIT, "extract_sets": sets}
    return evidence_files.build(NEEDS, runs, {}, made_by, asked)


def release_of(*args: Any, **words: Any) -> dict[str, Any]:
    return making.make(evidence_of(*args, **words), NEEDS, KEY, WHO)


@pytest.fixture(scope="session")
def whole_release() -> dict[str, Any]:
    """A release of a run that was asked for everything."""
    results = {
        BREACH: ("did not hold", 14, 3),
        POST: ("held", 41, 0),
        REFERRED: ("held", 240, 0),
        STAFF: ("held", 870, 0),
    }
    return release_of(results=results, attested="2023-12-31")


@pytest.fixture
def release(whole_release: dict[str, Any]) -> dict[str, Any]:
    """The same, to change."""
    return deepcopy(whole_release)


@pytest.fixture
def changed(release: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Return the release with one thing changed: the way to it, then what it becomes."""

    def change(*way: str, to: Any) -> dict[str, Any]:
        made = deepcopy(release)
        at = made
        for step in way[:-1]:
            at = at[step]
        at[way[-1]] = to
        return made

    return change
