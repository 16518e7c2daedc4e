"""LGE: reviews, changes, sign-off, plans, contacts, leavers, and what only a person can say (1.1 to 5.4, sign-off)."""

import pytest

from dpia_checks.checks.access import not_trained
from dpia_checks.checks.breach import not_written_down
from dpia_checks.checks.governance import (
    attested_by_others,
    change_without_version,
    exit_step_not_considered,
    leaver_not_listed,
    not_attested,
    not_named_in_time,
    not_signed_off,
    on_no_listed_day,
    reviewed_too_seldom,
)
from dpia_checks.checks.parties import party_missing
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations

COMPANIES = {"ORS", "another company"}
OF_A_PLAN = {"since": "written_on", "due": "written_on"}
"""Nobody sees a plan before it is written, and on that day nobody need have seen it yet."""


def others(terms, column="processor"):
    """Return the scope of a promise about companies that the document does not know yet, whom *column* names."""
    return {column: sorted(COMPANIES - set(terms.items_of("known")))}


@pytest.mark.verifies("LGE_COM_GOVERNANCE_01")
def test_the_assessment_is_reviewed_each_year(extracts, terms):
    """Reviews of the assessment follow each other within the months of the terms."""
    seldom = reviewed_too_seldom(
        extracts["dpia_reviews"],
        extracts["milestones"],
        held="reviewed_on",
        months=terms.number("months"),
        begins=str(terms["begins"]),
        ends=str(terms["ends"]),
        only={"document": ["evaluation DPIA"]},
    )

    assert_no_violations(seldom)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_02")
def test_the_providers_documents_are_reviewed_each_year(extracts, terms):
    """Reviews of the documents follow each other within the months of the terms."""
    seldom = reviewed_too_seldom(
        extracts["dpia_reviews"],
        extracts["milestones"],
        held="reviewed_on",
        months=terms.number("months"),
        begins=str(terms["begins"]),
        ends=str(terms["ends"]),
        only={"document": ["Safer London governance documents"]},
    )

    assert_no_violations(seldom)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_03")
def test_the_assessment_is_updated_regularly(extracts, terms):
    """Each change is covered by a version issued within the days of the yardstick."""
    late = change_without_version(
        extracts["dpia_changes"],
        extracts["dpia_versions"],
        decided="change_decided_on",
        covered_by="covered_by",
        days=terms.number("days"),
    )

    assert_no_violations(late)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_04")
def test_reviews_of_the_assessment_look_at_security(extracts, terms):
    """Each review of the assessment looks at the security controls."""
    assert_no_violations(
        not_confirmed(
            extracts["dpia_reviews"],
            that="covers_security",
            only={"document": terms.items_of("documents")},
            on="reviewed_on",
        )
    )


@pytest.mark.verifies("LGE_COM_GOVERNANCE_05")
def test_reviews_of_the_agreement_look_at_security(extracts, terms):
    """Each review of the agreement looks at the security controls."""
    assert_no_violations(
        not_confirmed(
            extracts["dpia_reviews"],
            that="covers_security",
            only={"document": terms.items_of("documents")},
            on="reviewed_on",
        )
    )


@pytest.mark.verifies("LGE_COM_GOVERNANCE_06")
def test_a_new_processor_is_followed_by_a_version(extracts, terms):
    """Each new processor is covered by a version from the day it was decided, and its work says since when."""
    uncovered = change_without_version(
        extracts["dpia_changes"],
        extracts["dpia_versions"],
        extracts["retention_reviews"],
        decided="change_decided_on",
        covered_by="covered_by",
        months=terms.number("months"),
        only={"change_kind": terms.items_of("kinds")},
    )

    work, versions = extracts["processor_work"], extracts["dpia_versions"]
    unnamed = not_named_in_time(
        work,
        extracts["retention_reviews"],
        named="in_dpia_on",
        since="began_on",
        months=terms.number("months"),
        only=others(terms),
    )
    in_none = on_no_listed_day(work, versions, day="in_dpia_on", listed_on="issued_on", only=others(terms))

    assert_no_violations(uncovered, unnamed, in_none)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_07")
def test_a_new_contract_is_followed_by_a_version(extracts, terms):
    """Each new contract is covered by a version issued on the day it was decided, or later, and says by which."""
    contracts, versions, new = extracts["contracts"], extracts["dpia_versions"], others(terms, "contractor")
    uncovered = change_without_version(
        extracts["dpia_changes"],
        versions,
        extracts["retention_reviews"],
        decided="change_decided_on",
        covered_by="covered_by",
        months=terms.number("months"),
        only={"change_kind": terms.items_of("kinds")},
    )

    unreferred = not_named_in_time(
        contracts,
        extracts["retention_reviews"],
        named="in_dpia_on",
        since="signed_on",
        months=terms.number("months"),
        only=new,
    )
    in_no_version = on_no_listed_day(contracts, versions, day="in_dpia_on", listed_on="issued_on", only=new)

    assert_no_violations(uncovered, unreferred, in_no_version)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_08")
def test_the_data_protection_officer_signs(extracts, terms):
    """Each version is signed by the role of the terms."""
    unsigned = not_signed_off(
        extracts["dpia_versions"], signed="signed_on", role="signed_role", roles=terms.items_of("roles")
    )

    assert_no_violations(unsigned)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_09")
def test_those_who_deliver_and_commission_are_consulted(extracts, terms):
    """Each party of the terms was consulted on the assessment."""
    missing = party_missing(
        extracts["consultations"],
        party="party",
        parties=terms.items_of("parties"),
        dated="held_on",
        only={"about": ["the DPIA"]},
    )

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_10")
def test_staff_have_a_say(extracts, terms):
    """Each role of the terms was consulted on the assessment."""
    missing = party_missing(
        extracts["consultations"],
        party="party",
        parties=terms.items_of("parties"),
        dated="held_on",
        only={"about": ["the DPIA"]},
    )

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_15")
def test_the_terms_plan_the_storage(extracts):
    """Each proforma plans the storage."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_storage", on="completed_by_mopac_on"))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_16")
def test_the_terms_plan_the_retention(extracts):
    """Each proforma plans the retention."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_retention", on="completed_by_mopac_on"))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_17")
def test_the_terms_plan_the_disposal(extracts):
    """Each proforma plans the disposal."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_disposal", on="completed_by_mopac_on"))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_18")
def test_the_terms_plan_the_risk(extracts):
    """Each proforma plans how risk is managed."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_risk", on="completed_by_mopac_on"))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_19")
def test_plans_are_reviewed(extracts):
    """Each evaluation plan has the day of its review."""
    assert_no_violations(not_written_down(extracts["research_plans"], what="plan_reviewed_on", of={}, **OF_A_PLAN))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_20")
def test_the_board_sees_the_plans(extracts):
    """Each research plan has the day the programme board saw it."""
    assert_no_violations(not_written_down(extracts["research_plans"], what="board_shown_on", of={}, **OF_A_PLAN))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_21")
def test_outside_stakeholders_see_the_plans(extracts):
    """Each research plan has the day outside stakeholders saw it."""
    assert_no_violations(not_written_down(extracts["research_plans"], what="others_shown_on", of={}, **OF_A_PLAN))


@pytest.mark.verifies("LGE_COM_GOVERNANCE_22")
def test_the_lead_provider_sees_the_plans(extracts):
    """Each research plan has the day the lead provider saw it."""
    assert_no_violations(
        not_written_down(extracts["research_plans"], what="lead_provider_shown_on", of={}, **OF_A_PLAN)
    )


@pytest.mark.verifies("LGE_COM_GOVERNANCE_24")
def test_products_are_reviewed_inside(extracts):
    """Each product has the day of its review inside MOPAC, no earlier than its own."""
    products = extracts["milestone_products"]

    unreviewed = not_written_down(
        products, what="reviewed_internally_on", of={}, since="produced_on", due="produced_on"
    )

    assert_no_violations(unreviewed)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_25")
def test_products_are_reviewed_by_partners(extracts):
    """Each product has the day of its review by partners, no earlier than its own."""
    products = extracts["milestone_products"]

    unreviewed = not_written_down(
        products, what="reviewed_by_partners_on", of={}, since="produced_on", due="produced_on"
    )

    assert_no_violations(unreviewed)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_27")
def test_each_partner_has_a_contact(extracts, terms):
    """Each partner of the terms named a first contact."""
    missing = party_missing(
        extracts["contacts"],
        party="contact_party",
        parties=terms.items_of("parties"),
        dated="named_on",
        only={"contact_role": ["first contact"]},
    )

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_28")
def test_each_partner_has_a_deputy(extracts, terms):
    """Each partner of the terms named a secondary contact."""
    missing = party_missing(
        extracts["contacts"],
        party="contact_party",
        parties=terms.items_of("parties"),
        dated="named_on",
        only={"contact_role": ["secondary contact"]},
    )

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_29")
def test_staff_know_the_law(extracts, terms):
    """Each member of the team is on the training register for the course of the terms."""
    untrained = not_trained(
        extracts["staff"],
        extracts["training"],
        course=str(terms["course"]),
        team="team",
        teams=terms.items_of("teams"),
    )

    assert_no_violations(untrained)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_32")
def test_staff_know_the_code_of_conduct(extracts, terms):
    """Each member of the team is on the training register for the course of the terms."""
    untrained = not_trained(
        extracts["staff"],
        extracts["training"],
        course=str(terms["course"]),
        team="team",
        teams=terms.items_of("teams"),
    )

    assert_no_violations(untrained)


@pytest.mark.verifies("LGE_COM_GOVERNANCE_37")
def test_nothing_is_forgotten_on_leaving(extracts, terms):
    """Each step of the terms was considered for everybody who left, and the list of leavers leaves nobody out."""
    forgotten = exit_step_not_considered(
        extracts["leavers"], extracts["leaver_steps"], last_day="last_day", promised=terms.items_of("steps")
    )
    unlisted = leaver_not_listed(extracts["staff"], extracts["leavers"], teams=terms.items_of("teams"))

    assert_no_violations(forgotten, unlisted)


@pytest.mark.verifies_each("attest")
def test_somebody_attests_it(extracts, terms, need):
    """Somebody vouches for each such promise, in the role of the terms, on the day of the log and each day before."""
    log = extracts["attestations"]
    unattested = not_attested(log, extracts["dpia_versions"], commitment=need)

    assert_no_violations(unattested + attested_by_others(log, commitment=need, roles=terms.items_of("vouched_by")))
