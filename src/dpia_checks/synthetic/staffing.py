"""
What the team may open, what it was taught, and what was done when somebody left.

On the boundary: training on the day of the first use, and access that ends on the last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from dpia_checks.synthetic.registers import Person, Row

STEPS = (
    "keys and badges",
    "exit interview",
    "security escort",
    "materials returned",
    "locks and passwords",
    "handover of duties",
    "access and accounts",
    "retention of records",
    "others told",
)


def registers(used: Sequence[Row], people: Sequence[Person], cleared: Sequence[Row]) -> dict[str, list[Row]]:
    """
    Permissions and training of the team, and those of it who left.

    A police system on the first day of its use at the latest, and not while no clearance runs; the code of conduct
    a week after joining.
    """
    firsts: dict[tuple[str, str], str] = {}
    everybody = sorted(people, key=lambda person: person.id)
    gone = [person for person in people if person.left]
    for row in sorted(used, key=lambda row: str(row["accessed_at"])):
        if row["system"] != "FOUNDATION":
            firsts.setdefault((str(row["person_id"]), str(row["system"])), str(row["accessed_at"])[:10])
    lines = sorted(firsts.items())
    courses = [(who, system, date.fromisoformat(day)) for (who, system), day in lines]
    courses += [(who.id, "Information Code of Conduct", who.joined + timedelta(days=7)) for who in everybody]
    courses += [(who.id, "data protection responsibilities", date(2018, 9, 3)) for who in everybody]
    return {
        "system_permissions": _permissions(lines, cleared),
        "training": [
            {"training_id": f"TRN-{number:02d}", "trained_person": who, "course": course, "completed_on": day}
            for number, (who, course, day) in enumerate(courses, start=1)
        ],
        "leavers": [
            {
                "leaver_id": f"LV-{person.id}",
                "leaving_person": person.id,
                "last_day": person.left,
                "access_removed_on": person.left,
                "accounts_disabled_on": person.left,
            }
            for person in gone
        ],
        "leaver_steps": [
            {
                "step_line_id": f"LS-{person.id}-{number}",
                "step_leaver": f"LV-{person.id}",
                "step": step,
                "considered_on": person.left,
                "step_outcome": "not needed" if step == "security escort" else "done",
            }
            for person in gone
            for number, step in enumerate(STEPS, start=1)
        ],
    }


def _permissions(lines: Sequence[tuple[tuple[str, str], str]], cleared: Sequence[Row]) -> list[Row]:
    """One for each person and system; a second, after the others, for who was not cleared for some days."""
    first: list[Row] = []
    again: list[Row] = []
    for number, ((who, system), since) in enumerate(lines, start=1):
        role = "reviewer" if number % 2 else "reader"
        begun: dict[str, object] = {
            "permitted_person": who,
            "permitted_system": system,
            "permitted_role": role,
            "permitted_from": since,
        }
        levels = [
            (_date(row["granted_on"]), _date(row["expires_on"])) for row in cleared if row["cleared_person"] == who
        ]
        for (_, ended), (resumed, _) in pairwise(levels):
            if resumed > ended + timedelta(days=1):
                again.append({**begun, "permitted_from": resumed})
                begun["permitted_until"] = ended
        first.append(begun)
    return [{"permission_id": f"PERM-{number:02d}", **row} for number, row in enumerate([*first, *again], start=1)]


def _date(cell: object) -> date:
    assert isinstance(cell, date)
    return cell
