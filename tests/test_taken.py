"""A set cannot tell of what happened after the day on which it was taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dpia_checks import schema, synthetic, taken
from dpia_checks.records import ExtractSet


@pytest.fixture(scope="module")
def made():
    return synthetic.make("fod", 1, 0.02)


def of_day(made, day):
    texts = {name: made.texts[name] for name in ("breaches", "clearances")}
    return ExtractSet(texts, schema.load("fod"), replace(made.facts, taken_on=day))


def test_the_made_up_set_is_of_its_day_although_clearances_end_later(made):
    assert list(taken.later(of_day(made, made.facts.taken_on))) == []


@pytest.mark.parametrize(("day", "tells"), [("{last}", []), ("{before}", ["breaches"]), ("2010-01-01", ["breaches"])])
def test_the_day_of_the_last_instant_is_in_time_and_the_day_before_is_not(made, day, tells):
    columns = [name for name, column in schema.load("fod")["breaches"].columns.items() if column.type == "instant"]
    last = max(cell for name in columns for cell in made.texts["breaches"][name].to_pylist() if cell)[:10]
    days = {"last": last, "before": date.fromisoformat(last) - timedelta(days=1)}

    problems = list(taken.later(of_day(made, day.format(**days))))

    assert [problem.where for problem in problems] == tells
