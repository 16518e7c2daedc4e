"""
What a release shows when it is laid beside the files released before it.

An attacker reads every file, knows the rules of rounding, and may know that one woman came or went between
two runs. Whatever then differs between two files is about her: a promise that held before, a number that
fell into the next band. So two files may differ only where at least the threshold of records came or went.

Only what the files show decides, never the evidence behind them, so that the decision itself tells nothing.
What an audit of files cannot see is in ``docs/releasing.md``: above all, many records about one person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dpia_checks import schema as extract_schemas
from dpia_checks.errors import Problem, ReleaseUnusable, TellsTooMuch, opening, raise_together
from dpia_checks.release import bands, form, unions
from dpia_checks.release.bands import Band
from dpia_checks.release.form import Release
from dpia_checks.release.making import about_people
from dpia_checks.statistical_disclosure.bounds import UNLIMITED, Bounds
from dpia_checks.statistical_disclosure.differencing import could_be_small

DO = "Keep to the earlier file, or wait until that many records more are there"


def earlier(folder: Path) -> dict[str, Release]:
    """
    Return every file released before, by the SHA-256 of its content, from a *folder* that holds nothing else.

    Raises:
        ReleaseUnusable: The folder is not there, a file in it is no release, or one is missing that another
            was compared with. A file is called by its position among the sorted names.
    """
    with opening(ReleaseUnusable, "--earlier"):
        files = sorted(folder.iterdir()) if folder.is_dir() else None
    if files is None:
        do = "Name the folder of the files released before; before the first, an empty one"
        raise ReleaseUnusable([Problem("--earlier", "it is no folder", do)])
    contents = [form.content_of(path, f"file {number} of --earlier") for number, path in enumerate(files, start=1)]
    found = {
        hashlib.sha256(content).hexdigest(): form.parsed(content, f"file {number} of --earlier")
        for number, content in enumerate(contents, start=1)
    }
    named = {digest for release in found.values() for digest in release["compared_with"]}
    if missing := len(named - set(found)):
        what = f"{missing} files are missing that another was compared with when it was released"
        raise ReleaseUnusable([Problem("--earlier", what, "Put every file released before into it")])
    return found


def check(release: Release, before: Sequence[Release]) -> None:
    """
    Refuse *release* when it differs too little from what was released *before* it of the same document.

    Raises:
        TellsTooMuch: Naming each table and promise whose difference could be about a few people.
    """
    own = [other for other in before if other["dpia"] == release["dpia"]]
    found = [problem for other in own for problem in differences(release, other)]
    problems = {str(problem): problem for problem in [*found, *unions.differences(release, own)]}
    raise_together(TellsTooMuch, problems.values())


def differences(release: Release, other: Release) -> Iterator[Problem]:
    """Yield each thing that differs between two releases of one document, and could be about a few people."""
    rows, rows_before = _rows(release), _rows(other)
    for name in sorted(rows.keys() & rows_before.keys()):
        if _differs_by_few(rows[name], rows_before[name]):
            what = f"its rows are shown as {rows[name]}, and before as {rows_before[name]}: they may differ by one"
            yield Problem(name, what, DO)
    people = {name for name, table in extract_schemas.load(release["dpia"]).items() if about_people(table)}
    apart = {name for name in rows.keys() & rows_before.keys() if _is_apart(rows[name], rows_before[name])}
    for id in sorted(release["commitments"].keys() & other["commitments"].keys()):
        line, line_before = release["commitments"][id], other["commitments"][id]
        tables = {*line["tables"], *line_before["tables"]}
        nothing = _says_nothing(line, rows) or _says_nothing(line_before, rows_before)
        if _says(line) != _says(line_before) and not nothing and not (tables & people or tables) & apart:
            what = "what is said of it differs, and no table of people that it reads by enough: it may be one record"
            yield Problem(id, what, DO)


def _says_nothing(line: Mapping[str, Any], handed_over: Mapping[str, Band]) -> bool:
    """Return whether a release says nothing of a promise: it was not asked for, or a table was not handed over."""
    missing = set(line["tables"]) - {"needs", *handed_over}
    return line["result"] == "not run" or (line["result"] == "no evidence" and bool(missing))


def _says(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a release says of one promise that comes from records."""
    return {name: value for name, value in line.items() if name != "tables"}


def _rows(release: Release) -> dict[str, Band]:
    return {name: bands.read(table["rows"]) for name, table in release["tables"].items()}


def _differs_by_few(one: Band, other: Band) -> bool:
    return could_be_small(_bounds(one), _bounds(other), bands.threshold())


def _is_apart(one: Band, other: Band) -> bool:
    return one != other and not _differs_by_few(one, other)


def _bounds(shown: Band) -> Bounds:
    return Bounds(shown.at_least, UNLIMITED if shown.at_most is None else shown.at_most)
