"""LGE: what the extract may hold, and how much of what is agreed is written freely (4.5, 6, Annex B)."""

import pytest

from dpia_checks.checks.minimisation import (
    columns_not_approved,
    free_text_not_outnumbered,
    names_in_free_text,
    not_on_the_list,
    personal_data_in_free_text,
    relatives_in_free_text,
    sent_at_another_point,
)
from dpia_checks.violations import assert_no_violations

FROM_THE_CMS = ("cms_clients", "cms_referrals")


@pytest.mark.verifies("LGE_COM_MINIMISATION_01")
def test_the_extract_has_only_the_agreed_columns(extracts):
    """The extract of clients and the extract of referrals have no column that Annex B does not list for them."""
    clients = columns_not_approved(extracts["cms_clients"])
    referrals = columns_not_approved(extracts["cms_referrals"])

    assert_no_violations(clients, referrals)


@pytest.mark.verifies("LGE_COM_MINIMISATION_04")
def test_data_comes_at_specific_points_only(extracts, terms):
    """Personal data from Safer London comes shortly before an analysis starts."""
    of_clients = {
        "sender": ["Safer London"],
        "recipient": ["MOPAC"],
        "data_set": ["LGE data"],
        "personal": ["yes"],
    }

    elsewhen = sent_at_another_point(
        extracts["transfers"],
        extracts["analyses"],
        sent="sent_at",
        started="started_at",
        days=terms.number("days"),
        only=of_clients,
    )

    assert_no_violations(elsewhen)


@pytest.mark.verifies("LGE_COM_MINIMISATION_05")
def test_tick_boxes_outnumber_free_text(extracts, terms):
    """Of the fields that Annex B lists, more are answered by a tick than in free text."""
    ticked, written = terms.items_of("tick_boxes"), terms.items_of("free_text")

    outweighed = free_text_not_outnumbered(extracts["needs"], chosen=ticked, written=written, standing=["approved"])

    assert_no_violations(outweighed)


@pytest.mark.verifies("LGE_COM_MINIMISATION_16")
def test_a_tick_box_holds_a_tick(extracts, terms):
    """No field that we read as a choice from a list holds anything else."""
    formats = terms.items_of("formats")

    assert_no_violations(*(not_on_the_list(extracts[table], formats=formats) for table in FROM_THE_CMS))


@pytest.mark.verifies("LGE_COM_MINIMISATION_17")
def test_free_text_holds_nothing_that_no_field_asks_for(extracts, terms):
    """No written field holds anything on our list, or names a client."""
    written, kinds = terms.items_of("written"), terms.items_of("kinds")
    clients, tables = extracts["cms_clients"], [extracts[table] for table in FROM_THE_CMS]

    numbers = [personal_data_in_free_text(table, formats=written, kinds=kinds) for table in tables]
    names = [names_in_free_text(table, clients, names=["full_name"], formats=written) for table in tables]

    assert_no_violations(*numbers, *names)


@pytest.mark.verifies("LGE_COM_MINIMISATION_18")
def test_of_family_members_there_are_limited_details(extracts, terms):
    """No written field names a relative, or gives their date of birth."""
    written, relations = terms.items_of("written"), terms.items_of("relations")
    bodies = terms.items_of("organisations")

    named = [
        relatives_in_free_text(extracts[table], formats=written, relations=relations, organisations=bodies)
        for table in FROM_THE_CMS
    ]

    assert_no_violations(*named)


@pytest.mark.verifies("LGE_COM_MINIMISATION_11")
def test_notes_are_studied_without_identifying_anybody(extracts, terms):
    """No note that the analysts hold has anything on our list, or names a client."""
    notes, written = extracts["analyst_notes"], terms.items_of("written")

    numbers = personal_data_in_free_text(notes, formats=written, kinds=terms.items_of("kinds"))
    names = names_in_free_text(notes, extracts["cms_clients"], names=["full_name"], formats=written)

    assert_no_violations(numbers, names)
