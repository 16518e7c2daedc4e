"""FOD: people are asked first, and a no is honoured (2.3.2, 4.1, 4.7, 6)."""

import pytest

from dpia_checks.checks.consent import (
    dated_after_withdrawal,
    delivered_after_withdrawal,
    kept_after_opting_out,
    listed_after_withdrawal,
    not_asked_first,
    not_told,
    outside_what_was_agreed,
    reported_after_withdrawal,
    used_after_withdrawal,
)
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations

WHAT_HAPPENED = {
    "advance_referrals_in": (
        "date_referral_received",
        "service_start_date",
        "service_end_date",
        "contact_date",
        "engagement_date",
    ),
    "advance_referrals_out": ("date_referred_to_other_agency",),
    "advance_interventions": ("case_note_date",),
    "advance_criminal_background": ("date_recorded", "date_of_offence", "conviction_date"),
}
"""The tables that Advance sends, and their columns with the day of an event."""
AT_PROBATION = ("date_of_latest_oasys_assessment", "offence_date", "sentence_date", "disposal_date")
"""The columns of the CRC's table with the day of an event; a term's expected end is none yet."""
DELIVERED = (("extract_deliveries", "extract_id", "received_on"), ("transfers", "transfer_id", "sent_at"))
"""The lists of deliveries that name an extract, and their columns with its name and its day."""


@pytest.mark.verifies("FOD_COM_CONSENT_01")
def test_people_are_asked_first(extracts):
    """Each person agreed before the interview or survey began and had not opted out, and online surveys ask first."""
    unasked = not_asked_first(
        extracts["interviews"], asked="agreed_at", began="began_at", opted_out="opted_out_at", used="last_used_at"
    )
    online = not_confirmed(extracts["portal_surveys"], that="permission_asked", on="opened_on")

    assert_no_violations(unasked, online)


@pytest.mark.verifies("FOD_COM_CONSENT_03")
def test_people_are_told_that_they_can_withdraw(extracts):
    """The log says of each person that they were told of their right to withdraw."""
    assert_no_violations(not_told(extracts["interviews"], told="told_rights"))


@pytest.mark.verifies("FOD_COM_CONSENT_05")
def test_people_can_opt_out(extracts):
    """The material of each person who opted out is deleted, and nothing used it after the no."""
    log, traceable = extracts["interviews"], {"identifiable": ["yes"]}

    kept = kept_after_opting_out(
        log, opted_out="opted_out_at", deleted="deleted_at", used="last_used_at", only=traceable
    )

    assert_no_violations(kept)


@pytest.mark.verifies("FOD_COM_CONSENT_06")
def test_withdrawn_cases_are_left_out_of_later_analyses(extracts, terms):
    """No analysis that began after a client's withdrawal holds her case."""
    used = used_after_withdrawal(
        extracts["analysis_cases"],
        extracts["analyses"],
        extracts["withdrawals"],
        person="client_id",
        no="kind",
        kinds=terms.items_of("kinds"),
    )

    assert_no_violations(used)


@pytest.mark.verifies("FOD_COM_CONSENT_09")
def test_withdrawn_cases_are_left_out_of_later_reports(extracts, terms):
    """No report of a day after a client's withdrawal has her case behind it."""
    shown = reported_after_withdrawal(
        extracts["analysis_cases"],
        extracts["analyses"],
        extracts["withdrawals"],
        person="client_id",
        no="kind",
        kinds=terms.items_of("kinds"),
    )

    assert_no_violations(shown)


@pytest.mark.verifies("FOD_COM_CONSENT_11")
def test_withdrawn_cases_are_left_out_of_later_extracts(extracts, terms):
    """No extract of a later day than a client's withdrawal holds her, by its list or by what it says of her."""
    noes, honoured = extracts["withdrawals"], {"no": "kind", "kinds": terms.items_of("kinds")}

    listed = listed_after_withdrawal(extracts["extract_cases"], noes, person="client_id", on="delivered_on", **honoured)
    delivered = [
        delivered_after_withdrawal(
            extracts["extract_cases"],
            extracts[table],
            noes,
            person="client_id",
            extract="of_extract",
            id=id,
            came=came,
            **honoured,
        )
        for table, id, came in DELIVERED
    ]
    later = [
        dated_after_withdrawal(extracts[table], noes, person="client_id", dates=dates, **honoured)
        for table, dates in WHAT_HAPPENED.items()
    ]
    on_probation = dated_after_withdrawal(
        extracts["crc"],
        noes,
        person="delius_number",
        dates=AT_PROBATION,
        names=extracts["advance_referrals_in"],
        **honoured,
    )

    assert_no_violations(listed, *delivered, *later, on_probation)


@pytest.mark.verifies("FOD_COM_CONSENT_12")
def test_withdrawn_cases_are_left_out_of_later_matching(extracts, terms):
    """No matching of a later day than a client's withdrawal holds her, by the number that Advance gives of her."""
    listed = listed_after_withdrawal(
        extracts["matched_cases"],
        extracts["withdrawals"],
        person="delius_number",
        on="matched_on",
        no="kind",
        kinds=terms.items_of("kinds"),
        names=extracts["advance_referrals_in"],
    )

    assert_no_violations(listed)


@pytest.mark.verifies("FOD_COM_CONSENT_14")
def test_people_take_part_in_what_they_agreed_to(extracts):
    """Each survey, interview and focus group is what the person agreed to."""
    log = extracts["interviews"]

    assert_no_violations(outside_what_was_agreed(log, held="held_as", agreed="agreed_to", began="began_at"))


@pytest.mark.verifies("FOD_COM_CONSENT_15")
def test_a_no_is_honoured_in_later_keys(extracts, terms):
    """No key of a later day than a woman's no holds them."""
    keys, noes, kinds = extracts["pseudonyms"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(keys, noes, person="client_id", on="keyed_on", no="kind", kinds=kinds)

    assert_no_violations(listed)


@pytest.mark.verifies("FOD_COM_CONSENT_16")
def test_nobody_is_asked_again_after_a_no(extracts, terms):
    """No list of people to ask, of a later day than a woman's no of any kind, holds them."""
    lists, noes, kinds = extracts["contact_lists"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(lists, noes, person="client_id", on="listed_on", no="kind", kinds=kinds)

    assert_no_violations(listed)
