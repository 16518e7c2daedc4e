"""Periods in calendar months and working days, on every engine, against plain arithmetic with dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpia_checks.deadlines import (
    is_later_than_months,
    is_later_than_working_days,
    is_overdue_by_months,
    is_overdue_by_working_days,
    late_despite_a_stop,
)
from dpia_checks.records import positions
from dpia_checks.schema import Table
from dpia_checks.working_days import bank_holidays

from .engines import TESTED, on_engine

DAYS = st.dates(date(2016, 1, 1), date(2034, 12, 1))
OPEN = st.none() | st.dates(date(2019, 11, 1), date(2020, 5, 31))
SOON = st.dates(date(2019, 12, 1), date(2020, 7, 31))
BOUNDARIES = [
    ("2019-09-03", 1, "2019-10-03"),
    ("2021-01-31", 1, "2021-03-01"),
    ("2023-01-31", 1, "2023-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2020-01-31", 1, "2020-03-02"),
    ("2020-03-13", 1, "2020-04-14"),
    ("2019-11-25", 1, "2019-12-27"),
    ("2021-11-25", 1, "2021-12-29"),
    ("2020-04-08", 1, "2020-05-11"),
    ("2020-11-30", 3, "2021-03-01"),
    ("2019-12-31", 1, "2020-01-31"),
]


@pytest.fixture(params=TESTED)
def engine(request):
    return request.param


@pytest.fixture
def days(records):
    def of(*rows: str):
        return records("t", "\n".join(["since date | on date | x", *(f"{row} | 1" for row in rows)])).read(
            "since", "on"
        )

    return of


def due(since: date, months: int) -> date:
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    day = date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))
    while day.weekday() > 4 or day in bank_holidays():
        day += timedelta(days=1)
    return day


def last_of(since: date, number: int) -> date:
    day = since
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in bank_holidays(anywhere=True)
    return day


def many(engine, described, pairs):
    table = Table("t", {name: described("t", name, "date") for name in ("since", "on")})
    text = pa.table({"since": [a.isoformat() for a, _ in pairs], "on": [b.isoformat() for _, b in pairs]})
    return on_engine(table, text, engine).read("since", "on")


class TestMonths:
    @pytest.mark.parametrize(("since", "months", "last"), BOUNDARIES)
    def test_the_last_day_is_in_time_and_the_next_is_late(self, days, since, months, last):
        after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()

        frame = days(f"{since} | {last}", f"{since} | {after}")

        assert positions(frame.filter(is_later_than_months("on", "since", months))) == [2]

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(since=st.lists(DAYS, min_size=1, max_size=40), months=st.integers(1, 12))
    def test_agrees_with_the_calendar(self, engine, described, since, months):
        ends = [(day, due(day, months)) for day in since]

        in_time = many(engine, described, ends)
        late = many(engine, described, [(day, end + timedelta(days=1)) for day, end in ends])

        assert positions(in_time.filter(is_later_than_months("on", "since", months))) == []
        assert len(positions(late.filter(is_later_than_months("on", "since", months)))) == len(ends)

    def test_an_empty_cell_is_not_later(self, days):
        frame = days(" | 2020-05-05", "2020-01-01 | ", " | ")

        assert positions(frame.filter(is_later_than_months("on", "since", 1))) == []

    @pytest.mark.parametrize(("as_of", "rows"), [("2021-03-01", [3]), ("2021-03-02", [1, 3])])
    def test_overdue_from_the_day_after_the_last(self, days, as_of, rows):
        frame = days("2021-01-31 | ", "2021-01-31 | 2022-01-01", " | ")

        assert positions(frame.filter(is_overdue_by_months("on", "since", 1, as_of))) == rows


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("since", "number", "last"),
        [("2019-10-01", 20, "2019-10-29"), ("2019-12-20", 5, "2019-12-31"), ("2020-07-10", 1, "2020-07-14")],
    )
    def test_the_last_day_is_in_time_and_the_next_is_late(self, days, since, number, last):
        after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()

        frame = days(f"{since} | {last}", f"{since} | {after}")

        assert positions(frame.filter(is_later_than_working_days("on", "since", number))) == [2]

    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(since=st.lists(DAYS, min_size=1, max_size=20), number=st.integers(1, 40))
    def test_agrees_with_counting_day_by_day(self, engine, described, since, number):
        ends = [(day, last_of(day, number)) for day in since]

        in_time = many(engine, described, ends)
        late = many(engine, described, [(day, end + timedelta(days=1)) for day, end in ends])

        assert positions(in_time.filter(is_later_than_working_days("on", "since", number))) == []
        assert len(positions(late.filter(is_later_than_working_days("on", "since", number)))) == len(ends)

    def test_an_answer_on_the_day_itself_is_not_later(self, days):
        assert positions(days("2020-01-04 | 2020-01-04").filter(is_later_than_working_days("on", "since", 1))) == []

    def test_an_empty_cell_is_not_later(self, days):
        frame = days(" | 2020-05-05", "2020-01-01 | ", " | ")

        assert positions(frame.filter(is_later_than_working_days("on", "since", 1))) == []

    @pytest.mark.parametrize(("as_of", "rows"), [("2019-10-29", [3]), ("2019-10-30", [1, 3])])
    def test_overdue_from_the_day_after_the_last(self, days, as_of, rows):
        frame = days("2019-10-01 | ", "2019-10-01 | 2022-01-03", " | ")

        assert positions(frame.filter(is_overdue_by_working_days("on", "since", 20, as_of))) == rows


class TestOverdue:
    @settings(
        max_examples=3,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(rows=st.lists(st.tuples(OPEN, OPEN), min_size=40, max_size=80), number=st.integers(1, 40), as_of=SOON)
    def test_agrees_with_the_calendar_also_where_a_cell_is_empty(self, engine, days, rows, number, as_of):
        frame = days(*(f"{since or ''} | {on or ''}" for since, on in rows))
        months = number % 12 + 1
        meant = [
            (is_overdue_by_months("on", "since", months, as_of.isoformat()), lambda since: due(since, months)),
            (
                is_overdue_by_working_days("on", "since", number, as_of.isoformat()),
                lambda since: last_of(since, number),
            ),
        ]

        for overdue, last in meant:
            assert positions(frame.filter(overdue)) == [
                row for row, (since, on) in enumerate(rows, 1) if on is None and (since is None or last(since) < as_of)
            ]


class TestBankHolidays:
    @pytest.mark.parametrize(
        ("year", "listed"),
        [
            (2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27"),
            (2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
            (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
            (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
            (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
            (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        ],
    )
    def test_england_and_wales_as_published(self, year, listed):
        assert sorted(f"{day:%m-%d}" for day in bank_holidays() if day.year == year) == listed.split()

    def test_scotland_and_northern_ireland_as_published(self):
        more = bank_holidays(anywhere=True) - bank_holidays()

        assert sorted(f"{day:%m-%d}" for day in more if day.year == 2022) == [
            "01-04",
            "03-17",
            "07-12",
            "08-01",
            "11-30",
        ]
        assert sorted(f"{day:%m-%d}" for day in more if day.year == 2021) == [
            "01-04",
            "03-17",
            "07-12",
            "08-02",
            "11-30",
        ]


def test_a_period_that_stood_still_ends_later(records):
    drawing = "since date | on date | first date | last date"
    rows = (
        "2019-10-01 | 2019-11-05 | 2019-10-07 | 2019-10-11",
        "2019-10-01 | 2019-11-06 | 2019-10-07 | 2019-10-11",
        "2019-10-01 | 2019-11-06 | 2019-10-29 | ",
        "2019-10-01 | 2019-11-06 | 2019-10-30 | ",
        "2019-10-01 | 2019-11-06 | | 2019-10-11",
        " | 2019-11-06 | 2019-10-07 | ",
        "2019-10-01 | 2019-10-31 | 2019-10-01 | 2019-10-04",
    )
    frame = records("t", "\n".join([drawing, *rows])).read("since", "on", "first", "last")

    late = late_despite_a_stop(frame, "on", "since", 20, between=("first", "last"), as_of="2020-06-30")

    assert positions(late) == [2, 4, 5, 6]


STOPPED = "since date | on date | first date | last date"
STOPS = {
    "open, and taken on the day after the last": ("2019-10-01 | | 2019-10-07 | 2019-10-11", "2019-11-06", []),
    "open, and taken two days after the last": ("2019-10-01 | | 2019-10-07 | 2019-10-11", "2019-11-07", [1]),
    "begun in the middle of a week": ("2019-10-01 | 2019-11-05 | 2019-10-08 | 2019-10-11", "2020-06-30", [1]),
    "over a holiday in Scotland": ("2019-11-12 | 2019-12-12 | 2019-11-13 | 2019-11-13", "2020-06-30", []),
    "over a holiday in Scotland, a day late": ("2019-11-12 | 2019-12-13 | 2019-11-13 | 2019-11-13", "2020-06-30", [1]),
}


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_moves_the_end_by_its_working_days(records, stop):
    row, as_of, late = STOPS[stop]
    frame = records("t", f"{STOPPED}\n{row}").read("since", "on", "first", "last")

    assert positions(late_despite_a_stop(frame, "on", "since", 20, between=("first", "last"), as_of=as_of)) == late


def test_a_period_that_began_on_a_day_of_no_known_year_has_ended(days):
    frame = days("2015-06-01 | ", "2015-06-01 | 2015-06-02", "2019-06-03 | 2019-06-04")

    assert positions(frame.filter(is_overdue_by_working_days("on", "since", 20, "2020-01-01"))) == [1]
    assert positions(frame.filter(is_later_than_working_days("on", "since", 20))) == [2]
