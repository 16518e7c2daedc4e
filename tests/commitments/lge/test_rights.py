"""LGE: requests that people make about their data, to whom they go and when they are answered (2.3.2, 4.7, 5.3)."""

import pytest

from dpia_checks.checks.rights import (
    answered_after_months,
    answered_after_working_days,
    done_after_working_days,
    handled_elsewhere,
)
from dpia_checks.violations import assert_no_violations

PASSED = {
    "handled": "passed_to",
    "of": "data_set",
    "received": "received_on",
    "answered": "answered_on",
    "outcome": "outcome",
    "done": "passed_on",
    "already": "received_by",
}


@pytest.mark.verifies("LGE_COM_RIGHTS_01")
def test_requests_about_police_data_go_to_the_police(extracts, terms):
    """Each request about MPS data is passed to the recipient of the terms."""
    by = {terms["data_set"]: terms["recipient"]}

    assert_no_violations(handled_elsewhere(extracts["requests"], by=by, months=terms.number("months"), **PASSED))


@pytest.mark.verifies("LGE_COM_RIGHTS_02")
def test_requests_about_police_data_follow_the_police_process(extracts, terms):
    """Each request about MPS data follows the process of the terms."""
    by, months = {terms["data_set"]: terms["process"]}, terms.number("months")
    process = {**PASSED, "handled": "process", "done": None, "already": None}

    assert_no_violations(handled_elsewhere(extracts["requests"], by=by, months=months, **process))


@pytest.mark.verifies("LGE_COM_RIGHTS_03")
def test_requests_about_cms_data_go_to_its_author(extracts, terms):
    """Each request about CMS data goes to the recipient of the terms, whatever MOPAC calls itself."""
    by = {terms["data_set"]: terms["recipient"]}

    assert_no_violations(handled_elsewhere(extracts["requests"], by=by, months=terms.number("months"), **PASSED))


@pytest.mark.verifies("LGE_COM_RIGHTS_04")
def test_requests_about_own_data_go_to_the_data_protection_officer(extracts, terms):
    """Each request about what MOPAC collected itself goes to the recipient of the terms."""
    by = {terms["data_set"]: terms["recipient"]}

    assert_no_violations(handled_elsewhere(extracts["requests"], by=by, months=terms.number("months"), **PASSED))


@pytest.mark.verifies("LGE_COM_RIGHTS_05")
def test_requests_to_see_data_come_in_through_one_office(extracts, terms):
    """Each request to see data is received by the contact of the terms."""
    by = {terms["kind"]: terms["contact"]}

    assert_no_violations(
        handled_elsewhere(extracts["requests"], handled="received_by", of="kind", by=by, received="received_on")
    )


@pytest.mark.verifies("LGE_COM_RIGHTS_06")
def test_requests_are_passed_on_soon(extracts, terms):
    """Each request was passed on within the working days of the yardstick."""
    late = done_after_working_days(
        extracts["requests"],
        received="received_on",
        done="passed_on",
        days=terms.number("days"),
        follows=True,
        whom="passed_to",
    )

    assert_no_violations(late)


@pytest.mark.verifies("LGE_COM_RIGHTS_07")
def test_requests_about_personal_data_are_answered_in_time(extracts, terms):
    """Each request about personal data is answered within the months of the terms, or those of an extension."""
    late = answered_after_months(
        extracts["requests"],
        received="received_on",
        answered="answered_on",
        months=terms.number("months"),
        further=terms.number("further"),
        reason="extended_for",
        reasons=terms.items_of("reasons"),
        told="extension_told_on",
        identity_asked="identity_asked_on",
        identity_confirmed="identity_confirmed_on",
        asked_by="asked_by",
        repeated=terms.items_of("repeated"),
        only={"kind": terms.items_of("kinds")},
    )

    assert_no_violations(late)


@pytest.mark.verifies("LGE_COM_RIGHTS_08")
def test_freedom_of_information_requests_are_answered_in_time(extracts, terms):
    """Each request for information is answered within the working days of the terms, or as the Act allows."""
    late = answered_after_working_days(
        extracts["requests"],
        received="received_on",
        answered="answered_on",
        days=terms.number("days"),
        reason="extended_for",
        reasons=terms.items_of("reasons"),
        told="extension_told_on",
        fee_asked="fee_asked_on",
        fee_paid="fee_paid_on",
        only={"kind": terms.items_of("kind")},
    )

    assert_no_violations(late)
