"""FOD: how data moves from one organisation to another, and where it stays (2.1.1, 2.1.3, 2.4.2, 4.9)."""

import pytest

from dpia_checks.checks.parties import not_covered
from dpia_checks.checks.storage import done_in_another_way
from dpia_checks.checks.transfers import (
    delivered_without_transfer,
    held_where_nothing_shows,
    not_confirmed,
    personal_elsewhere,
    sent_by_a_banned_way,
)
from dpia_checks.violations import assert_no_violations

TO_MOPAC = {"recipient": ["MOPAC"]}
MARKED = {"marking": ["OFFICIAL", "OFFICIAL SENSITIVE"]}


@pytest.mark.verifies("FOD_COM_TRANSFERS_01")
def test_the_probation_services_send_by_secure_transfer(extracts, terms):
    """Data of the CRC and the NPS reaches MOPAC by an address or service of the yardstick, and is in the log."""
    theirs = {**TO_MOPAC, "data_set": terms.items_of("data_sets")}

    otherwise = done_in_another_way(
        extracts["transfers"], way="address", permitted=terms.items_of("addresses"), only=theirs
    )
    unlogged = delivered_without_transfer(
        extracts["extract_deliveries"],
        extracts["transfers"],
        supplier="supplier",
        received="received_on",
        by=dict(zip(terms.items_of("suppliers"), terms.items_of("data_sets"), strict=True)),
        shows={**TO_MOPAC, "personal": ["yes"]},
    )

    assert_no_violations(otherwise, unlogged)


@pytest.mark.verifies("FOD_COM_TRANSFERS_02")
def test_the_crc_draws_its_own_data(extracts, terms):
    """CRC data that reaches MOPAC is sent by the CRC."""
    theirs = {**TO_MOPAC, "data_set": terms.items_of("data_set")}

    by_others = done_in_another_way(
        extracts["transfers"], way="sender", permitted=terms.items_of("sender"), only=theirs
    )

    assert_no_violations(by_others)


@pytest.mark.verifies("FOD_COM_TRANSFERS_03")
def test_the_nps_draws_its_own_data(extracts, terms):
    """NPS data that reaches MOPAC is sent by the NPS."""
    theirs = {**TO_MOPAC, "data_set": terms.items_of("data_set")}

    by_others = done_in_another_way(
        extracts["transfers"], way="sender", permitted=terms.items_of("sender"), only=theirs
    )

    assert_no_violations(by_others)


@pytest.mark.verifies("FOD_COM_TRANSFERS_04")
def test_personal_data_from_the_police_stays(extracts, terms):
    """No transfer takes personal data of the MPS out of its system without an agreement in force for it."""
    theirs = terms.items_of("data_sets")

    leaving = not_covered(
        extracts["transfers"],
        extracts["agreements"],
        by="sharing_agreement",
        to="agreement_reference",
        at="sent_at",
        start="signed_on",
        end="expires_on",
        only={"data_set": theirs, "personal": ["yes"]},
        valid={"agreement_status": ["signed", "ended early"], "agreed_data": theirs},
        over={"agreement_status": ["ended early"]},
        same={"recipient": "agreement_party"},
    )
    belied = personal_elsewhere(
        extracts["transfers"],
        extracts["disclosures"],
        by="supply_id",
        to="disclosure_id",
        shows={"decision": ["shared"], "personal": ["yes"]},
        only={"data_set": theirs},
    )

    assert_no_violations(leaving, belied)


@pytest.mark.verifies("FOD_COM_TRANSFERS_05")
def test_nothing_goes_by_post_or_courier(extracts, terms):
    """The complete log of post holds nothing sent in a way that the terms rule out."""
    sent = sent_by_a_banned_way(extracts["post"], way="carrier", banned=terms.items_of("ways"), on="sent_on")

    assert_no_violations(sent)


@pytest.mark.verifies("FOD_COM_TRANSFERS_06")
def test_a_trusted_person_carries_it(extracts):
    """The log says of each delivery by hand that a trusted person carried it."""
    assert_no_violations(not_confirmed(extracts["deliveries"], that="trusted_person", on="carried_on"))


@pytest.mark.verifies("FOD_COM_TRANSFERS_07")
def test_it_travels_in_a_closed_container(extracts):
    """The log says of each delivery by hand that the container or package was closed."""
    assert_no_violations(not_confirmed(extracts["deliveries"], that="closed_container", on="carried_on"))


@pytest.mark.verifies("FOD_COM_TRANSFERS_09")
def test_nothing_marked_is_faxed(extracts, terms):
    """What is marked, and all personal data, goes by a channel that the terms do not rule out."""
    log, banned = extracts["transfers"], terms.items_of("banned")

    faxed = sent_by_a_banned_way(log, way="channel", banned=banned, only=MARKED)
    unmarked = sent_by_a_banned_way(log, way="channel", banned=banned, only={"personal": ["yes"]})

    assert_no_violations(faxed, unmarked)


@pytest.mark.verifies("FOD_COM_TRANSFERS_12")
def test_the_information_stays_in_the_eea(extracts, terms):
    """Each transfer and each system, those of the terms with files among them, is in a country that the terms list."""
    countries = terms.items_of("countries")

    sent = done_in_another_way(extracts["transfers"], way="held_in", permitted=countries)
    hosted = done_in_another_way(extracts["hosting"], way="hosted_in", permitted=countries, begins="in_use_from")
    unknown = held_where_nothing_shows(
        extracts["assets"],
        extracts["hosting"],
        held="held_on",
        name="system_name",
        begins="in_use_from",
        only={"medium": ["file"], "held_on": terms.items_of("systems")},
    )

    assert_no_violations(sent, hosted, unknown)
