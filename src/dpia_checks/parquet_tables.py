"""
A Parquet file that an engine scans where it lies: what its footer says, and none of its cells.

The footer gives each column's kind, and for each part of the file the least and the greatest value and how many
cells are empty. An engine that filters a scan reads no part that the footer rules out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pyarrow as pa
import pyarrow.parquet as pq

from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.schema import Column

TEXT, WHOLE, FRACTION, ANSWER = "text", "whole", "fraction", "answer"
DAY, MOMENT, INSTANT = "day", "moment", "instant"
"""The kinds of column. A moment is a day and time without a time zone; an instant has one."""
Range = tuple[Any, Any]
NUMBERS = frozenset({TEXT, WHOLE, FRACTION})
FITS: Mapping[str, frozenset[str]] = {
    "date": frozenset({TEXT, DAY, MOMENT}),
    "instant": frozenset({INSTANT}),  # one without a time zone is London's, which is worked out on text
    "integer": NUMBERS,
    "decimal": NUMBERS,
    "yes_no": frozenset({TEXT, ANSWER}),
}
"""The kinds of column whose values each type of the schema can be read from; any other type from text and whole."""


def kind_of(type: pa.DataType) -> str:
    """Return the kind of a column of the Arrow *type*; empty when an engine could not say its values exactly."""
    if pa.types.is_dictionary(type):
        return kind_of(type.value_type)
    if pa.types.is_timestamp(type):
        is_read_alike = type.unit != "ns" and (type.tz is None or type.tz in available_timezones())
        return "" if not is_read_alike else MOMENT if type.tz is None else INSTANT
    asked = {"is_string": TEXT, "is_large_string": TEXT, "is_boolean": ANSWER, "is_date32": DAY}
    if pa.types.is_integer(type) and type != pa.uint64():
        return WHOLE
    if type in (pa.float32(), pa.float64()):
        return FRACTION
    return next((kind for name, kind in asked.items() if getattr(pa.types, name)(type)), "")


@dataclass(frozen=True)
class ParquetTable:
    """
    A Parquet file in place of a table of text. Its ``repr`` shows neither path nor heading.

    ``column_names`` is what the schema calls the columns, ``headings`` what the file calls them, in file order.
    ``ranges`` has the least and the greatest value of each column of which the footer tells them, by heading.
    """

    path: str = field(repr=False)
    headings: tuple[str, ...] = field(repr=False)
    column_names: tuple[str, ...]
    kinds: Mapping[str, str] = field(repr=False)
    num_rows: int
    ranges: Mapping[str, Range] = field(repr=False, default_factory=dict)
    seen: tuple[int, int] | None = field(repr=False, default=None)

    @property
    def is_address(self) -> bool:
        """Whether it lies at an address that only an engine reads, not in a file of this machine."""
        return self.seen is None

    @property
    def num_columns(self) -> int:
        """How many columns the file has."""
        return len(self.headings)

    def rename_columns(self, names: Sequence[str]) -> ParquetTable:
        """Return this table with the columns called *names*."""
        return replace(self, column_names=tuple(names))

    def kind(self, name: str) -> str:
        """Return the kind of the column that the schema calls *name*."""
        return self.kinds[self.headings[self.column_names.index(name)]]

    def range(self, name: str) -> Range | None:
        """Return between which values the column that the schema calls *name* lies, if the footer tells."""
        return self.ranges.get(self.headings[self.column_names.index(name)])

    def may_be_blank(self, heading: str) -> bool:
        """Return whether a cell of a column of text may hold an empty text, which is an empty cell."""
        return self.kinds[heading] == TEXT and not self.ranges.get(heading, ("",))[0]

    def fits(self, columns: Mapping[str, Column]) -> bool:
        """Return whether every column that the schema knows is of a kind that its type can be read from."""
        known = [name for name in self.column_names if name in columns]
        other = frozenset({TEXT, WHOLE})
        return all(self.kind(name) in FITS.get(columns[name].type, other) for name in known)

    def refuse_changed(self, table: str) -> None:
        """
        Refuse to go on when the file is not the one that was opened.

        Raises:
            ExtractsUnusable: Its size or its time of change differs.
        """
        if self.seen is not None and self.seen != _seen(self.path):
            what = "the file changed while it was read"
            raise ExtractsUnusable([Problem(table, what, "Wait until nothing writes to it")])

    def cells(self, row: int, names: Sequence[str]) -> dict[str, Any]:
        """
        Return the cells of one *row*, counted from 1, in the columns that the schema calls *names*.

        The part of the file that the row is in is read, and of it these columns alone; the last part that was
        asked for is kept.
        """
        named = tuple(self.headings[self.column_names.index(name)] for name in names)
        group, first = _part_of(self.path, self.seen, row - 1)
        line = _part(self.path, self.seen, group, named).slice(row - 1 - first, 1)
        return dict(zip(names, (column[0].as_py() for column in line.columns), strict=True))


def from_footer(path: Path) -> ParquetTable:
    """
    Return the Parquet file at *path*, of which nothing but the footer is read.

    Raises:
        pyarrow.ArrowException, OSError: It is no Parquet file, or cannot be opened.
    """
    file = pq.ParquetFile(path)
    try:
        schema, meta = file.schema_arrow, file.metadata
    finally:
        file.close()
    kinds = {heading: kind_of(type) for heading, type in zip(schema.names, schema.types, strict=True)}
    names = tuple(schema.names)
    lies = str(path.absolute())  # a relative one could begin like an address
    return ParquetTable(lies, names, names, kinds, meta.num_rows, _ranges(meta, names), _seen(lies))


def of_address(path: str, kinds: Mapping[str, str], rows: int) -> ParquetTable:
    """Return what lies at *path*, an address that only an engine reads, from what that engine says of it."""
    return ParquetTable(path, tuple(kinds), tuple(kinds), kinds, rows)


def _ranges(meta: pq.FileMetaData, headings: Sequence[str]) -> dict[str, Range]:
    """Return the least and the greatest value of each column of which every part of the file tells them."""
    if meta.num_columns != len(headings):  # a nested column takes several places
        return {}
    groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
    found = {}
    for at, heading in enumerate(headings):
        parts = [group.column(at).statistics for group in groups]
        if parts and all(part is not None and part.has_min_max for part in parts):
            found[heading] = (min(part.min for part in parts), max(part.max for part in parts))
    return found


def _seen(path: str) -> tuple[int, int]:
    facts = Path(path).stat()
    return facts.st_size, facts.st_mtime_ns


def _part_of(path: str, seen: tuple[int, int] | None, at: int) -> tuple[int, int]:
    """Return the number of the part of a file that its row *at*, from 0, is in, and the first row of that part."""
    starts = _starts(path, seen)
    group = bisect_right(starts, at) - 1
    return group, starts[group]


@lru_cache(maxsize=64)
def _starts(path: str, seen: tuple[int, int] | None) -> list[int]:
    meta = pq.read_metadata(path)
    rows = [meta.row_group(number).num_rows for number in range(meta.num_row_groups)]
    return [0, *accumulate(rows[:-1])]


@lru_cache(maxsize=1)
def _part(path: str, seen: tuple[int, int] | None, group: int, headings: tuple[str, ...]) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read_row_group(group, columns=list(headings)).select(headings)
