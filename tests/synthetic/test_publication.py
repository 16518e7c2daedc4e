"""The made-up publications: counted from the analyses they report, and safe at any seed."""

from __future__ import annotations

from collections import Counter

import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.statistical_disclosure.bounds import bounds_of
from dpia_checks.statistical_disclosure.differencing import small_differences
from dpia_checks.statistical_disclosure.tables import cells_of
from dpia_checks.statistical_disclosure.thresholds import all_alike, small
from dpia_checks.synthetic.publication import MARK

FIRST = {"fod": "AN-01", "lge": "AN-02"}


def lines(made, table):
    return made.texts[table].to_pylist()


def cells(made):
    return cells_of([line | {"row": row} for row, line in enumerate(lines(made, "published_cells"), start=1)])[0]


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_release_counts_everybody_in_its_analysis_but_those_taken_out_again(dpia):
    made = synthetic.make(dpia)
    inside = Counter(line["analysis_id"] for line in lines(made, "analysis_cases") if not line.get("taken_out_on"))

    totals = {
        (line["as_at"], int(line["count"]))
        for line in lines(made, "published_cells")
        if line["margin"] == "both" and line["as_at"].startswith("AN-")
    }

    assert totals
    assert all(inside[as_at] == count for as_at, count in totals)


@pytest.mark.parametrize("dpia", DPIAS)
def test_somebody_left_since_the_first_release_and_a_later_report_prints_the_last_table_unchanged(dpia):
    made = synthetic.make(dpia)
    cases = {(line["analysis_id"], line["client_id"]) for line in lines(made, "analysis_cases")}
    then, now = ({client for of, client in cases if of == analysis} for analysis in (FIRST[dpia], "AN-04"))
    printed = [
        (line["report_id"], line["as_at"], line["cell_id"][4:], line["count"])
        for line in lines(made, "published_cells")
        if line["as_at"] == "AN-04" and line["table_name"] != "WHO"
    ]

    first, again = ({cell[1:] for cell in printed if cell[0] == report} for report in ("R04", "R05"))

    assert then - now
    assert first == again


class TestCountedFromTheCases:
    """The tables of boroughs, counted again here from the cases of each analysis and from what Advance sent."""

    @pytest.fixture
    def made(self):
        return synthetic.make("fod")

    @pytest.fixture
    def counted(self, made) -> Counter[tuple[str, str, str]]:
        women = {line["client_id"]: line for line in lines(made, "advance_referrals_in")}
        counted: Counter[tuple[str, str, str]] = Counter()
        for case in lines(made, "analysis_cases"):
            woman = women[case["client_id"]]
            if not case["taken_out_on"]:
                came = "engaged" if woman["engagement"] == "yes" else "in contact, not engaged"
                counted[case["analysis_id"], woman["area"], came if woman["contact"] == "yes" else "not reached"] += 1
        return counted

    @pytest.fixture
    def printed(self, made) -> list[tuple[tuple[str, str, str], str | None]]:
        return [
            ((line["as_at"], line["row_label"], line["column_label"]), line["count"])
            for line in lines(made, "published_cells")
            if (line["table_name"], line["margin"]) == ("BOROUGH", "none")
        ]

    def test_every_count_that_is_shown_is_the_count_of_the_cases(self, counted, printed):
        shown = [(counted[cell], int(count)) for cell, count in printed if count is not None]

        assert any(count for _, count in shown)
        assert [pair for pair in shown if pair[0] != pair[1]] == []

    def test_every_small_count_is_hidden(self, counted, printed):
        small_ones = [(cell, count) for cell, count in printed if 0 < counted[cell] < 10]

        assert small_ones
        assert [cell for cell, count in small_ones if count is not None] == []

    def test_a_table_hides_something_only_when_a_count_is_small_or_hardly_grew(self, counted, printed):
        before = {"AN-03": "AN-01", "AN-04": "AN-03"}

        asked = {
            cell[0]
            for cell, _ in printed
            if 0 < counted[cell] < 10 or 0 < counted[cell] - counted[before.get(cell[0], ""), cell[1], cell[2]] < 10
        }

        assert {cell[0] for cell, count in printed if count is None} == asked


@pytest.mark.parametrize("dpia", DPIAS)
def test_every_hidden_cell_has_the_same_mark(dpia):
    made = synthetic.make(dpia)

    assert {cell.mark for cell in cells(made) if cell.is_hidden} == {MARK}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("dpia", DPIAS)
def test_the_tables_are_safe_at_any_seed(dpia, seed):
    published = cells(synthetic.make(dpia) if seed == synthetic.SEED else synthetic.make(dpia, seed))
    bounds = bounds_of(published)

    assert [cell for cell in published if cell.is_hidden and bounds[cell.key].apart < 5] == []
    assert not small(published, 10)
    assert not all_alike(published)
    assert not small_differences(published, bounds, 10)


@pytest.mark.parametrize("dpia", DPIAS)
def test_hiding_only_what_is_small_would_not_have_been_enough(dpia):
    published = cells(synthetic.make(dpia))

    assert sum(cell.is_hidden for cell in published) > 10
