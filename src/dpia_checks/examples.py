"""
The planted mistakes and honest oddities of ``examples.csv``. :mod:`dpia_checks.planting` plants them.

One line is one edit; lines with the same need and example are one example, planted in order. ``row``
names a record by its table's key (the first column), or by its position as ``#12``.

========== ===================================================================================
edit       what it does
========== ===================================================================================
set        write ``value`` into ``column`` of record ``row``; an empty value empties the cell
add        add a record with the key ``row``, a copy of the record whose key is ``value``; with an
           empty ``value`` every cell but the key is empty, for ``set`` to fill
drop       take record ``row`` out
add column add a column named ``column`` that holds ``value`` in every record
drop column  take ``column`` out
drop table   take the table out
empty table  take every record out
seen at    change nothing: name the record ``row`` of the table where the mistake must show, when
           what was edited is in another table
========== ===================================================================================

A line whose need is ``each attest`` is an example of each commitment with the method ``attest``, and one of
``first attest`` of the first of them; in its row and value ``{need}`` stands for the commitment's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import ExamplesUnusable, Problem, raise_together
from dpia_checks.schema import Table

COLUMNS = ("need", "example", "expect", "edit", "table", "row", "column", "value")
EXPECTED = ("violation", "allowed")
SHARED = ("each", "first")
NEEDED = {
    "set": ("row", "column"),
    "add": ("row",),
    "drop": ("row",),
    "add column": ("column",),
    "drop column": ("column",),
    "drop table": (),
    "empty table": (),
    "seen at": ("row",),
}
"""The edits, and the cells each of them needs."""


@dataclass(frozen=True)
class Edit:
    """One line of ``examples.csv``; ``line`` is its number in the file."""

    edit: str
    table: str
    row: str
    column: str
    value: str
    line: int


@dataclass(frozen=True)
class Example:
    """A set of edits to the clean extracts, and whether a check must notice them."""

    need: str
    name: str
    expect: str
    edits: tuple[Edit, ...]
    file: str

    @property
    def where(self) -> str:
        """File and line of the first edit."""
        return f"{self.file}:{self.edits[0].line}"


def load(path: Path, schemas: Mapping[str, Table]) -> list[Example]:
    """
    Return the examples of *path*, in file order; none when the file does not exist.

    Raises:
        ExamplesUnusable: Naming every line with an unknown word, table or column, or a missing cell.
    """
    if not path.exists():
        return []
    file = f"{path.parent.name}/{path.name}"
    edits: dict[tuple[str, str, str], list[Edit]] = {}
    problems: list[Problem] = []
    for line, cells in rows(path, COLUMNS, ExamplesUnusable):
        if complaint := _complaint(cells, schemas):
            problems.append(Problem(f"{file}:{line}", *complaint))
        key = (cells["need"], cells["example"], cells["expect"])
        edit = Edit(cells["edit"], cells["table"], cells["row"], cells["column"], cells["value"], line)
        edits.setdefault(key, []).append(edit)
    expectations: dict[tuple[str, str], set[str]] = {}
    for need, name, expect in edits:
        expectations.setdefault((need, name), set()).add(expect)
    problems += [
        Problem(file, f"an example of {need} is expected to be both", "Give all its lines the same expect")
        for (need, _), both in expectations.items()
        if len(both) > 1
    ]
    raise_together(ExamplesUnusable, problems)
    return [Example(need, name, expect, tuple(made), file) for (need, name, expect), made in edits.items()]


def _complaint(cells: Mapping[str, str], schemas: Mapping[str, Table]) -> tuple[str, str] | None:
    if not cells["need"] or not cells["example"]:
        return "the need or the example's name is empty", "Fill both"
    if cells["expect"] not in EXPECTED:
        return "unknown expect", f"Write one of: {', '.join(EXPECTED)}"
    if cells["edit"] not in NEEDED:
        return "unknown edit", f"Write one of: {', '.join(NEEDED)}"
    if cells["table"] not in schemas:
        return "unknown table", "Use a table that extracts/<dpia>.csv describes"
    if missing := [name for name in NEEDED[cells["edit"]] if not cells[name]]:
        return f"{cells['edit']} needs {' and '.join(missing)}", "Fill it"
    if cells["edit"] in {"set", "drop column"} and cells["column"] not in schemas[cells["table"]].columns:
        return "unknown column of that table", "Use a column that extracts/<dpia>.csv describes"
    return None


def for_each(example: Example, having: Callable[[str], Iterable[str]]) -> list[Example]:
    """
    Return *example* once for each commitment that it is an example of: one, unless its need says ``each``.

    ``each attest`` is every commitment with that method, ``first attest`` the first of them: what a check does for
    one it does for all, and each is still shown to be asked by itself.

    Args:
        example: An example as written.
        having: Returns the ids of the commitments that have a method.
    """
    which, _, method = example.need.partition(" ")
    if which not in SHARED:
        return [example]
    needs = list(having(method))[: 1 if which == "first" else None]
    return [replace(example, need=need, edits=tuple(_of(edit, need) for edit in example.edits)) for need in needs]


def _of(edit: Edit, need: str) -> Edit:
    return replace(edit, row=edit.row.replace("{need}", need), value=edit.value.replace("{need}", need))
