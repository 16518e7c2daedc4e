"""Who was asked in interviews and surveys: the logs, the portal, the work of contractors and the reports agree."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from dpia_checks import DPIAS, synthetic


@pytest.fixture(scope="module", params=DPIAS)
def made(request):
    return synthetic.make(request.param)


@pytest.fixture
def rows(made):
    return lambda table: made.texts[table].to_pylist()


def test_as_many_answered_each_survey_online_as_its_portal_counted(rows):
    counted = {row["survey_id"]: (row["asked_of"], int(row["answers"])) for row in rows("portal_surveys")}
    online = [row for row in rows("survey_answers") if row["of_survey"] != "exit survey"]
    answered = Counter((row["of_survey"], row["answered_by"]) for row in online)

    assert answered
    assert {survey: (by, many) for (survey, by), many in answered.items()}.items() <= counted.items()


def test_only_who_was_offered_the_survey_before_the_analysis_answers_as_they_leave():
    made = synthetic.make("fod")
    begun = next(row["started_at"][:10] for row in made.texts["analyses"].to_pylist() if row["analysis_id"] == "AN-09")
    asked = [row for row in made.texts["offers"].to_pylist() if (row["survey_at_exit_on"] or "9999") <= begun]
    answers = [row for row in made.texts["survey_answers"].to_pylist() if row["answered_by"] == "client"]

    assert 0 < len(answers) <= len(asked)


def test_at_a_small_scale_no_more_answer_than_are_asked():
    made = synthetic.make("fod", scale=0.05).texts
    clients = [row for row in made["survey_answers"].to_pylist() if row["answered_by"] == "client"]

    assert 0 < len(clients) <= len([row for row in made["offers"].to_pylist() if row["survey_at_exit_on"]]) < 100


def test_gang_exit_asks_no_client_in_a_survey_and_fewer_than_forty_people_at_a_time():
    surveys = synthetic.make("lge").texts["portal_surveys"].to_pylist()

    assert {row["asked_of"] for row in surveys} == {"staff", "stakeholder"}
    assert [row for row in surveys if int(row["answers"]) >= 40] == []


def test_whatever_is_printed_of_answers_was_closed_before_the_report(rows):
    closed = {row["survey_id"]: row["closed_on"] for row in rows("portal_surveys")}
    released = {row["report_id"]: row["released_on"] for row in rows("reports")}
    printed = min(
        released[row["report_id"]] for row in rows("published_cells") if row["table_name"] in {"STAFF", "SURVEY"}
    )
    surveys = {row["of_survey"] for row in rows("survey_answers")} & set(closed)

    assert surveys
    assert [survey for survey in surveys if closed[survey] >= printed] == []


def test_each_contractor_who_interviews_holds_an_interview(rows):
    spans = [(row["began_on"], row["ended_on"]) for row in rows("processor_work") if row["task"] == "interviews"]
    began = [row["began_at"][:10] for row in rows("interviews")]

    assert spans
    assert [span for span in spans if not any(span[0] <= on <= span[1] for on in began)] == []


def test_the_words_that_are_quoted_are_in_use_until_shortly_before_the_report(rows):
    released = {row["report_id"]: date.fromisoformat(row["released_on"]) for row in rows("reports")}
    used = max(date.fromisoformat(row["last_used_at"][:10]) for row in rows("interviews"))

    for quote in rows("quotes"):
        assert timedelta() <= released[quote["report_id"]] - used <= timedelta(days=28)


def test_who_is_heard_for_a_report_is_heard_before_it():
    made = synthetic.make("lge").texts
    released = sorted(row["released_on"] for row in made["reports"].to_pylist() if row["report_id"][3:] == "")
    due = {"interim report 2": released[1], "final report": released[-1]}
    heard = made["interviews"].to_pylist()

    assert {row["held_for"] for row in heard if row["taking_part"] == "client"} == set(due)
    assert [row["interview_id"] for row in heard if row["began_at"][:10] >= due[row["held_for"]]] == []


def test_every_interview_and_every_survey_online_has_a_record_of_its_kind(rows):
    kinds = {"survey": "survey response", "interview": "interview transcript"}
    held = {row["interview_id"]: kinds[row["held_as"]] for row in rows("interviews")}
    online = {row["survey_id"]: "survey response" for row in rows("portal_surveys")}

    assert {row["material_id"]: row["material_kind"] for row in rows("materials")} == held | online
