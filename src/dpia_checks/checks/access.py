"""Who reached the data, and whether they were cleared, named and on the list that day."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    every_pair,
    in_either,
    in_rows,
    is_any_of,
    is_at_or_above,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    is_unsaid,
    outside,
    paired,
    without,
)
from dpia_checks.rules_of_text import with_each_folder, with_path
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, lapses, on_day
from dpia_checks.violations import Violations, check

CLEARANCE_LADDER = ("BPSS", "CTC", "SC", "DV")
"""National security vetting levels, lowest first: baseline standard, counter-terrorist check,
security check, developed vetting (United Kingdom Security Vetting)."""


@check
def accessed_without_clearance(access: Records, clearances: Records, *, level: str) -> Violations:
    """
    Find uses of the data by a person who was not cleared on that day.

    A clearance counts on the day it is granted and on the day it expires. A higher level is enough.
    A clearance without an expiry date has not expired; without a grant date it never began.

    Args:
        access: One row per use, with ``person_id`` and the instant it was ``accessed_at``.
        clearances: One row per clearance, with ``cleared_person``, ``level``, ``granted_on``, ``expires_on``.
        level: The lowest level that is enough, a term.
    """
    used = access.read("person_id", "accessed_at").with_columns(on_day("accessed_at"))
    cleared = clearances.read("cleared_person", "level", "granted_on", "expires_on")
    enough = cleared.filter(is_at_or_above("level", level, CLEARANCE_LADDER)).drop("level")
    missing = outside(used, enough, "person_id", "cleared_person", "accessed_at", "granted_on", "expires_on")
    return in_rows(access, used, missing, absent_from=clearances.name)


@check
def clearance_not_recorded(staff: Records, clearances: Records, *, team: str, teams: Sequence[str]) -> Violations:
    """
    Find members of the named teams for whom the register of clearances has no line at all.

    One line is enough, whatever its level and its dates: a line without dates is a record too. A line
    that names nobody is nobody's. Somebody who was still to join when the list was taken owes nothing yet.

    Args:
        staff: One row per member of staff, with ``person_id`` and the day they ``joined_on``.
        clearances: One row per clearance, with ``cleared_person``.
        team: The column of *staff* that names the team.
        teams: The teams whose members are judged, a term.
    """
    members = _who_joined(staff, team).filter(is_any_of(team, teams))
    lines = clearances.read("cleared_person")
    return in_rows(staff, members, without(members, lines, "person_id", "cleared_person"), absent_from=clearances.name)


@check
def granted_to_others(
    folders: Records, staff: Records, *, team: str, teams: Sequence[str], kinds: Sequence[str]
) -> Violations:
    """
    Find folder rights held by anything but a named person of the named teams.

    A right of a group or of everyone is a violation even when all its members are of the team: a group is nobody's
    name. So is one held on a day on which its holder was not of the team, or from no day.

    Args:
        folders: One row per right, with ``principal``, its ``principal_kind``, ``right_from`` and ``right_until``.
        staff: One row per employment, with ``person_id``, ``joined_on`` and ``left_on``.
        team: The column of *staff* that names the team.
        teams: The teams whose members may hold a right, a term.
        kinds: The kinds of principal that are one named person.
    """
    rights = folders.read("principal", "principal_kind", "right_from", "right_until")
    members = staff.read("person_id", team, "joined_on", "left_on").filter(is_any_of(team, teams))
    unnamed, named = (rights.filter(kind("principal_kind", kinds)) for kind in (is_none_of, is_any_of))
    strangers = _not_throughout(folders, named, members, "person_id", "joined_on", "left_on")
    found = in_rows(folders, rights, unnamed, column="principal_kind")
    return found + in_rows(folders, strangers.head(0), strangers, column="principal")


@check
def granted_without_need(folders: Records, *, holds: str, need: str) -> Violations:
    """
    Find rights to folders of personal data for which no need to know is written down.

    A folder that says it holds none is left out; one that says nothing counts as holding some. An empty
    *need* is a violation, and one that says nothing.
    """
    rights = folders.read(holds, need).filter(is_none_of(holds, ["no"]))
    return in_rows(folders, rights, rights.filter(is_unsaid(need)), column=need)


@check
def accessed_by_others(
    access: Records, staff: Records, *, system: str, systems: Sequence[str], role: str, roles: Sequence[str]
) -> Violations:
    """
    Find uses of a system by somebody who did not have a role that may use it on that day in London.

    The log must hold MOPAC's accounts only: police officers use the same systems for their own work. An empty *role*
    permits nothing. The first and the last day of an employment count; a use without an instant is on no such day.
    """
    used = among(access.read("person_id", "accessed_at", system), {system: systems}).with_columns(on_day("accessed_at"))
    permitted = staff.read("person_id", role, "joined_on", "left_on").filter(is_any_of(role, roles))
    others = outside(used, permitted, "person_id", "person_id", "accessed_at", "joined_on", "left_on")
    return in_rows(access, used, others, column="person_id")


@check
def used_a_system_left_to_others(access: Records, *, system: str, systems: Sequence[str]) -> Violations:
    """
    Find uses of a system that the promise leaves to staff of another organisation.

    The log must hold MOPAC's accounts only: every use of the system in it is a violation, whoever made it.
    An empty *system* is one too: nothing shows that it was another.
    """
    used = access.read(system)
    return in_rows(access, used, used.filter(is_any_of(system, systems) | is_blank(system)), column=system)


@check
def never_cleared(staff: Records, clearances: Records, *, team: str, teams: Sequence[str], level: str) -> Violations:
    """
    Find members of the named teams who never held a clearance of the promised level.

    One line of that level or higher is enough, if the day on which it was granted has come: whether it ran on the
    days on which the person used data is for :func:`accessed_without_clearance`. An empty *level* is below every
    level, and an empty day is none. Somebody who was still to join when the list was taken owes nothing yet.

    Args:
        staff: One row per member of staff, with ``person_id`` and the day they ``joined_on``.
        clearances: One row per clearance, with ``cleared_person``, ``level`` and the day it was ``granted_on``.
        team: The column of *staff* that names the team.
        teams: The teams whose members are judged, a term.
        level: The lowest level that is enough, a term.
    """
    members = _who_joined(staff, team).filter(is_any_of(team, teams))
    granted = clearances.read("cleared_person", "level", "granted_on")
    granted = granted.filter(~is_not_done("granted_on", clearances.as_of))
    enough = granted.filter(is_at_or_above("level", level, CLEARANCE_LADDER))
    return in_rows(staff, members, without(members, enough, "person_id", "cleared_person"), absent_from=clearances.name)


@check
def accessed_on_another_day(access: Records, days: Records, *, system: str, systems: Sequence[str]) -> Violations:
    """
    Find uses of a system by a person on a day that was not set for that person.

    The day is the day in London, from midnight to midnight. A day that was set and not used is no
    violation. A use without an instant is one: nothing shows its day.

    Args:
        access: One row per use, with ``person_id`` and the instant it was ``accessed_at``.
        days: One row per person and day set, with ``day_person`` and ``day``.
        system: The column of *access* that names the system.
        systems: The systems that are judged, a term.
    """
    used = among(access.read("person_id", "accessed_at", system), {system: systems}).with_columns(on_day("accessed_at"))
    missing = outside(used, days.read("day_person", "day"), "person_id", "day_person", "accessed_at", "day", "day")
    return in_rows(access, used, missing, absent_from=days.name)


@check
def accessed_after_leaving(access: Records, staff: Records) -> Violations:
    """
    Find uses of the data by a person on a day after the last day of their employment.

    The last day itself is allowed, and so is every day of a later employment of a person who came back.
    Without ``left_on`` a person has not left. Who is not on the list of staff, or not yet, is left to the
    checks that ask who may use the data.

    Args:
        access: One row per use, with ``person_id`` and the instant it was ``accessed_at``.
        staff: One row per employment, with ``person_id``, ``joined_on`` and ``left_on``.
    """
    used = access.read("person_id", "accessed_at").with_columns(on_day("accessed_at"))
    employed = staff.read("person_id", "joined_on", "left_on")
    both = paired(used, employed.drop("joined_on"), "person_id", "person_id")
    late = both.filter(is_later("accessed_at", "left_on")).drop("left_on")
    between = outside(late, employed, "person_id", "person_id", "accessed_at", "joined_on", "left_on")
    return in_rows(access, used, between)


@check
def may_change_records(permissions: Records, *, role: str, permitted: Sequence[str]) -> Violations:
    """
    Find permissions in a police system that let their holder do more than read. An empty *role* may do anything.

    Args:
        permissions: One row per person and system; one that has ended is judged like the rest.
        role: The column with the role in the system.
        permitted: The roles that only read, a term.
    """
    judged = permissions.read(role)
    return in_rows(permissions, judged, judged.filter(is_none_of(role, permitted)), column=role)


@check
def used_before_training(access: Records, training: Records, *, system: str, systems: Sequence[str]) -> Violations:
    """
    Find uses of a system by a person who had not been trained on that very system by that day in London.

    Training on the day of the first use is in time. Training without a day was not done. A use without an
    instant cannot be shown to come after it.

    Args:
        access: One row per use, with ``person_id`` and the instant it was ``accessed_at``.
        training: One row per course done, with ``trained_person``, ``course`` and the day it was ``completed_on``.
        system: The column of *access* that names the system, as ``course`` does.
        systems: The systems that are judged, a term.
    """
    used = among(access.read("person_id", "accessed_at", system), {system: systems}).with_columns(on_day("accessed_at"))
    done = training.read("trained_person", "course", "completed_on").filter(~is_blank("completed_on"))
    both = paired(used, done, "person_id", "trained_person").filter(is_equal(system, "course"))
    trained = both.filter(~is_blank("accessed_at") & ~is_later("completed_on", "accessed_at"))
    return in_rows(access, used, without(used, trained, "row", "row"), absent_from=training.name)


@check
def not_trained(staff: Records, training: Records, *, course: str, team: str, teams: Sequence[str]) -> Violations:
    """
    Find members of the named teams for whom no course of that name is on record with a day that has come.

    Somebody who was still to join when the list was taken owes nothing yet.

    Args:
        staff: One row per member of staff, with ``person_id`` and the day they ``joined_on``.
        training: One row per course done, with ``trained_person``, ``course`` and the day it was ``completed_on``.
        course: The course that is promised, a term.
        team: The column of *staff* that names the team.
        teams: The teams whose members are judged, a term. Somebody without a team is judged.
    """
    members = among(_who_joined(staff, team), {team: teams})
    done = training.read("trained_person", "course", "completed_on")
    done = done.filter(is_any_of("course", [course]) & ~is_not_done("completed_on", training.as_of))
    return in_rows(staff, members, without(members, done, "person_id", "trained_person"), absent_from=training.name)


@check
def access_left_open(leavers: Records, *, removed: str, last_day: str) -> Violations:
    """
    Find people whose access was still open on the day after their last day.

    Removal before or on the last day is in time. An empty *removed* is a violation once the last day lies
    before the day the log was taken. Without *last_day* nothing shows that there was still time.

    Args:
        leavers: One row per person who leaves.
        removed: The column with the day the access was removed.
        last_day: The column with the last day of employment.
    """
    judged = leavers.read(removed, last_day)
    open_still = is_blank(removed) & is_before_day(last_day, leavers.as_of)
    late = is_later(removed, last_day) | open_still | is_blank(last_day)
    return in_rows(leavers, judged, judged.filter(late), column=removed)


@check
def used_before_signing(
    uses: Records, proformas: Records, *, at: str, under: str | None, signed: Sequence[str], only: Only | None = None
) -> Violations:
    """
    Find uses of police data that no proforma covers which every side had signed by that day in London.

    A signature on that day is in time. A use without an instant, or under no proforma of the register, is not covered.

    Args:
        uses: One row per use, download or transfer, with the instant *at* which it was made.
        proformas: One row per proforma, with ``proforma_id``.
        at: The column with the instant.
        under: The column of *uses* that names the proforma. None when nothing does: then any one will do.
        signed: The columns of *proformas* with the days on which it was completed and each side signed.
        only: Judge only uses with these values, by column; one whose cell is empty is judged too.
    """
    used = among(uses.read(*filter(None, (at, under)), *(only or {})), only).with_columns(on_day(at))
    forms = proformas.read("proforma_id", *signed)
    covered = paired(used, forms, under, "proforma_id") if under else every_pair(used, forms)
    for side in signed:
        covered = covered.filter(~is_blank(at) & ~is_blank(side) & ~is_later(side, at))
    return in_rows(uses, used, without(used, covered, ROW, ROW), absent_from=proformas.name)


@check
def opened_without_right(
    access: Records, assets: Records, rights: Records, *, opened: str, only: Only | None = None
) -> Violations:
    """
    Find openings of a file by somebody who had no right to its folder on that day in London.

    A right counts on its first day and on its last; without a last day it still runs, and without a first day it
    never began. The right of a group is nobody's. An opening that names no asset, or one that the register does not
    know, cannot be judged. A right on a folder that holds the asset's will do; capitals and slashes make no difference.
    An asset without a folder is open to nobody; an opening without an instant or a person had no right.

    Args:
        access: One row per use, with ``person_id`` and the instant it was ``accessed_at``.
        assets: One row per asset, with ``asset_id`` and its ``asset_folder``.
        rights: One row per right, with ``folder``, ``principal``, ``right_from`` and ``right_until``.
        opened: The column of *access* that names the asset.
        only: Judge only assets with these values, by column; one whose cell is empty is judged too.
            Left out, every asset is judged.
    """
    used = access.read("person_id", "accessed_at", opened).with_columns(on_day("accessed_at"))
    judged = paired(used, among(assets.read("asset_id", "asset_folder", *(only or {})), only), opened, "asset_id")
    held = rights.read("folder", "principal", "right_from", "right_until").filter(~is_blank("right_from"))
    within, named = with_each_folder(judged, "asset_folder"), with_path(held, "folder")
    own = paired(within, named, "person_id", "principal").filter(is_equal("asset_folder", "folder"))
    open_then = ~is_blank("accessed_at") & ~is_later("right_from", "accessed_at")
    covered = own.filter(open_then & ~is_later("accessed_at", "right_until"))
    return in_rows(access, judged, without(judged, covered, ROW, ROW), absent_from=rights.name)


@check
def held_without_clearance(rights: Records, clearances: Records, *, holds: str, level: str) -> Violations:
    """
    Find rights to folders of personal data that their holder was not cleared for on each of their days.

    A clearance that is renewed on the day after it expires leaves no gap. A right is held from its first day to
    its last, both included, and without a last day until the day on which the list was taken; without a first
    day no clearance covers it. A clearance without an expiry date has not expired; without a grant date it
    never began. A folder that says it holds no personal data is left out; one that says nothing counts as
    holding some. A group is nobody who could be cleared.

    Args:
        rights: One row per right, with ``principal``, ``right_from`` and ``right_until``.
        clearances: One row per clearance, with ``cleared_person``, ``level``, ``granted_on`` and ``expires_on``.
        holds: The column of *rights* that says ``no`` when the folder holds no personal data.
        level: The lowest level that is enough, a term.
    """
    held = rights.read("principal", "right_from", "right_until", holds).filter(is_none_of(holds, ["no"]))
    cleared = clearances.read("cleared_person", "level", "granted_on", "expires_on")
    enough = cleared.filter(is_at_or_above("level", level, CLEARANCE_LADDER)).drop("level")
    uncovered = _not_throughout(rights, held, enough, "cleared_person", "granted_on", "expires_on")
    return in_rows(rights, held, uncovered, absent_from=clearances.name)


@check
def held_after_leaving(rights: Records, staff: Records, *, holder: str, since: str, until: str) -> Violations:
    """
    Find rights and permissions that were still open on a day after their holder's last day of employment.

    One that ended on the last day or earlier is in time, and one of a later employment of a person who came
    back is that employment's. Without *until* it was still open on the day on which the list was taken, and
    without *since* it had always been. Without ``left_on`` a person has not left; somebody who is not on the
    list of staff is left to the checks that ask who may hold a right.

    Args:
        rights: One row per right or permission.
        staff: One row per employment, with ``person_id``, ``joined_on`` and ``left_on``.
        holder: The column of *rights* that names the person.
        since: The column of *rights* with its first day.
        until: The column of *rights* with its last day.
    """
    held = rights.read(holder, since, until)
    employed = staff.read("person_id", "joined_on", "left_on")
    lapsed_on = lapses(employed, "person_id", "joined_on", "left_on")
    lapsed = _on_such_a_day(paired(held, lapsed_on, holder, "person_id"), since, until, rights)
    later = paired(held, employed.drop("joined_on"), holder, "person_id").filter(is_later(since, "left_on"))
    anew = outside(later.drop("left_on"), employed, holder, "person_id", since, "joined_on", "left_on")
    return in_rows(rights, held, in_either(held, lapsed, anew), column=until)


def _who_joined(staff: Records, team: str) -> Frame:
    return staff.read("person_id", team, "joined_on").filter(~is_after_day("joined_on", staff.as_of))


def _on_such_a_day(held: Frame, since: str, until: str, rights: Records) -> Frame:
    """Keep what is held on its day without cover, if that day has come when the list is taken."""
    begun = ~is_later(since, "lapsed") & ~is_after_day("lapsed", rights.as_of)
    return held.filter(begun & ~is_later("lapsed", until))


def _not_throughout(rights: Records, held: Frame, cover: Frame, person: str, first: str, last: str) -> Frame:
    """Keep the rights of which a day is not covered, from the first to the last or to the day of the list."""
    early = outside(held, cover, "principal", person, "right_from", first, last)
    both = paired(held, lapses(cover, person, first, last), "principal", person)
    return in_either(held, early, _on_such_a_day(both, "right_from", "right_until", rights))
