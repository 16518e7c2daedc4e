"""
What the build adds to a need and asks of it: its terms in words, and a source that exists.

``{terms}`hours``` in a commitment shows the line of ``terms/`` for that commitment, so that nobody
types a number twice; ``{terms}`FOD_COM_BREACH_01.hours``` shows it anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.nodes import Need

from dpia_checks import DPIAS, since
from dpia_checks import terms as term_files
from dpia_checks.errors import InputUnusable
from dpia_checks.parts.site import sections_of
from dpia_checks.terms import Terms

logger = logging.getLogger(__name__)


class PendingTerm(nodes.Inline, nodes.TextElement):
    """A place in a promise where a term is to be shown."""


class TermsRole(SphinxRole):
    """Show a term of the commitment that is named before a point, or else of the one that the role stands in."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a place; the transform below knows which commitment it is in."""
        named, _, term = self.text.strip().rpartition(".")
        node = PendingTerm("", "", term=term, named=named)
        node.source, node.line = self.get_source_info()
        dpia = named[:3].lower() or self.env.docname.partition("/")[0]
        for path in sorted((term_files.FOLDER / dpia).glob("*.csv")):
            self.env.note_dependency(str(path))
        return [node], []


class ShowTerms(SphinxTransform):
    """Fill the places: after parsing, before a need becomes a card."""

    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Replace each place by the term's words, or say that its line is missing."""
        for place in list(self.document.findall(PendingTerm)):
            need = place["named"] or _need_around(place)
            if need and need[:3].lower() in DPIAS and _loaded(need[:3].lower()) is None:
                place.replace_self(nodes.inline("", "[the terms cannot be read]", classes=["term"]))
                continue
            try:
                terms = terms_of(need) if need else Terms("a need")
                terms[place["term"]]
                words = terms.lines[place["term"]].words()
            except InputUnusable as unusable:
                logger.warning(str(unusable), location=place, type="dpia", subtype="terms")
                words = f"[{place['term']}: not in the terms]"
            place.replace_self(nodes.inline("", words, classes=["term"]))


def _need_around(node: nodes.Node) -> str | None:
    parent = node.parent
    while parent is not None and not isinstance(parent, Need):
        parent = parent.parent
    return str(parent["refid"]) if parent is not None else None


def terms_of(need: str) -> Terms:
    """Return the terms of *need*; none when its DPIA is unknown."""
    dpia = need[:3].lower()
    loaded = _loaded(dpia) if dpia in DPIAS else None
    return (loaded or {}).get(need, Terms(need))


@cache
def _loaded(dpia: str) -> dict[str, Terms] | None:
    """Return the terms of *dpia*, or None when they cannot be read, which is said once."""
    try:
        return term_files.load(dpia)
    except InputUnusable as unusable:
        logger.warning(str(unusable), type="dpia", subtype="terms")
        return None


def complete(app: Sphinx, needs: Any) -> None:
    """Copy the terms into each commitment and what became of it into each party, before links and fields resolve."""
    known = _since(Path(app.srcdir))
    for need in needs.values():
        if need["type"] == "commitment" and (terms := terms_of(need["id"])):
            need["terms"] = "; ".join(term.told() for term in terms.lines.values())
        if need["type"] == "party" and need["party"] in known:
            need["status_now"] = known[need["party"]].became


def _since(docs: Path) -> Mapping[str, since.Since]:
    """Return what became of each party, or nothing when the file cannot be read, which is said."""
    try:
        return since.load(docs)
    except InputUnusable as unusable:
        logger.warning(str(unusable), type="dpia", subtype="since")
        return {}


def check_needs(app: Sphinx, env: Any) -> None:
    """Warn of what no schema can say: a source that is no section, terms of no commitment, a bare risk or field."""
    needs = SphinxNeedsData(env).get_needs_mutable()
    for where, complaint in _complaints(Path(app.srcdir), needs):
        logger.warning(complaint, location=where, type="dpia", subtype="need")


def _complaints(root: Path, needs: Any) -> Iterator[tuple[Any, str]]:
    reduced, excused = set(), set()
    for need in needs.values():
        reduced |= {str(link).split(".")[0] for link in need["reduces"] or ()}
        if need["type"] == "finding":
            excused |= {str(link).split(".")[0] for link in need["concerns"] or ()}
    for id, need in needs.items():
        where = (need["docname"], need["lineno"])
        known = sections_of(root / id[:3].lower())
        for key in need["source"] or ():
            if known and key not in known:
                yield (
                    where,
                    f"{id}: the document has no section {key!r}; {id[:3].lower()}/facts/sections.csv lists them",
                )
        for term in terms_of(id).lines.values() if need["type"] == "commitment" else ():
            if term.kind == "term" and known and term.source not in known:
                yield (
                    where,
                    f"{id}: its term {term.name!r} cites section {term.source!r}, which the document does not have",
                )
        ours = any(term.kind == "yardstick" for term in terms_of(id).lines.values())
        if ours and need["method"] not in {"vague", "attest"}:
            yield where, f"{id}: it is measured with a yardstick of ours, which verifies nothing; its method is vague"
        if need["type"] == "commitment" and need["method"] == "vague" and id not in excused:
            yield where, f"{id}: too vague to check, and no finding says so; write one that concerns it in findings/"
        if need["type"] == "risk" and id not in reduced and id not in excused:
            yield where, f"{id}: no mitigation reduces this risk, and no finding says that the document has none"
        if need["type"] == "field" and not (need["category"] and need["collected_under"]) and id not in excused:
            yield (
                where,
                f"{id}: the field has no category or no basis, and no finding says that the document leaves it out",
            )
    for dpia in DPIAS:
        for id in _loaded(dpia) or ():
            if (root / dpia).exists() and id not in needs:
                yield None, f"terms/{dpia}: terms for {id}, which is no commitment; write it, or take the lines out"


def forget(app: Sphinx) -> None:
    """Read the files anew in each build."""
    _loaded.cache_clear()


def setup(app: Sphinx) -> None:
    """Register the role, the transform and the rules."""
    app.add_role("terms", TermsRole())
    app.add_transform(ShowTerms)
    app.connect("builder-inited", forget)
    app.connect("needs-before-post-processing", complete)
    app.connect("env-updated", check_needs, priority=100)
