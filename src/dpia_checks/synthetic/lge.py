"""
The made-up life of the London Gang Exit evaluation.

About 520 young people of 16 to 24 from February 2016 to March 2020; the provider sends a sub-set of its
records at the points where an interim or final report is due. No name of a gang appears.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

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
    owed,
    people,
    processing,
    publication,
    registers,
    retention,
    rights,
    sharing,
    stays,
    storage,
    withdrawn,
)
from dpia_checks.synthetic.draws import Values, day, later, numbered, pick, text, uniform
from dpia_checks.synthetic.registers import Calendar, Person, instant

YOUNG_PEOPLE = 520
LAST_REFERRAL = "2020-03-31"
RENEWED = date(2019, 7, 1)
BEYOND_USE = date(2020, 7, 14)
CALENDAR = Calendar(
    live=date(2018, 2, 5),
    over=date(2020, 9, 30),
    taken_on=date(2020, 12, 31),
    analyses=(
        datetime(2017, 3, 6, 9, 30),
        datetime(2018, 3, 5, 9, 30),
        datetime(2019, 9, 2, 9, 30),
        datetime(2020, 5, 4, 9, 30),
        datetime(2020, 8, 10, 9, 30),
    ),
    lead=timedelta(days=14),
)
ROLES = ("analyst", "secondee", "secondee", "specified analyst", "analyst")
STAFF = (
    *(Person(f"P{n:02d}", "Evidence and Insight", role, date(2016, 7, 4)) for n, role in enumerate(ROLES, start=1)),
    Person("P06", "Evidence and Insight", "manager", date(2016, 7, 4)),
)
LEAVER = Person("P09", "Evidence and Insight", "analyst", date(2017, 7, 3), date(2019, 11, 29))
OTHERS = (
    Person("P20", "Commissioning", "manager", date(2016, 1, 11)),
    Person("P30", "MPS", "analyst", date(2015, 5, 5)),
    Person("P40", "Safer London", "key worker", date(2016, 2, 1)),
)
FIRST_USES = (
    ("P01", datetime(2017, 2, 20, 14, 0)),
    ("P02", datetime(2017, 2, 22, 10, 15)),
    ("P04", datetime(2017, 2, 23, 11, 40)),
    ("P03", datetime(2017, 2, 24, 15, 5)),
    ("P05", datetime(2017, 3, 6, 9, 30)),
    ("P01", datetime(2017, 3, 20, 16, 10)),
    ("P06", datetime(2017, 4, 10, 9, 45)),
)
"""Who used the data for the first analysis, a year before the others: from the day it came to the report."""
LAST_USES = (("AC-LAST-1", datetime(2019, 11, 28, 9, 15)), ("AC-LAST-2", datetime(2019, 11, 29, 23, 50)))
"""The last two uses of the person who leaves, the second ten minutes before their last day ends."""
BEFORE_INTERIM_2 = (19, 20)
LATER = (
    ("client", datetime(2018, 2, 12, 10, 0), datetime(2018, 3, 4, 10, 0)),
    ("client", datetime(2018, 2, 21, 10, 0), datetime(2018, 3, 13, 10, 0)),
    ("staff", datetime(2020, 1, 15, 10, 0), datetime(2020, 9, 14, 10, 0)),
)
"""Two clients were heard for the second interim report; a company held the last, for the report that prints quotes."""
MILESTONES = (3, 6, 9)
EARLY = ("Left before the first review", "Could not be reached for the first review")
STAYING = 0.7
"""The share of those engaged at one of the months who are engaged at the next; nobody's statistic."""


def make(seed: int, scale: float) -> ExtractSet:
    """Return the clean extracts; see :func:`dpia_checks.synthetic.make`."""
    described = schema.load("lge")
    rows = max(1, round(YOUNG_PEOPLE * scale))
    referred = day(uniform(seed, "cms_referrals", "referral_date_and_time", rows), "2016-02-01", LAST_REFERRAL)
    referred[0] = np.datetime64("2016-02-29")
    extracts = [moment.date() - CALENDAR.lead for moment in CALENDAR.analyses]
    no = stays.noes(referred, seed, extracts, CALENDAR)
    heard = withdrawn.last_heard(no, "opt-out", extracts)
    clients = _clients(described["cms_clients"], seed, referred, heard)
    made = {
        "cms_clients": clients,
        "cms_referrals": _referrals(described["cms_referrals"], seed, referred, clients),
        "analysis_cases": registers.analysis_cases(
            described["analysis_cases"], numbered("C", rows), referred, no, CALENDAR, "opt-out"
        ),
    }
    used = _access_log(seed)
    talked = registers.interviews(18, CALENDAR, ("client", "family member", "staff", "stakeholder"), LATER, _held_for)
    lines: dict[str, list[registers.Row]] = {
        "staff": registers.staff((*STAFF, *OTHERS, LEAVER)),
        "clearances": registers.clearances((*STAFF, LEAVER), RENEWED, CALENDAR.over),
        "access_log": used,
        "lamplight_log": _lamplight_log(),
        "folder_access": registers.folder_access(
            (*STAFF, LEAVER), "lge", CALENDAR, RENEWED, registers.first_talk(talked)
        ),
        "breaches": breaches.log(breaches.LGE),
        "transfers": _transfers(),
        "deliveries": [
            {
                "delivery_id": f"DEL-{n}",
                "carried_on": date(2019, n, 12),
                "trusted_person": "yes",
                "closed_container": "yes",
            }
            for n in (2, 6, 9)
        ],
        "post": [
            {
                "post_id": f"POST-{n}",
                "sent_on": date(2019, n, 20),
                "carrier": carrier,
                "sealed": "yes",
                "marking": marking,
                "named_addressee": "yes",
            }
            for n, carrier, marking in ((3, "post", "none"), (5, "courier", "PERSONAL"), (8, "post", "PRIVATE"))
        ],
        "interviews": talked,
        "analyses": registers.analyses(CALENDAR),
        "withdrawals": no,
    }
    lines["matching_variables"] = matching.variables(matching.LGE_MATCHED_BY)
    lines["requests"] = rights.of_lge()
    lines |= agreements.of_lge(CALENDAR)
    lines["processing_records"] = list(processing.of_lge())
    lines |= governance.lge(used, (*STAFF, LEAVER), lines["clearances"], CALENDAR) | sharing.lge()
    lines["transfers"] += sharing.supplies("lge", lines)
    lines["attestations"] = attestations.log("lge", lines["dpia_versions"], CALENDAR.taken_on, "P06")
    lines |= notices.for_lge(made["cms_clients"], lines, CALENDAR, STAFF, seed)
    known = numbered("C", rows), referred, no
    lines |= keys.made(lines, "lge", seed, withdrawn.still_there(*known, ("opt-out",)), extracts)
    lines["analyst_notes"] = keys.notes(CALENDAR)
    lines["contact_lists"] = contacting.lists(CALENDAR, withdrawn.still_there(*known, contacting.KINDS))
    lines |= storage.for_lge(lines, CALENDAR)
    lines |= notices.with_surveys(lines, STAFF)
    lines["survey_answers"] = counted.answers(counted.online(lines["portal_surveys"]))
    lines |= retention.made(lines, CALENDAR, BEYOND_USE, "P01")
    made |= {name: registers.register(described[name], given) for name, given in lines.items()}
    made |= matching.lge(described, seed, made["cms_clients"], made["cms_referrals"], no, lines["transfers"])
    days = dict(zip(numbered("C", rows), clients["date_client_allocated"].to_pylist(), strict=True))
    made["arrests"] = counted.arrests(described["arrests"], seed, made["matched_cases"], "person_number", days)
    made |= publication.of_lge(described, made, CALENDAR)
    ordered = {name: made[name] for name in described}
    facts = SetFacts(
        dpia="lge",
        name="made-up extracts of the LGE evaluation",
        origin="synthetic",
        taken_on=CALENDAR.taken_on.isoformat(),
        seed=seed,
        scale=scale,
        digests={name: extract_files.digest(extract_files.to_csv(ordered[name])) for name in sorted(ordered)},
    )
    return ExtractSet(ordered, described, facts)


def _held_for(number: int) -> registers.Row:
    return {"told_no_removal": "yes", "held_for": "interim report 2" if number in BEFORE_INTERIM_2 else "final report"}


def _access_log(seed: int) -> list[registers.Row]:
    """
    The uses of the team, those for the first analysis apart; police data is drawn under a proforma, the second
    from the day the police signed it. The last two are of the person who leaves.
    """
    systems = {"secondee": "CRIS", "specified analyst": "Gangs Matrix"}
    systems |= dict.fromkeys(("analyst", "manager"), "FOUNDATION")
    first = datetime.combine(governance.POLICE_DAY, datetime.min.time())
    rows = logins.access_log(STAFF, CALENDAR, RENEWED, systems, seed)
    roles = {person.id: person.role for person in STAFF}
    for number, (id, moment) in enumerate(FIRST_USES, start=1):
        use = {"person_id": id, "system": systems[roles[id]], "accessed_at": instant(moment)}
        rows.append({"access_id": f"AC-FIRST-{number}", **use})
    for id, person, moment in (
        ("AC-PRO-1", "P03", first + timedelta(minutes=5)),
        ("AC-PRO-2", "P02", first + timedelta(hours=23, minutes=55)),
    ):
        rows.append({"access_id": id, "person_id": person, "system": "CRIS", "accessed_at": instant(moment)})
    for id, moment in LAST_USES:
        use = {"person_id": LEAVER.id, "system": "FOUNDATION", "accessed_at": instant(moment)}
        rows.append({"access_id": id, **use})
    rows += logins.drawn_for_lists(rows, STAFF, CALENDAR)
    police = [{**row, "proforma": governance.proforma_of(str(row["accessed_at"])[:10])} for row in rows]
    return [new if row["system"] != "FOUNDATION" else row for row, new in zip(rows, police, strict=True)]


def _clients(described: schema.Table, seed: int, referred: Values, heard: Mapping[str, str]) -> pa.Table:
    """The clients as the last extract told of them that holds each; *heard* is its day where one opted out."""
    rows = len(referred)
    aged = 16 + uniform(seed, described.name, "age_at_point_of_referral", rows) * 9
    aged[0] = 16.0
    forenames, surnames = people.names(seed, described.name, rows)
    allocated = stays.joining(referred, seed)
    last = (CALENDAR.analyses[-1].date() - CALENDAR.lead).isoformat()
    told = np.asarray([heard.get(client, last) for client in numbered("C", rows)], dtype="datetime64[D]")
    known = {
        "full_name": text(np.asarray([f"{a} {b}" for a, b in zip(forenames, surnames, strict=True)], dtype=object)),
        "home_address_post_code": text(np.full(rows, "ZZ99 3VZ", dtype=object)),
        "date_of_birth": text(people.born(aged, referred)),
        "age_at_point_of_referral": text(aged.astype(int)),
        "date_client_allocated": text(allocated),
        "expected_end_date": text(allocated + np.timedelta64(274, "D")),
        **_stay(described, seed, allocated, told),
    }
    return people.table(described, seed, rows, known, {"age_band": _age_bands(known["age_at_point_of_referral"])})


def _stay(described: schema.Table, seed: int, allocated: Values, told: Values) -> dict[str, pa.Array]:
    """
    Return how each case stands on the day on which it is *told* of.

    Engaged at a later month is only who was at each before, and nothing is known of a month still to come. A case
    is closed from the day its client leaves: as planned if engaged at the last of the months before.
    """
    left = np.asarray(stays.leaving(allocated, seed), dtype="datetime64[D]")
    closed = left <= told
    engaged, planned = np.ones(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
    made: dict[str, pa.Array] = {}
    for months in MILESTONES:
        name = f"engaged_at_{months}_months"
        reached = later(allocated, months)
        engaged &= (uniform(seed, described.name, name, len(left)) < STAYING) & (reached <= left)
        planned = np.where(reached <= left, engaged, planned)
        made[name] = text(np.where(engaged, "yes", "no").astype(object), (reached <= told) | closed)
    early = closed & (left < later(allocated, MILESTONES[0]))
    why = pick(uniform(seed, described.name, "pre_initial_closure_detail", len(left)), EARLY)
    ending = np.where(closed, np.where(planned, "Planned", "Unplanned"), "Not closed")
    return made | {
        "case_status": text(np.where(closed, "Closed", "Open").astype(object)),
        "case_closure_status": text(ending.astype(object)),
        "pre_initial_closure_detail": text(why, early),
    }


def _age_bands(ages: pa.Array) -> pa.Array:
    """Return how old each client was by the ages at which the law treats people otherwise."""
    years = np.asarray(ages.to_pylist(), dtype=int)
    return text(np.asarray(("under 18", *owed.ADULT), dtype=object)[np.digitize(years, (18, 21))])


def _referrals(described: schema.Table, seed: int, referred: Values, clients: pa.Table) -> pa.Table:
    rows = len(referred)
    allocated = np.asarray(clients["date_client_allocated"].to_pylist(), dtype="datetime64[D]")
    minutes = (540 + uniform(seed, described.name, "minute", rows) * 480).astype(int)
    moments = [
        instant(datetime.combine(at.astype(object), datetime.min.time()) + timedelta(minutes=int(minute)))
        for at, minute in zip(referred, minutes, strict=True)
    ]
    known = {
        "referral_date_and_time": text(np.asarray(moments, dtype=object)),
        "referral_urn": text(numbered("U", rows)),
        "alternate_contact_details": text(np.asarray([f"07700 900{n % 1000:03d}" for n in range(rows)], dtype=object)),
        "secure_estate_name": pa.nulls(rows, pa.string()),
        "gang_name_if_known": text(np.full(rows, "", dtype=object), np.zeros(rows, dtype=bool)),
        "date_referral_package_sent_to_delivery_team": text(np.minimum(referred + np.timedelta64(2, "D"), allocated)),
    }
    of_client = {name: clients[name] for name in clients.column_names}
    of_client["age_band"] = _age_bands(clients["age_at_point_of_referral"])
    return people.table(described, seed, rows, known, of_client)


def _transfers() -> list[registers.Row]:
    rows: list[registers.Row] = []
    for number, began in enumerate(CALENDAR.analyses, start=1):
        sent = began - CALENDAR.lead
        rows.append(_sent(f"TR-{number:02d}-IN", sent, "Safer London", "LGE data", "yes", "pnn"))
        rows.append(_sent(f"TR-{number:02d}-POLICE", sent + timedelta(days=2), "MPS", "MPS data", "yes", "pnn"))
        rows.append(
            {
                **_sent(f"TR-{number:02d}-OUT", began + timedelta(days=42), "MOPAC", "LGE data", "no", "gov.uk"),
                "recipient": "Safer London",
            }
        )
    return rows


def _sent(id: str, at: datetime, sender: str, data: str, personal: str, address: str) -> registers.Row:
    secure = personal == "yes"
    return {
        "transfer_id": id,
        "sent_at": instant(at),
        "sender": sender,
        "recipient": "MOPAC",
        "data_set": data,
        "personal": personal,
        "marking": "OFFICIAL" if secure else "none",
        "channel": "e-mail",
        "address": address,
        "file_locked": "yes" if secure else "no",
        "locked_with": "password" if secure else None,
        "message": f"{id}-a",
        "password_message": f"{id}-b" if secure else None,
        "held_in": "IE" if id.startswith("TR-02") else "GB",
    }


def _lamplight_log() -> list[registers.Row]:
    """A key worker uses Safer London's system once every four weeks; the first two years are listed last."""
    first = datetime(CALENDAR.live.year, CALENDAR.live.month, CALENDAR.live.day, 14, 20)
    turns = range((CALENDAR.over - CALENDAR.live).days // 28), range(-1, -27, -1)
    moments = [first + timedelta(days=28 * turn) for span in turns for turn in span]
    return [
        {"lamplight_id": f"LA-{turn:02d}", "person_id": "P40", "system": "Lamplight", "accessed_at": instant(moment)}
        for turn, moment in enumerate(moments, start=1)
    ]
