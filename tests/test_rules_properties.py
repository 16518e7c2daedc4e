"""Every primitive, on every engine, agrees with a plain loop over the rows that says what it means."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.engines import ROW, Frame, collected
from dpia_checks.records import positions
from dpia_checks.rules import (
    among,
    count,
    every_pair,
    having,
    is_above,
    is_any_of,
    is_at_or_above,
    is_below,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    outside,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_time import (
    is_after_day,
    is_before_day,
    is_kept_beyond,
    is_later_by_more_than,
    is_later_by_more_than_months,
    is_older_than,
    is_overdue,
    is_past,
    is_past_months,
    is_past_the_next_quarter,
    is_younger_than,
    not_followed,
    on_day,
)

from .engines import TESTED, on_engine

FEW_TRIES = settings(max_examples=10, deadline=None)  # of many rows each: a call of an engine is what costs
UTC, LONDON = ZoneInfo("UTC"), ZoneInfo("Europe/London")

words = st.none() | st.sampled_from("abc")
numbers = st.none() | st.integers(-1, 5)
days = st.none() | st.sampled_from([datetime(2020, 1, 1) + timedelta(days=n) for n in range(4)])
instants = st.none() | st.integers(0, 16).map(lambda n: datetime(2019, 12, 31) + timedelta(hours=6 * n))
births = st.none() | st.datetimes(datetime(2000, 2, 27), datetime(2002, 3, 2)).map(lambda at: at.replace(hour=0))
edges = [datetime(year, month, day) for year in (2019, 2020, 2021) for month in (1, 2, 3, 12) for day in (1, 15, 28)]
edges += [datetime(at.year, at.month, monthrange(at.year, at.month)[1]) for at in edges]
month_ends = st.none() | st.sampled_from(edges)
meetings = st.none() | st.datetimes(datetime(2018, 2, 27), datetime(2021, 3, 2))

Row = Sequence[object]


def written(cell: object, type: str) -> str:
    if not isinstance(cell, datetime):
        return "" if cell is None else str(cell)
    return f"{cell:%Y-%m-%d}" if type == "date" else f"{cell:%Y-%m-%dT%H:%MZ}"


def frame(drawn: Callable, engine: str, header: str, rows: Sequence[Row]) -> Frame:
    """Return *rows* as a check sees them; the header gives each column's name and type."""
    columns = [words.split() for words in header.split("|")]
    lines = [" | ".join(written(cell, type) for cell, (_, type) in zip(row, columns, strict=True)) for row in rows]
    table = on_engine(*drawn("t", "\n".join([header, *lines])), engine)
    return table.read(*(name for name, _ in columns))


def verdicts(made: Frame, expressions: Sequence[nw.Expr]) -> list[list[bool | None]]:
    """Return what each expression says of each row: yes, no, or the nothing that it must never say."""
    named = {f"is_{number}": expression for number, expression in enumerate(expressions)}
    asked = collected(made.select(nw.col(ROW), *(each.alias(name) for name, each in named.items()))).sort(ROW)
    return [asked[name].to_list() for name in named]


def rows_where(rows: Sequence[Row], holds: Callable[..., bool]) -> list[int]:
    return [number for number, row in enumerate(rows, 1) if holds(*row)]


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(rows=st.lists(st.tuples(words, words, numbers), max_size=30))
def test_words_and_numbers(drawn, engine, rows):
    made = frame(drawn, engine, "one text | two text | n integer", rows)

    meant = [
        (is_blank("one"), lambda one, two, n: one is None),
        (is_any_of("one", ["a", "b"]), lambda one, two, n: one in {"a", "b"}),
        (is_none_of("one", ["a", "b"]), lambda one, two, n: one not in {"a", "b"}),
        (is_equal("one", "two"), lambda one, two, n: one is not None and one == two),
        (is_at_or_above("one", "b", ("c", "b", "a")), lambda one, two, n: one in {"b", "a"}),
        (is_below("n", 2), lambda one, two, n: n is not None and n < 2),
        (is_above("n", 2), lambda one, two, n: n is not None and n > 2),
    ]

    assert verdicts(made, [expression for expression, _ in meant]) == [
        [holds(*row) for row in rows] for _, holds in meant
    ]


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(rows=st.lists(st.tuples(instants, instants), max_size=30))
def test_instants(drawn, engine, rows):
    made = frame(drawn, engine, "since instant | told instant", rows)
    day, hours = datetime(2020, 1, 3), timedelta(hours=24)

    meant = [
        (is_later("told", "since"), lambda since, told: None not in (since, told) and told > since),
        (
            is_later_by_more_than("told", "since", 24),
            lambda since, told: None not in (since, told) and told - since > hours,
        ),
        (
            is_overdue("told", "since", 24, "2020-01-03"),
            lambda since, told: told is None and (since is None or since + hours < day),
        ),
        (is_past("since", 24, "2020-01-03"), lambda since, told: since is None or since + hours < day),
        (is_before_day("told", "2020-01-03"), lambda since, told: told is not None and told < day),
        (is_after_day("told", "2020-01-03"), lambda since, told: told is not None and told > day),
    ]

    assert verdicts(made, [expression for expression, _ in meant]) == [
        [holds(*row) for row in rows] for _, holds in meant
    ]


def age(born: datetime, on: datetime) -> int:
    """Count birthdays one by one, on 1 March for who was born on a day that this year lacks."""
    years = 0
    while (birthday := _birthday(born, born.year + years + 1)) <= on:
        years += 1
        assert birthday.year == born.year + years
    return years if on >= born else -1


def _birthday(born: datetime, year: int) -> datetime:
    try:
        return born.replace(year=year)
    except ValueError:
        return datetime(year, 3, 1)


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(rows=st.lists(st.tuples(births, meetings), max_size=30), years=st.integers(15, 20))
def test_ages_and_quarters(drawn, engine, rows, years):
    made = frame(drawn, engine, "born date | met date", rows)
    rows = [(born, met and met.replace(hour=0, minute=0, second=0, microsecond=0)) for born, met in rows]
    rows = [(born and born.replace(minute=0, second=0, microsecond=0), met) for born, met in rows]

    def quarters(born: datetime, met: datetime) -> int:
        return (met.year - born.year) * 4 + (met.month - 1) // 3 - (born.month - 1) // 3

    meant = [
        (is_younger_than("born", "met", years), lambda born, met: None not in (born, met) and age(born, met) < years),
        (is_older_than("born", "met", years), lambda born, met: None not in (born, met) and age(born, met) > years),
        (
            is_past_the_next_quarter("met", "born"),
            lambda born, met: None not in (born, met) and quarters(born, met) > 1,
        ),
    ]

    assert verdicts(made, [expression for expression, _ in meant]) == [
        [holds(*row) for row in rows] for _, holds in meant
    ]


def months_later(since: datetime, months: int) -> datetime:
    """Go from month to month, then to the day of the same number or to the last that this month has."""
    year, month = since.year, since.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return datetime(year, month, min(since.day, monthrange(year, month)[1]))


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(
    rows=st.lists(st.tuples(month_ends, month_ends), max_size=30),
    months=st.integers(0, 14),
    years=st.integers(0, 2),
    today=st.sampled_from(edges),
)
def test_months_and_years(drawn, engine, rows, months, years, today):
    """A period of 29 February ends on the 28th where there is no 29th, whether it is counted in months or years."""
    ends = [(since, months_later(since, period)) for since, _ in rows if since for period in (months, 12 * years)]
    rows += [(since, end + timedelta(days=more)) for since, end in ends for more in (0, 1)]
    made = frame(drawn, engine, "since date | until date", rows)

    meant = [
        (
            is_later_by_more_than_months("until", "since", months),
            lambda since, until: None not in (since, until) and until > months_later(since, months),
        ),
        (
            is_past_months("since", months, f"{today:%Y-%m-%d}"),
            lambda since, until: since is None or today > months_later(since, months),
        ),
        (
            is_kept_beyond("until", "since", years, f"{today:%Y-%m-%d}"),
            lambda since, until: since is not None and (until or today) > months_later(since, 12 * years),
        ),
    ]

    assert verdicts(made, [expression for expression, _ in meant]) == [
        [holds(*row) for row in rows] for _, holds in meant
    ]


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(
    left=st.lists(st.tuples(words, month_ends), max_size=20),
    right=st.lists(st.tuples(words, month_ends), max_size=3),
    months=st.integers(0, 3),
    more=st.integers(0, 1),
)
def test_what_follows(drawn, engine, left, right, months, more):
    right += [("a", months_later(at, months) + timedelta(days=more)) for _, at in left[:3] if at]
    one, two = frame(drawn, engine, "who text | at date", left), frame(drawn, engine, "key text | by date", right)

    def follows(by: datetime | None, at: datetime | None) -> bool:
        return None not in (by, at) and at < by <= months_later(at, months)

    late = not_followed(one, two, at="at", by="by", months=months)

    assert positions(late) == rows_where(left, lambda _, at: not any(follows(by, at) for _, by in right))
    assert count(every_pair(one, two)) == len(left) * len(right)


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(moments=st.lists(st.datetimes(datetime(2016, 1, 1), datetime(2035, 12, 31)), min_size=1, max_size=30))
def test_the_day_is_the_time_zone_databases(drawn, engine, moments):
    local = [moment.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None) for moment in moments]
    made = frame(drawn, engine, "at instant | day date", list(zip(moments, local, strict=True)))

    agreeing = made.with_columns(on_day("at")).filter(is_equal("at", "day"))

    assert positions(agreeing) == list(range(1, len(moments) + 1))


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(rows=st.lists(st.tuples(words, words), max_size=30))
def test_scopes(drawn, engine, rows):
    made = frame(drawn, engine, "one text | two text", rows)
    only = {"one": ["a", "b"], "two": ["b"]}

    kept, shown = positions(among(made, only)), positions(having(made, only))

    assert kept == rows_where(rows, lambda one, two: one in {None, "a", "b"} and two in {None, "b"})
    assert shown == rows_where(rows, lambda one, two: one in {"a", "b"} and two == "b")


@pytest.mark.parametrize("engine", TESTED)
@FEW_TRIES
@given(
    left=st.lists(st.tuples(words, days), max_size=20),
    right=st.lists(st.tuples(words, days, days), max_size=20),
    number=st.integers(1, 3),
)
def test_two_tables(drawn, engine, left, right, number):
    one = frame(drawn, engine, "who text | at date", left)
    two = frame(drawn, engine, "key text | start date | end date", right)

    def equal(who: object) -> list[Row]:
        return [row for row in right if who is not None and row[0] == who]

    def covers(at: datetime | None, start: datetime | None, end: datetime | None) -> bool:
        return None not in (at, start) and start <= at and (end is None or at <= end)

    assert positions(without(one, two, "who", "key")) == rows_where(left, lambda who, at: not equal(who))
    assert positions(with_at_least(one, two, "who", "key", number)) == rows_where(
        left, lambda who, at: len(equal(who)) >= number
    )
    assert positions(outside(one, two, "who", "key", "at", "start", "end")) == rows_where(
        left, lambda who, at: not any(covers(at, start, end) for _, start, end in equal(who))
    )
    pairs = paired(one, two, "who", "key")
    assert count(pairs) == sum(len(equal(who)) for who, _ in left)
    assert positions(pairs) == rows_where(left, lambda who, at: bool(equal(who)))
