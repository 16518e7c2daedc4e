"""LGE: how data travels, by which address and channel, how it is locked and where it is held (2.1.3, 4.9, 6)."""

import pytest

from dpia_checks.checks.storage import done_in_another_way
from dpia_checks.checks.transfers import (
    came_by_no_transfer,
    held_where_nothing_shows,
    not_confirmed,
    password_not_sent_apart,
    personal_elsewhere,
    sent_by_a_banned_way,
)
from dpia_checks.violations import assert_no_violations

FROM_THE_CMS = {"sender": ["Safer London"], "recipient": ["MOPAC"], "data_set": ["LGE data"]}
PERSONAL = {"personal": ["yes"]}
MARKED = {"marking": ["OFFICIAL", "OFFICIAL SENSITIVE"]}
SUPPLIED = {"disclosures": "disclosure_id", "agency_requests": "request_id"}


def unlogged(extracts):
    """Find people in an extract for whose day the log shows no personal data from the CMS."""
    return came_by_no_transfer(
        extracts["extract_cases"], extracts["transfers"], received="delivered_on", shows={**FROM_THE_CMS, **PERSONAL}
    )


def belied(extracts):
    """Find what is said to show nobody, where the register it was supplied under says that it shows single people."""
    shared = {"decision": ["shared"], **PERSONAL}
    return [
        personal_elsewhere(extracts["transfers"], extracts[register], by="supply_id", to=key, shows=shared)
        for register, key in SUPPLIED.items()
    ]


@pytest.mark.verifies("LGE_COM_TRANSFERS_01")
def test_cms_data_travels_by_secure_email(extracts, terms):
    """Safer London sends CMS data to MOPAC by e-mail, between addresses that the terms call secure."""
    log, secure = extracts["transfers"], terms.items_of("addresses")

    otherwise = done_in_another_way(log, way="channel", permitted=terms.items_of("channels"), only=FROM_THE_CMS)
    elsewhere = done_in_another_way(log, way="address", permitted=secure, only=FROM_THE_CMS)

    assert_no_violations(otherwise, elsewhere, unlogged(extracts))


@pytest.mark.verifies("LGE_COM_TRANSFERS_02")
def test_only_police_addresses_carry_personal_data(extracts, terms):
    """Personal data for LGE is transferred only by the kind of address in the terms."""
    log, permitted = extracts["transfers"], terms.items_of("addresses")

    elsewhere = done_in_another_way(log, way="address", permitted=permitted, only=PERSONAL)

    assert_no_violations(elsewhere, unlogged(extracts), *belied(extracts))


@pytest.mark.verifies("LGE_COM_TRANSFERS_03")
def test_the_file_is_locked(extracts):
    """Each file of CMS data has a password or is locked as well in another way."""
    assert_no_violations(not_confirmed(extracts["transfers"], that="file_locked", only=FROM_THE_CMS))


@pytest.mark.verifies("LGE_COM_TRANSFERS_04")
def test_the_password_goes_separately(extracts):
    """The password of each file locked with one goes in another message than the file."""
    log, locked = extracts["transfers"], {"file_locked": ["yes"], "locked_with": ["password"]}

    together = password_not_sent_apart(log, message="message", password_message="password_message", only=locked)

    assert_no_violations(together)


@pytest.mark.verifies("LGE_COM_TRANSFERS_05")
def test_all_personal_data_travels_by_secure_email(extracts, terms):
    """Personal data goes by e-mail and a secure address, whoever sends it and whatever data it is."""
    log, secure = extracts["transfers"], terms.items_of("addresses")

    otherwise = done_in_another_way(log, way="channel", permitted=terms.items_of("channels"), only=PERSONAL)
    elsewhere = done_in_another_way(log, way="address", permitted=secure, only=PERSONAL)

    assert_no_violations(otherwise, elsewhere, unlogged(extracts), *belied(extracts))


@pytest.mark.verifies("LGE_COM_TRANSFERS_06")
def test_a_trusted_person_carries_it(extracts):
    """A trusted person carries each thing that is exchanged by hand."""
    assert_no_violations(not_confirmed(extracts["deliveries"], that="trusted_person", on="carried_on"))


@pytest.mark.verifies("LGE_COM_TRANSFERS_07")
def test_it_is_carried_in_a_closed_container(extracts):
    """Each thing that is exchanged by hand is in a closed container or package."""
    assert_no_violations(not_confirmed(extracts["deliveries"], that="closed_container", on="carried_on"))


@pytest.mark.verifies("LGE_COM_TRANSFERS_09")
def test_the_package_is_sealed(extracts):
    """Each package that goes by post or courier is sealed."""
    assert_no_violations(not_confirmed(extracts["post"], that="sealed", on="sent_on"))


@pytest.mark.verifies("LGE_COM_TRANSFERS_10")
def test_the_package_shows_no_protective_marking(extracts, terms):
    """The marking that shows on a package is one of the terms."""
    assert_no_violations(
        done_in_another_way(extracts["post"], way="marking", permitted=terms.items_of("markings"), begins="sent_on")
    )


@pytest.mark.verifies("LGE_COM_TRANSFERS_11")
def test_the_package_is_addressed_to_a_particular_person(extracts):
    """Each package is addressed to one individual, by name or appointment."""
    assert_no_violations(not_confirmed(extracts["post"], that="named_addressee", on="sent_on"))


@pytest.mark.verifies("LGE_COM_TRANSFERS_12")
def test_marked_information_does_not_go_by_fax(extracts, terms):
    """Protectively marked information goes by a channel that the terms do not rule out."""
    log, banned = extracts["transfers"], terms.items_of("banned")

    faxed = sent_by_a_banned_way(log, way="channel", banned=banned, only=MARKED)

    assert_no_violations(faxed)


@pytest.mark.verifies("LGE_COM_TRANSFERS_15")
def test_the_information_stays_within_the_eea(extracts, terms):
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
