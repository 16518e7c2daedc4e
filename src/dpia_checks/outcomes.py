"""The words of a run's outcomes, for the terminal and for the page: a line for each commitment, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from dpia_checks.counts import Denominators
from dpia_checks.evidence import NO_PROMISE, NOT_ASKED, REAL_WORDS, WORDS, records
from dpia_checks.needs import Needs

NOTE = "On made-up records: says whether our checks work, not whether MOPAC kept its promises."
REAL = "What held was kept as far as these records go: what nobody wrote into them is not seen."
REHEARSED = "It is a rehearsal, and says nothing about MOPAC."
COUNTS = (
    "DPIA",
    "Owe a check",
    "Run",
    "Proven",
    "In our transcription",
    "Broken",
    "Not run",
    "Too vague",
    "Attestation due",
    "On real records",
)


def state(record: Mapping[str, Any]) -> str:
    """Return the state of a commitment on made-up records."""
    return f"not run: {NOT_ASKED}" if record["reason"] == NOT_ASKED else WORDS[record["outcome"]]


def given(record: Mapping[str, Any], method: str | None) -> str:
    """Return what the records that were handed over show of a commitment."""
    if record["reason"] == NOT_ASKED:
        return "not run"
    if method == "attest":
        return f"attested until {record['attested_until']}" if record["attested_until"] else WORDS["attest"]
    if method in NO_PROMISE:
        return "n/a"
    return REAL_WORDS[record["real"] if record["real"] != "none" else record["rehearsal"]]


def examples(record: Mapping[str, Any]) -> tuple[str, str]:
    """Return how many of the planted mistakes were noticed, and how many of the honest oddities passed."""
    if not record["examples_tried"]:
        return "n/a", "n/a"
    noticed = f"{record['examples_caught']} of {record['examples_tried']}"
    return noticed, f"{record['allowed_passed']} of {record['allowed_tried']}"


def said(counts: Denominators) -> list[str]:
    """Return *counts*, each with what it is out of, in the order of :data:`COUNTS` after the first."""

    def of(part: int, whole: int) -> str:
        return f"{part} of {whole}" if whole else "n/a"

    return [
        of(counts.owed, counts.commitments),
        of(counts.run, counts.owed),
        of(counts.proven, counts.owed),
        of(counts.transcription, counts.owed),
        of(counts.broken, counts.commitments),
        of(counts.not_run, counts.owed),
        of(counts.vague, counts.commitments),
        of(counts.attest, counts.commitments),
        of(counts.real_checked, counts.commitments),
    ]


def closing(evidence: Mapping[str, Any], needs: Needs, dpias: Collection[str]) -> list[str]:
    """Return what the records that were handed over show of the promises of *dpias* that were asked for, counted."""
    made = {need: r for need, r in records(evidence).items() if "_COM_" in need and need[:3].lower() in dpias}
    asked = {need: r for need, r in made.items() if r["reason"] != NOT_ASKED}
    judged = [r for need, r in asked.items() if needs.by_id.get(need, {}).get("method") not in NO_PROMISE]
    rehearsal = all(each["origin"] != "real" for each in evidence["made_by"]["extract_sets"])
    ends = Counter(record["rehearsal" if rehearsal else "real"] for record in judged)
    whose = "the made-up records that were handed over" if rehearsal else "these real records"
    means = REHEARSED if rehearsal else REAL
    counted = "; ".join(f"{REAL_WORDS[end]}: {ends[end]}" for end in ("held", "did not hold", "none"))
    return [f"On {whose}, of {len(judged)} promises that records can show: {counted}. {means}"]


def without_evidence(handed_over: Mapping[str, int], described: Collection[str]) -> list[str]:
    """Return a sentence on the tables *described* that were not handed over, and one on those without a row."""
    absent = sorted(set(described) - set(handed_over))
    empty = sorted(name for name, rows in handed_over.items() if not rows)
    told = {f"No evidence, since they are not in the folder: {len(absent)} of {len(described)} tables": absent}
    told |= {f"Without a row: {len(empty)} of {len(handed_over)} tables": empty}
    return [f"{said}: {', '.join(names)}." for said, names in told.items() if names]


def not_read(evidence: Mapping[str, Any], columns: Mapping[str, int]) -> list[str]:
    """
    Return a sentence on the columns of a scan that no check read, of how many *columns* each table has.

    The evidence names them. A file that is read whole has none.
    """
    found = [each.get("not_read", {}) for each in evidence["made_by"]["extract_sets"]]
    told = [f"{len(names)} of {columns[name]} in {name}" for sets in found for name, names in sets.items()]
    said = "Columns that no check of this run asked for, so that a fault in their cells would go unnoticed"
    return [f"{said}: {', '.join(told)}. The evidence names them."] if told else []


def blank(rows: Mapping[str, int]) -> list[str]:
    """Return a sentence on how many *rows* of each table have no filled cell."""
    told = ", ".join(f"{number} in {name}" for name, number in rows.items())
    do = "Each was judged as a record that says nothing. If a spreadsheet left them behind, take them out"
    return [f"Rows without a filled cell: {told}. {do}."] if told else []


def unfit(columns: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return a sentence on the *columns* of each table that are missing, nought, or have so many cells of no type."""
    told = [
        f"{table}.{column} ({f'{cells} cells' if cells else 'missing'})"
        for table, found in columns.items()
        for column, cells in found.items()
    ]
    said = "Columns that are missing, or with cells that are no value of their type, which a check takes for a fault"
    do = "If your files call a column otherwise, or write its days in another way, say so in mapping.csv first"
    return [f"{said}: {', '.join(told)}. {do}: dpia-checks map proposes one."] if told else []


def broken(evidence: Mapping[str, Any], needs: Needs, dpias: tuple[str, ...]) -> list[str]:
    """Return a line for each broken commitment of *dpias*: what it is, and why it counts as broken."""
    return [
        f"{need} {needs.title(need)}: {WORDS['broken']}: {record['reason']}"
        for need, record in sorted(records(evidence).items())
        if need[:3].lower() in dpias and "_COM_" in need and record["outcome"] == "broken"
    ]
