"""
Read the files whose cells have types, Parquet and Excel workbooks, as the tables of text that the checks are given.

Each value becomes the one text that says it exactly, and the schema then judges that text like any other. Nothing
is rounded, no time zone is guessed, and no message holds a cell, a header or the name of a sheet.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dpia_checks import apart, extras, locked, midnights, old_workbooks, parquet_tables, passwords
from dpia_checks.errors import ExtractsUnusable, ExtraMissing, Problem
from dpia_checks.parquet_tables import ParquetTable
from dpia_checks.passwords import Passwords
from dpia_checks.records import Source, known_header, refuse_doubled
from dpia_checks.schema import Table
from dpia_checks.workbooks import CONTAINER

Cells = Callable[[], list[Any]]

LARGEST = 2**31
"""The bytes that a file may unfold to, and the cells that it may have: above it, it is refused unread."""
WIDEST = 2**26
"""The cells between the first and the last one of a sheet, used or not: the library makes room for all of them."""
ENGINES_OWN = frozenset({"", "row", "file_row_number", "filename", "file_index", "_metadata"})
"""Headings under which an engine finds nothing, or the columns that it adds to a scan."""
_EXACT = 10**15
_ERROR = re.compile(rb'<c\b[^>]*\st="e"')
_PLACE = re.compile(rb'<c\b[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<c\b([^>]*)>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
"""A formula that no program has worked out, or one whose value is an empty text."""


def parquet(content: bytes, table: Table) -> pa.Table:
    """
    Return a Parquet file as a table of text.

    Raises:
        ExtractsUnusable: It is no Parquet file or a cut one, it unfolds to too much, a column holds neither text nor
            numbers nor times, or its header cannot be used.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        unfolded = max(sum(g.total_byte_size for g in groups), file.metadata.num_rows * file.metadata.num_columns)
        typed = file.read(use_threads=False) if unfolded <= LARGEST else None
    except (pa.ArrowException, OSError, ValueError, TypeError, MemoryError):
        raise _refused(table, "it cannot be read as Parquet", "Export it again") from None
    if typed is None:
        raise _refused(table, "it unfolds to more than this tool reads", "Export it in smaller parts")
    _header_of(typed.column_names, table)
    for position, kind in enumerate(typed.schema.types, start=1):
        if not _is_plain(kind):
            what = f"column {position} holds neither text nor numbers nor times"
            raise _refused(table, what, "Export it as text")
    return as_text(typed.column_names, [column.to_pylist for column in typed.columns], table)


def scanned(path: Path, table: Table) -> ParquetTable | None:
    """
    Return a Parquet file to be scanned where it lies, or nothing when a column has to be said as text first.

    Only its footer is read, first in a process of its own, which a damaged one can end. Text that looks like a
    formula is not searched for: nothing scanned is ever written out.

    Raises:
        ExtractsUnusable: It is no Parquet file or a cut one, or its header cannot be used.
    """
    try:
        apart.parse(b"", "footer", str(path))
        found = parquet_tables.from_footer(path)
    except (OverflowError, apart.Broken):  # a moment beyond the calendar, or a footer that ends the process
        return None
    except (pa.ArrowException, OSError, ValueError, TypeError, MemoryError):
        raise _refused(table, "it cannot be read as Parquet", "Export it again") from None
    _header_of(list(found.headings), table)
    named = known_header(found, table)
    return named if named.fits(table.columns) and not _is_ambiguous(found.headings) else None


def _is_ambiguous(headings: Sequence[str]) -> bool:
    """Return whether an engine would take one heading for another, or for a column that it adds of its own."""
    folded = [heading.casefold() for heading in headings]
    return len(set(folded)) < len(folded) or not ENGINES_OWN.isdisjoint(folded)


def _is_plain(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    asked = ("is_string", "is_large_string", "is_string_view", "is_integer", "is_floating", "is_decimal", "is_boolean")
    return any(getattr(pa.types, name)(kind) for name in (*asked, "is_date", "is_timestamp", "is_null"))


def workbook(content: bytes, table: Table, given: Passwords = passwords.none) -> pa.Table:
    """
    Return the sheet of an Excel workbook that is named after the table, or its only sheet, as a table of text.

    A formula gives the value that was stored with it. A blank row is no row. The format before 2007 is read too.
    A locked workbook is opened in memory with one of the passwords *given*.

    Raises:
        ExtractsUnusable: It is no workbook or stays locked, it unfolds to too much, no sheet can be told to be the
            table's, a cell holds an error or a formula that was never worked out, or its header cannot be used.
    """
    return as_text(*_columns(_sheet(content, table, given, "all"), table), table)


def workbook_header(content: bytes, table: Table, given: Passwords = passwords.none) -> list[str]:
    """
    Return the first row of the sheet that :func:`workbook` would read; no other is looked at.

    Raises:
        ExtractsUnusable: As :func:`workbook` does.
    """
    rows = _sheet(content, table, given, "first")
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    if len(header) > 2 and not any(header[1:]):
        refuse_doubled(header, table)
    return header


def _sheet(content: bytes, table: Table, given: Passwords, rows: str) -> list[list[Any]]:
    try:
        extras.require("python_calamine")
    except ExtraMissing:
        what = "to read a workbook, the extra formats is needed"
        raise _refused(table, what, "Install dpia_checks[formats], or save the sheet as CSV UTF-8") from None
    content = locked.opened(content, table, given)
    (old_workbooks.refuse_uncertain if content.startswith(CONTAINER) else _unfolds_well)(content, table)
    try:
        said = apart.parse(content, "workbook", table.name, rows)
    except apart.Broken:
        raise _no_workbook(table) from None
    if said["rows"] is None:
        what = f"it has {said['sheets']} sheets, and not one that is named {table.name}"
        raise _refused(table, what, "Name the sheet after the table")
    found: list[list[Any]] = said["rows"]
    return midnights.told(content, found, table) if rows == "all" else found


def _unfolds_well(content: bytes, table: Table) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise _refused(table, "it unfolds to more than this tool reads", "Export it in smaller parts")
            for name in archive.namelist():
                xml = archive.read(name)  # all of it, so that a part whose checksum is wrong is noticed
                if not name.startswith("xl/worksheets/"):
                    continue
                if _area(xml) > WIDEST:
                    raise _refused(table, "a cell stands far from the others", "Delete the empty rows and columns")
                if _ERROR.search(xml):
                    raise _refused(table, "a cell of the workbook holds an error", "Put the formula right, or clear it")
                if any(b't="str"' not in cell[1] for cell in _FORMULA.finditer(xml)):
                    what = "a formula of the workbook was never worked out"
                    raise _refused(table, what, "Open the workbook in Excel and save it")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error):
        raise _no_workbook(table) from None


def _area(xml: bytes) -> int:
    """Return how many cells lie between the first row and column and the last ones that *xml* names."""
    places = set(_PLACE.findall(xml))
    letters = {name for name, _ in places}
    return max((_number(name) for name in letters), default=0) * max((int(row) for _, row in places), default=0)


def _number(letters: bytes) -> int:
    """Return the number of the column that has *letters*: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _no_workbook(table: Table) -> ExtractsUnusable:
    return _refused(table, "it cannot be read as a workbook", "Save it again as .xlsx")


def _columns(rows: list[list[Any]], table: Table) -> tuple[list[str], list[Cells]]:
    """Return the header, the first of *rows*, and the values of each column as the workbook has them."""
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    while header and not header[-1] and all(row[len(header) - 1] == "" for row in rows):
        header.pop()
    _header_of(header, table)
    full = [row for row in rows[1:] if any(cell != "" for cell in row)]
    return header, [partial(_column, full, at) for at in range(len(header))]


def _column(rows: list[list[Any]], at: int) -> list[Any]:
    return [row[at] for row in rows]


def _header_of(names: list[str], table: Table) -> None:
    if not names:
        raise _refused(table, "the file is empty, without even a header", "Export it again")
    refuse_doubled(names, table)


def as_text(header: list[str], columns: list[Cells], table: Table) -> pa.Table:
    """
    Return *columns*, each a call that gives its values, as text; an empty text is null, as an empty cell of CSV is.

    A whole number has no decimal point. Midnight without a zone is a day where the schema wants a day. An instant
    with a zone is told in UTC; one without keeps none, so that the schema refuses it. True is yes where the schema
    wants yes or no.

    Raises:
        ExtractsUnusable: A value that is no text, or a time that no calendar has.
    """
    names = known_header(pa.table({name: pa.array([], pa.string()) for name in header}), table).column_names
    said = {}
    for position, (name, cells) in enumerate(zip(names, columns, strict=True), start=1):
        kind = table.columns[name].type if name in table.columns else "text"
        try:
            said[name] = pa.array([_said(value, kind) for value in cells()], pa.string())
        except (ValueError, OverflowError, TypeError, pa.ArrowException):
            what = f"column {position} has a value that is no text, number or time"
            raise _refused(table, what, "Export it as text") from None
    return pa.table(said)


def record(source: Source, table: Table, row: int, names: Sequence[str]) -> dict[str, str | None]:
    """Return the text of the cells of one *row* of *source*, from 1, in *names*: the same whether it is scanned."""
    if not isinstance(source, ParquetTable):
        return {name: source.column(name)[row - 1].as_py() for name in names}
    source.refuse_changed(table.name)
    kinds = {name: table.columns[name].type if name in table.columns else "text" for name in names}
    return {name: _said(value, kinds[name]) for name, value in source.cells(row, names).items()}


def _said(value: Any, kind: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) and kind == "yes_no":
        return "yes" if value else "no"
    text = next((say(value) for each, say in _SAY.items() if isinstance(value, each)), str(value))
    return text.removesuffix("T00:00:00") if kind == "date" and isinstance(value, datetime.datetime) else text


def _instant(value: datetime.datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"


def _float(value: float) -> str:
    said = str(int(value)) if value == value // 1 and abs(value) < _EXACT else repr(value)
    return _decimal(Decimal(said)) if "e" in said else said


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


_SAY: Mapping[type, Callable[[Any], str]] = {
    bool: lambda value: str(value).lower(),
    datetime.datetime: _instant,
    datetime.date: datetime.date.isoformat,
    float: _float,
    Decimal: _decimal,
}
"""How a value of each kind is said, the narrower kind before the wider."""


def _refused(table: Table, what: str, do: str) -> ExtractsUnusable:
    return ExtractsUnusable([Problem(table.name, what, do)])
