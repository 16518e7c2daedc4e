"""
Agreements, contracts and the work of processors, in the order in which an evaluation needs them.

Each paper is in force on the days on which it is needed and on hardly any other: data comes on the first
day of one agreement and on the last of another, work begins on the day that the last step was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dpia_checks.synthetic import processing
from dpia_checks.synthetic.registers import Calendar, Row

UNITED = date(2021, 6, 26)
"""The day from which the National Probation Service does the work of the companies too, and alone sends data."""

Paper = tuple[str, str, str, str, str, str]
"""Reference, with whom, data, status, first day, last day."""
Task = tuple[str, str, str, str, str, str]

FOD_AGREEMENTS: tuple[Paper, ...] = (
    ("ISA-ADVANCE", "Advance", "Female Offender data", "signed", "2019-09-16", "2023-11-30"),
    ("ISA-CRC", "CRC", "CRC data", "signed", "2020-01-08", "2021-06-25"),
    ("ISA-NPS-1", "NPS", "NPS data", "signed", "2019-12-02", "2021-06-25"),
    ("ISA-NPS-2", "NPS", "NPS data", "signed", "2021-07-08", "2023-10-02"),
    ("ISA-MPS", "MPS", "MPS data", "signed", "2019-09-30", "2023-11-30"),
    ("ISA-WIP", "WIP", "Female Offender data", "draft", "2019-09-16", "2023-11-30"),
    ("ISA-CRC-POLICE", "CRC", "MPS data", "signed", "2020-08-17", "2021-06-25"),
)
LGE_AGREEMENTS: tuple[Paper, ...] = (
    ("MOPAC/MPS/2016", "MPS", "MPS data", "signed", "2017-02-22", "2018-02-21"),
    ("MOPAC/MPS/2018/01", "MPS", "MPS data", "signed", "2018-02-22", "2020-09-30"),
    ("MOPAC/MPS/2020", "MPS", "MPS data", "draft", "2020-10-01", "2022-09-30"),
    ("ISA-SL", "Safer London", "LGE data", "signed", "2016-02-01", "2020-12-31"),
    ("ISA-CRC", "CRC", "CRC data", "signed", "2018-05-25", "2020-12-31"),
    ("ISA-NPS", "NPS", "NPS data", "signed", "2018-05-25", "2020-12-31"),
)
FOD_CONTRACTS = (
    ("SS31380", "ORS", "2018-04-02", "2021-03-31"),
    ("SS31380", "ORS", "2021-04-01", "2023-11-30"),
    ("MOPAC-FO-INT", "another company", "2021-05-04", "2021-07-30"),
    ("MOPAC-FO-INT-2", "another company", "2022-03-07", "2022-03-31"),
)
LGE_CONTRACTS = (
    ("SS31380", "ORS", "2016-04-01", "2019-03-31"),
    ("SS31380", "ORS", "2019-04-01", "2020-12-31"),
    ("MOPAC-LGE-INT", "another company", "2019-06-03", "2019-08-30"),
    ("MOPAC-LGE-INT-2", "another company", "2020-01-13", "2020-01-31"),
)
FOD_WORK = (
    ("ORS", "online survey", "survey answers", "2019-11-04", "2019-12-13", "2020-01-31"),
    ("ORS", "online survey", "survey answers", "2021-03-31", "2021-05-14", "2021-06-30"),
    ("ORS", "online survey", "survey answers", "2021-04-01", "2021-05-28", "2021-07-30"),
    ("another company", "interviews", "interview records", "2021-05-04", "2021-06-25", "2021-07-30"),
    ("ORS", "online survey", "survey answers", "2023-03-06", "2023-03-31", "2023-03-31"),
    ("another company", "interviews", "interview records", "2022-03-07", "2022-03-25", "2022-03-31"),
)
LGE_WORK = (
    ("ORS", "online survey", "survey answers", "2017-01-16", "2017-02-24", "2017-03-31"),
    ("ORS", "online survey", "survey answers", "2019-03-29", "2019-05-10", "2019-06-28"),
    ("ORS", "online survey", "survey answers", "2019-04-01", "2019-05-17", "2019-06-28"),
    ("another company", "interviews", "interview records", "2019-06-03", "2019-07-26", "2019-08-30"),
    ("ORS", "online survey", "survey answers", "2020-06-15", "2020-06-30", "2020-06-30"),
    ("another company", "interviews", "interview records", "2020-01-13", "2020-01-24", "2020-01-31"),
)
"""Who did what with which data, from when to when, and until when they held the data."""
IN_THE_DPIA = {"2021-05-04": "2021-02-22", "2019-06-03": "2019-01-14"}
"""When the version that names a contractor was issued, by the day its work began; otherwise it is that day."""
ON_THE_LIST = {"PW-4": "CON-1", "PW-6": "CON-2"}
"""Which line of the list of contractors is about the company that did a piece of work, where one is."""
STEPS = (
    "lead_provider_agreed_on",
    "recruitment_vetting_on",
    "ctc_on",
    "storage_shown_on",
    "retention_confirmed_on",
    "no_sharing_confirmed_on",
)
"""What is settled with a contractor who may learn of a case, and with Safer London, before it begins."""


FOD_PURPOSES = {
    "Female Offender data": "performance framework",
    "CRC data": "impact evaluation",
    "NPS data": "impact evaluation",
    "MPS data": "impact evaluation",
    "bespoke data": "process evaluation",
}
LGE_PURPOSES = {"LGE data": "performance review", "MPS data": "impact evaluation", "bespoke data": "process evaluation"}
Categories = Mapping[tuple[str, str], Iterable[str]]
"""The categories of data by data set and purpose."""
TAILS = {"ordinary": "", "special category": "-S", "criminal offence": "-C"}
"""What the number of a use ends with, by the category of the data."""


def there(party: str, on: date) -> str:
    """Return who is there on the day *on* for *party*: the National Probation Service for a company that is gone."""
    return "NPS" if party == "CRC" and on >= UNITED else party


def of_fod(calendar: Calendar) -> dict[str, list[Row]]:
    """Return the registers of the diversion evaluation."""
    return {
        "uses": _uses(calendar, FOD_PURPOSES, processing.FOD),
        "agreements": _agreements(FOD_AGREEMENTS),
        "contracts": _contracts(FOD_CONTRACTS),
        "processor_work": _work(FOD_WORK, ()),
    }


def of_lge(calendar: Calendar) -> dict[str, list[Row]]:
    """Return the registers of the gang exit evaluation."""
    return {
        "uses": _uses(calendar, LGE_PURPOSES, processing.LGE),
        "agreements": _agreements(LGE_AGREEMENTS),
        "contracts": _contracts(LGE_CONTRACTS),
        "processor_work": [
            {**row, "work_contractor": ON_THE_LIST.get(str(row["work_id"]))} for row in _work(LGE_WORK, STEPS)
        ],
    }


def _uses(calendar: Calendar, of_data: dict[str, str], held: Categories) -> list[Row]:
    return uses([moment.date() for moment in calendar.analyses], of_data, held, "bespoke data")


def _agreements(papers: Iterable[Paper]) -> list[Row]:
    names = ("agreement_reference", "agreement_party", "agreed_data", "agreement_status", "signed_on", "expires_on")
    return [
        {"agreement_id": f"AG-{number:02d}", **dict(zip(names, paper, strict=True))}
        for number, paper in enumerate(papers, start=1)
    ]


def _contracts(papers: Iterable[tuple[str, str, str, str]]) -> list[Row]:
    return [
        {
            "contract_id": f"CO-{number:02d}",
            "contract_reference": reference,
            "contractor": contractor,
            "compliance_clauses": "yes",
            "signed_on": first,
            "expires_on": last,
            "in_dpia_on": None if contractor == "ORS" else IN_THE_DPIA.get(first, first),
        }
        for number, (reference, contractor, first, last) in enumerate(papers, start=1)
    ]


def _work(done: Iterable[Task], steps: Iterable[str]) -> list[Row]:
    """
    Each piece of work; for a company other than the contracted one every step was done on the day it began.

    The assessment named the first such company when it was chosen, and the second on the day it began.
    """
    names = ("processor", "task", "data_set", "began_on", "ended_on", "data_held_until")
    rows: list[Row] = []
    for number, line in enumerate(done, start=1):
        row: dict[str, object] = {"work_id": f"PW-{number}", **dict(zip(names, line, strict=True))}
        if row["processor"] != "ORS":
            began = str(row["began_on"])
            row |= {
                **dict.fromkeys(("bespoke_agreement_on", *steps), began),
                "in_dpia_on": IN_THE_DPIA.get(began, began),
            }
        rows.append(row)
    return rows


def uses(began: Iterable[date], purposes: dict[str, str], held: Categories, further: str) -> list[Row]:
    """
    Return what each data set was used for in each analysis, a line for each category, and one further research.

    Args:
        began: The day on which each analysis began.
        purposes: The purpose of each data set.
        held: The categories of data that the record of processing has for a data set and a purpose.
        further: The data set of the further research, which is compatible and justified.
    """
    days = list(began)
    rows = [
        _use(f"US-{number:02d}-{place}{tail}", data, category, purpose, on, "same purpose")
        for category, tail in TAILS.items()
        for number, on in enumerate(days, start=1)
        for place, (data, purpose) in enumerate(purposes.items(), start=1)
        if category in held[data, purpose]
    ]
    more = _use("US-MORE", further, "ordinary", "other research and analytics", days[-1], "compatible")
    return [*rows, {**more, "justification": "asked by the programme board, on the same people and for no decision"}]


def _use(id: str, data: str, category: str, purpose: str, on: object, compatibility: str) -> Row:
    return {
        "use_id": id,
        "used_data": data,
        "used_category": category,
        "use_purpose": purpose,
        "used_on": on,
        "compatibility": compatibility,
        "policing_purpose": "not contrary" if data == "MPS data" else None,
    }
