"""
What ``manifest.json`` says of an extract set: read before any of its tables, so that a set can be refused unread.

Without one, the names of the files say which tables they are, and the records are taken to be real.

A set of real records is refused until somebody has approved the run. Of the approval a reference is kept,
in a shape that no name and no address has.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from dpia_checks import DPIAS, notice, schema
from dpia_checks.csv_text import ENCODINGS
from dpia_checks.errors import ExtractsUnusable, NotApproved, Problem, opening, raise_together

MANIFEST = "manifest.json"
MAPPING = "mapping.csv"
VERSION = 1
DIGITS = 18
"""What a whole number of a manifest may have: every reader of the evidence takes that many."""
ORIGINS = ("synthetic", "real")
YEARS = range(1000, 3000)
"""The years that a day in a table may have, and so the day that the tables were taken on."""
WRITE_A_DAY = f"Write it as YYYY-MM-DD, with a year from {YEARS[0]} to {YEARS[-1]}"
REFERENCE = re.compile(r"([A-Z]{1,5}[./_-]?)?[0-9]{1,6}([./_-][0-9]{1,6})?[A-Z]?", re.ASCII)
"""The reference of an approval: the letters of an office and one or two numbers. No room for a name or a date."""


@dataclass(frozen=True)
class Listed:
    """What a manifest says of the file of one table."""

    file: str
    rows: int | None
    sha256: str | None
    complete: bool
    encoding: str | None = None


@dataclass(frozen=True)
class Manifest:
    """What a manifest says of the whole set, and of each table that is handed over."""

    dpia: str
    name: str
    origin: str
    taken_on: str
    seed: int | None
    scale: float | None
    tables: Mapping[str, Listed]
    is_written: bool = True


def read(folder: Path, dpia: str = "", taken_on: str = "") -> Manifest:
    """
    Return the manifest of the extract set in *folder*; no table is opened.

    Without a manifest each file that is named after a table of *dpia* is that table, the records are real, and
    they were taken on the day *taken_on*.

    Raises:
        ExtractsUnusable: The folder has none and cannot do without, or it is not one of this version.
    """
    path = folder / MANIFEST
    with opening(ExtractsUnusable, "--extracts"):
        is_link, is_there, is_file = path.is_symlink(), path.exists(), path.is_file()
    if not (is_link or is_there):
        return _of_names(folder, dpia, taken_on)
    if is_link or not is_file:
        raise ExtractsUnusable([Problem(MANIFEST, "it is no file of the folder", "Put the file itself there")])
    with opening(ExtractsUnusable, MANIFEST):
        content = path.read_bytes()
    shape = Problem(MANIFEST, "it is not a manifest of this version", "Write it as dpia-checks synth does")
    try:
        facts = _parsed(content)
        version, tables = facts["manifest_version"], {str(k): _listed(line) for k, line in facts["tables"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ExtractsUnusable([shape]) from None
    if version != VERSION:
        raise ExtractsUnusable([shape])
    raise_together(ExtractsUnusable, [*_wrong(facts), *_wrong_lines(tables)])
    named = {name: facts.get(name) for name in ("dpia", "name", "origin", "taken_on", "seed", "scale")}
    return Manifest(**named, tables=tables)


def _of_names(folder: Path, dpia: str, taken_on: str) -> Manifest:
    with opening(ExtractsUnusable, "--extracts"):
        if not folder.is_dir():
            what = "there is no such folder, so it is no extract set"
            raise ExtractsUnusable([Problem("--extracts", what, "Name the folder that holds the files")])
        files = sorted(path.name for path in folder.iterdir())
    tables = {name for each in ((dpia,) if dpia else DPIAS) for name in schema.load(each)}
    named = [(Path(file).stem.casefold(), file) for file in files if file != MAPPING]
    found = [(table, file) for table, file in named if table in tables]
    if found and not dpia:
        what = f"the folder has no {MANIFEST}, so nobody says of which document it is"
        raise ExtractsUnusable([Problem("--extracts", what, f"Name one document alone, or write {MANIFEST}")])
    if not found:
        what = f"the folder has no {MANIFEST} and no file that is named after a table, so it is no extract set"
        do = "Name the folder that dpia-checks synth wrote, or its like"
        raise ExtractsUnusable([Problem("--extracts", what, do)])
    twice = sorted({table for table, _ in found if [other for other, _ in found].count(table) > 1})
    do = f"Keep one of them, or write {MANIFEST}"
    problems = [Problem(table, "two files are named after the table", do) for table in twice]
    if not taken_on:
        what = f"there is no {MANIFEST}, so nobody says on which day the extract was taken"
        problems.append(Problem("--as-of", what, "Give the day: --as-of 2019-10-01"))
    raise_together(ExtractsUnusable, problems)
    listed = {table: Listed(file, None, None, complete=False) for table, file in found}
    return Manifest(dpia, "a folder", "real", taken_on, None, None, listed, is_written=False)


def _parsed(content: bytes) -> Any:
    """Return what the JSON of a manifest says, or refuse what no other reader would take it to say."""
    do = "Write it as dpia-checks synth does"
    try:
        text = content.decode("utf-8-sig")
        facts = json.loads(text, object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite, parse_int=_short)
        json.dumps(facts, ensure_ascii=False).encode("utf-8")
        return facts
    except UnicodeDecodeError:
        what, do = "it is no UTF-8 text", "Save it as UTF-8"
    except UnicodeEncodeError:
        what, do = "it holds half a character (a surrogate without its other half)", "Write the character whole"
    except json.JSONDecodeError as error:
        what = f"it is no JSON: line {error.lineno} breaks off or holds what JSON does not know"
    except RecursionError:
        what = "lists or groups stand in one another without end"
    except _SaidTwice:
        what, do = "it says one thing twice, and readers differ on which of the two counts", "Say it once"
    except _NoNumber:
        what = f"it holds a number that is not finite, as NaN is, or has more than {DIGITS} digits"
    raise ExtractsUnusable([Problem(MANIFEST, what, do)]) from None


class _SaidTwice(Exception):
    """A group has one name twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    facts = dict(pairs)
    if len(facts) < len(pairs):
        raise _SaidTwice
    return facts


class _NoNumber(Exception):
    """What stands for a number is none that the evidence can say."""


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise _NoNumber
    return number


def _short(word: str) -> int:
    if len(word.lstrip("-")) > DIGITS:
        raise _NoNumber
    return int(word)


def _listed(line: Mapping[str, Any]) -> Listed:
    given = {name: line.get(name) for name in ("rows", "sha256", "encoding")}
    file = str(line["file"])
    if "://" not in file:
        file = PureWindowsPath(file).as_posix()  # a path as Windows writes it is the same path anywhere
    return Listed(file=file, complete=line.get("complete") is True, **given)


def _wrong(facts: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(MANIFEST, what, do)
        for wrong, what, do in (
            (facts.get("dpia") not in DPIAS, "its dpia is none of ours", f"Write one of: {', '.join(DPIAS)}"),
            (facts.get("origin") not in ORIGINS, "its origin is unknown", f"Write one of: {', '.join(ORIGINS)}"),
            (not is_date(facts.get("taken_on")), "its taken_on is no date", WRITE_A_DAY),
            (not isinstance(facts.get("name"), str), "it has no name", "Name the extract set"),
            (not _is_number(facts.get("seed"), int), "its seed is no whole number", "Leave it out"),
            (not _is_number(facts.get("scale"), int, float), "its scale is no number", "Leave it out"),
        )
        if wrong
    ]


def _is_number(value: Any, *kinds: type) -> bool:
    return value is None or (isinstance(value, kinds) and not isinstance(value, bool))


def _wrong_lines(tables: Mapping[str, Listed]) -> list[Problem]:
    return [
        Problem(f"table {position} of {MANIFEST}", what, do)
        for position, line in enumerate(tables.values(), start=1)
        for wrong, what, do in (
            (
                line.encoding not in (None, *ENCODINGS),
                "its encoding is unknown",
                f"Write one of: {', '.join(ENCODINGS)}",
            ),
            (not _is_number(line.rows, int), "its rows are no whole number", "Leave them out, or count them"),
        )
        if wrong
    ]


def is_date(value: Any) -> bool:
    """Return whether *value* is the text of a day, as 2019-10-01 is, in one of :data:`YEARS`."""
    try:
        day = datetime.date.fromisoformat(value)
        return bool(day.isoformat() == value) and day.year in YEARS
    except (TypeError, ValueError):
        return False


def approved(manifest: Manifest, reference: str) -> str:
    """
    Return the reference under which the run on the set of *manifest* is approved; none is kept for made-up records.

    Raises:
        NotApproved: The set is of real origin, and no reference is given or it is in no shape to be kept.
    """
    if manifest.origin != "real":
        return ""
    if not reference:
        what = "these are real records, and a run on them is itself processing of personal data. Nothing was read"
        first = ", ".join(notice.SETTLE).lower()
        do = f"Settle {first} in writing and have the run approved, then give --approval REFERENCE"
        raise NotApproved([Problem("--extracts", what, do)])
    if not REFERENCE.fullmatch(reference):
        what = "it is no reference of an approval. Nothing was read"
        raise NotApproved([Problem("--approval", what, notice.REFERENCE)])
    return reference


def day(as_of: str) -> str:
    """
    Return *as_of*, the day to judge by, which may be left empty.

    Raises:
        ExtractsUnusable: It is no day of the calendar, written as 2019-10-01.
    """
    if as_of and not is_date(as_of):
        raise ExtractsUnusable([Problem("--as-of", "it is no day", WRITE_A_DAY)])
    return as_of
