"""
Read and write an extract set on disk: a file for each table, CSV, Parquet, Excel or SPSS, and ``manifest.json``.

Everything is read as text. What cannot be read as a table of the schema is refused, all problems of a
kind together, and no message holds a cell, nor a file or column name that the schema does not know.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from dpia_checks import csv_text, engines, manifests, mappings, passwords, schema, spss_files, taken, typed_files
from dpia_checks.engines import SCANNING
from dpia_checks.errors import ExtractsUnusable, ManifestDisagrees, Problem, opening, raise_together
from dpia_checks.manifests import MANIFEST, MAPPING, VERSION, Listed, Manifest
from dpia_checks.mappings import Mapped
from dpia_checks.passwords import Passwords
from dpia_checks.records import ExtractSet, SetFacts, Source, known_header
from dpia_checks.schema import Table

TYPED = frozenset({".parquet", ".sav", ".xls", ".xlsm", ".xlsx", ".zsav"})
"""The endings of files whose cells have types; what has another ending is read as CSV."""


def to_csv(text: pa.Table) -> bytes:
    """Return *text* as CSV: UTF-8, LF, an empty cell for a null. The same table gives the same bytes."""
    buffer = io.BytesIO()
    pa_csv.write_csv(text, buffer, pa_csv.WriteOptions(quoting_style="needed"))
    return buffer.getvalue()


Content = bytes | Path | str
"""What a file holds, where it lies when an engine scans it there, or an address that only Spark reads."""


def digest(content: bytes | Path) -> str:
    """Return the SHA-256 of *content*, which may be the path of a file too big to hold."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def read(
    folder: Path,
    *,
    approval: str = "",
    as_of: str = "",
    mapping: Path | None = None,
    given: Passwords = passwords.none,
    engine: str = "pandas",
    dpia: str = "",
) -> ExtractSet:
    """
    Return the extract set in *folder*; *approval* is the reference under which a run on real records is approved.

    The checks will run on *engine*. One that scans leaves a Parquet file where it lies, and Spark also reads an
    address in place of a file's name.

    It is judged by the day *as_of*, or the manifest's ``taken_on``. *mapping* says what its columns are called,
    or ``mapping.csv`` in *folder* does. The passwords *given* open locked workbooks.
    A folder without a manifest is taken to be of *dpia*, real, and taken on the day *as_of*.

    A table that the manifest does not list is not there: no evidence. A column that the schema does
    not know is kept under its position, for the checks to judge.

    Raises:
        NotApproved: The set is of real origin and has no approval; no table was opened.
        ExtractsUnusable: *folder* is no extract set, or a file is no table of the schema.
        ManifestDisagrees: The manifest and the files say different things.
    """
    facts = manifests.read(folder, dpia, manifests.day(as_of))
    reference, listed = manifests.approved(facts, approval), facts.tables
    described, mapping = schema.load(facts.dpia), mapping or _own_mapping(folder)
    mapped = mappings.load(mapping, described) if mapping else {}
    with opening(ExtractsUnusable, MAPPING):
        of_mapping = {MAPPING: digest(mapping.read_bytes())} if mapping else {}
    schemas = {name: mapped.get(name, Mapped()).table(table) for name, table in described.items()}
    contents, disagreements = _contents(folder, facts, schemas, engine)
    raise_together(ManifestDisagrees, disagreements)
    texts: dict[str, Source] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        try:
            texts[name] = _source(content, listed[name], schemas[name], mapped.get(name, Mapped()), given)
        except ExtractsUnusable as unusable:
            problems += unusable.problems
    raise_together(ExtractsUnusable, problems)
    raise_together(ManifestDisagrees, _row_disagreements(texts, listed))
    with opening(ExtractsUnusable, "--extracts"):
        digests = {name: digest(content) for name, content in sorted(contents.items()) if not isinstance(content, str)}
    set_facts = SetFacts(
        dpia=facts.dpia,
        name=facts.name,
        origin=facts.origin,
        taken_on=facts.taken_on,
        complete=frozenset(name for name in texts if listed[name].complete),
        seed=facts.seed,
        scale=facts.scale,
        digests={**digests, **of_mapping},
        approval=reference,
        as_of=manifests.day(as_of),
        guessed=tuple(name for name, content in contents.items() if _is_guessed(content, listed[name])),
    )
    extracts = ExtractSet(texts, schemas, set_facts, engine)
    raise_together(ManifestDisagrees, taken.later(extracts))
    return extracts


def blank_rows(texts: Mapping[str, Source]) -> dict[str, int]:
    """Return how many rows of each table have no filled cell, where it has such rows; none of one that is scanned."""
    found = {name: _blank_rows(text) for name, text in sorted(texts.items()) if isinstance(text, pa.Table)}
    return {name: rows for name, rows in found.items() if rows}


def _blank_rows(text: pa.Table) -> int:
    blank = pa.chunked_array([pa.nulls(text.num_rows).is_null()])
    for column in text.columns:
        blank = pc.and_(blank, pc.is_null(column))
        if not pc.any(blank).as_py():
            return 0
    return int(pc.sum(blank).as_py() or 0)


def _own_mapping(folder: Path) -> Path | None:
    path = folder / MAPPING
    if (path.exists() or path.is_symlink()) and not _is_own_file(path, folder):
        raise ExtractsUnusable([Problem(MAPPING, "it is no file of the folder", "Put the file itself there")])
    return path if path.exists() else None


def _contents(
    folder: Path, facts: Manifest, schemas: Mapping[str, Table], engine: str
) -> tuple[dict[str, Content], list[Problem]]:
    problems: list[Problem] = []
    contents: dict[str, Content] = {}
    for position, (name, line) in enumerate(facts.tables.items(), start=1):
        where = name if name in schemas else f"table {position} of {MANIFEST}"
        if name not in schemas:
            problems.append(Problem(where, "no table of that name is described", "Take it out, or correct its name"))
        elif engine == "spark" and "://" in line.file:
            contents[name] = line.file
        elif not _is_own_file(folder / line.file, folder):
            problems.append(Problem(where, "the file it names is not in the folder", "Put the file there"))
        else:
            try:
                contents[name], complaints = _opened(folder / line.file, line, engine)
            except OSError:
                complaints = [("the file cannot be opened", "Run this as somebody who may read it")]
            problems += [Problem(where, what, do) for what, do in complaints]
    return contents, [*problems, *_others(folder, facts)]


def _opened(path: Path, line: Listed, engine: str) -> tuple[bytes | Path, list[tuple[str, str]]]:
    """Return what *path* holds, or itself when it is scanned, and what is wrong with it: what, and what to do."""
    is_scanned = engine in SCANNING and path.suffix.lower() == ".parquet"
    before = path.stat()
    content: bytes | Path = path if is_scanned else path.read_bytes()
    after = path.stat()
    complaints = []
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        complaints.append(("the file changed while it was read", "Wait until nothing writes to it"))
    if line.sha256 is not None and digest(content) != str(line.sha256).lower():
        complaints.append(("the file is not the one whose digest is given", "Write the manifest anew"))
    return content, complaints


LEFT_BY_A_SYSTEM = (".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory")
"""Names that an operating system gives its own files: nobody chose them, so they can be told."""


def _others(folder: Path, facts: Manifest) -> list[Problem]:
    """
    Return that there are files which no line of the manifest, or no table, accounts for.

    They are counted, the hidden ones apart; a name that somebody chose is data, and is not told.
    """
    known = {os.path.normcase(name) for name in (*(line.file for line in facts.tables.values()), MANIFEST, MAPPING)}
    with opening(ExtractsUnusable, "--extracts"):
        others = sorted(path for path in folder.iterdir() if os.path.normcase(path.name) not in known)
    if not others:
        return []
    what = f"{len(others)} files " + (f"that {MANIFEST} does not list" if facts.is_written else "named after no table")
    do = "List them or take them out" if facts.is_written else "Name each after its table, or take it out"
    if hidden := [path.name for path in others if _is_hidden(path)]:
        told = [name for name in LEFT_BY_A_SYSTEM if name in hidden]
        what += f"; {len(hidden)} of them hidden" + (f", among them {' and '.join(told)}" if told else "")
        do += "; to see what is hidden: ls -A, or dir /a on Windows"
    return [Problem("--extracts", what, do)]


def _is_hidden(path: Path) -> bool:
    """Return whether a folder that is opened does not show *path*: by its name, or by its mark on Windows."""
    marks: int = getattr(path.lstat(), "st_file_attributes", 0)
    is_named_so = path.name.startswith((".", "~$")) or path.name in LEFT_BY_A_SYSTEM
    return is_named_so or bool(marks & stat.FILE_ATTRIBUTE_HIDDEN)


def own_file(folder: Path, file: str, name: str) -> Path:
    """
    Return the path of *file*, of the table *name*, in *folder*.

    Raises:
        ExtractsUnusable: It is not there, or is a link or a path to elsewhere.
    """
    if not _is_own_file(folder / file, folder):
        raise ExtractsUnusable([Problem(name, "the file it names is not in the folder", "Put the file there")])
    return folder / file


def _is_own_file(path: Path, folder: Path) -> bool:
    try:
        return path.parent == folder and not path.is_symlink() and path.is_file()
    except OSError:  # a name that no file can have
        return False


def _source(content: Content, line: Listed, table: Table, mapped: Mapped, given: Passwords) -> Source:
    """Return *content* as a table of text, or as one that is scanned when nothing in it has to be rewritten."""
    if isinstance(content, str):
        return _on_spark(content, table, mapped)
    if isinstance(content, Path):
        scan = None if mapped.formats else typed_files.scanned(content, table)
        if scan is not None:
            return scan
        with opening(ExtractsUnusable, table.name):
            content = content.read_bytes()
    return mapped.text(_text_of(content, line, table, given), table)


def _on_spark(address: str, table: Table, mapped: Mapped) -> Source:
    named = known_header(engines.spark_table(address), table)
    if mapped.formats or not named.fits(table.columns):
        what = "a column is of a kind that cannot be scanned, or its format is to be rewritten"
        raise ExtractsUnusable([Problem(table.name, what, "Write it in the type that the description gives")])
    return named


def _text_of(content: bytes, line: Listed, table: Table, given: Passwords) -> pa.Table:
    """Return the table of text in *content*, by the ending of its file's name: what is no other kind is CSV."""
    match Path(line.file).suffix.lower():
        case ".parquet":
            text = typed_files.parquet(content, table)
        case ".xlsx" | ".xlsm" | ".xls":
            text = typed_files.workbook(content, table, given)
        case ".sav" | ".zsav":
            text = spss_files.table_of(content, table)
        case _:
            return csv_text.table_of(content, table, line.encoding)
    csv_text.refuse_formulas(text, table)
    return text


def _is_guessed(content: Content, line: Listed) -> bool:
    is_csv = Path(line.file).suffix.lower() not in TYPED
    return isinstance(content, bytes) and is_csv and line.encoding is None and not csv_text.is_utf8(content)


def _row_disagreements(texts: Mapping[str, Source], listed: Mapping[str, Listed]) -> list[Problem]:
    return [
        Problem(name, f"{text.num_rows} rows, where {MANIFEST} says another number", "Write the manifest anew")
        for name, text in texts.items()
        if listed[name].rows is not None and listed[name].rows != text.num_rows
    ]
