"""LGE: certain people take the identity out of police data (2.2)."""

import pytest

from dpia_checks.checks.pseudonymisation import anonymised_by_others
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_PSEUDONYMISATION_02")
def test_only_certain_staff_take_the_identity_out(extracts, terms):
    """Somebody with the role in the terms took the identity out of each file."""
    files, staff, roles = extracts["police_files"], extracts["staff"], terms.items_of("roles")

    assert_no_violations(
        anonymised_by_others(files, staff, anonymised="anonymised_at", by="anonymised_by", role="role", roles=roles)
    )


@pytest.mark.verifies("LGE_COM_PSEUDONYMISATION_04")
def test_the_terms_plan_the_anonymising(extracts):
    """Each proforma plans how the identity is taken out."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_anonymising"))
