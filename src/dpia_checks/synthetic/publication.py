"""
What each evaluation publishes: its reports, the cells of their tables, and the quotes they print.

Tables of clients are counted from the cases of an analysis. A count of a few people is hidden, and so is
one by which the same group grew between two releases; then more cells of its line, until no line gives
the hidden ones away. Every hidden cell has the same mark. A later report prints the table of an analysis
again as it was, and does not count it again without those who withdrew since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.draws import later
from dpia_checks.synthetic.registers import REPORTED_AFTER, Calendar, Row, register

MARK = "c"
SMALL = 10
TOTAL = "T"
NEVER = "9999-12-31"
NOT_YET = "no, or not yet"

People = Mapping[str, tuple[str, ...]]
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Programme:
    """
    What one evaluation counts and whom it tells.

    ``releases`` are the analyses whose tables are published; ``again`` is a later one whose report prints
    the last of those tables again. ``absent`` names the rows that had not begun at an analysis.
    """

    prefix: str
    people: str
    everyone: tuple[str, str]
    provider: str
    releases: tuple[int, ...]
    again: int
    rows: tuple[str, tuple[str, ...]]
    columns: Sequence[tuple[str, str, tuple[str, ...]]]
    absent: Mapping[int, tuple[str, ...]]
    roles: tuple[str, ...]
    case_study: str


FOD = Programme(
    prefix="FOD",
    people="women referred",
    everyone=("gender", "women"),
    provider="service provider",
    releases=(1, 3, 6),
    again=9,
    rows=("borough", ("Camden", "Islington", "Lambeth", "Southwark")),
    columns=(
        ("BOROUGH", "progress", ("engaged", "in contact, not engaged", "not reached")),
        ("HEALTH", "mental health need", ("yes", "no")),
    ),
    absent={1: ("Lambeth", "Southwark")},
    roles=("participant", "professional"),
    case_study="a woman supported",
)
LGE = Programme(
    prefix="LGE",
    people="young people referred",
    everyone=("age", "16 to 24"),
    provider="Safer London",
    releases=(2, 4),
    again=5,
    rows=("area", ("central", "east", "north", "south", "west")),
    columns=(
        ("AREA", "statutory order", ("none", "community order", "youth order", "licence", "other")),
        ("ENGAGED", "engaged at three months", ("yes", NOT_YET)),
    ),
    absent={},
    roles=("participant", "professional"),
    case_study="a young person supported",
)
AREAS = {
    "central": (
        "Camden",
        "City of London",
        "Islington",
        "Kensington and Chelsea",
        "Lambeth",
        "Southwark",
        "Westminster",
    ),
    "east": (
        "Barking and Dagenham",
        "Bexley",
        "Greenwich",
        "Hackney",
        "Havering",
        "Newham",
        "Redbridge",
        "Tower Hamlets",
    ),
    "north": ("Barnet", "Enfield", "Haringey", "Waltham Forest", "Brent", "Harrow"),
    "south": ("Bromley", "Croydon", "Kingston upon Thames", "Lewisham", "Merton", "Sutton", "Wandsworth"),
    "west": ("Ealing", "Hammersmith and Fulham", "Hillingdon", "Hounslow", "Richmond upon Thames"),
}
"""Areas of London for this made-up evaluation; no official list."""


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
    matched = _matched(made["matched_cases"])
    cells = [row for place in range(len(programme.columns)) for row in _client_tables(programme, place, inside)]
    lines = {
        "reports": _reports(programme, calendar),
        "published_cells": [
            *cells,
            *_everyone(programme, inside),
            *_crime(programme.releases[-1], "first matching", matched[0]),
            *_crime(programme.again, "final", matched[-1], includes="first matching"),
            *_staff(programme),
            *_survey(programme),
        ],
        "quotes": _quotes(programme),
    }
    return {name: register(described[name], given) for name, given in lines.items()}


def _matched(cases: pa.Table) -> list[int]:
    """Return how many clients each matching holds, in the order of their days."""
    days = Counter(case["matched_on"] for case in cases.to_pylist() if case["arm"] == "client")
    return [days[on] for on in sorted(days)] or [0]


def _reports(programme: Programme, calendar: Calendar) -> list[Row]:
    """For each analysis a report to the public, a presentation and a meeting with the provider, and a dashboard."""
    kinds = (
        ("", "written report", "public", "no", None),
        ("-P", "presentation", programme.provider, "yes", "acts on the findings"),
        ("-M", "meeting", programme.provider, "no", "puts the service in place"),
        ("-D", "dashboard", "MOPAC", "yes", "oversees the contract"),
    )
    return [
        {
            "report_id": f"R{number:02d}{tail}",
            "released_on": (began + REPORTED_AFTER).date(),
            "form": form,
            "audience": audience,
            "level": "aggregate",
            "police_data": police,
            "need_to_know": need,
            "identifies_nobody": "yes",
            "checked_by": f"P{1 + number % 3:02d}",
        }
        for number, began in enumerate(calendar.analyses, start=1)
        for tail, form, audience, police, need in kinds
    ]


def _client_tables(programme: Programme, place: int, inside: Mapping[int, Sequence[tuple[str, ...]]]) -> list[Row]:
    """One table for each release, and the last one once more in the later report, as it was."""
    code, variable, columns = programme.columns[place]
    tables = {number: _counts(programme, columns, [(p[0], p[1 + place]) for p in of]) for number, of in inside.items()}
    hidden = _hidden(programme, columns, tables)
    rows: list[Row] = []
    for report, number in [*((n, n) for n in programme.releases), (programme.again, programme.releases[-1])]:
        made = [
            _cell(programme, report, code, number, row, variable, column, columns)
            | _printed(
                programme, tables[number][row, column], row in programme.absent.get(number, ()), (row, column) in hidden
            )
            for row in (*programme.rows[1], TOTAL)
            for column in (*columns, TOTAL)
        ]
        rows += made
    return rows


def _counts(programme: Programme, columns: Sequence[str], people: Sequence[tuple[str, str]]) -> Counts:
    counts = {(row, column): 0 for row in (*programme.rows[1], TOTAL) for column in (*columns, TOTAL)}
    for row, column in people:
        for key in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            counts[key] += 1
    return counts


def _hidden(programme: Programme, columns: Sequence[str], tables: Mapping[int, Counts]) -> set[tuple[str, str]]:
    """
    Return the labels that are hidden in every release.

    First what is small in one release, or grew by little between two; then, as long as a line hides one
    cell alone, or a few people between its cells, the smallest cell that it still shows.
    """
    keys = list(next(iter(tables.values())))
    hidden = {key for key in keys if any(_is_small(n) for n in _shown(key, tables))}
    lines = [[(row, column) for column in (*columns, TOTAL)] for row in (*programme.rows[1], TOTAL)]
    lines += [[(row, column) for row in (*programme.rows[1], TOTAL)] for column in (*columns, TOTAL)]
    while loose := [line for line in lines if _gives_away(programme, line, hidden, tables)]:
        showing = [key for key in loose[0] if key not in hidden]
        if not showing:
            break
        inner = [key for key in showing if TOTAL not in key]
        hidden.add(min(inner or showing, key=lambda key: (max(t[key] for t in tables.values()), key)))
    return hidden


def _shown(key: tuple[str, str], tables: Mapping[int, Counts]) -> list[int]:
    """Return what the releases show of a cell: its counts, and by how much each two differ."""
    counts = [table[key] for table in tables.values()]
    return counts + [abs(b - a) for a, b in combinations(counts, 2)]


def _is_small(count: int) -> bool:
    return 0 < count < SMALL


def _gives_away(
    programme: Programme,
    line: Sequence[tuple[str, str]],
    hidden: set[tuple[str, str]],
    tables: Mapping[int, Counts],
) -> bool:
    """Whether a line hides too little in one of the releases; a row that is absent from one hides nothing there."""
    inside = [key for key in line if key in hidden]
    if not inside or len(inside) == len(line):
        return False
    fewest = min((n for n in (sum(table[key] for key in inside) for table in tables.values()) if n), default=0)
    there = [sum(key[0] not in programme.absent.get(number, ()) for key in inside) for number in tables]
    return 1 in there or fewest < 2 * SMALL


def _cell(
    programme: Programme,
    report: int,
    code: str,
    analysis: int,
    row: str,
    variable: str,
    column: str,
    columns: Sequence[str],
) -> dict[str, object]:
    margin = {(False, False): "none", (False, True): "row", (True, False): "column", (True, True): "both"}
    places = [*programme.rows[1]].index(row) + 1 if row != TOTAL else TOTAL
    across = [*columns].index(column) + 1 if column != TOTAL else TOTAL
    return {
        "cell_id": f"R{report:02d}-{code}-{places}-{across}",
        "report_id": f"R{report:02d}",
        "table_name": code,
        "topic": "location",
        "counted": programme.people,
        "as_at": f"AN-{analysis:02d}",
        "row_variable": None if row == TOTAL else programme.rows[0],
        "row_label": None if row == TOTAL else row,
        "column_variable": None if column == TOTAL else variable,
        "column_label": None if column == TOTAL else column,
        "margin": margin[row == TOTAL, column == TOTAL],
    }


def _printed(programme: Programme, count: int, absent: bool, hidden: bool) -> dict[str, object]:
    if absent:
        return {"count": 0, "structural": "zero by definition"}
    return {"mark": MARK} if hidden else {"count": count}


def _everyone(programme: Programme, inside: Mapping[int, Sequence[object]]) -> list[Row]:
    """For each release one line that holds for everybody by definition, and the total that it equals."""
    rows: list[Row] = []
    for number, people in inside.items():
        place = (f"R{number:02d}", "WHO", "service", programme.people, f"AN-{number:02d}")
        whole, total = _list(place, programme.everyone[0], {programme.everyone[1]: len(people)}, len(people))
        rows += [{**whole, "structural": "everyone by definition"}, total]
    return rows


def _crime(report: int, as_at: str, people: int, includes: str | None = None) -> list[Row]:
    """
    Arrests of the *people* matched as clients; the smallest count shown is the smallest allowed.

    The first of two counts hides two of its cells; the second includes everybody of the first, which leaves
    the hidden ones as far apart as they have to be, and not further than the smallest.
    """
    place = (f"R{report:02d}", "CRIME", "crime", "clients matched", as_at)
    counts: dict[str, int | None] = {"once": 118, "twice": 31, "three times or more": SMALL}
    arrested = 118 + 31 + SMALL
    if not includes:
        counts |= {"once": 80, "twice": None, "three times or more": None}
        arrested = 80 + 30
    rest = max(SMALL, people - arrested)
    rows = _list(place, "arrested in the year after", counts | {"not": rest}, arrested + rest)
    return [{**row, "includes": includes} for row in rows]


def _staff(programme: Programme) -> list[Row]:
    """Staff surveyed, by role. Two roles are hidden, and the most that either can be is five."""
    place = (f"R{programme.again:02d}", "STAFF", "staff", "staff surveyed", "survey 2")
    return _list(place, "role", {"key worker": SMALL, "manager": None, "administrator": None, "officer": 12}, 27)


def _survey(programme: Programme) -> list[Row]:
    """Answers to one question, as counts and as percentages of all who answered, and the mean of their scores."""
    place = (f"R{programme.again:02d}", "SURVEY", "survey", "clients surveyed", "survey 2")
    scores = {"very satisfied": 4, "satisfied": 3, "neither": 2, "dissatisfied": 1}
    counts = {"very satisfied": 45, "satisfied": 30, "neither": 15, "dissatisfied": SMALL}
    answered = sum(counts.values())
    *rows, total = [
        {**row, "percentage": f"{row['count']}.0", "decimals": 1, "percentage_of": "grand total"}
        for row in _list(place, "how satisfied", counts, answered)
    ]
    mean = sum(scores[answer] * count for answer, count in counts.items()) / answered
    return [*rows, {**total, "mean": f"{mean:.2f}", "mean_decimals": 2, "scale_low": 1, "scale_high": 4}]


def _list(
    place: tuple[str, str, str, str, str], variable: str, counts: Mapping[str, int | None], total: int
) -> list[Row]:
    """
    Return a table with one direction: the answers down the side, and their total.

    *place* is report, code, topic, whom it counts and as at when.
    """
    report, code, topic, counted, as_at = place
    same = {"report_id": report, "table_name": code, "topic": topic, "counted": counted, "as_at": as_at}
    rows: list[Row] = [
        {
            **same,
            "cell_id": f"{report}-{code}-{number}",
            "row_variable": variable,
            "row_label": label,
            "margin": "none",
            "count": count,
            "mark": MARK if count is None else None,
        }
        for number, (label, count) in enumerate(counts.items(), start=1)
    ]
    return [*rows, {**same, "cell_id": f"{report}-{code}-{TOTAL}", "margin": "both", "count": total}]


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
