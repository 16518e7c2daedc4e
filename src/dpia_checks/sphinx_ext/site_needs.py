"""The needs and the evidence as the pages use them, and links between needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx_needs.data import SphinxNeedsData

from dpia_checks import evidence
from dpia_checks.errors import EvidenceUnusable
from dpia_checks.evidence import WORDS
from dpia_checks.needs import Needs

SHAPES = {
    "proven": "\u25c6",
    "transcription": "\u25c7",
    "attest": "\u270e",
    "vague": "\u2248",
    "none": "\u25cb",
    "broken": "\u2716",
}
"""A shape for each state, so that colour is never alone."""
LINKS = ("reduces", "delivers", "rests_on", "collected_under", "verifies", "concerns")
REAL = {"none": "no evidence", "held": "held (self-reported)", "did not hold": "did not hold (self-reported)"}


def evidence_path(app: Sphinx) -> Path:
    """Return the evidence file that the site is built with."""
    return (Path(app.srcdir) / app.config.dpia_evidence).resolve()


def evidence_of(app: Sphinx) -> dict[str, Any]:
    """Return the evidence, or evidence of nothing run when the file is absent (a document built alone)."""
    path = evidence_path(app)
    if not path.exists():
        return evidence.build(needs_of(app.env), [], {}, {"tool": "", "commit": "unknown", "extract_sets": []})
    changed = path.stat()
    return _read(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> dict[str, Any]:
    """Return the evidence, read and checked once for all pages of a build; *changed* and *size* tell a new file."""
    try:
        return evidence.read(path)
    except EvidenceUnusable as unusable:
        raise ConfigError(str(unusable)) from None


_NEEDS: WeakKeyDictionary[BuildEnvironment, Needs] = WeakKeyDictionary()


def needs_of(env: BuildEnvironment) -> Needs:
    """Return every need with its links as plain ids: once all pages are read, the same for all of them."""
    if env not in _NEEDS:
        view = SphinxNeedsData(env).get_needs_view()
        _NEEDS[env] = Needs({id: plain(need) for id, need in view.items()})
    return _NEEDS[env]


def forget(app: Sphinx, *args: object) -> None:
    """Forget the needs of the last build, before pages are read again."""
    _NEEDS.clear()


def setup(app: Sphinx) -> None:
    """Forget what was known before anything is read, and once all is."""
    app.connect("env-before-read-docs", forget)
    app.connect("env-updated", forget, priority=899)


def plain(need: Mapping[str, Any]) -> dict[str, Any]:
    """Return *need* with its links, both ways, as lists of ids."""
    made = dict(need)
    for link in (*LINKS, *(f"{name}_back" for name in LINKS)):
        made[link] = [str(target).split(".")[0] for target in need.get(link) or []]
    return made


def link(app: Sphinx, fromdoc: str, need: Mapping[str, Any], text: str = "") -> nodes.Node:
    """Return a link to *need*; its title is the text unless another is given."""
    uri = app.builder.get_relative_uri(fromdoc, need["docname"]) if need["docname"] else ""
    refuri = f"{uri}#{need['id']}"
    return nodes.reference("", text or need["title"], internal=True, refuri=refuri, classes=["need-link"])


def state_badge(state: str | None) -> nodes.inline:
    """Return a state as a shape and its public words."""
    state = state or "none"
    shape = nodes.raw("", f'<span class="shape" aria-hidden="true">{SHAPES[state]}</span> ', format="html")
    return nodes.inline("", "", shape, nodes.Text(WORDS[state]), classes=["state", f"state-{state}"])


def paragraph(*parts: nodes.Node | str, classes: Iterable[str] = ()) -> nodes.paragraph:
    """Return a paragraph of text and nodes."""
    children = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.paragraph("", "", *children, classes=list(classes))


def definition_list(facts: Iterable[tuple[str, list[nodes.Node]]]) -> nodes.definition_list:
    """Return *facts* as terms and descriptions; one without a description is left out."""
    made = nodes.definition_list(classes=["facts"])
    for term, parts in facts:
        if parts:
            body = nodes.definition("", *parts)
            made += nodes.definition_list_item("", nodes.term("", term), body)
    return made


def listing(items: Iterable[list[nodes.Node]]) -> list[nodes.Node]:
    """Return a bullet list of *items*, one item as a paragraph, or nothing when there are none."""
    given = list(items)
    if len(given) == 1:
        return [nodes.paragraph("", "", *given[0])]
    made = [nodes.list_item("", nodes.paragraph("", "", *item)) for item in given]
    return [nodes.bullet_list("", *made)] if made else []


def table(
    head: list[str], rows: list[list[list[nodes.Node]]], caption: str, ids: list[str] | None = None
) -> nodes.table:
    """Return a table with a caption; each row is a list of cells, each cell a list of inline nodes."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", nodes.row("", *(nodes.entry("", paragraph(name)) for name in head)))
    body = nodes.tbody()
    for number, cells in enumerate(rows):
        row = nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
        if ids and ids[number]:
            row["ids"].append(ids[number])
        body += row
    group += body
    return nodes.table("", nodes.title("", caption), group, classes=["wide"], ids=[nodes.make_id(f"table {caption}")])
