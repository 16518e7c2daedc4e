"""
The form of a release: what a file may hold, and nothing beside it.

A file is refused unless it is, byte for byte, what its content is written as: so no text can hide in a
second key of one name, in blanks, or after the end. Days, names of tables and counts are those of the schema
of extracts and of the bands, so that what is said in words of a file is all that it holds.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks import schema as extract_schemas
from dpia_checks.errors import Problem, ReleaseUnusable, raise_together
from dpia_checks.release import bands
from dpia_checks.release.bands import Band

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).with_name("release.schema.json")
LARGEST = 4_000_000
"""More bytes than a release of every promise has, by far."""
JUDGED = ("held", "did not hold")
"""The results that say something of a promise."""
DO = "Take the file as dpia-checks release wrote it"

Release = dict[str, Any]


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a release file."""
    return dict(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def roles(name: str) -> list[str]:
    """Return the roles that an ``analyst`` or an ``approver`` can have: a fixed list, so that nobody is named."""
    return list(schema()["properties"][name]["enum"])


def is_reference(text: str) -> bool:
    """Return whether *text* is in the shape of a reference: an office's letters and one or two numbers."""
    return re.search(schema()["$defs"]["reference"]["pattern"], text, re.ASCII) is not None


def is_day(text: str) -> bool:
    """Return whether *text* is a day of the calendar, as 2019-10-01 is."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        return False


def text_of(release: Mapping[str, Any]) -> str:
    """Return what a file of *release* holds: the same for the same content."""
    return json.dumps(release, indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def write(release: Release, path: Path) -> None:
    """
    Write *release* to *path*, which must be new, for its owner's eyes until it is approved.

    Raises:
        ReleaseUnusable: It does not follow its own form, or there is a file of that name.
    """
    _check(release, "the release")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ReleaseUnusable([Problem("--out", "there is a file of that name", "Name a new one")]) from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text_of(release))


def read(path: Path, where: str) -> Release:
    """
    Return the release in *path*, which the messages call *where*: a file's name may say something itself.

    Raises:
        ReleaseUnusable: The file is absent, is no release of this version, or holds more than its content says.
    """
    return parsed(content_of(path, where), where)


def content_of(path: Path, where: str) -> bytes:
    """Return the bytes of *path*, refused when it is no file or larger than any release."""
    try:
        if not path.is_file():
            raise ReleaseUnusable([Problem(where, "there is no such file", "Name a file")])
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise ReleaseUnusable([Problem(where, "the file cannot be read", "Name another file")]) from None
    if len(content) > LARGEST:
        raise ReleaseUnusable([Problem(where, "the file is larger than any release", DO)])
    return content


def parsed(content: bytes, where: str) -> Release:
    """Return the release that *content* is; see :func:`read`."""
    try:
        release = json.loads(content.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ReleaseUnusable([Problem(where, "it is no JSON", DO)]) from None
    if not isinstance(release, dict) or (release.get("project"), release.get("kind")) != ("dpia_checks", "release"):
        raise ReleaseUnusable([Problem(where, "it is no release of this project", DO)])
    if release.get("schema_version") != SCHEMA_VERSION:
        what = f"it is of another version of the release schema than {SCHEMA_VERSION}"
        raise ReleaseUnusable([Problem(where, what, "Use the version of dpia-checks that wrote it")])
    _check(release, where)
    if text_of(release).encode() != content:
        raise ReleaseUnusable([Problem(where, "it holds more than its content says, or was edited", DO)])
    return release


def _no_number(_: str) -> None:
    raise ValueError("a release holds whole numbers")


def _check(release: Release, where: str) -> None:
    import jsonschema_rs

    try:
        jsonschema_rs.Draft202012Validator(schema()).validate(release)
    except (ValueError, RecursionError):
        what = f"it does not follow version {SCHEMA_VERSION} of the release schema"
        raise ReleaseUnusable([Problem(where, what, DO)]) from None
    raise_together(ReleaseUnusable, (Problem(where, what, DO) for what in dict.fromkeys(_wrong(release))))


def _wrong(release: Release) -> Iterator[str]:
    """Yield what is wrong with a release that follows its schema, without a word of it."""
    days = [release["taken_on"], release["released_on"], release.get("as_of", release["taken_on"])]
    days += [line["attested_until"] for line in release["commitments"].values() if "attested_until" in line]
    if not all(is_day(day) for day in days):
        yield "a day in it is not in the calendar"
    if release["released_on"] < release["taken_on"]:
        yield "it was released before its extract was taken"
    known = extract_schemas.load(release["dpia"])
    if not set(release["tables"]) <= set(known):
        yield "it names a table that the schema of extracts does not have"
    if not all(bands.is_band(bands.read(table["rows"])) for table in release["tables"].values()):
        yield "a number of rows in it is no band"
    for id, line in release["commitments"].items():
        if not id.startswith(f"{release['dpia'].upper()}_") or not set(line["tables"]) <= {*known, "needs"}:
            yield "it names a promise of another document, or a table that the schema of extracts does not have"
        yield from _wrong_line(line, release["tables"])


def _wrong_line(line: Mapping[str, Any], handed_over: Iterable[str]) -> Iterator[str]:
    counts = {name: bands.read(line[name]) for name in ("judged", "violations") if name in line}
    result = line["result"]
    if set(counts) != ({"judged", "violations"} if result in JUDGED else set()):
        yield "it counts for a promise that it has no result of, or has a result without its counts"
        return
    if ("attested_until" in line) != (result == "attested"):
        yield "it says until when a promise is attested that is not, or leaves it out"
    if result in JUDGED:
        if not set(line["tables"]) <= {*handed_over, "needs"}:
            yield "it has a result from a table that was not handed over"
        if not bands.is_band(counts["judged"]) or not _fits(counts["violations"], counts["judged"]):
            yield "a count in it is no band"
        if (counts["violations"] == Band(0, 0)) != (result == "held"):
            yield "a promise in it held with violations, or did not hold without any"


def _fits(violations: Band, judged: Band) -> bool:
    """Return whether *violations* is what some count is shown as beside *judged*."""
    return bands.band_below(violations.at_least, judged) == violations
