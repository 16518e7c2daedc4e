"""
The logs and registers of an evaluation, made from its calendar so that they agree with each other.

Each sits on the boundary of the promises it serves: somebody told in the very last minute, also across
a clock change; a clearance used on the day it expires; a no received in the minute an analysis begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from dpia_checks.errors import Problem, SchemaUnusable
from dpia_checks.schema import Table
from dpia_checks.synthetic.draws import Values
from dpia_checks.working_days import bank_holidays, is_working_day

LONDON = ZoneInfo("Europe/London")
REPORTED_AFTER = timedelta(days=42)
HELD = ("survey", "interview")
Row = Mapping[str, object]
Talk = tuple[str, datetime, datetime]
"""Who speaks, from when on, and when the words are used for the last time."""


@dataclass(frozen=True)
class Calendar:
    """The dates of one evaluation: live, over, each analysis, and how long before one its extract comes."""

    live: date
    over: date
    taken_on: date
    analyses: tuple[datetime, ...]
    lead: timedelta


@dataclass(frozen=True)
class Person:
    """A member of staff: who, of which team, in which role, and from when to when."""

    id: str
    team: str
    role: str
    joined: date
    left: date | None = None


def office_day(day: date, step: int = 1) -> date:
    """Return the *day*, or the next on which an office is open; with a *step* of -1 the last one before it."""
    while not is_working_day(day, bank_holidays()):
        day += timedelta(days=step)
    return day


def instant(moment: datetime) -> str:
    """Return a London time with its own offset, to the minute."""
    return moment.replace(tzinfo=LONDON).isoformat(timespec="minutes")


def after(moment: datetime, **elapsed: int) -> str:
    """Return the London time that lies so many elapsed hours or minutes after a London time."""
    utc = moment.replace(tzinfo=LONDON).astimezone(ZoneInfo("UTC")) + timedelta(**elapsed)
    return utc.astimezone(LONDON).isoformat(timespec="minutes")


def register(described: Table, rows: Iterable[Row]) -> pa.Table:
    """Return *rows* as a text table with the columns of *described*; what a row leaves out is null."""
    lines = list(rows)
    if unknown := {name for row in lines for name in row} - set(described.columns):
        what = f"the simulation fills {', '.join(sorted(unknown))}, which the table does not have"
        raise SchemaUnusable(
            [Problem(described.name, what, "Describe the columns in extracts/<dpia>.csv of both DPIAs")]
        )
    return pa.table(
        {name: pa.array([_cell(row.get(name)) for row in lines], pa.string()) for name in described.columns}
    )


def _cell(value: object) -> str | None:
    return None if value is None else str(value)


def staff(people: Sequence[Person]) -> list[Row]:
    """One row for each member of staff."""
    return [
        {"person_id": p.id, "team": p.team, "role": p.role, "joined_on": p.joined, "left_on": p.left} for p in people
    ]


def clearances(people: Sequence[Person], renewed: date, over: date) -> list[Row]:
    """
    Two clearances for each person, back to back, but for the third, who was not working in between.

    The first ends the day before *renewed*, the second after *over*; one person holds a higher level.
    """
    rows: list[Row] = []
    for number, person in enumerate(people):
        begins = renewed + timedelta(days=6) if number == 2 else renewed
        level = "SC" if number == 3 else "CTC"
        spans = ((person.joined, renewed - timedelta(days=1)), (begins, over + timedelta(days=365)))
        for turn, (granted, expires) in enumerate(spans, start=1):
            rows.append(
                {
                    "clearance_id": f"CL-{person.id}-{turn}",
                    "cleared_person": person.id,
                    "level": level,
                    "granted_on": granted,
                    "expires_on": expires,
                }
            )
    return rows


def folder_access(people: Sequence[Person], folder: str, calendar: Calendar, renewed: date, talked: date) -> list[Row]:
    """
    A right for each person on the working folder, and on each folder of personal data for those who need it.

    It begins with the evaluation or with the person, on the interviews with the first of them, on the day *talked*,
    and on the panel with its list, and ends on the last day of who leaves. The third person is not cleared for six
    days after *renewed*, and holds no right to personal data on these.
    """
    since = min(calendar.live, calendar.analyses[0].date() - calendar.lead)
    first = {"T": talked, "N": renewed - timedelta(days=1)}
    rows = [_right(p, "W", f"{folder}/working", (max(since, p.joined), p.left)) for p in people]
    for number, person in enumerate(people[:4]):
        secondee = person.role == "secondee"
        needs = {
            ("P", f"{folder}/matching"): "matches records" if secondee else "analyses matched records",
            ("N", f"{folder}/panel"): "keeps the panel",
            ("T", f"{folder}/interviews"): "reads what people said",
            **({("K", f"{folder}/keys"): "takes the identity out"} if secondee else {}),
            **({("C", "consultation"): "keeps the answers to consultations"} if number == 0 else {}),
            **({("B", f"{folder}/backup"): "keeps the backup"} if number in {0, 3} else {}),
        }
        for (mark, held), need in needs.items():
            begins = max(first.get(mark, since), person.joined)
            paused = ((begins, renewed - timedelta(days=1)), (renewed + timedelta(days=6), person.left))
            for turn, span in enumerate(paused if number == 2 else ((begins, person.left),), start=1):
                again = "-2" if turn == 2 else ""
                rows.append(
                    {**_right(person, mark + again, held, span), "holds_personal_data": "yes", "need_to_know": need}
                )
    return rows


def _right(person: Person, mark: str, folder: str, span: tuple[date, date | None]) -> Row:
    return {
        "right_id": f"FA-{person.id}-{mark}",
        "folder": folder,
        "principal": person.id,
        "principal_kind": "person",
        "holds_personal_data": "no",
        "right_from": span[0],
        "right_until": span[1],
    }


def _interviewed(calendar: Calendar, number: int) -> datetime:
    """Return when the interview or survey of a *number* began."""
    return datetime(calendar.live.year + 1, 2, 3, 10, 0) + timedelta(days=9 * number)


def interviews(
    count: int,
    calendar: Calendar,
    kinds: Sequence[str],
    later: Sequence[Talk],
    more: Callable[[int], Row] | None = None,
) -> list[Row]:
    """
    Interviews, surveys and focus groups, and after them those of another time, which identify nobody.

    The first person agrees in the minute it begins; two opt out: one after the last use, one in the very minute of
    it. *more* gives what else one evaluation holds of each.
    """
    rows: list[Row] = []
    moments = [_interviewed(calendar, number) for number in range(1, count + 1)]
    talks: list[Talk] = [
        (kinds[number % len(kinds)], began, began + timedelta(days=20)) for number, began in enumerate(moments, start=1)
    ]
    for number, (speaker, began, used) in enumerate([*talks, *later], start=1):
        out = {5: used + timedelta(days=3), 8: used}.get(number)
        named = number in {5, 8} or number % 3 == 0
        rows.append(
            {
                "interview_id": f"INT-{number:02d}",
                "taking_part": speaker,
                "agreed_at": instant(began if number == 1 else began - timedelta(days=2)),
                "began_at": instant(began),
                "held_as": (held := HELD[(number - 1) % 2] if number <= count else "interview"),
                "agreed_to": held,
                "told_rights": "yes",
                "identifiable": "yes" if named and number <= count else "no",
                "opted_out_at": instant(out) if out else None,
                "deleted_at": instant(out + timedelta(hours=5)) if out else None,
                "last_used_at": instant(used),
                **(more(number) if more else {}),
            }
        )
    return rows


def first_talk(interviews: Iterable[Row]) -> date:
    """Return the day of the first of all *interviews*."""
    return min(date.fromisoformat(str(row["began_at"])[:10]) for row in interviews)


def withdrawals(
    turns: Sequence[int],
    clients: Values,
    referred: Values,
    sent: Sequence[date],
    calendar: Calendar,
    kind: str,
    *,
    offered: tuple[datetime, timedelta] | None = None,
    stays: tuple[Values, Values] | None = None,
) -> list[Row]:
    """
    A no from the client of each turn, or from the next of whom an extract *sent* by then told, one from each.

    The first comes in the very minute that the third analysis begins, the last only asks not to be contacted.
    The others follow each other from the second analysis on, or from the moment that *offered* gives with the
    time from one to the next. Where a no is offered to those on the service, *stays* are the days on which each
    client came and left.
    """
    since, apart = offered or (calendar.analyses[1] + timedelta(hours=3), timedelta(days=47))
    moments = [since + apart * number for number in range(1, len(turns) + 1)]
    moments[:1] = [calendar.analyses[2]]
    noes = [*zip(turns, moments, [kind] * len(turns), strict=True)]
    noes.append((2, calendar.analyses[1] + timedelta(days=1), "objection to contact"))
    rows: list[Row] = []
    for number, (turn, moment, sort) in enumerate(noes, start=1):
        on, said = np.datetime64(moment.date()), {row["client_id"] for row in rows}
        told = np.datetime64(max(day for day in sent if day <= moment.date()))
        able = (referred < on - np.timedelta64(calendar.lead)) & (referred <= told)
        if stays is not None:
            able &= (stays[0] <= on) & (stays[1] >= on)
        asked = [client for client in clients[turn - 1 :][able[turn - 1 :]] if client not in said]
        row = {"withdrawal_id": f"NO-{number:02d}", "kind": sort, "received_at": instant(moment)}
        rows += [{**row, "client_id": client} for client in asked[:1]]
    return rows


def analyses(calendar: Calendar) -> list[Row]:
    """One row for each analysis, reported six weeks after it began."""
    return [
        {
            "analysis_id": f"AN-{number:02d}",
            "started_at": instant(moment),
            "reported_on": (moment + REPORTED_AFTER).date(),
        }
        for number, moment in enumerate(calendar.analyses, start=1)
    ]


def analysis_cases(
    described: Table, clients: np.ndarray, referred: np.ndarray, gone: Sequence[Row], calendar: Calendar, kind: str
) -> pa.Table:
    """
    Who is in each analysis: all whom the extract before it holds, but for those whose no came before it began.

    Where the register says so, somebody whose no comes before the report is taken out again; the first on
    the very day of the report.
    """
    noes = {
        str(row["client_id"]): datetime.fromisoformat(str(row["received_at"])) for row in gone if row["kind"] == kind
    }
    rows: list[Row] = []
    for number, moment in enumerate(calendar.analyses, start=1):
        reported = (moment + REPORTED_AFTER).date()
        for client in clients[referred <= np.datetime64(moment.date() - calendar.lead)]:
            said = noes.get(client)
            if said is not None and said < moment.replace(tzinfo=LONDON):
                continue
            row = {"case_id": f"AN-{number:02d}-{client}", "analysis_id": f"AN-{number:02d}", "client_id": client}
            if said is not None and said.date() < reported and "taken_out_on" in described.columns:
                row["taken_out_on"] = min(said.date() + timedelta(days=42), reported)
            rows.append(row)
    return register(described, rows)
