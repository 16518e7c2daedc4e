"""
Null-safe primitives for periods that the law counts in calendar months or in working days.

They belong to the closed set of :mod:`dpia_checks.rules`. The end of a period is worked out here for
every day of :data:`~dpia_checks.working_days.YEARS`, and an engine only looks it up: no engine but two
can add a month to a date. A period that began outside those years counts as over.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import narwhals as nw

from dpia_checks.engines import ROW, Frame, collected
from dpia_checks.working_days import YEARS, bank_holidays, is_working_day

Ends = dict[int, list[datetime]]
"""The days on which a period may begin, by how many days later it ends."""


def is_later_than_months(column: str, since: str, months: int) -> nw.Expr:
    """
    Select rows whose date *column* lies after the end of a period of *months* that began on the date *since*.

    The period ends on the same day of the month, or on the last day of a month that has no such day
    (31 January, 29 or 28 February). If that is a Saturday, a Sunday or a bank holiday of England and
    Wales, it ends on the next working day. That day is not later; an empty cell is not later.
    """
    return _is_later(column, since, _ends_of_months(months))


def is_overdue_by_months(column: str, since: str, months: int, as_of: str) -> nw.Expr:
    """
    Select rows whose date *column* is empty although the period of *months* had ended before the day *as_of*.

    See :func:`is_later_than_months` for its end. An empty *since* is overdue: nothing shows that there
    was still time.
    """
    return _is_overdue(column, since, _ends_of_months(months), as_of)


def is_later_than_working_days(column: str, since: str, days: int) -> nw.Expr:
    """
    Select rows whose date *column* lies after the last of *days* working days that follow the date *since*.

    A Saturday, a Sunday and a bank holiday in any part of the United Kingdom are no working days
    (Freedom of Information Act 2000, section 10(6)). The last day is not later, nor is an empty cell.
    """
    return _is_later(column, since, _ends_of_working_days(days))


def is_overdue_by_working_days(column: str, since: str, days: int, as_of: str) -> nw.Expr:
    """
    Select rows whose date *column* is empty although *days* working days after *since* had ended before *as_of*.

    An empty *since* is overdue: nothing shows that there was still time.
    """
    return _is_overdue(column, since, _ends_of_working_days(days), as_of)


def late_despite_a_stop(
    frame: Frame, column: str, since: str, days: int, *, between: tuple[str, str], as_of: str
) -> Frame:
    """
    Keep the rows of *frame*, which are late, that are late even though a period of working days stood still.

    It stands still on the days *between* a first and a last date, both included (Freedom of Information Act
    2000, section 10(2)), if the first lies within the period. An empty first, or one before *since*, stops
    nothing, an empty last stops it for good; an empty *since* is late. An empty date *column* is judged on the
    day before *as_of*.
    """
    stopped = collected(frame.filter(~nw.col(between[0]).is_null())).to_arrow().to_pylist()
    taken = datetime.fromisoformat(as_of)
    excused = [line[ROW] for line in stopped if _is_in_time(line, (column, since), days, between, taken)]
    return frame.filter(~nw.col(ROW).is_in(excused))


def _is_in_time(
    line: Mapping[str, Any], judged: tuple[str, str], days: int, between: tuple[str, str], taken: datetime
) -> bool:
    done, since = (line[name] for name in judged)
    first, last = (line[name] for name in between)
    if since is None or first < since or _working_days(since, first) > days:
        return False
    if last is None:
        return True
    until = done or taken - timedelta(days=1)
    stood = _working_days(first - timedelta(days=1), min(last, until))
    return _working_days(since, until) - stood <= days


def _working_days(since: datetime, until: datetime) -> int:
    """Return how many working days follow *since* up to *until*; a day that no holiday is known for counts."""
    rests = bank_holidays(anywhere=True)
    after = (since.date() + timedelta(days=step) for step in range(1, (until - since).days + 1))
    return sum(is_working_day(day, rests) for day in after)


def _is_later(column: str, since: str, ends: Ends) -> nw.Expr:
    both = ~nw.col(column).is_null() & ~nw.col(since).is_null()
    return both & (nw.col(column) > _end(since, ends)).fill_null(True)


def _is_overdue(column: str, since: str, ends: Ends, as_of: str) -> nw.Expr:
    passed = nw.col(since).is_null() | (_end(since, ends) < nw.lit(datetime.fromisoformat(as_of))).fill_null(True)
    return nw.col(column).is_null() & passed


def _end(since: str, ends: Ends) -> nw.Expr:
    """Return the last day of the period that began on *since*; null for a day that is not known."""
    begun = nw.col(since)
    end: nw.Expr = nw.when(begun.is_null()).then(begun)
    for days, firsts in ends.items():
        end = nw.when(begun.is_in(firsts)).then(begun.dt.offset_by(f"{24 * days}h")).otherwise(end)
    return end


@cache
def _ends_of_months(months: int) -> Ends:
    def end(day: date) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        while not is_working_day(last, bank_holidays()):
            last += timedelta(days=1)
        return last

    return _by_length(end)


@cache
def _ends_of_working_days(days: int) -> Ends:
    rests = bank_holidays(anywhere=True)

    def end(day: date) -> date:
        for _ in range(days):
            day += timedelta(days=1)
            while not is_working_day(day, rests):
                day += timedelta(days=1)
        return day

    return _by_length(end)


def _by_length(end: Callable[[date], date]) -> Ends:
    lengths: Ends = defaultdict(list)
    day = date(YEARS.start, 1, 1)
    while day.year in YEARS:
        lengths[(end(day) - day).days].append(datetime(day.year, day.month, day.day))
        day += timedelta(days=1)
    return dict(lengths)
