"""
The closed set of null-safe primitives that every check is built from.

Engines disagree on nulls, so each primitive says what an empty cell means and never yields null.
An expression selects rows; a function of frames keeps the rows of the first. Every frame has ``row``.
A rule about one column and a limit is said in a way that an engine can prove from the footer of a Parquet file.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import narwhals as nw

from dpia_checks.engines import ROW, Frame, collected, where
from dpia_checks.names import naming_any, words_of
from dpia_checks.records import Records, positions
from dpia_checks.violations import Violation, Violations

YEARS = range(2016, 2036)
"""The years whose summer time :func:`on_day` knows."""

SHORTEST_HASH = 8
"""A shorter text is the start of some hash by chance."""

Only = Mapping[str, Sequence[str]]


def is_blank(column: str) -> nw.Expr:
    """Select rows whose *column* is empty."""
    return nw.col(column).is_null()


def is_any_of(column: str, values: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is one of *values*. An empty cell is none of them."""
    return ~nw.col(column).is_null() & nw.col(column).is_in(list(values))


def is_none_of(column: str, values: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is not one of *values*. An empty cell is not one of them."""
    return nw.col(column).is_null() | ~nw.col(column).is_in(list(values))


def is_equal(column: str, other: str) -> nw.Expr:
    """Select rows whose *column* equals *other*, another column. An empty cell equals nothing."""
    return (nw.col(column) == nw.col(other)).fill_null(False)


def is_later(column: str, limit: str) -> nw.Expr:
    """Select rows whose *column* lies after *limit*, another column. Equal is not later, nor is an empty cell."""
    return (nw.col(column) > nw.col(limit)).fill_null(False)


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
    limit = nw.col(since).dt.offset_by(f"{hours}h")
    return nw.col(column).is_null() & (limit < datetime.fromisoformat(as_of)).fill_null(True)


def is_at_or_above(column: str, level: str, ladder: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is *level* or higher on *ladder*, lowest first. An empty cell is below."""
    return is_any_of(column, ladder[list(ladder).index(level) :])


def is_before_day(column: str, day: str) -> nw.Expr:
    """Select rows whose *column* lies before the date *day*, written 2019-10-01. An empty cell is not before it."""
    return ~nw.col(column).is_null() & (nw.col(column) < datetime.fromisoformat(day))


def is_after_day(column: str, day: str) -> nw.Expr:
    """Select rows whose *column* lies after the date *day*, written 2019-10-01. An empty cell is not after it."""
    return ~nw.col(column).is_null() & (nw.col(column) > datetime.fromisoformat(day))


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


def is_below(column: str, limit: int) -> nw.Expr:
    """Select rows whose number *column* is less than *limit*. An empty cell is not below."""
    return ~nw.col(column).is_null() & (nw.col(column) < limit)


def is_above(column: str, limit: int) -> nw.Expr:
    """Select rows whose number *column* is more than *limit*. An empty cell is not above."""
    return ~nw.col(column).is_null() & (nw.col(column) > limit)


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


def among(frame: Frame, only: Mapping[str, Sequence[str]] | None) -> Frame:
    """
    Keep the rows of *frame* whose columns hold one of the values *only* names for each. None keeps all.

    A row whose cell is empty is kept: nothing shows that the promise does not cover it.
    """
    for column, values in (only or {}).items():
        frame = frame.filter(is_any_of(column, values) | is_blank(column))
    return frame


def having(frame: Frame, only: Only) -> Frame:
    """Keep the rows of *frame* that show one of the values *only* names for each column. An empty cell shows none."""
    for column, values in only.items():
        frame = frame.filter(is_any_of(column, values))
    return frame


def without(left: Frame, right: Frame, on: str, other: str) -> Frame:
    """
    Keep the rows of *left* whose *on* equals no *other* of *right*.

    An empty *on* has no equal, so its row is kept; an empty *other* is equal to nothing.
    """
    known = right.select(nw.col(other).alias("_known")).filter(~nw.col("_known").is_null()).unique()
    return left.join(known, left_on=on, right_on="_known", how="anti")  # type: ignore[arg-type]


def paired(left: Frame, right: Frame, on: str, other: str) -> Frame:
    """
    Return one row for each pair of a row of *left* and a row of *right* with equal keys.

    The columns of *right* must have names of their own, but for ``row``, which is the left one's.
    Rows with an empty key are in no pair.
    """
    keyed = right.drop(ROW).filter(~nw.col(other).is_null())
    return left.filter(~nw.col(on).is_null()).join(keyed, left_on=on, right_on=other, how="inner")  # type: ignore[arg-type]


def every_pair(left: Frame, right: Frame) -> Frame:
    """
    Return one row for each pair of a row of *left* and a row of *right*, whatever they hold.

    The columns of *right* must have names of their own, but for ``row``, which is the left one's.
    """
    return left.join(right.drop(ROW), how="cross")  # type: ignore[arg-type]


def with_at_least(left: Frame, right: Frame, on: str, other: str, number: int) -> Frame:
    """
    Keep the rows of *left* whose *on* equals the *other* of at least *number* rows of *right*.

    *number* is 1 or more. An empty *on* equals nothing, and an empty *other* counts for nobody.
    """
    keyed = right.select(nw.col(other).alias("_known")).filter(~nw.col("_known").is_null())
    often = keyed.group_by("_known").agg(nw.len().alias("_times")).filter(nw.col("_times") >= number)
    return left.join(often.select("_known"), left_on=on, right_on="_known", how="semi")  # type: ignore[arg-type]


def outside(left: Frame, right: Frame, on: str, other: str, at: str, start: str, end: str) -> Frame:
    """
    Keep the rows of *left* for which no row of *right* with the same key covers the date *at*.

    A period runs from *start* to *end*, both days included; an empty *end* has not ended; an empty
    *start* has not begun. An empty *at* is covered by nothing.
    """
    begun = (nw.col(start) <= nw.col(at)).fill_null(False)
    running = (nw.col(at) <= nw.col(end)).fill_null(True)
    covered = paired(left, right, on, other).filter(begun & running)
    return left.join(covered.select(nw.col(ROW)).unique(), on=ROW, how="anti")  # type: ignore[arg-type]


def where_text(frame: Frame, column: str, says: Callable[[str], bool]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* says so. An empty cell says nothing.

    The text is judged here and not by the engine, since engines disagree on patterns and none can work out a
    check digit; each text once, and what comes out is rows.
    """
    return where(frame, column, says)


def where_named(frame: Frame, column: str, people: Frame, names: Sequence[str]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* names somebody of *people*, whose *names* are columns.

    A column of *names* may hold one name or several. Somebody whose names are all empty is named by nothing; see
    :func:`dpia_checks.names.naming_any` for what counts.
    """
    known = collected(people.select(*(nw.col(name) for name in names)))
    persons = {" ".join(name for name in person if isinstance(name, str)) for person in known.rows()}
    return where_text(frame, column, naming_any(map(words_of, persons)))


def where_hashed(frame: Frame, column: str, people: Frame, names: Sequence[str], hashes: Sequence[str]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* is the plain hash of a cell of *people*, by one of *hashes*.

    The *names* are the columns of *people* that are tried: each cell as it is, in capitals and in small letters, a day
    also with the day first or without signs. The hash may be cut short, to eight signs or more, and in capitals. A hash
    of a cell with something added is another hash. An empty cell has no hash, and an empty *column* is none.
    """
    columns = (collected(people.select(nw.col(name)).unique())[name].to_list() for name in names)
    texts = {text.encode() for cell in set().union(*columns) for text in _spelt(cell)}
    known = {hashlib.new(kind, text).hexdigest() for text in texts for kind in hashes}
    return where_text(frame, column, _is_start_of(known))


def _spelt(cell: object) -> set[str]:
    if cell is None:
        return set()
    if isinstance(cell, datetime):
        return {cell.strftime(shape) for shape in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d%m%Y")}
    text = str(cell).strip()
    return {text, text.upper(), text.lower()}


def _is_start_of(known: set[str]) -> Callable[[str], bool]:
    """Return what says whether a text of eight signs or more is the start of one of *known*."""
    ordered = sorted(known)

    def says(text: str) -> bool:
        start = text.strip().lower()
        place = bisect_left(ordered, start)
        return len(start) >= SHORTEST_HASH and place < len(ordered) and ordered[place].startswith(start)

    return says


def where_numbered(frame: Frame, column: str, run: int) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* ends in a number that stands in a row of *run* numbers or more.

    A row of numbers is one after the other, behind the same other signs, anywhere in *column* and in any order.
    An empty cell and one that ends in no digit are in none.
    """
    texts = collected(frame.select(nw.col(column)).unique())[column].to_list()
    found = {_number(text) for text in texts if text is not None}

    def says(text: str) -> bool:
        rest, number = _number(text)
        if number is None:
            return False
        windows = (range(number - back, number - back + run) for back in range(run))
        return any(all((rest, each) in found for each in window) for window in windows)

    return where_text(frame, column, says)


def _number(text: str) -> tuple[str, int | None]:
    """Return what stands before the digits at the end of *text*, and their number."""
    rest = text.strip().rstrip("0123456789")
    digits = text.strip()[len(rest) :]
    return rest, int(digits) if digits else None


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


def _summer(year: int) -> tuple[datetime, datetime]:
    def last_sunday(month: int) -> datetime:
        last = datetime(year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    return last_sunday(3), last_sunday(10)


def in_memory(frame: Frame) -> list[dict[str, Any]]:
    """
    Return the rows of *frame*, each a value by column, an empty cell as None.

    For registers that stay small and name nobody, whatever the engine: what was printed, and days in a log.
    """
    return list(collected(frame).to_arrow().to_pylist())


def first_day(frame: Frame, column: str, as_of: str) -> str:
    """Return the first date in *column* of *frame*, written 2019-10-01, or the day *as_of* when none is before it."""
    lines = in_memory(frame.filter(~is_blank(column)).select(column))
    return min((*(str(line[column])[:10] for line in lines), as_of))


def count(frame: Frame) -> int:
    """Return how many rows *frame* has."""
    total = collected(frame.select(nw.len().alias("total")))["total"].to_list()
    return int(total[0])


def in_rows(
    records: Records, judged: Frame, violating: Frame, *, column: str | None = None, absent_from: str | None = None
) -> Violations:
    """Return one violation for each row of *violating*, out of the rows *judged*."""
    places = positions(violating)
    found = tuple(Violation(records.name, place, column, absent_from) for place in places)
    return Violations(found, count(judged))
