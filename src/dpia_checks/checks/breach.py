"""What a log of personal data breaches shows: who was told, when, by which route, and what was written down."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import Only, among, in_rows, is_blank, is_later, is_none_of, is_unsaid
from dpia_checks.rules_of_time import is_before_day, is_later_by_more_than, is_not_done, is_overdue, on_day
from dpia_checks.violations import Violations, check


@check
def told_late(breaches: Records, *, told: str, since: str, hours: int, of: Only) -> Violations:
    """
    Find personal data breaches of which somebody was told too late, or never, or before there was anything to tell.

    Telling at the very end of the last hour is in time, and so is telling at the instant *since*. One that the log
    puts before *since* is a mistake in the log, which shows nothing. Hours are elapsed hours, also across a clock
    change. An empty *told* means nobody was told yet: a violation once the hours had passed on the day the log was
    taken. An empty *since* cannot be shown to be in time.

    Args:
        breaches: One row per personal data breach.
        told: The column with the instant at which they were told.
        since: The column with the instant from which the hours count.
        hours: How many hours they may take, a term.
        of: Which breaches are judged: a column, and the values it may have.
    """
    judged = among(breaches.read(told, since, *of), of)
    late = is_later_by_more_than(told, since, hours) | is_overdue(told, since, hours, breaches.as_of) | is_blank(since)
    return in_rows(breaches, judged, judged.filter(late | is_later(since, told)), column=told)


@check
def told_by_another_route(
    breaches: Records, *, told: str, route: str, permitted: Sequence[str], of: Only
) -> Violations:
    """
    Find personal data breaches told by a route other than the promised one.

    A breach of which nobody was told yet has no route and is left to :func:`told_late`.
    An empty *route* of one that was told is a violation: the log cannot show the promise kept.
    """
    judged = among(breaches.read(told, route, *of), of).filter(~is_blank(told))
    return in_rows(breaches, judged, judged.filter(is_none_of(route, permitted)), column=route)


@check
def not_written_down(
    breaches: Records, *, what: str, of: Only, since: str | None = None, due: str | None = None
) -> Violations:
    """
    Find personal data breaches, or lines of another register, that lack something they were promised to hold.

    An empty *what* is a violation, and so is a text that says nothing (:func:`dpia_checks.rules.is_unsaid`), and a
    day that was still to come when the register was taken: that is a plan. One before *since* is a violation too:
    nobody is told of what is not known yet, nor looks into it. The same instant, or for a day the same day in
    London, is allowed, and an empty *since* is before everything. What else a filled *what* says is not judged.
    A line whose day *due* is the one on which the register was taken, or later, may still get it; one without such a
    day is judged.

    Args:
        breaches: One row per personal data breach, or per line of the other register.
        what: The column that must be filled.
        of: Which lines are judged: a column, and the values it may have.
        since: The column with the instant before which *what* cannot be. Left out, there is none.
        due: The column with the day from which on it is owed. Left out, each line owes it.
    """
    judged = among(breaches.read(what, *of, *(name for name in dict.fromkeys((since, due)) if name)), of)
    if due:
        judged = judged.filter(is_blank(due) | is_before_day(due, breaches.as_of))
    kind = breaches.table.columns[what].type
    is_day = kind == "date"
    unsaid = is_unsaid(what) if kind in {"text", "free_text"} else is_blank(what)
    lacking = is_not_done(what, breaches.as_of) if is_day else unsaid
    if since:
        judged = judged.with_columns(on_day(since)) if is_day else judged
        lacking = lacking | is_later(since, what)
    return in_rows(breaches, judged, judged.filter(lacking), column=what)
