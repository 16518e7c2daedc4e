"""The tables that the command line prints: a verdict for each commitment, and the denominators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from dpia_checks.errors import Exit
from dpia_checks.evidence import NO_PROMISE, NOT_ASKED, REAL_WORDS, WORDS, Denominators, denominators, records
from dpia_checks.needs import OWED, Needs

NOTE = "On made-up records: says whether our checks work, not whether MOPAC kept its promises."


def print_commitments(console: Console, evidence: Mapping[str, Any], needs: Needs, dpia: str, *, real: bool) -> None:
    """Print a line for each commitment of *dpia*, with a column for real records when they were given."""
    table = Table(title=f"{dpia.upper()}: verdict by commitment", title_justify="left", header_style="bold")
    table.add_column("Commitment", no_wrap=True)
    table.add_column("Promise", ratio=1)
    table.add_column("State", ratio=1)
    table.add_column("Noticed", justify="right")
    table.add_column("Passed", justify="right")
    if real:
        table.add_column("On this extract")
    for need, record in sorted(records(evidence).items()):
        if need.startswith(f"{dpia.upper()}_COM_"):
            line = [need, needs.title(need), _state(record), *_examples(record)]
            table.add_row(*line, *([_given(record, needs.by_id.get(need, {}).get("method"))] if real else []))
    console.print(table)


def _state(record: Mapping[str, Any]) -> str:
    return f"not run: {NOT_ASKED}" if record["reason"] == NOT_ASKED else WORDS[record["outcome"]]


def _given(record: Mapping[str, Any], method: str | None) -> str:
    if record["reason"] == NOT_ASKED:
        return "not run"
    if method == "attest":
        return f"attested until {record['attested_until']}" if record["attested_until"] else WORDS["attest"]
    if method in NO_PROMISE:
        return "n/a"
    return REAL_WORDS[record["real"] if record["real"] != "none" else record["rehearsal"]]


def _examples(record: Mapping[str, Any]) -> tuple[str, str]:
    if not record["examples_tried"]:
        return "n/a", "n/a"
    noticed = f"{record['examples_caught']} of {record['examples_tried']}"
    return noticed, f"{record['allowed_passed']} of {record['allowed_tried']}"


def print_denominators(console: Console, evidence: Mapping[str, Any], needs: Needs, dpias: tuple[str, ...]) -> None:
    """Print the counts of each DPIA, every one with what it is out of."""
    table = Table(title="Commitments", title_justify="left", header_style="bold")
    for name in (
        "DPIA",
        "Owe a check",
        "Run",
        "Proven",
        "Broken",
        "Not run",
        "Too vague",
        "Attestation due",
        "On real records",
    ):
        table.add_column(name)
    for dpia in dpias:
        table.add_row(dpia.upper(), *_counts(denominators(evidence, needs, dpia)))
    console.print(table)
    console.print(NOTE)


def _counts(counts: Denominators) -> list[str]:
    def of(part: int, whole: int) -> str:
        return f"{part} of {whole}" if whole else "n/a"

    proven = counts.proven + counts.transcription
    return [
        of(counts.owed, counts.commitments),
        of(counts.run, counts.owed),
        of(proven, counts.owed),
        of(counts.broken, counts.commitments),
        of(counts.not_run, counts.owed),
        of(counts.vague, counts.commitments),
        of(counts.attest, counts.commitments),
        of(counts.real_checked, counts.commitments),
    ]


def broken(evidence: Mapping[str, Any], needs: Needs, dpias: tuple[str, ...]) -> list[str]:
    """Return a line for each broken commitment of *dpias*: what it is, and why it counts as broken."""
    return [
        f"{need} {needs.title(need)}: {WORDS['broken']}: {record['reason']}"
        for need, record in sorted(records(evidence).items())
        if need[:3].lower() in dpias and "_COM_" in need and record["outcome"] == "broken"
    ]


def exit_code(evidence: Mapping[str, Any], needs: Needs, dpias: tuple[str, ...], *, real: bool, strict: bool) -> Exit:
    """
    Return the exit code of a run over *dpias*.

    A broken check or a promise that did not hold is 1. On an extract set that was handed over, no evidence
    for a promise that has a check is 3. With *strict* a check that nobody has written yet is 3 too.
    What was not asked for counts for nothing.
    """
    asked = {need: r for need, r in records(evidence).items() if r["reason"] != NOT_ASKED}
    chosen = {need: r for need, r in asked.items() if need[:3].lower() in dpias}
    if any(r["outcome"] == "broken" or "did not hold" in (r["real"], r["rehearsal"]) for r in chosen.values()):
        return Exit.DID_NOT_HOLD
    methods = {need: needs.by_id.get(need, {}).get("method") for need in chosen}
    owed = {need: r for need, r in chosen.items() if methods[need] in OWED}
    lacking = [need for need, r in owed.items() if r["real"] == r["rehearsal"] == "none" and r["outcome"] != "none"]
    if real and any(methods[need] not in NO_PROMISE for need in lacking):
        return Exit.NO_EVIDENCE
    if strict and any(record["outcome"] == "none" for record in owed.values()):
        return Exit.NO_EVIDENCE
    return Exit.HELD
