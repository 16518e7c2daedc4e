"""FOD: who reaches the data, cleared, named, on the days set, and until they leave (2.1.1, 2.1.3, 2.1.4, 6)."""

import pytest

from dpia_checks.checks.access import (
    access_left_open,
    accessed_after_leaving,
    accessed_by_others,
    accessed_on_another_day,
    accessed_without_clearance,
    clearance_not_recorded,
    granted_to_others,
    granted_without_need,
    held_after_leaving,
    held_without_clearance,
    may_change_records,
    never_cleared,
    opened_without_right,
    used_before_training,
)
from dpia_checks.checks.governance import leaver_not_listed
from dpia_checks.checks.parties import not_covered, not_covered_throughout
from dpia_checks.checks.storage import not_inspected, opened_without_password, said_to_hold_none
from dpia_checks.violations import assert_no_violations
from dpia_checks.workbooks import SUFFIXES


@pytest.mark.verifies("FOD_COM_ACCESS_01")
def test_staff_are_cleared_on_each_day_of_use(extracts, terms):
    """Who used personal data, or had a right to a folder of it, was cleared to the terms on each such day."""
    level, clearances = str(terms["level"]), extracts["clearances"]

    uncleared = accessed_without_clearance(extracts["access_log"], clearances, level=level)
    lapsed = held_without_clearance(extracts["folder_access"], clearances, holds="holds_personal_data", level=level)

    assert_no_violations(uncleared, lapsed)


@pytest.mark.verifies("FOD_COM_ACCESS_02")
def test_every_employee_of_the_team_is_cleared(extracts, terms):
    """Each member of the team has a clearance of the level of the terms or higher on record."""
    uncleared = never_cleared(
        extracts["staff"],
        extracts["clearances"],
        team="team",
        teams=terms.items_of("team"),
        level=str(terms["level"]),
    )

    assert_no_violations(uncleared)


@pytest.mark.verifies("FOD_COM_ACCESS_04")
def test_clearances_are_recorded(extracts, terms):
    """The register of clearances has a line for each member of the team."""
    unrecorded = clearance_not_recorded(
        extracts["staff"], extracts["clearances"], team="team", teams=terms.items_of("team")
    )

    assert_no_violations(unrecorded)


@pytest.mark.verifies("FOD_COM_ACCESS_07")
def test_folders_are_open_to_named_staff_only(extracts, terms):
    """Each right to a folder is, all its days, a named person's of the team of the terms; who opened a file had one."""
    others = granted_to_others(
        extracts["folder_access"], extracts["staff"], team="team", teams=terms.items_of("team"), kinds=["person"]
    )
    unlisted = opened_without_right(
        extracts["access_log"], extracts["assets"], extracts["folder_access"], opened="accessed_asset"
    )

    assert_no_violations(others, unlisted)


@pytest.mark.verifies("FOD_COM_ACCESS_08")
def test_personal_data_is_open_to_those_who_need_it(extracts):
    """A need is written down for each right to a folder of personal data, and who opened such data had a right."""
    rights, personal = extracts["folder_access"], {"personal": ["yes"]}

    needless = granted_without_need(rights, holds="holds_personal_data", need="need_to_know")
    unlisted = opened_without_right(
        extracts["access_log"], extracts["assets"], rights, opened="accessed_asset", only=personal
    )

    untrue = said_to_hold_none(
        rights,
        extracts["assets"],
        says="holds_personal_data",
        names="folder",
        key="asset_folder",
        gone=["disposed_on", "depersonalised_on"],
    )

    assert_no_violations(needless, unlisted, untrue)


@pytest.mark.verifies("FOD_COM_ACCESS_09")
def test_spreadsheets_have_passwords(extracts, terms):
    """The inspection found a password of its own on each workbook of personal data, and left none out."""
    opened = opened_without_password(
        extracts["workbooks"], protection="protection", locked=["password"], personal="workbook_personal"
    )

    left_out = not_inspected(
        extracts["assets"],
        extracts["workbooks"],
        endings=sorted(SUFFIXES),
        gone=["disposed_on", "depersonalised_on"],
        only={"personal": ["yes"], "data_set": terms.items_of("data_sets")},
    )

    untrue = said_to_hold_none(
        extracts["workbooks"],
        extracts["assets"],
        says="workbook_personal",
        names="workbook_asset",
        key="asset_id",
        on="inspected_on",
        gone=["disposed_on", "depersonalised_on"],
    )

    assert_no_violations(opened, left_out, untrue)


@pytest.mark.verifies("FOD_COM_ACCESS_10")
def test_only_a_secondee_takes_data_from_cris(extracts, terms):
    """Each use of the system of the terms by a MOPAC account, and each permission in it, is a secondee's."""
    others = accessed_by_others(
        extracts["access_log"],
        extracts["staff"],
        system="system",
        systems=terms.items_of("systems"),
        role="role",
        roles=terms.items_of("role"),
    )

    held = not_covered_throughout(
        extracts["system_permissions"],
        extracts["staff"],
        by="permitted_person",
        to="person_id",
        began="permitted_from",
        until=["permitted_until"],
        start="joined_on",
        end="left_on",
        valid={"role": terms.items_of("role")},
        only={"permitted_system": terms.items_of("systems")},
    )

    assert_no_violations(others, held)


@pytest.mark.verifies("FOD_COM_ACCESS_11")
def test_data_is_taken_on_the_days_set(extracts, terms):
    """Each use of the system of the terms, and each download, falls on a day that was set for that person."""
    unplanned = accessed_on_another_day(
        extracts["access_log"], extracts["download_days"], system="system", systems=terms.items_of("systems")
    )

    downloaded = not_covered(
        extracts["police_files"],
        extracts["download_days"],
        by="anonymised_by",
        to="day_person",
        at="downloaded_at",
        start="day",
        end="day",
    )

    assert_no_violations(unplanned, downloaded)


@pytest.mark.verifies("FOD_COM_ACCESS_14")
def test_nobody_uses_the_data_after_leaving(extracts):
    """No use of the data lies after the last day of the person's employment."""
    assert_no_violations(accessed_after_leaving(extracts["access_log"], extracts["staff"]))


@pytest.mark.verifies("FOD_COM_ACCESS_13")
def test_staff_read_and_change_nothing(extracts, terms):
    """Each permission in a police system lets its holder read only, and each use of one was under such a permission."""
    permissions, roles = extracts["system_permissions"], terms.items_of("roles")

    changing = may_change_records(permissions, role="permitted_role", permitted=roles)
    unlisted = not_covered(
        extracts["access_log"],
        permissions,
        by="person_id",
        to="permitted_person",
        at="accessed_at",
        start="permitted_from",
        end="permitted_until",
        only={"system": terms.items_of("systems")},
        same={"system": "permitted_system"},
    )

    assert_no_violations(changing, unlisted)


@pytest.mark.verifies("FOD_COM_ACCESS_18")
def test_staff_are_trained_first(extracts, terms):
    """Everybody was trained on a police system by the day of their first use."""
    untrained = used_before_training(
        extracts["access_log"], extracts["training"], system="system", systems=terms.items_of("systems")
    )

    assert_no_violations(untrained)


@pytest.mark.verifies("FOD_COM_ACCESS_22")
def test_the_access_of_leavers_is_removed(extracts):
    """The access of everybody who left was removed by their last day, and no right or permission ran on."""
    staff, permissions = extracts["staff"], extracts["system_permissions"]

    said = access_left_open(extracts["leavers"], removed="access_removed_on", last_day="last_day")
    folders = held_after_leaving(
        extracts["folder_access"], staff, holder="principal", since="right_from", until="right_until"
    )
    systems = held_after_leaving(
        permissions, staff, holder="permitted_person", since="permitted_from", until="permitted_until"
    )

    assert_no_violations(said, folders, systems)


@pytest.mark.verifies("FOD_COM_ACCESS_23")
def test_the_accounts_of_leavers_are_disabled(extracts, terms):
    """The accounts of everybody who left were disabled by their last day, and nobody is left off the list."""
    late = access_left_open(extracts["leavers"], removed="accounts_disabled_on", last_day="last_day")
    unlisted = leaver_not_listed(extracts["staff"], extracts["leavers"], teams=terms.items_of("teams"))

    assert_no_violations(late, unlisted)
