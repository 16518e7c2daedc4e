"""
The primitives about what a text says; part of the closed set of :mod:`dpia_checks.rules`.

The text is judged in Python and not by the engine: engines disagree on patterns, and none can work out a check digit.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain, permutations
from typing import Any

import narwhals as nw

from dpia_checks.engines import Frame, collected, told, where
from dpia_checks.identifiers import heading
from dpia_checks.names import naming_any, words_of

SHOWN = re.compile(r"[0-9a-f]{8,16}")
"""The first sixteen signs of a hash, or the first eight of them: a shorter text is the start of some by chance."""
KEPT = 16
"""For how many extracts what was worked out is kept while the process runs: the same ones are asked about again."""
Cells = frozenset[Any]
Pairs = frozenset[tuple[str, ...]]
BETWEEN = ("", " ", ",", ", ", "_", ".", "-")
"""What may stand between two cells that were put together."""


def where_text(frame: Frame, column: str, says: Callable[[str], bool]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* says so. An empty cell says nothing.

    The text is judged here and not by the engine, since engines disagree on patterns and none can work out a
    check digit; each text once, and what comes out is rows.
    """
    return where(frame, column, says)


def where_named(frame: Frame, column: str, people: Frame, names: Sequence[str]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* names somebody of *people*, whose *names* are columns.

    A column of *names* may hold one name or several. Somebody whose names are all empty is named by nothing; see
    :func:`dpia_checks.names.naming_any` for what counts.
    """
    known = collected(people.select(*(nw.col(name) for name in names)))
    persons = {" ".join(name for name in person if isinstance(name, str)) for person in known.rows()}
    return where_text(frame, column, naming_any(map(words_of, persons)))


def where_hashed(
    frame: Frame, column: str, people: Frame, names: Sequence[str], hashes: Sequence[str], joined: Sequence[str] = ()
) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* is the plain hash of a cell of *people*, by one of *hashes*.

    The *names* are the columns of *people* that are tried: each cell as it is, in capitals and in small letters, a day
    also with the day first or without signs. Any two of the columns *joined* are tried together, see :data:`BETWEEN`.
    The hash may be cut short, to eight signs or more, and in capitals. A hash of a cell with something added is another
    hash. An empty cell has no hash, and an empty *column* is none.
    """
    made = _Hashes(_cells(people, names), _pairs(people, joined), tuple(hashes))
    beginnings = _beginnings(made.cells, made.pairs, made.kinds)

    def says(text: str) -> bool:
        start = text.strip().lower()
        return _begins(start, beginnings) and made.begin_with(start)

    return where_text(frame, column, says)


def where_copied(frame: Frame, column: str, people: Frame, names: Sequence[str], joined: Sequence[str] = ()) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* is a cell of *people*, forwards or backwards.

    The *names* are the columns of *people* that are tried, and any two of the columns *joined* together; a day also
    with the day first. Capitals, spaces and punctuation make no difference. An empty cell is no text, nor is one
    without a letter or digit, and an empty *column* is none.
    """
    known = _headings(_cells(people, names), _pairs(people, joined))
    return where_text(frame, column, lambda text: not known.isdisjoint({heading(text), heading(text)[::-1]}))


def _cells(people: Frame, names: Sequence[str]) -> Cells:
    """Return the cells of *names* that are not empty, of which engines have two kinds: nothing, and no number."""
    if not names:
        return frozenset()
    table = collected(people.select(*(nw.col(name) for name in names))).to_arrow()
    cells = frozenset(cell for name in names for cell in table[name].unique().to_pylist())
    return frozenset(cell for cell in cells if cell is not None and cell == cell)


def _pairs(people: Frame, joined: Sequence[str]) -> Pairs:
    """Return any two cells of *joined* that stand in one row of *people*, either first."""
    if len(joined) < 2:
        return frozenset()
    found = collected(people.select(*(nw.col(name) for name in joined)).unique()).to_arrow().to_pylist()
    written = ([cell for cell in row.values() if isinstance(cell, str) and cell] for row in found)
    return frozenset(pair for texts in written for pair in permutations(texts, 2))


def _texts(cells: Cells, pairs: Pairs) -> set[str]:
    together = (between.join(pair) for pair in pairs for between in BETWEEN)
    return {text for cell in chain(cells, together) for text in _spelt(cell)}


def _digests(cells: Cells, pairs: Pairs, kinds: Sequence[str]) -> Iterator[bytes]:
    texts = [text.encode() for text in _texts(cells, pairs)]
    return (hashlib.new(kind, text).digest() for kind in kinds for text in texts)


@dataclass(frozen=True)
class _Hashes:
    """The hashes of what is tried, by each of *kinds*. They are made once a text is asked about, also by a worker."""

    cells: Cells
    pairs: Pairs
    kinds: tuple[str, ...]

    def begin_with(self, start: str) -> bool:
        """Return whether one of the hashes begins so."""
        place = bisect_left(self._ordered, start)
        return place < len(self._ordered) and self._ordered[place].startswith(start)

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted({made.hex() for made in _digests(self.cells, self.pairs, self.kinds)})


@lru_cache(maxsize=KEPT)
def _beginnings(cells: Cells, pairs: Pairs, kinds: tuple[str, ...]) -> array[int]:
    """Return the first eight bytes of each hash as a number, in order: small, and enough to rule most texts out."""
    return array("Q", sorted({int.from_bytes(made[:8]) for made in _digests(cells, pairs, kinds)}))


def _begins(start: str, beginnings: array[int]) -> bool:
    """Say whether *start* is of eight signs or more, and begins as one of the hashes as far as *beginnings* go."""
    shown = start[:16]
    if not SHOWN.fullmatch(shown):
        return False
    place = bisect_left(beginnings, int(shown.ljust(16, "0"), 16))
    return place < len(beginnings) and beginnings[place] <= int(shown.ljust(16, "f"), 16)


@lru_cache(maxsize=KEPT)
def _headings(cells: Cells, pairs: Pairs) -> frozenset[str]:
    return frozenset(heading(text) for text in _texts(cells, pairs)) - {""}


def _spelt(cell: object) -> set[str]:
    if isinstance(cell, datetime):
        return {cell.strftime(shape) for shape in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d%m%Y")}
    text = str(cell).strip()
    return {text, text.upper(), text.lower()}


def where_numbered(frame: Frame, column: str, run: int, step: int) -> Frame:
    """
    Keep the rows of *frame* whose last number in *column* stands in a row of *run* numbers or more.

    A row of numbers has the same step between each two, of *step* or less, and the same other signs before and behind
    the number. It stands anywhere in *column* and in any order. An empty cell and one without a digit are in none.
    """
    found = {_number(text) for text in _cells(frame, [column])}
    starts = [(by, -back * by) for by in range(1, step + 1) for back in range(run)]

    def says(text: str) -> bool:
        last = _number(text)
        if last is None:
            return False
        rest, number = last
        rows = (range(number + start, number + start + run * by, by) for by, start in starts)
        return any(all((rest, each) in found for each in row) for row in rows)

    return where_text(frame, column, says)


def with_each_number(frame: Frame, column: str, digits: int, *, backwards: bool = False) -> Frame:
    """
    Return a row of *frame* for each number in *column* of so many *digits* or more, as it is written there.

    Noughts before a number are part of it. With *backwards*, a number stands there the other way round, too. An empty
    cell stays one row, and so does one without such a number, which is empty then.
    """

    def tells(text: str) -> list[str]:
        found = re.findall(rf"[0-9]{{{digits},}}", text)
        return sorted({*found, *(number[::-1] for number in found if backwards)})

    return told(frame, column, tells)


def _number(text: str) -> tuple[tuple[str, str], int] | None:
    """Return what stands before and behind the last digits of *text*, and their number; nothing without a digit."""
    last = re.search(r"[0-9]{1,18}(?=[^0-9]*\Z)", text.strip())
    if last is None:
        return None
    return (last.string[: last.start()], last.string[last.end() :]), int(last.group())


def where_within(frame: Frame, column: str, holders: Frame, folder: str) -> Frame:
    """
    Keep the rows of *frame* whose *column* is a *folder* of *holders*, or lies inside one.

    Capitals, spaces around a name, the way that slashes lean and one at the end make no difference. An empty cell is
    no folder and lies in none.
    """
    known = {_path(text) for text in _cells(holders, [folder])}
    return where_text(frame, column, lambda text: not known.isdisjoint(_and_above(_path(text))))


def where_holding(frame: Frame, column: str, held: Frame, folder: str) -> Frame:
    """Keep the rows of *frame* whose *column* is a *folder* of *held*, or one that holds it; see `where_within`."""
    known = {above for text in _cells(held, [folder]) for above in _and_above(_path(text))}
    return where_text(frame, column, lambda text: _path(text) in known)


def with_path(frame: Frame, column: str) -> Frame:
    """Write the paths in *column* of *frame* in one spelling; see `where_within`. One without a name is empty."""
    return told(frame, column, _spelling)


def with_each_folder(frame: Frame, column: str) -> Frame:
    """
    Return a row of *frame* for the path in *column* and for each folder that holds it, in one spelling.

    See `where_within` for spellings. An empty cell stays one row, and so does one without a name, which is empty then.
    """
    return told(frame, column, lambda text: ["/".join(path) for path in sorted(_and_above(_path(text)))])


def _spelling(text: str) -> list[str]:
    return ["/".join(names)] if (names := _path(text)) else []


def _path(text: str) -> tuple[str, ...]:
    """Return the names in a path, without what spellings of it differ in."""
    names = (name.strip() for name in text.casefold().replace("\\", "/").split("/"))
    return tuple(name for name in names if name not in {"", "."})


def _and_above(path: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {path[:length] for length in range(1, len(path) + 1)}
