"""What an inspection of real files says: which workbook is locked, which only looks so, and no name of any."""

from __future__ import annotations

import csv
import io
import os
import secrets
import zipfile
from hashlib import md5
from pathlib import Path
from struct import pack

import msoffcrypto
import pyarrow as pa
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.protection import WorkbookProtection

from dpia_checks import DPIAS, cli, schema, workbooks
from dpia_checks.checks.storage import opened_without_password
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.records import Records
from dpia_checks.workbooks import DEFAULT, inspected, protection_of

CANARY = "Cedar-Obsidian"
ON = "2020-09-07"
BEGINNING_OF_FILE, FILE_PASS, END = 0x809, 0x2F, 0x0A


def plain(lock=None) -> bytes:
    """A workbook with a name in it; *lock* may protect it in its own way."""
    book = Workbook()
    book.active.append(["name", CANARY])
    if lock:
        lock(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted(password: str) -> bytes:
    """A workbook that asks for *password* before anything can be read, as Excel writes it today."""
    buffer = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(plain())).encrypt(password, buffer)
    return buffer.getvalue()


def lock_the_sheet(book: Workbook) -> None:
    book.active.protection.set_password(secrets.token_hex(8))
    book.active.protection.enable()


def lock_the_structure(book: Workbook) -> None:
    book.security = WorkbookProtection(workbookPassword="A1B2", lockStructure=True)


def before_2007(*file_pass: bytes) -> bytes:
    """An .xls of no more than its first records, in a compound file of one stream."""
    records = [(BEGINNING_OF_FILE, bytes(16)), *((FILE_PASS, body) for body in file_pass), (END, b"")]
    stream = b"".join(pack("<HH", number, len(body)) + body for number, body in records).ljust(4096, b"\0")
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + pack("<I", 0)
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return b"".join(
        (
            header.ljust(512, b"\xff"),
            pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff"),
            directory.ljust(512, b"\0"),
            stream,
        )
    )


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    links = pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return words.ljust(64, b"\0") + pack("<HBB", len(words), kind, 1) + links + bytes(36) + pack("<IQ", start, size)


def rc4(password: str) -> bytes:
    """The record with which Excel 97 asks for *password*."""
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
    from cryptography.hazmat.primitives.ciphers import Cipher
    from msoffcrypto.method.rc4 import _makekey

    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    cipher = Cipher(ARC4(_makekey(password, salt, 0)), mode=None).encryptor()
    return pack("<HHH", 1, 1, 1) + salt + cipher.update(verifier) + cipher.update(md5(verifier).digest())


def bomb() -> bytes:
    """A small workbook of which one sheet unpacks into more than an inspection reads."""
    buffer = io.BytesIO(plain())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/worksheets/sheet9.xml", b" " * (workbooks.MOST + (1 << 20)) + b'<sheetProtection sheet="1"/>'
        )
    return buffer.getvalue()


def package_of(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, CANARY)
    return buffer.getvalue()


FILES = {
    "a workbook without protection": (plain, "none"),
    "a password on a sheet": (lambda: plain(lock_the_sheet), "sheet protection"),
    "a password on the structure": (lambda: plain(lock_the_structure), "sheet protection"),
    "a password of its own": (lambda: encrypted(secrets.token_hex(8)), "password"),
    "Excel's own password": (lambda: encrypted(DEFAULT), "default password"),
    "Excel's own password in lower case": (lambda: encrypted(DEFAULT.lower()), "password"),
    "an old workbook": (before_2007, "none"),
    "an old workbook with a password": (lambda: before_2007(rc4(secrets.token_hex(6))), "password"),
    "an old workbook with Excel's own password": (lambda: before_2007(rc4(DEFAULT)), "default password"),
    "an old workbook that is scrambled": (lambda: before_2007(pack("<HHH", 0, 1, 2)), "obfuscated"),
    "a cut-off workbook": (lambda: plain()[:700], "unreadable"),
    "a cut-off workbook with a password": (lambda: encrypted("x")[:1024], "unreadable"),
    "a cut-off old workbook": (lambda: before_2007()[:1544], "unreadable"),
    "no byte at all": (lambda: b"", "unreadable"),
    "a text": (lambda: CANARY.encode(), "unreadable"),
    "a package that is no workbook": (lambda: package_of("word/document.xml"), "unreadable"),
    "a binary workbook without protection": (lambda: package_of("xl/workbook.bin"), "none"),
    "a workbook that unpacks without end": (bomb, "none"),
}


@pytest.mark.parametrize("name", FILES)
def test_says_how_a_real_file_is_locked(tmp_path, name):
    make, expected = FILES[name]
    (tmp_path / "book.xlsx").write_bytes(make())

    assert protection_of(tmp_path / "book.xlsx") == expected


def test_a_sheet_with_a_password_is_read_by_anybody_and_a_locked_workbook_by_nobody_without_it():
    password = secrets.token_hex(8)

    assert load_workbook(io.BytesIO(plain(lock_the_sheet))).active["B1"].value == CANARY
    with pytest.raises(zipfile.BadZipFile):
        load_workbook(io.BytesIO(encrypted(password)))
    assert opened_with(password, encrypted(password)).active["B1"].value == CANARY
    assert opened_with(DEFAULT, encrypted(DEFAULT)).active["B1"].value == CANARY


def opened_with(password: str, book: bytes) -> Workbook:
    office, buffer = msoffcrypto.OfficeFile(io.BytesIO(book)), io.BytesIO()
    office.load_key(password)
    office.decrypt(buffer)
    return load_workbook(buffer)


@pytest.mark.parametrize("dpia", DPIAS)
def test_the_check_lets_only_the_locked_of_real_files_pass(tmp_path, dpia):
    for number, (make, _) in enumerate(FILES.values()):
        (tmp_path / f"{number:02d}.xlsx").write_bytes(make())
    rows = inspected(tmp_path, ON)
    table = schema.load(dpia)["workbooks"]
    text = pa.table({name: pa.array([row[name] or None for row in rows], pa.string()) for name in workbooks.COLUMNS})

    result = opened_without_password(
        Records(table, text), protection="protection", locked=["password"], personal="workbook_personal"
    )

    locked = [number for number, (_, expected) in enumerate(FILES.values(), start=1) if expected == "password"]
    found = [violation.row for violation in result.found]
    assert sorted(found + locked) == list(range(1, len(FILES) + 1))
    assert len(locked) == 3


def test_a_word_cut_in_two_is_found(tmp_path):
    buffer = io.BytesIO(plain())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("xl/worksheets/sheet9.xml", b" " * (workbooks.CHUNK - 9) + b'<sheetProtection sheet="1"/>')
    (tmp_path / "book.xlsx").write_bytes(buffer.getvalue())

    assert protection_of(tmp_path / "book.xlsx") == "sheet protection"


def test_only_one_kind_of_lock_is_a_value_that_locks():
    for dpia in DPIAS:
        values = schema.load(dpia)["workbooks"].columns["protection"].values

        assert {expected for _, expected in FILES.values()} == set(values)
        assert tuple(schema.load(dpia)["workbooks"].columns) == workbooks.COLUMNS


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two workbooks, one of them below, a text, and the file that Excel leaves beside an open workbook."""
    made = tmp_path / "team"
    (made / "below").mkdir(parents=True)
    (made / f"{CANARY} b.XLSX").write_bytes(plain())
    (made / "below" / f"{CANARY} a.xlsm").write_bytes(encrypted("x"))
    (made / f"~${CANARY} b.xlsx").write_bytes(b"open")
    (made / f"{CANARY}.txt").write_bytes(b"text")
    return made


class TestInspected:
    def test_every_workbook_has_a_row_with_its_position(self, folder):
        rows = inspected(folder, ON)

        assert [(row["workbook_id"], row["protection"]) for row in rows] == [
            ("W-000001", "none"),
            ("W-000002", "password"),
        ]
        assert {row["inspected_on"] for row in rows} == {ON}

    @pytest.mark.parametrize("location", ["S:/Team/below/{} A.XLSM", "s:\\team\\below\\{} a.xlsm"])
    def test_the_register_names_a_workbook_at_what_it_calls_the_folder(self, folder, location):
        register = [{"asset_id": "A-7", "location": location.format(CANARY), "personal": "yes"}]

        rows = inspected(folder, ON, register, at="S:/Team/")

        assert [(row["workbook_asset"], row["workbook_personal"]) for row in rows] == [("", ""), ("A-7", "yes")]

    def test_without_another_name_the_folder_is_where_it_is(self, folder):
        register = [{"asset_id": "A-7", "location": str(folder.resolve() / f"{CANARY} b.XLSX")}]

        assert inspected(folder, ON, register)[0]["workbook_asset"] == "A-7"

    def test_a_link_is_not_followed(self, folder):
        (folder / "link.xlsx").symlink_to(folder / f"{CANARY} b.XLSX")

        assert len(inspected(folder, ON)) == 2

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open everything")
    def test_a_folder_that_cannot_be_opened_is_refused(self, folder):
        (folder / "below").chmod(0)

        with pytest.raises(ExtractsUnusable, match="cannot be opened"):
            inspected(folder, ON)

    def test_an_error_while_walking_is_refused(self):
        with pytest.raises(ExtractsUnusable, match="cannot be opened"):
            workbooks._refuse(PermissionError(CANARY))

    def test_without_its_library_nothing_is_called_unreadable(self, folder, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "msoffcrypto", None)

        with pytest.raises(ExtractsUnusable, match="not installed"):
            inspected(folder, ON)


class TestTheCommand:
    @pytest.fixture
    def register(self, tmp_path) -> Path:
        path = tmp_path / "assets.csv"
        path.write_text(f"asset_id,location,personal\nA-7,S:/team/below/{CANARY} a.xlsm,yes\n,S:/team/x.xlsx,\n")
        return path

    def test_writes_the_table_and_tells_counts(self, folder, register, tmp_path, capsys):
        words = ["workbooks", folder, "--out", tmp_path / "workbooks.csv", "--on", ON]

        code = cli.main([str(word) for word in [*words, "--register", register, "--at", "S:/team"]])

        with (tmp_path / "workbooks.csv").open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert code == 0
        assert [row["workbook_asset"] for row in rows] == ["", "A-7"]
        assert capsys.readouterr().out.splitlines() == ["Workbooks inspected: 2", "  none: 1", "  password: 1"]

    def test_no_name_and_no_cell_leaves(self, folder, register, tmp_path, capsys):
        (folder / f"{CANARY} c.xlsx").write_bytes(plain()[:700])
        out = tmp_path / "workbooks.csv"

        cli.main([str(w) for w in ["workbooks", folder, "--out", out, "--on", ON, "--register", register]])

        said = capsys.readouterr()
        assert CANARY not in said.out + said.err + out.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("broken", "said"),
        [
            (["--register", "{tmp}/none.csv"], "--register"),
            (["--register", "{tmp}/other.csv"], "asset_id and location"),
            (["--register", "{tmp}/bytes.csv"], "--register"),
            (["--out", "{tmp}/other.csv"], "cannot be written"),
        ],
    )
    def test_unusable_input_is_named_without_traceback(self, folder, tmp_path, capsys, broken, said):
        (tmp_path / "other.csv").write_text(f"name\n{CANARY}\n")
        (tmp_path / "bytes.csv").write_bytes(b"asset_id,location\n\xff,\xff\n")
        words = ["workbooks", str(folder), "--out", str(tmp_path / "w.csv"), "--on", ON]

        code = cli.main([*words, *(word.format(tmp=tmp_path) for word in broken)])

        told = capsys.readouterr()
        assert code == 2
        assert said in told.err
        assert CANARY not in told.out + told.err

    def test_what_is_no_folder_is_refused(self, tmp_path, capsys):
        code = cli.main(["workbooks", str(tmp_path / CANARY), "--out", str(tmp_path / "w.csv"), "--on", ON])

        assert code == 2
        assert CANARY not in capsys.readouterr().err

    def test_a_day_that_is_none_is_refused(self, folder, tmp_path):
        with pytest.raises(SystemExit):
            cli.main(["workbooks", str(folder), "--out", str(tmp_path / "w.csv"), "--on", "2020-02-30"])
