"""Who asks for their data is somebody whom the other registers know, and an objection is a no on their list."""

from __future__ import annotations

import pytest

from dpia_checks import DPIAS, synthetic

NO = {"fod": "withdrawal of consent", "lge": "opt-out"}


@pytest.fixture(params=DPIAS)
def dpia(request):
    return request.param


@pytest.fixture
def rows(dpia):
    made = synthetic.make(dpia)
    return lambda table: made.texts[table].to_pylist()


@pytest.fixture
def since(dpia, rows):
    """The first day on which MOPAC can hold something of each person: a referral, an order or an interview."""
    known = {row["interview_id"]: row["began_at"][:10] for row in rows("interviews")}
    if dpia == "lge":
        return known | {row["person_number"]: row["taken_on"] for row in rows("client_referrals")}
    referred = {row["client_id"]: row["date_referral_received"] for row in rows("advance_referrals_in")}
    return known | {row["client_id"]: row["sentence_date"] for row in rows("crc")} | referred


def test_each_request_names_somebody(rows):
    assert [row for row in rows("requests") if not row["asked_by"]] == []


def test_who_asks_for_data_of_their_own_was_in_it_by_then(rows, since):
    own = [row for row in rows("requests") if row["kind"] != "freedom of information"]

    assert own
    assert [row for row in own if since[row["asked_by"]] > row["received_on"]] == []


def test_what_mopac_collected_is_asked_for_by_who_took_part(rows):
    talked = {row["interview_id"] for row in rows("interviews")}
    asked = [row for row in rows("requests") if row["data_set"] == "bespoke data" and row["outcome"] == "granted"]

    of_their_own = [row for row in asked if row["kind"] != "freedom of information"]

    assert of_their_own
    assert {row["asked_by"] for row in of_their_own} <= talked


def test_an_objection_is_a_no_on_the_list_of_that_day_or_before(dpia, rows):
    said = {row["client_id"]: row["received_at"][:10] for row in rows("withdrawals") if row["kind"] == NO[dpia]}
    objections = [row for row in rows("requests") if row["kind"] == "objection"]

    assert objections
    assert [row for row in objections if said[row["asked_by"]] > row["received_on"]] == []


def test_somebody_asks_who_said_no_before(dpia, rows):
    said = {row["client_id"]: row["received_at"][:10] for row in rows("withdrawals") if row["kind"] == NO[dpia]}

    after = [row for row in rows("requests") if said.get(row["asked_by"], "9999") < row["received_on"]]

    assert {row["kind"] for row in after} - {"objection"}
