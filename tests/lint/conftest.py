"""Tiny documents, drawn in the test that needs them."""

from __future__ import annotations

from dpia_checks.facts import KINDS, Fact
from dpia_checks.lint import rules
from dpia_checks.lint.document import Document, Section
from dpia_checks.lint.results import RULES


def fact(kind, number, cells):
    """Return a fact of *kind*; what the test does not care for is empty."""
    own = dict.fromkeys(KINDS[kind], "") | cells
    source = tuple(own.pop("source", "1").split(";"))
    unknown = own.keys() - set(KINDS[kind])
    assert not unknown, f"{kind} has no {unknown}"
    return Fact(f"FOD_CTX_{kind.upper().replace('_', '')}_{number:02d}", kind, f"{kind} {number}", source, own)


def need(id, **fields):
    """Return a need; its type is in its id."""
    types = {"COM": "commitment", "MIT": "mitigation", "FIND": "finding"}
    kind = id.split("_")[1]
    made = {"id": id, "type": types.get(kind, kind.lower()), "title": id, "source": ["1"]}
    return made | fields


def draw(*needs, sections="1 2", **facts):
    """Return a document of *needs* and of rows of facts, each a mapping of its cells."""
    stated = {kind: tuple(fact(kind, n, dict(row)) for n, row in enumerate(rows, 1)) for kind, rows in facts.items()}
    printed = tuple(Section(*part.partition("=")[::2]) for part in sections.split())
    return Document("fod", {one["id"]: one for one in needs}, stated, printed)


def ask(id, document):
    """Return the answer of one rule."""
    return RULES[id].ask(document)


assert rules.MODULES
