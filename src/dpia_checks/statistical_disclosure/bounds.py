"""
What somebody who reads every table can work out about the numbers that were left out.

Each number about a population is one unknown of a linear program, whichever tables print it. What is
printed fixes it; totals tie it to others; a printed percentage ties it to its total. The least and the
greatest value that fit are what an outsider knows. A later count that includes everybody of an earlier one
is no smaller, label by label, so both are judged in one program. One model serves all questions: each solution starts
from the last one, which is what makes hundreds of questions cheap.

The bounds are those of fractions, rounded inwards to whole people. For counts in tables with two directions they
are exact; with more, an outsider who tries whole numbers could at times do a little better. Where a percentage is of a
total that is hidden, whole numbers tell much more, since 14.3 per cent of fewer than ten is one of seven, so there
they are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, floor

import highspy
import numpy as np

from dpia_checks.statistical_disclosure.marks import span_of
from dpia_checks.statistical_disclosure.tables import (
    Cell,
    Key,
    Population,
    rests_of,
    sums,
    unprinted_sums_by_table,
)

Line = tuple[Key, Sequence[Key]]
"""A total and what adds up to it."""
SLACK = 1e-6
"""What the solver may be off by: less than a person by far."""
ANYTHING = (0.0, highspy.kHighsInf)
"""The least and greatest value of a number of which nothing is known."""
UNLIMITED = 10**9
"""What stands for "no upper limit": more people than any table of these evaluations counts."""
PRIMAL = 4
"""HiGHS's primal simplex: a new question changes what is sought and not what fits, so the last answer still fits."""


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest count that fit everything printed."""

    low: int
    high: int

    @property
    def apart(self) -> int:
        """How far the two lie apart; nought when the count can be worked out."""
        return self.high - self.low


class DoesNotAddUp(Exception):
    """No numbers fit everything printed, so nothing can be said of what was left out."""


class Attack:
    """
    Printed tables of one population, or of several that include each other, ready to be asked what each number can be.

    Args:
        known: The least and greatest value that are known beforehand, by key. A key that only the
            sums name may be anything from nought.
        sums: Totals, each with the keys that add up to it.
        shares: Counts that lie between two fractions of a total: count, total, lower, upper.
        grown: Numbers that are no smaller than an earlier one: the earlier, the later.
        whole: Whether to try whole numbers only, which takes longer.
    """

    def __init__(
        self,
        known: Mapping[Key, tuple[float, float]],
        sums: Iterable[tuple[Key, Sequence[Key]]],
        shares: Iterable[tuple[Key, Key, float, float]] = (),
        grown: Iterable[tuple[Key, Key]] = (),
        *,
        whole: bool,
    ) -> None:
        self._solver = highspy.Highs()
        self._solver.passOptions(_options())
        self._places: dict[Key, int] = {}
        for key, between in known.items():
            self._place(key, between)
        for total, parts in sums:
            self._tie(0, 0, {total: -1.0} | dict.fromkeys(parts, 1.0))
        for count, total, low, high in shares:
            self._tie(0, highspy.kHighsInf, {count: 1.0, total: -low})
            self._tie(-highspy.kHighsInf, 0, {count: 1.0, total: -high})
        for earlier, later in grown:
            self._tie(0, highspy.kHighsInf, {later: 1.0, earlier: -1.0})
        for place in self._places.values() if whole else ():
            self._solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)

    def _place(self, key: Key, between: tuple[float, float] = ANYTHING) -> int:
        if key not in self._places:
            self._places[key] = len(self._places)
            self._solver.addVar(*between)
        return self._places[key]

    def _tie(self, low: float, high: float, weights: Mapping[Key, float]) -> None:
        places = np.array([self._place(key) for key in weights])
        self._solver.addRow(low, high, len(places), places, np.array(list(weights.values())))

    def bounds(self, key: Key) -> Bounds:
        """
        Return what *key* can be.

        Raises:
            DoesNotAddUp: Nothing fits what is printed.
        """
        place = self._places[key]
        self._solver.changeColCost(place, 1.0)
        low = self._best(highspy.ObjSense.kMinimize)
        high = self._best(highspy.ObjSense.kMaximize)
        self._solver.changeColCost(place, 0.0)
        return Bounds(ceil(low - SLACK), floor(high + SLACK))

    def _best(self, sense: highspy.ObjSense) -> float:
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return float(UNLIMITED)
        if status != highspy.HighsModelStatus.kOptimal:
            raise DoesNotAddUp
        best: float = self._solver.getInfo().objective_function_value
        return best


def _options() -> highspy.HighsOptions:
    options = highspy.HighsOptions()
    options.output_flag = False
    options.presolve = "off"
    options.simplex_strategy = PRIMAL
    return options


def attack(
    cells: Sequence[Cell],
    marks: Mapping[str, tuple[float, float]] | None = None,
    tied: Iterable[tuple[Key, Sequence[Key]]] | None = None,
) -> Attack:
    """
    Return the attack on *cells*, which are of one population or of several that include each other.

    *marks* says what a mark in place of a number gives away by itself; one that it leaves out, what is written in it.
    *tied* are the totals with what adds up to them; left out, each printed total is the sum of what its table shows.
    Two different counts printed for one number fit nothing.
    """
    known: dict[Key, tuple[float, float]] = {}
    for cell in cells:
        low, high = ANYTHING
        if cell.is_hidden:
            low, high = (marks or {}).get(cell.mark, span_of(cell.mark) or ANYTHING)
        if cell.known is not None:
            low = high = cell.known
        before = known.get(cell.key, ANYTHING)
        known[cell.key] = max(low, before[0]), min(high, before[1])
    for of in (cell.share.of for cell in cells if cell.share and cell.share.low > 0):  # nothing is a part of nobody
        low, high = known.get(of, ANYTHING)
        known[of] = max(low, 1.0), high
    shares = [(cell.key, cell.share.of, float(cell.share.low), float(cell.share.high)) for cell in cells if cell.share]
    grown = {(cell.earlier, cell.key) for cell in cells if cell.earlier in known}
    whole = any(low != high for low, high in (known.get(of, ANYTHING) for _, of, _, _ in shares))
    return Attack(known, sums(cells) if tied is None else tied, shares, sorted(grown, key=repr), whole=whole)


def bounds_of(
    cells: Iterable[Cell], marks: Mapping[str, tuple[float, float]] | None = None
) -> dict[Key, Bounds | None]:
    """
    Return what each number that *cells* name can be; none where the printed tables do not add up.

    A table that prints no total is added up as well. Where nothing fits that, one of them counts others than the rest,
    and nobody knows which: each is left out in turn, and of what fits the closest counts. Where nothing fits either,
    only the totals that are printed are believed.
    """
    found: dict[Key, Bounds | None] = {}
    for own in _together(cells):
        printed, added = list(sums(own)), list(unprinted_sums_by_table(own))
        told = _told(own, attack(own, marks, chain(printed, *added)))
        if None in told.values():
            each = [_told(own, attack(own, marks, chain(printed, lines))) for lines in _without_one(added)]
            told = _closest(each) or _told(own, attack(own, marks))
        found |= told
    return found


def _closest(each: Iterable[Mapping[Key, Bounds | None]]) -> dict[Key, Bounds | None]:
    """Return of each number the bounds that lie closest, of those readings that fit; nothing when none does."""
    fitting = [told for told in each if None not in told.values()]
    sure = [{key: known for key, known in told.items() if known is not None} for told in fitting]
    keys = dict.fromkeys(chain(*sure))
    return {key: min((told[key] for told in sure), key=lambda known: known.apart) for key in keys}


def _told(cells: Iterable[Cell], model: Attack) -> dict[Key, Bounds | None]:
    found: dict[Key, Bounds | None] = {}
    for cell in cells:
        if cell.key not in found:
            found[cell.key] = _bounds(model, cell)
    return found


def remainders_of(cells: Iterable[Cell]) -> list[tuple[Cell, Bounds]]:
    """
    Return each total with how many people it can count whom no cell of its line shows.

    Other tables that print no total are added up as in :func:`bounds_of`; where they do not agree on it, a total comes
    once for each of them that may be wrong. Left out are totals that are declared to be no sum, and all of a population
    whose tables fit nothing even so.
    """
    found: list[tuple[Cell, Bounds]] = []
    for own in _together(cells):
        added = list(unprinted_sums_by_table(own))
        each = (left for lines in _without_one(added) for left in _left_over(own, lines))
        found += _left_over(own, chain(*added)) or list(each) or _left_over(own, [])
    return found


def _left_over(cells: Sequence[Cell], more: Iterable[Line]) -> list[tuple[Cell, Bounds]]:
    lines = list(rests_of(cells))
    model = attack(cells, tied=[*((total.key, [*parts, rest]) for total, rest, parts in lines), *more])
    told = ((total, _asked(model, rest)) for total, rest, _ in lines)
    return [(total, bounds) for total, bounds in told if bounds is not None]


def _without_one(tables: Sequence[Sequence[Line]]) -> Iterator[Iterable[Line]]:
    """Yield the lines of all *tables* but one, each of them left out in turn."""
    for turn in range(len(tables)):
        yield chain(*tables[:turn], *tables[turn + 1 :])


def _together(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Return the cells of each population, with those of the populations that include it or that it includes."""
    groups: list[tuple[set[Population], list[Cell]]] = []
    for cell in cells:
        named = {cell.key.population} | ({cell.earlier.population} if cell.earlier else set())
        linked = [group for group in groups if group[0] & named]
        groups = [group for group in groups if group not in linked]
        groups.append((named.union(*(g[0] for g in linked)), [*(c for g in linked for c in g[1]), cell]))
    return [own for _, own in groups]


def _bounds(model: Attack, cell: Cell) -> Bounds | None:
    if cell.known is not None:
        return Bounds(cell.known, cell.known)
    return _asked(model, cell.key)


def _asked(model: Attack, key: Key) -> Bounds | None:
    try:
        return model.bounds(key)
    except DoesNotAddUp:
        return None
