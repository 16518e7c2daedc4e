"""FOD: errors are told to whoever wrote the data, and work is looked over (2.1.5, 2.3.9, 3.1, 6)."""

import pytest

from dpia_checks.checks.accuracy import (
    author_not_told,
    checked_by_its_author,
    checked_by_nobody_else,
    dispute_not_noted,
    not_peer_reviewed,
    not_quality_checked,
    released_unwritten,
    reviewed_after_publication,
    told_by_another_person,
)
from dpia_checks.violations import assert_no_violations

LISTED = {"report": "report_id", "released": "released_on", "name": "released_as"}
"""What was released, and what each written report on the list was released as."""
REVIEW = {
    "reviewed": "peer_reviewed_on",
    "written": "written_on",
    "author": "written_by",
    "reviewer": "peer_reviewed_by",
}


@pytest.mark.verifies("FOD_COM_ACCURACY_01")
def test_the_author_is_told_of_an_error(extracts):
    """The organisation that wrote the data was told of each error found."""
    told = author_not_told(
        extracts["corrections"], author="author", told_party="told_party", found="found_on", told="told_on"
    )

    assert_no_violations(told)


@pytest.mark.verifies("FOD_COM_ACCURACY_02")
def test_the_police_are_told_through_the_promised_contact(extracts, terms):
    """The police were told of each error in their data through the contact in the terms."""
    of = {"author": terms.items_of("author")}

    told = told_by_another_person(
        extracts["corrections"], via="told_via", permitted=terms.items_of("via"), told="told_on", only=of
    )

    assert_no_violations(told)


@pytest.mark.verifies("FOD_COM_ACCURACY_03")
def test_a_dispute_is_noted(extracts):
    """A note was made of each dispute over data."""
    assert_no_violations(dispute_not_noted(extracts["corrections"], disputed="disputed", note="dispute_note"))


@pytest.mark.verifies("FOD_COM_ACCURACY_04")
def test_every_analysis_is_quality_assured(extracts):
    """A quality check was made of each analysis."""
    checks = extracts["quality_checks"]

    assert_no_violations(not_quality_checked(extracts["analyses"], checks, item="analysis_id", made="started_at"))


@pytest.mark.verifies("FOD_COM_ACCURACY_05")
def test_every_report_is_quality_assured(extracts, terms):
    """A quality check was made of each report on the list, and each that was released is on it."""
    written, of = extracts["written_reports"], {"form": terms.items_of("forms")}

    unchecked = not_quality_checked(written, extracts["quality_checks"], item="report_id", made="written_on")
    unknown = released_unwritten(extracts["reports"], written, ready="written_on", only=of, **LISTED)

    assert_no_violations(unchecked, unknown)


@pytest.mark.verifies("FOD_COM_ACCURACY_06")
def test_survey_responses_go_through_quality_control(extracts, terms):
    """A quality check was made of each record of the kind in the terms."""
    of = {"material_kind": terms.items_of("kind")}

    assert_no_violations(
        not_quality_checked(
            extracts["materials"], extracts["quality_checks"], item="material_id", made="collected_on", only=of
        )
    )


@pytest.mark.verifies("FOD_COM_ACCURACY_07")
def test_interview_transcripts_go_through_quality_control(extracts, terms):
    """A quality check was made of each record of the kind in the terms."""
    of = {"material_kind": terms.items_of("kind")}

    assert_no_violations(
        not_quality_checked(
            extracts["materials"], extracts["quality_checks"], item="material_id", made="collected_on", only=of
        )
    )


@pytest.mark.verifies("FOD_COM_ACCURACY_08")
def test_published_reports_are_peer_reviewed(extracts, terms):
    """A peer reviewed each report that was published, and each that was given to the public is one of them."""
    written = extracts["written_reports"]

    unknown = released_unwritten(
        extracts["reports"],
        written,
        **LISTED,
        ready="published_on",
        only={"audience": terms.items_of("audience"), "form": terms.items_of("forms")},
    )

    assert_no_violations(unknown, not_peer_reviewed(written, due="published_on", **REVIEW))


@pytest.mark.verifies("FOD_COM_ACCURACY_09")
def test_every_interpretation_is_peer_reviewed(extracts, terms):
    """A peer reviewed each report that was written, and each that was released is on the list of them."""
    written, of = extracts["written_reports"], {"form": terms.items_of("forms")}

    unknown = released_unwritten(extracts["reports"], written, ready="written_on", only=of, **LISTED)

    assert_no_violations(unknown, not_peer_reviewed(written, due="written_on", **REVIEW))


@pytest.mark.verifies("FOD_COM_ACCURACY_12")
def test_somebody_else_checks_and_before_it_is_public(extracts):
    """By the yardsticks nobody's own check is the only one, and no review comes after publication."""
    checks, written = extracts["quality_checks"], extracts["written_reports"]
    alone = checked_by_nobody_else(checks, checker="checked_by", maker="made_by")
    own = checked_by_its_author(written, checks, item="report_id", author="written_by", checker="checked_by")
    late = reviewed_after_publication(written, reviewed="peer_reviewed_on", published="published_on")

    assert_no_violations(alone, own, late)
