"""
Published tables as an outsider has them: cells, what is printed in each, and which add up to which.

A cell is known by whom it counts and by its labels, not by the table it is printed in. The same
women counted by borough in two tables, or in two reports, are one number to somebody who reads both, however
it is spelt: *Camden* in one is *CAMDEN* in the other.
A printed mean is turned back into two counts: how many scored more than the lowest, and less than the highest.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, product

from dpia_checks.identifiers import plain

ZERO, EVERYONE = "zero by definition", "everyone by definition"
PARTIAL = "not the sum of its rows"
"""What the register declares of a total whose rows are only some of its people, or count somebody twice."""
ABOVE, BELOW = ("score", "above the lowest"), ("score", "below the highest")
"""The labels of the counts that a mean is turned back into."""
SOMEBODY = Fraction(1, 10**9)
"""So small a part of everybody that it rounds up to one person."""
DIRECTIONS = {"none": ("row", "column"), "row": ("row",), "column": ("column",), "both": ()}
"""Which of its two labels a cell keeps: a row total has no label of a column, a grand total has neither."""

Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Population:
    """Whom a table counts, and at what point: "women referred", "to July 2020"."""

    counted: str
    as_at: str


@dataclass(frozen=True)
class Key:
    """One number about one population: the people in it who have all of these labels."""

    population: Population
    labels: Labels


@dataclass(frozen=True)
class Share:
    """A printed percentage: of which total, and between which two fractions of it the count lies."""

    of: Key
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Cell:
    """
    One cell of one printed table; ``row`` is its position in the register.

    ``count`` is empty when no count is printed. ``share`` is what a printed percentage says.
    ``by_definition`` is the declared reason why a zero, or a whole, tells nobody anything new.
    ``includes`` names the point of an earlier count of the same kind, everybody of whom is counted again.
    ``is_score`` is true of a count that is not printed, and follows from a printed mean.
    """

    row: int
    table: tuple[str, str]
    key: Key
    is_margin: bool
    count: int | None = None
    share: Share | None = None
    mark: str = ""
    by_definition: str = ""
    includes: str = ""
    is_score: bool = False

    @property
    def earlier(self) -> Key | None:
        """The number that this one has grown from, if the table says so."""
        return Key(Population(self.key.population.counted, self.includes), self.key.labels) if self.includes else None

    @property
    def is_hidden(self) -> bool:
        """Whether neither a count nor a percentage is printed, nor a reason why it can only be nought."""
        return self.count is None and self.share is None and self.by_definition != ZERO

    @property
    def is_marked(self) -> bool:
        """Whether a mark stands in place of the count, whatever is printed beside it."""
        return self.count is None and self.mark != "" and self.by_definition != ZERO

    @property
    def known(self) -> int | None:
        """The count that anybody can read off: printed, or nought by definition."""
        return 0 if self.count is None and self.by_definition == ZERO else self.count


def cells_of(lines: Iterable[Mapping[str, object]]) -> tuple[list[Cell], list[int]]:
    """
    Return the cells of a register of published cells, and the positions of lines that name no place.

    A line that prints a mean gives three cells: its own, and the two counts that the mean gives away.
    """
    cells: list[Cell] = []
    unplaced: list[int] = []
    for line in lines:
        cell = _cell(line)
        if cell is None:
            unplaced.append(int(str(line["row"])))
        else:
            cells += [cell, *_scores(line, cell)]
    return cells, unplaced


def _cell(line: Mapping[str, object]) -> Cell | None:
    margin = line["margin"]
    if margin is None or not (line["table_name"] and line["counted"] and line["as_at"]):
        return None
    ways = DIRECTIONS[str(margin)]
    if any((line[f"{way}_variable"] is None) != (line[f"{way}_label"] is None) for way in ways):
        return None
    key = Key(Population(_spelt(line["counted"]), _spelt(line["as_at"])), _labels(line, ways))
    share = _share(line, key)
    if (margin == "none" and not key.labels) or _is_of_no_total(line, share):
        return None
    count = line["count"]
    return Cell(
        row=int(str(line["row"])),
        table=(_spelt(line["report_id"]), _spelt(line["table_name"])),
        key=key,
        is_margin=margin != "none",
        count=None if count is None else int(str(count)),
        share=share,
        mark=str(line["mark"] or ""),
        by_definition=str(line["structural"] or ""),
        includes=_spelt(line["includes"] or ""),
    )


def _labels(line: Mapping[str, object], ways: Iterable[str]) -> Labels:
    """Return the labels of some directions. A list has one direction: of the other there is nothing to keep."""
    named = [way for way in ways if line[f"{way}_variable"]]
    return frozenset((_spelt(line[f"{way}_variable"]), _spelt(line[f"{way}_label"])) for way in named)


def _spelt(text: object) -> str:
    """Return *text* without what a reader takes for nothing: capitals, more than one space, another kind of dash."""
    return " ".join(plain(str(text)).casefold().split())


def _share(line: Mapping[str, object], own: Key) -> Share | None:
    """Return what a percentage printed with so many decimals says: half a step either way. Of itself, nothing."""
    if line["percentage"] is None or line["percentage_of"] is None:
        return None
    printed, half = Fraction(str(line["percentage"])), _half_step(line["percentage"], line["decimals"])
    ways = DIRECTIONS[str(line["percentage_of"]).removesuffix(" total").replace("grand", "both")]
    total = Key(own.population, _labels(line, ways))
    low, high = max(Fraction(0), (printed - half) / 100), min(Fraction(1), (printed + half) / 100)
    return None if total == own else Share(total, low, high)


def _is_of_no_total(line: Mapping[str, object], share: Share | None) -> bool:
    """Whether nothing but a percentage is printed, and nothing says of what. All of a total is of itself."""
    if line["count"] is not None or line["percentage"] is None or share is not None:
        return False
    return line["percentage"] != 100 or (line["percentage_of"] is None and line["margin"] == "none")


def _half_step(printed: object, decimals: object) -> Fraction:
    """Return half of the last place printed. Where nobody wrote down which that is, the number shows it."""
    shown = len(str(printed).partition(".")[2].rstrip("0")) if decimals is None else int(str(decimals))
    return Fraction(1, 2 * 10**shown)


def _scores(line: Mapping[str, object], own: Cell) -> list[Cell]:
    """
    Return how many of those behind a printed mean scored more than the lowest, and less than the highest.

    Scores are whole numbers. Somebody above the lowest adds from one to the whole scale to the sum, so the sum
    bounds how many they are. An end of the scale that is not stated bounds nothing.
    """
    if line["mean"] is None:
        return []
    half = _half_step(line["mean"], line["mean_decimals"])
    mean = Fraction(str(line["mean"]))
    ends = [None if line[name] is None else int(str(line[name])) for name in ("scale_low", "scale_high")]
    steps = None if None in ends else Fraction(ends[1] - ends[0])  # type: ignore[operator]
    found = []
    if ends[0] is not None:
        found.append(_score(own, ABOVE, mean - half - ends[0], mean + half - ends[0], steps))
    if ends[1] is not None:
        found.append(_score(own, BELOW, ends[1] - mean - half, ends[1] - mean + half, steps))
    return found


def _score(own: Cell, label: tuple[str, str], least: Fraction, most: Fraction, steps: Fraction | None) -> Cell:
    """Return the count of those who lie off one end of the scale, by *least* to *most* on average over everybody."""
    fewest = max(Fraction(0), least / steps) if steps else SOMEBODY if least > 0 else Fraction(0)
    share = Share(own.key, fewest, min(Fraction(1), max(Fraction(0), most)))
    key = Key(own.key.population, own.key.labels | {label})
    table = (own.table[0], f"{own.table[1]}, {label[1]}")
    return Cell(own.row, table, key, False, share=share, by_definition=own.by_definition, is_score=True)


def by_table(cells: Iterable[Cell]) -> dict[tuple[tuple[str, str], Population], list[Cell]]:
    """Return the cells of each printed table, one group for each population in it."""
    tables: dict[tuple[tuple[str, str], Population], list[Cell]] = {}
    for cell in cells:
        tables.setdefault((cell.table, cell.key.population), []).append(cell)
    return tables


def sums(cells: Iterable[Cell]) -> Iterator[tuple[Key, list[Key]]]:
    """
    Yield each total of each table with what adds up to it: its inner cells, or the totals below it where it has none.

    A total that is declared to be no sum is left out.
    """
    for table in by_table(cells).values():
        for total in table:
            if total.is_margin and total.by_definition != PARTIAL:
                lines = _lines_below(total, table)
                yield from ((total.key, line) for line in ([lines[""]] if "" in lines else lines.values()))


def unprinted_sums(cells: Iterable[Cell]) -> Iterator[tuple[Key, list[Key]]]:
    """
    Yield each total that a table does not print, with the inner cells that add up to it: another may print it.

    Only of a table that shows every label that any table of the same population has, but for one that is said to be
    nobody's: of another, somebody may be in no cell. One label alone is no sum, and a table with a total that is
    declared to be no sum adds up to nothing.
    """
    yield from chain.from_iterable(unprinted_sums_by_table(cells))


def unprinted_sums_by_table(cells: Iterable[Cell]) -> Iterator[list[tuple[Key, list[Key]]]]:
    """Yield the same for each table that has any."""
    cells = [cell for cell in cells if not cell.is_score]
    nobody = {(cell.key.population, cell.key.labels) for cell in cells if cell.known == 0}
    ways: dict[tuple[Population, str], set[str]] = {}
    for own in (cell.key for cell in cells):
        for variable, label in own.labels:
            if (own.population, frozenset({(variable, label)})) not in nobody:
                ways.setdefault((own.population, variable), set()).add(label)
    for table in by_table(cells).values():
        lines = [] if any(cell.by_definition == PARTIAL for cell in table) else _below_unprinted(table)
        if whole := [line for line in lines if _is_whole(*line, ways)]:
            yield whole


def with_sums(cells: Iterable[Cell]) -> list[Cell]:
    """Return *cells*, and the totals that none of them prints and those of a table add up to, at the first of these."""
    cells = list(cells)
    shown = {cell.key: (cell.row, cell.known) for cell in reversed(cells) if cell.known is not None}
    printed = {cell.key for cell in cells}
    found: dict[Key, Cell] = {}
    for total, parts in unprinted_sums(cells):
        if total not in printed and all(part in shown for part in parts):
            own = [shown[part] for part in set(parts)]
            count = sum(count for _, count in own)
            found.setdefault(total, Cell(min(own)[0], ("", ""), total, is_margin=True, count=count))
    return [*cells, *found.values()]


def _below_unprinted(table: Sequence[Cell]) -> Iterator[tuple[Key, list[Key]]]:
    lines: dict[Key, list[Key]] = {}
    for key in (cell.key for cell in table if not cell.is_margin):
        for size in range(len(key.labels)):
            for kept in combinations(sorted(key.labels), size):
                lines.setdefault(Key(key.population, frozenset(kept)), []).append(key)
    printed = {cell.key for cell in table}
    yield from ((total, parts) for total, parts in lines.items() if total not in printed)


def _is_whole(total: Key, parts: Sequence[Key], ways: Mapping[tuple[Population, str], set[str]]) -> bool:
    """Whether *parts* are of the same variables, and have every label of them."""
    shown = {part.labels - total.labels for part in parts}
    variables = {frozenset(variable for variable, _ in labels) for labels in shown}
    if len(variables) > 1 or len(shown) == 1:
        return False
    of = total.population
    each = ([(variable, label) for label in ways.get((of, variable), ())] for variable in next(iter(variables)))
    return all(frozenset(line) in shown for line in product(*each))


def rests_of(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Key, list[Key]]]:
    """
    Yield each total with the key of those whom its line leaves out, and the numbers of the line.

    The line of a grand total is the inner cells, and again the totals of the rows, and of the columns. Left out is
    a total that is declared to be no sum.
    """
    for table in by_table(cells).values():
        for total in table:
            if total.is_margin and total.by_definition != PARTIAL:
                yield from ((total, _rest(total, way), line) for way, line in _lines_below(total, table).items())


def with_totals(cells: Iterable[Cell]) -> list[Cell]:
    """
    Return *cells*, and in each table the totals that it does not print and another does, or that a percentage is of.

    Not in a table with a total that is declared to be no sum, nor in one of several lists below each other: those count
    somebody twice. One line suffices, since whom it leaves out need not be known.
    """
    cells = list(cells)
    found = []
    for (table, _), own in by_table(cell for cell in cells if not cell.is_score).items():
        lists = {frozenset(variable for variable, _ in cell.key.labels) for cell in own if not cell.is_margin}
        if len(lists) == 1 and all(cell.by_definition != PARTIAL for cell in own):
            missing = dict(_below_unprinted(own))
            elsewhere = (cell for cell in cells if cell.count is not None and cell.key in missing)
            totals = [replace(cell, table=table, is_margin=True, by_definition="") for cell in elsewhere]
            found += [*totals, *_bases(own, missing.keys() - {total.key for total in totals})]
    return [*cells, *found]


def _bases(table: Iterable[Cell], missing: Container[Key]) -> list[Cell]:
    """Return the totals that the percentages of a table are of and nobody prints, each where its first one stands."""
    first = {cell.share.of: cell for cell in reversed(list(table)) if cell.share and cell.share.of in missing}
    return [Cell(cell.row, cell.table, of, is_margin=True) for of, cell in first.items()]


def _lines_below(total: Cell, table: Iterable[Cell]) -> dict[str, list[Key]]:
    """Return the numbers that a total is divided into, one line for the inner cells and one for each direction."""
    lines: dict[str, list[Key]] = {}
    for cell in table:
        if cell.key.labels > total.key.labels:
            more = cell.key.labels - total.key.labels
            way = " and ".join(sorted(variable for variable, _ in more)) if cell.is_margin else ""
            lines.setdefault(way, []).append(cell.key)
    return lines


def _rest(total: Cell, way: str) -> Key:
    return Key(total.key.population, total.key.labels | {("in no cell of", " ".join((*total.table, way)))})


def with_bases(cells: Iterable[Cell]) -> list[Cell]:
    """
    Return *cells*, and the totals that no table prints but that a percentage is of, as hidden totals.

    Such a total is placed in each table that shows something in every cell below it, and a count in one of them:
    who has the table adds them up.
    """
    cells = list(cells)
    known = {cell.key for cell in cells if cell.known is not None}
    bases = {cell.share.of: None for cell in cells if cell.share and cell.share.of not in known}
    found = [
        Cell(0, table, of, is_margin=True)
        for (table, population), own in by_table(cells).items()
        for of in bases
        if of.population == population and _adds_up_to(of, own)
    ]
    return [*cells, *found]


def _adds_up_to(total: Key, table: Sequence[Cell]) -> bool:
    parts = [cell for cell in table if not cell.is_margin and cell.key.labels > total.labels]
    return (
        all(cell.key != total for cell in table)
        and not any(cell.is_hidden for cell in parts)
        and any(cell.known is not None for cell in parts)
    )


def lines_of(cells: Iterable[Cell]) -> Iterator[tuple[Key, list[Cell]]]:
    """Yield the number of each total of a table, printed or not, with the inner cells of its line."""
    for table in by_table(cells).values():
        totals = [cell.key for cell in table if cell.is_margin]
        unprinted = _below_unprinted([cell for cell in table if not cell.is_score])
        for total in chain(totals, (key for key, _ in unprinted)):
            if parts := [cell for cell in table if not cell.is_margin and cell.key.labels > total.labels]:
                yield total, parts
