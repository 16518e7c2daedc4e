"""
Whether an extract set can be of the day on which its manifest says that it was taken.

What was still open on that day is not yet late, so a day that is too early would make every promise look kept.
A day may lie ahead, such as the day on which a clearance ends; an instant is when something happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.records import ExtractSet, Records
from dpia_checks.rules import count
from dpia_checks.rules_of_time import is_after_day


def later(extracts: ExtractSet) -> Iterator[Problem]:
    """
    Yield each table in which something happened after the day the set was taken; an empty cell is no instant.

    Nor may anything in it have happened after the day it is judged by, when that is an earlier one.

    Raises:
        ExtractsUnusable: The instants of a table cannot be read where they lie.
    """
    facts = extracts.facts
    day = min(facts.taken_on, facts.as_of or facts.taken_on)
    is_taken = day == facts.taken_on
    named = "on which the set was taken" if is_taken else "that --as-of judges the set by"
    wrong = "taken_on in the manifest, or --as-of when there is none" if is_taken else "--as-of"
    morrow = date.fromisoformat(day) + timedelta(days=1)
    for name, records in sorted(extracts.items()):
        known = [records.table.columns[column] for column in records.header if column in records.table.columns]
        instants = [column.column for column in known if column.type == "instant"]
        if _any_after(records, instants, morrow.isoformat()):
            what = f"something in it happened after the day {named}"
            yield Problem(name, what, f"Correct {wrong}")


def _any_after(records: Records, instants: Sequence[str], day: str) -> bool:
    try:
        return any(count(records.read(column).filter(is_after_day(column, day))) for column in instants)
    except ExtractsUnusable as unusable:
        raise ExtractsUnusable(replace(problem, where=records.name) for problem in unusable.problems) from None
