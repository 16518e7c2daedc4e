"""LGE: people are told how their data is used, by a notice that names MOPAC (2.3.1, 2.3.3, 2.3.4, 4.6, 4.7, 6)."""

import pytest

from dpia_checks.checks.transparency import (
    no_public_notice,
    not_told_on_joining,
    notice_lacks,
    told_after_first_contact,
    used_without_amended_notice,
    young_not_given_notice,
)
from dpia_checks.violations import assert_no_violations

IN_USE = {"since": "published_on", "until": "superseded_on"}


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_01")
def test_the_notice_names_the_commissioner(extracts, terms):
    """Each notice in use for the audience in the terms names MOPAC as commissioner."""
    notices, audience = extracts["notices"], terms.items_of("audience")

    assert_no_violations(notice_lacks(notices, says="names_commissioner", audience=audience, **IN_USE))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_02")
def test_the_notice_names_the_evaluator(extracts, terms):
    """Each notice in use for the audience in the terms names E&I as evaluator."""
    notices, audience = extracts["notices"], terms.items_of("audience")

    assert_no_violations(notice_lacks(notices, says="names_evaluator", audience=audience, **IN_USE))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_03")
def test_active_clients_are_told_before_the_final_evaluation(extracts, terms):
    """Each client there when the notice changed had the new one before the analysis for the report in the terms."""
    used = used_without_amended_notice(
        extracts["analysis_cases"],
        extracts["analyses"],
        extracts["written_reports"],
        extracts["service_users"],
        extracts["notice_deliveries"],
        extracts["notices"],
        says={"names_commissioner": ["yes"]},
        kinds=terms.items_of("kinds"),
    )

    assert_no_violations(used)


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_05")
def test_the_privacy_notice_is_open_to_the_public(extracts, terms):
    """A notice for the audience in the terms was up on each day that an analysis began."""
    audience = terms.items_of("audience")

    assert_no_violations(no_public_notice(extracts["analyses"], extracts["notices"], audience=audience))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_06")
def test_clients_are_told_of_the_evaluation_on_joining(extracts):
    """Each client had a notice that speaks of evaluation by the end of the day they joined."""
    clients, deliveries, notices = extracts["service_users"], extracts["notice_deliveries"], extracts["notices"]
    says = {"says_evaluation": ["yes"]}

    assert_no_violations(not_told_on_joining(clients, deliveries, notices, joined="joined_on", says=says))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_07")
def test_young_clients_get_a_notice_for_their_age(extracts, terms):
    """Each client under the age in the terms received a notice in the wording of the terms."""
    untold = young_not_given_notice(
        extracts["service_users"],
        extracts["client_referrals"],
        extracts["notice_deliveries"],
        extracts["notices"],
        joined="joined_on",
        born="date_of_birth",
        years=terms.number("years"),
        flag="under_18",
        says={"written_for": terms.items_of("written_for")},
    )

    assert_no_violations(untold)


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_09")
def test_the_notice_says_how_and_why_data_is_used(extracts, terms):
    """Each notice in use for the audience in the terms says how and why data is used."""
    notices, audience = extracts["notices"], terms.items_of("audience")

    assert_no_violations(notice_lacks(notices, says="says_uses", audience=audience, **IN_USE))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_10")
def test_clients_are_told_their_rights_on_joining(extracts):
    """Each client had a notice that says which rights they have by the end of the day they joined."""
    clients, deliveries, notices = extracts["service_users"], extracts["notice_deliveries"], extracts["notices"]
    says = {"says_rights": ["yes"]}

    assert_no_violations(not_told_on_joining(clients, deliveries, notices, joined="joined_on", says=says))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_12")
def test_professionals_are_told_the_aims_at_the_first_contact(extracts):
    """Each professional was told the aims on the day of the first contact, or before."""
    contacts = extracts["first_contacts"]

    assert_no_violations(told_after_first_contact(contacts, told="aims_told_on", first="first_contact_on"))


@pytest.mark.verifies("LGE_COM_TRANSPARENCY_13")
def test_professionals_are_told_their_rights_at_the_first_contact(extracts):
    """Each professional was told their rights on the day of the first contact, or before."""
    contacts = extracts["first_contacts"]

    assert_no_violations(told_after_first_contact(contacts, told="rights_told_on", first="first_contact_on"))
