"""
The primitives about days, instants, months, ages and quarters; part of the closed set of :mod:`dpia_checks.rules`.

Calendar units are worked out from year, month and day, the same on every engine; an engine's own are not.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import narwhals as nw

from dpia_checks.engines import ROW, Frame
from dpia_checks.rules import in_memory, is_blank, is_later, outside

YEARS = range(2016, 2036)
"""The years whose summer time :func:`on_day` knows."""


def is_later_by_more_than(column: str, since: str, hours: int) -> nw.Expr:
    """Select rows whose instant *column* lies more than *hours* after *since*. An empty cell is not later."""
    limit = nw.col(since).dt.offset_by(f"{hours}h")
    return (nw.col(column) > limit).fill_null(False)


def is_overdue(column: str, since: str, hours: int, as_of: str) -> nw.Expr:
    """
    Select rows whose *column* is empty although more than *hours* after *since* had passed on the day *as_of*.

    The day counts from its first moment, so that what was still open that day is not overdue. An empty
    *since* is overdue: nothing shows that there was still time.
    """
    return nw.col(column).is_null() & is_past(since, hours, as_of)


def is_past(since: str, hours: int, as_of: str) -> nw.Expr:
    """
    Select rows of which so many *hours* after *since* had passed on the day *as_of*, counted from its first moment.

    For a date, 24 hours are a day and its last day has not passed. An empty *since* has: nothing shows that there was
    still time.
    """
    limit = nw.col(since).dt.offset_by(f"{hours}h")
    return (limit < datetime.fromisoformat(as_of)).fill_null(True)


def is_before_day(column: str, day: str) -> nw.Expr:
    """Select rows whose *column* lies before the date *day*, written 2019-10-01. An empty cell is not before it."""
    return ~nw.col(column).is_null() & (nw.col(column) < datetime.fromisoformat(day))


def is_after_day(column: str, day: str) -> nw.Expr:
    """Select rows whose *column* lies after the date *day*, written 2019-10-01. An empty cell is not after it."""
    return ~nw.col(column).is_null() & (nw.col(column) > datetime.fromisoformat(day))


def is_not_done(column: str, as_of: str) -> nw.Expr:
    """
    Select rows whose date *column* shows nothing done by the day *as_of*: it is empty, or lies after it.

    A day that lies ahead is a plan. An instant never does: a set that has one is refused (:mod:`dpia_checks.taken`).
    """
    return is_blank(column) | is_after_day(column, as_of)


def is_later_by_more_than_months(column: str, since: str, months: int) -> nw.Expr:
    """
    Select rows whose date *column* lies more than so many calendar *months* after *since*.

    A month ends on the day of the same number, or on the last day of a month that has no such day. Equal is
    not later, nor is an empty cell.
    """
    apart = _month(nw.col(column)) - _month(nw.col(since))
    later_day = nw.col(column).dt.day().cast(nw.Int64) > nw.col(since).dt.day().cast(nw.Int64)
    return ((apart > months) | ((apart == months) & later_day)).fill_null(False)


def is_past_months(since: str, months: int, as_of: str) -> nw.Expr:
    """
    Select rows of which so many calendar *months* after *since* had passed on the day *as_of*.

    The last day of the last month has not passed. An empty *since* has: nothing shows that there was still time.
    """
    today = datetime.fromisoformat(as_of)
    apart = today.year * 12 + today.month - _month(nw.col(since))
    later_day = nw.col(since).dt.day().cast(nw.Int64) < today.day
    return ((apart > months) | ((apart == months) & later_day)).fill_null(True)


def _month(date: nw.Expr) -> nw.Expr:
    return date.dt.year().cast(nw.Int64) * 12 + date.dt.month().cast(nw.Int64)


def is_younger_than(born: str, on: str, years: int) -> nw.Expr:
    """
    Select rows in which somebody *born* on one day had not turned *years* by the day *on*.

    A birthday counts from its first moment; who was born on 29 February has it on 1 March in other
    years. Nobody is younger whose *born* or *on* is empty.
    """
    return (_age(born, on) < years).fill_null(False)


def is_older_than(born: str, on: str, years: int) -> nw.Expr:
    """Select rows in which somebody had turned *years* + 1 by the day *on*; see :func:`is_younger_than`."""
    return (_age(born, on) > years).fill_null(False)


def _age(born: str, on: str) -> nw.Expr:
    turned = nw.col(on).dt.year().cast(nw.Int64) - nw.col(born).dt.year().cast(nw.Int64)
    return turned - (_day_of_year(on) < _day_of_year(born)).cast(nw.Int64)


def _day_of_year(column: str) -> nw.Expr:
    """Return month and day as one number; a small integer would overflow on polars."""
    return nw.col(column).dt.month().cast(nw.Int64) * 100 + nw.col(column).dt.day().cast(nw.Int64)


def is_kept_beyond(until: str, since: str, years: int, as_of: str) -> nw.Expr:
    """
    Select rows in which the date *until* lies after a period of whole *years* that began on the date *since*.

    The last day of the period has the same day and month as its first; that of 29 February is the 28th in
    other years. An empty *until* has not ended: it counts as the day *as_of*. With an empty *since* the
    period has not begun, so nothing lies after it.
    """
    taken = int(as_of.replace("-", ""))
    ended = nw.when(nw.col(until).is_null()).then(nw.lit(taken)).otherwise(_as_number(until))
    return (ended - _as_number(since) > years * 10000).fill_null(False)


def _as_number(column: str) -> nw.Expr:
    """Return a date as one number, 20191001, in which a year is 10000."""
    return nw.col(column).dt.year().cast(nw.Int64) * 10000 + _day_of_year(column)


def is_past_the_next_quarter(column: str, since: str) -> nw.Expr:
    """
    Select rows whose *column* lies in a later calendar quarter than the one after that of *since*.

    Quarters begin in January, April, July and October. An empty cell is not past anything.
    """
    return (_quarter(column) - _quarter(since) > 1).fill_null(False)


def has_missed_a_quarter(since: str, as_of: str) -> nw.Expr:
    """
    Select rows of which the whole calendar quarter after that of *since* had passed on the day *as_of*.

    The last day of that quarter has not passed. An empty *since* has missed it: nothing shows that there was
    still time.
    """
    today = datetime.fromisoformat(as_of)
    return (today.year * 4 + (today.month - 1) // 3 - _quarter(since) > 1).fill_null(True)


def _quarter(column: str) -> nw.Expr:
    return nw.col(column).dt.year().cast(nw.Int64) * 4 + (nw.col(column).dt.month().cast(nw.Int64) - 1) // 3


def not_followed(left: Frame, right: Frame, *, at: str, by: str, months: int) -> Frame:
    """
    Keep the rows of *left* after whose date *at* no date *by* of *right* comes within so many calendar *months*.

    The same day does not follow; the last day of the last month does. An empty *at* is followed by nothing,
    and an empty *by* follows nothing. *at* and *by* must have different names.
    """
    both = left.select(ROW, at).join(right.select(by), how="cross")  # type: ignore[arg-type]
    soon = both.filter(is_later(by, at) & ~is_later_by_more_than_months(by, at, months))
    return left.join(soon.select(nw.col(ROW)).unique(), on=ROW, how="anti")  # type: ignore[arg-type]


def on_day(column: str) -> nw.Expr:
    """
    Return the day in London of an instant, at midnight, under the same name.

    By rule and not by time zone name, since engines disagree on those: summer time runs from the last Sunday
    of March to the last Sunday of October (Summer Time Order 2002). The clocks change at 01:00 UTC; from
    midnight is the same here, since in that hour the day in London is the same by either clock.
    """
    instant = nw.col(column)
    summer = nw.any_horizontal(
        *((instant >= start) & (instant < end) for start, end in map(_summer, YEARS)), ignore_nulls=True
    )
    local = nw.when(summer).then(instant.dt.offset_by("1h")).otherwise(instant)
    return local.dt.truncate("1d").alias(column)


def day_after(column: str) -> nw.Expr:
    """Return the day after the date *column*, under the same name. An empty cell has no day after it."""
    return nw.col(column).dt.offset_by("24h").alias(column)


def or_day(column: str, day: str) -> nw.Expr:
    """Return the date *column*, and where it is empty the date *day*, written 2019-10-01, under the same name."""
    return nw.col(column).fill_null(datetime.fromisoformat(day)).alias(column)


def lapses(periods: Frame, key: str, first: str, last: str) -> Frame:
    """
    Return *key* and, as ``lapsed``, each day after a period that no other period with that key covers.

    A period runs from the date *first* to the date *last*; see :func:`dpia_checks.rules.outside`. One whose *last*
    is empty has no day after it.
    """
    ended = periods.filter(~is_blank(last)).with_columns(day_after(last).alias("lapsed"))
    return outside(ended.select(ROW, key, "lapsed"), periods, key, key, "lapsed", first, last)


def _summer(year: int) -> tuple[datetime, datetime]:
    def last_sunday(month: int) -> datetime:
        last = datetime(year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    return last_sunday(3), last_sunday(10)


def first_day(frame: Frame, column: str, as_of: str) -> str:
    """Return the first date in *column* of *frame*, written 2019-10-01, or the day *as_of* when none is before it."""
    lines = in_memory(frame.filter(~is_blank(column)).select(column))
    return min((*(str(line[column])[:10] for line in lines), as_of))
