"""
Malformed files of every kind: each is refused in words, or read as what it certainly says. ``nox -s fuzz`` asks more.

Nothing crashes, hangs or shows a cell; and nothing passes in silence: where a format can tell (CSV by a second reader,
workbooks by their checksums), what is read is what the file says.
"""

from __future__ import annotations

import csv
import faulthandler
import io
import json
import os
import re
import select
import signal
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msoffcrypto
import openpyxl
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpia_checks import apart, csv_text, extract_files, mappings, passwords, proposing, schema, spss_files, typed_files
from dpia_checks.errors import ExtractsUnusable, InputUnusable

from .plugin.test_nothing_leaks import CANARY

MANY = int(os.environ.get("DPIA_FUZZ", "8"))
DESCRIBED = schema.load("fod")
DAYS = DESCRIBED["download_days"]
COLUMNS = list(DAYS.columns)
ROWS = [["1", f"{CANARY} a", "2020-01-01"], ["2", CANARY, "2020-01-02"], ["3", CANARY, "2020-02-29"]]
LONGEST = 20
"""Seconds after which a file counts as one that hangs."""
malformed = settings(
    max_examples=MANY, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=MANY < 100
)


@contextmanager
def in_time() -> Iterator[None]:
    def late(*_):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tried(read, *words):
    """Return what *read* makes, or None when it refuses in words that hold no canary."""
    with in_time():
        try:
            return read(*words)
        except InputUnusable as refused:
            told = "".join(traceback.format_exception(refused))
            assert CANARY not in told
            return None


def forked(content, what, *words):
    """Parse in a fork of this process: what :func:`apart.parse` does, without starting Python anew each time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(0)
            faulthandler.disable()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            apart._bound()
            made = json.dumps(apart.PARSERS[what](content, *words), default=apart._said).encode()
            with os.fdopen(writing, "wb") as file:
                file.write(made)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - the fork ends here, whatever happened
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        ready, _, _ = select.select([file], [], [], LONGEST - 1)
        if not ready:
            os.kill(child, signal.SIGKILL)
        said = file.read()
    assert ready, "it hangs"
    if os.waitpid(child, 0)[1]:
        raise apart.Broken
    return json.loads(said, object_hook=apart._value)


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(apart, "parse", forked)


PLACES = st.floats(0, 1, exclude_max=True)
BYTES = st.one_of(st.binary(min_size=1, max_size=9), st.sampled_from([b"\x00", b"\xff" * 4, b'"', b",", b"\r", b"\n"]))
CHANGES = st.lists(
    st.tuples(st.sampled_from(["cut", "put", "over", "twice", "out"]), PLACES, PLACES, BYTES), min_size=1, max_size=6
)


def spoilt(content, changes):
    """Return *content* with each of *changes* made."""
    for kind, where, other, put in changes:
        start, end = sorted((int(where * len(content)), int(other * len(content))))
        match kind:
            case "cut":
                content = content[:end]
            case "put":
                content = content[:start] + put + content[start:]
            case "over":
                content = content[:start] + put + content[start + len(put) :]
            case "twice":
                content = content[:end] + content[start:]
            case "out":
                content = content[:start] + content[end:]
    return content


def cells(table):
    return [table.column_names, *zip(*(column.to_pylist() for column in table.columns), strict=True)]


TOKENS = st.sampled_from(
    [
        ",",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        "\x00",
        "\ufeff",
        "=1+1",
        "@SUM(",
        CANARY,
        "1",
        "2020-01-01",
        " ",
        "\u2028",
        "\u00e9",
        "\x1a",
        "\x85",
        "'",
        ";",
        "\t",
        *COLUMNS,
        CANARY * 20_000,
    ]
)
CELLS = st.lists(TOKENS, max_size=2).map("".join)
LINES = st.lists(st.lists(CELLS, min_size=3, max_size=3).map(",".join), max_size=4).map("\n".join)
CSV = st.one_of(
    LINES.map(lambda lines: f"{','.join(COLUMNS)}\n{lines}".encode()),
    st.builds(lambda parts: f"{','.join(COLUMNS)}\n{''.join(parts)}".encode(), st.lists(TOKENS, max_size=30)),
    st.builds(lambda parts: "".join(parts).encode("cp1252", "replace"), st.lists(TOKENS, max_size=30)),
    st.builds(spoilt, st.just("\n".join(map(",".join, [COLUMNS, *ROWS])).encode()), CHANGES),
)


@malformed
@given(CSV)
def test_csv(content):
    read = tried(csv_text.table_of, content, DAYS)

    if read is not None:
        text = csv_text.decoded(content, DAYS)[0]
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row][1:]
        assert [list(row) for row in cells(read)[1:]] == [[cell or None for cell in row] for row in rows]


def parquet_file():
    buffer = io.BytesIO()
    columns = dict(zip(COLUMNS, map(list, zip(*ROWS, strict=True)), strict=True))
    pq.write_table(pa.table(columns), buffer, row_group_size=2)
    return buffer.getvalue()


@malformed
@given(CHANGES)
def test_parquet(changes):
    tried(typed_files.parquet, spoilt(parquet_file(), changes), DAYS)


def book(rows):
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    made.active.title = CANARY
    for row in rows:
        made.active.append(row)
    made.save(buffer)
    return buffer.getvalue()


BOOK = book([COLUMNS, *ROWS])
NONE = passwords.none


@malformed
@given(CHANGES)
def test_workbook(changes):
    """Each part of it has a checksum, so what is read is what was written."""
    read = tried(typed_files.workbook, spoilt(BOOK, changes), DAYS, NONE)

    assert read is None or [list(row) for row in cells(read)] == [COLUMNS, *ROWS]


XML = st.sampled_from(
    [
        '<c r="A2" t="s"><v>999</v></c>',
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="A2" t="e"><v>#N/A</v></c>',
        "<row>",
        '<c r="B2"><f>1+1</f></c>',
        "</sheetData>",
        "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
        '<c t="d"><v>x</v></c>',
        CANARY,
        '<c r="-1"><v>1</v></c>',
        '<row r="99999999999999"/>',
        '<c r="A2" s="9999"><v>1e999</v></c>',
        "\x00",
        "&",
        "<",
    ]
)


@malformed
@given(st.lists(st.tuples(PLACES, XML), min_size=1, max_size=4))
def test_workbook_whose_sheet_is_malformed(parts):
    """The package is whole, and the sheet in it is not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                for place, put in parts:
                    starts = [found.start() for found in re.finditer(b"<", content)] or [0]
                    at = starts[int(place * len(starts))]
                    content = content[:at] + put.encode() + content[at:]
            target.writestr(name, content)

    tried(typed_files.workbook, buffer.getvalue(), DAYS, NONE)


def old_book():
    made, buffer = xlwt.Workbook(), io.BytesIO()
    sheet = made.add_sheet(CANARY)
    for at, row in enumerate([COLUMNS, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    made.save(buffer)
    return buffer.getvalue()


OLD_BOOK = old_book()


@malformed
@given(CHANGES)
def test_old_workbook(changes):
    tried(typed_files.workbook, spoilt(OLD_BOOK, changes), DAYS, NONE)


@pytest.fixture(scope="module")
def locked():
    buffer = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(BOOK)).encrypt("VelvetSweatshop", buffer)
    return buffer.getvalue()


@settings(malformed, max_examples=max(3, MANY // 10))
@given(CHANGES)
def test_locked_workbook(locked, changes):
    tried(typed_files.workbook, spoilt(locked, changes), DAYS, NONE)


@pytest.fixture(scope="module")
def spss(tmp_path_factory):
    path = tmp_path_factory.mktemp("spss") / "x.sav"
    pyreadstat.write_sav(pandas.DataFrame(ROWS, columns=COLUMNS).assign(extra=[1.5, 2.0, None]), path)
    return path.read_bytes()


@malformed
@given(CHANGES)
def test_spss(spss, changes):
    tried(spss_files.table_of, spoilt(spss, changes), DAYS)


@malformed
@given(CHANGES)
def test_header_of_spss(spss, changes):
    tried(spss_files.header_of, spoilt(spss, changes), DAYS)


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=9),
        st.sampled_from([CANARY, "../x", "/etc/passwd", "..\\x", "\x00", "\ud800", "a" * 300, "real", "fod", "CON"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
KEYS = ["manifest_version", "dpia", "name", "origin", "taken_on", "seed", "scale", "tables"]
LINE = st.dictionaries(st.sampled_from(["file", "rows", "sha256", "complete", "encoding"]), JSON)
TABLES = st.dictionaries(st.sampled_from(["download_days", CANARY, "", "post"]), st.one_of(LINE, JSON), max_size=3)
SOUND = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "synthetic", "taken_on": "2022-10-01"}
LISTED = {"tables": {"download_days": {"file": "download_days.csv"}}}
MANIFESTS = st.one_of(
    st.builds(lambda more: {**SOUND, **LISTED, **more}, st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3)),
    st.builds(lambda tables: {**SOUND, "tables": tables}, TABLES),
    JSON,
)
WRITTEN = st.one_of(
    st.builds(lambda made: json.dumps(made).encode(), MANIFESTS),
    st.builds(spoilt, st.just(json.dumps({**SOUND, **LISTED}).encode()), CHANGES),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp(CANARY)
    (made / "download_days.csv").write_text("\n".join(map(",".join, [COLUMNS, *ROWS])))
    (made / "link.csv").symlink_to(made / "download_days.csv")
    (made.parent / "x").write_text(CANARY)
    return made


@malformed
@given(WRITTEN)
def test_manifest(folder, content):
    """Whatever it says, what is read is the one file of the folder, as the one table that it is."""
    (folder / "link.csv").unlink(missing_ok=True)
    (folder / "manifest.json").write_bytes(content)

    read = tried(extract_files.read, folder)

    assert read is None or set(read.texts) <= {"download_days"}
    assert read is None or all([list(row) for row in cells(t)] == [COLUMNS, *ROWS] for t in read.texts.values())


MAPPING_TOKENS = st.sampled_from(
    [
        ",",
        '"',
        "\n",
        "\r\n",
        "\x00",
        "\ufeff",
        "download_days",
        *COLUMNS,
        "dd/mm/yyyy",
        "London",
        CANARY,
        "post",
        " ",
        "download_days,day,",
        "download_days,day_person,",
        "\u00e9",
        "=1+1",
        "table,column,header,format\n",
    ]
)
MAPPINGS = st.one_of(
    st.builds(lambda parts: ("table,column,header,format\n" + "".join(parts)).encode(), st.lists(MAPPING_TOKENS)),
    st.builds(lambda parts: "".join(parts).encode("latin-1", "replace"), st.lists(MAPPING_TOKENS)),
)


@malformed
@given(MAPPINGS)
def test_mapping(tmp_path_factory, content):
    """What it says is of columns that there are, and of each column and header once."""
    path = tmp_path_factory.getbasetemp() / f"{CANARY}.csv"
    path.write_bytes(content)

    for name, mapped in (tried(mappings.load, path, DESCRIBED) or {}).items():
        columns = DESCRIBED[name].columns.keys()
        assert {*mapped.headers.values(), *mapped.formats} <= columns
        assert len(set(mapped.headers.values())) == len(mapped.headers)


@malformed
@given(st.lists(st.text(max_size=20), max_size=6))
def test_proposed_headers(names):
    (found,) = proposing.proposed({"download_days": names}, "fod")

    assert set(found.headers) <= set(COLUMNS)
    assert set(found.headers.values()) <= set(names)


@pytest.mark.parametrize("told", [None, 10])
def test_a_zip_bomb_is_not_unfolded(told, monkeypatch):
    """Four gigabytes of nothing, or less of it where the directory is made to say so."""
    monkeypatch.setattr(typed_files, "LARGEST", 2**20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 2**24)
    content = buffer.getvalue()
    if told is not None:
        content = content.replace((2**24).to_bytes(4, "little"), told.to_bytes(4, "little"))

    with pytest.raises(ExtractsUnusable):
        typed_files.workbook(content, DAYS)


def test_every_file_of_a_set_is_its_own(folder):
    """A link inside the folder is refused like one to elsewhere."""
    (folder / "link.csv").unlink(missing_ok=True)
    (folder / "link.csv").symlink_to(Path("download_days.csv"))
    listed = {"tables": {"download_days": {"file": "link.csv"}}}
    (folder / "manifest.json").write_text(json.dumps({**SOUND, **listed}))

    with pytest.raises(InputUnusable, match="not in the folder"):
        extract_files.read(folder)
    (folder / "link.csv").unlink()
