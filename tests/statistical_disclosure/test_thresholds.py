"""What one table shows too plainly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.statistical_disclosure.tables import EVERYONE, PARTIAL, ZERO, Cell, Key, Population, Share
from dpia_checks.statistical_disclosure.thresholds import (
    all_alike,
    marks_by_table,
    possible_counts,
    small,
    small_besides,
    small_remainders,
)

EVERYBODY = Population("people", "now")
WHOLE = Key(EVERYBODY, frozenset())


def cell(label: str, count: int | None = None, **more) -> Cell:
    labels = frozenset({("answer", label)} if label else set())
    return Cell(more.pop("row", 1), ("R", "T"), Key(EVERYBODY, labels), not label, count, **more)


def percentage(printed: str, decimals: int) -> Share:
    half = Fraction(1, 2 * 10**decimals)
    low, high = (Fraction(printed) - half) / 100, (Fraction(printed) + half) / 100
    return Share(WHOLE, max(low, Fraction(0)), min(high, Fraction(1)))


class TestSmall:
    @pytest.mark.parametrize(("count", "is_small"), [(0, False), (1, True), (9, True), (10, False), (None, False)])
    def test_from_one_to_one_below_the_smallest(self, count, is_small):
        assert bool(small([cell("yes", count)], 10)) is is_small

    @pytest.mark.parametrize(
        ("printed", "decimals", "is_small"), [("9.0", 1, True), ("10.0", 1, False), ("0.0", 1, False), ("9", 0, True)]
    )
    def test_a_percentage_of_a_hundred_people(self, printed, decimals, is_small):
        cells = [cell("yes", share=percentage(printed, decimals)), cell("", 100)]

        assert bool(small(cells, 10)) is is_small

    def test_a_percentage_that_can_stand_for_more_is_not_small(self):
        assert not small([cell("yes", share=percentage("1", 0)), cell("", 900)], 10)

    def test_a_hidden_count_that_can_be_worked_out_is_not_shown(self):
        base = Key(EVERYBODY, frozenset({("role", "nurse")}))
        other = cell("maybe", share=Share(base, Fraction(0), Fraction(1, 50)), row=4)

        assert small([cell("yes"), cell("no", 97), cell("", 100), other], 10) == []

    def test_a_percentage_of_a_hidden_total_is_of_somebody_and_so_a_few_people_are_shown(self):
        base = Key(EVERYBODY, frozenset({("role", "nurse")}))
        other = cell("maybe", share=Share(base, Fraction(1, 100), Fraction(1, 50)), row=4)

        assert small([cell("yes"), cell("no", 97), cell("", 100), other], 10) == [other]
        assert small([cell("yes"), cell("no", 90), cell("", 100), other], 10) == []

    def test_a_percentage_of_a_hidden_total_shows_no_count(self):
        assert not small([cell("yes", share=percentage("1", 0)), cell("")], 10)


@settings(deadline=None)
@given(st.integers(1, 2000), st.data(), st.integers(0, 2))
def test_a_percentage_stands_for_the_count_it_was_made_from(total, data, decimals):
    count = data.draw(st.integers(0, total))
    printed = round(Fraction(100 * count, total), decimals)

    counts = possible_counts(cell("yes", share=percentage(str(printed), decimals)), {WHOLE: total})

    assert count in counts


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 1000), st.integers(0, 2), st.integers(1, 12))
def test_a_percentage_is_small_when_each_count_that_rounds_to_it_is(total, tenths, decimals, smallest):
    share = percentage(str(Fraction(tenths, 10)), decimals)

    found = small([cell("yes", share=share, row=1), cell("", total, row=2)], smallest)

    fitting = [count for count in range(total + 10) if share.low * total <= count <= share.high * total]
    assert (1 in [each.row for each in found]) is (fitting != [] and all(0 < count < smallest for count in fitting))


class TestAPercentageOfATotalThatIsNotPrinted:
    """Another table prints the parts of the total, or leaves it only so much room."""

    def few(self, printed: str, *others: Cell) -> list[int]:
        own = cell("yes", share=percentage(printed, 1), row=1)
        return [found.row for found in small([own, *others], 10)]

    def part(self, label: str, count: int | None = None, table: str = "ages", **more) -> Cell:
        labels = frozenset({("age", label)} if label else set())
        return Cell(9, ("R", table), Key(EVERYBODY, labels), not label, count, **more)

    @pytest.mark.parametrize(("printed", "rows"), [("9.0", [1]), ("10.0", []), ("3.0", [1]), ("0.0", [])])
    def test_the_parts_add_up_to_the_total(self, printed, rows):
        assert self.few(printed, self.part("young", 60), self.part("old", 40)) == rows

    def test_a_hidden_part_leaves_the_total_open(self):
        assert self.few("3.0", self.part("young", 60), self.part("old")) == []

    def test_a_hidden_total_of_printed_parts_is_their_sum(self):
        assert self.few("3.0", self.part("young", 60), self.part("old", 40), self.part("")) == [1]

    def test_a_total_that_another_table_hides_is_the_sum_of_the_parts_here(self):
        parts = [self.part("young", 60), self.part("old", 40)]

        assert self.few("3.0", *parts, self.part("", table="another")) == [1]

    def test_the_rows_beside_it_add_up_to_the_total(self):
        assert self.few("3.0", cell("no", 97, row=2)) == [1]

    def test_percentages_alone_show_no_count(self):
        other = Share(WHOLE, Fraction(9695, 10000), Fraction(9705, 10000))

        assert self.few("3.0", cell("no", share=other, row=2)) == []

    def test_parts_of_other_people_show_no_count(self):
        later = Population("people", "later")
        other = [Cell(9, ("R", "ages"), Key(later, frozenset({("age", "young")})), False, 100)]

        assert self.few("3.0", *other) == []

    def test_tables_that_do_not_add_up_show_no_count(self):
        assert self.few("3.0", self.part("young", 60), self.part("young", 70, table="another")) == []


def test_a_hidden_count_that_can_be_worked_out_is_not_shown():
    """That it can be worked out is for the bounds to say."""
    assert small([cell("yes", row=1), cell("no", 97, row=2), cell("", 100, row=3)], 10) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=3), st.integers(0, 1000), st.integers(1, 12))
def test_a_percentage_is_small_when_each_count_of_the_sum_that_rounds_to_it_is(parts, tenths, smallest):
    share = percentage(str(Fraction(tenths, 10)), 1)
    ages = [Cell(9, ("R", "ages"), Key(EVERYBODY, frozenset({("age", str(n))})), False, c) for n, c in enumerate(parts)]

    found = small([cell("yes", share=share, row=1), *ages], smallest)

    total = sum(parts)
    fitting = [count for count in range(total + 1) if share.low * total <= count <= share.high * total]
    assert (1 in [each.row for each in found]) is (fitting != [] and all(0 < count < smallest for count in fitting))


class TestSmallRemainders:
    @pytest.mark.parametrize(
        ("shown", "rows"), [(100, []), (99, [3]), (97, [3]), (91, [3]), (90, []), (101, []), (None, [])]
    )
    def test_a_few_are_in_no_row_of_the_total(self, shown, rows):
        assert [each.row for each in small_remainders([cell("no", shown), cell("", 100, row=3)], 10)] == rows

    def test_what_is_hidden_can_be_all_that_is_left(self):
        assert small_remainders([cell("no", 97), cell("yes"), cell("", 100)], 10) == []

    def test_what_is_hidden_here_and_printed_elsewhere_is_not_left(self):
        again = Cell(9, ("R", "again"), Key(EVERYBODY, frozenset({("answer", "yes")})), False, 20)

        found = small_remainders([cell("no", 77), cell("yes"), again, cell("", 100, row=3)], 10)

        assert [each.row for each in found] == [3]

    def test_a_percentage_takes_part_with_all_it_can_stand_for(self):
        def left(printed: str) -> list[int]:
            cells = [cell("no", share=percentage(printed, 0)), cell("", 100, row=3)]
            return [each.row for each in small_remainders(cells, 10)]

        assert (left("97"), left("90"), left("100")) == ([3], [], [])

    def test_a_total_that_is_declared_to_be_no_sum_passes(self):
        assert small_remainders([cell("no", 97), cell("", 100, by_definition=PARTIAL)], 10) == []

    def test_a_hidden_total_that_is_printed_elsewhere_leaves_as_many(self):
        elsewhere = Cell(9, ("R", "again"), WHOLE, True, 100)

        assert [each.row for each in small_remainders([cell("no", 97), cell("", row=3), elsewhere], 10)] == [3]

    def test_the_totals_of_the_rows_leave_a_few_of_the_grand_total(self):
        def of(row: int, count: int | None, *labels: tuple[str, str], is_margin: bool = True) -> Cell:
            return Cell(row, ("R", "T"), Key(EVERYBODY, frozenset(labels)), is_margin, count)

        inner = of(1, None, ("role", "nurse"), ("answer", "yes"), is_margin=False)
        column = of(2, None, ("answer", "yes"))

        found = small_remainders([inner, column, of(4, 97, ("role", "nurse")), of(3, 100)], 10)

        assert [each.row for each in found] == [3]

    def test_another_table_that_does_not_add_up_takes_nothing_away(self):
        other = Cell(9, ("R", "again"), WHOLE, True, 50)

        assert [each.row for each in small_remainders([cell("no", 97), cell("", 100, row=3), other], 10)] == [3]

    def test_each_total_is_named_once_and_in_the_order_of_the_register(self):
        later = Population("people", "later")
        other = [
            Cell(2, ("R", "T"), Key(later, frozenset({("answer", "no")})), False, 9),
            Cell(1, ("R", "T"), Key(later, frozenset()), True, 10),
        ]

        found = small_remainders([cell("no", 97, row=4), cell("", 100, row=3), *other], 10)

        assert [each.row for each in found] == [1, 3]


class TestATotalThatAnotherTablePrints:
    """A table shows parts of it and no total."""

    def left(self, *parts: Cell, total: int | None = 40, smallest: int = 10, **more) -> list[int]:
        return [each.row for each in small_remainders([cell("", total, row=9, **more), *parts], smallest)]

    def part(self, label: str, count: int | None, **more) -> Cell:
        population = Population("people", more.pop("as_at", "now"))
        labels = frozenset({(more.pop("variable", "area"), label)})
        return Cell(1, ("R", more.pop("table", "areas")), Key(population, labels), False, count, **more)

    @pytest.mark.parametrize(("count", "rows"), [(20, []), (19, [9]), (11, [9]), (10, []), (21, []), (None, [])])
    def test_a_few_of_it_are_in_no_row(self, count, rows):
        assert self.left(self.part("a", 20), self.part("b", count)) == rows

    def test_one_row_is_enough(self):
        assert self.left(self.part("a", 37)) == [9]

    def test_a_cell_of_another_table_is_a_total_too(self):
        both = frozenset({("answer", "no"), ("area", "a")})
        part = Cell(1, ("R", "areas"), Key(EVERYBODY, both), False, 37)

        assert [each.row for each in small_remainders([cell("no", 40, row=9), part], 10)] == [9]

    def test_what_is_hidden_here_and_printed_in_a_third_table_is_not_left(self):
        again = self.part("b", 17, table="again")

        assert self.left(self.part("a", 20), self.part("b", None), again) == [9]

    @pytest.mark.parametrize("total", [None, 0])
    def test_a_total_that_is_hidden_or_counts_nobody_leaves_nobody(self, total):
        assert self.left(self.part("a", 0), total=total) == []

    def test_people_of_another_point_in_time_are_not_taken_away(self):
        assert self.left(self.part("a", 20, as_at="then"), self.part("b", 17, as_at="then")) == []

    def test_a_table_that_is_declared_to_count_somebody_twice_is_not_taken_away(self):
        assert self.left(self.part("a", 20), self.part("b", 17, by_definition=PARTIAL)) == []

    def test_what_the_total_is_declared_to_be_holds_of_its_own_rows(self):
        assert self.left(self.part("a", 20), self.part("b", 17), by_definition=PARTIAL) == [9]

    def test_two_lists_below_each_other_count_everybody_twice(self):
        lists = [self.part("a", 10), self.part("b", 9), *(self.part(n, 9, variable="age") for n in ("young", "old"))]

        assert self.left(*lists) == []

    def test_the_counts_behind_a_mean_are_no_part(self):
        share = Share(WHOLE, Fraction(37, 40), Fraction(37, 40))

        assert self.left(self.part("above the lowest", None, share=share, is_score=True)) == []

    def test_a_table_that_counts_more_than_the_total_takes_no_other_away(self):
        more = [self.part("x", 30, variable="need", table="needs"), self.part("y", 30, variable="need", table="needs")]

        assert self.left(*more, self.part("a", 37)) == [9]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=4), st.integers(0, 6), st.integers(1, 5)
)
def test_what_a_table_without_a_total_leaves_over_is_small_when_all_that_it_can_be_is(line, left, smallest):
    total = sum(count for count, _ in line) + left
    parts = [
        Cell(1, ("R", "areas"), Key(EVERYBODY, frozenset({("area", str(n))})), False, None if hidden else count)
        for n, (count, hidden) in enumerate(line)
    ]

    found = small_remainders([*parts, cell("", total, row=9)], smallest)

    tried = product(*(range(total + 1) if hidden else [count] for count, hidden in line))
    possible = {total - sum(values) for values in tried} - set(range(-total * len(line), 0))
    assert [each.row for each in found] == ([9] if all(0 < rest < smallest for rest in possible) and total else [])


@pytest.mark.parametrize(
    ("count", "printed", "rows"),
    [(95, "95.0", [1]), (91, "91.0", [1]), (90, "90.0", []), (95, "100.0", []), (9500, "95", [])],
)
def test_a_count_and_its_percentage_tell_whom_they_leave_over(count, printed, rows):
    own = cell("yes", count, share=percentage(printed, 1 if "." in printed else 0))

    assert [each.row for each in small_remainders([own], 10)] == rows


@pytest.mark.parametrize(("printed", "rows"), [("95.0", [1]), ("91.0", [1]), ("90.0", []), ("100.0", [])])
@pytest.mark.parametrize("disagree", [False, True])
def test_a_percentage_leaves_over_some_of_those_whom_another_table_adds_up_to(printed, rows, disagree):
    ages = [Cell(n, ("R", "ages"), Key(EVERYBODY, frozenset({("age", str(n))})), False, n) for n in (60, 40)]
    needs = [Cell(n, ("R", "needs"), Key(EVERYBODY, frozenset({("need", str(n))})), False, n) for n in (80, 70)]

    found = small_remainders([cell("yes", share=percentage(printed, 1)), *ages, *(needs if disagree else [])], 10)

    assert [each.row for each in found] == rows


class TestAllAlike:
    def rows(self, *cells):
        return [found.row for found in all_alike(cells)]

    def test_a_cell_that_equals_its_total(self):
        assert self.rows(cell("yes", 40, row=1), cell("no", 0, row=2), cell("", 40, row=3)) == [1]

    def test_a_hidden_cell_beside_nothing_but_zeros(self):
        assert self.rows(cell("yes", row=1), cell("no", 0, row=2), cell("", row=3)) == [1]

    def test_a_line_without_a_total(self):
        assert self.rows(cell("yes", 40, row=1), cell("no", 0, row=2)) == [1]
        assert self.rows(cell("yes", 40, row=1), cell("no", row=2)) == []

    @pytest.mark.parametrize(("total", "rows"), [(40, [1]), (41, [])])
    def test_a_cell_that_equals_the_total_of_another_table(self, total, rows):
        elsewhere = Cell(3, ("R", "another"), WHOLE, True, total)

        assert self.rows(cell("yes", 40, row=1), cell("no", row=2), elsewhere) == rows

    @pytest.mark.parametrize(("total", "rows"), [(40, [1]), (41, []), (None, [])])
    def test_a_line_of_one_cell_holds_everybody_of_the_total_of_another_table(self, total, rows):
        assert self.rows(cell("yes", 40), Cell(3, ("R", "another"), WHOLE, True, total)) == rows

    @pytest.mark.parametrize(("printed", "rows"), [("100.0", [1]), ("99.9", [])])
    def test_a_percentage_of_a_hundred_with_nothing_beside_it(self, printed, rows):
        assert self.rows(cell("yes", share=percentage(printed, 1))) == rows

    @pytest.mark.parametrize(("printed", "rows"), [("0.0", [1]), ("2.0", [])])
    def test_a_percentage_that_can_only_be_nobody_is_nought(self, printed, rows):
        assert self.rows(cell("yes", 40), cell("no", share=percentage(printed, 1), row=2)) == rows

    @pytest.mark.parametrize(("no", "rows"), [(0, [1]), (1, [])])
    def test_what_another_table_prints_of_a_hidden_cell_counts(self, no, rows):
        elsewhere = Cell(4, ("R2", "T"), cell("no").key, False, no)

        assert self.rows(cell("yes"), cell("no", row=2), cell("", 40, row=3), elsewhere) == rows

    @pytest.mark.parametrize(("total", "rows"), [(12, [1, 2]), (0, []), (None, [])])
    def test_noughts_alone_say_of_everybody_what_none_of_them_is(self, total, rows):
        assert self.rows(cell("yes", 0), cell("perhaps", 0, row=2), cell("", total, row=3)) == rows
        assert self.rows(cell("yes", 0), cell("perhaps", 1, row=2), cell("", 12, row=3)) == []

    def test_noughts_of_a_total_that_can_only_be_somebody(self):
        parts = [Cell(9, ("R", "U"), Key(EVERYBODY, frozenset({("age", age)})), False, 6) for age in ("young", "old")]

        assert self.rows(cell("yes", 0), *parts) == [1]

    def test_noughts_of_a_single_person_and_a_hidden_one_that_a_mark_gives_away(self):
        elsewhere = Cell(9, ("R", "another"), WHOLE, True, 1)

        assert self.rows(cell("yes", 0), elsewhere) == [1]
        assert self.rows(cell("yes", mark="<1"), elsewhere) == [1]
        assert self.rows(cell("yes"), elsewhere) == []

    def test_a_nought_that_another_table_prints_otherwise_is_none(self):
        elsewhere = Cell(9, ("R", "another"), cell("yes").key, False, 3)

        assert self.rows(cell("yes", 0), elsewhere, cell("", 12, row=2)) == []

    def test_noughts_are_found_beside_what_holds_everybody(self):
        young = Cell(9, ("R", "U"), Key(EVERYBODY, frozenset({("age", "young")})), False, 0)

        assert self.rows(cell("yes", 40), cell("no", 0, row=2), young) == [1, 9]

    def test_a_hidden_total_that_can_be_nobody_tells_nothing(self):
        assert self.rows(cell("yes", 0), cell("", row=2, mark="<5")) == []

    @pytest.mark.parametrize(("printed", "total", "rows"), [("0.0", 12, [1]), ("0.0", 0, []), ("8.3", 12, [])])
    def test_nought_per_cent_of_a_printed_total(self, printed, total, rows):
        assert self.rows(cell("yes", share=percentage(printed, 1)), cell("", total, row=2)) == rows

    def test_nought_per_cent_of_so_many_that_it_can_be_somebody(self):
        assert self.rows(cell("yes", share=percentage("0", 0)), cell("", 201, row=2)) == []

    @pytest.mark.parametrize(("printed", "rows"), [("0.0", [1]), ("0.1", [])])
    def test_nought_per_cent_is_of_somebody_though_no_total_is_printed(self, printed, rows):
        assert self.rows(cell("yes", share=percentage(printed, 1))) == rows
        assert self.rows(cell("yes", share=percentage(printed, 1)), cell("", row=2)) == rows

    def test_a_total_that_one_table_prints_as_nought_is_nobody(self):
        elsewhere = Cell(9, ("R", "another"), WHOLE, True, 12)

        assert self.rows(elsewhere, cell("yes", 0), cell("", 0, row=2)) == []

    @pytest.mark.parametrize(("other", "rows"), [(0, [1, 7]), (3, [])])
    def test_what_another_table_shows_of_the_same_variable_is_beside_it(self, other, rows):
        elsewhere = Cell(7, ("R2", "T"), cell("no").key, False, other)

        assert self.rows(cell("yes", 0), cell("", 12, row=3), elsewhere) == rows

    def test_another_variable_is_not_beside_it(self):
        elsewhere = Cell(7, ("R2", "T"), Key(EVERYBODY, frozenset({("age", "old")})), False, 3)

        assert self.rows(cell("yes", 0), cell("", 12, row=3), elsewhere) == [1]

    def test_nought_per_cent_of_something_else_is_not_of_the_line(self):
        share = Share(Key(EVERYBODY, frozenset({("role", "nurse")})), Fraction(0), Fraction(1, 2000))

        assert self.rows(cell("yes", share=share)) == []

    def test_what_is_nought_by_definition_is_not_found_beside_what_is_nought(self):
        own = [cell("yes", 0), cell("no", 0, row=2, by_definition=ZERO), cell("", 12, row=3)]

        assert self.rows(*own) == [1]

    def test_a_hidden_cell_that_is_listed_twice_is_not_beside_itself(self):
        assert self.rows(cell("yes"), cell("yes", row=2), cell("no", 0, row=3)) == [1, 2]

    def test_a_count_that_another_table_prints_otherwise_is_judged_as_it_is_printed(self):
        first = Cell(9, ("R2", "T"), cell("yes").key, False, 30)

        assert self.rows(first, cell("yes", 40), cell("no", 5, row=2), cell("", 40, row=3)) == [1]

    def test_the_counts_behind_a_mean_are_no_line(self):
        share = Share(WHOLE, Fraction(99, 100), Fraction(1))
        own = Key(EVERYBODY, frozenset({("score", "above")}))
        scores = [Cell(n, ("R", "M"), key, False, share=share, is_score=True) for n, key in enumerate((own, own))]

        assert self.rows(*scores) == []

    def test_a_percentage_of_a_hundred(self):
        assert self.rows(
            cell("yes", share=percentage("100.0", 1), row=1), cell("no", 0, row=2), cell("", 40, row=3)
        ) == [1]

    @pytest.mark.parametrize("total", [40, None])
    def test_a_percentage_of_a_hundred_beside_a_hidden_cell(self, total):
        most = cell("yes", share=percentage("100.0", 1), row=1)

        assert self.rows(most, cell("no", row=2), cell("", total, row=3)) == [1]

    def test_a_percentage_of_a_hundred_of_another_total_passes(self):
        other = Share(Key(EVERYBODY, frozenset({("role", "nurse")})), Fraction(1, 2), Fraction(1))

        assert self.rows(cell("yes", share=other), cell("no", row=2), cell("", 40, row=3)) == []

    def test_a_single_person_is_everybody(self):
        assert self.rows(cell("yes", 1, row=1), cell("no", 0, row=2), cell("", 1, row=3)) == [1]

    def test_noughts_beside_a_hidden_total_pass(self):
        assert self.rows(cell("yes", 0), cell("no", 0), cell("")) == []

    def test_a_hidden_cell_of_a_row_of_nobody_passes(self):
        assert self.rows(cell("yes"), cell("no", 0), cell("", 0)) == []

    def test_every_row_is_judged_and_the_cells_come_in_the_order_of_the_register(self):
        def of(row: int, count: int, is_margin: bool, *labels: tuple[str, str]) -> Cell:
            return Cell(row, ("R", "T"), Key(EVERYBODY, frozenset(labels)), is_margin, count)

        first = [of(5, 10, False, ("role", "nurse"), ("answer", "yes")), of(6, 10, True, ("role", "nurse"))]
        second = [of(3, 7, False, ("role", "guard"), ("answer", "yes")), of(4, 7, True, ("role", "guard"))]

        assert self.rows(*first, *second) == [3, 5]

    def test_a_hundred_after_rounding_is_not_everybody_when_it_can_be_fewer(self):
        most = cell("yes", share=percentage("100", 0), row=1)

        assert self.rows(most, cell("no", row=2), cell("", 4000, row=3)) == []

    @pytest.mark.parametrize(("printed", "rows"), [("100.0", [1]), ("99.9", [])])
    def test_a_percentage_of_a_hundred_where_the_table_does_not_add_up(self, printed, rows):
        most = cell("yes", share=percentage(printed, 1))

        assert self.rows(most, cell("no", 5, row=2), cell("", 40, row=3)) == rows

    @pytest.mark.parametrize(("count", "rows"), [(40, [1, 4]), (39, []), (0, [])])
    def test_a_hidden_cell_that_another_table_prints_as_the_total(self, count, rows):
        elsewhere = Cell(4, ("R2", "T"), cell("yes").key, False, count)
        total = cell("", 40, row=3, by_definition=PARTIAL)

        assert self.rows(cell("yes"), cell("no", 5, row=2), total, elsewhere) == rows

    @pytest.mark.parametrize("total", [None, 0])
    def test_noughts_beside_a_total_that_is_no_sum_pass(self, total):
        elsewhere = Cell(4, ("R2", "T"), cell("yes").key, False, 0)
        cells = [cell("no", 0, row=2), cell("", total, row=3, by_definition=PARTIAL), elsewhere]

        assert self.rows(cell("yes", 0), *cells) == self.rows(cell("yes"), *cells) == []

    @pytest.mark.parametrize("yes", [39, 0])
    def test_not_everybody_passes(self, yes):
        assert self.rows(cell("yes", yes), cell("no", 1), cell("", 40)) == []

    def test_a_row_of_nobody_passes(self):
        assert self.rows(cell("yes", 0), cell("no", 0), cell("", 0)) == []

    def test_what_holds_for_everybody_by_definition_passes(self):
        assert self.rows(cell("yes", 40, by_definition="everyone by definition"), cell("no", 0), cell("", 40)) == []

    def test_zeros_by_definition_tell_nothing(self):
        assert self.rows(cell("yes", 40), cell("no", 0, by_definition=ZERO), cell("", 40)) == []

    def test_a_declared_zero_that_counts_somebody_is_no_excuse(self):
        assert self.rows(cell("yes", 40, row=1), cell("no", 3, by_definition=ZERO), cell("", 40)) == [1]


def test_the_marks_of_a_table_are_those_of_its_hidden_cells():
    cells = [cell("a", mark="c"), cell("b", mark=""), cell("c", 12, mark="r"), cell("d", by_definition=ZERO, mark="-")]

    assert marks_by_table(cells) == {("R", "T"): {"c", ""}}


class TestScores:
    """Counts that follow from a printed mean: how many lie off one end of the scale."""

    def score(self, low: str, high: str, **more) -> Cell:
        return cell("above the lowest", share=Share(WHOLE, Fraction(low), Fraction(high)), is_score=True, **more)

    @pytest.mark.parametrize(("high", "is_small"), [("0.09", True), ("0.0999", True), ("0.1", False)])
    def test_a_few_off_the_end_are_small(self, high, is_small):
        assert bool(small([self.score("0.01", high), cell("", 100)], 10)) is is_small

    @pytest.mark.parametrize(
        ("high", "total", "found"),
        [
            ("0", 40, True),
            ("0.02", 40, True),
            ("0.03", 40, False),
            ("0", None, True),
            ("0.02", None, False),
            ("0", 0, False),
        ],
    )
    def test_nobody_off_the_end_means_all_alike(self, high, total, found):
        own = self.score("0", high)

        assert (own in all_alike([own, cell("", total, row=2)])) is found

    def test_what_holds_by_definition_tells_nothing(self):
        assert all_alike([self.score("0", "0", by_definition=EVERYONE), cell("", 40, row=2)]) == []


class TestSmallBesides:
    """Beneath a total that is declared to be no sum of its rows, one of them leaves a few over."""

    def left(self, *cells: Cell, smallest: int = 10) -> list[int]:
        return [found.row for found in small_besides(cells, smallest)]

    def total(self, count: int | None = None, **more) -> Cell:
        return cell("", count, row=9, **{"by_definition": PARTIAL, **more})

    @pytest.mark.parametrize(
        ("count", "rows"), [(39, [1]), (31, [1]), (30, []), (40, []), (41, []), (20, []), (0, []), (None, [])]
    )
    def test_one_row_of_several_leaves_from_one_to_one_below_the_smallest(self, count, rows):
        assert self.left(cell("housing", count), cell("debt", 20, row=2), self.total(40)) == rows

    def test_each_row_is_taken_away_by_itself(self):
        assert self.left(cell("debt", 38, row=2), cell("housing", 37), self.total(40)) == [1, 2]

    def test_each_table_is_looked_at(self):
        other = [replace(one, table=("R", "U"), row=one.row + 10) for one in (cell("debt", 38), self.total(40))]

        assert self.left(cell("housing", 37), self.total(40), *other) == [1, 11]

    def test_a_total_without_the_declaration_is_left_to_the_remainders(self):
        assert self.left(cell("housing", 37), self.total(40, by_definition="")) == []

    def test_a_total_of_the_same_table_without_the_declaration_is_left_to_them_too(self):
        own = cell("housing", 37, by_definition=PARTIAL)

        assert self.left(own, self.total(40, by_definition="")) == []
        assert self.left(replace(own, share=percentage("92.5", 1)), self.total(by_definition="")) == []

    def test_another_table_prints_the_total(self):
        elsewhere = Cell(9, ("R", "again"), WHOLE, True, 40)

        assert self.left(cell("housing", 37, by_definition=PARTIAL), elsewhere) == [1]
        assert self.left(cell("housing", 37), elsewhere) == []

    def test_its_own_table_says_better_what_the_total_is(self):
        elsewhere = Cell(10, ("R", "again"), WHOLE, True, 60)

        assert self.left(cell("housing", 37), self.total(40), elsewhere) == [1]
        assert self.left(cell("housing", 37), self.total(60), replace(elsewhere, count=40)) == []

    def test_a_total_of_other_people_takes_no_part(self):
        others = Cell(9, ("R", "T"), Key(Population("people", "then"), frozenset()), True, 40, by_definition=PARTIAL)

        assert self.left(cell("housing", 37, by_definition=PARTIAL), others) == []

    def test_a_cell_that_is_no_margin_is_a_total_of_what_it_holds(self):
        both = Key(EVERYBODY, frozenset({("answer", "yes"), ("sex", "female")}))

        assert self.left(Cell(1, ("R", "T"), both, False, 37), cell("yes", 40, row=2), self.total()) == [1]

    def test_a_cell_that_is_printed_twice_is_no_total_of_itself(self):
        assert self.left(cell("housing", 37), cell("housing", 40, row=2), self.total()) == []

    def test_a_printed_total_counts_and_not_what_a_percentage_says_of_it(self):
        assert self.left(cell("housing", 95, share=percentage("95.0", 1)), self.total(200)) == []

    def test_another_row_is_no_total(self):
        assert self.left(cell("housing", 37), cell("debt", 40, row=2), self.total()) == []

    @pytest.mark.parametrize(
        ("printed", "total", "rows"),
        [("92", 40, [1]), ("78", 40, [1]), ("75", 40, []), ("100", 40, []), ("98", 400, []), ("99", 400, [1])],
    )
    def test_a_percentage_leaves_whatever_it_can_stand_for(self, printed, total, rows):
        assert self.left(cell("housing", share=percentage(printed, 0)), self.total(total)) == rows

    @pytest.mark.parametrize(
        ("count", "printed", "rows"), [(95, "95.0", [1]), (90, "90.0", []), (95, "100.0", []), (91, "91", [1])]
    )
    def test_a_count_and_its_percentage_tell_the_total(self, count, printed, rows):
        own = cell("housing", count, share=percentage(printed, len(printed.partition(".")[2])))

        assert self.left(own, self.total()) == rows

    def test_a_percentage_that_may_be_nought_bounds_no_total(self):
        assert self.left(cell("housing", 5, share=percentage("0", 0)), self.total()) == []

    def test_a_mean_leaves_nobody_over(self):
        score = cell("above the lowest", share=Share(WHOLE, Fraction(9, 10), Fraction(9, 10)), is_score=True)

        assert self.left(score, self.total(40)) == []
