"""FOD: what is shared, with whom, on whose permission, and what is recorded of it (1, 2.1.3, 2.1.6)."""

import pytest

from dpia_checks.checks.breach import not_written_down
from dpia_checks.checks.parties import not_covered
from dpia_checks.checks.rights import done_after_working_days
from dpia_checks.checks.sharing import fed_back_late, shared_without_permission
from dpia_checks.checks.storage import done_in_another_way
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations

SHARED = {"decision": ["shared"], "personal": ["yes"]}


def sent_unrecorded(extracts, **what):
    """Find personal data that MOPAC sent on a day for which no line says that it was shared with that recipient."""
    sent = {"data_set" if name == "data_source" else name: values for name, values in what.items()}
    return not_covered(
        extracts["transfers"],
        extracts["disclosures"],
        by="supply_id",
        to="disclosure_id",
        at="sent_at",
        start="supplied_on",
        end="supplied_on",
        only={"sender": ["MOPAC"], "personal": ["yes"], **sent},
        valid={**SHARED, **what},
        same={"recipient": "recipient", "data_set": "data_source"},
    )


@pytest.mark.verifies("FOD_COM_SHARING_02")
def test_police_data_goes_to_nobody_without_an_agreement(extracts, terms):
    """Personal data from the police goes to nobody but under an agreement made for it, signed and in force."""
    theirs, others = terms.items_of("data_sets"), terms.items_of("recipients")
    only = {"data_source": theirs, "recipient": others}

    unpermitted = not_covered(
        extracts["disclosures"],
        extracts["agreements"],
        by="agreement",
        to="agreement_reference",
        at="supplied_on",
        start="signed_on",
        end="expires_on",
        only={**SHARED, **only},
        valid={"agreement_status": ["signed", "ended early"], "agreed_data": theirs},
        over={"agreement_status": ["ended early"]},
        same={"recipient": "agreement_party"},
    )
    nameless = shared_without_permission(
        extracts["disclosures"], permission="agreement", only=only, supplied="supplied_on"
    )

    assert_no_violations(unpermitted, nameless, sent_unrecorded(extracts, **only))


@pytest.mark.verifies("FOD_COM_SHARING_03")
def test_disclosures_of_police_data_have_a_reference(extracts, terms):
    """Each disclosure of personal data from the police has its CRIMINT PLUS reference."""
    unwritten = not_written_down(
        extracts["disclosures"],
        what="crimint_reference",
        of={**SHARED, "data_source": terms.items_of("data_sets")},
        due="supplied_on",
    )

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_04")
def test_the_record_is_made_by_those_named(extracts, terms):
    """Each disclosure is recorded by somebody whom the terms name."""
    others = done_in_another_way(
        extracts["disclosures"],
        way="recorded_by",
        permitted=terms.items_of("recorders"),
        only=SHARED,
        begins="supplied_on",
    )

    assert_no_violations(others)


@pytest.mark.verifies("FOD_COM_SHARING_05")
def test_the_record_names_the_partner(extracts):
    """Each disclosure names who received the data."""
    unwritten = not_written_down(extracts["disclosures"], what="recipient", of=SHARED, due="supplied_on")

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_06")
def test_the_record_says_what_the_data_is(extracts):
    """Each disclosure says what the data is."""
    unwritten = not_written_down(extracts["disclosures"], what="nature", of=SHARED, due="supplied_on")

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_07")
def test_the_record_says_for_which_project(extracts):
    """Each disclosure says for which project it was."""
    unwritten = not_written_down(extracts["disclosures"], what="project", of=SHARED, due="supplied_on")

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_08")
def test_the_record_gives_the_lawful_reason(extracts):
    """Each disclosure gives a lawful reason."""
    unwritten = not_written_down(extracts["disclosures"], what="lawful_reason", of=SHARED, due="supplied_on")

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_09")
def test_the_record_is_made_soon(extracts, terms):
    """Each disclosure is recorded within the working days of the yardstick after the supply."""
    late = done_after_working_days(
        extracts["disclosures"], received="supplied_on", done="recorded_on", days=terms.number("days"), only=SHARED
    )

    assert_no_violations(late)


@pytest.mark.verifies("FOD_COM_SHARING_10")
def test_refusals_have_a_reference(extracts):
    """Each refusal has its CRIMINT PLUS reference."""
    unwritten = not_written_down(
        extracts["disclosures"], what="crimint_reference", of={"decision": ["refused"]}, due="decided_on"
    )

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_11")
def test_refusals_have_reasons(extracts):
    """Each refusal gives its reasons."""
    unwritten = not_written_down(
        extracts["disclosures"], what="refusal_reason", of={"decision": ["refused"]}, due="decided_on"
    )

    assert_no_violations(unwritten)


@pytest.mark.verifies("FOD_COM_SHARING_12")
def test_the_lead_provider_agrees_first(extracts, terms):
    """The lead provider agreed, by the day of the supply, to all that the police were given."""
    only = {"data_source": terms.items_of("data_sets"), "recipient": terms.items_of("recipients")}

    unpermitted = shared_without_permission(
        extracts["disclosures"], permission="lead_provider_agreed_on", by="supplied_on", only=only
    )

    assert_no_violations(unpermitted, sent_unrecorded(extracts, **only))


@pytest.mark.verifies("FOD_COM_SHARING_13")
def test_only_an_acute_need_opens_the_way(extracts, terms):
    """An acute need is written down for all that the police were given."""
    only = {"data_source": terms.items_of("data_sets"), "recipient": terms.items_of("recipients")}

    unpermitted = shared_without_permission(
        extracts["disclosures"], permission="acute_need", only=only, supplied="supplied_on"
    )

    assert_no_violations(unpermitted, sent_unrecorded(extracts, **only))


@pytest.mark.verifies("FOD_COM_SHARING_14")
def test_the_owner_consents_first(extracts, terms):
    """The owner agreed, by the day of the supply, to each disclosure of its data to anybody else."""
    everybody = terms.items_of("recipients")
    theirs = [
        {"data_source": [data], "recipient": [who for who in everybody if who != owner]}
        for data, owner in zip(terms.items_of("data_sets"), terms.items_of("owners"), strict=True)
    ]
    theirs.append({"data_source": terms.items_of("provider_data"), "recipient": terms.items_of("provider_recipients")})

    unpermitted = [
        shared_without_permission(extracts["disclosures"], permission="owner_agreed_on", by="supplied_on", only=only)
        for only in theirs
    ]

    assert_no_violations(*unpermitted, *[sent_unrecorded(extracts, **only) for only in theirs])


@pytest.mark.verifies("FOD_COM_SHARING_17")
def test_the_officer_is_told_in_time(extracts, terms):
    """Engagement is fed back on each conditional caution within the calendar months of the terms."""
    late = fed_back_late(
        extracts["disposals"],
        extracts["officer_feedback"],
        kind="disposal_type",
        kinds=terms.items_of("kinds"),
        since="made_on",
        months=terms.number("months"),
    )

    assert_no_violations(late)


@pytest.mark.verifies("FOD_COM_SHARING_18")
def test_the_referring_officer_is_told(extracts):
    """Each feedback went to the officer who made the referral."""
    assert_no_violations(not_confirmed(extracts["officer_feedback"], that="referring_officer", on="fed_back_on"))
