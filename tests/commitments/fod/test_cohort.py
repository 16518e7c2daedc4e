"""FOD: who may be in an extract at all, and who counts as engaged (1, 2.2.1, 2.3.4)."""

import pytest

from dpia_checks.checks.cohort import (
    engagement_counted_otherwise,
    not_of_the_cohort,
    referred_before_roll_out,
    referred_too_young,
    referred_without_disposal,
)
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("FOD_COM_COHORT_01")
def test_clients_are_adults(extracts, terms):
    """Each woman had turned the age of the terms by the day she was referred."""
    referrals, born, referred = extracts["advance_referrals_in"], "date_of_birth", "date_referral_received"

    assert_no_violations(referred_too_young(referrals, born=born, referred=referred, years=terms.number("age")))


@pytest.mark.verifies("FOD_COM_COHORT_03")
def test_no_offence_is_flagged_as_domestic(extracts):
    """Each disposal says that its offence has no domestic flag."""
    assert_no_violations(not_of_the_cohort(extracts["disposals"], trait="domestic_flag", permitted=["no"]))


@pytest.mark.verifies("FOD_COM_COHORT_05")
def test_each_case_ends_in_one_of_two_disposals(extracts, terms):
    """Each referral has a disposal on record, and each disposal is of a kind in the terms."""
    referrals, disposals = extracts["advance_referrals_in"], extracts["disposals"]

    other = not_of_the_cohort(disposals, trait="disposal_type", permitted=terms.items_of("disposals"))

    assert_no_violations(other, referred_without_disposal(referrals, disposals, made="made_on"))


@pytest.mark.verifies("FOD_COM_COHORT_06")
def test_the_disposal_has_the_womens_centre_as_its_condition(extracts):
    """Each disposal says yes, it has the condition to engage with a women's centre."""
    disposals = extracts["disposals"]

    assert_no_violations(not_of_the_cohort(disposals, trait="womens_centre_condition", permitted=["yes"]))


@pytest.mark.verifies("FOD_COM_COHORT_08")
def test_cases_are_of_the_pilot_areas(extracts, terms):
    """Each referral is of an area in the terms."""
    referrals = extracts["advance_referrals_in"]

    assert_no_violations(not_of_the_cohort(referrals, trait="area", permitted=terms.items_of("areas")))


@pytest.mark.verifies("FOD_COM_COHORT_09")
def test_the_north_has_no_case_from_before_its_start(extracts, terms):
    """No referral of the northern areas in the terms is from before their first day."""
    early = referred_before_roll_out(
        extracts["advance_referrals_in"],
        area="area",
        areas=terms.items_of("areas"),
        referred="date_referral_received",
        first=str(terms["first_day"]),
    )

    assert_no_violations(early)


@pytest.mark.verifies("FOD_COM_COHORT_10")
def test_the_south_has_no_case_from_before_its_start(extracts, terms):
    """No referral of the southern areas in the terms is from before their first day."""
    early = referred_before_roll_out(
        extracts["advance_referrals_in"],
        area="area",
        areas=terms.items_of("areas"),
        referred="date_referral_received",
        first=str(terms["first_day"]),
    )

    assert_no_violations(early)


@pytest.mark.verifies("FOD_COM_COHORT_11")
def test_engagement_means_attended_appointments(extracts, terms):
    """Who is recorded as engaged had attended the terms' appointments at a centre by then; who did is recorded so."""
    attended = {"attended": ["yes"], "place": ["women's centre"]}

    otherwise = engagement_counted_otherwise(
        extracts["advance_referrals_in"],
        extracts["appointments"],
        engaged="engagement",
        since="engagement_date",
        on="appointment_on",
        number=terms.number("appointments"),
        only=attended,
    )

    assert_no_violations(otherwise)
