"""
What each evaluation publishes: its reports, the cells of their tables, and the quotes they print.

Tables of clients are counted from the cases of an analysis. A count of a few people is hidden, and so is
one by which the same group grew between two releases; then more cells of its line, until no line gives
the hidden ones away. Every hidden cell has the same mark. A later report prints the table of an analysis
again as it was, and does not count it again without those who withdrew since. Tables of arrests, of staff and of
answers are counted from the arrests and the answers that the registers hold, and hide what few people are behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.client_tables import client_tables
from dpia_checks.synthetic.counted import STAFF_SURVEY, hidden, matched_first
from dpia_checks.synthetic.draws import later
from dpia_checks.synthetic.programmes import AREAS, FOD, LGE, MARK, NOT_YET, SMALL, TOTAL, People, Programme
from dpia_checks.synthetic.registers import REPORTED_AFTER, Calendar, Row, register

NEVER = "9999-12-31"
TIMES = ("not", "once", "twice", "three times or more")
SCORES = {"very satisfied": 4, "satisfied": 3, "neither": 2, "dissatisfied": 1}


def of_fod(described: Mapping[str, Table], made: Mapping[str, pa.Table], calendar: Calendar) -> dict[str, pa.Table]:
    """Return the registers of what the diversion evaluation published."""
    women = made["advance_referrals_in"].to_pylist()

    def told(by: str) -> People:
        return {w["client_id"]: (w["area"], _progress(w, by), w["has_mental_health_disability"]) for w in women}

    return _registers(FOD, described, told, made, calendar)


def _progress(woman: Mapping[str, str | None], by: str) -> str:
    if (woman["contact_date"] or NEVER) > by:
        return "not reached"
    return "engaged" if (woman["engagement_date"] or NEVER) <= by else "in contact, not engaged"


def of_lge(described: Mapping[str, Table], made: Mapping[str, pa.Table], calendar: Calendar) -> dict[str, pa.Table]:
    """Return the registers of what the gang exit evaluation published. The nth record is the nth client's."""
    clients, referrals = made["cms_clients"], made["cms_referrals"]
    area = {borough: name for name, boroughs in AREAS.items() for borough in boroughs}
    order = {"None": "none", "Community order": "community order", "Licence": "licence", "Other": "other"}
    since = later(np.asarray(clients["date_client_allocated"].to_pylist(), dtype="datetime64[D]"), 3).astype(str)
    labels = [
        (
            f"C{number:06d}",
            area[client["referral_borough"]],
            order.get(client["statutory_order"], "youth order"),
            client,
        )
        for number, client in enumerate(_beside(clients, referrals), start=1)
    ]

    def told(by: str) -> People:
        return {
            id: (place, given, "yes" if client["engaged_at_3_months"] == "yes" and day <= by else NOT_YET)
            for (id, place, given, client), day in zip(labels, since, strict=True)
        }

    return _registers(LGE, described, told, made, calendar)


def _beside(clients: pa.Table, referrals: pa.Table) -> list[dict[str, str]]:
    return [client | of for client, of in zip(clients.to_pylist(), referrals.to_pylist(), strict=True)]


def _registers(
    programme: Programme,
    described: Mapping[str, Table],
    told: Callable[[str], People],
    made: Mapping[str, pa.Table],
    calendar: Calendar,
) -> dict[str, pa.Table]:
    """*told* says what the extract of a day tells of each person: an analysis counts what the one before it told."""
    days = {number: calendar.analyses[number - 1].date() - calendar.lead for number in programme.releases}
    people = {number: told(on.isoformat()) for number, on in days.items()}
    inside: dict[int, list[tuple[str, ...]]] = {number: [] for number in programme.releases}
    for case in made["analysis_cases"].to_pylist():
        analysis = int(case["analysis_id"][3:])
        if analysis in inside and not case.get("taken_out_on"):
            inside[analysis].append(people[analysis][case["client_id"]])
    arrested = _arrested(made)
    answers = made["survey_answers"].to_pylist()
    cells = [row for place in range(len(programme.columns)) for row in client_tables(programme, place, inside)]
    reports = _reports(programme, calendar)
    lines = {
        "reports": reports,
        "outputs": _outputs(programme, reports),
        "published_cells": [
            *cells,
            *_everyone(programme, inside),
            *_crime(programme.releases[-1], "first matching", arrested[:1]),
            *_crime(programme.again, "final", arrested, includes="first matching"),
            *_staff(programme, Counter(answer["staff_role"] for answer in answers if answer["answered_by"] == "staff")),
            *_survey(programme, Counter(answer["satisfied"] for answer in answers if answer["answered_by"] != "staff")),
        ],
        "quotes": _quotes(programme),
    }
    return {name: register(described[name], given) for name, given in lines.items()}


def _reports(programme: Programme, calendar: Calendar) -> list[Row]:
    """
    For each analysis a report to the public, a presentation and a meeting with the provider, and a dashboard.

    A report to the public draws on police data when it prints who was arrested.
    """
    arrests = programme.releases[-1], programme.again
    kinds = (
        ("", "written report", "public", "no", None),
        ("-P", "presentation", programme.provider, "yes", "acts on the findings"),
        ("-M", "meeting", programme.provider, "no", "puts the service in place"),
        ("-D", "dashboard", "MOPAC", "yes", "follows how the service performs"),
    )
    return [
        {
            "report_id": f"R{number:02d}{tail}",
            "released_on": (began + REPORTED_AFTER).date(),
            "form": form,
            "audience": audience,
            "level": "aggregate",
            "police_data": "yes" if not tail and number in arrests else police,
            "need_to_know": need,
            "identifies_nobody": "yes",
            "checked_by": f"P{1 + number % 3:02d}",
        }
        for number, began in enumerate(calendar.analyses, start=1)
        for tail, form, audience, police, need in kinds
    ]


def reviewed(released: date, last: date) -> tuple[date, date]:
    """Return when a product was reviewed inside and by partners; those see the one of the *last* day afterwards."""
    return released - timedelta(days=7), released + timedelta(days=2 if released == last else 0)


def _outputs(programme: Programme, reports: Sequence[Row]) -> list[Row]:
    """Return what each report is for and who reviewed it; a dashboard shows how the service performs."""
    days = sorted({on for report in reports if isinstance(on := report["released_on"], date)})
    rows: list[Row] = []
    for report in sorted(reports, key=lambda report: str(report["report_id"])[3:]):
        id = str(report["report_id"])
        turn = 1 if report["form"] == "dashboard" else int(id[1:3]) % len(programme.purposes)
        on = days[int(id[1:3]) - 1]
        inside, partners = reviewed(on, days[-1])
        rows.append(
            {
                "output_id": id.replace("R", "OUT-"),
                "report_id": id,
                "output_purpose": programme.purposes[turn],
                "output_audience": report["audience"],
                "released_on": on,
                "internal_review_on": inside,
                "partner_review_on": partners,
            }
        )
    return rows


def _everyone(programme: Programme, inside: Mapping[int, Sequence[object]]) -> list[Row]:
    """For each release one line that holds for everybody by definition, and the total that it equals."""
    rows: list[Row] = []
    for number, people in inside.items():
        place = (f"R{number:02d}", "WHO", "service", programme.people, f"AN-{number:02d}")
        whole, total = _list(place, programme.everyone[0], {programme.everyone[1]: len(people)})
        rows += [{**whole, "structural": "everyone by definition"}, total]
    return rows


def _arrested(made: Mapping[str, pa.Table]) -> list[Counter[str]]:
    """Return, for each matching, how often the clients were arrested by then whom it is the first to hold."""
    person = next(name for name in made["arrests"].column_names if name in made["matched_cases"].column_names)
    often = Counter(made["arrests"][person].to_pylist())
    return [
        Counter(TIMES[min(often[one], len(TIMES) - 1)] for one in people)
        for people in matched_first(made["matched_cases"], person).values()
    ] or [Counter()]


def _crime(report: int, as_at: str, arrested: Sequence[Counter[str]], includes: str | None = None) -> list[Row]:
    """
    How often clients were *arrested*, of those whom one matching after another was the first to hold.

    A later count adds to what was reported those matched since: whoever said no meanwhile is not counted again.
    """
    place = (f"R{report:02d}", "CRIME", "crime", "clients matched", as_at)
    counts = {label: sum(of[label] for of in arrested) for label in (*TIMES[1:], TIMES[0])}
    return [{**row, "includes": includes} for row in _list(place, "arrested in the year after", counts)]


def _staff(programme: Programme, roles: Mapping[str, int]) -> list[Row]:
    """Staff surveyed, by role. Of the two roles that few have, the most that either can be is five."""
    place = (f"R{programme.again:02d}", "STAFF", "staff", "staff surveyed", STAFF_SURVEY)
    return _list(place, "role", roles)


def _survey(programme: Programme, answers: Mapping[str, int]) -> list[Row]:
    """Answers to one question, as counts and as percentages of all who answered, and the mean of their scores."""
    place = (f"R{programme.again:02d}", "SURVEY", "survey", *programme.asked)
    answered = sum(answers.values())
    share = {str(count): f"{100 * count / answered:.1f}" for count in (*answers.values(), answered)}
    *rows, total = [
        {**row, "percentage": share[str(row["count"])], "decimals": 1, "percentage_of": "grand total"}
        if row["count"]
        else row
        for row in _list(place, "how satisfied", {answer: answers[answer] for answer in SCORES})
    ]
    mean = sum(SCORES[answer] * count for answer, count in answers.items()) / answered
    return [*rows, {**total, "mean": f"{mean:.2f}", "mean_decimals": 2, "scale_low": 1, "scale_high": 4}]


def _list(place: tuple[str, str, str, str, str], variable: str, counts: Mapping[str, int]) -> list[Row]:
    """
    Return a table with one direction: the answers down the side, few of one hidden, and their total.

    *place* is report, code, topic, whom it counts and as at when.
    """
    report, code, topic, counted, as_at = place
    same = {"report_id": report, "table_name": code, "topic": topic, "counted": counted, "as_at": as_at}
    few = hidden(counts, SMALL)
    rows: list[Row] = [
        {
            **same,
            "cell_id": f"{report}-{code}-{number}",
            "row_variable": variable,
            "row_label": label,
            "margin": "none",
            "count": None if label in few else count,
            "mark": MARK if label in few else None,
        }
        for number, (label, count) in enumerate(counts.items(), start=1)
    ]
    return [*rows, {**same, "cell_id": f"{report}-{code}-{TOTAL}", "margin": "both", "count": sum(counts.values())}]


def _quotes(programme: Programme) -> list[Row]:
    """Quotes from people described so that ten or more fit, and a case study of whom many fit."""
    described = (*(programme.roles * 3), programme.case_study)
    bases = {"participant": 18, "professional": SMALL, programme.case_study: 96}
    return [
        {
            "quote_id": f"QU-{number:02d}",
            "report_id": f"R{programme.again:02d}",
            "quote_kind": "case study" if words == programme.case_study else "quote",
            "said_by": words,
            "fits": bases[words],
            "identifiers_removed": "yes",
            "checked_by": f"P{1 + number % 3:02d}",
        }
        for number, words in enumerate(described, start=1)
    ]
