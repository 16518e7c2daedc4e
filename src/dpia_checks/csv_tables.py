"""Read the project's own CSV tables (terms, schemas, examples): small, UTF-8, one header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from dpia_checks.errors import InputUnusable, Problem, opening


def rows(path: Path, columns: tuple[str, ...], kind: type[InputUnusable]) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Yield the line number in the file and the cells, stripped, of each row of *path*.

    Raises:
        InputUnusable: As *kind*, when the file is not UTF-8 text, its header is not *columns*, or a
            row has more or fewer cells. All bad rows are named together, before the first is used.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        with opening(kind, where), path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            lines = [(reader.line_num, cells) for cells in reader if cells]
    except (UnicodeDecodeError, csv.Error) as error:
        problem = Problem(where, "the file is not comma-separated UTF-8 text", "Save it as CSV UTF-8")
        raise kind([problem]) from error
    header = tuple(lines[0][1]) if lines else ()
    if header != columns:
        raise kind([Problem(where, "the header is not the expected one", f"Write: {','.join(columns)}")])
    problems = [
        Problem(f"{where}:{number}", f"{len(cells)} cells where the header has {len(columns)}", "Quote commas")
        for number, cells in lines[1:]
        if len(cells) != len(columns)
    ]
    problems += [Problem(f"{where}:{n}", "a null byte", "Take it out") for n, cells in lines if "\0" in "".join(cells)]
    if problems:
        raise kind(problems)
    for number, cells in lines[1:]:
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
