"""
A canary in every free cell, header, sheet, file name and password, in each format and in each way that it can go wrong.

The whole command runs, and what it says, writes, logs and warns is searched. ``nox -s fuzz`` asks every pair of
them, and ``nox -s engines`` asks Spark.
"""

from __future__ import annotations

import functools
import io
import json
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import openpyxl
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlwt

from dpia_checks import cli, evidence, extract_files, synthetic
from dpia_checks.engines import SCANNING

from .engines import TESTED
from .engines_agree import typed
from .plugin.test_nothing_leaks import CANARY, leaks, with_canaries
from .release.test_locating import here  # noqa: F401 - a fixture: a checkout with one verification
from .test_formats import locked

PART = CANARY[:6].encode()
WORD = f"{CANARY} of a password"
NAME = f"{CANARY}\x1b]0;a\x07\n$(id) \u202e'&<b>"
"""A file name that a terminal, a shell or a page could take for more than a name."""
HEADER = f"{CANARY} <i>&\"'"
Rows = list[list[str | None]]


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its header, its rows, and the types that a file with types gives its columns."""

    header: tuple[str, ...]
    rows: Rows
    columns: dict[str, pa.Array]


def csv(sheet: Sheet, encoding: str) -> bytes:
    lines = [sheet.header, *[[cell or "" for cell in row] for row in sheet.rows]]
    said = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return f"{said}\r\n".encode(encoding)


def parquet(sheet: Sheet) -> bytes:
    buffer = io.BytesIO()
    cells = [sheet.columns.get(name, pa.array([CANARY] * len(sheet.rows))) for name in sheet.header]
    pq.write_table(pa.Table.from_arrays(cells, names=list(sheet.header)), buffer)
    return buffer.getvalue()


def xlsx(sheet: Sheet) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.title = CANARY
    for row in [sheet.header, *sheet.rows]:
        book.active.append(list(row))
    book.save(buffer)
    return buffer.getvalue()


def xls(sheet: Sheet) -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet(CANARY)
    for at, row in enumerate([sheet.header, *sheet.rows]):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    book.save(buffer)
    return buffer.getvalue()


def sav(sheet: Sheet) -> bytes:
    names = [name.partition(" ")[0] for name in sheet.header]  # in SPSS a name is one word
    with tempfile.TemporaryDirectory() as folder:
        pyreadstat.write_sav(pandas.DataFrame(sheet.rows, columns=names), f"{folder}/x.sav")
        return Path(folder, "x.sav").read_bytes()


FORMATS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "csv in UTF-8": ("csv", lambda sheet: csv(sheet, "utf-8")),
    "csv in cp1252": ("csv", lambda sheet: csv(sheet, "cp1252")),
    "parquet": ("parquet", parquet),
    "xlsx": ("xlsx", xlsx),
    "locked xlsx": ("xlsx", lambda sheet: locked(xlsx(sheet), WORD)),
    "xls": ("xls", xls),
    "sav": ("sav", sav),
}


def with_cells(sheet: Sheet, name: str, cells: list[str | None]) -> Sheet:
    at = sheet.header.index(name)
    rows = [[*row[:at], cell, *row[at + 1 :]] for row, cell in zip(sheet.rows, cells, strict=True)]
    return replace(sheet, rows=rows, columns={**sheet.columns, name: pa.array(cells, pa.string())})


def lacking(sheet: Sheet, name: str) -> Sheet:
    at = sheet.header.index(name)
    header = (*sheet.header[:at], *sheet.header[at + 1 :])
    return replace(sheet, header=header, rows=[[*row[:at], *row[at + 1 :]] for row in sheet.rows])


def called(sheet: Sheet, name: str, other: str) -> Sheet:
    columns = {other: sheet.columns[name], **sheet.columns}
    return replace(sheet, header=tuple(other if each == name else each for each in sheet.header), columns=columns)


def strange(sheet: Sheet) -> Sheet:
    return replace(sheet, header=(*sheet.header, HEADER), rows=[[*row, CANARY] for row in sheet.rows])


MODES: dict[str, tuple[Callable[[Sheet], Sheet], Callable[[bytes], bytes], int]] = {
    "as it should be": (lambda sheet: sheet, bytes, 0),
    "with a column of a strange name": (strange, bytes, 0),
    "with a cell of the wrong type": (
        lambda sheet: with_cells(sheet, "ico_told_at", [CANARY] * len(sheet.rows)),
        bytes,
        1,
    ),
    "with a column missing": (lambda sheet: lacking(sheet, "ico_told_at"), bytes, 1),
    "with a header twice": (lambda sheet: called(sheet, "impact", "ico_told_at"), bytes, 2),
    "cut": (lambda sheet: sheet, lambda content: content[: len(content) * 2 // 3], 2),
    "spoilt": (lambda sheet: sheet, lambda content: content[:99] + b"\xff\x00" * 99 + content[99:], 2),
    "something else": (lambda sheet: sheet, lambda content: CANARY.encode() * 99, 2),
    "locked, and the password is another": (lambda sheet: sheet, bytes, 2),
}
"""Each way: what it does to the table, what it does to the file, and the exit code."""
ANOTHER = "locked, and the password is another"
IMPOSSIBLE = {("sav", "with a header twice"), *((name, ANOTHER) for name in FORMATS if name != "locked xlsx")}
"""What no file can be: SPSS holds no name twice, and of the formats here one is locked."""
EVERY = "DPIA_FUZZ" in os.environ or "spark" in TESTED
"""Whether to take the time for every pair: what is judged takes a second, what is refused next to none."""


def is_asked(format: str, mode: str, engine: str) -> bool:
    if (format, mode) in IMPOSSIBLE or (engine != "pandas" and not (format == "parquet" and engine in SCANNING)):
        return False
    is_alike = JUDGED.get(mode, ()) and format not in JUDGED[mode]
    return EVERY or not is_alike


JUDGED = {
    "as it should be": ("none: a strange name is one more",),
    "with a cell of the wrong type": ("csv in UTF-8", "parquet"),
    "with a column missing": ("csv in UTF-8", "parquet"),
}
"""The formats that are enough for each way, since the table in memory is alike."""
CASES = [case for case in product(FORMATS, MODES, TESTED) if is_asked(*case)]
WRITTEN: list[str] = []
MAKE = functools.cache(synthetic.make)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note each file that this process opens to write."""
    if event == "open" and isinstance(arguments[0], str) and int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
        WRITTEN.append(arguments[0])


@pytest.fixture(scope="module", autouse=True)
def watching() -> None:
    sys.addaudithook(watch)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    """The made-up log of breaches, with a canary that is not ASCII in every cell that is free to hold one."""
    made = synthetic.make("fod", 1, 0.02)
    log, columns = with_canaries(made)["breaches"], made.schemas["breaches"].columns
    cells = {
        name: [cell and cell.replace(CANARY, f"{CANARY} \u00e9") for cell in log[name].to_pylist()] for name in columns
    }
    rows = [list(row) for row in zip(*cells.values(), strict=True)]
    return Sheet(tuple(columns), rows, {name: typed(columns[name], cells[name]) for name in columns})


@pytest.fixture
def verified(here, monkeypatch, capfd, tmp_path):  # noqa: F811
    """Run the whole command in this process; return its exit code and everything that came out of it."""
    monkeypatch.chdir(here)
    monkeypatch.setattr(synthetic, "make", MAKE)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = io.StringIO()
    listener = logging.StreamHandler(said)

    def run(folder: Path, password: str, engine: str) -> tuple[int, list[bytes], set[str]]:
        reading, writing = os.pipe()
        os.write(writing, f"{password}\n".encode())
        os.close(writing)
        out = {name: tmp_path / name for name in ("e.json", "j.xml", "v.html")}
        files = [f"--{kind}={path}" for kind, path in zip(("json", "junit", "html"), out.values(), strict=True)]
        words = ["--extracts", str(folder), "--approval", "DPO-2022-014", f"--password-fd={reading}", *files]
        logging.root.addHandler(listener)
        WRITTEN.clear()
        with warnings.catch_warnings(record=True) as warned:
            code = cli.main(["verify", "fod", *words, "--engine", engine])
        logging.root.removeHandler(listener)
        os.close(reading)
        opened, printed = set(WRITTEN), capfd.readouterr()
        told = [printed.out, printed.err, said.getvalue(), *(str(warning.message) for warning in warned)]
        made = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
        asked = {str(tmp_path / name) for name in (*out, "timings.json")}
        return code, [*(each.encode() for each in told), *made], opened - asked - {os.devnull}

    return run


@pytest.mark.parametrize(("format", "mode", "engine"), CASES)
def test_nothing_of_it_comes_out(sheet, verified, tmp_path, format, mode, engine):
    change, spoil, expected = MODES[mode]
    ending, write = FORMATS[format]
    folder, file = tmp_path / "set", f"{NAME}.{ending}"
    folder.mkdir()
    (folder / file).write_bytes(spoil(write(change(sheet))))
    facts = {"manifest_version": 1, "dpia": "fod", "name": CANARY, "origin": "real", "taken_on": "2023-12-31"}
    (folder / "manifest.json").write_text(json.dumps({**facts, "tables": {"breaches": {"file": file}}}))

    code, came_out, opened = verified(folder, f"{CANARY}?" if mode == ANOTHER else WORD, engine)

    assert code == expected
    assert opened == set() or engine == "spark", "what Spark writes is asked by test_spark_alone"
    assert not [content for content in came_out if PART in content or leaks(content)]
    assert not any(b"Traceback" in content for content in came_out)
    if expected < 2:
        records = evidence.records(evidence.read(tmp_path / "e.json"))
        assert records["FOD_COM_BREACH_01"]["real"] == ("held" if expected == 0 else "did not hold")


def test_a_canary_that_came_out_would_be_found(verified, sheet, tmp_path, monkeypatch):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "breaches.csv").write_bytes(csv(sheet, "utf-8"))
    facts = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "real", "taken_on": "2023-12-31"}
    (folder / "manifest.json").write_text(json.dumps({**facts, "tables": {"breaches": {"file": "breaches.csv"}}}))
    read = extract_files.read

    def leaking(*words, **more):
        Path(tempfile.gettempdir(), "kept").write_text(CANARY)
        logging.getLogger("x").error(CANARY)
        return read(*words, **more)

    monkeypatch.setattr(extract_files, "read", leaking)
    _, came_out, opened = verified(folder, WORD, "pandas" if "pandas" in TESTED else TESTED[0])

    assert len([content for content in came_out if PART in content]) == 2
    assert opened == {str(tmp_path / "kept")}
