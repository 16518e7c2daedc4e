"""FOD: MOPAC collects no more than the evaluation needs (2.1, 2.4, 4.5, 6, Appendix 1)."""

import pytest

from dpia_checks.checks.minimisation import columns_not_approved, free_text_not_outnumbered
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
