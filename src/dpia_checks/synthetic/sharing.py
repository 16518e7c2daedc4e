"""What was shared and refused, who asked, what officers were told, and what contractors settled first."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.agreements import ON_THE_LIST
from dpia_checks.synthetic.registers import Row, instant, office_day

PROJECT = {"fod": "Female Offender Diversion evaluation", "lge": "London Gang Exit evaluation"}


def fod(agreed: date) -> dict[str, list[Row]]:
    """
    Return the registers of sharing of the diversion evaluation.

    The disclosure of matched records to the police is the one of *agreed*, the day of the release on the
    register of releases. What needs an agreement gets it on the very day of the supply.
    """
    said = {"agreement": "ISA-CRC-POLICE"}
    return {
        "disclosures": [
            _shared("fod", "DIS-01", date(2020, 3, 9), "Advance", "MPS data", personal="no"),
            _shared("fod", "DIS-02", date(2020, 8, 17), "CRC", "MPS data", **said),
            _shared("fod", "DIS-03", agreed, "MPS", "Female Offender data", **_acute(agreed)),
            _shared("fod", "DIS-04", date(2021, 2, 1), "NPS", "CRC data", owner_agreed_on=date(2021, 2, 1)),
            _shared("fod", "DIS-05", date(2021, 6, 14), "Advance", "NPS data", owner_agreed_on=date(2021, 6, 7)),
            _shared("fod", "DIS-06", date(2022, 5, 3), "WIP", "MPS data", personal="no"),
            _refused("fod", "DIS-07", date(2020, 11, 2), "other agency", "MPS data"),
            _refused("fod", "DIS-08", date(2021, 9, 20), "MPS", "Female Offender data"),
            _refused("fod", "DIS-09", date(2022, 3, 28), "Advance", "NPS data"),
        ],
    }


def lge() -> dict[str, list[Row]]:
    """Return the registers of sharing of the gang exit evaluation; see :func:`fod`."""
    agreed = date(2019, 3, 11)
    owner = {"owner_agreed_on": agreed}
    return {
        "disclosures": [
            _shared("lge", "DIS-01", date(2018, 5, 14), "Safer London", "MPS data", personal="no"),
            _shared("lge", "DIS-02", agreed, "MPS", "bespoke data", **_acute(agreed), **owner),
            _shared("lge", "DIS-03", date(2019, 9, 16), "NPS", "LGE data", owner_agreed_on=date(2019, 9, 16)),
            _shared("lge", "DIS-04", date(2020, 6, 8), "CRC", "bespoke data", personal="no"),
            _refused("lge", "DIS-05", date(2018, 11, 5), "other agency", "MPS data"),
            _refused("lge", "DIS-06", date(2019, 12, 2), "MPS", "LGE data"),
        ],
        "agency_requests": _requests(),
        "contractors": [{"contractor_id": id, "states_role": "yes"} for id in ON_THE_LIST.values()],
    }


SENT: dict[str, Row] = {
    "fod": {"marking": "OFFICIAL SENSITIVE", "channel": "file transfer service", "address": "Egress"},
    "lge": {"marking": "OFFICIAL", "channel": "e-mail", "address": "pnn", "locked_with": "password"},
}
"""By which way MOPAC sends personal data."""


def supplies(dpia: str, registers_of_sharing: Mapping[str, Sequence[Row]]) -> list[Row]:
    """
    Return one line of the log of transfers for each supply of personal data on the *registers_of_sharing*.

    A refusal, and numbers in which nobody can be recognised, make none.
    """
    sent: list[Row] = [
        _supply(dpia, str(row["disclosure_id"]), row["supplied_on"], row["recipient"], row["data_source"])
        | ({"sharing_agreement": row.get("agreement")} if dpia == "fod" else {"supply_kind": "disclosure"})
        for row in registers_of_sharing["disclosures"]
        if (row["decision"], row["personal"]) == ("shared", "yes")
    ]
    return sent + [
        _supply(dpia, str(row["request_id"]), row["released_on"], row["requester"], "LGE data")
        | {"supply_kind": "agency request"}
        for row in registers_of_sharing.get("agency_requests", ())
        if (row["decision"], row["personal"]) == ("shared", "yes")
    ]


def _supply(dpia: str, of: str, on: object, recipient: object, data: object) -> dict[str, object]:
    return {
        "transfer_id": f"TR-{of}",
        "supply_id": of,
        "sent_at": instant(datetime.fromisoformat(f"{on}T11:20")),
        "sender": "MOPAC",
        "recipient": recipient,
        "data_set": data,
        "personal": "yes",
        "file_locked": "yes",
        "message": f"TR-{of}-a",
        "password_message": f"TR-{of}-b",
        "held_in": "GB",
        **SENT[dpia],
    }


def _shared(dpia: str, id: str, on: date, recipient: str, data: str, **more: object) -> Row:
    made = {
        "disclosure_id": id,
        "decided_on": office_day(on - timedelta(days=3), -1),
        "decision": "shared",
        "recipient": recipient,
        "data_source": data,
        "personal": "yes",
        "supplied_on": on,
        "nature": "numbers by borough" if more.get("personal") == "no" else "records of the cases named",
        "project": PROJECT[dpia],
        "lawful_reason": "public task",
        "recorded_on": on,
        "recorded_by": "MPS employee" if id == "DIS-02" else "project lead",
        **more,
    }
    return made | ({"crimint_reference": f"CRIMINT-{id}"} if dpia == "fod" else {})


def _refused(dpia: str, id: str, on: date, recipient: str, data: str) -> Row:
    made = {
        "disclosure_id": id,
        "decided_on": on,
        "decision": "refused",
        "recipient": recipient,
        "data_source": data,
        "personal": "yes",
        "nature": "records of named people",
        "project": PROJECT[dpia],
        "recorded_on": on,
        "recorded_by": "project lead",
        "refusal_reason": "not needed for the purpose given",
    }
    return made | ({"crimint_reference": f"CRIMINT-{id}"} if dpia == "fod" else {})


def _acute(agreed: date) -> dict[str, object]:
    return {"lead_provider_agreed_on": agreed, "acute_need": "a life was thought to be at risk"}


def _requests() -> list[Row]:
    """
    Six requests of other bodies: four met with no field more than needed, one by order of a court; two refused,
    the last to the police.

    Of what the police own, only numbers are released.
    """
    rows: list[Row] = []
    for number in range(1, 7):
        asked = date(2018, 6, 4) + timedelta(days=120 * number)
        met = number not in {3, 6}
        police = number % 2 == 1
        released = asked + timedelta(days=20)
        rows.append(
            {
                "request_id": f"EAR-{number}",
                "requested_on": asked,
                "sent_to": "project manager",
                "request_channel": "e-mail",
                "request_address": "cjsm" if police else "Egress",
                "justification": _reason(number, police),
                "decision": "shared" if met else "refused",
                "released_on": released if met else None,
                "fields_needed": number,
                "fields_released": number if met else None,
                "data_owner": "MPS" if police else "Safer London",
                "personal": ("no" if police else "yes") if met else None,
                "owner_agreed_on": (released if number == 1 else asked + timedelta(days=9)) if met else None,
                "court_order": "yes" if number == 5 else "no",
                "requester": {2: "NPS", 4: "DWP", 6: "MPS"}.get(number, "other agency"),
                "refusal_reason": {3: "no reason is given", 6: "the police get no single clients"}.get(number),
                "recorded_on": released,
            }
        )
    return rows


def _reason(number: int, police: bool) -> str | None:
    """Return why a body asks; the third gives no reason."""
    if number == 3:
        return None
    return "to plan services by borough" if police else "to plan support for the people named"


def officer_feedback(described: Table, disposals: pa.Table) -> pa.Table:
    """What officers were told of each conditional caution: the first on the last day of the month, the rest sooner."""
    cautions = [row for row in disposals.to_pylist() if row["disposal_type"] == "conditional caution"]
    made = [date.fromisoformat(row["made_on"]) for row in cautions]
    told = [_month_later(on) if number == 0 else on + timedelta(days=21) for number, on in enumerate(made)]
    cells = {
        "feedback_id": [f"FB-{row['disposal_id']}" for row in cautions],
        "of_disposal": [row["disposal_id"] for row in cautions],
        "fed_back_on": [str(day) for day in told],
        "referring_officer": ["yes"] * len(cautions),
    }
    return pa.table({name: pa.array(cells[name], pa.string()) for name in described.columns})


def _month_later(day: date) -> date:
    """Return the last day of a calendar month that began on *day*."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
