"""A page for each risk, made from its need: no file stands behind it, as none does behind the page of a check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from dpia_checks import DPIAS
from dpia_checks.parts import risks
from dpia_checks.sphinx_ext.cards import KEY
from dpia_checks.sphinx_ext.check_pages import is_writing, take_out_gone
from dpia_checks.sphinx_ext.places import Place
from dpia_checks.sphinx_ext.site_needs import needs_of, paragraph


def collected(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of each risk whose document lists its risks; take out those of risks that are gone."""
    needs = needs_of(app.env)
    pages = risks.pages_of(needs, app.env.found_docs)
    for dpia in DPIAS:
        take_out_gone(app, f"{dpia}/{risks.PAGE}/*.html", pages)
    for page, id in sorted(pages.items()) if is_writing(app) else ():
        title = str(needs.by_id[id]["title"])
        section = nodes.section("", nodes.title("", title), paragraph(KEY, classes=["state-key"]), ids=[id])
        section += [Place(part=part, about=[id]) for part in ("state", "words", "facts", "measures")]
        body = app.builder.render_partial(section)["fragment"]  # type: ignore[attr-defined]
        yield page, {"title": title, "body": body}, "page.html"


def setup(app: Sphinx) -> None:
    """Register the pages."""
    app.connect("html-collect-pages", collected)
