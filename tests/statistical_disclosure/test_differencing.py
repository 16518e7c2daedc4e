"""What one release taken away from another shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.statistical_disclosure.bounds import Bounds, bounds_of
from dpia_checks.statistical_disclosure.differencing import could_be_small, small_differences
from dpia_checks.statistical_disclosure.tables import Cell, Key, Population


def cell(row: int, as_at: str, count: int | None, counted: str = "people", label: str = "yes") -> Cell:
    return Cell(row, (as_at, "T"), Key(Population(counted, as_at), frozenset({("answer", label)})), False, count)


def found(*cells: Cell) -> list[int]:
    return [each.row for each in small_differences(cells, bounds_of(cells), 10)]


ranges = st.none() | st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda at: Bounds(at[0], at[0] + at[1]))


@settings(max_examples=300, deadline=None)
@given(ranges, ranges, st.integers(1, 5))
def test_a_difference_is_small_when_every_pair_of_possible_counts_differs_by_a_few(one, two, smallest):
    first, second = cell(1, "spring", None), cell(2, "summer", None)

    told = small_differences([first, second], {first.key: one, second.key: two}, smallest)

    known = one is not None and two is not None
    pairs = [(a, b) for a in range(one.low, one.high + 1) for b in range(two.low, two.high + 1)] if known else []
    assert told == ([second] if known and all(0 < abs(a - b) < smallest for a, b in pairs) else [])


@pytest.mark.parametrize("later", [41, 49, 39, 31])
def test_a_difference_of_a_few_is_found_at_the_later_cell(later):
    assert found(cell(1, "spring", 40), cell(2, "summer", later)) == [2]


@pytest.mark.parametrize("later", [40, 50, 30])
def test_no_difference_and_one_of_the_smallest_pass(later):
    assert found(cell(1, "spring", 40), cell(2, "summer", later)) == []


def test_any_two_releases_are_compared_not_only_neighbours():
    assert found(cell(1, "spring", 40), cell(2, "summer", 60), cell(3, "autumn", 41)) == [3]


def test_the_cells_found_come_in_the_order_of_the_register():
    yes, no = [cell(1, "spring", 40), cell(4, "summer", 41)], [cell(2, "spring", 20, label="no")]

    assert found(*yes, *no, cell(3, "summer", 21, label="no")) == [3, 4]


def test_other_people_and_other_labels_are_not_compared():
    assert found(cell(1, "spring", 40), cell(2, "summer", 41, counted="others")) == []
    assert found(cell(1, "spring", 40), cell(2, "summer", 41, label="no")) == []


@pytest.mark.parametrize(("again", "rows"), [(40, []), (39, [2]), (31, [2]), (30, []), (None, [])])
def test_the_same_number_printed_again_is_the_same_or_differs_by_the_smallest(again, rows):
    assert found(cell(1, "spring", 40), cell(2, "spring", again)) == rows


def test_each_count_of_a_number_printed_twice_takes_part_as_it_is_printed():
    assert found(cell(1, "spring", 40), cell(2, "spring", 60), cell(3, "summer", 61)) == [3]


def test_a_hidden_count_takes_part_with_all_it_can_be():
    first, second = cell(1, "spring", 40), cell(2, "summer", None)

    assert small_differences([first, second], {first.key: Bounds(40, 40), second.key: Bounds(41, 45)}, 10) == [second]
    assert small_differences([first, second], {first.key: Bounds(40, 40), second.key: Bounds(40, 45)}, 10) == []
    assert small_differences([first, second], {first.key: Bounds(40, 40), second.key: None}, 10) == []


@pytest.mark.parametrize(("later", "rows"), [(61, [3]), (69, [3]), (60, []), (70, []), (51, [3])])
def test_a_total_that_the_earlier_release_leaves_to_be_added_up_takes_part(later, rows):
    whole = Cell(3, ("summer", "T"), Key(Population("people", "summer"), frozenset()), True, later)

    assert found(cell(1, "spring", 40), cell(2, "spring", 20, label="no"), whole) == rows


@pytest.mark.parametrize(("no", "rows"), [(31, [3]), (30, []), (40, [])])
def test_so_does_a_total_that_both_releases_leave_to_be_added_up(no, rows):
    earlier = cell(1, "spring", 40), cell(2, "spring", 20, label="no")

    assert found(*earlier, cell(3, "summer", 30), cell(4, "summer", no, label="no")) == rows


spans = st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda at: Bounds(at[0], at[0] + at[1]))


@settings(max_examples=200, deadline=None)
@given(spans, spans, st.integers(1, 5))
def test_a_difference_could_be_small_unless_every_pair_lies_further_apart_or_both_are_shown_alike(one, two, smallest):
    pairs = [(a, b) for a in range(one.low, one.high + 1) for b in range(two.low, two.high + 1)]

    assert could_be_small(one, two, smallest) == (one != two and any(abs(a - b) < smallest for a, b in pairs))
