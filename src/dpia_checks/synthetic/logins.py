"""
The log of who used the data when, and in which system.

On the boundary: a clearance used on the day it expires, and a file taken from the police on the working day after
its list of cases came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from dpia_checks.synthetic.draws import uniform
from dpia_checks.synthetic.registers import Calendar, Person, Row, instant, office_day

TAKEN_OUT = timedelta(hours=2)
"""How long it takes to take the identity out of a file from the police."""


def access_log(
    people: Sequence[Person], calendar: Calendar, renewed: date, systems: Mapping[str, str], seed: int
) -> list[Row]:
    """
    Each person's uses of the data, every second week, on working days; *systems* names the system for each role.

    The third person uses it on the last day of the first clearance and on the first of the second, and
    not in between. One use is half an hour after midnight on the day a clearance expires, in summer time.
    """
    rows: list[Row] = []
    weeks = (calendar.over - calendar.live).days // 14
    hours = uniform(seed, "access_log", "hour", weeks * len(people))
    for week in range(weeks):
        for number, person in enumerate(people):
            day = office_day(calendar.live + timedelta(days=14 * week + number % 5))
            if number == 2 and renewed <= day < renewed + timedelta(days=6):
                continue
            system = systems[person.role] if week % 3 == 0 else "FOUNDATION"
            moment = datetime(day.year, day.month, day.day, 9 + int(hours[week * len(people) + number] * 8), 5 * number)
            rows.append(
                {
                    "access_id": f"AC-{week:03d}-{person.id}",
                    "person_id": person.id,
                    "system": system,
                    "accessed_at": instant(moment),
                }
            )
    last = renewed - timedelta(days=1)
    for number, (moment, person) in enumerate(
        [
            (datetime(last.year, last.month, last.day, 0, 30), people[2]),
            (datetime(last.year, last.month, last.day, 23, 55), people[2]),
            (datetime(renewed.year, renewed.month, renewed.day, 9, 0) + timedelta(days=6), people[2]),
            (datetime(renewed.year, renewed.month, renewed.day, 0, 5), people[1]),
        ],
        start=1,
    ):
        rows.append(
            {
                "access_id": f"AC-BOUND-{number}",
                "person_id": person.id,
                "system": "FOUNDATION",
                "accessed_at": instant(moment),
            }
        )
    return rows


def drawn_for_lists(used: Sequence[Row], people: Sequence[Person], calendar: Calendar) -> list[Row]:
    """
    A use of CRIS on the working day after each list of cases came, where none was between it and the analysis.

    Nothing can be drawn from the police of people who are on no list yet. The secondees take turns.
    """
    secondees = [person for person in people if person.role == "secondee"]
    drawn = [str(row["accessed_at"]) for row in used if row["system"] == "CRIS"]
    rows: list[Row] = []
    for number, began in enumerate(calendar.analyses, start=1):
        came = began - calendar.lead
        if any(instant(came) < moment <= instant(began - TAKEN_OUT) for moment in drawn):
            continue
        day = office_day(came.date() + timedelta(days=1))
        rows.append(
            {
                "access_id": f"AC-LIST-{number:02d}",
                "person_id": secondees[number % len(secondees)].id,
                "system": "CRIS",
                "accessed_at": instant(datetime(day.year, day.month, day.day, 10, 40)),
            }
        )
    return rows


def police_files(used: Sequence[Row], calendar: Calendar, people: Sequence[Person]) -> list[Row]:
    """
    One file for each analysis, from the last use of CRIS between its list of cases and it; the identity is out soon.

    For the second file it is out in the minute that its analysis begins.
    """
    secondees = {person.id for person in people if person.role == "secondee"}
    taken = sorted(
        (datetime.fromisoformat(str(row["accessed_at"])).replace(tzinfo=None), str(row["person_id"]))
        for row in used
        if row["system"] == "CRIS" and row["person_id"] in secondees
    )
    rows: list[Row] = []
    for number, began in enumerate(calendar.analyses, start=1):
        before = [use for use in taken if began - calendar.lead < use[0] <= began - TAKEN_OUT]
        if not before:
            continue
        moment, person = before[-1]
        rows.append(
            {
                "police_file_id": f"PF-{number:02d}",
                "for_analysis": f"AN-{number:02d}",
                "downloaded_at": instant(moment),
                "anonymised_at": instant(began if len(rows) == 1 else moment + TAKEN_OUT),
                "anonymised_by": person,
            }
        )
    return rows


def download_days(used: Sequence[Row]) -> list[Row]:
    """The days on which somebody took data from CRIS, and one on which the person was ill and took none."""
    taken = {(str(row["person_id"]), str(row["accessed_at"])[:10]) for row in used if row["system"] == "CRIS"}
    days = sorted(taken | {("P03", "2020-07-13")}, key=lambda line: line[::-1])
    return [
        {"day_id": f"DAY-{number:03d}", "day_person": person, "day": on}
        for number, (person, on) in enumerate(days, start=1)
    ]
