"""LGE: who may be in an extract at all, by age (2.2.1)."""

import pytest

from dpia_checks.checks.cohort import age_outside_at_referral, recorded_age_outside, taken_on_too_young
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_COHORT_01")
def test_the_recorded_age_is_eligible(extracts, terms):
    """Each client who was allocated to a worker has a recorded age at referral within the terms."""
    outside = recorded_age_outside(
        extracts["cms_clients"],
        age="age_at_point_of_referral",
        youngest=terms.number("youngest"),
        oldest=terms.number("oldest"),
        taken_on="date_client_allocated",
    )

    assert_no_violations(outside)


@pytest.mark.verifies("LGE_COM_COHORT_02")
def test_nobody_outside_the_age_range_is_taken_on(extracts, terms):
    """Each client was, by the date of birth, of an age within the terms when referred, and no younger when taken on."""
    outside = age_outside_at_referral(
        extracts["client_referrals"],
        extracts["cms_referrals"],
        person="person_number",
        born="date_of_birth",
        taken_on="taken_on",
        referred="referral_date_and_time",
        youngest=terms.number("youngest"),
        oldest=terms.number("oldest"),
    )
    young = taken_on_too_young(
        extracts["cms_clients"],
        born="date_of_birth",
        taken_on="date_client_allocated",
        youngest=terms.number("youngest"),
    )

    assert_no_violations(outside, young)
