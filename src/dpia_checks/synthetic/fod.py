"""
The made-up life of the Female Offender Diversion pilot evaluation.

About 1,175 women over two years in four boroughs, north from October 2019 and south from February
2020 (the document says early 2020); an extract and an analysis each quarter; disposal at the end.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from dpia_checks import extract_files, schema
from dpia_checks.records import ExtractSet, SetFacts
from dpia_checks.synthetic import (
    agreements,
    attestations,
    breaches,
    contacting,
    counted,
    governance,
    keys,
    logins,
    matching,
    notices,
    processing,
    programmes,
    publication,
    registers,
    retention,
    rights,
    sharing,
    storage,
    withdrawn,
    women_tables,
)
from dpia_checks.synthetic.registers import Calendar, Person, instant

WOMEN = 1175
RENEWED = date(2020, 7, 1)
BEYOND_USE = date(2022, 7, 14)
CALENDAR = Calendar(
    live=date(2019, 10, 1),
    over=date(2023, 11, 30),
    taken_on=date(2023, 12, 31),
    analyses=(
        *(datetime(year, month, 15, 9, 30) for year in (2020, 2021) for month in (1, 4, 7, 10)),
        datetime(2022, 9, 15, 9, 30),
        datetime(2023, 10, 9, 9, 30),
    ),
    lead=timedelta(days=7),
)
STAFF = (
    *(
        Person(f"P{n:02d}", "Evidence and Insight", "secondee" if n in (2, 3) else "analyst", date(2018, 7, 2))
        for n in range(1, 8)
    ),
    Person("P08", "Evidence and Insight", "manager", date(2018, 7, 2)),
)
LEAVER = Person("P09", "Evidence and Insight", "analyst", date(2018, 7, 2), date(2021, 3, 31))
OTHERS = (
    Person("P20", "Commissioning", "manager", date(2018, 1, 8)),
    Person("P30", "MPS", "analyst", date(2015, 5, 5)),
    Person("P40", "Advance", "key worker", date(2019, 9, 2)),
)
LATER = (
    ("client", datetime(2021, 5, 12, 10, 0), datetime(2021, 6, 1, 10, 0)),
    ("staff", datetime(2022, 3, 9, 10, 0), datetime(2022, 10, 20, 10, 0)),
)
"""Interviews that a company held, the second for the report that prints quotes."""
PRINTED = programmes.FOD.again
CARRIED = ("trusted_person", "closed_container")
WITHDRAWN = (1, *range(60, 660, 60))
FOLLOW_UPS = {"advance_referrals_out": 3, "advance_interventions": 1, "advance_criminal_background": 2}
"""The tables of what followed a referral, each with a row for every so many women."""


def make(seed: int, scale: float) -> ExtractSet:
    """Return the clean extracts; see :func:`dpia_checks.synthetic.make`."""
    described = schema.load("fod")
    rows = max(1, round(WOMEN * scale))
    women = women_tables.referred_in(described, seed, rows)
    referred = np.asarray(women["date_referral_received"].to_pylist(), dtype="datetime64[D]")
    clients = np.asarray(women["client_id"].to_pylist(), dtype=object)
    sent = matching.supplied(CALENDAR)
    no = registers.withdrawals(WITHDRAWN, clients, referred, sent, CALENDAR, "withdrawal of consent")
    heard = withdrawn.last_heard(no, "withdrawal of consent", sent)
    women = withdrawn.as_heard(women, heard)
    made = {
        "advance_referrals_in": women,
        **{
            name: withdrawn.cut(described[name], women_tables.follow_up(described[name], seed, women, every), heard)
            for name, every in FOLLOW_UPS.items()
        },
        "crc": women_tables.crc(described["crc"], seed, women, _last_of_companies()),
        "analysis_cases": registers.analysis_cases(
            described["analysis_cases"], clients, referred, no, CALENDAR, "withdrawal of consent"
        ),
    }
    used = _access_log(seed)
    talked = registers.interviews(24, CALENDAR, ("client", "staff", "stakeholder"), LATER)
    lines: dict[str, list[registers.Row]] = {
        "staff": registers.staff((*STAFF, LEAVER, *OTHERS)),
        "clearances": registers.clearances((*STAFF, LEAVER), RENEWED, CALENDAR.over),
        "access_log": used,
        "download_days": logins.download_days(used),
        "folder_access": registers.folder_access(
            (*STAFF, LEAVER), "fod", CALENDAR, RENEWED, registers.first_talk(talked)
        ),
        "breaches": breaches.log(breaches.FOD),
        "transfers": _transfers(),
        "deliveries": [
            {"delivery_id": f"DEL-{n}", "carried_on": date(2020, n, 12), **dict.fromkeys(CARRIED, "yes")}
            for n in (2, 6, 9)
        ],
        "post": [],
        "interviews": talked,
        "analyses": registers.analyses(CALENDAR),
        "withdrawals": no,
    }
    lines["matching_variables"] = matching.variables(matching.FOD_MATCHED_BY)
    lines["requests"] = rights.of_fod()
    lines |= agreements.of_fod(CALENDAR)
    lines["processing_records"] = list(processing.of_fod())
    lines |= governance.fod(used, (*STAFF, LEAVER), lines["clearances"], CALENDAR) | sharing.fod(matching.FOD_RELEASED)
    lines["transfers"] += sharing.supplies("fod", lines)
    lines["attestations"] = attestations.log("fod", lines["dpia_versions"], CALENDAR.taken_on, "P08")
    lines |= notices.for_fod(women, lines, CALENDAR, STAFF)
    there = withdrawn.still_there(clients, referred, no, ("withdrawal of consent",))
    lines |= keys.made(lines, "fod", seed, there, sent)
    lines["contact_lists"] = contacting.lists(CALENDAR, withdrawn.still_there(clients, referred, no, contacting.KINDS))
    lines |= storage.for_fod(lines, CALENDAR)
    lines |= notices.with_surveys(lines, STAFF)
    lines["survey_answers"] = counted.answers(
        [
            (counted.EXIT, "client", counted.asked_at_exit(lines["offers"], CALENDAR.analyses[PRINTED - 1].date())),
            *counted.online(lines["portal_surveys"], {counted.STAFF_SURVEY}),
        ]
    )
    lines |= retention.made(lines, CALENDAR, BEYOND_USE, "P01")
    made |= {name: registers.register(described[name], given) for name, given in lines.items()}
    made |= matching.fod(described, seed, women, made["crc"], no, CALENDAR)
    made["officer_feedback"] = sharing.officer_feedback(described["officer_feedback"], made["disposals"])
    days = dict(zip(women["delius_number"].to_pylist(), women["date_referral_received"].to_pylist(), strict=True))
    made["arrests"] = counted.arrests(described["arrests"], seed, made["matched_cases"], "delius_number", days)
    made |= publication.of_fod(described, made, CALENDAR)
    ordered = {name: made[name] for name in described}
    facts = SetFacts(
        dpia="fod",
        name="made-up extracts of the FOD evaluation",
        origin="synthetic",
        taken_on=CALENDAR.taken_on.isoformat(),
        complete=frozenset({"post"}),
        seed=seed,
        scale=scale,
        digests={name: extract_files.digest(extract_files.to_csv(ordered[name])) for name in sorted(ordered)},
    )
    return ExtractSet(ordered, described, facts)


def _last_of_companies() -> date:
    """Return the last day on which a probation company sent its list: after that the probation service is one."""
    sendings = [moment.date() - CALENDAR.lead for moment in CALENDAR.analyses]
    return max(on for on in sendings if on < agreements.UNITED)


def _access_log(seed: int) -> list[registers.Row]:
    """
    The uses of the team, and three on a boundary: five minutes past midnight on a day set for downloads, in
    summer time, and the last two of a person who leaves, the second ten minutes before their last day ends.
    """
    systems = {"analyst": "FOUNDATION", "manager": "FOUNDATION", "secondee": "CRIS"}
    more = (
        ("AC-NIGHT-1", STAFF[1], "CRIS", datetime(2020, 7, 14, 0, 5)),
        ("AC-LAST-1", LEAVER, "FOUNDATION", datetime(2021, 3, 30, 9, 15)),
        ("AC-LAST-2", LEAVER, "FOUNDATION", datetime(2021, 3, 31, 23, 50)),
    )
    used = logins.access_log(STAFF, CALENDAR, RENEWED, systems, seed) + [
        {"access_id": id, "person_id": person.id, "system": system, "accessed_at": instant(moment)}
        for id, person, system, moment in more
    ]
    return [*used, *logins.drawn_for_lists(used, STAFF, CALENDAR)]


def _transfers() -> list[registers.Row]:
    rows: list[registers.Row] = []
    for quarter, began in enumerate(CALENDAR.analyses, start=1):
        sent = began - CALENDAR.lead
        for sender, data in (("Advance", "Female Offender data"), ("CRC", "CRC data"), ("NPS", "NPS data")):
            if sender != "CRC" or sent.date() < agreements.UNITED:
                rows.append(_sent(f"TR-{quarter:02d}-{sender}", sent, sender, "MOPAC", data, "yes"))
        rows.append(_sent(f"TR-{quarter:02d}-OUT", began + timedelta(days=42), "MOPAC", "Advance", "MPS data", "no"))
    for on in matching.BETWEEN:
        sent = datetime(on.year, on.month, on.day, 9, 30)
        rows.append(_sent(f"TR-{on:%Y-%m}", sent, "Advance", "MOPAC", "Female Offender data", "yes"))
    agenda = _sent("TR-FAX-1", datetime(2020, 2, 3, 11, 0), "MOPAC", "Advance", "bespoke data", "no")
    return [*rows, {**agenda, "channel": "fax", "address": None}]


def _sent(id: str, at: datetime, sender: str, recipient: str, data: str, personal: str) -> registers.Row:
    inside_eea = "IE" if id.startswith("TR-03") else "GB"
    return {
        "transfer_id": id,
        "sent_at": instant(at),
        "sender": sender,
        "recipient": recipient,
        "data_set": data,
        "personal": personal,
        "marking": "OFFICIAL SENSITIVE" if personal == "yes" else "none",
        "channel": "file transfer service" if personal == "yes" else "e-mail",
        "address": "Egress" if personal == "yes" else "gov.uk",
        "file_locked": "yes" if personal == "yes" else "no",
        "message": f"{id}-a",
        "password_message": f"{id}-b" if personal == "yes" else None,
        "held_in": inside_eea,
    }
