"""The made-up women of the diversion pilot: who was referred, what followed, and their orders at probation."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dpia_checks import schema
from dpia_checks.synthetic import (
    people,
)
from dpia_checks.synthetic.draws import Values, day, later, numbered, pick, text, uniform

ROLL_OUT = {"Camden": "2019-10-01", "Islington": "2019-10-01", "Lambeth": "2020-02-03", "Southwark": "2020-02-03"}
LAST_REFERRAL = "2021-09-30"
ADULT = 12 * 18
"""Months to the age from which a court is one of adults."""
SENTENCED_AFTER = np.timedelta64(90, "D")
ASSESSED_AFTER = np.timedelta64(120, "D")
ORDER_OVER = 470
"""Days from an offence after which an order of a year for it, given three months later, is over."""


def referred_in(described: dict[str, schema.Table], seed: int, rows: int) -> pa.Table:
    """The women who were referred, each on a day from the roll-out in her borough on; the first on its first day."""
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


def follow_up(described: schema.Table, seed: int, women: pa.Table, every: int) -> pa.Table:
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


def crc(described: schema.Table, seed: int, women: pa.Table, sent: date) -> pa.Table:
    """
    Every second woman and a control group half as large: two clients, then one of the others, and so on.

    A client's order is the conviction that Advance has too, if she was grown up then. Whose assessment came after
    the company's last sending, on the day *sent*, is not on its list.
    """
    clients = -(-women.num_rows // 2)
    rows = clients + clients // 2
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
