"""
How each evaluation was looked after: versions, changes, reviews, consultations, plans, products, contacts, leavers.

Each sits on the boundary: a review on the last day of its month or half-year, a version issued on the day a change
was decided, training on the day of the first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dpia_checks.synthetic import staffing
from dpia_checks.synthetic.publication import reviewed
from dpia_checks.synthetic.registers import Calendar, Person, Row, office_day

PARTIES = {
    "fod": ("MOPAC", "MPS", "Advance", "CRC", "NPS"),
    "lge": ("MOPAC", "MPS", "Safer London", "Catch-22", "CRC", "DWP"),
}
DPO = "data protection officer"
SIGNED = {date(2019, 9, 27): date(2019, 12, 11)}
"""The version that was signed long after it was issued, and after the scheme went live: the first of FOD."""


def fod(
    used: Sequence[Row], people: Sequence[Person], cleared: Sequence[Row], calendar: Calendar
) -> dict[str, list[Row]]:
    """Return the registers of the diversion evaluation, from its log of access, its team and their clearances."""
    stages = (
        ("before go-live", date(2019, 9, 30)),
        ("6 months", date(2020, 3, 31)),
        ("12 months", date(2020, 9, 1)),
        ("18 months", date(2021, 3, 15)),
        ("end of research", date(2022, 9, 30)),
    )
    periodic = (("periodic", date(2023, 3, 30)), ("periodic", date(2023, 9, 29)))
    versions = (
        ("V1", date(2019, 9, 27), "first issue"),
        ("V2", date(2020, 10, 5), "another system for surveys"),
        ("V3", date(2021, 2, 22), "a contractor for interviews; another way of downloading"),
        ("V4", date(2021, 6, 21), "one probation service in place of the companies"),
        ("V5", date(2022, 3, 7), "a second contractor; a panel kept for longer"),
    )
    changes = (
        ("new system", date(2020, 10, 5), "V2"),
        ("new process", date(2021, 2, 15), "V3"),
        ("new processor", date(2021, 2, 22), "V3"),
        ("new partner", date(2021, 6, 21), "V4"),
        ("new processor", date(2022, 3, 1), "V5"),
        ("new contract", date(2022, 3, 1), "V5"),
        ("new contract", date(2021, 2, 22), "V3"),
    )
    reached = (
        ("live", calendar.live),
        ("interim report", date(2020, 11, 26)),
        ("programme ended", date(2022, 9, 30)),
        ("final report", date(2023, 11, 20)),
        ("evaluation concluded", calendar.over),
    )
    inside = (
        DPO,
        "senior information risk owner",
        "director of insight and strategic partnerships",
        "female offender programme lead",
        "criminal justice programme lead",
        "GDPR project manager",
        "chief executive officer",
        "IG consultant",
        "ICO",
    )
    boards = _board_days(calendar)
    plans = _plans(date(2019, 6, 3), 3, "advisory_group_on", boards)
    return {
        "dpia_reviews": _reviews([(*stage, "evaluation DPIA") for stage in (*stages, *periodic)]),
        "dpia_versions": _versions(versions),
        "dpia_changes": _changes(changes),
        "milestones": _milestones(reached),
        "consultations": [
            *_consultations("the DPIA", ("Advance", "CRC", "NPS", "MPS", *inside), date(2019, 7, 8)),
            *_advised(plans),
        ],
        "research_plans": plans,
        "milestone_products": _products(reached),
        "boards": _boards(boards),
        "contacts": _contacts("fod", date(2019, 9, 16)),
        **staffing.registers(used, people, cleared),
    }


def lge(
    used: Sequence[Row], people: Sequence[Person], cleared: Sequence[Row], calendar: Calendar
) -> dict[str, list[Row]]:
    """Return the registers of the gang exit evaluation; see :func:`fod`."""
    versions = (
        ("V1", date(2018, 5, 1), "first issue"),
        ("V4", date(2019, 1, 14), "a contractor for interviews"),
        ("V10", date(2019, 4, 8), "notice to clients"),
        ("V13", date(2019, 9, 9), "more fields of police data"),
        ("V14", date(2019, 11, 11), "comments of the partners"),
        ("V15", date(2019, 11, 25), "for signature"),
        ("V16", date(2020, 1, 13), "a second contractor; a panel kept for longer"),
    )
    changes = (
        ("new processor", date(2019, 1, 14), "V4"),
        ("new contract", date(2019, 1, 14), "V4"),
        ("new data set", date(2019, 9, 2), "V13"),
        ("new processor", date(2020, 1, 6), "V16"),
        ("new contract", date(2020, 1, 6), "V16"),
    )
    reached = (
        ("assessment issued", date(2018, 5, 1)),
        ("interim report", date(2018, 4, 16)),
        ("programme ended", date(2020, 3, 31)),
        ("final report", date(2020, 9, 21)),
        ("evaluation concluded", calendar.over),
    )
    held = [("periodic", day) for day in (date(2019, 5, 1), date(2020, 5, 1))]
    papers = ("evaluation DPIA", "Safer London governance documents", "ISA with the MPS")
    inside = (
        "gangs and youth violence team",
        "data protection lead",
        "programme lead",
        "young people and violence lead",
        "E&I lead",
        "evaluation lead",
        "GDPR lead",
        DPO,
        "senior information risk owner",
        "ICO",
    )
    return {
        "dpia_reviews": _reviews([(*review, paper) for paper in papers for review in held]),
        "dpia_versions": _versions(versions),
        "dpia_changes": _changes(changes),
        "milestones": _milestones(reached),
        "consultations": _consultations("the DPIA", ("Safer London", *inside), date(2019, 10, 7)),
        "research_plans": _plans(date(2018, 3, 5), 2, "others_shown_on"),
        "milestone_products": _products(reached),
        "contacts": _contacts("lge", date(2018, 5, 25)),
        "proformas": _proformas(),
        **staffing.registers(used, people, cleared),
    }


def _reviews(held: Iterable[tuple[str, date, str]]) -> list[Row]:
    return [
        {
            "review_id": f"REV-{number:02d}",
            "document": paper,
            "stage": stage,
            "reviewed_on": on,
            "reviewed_role": DPO,
            "covers_security": "yes",
        }
        for number, (stage, on, paper) in enumerate(held, start=1)
    ]


def _versions(issued: Iterable[tuple[str, date, str]]) -> list[Row]:
    columns = ("version_id", "issued_on", "summary")
    return [
        {
            **dict(zip(columns, version, strict=True)),
            "signed_on": SIGNED.get(version[1], version[1] + timedelta(days=1)),
            "signed_role": DPO,
        }
        for version in issued
    ]


def _changes(decided: Iterable[tuple[str, date, str]]) -> list[Row]:
    columns = ("change_kind", "change_decided_on", "covered_by")
    return [
        {"change_id": f"CHG-{number}", **dict(zip(columns, change, strict=True))}
        for number, change in enumerate(decided, start=1)
    ]


def _milestones(reached: Iterable[tuple[str, date]]) -> list[Row]:
    return [
        {"milestone_id": f"MS-{number}", "milestone": what, "reached_on": on}
        for number, (what, on) in enumerate(reached, start=1)
    ]


def _consultations(about: str, parties: Sequence[str], first: date) -> list[Row]:
    return [
        {
            "consultation_id": f"CONS-{number:02d}",
            "about": about,
            "party": party,
            "held_on": office_day(first + timedelta(days=2 * (number - 1))),
        }
        for number, party in enumerate(parties, start=1)
    ]


def _advised(plans: Sequence[Row]) -> list[Row]:
    """Each plan is put to the group on the day that the list of plans has for it."""
    return [
        {
            "consultation_id": f"CONS-{number}",
            "about": "research plans",
            "party": "Evaluation Advisory Group",
            "held_on": plan["advisory_group_on"],
        }
        for number, plan in enumerate(plans, start=50)
    ]


def _plans(first: date, count: int, outside: str, boards: Sequence[date] = ()) -> list[Row]:
    """Each plan is shown at the first of *boards* three weeks after it was written, or later; without any, that day."""
    written = [office_day(first + timedelta(days=300 * turn)) for turn in range(count)]
    return [
        {
            "plan_id": f"PLAN-{number}",
            "written_on": on,
            "plan_reviewed_on": office_day(on + timedelta(days=10)),
            "board_shown_on": min((day for day in boards if day >= shown), default=shown),
            "lead_provider_shown_on": office_day(on + timedelta(days=14)),
            outside: office_day(on + timedelta(days=28)),
        }
        for number, (on, shown) in enumerate(((on, office_day(on + timedelta(days=21))) for on in written), start=1)
    ]


def _products(reached: Sequence[tuple[str, date]]) -> list[Row]:
    """Each report of a milestone, written a week before it is reviewed inside; see the products of all reports."""
    reports = [(f"MS-{n}", on) for n, (what, on) in enumerate(reached, start=1) if what.endswith("report")]
    rows: list[Row] = []
    for number, (milestone, on) in enumerate(reports, start=1):
        inside, partners = reviewed(on, reports[-1][1])
        rows.append(
            {
                "product_id": f"PROD-{number}",
                "at_milestone": milestone,
                "produced_on": inside - timedelta(days=7),
                "reviewed_internally_on": inside,
                "reviewed_by_partners_on": partners,
            }
        )
    return rows


def _board_days(calendar: Calendar) -> list[date]:
    """One before the scheme goes live, at which the first plan is shown, and one in each quarter from that day."""
    quarters = (calendar.over - calendar.live).days // 91
    return [office_day(calendar.live + timedelta(days=91 * n)) for n in (*range(quarters), -1)]


def _boards(held: Sequence[date]) -> list[Row]:
    return [
        {
            "board_id": f"BOARD-{n:02d}",
            "board_held_on": on,
            "evaluators_attended": "yes",
        }
        for n, on in enumerate(held)
    ]


def _contacts(dpia: str, named: date) -> list[Row]:
    lines = [(party, role) for party in PARTIES[dpia] for role in ("first contact", "secondary contact")]
    return [
        {"contact_line_id": f"CT-{number:02d}", "contact_party": party, "contact_role": role, "named_on": named}
        for number, (party, role) in enumerate(lines, start=1)
    ]


def _proformas() -> list[Row]:
    """One before any use of police data, and one that the police sign on the very day of its first use."""
    plans = dict.fromkeys(
        ("plans_storage", "plans_retention", "plans_disposal", "plans_risk", "plans_anonymising"), "yes"
    )
    earlier = (date(2017, 2, 13), date(2017, 2, 15), date(2017, 2, 20))
    signed = (earlier, (date(2019, 7, 22), date(2019, 7, 24), POLICE_DAY))
    columns = ("completed_by_mopac_on", "mopac_signed_on", "mps_signed_on")
    return [
        {"proforma_id": f"PRO-{number}", **dict(zip(columns, days, strict=True)), **plans}
        for number, days in enumerate(signed, start=1)
    ]


POLICE_DAY = date(2019, 8, 6)
"""The day on which the police signed the second proforma of LGE and it was first used."""


def proforma_of(on: str) -> str:
    """Return the proforma under which police data was drawn on the day *on*."""
    return "PRO-2" if on >= POLICE_DAY.isoformat() else "PRO-1"
