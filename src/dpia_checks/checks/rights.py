"""What a log of people's requests shows: to whom each went, and how long the answer took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpia_checks.deadlines import (
    is_later_than_months,
    is_later_than_working_days,
    is_overdue_by_months,
    is_overdue_by_working_days,
)
from dpia_checks.records import Records
from dpia_checks.rules import Only, among, in_rows, is_any_of, is_before_day, is_blank
from dpia_checks.violations import Violations, check


@check
def handled_elsewhere(
    requests: Records, *, handled: str, of: str, by: Mapping[str, str], received: str, only: Only | None = None
) -> Violations:
    """
    Find requests that were not handled where the promise says, for what they are about.

    A request that came in on the day the log was taken, or later, may still be unhandled. Otherwise an
    empty *handled* is a violation, as is an empty *of*, which shows nobody who should have it, and an
    empty *received*, which shows no time that was left.

    Args:
        requests: One row per request.
        handled: The column judged: to whom it was passed, who received it, or whose process it follows.
        of: The column that decides where it belongs, such as the data it is about.
        by: Where it belongs, for each value of *of* that the promise covers.
        received: The day on which the request came in.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    wanted = {**(only or {}), of: list(by)}
    judged = among(requests.read(handled, received, *wanted), wanted)
    elsewhere = judged.filter(~(is_blank(handled) & ~is_blank(received) & ~is_before_day(received, requests.as_of)))
    for value, place in by.items():
        elsewhere = elsewhere.filter(~(is_any_of(of, [value]) & is_any_of(handled, [place])))
    return in_rows(requests, judged, elsewhere, column=handled)


@check
def answered_after_months(
    requests: Records,
    *,
    received: str,
    answered: str,
    months: int,
    further: int,
    reason: str,
    reasons: Sequence[str],
    told: str,
    only: Only | None = None,
) -> Violations:
    """
    Find requests that were not answered within a number of calendar months of the day they came in.

    The last day is allowed, and moves to the next working day from a day of rest. The period is longer
    where one of *reasons* is written down and the person was *told* within the first *months*; an empty
    cell of either extends nothing. An empty *answered* is late once the period had ended before the day
    the log was taken; an empty *received* is late.

    Args:
        requests: One row per request.
        received: The day on which the request came in.
        answered: The day on which it was answered.
        months: The calendar months in which to answer, a term.
        further: The months more of an extended period, a term.
        reason: The column that says why the period was extended.
        reasons: The reasons for which it may be, a term.
        told: The day on which the person was told of the extension.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(requests.read(received, answered, reason, told, *(only or {})), only)
    extended = is_any_of(reason, reasons) & ~is_blank(told) & ~is_later_than_months(told, received, months)
    past = {
        period: is_later_than_months(answered, received, period)
        | is_overdue_by_months(answered, received, period, requests.as_of)
        for period in (months, months + further)
    }
    late = is_blank(received) | past[months + further] | (past[months] & ~extended)
    return in_rows(requests, judged, judged.filter(late), column=answered)


@check
def done_after_working_days(
    requests: Records, *, received: str, done: str, days: int, only: Only | None = None
) -> Violations:
    """
    Find requests with which something was not done within a number of working days after they came in.

    The last day is allowed. An empty *done* is late once the period had ended before the day the log was
    taken; an empty *received* is late.

    Args:
        requests: One row per request.
        received: The day on which the request came in.
        done: The day on which it was passed on or answered.
        days: The working days in which to do so, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(requests.read(received, done, *(only or {})), only)
    late = is_later_than_working_days(done, received, days)
    open_late = is_overdue_by_working_days(done, received, days, requests.as_of)
    return in_rows(requests, judged, judged.filter(is_blank(received) | late | open_late), column=done)
