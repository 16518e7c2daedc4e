"""
What a document does not say: rules that fail for want of words, and law that no promise rests on.

Why no promise rests on a provision is written by hand, in ``facts/silences.csv``: not every provision is owed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from dpia_checks.lint import document, rules
from dpia_checks.lint.results import FAIL
from dpia_checks.parts.document import rule_anchor, sections_links
from dpia_checks.parts.site import Link, Site

Shown = tuple[str, dict[str, Any]]

COUNTS = frozenset({"ST-09"})
"""Rules whose cases are held by no need because they are about the printed numbers, and not because nothing is said."""
READ_BY_US = "not explained yet"


def silences(site: Site, page: str, dpia: str) -> Shown:
    """What is missing by a rule, with its law and finding; then each provision that no promise rests on."""
    return "silences.html", {"missing": _missing(site, page, dpia), "unmentioned": _unmentioned(site, page, dpia)}


def _missing(site: Site, page: str, dpia: str) -> list[tuple[Link, str, list[tuple[str, list[Link]]], list[Link]]]:
    """Return each failing rule with the cases that nothing in the document holds."""
    found = []
    for result in rules.lint(document.read(dpia, site.docs / dpia, site.needs)):
        cases = [case for case in result.answer.cases if not case.needs]
        if result.answer.outcome == FAIL and cases and result.rule.id not in COUNTS:
            rule = Link(result.rule.title, site.href(page, f"{dpia}/lint", rule_anchor(result.rule.id)))
            said = [(case.says, sections_links(site, page, dpia, case.sections)) for case in cases]
            found.append((rule, result.rule.law, said, site.links(page, result.findings)))
    return found


def _unmentioned(site: Site, page: str, dpia: str) -> list[tuple[Link, str, str, list[Link]]]:
    """Return each provision that no promise of the document rests on, its kind, what is missing, and the finding."""
    reasons = reasons_of(site.docs / dpia)
    rows = []
    for law in resting_on_nothing(site, dpia):
        row = reasons.get(law, {"kind": READ_BY_US, "says": "", "finding": ""})
        rows.append((site.link(page, law), row["kind"], row["says"], site.links(page, filter(None, [row["finding"]]))))
    return sorted(rows, key=lambda row: (not row[1].startswith("a duty"), row[0].text))


def resting_on_nothing(site: Site, dpia: str) -> list[str]:
    """Return the law that no commitment of a DPIA rests on."""
    own = f"{dpia.upper()}_"
    return [
        law for law in site.needs.of_type("law") if not any(id.startswith(own) for id in site.back("rests_on", law))
    ]


def reasons_of(folder: Path) -> dict[str, dict[str, str]]:
    """Return the lines of ``facts/silences.csv`` of the DPIA whose documents are in *folder*, by law."""
    path = folder / "facts" / "silences.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["law"]: row for row in csv.DictReader(handle)}


VIEWS = {"silences": silences}
