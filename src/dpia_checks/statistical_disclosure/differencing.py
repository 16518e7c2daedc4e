"""
What two releases show when one is taken away from the other.

The same group is counted again a quarter later, or once more without a woman who withdrew. Each table
may be safe by itself; the difference counts those who came or went in between, and can be one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from dpia_checks.statistical_disclosure.bounds import Bounds
from dpia_checks.statistical_disclosure.tables import Cell, Key, with_sums


def small_differences(cells: Iterable[Cell], bounds: Mapping[Key, Bounds | None], smallest: int) -> list[Cell]:
    """
    Return the later cell of each pair whose difference is from one to fewer than *smallest* people.

    A pair counts the same group by the same labels, at two points or at one: a report that prints another count of
    what an earlier one printed shows who was taken out. No difference is allowed, and so is one of *smallest* or more.
    What is hidden takes part with all it can be: the difference is small when everything that it can be is. A total
    that one release prints and the other leaves to be added up takes part too, and so does one that both leave.

    Args:
        cells: The cells of a register that has earlier releases first.
        bounds: What each number can be.
        smallest: The fewest people that a difference may show.
    """
    same: dict[tuple[object, object], list[Cell]] = {}
    for cell in sorted(with_sums(cells), key=lambda cell: cell.row):
        same.setdefault((cell.key.population.counted, cell.key.labels), []).append(cell)
    later = {
        second.row: second
        for group in same.values()
        for first, second in combinations(group, 2)
        if _is_small(_shown(first, bounds), _shown(second, bounds), smallest)
    }
    return sorted(later.values(), key=lambda cell: cell.row)


def could_be_small(first: Bounds, second: Bounds, smallest: int) -> bool:
    """
    Return whether two counts that are shown differently may differ by from one to fewer than *smallest* people.

    Counts that are shown alike show no difference, whatever they are. Only what is shown decides, never the
    counts behind it: else somebody who knows this rule learns of the counts from what was released at all
    (K. Kenthapadi, N. Mishra and K. Nissim, "Simulatable auditing", 2005).
    """
    return first != second and max(second.low - first.high, first.low - second.high) < smallest


def _shown(cell: Cell, bounds: Mapping[Key, Bounds | None]) -> Bounds | None:
    return bounds[cell.key] if cell.known is None else Bounds(cell.known, cell.known)


def _is_small(first: Bounds | None, second: Bounds | None, smallest: int) -> bool:
    if first is None or second is None:
        return False
    low, high = second.low - first.high, second.high - first.low
    return 1 <= low <= high < smallest or -smallest < low <= high <= -1
