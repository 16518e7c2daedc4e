"""
What the files of an extract set call their columns, and how they write days and times: ``mapping.csv``.

A line says that a column of a table stands under another header, or in another format, or both. Nothing is
guessed: without a line, a header in other words is unknown, and a day in another order is unreadable. A time without
a zone is London's, with a line or without one.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from dpia_checks.csv_tables import rows
from dpia_checks.errors import ExtractsUnusable, Problem, opening, raise_together
from dpia_checks.identifiers import heading
from dpia_checks.manifests import MAPPING
from dpia_checks.schema import Table

HEADER = ("table", "column", "header", "format")
DAY_FIRST = "dd/mm/yyyy"
LONDON = "London"
FORMATS = {"": "", DAY_FIRST: "date", LONDON: "instant", f"{DAY_FIRST} {LONDON}": "instant"}
"""The formats, and the type of column that each is for."""

_DAY = r"^([0-9]{2})/([0-9]{2})/([0-9]{4})$"
_DAY_AND_TIME = r"^([0-9]{2})/([0-9]{2})/([0-9]{4})[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)$"
_NO_OFFSET = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?$"


@dataclass(frozen=True)
class Mapped:
    """What a mapping says of one table: the column of each other header, and the format of a column."""

    headers: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)

    def table(self, described: Table) -> Table:
        """Return *described* with the other headers as spellings of its columns."""
        return replace(described, also=self.headers)

    def text(self, text: pa.Table, described: Table) -> pa.Table:
        """
        Return *text* with the columns that have a format written as the schema reads them.

        A column of instants without a format is read as ``London``.
        """
        instants = {name: LONDON for name, column in described.columns.items() if column.type == "instant"}
        for name, written in {**instants, **self.formats}.items():
            if name in text.column_names:
                at = text.column_names.index(name)
                text = text.set_column(at, name, rewritten(text[name], written))
        return text


def load(path: Path, schemas: Mapping[str, Table]) -> dict[str, Mapped]:
    """
    Return what the mapping at *path* says of each table.

    Raises:
        ExtractsUnusable: It is no such file; or naming every line that is wrong, by its number. Never a header.
    """
    found: dict[str, Mapped] = {}
    problems: list[Problem] = []
    for number, line in _lines(path):
        table, column, other = line["table"], line["column"], heading(line["header"])
        mapped = found.get(table, Mapped())
        if what := _wrong(line, mapped, schemas):
            problems.append(Problem(f"{MAPPING}:{number}", what, "Correct the line, or take it out"))
            continue
        headers = {**mapped.headers, **({other: column} if other else {})}
        found[table] = Mapped(headers, {**mapped.formats, **({column: line["format"]} if line["format"] else {})})
    raise_together(ExtractsUnusable, problems)
    return found


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    with opening(ExtractsUnusable, "--mapping"):
        is_there = path.is_file()
    if not is_there:
        raise ExtractsUnusable([Problem("--mapping", "there is no such file", "Name a file like mapping.csv")])
    try:
        return list(rows(path, HEADER, ExtractsUnusable))
    except ExtractsUnusable as unusable:
        own = f"{path.parent.name}/{path.name}"  # a name that is the analyst's, so it is not told
        told = [replace(problem, where=MAPPING + problem.where.removeprefix(own)) for problem in unusable.problems]
    raise ExtractsUnusable(told)


def _wrong(line: Mapping[str, str], mapped: Mapped, schemas: Mapping[str, Table]) -> str:
    if line["table"] not in schemas:
        return "no table of that name is described"
    columns = schemas[line["table"]].columns
    if line["column"] not in columns:
        return "its table has no such column"
    if line["format"] not in FORMATS or FORMATS[line["format"]] not in ("", columns[line["column"]].type):
        known = f"{DAY_FIRST} of a date, {DAY_FIRST} {LONDON} or {LONDON} of an instant"
        return f"the format is unknown, or not for that column: write {known}"
    if not heading(line["header"]) and (line["header"] or not line["format"]):
        return "it says nothing of the column" if not line["header"] else "the header has no letter or digit"
    if line["header"] in columns and line["header"] != line["column"]:
        return "the header is the name of another column"
    if line["column"] in {*mapped.headers.values(), *mapped.formats}:
        return "a second line for one column"
    return "a second column for one header" if heading(line["header"]) in mapped.headers else ""


def rewritten(text: pa.ChunkedArray, written: str) -> pa.ChunkedArray:
    """
    Return *text*, which is in the format *written*, as the schema reads days and instants.

    A cell in another format stays as it is, for the schema to judge. So does a time of day that London's clocks
    show twice, or never: nobody can say which instant is meant.
    """
    if written == DAY_FIRST:
        return pc.replace_substring_regex(text, _DAY, r"\3-\2-\1")
    if written.startswith(DAY_FIRST):
        text = pc.replace_substring_regex(text, _DAY_AND_TIME, r"\3-\2-\1T\4")
    without = pc.fill_null(pc.match_substring_regex(text, _NO_OFFSET), False)
    if not pc.any(without).as_py():
        return text
    local = without.to_pylist()
    cells = [_in_london(cell) if naive else cell for cell, naive in zip(text.to_pylist(), local, strict=True)]
    return pa.chunked_array([pa.array(cells, pa.string())])


def _in_london(cell: str) -> str:
    try:
        moment = datetime.datetime.fromisoformat(cell)
    except ValueError:
        return cell
    first, second = (moment.replace(tzinfo=ZoneInfo("Europe/London"), fold=fold) for fold in (0, 1))
    offset = first.utcoffset()
    is_certain = offset == second.utcoffset() and offset in (datetime.timedelta(), datetime.timedelta(hours=1))
    return cell.replace(" ", "T") + ("+01:00" if offset else "+00:00") if is_certain else cell
