"""LGE: what the extract may hold, and how much of what is agreed is written freely (4.5, 6, Annex B)."""

import pytest

from dpia_checks.checks.minimisation import columns_not_approved, free_text_not_outnumbered
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_MINIMISATION_01")
def test_the_extract_has_only_the_agreed_columns(extracts):
    """The extract of clients and the extract of referrals have no column that Annex B does not list for them."""
    clients = columns_not_approved(extracts["cms_clients"])
    referrals = columns_not_approved(extracts["cms_referrals"])

    assert_no_violations(clients, referrals)


@pytest.mark.verifies("LGE_COM_MINIMISATION_05")
def test_tick_boxes_outnumber_free_text(extracts, terms):
    """Of the fields that Annex B lists, more are answered by a tick than in free text."""
    ticked, written = terms.items_of("tick_boxes"), terms.items_of("free_text")

    outweighed = free_text_not_outnumbered(extracts["needs"], chosen=ticked, written=written, standing=["approved"])

    assert_no_violations(outweighed)
