"""FOD: people are told how their data is used, and are asked for their view (2.2.3, 2.3.1, 2.3.3, 4.6, 6)."""

import pytest

from dpia_checks.checks.transparency import (
    no_public_notice,
    not_given_notice,
    not_offered,
    notice_lacks,
    told_after_first_contact,
    used_before_notice,
)
from dpia_checks.violations import assert_no_violations

IN_USE = {"since": "published_on", "until": "superseded_on"}


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_01")
def test_every_client_referred_receives_a_notice(extracts, terms):
    """Each client referred received a version of the notice for the audience in the terms."""
    women, deliveries = extracts["advance_referrals_in"], extracts["notice_deliveries"]
    says = {"audience": terms.items_of("audience")}

    assert_no_violations(not_given_notice(women, deliveries, extracts["notices"], says=says))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_02")
def test_the_notice_comes_before_the_use(extracts, terms):
    """No analysis used a client's data before she had received a notice for the audience in the terms."""
    cases, analyses, says = extracts["analysis_cases"], extracts["analyses"], {"audience": terms.items_of("audience")}

    used = used_before_notice(cases, analyses, extracts["notice_deliveries"], extracts["notices"], says=says)

    assert_no_violations(used)


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_03")
def test_the_notice_explains_how_data_will_be_used(extracts, terms):
    """Each client referred received a notice that explains how her data will be used."""
    women, deliveries = extracts["advance_referrals_in"], extracts["notice_deliveries"]
    says = {"audience": terms.items_of("audience"), "explains_use": ["yes"]}

    assert_no_violations(not_given_notice(women, deliveries, extracts["notices"], says=says))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_04")
def test_the_notice_names_research_and_evaluation(extracts, terms):
    """Each client referred received a notice that names research and evaluation."""
    women, deliveries = extracts["advance_referrals_in"], extracts["notice_deliveries"]
    says = {"audience": terms.items_of("audience"), "names_research": ["yes"]}

    assert_no_violations(not_given_notice(women, deliveries, extracts["notices"], says=says))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_05")
def test_the_privacy_notice_is_open_to_the_public(extracts, terms):
    """A notice for the audience in the terms was up on each day that an analysis began."""
    audience = terms.items_of("audience")

    assert_no_violations(no_public_notice(extracts["analyses"], extracts["notices"], audience=audience))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_06")
def test_the_public_notice_covers_data_from_other_organisations(extracts, terms):
    """The notice in use for the audience in the terms covers data from other organisations."""
    audience = terms.items_of("audience")

    assert_no_violations(notice_lacks(extracts["notices"], says="covers_third_parties", audience=audience, **IN_USE))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_07")
def test_the_public_notice_tells_how_research_is_done(extracts, terms):
    """The notice in use for the audience in the terms tells how MOPAC does research."""
    audience = terms.items_of("audience")

    assert_no_violations(notice_lacks(extracts["notices"], says="covers_research", audience=audience, **IN_USE))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_08")
def test_professionals_are_told_the_aims_at_the_first_contact(extracts):
    """Each professional was told the aims on the day of the first contact, or before."""
    contacts = extracts["first_contacts"]

    assert_no_violations(told_after_first_contact(contacts, told="aims_told_on", first="first_contact_on"))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_09")
def test_professionals_are_told_their_rights_at_the_first_contact(extracts):
    """Each professional was told their rights on the day of the first contact, or before."""
    contacts = extracts["first_contacts"]

    assert_no_violations(told_after_first_contact(contacts, told="rights_told_on", first="first_contact_on"))


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_11")
def test_every_client_is_offered_the_satisfaction_survey(extracts):
    """Each client who entered the service was offered the survey then, and each who left it at the end."""
    women, offers = extracts["advance_referrals_in"], extracts["offers"]

    at_entry = not_offered(
        women,
        offers,
        due="service_start_date",
        since="date_referral_received",
        offered="survey_at_entry_on",
        until="service_end_date",
    )
    at_exit = not_offered(
        women, offers, due="service_end_date", since="service_start_date", offered="survey_at_exit_on"
    )

    assert_no_violations(at_entry + at_exit)


@pytest.mark.verifies("FOD_COM_TRANSPARENCY_12")
def test_every_client_is_offered_the_justice_star(extracts):
    """Each client who entered the service was offered the Justice Star then, and each who left it at the end."""
    women, offers = extracts["advance_referrals_in"], extracts["offers"]

    at_entry = not_offered(
        women,
        offers,
        due="service_start_date",
        since="date_referral_received",
        offered="star_at_entry_on",
        until="service_end_date",
    )
    at_exit = not_offered(women, offers, due="service_end_date", since="service_start_date", offered="star_at_exit_on")

    assert_no_violations(at_entry + at_exit)
