"""LGE: who reached the data, and whether they were cleared, named and permitted (2.1.3, 2.2, 4.5, 6)."""

import pytest

from dpia_checks.checks.access import (
    access_left_open,
    accessed_after_leaving,
    accessed_by_others,
    accessed_without_clearance,
    granted_to_others,
    granted_without_need,
    held_after_leaving,
    held_without_clearance,
    may_change_records,
    never_cleared,
    opened_without_right,
    used_a_system_left_to_others,
    used_before_signing,
    used_before_training,
)
from dpia_checks.checks.governance import leaver_not_listed
from dpia_checks.checks.parties import not_covered, not_covered_throughout
from dpia_checks.checks.storage import not_inspected, opened_without_password, said_to_hold_none
from dpia_checks.violations import assert_no_violations
from dpia_checks.workbooks import SUFFIXES


@pytest.mark.verifies("LGE_COM_ACCESS_01")
def test_whoever_uses_the_data_is_cleared_on_that_day(extracts, terms):
    """Who used the data, or had a right to a folder of personal data, was cleared to the terms on each such day."""
    level, clearances = str(terms["level"]), extracts["clearances"]

    uncleared = accessed_without_clearance(extracts["access_log"], clearances, level=level)
    lapsed = held_without_clearance(extracts["folder_access"], clearances, holds="holds_personal_data", level=level)

    assert_no_violations(uncleared, lapsed)


@pytest.mark.verifies("LGE_COM_ACCESS_02")
def test_every_employee_is_cleared(extracts, terms):
    """Each member of the team in the terms has held the clearance of the terms, or a higher one."""
    staff, clearances = extracts["staff"], extracts["clearances"]
    teams, level = terms.items_of("teams"), str(terms["level"])

    assert_no_violations(never_cleared(staff, clearances, team="team", teams=teams, level=level))


@pytest.mark.verifies("LGE_COM_ACCESS_04")
def test_only_named_staff_can_open_the_folders(extracts, terms):
    """Each right to a folder is one named person's of the team in the terms, and who opened a file had one."""
    folders, staff = extracts["folder_access"], extracts["staff"]
    teams, kinds = terms.items_of("teams"), terms.items_of("kinds")

    others = granted_to_others(folders, staff, team="team", teams=teams, kinds=kinds)
    unlisted = opened_without_right(extracts["access_log"], extracts["assets"], folders, opened="accessed_asset")

    assert_no_violations(others, unlisted)


@pytest.mark.verifies("LGE_COM_ACCESS_05")
def test_personal_data_is_open_to_those_who_need_it(extracts):
    """Each right to a folder of personal data has a need beside it, and who opened such data had a right."""
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
        gone=["disposed_on"],
    )

    assert_no_violations(needless, unlisted, untrue)


@pytest.mark.verifies("LGE_COM_ACCESS_06")
def test_spreadsheets_have_passwords(extracts, terms):
    """The inspection found a password of its own on each workbook of personal data, and left none out."""
    opened = opened_without_password(
        extracts["workbooks"], protection="protection", locked=["password"], personal="workbook_personal"
    )

    left_out = not_inspected(
        extracts["assets"],
        extracts["workbooks"],
        endings=sorted(SUFFIXES),
        gone=["disposed_on"],
        only={"personal": ["yes"], "data_set": terms.items_of("data_sets")},
    )

    untrue = said_to_hold_none(
        extracts["workbooks"],
        extracts["assets"],
        says="workbook_personal",
        names="workbook_asset",
        key="asset_id",
        on="inspected_on",
        gone=["disposed_on"],
    )

    assert_no_violations(opened, left_out, untrue)


@pytest.mark.verifies("LGE_COM_ACCESS_09")
def test_only_certain_staff_draw_police_data(extracts, terms):
    """Each use of a police system by a MOPAC account, and each permission in one, is of a role in the terms."""
    log, staff = extracts["access_log"], extracts["staff"]
    systems, roles = terms.items_of("systems"), terms.items_of("roles")

    others = accessed_by_others(log, staff, system="system", systems=systems, role="role", roles=roles)

    held = not_covered_throughout(
        extracts["system_permissions"],
        staff,
        by="permitted_person",
        to="person_id",
        began="permitted_from",
        until=["permitted_until"],
        start="joined_on",
        end="left_on",
        valid={"role": roles},
        only={"permitted_system": systems},
    )

    assert_no_violations(others, held)


@pytest.mark.verifies("LGE_COM_ACCESS_24")
def test_the_police_draw_from_the_pnc(extracts, terms):
    """No line of the log of MOPAC's accounts is about the system of the terms, or about none."""
    drawn = used_a_system_left_to_others(extracts["access_log"], system="system", systems=terms.items_of("systems"))

    assert_no_violations(drawn)


@pytest.mark.verifies("LGE_COM_ACCESS_13")
def test_mopac_does_not_use_lamplight(extracts, terms):
    """Neither Safer London's log nor MOPAC's shows a use of Lamplight by anybody but the organisations of the terms."""
    staff, logs = extracts["staff"], (extracts["lamplight_log"], extracts["access_log"])
    systems, permitted = terms.items_of("systems"), terms.items_of("organisations")

    by_mopac = [
        accessed_by_others(log, staff, system="system", systems=systems, role="team", roles=permitted) for log in logs
    ]

    assert_no_violations(*by_mopac)


@pytest.mark.verifies("LGE_COM_ACCESS_15")
def test_only_safer_london_uses_the_cms(extracts, terms):
    """Each use of the case management system was by staff of the organisation in the terms."""
    log, staff = extracts["lamplight_log"], extracts["staff"]
    systems, permitted = terms.items_of("systems"), terms.items_of("organisations")

    others = accessed_by_others(log, staff, system="system", systems=systems, role="team", roles=permitted)

    assert_no_violations(others)


@pytest.mark.verifies("LGE_COM_ACCESS_03")
def test_staff_are_trained_first(extracts, terms):
    """Everybody was trained on a police system by the day of their first use."""
    untrained = used_before_training(
        extracts["access_log"], extracts["training"], system="system", systems=terms.items_of("systems")
    )

    assert_no_violations(untrained)


@pytest.mark.verifies("LGE_COM_ACCESS_10")
def test_both_sides_sign_first(extracts, terms):
    """Each use of police data, download and transfer is under a proforma that both sides had signed by that day."""
    log, forms = extracts["access_log"], extracts["proformas"]
    signed = ["completed_by_mopac_on", "mopac_signed_on", "mps_signed_on"]
    systems = {"system": terms.items_of("systems")}
    received = {"data_set": terms.items_of("data_sets"), "recipient": ["MOPAC"], "personal": ["yes"]}

    used = used_before_signing(log, forms, at="accessed_at", under="proforma", signed=signed, only=systems)
    files = extracts["police_files"]
    drawn = used_before_signing(files, forms, at="downloaded_at", under="drawn_under", signed=signed)
    sent = used_before_signing(extracts["transfers"], forms, at="sent_at", under=None, signed=signed, only=received)

    assert_no_violations(used, drawn, sent)


@pytest.mark.verifies("LGE_COM_ACCESS_11")
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


@pytest.mark.verifies("LGE_COM_ACCESS_20")
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


@pytest.mark.verifies("LGE_COM_ACCESS_21")
def test_the_accounts_of_leavers_are_disabled(extracts, terms):
    """The accounts of everybody who left were disabled by their last day, and nobody is left off the list."""
    late = access_left_open(extracts["leavers"], removed="accounts_disabled_on", last_day="last_day")
    unlisted = leaver_not_listed(extracts["staff"], extracts["leavers"], teams=terms.items_of("teams"))

    assert_no_violations(late, unlisted)


@pytest.mark.verifies("LGE_COM_ACCESS_25")
def test_nobody_uses_the_data_after_leaving(extracts):
    """No use of the data lies after the last day of the person's employment."""
    assert_no_violations(accessed_after_leaving(extracts["access_log"], extracts["staff"]))
