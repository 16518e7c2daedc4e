"""What each evaluation counts, in which tables, and whom it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MARK = "c"
SMALL = 10
TOTAL = "T"
NOT_YET = "no, or not yet"
People = Mapping[str, tuple[str, ...]]
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Programme:
    """
    What one evaluation counts and whom it tells.

    ``releases`` are the analyses whose tables are published; ``again`` is a later one whose report prints
    the last of those tables again. ``absent`` names the rows that had not begun at an analysis. ``purposes``
    take turns from report to report; the second of them is how the service performs. ``asked`` is whose answers to
    which survey it prints.
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
    purposes: tuple[str, ...]
    asked: tuple[str, str]


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
    purposes=("process evaluation", "performance framework", "impact evaluation"),
    asked=("clients surveyed", "exit survey"),
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
    purposes=("process evaluation", "performance review", "impact evaluation", "economic evaluation"),
    asked=("answers of stakeholders", "surveys online"),
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
