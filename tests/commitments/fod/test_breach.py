"""FOD: what MOPAC does when personal data is lost, stolen or seen by the wrong person (5.4, 6)."""

import pytest

from dpia_checks.checks.breach import not_written_down, told_by_another_route, told_late
from dpia_checks.violations import assert_no_violations

NOTIFIABLE = {"notifiable": ["yes"]}


@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_the_regulator_is_told_in_time(extracts, terms):
    """MOPAC tells the ICO of each notifiable personal data breach within the hours of the terms, from detection."""
    log = extracts["breaches"]

    late = told_late(log, told="ico_told_at", since="detected_at", hours=terms.number("hours"), of=NOTIFIABLE)

    assert_no_violations(late)


@pytest.mark.verifies("FOD_COM_BREACH_02")
def test_the_police_are_told_in_time(extracts, terms):
    """MOPAC tells the MPS of each notifiable breach of MPS data within the hours of the terms."""
    of_police = {**NOTIFIABLE, "data_set": ["MPS data"]}

    late = told_late(
        extracts["breaches"], told="mps_told_at", since="detected_at", hours=terms.number("hours"), of=of_police
    )

    assert_no_violations(late)


@pytest.mark.verifies("FOD_COM_BREACH_03")
def test_the_police_are_told_by_the_agreed_route(extracts, terms):
    """MOPAC tells the MPS of a notifiable breach of MPS data by e-mail to the mailbox of the terms."""
    of_police = {**NOTIFIABLE, "data_set": ["MPS data"]}

    otherwise = told_by_another_route(
        extracts["breaches"], told="mps_told_at", route="mps_told_by", permitted=terms.items_of("route"), of=of_police
    )

    assert_no_violations(otherwise)


@pytest.mark.verifies("FOD_COM_BREACH_04")
def test_the_lead_provider_is_told_in_time(extracts, terms):
    """MOPAC tells the lead provider of each notifiable breach of the women's data within the hours of the terms."""
    of_women = {**NOTIFIABLE, "data_set": terms.items_of("data_sets")}
    hours = terms.number("hours")

    late = told_late(extracts["breaches"], told="lead_provider_told_at", since="detected_at", hours=hours, of=of_women)

    assert_no_violations(late)


@pytest.mark.verifies("FOD_COM_BREACH_05")
def test_contracted_providers_report_through_the_contract(extracts):
    """The contract manager is told of each breach that a contracted provider found."""
    log, found_there = extracts["breaches"], {"found_by": ["contracted provider"]}

    unreported = not_written_down(
        log, what="contract_manager_told_at", of=found_there, since="detected_at", due="detected_at"
    )

    assert_no_violations(unreported)


@pytest.mark.verifies("FOD_COM_BREACH_06")
def test_the_senior_official_is_told(extracts):
    """The Senior Official is told of each serious or impacting incident."""
    log, serious = extracts["breaches"], {"serious": ["yes"]}

    untold = not_written_down(log, what="senior_official_told_at", of=serious, since="detected_at")

    assert_no_violations(untold)


@pytest.mark.verifies("FOD_COM_BREACH_07")
def test_the_nature_of_the_information_is_written_down(extracts):
    """The log says of each incident whether the information was personal or sensitive corporate."""
    assert_no_violations(not_written_down(extracts["breaches"], what="nature", of={}, due="detected_at"))


@pytest.mark.verifies("FOD_COM_BREACH_08")
def test_the_number_of_records_is_written_down(extracts):
    """The log says how many individual records were involved, when the information is personal."""
    assert_no_violations(
        not_written_down(extracts["breaches"], what="records", of={"nature": ["personal"]}, due="detected_at")
    )


@pytest.mark.verifies("FOD_COM_BREACH_09")
def test_the_possible_impact_is_written_down(extracts):
    """The log describes the possible impact of each incident."""
    assert_no_violations(not_written_down(extracts["breaches"], what="impact", of={}, due="detected_at"))


@pytest.mark.verifies("FOD_COM_BREACH_10")
def test_the_actions_needed_are_written_down(extracts):
    """The log says of each incident which actions are needed."""
    assert_no_violations(not_written_down(extracts["breaches"], what="actions", of={}, due="detected_at"))


@pytest.mark.verifies("FOD_COM_BREACH_11")
def test_the_circumstances_are_investigated(extracts):
    """The log gives the day on which each loss was investigated."""
    log = extracts["breaches"]

    unexamined = not_written_down(log, what="investigated_on", of={}, since="detected_at", due="detected_at")

    assert_no_violations(unexamined)


@pytest.mark.verifies("FOD_COM_BREACH_18")
def test_how_significant_it_is_is_established(extracts):
    """Each incident on the log says whether it was serious."""
    assert_no_violations(not_written_down(extracts["breaches"], what="serious", of={}, due="detected_at"))
