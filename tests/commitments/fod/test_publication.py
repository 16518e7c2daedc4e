"""FOD: results show groups and nobody in them (2.1.2, 2.4.2, 4.7, 6)."""

import pytest

from dpia_checks.checks.minimisation import names_in_free_text, personal_data_in_free_text
from dpia_checks.checks.publication import (
    can_be_worked_out,
    counts_too_small,
    differ_by_few,
    few_behind_a_quote,
    group_all_alike,
    in_no_listed_report,
    marks_tell_apart,
    not_cleared,
    published_in_another_way,
    shown_without_need,
)
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("FOD_COM_PUBLICATION_01")
def test_reports_show_groups(extracts, terms):
    """Each report is at a level of detail that the terms name."""
    levels = terms.items_of("levels")

    assert_no_violations(published_in_another_way(extracts["reports"], way="level", permitted=levels))


@pytest.mark.verifies("FOD_COM_PUBLICATION_02")
def test_no_location_has_few_people_behind_it(extracts, terms):
    """No table of places shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("FOD_COM_PUBLICATION_03")
def test_no_answer_has_few_people_behind_it(extracts, terms):
    """No table of answers shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("FOD_COM_PUBLICATION_04")
def test_no_crime_data_has_few_people_behind_it(extracts, terms):
    """No table of crime data shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("FOD_COM_PUBLICATION_05")
def test_no_staff_information_has_few_people_behind_it(extracts, terms):
    """No table of staff shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("FOD_COM_PUBLICATION_06")
def test_a_hidden_count_cannot_be_worked_out(extracts, terms):
    """No hidden count follows from all that is printed, nor does its mark tell why it is hidden."""
    cells = extracts["published_cells"]

    told = can_be_worked_out(cells, apart=terms.number("apart"))

    assert_no_violations(told, marks_tell_apart(cells))


@pytest.mark.verifies("FOD_COM_PUBLICATION_07")
def test_no_group_is_all_alike(extracts):
    """No row or column shows everybody in one cell, but by definition."""
    assert_no_violations(group_all_alike(extracts["published_cells"]))


@pytest.mark.verifies("FOD_COM_PUBLICATION_08")
def test_two_releases_single_nobody_out(extracts, terms):
    """The same group printed twice differs by nobody, or by as many as the yardstick."""
    assert_no_violations(differ_by_few(extracts["published_cells"], smallest=terms.number("smallest")))


@pytest.mark.verifies("FOD_COM_PUBLICATION_09")
def test_a_quote_identifies_nobody(extracts, terms):
    """Somebody cleared each quote and case study, and the words for the person fit others and give nobody away."""
    quotes = extracts["quotes"]

    cleared = not_cleared(quotes, extracts["staff"], cleared="identifiers_removed", by="checked_by")
    few = few_behind_a_quote(quotes, base="fits", smallest=terms.number("smallest"))
    written, kinds = terms.items_of("written"), terms.items_of("kinds")
    told = personal_data_in_free_text(quotes, formats=written, kinds=kinds)
    named = names_in_free_text(quotes, extracts["advance_referrals_in"], names=["forename", "surname"], formats=written)

    assert_no_violations(cleared, few, told, named)


@pytest.mark.verifies("FOD_COM_PUBLICATION_10")
def test_nobody_is_identified_in_a_publication(extracts):
    """Somebody answers for each report that it identifies nobody, and what was printed is in a report on the list."""
    reports = extracts["reports"]

    assert_no_violations(
        not_cleared(reports, extracts["staff"], cleared="identifies_nobody", by="checked_by"),
        in_no_listed_report(extracts["published_cells"], reports, report="report_id"),
        in_no_listed_report(extracts["quotes"], reports, report="report_id"),
    )


@pytest.mark.verifies("FOD_COM_PUBLICATION_11")
def test_providers_get_reports_presentations_and_meetings(extracts, terms):
    """What a service provider is given has a form that the terms name."""
    told = {"audience": terms.items_of("audience")}

    other = published_in_another_way(extracts["reports"], way="form", permitted=terms.items_of("forms"), only=told)

    assert_no_violations(other)


@pytest.mark.verifies("FOD_COM_PUBLICATION_12")
def test_providers_are_shown_groups_only(extracts, terms):
    """What a service provider is shown is at a level that the terms name."""
    told = {"audience": terms.items_of("audience")}

    other = published_in_another_way(extracts["reports"], way="level", permitted=terms.items_of("levels"), only=told)

    assert_no_violations(other)


@pytest.mark.verifies("FOD_COM_PUBLICATION_13")
def test_providers_are_shown_what_they_need_to_know(extracts, terms):
    """For each thing shown to a service provider the need is written down."""
    provider = {"audience": terms.items_of("audience")}

    assert_no_violations(shown_without_need(extracts["reports"], need="need_to_know", only=provider))


@pytest.mark.verifies("FOD_COM_PUBLICATION_14")
def test_nothing_at_all_has_few_people_behind_it(extracts, terms):
    """No table of anything shows fewer people than the yardstick, unless it shows nobody."""
    assert_no_violations(counts_too_small(extracts["published_cells"], smallest=terms.number("smallest")))
