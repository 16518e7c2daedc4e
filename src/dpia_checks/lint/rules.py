"""Every rule, and how a document is asked all of them."""

from __future__ import annotations

# Reading a module registers its rules.
from dpia_checks.lint import (
    bases,
    dates,
    description,
    governance,
    lawfulness,
    necessity,
    parties,
    rights,
    risks,
    structure,
)
from dpia_checks.lint.document import Document
from dpia_checks.lint.results import RULES, Answer, Result

MODULES = (bases, dates, description, governance, lawfulness, necessity, parties, rights, risks, structure)
"""The modules that hold rules, one idea each."""


def lint(document: Document) -> list[Result]:
    """Return the result of every rule on *document*, by id, each with the findings that claim it."""
    return [_result(id, document) for id in sorted(RULES)]


def _result(id: str, document: Document) -> Result:
    asked = RULES[id]
    answer: Answer = asked.ask(document)
    return Result(asked, answer, tuple(finding["id"] for finding in document.claiming(id)))
