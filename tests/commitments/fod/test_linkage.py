"""FOD: who is compared with whom, from which systems, how often, and what goes back (2.1.6, 2.2.3, 4.1)."""

import pytest

from dpia_checks.checks.linkage import (
    client_among_controls,
    drawn_from_another_system,
    in_both_groups,
    matched_by_no_listed_field,
    matched_by_special_category,
    quarter_without_supply,
    shared_back,
)
from dpia_checks.violations import assert_no_violations

EXTRACTS = (
    "advance_referrals_in",
    "advance_referrals_out",
    "advance_interventions",
    "advance_criminal_background",
    "crc",
)
"""The extracts whose lists of fields the document prints."""


@pytest.mark.verifies("FOD_COM_LINKAGE_01")
def test_no_client_is_in_the_comparison_group(extracts):
    """Nobody in the comparison group was referred, or matched as a client, on the day of the matching or before."""
    matched, referrals, person = extracts["matched_cases"], extracts["advance_referrals_in"], "delius_number"

    clients = client_among_controls(matched, referrals, person=person, since="date_referral_received")

    assert_no_violations(clients, in_both_groups(matched, person=person))


@pytest.mark.verifies("FOD_COM_LINKAGE_02")
def test_the_comparison_group_comes_from_named_systems(extracts, terms):
    """Each record of the comparison group comes from a system in the terms."""
    systems = terms.items_of("systems")

    elsewhere = drawn_from_another_system(
        extracts["matched_cases"], system="system", permitted=systems, only={"arm": ["control"]}
    )

    assert_no_violations(elsewhere)


@pytest.mark.verifies("FOD_COM_LINKAGE_03")
def test_the_groups_are_matched_by_listed_fields(extracts, terms):
    """By the yardstick each variable of a matching is a listed field, and none is of a special category."""
    variables, asked = extracts["matching_variables"], [extracts[name] for name in EXTRACTS]

    assert_no_violations(
        matched_by_no_listed_field(variables, *asked, field="matched_by", standings=terms.items_of("standings")),
        matched_by_special_category(variables, *asked, field="matched_by"),
    )


@pytest.mark.verifies("FOD_COM_LINKAGE_04")
def test_cases_come_every_quarter(extracts, terms):
    """From the first milestone of the terms to the last, no whole calendar quarter went by without cases."""
    missed = quarter_without_supply(
        extracts["extract_deliveries"],
        extracts["milestones"],
        contents="contents",
        promised=["cases in scope"],
        received="received_on",
        begins=str(terms["begins"]),
        ends=str(terms["ends"]),
    )

    assert_no_violations(missed)


@pytest.mark.verifies("FOD_COM_LINKAGE_07")
def test_matched_records_do_not_go_back_to_the_police(extracts, terms):
    """No release of single people went to a recipient in the terms unless the lead provider had agreed."""
    releases, recipients = extracts["matched_releases"], terms.items_of("recipients")

    assert_no_violations(shared_back(releases, recipients=recipients, agreed="lead_provider_agreed_on"))
