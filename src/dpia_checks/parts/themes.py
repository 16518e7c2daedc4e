"""
One theme across both DPIAs: their promises side by side, each with its numbers and its state.

Promises with the same heading in both stand in one row; what only one of them says follows. On a narrow
screen the sides stack, so each entry says which document it is of.
"""

from __future__ import annotations

from typing import Any

from dpia_checks import DPIAS
from dpia_checks.counts import denominators
from dpia_checks.parts.site import Need, Site

Shown = tuple[str, dict[str, Any]]

HEADINGS = {
    "purpose": "What the data is for",
    "parties": "Who is responsible",
    "basis": "The lawful basis",
    "cohort": "Who the evaluation is about",
    "minimisation": "Collecting no more than needed",
    "pseudonymisation": "Taking the identity out",
    "linkage": "Comparing and matching",
    "access": "Who can reach the data",
    "storage": "Where the data is kept",
    "transfers": "Moving data",
    "sharing": "Sharing data",
    "publication": "What is published",
    "retention": "How long data is kept",
    "accuracy": "Errors and quality control",
    "transparency": "What people are told",
    "consent": "Consent, permission and opting out",
    "rights": "Requests and rights",
    "breach": "Personal data breaches",
    "governance": "Looking after the evaluation",
}
"""The heading of each theme's pages, in the order of the design; each has a page in each DPIA and one across both."""

THEMES = tuple(HEADINGS)
"""The themes, in that order."""


def theme_sides(site: Site, page: str, theme: str) -> Shown:
    """Return the counts of each DPIA, the promises that have one heading in both, and the rest."""
    found = {dpia: _of(site, dpia, theme) for dpia in DPIAS}
    titles = [{need["title"] for need in promises} for promises in found.values()]
    shared = titles[0] & titles[1]
    first = next(iter(found.values()))
    in_order = dict.fromkeys(need["title"] for need in first if need["title"] in shared)
    pairs = [
        {dpia: [need for need in promises if need["title"] == title] for dpia, promises in found.items()}
        for title in in_order
    ]
    rest = {dpia: [need for need in promises if need["title"] not in shared] for dpia, promises in found.items()}
    counts = {dpia: denominators(site.evidence, site.needs, dpia, theme) for dpia in DPIAS}
    links = {need["id"]: site.link(page, need["id"], stated=True) for promises in found.values() for need in promises}
    return "theme.html", {"counts": counts, "pairs": pairs, "rest": rest, "links": links}


def _of(site: Site, dpia: str, theme: str) -> list[Need]:
    """Return the promises of one DPIA on *theme*, in the order of its page."""
    start = f"{dpia.upper()}_COM_{theme.upper()}_"
    chosen = [site.needs.by_id[id] for id in site.needs.of_type("commitment") if id.startswith(start)]
    return sorted(chosen, key=lambda need: (need["docname"] or "", need.get("lineno") or 0, need["id"]))


VIEWS = {"theme": theme_sides}
