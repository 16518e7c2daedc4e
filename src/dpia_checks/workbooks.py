"""
Inspect how the workbooks of a folder are locked: which asks for a password before anything can be read.

What looks like a lock is often none. A password on a sheet or on the structure keeps cells from being changed, and
anybody can read the file. A workbook that Excel locks without being given a password gets one that is published,
and opens for everybody. The scrambling of old .xls files, called XOR obfuscation, is undone in moments.

Of an encrypted workbook nothing is decrypted, and of one that is not, nothing is kept. The result holds no name of a
file, which may be data too: a workbook is named by the asset register, or by its position.
"""

from __future__ import annotations

import csv
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from struct import unpack
from typing import IO, Any

from dpia_checks.errors import ExtractsUnusable, Problem

COLUMNS = ("workbook_id", "inspected_on", "workbook_asset", "workbook_personal", "protection")
"""The columns of the table ``workbooks``, as ``extracts/<dpia>.csv`` describes it."""
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".xlt"})
BEING_EDITED = "~$"
"""How the name of the file begins that Excel puts beside a workbook while somebody has it open."""
DEFAULT = "VelvetSweatshop"
"""The password that Excel uses for a workbook that is locked without one."""
CONTAINER, PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
SHEET = re.compile(rb"<(?:\w+:)?(?:sheetProtection|workbookProtection|fileSharing)\s+\w")
"""An element that locks something; written without an attribute, it locks nothing."""
PARTS = re.compile(r"xl/(?:workbook|(?:worksheets|chartsheets)/[^/]+)\.xml")
CHUNK, MOST = 1 << 16, 1 << 26
"""Bytes read at a time, and at most of all parts of a workbook: a small file can unpack into an enormous one."""
INSTALL = "Install dpia_checks with its extra: dpia_checks[workbooks]"
END_OF_GLOBALS, FILE_PASS, OBFUSCATED = 0x0A, 0x2F, 0


def inspected(
    folder: Path, on: str, register: Iterable[Mapping[str, str]] = (), at: str | None = None
) -> list[dict[str, str]]:
    """
    Return a row of the table ``workbooks`` for each workbook below *folder*, ordered by its path.

    Args:
        folder: Where to look, and everywhere below. Links are not followed.
        on: The day of the inspection, written 2019-10-01.
        register: Lines of the asset register, with ``asset_id``, ``location`` and perhaps ``personal``.
        at: What the register calls *folder*; left out, its path on this machine. Upper and lower case and the
            two kinds of slash are the same.

    Raises:
        ExtractsUnusable: A folder cannot be opened, or the library is not installed that knows the encryption.
    """
    try:
        import msoffcrypto  # noqa: F401
    except ImportError as error:
        raise ExtractsUnusable([Problem("workbooks", "msoffcrypto-tool is not installed", INSTALL)]) from error
    known = {_as_path(line["location"]): line for line in register}
    root = _as_path(str(folder.resolve()) if at is None else at)
    rows = []
    for number, path in enumerate(_workbooks(folder), start=1):
        line = known.get(f"{root}/{_as_path(str(path.relative_to(folder)))}", {})
        asset, personal = line.get("asset_id", ""), line.get("personal", "")
        cells = (f"W-{number:06d}", on, asset, personal, protection_of(path))
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def _workbooks(folder: Path) -> list[Path]:
    found = [Path(where, name) for where, _, names in os.walk(folder, onerror=_refuse) for name in names]
    books = [path for path in found if path.suffix.lower() in SUFFIXES and not path.is_symlink()]
    return sorted(path for path in books if not path.name.startswith(BEING_EDITED))


def _refuse(error: OSError) -> None:
    what = "a folder below it cannot be opened, and may hold workbooks"
    raise ExtractsUnusable([Problem("DIR", what, "Run this as somebody who may open all of it")]) from error


def _as_path(location: str) -> str:
    return location.strip().replace("\\", "/").rstrip("/").casefold()


def protection_of(path: Path) -> str:
    """
    Return how the workbook *path* is locked: a value of the column ``protection``.

    ``password`` is the only one that keeps anybody out. ``unreadable`` is said of a file that is broken, that is no
    workbook, that this account cannot open, or whose kind of encryption is not known: a person has to look.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(CONTAINER))
            if begins == CONTAINER:
                return _of_container(file)
            return _of_package(file) if begins.startswith(PACKAGE) else "unreadable"
    except Exception:
        return "unreadable"


def _of_package(file: IO[bytes]) -> str:
    """A workbook that opens as it is: whether a sheet or the structure has a password is told for the record."""
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        if not {"xl/workbook.xml", "xl/workbook.bin"} & set(names):
            return "unreadable"
        left = MOST
        for name in filter(PARTS.fullmatch, names):
            with package.open(name) as part:
                for window in _windows(part, left):
                    if SHEET.search(window):
                        return "sheet protection"
                left -= part.tell()
    return "none"


def _windows(part: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield *part* in pieces, each with the end of the one before, so that no word is cut in two."""
    before = b""
    while part.tell() < most and (piece := part.read(CHUNK)):
        yield before + piece
        before = piece[-64:]


def _of_container(file: IO[bytes]) -> str:
    """An encrypted workbook of any kind, or one in the format before 2007."""
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    office: Any = msoffcrypto.OfficeFile(file)
    if office.format not in {"ooxml", "xls97"}:
        return "unreadable"
    if office.format == "xls97":
        kind = _encryption_of(office.ole.openstream("Workbook"))
        if kind is None or kind == OBFUSCATED:
            return "none" if kind is None else "obfuscated"
    try:
        office.load_key(DEFAULT, **({"verify_password": True} if office.format == "ooxml" else {}))
    except InvalidKeyError:
        return "password"
    return "default password"


def _encryption_of(stream: IO[bytes]) -> int | None:
    """Return the kind of encryption that the first records of an .xls name, or None when they name none."""
    while True:
        number, size = unpack("<HH", stream.read(4))
        body = stream.read(size)
        if number == FILE_PASS:
            return int(unpack("<H", body[:2])[0])
        if number == END_OF_GLOBALS:
            return None


def read_register(path: Path) -> list[dict[str, str]]:
    """
    Return the lines of an asset register that name an asset and its location.

    Raises:
        ExtractsUnusable: The file is no CSV text with the columns ``asset_id`` and ``location``.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.DictReader(handle))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise ExtractsUnusable(
            [Problem("--register", "cannot be read as comma-separated UTF-8 text", "Save it so")]
        ) from error
    if lines and not {"asset_id", "location"} <= set(lines[0]):
        what = "the columns asset_id and location are not both there"
        raise ExtractsUnusable([Problem("--register", what, "Name the file of the table assets")])
    return [line for line in lines if line["asset_id"] and line["location"]]


def write(rows: Iterable[Mapping[str, str]], path: Path) -> None:
    """Write *rows* to *path* as the file of the table ``workbooks``; a file that is there is not overwritten."""
    with path.open("x", encoding="utf-8", newline="") as handle:
        lines = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)
