"""LGE: whether a no was honoured, and whether people were asked and told first (2.3.1, 4.1.4, 4.7)."""

import pytest

from dpia_checks.checks.consent import (
    delivered_after_withdrawal,
    heard_at_another_point,
    listed_after_withdrawal,
    not_asked_first,
    not_told,
    outside_what_was_agreed,
    used_after_withdrawal,
)
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_CONSENT_01")
def test_an_opt_out_is_honoured(extracts, terms):
    """No analysis that began after a young person had opted out holds their data."""
    cases, analyses, noes = extracts["analysis_cases"], extracts["analyses"], extracts["withdrawals"]

    used = used_after_withdrawal(cases, analyses, noes, person="client_id", no="kind", kinds=terms.items_of("kinds"))

    assert_no_violations(used)


@pytest.mark.verifies("LGE_COM_CONSENT_04")
def test_clients_are_asked_first(extracts, terms):
    """Each client agreed before the interview, survey or focus group began, and had not opted out by then."""
    log, only = extracts["interviews"], {"taking_part": terms.items_of("taking_part")}

    unasked = not_asked_first(
        log, asked="agreed_at", began="began_at", opted_out="opted_out_at", used="last_used_at", only=only
    )

    assert_no_violations(unasked)


@pytest.mark.verifies("LGE_COM_CONSENT_05")
def test_professionals_and_family_members_are_asked_first(extracts, terms):
    """Each professional and family member agreed before it began and stood by it, and their online surveys ask."""
    log, people = extracts["interviews"], terms.items_of("taking_part")

    unasked = not_asked_first(
        log,
        asked="agreed_at",
        began="began_at",
        opted_out="opted_out_at",
        used="last_used_at",
        only={"taking_part": people},
    )
    online = not_confirmed(
        extracts["portal_surveys"], that="permission_asked", only={"asked_of": people}, on="opened_on"
    )

    assert_no_violations(unasked, online)


@pytest.mark.verifies("LGE_COM_CONSENT_08")
def test_people_are_told_that_feedback_cannot_be_taken_back(extracts):
    """Each person whose feedback is stored without PII was told that it cannot be removed."""
    log, untraceable = extracts["interviews"], {"identifiable": ["no"]}

    assert_no_violations(not_told(log, told="told_no_removal", only=untraceable))


@pytest.mark.verifies("LGE_COM_CONSENT_09")
def test_clients_are_told_their_rights(extracts, terms):
    """Each client who was interviewed was told of their rights."""
    log, only = extracts["interviews"], {"taking_part": terms.items_of("taking_part")}

    assert_no_violations(not_told(log, told="told_rights", only=only))


@pytest.mark.verifies("LGE_COM_CONSENT_11")
def test_clients_are_heard_at_two_points(extracts, terms):
    """Each interview of a client was held for one of the reports that the terms name."""
    log, only = extracts["interviews"], {"taking_part": terms.items_of("taking_part")}

    other = heard_at_another_point(
        log, point="held_for", began="began_at", permitted=terms.items_of("points"), only=only
    )

    assert_no_violations(other)


@pytest.mark.verifies("LGE_COM_CONSENT_12")
def test_an_opt_out_is_honoured_in_later_extracts(extracts, terms):
    """No extract of a later day than a young person's opt-out holds them."""
    cases, noes, kinds = extracts["extract_cases"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(cases, noes, person="client_id", on="delivered_on", no="kind", kinds=kinds)
    delivered = delivered_after_withdrawal(
        cases,
        extracts["transfers"],
        noes,
        person="client_id",
        extract="of_extract",
        id="transfer_id",
        came="sent_at",
        no="kind",
        kinds=kinds,
    )

    assert_no_violations(listed, delivered)


@pytest.mark.verifies("LGE_COM_CONSENT_13")
def test_an_opt_out_is_honoured_in_later_matching(extracts, terms):
    """No matching of a later day than a young person's opt-out holds them."""
    matched, noes, kinds = extracts["matched_cases"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(matched, noes, person="person_number", on="matched_on", no="kind", kinds=kinds)

    assert_no_violations(listed)


@pytest.mark.verifies("LGE_COM_CONSENT_14")
def test_people_take_part_in_what_they_agreed_to(extracts):
    """Each survey, interview and focus group is what the person agreed to."""
    log = extracts["interviews"]

    assert_no_violations(outside_what_was_agreed(log, held="held_as", agreed="agreed_to", began="began_at"))


@pytest.mark.verifies("LGE_COM_CONSENT_15")
def test_a_no_is_honoured_in_later_keys(extracts, terms):
    """No key of a later day than a young person's no holds them."""
    keys, noes, kinds = extracts["pseudonyms"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(keys, noes, person="client_id", on="keyed_on", no="kind", kinds=kinds)

    assert_no_violations(listed)


@pytest.mark.verifies("LGE_COM_CONSENT_03")
def test_nobody_is_asked_again_after_a_no(extracts, terms):
    """No list of people to ask, of a later day than a young person's no of any kind, holds them."""
    lists, noes, kinds = extracts["contact_lists"], extracts["withdrawals"], terms.items_of("kinds")

    listed = listed_after_withdrawal(lists, noes, person="client_id", on="listed_on", no="kind", kinds=kinds)

    assert_no_violations(listed)
