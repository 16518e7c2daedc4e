"""
The made-up life of the Female Offender Diversion pilot evaluation.

About 1,175 women over two years in four boroughs, north from October 2019 and south from February
2020 (the document says early 2020); an extract and an analysis each quarter; disposal at the end.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
    people,
    processing,
    publication,
    registers,
    retention,
    rights,
    sharing,
    storage,
    withdrawn,
)
from dpia_checks.synthetic.draws import Values, day, later, numbered, pick, text, uniform
from dpia_checks.synthetic.registers import Calendar, Person, instant

WOMEN = 1175
ROLL_OUT = {"Camden": "2019-10-01", "Islington": "2019-10-01", "Lambeth": "2020-02-03", "Southwark": "2020-02-03"}
LAST_REFERRAL = "2021-09-30"
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
CARRIED = ("trusted_person", "closed_container")
WITHDRAWN = (1, *range(60, 660, 60))
ADULT = 12 * 18
"""Months to the age from which a court is one of adults."""
SENTENCED_AFTER = np.timedelta64(90, "D")
ASSESSED_AFTER = np.timedelta64(120, "D")
ORDER_OVER = 470
"""Days from an offence after which an order of a year for it, given three months later, is over."""
FOLLOW_UPS = {"advance_referrals_out": 3, "advance_interventions": 1, "advance_criminal_background": 2}
"""The tables of what followed a referral, each with a row for every so many women."""


def make(seed: int, scale: float) -> ExtractSet:
    """Return the clean extracts; see :func:`dpia_checks.synthetic.make`."""
    described = schema.load("fod")
    rows = max(1, round(WOMEN * scale))
    women = _women(described, seed, rows)
    referred = np.asarray(women["date_referral_received"].to_pylist(), dtype="datetime64[D]")
    clients = np.asarray(women["client_id"].to_pylist(), dtype=object)
    sent = matching.supplied(CALENDAR)
    no = registers.withdrawals(WITHDRAWN, clients, referred, sent, CALENDAR, "withdrawal of consent")
    heard = withdrawn.last_heard(no, "withdrawal of consent", sent)
    women = withdrawn.as_heard(women, heard)
    made = {
        "advance_referrals_in": women,
        **{
            name: withdrawn.cut(described[name], _follow_up(described[name], seed, women, every), heard)
            for name, every in FOLLOW_UPS.items()
        },
        "crc": _crc(described["crc"], seed, women),
        "analysis_cases": registers.analysis_cases(
            described["analysis_cases"], clients, referred, no, CALENDAR, "withdrawal of consent"
        ),
    }
    used = _access_log(seed)
    lines: dict[str, list[registers.Row]] = {
        "staff": registers.staff((*STAFF, LEAVER, *OTHERS)),
        "clearances": registers.clearances((*STAFF, LEAVER), RENEWED, CALENDAR.over),
        "access_log": used,
        "download_days": logins.download_days(used),
        "folder_access": registers.folder_access((*STAFF, LEAVER), "fod", CALENDAR, RENEWED),
        "breaches": breaches.log(breaches.FOD),
        "transfers": _transfers(),
        "deliveries": [
            {"delivery_id": f"DEL-{n}", "carried_on": date(2020, n, 12), **dict.fromkeys(CARRIED, "yes")}
            for n in (2, 6, 9)
        ],
        "post": [],
        "interviews": registers.interviews(24, CALENDAR, ("client", "staff", "stakeholder")),
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
    lines |= keys.made(lines, "fod", seed, withdrawn.still_there(clients, referred, no, ("withdrawal of consent",)))
    lines["survey_answers"] = counted.answers(rows)
    lines["contact_lists"] = contacting.lists(CALENDAR, withdrawn.still_there(clients, referred, no, contacting.KINDS))
    lines |= storage.for_fod(lines, CALENDAR)
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


def _women(described: dict[str, schema.Table], seed: int, rows: int) -> pa.Table:
    name = "advance_referrals_in"

    def draw(column: str) -> np.ndarray:
        return uniform(seed, name, column, rows)

    area = pick(draw("area"), tuple(ROLL_OUT))
    referred = np.empty(rows, dtype="datetime64[D]")
    for borough, first in ROLL_OUT.items():
        here = area == borough
        referred[here] = day(draw("date_referral_received")[here], first, LAST_REFERRAL)
    area[0], referred[0] = "Camden", np.datetime64(ROLL_OUT["Camden"])
    aged = 18 + draw("age") * 45
    aged[0] = 18.0
    forenames, surnames = people.names(seed, name, rows)
    contacted = referred + (draw("contact_date") * 21).astype("timedelta64[D]")
    reached, engaged = draw("contact") < 0.85, draw("engagement") < 0.7
    stayed = np.where(engaged, 30 + draw("service_end_date") * 200, 8 + draw("service_end_date") * 21)
    ended = contacted + stayed.astype("timedelta64[D]")
    known = {
        "referral_id": text(numbered("R", rows)),
        "client_id": text(numbered("C", rows)),
        "delius_number": text(numbered("ZZ", rows)),
        "forename": text(forenames),
        "surname": text(surnames),
        "date_referral_received": text(referred),
        "service_start_date": text(contacted, reached),
        "service_end_date": text(ended, reached),
        "area": text(area),
        "contact": text(np.where(reached, "yes", "no").astype(object)),
        "contact_date": text(contacted, reached),
        "time_between_referral_and_contact_dates": text((contacted - referred).astype(int), reached),
        "engagement": text(np.where(reached & engaged, "yes", "no").astype(object)),
        "engagement_date": text(contacted + np.timedelta64(7, "D"), reached & engaged),
        "date_of_birth": text(people.born(aged, referred)),
        "age": text(aged.astype(int)),
        "gender": text(np.full(rows, described[name].columns["gender"].values[0], dtype=object)),
    }
    return people.table(described[name], seed, rows, known)


def _follow_up(described: schema.Table, seed: int, women: pa.Table, every: int) -> pa.Table:
    """A row for every so many women; nobody is referred on who was not reached."""
    offence, grown = _offences(seed, women)
    chosen = women.take(np.arange(0, women.num_rows, every))
    if described.name == "advance_referrals_out":
        chosen = chosen.filter(pc.equal(chosen["contact"], "yes"))
    names = dict(zip(("forename", "surname"), (chosen["forename"], chosen["surname"]), strict=True))
    client = np.asarray(
        [f"{a} {b}" for a, b in zip(*(c.to_pylist() for c in names.values()), strict=True)], dtype=object
    )
    known = {name: chosen[name] for name in ("referral_id", "client_id", "forename", "surname")}
    dates = _dates(described, seed, chosen)
    if described.name == "advance_criminal_background":
        dates["date_of_offence"] = np.where(grown[::every], offence[::every], dates["date_of_offence"])
        convicted = np.where(grown[::every], offence[::every] + SENTENCED_AFTER, dates["conviction_date"])
        dates["conviction_date"] = convicted
    known |= {"client_name": text(client), **{name: text(on) for name, on in dates.items()}}
    adult = later(_days(chosen["date_of_birth"]), ADULT) <= dates["conviction_date"]
    beside = {"contact": chosen["contact"], "convicted_as_adult": text(np.where(adult, "yes", "no").astype(object))}
    return people.table(described, seed, chosen.num_rows, known, beside)


def _dates(described: schema.Table, seed: int, chosen: pa.Table) -> dict[str, Values]:
    """
    Return dates in the order in which things happen: offence, conviction, referral, then what followed.

    Notes are from contact to the end of the service, and for two weeks where either is not known.
    """
    referred = _days(chosen["date_referral_received"])
    begins = _days(chosen["contact_date"], instead=referred + np.timedelta64(1, "D"))
    ends = _days(chosen["service_end_date"], instead=begins + np.timedelta64(14, "D"))
    within = uniform(seed, described.name, "within", len(referred)) * (ends - begins).astype(int)

    def days(column: str, least: int, most: int) -> Values:
        drawn = least + uniform(seed, described.name, column, len(referred)) * (most - least)
        span: Values = drawn.astype("timedelta64[D]")
        return span

    convicted = referred - days("conviction_date", 200, 900)
    return {
        "date_referred_to_other_agency": begins + within.astype("timedelta64[D]"),
        "case_note_date": begins + within.astype("timedelta64[D]"),
        "date_recorded": referred + days("date_recorded", 1, 30),
        "conviction_date": convicted,
        "date_of_offence": convicted - days("date_of_offence", 30, 180),
    }


def _days(column: pa.ChunkedArray, instead: Values | None = None) -> Values:
    """Return the days of *column*; *instead* of a day that is not known, another."""
    cells = column.to_pylist()
    if instead is not None:
        cells = [str(other) if cell is None else cell for cell, other in zip(cells, instead, strict=True)]
    return np.asarray(cells, dtype="datetime64[D]")


def _offences(seed: int, women: pa.Table) -> tuple[Values, Values]:
    """
    Return the offence for which each of the *women* has an order, and whether it was before she was referred.

    An earlier order was over by then; who was too young for one has a later one.
    """
    referred = _days(women["date_referral_received"])
    drawn = uniform(seed, "crc", "offence_of_client", len(referred))
    earlier = referred - (ORDER_OVER + drawn * 300).astype("timedelta64[D]")
    since = referred + (30 + drawn * 60).astype("timedelta64[D]")
    grown: Values = later(_days(women["date_of_birth"]), ADULT) <= earlier
    return np.where(grown, earlier, since), grown


def _crc(described: schema.Table, seed: int, women: pa.Table) -> pa.Table:
    """
    Every second woman and a control group half as large: two clients, then one of the others, and so on.

    A client's order is the conviction that Advance has too, if she was grown up then. Whose assessment came after
    the company's last sending is not on its list.
    """
    clients = -(-women.num_rows // 2)
    rows = clients + clients // 2
    sent = max(on for moment in CALENDAR.analyses if (on := moment.date() - CALENDAR.lead) < agreements.UNITED)
    last_offence = np.datetime64(sent) - ASSESSED_AFTER
    turn = np.arange(rows)
    is_client, group = turn % 3 < 2, turn // 3
    forenames, surnames = people.names(seed, "crc", rows)
    births = day(uniform(seed, "crc", "date_of_birth", rows), "1960-01-01", "1998-12-31")

    def mixed(column: str, others: Values) -> pa.Array:
        cells = np.asarray(women[column].to_pylist(), dtype=object)[::2]
        return text(np.where(is_client, cells[np.minimum(2 * group + turn % 3, clients - 1)], others))

    of_clients, _ = _offences(seed, women)
    of_others = np.minimum(day(uniform(seed, "crc", "offence_date", rows), "2017-01-01", "2020-12-31"), last_offence)
    offence = np.where(is_client, of_clients[::2][np.minimum(2 * group + turn % 3, clients - 1)], of_others)

    known = {
        "client_id": mixed("client_id", numbered("G", rows)[group]),
        "delius_number": mixed("delius_number", numbered("ZY", rows)[group]),
        "first_name": mixed("forename", forenames),
        "surname": mixed("surname", surnames),
        "date_of_birth": mixed("date_of_birth", births.astype(str).astype(object)),
        "ethnicity": mixed(
            "ethnicity", pick(uniform(seed, "crc", "ethnicity", rows), described.columns["ethnicity"].values)
        ),
        "offence_date": text(offence),
        "sentence_date": text(offence + SENTENCED_AFTER),
        "disposal_date": text(offence + SENTENCED_AFTER),
        "date_of_latest_oasys_assessment": text(offence + ASSESSED_AFTER),
        "expected_term_date": text(offence + np.timedelta64(455, "D")),
        "pncid": text(people.police_numbers(rows)),
    }
    return people.table(described, seed, rows, known).filter(pa.array(offence <= last_offence))


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
