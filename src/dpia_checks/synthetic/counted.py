"""
The people whom reports count and no analysis holds: who was arrested, and who answered a survey.

Published cells are counted from these, see :mod:`dpia_checks.synthetic.publication`. On the boundary: ten people
are arrested three times or more, ten key workers and ten dissatisfied clients answer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta

import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.draws import uniform
from dpia_checks.synthetic.registers import Row, register

ARRESTED = ((80, 23, 7), (38, 8, 3))
"""How many of those first matched on each day are arrested once, twice and three times; nobody's statistic."""
APART = timedelta(days=7)
SATISFIED = ("very satisfied",) * 9 + ("satisfied",) * 6 + ("neither",) * 3 + ("dissatisfied",) * 2
ANSWERING = 100
EXIT = "exit survey"
STAFF_SURVEY = "SV-2"
STAFF_ROLES = ("key worker",) * 10 + ("manager",) * 2 + ("administrator",) * 3 + ("officer",) * 12


def matched_first(cases: pa.Table, person: str) -> dict[str, list[str]]:
    """Return, for the day of each matching, the clients whom none matched before."""
    known: set[str] = set()
    first: dict[str, list[str]] = {}
    for on, arm, number in sorted(
        zip(*(cases[name].to_pylist() for name in ("matched_on", "arm", person)), strict=True)
    ):
        if arm == "client" and number not in known:
            known.add(number)
            first.setdefault(on, []).append(number)
    return first


def arrests(described: Table, seed: int, cases: pa.Table, person: str, referred: Mapping[str, str]) -> pa.Table:
    """
    Return the arrests of clients after they were *referred*, week upon week, up to the day they were matched.

    Where few are matched, at most four in five are arrested.
    """
    rows: list[Row] = []
    for (on, people), often in zip(matched_first(cases, person).items(), ARRESTED, strict=False):
        able = [one for one in people if _day(on) - _day(referred[one]) > (len(often) + 1) * APART]
        draw = uniform(seed, described.name, f"arrested_{on}", len(able))
        ordered = [one for _, one in sorted(zip(draw.tolist(), able, strict=True))][: len(able) * 4 // 5]
        times = [turn for turn, many in enumerate(often, start=1) for _ in range(many)]
        rows += [
            {"arrest_id": f"AR-{one}-{number}", person: one, "arrested_on": _day(referred[one]) + number * APART}
            for one, turn in zip(ordered, times, strict=False)
            for number in range(1, turn + 1)
        ]
    return register(described, rows)


Survey = tuple[str, str, int]
"""A survey, who answered it, and how many did."""


def online(portal: Iterable[Row], only: Container[object] | None = None) -> list[Survey]:
    """Return the surveys of the *portal*, or *only* some of them."""
    surveys = [(str(row["survey_id"]), str(row["asked_of"]), int(str(row["answers"]))) for row in portal]
    return [survey for survey in surveys if only is None or survey[0] in only]


def asked_at_exit(offers: Iterable[Row], by: date) -> int:
    """Return how many answered the survey that clients are offered when they leave: all asked, or a hundred."""
    asked = [row for row in offers if row["survey_at_exit_on"] and str(row["survey_at_exit_on"]) <= by.isoformat()]
    return min(ANSWERING, len(asked))


def answers(surveys: Iterable[Survey]) -> list[Row]:
    """Return the answers to each of the *surveys*: the staff say what they are, the others how satisfied they are."""
    said = [(survey, by) for survey, by, many in surveys for _ in range(many)]
    others = [line for line in said if line[1] != "staff"]
    staff = [line for line in said if line[1] == "staff"]
    told = [
        *(("satisfied", SATISFIED[turn % len(SATISFIED)]) for turn in range(len(others))),
        *(("staff_role", STAFF_ROLES[turn % len(STAFF_ROLES)]) for turn in range(len(staff))),
    ]
    return [
        {"answer_id": f"SA-{number:03d}", "of_survey": survey, "answered_by": by, column: value}
        for number, ((survey, by), (column, value)) in enumerate(zip([*others, *staff], told, strict=True), start=1)
    ]


def hidden(counts: Mapping[str, int], small: int) -> set[str]:
    """Return the labels of a list that it hides: of a few people, and one more where only one would be hidden."""
    few = {label for label, count in counts.items() if 0 < count < small}
    if len(few) == 1:
        shown: Sequence[str] = [label for label, count in counts.items() if count and label not in few]
        few |= {min(shown, key=lambda label: counts[label])} if shown else set()
    return few


def _day(on: str) -> date:
    return date.fromisoformat(on)
