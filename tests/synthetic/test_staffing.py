"""Nobody works on data before joining, and the data of each analysis has somebody who takes it in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dpia_checks import DPIAS, synthetic


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
    since = {
        (row["permitted_person"], row["permitted_system"]): row["permitted_from"] for row in rows("system_permissions")
    }
    taught = {(row["trained_person"], row["course"]): row["completed_on"] for row in rows("training")}

    assert [row for row, day in drawn if max(since[key(row)], taught[key(row)]) > day] == []
    assert min(day for _, day in drawn) in since.values()


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

    assert [row for row in drawn if signed[row["proforma"]] > row["accessed_at"][:10]] == []
    assert min(row["accessed_at"] for row in drawn) < "2017-03-06"


def test_a_host_is_in_use_while_a_survey_runs_on_it(rows):
    portals = [row for row in rows("hosting") if row["system_name"] == "survey portal"]
    began = [row["began_on"] for row in rows("processor_work") if row["task"] == "online survey"]

    assert began
    assert [on for on in began if not any(row["in_use_from"] <= on <= row["in_use_until"] for row in portals)] == []
