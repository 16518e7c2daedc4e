"""Pages that everyone can use: tables that are named, headed and reached by keyboard."""

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


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mend the pieces of *page* that other code has written."""
    for piece, mended in MENDED.items():
        for found, put in mended.items():
            context[piece] = str(context.get(piece) or "").replace(found, put)
    context["body"] = frames.labelled(frames.named(context["body"]))


def setup(app: Sphinx) -> None:
    """Register the names of tables and the mending."""
    app.add_post_transform(NameTables)
    app.connect("html-page-context", mend, priority=950)
