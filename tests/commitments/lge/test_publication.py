"""LGE: results show groups and nobody in them (2.1.2, 2.1.6, 2.3.2, 2.3.3, 4.7, 5.1, 6)."""

import pytest

from dpia_checks.checks.minimisation import names_in_free_text, personal_data_in_free_text
from dpia_checks.checks.publication import (
    can_be_worked_out,
    counts_too_small,
    differ_by_few,
    few_behind_a_quote,
    given_to_others,
    group_all_alike,
    in_no_listed_report,
    marks_tell_apart,
    not_cleared,
    printed_in_another_way,
    published_in_another_way,
)
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_PUBLICATION_01")
def test_reports_show_groups(extracts, terms):
    """Each report is at a level of detail that the terms name."""
    levels = terms.items_of("levels")

    assert_no_violations(published_in_another_way(extracts["reports"], way="level", permitted=levels))


@pytest.mark.verifies("LGE_COM_PUBLICATION_02")
def test_no_location_has_few_people_behind_it(extracts, terms):
    """No table of places shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("LGE_COM_PUBLICATION_03")
def test_no_answer_has_few_people_behind_it(extracts, terms):
    """No table of answers shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("LGE_COM_PUBLICATION_04")
def test_no_crime_data_has_few_people_behind_it(extracts, terms):
    """No table of crime data shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("LGE_COM_PUBLICATION_05")
def test_no_staff_information_has_few_people_behind_it(extracts, terms):
    """No table of staff shows fewer people than the yardstick, unless it shows nobody."""
    topics = {"topic": terms.items_of("topics")}

    few = counts_too_small(extracts["published_cells"], smallest=terms.number("smallest"), only=topics)

    assert_no_violations(few)


@pytest.mark.verifies("LGE_COM_PUBLICATION_06")
def test_a_hidden_count_cannot_be_worked_out(extracts, terms):
    """No hidden count follows from all that is printed, nor does its mark tell why it is hidden."""
    cells = extracts["published_cells"]

    told = can_be_worked_out(cells, apart=terms.number("apart"))

    assert_no_violations(told, marks_tell_apart(cells))


@pytest.mark.verifies("LGE_COM_PUBLICATION_07")
def test_no_group_is_all_alike(extracts):
    """No row or column shows everybody in one cell, but by definition."""
    assert_no_violations(group_all_alike(extracts["published_cells"]))


@pytest.mark.verifies("LGE_COM_PUBLICATION_08")
def test_two_releases_single_nobody_out(extracts, terms):
    """The same group printed twice differs by nobody, or by as many as the yardstick."""
    assert_no_violations(differ_by_few(extracts["published_cells"], smallest=terms.number("smallest")))


@pytest.mark.verifies("LGE_COM_PUBLICATION_09")
def test_a_quote_identifies_nobody(extracts, terms):
    """Somebody cleared each quote and case study, and the words for the person fit others and give nobody away."""
    quotes = extracts["quotes"]

    cleared = not_cleared(quotes, extracts["staff"], cleared="identifiers_removed", by="checked_by")
    few = few_behind_a_quote(quotes, base="fits", smallest=terms.number("smallest"))
    written, kinds = terms.items_of("written"), terms.items_of("kinds")
    told = personal_data_in_free_text(quotes, formats=written, kinds=kinds)
    named = names_in_free_text(quotes, extracts["cms_clients"], names=["full_name"], formats=written)

    assert_no_violations(cleared, few, told, named)


@pytest.mark.verifies("LGE_COM_PUBLICATION_10")
def test_nobody_is_identified_in_a_publication(extracts):
    """Somebody answers for each report that it identifies nobody, and what was printed is in a report on the list."""
    reports = extracts["reports"]

    assert_no_violations(
        not_cleared(reports, extracts["staff"], cleared="identifies_nobody", by="checked_by"),
        in_no_listed_report(extracts["published_cells"], reports, report="report_id"),
        in_no_listed_report(extracts["quotes"], reports, report="report_id"),
    )


@pytest.mark.verifies("LGE_COM_PUBLICATION_11")
def test_other_partners_are_given_nothing(extracts, terms):
    """No report or other product is given to a partner other than Safer London."""
    barred = terms.items_of("partners")

    given = given_to_others(extracts["reports"], audience="audience", barred=barred)
    products = given_to_others(extracts["outputs"], audience="output_audience", barred=barred, given_on="released_on")

    assert_no_violations(given, products)


@pytest.mark.verifies("LGE_COM_PUBLICATION_12")
def test_the_police_are_given_nothing(extracts, terms):
    """No report or other product is given to the police."""
    barred = terms.items_of("police")

    given = given_to_others(extracts["reports"], audience="audience", barred=barred)
    products = given_to_others(extracts["outputs"], audience="output_audience", barred=barred, given_on="released_on")

    assert_no_violations(given, products)


@pytest.mark.verifies("LGE_COM_PUBLICATION_13")
def test_what_is_passed_on_is_anonymised_or_in_groups(extracts, terms):
    """What MOPAC shows to others is at a level that the terms name."""
    outside = {"audience": terms.items_of("audiences")}

    other = published_in_another_way(extracts["reports"], way="level", permitted=terms.items_of("levels"), only=outside)

    assert_no_violations(other)


@pytest.mark.verifies("LGE_COM_PUBLICATION_14")
def test_findings_for_the_public_show_groups(extracts, terms):
    """What the public is shown is at a level that the terms name."""
    told = {"audience": terms.items_of("audience")}

    other = published_in_another_way(extracts["reports"], way="level", permitted=terms.items_of("levels"), only=told)

    assert_no_violations(other)


@pytest.mark.verifies("LGE_COM_PUBLICATION_16")
def test_police_data_goes_out_as_findings_about_groups(extracts, terms):
    """What draws on police data, or prints it, and leaves MOPAC is at a level that the terms name."""
    reports, levels, outside = extracts["reports"], terms.items_of("levels"), {"audience": terms.items_of("audiences")}
    crime = {"topic": terms.items_of("topics")}

    other = published_in_another_way(reports, way="level", permitted=levels, only={**outside, "police_data": ["yes"]})
    printed = printed_in_another_way(
        reports,
        extracts["published_cells"],
        report="report_id",
        way="level",
        permitted=levels,
        prints=crime,
        only=outside,
    )

    assert_no_violations(other, printed)


@pytest.mark.verifies("LGE_COM_PUBLICATION_17")
def test_nothing_at_all_has_few_people_behind_it(extracts, terms):
    """No table of anything shows fewer people than the yardstick, unless it shows nobody."""
    assert_no_violations(counts_too_small(extracts["published_cells"], smallest=terms.number("smallest")))
