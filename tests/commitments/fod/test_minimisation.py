"""FOD: MOPAC collects no more than the evaluation needs (2.1, 2.4, 4.5, 6, Appendix 1)."""

import pytest

from dpia_checks.checks.minimisation import (
    columns_not_approved,
    free_text_not_outnumbered,
    names_in_free_text,
    not_on_the_list,
    personal_data_in_free_text,
    relatives_in_free_text,
)
from dpia_checks.violations import assert_no_violations

FROM_ADVANCE = (
    "advance_referrals_in",
    "advance_referrals_out",
    "advance_interventions",
    "advance_criminal_background",
)


@pytest.mark.verifies("FOD_COM_MINIMISATION_01")
def test_only_the_listed_fields_come_from_advance(extracts):
    """The four extracts from Advance hold the fields of Appendix 1 and no others."""
    assert_no_violations(*(columns_not_approved(extracts[table]) for table in FROM_ADVANCE))


@pytest.mark.verifies("FOD_COM_MINIMISATION_02")
def test_only_the_listed_fields_come_from_the_crc(extracts):
    """The extract from the CRC holds the fields of Appendix 1 and no others."""
    assert_no_violations(columns_not_approved(extracts["crc"]))


@pytest.mark.verifies("FOD_COM_MINIMISATION_05")
def test_tick_boxes_outnumber_free_text(extracts, terms):
    """Of the fields that the document lists, more are chosen from a list than written freely."""
    freely = free_text_not_outnumbered(
        extracts["needs"],
        chosen=terms.items_of("chosen"),
        written=terms.items_of("written"),
        standing=["approved"],
    )

    assert_no_violations(freely)


@pytest.mark.verifies("FOD_COM_MINIMISATION_16")
def test_a_tick_box_holds_a_tick(extracts, terms):
    """No field that we read as a choice from a list holds anything else."""
    formats = terms.items_of("formats")

    assert_no_violations(*(not_on_the_list(extracts[table], formats=formats) for table in (*FROM_ADVANCE, "crc")))


@pytest.mark.verifies("FOD_COM_MINIMISATION_17")
def test_free_text_holds_nothing_that_no_field_asks_for(extracts, terms):
    """No written field holds anything on our list, or names a woman of the same sender."""
    written, kinds = terms.items_of("written"), terms.items_of("kinds")
    women, on_probation = extracts["advance_referrals_in"], extracts["crc"]

    numbers = [
        personal_data_in_free_text(extracts[table], formats=written, kinds=kinds) for table in (*FROM_ADVANCE, "crc")
    ]
    names = [
        names_in_free_text(extracts[table], women, names=["forename", "surname"], formats=written)
        for table in FROM_ADVANCE
    ]
    others = names_in_free_text(on_probation, on_probation, names=["first_name", "surname"], formats=written)

    assert_no_violations(*numbers, *names, others)


@pytest.mark.verifies("FOD_COM_MINIMISATION_18")
def test_of_family_members_there_are_limited_details(extracts, terms):
    """No written field names a relative, or gives their date of birth."""
    written, relations = terms.items_of("written"), terms.items_of("relations")
    bodies = terms.items_of("organisations")

    named = [
        relatives_in_free_text(extracts[table], formats=written, relations=relations, organisations=bodies)
        for table in (*FROM_ADVANCE, "crc")
    ]

    assert_no_violations(*named)
