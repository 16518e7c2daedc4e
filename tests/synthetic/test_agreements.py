"""The registers of requests, papers, uses and bases agree with each other and with the rest of the life."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dpia_checks import DPIAS, synthetic

AUTHORS = {"Female Offender data": "Advance", "LGE data": "Safer London"}


@pytest.fixture(params=DPIAS)
def rows(request):
    made = synthetic.make(request.param)
    return lambda table: made.texts[table].to_pylist()


def test_a_request_to_correct_follows_an_error_of_the_register(rows):
    errors = {(row["author"], row["found_on"]) for row in rows("corrections")}
    asked = [row for row in rows("requests") if row["kind"] == "rectification"]

    found = [
        any((AUTHORS[row["data_set"]], day) in errors for day in days_after(row["received_on"], 3)) for row in asked
    ]

    assert found == [True]


def days_after(day: str, days: int) -> list[str]:
    return [(date.fromisoformat(day) + timedelta(days=n)).isoformat() for n in range(days + 1)]


def test_a_product_is_a_report_released_that_day_to_those_people(rows):
    released = [(row["report_id"], row["released_on"], row["audience"]) for row in rows("reports")]
    listed = [(row["report_id"], row["released_on"], row["output_audience"]) for row in rows("outputs")]

    assert sorted(listed) == sorted(released)


def test_what_comes_at_a_milestone_was_reviewed_on_the_days_that_the_register_of_products_gives(rows):
    reached = {row["milestone_id"]: row["reached_on"] for row in rows("milestones")}
    reviewed = {
        (row["released_on"], row["internal_review_on"], row["partner_review_on"])
        for row in rows("outputs")
        if row["output_audience"] == "public"
    }
    products = rows("milestone_products")

    assert {
        (reached[row["at_milestone"]], row["reviewed_internally_on"], row["reviewed_by_partners_on"])
        for row in products
    } <= reviewed
    assert [row for row in products if not row["produced_on"] <= row["reviewed_internally_on"]] == []


def test_a_dashboard_serves_how_the_service_performs(rows):
    dashboards = {row["report_id"] for row in rows("reports") if row["form"] == "dashboard"}
    purposes = {row["output_purpose"] for row in rows("outputs") if row["report_id"] in dashboards}

    assert len(dashboards) == len(rows("analyses"))
    assert purposes <= {"performance framework", "performance review"}


def test_data_is_used_on_the_days_on_which_an_analysis_began(rows):
    began = {row["started_at"][:10] for row in rows("analyses")}

    assert {row["used_on"] for row in rows("uses")} == began


def test_what_is_used_is_what_the_record_of_processing_has_and_the_other_way_round(rows):
    used = {(row["used_data"], row["used_category"], row["use_purpose"]) for row in rows("uses")}
    recorded = {(row["source_data"], row["data_category"], row["record_purpose"]) for row in rows("processing_records")}

    assert {line for line in recorded if line[0] != "WIP data"} == used


def test_a_request_goes_on_before_it_is_answered_and_after_it_came(rows):
    wrong = [
        row["request_id"]
        for row in rows("requests")
        if not row["received_on"] <= row["passed_on"] <= (row["answered_on"] or "9999")
    ]

    assert wrong == []


def test_a_processor_holds_the_data_until_after_its_work_and_a_survey_no_longer_than_its_portal_runs(rows):
    runs_until = max(row["in_use_until"] for row in rows("hosting") if row["system_name"] == "survey portal")
    work = rows("processor_work")

    assert [row for row in work if not row["began_on"] <= row["ended_on"] <= row["data_held_until"]] == []
    surveys = [row["data_held_until"] for row in work if row["task"] == "online survey"]
    assert max(surveys) == runs_until


def test_a_contract_ends_on_the_day_on_which_the_data_of_its_work_is_gone(rows):
    contracts = [row for row in rows("contracts") if row["contractor"] == "another company"]
    work = [row for row in rows("processor_work") if row["processor"] == "another company"]

    assert [(row["began_on"], row["data_held_until"]) for row in work] == [
        (row["signed_on"], row["expires_on"]) for row in contracts
    ]


def test_a_paper_ends_no_earlier_than_it_began(rows):
    papers = [*rows("agreements"), *rows("contracts")]

    assert [row for row in papers if row["signed_on"] > row["expires_on"]] == []


def test_some_data_comes_on_the_first_day_of_an_agreement_and_some_on_the_last(rows):
    days = {row["sent_at"][:10] for row in rows("transfers") if row["personal"] == "yes"}
    signed = [row for row in rows("agreements") if row["agreement_status"] == "signed"]

    assert days & {row["signed_on"] for row in signed}
    assert days & {row["expires_on"] for row in signed}


def test_the_last_report_is_the_final_one_and_comes_before_the_evaluation_concludes(rows):
    reached = {row["milestone"]: row["reached_on"] for row in rows("milestones")}
    reviewed = [row["reviewed_by_partners_on"] for row in rows("milestone_products")]

    assert max(row["reported_on"] for row in rows("analyses")) == reached["final report"]
    assert max(row["released_on"] for row in rows("reports")) <= reached["evaluation concluded"]
    assert max(*reviewed, *(row["partner_review_on"] for row in rows("outputs"))) <= reached["evaluation concluded"]
