"""
An extract set in memory: text tables in, typed columns out, and nothing that prints a cell.

A check sees a table as :class:`Records` and reads only the columns it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, TypeVar

import narwhals as nw
import pyarrow as pa

from dpia_checks.engines import ROW, Frame, collected, of_parquet, of_text, to_engine
from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.identifiers import heading
from dpia_checks.parquet_tables import TEXT, ParquetTable
from dpia_checks.parsing import arrow_type, is_always_readable, listed, parsed, spelt_as_listed, unreadable
from dpia_checks.schema import Column, Table
from dpia_checks.violations import UNREADABLE, ColumnMissing, TableMissing, Violation, note_read

UNKNOWN = "column "

Source: TypeAlias = pa.Table | ParquetTable
"""What holds the cells: a table of text in memory, or a Parquet file where it lies."""


class Records:
    """
    One table of an extract set, one row a record, as a check sees it.

    Its ``repr`` shows sizes only. Reading names its columns; every frame it hands out also has
    ``row``, the position in the file from 1, and the types of the schema. ``as_of`` is the day the set
    was taken: what was still open then is open, and nothing is later.
    """

    def __init__(
        self, table: Table, text: Source, *, complete: bool = False, engine: str = "pandas", as_of: str = "9999-12-31"
    ) -> None:
        self.table = table
        self.as_of = as_of
        self.name = table.name
        self.complete = complete
        self.engine = engine
        self._text = text
        self._read: dict[tuple[str, ...], Frame] = {}

    def __repr__(self) -> str:
        return f"<Records {self.name}: {len(self)} rows, {self._text.num_columns} columns>"

    def __len__(self) -> int:
        return int(self._text.num_rows)

    @property
    def is_complete_and_empty(self) -> bool:
        """Whether the manifest calls the table complete and it has no row."""
        return self.complete and len(self) == 0

    @property
    def header(self) -> tuple[str, ...]:
        """The columns in file order; one the schema does not know is called by its position."""
        note_read(self, ())
        return tuple(self._text.column_names)

    def read(self, *columns: str) -> Frame:
        """
        Return ``row`` and *columns*, parsed; a cell that is empty or unreadable is null.

        Raises:
            ColumnMissing: The file lacks a column; the check's result says so.
        """
        note_read(self, columns)
        for name in columns:
            if name not in self._text.column_names:
                raise ColumnMissing(self.name, name)
        if columns not in self._read:
            described = [self.table.columns[name] for name in columns]
            self._read[columns] = self._parsed(described) if len(self) else self._empty(described)
        return self._read[columns]

    def _parsed(self, described: Sequence[Column]) -> Frame:
        return self._frame.select(ROW, *(self._cells(column) for column in described))

    def _cells(self, column: Column) -> nw.Expr:
        """Return the values of *column*; a scan needs no mask when it is known that every cell can be read."""
        is_clean = isinstance(self._text, ParquetTable) and not self._unreadable_rows(column.column)
        if column.column in self._in_other_capitals:
            return listed(column)
        return parsed(column, self._kind(column.column), is_clean=is_clean)

    def _kind(self, name: str) -> str:
        return self._text.kind(name) if isinstance(self._text, ParquetTable) else TEXT

    def _empty(self, described: Sequence[Column]) -> Frame:
        """Return no rows with the right types: parsing nothing leaves some engines without a type."""
        typed = {column.column: pa.array([], arrow_type(column)) for column in described}
        return to_engine(pa.table({ROW: pa.array([], pa.int64()), **typed}), self.engine)

    def unreadable(self, columns: tuple[str, ...]) -> Iterator[Violation]:
        """Yield a violation for each cell of *columns* whose text is no value of the column's type."""
        for name in columns:
            if name in self._text.column_names:
                for row in self._unreadable_rows(name):
                    yield Violation(self.name, row, name, rule=UNREADABLE)

    def _unreadable_rows(self, name: str) -> list[int]:
        if name not in self._masked:
            column, kind = self.table.columns[name], self._kind(name)
            self._masked[name] = [] if self._is_clean(column, kind) else self._not_of_its_type(column, kind)
        return self._masked[name]

    def _not_of_its_type(self, column: Column, kind: str) -> list[int]:
        """Return the rows that cannot be read; an answer in other capitals than the list's takes a second look."""
        cells, cell = self._frame.select(ROW, column.column), nw.col(column.column)
        rows = positions(cells.filter(unreadable(column, kind)))
        if not rows or not column.values or kind != TEXT or not isinstance(self._text, ParquetTable):
            return rows
        self._in_other_capitals.add(column.column)
        return positions(cells.filter(~cell.is_null()).with_columns(listed(column)).filter(cell.is_null()))

    def _is_clean(self, column: Column, kind: str) -> bool:
        """Return whether it is known without a look at any cell that every cell of *column* can be read."""
        if not isinstance(self._text, ParquetTable):
            return False
        return len(self) == 0 or is_always_readable(column, kind, self._text.range(column.column))

    @cached_property
    def _masked(self) -> dict[str, list[int]]:
        return {}

    @cached_property
    def _in_other_capitals(self) -> set[str]:
        """The columns of a Parquet file that choose from a list, and have cells that are not written as the list is."""
        return set()

    @property
    def _frame(self) -> Frame:
        if isinstance(self._text, ParquetTable):
            self._text.refuse_changed(self.name)
        return self._all

    @cached_property
    def _all(self) -> Frame:
        if isinstance(self._text, ParquetTable):
            return of_parquet(self._text, self.engine)
        return of_text(spelt_as_listed(self._text, self.table.columns), self.engine)


def positions(frame: Frame) -> list[int]:
    """Return the distinct positions of the rows of *frame*, in file order. A null is no position."""
    values = collected(frame.select(ROW))[ROW].to_list()
    return sorted({int(value) for value in values if value is not None})


@dataclass(frozen=True)
class SetFacts:
    """
    What a manifest says of an extract set: its name, where it came from, and when it was taken.

    ``origin`` is ``synthetic`` or ``real``. ``complete`` names the tables that hold everything that
    happened in the period, so that an empty one is evidence that nothing did. ``approval`` is the reference
    under which a run on real records was approved. ``as_of`` is the day to judge by in place of ``taken_on``.
    ``guessed`` names the tables that were read as cp1252 since they are not UTF-8, and nobody said what they are.
    """

    dpia: str
    name: str
    origin: str
    taken_on: str
    complete: frozenset[str] = frozenset()
    seed: int | None = None
    scale: float | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    approval: str = ""
    as_of: str = ""
    guessed: tuple[str, ...] = ()


class ExtractSet(Mapping[str, Records]):
    """
    The tables handed over for checking, by name. Its ``repr`` shows no name and no cell.

    Asking for a table that is not there raises :class:`TableMissing`, which is no evidence.
    """

    def __init__(
        self, tables: Mapping[str, Source], schemas: Mapping[str, Table], facts: SetFacts, engine: str = "pandas"
    ) -> None:
        self.facts = facts
        self.engine = engine
        self.schemas = schemas
        self.texts: dict[str, pa.Table] = {name: known_header(text, schemas[name]) for name, text in tables.items()}
        self._records: dict[str, Records] = {}

    def __repr__(self) -> str:
        return f"<ExtractSet {self.facts.dpia} ({self.facts.origin}): {len(self.texts)} tables>"

    def __getitem__(self, name: str) -> Records:
        if name not in self.texts:
            raise TableMissing(name)
        if name not in self._records:
            complete = name in self.facts.complete
            self._records[name] = Records(
                self.schemas[name],
                self.texts[name],
                complete=complete,
                engine=self.engine,
                as_of=self.facts.as_of or self.facts.taken_on,
            )
        return self._records[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def replacing(self, tables: Mapping[str, Source | None]) -> ExtractSet:
        """Return a set with *tables* in place of its own; ``None`` leaves a table out. The rest is shared."""
        changed = {name: text for name, text in tables.items() if text is not None}
        made = ExtractSet(changed, self.schemas, self.facts, self.engine)
        kept = {name: text for name, text in self.texts.items() if name not in tables}
        made.texts = {**kept, **made.texts}
        made._records = {name: self[name] for name in kept}
        return made


S = TypeVar("S", pa.Table, ParquetTable)


def known_header(text: S, table: Table) -> S:
    """
    Return *text* with each column called as the schema calls it, or by its position when it does not know it.

    A heading that differs from a column's name, or from the name that the DPIA prints, in nothing but capitals,
    spaces and punctuation is that column's, unless the file has it already. Any other spelling, such as an
    abbreviation, is unknown.

    Raises:
        ExtractsUnusable: A doubled column, or most columns unknown: this is another table's file.
    """
    names = known_names(text.column_names, table)
    if len(set(names)) < len(names):
        doubled = next(position for position, name in enumerate(names, 1) if names.count(name) > 1)
        raise ExtractsUnusable(
            [Problem(table.name, f"column {doubled} has the name of another column", "Name each column once")]
        )
    _refuse_unmapped(text.column_names, table)
    known = sum(name in table.columns for name in names)
    if known * 2 < len(names):
        what = f"{len(names) - known} of its {len(names)} columns are unknown: it looks like another table"
        do = "Put the table's own file in its place, or take out what stands above its header"
        raise ExtractsUnusable([Problem(table.name, what, do)])
    return text.rename_columns(names)


def refuse_doubled(names: Sequence[str], table: Table) -> None:
    """
    Refuse a header in which two columns have one name, or none, as a row with a title has.

    Raises:
        ExtractsUnusable: Naming the columns by their positions.
    """
    bare = [position for position, name in enumerate(names, 1) if not name.strip()]
    if len(bare) > 1:
        what = f"columns {', '.join(map(str, bare[:6]))} have no name in the first row"
        do = "Name each column; if a title stands above the header, take it out"
        raise ExtractsUnusable([Problem(table.name, what, do)])
    doubled = [position for position, name in enumerate(names, 1) if names.count(name) > 1]
    if doubled:
        what = f"columns {', '.join(map(str, doubled[:6]))} have the same name"
        raise ExtractsUnusable([Problem(table.name, what, "Name each column once")])


def _refuse_unmapped(headings: Sequence[str], table: Table) -> None:
    """Refuse a header that a mapping gives to a column, when the file lacks it or has that column as well."""
    given = {heading(header) for header in headings}
    others = ((other, name) for other, name in table.also.items() if other != heading(name))
    wrong = [name for other, name in others if (other in given) == (name in headings)]
    if wrong:
        what = f"the mapping gives another header to {', '.join(wrong)}, and the file has neither or both"
        raise ExtractsUnusable([Problem(table.name, what, "Correct the mapping: name a header of the file once")])


def known_names(headings: Sequence[str], table: Table) -> list[str]:
    """Return what :func:`known_header` calls each of *headings*: a column of the schema, or its position."""
    names: list[str] = []
    for position, given in enumerate(headings, start=1):
        meant = table.spellings.get(heading(given), given)
        free = meant not in headings and meant not in names
        name = meant if free and given not in table.columns else given
        known = name in table.columns or name == f"{UNKNOWN}{position}"
        names.append(name if known else f"{UNKNOWN}{position}")
    return names
