"""The needs as the pages use them, and the nodes that pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_needs.data import SphinxNeedsData

from dpia_checks.needs import Needs

LINKS = ("reduces", "delivers", "rests_on", "collected_under", "concerns")

_NEEDS: WeakKeyDictionary[BuildEnvironment, Needs] = WeakKeyDictionary()


def needs_of(env: BuildEnvironment) -> Needs:
    """Return every need with its links as plain ids: once all pages are read, the same for all of them."""
    if env not in _NEEDS:
        view = SphinxNeedsData(env).get_needs_view()
        _NEEDS[env] = Needs({id: plain(need) for id, need in view.items()})
    return _NEEDS[env]


def forget(app: Sphinx, *args: object) -> None:
    """Forget the needs of the last build, before pages are read again."""
    _NEEDS.clear()


def setup(app: Sphinx) -> None:
    """Forget what was known before anything is read, and once all is."""
    app.connect("env-before-read-docs", forget)
    app.connect("env-updated", forget, priority=899)


def plain(need: Mapping[str, Any]) -> dict[str, Any]:
    """Return *need* with its links, both ways, as lists of ids."""
    made = dict(need.items())
    for link in (*LINKS, *(f"{name}_back" for name in LINKS)):
        made[link] = [str(target).split(".")[0] for target in made.get(link) or []]
    return made


def paragraph(*parts: nodes.Node | str, classes: Iterable[str] = ()) -> nodes.paragraph:
    """Return a paragraph of text and nodes."""
    children = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.paragraph("", "", *children, classes=list(classes))


def definition_list(facts: Iterable[tuple[str, list[nodes.Node]]]) -> nodes.definition_list:
    """Return *facts* as terms and descriptions; one without a description is left out."""
    made = nodes.definition_list(classes=["facts"])
    for term, parts in facts:
        if parts:
            body = nodes.definition("", *parts)
            made += nodes.definition_list_item("", nodes.term("", term), body)
    return made


def table(
    head: list[str], rows: list[list[list[nodes.Node]]], caption: str, ids: list[str] | None = None
) -> nodes.table:
    """Return a table with a caption; each row is a list of cells, each cell a list of inline nodes."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", nodes.row("", *(nodes.entry("", paragraph(name)) for name in head)))
    body = nodes.tbody()
    for number, cells in enumerate(rows):
        row = nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
        if ids and ids[number]:
            row["ids"].append(ids[number])
        body += row
    group += body
    return nodes.table("", nodes.title("", caption), group, classes=["wide"], ids=[nodes.make_id(f"table {caption}")])
