"""What a document states, as context needs: a line of ``facts/<kind>.csv`` each."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_needs.api import InvalidNeedException, add_need

from dpia_checks import DPIAS
from dpia_checks import facts as fact_files
from dpia_checks.errors import InputUnusable
from dpia_checks.facts import Fact


class StatedFacts(SphinxDirective):
    """``{stated-facts} fod``: a context need for each line of ``facts/<kind>.csv``, hidden; the view shows them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Add the needs."""
        dpia = self.arguments[0]
        if dpia not in DPIAS:
            raise self.error(f"no DPIA {dpia}: use {' or '.join(DPIAS)}")
        folder = Path(self.env.app.srcdir) / dpia
        for kind in fact_files.KINDS:
            self.env.note_dependency(str(folder / "facts" / f"{kind}.csv"))
        try:
            stated = fact_files.load(folder)
        except InputUnusable as unusable:
            raise self.error(str(unusable)) from unusable
        try:
            return [node for facts in stated.values() for fact in facts for node in self._need(fact)]
        except InvalidNeedException as taken:
            raise self.error(str(taken)) from taken

    def _need(self, fact: Fact) -> list[nodes.Node]:
        found = add_need(
            self.env.app,
            self.state,
            self.env.docname,
            self.lineno,
            "context",
            fact.says,
            content=fact.details(),
            id=fact.id,
            hide=True,
            source=list(fact.source),
            kind=fact.kind,
            **fact.told(),
        )
        for node in found:
            node["ids"] = []
        self.env.get_domain("need").note(fact.id, self.env.docname, fact.says)  # type: ignore[attr-defined]
        return list(found)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("stated-facts", StatedFacts)
