"""
Groups that are runs of whole numbers, such as ages: one can hold another, and tells of those in between.

A table of ages may print 18 to 24 and, beside it or in another table, 18 to 20. Nothing adds up to anything there,
and yet whoever takes one count from the other knows how many are 21 to 24.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, product

from dpia_checks.statistical_disclosure.tables import Cell

OLDEST = 999
"""Where a group such as *25 and over* ends: beyond any number of three digits."""
_NUMBER = r"(\d{1,3})"
_AFTER = r"s?(?: ?(?:years?(?: old)?|year[ -]olds?|yrs?))?"
_RUNS: tuple[tuple[str, Callable[[int, int], tuple[int, int]]], ...] = (
    (rf"(?:from |between )?{_NUMBER} ?(?:to|-|and) ?{_NUMBER}", lambda low, high: (low, high)),
    (rf"(?:under|below|less than|younger than|<) ?{_NUMBER}", lambda end, _: (0, end - 1)),
    (rf"(?:up to|<=|≤) ?{_NUMBER}", lambda high, _: (0, high)),
    (rf"{_NUMBER} ?(?:and|or) (?:below|fewer|less|under|younger)", lambda high, _: (0, high)),
    (rf"(?:over|above|more than|older than|>) ?{_NUMBER}", lambda start, _: (start + 1, OLDEST)),
    (rf"(?:>=|≥) ?{_NUMBER}", lambda low, _: (low, OLDEST)),
    (rf"{_NUMBER} ?(?:\+|plus|(?:and|or) (?:above|more|older|over))", lambda low, _: (low, OLDEST)),
    (_NUMBER, lambda only, _: (only, only)),
)


def band_of(label: str) -> tuple[int, int] | None:
    """
    Return the first and the last whole number that *label*, in small letters, stands for; nothing if it is no run.

    Read are "18 to 24", "18-24", "under 18", "<18", "up to 17", "17 or younger", "over 24", ">24", "25+", "25 and
    over", "25 or more" and "18", with "aged" before, and an s or "years" behind it.
    """
    for shape, reads in _RUNS:
        if found := re.fullmatch(rf"(?:aged? )?{shape}{_AFTER}", label):
            numbers = [int(number) for number in found.groups()]
            low, high = reads(numbers[0], numbers[-1])
            return (low, high) if low <= high else None
    return None


def small_between(cells: Iterable[Cell], smallest: int) -> list[Cell]:
    """
    Return the cells whose group holds others of which from one to fewer than *smallest* people less are printed.

    All count the same people at the same point and differ in one label alone, in whichever tables they stand. Groups
    that lie end to end are one group, too, and what is left of a group is one: 18 to 24 without 18 to 20 and 21 to 22
    is 23 to 24. Nobody in between is allowed, and so is *smallest*. What is hidden takes no part.
    """
    bands: dict[object, list[_Group]] = {}
    for cell in cells:
        for variable, label in cell.key.labels:
            band, count = band_of(label), cell.known
            if band and count is not None and not cell.is_score:
                others = cell.key.labels - {(variable, label)}
                beside = bands.setdefault((cell.key.population, variable, others), [])
                beside.append(_Group(band[0], band[1] + 1, count, cell))
    few = chain.from_iterable(_few(beside, smallest) for beside in bands.values())
    found = {cell.row: cell for cell in few}
    return [found[row] for row in sorted(found)]


@dataclass(frozen=True)
class _Group:
    """How many are from *start* to before *end*. One that ends before it starts takes as many away."""

    start: int
    end: int
    count: int
    cell: Cell

    @property
    def width(self) -> int:
        return self.end - self.start

    def __neg__(self) -> _Group:
        return _Group(self.end, self.start, -self.count, self.cell)

    def __add__(self, after: _Group) -> _Group:
        """Return the group of both, which meet. It is told by the wider of them."""
        wider = max(self, after, key=lambda group: abs(group.width))
        return _Group(self.start, after.end, self.count + after.count, wider.cell)

    def holds(self, other: _Group) -> bool:
        """Return whether every number of the *other* group, which is not the same, is one of this."""
        return self.start <= other.start and other.end <= self.end


def _told(printed: Iterable[_Group]) -> Mapping[tuple[int, int], _Group]:
    """Return the *printed* groups and all that they tell, by where each starts and ends. Of two alike, the first."""
    told: dict[tuple[int, int], _Group] = {}
    for group in printed:
        for each in (group, -group):
            told.setdefault((each.start, each.end), each)
    points = sorted({start for start, _ in told})
    for by, start, end in product(points, repeat=3):
        if (start, by) in told and (by, end) in told:
            told.setdefault((start, end), told[start, by] + told[by, end])
    return told


def _few(printed: Sequence[_Group], smallest: int) -> Iterator[Cell]:
    """Yield what tells of a few: a group that follows from the *printed* ones, or one around another."""
    told = _told(printed)
    groups = [group for group in told.values() if group.width > 0]
    for group in groups:
        shown = (one for one in printed if one.count and group.start <= one.start and one.end <= group.end)
        if 1 <= group.count < smallest and not any(shown):
            yield group.cell
    for wide, part in permutations(groups, 2):
        if 1 <= wide.count - part.count < smallest and wide.holds(part) and (wide.start, part.start) not in told:
            yield wide.cell
