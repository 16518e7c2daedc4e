"""
Make a release from the evidence of a run on real records.

Nothing is copied from the evidence that could be anything: each name is looked up in a fixed list, each
count is put in its band, and each digest is keyed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dpia_checks import DPIAS
from dpia_checks import schema as extract_schemas
from dpia_checks.errors import NotReleasable, Problem, raise_together
from dpia_checks.evidence import NOT_ASKED, records
from dpia_checks.needs import Needs
from dpia_checks.release import bands
from dpia_checks.release.bands import Band
from dpia_checks.release.form import SCHEMA_VERSION, Release, is_day
from dpia_checks.release.keys import keyed
from dpia_checks.schema import Table

METHODS = ("data", "register", "attest")
"""The methods whose result depends on records: a promise of another is not in a release."""
AGAIN = "Run dpia-checks verify with --extracts, --approval and --json again"


def promises(needs: Needs, dpia: str) -> str:
    """Return a digest of what each promise of *dpia* is checked by: its id, method, form and terms. All are public."""
    held_to = [
        [id, *(str(needs.by_id[id].get(name) or "") for name in ("method", "form", "terms"))]
        for id in needs.of_type("commitment")
        if id.startswith(f"{dpia.upper()}_")
    ]
    return hashlib.sha256(json.dumps(held_to).encode()).hexdigest()


def about_people(table: Table) -> bool:
    """Return whether a row of *table* is about somebody, as its description says, and not about paperwork."""
    return any(
        column.whose and column.whose != "no" and not column.whose.startswith("nobody")
        for column in table.columns.values()
    )


def make(
    evidence: Mapping[str, Any], needs: Needs, key: bytes, who: Mapping[str, str], compared_with: Sequence[str] = ()
) -> Release:
    """
    Return the release of *evidence*, not yet compared with the files released before.

    Args:
        evidence: The evidence of one run on one extract set of real origin.
        needs: The needs that the run was over.
        key: The analyst's key.
        who: ``analyst`` and ``approver``, as roles; ``release_approval``, a reference; ``released_on``, a day.
        compared_with: The SHA-256 of each file released before.

    Raises:
        NotReleasable: No release can be made of it; every reason is given.
    """
    given = _real_set(evidence)
    dpia = given["dpia"]
    known = extract_schemas.load(dpia)
    raise_together(NotReleasable, [*_wrong(evidence, given, needs, known), *_too_early(given, who)])
    rows = {name: bands.band(count) for name, count in given["rows"].items() if name != "needs"}
    as_of = {"as_of": given["as_of"]} if given.get("as_of") else {}
    return {
        "schema_version": SCHEMA_VERSION,
        "project": "dpia_checks",
        "kind": "release",
        "dpia": dpia,
        "tool": evidence["made_by"]["tool"],
        "commit": evidence["made_by"]["commit"],
        "promises": promises(needs, dpia),
        "yardsticks": {name: number for name, (number, _) in bands.yardsticks().items()},
        "taken_on": given["taken_on"],
        **as_of,
        "run_approval": given["approval"],
        **who,
        "compared_with": sorted(set(compared_with)),
        "tables": {
            name: {"rows": rows[name].form(), "keyed_digest": _keyed_digest(key, name, given, who)} for name in rows
        },
        "commitments": {
            id: _line(record, needs, rows, known) for id, record in _owed(evidence, needs, dpia) if record is not None
        },
    }


def _real_set(evidence: Mapping[str, Any]) -> Mapping[str, Any]:
    sets = [given for given in evidence["made_by"]["extract_sets"] if given["origin"] == "real"]
    if len(sets) != 1 or sets[0]["dpia"] not in DPIAS:
        what = "it is not of a run on one set of real records, and of made-up ones there is nothing to release"
        raise NotReleasable([Problem("EVIDENCE", what, AGAIN)])
    return dict(sets[0])


def _owed(evidence: Mapping[str, Any], needs: Needs, dpia: str) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Yield each promise of *dpia* that a run on records can say something of, with its record, if there is one."""
    known = records(evidence)
    for id in needs.of_type("commitment"):
        if id.startswith(f"{dpia.upper()}_") and needs.by_id[id].get("method") in METHODS:
            yield id, known.get(id)


def _wrong(
    evidence: Mapping[str, Any], given: Mapping[str, Any], needs: Needs, known: Mapping[str, Table]
) -> Iterator[Problem]:
    if strange := [n for n, name in enumerate(sorted(given["rows"]), 1) if name not in {*known, "needs"}]:
        yield Problem("EVIDENCE", f"table {strange[0]} of its extract set is none of the schema's", AGAIN)
    if not is_day(given["taken_on"]) or not is_day(given.get("as_of", given["taken_on"])):
        yield Problem("EVIDENCE", "the day its extract was taken is not in the calendar", AGAIN)
    lines = dict(_owed(evidence, needs, given["dpia"]))
    own = {id for id in records(evidence) if id.startswith(f"{given['dpia'].upper()}_COM_")}
    if None in lines.values() or own - set(needs.of_type("commitment")):
        yield Problem("EVIDENCE", "it is of other promises than the documents here", AGAIN)
    made = [record for record in lines.values() if record is not None]
    if any("real_judged" not in record for record in made):
        yield Problem("EVIDENCE", "an older version of dpia-checks wrote it", AGAIN)
    if broken := sum(record["outcome"] == "broken" for record in made):
        what = f"{broken} of its checks are broken, and say nothing about the records"
        yield Problem("EVIDENCE", what, "Have them mended, then run it again")


def _too_early(given: Mapping[str, Any], who: Mapping[str, str]) -> Iterator[Problem]:
    if is_day(given["taken_on"]) and who["released_on"] < given["taken_on"]:
        what = "that is before the day on which the extract was taken, which the evidence gives"
        yield Problem("--on", what, "Give the day of the release itself: dpia-checks inspect EVIDENCE says the other")


def _line(
    record: Mapping[str, Any], needs: Needs, rows: Mapping[str, Band], known: Mapping[str, Table]
) -> dict[str, Any]:
    """Return what a release says of one promise."""
    tables = sorted(set(record["tables"]) & {*known, "needs"})
    if record["reason"] == NOT_ASKED:
        return {"result": "not run", "tables": tables}
    if needs.by_id[record["verifies"][0]].get("method") == "attest":
        if until := record["attested_until"]:
            return {"result": "attested", "attested_until": until, "tables": tables}
        return {"result": "attestation due", "tables": tables}
    if record["real"] == "none" or record["outcome"] != "proven":
        return {"result": "no evidence", "tables": tables}
    judged = bands.band(record["real_judged"])
    if _too_few(judged, tables, rows, known):
        return {"result": "too few records", "tables": tables}
    found = bands.band_below(record["real_violations"], judged)
    return {"result": record["real"], "tables": tables, "judged": judged.form(), "violations": found.form()}


def _too_few(judged: Band, tables: Sequence[str], rows: Mapping[str, Band], known: Mapping[str, Table]) -> bool:
    """
    Return whether a result would say something of a few people: held or not, and whichever it is.

    So it is when the check judged a few records, or a table about people that it reads has a few rows.
    What is about paperwork alone is never too few.
    """
    people = [name for name in tables if name in known and about_people(known[name])]
    few = judged.is_few or any(rows[name].is_few for name in people if name in rows)
    return bool(people) and few


def _keyed_digest(key: bytes, name: str, given: Mapping[str, Any], who: Mapping[str, str]) -> str:
    """
    Return the keyed digest of one table, bound to the whole release.

    Two releases of one file have different ones, so nobody but the key's holder can see which table changed.
    """
    digests = json.dumps(given["digests"], sort_keys=True)
    bound_to = [given["taken_on"], given["approval"], who["release_approval"], who["released_on"], digests]
    return keyed(key, "table", [name, str(given["digests"].get(name, "")), *bound_to])
