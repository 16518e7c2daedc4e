"""
The planted mistakes and honest oddities of ``examples.csv``, and how one is planted.

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

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from dpia_checks.csv_tables import rows
from dpia_checks.errors import ExamplesUnusable, Problem, raise_together
from dpia_checks.records import ExtractSet
from dpia_checks.schema import Table
from dpia_checks.violations import COLUMN_MISSING, Violation

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


def plant(example: Example, clean: ExtractSet) -> ExtractSet:
    """
    Return *clean* with the edits of *example*.

    Raises:
        ExamplesUnusable: An edit names a table or record that is not there, or more than one record.
    """
    tables: dict[str, pa.Table | None] = {}
    for edit in example.edits:
        where = f"{example.file}:{edit.line}"
        text = tables.get(edit.table, clean.texts.get(edit.table))
        if text is None:
            raise ExamplesUnusable([Problem(where, "edits a table that is not there", "Name a table of the extracts")])
        if edit.edit in {"set", "drop column"} and edit.column not in text.column_names:
            what = f"edits a column that {edit.table} does not have"
            raise ExamplesUnusable([Problem(where, what, "Name a column of the table")])
        if edit.edit == "add column" and edit.column in text.column_names:
            raise ExamplesUnusable([Problem(where, "adds a column that is there already", "Give it another name")])
        tables[edit.table] = _edited(text, edit, where)
    if all(text is not None and text.equals(clean.texts[name]) for name, text in tables.items()):
        what = "the example changes nothing"
        raise ExamplesUnusable([Problem(example.where, what, "Write a value that the record does not have yet")])
    return clean.replacing(tables)


def _edited(text: pa.Table, edit: Edit, where: str) -> pa.Table | None:
    match edit.edit:
        case "set":
            return _set(text, edit, _position(text, edit.row, where))
        case "add":
            return _add(text, edit, where)
        case "drop":
            position = _position(text, edit.row, where)
            return pa.concat_tables([text.slice(0, position), text.slice(position + 1)])
        case "add column":
            return text.append_column(edit.column, pa.array([edit.value or None] * text.num_rows, pa.string()))
        case "drop column":
            return text.drop_columns([edit.column])
        case "empty table":
            return text.slice(0, 0)
        case "seen at":
            _position(text, edit.row, where)
            return text
        case _:
            return None


def _add(text: pa.Table, edit: Edit, where: str) -> pa.Table:
    if edit.value:
        added = text.slice(_position(text, edit.value, where), 1)
    else:
        added = pa.table({name: pa.array([None], pa.string()) for name in text.column_names})
    key = pa.array([edit.row], pa.string())
    return pa.concat_tables([text, added.set_column(0, text.column_names[0], key)])


def _set(text: pa.Table, edit: Edit, position: int) -> pa.Table:
    cells = text.column(edit.column).to_pylist()
    cells[position] = edit.value or None
    index = text.column_names.index(edit.column)
    return text.set_column(index, edit.column, pa.array(cells, pa.string()))


def _position(text: pa.Table, record: str, where: str) -> int:
    if (
        record.startswith("#")
        and record[1:].isascii()
        and record[1:].isdigit()
        and 0 < int(record[1:]) <= text.num_rows
    ):
        return int(record[1:]) - 1
    found = pc.indices_nonzero(pc.equal(text.column(0), record)).to_pylist()
    if len(found) == 1:
        return int(found[0])
    what = "edits a record that does not exist" if not found else f"names {len(found)} records at once"
    raise ExamplesUnusable([Problem(where, what, "Name one record by the key in the first column, or by #position")])


def noticed(example: Example, planted: ExtractSet, found: Sequence[Violation], rules: Iterable[str]) -> bool:
    """
    Return whether one of *found* is the mistake that *example* planted.

    It must come from one of *rules*, the checks that the verification ran, and name the table and the
    row or column that an edit touched. For what was taken out, it must say what is absent from there.
    """
    known = set(rules)
    return any(_names(violation, edit, planted, known, example) for violation in found for edit in example.edits)


def _names(violation: Violation, edit: Edit, planted: ExtractSet, rules: set[str], example: Example) -> bool:
    if edit.edit == "drop column":
        return violation.table == edit.table and violation.column == edit.column and violation.rule == COLUMN_MISSING
    if violation.rule not in rules:
        return False
    if edit.edit in {"drop", "drop table", "empty table"}:
        return violation.absent_from == edit.table or (violation.table == edit.table and violation.row is None)
    if violation.table != edit.table:
        return False
    text = planted.texts[edit.table]
    if edit.edit == "add column":
        return bool(violation.column == text.column_names[-1])
    if edit.edit == "add":
        return violation.row == int(pc.indices_nonzero(pc.equal(text.column(0), edit.row)).to_pylist()[-1]) + 1
    return violation.row in _standing(text, edit, example)


def _standing(text: pa.Table, edit: Edit, example: Example) -> set[int]:
    """Return the position in *text* of the record that *edit* names; edits may have moved it, or changed its key."""
    key = edit.row
    for other in example.edits:
        if other.edit == "set" and (other.table, other.row, other.column) == (edit.table, key, text.column_names[0]):
            key = other.value
    if key.startswith("#"):
        return {_position(text, key, edit.table) + 1}
    same = pc.equal(text.column(0), key) if key else pc.is_null(text.column(0))
    return {position + 1 for position in pc.indices_nonzero(same).to_pylist()}
