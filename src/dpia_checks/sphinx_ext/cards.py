"""
Show each need as an article with a heading of its own.

While a page is read a need becomes a section, so that the page's contents list, the search and the
inventory know it. When the page is written the section gets places for its state and its facts, filled last
by :mod:`dpia_checks.parts`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.nodes import Need

from dpia_checks.sphinx_ext.places import Place
from dpia_checks.sphinx_ext.site_needs import paragraph

STATED = ("commitment", "mitigation", "risk", "law")
KEY = (
    "A state here says whether our check works on made-up records. It does not say whether MOPAC kept the promise, "
    "and keeping a promise is not the same as obeying the law."
)


class NeedDomain(Domain):
    """Every need as an object, for ``objects.inv`` and the search; and each page's contents."""

    name = "need"
    label = "Need"
    object_types = {"need": ObjType("need")}
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}, "contents": {}}

    def note(self, id: str, docname: str, title: str) -> None:
        """Remember where *id* is shown."""
        self.data["objects"][id] = (docname, title)

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* showed."""
        self.data["contents"].pop(docname, None)
        self.data["objects"] = {id: at for id, at in self.data["objects"].items() if at[0] != docname}

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        self.data["contents"].update({name: was for name, was in otherdata["contents"].items() if name in docnames})
        self.data["objects"].update({id: at for id, at in otherdata["objects"].items() if at[0] in docnames})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield each need with its page, its anchor and its title."""
        for id, (docname, title) in sorted(self.data["objects"].items()):
            yield id, title, "need", docname, id, 1

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Resolve nothing by guessing."""
        return []


class AsSection(SphinxTransform):
    """Turn each shown need into a section, after sphinx-needs made its node."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace the node by a section that holds it."""
        needs = SphinxNeedsData(self.env).get_needs_mutable()
        for node in list(self.document.findall(Need)):
            id = str(node["refid"])
            if node.get("hidden") or id not in needs:
                continue
            need = needs[id]
            classes = ["need-card", f"need-{need['type']}"]
            section = nodes.section("", nodes.title("", need["title"]), ids=[id], names=[], classes=classes)
            section["need"], section["kind"] = id, need["type"]
            node["ids"] = []
            node.parent.replace(node, section)
            section += node
            self.env.get_domain("need").note(id, self.env.docname, need["title"])  # type: ignore[attr-defined]
        for target in list(self.document.findall(nodes.target)):
            if target.get("refid") in needs and "anonymous" in target:
                target.parent.remove(target)


class AsArticle(SphinxPostTransform):
    """Give each card a place for its state and one for its facts when its page is written."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Put the state above the need's text, and the facts below it."""
        sections = [section for section in self.document.findall(nodes.section) if section.get("need")]
        if not sections:
            return
        if any(section["kind"] in STATED for section in sections):
            title = next(iter(self.document.findall(nodes.title)))
            title.parent.insert(title.parent.index(title) + 1, paragraph(KEY, *self._both(), classes=["state-key"]))
        for section in sections:
            for node in list(section.findall(Need)):
                node.parent.replace(node, node.children)
            section.insert(1, Place(part="state", about=[section["need"]]))
            section += Place(part="facts", about=[section["need"]])

    def _both(self) -> list[nodes.Node]:
        """Return a link to the page of this theme across both documents, when there is one."""
        theme = f"themes/{self.env.docname.rpartition('/')[2]}"
        if theme not in self.env.found_docs or self.env.docname == theme:
            return []
        uri = self.app.builder.get_relative_uri(self.env.docname, theme)
        return [nodes.Text(" "), nodes.reference("", "Both assessments on this theme.", internal=True, refuri=uri)]


ADDRESS = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{id}</title>
<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={href}"></head>
<body><p><a href="{href}">{id}</a></p></body></html>
"""


def write_addresses(app: Sphinx, failed: Exception | None) -> None:
    """Write ``n/<ID>/index.html`` for each need: an address that stays when the need moves to another page."""
    if failed or app.builder.name != "html":
        return
    folder = Path(app.outdir) / "n"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for id, _, _, docname, anchor, _ in app.env.get_domain("need").get_objects():
        at = folder / id
        at.mkdir()
        (at / "index.html").write_text(ADDRESS.format(id=id, href=f"../../{docname}.html#{anchor}"), "utf-8")


def _visit_section(self: Any, node: nodes.section) -> None:
    if node.get("need"):
        self.section_level += 1
        self.body.append(self.starttag(node, "article"))
    else:
        type(self).visit_section(self, node)


def _depart_section(self: Any, node: nodes.section) -> None:
    if node.get("need"):
        self.section_level -= 1
        self.body.append("</article>\n")
    else:
        type(self).depart_section(self, node)


def setup(app: Sphinx) -> None:
    """Register the domain, the transforms and the article."""
    app.add_domain(NeedDomain)
    app.add_transform(AsSection)
    app.add_post_transform(AsArticle)
    app.connect("build-finished", write_addresses)
    app.add_node(nodes.section, override=True, html=(_visit_section, _depart_section))
