"""LGE: how long data is kept, and how it is destroyed (2.1.4, 6)."""

import pytest

from dpia_checks.checks.breach import not_written_down
from dpia_checks.checks.retention import (
    conclusion_not_listed,
    destroyed_after_disposal,
    destroyed_in_another_way,
    destruction_not_recorded,
    exception_not_detailed,
    held_after_conclusion,
    kept_too_long,
    not_beyond_use,
    not_reviewed_on_conclusion,
    open_to_many,
    opened_after_disposal,
    there_after_disposal,
    used_beyond_use,
)
from dpia_checks.checks.storage import destroyed_and_still_held, listed_after_destruction, opened_after_destruction
from dpia_checks.violations import assert_no_violations

EXCEPTIONS = {"exception": ["yes"]}
FILES = {"medium": ["file"]}
PAPERS = {"medium": ["paper"]}
DESTROYED = {"medium": "file"}
"""Which lines of the log of destructions say that a file of the register is gone."""


@pytest.mark.verifies("LGE_COM_RETENTION_01")
def test_public_consultation_research_is_kept_for_its_years(extracts, terms):
    """No data of the terms is held longer than its years after the conclusion of its project."""
    research = {"data_set": terms.items_of("data_sets")}

    late = kept_too_long(
        extracts["assets"],
        since="concluded_on",
        until="disposed_on",
        recorded="recorded_on",
        years=terms.number("years"),
        only=research,
    )

    assert_no_violations(late)


@pytest.mark.verifies("LGE_COM_RETENTION_02")
def test_files_are_deleted_when_the_project_has_concluded(extracts, terms):
    """After the conclusion a file with data of the terms is gone, an exception or beyond use."""
    judged = {**FILES, "data_set": terms.items_of("data_sets")}

    held = held_after_conclusion(
        extracts["assets"],
        extracts["beyond_use"],
        extracts["retention_reviews"],
        concluded="concluded_on",
        gone="disposed_on",
        exception="exception",
        deletable="deletable",
        only=judged,
    )

    assert_no_violations(held)


@pytest.mark.verifies("LGE_COM_RETENTION_05")
def test_files_are_assessed_on_conclusion(extracts, terms):
    """Each file with data of the terms that was still there at the conclusion was assessed that day or later."""
    judged = {**FILES, "data_set": terms.items_of("data_sets")}

    missing = not_reviewed_on_conclusion(
        extracts["assets"],
        extracts["retention_reviews"],
        concluded="concluded_on",
        reviewed="assessed_on",
        gone="disposed_on",
        only=judged,
    )

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_RETENTION_03")
def test_the_assessment_details_each_exception(extracts):
    """The register names, for each exception, a version issued by the day of the conclusion."""
    bare = exception_not_detailed(
        extracts["assets"],
        extracts["dpia_versions"],
        version="exception_version",
        concluded="concluded_on",
        only=EXCEPTIONS,
    )

    assert_no_violations(bare)


@pytest.mark.verifies("LGE_COM_RETENTION_04")
def test_the_register_says_where_an_exception_is_kept(extracts):
    """The register names the location of each exception."""
    assert_no_violations(not_written_down(extracts["assets"], what="location", of=EXCEPTIONS))


@pytest.mark.verifies("LGE_COM_RETENTION_06")
def test_the_need_is_reviewed_at_the_end(extracts, terms):
    """The need to keep data was reviewed on the day of the conclusion or later, and the list has that conclusion."""
    reviews, concluded = extracts["retention_reviews"], "review_concluded_on"

    missing = not_reviewed_on_conclusion(reviews, concluded=concluded, reviewed="need_reviewed_on")
    unlisted = conclusion_not_listed(reviews, extracts["milestones"], concluded=concluded, ends=str(terms["ends"]))

    assert_no_violations(missing, unlisted)


@pytest.mark.verifies("LGE_COM_RETENTION_07")
def test_what_cannot_be_deleted_is_placed_beyond_use(extracts):
    """Each asset that cannot be deleted has a line with a day on the register of what is beyond use."""
    missing = not_beyond_use(extracts["assets"], extracts["beyond_use"], deletable="deletable", gone="disposed_on")

    assert_no_violations(missing)


@pytest.mark.verifies("LGE_COM_RETENTION_08")
def test_what_is_beyond_use_is_not_used(extracts):
    """No use of an asset lies on a day after it was placed beyond use."""
    assert_no_violations(used_beyond_use(extracts["access_log"], extracts["beyond_use"], opened="accessed_asset"))


@pytest.mark.verifies("LGE_COM_RETENTION_15")
def test_few_can_reach_what_is_beyond_use(extracts, terms):
    """The folder of what is beyond use is open to no more people than the yardstick says, and to no group."""
    many = open_to_many(
        extracts["beyond_use"],
        extracts["assets"],
        extracts["folder_access"],
        people=terms.number("people"),
        kinds=terms.items_of("kinds"),
    )

    assert_no_violations(many)


@pytest.mark.verifies("LGE_COM_RETENTION_10")
def test_papers_are_destroyed_when_they_no_longer_matter(extracts, terms):
    """After the conclusion no paper is held that is not recorded as an exception."""
    held = held_after_conclusion(
        extracts["assets"],
        extracts["beyond_use"],
        extracts["retention_reviews"],
        concluded="concluded_on",
        gone="disposed_on",
        exception="exception",
        deletable="deletable",
        only={**PAPERS, "data_set": terms.items_of("data_sets")},
    )

    assert_no_violations(held)


@pytest.mark.verifies("LGE_COM_RETENTION_11")
def test_papers_go_through_a_system_for_sensitive_waste(extracts, terms):
    """Each paper that is gone has a line, and each line of a paper a method of the terms."""
    log, assets, methods = extracts["destructions"], extracts["assets"], terms.items_of("methods")
    judged = {**PAPERS, "data_set": terms.items_of("data_sets")}

    silent = destruction_not_recorded(assets, log, disposed="disposed_on", only=judged)
    otherwise = destroyed_in_another_way(log, assets, way="method", permitted=methods, medium="paper")

    assert_no_violations(silent, otherwise)


@pytest.mark.verifies("LGE_COM_RETENTION_13")
def test_files_are_erased_or_overwritten(extracts, terms):
    """Each file that is gone has a line with a method of the terms and a day in time, and lies there no more."""
    log, assets, methods = extracts["destructions"], extracts["assets"], terms.items_of("methods")
    judged = {**FILES, "data_set": terms.items_of("data_sets")}

    silent = destruction_not_recorded(assets, log, disposed="disposed_on", only=judged)
    otherwise = destroyed_in_another_way(log, assets, way="method", permitted=methods, medium="file")
    late = destroyed_after_disposal(log, assets, only={"destroyed_medium": ["file"]})
    left = there_after_disposal(extracts["folder_listings"], assets)
    opened = opened_after_disposal(extracts["access_log"], assets, opened="accessed_asset")
    untrue = destroyed_and_still_held(log, assets, **DESTROYED)
    there = listed_after_destruction(extracts["folder_listings"], log, assets, **DESTROYED)
    used = opened_after_destruction(extracts["access_log"], log, assets, opened="accessed_asset", **DESTROYED)

    assert_no_violations(silent, otherwise, late, left, opened, untrue, there, used)


@pytest.mark.verifies("LGE_COM_RETENTION_14")
def test_the_software_that_erases_is_approved(extracts):
    """The log says of each file, by its own word or by that of the register, that the utility was approved."""
    log, assets = extracts["destructions"], extracts["assets"]

    unapproved = destroyed_in_another_way(log, assets, way="utility_approved", permitted=["yes"], medium="file")

    assert_no_violations(unapproved)
