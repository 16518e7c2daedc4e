"""LGE: errors are told to whoever wrote the data, and what E&I collects is looked over (2.1.5, 4.5, 6)."""

import pytest

from dpia_checks.checks.accuracy import (
    author_not_told,
    checked_by_nobody_else,
    dispute_not_noted,
    not_quality_checked,
    told_by_another_person,
)
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("LGE_COM_ACCURACY_01")
def test_the_author_is_told_of_an_error(extracts):
    """The organisation that wrote the data was told of each error found."""
    told = author_not_told(
        extracts["corrections"], author="author", told_party="told_party", found="found_on", told="told_on"
    )

    assert_no_violations(told)


@pytest.mark.verifies("LGE_COM_ACCURACY_02")
def test_the_police_are_told_through_the_promised_contact(extracts, terms):
    """The police were told of each error in their data through the contact in the terms."""
    of = {"author": terms.items_of("author")}

    told = told_by_another_person(
        extracts["corrections"], via="told_via", permitted=terms.items_of("via"), told="told_on", only=of
    )

    assert_no_violations(told)


@pytest.mark.verifies("LGE_COM_ACCURACY_03")
def test_the_provider_is_told_through_the_promised_contact(extracts, terms):
    """The provider was told of each error in its data through the contact in the terms."""
    of = {"author": terms.items_of("author")}

    told = told_by_another_person(
        extracts["corrections"], via="told_via", permitted=terms.items_of("via"), told="told_on", only=of
    )

    assert_no_violations(told)


@pytest.mark.verifies("LGE_COM_ACCURACY_04")
def test_a_dispute_is_noted(extracts):
    """A note was made of each dispute over data."""
    assert_no_violations(dispute_not_noted(extracts["corrections"], disputed="disputed", note="dispute_note"))


@pytest.mark.verifies("LGE_COM_ACCURACY_05")
def test_survey_responses_go_through_quality_control(extracts, terms):
    """A quality check was made of each record of the kind in the terms."""
    of = {"material_kind": terms.items_of("kind")}

    assert_no_violations(
        not_quality_checked(
            extracts["materials"], extracts["quality_checks"], item="material_id", made="collected_on", only=of
        )
    )


@pytest.mark.verifies("LGE_COM_ACCURACY_06")
def test_interview_transcripts_go_through_quality_control(extracts, terms):
    """A quality check was made of each record of the kind in the terms."""
    of = {"material_kind": terms.items_of("kind")}

    assert_no_violations(
        not_quality_checked(
            extracts["materials"], extracts["quality_checks"], item="material_id", made="collected_on", only=of
        )
    )


@pytest.mark.verifies("LGE_COM_ACCURACY_08")
def test_somebody_else_checks(extracts):
    """By the yardstick nobody's own check is the only one."""
    assert_no_violations(checked_by_nobody_else(extracts["quality_checks"], checker="checked_by", maker="made_by"))
