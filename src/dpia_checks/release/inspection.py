"""
Say in words all that a file holds, and what it does not hold, for whoever decides whether it may leave.

Each thing in the file is in some line; a test takes that at its word. A character that could steer a
terminal is shown by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dpia_checks.evidence import REAL_WORDS, WORDS, records
from dpia_checks.release import bands
from dpia_checks.release.form import Release

NOT_IN_A_RELEASE = (
    "no cell of any record, nor anything worked out from one but the counts above",
    "no position: no row, no column, no record's id, not even keyed",
    "no exact count: each is nought, a band or rounded",
    "nobody's name: roles and references",
    "no name of a file, a folder or a column, and no name of a table but those of the published schema",
    "no time of day, no name of a machine, no path",
    "nothing that can be turned back into a digest of a table without the analyst's key",
)
STILL_THERE = (
    "A verdict can say something of a person to somebody who knows that she is in the table.",
    "One person can be behind many records: the counts are of records, and the tool does not know whose they are.",
    "A reference holds whatever the office put into it.",
    "Files of other projects about the same people were not compared.",
)
"""What an output checker has to judge: no rule of ours can."""
NOT_IN_EVIDENCE = (
    "no cell of any record",
    "no position: no row and no record's id",
    "nobody's name, unless it is in one of the texts above",
)


def printable(text: str) -> str:
    """Return *text* with each character that is not printed as itself shown by its number."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def of_release(release: Release) -> Iterator[str]:
    """Yield a line for each thing that a release file holds, then what it does not hold."""
    yield f"This is a release of {release['dpia'].upper()}, project {release['project']}, version" + (
        f" {release['schema_version']} of the form ({release['kind']})."
    )
    yield f"The checks were of dpia_checks {release['tool']}, commit {release['commit']}."
    if release["commit"].endswith("+changes"):
        yield "Files of the tool differed from that commit, and nobody can look up how."
    yield f"The promises that were checked have the public digest {release['promises']}."
    sticks = release["yardsticks"]
    yield f"Counts below {sticks['threshold']} are shown as a few; others are rounded to {sticks['rounded_to']}."
    judged_by = f", judged by {release['as_of']}" if "as_of" in release else ""
    yield f"The extract was taken on {release['taken_on']}{judged_by}."
    yield f"The run was approved under {release['run_approval']}; the {release['analyst']} reports it."
    yield f"The release was approved under {release['release_approval']} by the {release['approver']}" + (
        f" on {release['released_on']}."
    )
    before = release["compared_with"]
    yield f"It was compared with {len(before)} files released before{': ' if before else '.'}" + ", ".join(before)
    yield f"Tables handed over: {len(release['tables'])}."
    for name, table in release["tables"].items():
        yield f"  {name}: rows {bands.read(table['rows'])}; keyed digest {table['keyed_digest']}"
    yield f"Promises: {len(release['commitments'])}."
    yield from (f"  {id}: {_promise(line)}" for id, line in release["commitments"].items())
    yield from _listed("It does not hold:", NOT_IN_A_RELEASE)
    yield from _listed("Judge for yourself:", STILL_THERE)


def _promise(line: Mapping[str, Any]) -> str:
    counted = [f"{name} {bands.read(line[name])}" for name in ("judged", "violations") if name in line]
    until = [f"until {line['attested_until']}"] if "attested_until" in line else []
    return "; ".join([line["result"], *until, *counted, f"reads {', '.join(line['tables']) or 'no table'}"])


def of_evidence(evidence: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each thing that an evidence file holds, then what it does not hold."""
    made_by = evidence["made_by"]
    real = [given for given in made_by["extract_sets"] if given["origin"] == "real"]
    yield f"This is evidence, project {evidence['project']}, version {evidence['schema_version']} of the form."
    if real:
        yield "It is of a run on real records, with exact counts and open digests: it is NOT a release. Keep it inside."
    yield f"Made by dpia_checks {made_by['tool']}, commit {made_by['commit']}."
    if "engine" in made_by:
        yield f"The checks ran on {made_by['engine']}."
    if "only" in made_by:
        yield f"The run was asked for {', '.join(made_by['only'])} alone."
    for given in made_by["extract_sets"]:
        yield from _extract_set(given)
    made, current = records(evidence), evidence["current_version"]
    amount = evidence["versions"][current]["needs_amount"]
    yield f"Records of promises and measures: {len(made)} (the file says {amount}, in its version {current})."
    for key, record in evidence["versions"][current]["needs"].items():
        yield from _record(key, record)
    yield from _listed("It does not hold:", NOT_IN_EVIDENCE)


def _extract_set(given: Mapping[str, Any]) -> Iterator[str]:
    yield f"Extract set of {given['dpia']}: {given['name']}; origin {given['origin']}; taken on {given['taken_on']}"
    for name in ("as_of", "approval", "seed", "scale"):
        if name in given:
            yield f"  {name.replace('_', ' ')}: {given[name]}"
    yield from (f"  {table}: {rows} rows exactly" for table, rows in given["rows"].items())
    yield from (f"  {table}: SHA-256 {digest}" for table, digest in given["digests"].items())
    unread = given.get("not_read", {}).items()
    yield from (f"  {table}: columns that no check read: {', '.join(columns)}" for table, columns in unread)


COUNTED = {
    "judged": "made-up records judged",
    "real_judged": "most real records judged by one check, exactly",
    "real_violations": "violations on real records, exactly",
    "examples_tried": "planted mistakes tried",
    "examples_caught": "planted mistakes noticed",
    "allowed_tried": "honest oddities tried",
    "allowed_passed": "honest oddities passed",
    "numbers_tried": "numbers moved",
    "numbers_bound": "numbers bound",
}


def _record(key: str, record: Mapping[str, Any]) -> Iterator[str]:
    state = f"{WORDS[record['outcome']]}{': ' if record['reason'] else ''}{record['reason']}"
    yield f"{key} ({record['type']} {record['id']}) verifies {', '.join(record['verifies'])}: {record['title']}"
    yield f"  on made-up records: {state}"
    yield f"  on real records: {REAL_WORDS[record['real']]}; in a rehearsal: {REAL_WORDS[record['rehearsal']]}" + (
        f"; attested until {record['attested_until']}" if record["attested_until"] else ""
    )
    yield "  " + "; ".join(f"{words} {record[name]}" for name, words in COUNTED.items() if name in record)
    for name in ("tests", "checks", "tables", "results"):
        if record[name]:
            yield f"  {name}: {'; '.join(record[name])}"


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield heading
    yield from (f"  - {line}" for line in lines)
