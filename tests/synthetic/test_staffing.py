"""Nobody works on data before joining, and the data of each analysis has somebody who takes it in."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.working_days import bank_holidays, is_working_day


@pytest.fixture(params=DPIAS)
def rows(request):
    made = synthetic.make(request.param)
    return lambda table: made.texts[table].to_pylist()


@pytest.fixture
def joined(rows):
    return {row["person_id"]: row["joined_on"] for row in rows("staff")}


@pytest.fixture
def drawn(rows):
    """The uses of police systems, with their days."""
    return [(row, row["accessed_at"][:10]) for row in rows("access_log") if row["system"] not in {"FOUNDATION", None}]


def test_the_team_is_there_when_the_first_data_comes(rows):
    came = min(row["sent_at"][:10] for row in rows("transfers") if row["recipient"] == "MOPAC")

    assert [row for row in rows("staff") if row["team"] == "Evidence and Insight" and row["joined_on"] <= came]


def test_nobody_uses_data_or_is_trained_before_joining(rows, joined):
    used = [(row["person_id"], row["accessed_at"][:10]) for row in rows("access_log")]
    trained = [(row["trained_person"], row["completed_on"]) for row in rows("training")]
    permitted = [(row["permitted_person"], row["permitted_from"]) for row in rows("system_permissions")]

    assert [(who, day) for who, day in (*used, *trained, *permitted) if day < joined[who]] == []


def test_a_police_system_is_used_from_the_day_of_permission_and_training_on(rows, drawn):
    spans = {}
    for row in rows("system_permissions"):
        span = (row["permitted_from"], row["permitted_until"] or "9999")
        spans.setdefault((row["permitted_person"], row["permitted_system"]), []).append(span)
    taught = {(row["trained_person"], row["course"]): row["completed_on"] for row in rows("training")}

    assert [row for row, day in drawn if taught[key(row)] > day] == []
    assert [row for row, day in drawn if not any(first <= day <= last for first, last in spans[key(row)])] == []
    assert min(day for _, day in drawn) in {first for given in spans.values() for first, _ in given}


def test_a_permission_runs_on_days_of_a_clearance_only(rows):
    """Who is not cleared for some days has a permission until the day before them, and another after them."""
    levels = {}
    for row in rows("clearances"):
        levels.setdefault(row["cleared_person"], []).append((row["granted_on"], row["expires_on"]))
    gaps = [
        (who, next_day(ended), granted)
        for who, spans in levels.items()
        for (_, ended), (granted, _) in pairwise(sorted(spans))
        if next_day(ended) < granted
    ]

    permissions = rows("system_permissions")

    assert gaps
    for who, first, after in gaps:
        own = [(p["permitted_from"], p["permitted_until"]) for p in permissions if p["permitted_person"] == who]
        assert [span for span in own if span[0] < after and (span[1] or "9999") >= first] == []


def next_day(day):
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def test_the_team_works_on_working_days(rows):
    """But for the uses on either side of a clearance, which may begin and end on any day."""
    used = [row for row in rows("access_log") if not row["access_id"].startswith("AC-BOUND")]

    days = {date.fromisoformat(row["accessed_at"][:10]) for row in used}

    assert [day for day in sorted(days) if not is_working_day(day, bank_holidays())] == []


def key(row):
    return row["person_id"], row["system"]


def test_each_analysis_has_a_file_from_the_police_taken_by_somebody_logged_on_then(rows):
    uses = {(row["person_id"], row["accessed_at"]) for row in rows("access_log") if row["system"] == "CRIS"}
    files = {row["for_analysis"]: row for row in rows("police_files")}

    assert set(files) == {row["analysis_id"] for row in rows("analyses")}
    assert {(row["anonymised_by"], row["downloaded_at"]) for row in files.values()} <= uses


def test_nothing_is_drawn_from_the_police_before_the_list_of_cases_came(rows):
    lists = [row["sent_at"] for row in rows("transfers") if row["sender"] in {"Advance", "Safer London"}]
    began = {row["analysis_id"]: row["started_at"] for row in rows("analyses")}

    for row in rows("police_files"):
        came = max(sent for sent in lists if sent < began[row["for_analysis"]])
        assert came < row["downloaded_at"], row["police_file_id"]


def test_the_data_of_each_analysis_is_opened_between_its_coming_and_its_report(rows):
    days = [date.fromisoformat(row["accessed_at"][:10]) for row in rows("access_log")]

    for row in rows("analyses"):
        began, reported = (date.fromisoformat(row[name][:10]) for name in ("started_at", "reported_on"))
        assert any(began - timedelta(days=14) <= day <= reported for day in days), row["analysis_id"]


def test_police_data_is_drawn_under_a_proforma_from_the_first_use_on():
    lge = synthetic.make("lge").texts
    signed = {
        row["proforma_id"]: max(row["completed_by_mopac_on"], row["mopac_signed_on"], row["mps_signed_on"])
        for row in lge["proformas"].to_pylist()
    }
    drawn = [row for row in lge["access_log"].to_pylist() if row["system"] not in {"FOUNDATION", None}]
    files = lge["police_files"].to_pylist()

    assert [row for row in drawn if signed[row["proforma"]] > row["accessed_at"][:10]] == []
    assert [row for row in files if signed[row["drawn_under"]] > row["downloaded_at"][:10]] == []
    assert min(row["accessed_at"] for row in drawn) < "2017-03-06"


def test_a_host_is_in_use_while_a_survey_runs_on_it(rows):
    portals = [row for row in rows("hosting") if row["system_name"] == "survey portal"]
    began = [row["began_on"] for row in rows("processor_work") if row["task"] == "online survey"]

    assert began
    assert [on for on in began if not any(row["in_use_from"] <= on <= row["in_use_until"] for row in portals)] == []


def test_nobody_may_open_what_people_said_before_the_first_of_them_agreed(rows):
    began, agreed = (min(row[name][:10] for row in rows("interviews")) for name in ("began_at", "agreed_at"))
    rights = [row["right_from"] for row in rows("folder_access") if row["folder"].endswith("/interviews")]

    assert rights
    assert agreed <= min(rights) == began


def test_nobody_may_open_the_panel_before_its_list_is_there(rows):
    (panel,) = [row for row in rows("assets") if row["asset_id"] == "A-PANEL"]
    rights = [row["right_from"] for row in rows("folder_access") if row["folder"] == panel["asset_folder"]]

    assert rights
    assert min(rights) == panel["recorded_on"]


def test_what_mopac_collects_is_used_after_somebody_was_asked(rows):
    asked = min(
        *(row["began_on"] for row in rows("processor_work")), *(row["agreed_at"][:10] for row in rows("interviews"))
    )
    used = [row["used_on"] for row in rows("uses") if row["used_data"] == "bespoke data"]

    assert asked < min(used)


def test_the_case_system_is_in_use_from_the_month_in_which_the_service_began_until_its_last_record_is_sent():
    lge = synthetic.make("lge").texts
    (system,) = [row for row in lge["hosting"].to_pylist() if row["system_name"] == "Lamplight"]
    logged = [row["accessed_at"][:10] for row in lge["lamplight_log"].to_pylist()]
    taken = [row["referral_date_and_time"][:10] for row in lge["cms_referrals"].to_pylist()]
    sent = [row["sent_at"][:10] for row in lge["transfers"].to_pylist() if row["data_set"] == "LGE data"]

    assert system["in_use_from"][:7] == "2016-02" == min(taken)[:7] == min(logged)[:7]
    assert system["in_use_from"] <= min(*taken, *logged)
    assert max(*sent, *logged) <= (system["in_use_until"] or "9999")
