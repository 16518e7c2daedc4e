"""FOD: where data is kept, and how it is locked there (2.1.3, 2.1.5)."""

import pytest

from dpia_checks.checks.breach import not_written_down
from dpia_checks.checks.governance import reviewed_too_seldom
from dpia_checks.checks.parties import not_covered_throughout
from dpia_checks.checks.storage import (
    done_in_another_way,
    left_on_the_device,
    long_on_the_device,
    moved_to_another_place,
    neither_encrypted_nor_locked,
    not_on_the_register,
    of_no_asset,
    recorded_with_others,
)
from dpia_checks.checks.transfers import not_confirmed, sent_by_a_banned_way
from dpia_checks.violations import assert_no_violations

FILES = {"medium": ["file"]}


@pytest.mark.verifies("FOD_COM_STORAGE_01")
def test_police_data_and_what_mopac_collects_lie_on_police_computers(extracts, terms):
    """Each file with data of the terms is held in a place of the terms."""
    judged = {**FILES, "data_set": terms.items_of("data_sets")}

    elsewhere = done_in_another_way(extracts["assets"], way="held_on", permitted=terms.items_of("places"), only=judged)

    assert_no_violations(elsewhere)


@pytest.mark.verifies("FOD_COM_STORAGE_02")
def test_the_register_says_where_personal_data_is(extracts):
    """What is listed, inspected, opened, destroyed or beyond use is on the register, and each line has a location."""
    unregistered = not_on_the_register(
        extracts["folder_listings"],
        extracts["assets"],
        personal="file_personal",
        names="file_location",
        key="location",
        on="listed_on",
        out="depersonalised_on",
    )
    nowhere = not_written_down(extracts["assets"], what="location", of={"personal": ["yes"]})
    unknown = not_on_the_register(
        extracts["workbooks"],
        extracts["assets"],
        personal="workbook_personal",
        names="workbook_asset",
        key="asset_id",
        on="inspected_on",
        out="depersonalised_on",
    )

    opened = of_no_asset(extracts["access_log"], extracts["assets"], names="accessed_asset")
    destroyed = of_no_asset(extracts["destructions"], extracts["assets"], names="destroyed_asset")
    beyond = of_no_asset(extracts["beyond_use"], extracts["assets"], names="kept_asset")

    assert_no_violations(unregistered, nowhere, unknown, opened, destroyed, beyond)


@pytest.mark.verifies("FOD_COM_STORAGE_04")
def test_copies_of_police_data_are_in_the_area_of_the_team(extracts, terms):
    """Each file with data of the terms is in an area of the terms."""
    judged = {**FILES, "data_set": terms.items_of("data_sets")}

    elsewhere = done_in_another_way(extracts["assets"], way="area", permitted=terms.items_of("areas"), only=judged)

    assert_no_violations(elsewhere)


@pytest.mark.verifies("FOD_COM_STORAGE_08")
def test_desks_are_clear(extracts):
    """Each audit of a room says that its desks were clear."""
    assert_no_violations(not_confirmed(extracts["desk_audits"], that="desks_clear", on="audited_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_09")
def test_marked_papers_are_in_a_locked_container(extracts, terms):
    """Each audit of a room with papers of a marking of the terms says that their container was locked."""
    marked = {"papers_marked": terms.items_of("markings")}

    assert_no_violations(not_confirmed(extracts["desk_audits"], that="container_locked", only=marked, on="audited_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_10")
def test_the_container_is_in_secure_premises(extracts, terms):
    """Each audit of a room with papers of a marking of the terms says that entry was controlled."""
    marked = {"papers_marked": terms.items_of("markings")}

    assert_no_violations(not_confirmed(extracts["desk_audits"], that="entry_controlled", only=marked, on="audited_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_11")
def test_papers_that_nobody_uses_are_locked_away(extracts):
    """Each audit of a room says that the papers not in use were locked away."""
    assert_no_violations(not_confirmed(extracts["desk_audits"], that="unused_locked_away", on="audited_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_12")
def test_a_backup_is_encrypted_or_locked(extracts):
    """Each medium used for a backup is encrypted or has a password."""
    backups = {"used_for": ["backup"]}

    bare = neither_encrypted_nor_locked(
        extracts["removable_media"], encrypted="encrypted", password="password_set", only=backups, begins="issued_on"
    )

    assert_no_violations(bare)


@pytest.mark.verifies("FOD_COM_STORAGE_15")
def test_removable_media_are_encrypted(extracts):
    """The register says of each medium that it is encrypted to government standards."""
    assert_no_violations(not_confirmed(extracts["removable_media"], that="encrypted", on="issued_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_16")
def test_removable_media_have_passwords(extracts):
    """The register says of each medium that a password is set."""
    assert_no_violations(not_confirmed(extracts["removable_media"], that="password_set", on="issued_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_17")
def test_one_model_of_stick_is_used(extracts, terms):
    """Each medium is a stick, and of the model of the terms."""
    named = {"media_kind": terms.items_of("kinds"), "model": terms.items_of("models")}

    others = [
        done_in_another_way(extracts["removable_media"], way=way, permitted=permitted, begins="issued_on")
        for way, permitted in named.items()
    ]

    assert_no_violations(*others)


@pytest.mark.verifies("FOD_COM_STORAGE_18")
def test_the_police_have_approved_the_stick(extracts):
    """The register says of each medium that the MPS has approved it."""
    assert_no_violations(not_confirmed(extracts["removable_media"], that="mps_approved", on="issued_on"))


@pytest.mark.verifies("FOD_COM_STORAGE_19")
def test_no_cds(extracts, terms):
    """No medium is of a kind that the terms rule out."""
    banned = sent_by_a_banned_way(
        extracts["removable_media"], way="media_kind", banned=terms.items_of("banned"), on="issued_on"
    )

    assert_no_violations(banned)


@pytest.mark.verifies("FOD_COM_STORAGE_20")
def test_only_staff_and_stakeholders_are_recorded(extracts, terms):
    """Each recording is of a speaker of the terms, and of an interview in which nobody else took part."""
    log, speakers = extracts["recordings"], terms.items_of("speakers")

    others = done_in_another_way(log, way="speaker", permitted=speakers)
    of_others = recorded_with_others(log, extracts["interviews"], permitted=speakers)

    assert_no_violations(others, of_others)


@pytest.mark.verifies("FOD_COM_STORAGE_21")
def test_recordings_identify_nobody(extracts):
    """The log says of each recording that it identifies nobody."""
    assert_no_violations(not_confirmed(extracts["recordings"], that="identifies_nobody"))


@pytest.mark.verifies("FOD_COM_STORAGE_22")
def test_recordings_are_moved_to_police_computers(extracts, terms):
    """Each recording that was moved went to the place of the terms."""
    elsewhere = moved_to_another_place(
        extracts["recordings"], place="moved_to", permitted=terms.items_of("places"), moved="moved_at"
    )

    assert_no_violations(elsewhere)


@pytest.mark.verifies("FOD_COM_STORAGE_23")
def test_a_recording_that_was_moved_is_gone_from_the_dictaphone(extracts):
    """Each recording that was moved was removed from the device."""
    there = left_on_the_device(extracts["recordings"], moved="moved_at", removed="removed_at", recorded="recorded_at")

    assert_no_violations(there)


@pytest.mark.verifies("FOD_COM_STORAGE_24")
def test_recordings_leave_the_dictaphone_early(extracts, terms):
    """Each recording is moved, and gone from the device, within the working days of the yardstick."""
    log, days = extracts["recordings"], terms.number("days")

    moved = long_on_the_device(log, recorded="recorded_at", ended="moved_at", days=days)
    gone = long_on_the_device(log, recorded="recorded_at", ended="removed_at", days=days)

    assert_no_violations(moved, gone)


@pytest.mark.verifies("FOD_COM_STORAGE_25")
def test_the_clear_desk_policy_is_employed(extracts, terms):
    """Walks through the rooms follow each other within the months of the yardstick."""
    seldom = reviewed_too_seldom(
        extracts["desk_audits"],
        extracts["milestones"],
        held="audited_on",
        months=terms.number("months"),
        begins=str(terms["begins"]),
        ends=str(terms["ends"]),
    )

    assert_no_violations(seldom)


@pytest.mark.verifies("FOD_COM_STORAGE_26")
def test_online_surveys_are_made_and_answered_in_one_portal(extracts, terms):
    """Each survey is created and recorded in a place of the terms, which its operator ran as long as it was open."""
    surveys, places = extracts["portal_surveys"], terms.items_of("places")

    elsewhere = [
        done_in_another_way(surveys, way=way, permitted=places, begins="opened_on")
        for way in ("created_in", "answers_recorded_in")
    ]
    unhosted = not_covered_throughout(
        surveys,
        extracts["hosting"],
        by="answers_recorded_in",
        to="system_name",
        began="opened_on",
        until=("closed_on",),
        start="in_use_from",
        end="in_use_until",
        valid={"operator": terms.items_of("operator")},
    )

    assert_no_violations(*elsewhere, unhosted)
