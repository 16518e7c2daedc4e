"""Conformance: every primitive gives the same verdict on every engine."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import narwhals as nw
import pyarrow as pa
import pytest

from dpia_checks import deadlines, rules, rules_of_text, rules_of_time
from dpia_checks.deadlines import (
    is_later_than_months,
    is_later_than_working_days,
    is_overdue_by_months,
    is_overdue_by_working_days,
)
from dpia_checks.identifiers import KINDS, holds_any
from dpia_checks.names import naming_any, relating_any
from dpia_checks.records import positions
from dpia_checks.rules import (
    among,
    count,
    distinct,
    every_pair,
    having,
    in_either,
    in_memory,
    in_rows,
    is_above,
    is_any_of,
    is_at_or_above,
    is_below,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    is_not_before,
    is_unsaid,
    left_out,
    outside,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_text import (
    where_copied,
    where_hashed,
    where_holding,
    where_named,
    where_numbered,
    where_text,
    where_within,
    with_each_folder,
    with_each_number,
    with_path,
)
from dpia_checks.rules_of_time import (
    day_after,
    first_day,
    has_missed_a_quarter,
    is_after_day,
    is_before_day,
    is_kept_beyond,
    is_later_by_more_than,
    is_later_by_more_than_months,
    is_not_done,
    is_older_than,
    is_overdue,
    is_past,
    is_past_months,
    is_past_the_next_quarter,
    is_younger_than,
    lapses,
    not_followed,
    on_day,
    or_day,
)
from dpia_checks.schema import Table
from dpia_checks.violations import Violation

from . import test_deadlines
from .engines import TESTED, on_engine
from .test_identifiers import HELD

LADDER = ("low", "middle", "high")
EXPRESSIONS: dict[str, Callable[[], nw.Expr]] = {
    "is_blank": lambda: is_blank("word"),
    "is_unsaid": lambda: is_unsaid("word"),
    "is_any_of": lambda: is_any_of("word", ["a"]),
    "is_none_of": lambda: is_none_of("word", ["a"]),
    "is_equal": lambda: is_equal("word", "other"),
    "is_later": lambda: is_later("from_at", "to_at"),
    "is_not_before": lambda: is_not_before("to_at", "from_at"),
    "is_later_by_more_than": lambda: is_later_by_more_than("to_at", "from_at", 1),
    "is_at_or_above": lambda: is_at_or_above("word", "b", ("a", "b", "c")),
    "is_before_day": lambda: is_before_day("from_at", "2020-01-02"),
    "is_younger_than": lambda: is_younger_than("from_at", "to_at", 18),
    "is_older_than": lambda: is_older_than("from_at", "to_at", -1),
    "is_past_the_next_quarter": lambda: is_past_the_next_quarter("to_at", "from_at"),
    "is_after_day": lambda: is_after_day("from_at", "2020-01-01"),
    "is_later_by_more_than_months": lambda: is_later_by_more_than_months("to_at", "from_at", 1),
    "is_not_done": lambda: is_not_done("from_at", "2019-12-31"),
    "is_kept_beyond": lambda: is_kept_beyond("to_at", "from_at", 0, "2020-01-01"),
    "is_below": lambda: is_below("number", 2),
    "is_above": lambda: is_above("number", 1),
    "is_overdue": lambda: is_overdue("to_at", "from_at", 1, "2020-01-02"),
    "is_past": lambda: is_past("from_at", 1, "2020-01-02"),
    "is_past_months": lambda: is_past_months("from_at", 1, "2020-01-02"),
    "has_missed_a_quarter": lambda: has_missed_a_quarter("from_at", "2020-01-02"),
    "is_later_than_months": lambda: is_later_than_months("to_at", "from_at", 1),
    "is_overdue_by_months": lambda: is_overdue_by_months("to_at", "from_at", 1, "2020-03-01"),
    "is_later_than_working_days": lambda: is_later_than_working_days("to_at", "from_at", 1),
    "is_overdue_by_working_days": lambda: is_overdue_by_working_days("to_at", "from_at", 1, "2020-03-01"),
}
OF_NOTHING = {
    "is_blank",
    "is_unsaid",
    "is_none_of",
    "is_not_done",
    "is_overdue",
    "is_past",
    "is_past_months",
    "has_missed_a_quarter",
}
OF_NOTHING |= {"is_overdue_by_months", "is_overdue_by_working_days"}
"""What a row of empty cells alone is selected by."""
EVERY_MIX = """
    word | other | from_at instant      | to_at instant        | number integer
    a    | a     | 2020-01-01T00:00Z    | 2020-01-01T00:00Z    | 1
    a    | b     | 2020-01-01T00:00Z    | 2020-01-02T00:00Z    | 2
    b    |       | 2020-01-01T00:00Z    |                      | -1
         | b     |                      | 2020-01-01T00:00Z    |
         |       |                      |                      |
"""
COLUMNS = ("word", "other", "from_at", "to_at", "number")
JUDGED: dict[str, tuple[Callable[[str], bool], str]] = {
    **{kind: (partial(holds_any, kinds=[kind]), HELD[kind][0]) for kind in KINDS},
    "a client by name": (naming_any([("juniper", "basalt")]), "asked about Juniper."),
    "a relative": (relating_any(["sister"]), "her sister Rowan came"),
}
"""What judges a text, and a text of which it says yes."""


def primitives() -> dict[str, object]:
    """The closed set, by name, and what each returns."""
    modules = (rules, rules_of_time, rules_of_text, deadlines)
    found = [pair for module in modules for pair in inspect.getmembers(module, inspect.isfunction)]
    own = {module.__name__ for module in modules}
    return {name: each.__annotations__["return"] for name, each in found if each.__module__ in own and name[0] != "_"}


def test_every_primitive_is_asked_on_every_engine():
    """An expression must also pass the tests of every expression; any other is named by a test of its own."""
    named = {**vars(test_deadlines), **globals()}

    assert {name for name in primitives() if name not in named} == set()
    assert {name for name, made in primitives().items() if made == "nw.Expr"} - {
        "on_day",
        "day_after",
        "or_day",
    } == set(EXPRESSIONS)


@pytest.fixture(params=TESTED)
def engine(request) -> str:
    return str(request.param)


@pytest.fixture
def mixed(records) -> nw.DataFrame | nw.LazyFrame:
    return records("mixed", EVERY_MIX).read(*COLUMNS)


@pytest.fixture
def empty(records) -> nw.DataFrame | nw.LazyFrame:
    return records("empty", EVERY_MIX.strip().splitlines()[0]).read(*COLUMNS)


class TestEveryExpression:
    @pytest.mark.parametrize("name", EXPRESSIONS)
    def test_a_row_is_selected_or_not_and_never_neither(self, mixed, name):
        expression = EXPRESSIONS[name]()

        selected, others = positions(mixed.filter(expression)), positions(mixed.filter(~expression))

        assert sorted(selected + others) == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize("name", EXPRESSIONS)
    def test_a_column_of_nothing_but_empty_cells_does_not_break_it(self, records, name):
        header = EVERY_MIX.strip().splitlines()[0]
        frame = records("blank", f"{header}\n | | | | \n | | | | ").read(*COLUMNS)

        selected = positions(frame.filter(EXPRESSIONS[name]()))

        assert selected == ([1, 2] if name in OF_NOTHING else [])

    @pytest.mark.parametrize("name", EXPRESSIONS)
    def test_an_empty_table_has_no_row_to_select(self, empty, name):
        assert positions(empty.filter(EXPRESSIONS[name]())) == []

    @pytest.mark.parametrize("name", EXPRESSIONS)
    def test_the_same_row_twice_gets_the_same_verdict_twice(self, records, name):
        header, *rows = EVERY_MIX.strip().splitlines()
        doubled = "\n".join([header, *rows, *rows])
        frame = records("doubled", doubled).read(*COLUMNS)

        selected = positions(frame.filter(EXPRESSIONS[name]()))

        assert [place + 5 for place in selected if place <= 5] == [place for place in selected if place > 5]


class TestIsUnsaid:
    @pytest.mark.parametrize("text", ["-", "?", "...", "\u2013", "tbc", "TBA", "t b d", "n/a", "N.A.", "n.a", " N / A"])
    def test_selects_what_stands_for_a_text_to_come(self, records, text):
        frame = records("log", f"word | other\nsaid | a\n{text} | b\n | c").read("word", "other")

        assert positions(frame.filter(is_unsaid("word"))) == [2, 3]

    @pytest.mark.parametrize("text", ["none", "No", "unknown", "not applicable", "NA", "0", "tbc by May", "\u00e9"])
    def test_an_answer_is_said(self, records, text):
        frame = records("log", f"word | other\n{text} | b").read("word", "other")

        assert positions(frame.filter(is_unsaid("word"))) == []

    @pytest.mark.parametrize("text", ["to be confirmed", "To follow"])
    def test_selects_it_in_words(self, records, text):
        frame = records("log", f"word | other\n{text} | b").read("word", "other")

        assert positions(frame.filter(is_unsaid("word"))) == [1]


class TestIsBlank:
    def test_selects_empty_cells_only(self, mixed):
        assert positions(mixed.filter(is_blank("word"))) == [4, 5]

    def test_selects_empty_instants(self, mixed):
        assert positions(mixed.filter(is_blank("from_at"))) == [4, 5]


class TestIsAnyOf:
    def test_selects_the_values_named(self, mixed):
        assert positions(mixed.filter(is_any_of("word", ["a", "z"]))) == [1, 2]

    def test_an_empty_cell_is_none_of_them(self, mixed):
        assert positions(mixed.filter(is_any_of("word", ["a", "b"]))) == [1, 2, 3]

    def test_no_value_at_all_selects_nothing(self, mixed):
        assert positions(mixed.filter(is_any_of("word", []))) == []

    def test_a_tuple_of_values_will_do(self, mixed):
        assert positions(mixed.filter(is_any_of("word", ("b",)))) == [3]

    def test_case_matters(self, mixed):
        assert positions(mixed.filter(is_any_of("word", ["A"]))) == []


class TestIsNoneOf:
    def test_selects_other_values_and_empty_cells(self, mixed):
        assert positions(mixed.filter(is_none_of("word", ["a"]))) == [3, 4, 5]

    def test_no_value_at_all_selects_everything(self, mixed):
        assert positions(mixed.filter(is_none_of("word", []))) == [1, 2, 3, 4, 5]


class TestIsEqual:
    def test_selects_equal_cells_and_no_empty_ones(self, mixed):
        assert positions(mixed.filter(is_equal("word", "other"))) == [1]

    def test_two_empty_cells_are_not_equal(self, mixed):
        assert 5 not in positions(mixed.filter(is_equal("word", "other")))


class TestIsLater:
    def test_equal_is_not_later(self, records):
        frame = records("t", "one date | two date\n2020-01-01 | 2020-01-01").read("one", "two")

        assert positions(frame.filter(is_later("one", "two"))) == []

    def test_a_day_after_is_later(self, records):
        frame = records("t", "one date | two date\n2020-01-02 | 2020-01-01").read("one", "two")

        assert positions(frame.filter(is_later("one", "two"))) == [1]

    def test_a_second_after_is_later(self, records):
        frame = records("t", "one instant | two instant\n2020-01-01T00:00:01Z | 2020-01-01T00:00Z").read("one", "two")

        assert positions(frame.filter(is_later("one", "two"))) == [1]

    def test_a_day_before_is_not_later(self, records):
        frame = records("t", "one date | two date\n2020-01-01 | 2020-01-02").read("one", "two")

        assert positions(frame.filter(is_later("one", "two"))) == []

    def test_an_empty_cell_is_neither_later_nor_a_limit(self, records):
        frame = records("t", "one date | two date\n2020-01-01 | \n | 2020-01-01\n | ").read("one", "two")

        assert positions(frame.filter(is_later("one", "two"))) == []

    def test_offsets_are_compared_as_the_instants_they_are(self, records):
        same = "one instant | two instant\n2020-07-01T10:00+01:00 | 2020-07-01T09:00Z"
        frame = records("t", same).read("one", "two")

        assert positions(frame.filter(is_later("one", "two") | is_later("two", "one"))) == []


class TestIsLaterByMoreThan:
    @pytest.mark.parametrize(
        ("told", "is_late"),
        [
            ("2020-01-11T09:15+00:00", False),
            ("2020-01-11T09:15:01+00:00", True),
            ("2020-01-11T09:14:59+00:00", False),
            ("2020-01-08T09:15+00:00", False),
            ("2020-01-01T00:00+00:00", False),
        ],
    )
    def test_the_end_of_the_last_hour_is_in_time(self, records, told, is_late):
        frame = records("t", f"since instant | told instant\n2020-01-08T09:15+00:00 | {told}").read("since", "told")

        late = positions(frame.filter(is_later_by_more_than("told", "since", 72)))

        assert late == ([1] if is_late else [])

    @pytest.mark.parametrize(("told", "is_late"), [("2020-03-30T11:00+01:00", False), ("2020-03-30T11:01+01:00", True)])
    def test_hours_are_elapsed_hours_when_clocks_go_forward(self, records, told, is_late):
        frame = records("t", f"since instant | told instant\n2020-03-27T10:00+00:00 | {told}").read("since", "told")

        late = positions(frame.filter(is_later_by_more_than("told", "since", 72)))

        assert late == ([1] if is_late else [])

    @pytest.mark.parametrize(("told", "is_late"), [("2020-10-26T15:30+00:00", False), ("2020-10-26T15:31+00:00", True)])
    def test_hours_are_elapsed_hours_when_clocks_go_back(self, records, told, is_late):
        frame = records("t", f"since instant | told instant\n2020-10-23T16:30+01:00 | {told}").read("since", "told")

        late = positions(frame.filter(is_later_by_more_than("told", "since", 72)))

        assert late == ([1] if is_late else [])

    def test_the_hour_that_comes_twice_is_two_hours(self, records):
        twice = "since instant | told instant\n2020-10-25T01:30+01:00 | 2020-10-25T01:30+00:00"
        frame = records("t", twice).read("since", "told")

        assert positions(frame.filter(is_later_by_more_than("told", "since", 0))) == [1]

    def test_an_empty_cell_is_not_later(self, records):
        frame = records("t", "since instant | told instant\n2020-01-01T00:00Z | \n | 2030-01-01T00:00Z\n | ")

        late = positions(frame.read("since", "told").filter(is_later_by_more_than("told", "since", 1)))

        assert late == []


class TestIsAtOrAbove:
    @pytest.fixture
    def held(self, records):
        return records("t", "level\nlow\nmiddle\nhigh\nunheard of\n").read("level")

    @pytest.mark.parametrize(("level", "expected"), [("low", [1, 2, 3]), ("middle", [2, 3]), ("high", [3])])
    def test_the_level_itself_and_higher_ones_are_enough(self, held, level, expected):
        assert positions(held.filter(is_at_or_above("level", level, LADDER))) == expected

    def test_an_empty_cell_is_below_the_lowest(self, mixed):
        assert positions(mixed.filter(is_at_or_above("word", "a", ("a", "b")))) == [1, 2, 3]

    def test_a_level_that_the_ladder_lacks_is_refused(self):
        with pytest.raises(ValueError):
            is_at_or_above("level", "unheard of", LADDER)


class TestIsBeforeDay:
    @pytest.mark.parametrize(("day", "early"), [("2019-09-30", [1]), ("2019-10-01", []), ("2019-10-02", []), ("", [])])
    def test_the_day_itself_is_not_before_and_an_empty_cell_neither(self, records, day, early):
        frame = records("t", f"on date | x\n{day} | 1").read("on", "x")

        assert positions(frame.filter(is_before_day("on", "2019-10-01"))) == early

    def test_an_instant_is_compared_with_midnight(self, records):
        frame = records("t", "at instant\n2019-09-30T23:59Z\n2019-10-01T00:00Z").read("at")

        assert positions(frame.filter(is_before_day("at", "2019-10-01"))) == [1]

    def test_what_is_no_date_is_refused(self):
        with pytest.raises(ValueError, match="early 2020"):
            is_before_day("on", "early 2020")


class TestIsBelowAndAbove:
    @pytest.fixture
    def numbers(self, records):
        return records("t", "n integer | x\n15 | 1\n16 | 2\n17 | 3\n | 4\n-1 | 5").read("n", "x")

    def test_the_limit_itself_is_not_below(self, numbers):
        assert positions(numbers.filter(is_below("n", 16))) == [1, 5]

    def test_the_limit_itself_is_not_above(self, numbers):
        assert positions(numbers.filter(is_above("n", 16))) == [3]

    @pytest.mark.parametrize("primitive", [is_below, is_above])
    def test_an_empty_cell_is_on_the_other_side_and_not_lost(self, numbers, primitive):
        assert 4 in positions(numbers.filter(~primitive("n", 16)))

    @pytest.mark.parametrize("primitive", [is_below, is_above])
    def test_a_column_of_empty_cells_has_none(self, records, primitive):
        frame = records("t", "n integer | x\n | 1\n | 2").read("n", "x")

        assert positions(frame.filter(primitive("n", 16))) == []


class TestAge:
    @pytest.mark.parametrize(
        ("born", "on", "age"),
        [
            ("2001-10-01", "2019-10-01", 18),
            ("2001-10-02", "2019-10-01", 17),
            ("2001-09-30", "2019-10-01", 18),
            ("2001-11-01", "2019-10-31", 17),
            ("2001-01-31", "2019-02-01", 18),
            ("2001-12-31", "2019-01-01", 17),
            ("2000-02-29", "2018-02-28", 17),
            ("2000-02-29", "2018-03-01", 18),
            ("2000-02-29", "2020-02-28", 19),
            ("2000-02-29", "2020-02-29", 20),
            ("2001-03-01", "2020-02-29", 18),
            ("2001-02-28", "2020-02-29", 19),
            ("2020-01-01", "2020-01-01", 0),
            ("1899-12-31", "2019-12-31", 120),
        ],
    )
    def test_is_counted_in_whole_years_from_birthday_to_birthday(self, records, born, on, age):
        frame = records("t", f"born date | on date\n{born} | {on}").read("born", "on")

        younger = [years for years in (age, age + 1) if positions(frame.filter(is_younger_than("born", "on", years)))]
        older = [years for years in (age - 1, age) if positions(frame.filter(is_older_than("born", "on", years)))]

        assert (younger, older) == ([age + 1], [age - 1])

    def test_agrees_with_a_count_of_birthdays_on_every_day_of_four_years(self, engine, described):
        first, births = datetime(2018, 1, 1), ["2000-02-28", "2000-02-29", "2000-03-01", "2000-12-31"]
        pairs = [(born, (first + timedelta(days=n)).date().isoformat()) for born in births for n in range(4 * 366)]
        table = Table("t", {"born": described("t", "born", "date"), "on": described("t", "on", "date")})
        text = pa.table({"born": [born for born, _ in pairs], "on": [on for _, on in pairs]})

        frame = on_engine(table, text, engine).read("born", "on")

        expected = [row for row, (born, on) in enumerate(pairs, 1) if int(on[:4]) - 2000 - (on[5:] < born[5:]) < 20]
        assert positions(frame.filter(is_younger_than("born", "on", 20))) == expected

    def test_nobody_is_younger_or_older_without_both_dates(self, records):
        frame = records("t", "born date | on date\n2000-01-01 | \n | 2020-01-01\n | ").read("born", "on")

        assert positions(frame.filter(is_younger_than("born", "on", 99) | is_older_than("born", "on", 0))) == []

    def test_who_is_born_after_the_day_is_younger(self, records):
        frame = records("t", "born date | on date\n2021-01-01 | 2020-01-01").read("born", "on")

        assert positions(frame.filter(is_younger_than("born", "on", 0))) == [1]


class TestIsPastTheNextQuarter:
    @pytest.mark.parametrize(
        ("since", "on", "is_past"),
        [
            ("2020-01-01", "2020-06-30", False),
            ("2020-01-01", "2020-07-01", True),
            ("2020-03-31", "2020-07-01", True),
            ("2020-03-31", "2020-06-30", False),
            ("2020-10-01", "2021-03-31", False),
            ("2020-12-31", "2021-04-01", True),
            ("2020-09-30", "2021-01-01", True),
            ("2020-05-05", "2020-05-05", False),
            ("2020-05-05", "2019-05-05", False),
            ("2020-05-05", "2021-05-05", True),
        ],
    )
    def test_quarters_are_the_calendars(self, records, since, on, is_past):
        frame = records("t", f"since date | on date\n{since} | {on}").read("since", "on")

        assert positions(frame.filter(is_past_the_next_quarter("on", "since"))) == ([1] if is_past else [])

    def test_an_empty_cell_is_past_nothing(self, records):
        frame = records("t", "since date | on date\n2020-01-01 | \n | 2030-01-01\n | ").read("since", "on")

        assert positions(frame.filter(is_past_the_next_quarter("on", "since"))) == []


class TestHasMissedAQuarter:
    @pytest.mark.parametrize(
        ("since", "as_of", "expected"),
        [
            ("2020-01-01", "2020-06-30", []),
            ("2020-03-31", "2020-07-01", [1]),
            ("2020-12-31", "2021-03-31", []),
            ("2020-10-01", "2021-04-01", [1]),
            ("2021-01-01", "2020-01-01", []),
            ("", "2020-01-01", [1]),
        ],
    )
    def test_the_last_day_of_the_next_quarter_has_not_passed(self, records, since, as_of, expected):
        frame = records("t", f"row_name | since date\na | {since}").read("since")

        assert positions(frame.filter(has_missed_a_quarter("since", as_of))) == expected


class TestFirstDay:
    @pytest.mark.parametrize(("as_of", "expected"), [("2020-01-03", "2020-01-02"), ("2020-01-01", "2020-01-01")])
    def test_the_first_date_or_the_day_the_log_was_taken(self, records, as_of, expected):
        frame = records("t", "name | on date\na | 2020-02-01\nb | 2020-01-02\nc | ").read("on")

        assert first_day(frame, "on", as_of) == expected

    def test_nothing_is_before_the_day_when_no_date_is_written(self, records):
        assert first_day(records("t", "name | on date\na | ").read("on"), "on", "2020-01-01") == "2020-01-01"


class TestIsKeptBeyond:
    @pytest.mark.parametrize(
        ("since", "until", "is_beyond"),
        [
            ("2012-03-06", "2020-03-06", False),
            ("2012-03-06", "2020-03-07", True),
            ("2012-03-31", "2020-04-01", True),
            ("2012-12-31", "2021-01-01", True),
            ("2012-01-01", "2019-12-31", False),
            ("2012-02-29", "2020-02-29", False),
            ("2012-02-29", "2020-03-01", True),
            ("2012-03-06", "2011-03-06", False),
        ],
    )
    def test_the_last_day_has_the_day_and_month_of_the_first(self, records, since, until, is_beyond):
        frame = records("t", f"since date | until date\n{since} | {until}").read("since", "until")

        assert positions(frame.filter(is_kept_beyond("until", "since", 8, "2030-01-01"))) == ([1] if is_beyond else [])

    @pytest.mark.parametrize(("until", "is_beyond"), [("2017-02-28", False), ("2017-03-01", True)])
    def test_a_period_from_a_leap_day_ends_on_the_28th_in_other_years(self, records, until, is_beyond):
        frame = records("t", f"since date | until date\n2012-02-29 | {until}").read("since", "until")

        assert positions(frame.filter(is_kept_beyond("until", "since", 5, "2030-01-01"))) == ([1] if is_beyond else [])

    @pytest.mark.parametrize(("as_of", "expected"), [("2020-03-06", []), ("2020-03-07", [1])])
    def test_what_has_not_ended_is_held_on_the_day_of_the_register(self, records, as_of, expected):
        frame = records("t", "since date | until date\n2012-03-06 | \n | 2099-01-01\n | ").read("since", "until")

        assert positions(frame.filter(is_kept_beyond("until", "since", 8, as_of))) == expected


class TestWithAtLeast:
    @pytest.mark.parametrize(("number", "expected"), [(1, [1, 2]), (2, [1]), (3, [1]), (4, [])])
    def test_keeps_rows_whose_key_comes_so_often_on_the_right(self, records, number, expected):
        left = records("l", "id\na\nb\nc").read("id")
        right = records("r", "key\na\na\nb\na\nz").read("key")

        assert positions(with_at_least(left, right, "id", "key", number)) == expected

    def test_empty_keys_are_counted_for_nobody(self, records):
        left = records("l", "id | x\n | 1\na | 2").read("id", "x")
        right = records("r", "key | y\n | 1\n | 2\na | 3").read("key", "y")

        assert positions(with_at_least(left, right, "id", "key", 1)) == [2]

    def test_a_key_twice_on_the_left_is_kept_twice(self, records):
        left, right = records("l", "id\na\na").read("id"), records("r", "key\na").read("key")

        assert count(with_at_least(left, right, "id", "key", 1)) == 2

    @pytest.mark.parametrize(("one", "two"), [("id", "key\na"), ("id\na", "key"), ("id", "key")])
    def test_an_empty_table_on_either_side_keeps_nothing(self, records, one, two):
        left, right = records("l", one).read("id"), records("r", two).read("key")

        assert positions(with_at_least(left, right, "id", "key", 1)) == []

    def test_both_keys_may_have_the_same_name(self, records):
        left, right = records("l", "id | x\na | 1").read("id", "x"), records("r", "id\na\na").read("id")

        kept = with_at_least(left, right, "id", "id", 2)

        assert (positions(kept), sorted(kept.collect_schema().names())) == ([1], ["id", "row", "x"])


class TestIsNotBefore:
    def test_the_same_day_a_later_one_and_no_start_are_kept_and_an_empty_cell_is_not(self, records):
        days = "2020-01-02 | 2020-01-02\n2020-01-03 | 2020-01-02\n2020-01-01 | 2020-01-02"
        gaps = " | 2020-01-02\n2020-01-01 | \n | "
        frame = records("l", f"at date | start date\n{days}\n{gaps}").read("at", "start")

        assert positions(frame.filter(is_not_before("at", "start"))) == [1, 2, 5]


class TestInEither:
    def test_keeps_a_row_of_either_once_and_in_its_place(self, records):
        frame = records("l", "id\na\n\nc\nd").read("id")
        one, other = frame.filter(is_any_of("id", ["d", "a"])), frame.filter(is_any_of("id", ["a"]) | is_blank("id"))

        assert positions(in_either(frame, one, other)) == [1, 2, 4]
        assert positions(in_either(frame, one)) == [1, 4]

    def test_none_keeps_none(self, records):
        frame = records("l", "id\na").read("id")

        assert positions(in_either(frame)) == []
        assert positions(in_either(frame, frame.head(0))) == []


class TestAmong:
    @pytest.mark.parametrize("only", [None, {}])
    def test_naming_no_column_keeps_every_row(self, mixed, only):
        assert positions(among(mixed, only)) == [1, 2, 3, 4, 5]

    def test_every_column_named_must_agree(self, mixed):
        assert 2 in positions(among(mixed, {"word": ["a", "b"], "other": ["b"]}))
        assert 1 not in positions(among(mixed, {"word": ["a", "b"], "other": ["b"]}))

    def test_an_empty_cell_is_in_scope(self, records):
        assert positions(among(records("l", "word | x\na | 1\n | 2\nc | 3").read("word", "x"), {"word": ["a"]})) == [
            1,
            2,
        ]


class TestHaving:
    def test_every_column_named_must_agree(self, mixed):
        assert positions(having(mixed, {"word": ["a", "b"], "other": ["b"]})) == [2]

    def test_an_empty_cell_agrees_with_nothing(self, mixed):
        assert positions(having(mixed, {"word": ["a", "b"]})) == [1, 2, 3]

    def test_a_column_without_permitted_values_keeps_no_row(self, mixed):
        assert positions(having(mixed, {"word": []})) == []


class TestIsOverdue:
    @pytest.mark.parametrize(
        ("cells", "overdue"),
        [
            ("2020-01-01T00:00Z | ", True),
            ("2020-01-07T23:59Z | ", True),
            ("2020-01-08T00:00Z | ", False),
            ("2020-01-01T00:00Z | 2020-02-01T00:00Z", False),
            (" | ", True),
        ],
    )
    def test_what_was_still_open_on_the_day_is_not_overdue(self, records, cells, overdue):
        frame = records("l", f"since instant | told instant\n{cells}").read("since", "told")

        assert bool(positions(frame.filter(is_overdue("told", "since", 24, "2020-01-09")))) is overdue

    def test_an_empty_table_has_no_row_to_select(self, records):
        frame = records("l", "since instant | told instant").read("since", "told")

        assert positions(frame.filter(is_overdue("told", "since", 24, "2020-01-09"))) == []


class TestIsPast:
    @pytest.mark.parametrize(("since", "past"), [("2019-12-09", True), ("2019-12-10", False), ("", True)])
    def test_the_last_day_has_not_passed(self, records, since, past):
        frame = records("l", f"since date | word\n{since} | a").read("since")

        assert bool(positions(frame.filter(is_past("since", 24 * 30, "2020-01-09")))) is past


class TestAmongAnEmptyTable:
    def test_an_empty_table_stays_empty(self, empty):
        assert positions(among(empty, {"word": ["a"]})) == []


class TestWithout:
    def test_keeps_rows_whose_key_has_no_equal(self, records):
        left, right = records("l", "id\na\nb\nc").read("id"), records("r", "key\nb\nz").read("key")

        assert positions(without(left, right, "id", "key")) == [1, 3]

    def test_an_empty_key_on_the_left_has_no_equal_even_among_empty_ones(self, records):
        left = records("l", "id | x\na | 1\n | 2").read("id", "x")
        right = records("r", "key | y\na | 1\n | 2").read("key", "y")

        assert positions(without(left, right, "id", "key")) == [2]

    def test_a_right_side_of_empty_keys_takes_nothing_away(self, records):
        left, right = records("l", "id\na").read("id"), records("r", "key | y\n | 1\n | 2").read("key", "y")

        assert positions(without(left, right, "id", "key")) == [1]

    def test_a_key_twice_on_the_right_changes_nothing(self, records):
        left, right = records("l", "id\na\nb").read("id"), records("r", "key\nb\nb").read("key")

        assert positions(without(left, right, "id", "key")) == [1]

    def test_a_key_twice_on_the_left_is_judged_twice(self, records):
        left, right = records("l", "id\na\na\nb\nb").read("id"), records("r", "key\nb").read("key")

        assert count(without(left, right, "id", "key")) == 2

    def test_an_empty_right_side_keeps_every_row(self, records):
        left, right = records("l", "id\na\nb").read("id"), records("r", "key").read("key")

        assert positions(without(left, right, "id", "key")) == [1, 2]

    def test_an_empty_left_side_stays_empty(self, records):
        left, right = records("l", "id").read("id"), records("r", "key\na").read("key")

        assert positions(without(left, right, "id", "key")) == []

    def test_both_keys_may_have_the_same_name(self, records):
        left, right = records("l", "id\na\nb").read("id"), records("r", "id\nb").read("id")

        assert positions(without(left, right, "id", "id")) == [1]

    def test_keeps_the_columns_of_the_left_side(self, records):
        left, right = records("l", "id | x\na | 1").read("id", "x"), records("r", "key").read("key")

        assert sorted(without(left, right, "id", "key").collect_schema().names()) == ["id", "row", "x"]


class TestPaired:
    def test_gives_one_row_for_each_pair(self, records):
        left, right = records("l", "id\na\na\nb").read("id"), records("r", "key\na\na\nc").read("key")

        assert count(paired(left, right, "id", "key")) == 4

    def test_the_row_is_the_left_ones(self, records):
        left, right = records("l", "id\na\nb").read("id"), records("r", "key\nz\nz\nb").read("key")

        assert positions(paired(left, right, "id", "key")) == [2]

    def test_rows_with_an_empty_key_are_in_no_pair(self, records):
        left = records("l", "id | x\n | 1\na | 2").read("id", "x")
        right = records("r", "key | y\n | 1\na | 2").read("key", "y")

        assert positions(paired(left, right, "id", "key")) == [2]

    def test_empty_keys_alone_make_no_pair(self, records):
        left = records("l", "id | x\n | 1").read("id", "x")
        right = records("r", "key | y\n | 1").read("key", "y")

        assert count(paired(left, right, "id", "key")) == 0

    @pytest.mark.parametrize(("one", "two"), [("id", "key\na"), ("id\na", "key"), ("id", "key")])
    def test_an_empty_table_on_either_side_makes_no_pair(self, records, one, two):
        left, right = records("l", one).read("id"), records("r", two).read("key")

        assert count(paired(left, right, "id", "key")) == 0

    def test_has_the_columns_of_both(self, records):
        left = records("l", "id | x\na | 1").read("id", "x")
        right = records("r", "id | y\na | 2").read("id", "y")

        assert sorted(paired(left, right, "id", "id").collect_schema().names()) == ["id", "row", "x", "y"]

    def test_carries_the_right_sides_values_to_the_left_row(self, records):
        left = records("l", "id\na\nb").read("id")
        right = records("r", "key | y\nb | blue\na | amber").read("key", "y")

        assert positions(paired(left, right, "id", "key").filter(is_any_of("y", ["blue"]))) == [2]


class TestEveryPair:
    def test_each_row_with_each_whatever_they_hold(self, records):
        left = records("l", "id | x\na | 1\n | 2").read("id", "x")
        right = records("r", "key | y\na | 1\n | 2\nz | 3").read("key")

        pairs = every_pair(left, right)

        assert (count(pairs), positions(pairs)) == (6, [1, 2])

    def test_of_a_side_without_a_column_the_rows_count_all_the_same(self, records):
        left, right = records("l", "id\na\n").read("id"), records("r", "key\na\nb").read()

        pairs = every_pair(left, right)

        assert (count(pairs), pairs.collect_schema().names()) == (2, ["row", "id"])

    @pytest.mark.parametrize(("one", "two"), [("id", "key\na"), ("id\na", "key"), ("id", "key")])
    def test_an_empty_table_on_either_side_has_no_pair(self, records, one, two):
        assert count(every_pair(records("l", one).read("id"), records("r", two).read("key"))) == 0


class TestWhereText:
    ROWS = "id | note\n1 | Ash\n2 | elm\n3 | \n4 | Ash\n5 | Élan £"

    @pytest.fixture
    def notes(self, records):
        return records("n", self.ROWS).read("note")

    def test_keeps_the_rows_whose_text_says_so(self, notes):
        assert positions(where_text(notes, "note", lambda text: text == "Ash")) == [1, 4]

    def test_an_empty_cell_is_not_asked_and_not_kept(self, notes):
        assert positions(where_text(notes, "note", lambda text: bool(text))) == [1, 2, 4, 5]

    def test_the_text_arrives_as_it_is(self, notes):
        assert positions(where_text(notes, "note", lambda text: text == "Élan £")) == [5]

    def test_nothing_says_so(self, notes):
        assert positions(where_text(notes, "note", lambda _: False)) == []

    def test_the_rows_keep_their_columns(self, records):
        frame = records("n", self.ROWS).read("id", "note")

        kept = where_text(frame, "note", str.isascii)

        assert sorted(kept.collect_schema().names()) == ["id", "note", "row"]

    @pytest.mark.parametrize("rows", ["id | note", "id | note\n1 | "])
    def test_an_empty_table_or_column_keeps_nothing(self, records, rows):
        assert positions(where_text(records("n", rows).read("note"), "note", lambda _: True)) == []


class TestWhatJudgesText:
    @pytest.mark.parametrize("what", JUDGED)
    def test_says_the_same_of_a_text_wherever_it_lies(self, engine, described, what):
        says, said = JUDGED[what]
        texts = [
            said,
            "nothing of the kind",
            None,
            f"{said}\n",
            f"first line\r\n{said}",
            f"\u200b{said}\u00a0",
            "",
            "\u0661",
        ]
        table = Table("n", {"note": described("n", "note", "free_text")})
        frame = on_engine(table, pa.table({"note": texts}), engine).read("note")

        found = positions(where_text(frame, "note", says))

        assert found == [row for row, text in enumerate(texts, 1) if text and says(text)]
        assert {1, 4} <= set(found)


class TestWhereHashed:
    PEOPLE = "name | born date\nAsh | 2001-02-03\nelm | \n | \nAsh | 2001-02-03"

    @pytest.fixture
    def hashed(self, records) -> Callable[..., list[int]]:
        people = records("p", self.PEOPLE).read("name", "born")

        def rows(*codes: str, hashes: tuple[str, ...] = ("sha256",)) -> list[int]:
            frame = records("c", "\n".join(["code | x", *(f"{code} | 1" for code in codes)])).read("code")
            return positions(where_hashed(frame, "code", people, ["name", "born"], hashes))

        return rows

    def of(self, text: str, kind: str = "sha256") -> str:
        return hashlib.new(kind, text.encode()).hexdigest()

    def test_finds_the_plain_hash_of_a_cell_in_any_capitals(self, hashed):
        assert hashed(*map(self.of, ("Ash", "ASH", "ash", "ELM", "oak", "Ash2"))) == [1, 2, 3, 4]

    def test_finds_that_of_a_day_in_the_shapes_that_it_is_written_in(self, hashed):
        days = ("2001-02-03", "03/02/2001", "20010203", "03022001", "2001-02-04", "02/03/2001")

        assert hashed(*map(self.of, days)) == [1, 2, 3, 4]

    def test_finds_one_that_is_cut_to_eight_signs_and_no_shorter_one(self, hashed):
        code = self.of("Ash")

        assert hashed(code[:8], code[:7], code.upper(), code[1:9], f"{code}0") == [1, 3]

    def test_a_text_that_goes_on_otherwise_is_none_even_behind_the_last_hash(self, hashed):
        days = ("2001-02-03", "03/02/2001", "20010203", "03022001")
        hashes = map(self.of, ("Ash", "ash", "ASH", "elm", "ELM", *days))

        assert [row for known in hashes for row in hashed(f"{known[:16]}~")] == []

    def test_an_empty_cell_is_no_hash_and_has_none(self, hashed):
        assert hashed("", self.of(""), self.of("None"), self.of("<NA>"), self.of("NaT")) == []

    def test_tries_the_hashes_that_are_named_alone(self, hashed):
        codes = self.of("Ash", "md5"), self.of("Ash")

        assert (hashed(*codes, hashes=("md5",)), hashed(*codes, hashes=("md5", "sha256"))) == ([1], [1, 2])

    @pytest.mark.parametrize(("codes", "people"), [("code", "name\nAsh"), ("code\nabcdef01", "name")])
    def test_an_empty_table_on_either_side_has_none(self, records, codes, people):
        frame, known = records("c", codes).read("code"), records("p", people).read("name")

        assert positions(where_hashed(frame, "code", known, ["name"], ["sha256"])) == []

    @pytest.mark.parametrize("text", ["Ash Oak", "OakAsh", "ash, oak", "OAK_ASH", "Oak.Ash", "Ash-Oak", "ash,oak"])
    def test_finds_that_of_two_columns_of_a_row_together(self, records, text):
        people = records("p", "first | last\nAsh | Oak\nElm | \nAsh | Oak\nYew | Fir").read("first", "last")
        frame = records("c", f"code | x\n{self.of(text)} | 1\n{self.of('Ash Fir')} | 1\n{self.of('Elm ')} | 1")

        def found(*joined: str) -> list[int]:
            return positions(where_hashed(frame.read("code"), "code", people, ["first"], ["sha256"], joined))

        assert (found("first", "last"), found("last"), found()) == ([1], [], [])

    def test_finds_that_of_any_two_of_three_columns(self, records):
        people = records("p", "first | middle | last\nAsh | Yew | Oak").read("first", "middle", "last")
        frame = records("c", f"code | x\n{self.of('Ash Oak')} | 1\n{self.of('Ash Yew Oak')} | 1").read("code")
        joined = ("first", "middle", "last")

        assert positions(where_hashed(frame, "code", people, ["first"], ["sha256"], joined)) == [1]


class TestWhereCopied:
    @pytest.fixture
    def copied(self, records) -> Callable[..., list[int]]:
        people = records("p", "first | last | born date\nAsh | Oak | 2001-02-03\nElm |  | \n? | ! | \n |  | ")

        def rows(*codes: str, joined: tuple[str, ...] = ("first", "last")) -> list[int]:
            frame = records("c", "\n".join(["code | x", *(f"{code} | 1" for code in codes)])).read("code")
            names = ["first", "last", "born"]
            return positions(where_copied(frame, "code", people.read(*names), names, joined))

        return rows

    def test_finds_a_cell_whatever_its_capitals_and_punctuation(self, copied):
        assert copied("Ash", "A.S.H", "oak", "elms", "El m", "Yew", "") == [1, 2, 3, 5]

    def test_of_no_column_there_is_no_copy(self, records):
        people, frame = records("p", "name\nAsh").read("name"), records("c", "code\nAsh").read("code")

        assert positions(where_copied(frame, "code", people, [])) == []

    def test_finds_a_cell_backwards(self, copied):
        assert copied("hsa", "KAO", "hs") == [1, 2]

    def test_finds_a_day_in_the_shapes_that_it_is_written_in(self, copied):
        assert copied("2001-02-03", "03/02/2001", "20010203", "3 2 2001", "02/03/2001") == [1, 2, 3]

    def test_finds_two_columns_of_a_row_together(self, copied):
        texts = "Ash Oak", "OAK, ASH", "oakash", "kaohsa", "Elm Oak"

        assert (copied(*texts), copied(*texts, joined=("first",))) == ([1, 2, 3, 4], [])

    def test_a_text_without_a_letter_or_digit_is_none(self, copied):
        assert copied("?", "!", "-", "?!") == []

    @pytest.mark.parametrize(("codes", "people"), [("code", "name\nAsh"), ("code\nAsh", "name")])
    def test_an_empty_table_on_either_side_has_none(self, records, codes, people):
        frame, known = records("c", codes).read("code"), records("p", people).read("name")

        assert positions(where_copied(frame, "code", known, ["name"], ["name"])) == []


class TestWhereWithin:
    FOLDERS = "folder | x\nDrive/Data | 1\n | 2"

    @pytest.fixture
    def asked(self, records) -> Callable[..., list[int]]:
        def rows(primitive, *paths: str, of: str = self.FOLDERS) -> list[int]:
            frame = records("c", "\n".join(["path | x", *(f"{path} | 1" for path in paths)])).read("path")
            return positions(primitive(frame, "path", records("f", of).read("folder"), "folder"))

        return rows

    def test_finds_the_folder_and_what_is_inside_it(self, asked):
        paths = "drive/data", "Drive/Data/keys", "drive/data/a/b", "drive", "drive/data keys", "data", ""

        assert asked(where_within, *paths) == [1, 2, 3]

    def test_finds_the_folder_and_what_holds_it(self, asked):
        assert asked(where_holding, "drive/data", "DRIVE", "drive/data/keys", "drive/other", "data", "") == [1, 2]

    @pytest.mark.parametrize("primitive", [where_within, where_holding])
    def test_spellings_of_a_path_are_one(self, asked, primitive):
        paths = "DRIVE\\DATA\\", "/drive//data/", "./drive/./data", "drive / data", "drivedata"

        assert asked(primitive, *paths) == [1, 2, 3, 4]

    @pytest.mark.parametrize("primitive", [where_within, where_holding])
    def test_a_path_without_a_name_is_none(self, asked, primitive):
        assert asked(primitive, "/", ".", of="folder | x\n/ | 1") == []

    @pytest.mark.parametrize("primitive", [where_within, where_holding])
    def test_an_empty_table_has_none(self, asked, primitive):
        assert (asked(primitive), asked(primitive, "drive", of="folder | x")) == ([], [])


class TestWithPath:
    @pytest.fixture
    def told(self, records) -> Callable[..., list[tuple[int, str | None]]]:
        def rows(primitive, *paths: str) -> list[tuple[int, str | None]]:
            frame = records("c", "\n".join(["path | x", *(f"{path} | 1" for path in paths)])).read("path", "x")
            lines = in_memory(primitive(frame, "path"))
            assert all(line["x"] == "1" for line in lines)
            return sorted(((line["row"], line["path"]) for line in lines), key=str)

        return rows

    def test_spellings_of_a_path_are_one(self, told):
        paths = "Drive\\Data\\", "/drive//data/", "./drive/./data", "drive / data", "drivedata"

        assert told(with_path, *paths) == [*((row, "drive/data") for row in (1, 2, 3, 4)), (5, "drivedata")]

    def test_each_folder_that_holds_a_path_has_a_row(self, told):
        found = told(with_each_folder, "A\\B/c", "a")

        assert found == [(1, "a"), (1, "a/b"), (1, "a/b/c"), (2, "a")]

    @pytest.mark.parametrize("primitive", [with_path, with_each_folder])
    def test_a_cell_without_a_name_stays_one_empty_row(self, told, primitive):
        assert told(primitive, "", "/", "a", ".") == [(1, None), (2, None), (3, "a"), (4, None)]

    def test_each_long_number_has_a_row(self, told):
        found = told(
            lambda frame, column: with_each_number(frame, column, 3), "C012-12", "7 123 b 4567", "99", "", "x123y123"
        )

        assert found == [(1, "012"), (2, "123"), (2, "4567"), (3, None), (4, None), (5, "123")]

    def test_a_number_backwards_has_one_too(self, told):
        found = told(lambda frame, column: with_each_number(frame, column, 3, backwards=True), "C012", "121", "12")

        assert found == [(1, "012"), (1, "210"), (2, "121"), (3, None)]

    @pytest.mark.parametrize("primitive", [with_path, with_each_folder])
    def test_an_empty_table_has_none(self, told, primitive):
        assert told(primitive) == []


class TestDistinct:
    def test_what_stands_together_is_there_once(self, records):
        frame = records("t", "a | b | x\n1 | 2 | p\n1 | 2 | q\n1 | | r\n1 | | s").read("a", "b")

        assert count(distinct(frame, "a", "b")) == 2
        assert count(distinct(frame, "a")) == 1
        assert distinct(frame, "a").columns == ["a"]


class TestWhereNumbered:
    @pytest.fixture
    def numbered(self, records) -> Callable[..., list[int]]:
        def rows(*codes: str, run: int = 3, step: int = 1) -> list[int]:
            frame = records("c", "\n".join(["code | x", *(f"{code} | 1" for code in codes)])).read("code")
            return positions(where_numbered(frame, "code", run, step))

        return rows

    def test_a_wider_step_is_found_when_it_is_the_same(self, numbered):
        codes = "A10", "A13", "A16", "A20", "A30", "A90"

        assert (numbered(*codes, step=3), numbered(*codes, step=2)) == ([1, 2, 3], [])
        assert numbered(*codes, step=10) == [1, 2, 3, 4, 5]

    def test_signs_behind_the_number_are_the_same(self, numbered):
        assert numbered("A1-X", "A2-X", "A3-X", "A4-Y", "A4", "9A1", "9A2", "9A3") == [1, 2, 3, 6, 7, 8]

    def test_finds_each_of_so_many_numbers_in_a_row_in_any_order(self, numbered):
        assert numbered("A12", "A10", "B11", "A11", "A14", "A15") == [1, 2, 4]

    def test_the_letter_before_the_number_may_be_any(self, numbered):
        assert numbered("ZX1", "ZX2", "ZX3") == [1, 2, 3]

    def test_a_step_that_is_wider_than_named_is_none(self, numbered):
        assert numbered("A2", "A4", "A6", step=1) == []

    def test_a_row_one_shorter_is_none(self, numbered):
        assert numbered("A1", "A2", "A4", "A5") == []

    def test_noughts_in_front_and_a_number_twice_do_not_matter(self, numbered):
        assert numbered("A009", "A10", "A011", "A11", "A11") == [1, 2, 3, 4, 5]

    def test_an_empty_cell_and_one_without_a_digit_are_in_none(self, numbered):
        assert numbered("1", "2", "", "3", "A", "4A") == [1, 2, 4]

    def test_only_plain_digits_are_a_number(self, numbered):
        assert numbered("A1", "A\uff12", "A\u0663", "A2") == []

    def test_an_empty_table_or_column_has_none(self, numbered):
        assert (numbered(), numbered("", "")) == ([], [])


class TestInMemory:
    def test_an_empty_cell_is_none(self, records):
        lines = in_memory(records("t", "word | n integer\na | 1\n | 2").read("word", "n"))

        assert sorted(lines, key=lambda line: line["row"]) == [
            {"row": 1, "word": "a", "n": 1},
            {"row": 2, "word": None, "n": 2},
        ]


class TestWhereNamed:
    PEOPLE = "forename | surname\nJuniper | Basalt\nMay | \n | Flint\n | "

    def test_keeps_the_rows_that_name_somebody(self, records):
        notes = records("n", "note\nJuniper came\nin May\n\nJUNIPER BASALT\nmay flint").read("note")
        people = records("p", self.PEOPLE).read("forename", "surname")

        assert positions(where_named(notes, "note", people, ["forename", "surname"])) == [1, 4]

    def test_one_column_may_hold_several_names(self, records):
        notes = records("n", "note\nin May\nmay flint").read("note")
        people = records("p", "whole\nMay Flint").read("whole")

        assert positions(where_named(notes, "note", people, ["whole"])) == [2]

    def test_nobody_is_known_and_nobody_named(self, records):
        notes = records("n", "note\nJuniper").read("note")
        people = records("p", "whole").read("whole")

        assert positions(where_named(notes, "note", people, ["whole"])) == []


class TestOutside:
    PERIODS = """
        who | begins date | ends date
        ann | 2020-02-01  | 2020-02-29
        ann | 2020-06-01  |
        bob |             | 2020-12-31
            | 2000-01-01  |
    """

    @pytest.fixture
    def not_covered(self, records) -> Callable[[str], list[int]]:
        periods = records("periods", self.PERIODS).read("who", "begins", "ends")

        def rows(drawing: str) -> list[int]:
            used = records("used", f"person | on date\n{drawing}").read("person", "on")
            return positions(outside(used, periods, "person", "who", "on", "begins", "ends"))

        return rows

    @pytest.mark.parametrize("day", ["2020-02-01", "2020-02-29", "2020-06-01", "2099-01-01"])
    def test_both_ends_of_a_period_are_inside_and_an_open_one_goes_on(self, not_covered, day):
        assert not_covered(f"ann | {day}") == []

    @pytest.mark.parametrize("day", ["2020-01-31", "2020-03-01", "2020-05-31"])
    def test_the_day_before_and_the_day_after_are_outside(self, not_covered, day):
        assert not_covered(f"ann | {day}") == [1]

    def test_a_period_without_a_start_has_not_begun(self, not_covered):
        assert not_covered("bob | 2020-06-01") == [1]

    def test_an_empty_day_is_covered_by_nothing(self, not_covered):
        assert not_covered("ann | ") == [1]

    def test_an_empty_key_matches_no_period_not_even_one_without_a_key(self, not_covered):
        assert not_covered(" | 2020-06-01") == [1]

    def test_a_key_without_a_period_is_outside(self, not_covered):
        assert not_covered("cid | 2020-06-01") == [1]

    def test_the_same_use_twice_is_two_rows(self, not_covered):
        assert not_covered("cid | 2020-06-01\ncid | 2020-06-01\nann | 2020-06-01") == [1, 2]

    def test_a_use_inside_two_periods_stays_one_row(self, records):
        used = records("used", "person | on date\nann | 2020-02-02").read("person", "on")
        twice = "who | begins date | ends date\nann | 2020-02-01 | \nann | 2020-02-02 | "
        periods = records("periods", twice).read("who", "begins", "ends")

        assert count(outside(used, periods, "person", "who", "on", "begins", "ends")) == 0

    def test_without_any_period_everything_is_outside(self, records):
        used = records("used", "person | on date\nann | 2020-02-02\nbob | ").read("person", "on")
        periods = records("periods", "who | begins date | ends date").read("who", "begins", "ends")

        assert positions(outside(used, periods, "person", "who", "on", "begins", "ends")) == [1, 2]

    def test_without_any_use_nothing_is_outside(self, not_covered):
        assert not_covered("") == []

    def test_a_period_may_be_one_day_named_once(self, records):
        used = records("used", "person | on date\nann | 2020-02-02\nann | 2020-02-03").read("person", "on")
        days = records("days", "who | day date\nann | 2020-02-02").read("who", "day")

        assert positions(outside(used, days, "person", "who", "on", "day", "day")) == [2]

    def test_the_day_of_an_instant_is_inside_the_period_that_ends_on_it(self, records):
        used = records("used", "person | at instant\nann | 2020-07-01T23:55+01:00\nann | 2020-07-02T00:05+01:00")
        periods = records("periods", "who | begins date | ends date\nann | 2020-01-01 | 2020-07-01")

        days = used.read("person", "at").with_columns(on_day("at"))
        found = outside(days, periods.read("who", "begins", "ends"), "person", "who", "at", "begins", "ends")

        assert positions(found) == [2]


class TestLapses:
    @pytest.fixture
    def lapsed(self, records) -> Callable[..., list[tuple[str, str]]]:
        def days(*drawing: str) -> list[tuple[str, str]]:
            periods = records("periods", "\n".join(["who | begins date | ends date", *drawing]))
            found = lapses(periods.read("who", "begins", "ends"), "who", "begins", "ends")
            return sorted((row["who"], str(row["lapsed"])[:10]) for row in in_memory(found))

        return days

    def test_the_day_after_each_period_that_no_other_covers(self, lapsed):
        periods = ("ann | 2020-02-01 | 2020-02-29", "ann | 2020-06-01 | 2020-06-30", "bob | 2020-03-01 | ")

        assert lapsed(*periods) == [("ann", "2020-03-01"), ("ann", "2020-07-01")]

    @pytest.mark.parametrize("again", ["2020-03-01", "2020-02-15"])
    def test_a_period_that_goes_on_leaves_no_gap(self, lapsed, again):
        assert lapsed("ann | 2020-02-01 | 2020-02-29", f"ann | {again} | ") == []

    def test_one_that_begins_a_day_later_does(self, lapsed):
        assert lapsed("ann | 2020-02-01 | 2020-02-29", "ann | 2020-03-02 | ") == [("ann", "2020-03-01")]

    def test_one_that_never_began_covers_nothing_and_has_an_end(self, lapsed):
        assert lapsed("ann |  | 2020-02-29", "ann |  | ") == [("ann", "2020-03-01")]


def hours_of(years: range) -> list[datetime]:
    """Half past midnight and half an hour before it, by UTC, on each day of *years*."""
    first, last = datetime(years[0], 1, 1, tzinfo=UTC), datetime(years[-1], 12, 31, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day + timedelta(hours=hours, minutes=30) for day in days for hours in (0, 23)]


class TestOnDay:
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ("2020-07-14T00:30+01:00", "2020-07-14"),
            ("2020-07-13T23:30+00:00", "2020-07-14"),
            ("2020-07-13T22:59:59Z", "2020-07-13"),
            ("2020-07-13T23:00Z", "2020-07-14"),
            ("2020-01-14T00:30+00:00", "2020-01-14"),
            ("2020-01-13T23:30+00:00", "2020-01-13"),
            ("2020-01-14T00:30+01:00", "2020-01-13"),
        ],
    )
    def test_is_the_day_that_clocks_in_london_show(self, records, moment, day):
        frame = records("t", f"at instant | day date\n{moment} | {day}").read("at", "day")

        assert positions(frame.with_columns(on_day("at")).filter(is_equal("at", "day"))) == [1]

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ("2020-03-28T23:30Z", "2020-03-28"),
            ("2020-03-29T23:30Z", "2020-03-30"),
            ("2020-10-24T23:30Z", "2020-10-25"),
            ("2020-10-25T23:30Z", "2020-10-25"),
            ("2019-03-30T23:30Z", "2019-03-30"),
            ("2019-03-31T23:30Z", "2019-04-01"),
            ("2021-10-30T23:30Z", "2021-10-31"),
            ("2021-10-31T23:30Z", "2021-10-31"),
            ("2018-03-25T23:30Z", "2018-03-26"),
            ("2018-03-24T23:30Z", "2018-03-24"),
        ],
    )
    def test_summer_time_runs_between_the_last_sundays(self, records, moment, day):
        frame = records("t", f"at instant | day date\n{moment} | {day}").read("at", "day")

        assert positions(frame.with_columns(on_day("at")).filter(is_equal("at", "day"))) == [1]

    def test_agrees_with_the_time_zone_database_on_every_day_from_2016_to_2035(self, engine, described):
        moments = hours_of(range(2016, 2036))
        london = [moment.astimezone(ZoneInfo("Europe/London")).date().isoformat() for moment in moments]
        table = Table("t", {"at": described("t", "at", "instant"), "day": described("t", "day", "date")})
        text = pa.table({"at": [f"{moment:%Y-%m-%dT%H:%M}Z" for moment in moments], "day": london})

        frame = on_engine(table, text, engine).read("at", "day").with_columns(on_day("at"))

        assert positions(frame.filter(~is_equal("at", "day"))) == []

    def test_an_empty_instant_has_no_day(self, records):
        frame = records("t", "at instant | x\n | 1\n2020-07-14T00:30Z | 2").read("at", "x")

        assert positions(frame.with_columns(on_day("at")).filter(is_blank("at"))) == [1]

    def test_an_empty_table_has_no_days(self, records):
        frame = records("t", "at instant").read("at")

        assert count(frame.with_columns(on_day("at"))) == 0


class TestCount:
    def test_counts_rows_also_doubled_and_blank_ones(self, mixed):
        assert count(mixed) == 5

    def test_an_empty_table_has_none(self, empty):
        assert count(empty) == 0


class TestLeftOut:
    HAS = "log", "word\na\nb"

    def test_what_is_there_is_not_left_out(self, records):
        log = records(*self.HAS)
        frame = log.read("word")

        result = left_out(log, frame.filter(is_any_of("word", ["a"])), frame)

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize("shown", [(), (["c"],), (["c"], ["d"])])
    def test_what_nothing_shows_to_be_owed_is_not_left_out(self, records, shown):
        log = records(*self.HAS)
        frame = log.read("word")

        result = left_out(log, frame.head(0), *(frame.filter(is_any_of("word", words)) for words in shown))

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize("shown", [(["b"],), (["c"], ["b"]), (["b"], ["c"])])
    def test_what_one_row_shows_to_be_owed_is_a_violation_of_the_whole(self, records, shown):
        log = records(*self.HAS)
        frame = log.read("word")

        result = left_out(log, frame.head(0), *(frame.filter(is_any_of("word", words)) for words in shown))

        assert (result.found, result.judged) == ((Violation("log"),), 1)


class TestInRows:
    def test_names_the_position_and_counts_what_was_judged(self, records):
        table = records("log", "word\na\nb\na")
        frame = table.read("word")

        result = in_rows(table, frame, frame.filter(is_any_of("word", ["a"])), column="word")

        assert result.found == (Violation("log", 1, "word"), Violation("log", 3, "word"))
        assert result.judged == 3

    def test_a_row_found_twice_is_one_violation(self, records):
        table = records("log", "word\na")
        pairs = paired(table.read("word"), records("r", "key\na\na").read("key"), "word", "key")

        result = in_rows(table, table.read("word"), pairs, absent_from="r")

        assert result.found == (Violation("log", 1, absent_from="r"),)

    def test_an_empty_table_has_no_violation_and_nothing_judged(self, records):
        table = records("log", "word")

        result = in_rows(table, table.read("word"), table.read("word"))

        assert (result.found, result.judged) == ((), 0)


class TestIsNotDone:
    def test_the_day_itself_has_come_and_the_next_has_not(self, records):
        frame = records("t", "id | on date\na | 2020-01-01\nb | 2020-01-02\nc |").read("on")

        assert positions(frame.filter(is_not_done("on", "2020-01-01"))) == [2, 3]


class TestIsAfterDay:
    def test_the_day_itself_and_nothing_are_not_after_it(self, records):
        frame = records("t", "id | on date\na | 2020-01-01\nb | 2020-01-02\nc |").read("on")

        assert positions(frame.filter(is_after_day("on", "2020-01-01"))) == [2]


MONTHS = [
    ("2020-01-15", "2020-02-15", 1, False),
    ("2020-01-15", "2020-02-16", 1, True),
    ("2020-01-31", "2020-02-29", 1, False),
    ("2020-01-31", "2020-03-01", 1, True),
    ("2020-01-30", "2020-02-29", 1, False),
    ("2019-12-31", "2020-01-31", 1, False),
    ("2019-12-31", "2020-02-01", 1, True),
    ("2019-09-30", "2020-03-30", 6, False),
    ("2019-09-30", "2020-03-31", 6, True),
    ("2020-02-29", "2021-02-28", 12, False),
    ("2020-02-29", "2021-03-01", 12, True),
    ("2020-05-05", "2019-05-05", 1, False),
    ("2020-05-05", "2020-05-05", 0, False),
    ("2020-05-05", "2020-05-06", 0, True),
]


class TestMonths:
    @pytest.mark.parametrize(("since", "on", "months", "is_late"), MONTHS)
    def test_a_month_is_a_calendar_month(self, records, since, on, months, is_late):
        frame = records("t", f"since date | on date\n{since} | {on}").read("since", "on")

        late = frame.filter(is_later_by_more_than_months("on", "since", months))

        assert positions(late) == ([1] if is_late else [])

    @pytest.mark.parametrize(("since", "on", "months", "is_late"), MONTHS)
    def test_what_is_open_has_passed_on_the_same_day(self, records, since, on, months, is_late):
        frame = records("t", f"since date | x\n{since} | 1").read("since")

        assert positions(frame.filter(is_past_months("since", months, on))) == ([1] if is_late else [])

    def test_what_has_no_start_has_passed(self, records):
        frame = records("t", "since date | x\n2019-12-31 | 1\n | 2").read("since")

        assert positions(frame.filter(is_past_months("since", 1, "2020-01-01"))) == [2]

    def test_an_empty_cell_is_not_later(self, records):
        frame = records("t", "since date | on date\n2020-01-01 |\n | 2030-01-01\n |").read("since", "on")

        assert positions(frame.filter(is_later_by_more_than_months("on", "since", 0))) == []


class TestNotFollowed:
    @pytest.mark.parametrize(
        ("next", "expected"),
        [
            ("2020-07-31", []),
            ("2020-08-01", [1]),
            ("2020-01-31", [1]),
            ("2020-01-30", [1]),
            ("2020-02-01", []),
            ("", [1]),
        ],
    )
    def test_the_last_day_of_the_last_month_follows(self, records, next, expected):
        left = records("l", "at date\n2020-01-31").read("at")
        right = records("r", f"by date | x\n{next} | 1").read("by")

        assert positions(not_followed(left, right, at="at", by="by", months=6)) == expected

    def test_one_of_several_is_enough(self, records):
        left = records("l", "at date\n2020-01-01\n2021-01-01").read("at")
        right = records("r", "by date\n2019-01-01\n2020-03-01\n2020-02-01\n2024-01-01").read("by")

        assert positions(not_followed(left, right, at="at", by="by", months=3)) == [2]

    def test_nothing_follows_an_empty_date(self, records):
        left = records("l", "at date | x\n | 1").read("at")
        right = records("r", "by date\n2020-01-01").read("by")

        assert positions(not_followed(left, right, at="at", by="by", months=3)) == [1]


class TestDayAfter:
    @pytest.mark.parametrize(
        ("day", "after"),
        [
            ("2020-02-28", "2020-02-29"),
            ("2020-02-29", "2020-03-01"),
            ("2020-03-28", "2020-03-29"),
            ("2020-03-29", "2020-03-30"),
            ("2020-10-25", "2020-10-26"),
            ("2019-12-31", "2020-01-01"),
        ],
    )
    def test_is_the_next_day_of_the_calendar(self, engine, described, day, after):
        table = Table("t", {"on": described("t", "on", "date"), "next": described("t", "next", "date")})

        frame = on_engine(table, pa.table({"on": [day], "next": [after]}), engine).read("on", "next")

        assert positions(frame.with_columns(day_after("on")).filter(is_equal("on", "next"))) == [1]

    def test_an_empty_day_has_none_after_it(self, records):
        frame = records("t", "on date | x\n | 1\n2020-07-14 | 2").read("on", "x")

        assert positions(frame.with_columns(day_after("on")).filter(is_blank("on"))) == [1]

    def test_an_empty_table_has_no_days(self, records):
        assert count(records("t", "on date").read("on").with_columns(day_after("on"))) == 0


class TestOrDay:
    @pytest.mark.parametrize("day", ["2020-02-29", ""])
    def test_stands_where_no_day_is_written(self, records, day):
        frame = records("t", f"on date | x\n{day} | 1").read("on", "x")

        filled = in_memory(frame.with_columns(or_day("on", "2020-03-29")))

        assert [str(line["on"])[:10] for line in filled] == [day or "2020-03-29"]

    def test_compares_like_a_day_of_the_file(self, records):
        frame = records("t", "on date | next date\n | 2020-03-29\n2020-03-29 | 2020-03-29").read("on", "next")

        assert positions(frame.with_columns(or_day("on", "2020-03-29")).filter(is_equal("on", "next"))) == [1, 2]

    def test_an_empty_table_has_no_days(self, records):
        assert count(records("t", "on date").read("on").with_columns(or_day("on", "2020-03-29"))) == 0
