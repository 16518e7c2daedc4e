"""
Read and write an extract set on disk: a CSV file for each table, and ``manifest.json``.

Everything is read as text. What cannot be read as a table of the schema is refused, all problems of a
kind together, and no message holds a cell, nor a file or column name that the schema does not know.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from dpia_checks import DPIAS, schema
from dpia_checks.errors import ExtractsUnusable, ManifestDisagrees, Problem, raise_together
from dpia_checks.records import ExtractSet, SetFacts, known_header
from dpia_checks.schema import Table

MANIFEST = "manifest.json"
VERSION = 1
ORIGINS = ("synthetic", "real")
FORMULA = r"^\s*(?:=\s*[^\s=]|@[A-Za-z(]|[+-][0-9+.-]*[A-Za-z]+[(|!])"
"""Text that a spreadsheet would run as a formula (OWASP, CSV injection): an export of values has none."""


def to_csv(text: pa.Table) -> bytes:
    """Return *text* as CSV: UTF-8, LF, an empty cell for a null. The same table gives the same bytes."""
    buffer = io.BytesIO()
    pa_csv.write_csv(text, buffer, pa_csv.WriteOptions(quoting_style="needed"))
    return buffer.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content*."""
    return hashlib.sha256(content).hexdigest()


def write(extracts: ExtractSet, folder: Path) -> Path:
    """Write *extracts* into *folder*, which is made when it is not there, and return the manifest's path."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, Any] = {}
    for name, text in extracts.texts.items():
        content = to_csv(text)
        (folder / f"{name}.csv").write_bytes(content)
        tables[name] = {
            "file": f"{name}.csv",
            "rows": text.num_rows,
            "sha256": digest(content),
            "complete": name in extracts.facts.complete,
        }
    facts = extracts.facts
    manifest = {
        "manifest_version": VERSION,
        "dpia": facts.dpia,
        "name": facts.name,
        "origin": facts.origin,
        "taken_on": facts.taken_on,
        "seed": facts.seed,
        "scale": facts.scale,
        "tables": tables,
    }
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True)
class _Listed:
    file: str
    rows: int | None
    sha256: str | None
    complete: bool


def read(folder: Path) -> ExtractSet:
    """
    Return the extract set in *folder*.

    A table that the manifest does not list is not there: no evidence. A column that the schema does
    not know is kept under its position, for the checks to judge.

    Raises:
        ExtractsUnusable: *folder* is no extract set, or a file is no table of the schema.
        ManifestDisagrees: The manifest and the files say different things.
    """
    facts, listed = _manifest(folder)
    schemas = schema.load(facts["dpia"])
    contents, disagreements = _contents(folder, listed, schemas)
    raise_together(ManifestDisagrees, disagreements)
    texts: dict[str, pa.Table] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        try:
            texts[name] = table_of(content, schemas[name])
        except ExtractsUnusable as unusable:
            problems += unusable.problems
    raise_together(ExtractsUnusable, problems)
    raise_together(ManifestDisagrees, _row_disagreements(texts, listed))
    set_facts = SetFacts(
        dpia=facts["dpia"],
        name=facts["name"],
        origin=facts["origin"],
        taken_on=facts["taken_on"],
        complete=frozenset(name for name in texts if listed[name].complete),
        seed=facts.get("seed"),
        scale=facts.get("scale"),
        digests={name: digest(content) for name, content in sorted(contents.items())},
    )
    return ExtractSet(texts, schemas, set_facts)


def _manifest(folder: Path) -> tuple[dict[str, Any], dict[str, _Listed]]:
    if not (folder / MANIFEST).is_file():
        what = f"the folder has no {MANIFEST}, so it is no extract set"
        raise ExtractsUnusable(
            [Problem("--extracts", what, "Name the folder that dpia-checks synth wrote, or its like")]
        )
    shape = Problem(MANIFEST, "it is not a manifest of this version", "Write it as dpia-checks synth does")
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, tables = facts["manifest_version"], facts["tables"]
        listed = {
            str(name): _Listed(str(line["file"]), line.get("rows"), line.get("sha256"), line.get("complete") is True)
            for name, line in tables.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExtractsUnusable([shape]) from None
    if version != VERSION:
        raise ExtractsUnusable([shape])
    problems = [
        Problem(MANIFEST, what, do)
        for wrong, what, do in (
            (facts.get("dpia") not in DPIAS, "its dpia is none of ours", f"Write one of: {', '.join(DPIAS)}"),
            (facts.get("origin") not in ORIGINS, "its origin is unknown", f"Write one of: {', '.join(ORIGINS)}"),
            (not _is_date(facts.get("taken_on")), "its taken_on is no date", "Write it as YYYY-MM-DD"),
            (not isinstance(facts.get("name"), str), "it has no name", "Name the extract set"),
            (not isinstance(facts.get("seed"), int | None), "its seed is no whole number", "Leave it out"),
            (not isinstance(facts.get("scale"), int | float | None), "its scale is no number", "Leave it out"),
        )
        if wrong
    ]
    raise_together(ExtractsUnusable, problems)
    return facts, listed


def _is_date(value: Any) -> bool:
    try:
        return bool(datetime.date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _contents(
    folder: Path, listed: Mapping[str, _Listed], schemas: Mapping[str, Table]
) -> tuple[dict[str, bytes], list[Problem]]:
    problems: list[Problem] = []
    contents: dict[str, bytes] = {}
    for position, (name, line) in enumerate(listed.items(), start=1):
        path = folder / line.file
        where = name if name in schemas else f"table {position} of {MANIFEST}"
        if name not in schemas:
            problems.append(Problem(where, "no table of that name is described", "Take it out, or correct its name"))
        elif not _is_own_file(path, folder):
            problems.append(Problem(where, "the file it names is not in the folder", "Put the file there"))
        else:
            contents[name] = path.read_bytes()
            if line.sha256 is not None and digest(contents[name]) != str(line.sha256).lower():
                problems.append(
                    Problem(where, "the file is not the one whose digest is given", "Write the manifest anew")
                )
    known = {line.file for line in listed.values()} | {MANIFEST}
    others = sum(path.name not in known for path in folder.iterdir())
    if others:
        problems.append(
            Problem("--extracts", f"{others} files that {MANIFEST} does not list", "List them or take them out")
        )
    return contents, problems


def _is_own_file(path: Path, folder: Path) -> bool:
    try:
        return path.parent == folder and not path.is_symlink() and path.is_file()
    except OSError:  # a name that no file can have
        return False


def _row_disagreements(texts: Mapping[str, pa.Table], listed: Mapping[str, _Listed]) -> list[Problem]:
    return [
        Problem(name, f"{text.num_rows} rows, where {MANIFEST} says another number", "Write the manifest anew")
        for name, text in texts.items()
        if listed[name].rows is not None and listed[name].rows != text.num_rows
    ]


def table_of(content: bytes, table: Table) -> pa.Table:
    """
    Return a CSV file as a table of text; an empty cell is null.

    Raises:
        ExtractsUnusable: The bytes are not UTF-8, a row is ragged, a header is doubled, most columns
            belong to another table, or a cell is a spreadsheet formula. Positions only.
    """
    try:
        content = content.decode("utf-8-sig").encode()
    except UnicodeDecodeError as error:
        what = f"it is not UTF-8 text (first at byte {error.start})"
        raise ExtractsUnusable([Problem(table.name, what, "Save it as CSV UTF-8")]) from None
    header, content = _header(content.decode("utf-8"), table)
    ragged: list[int] = []

    def note(row: Any) -> str:
        ragged.append(int(row.number or 0))
        return "skip"

    if not content.strip():
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
            [Problem(table.name, "it cannot be read as CSV", "Save it as CSV UTF-8 again")]
        ) from None
    if ragged:
        first = ", ".join(map(str, ragged[:5]))
        what = f"{len(ragged)} rows have more or fewer cells than the header (first: row {first})"
        raise ExtractsUnusable([Problem(table.name, what, "Quote cells that hold a comma")])
    if text.num_rows != _strict_rows(content):
        what = "its quotes are not closed as they were opened, so that rows run together"
        raise ExtractsUnusable([Problem(table.name, what, "Double a quote inside a cell, and quote the cell")])
    text = known_header(text, table)
    raise_together(ExtractsUnusable, _formulas(text, table.name))
    return text


def _strict_rows(content: bytes) -> int:
    """Return how many rows a strict reader counts, blank lines left out; -1 when it finds a stray quote."""
    try:
        return sum(bool(cells) for cells in csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except csv.Error:
        return -1


def _header(text: str, table: Table) -> tuple[list[str], bytes]:
    """Return the cells of the header, and the bytes after it."""
    lines = io.StringIO(text, newline="")
    try:
        cells = next(csv.reader(lines, strict=True), [])
    except csv.Error:
        raise ExtractsUnusable([Problem(table.name, "its header cannot be read as CSV", "Export it again")]) from None
    if not cells:
        raise ExtractsUnusable([Problem(table.name, "the file is empty, without even a header", "Export it again")])
    doubled = sorted({position for position, name in enumerate(cells, 1) if cells.count(name) > 1})
    if doubled:
        what = f"columns {', '.join(map(str, doubled[:6]))} have the same name"
        raise ExtractsUnusable([Problem(table.name, what, "Name each column once")])
    return cells, text[lines.tell() :].encode()


def _formulas(text: pa.Table, name: str) -> list[Problem]:
    problems = []
    for position, column in enumerate(text.columns, start=1):
        rows = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, FORMULA), False)).to_pylist()
        if rows:
            what = f"formula-like text in {len(rows)} cells (first: row {rows[0] + 1})"
            problems.append(Problem(f"{name}, column {position}", what, "Export values, not formulas"))
    return problems
