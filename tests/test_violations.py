"""What a check returns, what the decorator adds to it, and what a verification leaves in the ledger."""

from __future__ import annotations

import pytest

from dpia_checks.rules import in_rows, is_blank
from dpia_checks.violations import (
    SHOWN,
    Violation,
    Violations,
    ViolationsFound,
    assert_no_violations,
    check,
    keeping_ledger,
)

CANARY = "c4n4ry"


@check
def left_blank(log, *, column: str) -> Violations:
    """Find rows whose *column* is empty."""
    rows = log.read(column)
    return in_rows(log, rows, rows.filter(is_blank(column)), column=column)


@check
def named_by_itself(log) -> Violations:
    """Find a violation that brings its own rule."""
    return Violations((Violation(log.name, 1, rule="its_own"),), 1)


@check
def found_nothing(log) -> Violations:
    """Read a column and find nothing."""
    return Violations(judged=len(log.read("day").columns))


class TestViolation:
    @pytest.mark.parametrize(
        ("violation", "words"),
        [
            (Violation("log", 3, "told", rule="told_late"), "told_late: log, row 3, column told"),
            (Violation("log", column="column 12", rule="extra"), "extra: log, column 12"),
            (Violation("log", 3, absent_from="staff", rule="r"), "r: log, row 3, nothing in staff"),
            (Violation("log", rule="r"), "r: log"),
        ],
    )
    def test_names_rule_table_and_place(self, violation, words):
        assert str(violation) == words


class TestViolations:
    def test_nothing_found_is_falsy_however_much_was_judged(self):
        assert not Violations(judged=12)

    def test_something_found_is_truthy(self):
        assert Violations((Violation("log", 1),))

    def test_two_results_add_up(self):
        one, two = Violations((Violation("log", 1),), 3), Violations((Violation("log", 2),), 4)

        assert one + two == Violations((Violation("log", 1), Violation("log", 2)), 7)


class TestCheck:
    def test_its_name_is_the_rule_of_what_it_finds(self, records):
        result = left_blank(records("log", "id | day date\na | "), column="day")

        assert result.found == (Violation("log", 1, "day", rule="left_blank"),)

    def test_a_violation_that_names_its_rule_keeps_it(self, records):
        assert named_by_itself(records("log", "id\na")).found[0].rule == "its_own"

    def test_keeps_its_docstring_for_the_page_that_lists_checks(self):
        assert left_blank.__doc__ == "Find rows whose *column* is empty."

    def test_is_marked_as_a_check(self):
        assert left_blank.is_check

    def test_a_cell_it_read_that_is_no_value_is_added(self, records):
        result = found_nothing(records("log", f"id | day date\na | 2020-01-01\nb | {CANARY}"))

        assert result.found == (Violation("log", 2, "day", rule="unreadable"),)

    def test_a_cell_it_did_not_read_is_not_added(self, records):
        result = found_nothing(records("log", f"day date | other date\n2020-01-01 | {CANARY}"))

        assert not result

    def test_a_cell_read_twice_is_added_once(self, records):
        @check
        def read_twice(log) -> Violations:
            log.read("day")
            log.read("day", "id")
            return Violations(judged=1)

        assert len(read_twice(records("log", f"id | day date\na | {CANARY}"))) == 1

    def test_a_column_that_is_not_there_is_a_violation_and_no_crash(self, records):
        result = left_blank(records("log", "id | day date\na | 2020-01-01", lacking=("day",)), column="day")

        assert (result.found, result.judged) == ((Violation("log", column="day", rule="column_missing"),), 1)

    def test_the_unreadable_cells_read_before_a_missing_column_are_added(self, records):
        @check
        def read_both(log) -> Violations:
            log.read("day")
            log.read("hour")
            return Violations(judged=1)

        result = read_both(records("log", f"day date | hour integer\n{CANARY} | 1", lacking=("hour",)))

        assert {violation.rule for violation in result.found} == {"column_missing", "unreadable"}

    def test_a_crash_of_its_own_is_not_swallowed(self, records):
        @check
        def crashing(log) -> Violations:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crashing(records("log", "id\na"))


class TestAssertNoViolations:
    def test_holds_when_no_result_found_anything(self):
        assert_no_violations(Violations(judged=1), Violations())

    def test_raises_with_what_every_result_found(self):
        one, two = Violations((Violation("log", 1, rule="r"),), 1), Violations((Violation("log", 2, rule="r"),), 1)

        with pytest.raises(ViolationsFound) as raised:
            assert_no_violations(one, Violations(judged=1), two)

        assert raised.value.found == (*one.found, *two.found)

    def test_is_an_assertion_that_failed(self):
        assert issubclass(ViolationsFound, AssertionError)


class TestViolationsFound:
    def found(self, many: int) -> str:
        return str(ViolationsFound(Violation("log", row, "told", rule="late") for row in range(1, many + 1)))

    def test_counts_and_names_each_place(self):
        assert self.found(2) == "2 found\n  late: log, row 1, column told\n  late: log, row 2, column told"

    def test_names_every_place_up_to_the_cap(self):
        assert self.found(SHOWN).splitlines()[-1] == f"  late: log, row {SHOWN}, column told"

    @pytest.mark.parametrize("more", [1, 5])
    def test_names_the_first_places_only_and_counts_the_rest(self, more):
        lines = self.found(SHOWN + more).splitlines()

        assert (lines[0], len(lines), lines[-1]) == (f"{SHOWN + more} found", SHOWN + 2, f"  and {more} more")

    def test_keeps_them_all(self):
        assert len(ViolationsFound([Violation("log", row) for row in range(50)]).found) == 50

    def test_says_no_cells_value(self, records):
        log = records("log", f"id | day date | extra_{CANARY} unknown\n{CANARY} | | \n{CANARY} | {CANARY} | {CANARY}")

        with pytest.raises(ViolationsFound) as raised:
            assert_no_violations(left_blank(log, column="day"))

        assert CANARY not in str(raised.value) + repr(raised.value) + repr(raised.value.found)


class TestLedger:
    def test_names_each_table_read_once_in_order(self, records):
        one, two = records("one", "day date\n"), records("two", "day date\n")

        with keeping_ledger() as ledger:
            found_nothing(two)
            found_nothing(one)
            found_nothing(two)

        assert ledger.tables == ["two", "one"]

    def test_names_the_checks_that_ran(self, records):
        with keeping_ledger() as ledger:
            left_blank(records("log", "day date\n2020-01-01"), column="day")
            named_by_itself(records("log", "day date\n2020-01-01"))

        assert ledger.checks == ["left_blank", "named_by_itself"]

    def test_adds_up_what_was_judged(self, records):
        with keeping_ledger() as ledger:
            left_blank(records("log", "day date\n2020-01-01\n2020-01-02"), column="day")
            left_blank(records("log", "day date\n2020-01-01"), column="day")

        assert ledger.judged == 3
        assert ledger.most == 2

    def test_a_read_outside_any_check_counts_as_a_read_and_no_check(self, records):
        with keeping_ledger() as ledger:
            records("log", "day date\n2020-01-01").read("day")

        assert (ledger.tables, ledger.checks) == (["log"], [])

    def test_reading_the_header_counts_as_a_read(self, records):
        with keeping_ledger() as ledger:
            assert records("log", "day date\n2020-01-01").header == ("day",)

        assert ledger.tables == ["log"]

    def test_nothing_that_was_touched_before_is_in_it(self, records):
        found_nothing(records("log", "day date\n"))

        with keeping_ledger() as ledger:
            pass

        assert (ledger.tables, ledger.checks, ledger.judged) == ([], [], 0)

    def test_a_check_that_misses_a_column_has_judged(self, records):
        with keeping_ledger() as ledger:
            left_blank(records("log", "id | day date\na | ", lacking=("day",)), column="day")

        assert (ledger.tables, ledger.judged) == (["log"], 1)

    @pytest.mark.parametrize(
        ("rows", "complete", "expected"), [("", True, True), ("", False, False), ("2020-01-01", True, False)]
    )
    def test_knows_a_table_that_is_empty_because_nothing_happened(self, records, rows, complete, expected):
        log = records("log", f"day date\n{rows}", complete=complete)

        with keeping_ledger() as ledger:
            found_nothing(log)

        assert ledger.empty_but_complete is expected
