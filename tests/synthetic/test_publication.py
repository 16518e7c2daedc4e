"""The made-up publications: counted from the analyses they report, and safe at any seed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.statistical_disclosure.bounds import bounds_of
from dpia_checks.statistical_disclosure.differencing import small_differences
from dpia_checks.statistical_disclosure.tables import cells_of
from dpia_checks.statistical_disclosure.thresholds import all_alike, small
from dpia_checks.synthetic.draws import later
from dpia_checks.synthetic.programmes import AREAS, MARK

FIRST = {"fod": "AN-01", "lge": "AN-02"}
LAST = {"fod": ("AN-06", "R06", "R09"), "lge": ("AN-04", "R04", "R05")}
"""The last analysis whose tables are published, its report, and the later one that prints them again."""
SURVEY = {"fod": "exit survey", "lge": "surveys online"}
"""The survey whose answers are printed."""


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
    then, now = ({client for of, client in cases if of == analysis} for analysis in (FIRST[dpia], LAST[dpia][0]))
    printed = [
        (line["report_id"], line["as_at"], line["cell_id"][4:], line["count"])
        for line in lines(made, "published_cells")
        if line["as_at"] == LAST[dpia][0] and line["table_name"] != "WHO"
    ]

    first, again = ({cell[1:] for cell in printed if cell[0] == report} for report in LAST[dpia][1:])

    assert then - now
    assert first == again


@pytest.mark.parametrize("dpia", DPIAS)
def test_people_matched_are_counted_after_they_were_matched(dpia):
    made = synthetic.make(dpia)
    matched = sorted({line["matched_on"] for line in lines(made, "matched_cases")})
    released = {line["report_id"]: line["released_on"] for line in lines(made, "reports")}
    of = {
        line["as_at"]: released[line["report_id"]]
        for line in lines(made, "published_cells")
        if line["table_name"] == "CRIME"
    }

    assert len(matched) == len(of) == 2
    assert matched[0] < of["first matching"] < of["final"]
    assert matched[1] < of["final"]


@pytest.mark.parametrize("dpia", DPIAS)
def test_what_prints_arrests_says_that_it_draws_on_police_data(dpia):
    made = synthetic.make(dpia)
    printed = {line["report_id"] for line in lines(made, "published_cells") if line["topic"] == "crime"}

    assert {line["police_data"] for line in lines(made, "reports") if line["report_id"] in printed} == {"yes"}


@pytest.mark.parametrize("dpia", DPIAS)
def test_as_many_are_counted_as_matched_as_were_matched_by_then(dpia):
    made = synthetic.make(dpia)
    person = "delius_number" if dpia == "fod" else "person_number"
    clients: dict[str, set[str]] = {}
    for line in lines(made, "matched_cases"):
        if is_client(line):
            clients.setdefault(line["matched_on"], set()).add(line[person])
    first, last = (clients[on] for on in sorted(clients))

    totals = {
        line["as_at"]: int(line["count"])
        for line in lines(made, "published_cells")
        if (line["table_name"], line["margin"]) == ("CRIME", "both")
    }

    assert first - last or dpia == "fod"
    assert totals == {"first matching": len(first), "final": len(first | last)}


class TestCountedFromTheRegisters:
    """The tables of arrests, of staff and of answers, counted again from who was arrested and who answered."""

    LISTS = ("CRIME", "STAFF", "SURVEY")

    @pytest.fixture(params=DPIAS)
    def made(self, request):
        return synthetic.make(request.param)

    @pytest.fixture
    def counted(self, made) -> Counter[tuple[str, str, str]]:
        person = "delius_number" if made.facts.dpia == "fod" else "person_number"
        often = Counter(line[person] for line in lines(made, "arrests"))
        matched = sorted((line["matched_on"], line[person]) for line in lines(made, "matched_cases") if is_client(line))
        first = {one for on, one in matched if on == matched[0][0]}
        ways = ("not", "once", "twice", "three times or more")
        answers = [
            (line["answered_by"], line["staff_role"] or line["satisfied"]) for line in lines(made, "survey_answers")
        ]
        return Counter(
            [
                *(("CRIME", "first matching", ways[often[one]]) for one in first),
                *(("CRIME", "final", ways[often[one]]) for one in {one for _, one in matched}),
                *(
                    ("STAFF", "SV-2", said) if by == "staff" else ("SURVEY", SURVEY[made.facts.dpia], said)
                    for by, said in answers
                ),
            ]
        )

    @pytest.fixture
    def printed(self, made) -> dict[tuple[str, str, str], str | None]:
        return {
            (line["table_name"], line["as_at"], line["row_label"]): line["count"]
            for line in lines(made, "published_cells")
            if line["table_name"] in self.LISTS and line["margin"] == "none"
        }

    def test_every_count_that_is_shown_is_the_count_of_the_register(self, counted, printed):
        assert {cell: int(count) for cell, count in printed.items() if count} == {
            cell: counted[cell] for cell, count in printed.items() if count
        }
        assert {cell for cell in counted if counted[cell]} == set(printed)

    def test_what_few_people_are_behind_is_hidden_and_one_more_where_it_would_be_alone(self, counted, printed):
        hidden = {cell for cell, count in printed.items() if count is None}

        assert {cell for cell in printed if counted[cell] < 10} == hidden - {("CRIME", "first matching", "twice")}
        assert ("CRIME", "first matching", "twice") in hidden

    def test_an_arrest_is_after_the_referral_and_before_the_matching(self, made):
        fod = made.facts.dpia == "fod"
        person = "delius_number" if fod else "person_number"
        since = (
            {line["delius_number"]: line["date_referral_received"] for line in lines(made, "advance_referrals_in")}
            if fod
            else {line["client_id"]: line["joined_on"] for line in lines(made, "service_users")}
        )
        until: dict[str, str] = {}
        for line in sorted(lines(made, "matched_cases"), key=lambda line: line["matched_on"]):
            if is_client(line):
                until.setdefault(line[person], line["matched_on"])

        assert [
            line
            for line in lines(made, "arrests")
            if not since[line[person]] < line["arrested_on"] <= until[line[person]]
        ] == []


def is_client(line) -> bool:
    return line["arm"] == "client"


class TestCountedFromTheCases:
    """The tables of clients, counted again from the cases of each analysis and from what the extract before it told."""

    @pytest.fixture(params=DPIAS)
    def made(self, request):
        return synthetic.make(request.param)

    @pytest.fixture
    def counted(self, made) -> Counter[tuple[str, str, str, str]]:
        told = {"fod": women_told, "lge": young_people_told}[made.facts.dpia](made)
        by = {line["analysis_id"]: day_of_extract(made, line["started_at"]) for line in lines(made, "analyses")}
        return Counter(
            (table, case["analysis_id"], *label)
            for case in lines(made, "analysis_cases")
            if not case.get("taken_out_on")
            for table, label in told[case["client_id"]](by[case["analysis_id"]]).items()
        )

    @pytest.fixture
    def printed(self, made) -> list[tuple[tuple[str, str, str, str], str | None]]:
        return [
            ((line["table_name"], line["as_at"], line["row_label"], line["column_label"]), line["count"])
            for line in lines(made, "published_cells")
            if line["as_at"].startswith("AN-") and line["margin"] == "none" and line["table_name"] != "WHO"
        ]

    def test_every_count_that_is_shown_is_the_count_of_the_cases(self, counted, printed):
        shown = [(counted[cell], int(count)) for cell, count in printed if count is not None]

        assert any(count for _, count in shown)
        assert [pair for pair in shown if pair[0] != pair[1]] == []

    def test_every_one_of_the_cases_is_in_a_cell_of_the_table(self, counted, printed):
        there = {cell for cell, _ in printed}

        assert {cell for cell in counted if cell[:2] in {of[:2] for of in there}} <= there

    def test_every_small_count_is_hidden(self, counted, printed):
        small_ones = [(cell, count) for cell, count in printed if 0 < counted[cell] < 10]

        assert small_ones
        assert [cell for cell, count in small_ones if count is not None] == []

    def test_a_table_hides_something_only_when_a_count_is_small_or_hardly_grew(self, counted, printed):
        analyses = sorted({cell[1] for cell, _ in printed})
        before = dict(zip(analyses[1:], analyses, strict=False))

        asked = {
            cell[0]
            for cell, _ in printed
            if 0 < counted[cell] < 10
            or 0 < abs(counted[cell] - counted[cell[0], before.get(cell[1], ""), cell[2], cell[3]]) < 10
        }

        assert {cell[0] for cell, count in printed if count is None} == asked

    def test_a_hidden_cell_is_small_itself_or_in_a_line_with_one_that_is(self, counted, printed):
        hidden = {cell for cell, count in printed if count is None}
        labels = {(cell[0], *cell[2:]) for cell in hidden}
        asked = {label for label in labels if self.is_asked(label, counted, printed)}

        assert asked
        assert [
            label
            for label in labels
            if not any(a[0] == label[0] and (a[1] == label[1] or a[2] == label[2]) for a in asked)
        ] == []

    def is_asked(self, label, counted, printed) -> bool:
        shown = [counted[cell] for cell in sorted({c for c, _ in printed if (c[0], *c[2:]) == label})]
        return any(0 < n < 10 for n in (*shown, *(abs(b - a) for a, b in combinations(shown, 2))))


def day_of_extract(made, began: str) -> str:
    """The day on which the last extract before an analysis came."""
    return max(line["delivered_on"] for line in lines(made, "extract_cases") if line["delivered_on"] <= began)


def women_told(made):
    """What an extract of a day tells of each woman, by table."""

    def telling(woman):
        def told(by):
            if not woman["contact_date"] or woman["contact_date"] > by:
                came = "not reached"
            else:
                engaged = woman["engagement_date"] and woman["engagement_date"] <= by
                came = "engaged" if engaged else "in contact, not engaged"
            return {
                "BOROUGH": (woman["area"], came),
                "HEALTH": (woman["area"], woman["has_mental_health_disability"]),
            }

        return told

    return {woman["client_id"]: telling(woman) for woman in lines(made, "advance_referrals_in")}


def young_people_told(made):
    """What an extract of a day tells of each young person, by table."""
    of = {borough: area for area, boroughs in AREAS.items() for borough in boroughs}
    words = {"None": "none", "Youth rehabilitation order": "youth order"}

    def telling(client, referral):
        area, order = of[referral["referral_borough"]], client["statutory_order"]

        def told(by):
            then = later(np.asarray([client["date_client_allocated"]], dtype="datetime64[D]"), 3)[0]
            engaged = client["engaged_at_3_months"] == "yes" and str(then) <= by
            return {
                "AREA": (area, words.get(order, order.lower())),
                "ENGAGED": (area, "yes" if engaged else "no, or not yet"),
            }

        return told

    both = zip(lines(made, "cms_clients"), lines(made, "cms_referrals"), strict=True)
    return {f"C{number:06d}": telling(*one) for number, one in enumerate(both, start=1)}


@pytest.mark.parametrize("dpia", DPIAS)
def test_every_hidden_cell_has_the_same_mark(dpia):
    made = synthetic.make(dpia)

    assert {cell.mark for cell in cells(made) if cell.is_hidden} == {MARK}


@pytest.mark.parametrize("seed", [1, 2, 3, 8])
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
