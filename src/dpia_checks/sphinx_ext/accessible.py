"""Pages that everyone can use: tables that are named, headed and reached by keyboard, and landmarks told apart."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from dpia_checks.parts import frames
from dpia_checks.sphinx_ext.contents import MANY

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


def above(app: Sphinx, page: str) -> str:
    """Return the page that lists *page*, when *page* itself is not in the menu; else nothing."""
    folder, first = page.rpartition("/")[0], f"{page.partition('/')[0]}/index"
    if page not in app.env.found_docs:
        return folder if folder in app.env.found_docs else ""
    listed = app.env.toctree_includes.get(first, ())
    return first if page in listed and len(listed) > MANY else ""


def show_where(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Lead back from a page that is not in the menu to the one that lists it, and mark that one in the menu."""
    parent = above(app, page)
    if parent and "pathto" in context:
        address = context["pathto"](parent)
        context["above"] = {"href": address, "title": app.env.titles[parent].astext()}
        item = '<li class="toctree-l{}{}"><a class="{}reference internal" href="{}">'
        for level in (1, 2):
            found, put = (
                item.format(level, "", "", address),
                item.format(level, " current current-page", "current ", address),
            )
            context["furo_navigation_tree"] = str(context.get("furo_navigation_tree") or "").replace(found, put)


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mend the pieces of *page* that other code has written."""
    for piece, mended in MENDED.items():
        for found, put in mended.items():
            context[piece] = str(context.get(piece) or "").replace(found, put)
    context["body"] = frames.labelled(frames.named(context["body"]))


def setup(app: Sphinx) -> None:
    """Register the names of tables, the mending and the mark in the menu."""
    app.add_post_transform(NameTables)
    app.connect("html-page-context", mend, priority=950)
    app.connect("html-page-context", show_where, priority=951)
