"""What a log of people's requests shows: to whom each went, and how long the answer took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpia_checks.deadlines import (
    is_later_than_months,
    is_later_than_working_days,
    is_overdue_by_months,
    is_overdue_by_working_days,
    late_despite_a_stop,
)
from dpia_checks.engines import ROW
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    in_either,
    in_rows,
    is_any_of,
    is_blank,
    is_later,
    is_not_before,
    with_at_least,
    without,
)
from dpia_checks.rules_of_time import is_before_day
from dpia_checks.violations import Violations, check


@check
def handled_elsewhere(
    requests: Records,
    *,
    handled: str,
    of: str,
    by: Mapping[str, str],
    received: str,
    answered: str | None = None,
    months: int | None = None,
    done: str | None = None,
    already: str | None = None,
    outcome: str | None = None,
    only: Only | None = None,
) -> Violations:
    """
    Find requests that were not handled where the promise says, for what they are about.

    A request that came in on the day the log was taken, or later, may still be unhandled; with *months*, one that
    nobody *answered* may be until they have passed, as :func:`answered_after_months` counts, and one that was *done*
    after that was late. Otherwise an empty *handled* is a violation, as is an empty *of*, which shows nobody who should
    have it, and an empty *received*, which shows no time that was left. A request that was *already* where it belongs
    when it came in has an empty *handled*: nobody passes it on to themselves. One that was withdrawn, on the day in
    *answered*, before the *months* had passed goes to nobody any more; without that day nothing shows when it was.

    Args:
        requests: One row per request.
        handled: The column judged: to whom it was passed, who received it, or whose process it follows.
        of: The column that decides where it belongs, such as the data it is about.
        by: Where it belongs, for each value of *of* that the promise covers.
        received: The day on which the request came in.
        answered: The day on which it was answered, or withdrawn; with *months* only.
        months: The calendar months in which to handle it, a term. Left out, it is handled on the day it comes in.
        done: The day on which it was handled; with *months* only. Left out, or empty, it is not judged.
        already: The column that says who received it first. Left out, it has to be handled wherever it came in.
        outcome: The column that says what came of it; with *months* only. Left out, none was withdrawn.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    wanted = {**(only or {}), of: list(by)}
    more = [name for name in (answered, done, already, outcome) if name]
    judged = among(requests.read(handled, received, *wanted, *more), wanted)
    still = is_blank(handled) & ~is_blank(received)
    if months is None or answered is None:
        still = still & ~is_before_day(received, requests.as_of)
    else:
        waits = is_blank(answered) & ~is_overdue_by_months(handled, received, months, requests.as_of)
        if outcome:
            closed = is_any_of(outcome, ["withdrawn"]) & is_not_before(answered, received)
            waits = waits | (closed & ~is_later_than_months(answered, received, months))
        still = still & waits
    elsewhere, late = judged.filter(~still), judged.head(0)
    if done and months is not None:
        late = judged.filter(is_later_than_months(done, received, months))
    for value, place in by.items():
        there = is_any_of(handled, [place])
        if already:
            there = there | (is_blank(handled) & is_any_of(already, [place]))
            late = late.filter(~(is_any_of(of, [value]) & is_any_of(already, [place])))
        elsewhere = elsewhere.filter(~(is_any_of(of, [value]) & there))
    return in_rows(requests, judged, in_either(judged, elsewhere, late), column=handled)


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
    identity_asked: str,
    identity_confirmed: str,
    asked_by: str,
    repeated: Sequence[str],
    only: Only | None = None,
) -> Violations:
    """
    Find requests that were not answered within a number of calendar months of the day they came in.

    The last day is allowed, and moves to the next working day from a day of rest. The period is longer where one of
    *reasons* is written down and the person was *told* within the first *months*; an empty cell of either extends
    nothing, nor does a day before the request came in. A reason of *repeated* extends nothing for a person of whom
    the log has no other request, of whatever kind or day, nor for one it does not name. An empty *answered* is late
    once the period had ended before the day the log was taken; an empty *received* is late. An answer of an earlier
    day than the request's shows no answer to it, and is a violation.

    Where proof of identity was asked for within the first *months*, the period begins on the day the identity
    was confirmed, and before that day nothing is late. Proof asked for later, or before the request, changes nothing.

    Args:
        requests: One row per request.
        received: The day on which the request came in.
        answered: The day on which it was answered, or withdrawn.
        months: The calendar months in which to answer, a term.
        further: The months more of an extended period, a term.
        reason: The column that says why the period was extended.
        reasons: The reasons for which it may be, a term.
        told: The day on which the person was told of the extension.
        identity_asked: The day on which proof of identity was asked for.
        identity_confirmed: The day on which the identity was confirmed.
        asked_by: The column that says who asked.
        repeated: Those of *reasons* that are about several requests of one person, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    log = requests.read(received, answered, reason, told, identity_asked, identity_confirmed, asked_by, *(only or {}))
    judged = among(log, only)
    several = with_at_least(judged, log, asked_by, asked_by, 2)
    once = without(judged, several, ROW, ROW)
    begins = (received, identity_confirmed)
    extended = {
        since: is_any_of(reason, reasons) & is_not_before(told, received) & ~is_later_than_months(told, since, months)
        for since in begins
    }
    for_one = {since: expr & ~is_any_of(reason, repeated) for since, expr in extended.items()}
    past = {
        (since, period): is_later_than_months(answered, since, period)
        | is_overdue_by_months(answered, since, period, requests.as_of)
        for since in begins
        for period in (months, months + further)
    }
    doubted = is_not_before(identity_asked, received) & ~is_later_than_months(identity_asked, received, months)
    proven = doubted & ~is_blank(identity_confirmed)
    found = Violations()
    for asked, longer in ((several, extended), (once, for_one)):
        late = {since: past[since, months + further] | (past[since, months] & ~longer[since]) for since in begins}
        missed = (
            is_blank(received)
            | is_later(received, answered)
            | (~doubted & late[received])
            | (proven & late[identity_confirmed])
        )
        found += in_rows(requests, asked, asked.filter(missed), column=answered)
    return found


@check
def answered_after_working_days(
    requests: Records,
    *,
    received: str,
    answered: str,
    days: int,
    reason: str,
    reasons: Sequence[str],
    told: str,
    fee_asked: str,
    fee_paid: str,
    only: Only | None = None,
) -> Violations:
    """
    Find requests that were not answered within a number of working days after the day they came in.

    The last day is allowed. Nothing is late where one of *reasons* is written down and the person was *told* within
    the *days*. The working days from *fee_asked* to *fee_paid* do not count, if the fee was asked for within the
    *days*; one that is not paid stops the period for good. A person told, or a fee asked for, before the request came
    in changes nothing. An empty *answered* is late once the period had ended before the day the log was taken; an
    empty *received* is late. An answer of an earlier day than the request's shows no answer to it, and is a
    violation.

    Args:
        requests: One row per request.
        received: The day on which the request came in.
        answered: The day on which it was answered, or withdrawn.
        days: The working days in which to answer, a term.
        reason: The column that says why the answer takes longer.
        reasons: The reasons for which it may, a term.
        told: The day on which the person was told that it takes longer.
        fee_asked: The day on which a fee was asked for.
        fee_paid: The day on which it was paid.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    log = requests.read(received, answered, reason, told, fee_asked, fee_paid, *(only or {}))
    judged = among(log, only)
    late = is_later_than_working_days(answered, received, days)
    open_late = is_overdue_by_working_days(answered, received, days, requests.as_of)
    longer = (
        is_any_of(reason, reasons) & is_not_before(told, received) & ~is_later_than_working_days(told, received, days)
    )
    found = late_despite_a_stop(
        judged.filter(is_blank(received) | ((late | open_late) & ~longer)),
        answered,
        received,
        days,
        between=(fee_asked, fee_paid),
        as_of=requests.as_of,
    )
    early = judged.filter(is_later(received, answered))
    return in_rows(requests, judged, found, column=answered) + in_rows(requests, early.head(0), early, column=answered)


@check
def done_after_working_days(
    requests: Records,
    *,
    received: str,
    done: str,
    days: int,
    only: Only | None = None,
    follows: bool = False,
    whom: str | None = None,
) -> Violations:
    """
    Find requests with which something was not done within a number of working days after they came in.

    The last day is allowed. An empty *done* is late once the period had ended before the day the log was
    taken; an empty *received* is late. An earlier day than *received* is in time, unless it *follows*: nobody passes
    on what did not come yet. With an empty *whom* and *done* nobody passed it on: whether somebody had to is for
    :func:`handled_elsewhere`.

    Args:
        requests: One row per request.
        received: The day on which the request came in.
        done: The day on which it was passed on or recorded.
        days: The working days in which to do so, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
        follows: Whether it cannot be done before *received*.
        whom: The column that says to whom it was passed on. Left out, each request is judged.
    """
    judged = among(requests.read(received, done, *(only or {}), *([whom] if whom else [])), only)
    if whom:
        judged = judged.filter(~is_blank(whom) | ~is_blank(done))
    late = is_later_than_working_days(done, received, days)
    open_late = is_overdue_by_working_days(done, received, days, requests.as_of)
    late = is_blank(received) | late | open_late
    if follows:
        late = late | is_later(received, done)
    return in_rows(requests, judged, judged.filter(late), column=done)
