"""Statements of a printed section that owe no need: a heading, a repeated sentence, a definition of law."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

Unowed = tuple[tuple[str, str], ...]


def no_need_owed(folder: Path) -> Mapping[str, Unowed]:
    """
    Return, by section, the statements that owe no need, each with its reason; none without the file.

    They are the lines of ``facts/no_need_owed.csv`` of the DPIA whose documents are in *folder*.
    """
    path = folder / "facts" / "no_need_owed.csv"
    found: dict[str, Unowed] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                found[row["section"]] = (*found.get(row["section"], ()), (row["statement"], row["reason"]))
    return found
