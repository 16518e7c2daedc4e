"""
Read a CSV file as a table of text, strictly: what is not certainly a cell of a certain row and column is refused.

The bytes are UTF-8, with or without a byte order mark, or cp1252 as Excel writes it on Windows. No message holds a
cell or a header.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from dpia_checks.errors import ExtractsUnusable, Problem, raise_together
from dpia_checks.identifiers import heading
from dpia_checks.records import known_header, refuse_doubled
from dpia_checks.schema import Table

ENCODINGS = ("utf-8", "cp1252")
LONGEST = 2**30
"""The characters of a cell that are counted as one: more than any that is read."""
LONGEST_SEP = 10
"""The characters of a first line that says sep=, and less than a header has."""
OTHERS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
"""What other programs part cells by, and its name."""
FORMULA = r"^\s*(?:=\s*[^\s=]|@[A-Za-z(]|[+-][0-9+.-]*[A-Za-z]+[(|!])"
"""Text that a spreadsheet would run as a formula (OWASP, CSV injection): an export of values has none."""


def decoded(content: bytes, table: Table, encoding: str | None = None) -> tuple[str, str]:
    """
    Return the text of *content* and its encoding: the one given, or UTF-8, or else cp1252.

    Raises:
        ExtractsUnusable: It is in none of them, or holds a null byte, as UTF-16 and pictures do.
    """
    nulls = content.find(b"\x00")
    if nulls >= 0:
        raise ExtractsUnusable([Problem(table.name, f"it is no text (a null at byte {nulls})", "Save it as CSV UTF-8")])
    first = None
    for name in (encoding,) if encoding else ENCODINGS:
        try:
            return content.decode("utf-8-sig" if name == "utf-8" else name), name
        except UnicodeDecodeError as error:
            first = error.start if first is None else first
    said = {"utf-8": "UTF-8", "cp1252": "cp1252", None: "UTF-8 or cp1252"}[encoding]
    what = f"it is not {said} text (first at byte {first})"
    raise ExtractsUnusable([Problem(table.name, what, "Save it as CSV UTF-8")])


def is_utf8(content: bytes) -> bool:
    """Return whether *content* is UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def table_of(content: bytes, table: Table, encoding: str | None = None) -> pa.Table:
    """
    Return a CSV file as a table of text; an empty cell is null.

    Without *encoding* it is UTF-8 or else cp1252.

    Raises:
        ExtractsUnusable: The bytes are no text, a row is ragged, a header is doubled, most columns
            belong to another table, or a cell is a spreadsheet formula. Positions only.
    """
    header, content = _header(decoded(content, table, encoding)[0], table)
    ragged: list[int] = []

    def note(row: Any) -> str:
        ragged.append(int(row.number or 0))
        return "skip"

    if not content.strip(b"\r\n"):
        return known_header(pa.table({name: pa.array([], pa.string()) for name in header}), table)
    try:
        text = pa_csv.read_csv(
            pa.BufferReader(content),
            read_options=pa_csv.ReadOptions(use_threads=False, column_names=header),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        raise ExtractsUnusable(
            [Problem(table.name, "it cannot be read as CSV, or a row of it is too long", "Save it as CSV UTF-8 again")]
        ) from None
    if ragged:
        first = ", ".join(map(str, ragged[:5]))
        what = f"{len(ragged)} rows have more or fewer cells than the header (first: row {first})"
        do = "Quote cells that hold a comma" if _known(header, table) else "Take out what stands above the header"
        raise ExtractsUnusable([Problem(table.name, what, do)])
    if text.num_rows != _strict_rows(content):
        what = "its quotes are not closed as they were opened, so that rows run together"
        raise ExtractsUnusable([Problem(table.name, what, "Double a quote inside a cell, and quote the cell")])
    text = known_header(text, table)
    refuse_formulas(text, table)
    return text


def header_of(content: bytes, table: Table, encoding: str | None = None) -> list[str]:
    """
    Return the cells of the header of a CSV file; no other row is looked at.

    Raises:
        ExtractsUnusable: The bytes are no text, or the header cannot be used.
    """
    return _header(decoded(content, table, encoding)[0], table)[0]


def _strict_rows(content: bytes) -> int:
    """Return how many rows a strict reader counts, blank lines left out; -1 when it finds a stray quote."""
    csv.field_size_limit(LONGEST)
    try:
        return sum(bool(cells) for cells in csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except csv.Error:
        return -1


def _header(text: str, table: Table) -> tuple[list[str], bytes]:
    """Return the cells of the header, and the bytes after it."""
    _refuse_separator(text.partition("\n")[0].strip("\r"), table)
    lines = io.StringIO(text, newline="")
    try:
        cells = next(csv.reader(lines, strict=True), [])
    except csv.Error:
        raise ExtractsUnusable([Problem(table.name, "its header cannot be read as CSV", "Export it again")]) from None
    if not cells:
        raise ExtractsUnusable([Problem(table.name, "the file is empty, without even a header", "Export it again")])
    refuse_doubled(cells, table)
    rest = text[lines.tell() :].encode()
    if rest.startswith(BOM_UTF8):  # the reader would take it away
        what = "its first row begins with a byte order mark, as if two files ran together"
        raise ExtractsUnusable([Problem(table.name, what, "Export it again")])
    return cells, rest


def _refuse_separator(line: str, table: Table) -> None:
    """Refuse a first *line* that is meant for Excel alone, or whose cells are not parted by commas."""
    if line.strip('"').casefold().startswith("sep=") and len(line) < LONGEST_SEP:
        what = "its first line says how cells are parted (sep=), which Excel alone reads"
        raise ExtractsUnusable([Problem(table.name, what, "Take that line out, and part the cells by commas")])
    for mark, name in OTHERS.items():
        parted = line.split(mark)
        if len(parted) > 1 and _known(parted, table) > _known(line.split(","), table):
            what = f"its cells are parted by {name}, not by commas"
            raise ExtractsUnusable([Problem(table.name, what, "Export it again with commas, as CSV UTF-8")])


def _known(cells: Sequence[str], table: Table) -> int:
    return sum(heading(cell) in table.spellings for cell in cells)


def refuse_formulas(text: pa.Table, table: Table) -> None:
    """
    Refuse *text* when a cell looks like a formula.

    Raises:
        ExtractsUnusable: Naming each column by its position, how many cells, and the first row.
    """
    problems = []
    for position, column in enumerate(text.columns, start=1):
        rows = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, FORMULA), False)).to_pylist()
        if rows:
            what = f"formula-like text in {len(rows)} cells (first: row {rows[0] + 1})"
            problems.append(Problem(f"{table.name}, column {position}", what, "Export values, not formulas"))
    raise_together(ExtractsUnusable, problems)
