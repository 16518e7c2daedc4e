"""
The primitives about what a text says; part of the closed set of :mod:`dpia_checks.rules`.

The text is judged in Python and not by the engine: engines disagree on patterns, and none can work out a check digit.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import narwhals as nw

from dpia_checks.engines import Frame, collected, where
from dpia_checks.names import naming_any, words_of
from dpia_checks.rules import is_blank

SHORTEST_HASH = 8
"""A shorter text is the start of some hash by chance."""


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


def where_hashed(frame: Frame, column: str, people: Frame, names: Sequence[str], hashes: Sequence[str]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* is the plain hash of a cell of *people*, by one of *hashes*.

    The *names* are the columns of *people* that are tried: each cell as it is, in capitals and in small letters, a day
    also with the day first or without signs. The hash may be cut short, to eight signs or more, and in capitals. A hash
    of a cell with something added is another hash. An empty cell has no hash, and an empty *column* is none.
    """
    cells = set().union(*(_distinct(people, name) for name in names))
    texts = {text.encode() for cell in cells for text in _spelt(cell)}
    known = {hashlib.new(kind, text).hexdigest() for text in texts for kind in hashes}
    return where_text(frame, column, _is_start_of(known))


def _distinct(frame: Frame, column: str) -> set[Any]:
    """Return the distinct cells of *column* that are not empty: what is empty differs between engines."""
    written = frame.select(nw.col(column)).filter(~is_blank(column)).unique()
    return set(collected(written).to_arrow()[column].to_pylist())


def _spelt(cell: object) -> set[str]:
    if isinstance(cell, datetime):
        return {cell.strftime(shape) for shape in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d%m%Y")}
    text = str(cell).strip()
    return {text, text.upper(), text.lower()}


def _is_start_of(known: set[str]) -> Callable[[str], bool]:
    """Return what says whether a text of eight signs or more is the start of one of *known*."""
    ordered = sorted(known)

    def says(text: str) -> bool:
        start = text.strip().lower()
        place = bisect_left(ordered, start)
        return len(start) >= SHORTEST_HASH and place < len(ordered) and ordered[place].startswith(start)

    return says


def where_numbered(frame: Frame, column: str, run: int) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* ends in a number that stands in a row of *run* numbers or more.

    A row of numbers is one after the other, behind the same other signs, anywhere in *column* and in any order.
    An empty cell and one that ends in no digit are in none.
    """
    found = {_number(text) for text in _distinct(frame, column)}

    def says(text: str) -> bool:
        rest, number = _number(text)
        if number is None:
            return False
        windows = (range(number - back, number - back + run) for back in range(run))
        return any(all((rest, each) in found for each in window) for window in windows)

    return where_text(frame, column, says)


def _number(text: str) -> tuple[str, int | None]:
    """Return what stands before the digits at the end of *text*, and their number."""
    rest = text.strip().rstrip("0123456789")
    digits = text.strip()[len(rest) :]
    return rest, int(digits) if digits else None
