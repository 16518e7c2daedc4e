"""
Propose a ``mapping.csv`` for the files of an extract set: which column a header in other words may mean.

Only headers are looked at, and only how near their words are to the names of columns. A person has to look the
proposal through: two names can be near and mean different things. The file holds headers, so it stays with the records.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dpia_checks import csv_text, extract_files, manifests, schema, spss_files, typed_files
from dpia_checks.errors import ExtractsUnusable, Problem, opening, raise_together
from dpia_checks.identifiers import heading
from dpia_checks.manifests import Listed
from dpia_checks.mappings import HEADER
from dpia_checks.passwords import Passwords
from dpia_checks.records import known_names
from dpia_checks.schema import Table

NEAR = 0.7
"""How near a header has to be, from 0 to 1, where 1 has the same letters in the same order."""
FORMULA = "=+-@"
"""How text begins that a spreadsheet would run: no such header is proposed."""
ANY_DAY = "2000-01-01"


@dataclass(frozen=True)
class Proposed:
    """
    What is proposed for one table: the header of each column, beside those that are read as they are.

    *lacking* counts the columns that the table should have and that no header may mean.
    """

    table: str
    columns: int
    known: int
    headers: Mapping[str, str]
    lacking: int = 0


def headers(folder: Path, dpia: str, given: Passwords) -> dict[str, list[str]]:
    """
    Return the header of the file of each table in *folder*; locked workbooks are opened with the passwords *given*.

    Raises:
        ExtractsUnusable: *folder* is no extract set of *dpia*, or a file has no header that can be read.
    """
    facts = manifests.read(folder, dpia, ANY_DAY)
    if facts.dpia != dpia:
        raise ExtractsUnusable([Problem("DIR", f"the extract set is of {facts.dpia}", f"Write map DIR {facts.dpia}")])
    found: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for name, table in schema.load(dpia).items():
        if (line := facts.tables.get(name)) is None:
            continue
        try:
            found[name] = _header(extract_files.own_file(folder, line.file, name), line, table, given)
        except ExtractsUnusable as unusable:
            problems += unusable.problems
    raise_together(ExtractsUnusable, problems)
    return found


def _header(path: Path, line: Listed, table: Table, given: Passwords) -> list[str]:
    with opening(ExtractsUnusable, table.name):
        content = path.read_bytes()
    match path.suffix.lower():
        case ".parquet":
            return _of_parquet(content, table)
        case ".xlsx" | ".xlsm" | ".xls":
            return typed_files.workbook_header(content, table, given)
        case ".sav" | ".zsav":
            return spss_files.header_of(content, table)
        case _:
            return csv_text.header_of(content, table, line.encoding)


def _of_parquet(content: bytes, table: Table) -> list[str]:
    try:
        return [str(name) for name in pq.read_schema(pa.BufferReader(content)).names]
    except (pa.ArrowException, OSError, ValueError):
        what = "it cannot be read as Parquet"
        raise ExtractsUnusable([Problem(table.name, what, "Export it again")]) from None


def proposed(headers: Mapping[str, Sequence[str]], dpia: str) -> list[Proposed]:
    """Return what is proposed for each table of *headers*: each column once, the nearest pairs first."""
    described = schema.load(dpia)
    return [_of_table(described[name], names) for name, names in headers.items()]


def _of_table(table: Table, names: Sequence[str]) -> Proposed:
    known = table.columns.keys() & known_names(names, table)
    as_it_is = {"", *table.spellings, *map(heading, known)}
    free = [name for name in names if heading(name) not in as_it_is and name[0] not in FORMULA]
    pairs = sorted(
        ((nearness(name, spelling), column, name) for name in free for column, spelling in _spellings(table, known)),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    chosen: dict[str, str] = {}
    for near, column, name in pairs:
        if near >= NEAR and column not in chosen and name not in chosen.values():
            chosen[column] = name
    return Proposed(table.name, len(names), len(known), chosen, len(table.columns.keys() - known - chosen.keys()))


def _spellings(table: Table, known: set[str]) -> list[tuple[str, str]]:
    free = [(name, column) for name, column in table.columns.items() if name not in known]
    return [(name, spelling) for name, column in free for spelling in (name, column.name)]


def nearness(one: str, other: str) -> float:
    """Return how near two names are, from 0 to 1; capitals, punctuation and the order of words make no difference."""
    return SequenceMatcher(a=_words(one), b=_words(other), autojunk=False).ratio()


def _words(name: str) -> str:
    apart = "".join(letter if letter.isalnum() else " " for letter in name)
    return " ".join(sorted(filter(None, map(heading, apart.split()))))


def write(proposals: Sequence[Proposed], path: Path) -> None:
    """
    Write *proposals* to *path* as a mapping, in the order of the tables; a file that is there is not overwritten.

    A header that a spreadsheet would run as a formula is left out. Nobody but its owner may read it: a header may say
    something of a person.
    """
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow(HEADER)
    for one in proposals:
        lines.writerows((one.table, column, name, "") for column, name in one.headers.items() if name[0] not in FORMULA)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(buffer.getvalue())
