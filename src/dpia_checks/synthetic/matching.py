"""
Who was dealt with how, who was compared with whom, and what came and went of it.

A woman who engaged came twice, one who did not came once. One person is compared first and becomes a client
later; in FOD one release of single people goes to the police on the day the lead provider agrees.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic import people, registers, withdrawn
from dpia_checks.synthetic.agreements import UNITED
from dpia_checks.synthetic.draws import Values, numbered, pick, text, uniform
from dpia_checks.synthetic.registers import Calendar, Row

FOD_MATCHED_BY = ("Age", "Borough", "Main offence description", "OGRS2 score")
LGE_MATCHED_BY = ("Age at Point of Referral", "Gender", "Referral Borough", "Any convictions?")
"""The fields that the groups of each evaluation are matched by: all listed, none of a special category."""
FOD_MATCHED = (date(2021, 4, 14), date(2022, 9, 14))
LISTED_BEFORE = timedelta(days=6)
"""How long before a matching the lists come from which the comparison group is taken."""
LGE_MATCHED = (date(2019, 8, 26), date(2020, 4, 27))
FOD_RELEASED, LGE_RELEASED = date(2022, 9, 28), date(2020, 5, 27)
"""When what came of the last matching goes out: in FOD while the women's files still have their identity."""
BETWEEN = (date(2022, 1, 10), date(2022, 4, 8), date(2022, 7, 8))
"""The days on which cases of the pilot came and no analysis followed at once."""
KNOWN_TO_NPS = slice(3, None, 4)
"""Which of the women the NPS has records of: every fourth, among them some who withdraw."""

Described = Mapping[str, Table]


def fod(
    described: Described, seed: int, women: pa.Table, crc: pa.Table, noes: Sequence[Row], calendar: Calendar
) -> dict[str, pa.Table]:
    """Return the disposals and appointments of *women*, the groups compared, and the logs of both."""
    referred = _days(women["date_referral_received"])
    gone = withdrawn.days_of(noes, "withdrawal of consent")
    left = np.asarray(
        [gone.get(client, "9999-12-31") for client in women["client_id"].to_pylist()], dtype="datetime64[D]"
    )
    half = np.arange(women.num_rows) % 2 == 0
    numbers = np.asarray(women["delius_number"].to_pylist(), dtype=object)
    of_crc, of_nps = (numbered(prefix, max(1, women.num_rows // 4)) for prefix in ("ZY", "ZX"))
    drawn = pick(uniform(seed, "matched_cases", "system", len(of_crc)), ("CRC", "NPS"))
    controls = np.where(drawn == "CRC", of_crc, of_nps)
    alone = np.full(len(of_nps), "NPS", dtype=object)
    groups = [
        _groups("M", run, on, numbers[half & (referred <= np.datetime64(on)) & (left > np.datetime64(on))], *compared)
        for run, (on, compared) in enumerate(
            zip(FOD_MATCHED, ((controls, drawn), (of_nps, alone)), strict=True), start=1
        )
    ]
    listed = np.isin(numbers, crc["delius_number"].to_pylist())
    later = numbers[half & listed & (referred > np.datetime64(FOD_MATCHED[0]))][:1]
    groups.append(_later(later, FOD_MATCHED[0], "CRC"))
    deliveries = [
        _delivery(f"EX-{number:02d}-Advance", "cases in scope", "Advance", on)
        for number, on in enumerate(supplied(calendar), start=1)
    ] + [
        _delivery(f"EX-{run:02d}-{supplier}", "comparison group", supplier, on - LISTED_BEFORE)
        for run, on in enumerate(FOD_MATCHED, start=1)
        for supplier in ("CRC", "NPS")
        if supplier == "NPS" or on < UNITED
    ]
    deliveries += _quarterly(calendar, {row["received_on"] for row in deliveries if row["supplier"] == "NPS"})
    cases = [
        (str(row["extract_id"]), date.fromisoformat(str(row["received_on"])))
        for row in deliveries
        if row["supplier"] == "Advance"
    ]
    sent = [(f"TR-{number:02d}-NPS", at.date() - calendar.lead) for number, at in enumerate(calendar.analyses, start=1)]
    clients = np.asarray(women["client_id"].to_pylist(), dtype=object)
    return {
        "extract_cases": pa.concat_tables(
            [
                _extract_cases(described["extract_cases"], cases, clients, referred, gone),
                _extract_cases(described["extract_cases"], sent, clients[KNOWN_TO_NPS], referred[KNOWN_TO_NPS], gone),
            ]
        ),
        "disposals": _disposals(described["disposals"], seed, women),
        "appointments": _appointments(described["appointments"], women),
        "matched_cases": _stacked(described["matched_cases"], groups),
        "extract_deliveries": registers.register(described["extract_deliveries"], deliveries),
        "matched_releases": registers.register(
            described["matched_releases"], _releases("Advance", FOD_RELEASED, acute="yes")
        ),
    }


def variables(fields: Sequence[str]) -> list[Row]:
    """Return a line for each of the *fields* that the groups are matched by."""
    return [{"matching_variable_id": f"MV-{turn}", "matched_by": field} for turn, field in enumerate(fields, start=1)]


def supplied(calendar: Calendar) -> list[date]:
    """Return the days on which the cases of the pilot come: before each analysis, and once a quarter in between."""
    return sorted([*(moment.date() - calendar.lead for moment in calendar.analyses), *BETWEEN])


def _quarterly(calendar: Calendar, listed: Container[object]) -> list[Row]:
    """What probation sends before an analysis; on the days *listed* it is the list of a comparison group."""
    return [
        _delivery(f"EX-Q{quarter:02d}-{supplier}", "records of the cases", supplier, on)
        for quarter, on in enumerate((moment.date() - calendar.lead for moment in calendar.analyses), start=1)
        for supplier in ("CRC", "NPS")
        if on not in listed and (supplier == "NPS" or on < UNITED)
    ]


def lge(
    described: Described, seed: int, clients: pa.Table, referrals: pa.Table, noes: Sequence[Row], sent: Sequence[Row]
) -> dict[str, pa.Table]:
    """Return who is in each extract *sent*, the link from clients to referrals, the groups compared, what went out."""
    rows = clients.num_rows
    taken_on = _days(clients["date_client_allocated"])
    gone = withdrawn.days_of(noes, "opt-out")
    numbers = numbered("C", rows)
    left = np.asarray([gone.get(number, "9999-12-31") for number in numbers], dtype="datetime64[D]")
    controls = numbered("K", max(1, rows // 2))
    drawn = pick(uniform(seed, "matched_cases", "system", len(controls)), ("CRIS", "Gangs Matrix", "PNC", "CRC", "NPS"))
    groups = [
        _groups(
            "M",
            run,
            on,
            numbers[(taken_on <= np.datetime64(on)) & (left > np.datetime64(on))],
            controls,
            drawn,
            "Lamplight",
        )
        for run, on in enumerate(LGE_MATCHED, start=1)
    ]
    groups.append(_later(numbers[taken_on > np.datetime64(LGE_MATCHED[0])][:1], LGE_MATCHED[0], "CRIS"))
    known = {
        "client_referral_id": text(numbered("L", rows)),
        "person_number": text(numbers),
        "referral_urn": referrals["referral_urn"],
        "date_of_birth": clients["date_of_birth"],
        "taken_on": clients["date_client_allocated"],
    }
    cases = [
        (str(row["transfer_id"]), date.fromisoformat(str(row["sent_at"])[:10]))
        for row in sent
        if row["sender"] == "Safer London"
    ]
    referred = np.asarray([str(at)[:10] for at in referrals["referral_date_and_time"].to_pylist()], "datetime64[D]")
    return {
        "extract_cases": _extract_cases(described["extract_cases"], cases, numbers, referred, gone),
        "client_referrals": people.table(described["client_referrals"], seed, rows, known),
        "matched_cases": _stacked(described["matched_cases"], groups),
        "matched_releases": registers.register(
            described["matched_releases"], _releases("Safer London", LGE_RELEASED, acute="no")
        ),
    }


def _extract_cases(
    described: Table, deliveries: Sequence[tuple[str, date]], clients: Values, referred: Values, gone: Mapping[str, str]
) -> pa.Table:
    """Who is in each extract: all referred by the day it came, but for those whose no came on an earlier day."""
    rows = [
        (f"{id}-{client}", id, client, on.isoformat())
        for id, on in deliveries
        for client in clients[referred <= np.datetime64(on)]
        if gone.get(client, "9999-12-31") >= on.isoformat()
    ]
    return pa.table(
        {name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(described.columns)}
    )


def _disposals(described: Table, seed: int, women: pa.Table) -> pa.Table:
    rows = women.num_rows
    kinds = pick(uniform(seed, "disposals", "disposal_type", rows), ("community resolution", "conditional caution"))
    known = {
        "disposal_id": text(numbered("D", rows)),
        "referral_id": women["referral_id"],
        "domestic_flag": text(np.full(rows, "no", dtype=object)),
        "disposal_type": text(kinds),
        "womens_centre_condition": text(np.full(rows, "yes", dtype=object)),
        "made_on": women["date_referral_received"],
    }
    return people.table(described, seed, rows, known)


def _appointments(described: Table, women: pa.Table) -> pa.Table:
    """
    Two for each woman who was reached: those who engaged came to both, who stayed away or declined to neither.

    The first is on the day she was reached, the second a week later.
    """
    reached = np.asarray(women["contact"].to_pylist(), dtype=object) == "yes"
    engaged = (np.asarray(women["engagement"].to_pylist(), dtype=object) == "yes")[reached]
    reasons = np.asarray(women["no_engagement_reason"].to_pylist(), dtype=object)[reached]
    first = ~np.isin(reasons, ["Did not attend", "Declined support"])
    referral = np.asarray(women["referral_id"].to_pylist(), dtype=object)[reached]
    contacted = np.asarray(women["contact_date"].to_pylist(), dtype="datetime64[D]")[reached]
    cells = {
        "appointment_id": [f"A-{key}-{turn}" for turn in (1, 2) for key in referral],
        "referral_id": [*referral, *referral],
        "attended": ["yes" if came else "no" for came in (*first, *engaged)],
        "place": ["women's centre"] * 2 * len(referral),
        "appointment_on": [*(str(on) for on in contacted), *(str(on + 7) for on in contacted)],
    }
    return pa.table({name: pa.array(cells[name], pa.string()) for name in described.columns})


Group = tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str], Sequence[str]]


def _groups(
    prefix: str, run: int, on: date, clients: Values, controls: Values, drawn: Values, provider: str = "Advance"
) -> Group:
    everybody = [*clients, *controls]
    return (
        [f"{prefix}{run}-{who}" for who in everybody],
        [on.isoformat()] * len(everybody),
        ["client"] * len(clients) + ["control"] * len(controls),
        everybody,
        [provider] * len(clients) + [*drawn],
    )


def _later(who: Values, on: date, system: str) -> Group:
    """Somebody compared on a day, and a client only afterwards."""
    rows = len(who)
    return ["M1-later"] * rows, [on.isoformat()] * rows, ["control"] * rows, [*who], [system] * rows


def _stacked(described: Table, groups: Sequence[Group]) -> pa.Table:
    columns = [[cell for group in groups for cell in group[place]] for place in range(len(described.columns))]
    return pa.table(
        {name: pa.array(cells, pa.string()) for name, cells in zip(described.columns, columns, strict=True)}
    )


def _releases(provider: str, agreed: date, *, acute: str) -> list[Row]:
    """One to the police, on the day the lead provider agrees: of single people where no section rules that out."""
    return [
        {"release_id": "REL-1", "released_on": agreed, "recipient": "MPS", "personal": "no"},
        {"release_id": "REL-2", "released_on": agreed, "recipient": provider, "personal": "no"},
        {
            "release_id": "REL-3",
            "released_on": agreed,
            "recipient": "MPS",
            "personal": acute,
            "lead_provider_agreed_on": agreed,
        },
        {"release_id": "REL-4", "released_on": agreed, "recipient": "public", "personal": "no"},
    ]


def _delivery(id: str, contents: str, supplier: str, on: date) -> Row:
    return {"extract_id": id, "contents": contents, "supplier": supplier, "received_on": on}


def _days(column: pa.ChunkedArray) -> Values:
    return np.asarray(column.to_pylist(), dtype="datetime64[D]")
