"""
Registers of what people were told, of errors and quality control, and of the identity taken out of police data.

Each sits on the boundary of the promises it serves: a notice received in the minute an analysis begins or
in the last minute of the day somebody joins; a file stored in the minute its identity is out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import pyarrow as pa

from dpia_checks.synthetic import governance, logins, stays
from dpia_checks.synthetic.agreements import there
from dpia_checks.synthetic.registers import Calendar, Person, Row, instant, office_day
from dpia_checks.synthetic.stays import AMENDED

Lines = dict[str, list[Row]]
MADE = {"survey": "survey response", "interview": "interview transcript"}
FOD_NOTICES = (
    ("N-PUBLIC-1", "public", "2018-05-25", "2019-08-29", None, None, "no", "no"),
    ("N-PUBLIC-2", "public", "2019-08-30", "2020-01-14", None, None, "no", "yes"),
    ("N-PUBLIC-3", "public", "2020-01-15", None, None, None, "yes", "yes"),
    ("N-CLIENT-1", "client", "2019-09-16", "2020-09-30", "yes", "yes", None, None),
    ("N-CLIENT-2", "client", "2020-10-01", None, "yes", "yes", None, None),
)
LGE_NOTICES = (
    ("N-PUBLIC-1", "public", "adults", "2016-01-04", "2018-05-24", None),
    ("N-PUBLIC-2", "public", "adults", "2018-05-25", None, None),
    ("N-ADULT-1", "client", "adults", "2016-02-01", "2018-05-24", "no"),
    ("N-YOUNG-1", "client", "young people", "2016-02-01", "2018-05-24", "no"),
    ("N-ADULT-2", "client", "adults", "2018-05-25", "2019-10-13", "no"),
    ("N-YOUNG-2", "client", "young people", "2018-05-25", "2019-10-13", "no"),
    ("N-ADULT-3", "client", "adults", "2019-10-14", None, "yes"),
    ("N-YOUNG-3", "client", "young people", "2019-10-14", None, "yes"),
)
PAPERS = {"RE-W1": 3, "RE-W2": 5}
"""Papers that nobody published, each with the number of the analysis that it is about."""


def for_fod(women: pa.Table, lines: Mapping[str, list[Row]], calendar: Calendar, people: Sequence[Person]) -> Lines:
    """Return the registers of the diversion pilot."""
    files = logins.police_files(lines["access_log"], calendar, people)
    for number, row in enumerate(files):
        moment = datetime.fromisoformat(str(row["anonymised_at"])).replace(tzinfo=None)
        stored = moment + timedelta(hours=max(0, number - 1))
        files[number] = {**row, "stored_at": instant(stored)}
    written = _reports(lines["analyses"])
    written += [({**written[number - 1][0], "report_id": id}, written[number - 1][1]) for id, number in PAPERS.items()]
    return {
        "notices": [
            {
                "notice_id": id,
                "audience": audience,
                "published_on": first,
                "superseded_on": last,
                "explains_use": explains,
                "names_research": names,
                "covers_third_parties": third_parties,
                "covers_research": research,
            }
            for id, audience, first, last, explains, names, third_parties, research in FOD_NOTICES
        ],
        "notice_deliveries": _handed_over(women, calendar),
        "offers": _offers(women),
        "first_contacts": _first_contacts(calendar.live + timedelta(days=120), 12),
        "corrections": _corrections(
            ("MPS", "CRC", "NPS", "Advance"), "data contact", calendar.analyses[0].date() - calendar.lead
        ),
        "materials": _materials(lines["interviews"]),
        "written_reports": [
            {
                **row,
                "written_on": office_day(on - timedelta(days=3), -1),
                "peer_reviewed_on": office_day(on - timedelta(days=1), -1),
                "published_on": on if row["report_id"] not in PAPERS else None,
                "released_as": f"R{str(row['report_id'])[3:]}" if row["report_id"] not in PAPERS else None,
                "written_by": people[number % len(people)].id,
                "peer_reviewed_by": people[(number + 1) % len(people)].id,
            }
            for number, (row, on) in enumerate(written)
        ],
        "quality_checks": _quality_checks(
            people,
            *((str(row["report_id"]), on) for row, on in written),
            *((str(row["of_analysis"]), on - timedelta(days=30)) for row, on in _reports(lines["analyses"])),
            *_collected(lines["interviews"]),
        ),
        "police_files": files,
        "analysis_columns": [
            {
                "line_id": f"{row['police_file_id']}-{heading}",
                "column_file": row["police_file_id"],
                "column_name": heading,
                "identifies_by": "pseudonym" if heading == "person" else "nothing",
            }
            for row in files
            for heading in ("person", "borough", "age_band", "arrests_before", "arrests_after", "charges_after")
        ],
    }


def for_lge(
    clients: pa.Table, lines: Mapping[str, list[Row]], calendar: Calendar, people: Sequence[Person], seed: int
) -> Lines:
    """Return the registers of London Gang Exit."""
    users = stays.of_clients(clients, seed, calendar.over)
    written = _reports(lines["analyses"])
    return {
        "notices": [
            {
                "notice_id": id,
                "audience": audience,
                "written_for": wording,
                "published_on": first,
                "superseded_on": last,
                "names_commissioner": names,
                "names_evaluator": names,
                "says_evaluation": "yes" if names else None,
                "says_uses": "yes" if names else None,
                "says_rights": "yes" if names else None,
            }
            for id, audience, wording, first, last, names in LGE_NOTICES
        ],
        "notice_deliveries": _handed_over_on_joining(users, calendar),
        "service_users": users,
        "first_contacts": _first_contacts(calendar.live + timedelta(days=120), 9),
        "corrections": _corrections(("MPS", "Safer London"), "service manager", calendar.live + timedelta(days=61)),
        "materials": _materials(lines["interviews"]),
        "written_reports": [
            {**row, "report_kind": "final report" if number == len(written) - 1 else "interim report"}
            for number, (row, _) in enumerate(written)
        ],
        "quality_checks": _quality_checks(people, *_collected(lines["interviews"])),
        "police_files": [
            {**row, "drawn_under": governance.proforma_of(str(row["downloaded_at"])[:10])}
            for row in logins.police_files(lines["access_log"], calendar, people)
        ],
    }


def _handed_over(women: pa.Table, calendar: Calendar) -> list[Row]:
    """The client notice of the day, at eight on the morning of the referral; the first waits until the last minute."""
    rows: list[Row] = []
    for client, on in zip(*(women[name].to_pylist() for name in ("client_id", "date_referral_received")), strict=True):
        number = "1" if on < "2020-10-01" else "2"
        moment = datetime.fromisoformat(on) + timedelta(hours=8)
        rows.append(_delivery(f"ND-{client}", client, f"N-CLIENT-{number}", moment))
    return [{**rows[0], "received_at": instant(calendar.analyses[0])}, *rows[1:]]


def _handed_over_on_joining(stays: Iterable[Row], calendar: Calendar) -> list[Row]:
    """
    The notice of the day they joined, and the amended one for whoever was there when it changed.

    The first client gets it in the last minute of the day they joined, and the first who was there when it
    changed in the minute that the final analysis begins.
    """
    rows: list[Row] = []
    later = 0
    for number, stay in enumerate(stays):
        client, joined = str(stay["client_id"]), date.fromisoformat(str(stay["joined_on"]))
        kind = "YOUNG" if stay["under_18"] == "yes" else "ADULT"
        version = 1 if joined < date(2018, 5, 25) else 2 if joined < AMENDED else 3
        at = datetime(joined.year, joined.month, joined.day, *((23, 59) if number == 0 else (11, number % 60)))
        rows.append(_delivery(f"ND-{client}-1", client, f"N-{kind}-{version}", at))
        if version < 3 and (stay["left_on"] is None or str(stay["left_on"]) >= AMENDED.isoformat()):
            told = datetime(2019, 10, 15, 10, 0) + timedelta(days=later % 21) if later else calendar.analyses[-1]
            rows.append(_delivery(f"ND-{client}-2", client, f"N-{kind}-3", told))
            later += 1
    return rows


def _delivery(id: str, client: str, notice: str, at: datetime) -> Row:
    return {"notice_delivery_id": id, "client_id": client, "notice_id": notice, "received_at": instant(at)}


def _offers(women: pa.Table) -> list[Row]:
    """Survey and Justice Star, on the day the service starts and on the day it ends; some reached neither."""
    names = ("client_id", "service_start_date", "service_end_date", "referral_id")
    return [
        {
            "client_id": client,
            "survey_at_entry_on": first,
            "survey_at_exit_on": last,
            "star_at_entry_on": first,
            "star_at_exit_on": last,
            "offered_in": referral,
        }
        for client, first, last, referral in zip(*(women[name].to_pylist() for name in names), strict=True)
    ]


def _first_contacts(first: date, count: int) -> list[Row]:
    """Staff and stakeholders, told on the day of the first contact; the second was told by letter a week before."""
    rows: list[Row] = []
    for number in range(1, count + 1):
        on = office_day(first + timedelta(days=11 * number))
        told = office_day(on - timedelta(days=7)) if number == 2 else on
        rows.append(
            {
                "contact_id": f"FC-{number:02d}",
                "professional": "staff" if number % 2 else "stakeholder",
                "first_contact_on": on,
                "aims_told_on": told,
                "rights_told_on": told,
            }
        )
    return rows


def _corrections(authors: Sequence[str], contact: str, since: date) -> list[Row]:
    """Twelve errors, the first found from the day *since* on, told to authors within days; a third is disputed."""
    rows: list[Row] = []
    for number in range(1, 13):
        found = office_day(since + timedelta(days=61 * (number - 1)))
        author = there(authors[number % len(authors)], found)
        rows.append(
            {
                "correction_id": f"ERR-{number:02d}",
                "author": author,
                "found_on": found,
                "told_party": author,
                "told_via": "Information Assurance Unit" if author == "MPS" else contact,
                "told_on": office_day(found + timedelta(days=number % 4)),
                "disputed": "no" if number % 3 else "yes",
                "dispute_note": None if number % 3 else "the author keeps the date it has",
            }
        )
    return rows


def _materials(interviews: Sequence[Row]) -> list[Row]:
    return [
        {
            "material_id": row["interview_id"],
            "material_kind": MADE[str(row["held_as"])],
            "collected_on": str(row["began_at"])[:10],
        }
        for row in interviews
    ]


def with_surveys(lines: Mapping[str, list[Row]], people: Sequence[Person]) -> Lines:
    """Return the records of primary data and the checks of them, with those of each survey online at the end."""
    held = [(str(row["survey_id"]), date.fromisoformat(str(row["closed_on"]))) for row in lines["portal_surveys"]]
    made: list[Row] = [
        {"material_id": id, "material_kind": MADE["survey"], "collected_on": closed} for id, closed in held
    ]
    checks = _quality_checks(people, *((id, closed + timedelta(days=9)) for id, closed in held))
    return {"materials": lines["materials"] + made, "quality_checks": lines["quality_checks"] + checks}


def _collected(interviews: Sequence[Row]) -> list[tuple[str, date]]:
    days = [(str(row["interview_id"]), date.fromisoformat(str(row["began_at"])[:10])) for row in interviews]
    return [(id, on + timedelta(days=9)) for id, on in days]


def _reports(analyses: Sequence[Row]) -> list[tuple[Row, date]]:
    """One report for each analysis, and the day it was written."""
    return [
        (
            {"report_id": f"RE-{number:02d}", "of_analysis": row["analysis_id"]},
            date.fromisoformat(str(row["reported_on"])),
        )
        for number, row in enumerate(analyses, start=1)
    ]


def _quality_checks(people: Sequence[Person], *items: tuple[str, date]) -> list[Row]:
    """Each by the next on the list of *people* after whoever made it."""
    return [
        {
            "quality_check_id": f"QC-{item}",
            "checked_item": item,
            "checked_on": on,
            "checked_by": people[(number + 1) % len(people)].id,
            "made_by": people[number % len(people)].id,
        }
        for number, (item, on) in enumerate(items)
    ]
