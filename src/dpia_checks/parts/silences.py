"""
What a document does not say: rules that fail for want of words, and law whose duty no promise carries.

That a promise rests on a provision does not mean that it carries all that the provision asks: the rules that ask
for the provision say what is missing. Why no promise rests on one at all is written by hand, in
``facts/silences.csv``: not every provision is owed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from dpia_checks.lint.results import Case, Result
from dpia_checks.parts.document import rule_anchor, sections_links
from dpia_checks.parts.site import Link, Site

Shown = tuple[str, dict[str, Any]]
Asked = tuple[Link, int]

DEFINITIONS = "LAW_GDPR_4_"
"""How the ids of definitions begin: they are words of the law, and nothing is owed under them."""
READ_BY_US = "not explained yet"


def silences(site: Site, page: str, dpia: str) -> Shown:
    """What is missing by a rule; then each provision that promises cite and leave open, and each that none rests on."""
    shown = {"missing": _missing(site, page, dpia), "open": _left_open(site, page, dpia)}
    return "silences.html", shown | {"unmentioned": _unmentioned(site, page, dpia)}


def _missing(site: Site, page: str, dpia: str) -> list[tuple[Link, str, list[tuple[str, list[Link]]], list[Link]]]:
    """Return each rule with what it misses, with its law and findings; what needs are about it makes no difference."""
    found = []
    for result in site.answers[dpia].values():
        if result.silences:
            said = [(case.says, sections_links(site, page, dpia, case.sections)) for case in result.silences]
            link = _rule(site, page, dpia, result)
            found.append((link, result.rule.law, said, site.links(page, result.findings)))
    return found


def _rule(site: Site, page: str, dpia: str, result: Result) -> Link:
    return Link(result.rule.title, site.href(page, f"{dpia}/lint", rule_anchor(result.rule.id)))


def _left_open(site: Site, page: str, dpia: str) -> list[tuple[Link, list[Asked], list[Link], list[Link]]]:
    """Return each provision that promises rest on and leave open: the questions, the promises, and the findings."""
    rows = []
    for law, missing in left_open(site, dpia).items():
        questions = [(_rule(site, page, dpia, result), len(cases)) for result, cases in missing]
        findings = site.links(page, {finding for result, _ in missing for finding in result.findings})
        rows.append((site.link(page, law), questions, site.links(page, _resting(site, dpia, law)), findings))
    return rows


def left_open(site: Site, dpia: str) -> dict[str, list[tuple[Result, list[Case]]]]:
    """
    Return the law that commitments rest on and leave open: the rules that ask for it, each with what it misses.

    A definition owes nothing. A case that names its provisions is missing under those alone.
    """
    found = {}
    for law in site.needs.of_type("law"):
        asked = [site.answers[dpia][id] for id in _asked_by(site, law)]
        missing = [(result, [c for c in result.silences if not c.under or law in c.under]) for result in asked]
        left = [(result, cases) for result, cases in missing if cases]
        if left and _resting(site, dpia, law) and not law.startswith(DEFINITIONS):
            found[law] = left
    return found


def _asked_by(site: Site, law: str) -> list[str]:
    return [id.strip() for id in str(site.needs.by_id[law].get("asked_by") or "").split(";") if id.strip()]


def _resting(site: Site, dpia: str, law: str) -> list[str]:
    own = f"{dpia.upper()}_"
    return [id for id in site.back("rests_on", law) if id.startswith(own)]


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
    return [law for law in site.needs.of_type("law") if not _resting(site, dpia, law)]


def reasons_of(folder: Path) -> dict[str, dict[str, str]]:
    """Return the lines of ``facts/silences.csv`` of the DPIA whose documents are in *folder*, by law."""
    path = folder / "facts" / "silences.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["law"]: row for row in csv.DictReader(handle)}


VIEWS = {"silences": silences}
