"""
Pages written from files other than pages: the terms and the tests.

Each directive notes the files it reads, so that a change in them is a change of the page.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from dpia_checks import terms as term_files
from dpia_checks.errors import InputUnusable
from dpia_checks.parts.site import terms_anchor, test_anchor
from dpia_checks.sphinx_ext.places import Place
from dpia_checks.sphinx_ext.site_needs import paragraph, table

Read = TypeVar("Read")


def said(directive: SphinxDirective, load: Callable[[str], Read], dpia: str) -> Read:
    """Return what *load* reads, or fail on the directive's line with the words of the error alone."""
    try:
        return load(dpia)
    except InputUnusable as unusable:
        raise directive.error(str(unusable)) from unusable


class TermsTable(SphinxDirective):
    """``{terms-table} fod``: every number and list a DPIA is held to, with its source."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one table, yardsticks of ours marked."""
        dpia = self.arguments[0]
        for path in sorted((term_files.FOLDER / dpia).glob("*.csv")):
            self.env.note_dependency(str(path))
        rows: list[list[list[nodes.Node]]] = []
        ids: list[str] = []
        for need, terms in sorted(said(self, term_files.load, dpia).items()):
            for term in terms.lines.values():
                ours = f"a yardstick of ours: {term.source.removeprefix('ours; ')}"
                origin = f"section {term.source}" if term.kind == "term" else ours
                name = term.name.replace("_", " ")
                ids.append("" if terms_anchor(need) in ids else terms_anchor(need))
                rows.append([_named(need), [nodes.Text(name)], [nodes.Text(term.words())], [nodes.Text(origin)]])
        return [table(["Commitment", "Term", "Value", "Where it is from"], rows, f"{len(rows)} terms", ids)]


def _named(need: str) -> list[nodes.Node]:
    """Return a place for the title of *need*, and its id."""
    return [Place(part="title", about=[need]), nodes.Text(" "), nodes.inline("", need, classes=["need-id"])]


class TestSources(SphinxDirective):
    """``{test-sources} fod``: each verification of a DPIA, as it is written, under a heading of its own."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each test file and one in it for each test."""
        if self.env.app.builder.name == "needs":
            return []
        folder = (Path(self.env.app.srcdir) / self.config.dpia_tests / self.arguments[0]).resolve()
        made: list[nodes.Node] = []
        for path in sorted(folder.glob("test_*.py")):
            self.env.note_dependency(str(path))
            text = path.read_text(encoding="utf-8")
            section = nodes.section("", nodes.title("", path.name), ids=[path.stem.replace("_", "-")])
            for function in self._parsed(path.name, text):
                if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                    section += self._test(function, text.splitlines())
            made.append(section)
        return made

    def _parsed(self, name: str, text: str) -> list[ast.stmt]:
        try:
            return ast.parse(text).body
        except SyntaxError as wrong:
            raise self.error(f"{name}:{wrong.lineno}: this is no Python") from wrong

    def _test(self, function: ast.FunctionDef, lines: list[str]) -> nodes.section:
        first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        code = "\n".join(lines[first - 1 : function.end_lineno])
        block = nodes.literal_block(code, code, language="python")
        section = nodes.section("", nodes.title("", function.name), ids=[test_anchor(function.name)], classes=["lines"])
        section += paragraph(ast.get_docstring(function) or "")
        section += Place(part="verified", about=[function.name])
        section += paragraph(f"From line {first}:")
        section += block
        return section


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("terms-table", TermsTable)
    app.add_directive("test-sources", TestSources)
