"""
What the site shows of released files: results on real records, beside what made-up records show of the checks.

Only a released file makes the site say anything of real records. What the evidence of the site's own run
holds of them, if anything, was not released: it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dpia_checks.errors import Problem, ReleaseUnusable
from dpia_checks.needs import Needs
from dpia_checks.release import bands, form
from dpia_checks.release.form import JUDGED, Release
from dpia_checks.release.making import promises

NOTHING = {"real": "none", "rehearsal": "none", "attested_until": "", "real_judged": 0, "real_violations": 0}
NO_EVIDENCE = "no evidence"
NOT_SHOWN = {"too few records": "not released: it rests on too few records"}
"""The results that are shown in other words than no evidence, and are none."""


def load(paths: Sequence[Path], needs: Needs) -> dict[str, Release]:
    """
    Return the released files of *paths* by the document that they are of.

    Raises:
        ReleaseUnusable: One is no release, is of other promises than *needs*, or two are of one document.
    """
    found: dict[str, Release] = {}
    for number, path in enumerate(paths, start=1):
        where = f"--released, file {number}"
        release = form.read(path, where)
        if release["dpia"] in found:
            what = f"it is the second of {release['dpia'].upper()}"
            raise ReleaseUnusable([Problem(where, what, "Give one file for each document: the newest")])
        if release["promises"] != promises(needs, release["dpia"]):
            what = f"it is of other promises than the documents here; its checks were of commit {release['commit']}"
            raise ReleaseUnusable([Problem(where, what, "Check that commit out, or have the run done again")])
        found[release["dpia"]] = release
    return found


def without_real(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Return *evidence* without anything of records that were handed over: what is left is of made-up ones."""
    made = dict(evidence)
    if "made_by" in made:
        sets = made["made_by"]["extract_sets"]
        kept = [given for given in sets if given["origin"] == "synthetic"]
        made["made_by"] = {**made["made_by"], "extract_sets": kept}
        version = made["current_version"]
        listed = made["versions"][version]
        needs = {id: _without_real(record) for id, record in listed["needs"].items()}
        made["versions"] = {**made["versions"], version: {**listed, "needs": needs}}
    return made


def _without_real(record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, **{name: nothing for name, nothing in NOTHING.items() if name in record}}


def beside(evidence: Mapping[str, Any], released: Mapping[str, Release]) -> dict[str, Any]:
    """Return *evidence* with the results of the *released* files, and no other, as those on real records."""
    made = without_real(evidence)
    records = made["versions"][made["current_version"]]["needs"].values() if "versions" in made else ()
    for record in records:
        line = line_of(released, record["verifies"][0])
        if line and line["result"] in JUDGED:
            record["real"] = line["result"]
        if line and record["outcome"] == "attest":
            record["attested_until"] = line.get("attested_until", "")
    return made


def line_of(released: Mapping[str, Release], need: str) -> dict[str, Any] | None:
    """Return what the released file of its document says of the commitment *need*."""
    release = released.get(need[:3].lower())
    return release["commitments"].get(need) if release else None


def words(released: Mapping[str, Release], need: str) -> str:
    """Return what is shown of a commitment on real records: the result, of which extract and day, and who says so."""
    line = line_of(released, need)
    if line is None or line["result"] not in (*JUDGED, "attested", *NOT_SHOWN):
        return NO_EVIDENCE
    release = released[need[:3].lower()]
    if line["result"] in NOT_SHOWN:
        return NOT_SHOWN[line["result"]]
    said = f"self-reported by the {release['analyst']}, release approved by the {release['approver']}"
    if line["result"] == "attested":
        return f"attested until {line['attested_until']}, {said}"
    extract = " and ".join(line["tables"])
    return f"{line['result']} on {extract}, {release['taken_on']}, {said}"


def short(released: Mapping[str, Release], need: str) -> str:
    """Return the result of a commitment in as few words as can stand in a table; nothing when there is none."""
    line = line_of(released, need)
    return f"{line['result']} (self-reported)" if line and line["result"] in JUDGED else ""


def counts(released: Mapping[str, Release], need: str) -> str:
    """Return the counts behind a result on real records, in bands; nothing when there is no result."""
    line = line_of(released, need)
    if line is None or line["result"] not in JUDGED:
        return ""
    judged, found = bands.read(line["judged"]), bands.read(line["violations"])
    return f"records judged: {judged}; violations: {found}"
