"""The table that ``dpia-checks lint`` prints: each rule, what it answers and why, and the findings that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from dpia_checks.lint.results import FAIL, NOT_APPLICABLE, PASS, Case, Result

SHAPES = {PASS: "\u25c6 pass", FAIL: "\u2716 fail", NOT_APPLICABLE: "\u25cb not applicable"}
"""A word and a shape for each outcome, so that colour is never alone."""
NOTE = "About the published text: what it says, and what follows. Not about what anybody did."
SHOWN = 3
"""How many cases of a rule, and needs of a case, the table shows; ``--json`` has all."""


def print_results(console: Console, dpia: str, results: Sequence[Result]) -> None:
    """Print a line for each rule, and the counts with their denominator."""
    table = Table(title=f"{dpia.upper()}: rules about the document", title_justify="left", header_style="bold")
    table.add_column("Rule", no_wrap=True)
    table.add_column("What is asked", ratio=2)
    table.add_column("Answer", no_wrap=True)
    table.add_column("Why", ratio=3)
    table.add_column("Findings", ratio=1)
    for result in results:
        rule = result.rule
        asked = f"{rule.title} ({rule.law})"
        table.add_row(rule.id, asked, SHAPES[result.answer.outcome], _why(result), "\n".join(result.findings))
    console.print(table, markup=False, highlight=False)
    counts = Counter(result.answer.outcome for result in results)
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in (PASS, FAIL, NOT_APPLICABLE))
    console.print(f"{said}, of {len(results)} rules. {NOTE}", markup=False, highlight=False)


def print_disagreements(console: Console, disagreements: Sequence[str]) -> None:
    """Print where rules and findings contradict each other, with what to write; nothing when they agree."""
    for one in disagreements:
        console.print(f"Rules and findings disagree: {one}", markup=False, highlight=False, soft_wrap=True)


def _where(case: Case) -> str:
    sections = f"section {', '.join(case.sections)}" if case.sections else ""
    needs = ", ".join(case.needs[:SHOWN]) + (f" and {len(case.needs) - SHOWN} more" if len(case.needs) > SHOWN else "")
    parts = [part for part in (sections, needs) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _why(result: Result) -> str:
    lines = [result.answer.reason]
    for case in result.answer.cases[:SHOWN]:
        lines.append(f"- {case.says}{_where(case)}")
    if len(result.answer.cases) > SHOWN:
        lines.append(f"- and {len(result.answer.cases) - SHOWN} more")
    return "\n".join(lines)
