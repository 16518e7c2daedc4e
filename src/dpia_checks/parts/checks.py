"""
What a check is used for: the commitments that it serves, and each planted mistake before and after.

Cells are shown of made-up records alone: the examples are planted in the synthetic extracts, and nothing else
is read here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks import DPIAS, examples, schema, synthetic
from dpia_checks import checks as check_package
from dpia_checks.errors import InputUnusable
from dpia_checks.examples import Edit, Example
from dpia_checks.parts.site import Link, Need, Site

Shown = tuple[str, dict[str, Any]]

FOLDER = "checks"
"""The folder of the pages of checks: one for each theme, and in a folder of its name one for each check."""


@dataclass(frozen=True)
class Changed:
    """One edit of an example: where it is made, and the cell before and after, or words for what is no cell."""

    table: str
    row: str
    column: str
    before: str
    after: str


@cache
def modules() -> dict[str, str]:
    """Return the name of the module of each check, as it is written: a link needs no check, nor what it is made of."""
    files = sorted(Path(str(check_package.__path__[0])).glob("*.py"))
    return {name: path.stem for path in files for name in _written(path)}


def _written(path: Path) -> Iterator[str]:
    for each in ast.parse(path.read_bytes()).body:
        if isinstance(each, ast.FunctionDef) and any(ast.unparse(mark) == "check" for mark in each.decorator_list):
            yield each.name


def checks_of(module: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the checks of a module, sorted by name."""
    for name, function in sorted(vars(module).items()):
        if getattr(function, "is_check", False):
            yield name, function


def check_page(name: str) -> str:
    """Return the page of a check; the list of all for a name that no module has."""
    module = modules().get(name)
    return f"{FOLDER}/{module}/{name.replace('_', '-')}" if module else f"{FOLDER}/index"


def pages_of(pages: Iterable[str]) -> dict[str, str]:
    """Return the page of each check, with its name: of the themes whose own page is among *pages*."""
    known = set(pages)
    return {check_page(name): name for name, module in modules().items() if f"{FOLDER}/{module}" in known}


def in_words(name: str) -> str:
    """Return the name of a check as a heading: ``told_late`` is *Told late*."""
    return name.replace("_", " ").capitalize()


def served(site: Site, page: str, name: str) -> Shown:
    """Return how many commitments the check *name* serves in the run that the site shows."""
    return "text.html", {"text": len(_served(site, name))}


def _served(site: Site, name: str) -> list[str]:
    return [id for id, record in sorted(site.records.items()) if name in (record["checks"] or ())]


def check(site: Site, page: str, name: str) -> Shown:
    """Return what the check *name* is used for: each commitment with its terms, and its examples."""
    served = _served(site, name)
    attested = [id for id in served if site.needs.by_id[id].get("method") == "attest"]
    uses = [_use(site, page, id) for id in served if id not in attested]
    for dpia in DPIAS:
        if own := [id for id in attested if id.startswith(dpia.upper())]:
            uses.append(_use(site, page, own[0]) | {"others": site.links(page, own, stated=True)})
    return "check.html", {"uses": uses, "count": len(served)}


def _use(site: Site, page: str, id: str) -> dict[str, Any]:
    """Return what is shown of the use for the commitment *id*."""
    need, record = site.needs.by_id[id], site.records[id]
    outcomes = _outcomes(record)
    rows = [
        (example, outcomes.get((example.expect, example.name), "not run"), changes)
        for example, changes in _changes(site.docs.parent, id[:3].lower(), _first_attested(site, id[:3])).get(id, ())
    ]
    link: Link = site.link(page, id, stated=True)
    terms = {"terms": need.get("terms") or "", "from_": site.terms_links(page, id)}
    return {"id": id, "link": link, **terms, "record": record, "rows": rows, "others": []}


def _outcomes(record: Need) -> dict[tuple[str, str], str]:
    parted = [result.split(": ", 2) for result in record["results"] or ()]
    return {(case, name): outcome for case, outcome, name in parted}


def _first_attested(site: Site, dpia: str) -> str:
    """Return the first commitment of a DPIA that rests on an attestation: that of the examples they share."""
    ids = [id for id in site.needs.of_type("commitment") if id.startswith(dpia)]
    return next((id for id in ids if site.needs.by_id[id].get("method") == "attest"), "")


@cache
def _changes(root: Path, dpia: str, attested: str) -> Mapping[str, list[tuple[Example, list[Changed]]]]:
    """
    Return the examples of a DPIA by need, each with its edits; none when their file cannot be read.

    The examples that all attestations share are those of *attested*.
    """
    described = {**schema.load(dpia), "needs": schema.needs_table()}
    try:
        written = examples.load(root / "tests" / "commitments" / dpia / "examples.csv", described)
    except InputUnusable:
        return {}
    cells = Cells(dpia) if written else None
    made: dict[str, list[tuple[Example, list[Changed]]]] = {}
    for example in (one for each in written for one in examples.for_each(each, lambda _: [attested])):
        if cells is not None:
            made.setdefault(example.need, []).append((example, list(_edits(example, cells))))
    return made


class Cells:
    """The cells of the clean made-up extracts of a DPIA."""

    def __init__(self, dpia: str) -> None:
        self.texts = synthetic.make(dpia).texts
        self._columns: dict[tuple[str, str], list[str | None]] = {}
        self._rows: dict[str, dict[str | None, int]] = {}

    def of(self, table: str, row: str, column: str) -> str | None:
        """Return a cell as it is before anything is planted; None where there is no such record or column."""
        if table not in self.texts or column not in self.texts[table].column_names:
            return None
        cells = self._column(table, column)
        position = int(row[1:]) - 1 if row.startswith("#") and row[1:].isdigit() else self._positions(table).get(row)
        return (cells[position] or "") if position is not None and position < len(cells) else None

    def _column(self, table: str, column: str) -> list[str | None]:
        if (table, column) not in self._columns:
            self._columns[table, column] = self.texts[table].column(column).to_pylist()
        return self._columns[table, column]

    def _positions(self, table: str) -> dict[str | None, int]:
        if table not in self._rows:
            keys = self._column(table, self.texts[table].column_names[0])
            self._rows[table] = {key: position for position, key in enumerate(keys)}
        return self._rows[table]


def _edits(example: Example, cells: Cells) -> Iterator[Changed]:
    """Yield each edit with what was there before it; an earlier edit of the same example counts as before."""
    now: dict[tuple[str, str, str], str] = {}
    added: dict[tuple[str, str], str] = {}
    for edit in example.edits:
        if edit.edit == "set":
            where = (edit.table, edit.row, edit.column)
            source = added.get((edit.table, edit.row), edit.row)
            held = now.get(where, cells.of(edit.table, source, edit.column) if source else "")
            now[where] = edit.value
            yield Changed(edit.table, edit.row, edit.column, _cell(held, edit.table), edit.value or EMPTY)
        else:
            if edit.edit == "add":
                added[edit.table, edit.row] = edit.value
            yield Changed(edit.table, edit.row or "every record", edit.column, *_words(edit))


EMPTY = "(empty)"


def _cell(held: str | None, table: str) -> str:
    if held is None:
        return "as the document is transcribed" if table == "needs" else "n/a"
    return held or EMPTY


def _words(edit: Edit) -> tuple[str, str]:
    return {
        "add": ("no such record", f"a copy of {edit.value}" if edit.value else "an empty record"),
        "drop": ("the record", "taken out"),
        "add column": ("no such column", edit.value or EMPTY),
        "drop column": ("the column", "taken out"),
        "drop table": ("the table", "taken out"),
        "empty table": ("its records", "none"),
        "seen at": ("as it is", "as it is; the mistake must show here"),
    }[edit.edit]


VIEWS = {"check": check, "served": served}
