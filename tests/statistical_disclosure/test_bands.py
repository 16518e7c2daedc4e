"""Groups that are runs of numbers, and what one that holds another tells."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.statistical_disclosure.bands import OLDEST, band_of, small_between
from dpia_checks.statistical_disclosure.tables import Cell, Key, Population

PEOPLE = Population("people", "now")


def cell(label: str, count: int | None, row: int, *others: tuple[str, str], of: Population = PEOPLE, **more) -> Cell:
    variable = more.pop("variable", "age")
    return Cell(row, ("R", f"T{row}"), Key(of, frozenset({(variable, label), *others})), False, count, **more)


class TestBandOf:
    @pytest.mark.parametrize(
        ("label", "band"),
        [
            ("18 to 24", (18, 24)),
            ("18-24", (18, 24)),
            ("18 - 24 years", (18, 24)),
            ("aged 18 to 24", (18, 24)),
            ("age 7 to 9 years old", (7, 9)),
            ("18 to 18", (18, 18)),
            ("under 18", (0, 17)),
            ("under 1", (0, 0)),
            ("over 24", (25, OLDEST)),
            ("over 0", (1, OLDEST)),
            ("25+", (25, OLDEST)),
            ("0+", (0, OLDEST)),
            ("25 and over", (25, OLDEST)),
            ("25 or older", (25, OLDEST)),
            ("3 or more", (3, OLDEST)),
            ("65 and above", (65, OLDEST)),
            ("18", (18, 18)),
            ("0", (0, 0)),
            ("18 yrs", (18, 18)),
            ("from 18 to 24", (18, 24)),
            ("between 18 and 24", (18, 24)),
            ("18-24s", (18, 24)),
            ("18 to 24 year-olds", (18, 24)),
            ("under 18s", (0, 17)),
            ("younger than 18", (0, 17)),
            ("less than 18 years", (0, 17)),
            ("below 18", (0, 17)),
            ("<18", (0, 17)),
            ("up to 17", (0, 17)),
            ("<= 17", (0, 17)),
            ("17 or younger", (0, 17)),
            ("17 and under", (0, 17)),
            ("2 or fewer", (0, 2)),
            ("older than 24", (25, OLDEST)),
            ("more than 24", (25, OLDEST)),
            (">24", (25, OLDEST)),
            ("\u2265 25", (25, OLDEST)),
            ("25 plus", (25, OLDEST)),
        ],
    )
    def test_a_run_of_numbers(self, label, band):
        assert band_of(label) == band

    @pytest.mark.parametrize(
        "label",
        ["", "adults", "24 to 18", "under 0", "18 to", "ward 18", "2019", "18 to 24 in 2019", "x18-24", "18 24"],
    )
    def test_anything_else_is_none(self, label):
        assert band_of(label) is None


class TestSmallBetween:
    @pytest.mark.parametrize(("wider", "is_found"), [(30, False), (31, True), (39, True), (40, False), (29, False)])
    @pytest.mark.parametrize("inner", ["18 to 20", "21 to 24", "19", "19 to 23"])
    def test_from_one_to_one_below_the_smallest(self, wider, is_found, inner):
        wide = cell("18 to 24", wider, 2)

        assert small_between([cell(inner, 30, 1), wide], 10) == ([wide] if is_found else [])

    @pytest.mark.parametrize("other", ["18 to 24", "17 to 20", "20 to 25", "25 to 30", "10 to 17", "young"])
    def test_a_group_that_it_does_not_hold_tells_nothing(self, other):
        assert small_between([cell("18 to 24", 39, 1), cell(other, 30, 2)], 10) == []

    @pytest.mark.parametrize(("second", "rows"), [(10, []), (11, [3]), (19, [3]), (20, []), (21, [])])
    def test_what_several_groups_leave_of_one(self, second, rows):
        parts = [cell("18 to 20", 20, 1), cell("21 to 22", second, 2)]

        assert [one.row for one in small_between([*parts, cell("18 to 24", 40, 3)], 10)] == rows

    @pytest.mark.parametrize(("wider", "rows"), [(50, []), (51, [4]), (59, [4]), (60, [])])
    def test_groups_that_lie_end_to_end_are_one_inside_another(self, wider, rows):
        parts = [cell("20 to 21", 20, 1), cell("22 to 23", 30, 2), cell("40 to 44", 3, 3)]

        assert [one.row for one in small_between([*parts, cell("18 to 24", wider, 4)], 10)] == rows

    def test_what_follows_from_two_groups_that_overlap(self):
        """18 to 24 are 20 and 18 to 30 are 50; with 21 to 30 at 33, those of 21 to 24 are 3."""
        overlap = [cell("18 to 24", 20, 1), cell("18 to 30", 50, 2), cell("21 to 30", 33, 3)]

        assert [one.row for one in small_between(overlap, 10)] == [3]

    def test_a_run_of_groups_in_any_order(self):
        order = [cell("22 to 23", 20, 1), cell("18 to 19", 20, 2), cell("20 to 21", 20, 3), cell("18 to 24", 67, 4)]

        assert [one.row for one in small_between(order, 10)] == [4]

    def test_both_ends_around_another_are_a_few_together(self):
        ends = [cell("18 to 19", 4, 1), cell("22 to 24", 4, 2)]

        assert [one.row for one in small_between([cell("18 to 24", 38, 3), cell("20 to 21", 30, 4)], 10)] == [3]
        assert small_between([cell("18 to 24", 38, 3), cell("20 to 21", 30, 4), *ends], 10) == []

    def test_a_few_that_are_printed_tell_nothing_of_the_groups_beside_them(self):
        assert small_between([cell("18 to 20", 0, 1), cell("21 to 22", 4, 2), cell("23 to 24", 30, 3)], 10) == []

        assert small_between([cell("18 to 20", 4, 1), cell("21 to 22", 0, 2), cell("23 to 24", 30, 3)], 10) == []

    def test_nobody_printed_among_a_few_hides_none_of_them(self):
        groups = [cell("18 to 24", 40, 1), cell("18 to 20", 35, 2), cell("23", 0, 3)]

        assert [one.row for one in small_between(groups, 10)] == [1]

    def test_where_another_group_starts_nobody_is(self):
        assert small_between([cell("18 to 24", 5, 1), cell("22 to 30", 50, 2)], 10) == []

    def test_a_printed_group_is_not_what_others_leave(self):
        assert small_between([cell("18 to 20", 20, 1), cell("21 to 24", 5, 2), cell("18 to 24", 25, 3)], 10) == []

    def test_of_two_counts_of_one_group_the_first_is_taken(self):
        twice = [cell("18 to 24", 39, 1), cell("18 to 24", 60, 2), cell("18 to 20", 30, 3)]

        assert [one.row for one in small_between(twice, 10)] == [1]

    @pytest.mark.parametrize(
        "other",
        [
            cell("18 to 20", 30, 2, of=Population("people", "then")),
            cell("18 to 20", 30, 2, of=Population("others", "now")),
            cell("18 to 20", 30, 2, ("borough", "camden")),
            cell("18 to 20", 30, 2, variable="age at referral"),
            cell("18 to 20", None, 2),
            cell("18 to 20", 30, 2, is_score=True),
        ],
    )
    def test_other_people_and_what_is_hidden_take_no_part(self, other):
        assert small_between([cell("18 to 24", 39, 1), other], 10) == []

    def test_each_is_found_once_in_the_order_of_the_register(self):
        inner = [cell("18 to 19", 33, 1), cell("18 to 20", 35, 2, ("borough", "camden"))]
        wide = [cell("18+", 38, 4), cell("18 to 21", 36, 3), cell("under 30", 38, 5, ("borough", "camden"))]

        assert small_between([*wide, *inner], 10) == [wide[1], wide[0], wide[2]]


AGES = 5
SPANS = list(combinations(range(AGES + 1), 2))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=AGES, max_size=AGES), st.sets(st.sampled_from(SPANS), min_size=1, max_size=5)
)
def test_a_few_are_found_when_they_follow_from_what_is_printed_and_only_then(people, printed):
    """A count follows when its ages are a sum, and a difference, of printed groups: brute force by rank."""
    ages = np.array([[low <= age < high for age in range(AGES)] for low, high in SPANS], dtype=int)
    rows = ages[[span in printed for span in SPANS]]
    cells = [
        cell(f"{low} to {high - 1}", sum(people[low:high]), row) for row, (low, high) in enumerate(sorted(printed))
    ]
    known = [own for own in ages if np.linalg.matrix_rank(np.vstack([rows, own])) == np.linalg.matrix_rank(rows)]
    shown = [*known, *(wide - part for wide in known for part in known if (wide - part).min() >= 0)]

    few = [own for own in shown if 1 <= own @ people < 10]

    told_of_few = {tuple(one) for one in few if not any(row @ people >= 1 and (one >= row).all() for row in rows)}
    assert bool(small_between(cells, 10)) >= bool(told_of_few)
    assert bool(small_between(cells, 10)) <= bool(few)
