"""LGE: who is involved and as what, contracts with processors, agreements with senders (2.1, 3.3, 4.8, 5)."""

import pytest

from dpia_checks.checks.parties import (
    another_than_named,
    given_data_ruled_out,
    not_covered,
    not_covered_throughout,
    statements_that_differ,
    step_missing,
    used_under_no_paper,
)
from dpia_checks.violations import assert_no_violations

COMPANIES = {"ORS", "another company"}
ENDED = {"agreement_status": ["ended early"]}
WITHIN_WORK = {
    "by": "survey_work",
    "to": "work_id",
    "began": "opened_on",
    "until": ("closed_on",),
    "start": "began_on",
    "end": "ended_on",
}
"""How a survey and the piece of work to which it belongs are compared, day by day."""


def others(terms):
    """Return the scope of a promise about companies that the document does not know yet."""
    return {"processor": sorted(COMPANIES - set(terms.items_of("known")))}


@pytest.mark.verifies("LGE_COM_PARTIES_01")
def test_each_party_has_one_role_for_each_data_set(extracts):
    """No two statements give a party different roles for one data set without a finding, and none gives no role."""
    differing = statements_that_differ(
        extracts["needs"], says="role", types=[], kinds=["roles"], unstated=["not stated"]
    )

    assert_no_violations(differing)


@pytest.mark.verifies("LGE_COM_PARTIES_03")
def test_a_processor_works_under_a_contract(extracts):
    """A contract was in force on each day of work, surveys included, and on each on which the data was held."""
    bare = not_covered_throughout(
        extracts["processor_work"],
        extracts["contracts"],
        by="processor",
        to="contractor",
        began="began_on",
        until=("ended_on", "data_held_until"),
        start="signed_on",
        end="expires_on",
    )
    beside = not_covered_throughout(extracts["portal_surveys"], extracts["processor_work"], **WITHIN_WORK)

    assert_no_violations(bare, beside)


@pytest.mark.verifies("LGE_COM_PARTIES_04")
def test_contracted_processors_do_not_reach_partners_data(extracts, terms):
    """No piece of work of a processor uses data that the terms keep from it."""
    given = given_data_ruled_out(extracts["processor_work"], data_set="data_set", data_sets=terms.items_of("data_sets"))

    assert_no_violations(given)


@pytest.mark.verifies("LGE_COM_PARTIES_05")
def test_another_company_has_an_agreement_of_its_own(extracts, terms):
    """Work of a company that the terms do not know began when an agreement of its own was there."""
    bare = step_missing(extracts["processor_work"], step="bespoke_agreement_on", began="began_on", only=others(terms))

    assert_no_violations(bare)


@pytest.mark.verifies("LGE_COM_PARTIES_07")
def test_safer_london_takes_part(extracts, terms):
    """Work of a company that the terms do not know began when Safer London had agreed."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="lead_provider_agreed_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_08")
def test_recruitment_vetting_is_passed(extracts, terms):
    """Work of a company that the terms do not know began when its Recruitment Vetting was passed."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="recruitment_vetting_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_09")
def test_the_counter_terrorist_check_is_passed(extracts, terms):
    """Work of a company that the terms do not know began when its Counter Terrorist Check was passed."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="ctc_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_10")
def test_secure_storage_is_shown(extracts, terms):
    """Work of a company that the terms do not know began when it had shown that it can store data securely."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="storage_shown_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_11")
def test_the_rules_on_keeping_are_confirmed(extracts, terms):
    """Work of a company that the terms do not know began when it had confirmed the rules on keeping and deleting."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="retention_confirmed_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_12")
def test_sharing_nothing_is_confirmed(extracts, terms):
    """Work of a company that the terms do not know began when it had confirmed that it shares nothing."""
    work, only = extracts["processor_work"], others(terms)

    assert_no_violations(step_missing(work, step="no_sharing_confirmed_on", began="began_on", only=only))


@pytest.mark.verifies("LGE_COM_PARTIES_14")
def test_police_data_comes_under_a_signed_agreement(extracts, terms):
    """Personal data of the police, whoever sent it, came, and was looked up, under an agreement with them."""
    signed = {
        "agreement_party": terms.items_of("sender"),
        "agreement_status": [*terms.items_of("status"), *ENDED["agreement_status"]],
    }
    bare = [
        not_covered(
            extracts["transfers"],
            extracts["agreements"],
            by="data_set",
            to="agreed_data",
            at="sent_at",
            start="signed_on",
            end="expires_on",
            only={**which, "recipient": ["MOPAC"], "personal": ["yes"]},
            valid=signed,
            over=ENDED,
        )
        for which in ({"sender": terms.items_of("sender")}, {"data_set": terms.items_of("data_set")})
    ]

    used = used_under_no_paper(
        extracts["access_log"],
        extracts["agreements"],
        at="accessed_at",
        start="signed_on",
        end="expires_on",
        only={"system": terms.items_of("systems")},
        valid={**signed, "agreed_data": terms.items_of("data_set")},
        over=ENDED,
    )

    downloaded = used_under_no_paper(
        extracts["police_files"],
        extracts["agreements"],
        at="downloaded_at",
        start="signed_on",
        end="expires_on",
        valid={**signed, "agreed_data": terms.items_of("data_set")},
        over=ENDED,
    )

    assert_no_violations(*bare, used, downloaded)


@pytest.mark.verifies("LGE_COM_PARTIES_23")
def test_each_contract_and_agreement_has_one_reference(extracts):
    """No two references to a paper with one party for one data set differ without a finding."""
    assert_no_violations(
        statements_that_differ(extracts["needs"], says="reference", types=[], kinds=["contracts", "agreements"])
    )


@pytest.mark.verifies("LGE_COM_PARTIES_24")
def test_online_surveys_are_run_by_the_company_named(extracts, terms):
    """Each online survey was run by the processor of the terms, and is of a piece of work of that processor."""
    work, named = extracts["processor_work"], terms.items_of("processor")

    others = another_than_named(work, named=named, column="processor", only={"task": ["online survey"]})
    of_others = not_covered_throughout(extracts["portal_surveys"], work, **WITHIN_WORK, valid={"processor": named})

    assert_no_violations(others, of_others)


@pytest.mark.verifies("LGE_COM_PARTIES_25")
def test_the_company_works_under_the_contract_named(extracts, terms):
    """Each contract with the processor of the terms has a reference of the terms."""
    contracts, only = extracts["contracts"], {"contractor": terms.items_of("processor")}

    otherwise = another_than_named(
        contracts, named=terms.items_of("references"), column="contract_reference", only=only
    )

    assert_no_violations(otherwise)
