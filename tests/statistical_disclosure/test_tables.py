"""How the lines of a register become cells, and which cells add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks import DPIAS, schema
from dpia_checks.statistical_disclosure.tables import (
    ABOVE,
    BELOW,
    EVERYONE,
    PARTIAL,
    ZERO,
    Cell,
    Key,
    Population,
    Share,
    cells_of,
    lines_of,
    rests_of,
    sums,
    unprinted_sums,
    with_bases,
    with_sums,
    with_totals,
)
from dpia_checks.statistical_disclosure.thresholds import possible_counts

BLANK: dict[str, object] = dict.fromkeys(("column_variable", "column_label", "count", "percentage", "decimals"))
BLANK |= dict.fromkeys(("percentage_of", "mark", "structural", "mean", "mean_decimals", "scale_low", "scale_high"))
BLANK |= {"includes": None}
LINE = BLANK | {
    "row": 7,
    "report_id": "r",
    "table_name": "t",
    "counted": "people",
    "as_at": "now",
    "row_variable": "borough",
    "row_label": "camden",
    "margin": "none",
}


SQUARE = [
    LINE | {"row_label": borough, "column_variable": "age", "column_label": age}
    for borough in ("camden", "islington")
    for age in ("18", "25")
]
"""Two boroughs by two ages, without a total."""


def key(*labels: tuple[str, str]) -> Key:
    return Key(Population("people", "now"), frozenset(labels))


def test_a_cell_is_known_by_whom_it_counts_and_its_labels():
    (cell,), unplaced = cells_of([LINE | {"count": 12}])

    assert (cell.key, cell.count, cell.is_hidden, unplaced) == (key(("borough", "camden")), 12, False, [])
    assert (cell.table, cell.mark, cell.by_definition) == (("r", "t"), "", "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("row_label", "CAMDEN"),
        ("row_label", " camden "),
        ("row_label", "cam\u00adden"),
        ("row_variable", "Borough"),
        ("counted", "People"),
        ("as_at", "NOW"),
        ("report_id", "R"),
        ("table_name", "T"),
    ],
)
def test_a_cell_is_known_however_it_is_spelt(column, value):
    assert cells_of([LINE | {column: value}]) == cells_of([LINE])


@pytest.mark.parametrize("label", ["16\u201324", "16-24", "16\u201124"])
def test_a_dash_is_a_dash_and_a_space_is_a_space(label):
    (cell,), _ = cells_of([LINE | {"row_variable": "age  group", "row_label": label}])

    assert cell.key == key(("age group", "16-24"))


def test_another_label_is_another_number():
    assert cells_of([LINE | {"row_label": "cam den"}]) != cells_of([LINE])


@pytest.mark.parametrize("of", [{"row_label": "CAMDEN"}, {"row_variable": "Borough"}, {"includes": "Spring"}])
def test_what_a_cell_is_part_of_is_known_however_it_is_spelt(of):
    share = {"percentage": "10", "percentage_of": "row total", "column_variable": "age", "column_label": "18"}
    own = LINE | share | {"includes": "spring"}

    assert cells_of([own | of]) == cells_of([own])


@pytest.mark.parametrize("column", ["table_name", "counted", "as_at", "margin", "row_label", "row_variable"])
def test_a_line_that_names_no_place_is_handed_back(column):
    assert cells_of([LINE | {column: None}]) == ([], [7])


def test_an_inner_cell_without_any_label_names_no_place():
    assert cells_of([LINE | {"row_variable": None, "row_label": None}]) == ([], [7])


def test_a_total_keeps_only_its_own_label():
    lines = [
        LINE | {"margin": margin, "column_variable": "age", "column_label": "16"}
        for margin in ("row", "column", "both")
    ]

    cells, _ = cells_of(lines)

    assert [cell.key for cell in cells] == [key(("borough", "camden")), key(("age", "16")), key()]


def test_a_percentage_says_half_a_step_either_way():
    (cell,), _ = cells_of([LINE | {"percentage": 12.5, "decimals": 1, "percentage_of": "grand total"}])

    assert (cell.share.of, cell.share.low, cell.share.high) == (key(), Fraction(1245, 10000), Fraction(1255, 10000))
    assert not cell.is_hidden


@pytest.mark.parametrize(
    ("printed", "decimals", "low", "high"),
    [
        (12, None, Fraction(115, 1000), Fraction(125, 1000)),
        (12, 0, Fraction(115, 1000), Fraction(125, 1000)),
        (12.0, None, Fraction(115, 1000), Fraction(125, 1000)),
        (12.5, None, Fraction(1245, 10000), Fraction(1255, 10000)),
        (12.5, 0, Fraction(120, 1000), Fraction(130, 1000)),
        (12, 2, Fraction(11995, 100000), Fraction(12005, 100000)),
        (0, 1, Fraction(0), Fraction(5, 10000)),
        (100, 1, Fraction(9995, 10000), Fraction(1)),
    ],
)
def test_a_step_has_the_decimals_printed_and_no_share_is_under_none_or_over_all(printed, decimals, low, high):
    (cell,), _ = cells_of([LINE | {"percentage": printed, "decimals": decimals, "percentage_of": "grand total"}])

    assert (cell.share.low, cell.share.high) == (low, high)


@pytest.mark.parametrize("more", [{"percentage_of": None}, {"percentage_of": "row total"}])
@pytest.mark.parametrize(("count", "handed_back"), [(12, []), (None, [7])])
def test_a_percentage_of_nothing_or_of_itself_says_nothing(more, count, handed_back):
    cells, unplaced = cells_of([LINE | {"percentage": 12.5, "decimals": 1, "count": count} | more])

    assert ([cell.share for cell in cells], unplaced) == ([None] if count else [], handed_back)


@pytest.mark.parametrize(
    ("margin", "of", "handed_back"),
    [("none", "row total", []), ("row", "row total", []), ("row", None, []), ("none", None, [7])],
)
def test_a_hundred_per_cent_of_a_total_is_of_itself(margin, of, handed_back):
    cells, unplaced = cells_of([LINE | {"percentage": 100.0, "percentage_of": of, "margin": margin}])

    assert (len(cells), unplaced) == (1 - len(handed_back), handed_back)


@pytest.mark.parametrize("of", ["column total", "grand total"])
def test_a_list_has_one_total(of):
    (cell,), _ = cells_of([LINE | {"percentage": 12.5, "percentage_of": of}])

    assert cell.share.of == key()


def test_a_zero_by_definition_is_not_hidden():
    (cell,), _ = cells_of([LINE | {"structural": "zero by definition"}])

    assert (cell.is_hidden, cell.known) == (False, 0)


def test_totals_are_tied_to_the_inner_cells_of_their_own_table():
    total = LINE | {"margin": "both", "count": 12}
    cells, _ = cells_of([LINE, LINE | {"row_label": "islington"}, total, LINE | {"table_name": "another"}])

    assert list(sums(cells)) == [(key(), [key(("borough", "camden")), key(("borough", "islington"))])]
    assert [len(parts) for _, parts in lines_of(cells)] == [2, 1]


def test_a_total_of_one_cell_is_that_cell_and_no_sum():
    cells, _ = cells_of([LINE | {"count": 12}, LINE | {"margin": "row", "count": 12}])

    assert (list(sums(cells)), list(lines_of(cells))) == ([], [(key(), cells[:1])])


def test_a_total_of_totals_is_tied_to_them_and_one_that_is_no_sum_to_nothing():
    camden, islington = (LINE | {"margin": "row", "row_label": label} for label in ("camden", "islington"))
    total = LINE | {"margin": "both"}
    cells, _ = cells_of([camden, islington, total])
    declared, _ = cells_of([camden, islington, total | {"structural": PARTIAL}])

    assert list(sums(cells)) == [(key(), [key(("borough", "camden")), key(("borough", "islington"))])]
    assert list(sums(declared)) == []


def test_a_total_above_inner_cells_is_no_sum_of_the_totals_below_it():
    """Only one row has a total, so the totals of rows leave the other row out."""
    cells, _ = cells_of([*SQUARE, SQUARE[0] | {"margin": "row"}, LINE | {"margin": "both"}])

    assert [(total, len(parts)) for total, parts in sums(cells)] == [(key(("borough", "camden")), 2), (key(), 4)]


def test_what_the_register_says_of_a_total_that_is_no_sum():
    assert PARTIAL == "not the sum of its rows"


def test_a_total_that_is_not_printed_is_tied_to_the_cells_of_the_table():
    cells, _ = cells_of(SQUARE)
    (camden, islington), (young, old) = (
        [("borough", "camden"), ("borough", "islington")],
        [("age", "18"), ("age", "25")],
    )

    assert dict(unprinted_sums(cells)) == {
        key(): [key(camden, young), key(camden, old), key(islington, young), key(islington, old)],
        key(camden): [key(camden, young), key(camden, old)],
        key(islington): [key(islington, young), key(islington, old)],
        key(young): [key(camden, young), key(islington, young)],
        key(old): [key(camden, old), key(islington, old)],
    }


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"margin": "both", "structural": PARTIAL}, id="declared to be no sum"),
        pytest.param({"column_label": None, "column_variable": None}, id="a cell of fewer variables"),
    ],
)
def test_a_table_that_need_not_add_up_is_tied_to_no_grand_total(more):
    cells, _ = cells_of([*SQUARE, LINE | more])

    assert key() not in dict(unprinted_sums(cells))


def test_a_table_without_a_label_that_another_has_is_tied_to_no_total_of_it():
    cells, _ = cells_of([*SQUARE, SQUARE[0] | {"table_name": "another", "row_label": "Lambeth"}])

    assert set(dict(unprinted_sums(cells))) == {key(("borough", "camden")), key(("borough", "islington"))}


@pytest.mark.parametrize(
    ("of_nobody", "is_whole"),
    [
        ({"count": 0}, True),
        ({"structural": ZERO}, True),
        ({"count": 0, "margin": "row"}, True),
        ({"count": 1}, False),
        ({}, False),
        ({"count": 0, "column_variable": "age", "column_label": "18"}, False),
        ({"count": 0, "as_at": "then"}, True),
    ],
)
def test_a_table_may_leave_out_what_another_says_is_nobodys(of_nobody, is_whole):
    areas = [LINE, LINE | {"row_label": "islington"}]
    cells, _ = cells_of([*areas, LINE | {"row_label": "brent", "table_name": "another"} | of_nobody])

    assert (key() in dict(unprinted_sums(cells))) is is_whole


def test_the_labels_of_other_people_and_the_counts_behind_a_mean_make_no_table_less_whole():
    others = SQUARE[0] | {"counted": "staff", "row_label": "Lambeth"}
    mean = LINE | {"table_name": "M", "mean": 2, "mean_decimals": 0, "scale_low": 1, "scale_high": 4}
    cells, _ = cells_of([*SQUARE, others, mean])

    assert len(dict(unprinted_sums(cells))) == 5


def test_a_cell_keeps_the_mark_printed_in_it():
    (marked, bare), _ = cells_of([LINE | {"mark": "c"}, LINE])

    assert (marked.mark, bare.mark) == ("c", "")


def test_what_is_not_said_of_a_cell_is_empty():
    cell = Cell(1, ("r", "t"), key(("borough", "camden")), is_margin=False)

    assert (cell.count, cell.share, cell.mark, cell.by_definition) == (None, None, "", "")
    assert (cell.includes, cell.earlier, cell.is_score) == ("", None, False)


MEAN = {"count": 100, "mean": "3.10", "mean_decimals": 2, "scale_low": 1, "scale_high": 4}


def test_a_mean_gives_two_counts_of_those_behind_it():
    (own, above, below), _ = cells_of([LINE | MEAN])

    assert [cell.is_score for cell in (own, above, below)] == [False, True, True]
    assert (above.key, below.key) == (key(("borough", "camden"), ABOVE), key(("borough", "camden"), BELOW))
    assert (above.share.of, above.share.low, above.share.high) == (own.key, Fraction(2095, 3000), 1)
    assert (below.share.of, below.share.low, below.share.high) == (own.key, Fraction(895, 3000), Fraction(905, 1000))


def test_an_end_of_the_scale_that_is_not_stated_gives_no_count():
    assert len(cells_of([LINE | MEAN | {"scale_low": None, "scale_high": None}])[0]) == 1

    (_, above), _ = cells_of([LINE | MEAN | {"mean": "1.02", "scale_high": None}])

    assert possible_counts(above, {above.share.of: 100}) == range(1, 3)
    assert (above.share.low, above.share.high) == (Fraction(1, 10**9), Fraction(1, 40))


@pytest.mark.parametrize(("mean", "decimals"), [("1.00", 2), ("1.5", 0), ("1", None)])
def test_an_open_scale_whose_mean_may_be_its_end_shows_nobody(mean, decimals):
    (_, above), _ = cells_of([LINE | MEAN | {"mean": mean, "mean_decimals": decimals, "scale_high": None}])

    assert above.share.low == 0


def test_the_decimals_of_a_mean_that_nobody_wrote_down_are_those_it_shows():
    assert cells_of([LINE | MEAN | {"mean": "3.1", "mean_decimals": None}]) == cells_of(
        [LINE | MEAN | {"mean": "3.1", "mean_decimals": 1}]
    )


def test_a_score_stands_in_a_table_of_its_own_at_the_place_of_its_mean():
    (own, above, below), _ = cells_of([LINE | MEAN | {"structural": "everyone by definition"}])

    assert [cell.row for cell in (own, above, below)] == [7, 7, 7]
    assert [cell.table for cell in (above, below)] == [("r", "t, above the lowest"), ("r", "t, below the highest")]
    assert (ABOVE, BELOW) == (("score", "above the lowest"), ("score", "below the highest"))
    assert {cell.by_definition for cell in (above, below)} == {"everyone by definition"}
    assert [cell.is_margin for cell in (above, below)] == [False, False]


def test_a_score_is_in_no_sum():
    lines = [LINE | MEAN, LINE | {"margin": "both", "row_variable": None, "row_label": None, "count": 100}]

    cells, _ = cells_of(lines)

    assert list(sums(cells)) == [(key(), [key(("borough", "camden"))])]


def test_a_count_names_the_earlier_one_that_it_includes():
    (later,), _ = cells_of([LINE | {"includes": "then"}])

    assert later.earlier == Key(Population("people", "then"), key(("borough", "camden")).labels)
    assert cells_of([LINE])[0][0].earlier is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.integers(0, 2), st.booleans(), st.booleans())
def test_the_counts_behind_a_mean_hold_the_truth(scores, decimals, low, high):
    """However the scores lie, as many as scored off each end are among the counts that the mean allows."""
    printed = round(Fraction(sum(scores), len(scores)), decimals)
    ends = {"scale_low": 0 if low else None, "scale_high": 4 if high else None}
    line = LINE | {"count": len(scores), "mean": str(float(printed)), "mean_decimals": decimals} | ends

    found, _ = cells_of([line])

    truth = {ABOVE: sum(score > 0 for score in scores), BELOW: sum(score < 4 for score in scores)}
    for cell in found[1:]:
        (label,) = cell.key.labels - found[0].key.labels
        assert truth[label] in possible_counts(cell, {found[0].key: len(scores)})


PEOPLE = Population("people", "now")
WHOLE, A, X = frozenset(), ("area", "a"), ("answer", "x")


def printed(row: int, *labels: tuple[str, str], is_margin: bool = False, count: int | None = 5, **more) -> Cell:
    return Cell(row, ("r", more.pop("table", "t")), Key(PEOPLE, frozenset(labels)), is_margin, count, **more)


class TestRests:
    def test_a_grand_total_is_divided_by_its_inner_cells_and_by_the_totals_of_each_direction(self):
        inner, row, column = printed(1, A, X), printed(2, A, is_margin=True), printed(3, X, is_margin=True)

        found = [
            (total.row, parts)
            for total, _, parts in rests_of([inner, row, column, printed(4, is_margin=True)])
            if total.row == 4
        ]

        assert found == [(4, [inner.key]), (4, [row.key]), (4, [column.key])]

    def test_each_line_of_each_table_leaves_people_of_its_own(self):
        cells = [printed(1, A, X), printed(2, A, is_margin=True), printed(4, is_margin=True)]
        again = [printed(5, A, X, table="again"), printed(6, is_margin=True, table="again")]

        rests = [rest for _, rest, _ in rests_of([*cells, *again])]

        assert len(rests) == len(set(rests)) == 4

    def test_what_a_register_may_declare_are_the_words_that_are_known_here(self):
        for dpia in DPIAS:
            declared = schema.load(dpia)["published_cells"].columns["structural"]
            assert set(declared.values) == {ZERO, EVERYONE, PARTIAL}

    def test_a_total_that_is_declared_to_be_no_sum_and_one_without_a_line_leave_nobody(self):
        declared = [printed(1, A), printed(2, is_margin=True, by_definition=PARTIAL)]

        assert list(rests_of([*declared, printed(3, is_margin=True, table="alone")])) == []


class TestTotals:
    def of(self, *cells: Cell) -> list[Cell]:
        return with_totals([printed(1, table="all", is_margin=True, by_definition=PARTIAL), *cells])[1 + len(cells) :]

    def test_the_total_is_placed_where_it_is_not_printed(self):
        assert self.of(printed(2, A)) == [printed(1, is_margin=True)]

    def test_each_place_where_it_is_printed_is_told(self):
        again = printed(3, table="again", is_margin=True)

        assert [cell.row for cell in self.of(printed(2, A), again)] == [1, 3]

    def test_a_cell_of_another_table_is_a_total_of_this_one(self):
        found = self.of(printed(2, A, X), printed(3, A, table="areas"))

        assert [(cell.row, cell.table[1], cell.is_margin) for cell in found] == [
            (1, "t", True),
            (3, "t", True),
            (1, "areas", True),
        ]

    def test_the_total_of_a_percentage_is_placed_where_the_first_one_stands(self):
        share = Share(Key(PEOPLE, frozenset({A})), Fraction(0), Fraction(1, 10))
        cells = [printed(row, A, label, share=share) for row, label in ((2, X), (3, ("answer", "y")))]

        found = self.of(
            *cells, printed(4, ("area", "b"), X, share=Share(Key(PEOPLE, WHOLE), Fraction(0), Fraction(1, 10)))
        )

        assert found == [printed(1, is_margin=True), printed(2, A, is_margin=True, count=None)]

    @pytest.mark.parametrize(
        "cells",
        [
            (),
            (printed(2, A), printed(3, is_margin=True)),
            (printed(2, A), printed(3, X)),
            (printed(2, A, by_definition=PARTIAL),),
            (printed(2, A, is_score=True),),
            (printed(2, A, is_margin=True),),
        ],
    )
    def test_and_nowhere_else(self, cells):
        assert self.of(*cells) == []

    def test_one_that_is_hidden_is_placed_nowhere(self):
        cells = [printed(1, table="all", is_margin=True, count=None), printed(2, A)]

        assert with_totals(cells) == cells


class TestSums:
    def of(self, *cells: Cell) -> list[Cell]:
        return with_sums(cells)[len(cells) :]

    def test_the_total_is_placed_at_the_first_of_its_parts(self):
        found = self.of(printed(3, A, count=4), printed(2, ("area", "b"), count=5))

        assert found == [Cell(2, ("", ""), Key(PEOPLE, WHOLE), True, 9)]

    def test_what_another_table_prints_of_a_part_counts(self):
        hidden = printed(2, A, count=None), printed(3, ("area", "b"))

        assert [cell.count for cell in self.of(*hidden, printed(4, A, count=4, table="again"))] == [9]

    def test_two_tables_that_add_up_to_one_number_give_the_first(self):
        ages = printed(4, ("age", "x"), table="ages"), printed(5, ("age", "y"), count=6, table="ages")

        assert [cell.count for cell in self.of(printed(2, A), printed(3, ("area", "b")), *ages)] == [10]

    @pytest.mark.parametrize(
        "more",
        [
            (printed(3, ("area", "b"), count=None),),
            (printed(3, ("area", "b")), printed(4, is_margin=True, count=None, table="known")),
            (printed(3, ("area", "b"), by_definition=PARTIAL),),
            (),
        ],
    )
    def test_and_nowhere_else(self, more):
        assert self.of(printed(2, A), *more) == []


class TestBases:
    def of(self, *cells: Cell) -> list[Cell]:
        share = Share(Key(PEOPLE, WHOLE), Fraction(0), Fraction(1, 10))
        return with_bases([printed(1, X, count=None, share=share, table="shares"), *cells])[1 + len(cells) :]

    def test_the_total_is_placed_where_all_parts_are_shown(self):
        assert self.of(printed(2, A)) == [Cell(0, ("r", "t"), Key(PEOPLE, WHOLE), True)]

    @pytest.mark.parametrize(
        "cells",
        [
            (),
            (printed(2, A, count=None),),
            (printed(2, A), printed(3, ("area", "b"), count=None)),
            (printed(2, A), printed(3, is_margin=True, count=None)),
            (printed(2, A), printed(3, is_margin=True, table="known")),
            (printed(2, A, is_margin=True),),
        ],
    )
    def test_and_nowhere_else(self, cells):
        assert self.of(*cells) == []


@pytest.mark.parametrize(
    ("more", "is_marked"),
    [
        ({}, True),
        ({"percentage": "12.0", "percentage_of": "grand total"}, True),
        ({"mark": None}, False),
        ({"count": 12}, False),
        ({"structural": ZERO}, False),
    ],
)
def test_a_mark_stands_in_place_of_a_count(more, is_marked):
    (cell,), _ = cells_of([LINE | {"mark": "c"} | more])

    assert cell.is_marked is is_marked
