"""How the lines of a register become cells, and which cells add up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dpia_checks.statistical_disclosure.tables import Key, Population, cells_of, lines_of, sums

BLANK = dict.fromkeys(
    ("column_variable", "column_label", "count", "percentage", "decimals", "percentage_of", "mark", "structural")
)
LINE = BLANK | {
    "row": 7,
    "report_id": "R",
    "table_name": "T",
    "counted": "people",
    "as_at": "now",
    "row_variable": "borough",
    "row_label": "Camden",
    "margin": "none",
}


def key(*labels: tuple[str, str]) -> Key:
    return Key(Population("people", "now"), frozenset(labels))


def test_a_cell_is_known_by_whom_it_counts_and_its_labels():
    (cell,), unplaced = cells_of([LINE | {"count": 12}])

    assert (cell.key, cell.count, cell.is_hidden, unplaced) == (key(("borough", "Camden")), 12, False, [])


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

    assert [cell.key for cell in cells] == [key(("borough", "Camden")), key(("age", "16")), key()]


def test_a_percentage_says_half_a_step_either_way():
    (cell,), _ = cells_of([LINE | {"percentage": 12.5, "decimals": 1, "percentage_of": "grand total"}])

    assert (cell.share.of, cell.share.low, cell.share.high) == (key(), Fraction(1245, 10000), Fraction(1255, 10000))
    assert not cell.is_hidden


@pytest.mark.parametrize("more", [{"percentage_of": None}, {"percentage_of": "row total"}])
def test_a_percentage_of_nothing_or_of_itself_says_nothing(more):
    (cell,), _ = cells_of([LINE | {"percentage": 12.5, "decimals": 1} | more])

    assert cell.share is None


def test_a_zero_by_definition_is_not_hidden():
    (cell,), _ = cells_of([LINE | {"structural": "zero by definition"}])

    assert (cell.is_hidden, cell.known) == (False, 0)


def test_totals_are_tied_to_the_inner_cells_of_their_own_table():
    total = LINE | {"margin": "both", "count": 12}
    cells, _ = cells_of([LINE, LINE | {"row_label": "Islington"}, total, LINE | {"table_name": "another"}])

    assert list(sums(cells)) == [(key(), [key(("borough", "Camden")), key(("borough", "Islington"))])]
    assert [len(parts) for _, parts in lines_of(cells)] == [2]
