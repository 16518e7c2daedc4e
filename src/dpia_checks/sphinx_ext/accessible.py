"""Pages that everyone can use: tables that are named, headed and reached by keyboard, and landmarks told apart."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from dpia_checks.parts import frames

MENDED = {
    "body": {
        '<div class="table-wrapper': '<div role="group" aria-label="Table" tabindex="0" class="table-wrapper',
        '<th class="head stub"': '<th scope="col" class="head stub"',
        '<th class="head"': '<th scope="col" class="head"',
        '<th class="stub"': '<th scope="row" class="stub"',
    },
    "furo_navigation_tree": {' role="heading"': ""},
}
"""What docutils and the theme leave out, or say wrongly, in each piece of a page, and what stands there instead."""


class NameTables(SphinxPostTransform):
    """Give each table without a caption one: the title of its section, which is read aloud and not shown."""

    default_priority = 600  # after the theme has put each table into a frame, and the table's id on both
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Name each table; its columns take the width that their words need."""
        for number, table in enumerate(self.document.findall(nodes.table), 1):
            table["classes"].append("colwidths-auto")
            if isinstance(table.parent, nodes.container):
                table.parent["ids"] = []
            table["ids"] = table["ids"] or [f"unnamed-table-{number}"]
            if not isinstance(table.next_node(), nodes.title):
                table.insert(0, nodes.title("", section_title(table), classes=["unseen"]))


def section_title(node: nodes.Node) -> str:
    """Return the title of the section that *node* is in, or ``Table`` outside any section."""
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        parent = parent.parent
    title = parent.next_node(nodes.title) if parent is not None else None
    return title.astext() if title is not None else "Table"


LEFT_OUT = "law/"
"""How the names begin of the pages that the menu leaves out; their list stands in it, and is where they are."""


def show_where(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mark in the menu the list that leads to *page*, when *page* itself is not in the menu."""
    parent = f"{LEFT_OUT}index"
    if page.startswith(LEFT_OUT) and page != parent and "pathto" in context:
        item = '<li class="toctree-l1{}"><a class="{}reference internal" href="{}">'
        address = context["pathto"](parent)
        found, put = item.format("", "", address), item.format(" current current-page", "current ", address)
        context["furo_navigation_tree"] = str(context.get("furo_navigation_tree") or "").replace(found, put)


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mend the pieces of *page* that other code has written."""
    for piece, mended in MENDED.items():
        for found, put in mended.items():
            context[piece] = str(context.get(piece) or "").replace(found, put)
    context["body"] = frames.named(context["body"])


def setup(app: Sphinx) -> None:
    """Register the names of tables, the mending and the mark in the menu."""
    app.add_post_transform(NameTables)
    app.connect("html-page-context", mend, priority=950)
    app.connect("html-page-context", show_where, priority=951)
