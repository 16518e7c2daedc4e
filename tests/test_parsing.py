"""Text is tested, masked and only then cast: the same cells are read, and none can make an engine raise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dpia_checks.engines import collected
from dpia_checks.schema import TYPES, Table
from dpia_checks.violations import Violation

from .engines import TESTED, on_engine

CANARY = "c4n4ry"
WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
ARABIC = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
"""Digits of Unicode, which \\d takes for digits too."""
NASTY = (
    CANARY,
    f"2020-01-01{CANARY}",
    f"{CANARY}2020-01-01",
    "2020-01-01".translate(WIDE),
    "2020-01-01".translate(ARABIC),
    "2020-01-01\n",
    "\n2020-01-01",
    " 2020-01-01",
    "2020-01-01 ",
    "2020-1-1",
    "01/02/2020",
    "2020-02-30",
    "2020-04-31",
    "2020-00-10",
    "2020-13-01",
    "2020-01-00",
    "2020-01-32",
    "1900-02-29",
    "-2020-01-01",
    "+2020-01-01",
    "02020-01-01",
    "2020-01-01T24:00Z",
    "1e400",
    "nan",
    "inf",
    "0x10",
    "1_000",
    "1,000",
    "½",
    "1".translate(ARABIC),
    "9" * 400,
    "\x00",
    "''",
    '"',
    "null",
    "\u2028",
)


@pytest.fixture(params=TESTED)
def engine(request) -> str:
    return str(request.param)


@pytest.fixture
def read(engine, described) -> Callable[..., tuple[list[Any], list[int]]]:
    """Read a column of cells; return its values and the positions of its unreadable cells."""

    def cells(
        type: str, *texts: str | None, values: tuple[str, ...] = (), name: str = "cell"
    ) -> tuple[list[Any], list[int]]:
        column = replace(described("t", "cell", type, values=values), name=name)
        records = on_engine(Table("t", {"cell": column}), pa.table({"cell": pa.array(texts, pa.string())}), engine)
        return (
            collected(records.read("cell"))["cell"].to_arrow().to_pylist(),
            [violation.row for violation in records.unreadable(("cell",))],
        )

    return cells


def is_date(text: str) -> bool:
    """Whether ``datetime.date`` accepts *text*, shaped dddd-dd-dd."""
    year, month, day = map(int, text.split("-"))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class TestDates:
    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.lists(
            st.builds("{:04d}-{:02d}-{:02d}".format, st.integers(1600, 2400), st.integers(0, 14), st.integers(0, 33)),
            min_size=50,
            max_size=50,
        )
    )
    @example([f"{year}-02-{day}" for year in range(1600, 2401) for day in (28, 29, 30)])
    @example([f"2021-{month:02d}-{day:02d}" for month in range(100) for day in range(100)])
    def test_a_text_of_its_shape_is_readable_when_it_is_a_day_of_the_calendar(self, read, texts):
        values, unreadable = read("date", *texts)

        assert unreadable == [place for place, text in enumerate(texts, start=1) if not is_date(text)]
        assert values == [datetime.fromisoformat(text) if is_date(text) else None for text in texts]

    @pytest.mark.parametrize(
        "text", ["2000-02-29", "2020-02-29", "2020-02-28", "2020-12-31", "1600-01-01", "2400-12-31"]
    )
    def test_a_day_becomes_its_midnight(self, read, text):
        assert read("date", text) == ([datetime.fromisoformat(text)], [])

    @pytest.mark.parametrize("text", ["1900-02-29", "2100-02-29", "2019-02-29", "2020-02-30", "2020-06-31"])
    def test_a_day_that_the_calendar_lacks_is_unreadable(self, read, text):
        assert read("date", text) == ([None], [1])

    @pytest.mark.parametrize(
        "text",
        [
            "2020-01-01\n",
            " 2020-01-01",
            "2020-01-01 ",
            "2020-1-1",
            "20200101",
            "2020-01-01T00:00Z",
            "2020-01-01".translate(WIDE),
        ],
    )
    def test_a_day_in_another_shape_is_unreadable(self, read, text):
        assert read("date", text) == ([None], [1])

    @pytest.mark.parametrize("text", ["1000-01-01", "1600-02-29", "2800-02-29", "2999-12-31"])
    def test_the_years_from_1000_to_2999_are_readable(self, read, text):
        assert read("date", text) == ([datetime.fromisoformat(text)], [])

    @pytest.mark.parametrize(
        "text", ["0000-01-01", "0001-01-01", "0999-12-31", "0400-02-29", "3000-01-01", "9999-12-31"]
    )
    def test_other_years_are_unreadable(self, read, text):
        assert read("date", text) == ([None], [1])


class TestInstants:
    @pytest.mark.parametrize(
        ("text", "utc"),
        [
            ("2020-07-01T10:00Z", datetime(2020, 7, 1, 10)),
            ("2020-07-01T10:00+00:00", datetime(2020, 7, 1, 10)),
            ("2020-07-01T10:00+01:00", datetime(2020, 7, 1, 9)),
            ("2020-07-01T10:00:59Z", datetime(2020, 7, 1, 10, 0, 59)),
            ("2020-07-01T10:00:59+00:00", datetime(2020, 7, 1, 10, 0, 59)),
            ("2020-07-01T10:00:59+01:00", datetime(2020, 7, 1, 9, 0, 59)),
            ("2020-07-01T00:30+01:00", datetime(2020, 6, 30, 23, 30)),
            ("2020-01-01T00:59+01:00", datetime(2019, 12, 31, 23, 59)),
            ("2020-02-29T23:59:59Z", datetime(2020, 2, 29, 23, 59, 59)),
        ],
    )
    def test_becomes_utc(self, read, text, utc):
        assert read("instant", text) == ([utc], [])

    def test_each_cell_has_an_offset_of_its_own(self, read):
        values, unreadable = read("instant", "2020-07-01T10:00+01:00", None, "2020-07-01T10:00Z", CANARY)

        assert (values, unreadable) == ([datetime(2020, 7, 1, 9), None, datetime(2020, 7, 1, 10), None], [4])

    @pytest.mark.parametrize(
        "text",
        [
            "2020-07-01T10:00",
            "2020-07-01T10:00+02:00",
            "2020-07-01T10:00-01:00",
            "2020-07-01T10:00+0100",
            "2020-07-01T10:00z",
            "2020-07-01T24:00Z",
            "2020-07-01T10:60Z",
            "2020-07-01T10:00:60Z",
            "2020-07-01T10:00:00.5Z",
            "2020-07-01 10:00Z",
            "2020-02-30T10:00Z",
            "1900-02-29T10:00Z",
            "2020-07-01T10:00Z\n",
            "2020-07-01T10:00+01:00\n",
            " 2020-07-01T10:00Z",
            "2020-07-01T10:00Z".translate(WIDE),
            "2020-07-01",
        ],
    )
    def test_anything_but_a_full_instant_with_a_london_offset_is_unreadable(self, read, text):
        assert read("instant", text) == ([None], [1])


class TestNumbers:
    @pytest.mark.parametrize(("text", "value"), [("0", 0), ("-1", -1), ("007", 7), ("9" * 15, 10**15 - 1)])
    def test_an_integer_is_digits_with_or_without_a_minus(self, read, text, value):
        assert read("integer", text) == ([value], [])

    @pytest.mark.parametrize(
        "text",
        [
            "+1",
            "1.0",
            "1e3",
            " 1",
            "1 ",
            "1\n",
            "\n1",
            "--1",
            "-",
            "1".translate(ARABIC),
            "1".translate(WIDE),
            "9" * 16,
        ],
    )
    def test_anything_else_is_no_integer(self, read, text):
        assert read("integer", text) == ([None], [1])

    @pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("-1.5", -1.5), ("99.123456", 99.123456)])
    def test_a_decimal_has_up_to_six_places(self, read, text, value):
        assert read("decimal", text) == ([value], [])

    @pytest.mark.parametrize(
        "text", [".5", "1.", "1,5", "1e3", "nan", "inf", "1.1234567", " 1.5", "1.5\n", "1.5".translate(ARABIC)]
    )
    def test_anything_else_is_no_decimal(self, read, text):
        assert read("decimal", text) == ([None], [1])


class TestWords:
    @pytest.mark.parametrize("type", ["text", "free_text"])
    def test_any_text_is_text_and_stays_as_it_is(self, read, type):
        assert read(type, *NASTY) == (list(NASTY), [])

    @pytest.mark.parametrize(
        "text", ["zz000001", " ZZ000001", "ZZ 000 001\n", "zZ\t000001\r", "ZZ\u00a0000\u202f001\u2007"]
    )
    def test_an_identifier_is_capitals_without_spaces(self, read, text):
        assert read("identifier", "ZZ000001", text, "ZZ-000001") == (["ZZ000001", "ZZ000001", "ZZ-000001"], [])

    @pytest.mark.parametrize("text", [" ", " \t", "\u00a0", "-", "?", "--", "...", "\u2013", "/"])
    def test_an_identifier_without_letter_or_digit_is_an_empty_cell(self, read, text):
        assert read("identifier", text, "A1") == ([None, "A1"], [])

    @pytest.mark.parametrize("text", ["n/a", "N / A", "n.a.", "N.A", "None", "nil", "null", "tbc", "TBA", "tbd"])
    def test_an_identifier_that_names_nothing_is_an_empty_cell(self, read, text):
        assert read("identifier", text, "A1") == ([None, "A1"], [])

    @pytest.mark.parametrize(
        "text", ["pending", "unknown", "not applicable", "Not known", "not yet", "to be confirmed", "to follow"]
    )
    def test_an_identifier_that_says_so_in_words_is_an_empty_cell(self, read, text):
        assert read("identifier", text, "A1") == ([None, "A1"], [])

    @pytest.mark.parametrize("text", ["NA", "N/A-1", "NONE2", "0", "X", "\u00c9", "TBC/19"])
    def test_any_other_letter_or_digit_names_something(self, read, text):
        assert read("identifier", text, "A1") == ([text, "A1"], [])

    @pytest.mark.parametrize("text", ["n/a", "-", "?", "tbc"])
    def test_a_text_that_says_so_stays_a_text(self, read, text):
        assert read("text", text) == ([text], [])

    def test_any_other_identifier_stays_and_is_readable(self, read):
        spelt = [text for text in NASTY if text == text.upper() and text.split() == [text]]
        kept = [text for text in spelt if any(sign.isalnum() for sign in text)]

        assert read("identifier", *NASTY)[1] == []
        assert read("identifier", *kept) == (kept, [])

    def test_a_text_of_no_letters_is_none(self, read):
        assert read("text", "") == ([None], [1])

    def test_a_yes_or_a_no_is_one(self, read):
        assert read("yes_no", "yes", "no") == (["yes", "no"], [])

    @pytest.mark.parametrize("text", ["y", " yes", "Yes ", "yes\n", "true", "1", "\uff39es", "ye\u017f"])
    def test_anything_else_is_neither_yes_nor_no(self, read, text):
        assert read("yes_no", text) == ([None], [1])

    def test_a_letter_is_an_answer_where_the_document_prints_them(self, read):
        cells, expected = ("Y", "n", "N", "y", "yes", "No", "YN", "Y ", None), ["yes", "no", "no", "yes", "yes", "no"]

        assert read("yes_no", *cells, name="Drugs Y/N") == ([*expected, None, None, None], [7, 8])
        assert read("yes_no", *cells, name="Drugs")[1] == [1, 2, 3, 4, 7, 8]
        assert read("code", "Y", values=("Yes", "No"), name="Drugs Y/N") == ([None], [1])

    def test_an_answer_in_other_capitals_is_the_same_answer(self, read):
        assert read("yes_no", "Yes", "NO", None, "no", "maybe") == (["yes", "no", None, "no", None], [5])

    def test_a_code_in_other_capitals_is_the_same_code(self, read):
        cells = ("camden", "CAMDEN", "Camden", "other London borough", None)
        expected = ["Camden", "Camden", "Camden", "Other London borough", None]

        assert read("code", *cells, values=("Camden", "Other London borough")) == (expected, [])

    def test_only_a_choice_from_a_list_is_spelt_as_the_list_is(self, read):
        assert read("text", "YES", "camden") == (["YES", "camden"], [])

    def test_a_code_is_one_of_its_values(self, read):
        assert read("code", "red", "green", values=("red", "green")) == (["red", "green"], [])

    @pytest.mark.parametrize("text", ["red ", "Red ", "red\n", "RED\n", "blue", "redgreen", "Red|Green"])
    def test_anything_else_is_no_code(self, read, text):
        assert read("code", text, values=("red", "green")) == ([None], [1])


class TestEveryType:
    VALUES = {"code": ("red",)}
    GOOD = {"date": "2020-01-01", "instant": "2020-01-01T00:00Z", "integer": "1", "decimal": "1", "yes_no": "yes"}

    @pytest.mark.parametrize("type", TYPES)
    def test_an_empty_cell_is_null_and_not_unreadable(self, read, type):
        assert read(type, None, values=self.VALUES.get(type, ())) == ([None], [])

    @pytest.mark.parametrize("type", TYPES)
    def test_a_column_without_cells_is_read(self, read, type):
        assert read(type, values=self.VALUES.get(type, ())) == ([], [])

    @pytest.mark.parametrize("type", ["date", "instant", "integer", "decimal", "yes_no", "code"])
    def test_what_is_no_value_becomes_null_and_never_raises(self, read, type):
        values, unreadable = read(type, *NASTY, values=self.VALUES.get(type, ()))

        assert values == [None] * len(NASTY)
        assert unreadable == list(range(1, len(NASTY) + 1))

    @pytest.mark.parametrize("type", GOOD)
    def test_a_cell_that_is_no_value_takes_no_other_with_it(self, read, type):
        values, unreadable = read(type, self.GOOD[type], CANARY, self.GOOD[type])

        assert values[0] == values[2] is not None
        assert unreadable == [2]

    @pytest.mark.parametrize("type", ["date", "instant", "integer", "decimal", "yes_no"])
    def test_an_unreadable_cell_is_named_by_its_place_only(self, records, type):
        table = records("log", f"id | cell {type}\na | \nb | {CANARY}")

        assert list(table.unreadable(("id", "cell"))) == [Violation("log", 2, "cell", rule="unreadable")]

    def test_a_table_shows_its_sizes_and_no_cell(self, records):
        table = records("log", f"id | cell\na | {CANARY}")

        assert repr(table) == "<Records log: 1 rows, 2 columns>"
