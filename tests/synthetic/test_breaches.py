"""Each evaluation has incidents of its own, over its own life, and the log of them is one that could be kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dpia_checks import DPIAS, synthetic

SAYS_NONE = {"fod": "2019-12-11", "lge": "2019-11-25"}
"""The day of the document that says there was no notifiable one in the four years before."""
HOURS = {"ico_told_at": 72, "mps_told_at": 24, "lead_provider_told_at": 24}


@pytest.fixture(params=DPIAS)
def made(request):
    return synthetic.make(request.param)


@pytest.fixture
def log(made):
    return made.texts["breaches"].to_pylist()


@pytest.fixture
def ended(made):
    return next(
        r["reached_on"] for r in made.texts["milestones"].to_pylist() if r["milestone"] == "evaluation concluded"
    )


def test_no_incident_is_in_both_logs():
    fod, lge = ({row["detected_at"] for row in synthetic.make(dpia).texts["breaches"].to_pylist()} for dpia in DPIAS)

    assert fod & lge == set()


def test_there_are_a_few_and_most_are_not_notifiable(log):
    notifiable = [row for row in log if row["notifiable"] == "yes"]

    assert 5 <= len(log) <= 10
    assert 0 < len(notifiable) < len(log) / 2


def test_they_are_spread_over_the_life_of_the_evaluation(log):
    days = [date.fromisoformat(row["detected_at"][:10]) for row in log]

    assert days == sorted(days)
    assert max(days) - min(days) > timedelta(days=3 * 365)


def test_each_is_found_while_the_data_is_there(made, log, ended):
    came = min(row["sent_at"][:10] for row in made.texts["transfers"].to_pylist())
    came = min(came, *(row["accessed_at"][:10] for row in made.texts["access_log"].to_pylist()))

    assert [row["breach_id"] for row in log if not came <= row["occurred_at"][:10]] == []
    assert [row["breach_id"] for row in log if row["detected_at"][:10] >= ended] == []


def test_each_is_in_data_that_had_come_by_then(made, log):
    came = {}
    for row in made.texts["assets"].to_pylist():
        came[row["data_set"]] = min(came.get(row["data_set"], "9999"), row["recorded_on"])
    came["bespoke data"] = min(row["began_on"] for row in made.texts["processor_work"].to_pylist())

    assert [row["breach_id"] for row in log if row["occurred_at"][:10] < came[row["data_set"]]] == []


def test_what_a_contracted_provider_found_is_in_data_that_it_held_that_day(made, log):
    held = [(row["began_on"], row["data_held_until"]) for row in made.texts["processor_work"].to_pylist()]
    found = [row for row in log if row["found_by"] == "contracted provider"]

    def is_held(day):
        return any(first <= day <= last for first, last in held)

    assert found
    assert [
        r["breach_id"] for r in found if not (is_held(r["occurred_at"][:10]) and is_held(r["detected_at"][:10]))
    ] == []


def test_each_happened_while_somebody_was_at_work(log):
    happened = {row["breach_id"]: datetime.fromisoformat(row["occurred_at"]) for row in log}

    assert [id for id, at in happened.items() if at.weekday() > 4 or not 7 <= at.hour <= 22] == []


def test_none_is_notifiable_before_the_document_that_says_there_was_none(made, log):
    early = [row for row in log if row["detected_at"][:10] <= SAYS_NONE[made.facts.dpia]]

    assert early
    assert {row["notifiable"] for row in early} == {"no"}


def test_corporate_information_is_nobodys_and_never_notifiable(log):
    corporate = [row for row in log if row["nature"] == "sensitive corporate"]

    assert corporate
    assert {(row["notifiable"], row["records"]) for row in corporate} == {("no", None)}


def test_only_of_a_notifiable_one_is_anybody_outside_told(log):
    outside = ("ico_told_at", "mps_told_at", "mps_told_by", "lead_provider_told_at")

    assert [row for row in log if row["notifiable"] == "no" and any(row[name] for name in outside)] == []


@pytest.mark.parametrize("told", HOURS)
def test_each_is_told_in_the_very_last_minute_once(log, told):
    hours = [datetime.fromisoformat(row[told]) - datetime.fromisoformat(row["detected_at"]) for row in log if row[told]]

    assert max(hours) == timedelta(hours=HOURS[told])


def test_what_happened_is_told_of_each_in_words_of_its_own(log):
    assert len({row["impact"] for row in log}) == len(log)
