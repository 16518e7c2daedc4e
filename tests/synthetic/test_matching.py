"""The made-up groups agree with the records they are drawn from."""

from __future__ import annotations

from collections import Counter

import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.records import ExtractSet

CLIENTS = {
    "fod": ("advance_referrals_in", "delius_number", "date_referral_received"),
    "lge": ("client_referrals", "person_number", "taken_on"),
}
SOURCES = ("CRC", "NPS")
GROWING = [("fod", "disposals", "disposal_id"), ("lge", "client_referrals", "client_referral_id")]


@pytest.fixture(params=DPIAS)
def made(request) -> ExtractSet:
    return synthetic.make(request.param)


def rows(made: ExtractSet, table: str) -> list[dict[str, str]]:
    return made.texts[table].to_pylist()


@pytest.fixture
def since(made) -> dict[str, str]:
    """The day from which each person was a client."""
    table, person, day = CLIENTS[made.facts.dpia]
    return {row[person]: row[day] for row in rows(made, table)}


@pytest.fixture
def person(made) -> str:
    return CLIENTS[made.facts.dpia][1]


def test_nobody_is_compared_who_was_a_client_by_then(made, since, person):
    controls = [row for row in rows(made, "matched_cases") if row["arm"] == "control"]

    assert controls
    assert [row["match_id"] for row in controls if since.get(row[person], "9999") <= row["matched_on"]] == []


def test_somebody_is_compared_first_and_a_client_later(made, since, person):
    assert [row for row in rows(made, "matched_cases") if row["arm"] == "control" and row[person] in since]


def test_every_matched_client_was_one_by_then(made, since, person):
    clients = [row for row in rows(made, "matched_cases") if row["arm"] == "client"]

    assert clients
    assert [row["match_id"] for row in clients if since[row[person]] > row["matched_on"]] == []


def test_each_person_is_once_in_each_matching(made, person):
    counted = Counter((row["matched_on"], row[person]) for row in rows(made, "matched_cases"))

    assert set(counted.values()) == {1}


def test_single_people_go_to_the_police_on_the_very_day_of_the_agreement_where_there_is_an_exception(made):
    gone = [row for row in rows(made, "matched_releases") if row["personal"] == "yes"]

    permitted = [("MPS", True)] if made.facts.dpia == "fod" else []
    assert [(row["recipient"], row["released_on"] == row["lead_provider_agreed_on"]) for row in gone] == permitted


@pytest.mark.parametrize(("dpia", "table", "key"), GROWING)
def test_the_first_people_stay_the_same_when_the_scale_grows(dpia, table, key):
    few, many = (synthetic.make(dpia, scale=scale).texts[table] for scale in (0.5, 1.0))

    assert few.num_rows < many.num_rows
    assert many.slice(0, few.num_rows) == few


class TestFod:
    @pytest.fixture
    def fod(self) -> ExtractSet:
        return synthetic.make("fod")

    def test_each_referral_has_one_disposal(self, fod):
        disposals = [row["referral_id"] for row in rows(fod, "disposals")]

        assert disposals == [row["referral_id"] for row in rows(fod, "advance_referrals_in")]

    def test_the_comparison_group_is_on_the_list_of_the_system_it_came_from(self, fod):
        listed = set(fod.texts["crc"]["delius_number"].to_pylist())
        controls = [row for row in rows(fod, "matched_cases") if row["arm"] == "control"]

        of = {system: {row["delius_number"] for row in controls if row["system"] == system} for system in SOURCES}

        assert {row["system"] for row in controls} == set(SOURCES)
        assert of["CRC"] <= listed
        assert not of["NPS"] & listed

    def test_who_engaged_came_twice_and_the_others_at_most_once(self, fod):
        came = Counter(row["referral_id"] for row in rows(fod, "appointments") if row["attended"] == "yes")

        times = {engaged: set() for engaged in ("yes", "no")}
        for row in rows(fod, "advance_referrals_in"):
            times[row["engagement"]].add(came[row["referral_id"]])

        assert times == {"yes": {2}, "no": {0, 1}}

    def test_a_delivery_of_cases_comes_the_day_its_transfer_was_sent(self, fod):
        sent = {row["sent_at"][:10] for row in rows(fod, "transfers") if row["sender"] == "Advance"}
        came = [row["received_on"] for row in rows(fod, "extract_deliveries") if row["contents"] == "cases in scope"]

        assert len(came) == 13
        assert set(came) == sent

    def test_each_extract_that_came_was_sent_that_day_and_the_reverse(self, fod):
        came = [(row["supplier"], row["received_on"]) for row in rows(fod, "extract_deliveries")]
        sent = [(row["sender"], row["sent_at"][:10]) for row in rows(fod, "transfers") if row["recipient"] == "MOPAC"]

        assert sorted(came) == sorted(sent)
