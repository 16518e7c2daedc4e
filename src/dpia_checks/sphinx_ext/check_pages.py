"""
A page for each check, from its own docstring, and a list of them on the page of their theme.

No file stands behind such a page: it is made with the pages that do have one, whenever one of those is written.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Container, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from dpia_checks import checks as check_package
from dpia_checks.parts.checks import FOLDER, check_page, checks_of, in_words, modules, pages_of
from dpia_checks.parts.site import check_anchor
from dpia_checks.sphinx_ext.cards import KEY
from dpia_checks.sphinx_ext.places import Place
from dpia_checks.sphinx_ext.site_needs import definition_list, paragraph, table

ARGUMENT = re.compile(r"^(\w+): (.+(?:\n[ ]+.+)*)", re.MULTILINE)
"""An argument as a docstring lists it: its name, then what it is, on lines further in when it is long."""
MARK = re.compile(r":\w+:`~?(?P<role>[\w.]+)`|``(?P<code>.+?)``|(?<![\w*])\*(?P<name>\w+)\*(?![\w*])")
"""What a docstring marks: another check or module, code, or the name of an argument."""
SENTENCE = re.compile(r".+?[.](?=\s|$)", re.DOTALL)


class CheckList(SphinxDirective):
    """``{check-list} transfers``: every check of a module, with what it finds, and a link to its page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what the module says, and a table of its checks."""
        theme = self.arguments[0]
        try:
            module = import_module(f"{check_package.__name__}.{theme}")
        except ModuleNotFoundError:
            known = sorted(set(modules().values()))
            raise self.error(f"no checks called {theme}: use {', '.join(known)}") from None
        self.env.note_dependency(str(module.__file__))
        found = list(checks_of(module))
        rows = [
            [[_link(name, "")], _marked(first_sentence(function), ""), [Place(part="served", about=[name])]]
            for name, function in found
        ]
        head = ["Check", "What it finds", "Commitments that it serves"]
        listed = table(head, rows, f"{len(rows)} checks", ids=[check_anchor(name) for name, _ in found])
        return [paragraph(*_marked((module.__doc__ or "").strip(), "")), listed]


def collected(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of each check whose theme has one; take out those of checks that are gone."""
    pages = pages_of(app.env.found_docs)
    take_out_gone(app, f"{FOLDER}/*/*.html", pages)
    for page, name in sorted(pages.items()) if is_writing(app) else ():
        function = vars(import_module(f"{check_package.__name__}.{modules()[name]}"))[name]
        body = app.builder.render_partial(section_of(name, function))["fragment"]  # type: ignore[attr-defined]
        yield page, {"title": in_words(name), "body": body}, "page.html"


def take_out_gone(app: Sphinx, pattern: str, pages: Container[str]) -> None:
    """Take out the files that match *pattern* and are none of *pages*: what an earlier build made of what is gone."""
    for path in Path(app.outdir).glob(pattern):
        if path.relative_to(app.outdir).as_posix().removesuffix(".html") not in pages:
            path.unlink()


def is_writing(app: Sphinx) -> bool:
    """Return whether this build writes any page; when none changed, those without a file stand as they are, too."""
    return hasattr(app.builder, "fignumbers")  # the builder has the numbers of figures once it prepares to write


def section_of(name: str, function: Callable[..., Any]) -> nodes.section:
    """Return all that the page of a check says: where it is in the code, its docstring, and a place for its use."""
    section = nodes.section("", nodes.title("", in_words(name)), ids=[check_anchor(name)])
    section += paragraph(KEY, classes=["state-key"])
    section += paragraph("In the code: ", nodes.literal("", f"{modules()[name]}.{name}"))
    said, _, arguments = (inspect.getdoc(function) or "").partition("\nArgs:\n")
    section += [paragraph(*_marked(part, "../")) for part in said.split("\n\n") if part.strip()]
    if arguments:
        given = ARGUMENT.findall(inspect.cleandoc(arguments))
        section += paragraph("What it is given:")
        section += definition_list((term, [paragraph(*_marked(what, "../"))]) for term, what in given)
    section += Place(part="check", about=[name])
    return section


def first_sentence(function: Callable[..., Any]) -> str:
    """Return what a check finds: the first sentence of its docstring."""
    said = inspect.getdoc(function) or ""
    found = SENTENCE.match(said)
    return found[0] if found else said


def _marked(said: str, up: str) -> list[nodes.Node]:
    """Return a paragraph of a docstring with its marks as code, and each check that it names as a link."""
    made: list[nodes.Node] = []
    plain, last = " ".join(said.split()), 0
    for mark in MARK.finditer(plain):
        made += [nodes.Text(plain[last : mark.start()]), _code(mark, up)]
        last = mark.end()
    return [*made, nodes.Text(plain[last:])]


def _code(mark: re.Match[str], up: str) -> nodes.Node:
    name = (mark["role"] or "").rpartition(".")[2]
    if name not in modules():
        return nodes.literal("", mark["code"] or mark["name"] or name)
    return _link(name, up, in_words(name).lower())


def _link(name: str, up: str, text: str = "") -> nodes.reference:
    """Return a link to the page of a check, from the page of a theme or, with *up*, from that of a check."""
    address = f"{up}{check_page(name).removeprefix(f'{FOLDER}/')}.html"
    return nodes.reference("", text or in_words(name), internal=True, refuri=address)


def setup(app: Sphinx) -> None:
    """Register the directive and the pages."""
    app.add_directive("check-list", CheckList)
    app.connect("html-collect-pages", collected)
