"""
Failures and findings, held against each other: each failure has a finding, and no finding claims a rule that passes.

A finding claims a rule by its id in ``found_by``. A case is answered when a finding that claims its rule
concerns one of its needs. A case of fields alone, or of nothing but a silence, has no such need: there a
finding in one of its sections answers it, and where it has no section either, any that claims its rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from dpia_checks.lint.document import CLAIM, Document, Need
from dpia_checks.lint.results import FAIL, RULES, Case, Result


def disagreements(document: Document, results: list[Result]) -> list[str]:
    """Return a line for each failure without a finding and each claim that no longer holds, saying what to write."""
    return [*_unanswered(document, results), *_claimed_in_vain(document, results)]


def _unanswered(document: Document, results: list[Result]) -> Iterator[str]:
    for result in results:
        claiming = document.claiming(result.rule.id)
        for case in result.answer.cases:
            if not any(_answers(finding, case) for finding in claiming):
                yield (
                    f"{result.rule.id} fails and no finding says so: \u201c{case.says}\u201d "
                    f"(sections {', '.join(case.sections) or 'not stated'}). "
                    f"Write {result.rule.id} into found_by of a finding in docs/{document.dpia}/findings/ that "
                    f"concerns {', '.join(case.needs[:3]) or 'what is missing'}, or write a new one there."
                )


def _answers(finding: Need, case: Case) -> bool:
    concerned, owed = set(finding.get("concerns") or ()), {need for need in case.needs if "_FIELD_" not in need}
    if owed or concerned & set(case.needs):
        return bool(concerned & set(case.needs))
    return not case.sections or bool(set(case.sections) & set(finding.get("source") or ()))


def _claimed_in_vain(document: Document, results: list[Result]) -> Iterator[str]:
    failing = {result.rule.id for result in results if result.answer.outcome == FAIL}
    for finding in document.of_type("finding"):
        for id in CLAIM.findall(finding.get("found_by") or ""):
            if id not in failing:
                fate = "passes or does not apply" if id in RULES else "is no rule"
                yield (
                    f"{finding['id']} claims {id}, which {fate}. Take {id} out of its found_by in "
                    f"docs/{document.dpia}/findings/; leave \u201cread by hand\u201d when nothing else stands there."
                )
