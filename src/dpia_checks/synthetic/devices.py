"""
What lies outside the computers of the police: sticks, dictaphones, papers in rooms, and the portal of surveys.

On the boundary: a recording is on its device until the second working day, rooms are looked at on the last day of
three months, and the last survey closes on the last day of the portal.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dpia_checks.synthetic.registers import Calendar, Row, after, instant, office_day

PORTAL = "survey portal"


def media(model: str, calendar: Calendar) -> list[Row]:
    """Four sticks of one model, each out for thirty days at the most."""
    return [
        {
            "media_id": f"USB-{number}",
            "media_kind": "USB stick",
            "model": model,
            "mps_approved": "yes",
            "encrypted": "yes",
            "password_set": "yes",
            "used_for": use,
            "issued_on": office_day(calendar.live + timedelta(days=90 * number)),
            "returned_on": office_day(calendar.live + timedelta(days=90 * number + 30), -1),
        }
        for number, use in enumerate(("carrying", "backup", "storing", "carrying"), start=1)
    ]


def recordings(interviews: Sequence[Row]) -> list[Row]:
    """
    One for each interview with staff or a stakeholder that identifies nobody; a survey is written.

    The first leaves the device in the minute in which it is moved, and the third is moved two working days later.
    """
    rows: list[Row] = []
    for row in interviews:
        spoken = row["held_as"] == "interview" and row["taking_part"] in {"staff", "stakeholder"}
        if not spoken or row["identifiable"] == "yes":
            continue
        number = len(rows) + 1
        began = datetime.fromisoformat(str(row["began_at"])).replace(tzinfo=None)
        moved = began + timedelta(days=2 if number == 3 else 0, hours=2)
        rows.append(
            {
                "recording_id": f"REC-{number:02d}",
                "device": f"DICT-{1 + number % 2}",
                "recorded_interview": row["interview_id"],
                "speaker": row["taking_part"],
                "identifies_nobody": "yes",
                "recorded_at": instant(began),
                "moved_at": instant(moved),
                "moved_to": "FOUNDATION",
                "removed_at": after(moved, minutes=5 * (number - 1)),
            }
        )
    return rows


def desk_audits(calendar: Calendar) -> list[Row]:
    """A walk through two rooms every three months; one of them holds no marked paper, and so no locked container."""
    days = [calendar.live + timedelta(days=30)]
    while (following := office_day(_three_months_on(days[-1]), -1)) <= calendar.over:
        days.append(following)
    return [
        {
            "audit_id": f"DESK-{number:02d}-{room}",
            "audited_on": day,
            "room": f"room {room}",
            "papers_marked": marking,
            "desks_clear": "yes",
            "container_locked": locked,
            "entry_controlled": locked,
            "unused_locked_away": "yes",
        }
        for number, day in enumerate(days, start=1)
        for room, marking, locked in ((1, "none", None), (2, ("OFFICIAL", "OFFICIAL SENSITIVE")[number % 2], "yes"))
    ]


def _three_months_on(day: date) -> date:
    """Return the day of the same number, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month + 2, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def portal_surveys(work: Sequence[Row], hosts: Sequence[Row], asked: Sequence[tuple[str, int]]) -> list[Row]:
    """
    A survey for each piece of work that is one, two weeks long, in the one portal of the *hosts*.

    *asked* says of each who was asked and how many answered.
    """
    begun = [row for row in work if row["task"] == "online survey"]
    last = max(str(row["in_use_until"]) for row in hosts if row["system_name"] == PORTAL)
    return [
        {
            "survey_id": f"SV-{number}",
            "survey_work": row["work_id"],
            "asked_of": of,
            "created_in": PORTAL,
            "answers_recorded_in": PORTAL,
            "opened_on": row["began_on"],
            "closed_on": last if row is begun[-1] else date.fromisoformat(str(row["began_on"])) + timedelta(days=14),
            "answers": answered,
            "permission_asked": "yes",
        }
        for number, (row, (of, answered)) in enumerate(zip(begun, asked, strict=True), start=1)
    ]
