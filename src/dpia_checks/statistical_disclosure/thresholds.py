"""What a single table shows too plainly: a count of a few people, or a group that is all alike."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from math import ceil, floor

from dpia_checks.statistical_disclosure.bounds import Bounds, bounds_of, remainders_of
from dpia_checks.statistical_disclosure.tables import (
    EVERYONE,
    PARTIAL,
    ZERO,
    Cell,
    Key,
    by_table,
    lines_of,
    with_bases,
    with_sums,
    with_totals,
)


def small(cells: Sequence[Cell], smallest: int) -> list[Cell]:
    """
    Return the cells that show from one to fewer than *smallest* people, as a count or as a percentage.

    Nought is not small: it counts nobody. *smallest* itself is allowed. A percentage is turned back into
    the counts that it can stand for; it is small when every one of them is. A total that is not printed is what
    all tables together leave it to be.
    """
    totals = _counts(cells)
    told = bounds_of(with_bases(cells)) if any(_is_of_no_printed_total(cell, totals) for cell in cells) else {}
    return [
        cell
        for cell in cells
        if _is_small(possible_counts(cell, totals), smallest)
        or (_is_of_no_printed_total(cell, totals) and _is_small(_whole(told[cell.key]), smallest))
    ]


def _is_of_no_printed_total(cell: Cell, totals: Mapping[Key, int]) -> bool:
    return cell.known is None and cell.share is not None and cell.share.of not in totals


def _whole(bounds: Bounds | None) -> range:
    return range(0) if bounds is None else range(bounds.low, bounds.high + 1)


def small_remainders(cells: Sequence[Cell], smallest: int) -> list[Cell]:
    """
    Return the totals that count from one to fewer than *smallest* people whom no cell of their line shows.

    Those are read off by taking the line away from its total. What is hidden takes part with all it can be:
    the remainder is small when everything that it can be is. Nobody left over, and *smallest*, are allowed.
    Each table is judged by itself and together with all others, which may not add up. A total that a table does not
    print and another does, of the same people at the same point, is judged as if both did; one of which it prints a
    percentage and nobody the count, as far as the percentages tell it, at the first of them.
    """
    full = with_totals(cells)
    judged = [left for some in (*by_table(full).values(), full, cells) for left in remainders_of(some)]
    found = {total.row: total for total, left in judged if _is_small(_whole(left), smallest)}
    return sorted(found.values(), key=lambda cell: cell.row)


def small_besides(cells: Iterable[Cell], smallest: int) -> list[Cell]:
    """
    Return the cells that leave over from one to fewer than *smallest* people of a total declared to be no sum.

    Whatever the other rows are, each counts some of those whom its total counts: of 40 people 37 leave three. The total
    may stand in another table, where its own prints none, and a percentage tells it where nobody prints it. A line
    with more people than its total counts something else than people, and nobody is left over. A total of the same
    table without the declaration is left to :func:`small_remainders`.
    """
    cells = [cell for cell in cells if not cell.is_score]
    everywhere = _counts(cells)
    found = []
    for table in by_table(cells).values():
        if any(cell.by_definition == PARTIAL for cell in table):
            added_up = {cell.key for cell in table if cell.is_margin and cell.by_definition != PARTIAL}
            totals = {**everywhere, **_counts(table)}
            found += [cell for cell in table if any(_is_small(own, smallest) for own in _left(cell, totals, added_up))]
    return sorted(found, key=lambda cell: cell.row)


def _counts(cells: Iterable[Cell]) -> dict[Key, int]:
    return {cell.key: cell.known for cell in cells if cell.known is not None}


def _left(cell: Cell, totals: Mapping[Key, int], added_up: Container[Key]) -> Iterable[range]:
    """Return how many people *cell* can leave over of each total that it is a part of, but for those *added_up*."""
    counts = possible_counts(cell, totals)
    wholes = _wholes(cell, totals) if counts else ()
    return [range(whole[0] - counts[-1], whole[-1] - counts[0] + 1) for of, whole in wholes if of not in added_up]


def _wholes(cell: Cell, totals: Mapping[Key, int]) -> Iterable[tuple[Key, range]]:
    """Yield each total that *cell* is a part of, with what it can be: as printed, or as a count and its share tell."""
    for of, count in totals.items():
        if of.population == cell.key.population and of.labels < cell.key.labels:
            yield of, range(count, count + 1)
    share = cell.share
    if cell.known is not None and share is not None and share.of not in totals and share.low > 0:
        yield share.of, range(ceil(cell.known / share.high), floor(cell.known / share.low) + 1)


def _is_small(counts: range, smallest: int) -> bool:
    return bool(counts) and counts[0] >= 1 and counts[-1] < smallest


def possible_counts(cell: Cell, totals: Mapping[Key, int]) -> range:
    """
    Return the counts that *cell* shows: one for a printed count, several for a rounded percentage.

    None for a cell that shows nothing, or whose percentage is of a total that is not printed.
    """
    if cell.known is not None:
        return range(cell.known, cell.known + 1)
    if cell.share is None or cell.share.of not in totals:
        return range(0)
    total = totals[cell.share.of]
    return range(ceil(cell.share.low * total), floor(cell.share.high * total) + 1)


def all_alike(cells: Iterable[Cell]) -> list[Cell]:
    """
    Return the cells that hold everybody of their line, so that all of a group are shown to be alike.

    A line is a row or a column, whether its table prints a total of it or not, or anything else of it. Its cell holds
    everybody when it equals the total, when its percentage is a hundred, or when every other cell of the line is
    nought. What all tables together leave a number to be is as good as printed, so the cell itself may be hidden, and
    the others, too. A line of nobody tells nothing. Not returned is what is declared to hold for everybody by
    definition, or whose other cells are all nought by definition.

    Where a line says of somebody only what none of them is, nought of twelve or nought per cent and no other answer,
    its noughts are returned: all of them are alike in that.

    A mean at the very end of its scale is found as well: nobody can have scored anything else.
    """
    cells = list(cells)
    totals = _counts(cells)
    known = {key: told for key, told in bounds_of(with_sums(cells)).items() if told is not None}
    counts = {key: told.low for key, told in known.items() if not told.apart}
    found = {cell.row: cell for cell in cells if cell.is_score and _is_nobody(cell, totals)}
    lines = list(lines_of(cells))
    for total, parts in lines:
        found |= {cell.row: cell for cell in parts if _holds_everybody(cell, total, parts, counts)}
    nobody = {cell.key for cell in cells if cell.known == 0}
    for total, parts in _below(line for line in lines if line[0] not in nobody):
        if _is_of_somebody(total, parts, known) and all(_is_nought(cell, total, counts) for cell in parts):
            found |= {cell.row: cell for cell in parts if cell.by_definition != ZERO}
    return sorted(found.values(), key=lambda cell: cell.row)


def _is_nobody(cell: Cell, totals: Mapping[Key, int]) -> bool:
    """Whether nobody of somebody is left off the end of a scale. Of a total that is not printed only nought is."""
    assert cell.share is not None
    if cell.by_definition == EVERYONE or totals.get(cell.share.of) == 0:
        return False
    counts = possible_counts(cell, totals)
    return counts[-1] == 0 if counts else cell.share.high == 0


def _holds_everybody(cell: Cell, total: Key, parts: Sequence[Cell], counts: Mapping[Key, int]) -> bool:
    own, everybody = counts.get(cell.key) if cell.known is None else cell.known, counts.get(total)
    if cell.by_definition == EVERYONE or own == 0 or everybody == 0:
        return False
    others = [other for other in parts if other.key != cell.key]
    if others and all(other.by_definition == ZERO and not other.known for other in others):
        return False
    if own is not None and everybody is not None:
        return own == everybody
    if cell.share is not None and cell.share.of == total and cell.share.high == 1:
        possible = possible_counts(cell, counts)
        return not possible or possible[0] == everybody
    return bool(others) and all(counts.get(other.key) == 0 for other in others)


def _below(lines: Iterable[tuple[Key, Sequence[Cell]]]) -> Iterable[tuple[Key, list[Cell]]]:
    """Return each total with the cells of one and the same variables that any table has below it."""
    below: dict[object, tuple[Key, list[Cell]]] = {}
    for total, parts in lines:
        for cell in (part for part in parts if not part.is_score):
            variables = frozenset(variable for variable, _ in cell.key.labels)
            below.setdefault((total, variables), (total, []))[1].append(cell)
    return below.values()


def _is_of_somebody(total: Key, parts: Iterable[Cell], known: Mapping[Key, Bounds]) -> bool:
    """Whether a line has people in it: its total shows that, or a percentage, which is of somebody."""
    is_counted = total in known and known[total].low > 0
    return is_counted or any(cell.share is not None and cell.share.of == total for cell in parts)


def _is_nought(cell: Cell, total: Key, counts: Mapping[Key, int]) -> bool:
    """Whether a count shows nobody. A percentage of a total that is not printed does when it is nought."""
    own = counts.get(cell.key) if cell.known is None else cell.known
    if own is not None or cell.share is None:
        return own == 0
    possible = possible_counts(cell, counts)
    return possible == range(1) if possible else cell.share.of == total and cell.share.low == 0


def marks_by_table(cells: Iterable[Cell]) -> dict[tuple[str, str], set[str]]:
    """Return the marks that stand in place of a hidden number, by table. An empty mark is one of its own."""
    marks: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        if cell.is_hidden:
            marks.setdefault(cell.table, set()).add(cell.mark)
    return marks
