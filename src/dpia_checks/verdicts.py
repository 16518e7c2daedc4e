"""The tables that the command line prints: a verdict for each commitment, and the denominators."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from dpia_checks.counts import denominators
from dpia_checks.errors import Exit
from dpia_checks.evidence import NO_PROMISE, NOT_ASKED, records
from dpia_checks.needs import OWED, Needs
from dpia_checks.outcomes import COUNTS, NOTE, broken, examples, given, said, state

if TYPE_CHECKING:
    from dpia_checks.proposing import Proposed

__all__ = ["broken", "exit_code", "print_commitments", "print_denominators", "print_proposed"]


NARROW = 120
"""Below so many letters a line, a promise stands under its id: beside it, words would be cut in two."""


def console() -> Console:
    """Return the standard output, wide enough for a table where no terminal says how wide it is."""
    return Console() if sys.stdout.isatty() else Console(width=160)


def print_commitments(console: Console, evidence: Mapping[str, Any], needs: Needs, dpia: str, *, real: bool) -> None:
    """
    Print a line for each commitment of *dpia* that was asked for, with a column for real records when they were given.

    How many were not asked for is said below: a person who asks for one theme looks for that.
    """
    own = {need: r for need, r in sorted(records(evidence).items()) if need.startswith(f"{dpia.upper()}_COM_")}
    asked = {need: record for need, record in own.items() if record["reason"] != NOT_ASKED}
    is_narrow = console.width < NARROW
    table = _of_verdicts(dpia, is_narrow=is_narrow, real=real)
    for need, record in asked.items():
        promise = [f"{need}\n{needs.title(need)}"] if is_narrow else [need, needs.title(need)]
        found = [given(record, needs.by_id.get(need, {}).get("method"))] if real else []
        table.add_row(*promise, state(record), *examples(record), *found)
    console.print(table)
    if left_out := len(own) - len(asked):
        console.print(f"Not asked for in this run, and left out here: {left_out} of {len(own)}.", highlight=False)


def _of_verdicts(dpia: str, *, is_narrow: bool, real: bool) -> Table:
    """Return the table of the verdicts, without a line. What is too long for its column goes on below: none is cut."""
    table = Table(title=f"{dpia.upper()}: verdict by commitment", title_justify="left", header_style="bold")

    def column(name: str, widest: int, **more: Any) -> None:
        table.add_column(name, overflow="fold", max_width=widest if is_narrow else None, **more)

    if is_narrow:
        table.add_column("Commitment", ratio=1, overflow="fold")
    else:
        table.add_column("Commitment", no_wrap=True)
        table.add_column("Promise", ratio=1, overflow="fold")
    column("State", len("transcription"), ratio=None if is_narrow else 1)
    column("Noticed", len("Noticed"), justify="right")
    column("Passed", len("Passed"), justify="right")
    if real:
        column("On this extract", len("attestation"))
    return table


def print_denominators(console: Console, evidence: Mapping[str, Any], needs: Needs, dpias: tuple[str, ...]) -> None:
    """Print the counts of each DPIA, each with what it is out of, one below the other: any terminal is wide enough."""
    table = Table("", *(dpia.upper() for dpia in dpias), title="Commitments", title_justify="left", header_style="bold")
    counted = [said(denominators(evidence, needs, dpia)) for dpia in dpias]
    for name, *counts in zip(COUNTS[1:], *counted, strict=True):
        table.add_row(name, *counts)
    console.print(table)
    console.print(NOTE)


def print_proposed(console: Console, proposals: Sequence[Proposed]) -> None:
    """Print how many columns of each table were told from their headers, and the sums; never a header."""
    table = Table(title="Proposed, to be looked through", title_justify="left", header_style="bold")
    table.add_column("Table", no_wrap=True)
    for name in ("Columns", "Read as is", "Proposed", "Not told", "Not found"):
        table.add_column(name, justify="right", width=max(map(len, name.split())))
    for one in proposals:
        numbers = (one.columns, one.known, len(one.headers), one.columns - one.known - len(one.headers))
        table.add_row(one.table, *map(str, (*numbers, one.lacking)))
    console.print(table)
    columns, known = sum(one.columns for one in proposals), sum(one.known for one in proposals)
    proposed, lacking = sum(len(one.headers) for one in proposals), sum(one.lacking for one in proposals)
    said = (
        f"Of {columns} columns, {known} are read as they are and {proposed} proposed; {columns - known - proposed} were"
    )
    console.print(f"{said} not told. Columns that are described and were not found: {lacking}.", highlight=False)


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
