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
