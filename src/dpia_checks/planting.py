"""How an example is planted in the clean extracts, and what it takes for a check to have noticed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from dpia_checks.errors import ExamplesUnusable, Problem
from dpia_checks.examples import Edit, Example
from dpia_checks.records import ExtractSet
from dpia_checks.violations import COLUMN_MISSING, Violation


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
