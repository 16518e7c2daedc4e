"""Views of the document itself: what it states, kind by kind, and what each rule about it answers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from dpia_checks import facts as fact_files
from dpia_checks.lint import document, rules
from dpia_checks.lint.results import FAIL, NOT_APPLICABLE, PASS, SEVERITIES, Result
from dpia_checks.parts.site import Link, Site, section_anchor
from dpia_checks.parts.themes import HEADINGS

Shown = tuple[str, dict[str, Any]]

SHAPES = {PASS: "\u25c6", FAIL: "\u2716", NOT_APPLICABLE: "\u25cb"}
"""A shape for each outcome of a rule, so that colour is never alone."""
SHOWN = 6
"""How many needs of a case the page names; ``dpia-checks lint --json`` has all."""

FOUND_ON = HEADINGS | {"risks": "The risk table"}
"""What a finding can be about, by the third part of its id: a theme, or the published table of risks."""


def stated(site: Site, page: str, dpia: str) -> Shown:
    """Every fact of a DPIA, a table for each kind, with its sections and what is wrong there."""
    kinds = []
    for kind, lines in fact_files.load(site.docs / dpia).items():
        rows = [
            (fact, sections_links(site, page, dpia, fact.source), site.links(page, site.back("concerns", fact.id)))
            for fact in lines
        ]
        kinds.append((kind.replace("_", "-"), kind.replace("_", " ").capitalize(), rows))
    return "document-facts.html", {"kinds": kinds}


def lint(site: Site, page: str, dpia: str) -> Shown:
    """What each rule answers about a DPIA: the counts, then each rule with its reason, its cases and its findings."""
    results = rules.lint(document.read(dpia, site.docs / dpia, site.needs))
    counts = Counter(result.answer.outcome for result in results)
    said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in (PASS, FAIL, NOT_APPLICABLE))
    shown = [(rule_anchor(r.rule.id), r, _cases(site, page, dpia, r), site.links(page, r.findings)) for r in results]
    return "lint.html", {"said": said, "results": shown, "shapes": SHAPES}


def _cases(site: Site, page: str, dpia: str, result: Result) -> list[tuple[str, list[Link], int]]:
    cases = []
    for case in result.answer.cases:
        where = sections_links(site, page, dpia, case.sections)
        where += [_by_id(site, page, id) for id in case.needs[:SHOWN]]
        cases.append((case.says, where, max(0, len(case.needs) - SHOWN)))
    return cases


def _by_id(site: Site, page: str, id: str) -> Link:
    return Link(id, site.link(page, id).href)


def sections_links(site: Site, page: str, dpia: str, sections: tuple[str, ...]) -> list[Link]:
    """Return a link to each of the printed *sections* of a DPIA."""
    return [Link(f"section {key}", site.href(page, f"{dpia}/sections", section_anchor(key))) for key in sections]


def rule_anchor(id: str) -> str:
    """Return the anchor of a rule on the page of rules."""
    return f"rule-{id.lower()}"


def found_by(site: Site, page: str, need: Any) -> list[Link]:
    """Return the rules that found a finding, each as a link to what it answers, or that it was read by hand."""
    lint_page, said = f"{str(need['id'])[:3].lower()}/lint", str(need.get("found_by") or "")
    parts = [part.strip(" ;,") for part in re.split(r"((?:DC|ST)-\d\d)", said)]
    return [
        Link(part, site.href(page, lint_page, rule_anchor(part)) if odd % 2 else "")
        for odd, part in enumerate(parts)
        if part
    ]


def findings(site: Site, page: str, dpia: str) -> Shown:
    """How many findings a DPIA has on each theme, by severity and in all; each theme leads to its page."""
    counts: dict[str, Counter[str]] = {}
    pages: dict[str, str] = {}
    for id in site.needs.of_type("finding"):
        of, _, theme, _ = id.lower().split("_")
        if of == dpia:
            need = site.needs.by_id[id]
            counts.setdefault(theme, Counter())[str(need["severity"])] += 1
            pages[theme] = str(need["docname"])
    rows = [(Link(title, site.href(page, pages[on])), counts[on]) for on, title in FOUND_ON.items() if on in counts]
    return "findings.html", {"severities": list(SEVERITIES), "rows": rows, "all": sum(counts.values(), Counter())}


VIEWS = {"stated": stated, "lint": lint, "findings": findings}
