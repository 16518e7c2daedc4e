"""
Groups that are runs of whole numbers, such as ages: one can hold another, and tells of those in between.

A table of ages may print 18 to 24 and, beside it or in another table, 18 to 20. Nothing adds up to anything there,
and yet whoever takes one count from the other knows how many are 21 to 24.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from dpia_checks.statistical_disclosure.tables import Cell

OLDEST = 999
"""Where a group such as *25 and over* ends: beyond any number of three digits."""
_NUMBER = r"(\d{1,3})"
_BAND = re.compile(
    rf"(?:aged? )?(?:{_NUMBER} ?(?:to|-) ?{_NUMBER}|under {_NUMBER}|over {_NUMBER}"
    rf"|{_NUMBER} ?(?:\+|(?:and|or) (?:above|more|older|over))|{_NUMBER})(?: ?(?:years?(?: old)?|yrs?))?"
)


def band_of(label: str) -> tuple[int, int] | None:
    """
    Return the first and the last whole number that *label*, in small letters, stands for; nothing if it is no run.

    Read are "18 to 24", "18-24", "under 18", "over 24", "25+", "25 and over", "25 or more" and "18", with "aged"
    before and "years" behind it.
    """
    found = _BAND.fullmatch(label)
    if found is None:
        return None
    if found[1]:
        low, high = int(found[1]), int(found[2])
    elif found[3]:
        low, high = 0, int(found[3]) - 1
    elif found[4] or found[5]:
        low, high = int(found[4]) + 1 if found[4] else int(found[5]), OLDEST
    else:
        low = high = int(found[6])
    return (low, high) if low <= high else None


def small_between(cells: Iterable[Cell], smallest: int) -> list[Cell]:
    """
    Return the cells whose group holds another of which from one to fewer than *smallest* people less are printed.

    Both count the same people at the same point and differ in one label alone, in whichever tables they stand. Nobody
    in between is allowed, and so is *smallest*. What is hidden takes no part.
    """
    bands: dict[object, list[_Group]] = {}
    for cell in cells:
        for variable, label in cell.key.labels:
            band, count = band_of(label), cell.known
            if band and count is not None and not cell.is_score:
                others = cell.key.labels - {(variable, label)}
                bands.setdefault((cell.key.population, variable, others), []).append(_Group(*band, count, cell))
    pairs = (pair for beside in bands.values() for pair in permutations(beside, 2))
    found = {wide.cell.row: wide.cell for wide, part in pairs if wide.holds(part) and 1 <= wide - part < smallest}
    return [found[row] for row in sorted(found)]


@dataclass(frozen=True)
class _Group:
    low: int
    high: int
    count: int
    cell: Cell

    def holds(self, other: _Group) -> bool:
        """Return whether every number of the *other* group is one of this, which has more."""
        is_wider = self.high - self.low > other.high - other.low
        return is_wider and self.low <= other.low and other.high <= self.high

    def __sub__(self, other: _Group) -> int:
        return self.count - other.count
