"""FOD: who is involved and as what, contracts with processors, agreements with senders (2.1, 3.2, 4.5, 4.8, 5)."""

import pytest

from dpia_checks.checks.parties import (
    another_than_named,
    not_covered,
    not_covered_throughout,
    statements_that_differ,
    step_missing,
    used_under_no_paper,
)
from dpia_checks.checks.transfers import not_confirmed
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


@pytest.mark.verifies("FOD_COM_PARTIES_01")
def test_each_party_has_one_role_for_each_data_set(extracts):
    """No two statements give a party different roles for one data set without a finding, and none gives no role."""
    differing = statements_that_differ(
        extracts["needs"], says="role", types=[], kinds=["roles"], unstated=["not stated"]
    )

    assert_no_violations(differing)


@pytest.mark.verifies("FOD_COM_PARTIES_03")
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


@pytest.mark.verifies("FOD_COM_PARTIES_04")
def test_a_contract_says_how_the_processor_complies(extracts):
    """The register says of each contract that it sets out how the processor complies."""
    assert_no_violations(not_confirmed(extracts["contracts"], that="compliance_clauses", on="signed_on"))


@pytest.mark.verifies("FOD_COM_PARTIES_05")
def test_another_company_has_an_agreement_of_its_own(extracts, terms):
    """Work of a company that the terms do not know began when an agreement of its own was there."""
    bare = step_missing(extracts["processor_work"], step="bespoke_agreement_on", began="began_on", only=others(terms))

    assert_no_violations(bare)


@pytest.mark.verifies("FOD_COM_PARTIES_08")
def test_data_comes_under_an_agreement(extracts, terms):
    """Data from each sender came, and police data was looked up, while an agreement with its author was in force."""
    senders, agreements = terms.items_of("senders"), extracts["agreements"]
    status = {"agreement_status": [*terms.items_of("status"), *ENDED["agreement_status"]]}
    running = {"start": "signed_on", "end": "expires_on", "over": ENDED}

    sent = [
        not_covered(
            extracts["transfers"],
            agreements,
            by="data_set",
            to="agreed_data",
            at="sent_at",
            only={"sender": [sender], "recipient": ["MOPAC"], "personal": ["yes"]},
            valid={"agreement_party": [sender], **status},
            **running,
        )
        for sender in (*senders, *terms.items_of("author"))
    ]
    delivered = not_covered(
        extracts["extract_deliveries"],
        agreements,
        by="supplier",
        to="agreement_party",
        at="received_on",
        only={"supplier": senders},
        valid=status,
        **running,
    )
    theirs = {"agreement_party": terms.items_of("author"), "agreed_data": terms.items_of("drawn"), **status}
    logged, only = extracts["access_log"], {"system": terms.items_of("systems")}
    looked_up = used_under_no_paper(logged, agreements, at="accessed_at", only=only, valid=theirs, **running)
    downloaded = used_under_no_paper(extracts["police_files"], agreements, at="downloaded_at", valid=theirs, **running)

    assert_no_violations(*sent, delivered, looked_up, downloaded)


@pytest.mark.verifies("FOD_COM_PARTIES_10")
def test_a_processor_has_one_contract(extracts):
    """No two references to a contract with one party for one data set differ without a finding."""
    assert_no_violations(statements_that_differ(extracts["needs"], says="reference", types=[], kinds=["contracts"]))


@pytest.mark.verifies("FOD_COM_PARTIES_11")
def test_online_surveys_are_run_by_the_company_named(extracts, terms):
    """Each online survey was run by the processor of the terms, and is of a piece of work of that processor."""
    work, named = extracts["processor_work"], terms.items_of("processor")

    others = another_than_named(work, named=named, column="processor", only={"task": ["online survey"]})
    of_others = not_covered_throughout(extracts["portal_surveys"], work, **WITHIN_WORK, valid={"processor": named})

    assert_no_violations(others, of_others)


@pytest.mark.verifies("FOD_COM_PARTIES_12")
def test_the_company_works_under_the_contract_named(extracts, terms):
    """Each contract with the processor of the terms has a reference of the terms."""
    contracts, only = extracts["contracts"], {"contractor": terms.items_of("processor")}

    otherwise = another_than_named(
        contracts, named=terms.items_of("references"), column="contract_reference", only=only
    )

    assert_no_violations(otherwise)
