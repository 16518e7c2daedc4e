"""Who reached the data, and whether they were cleared, named and on the list that day."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import (
    among,
    in_rows,
    is_any_of,
    is_at_or_above,
    is_blank,
    is_later,
    is_none_of,
    on_day,
    outside,
    paired,
    without,
)
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
    that names nobody is nobody's.

    Args:
        staff: One row per member of staff, with ``person_id``.
        clearances: One row per clearance, with ``cleared_person``.
        team: The column of *staff* that names the team.
        teams: The teams whose members are judged, a term.
    """
    members = staff.read("person_id", team).filter(is_any_of(team, teams))
    lines = clearances.read("cleared_person")
    return in_rows(staff, members, without(members, lines, "person_id", "cleared_person"), absent_from=clearances.name)


@check
def granted_to_others(
    folders: Records, staff: Records, *, team: str, teams: Sequence[str], kinds: Sequence[str]
) -> Violations:
    """
    Find folder rights held by anything but a named person of the named teams.

    A right of a group or of everyone is a violation even when all its members are of the team: a group
    is nobody's name.

    Args:
        folders: One row per right, with ``principal`` and what ``principal_kind`` it is.
        staff: One row per member of staff, with ``person_id``.
        team: The column of *staff* that names the team.
        teams: The teams whose members may hold a right, a term.
        kinds: The kinds of principal that are one named person.
    """
    rights = folders.read("principal", "principal_kind")
    members = staff.read("person_id", team).filter(is_any_of(team, teams))
    unnamed = rights.filter(is_none_of("principal_kind", kinds))
    strangers = without(rights.filter(is_any_of("principal_kind", kinds)), members, "principal", "person_id")
    found = in_rows(folders, rights, unnamed, column="principal_kind")
    return found + in_rows(folders, strangers.head(0), strangers, column="principal")


@check
def granted_without_need(folders: Records, *, holds: str, need: str) -> Violations:
    """
    Find rights to folders of personal data for which no need to know is written down.

    A folder that says it holds none is left out; one that says nothing counts as holding some. An empty
    *need* is a violation.
    """
    rights = folders.read(holds, need).filter(is_none_of(holds, ["no"]))
    return in_rows(folders, rights, rights.filter(is_blank(need)), column=need)


@check
def accessed_by_others(
    access: Records, staff: Records, *, system: str, systems: Sequence[str], role: str, roles: Sequence[str]
) -> Violations:
    """
    Find uses of a system by somebody without the role that may use it.

    The log must hold MOPAC's accounts only: police officers use the same systems for their own work.
    An empty *role* permits nothing.
    """
    used = among(access.read("person_id", system), {system: systems})
    permitted = staff.read("person_id", role).filter(is_any_of(role, roles))
    return in_rows(access, used, without(used, permitted, "person_id", "person_id"), column="person_id")


@check
def never_cleared(staff: Records, clearances: Records, *, team: str, teams: Sequence[str], level: str) -> Violations:
    """
    Find members of the named teams who never held a clearance of the promised level.

    One line of that level or higher is enough, whatever its dates: whether it ran on the days on which
    the person used data is for :func:`accessed_without_clearance`. An empty *level* is below every level.

    Args:
        staff: One row per member of staff, with ``person_id``.
        clearances: One row per clearance, with ``cleared_person`` and ``level``.
        team: The column of *staff* that names the team.
        teams: The teams whose members are judged, a term.
        level: The lowest level that is enough, a term.
    """
    members = staff.read("person_id", team).filter(is_any_of(team, teams))
    enough = clearances.read("cleared_person", "level").filter(is_at_or_above("level", level, CLEARANCE_LADDER))
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
    used = among(access.read("person_id", "accessed_at", system), {system: systems})
    used = used.with_columns(on_day("accessed_at"))
    missing = outside(used, days.read("day_person", "day"), "person_id", "day_person", "accessed_at", "day", "day")
    return in_rows(access, used, missing, absent_from=days.name)


@check
def accessed_after_leaving(access: Records, staff: Records) -> Violations:
    """
    Find uses of the data by a person on a day after the last day of their employment.

    The last day itself is allowed, and so is every day of a later employment of a person who came back.
    Without ``left_on`` a person has not left. A person who is not on the list of staff is left to the
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
