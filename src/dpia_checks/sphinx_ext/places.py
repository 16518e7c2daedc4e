"""
Leave places for the parts of pages, and fill them once all pages are written.

No page is read or written again because of evidence: only its places are filled anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from dpia_checks import DPIAS, evidence, parts
from dpia_checks.errors import EvidenceUnusable, InputUnusable
from dpia_checks.needs import Needs
from dpia_checks.parts import bases, compare, document, flows, law, law_named, silences, since, themes
from dpia_checks.parts.site import Site, printed_sections
from dpia_checks.parts.views import VIEWS
from dpia_checks.sphinx_ext.site_needs import needs_of

logger = logging.getLogger(__name__)

MOST = 500_000
"""How many bytes a page may have: it is to open on a cheap phone."""
WITH_PROMISES = ("your-data/", "compare", "lge/extracts")
"""How the names of the pages begin whose text leads to promises."""


OVER = {**dict.fromkeys(themes.VIEWS, themes.THEMES), **dict.fromkeys(compare.VIEWS, compare.TABLES)}
"""What a view is over, where it is not over one DPIA or both."""


class Place(nodes.General, nodes.Element):
    """A place for a part; it knows the part's name and what it is about."""


class ViewDirective(SphinxDirective):
    """``{dpia-view} states fod``: leave a place for a view, over one DPIA or both, or over what is in :data:`OVER`."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        name, dpia = self.arguments[0], self.arguments[1] if len(self.arguments) > 1 else ""
        known = (
            VIEWS
            | document.VIEWS
            | flows.VIEWS
            | bases.VIEWS
            | silences.VIEWS
            | law.VIEWS
            | since.VIEWS
            | themes.VIEWS
            | law_named.VIEWS
            | compare.VIEWS
        )
        over = OVER.get(name, ("", *DPIAS))
        if name not in known or dpia not in over:
            raise self.error(f"no view {name} {dpia}: use {', '.join(known)}, and {' or '.join(filter(None, over))}")
        return [Place(part=name, about=[dpia] if dpia else [])]


class PromiseRole(SphinxRole):
    """``{promise}`FOD_COM_ACCESS_01```: leave a place for a link to a promise with its state, a finding, or a fact."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place; an id that no document has is said when the pages are filled."""
        node = Place(part="promise", about=[self.text.strip()])
        node.source, node.line = self.get_source_info()
        return [node], []


def check_promises(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a place for a need that no document has."""
    needs = needs_of(env)
    for docname in sorted(env.found_docs):
        if docname.startswith(WITH_PROMISES):
            for node in env.get_doctree(docname).findall(Place):
                if node["part"] == "promise" and node["about"][0] not in needs.by_id:
                    logger.warning(f"no document has {node['about'][0]}", location=node, type="dpia", subtype="need")


def evidence_path(app: Sphinx) -> Path:
    """Return the evidence file that the site is built with."""
    return (Path(app.srcdir) / app.config.dpia_evidence).resolve()


def evidence_of(app: Sphinx, needs: Needs) -> dict[str, Any]:
    """Return the evidence, or evidence of nothing run when the file is absent (a document built alone)."""
    path = evidence_path(app)
    if not path.exists():
        return evidence.build(needs, [], {}, {"tool": "", "commit": "unknown", "extract_sets": []})
    try:
        return evidence.read(path)
    except EvidenceUnusable as unusable:
        raise ConfigError(str(unusable)) from None


def fill(app: Sphinx, failed: Exception | None) -> None:
    """Fill the places of every page, also of those that this build did not write."""
    if failed is None and app.builder.name == "html":
        needs = needs_of(app.env)
        docs = Path(app.srcdir)
        pages = app.env.found_docs | parts.without_file(needs, app.env.found_docs)
        site = Site(needs, evidence_of(app, needs), pages, printed_sections(docs), docs)
        for id in sorted(evidence.records(site.evidence).keys() - needs.by_id.keys()):
            logger.warning(f"the evidence verifies {id}, which no document has; run dpia-checks verify", type="dpia")
        try:
            parts.fill(site, Path(app.outdir))
        except InputUnusable as unusable:
            raise ConfigError(str(unusable)) from None
        _warn_of_large_pages(Path(app.outdir), pages)


def _warn_of_large_pages(folder: Path, pages: Iterable[str]) -> None:
    """Warn of each page, filled, that has more than :data:`MOST` bytes; the addresses of needs are a line each."""
    made = {folder / f"{page}.html" for page in pages}
    for path in sorted(made.union(folder.glob("*.html"), folder.glob("print/*.html"))):
        if (size := path.stat().st_size) > MOST:
            name = path.relative_to(folder).as_posix()
            logger.warning(f"{name} has {size} bytes, and a page may have {MOST}: part it", type="dpia", subtype="size")


def _visit(self: Any, node: Place) -> None:
    self.body.append(parts.place(node["part"], *node["about"]))
    raise nodes.SkipNode


def _skip(self: Any, node: Place) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directives, the places and the filling."""
    app.add_directive("dpia-view", ViewDirective)
    app.add_role("promise", PromiseRole())
    app.connect("env-check-consistency", check_promises)
    app.add_node(Place, html=(_visit, None), text=(_skip, None), latex=(_skip, None))
    app.connect("build-finished", fill)
