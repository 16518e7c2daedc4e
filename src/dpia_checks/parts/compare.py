"""
One DPIA against the other, a line for each point, from what the needs and the facts of both say.

Facts of one kind stand side by side by the cell that both have, and fields by their legal category. What no cell
pairs, such as the risks, is paired in ``docs/compare.csv``, by ids alone: the words are those of the needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dpia_checks import DPIAS
from dpia_checks.csv_tables import rows
from dpia_checks.errors import FactsUnusable
from dpia_checks.parts.site import Link, Site

Shown = tuple[str, dict[str, Any]]
Row = tuple[str, tuple[list[Link], list[Link]], str]

COLUMNS = ("table", "point", *DPIAS, "compared")
AGREE, DIFFER = "agree", "differ"

PAIRED: Mapping[str, str] = {
    "risks": "The risks, with their levels as published",
    "stages": "The stages of the evaluation, and what each uses",
    "beside": "What data is for beside the evaluation",
    "reoffending": "How reoffending is measured",
    "times": "Who hears of a personal data breach, and when",
}
"""The tables of ``docs/compare.csv``, each with its caption."""

ALIKE: Mapping[str, tuple[str, str, str]] = {
    "special-categories": ("special_categories", "as_printed", "What each declares to be special category data"),
    "roles": ("roles", "party", "What each party is, in the words of data protection law"),
    "bases": ("bases", "article", "The articles that each names as a basis or condition"),
    "retention": ("retention", "data_set", "How long data is kept"),
    "rights": ("rights", "right", "What happens with a request"),
}
"""Each table of facts of one kind: the kind, the column by which they are paired, and the caption."""

FIELDS = "fields"


def table(site: Site, page: str, name: str) -> Shown:
    """Return one table: a row for each point, with what both say of it, and whether they agree."""
    if name == FIELDS:
        return "compare.html", {"caption": "Fields that each lists, by category", "rows": _fields(site, page)}
    if name in ALIKE:
        kind, column, caption = ALIKE[name]
        return "compare.html", {"caption": caption, "rows": _alike(site, page, kind, column)}
    return "compare.html", {"caption": PAIRED[name], "rows": _paired(site, page, name)}


def lines(site: Site) -> list[dict[str, str]]:
    """
    Return the lines of ``docs/compare.csv``; none without the file.

    Raises:
        FactsUnusable: When the file is no table of these columns.
    """
    path = site.docs / "compare.csv"
    return [cells for _, cells in rows(path, COLUMNS, FactsUnusable)] if path.exists() else []


def _paired(site: Site, page: str, name: str) -> list[Row]:
    own = [line for line in lines(site) if line["table"] == name]
    return [_row(site, page, line["point"], [ids_of(line[dpia]) for dpia in DPIAS], line["compared"]) for line in own]


def ids_of(cell: str) -> list[str]:
    """Return the ids of a cell, which stand with ``;`` between them."""
    return [id.strip() for id in cell.split(";") if id.strip()]


def _alike(site: Site, page: str, kind: str, column: str) -> list[Row]:
    """Return a row for each value of *column*, in the order of the facts; they agree when all other cells do."""
    stated = [site.stated[dpia][kind] for dpia in DPIAS]
    points = dict.fromkeys(fact[column] for facts in stated for fact in facts)
    cells = {fact.id: tuple(fact.cells[name] for name in fact.cells if name != "promise") for f in stated for fact in f}
    found = []
    for point in points:
        both = [[fact.id for fact in facts if fact[column] == point] for facts in stated]
        found.append(_row(site, page, point, both, _same(cells, both)))
    return found


def _fields(site: Site, page: str) -> list[Row]:
    """Return a row for each category of the fields that a document lists; one field may be of two."""
    listed = [site.needs.by_id[id] for id in site.needs.of_type("field")]
    approved = [need for need in listed if need["standing"] == "approved"]
    points = dict.fromkeys(name for need in approved for name in _categories(need))
    titles = {str(need["id"]): str(need["title"]) for need in approved}
    found = []
    for point in sorted(points):
        own = [str(need["id"]) for need in approved if point in _categories(need)]
        both = [[id for id in own if id.startswith(dpia.upper())] for dpia in DPIAS]
        found.append(_row(site, page, point, both, _same(titles, both)))
    return found


def _categories(need: Mapping[str, Any]) -> list[str]:
    return [part.strip() for part in str(need["category"]).split(";")]


def _same(cells: Mapping[str, object], both: list[list[str]]) -> str:
    first, second = ({cells[id] for id in ids} for ids in both)
    return AGREE if first == second else DIFFER


def _row(site: Site, page: str, point: str, both: list[list[str]], compared: str) -> Row:
    """Return the row of a *point*; where one document has nothing, it says that the other alone has it."""
    alone = [dpia for dpia, ids in zip(DPIAS, both, strict=True) if ids]
    said = compared if len(alone) > 1 else f"{alone[0].upper()} alone"
    first, second = (_links(site, page, ids) for ids in both)
    return point, (first, second), said


def _links(site: Site, page: str, ids: Iterable[str]) -> list[Link]:
    """Return a link to each need; a promise with its state and its numbers, a risk with its level."""
    return [_link(site, page, id) for id in ids]


def _link(site: Site, page: str, id: str) -> Link:
    need = site.needs.by_id.get(id, {})
    link = site.link(page, id, stated=need.get("type") == "commitment")
    beside = need.get("level") or need.get("terms")
    return Link(f"{link.text} ({beside})" if beside else link.text, link.href, link.state, link.attested)


TABLES = (*PAIRED, *ALIKE, FIELDS)
VIEWS = {"compare": table}
