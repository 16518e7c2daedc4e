"""LGE: who is compared with whom, from which systems, and what goes back (1.1, 2.1.6, 4.1.2)."""

import pytest

from dpia_checks.checks.linkage import (
    client_among_controls,
    drawn_from_another_system,
    in_both_groups,
    matched_by_no_listed_field,
    matched_by_special_category,
    shared_back,
)
from dpia_checks.violations import assert_no_violations

EXTRACTS = ("cms_clients", "cms_referrals")
"""The extracts whose lists of fields the document prints."""


@pytest.mark.verifies("LGE_COM_LINKAGE_01")
def test_no_client_is_in_the_comparison_group(extracts):
    """Nobody in the comparison group was taken on, or matched as a client, on the day of the matching or before."""
    matched, links, person = extracts["matched_cases"], extracts["client_referrals"], "person_number"

    clients = client_among_controls(matched, links, extracts["cms_referrals"], person=person, since="taken_on")

    assert_no_violations(clients, in_both_groups(matched, person=person))


@pytest.mark.verifies("LGE_COM_LINKAGE_02")
def test_the_comparison_group_comes_from_named_systems(extracts, terms):
    """Each record of the comparison group comes from a system in the terms."""
    systems = terms.items_of("systems")

    elsewhere = drawn_from_another_system(
        extracts["matched_cases"], system="system", permitted=systems, only={"arm": ["control"]}
    )

    assert_no_violations(elsewhere)


@pytest.mark.verifies("LGE_COM_LINKAGE_03")
def test_the_groups_are_matched_by_listed_fields(extracts, terms):
    """By the yardstick each variable of a matching is a listed field, and none is of a special category."""
    variables, asked = extracts["matching_variables"], [extracts[name] for name in EXTRACTS]

    assert_no_violations(
        matched_by_no_listed_field(variables, *asked, field="matched_by", standings=terms.items_of("standings")),
        matched_by_special_category(variables, *asked, field="matched_by"),
    )


@pytest.mark.verifies("LGE_COM_LINKAGE_05")
def test_matched_records_do_not_go_back_to_the_police(extracts, terms):
    """No release of single people went to a recipient in the terms unless the lead provider had agreed."""
    releases, recipients = extracts["matched_releases"], terms.items_of("recipients")

    assert_no_violations(shared_back(releases, recipients=recipients, agreed="lead_provider_agreed_on"))


@pytest.mark.verifies("LGE_COM_LINKAGE_07")
def test_no_single_people_go_back_to_the_police(extracts, terms):
    """No release of single people went to a recipient in the terms, whoever agreed."""
    assert_no_violations(shared_back(extracts["matched_releases"], recipients=terms.items_of("recipients")))


@pytest.mark.verifies("LGE_COM_LINKAGE_06")
def test_matched_records_do_not_go_back_to_those_who_run_the_service(extracts, terms):
    """No release of single people went to an organisation in the terms, whoever agreed."""
    assert_no_violations(shared_back(extracts["matched_releases"], recipients=terms.items_of("recipients")))
