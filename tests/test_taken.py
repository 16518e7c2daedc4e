"""A set cannot tell of what happened after the day on which it was taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dpia_checks import schema, synthetic, taken
from dpia_checks.records import ExtractSet


@pytest.fixture(scope="module")
def made():
    return synthetic.make("fod", 1, 0.02)


def of_day(made, day, as_of=""):
    texts = {name: made.texts[name] for name in ("breaches", "clearances")}
    return ExtractSet(texts, schema.load("fod"), replace(made.facts, taken_on=day, as_of=as_of))


def test_the_made_up_set_is_of_its_day_although_clearances_end_later(made):
    assert list(taken.later(of_day(made, made.facts.taken_on))) == []


@pytest.mark.parametrize(("day", "tells"), [("{last}", []), ("{before}", ["breaches"]), ("2010-01-01", ["breaches"])])
def test_the_day_of_the_last_instant_is_in_time_and_the_day_before_is_not(made, day, tells):
    columns = [name for name, column in schema.load("fod")["breaches"].columns.items() if column.type == "instant"]
    last = max(cell for name in columns for cell in made.texts["breaches"][name].to_pylist() if cell)[:10]
    days = {"last": last, "before": date.fromisoformat(last) - timedelta(days=1)}

    problems = list(taken.later(of_day(made, day.format(**days))))

    assert [problem.where for problem in problems] == tells


@pytest.mark.parametrize(("as_of", "tells"), [("2010-01-01", ["breaches"]), ("{taken}", []), ("2999-12-31", [])])
def test_a_day_to_judge_by_before_something_happened_is_refused_too(made, as_of, tells):
    """What was open on that day would count as not yet late, and every promise would look kept."""
    taken_on = made.facts.taken_on

    problems = list(taken.later(of_day(made, taken_on, as_of.format(taken=taken_on))))

    assert [problem.where for problem in problems] == tells
    assert all("--as-of judges the set by" in problem.what for problem in problems)


def test_a_later_day_to_judge_by_does_not_hide_a_wrong_day_of_the_manifest(made):
    assert [problem.where for problem in taken.later(of_day(made, "2010-01-01", "2999-12-31"))] == ["breaches"]
