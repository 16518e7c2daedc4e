"""What has no check: by the reason, then by document and theme, with the counts and a link to each group first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dpia_checks import DPIAS
from dpia_checks.evidence import WORDS
from dpia_checks.parts.quoting import TITLES
from dpia_checks.parts.site import Link, Site
from dpia_checks.parts.themes import HEADINGS, THEMES

Shown = tuple[str, dict[str, Any]]
Gap = tuple[Link, list[Link]]

WHY = {
    "broken": "Our check ran and did not hold. The fault is ours.",
    "none": "A check is owed, and this run has no evidence for it.",
    "vague": "Nothing in the text can be measured, so a test would show nothing; a finding says what is missing. "
    "Where a yardstick of ours stands in, the promise stays too vague to check.",
    "attest": "No record shows it: only a person can say. "
    "Somebody who answers for it has to sign an attestation, with evidence and a last day.",
}
"""Why the commitments of a state have no proven check."""


@dataclass(frozen=True)
class Group:
    """The gaps of one document on one theme, each by its title."""

    anchor: str
    dpia: str
    theme: str
    gaps: list[Gap]


def gaps(site: Site, page: str, dpia: str = "") -> Shown:
    """Every commitment that has no proven check, and why; then the measures that rest on more than proven checks."""
    states = [state for state in WORDS if state not in {"proven", "transcription"}]
    kinds = [
        (state, f"{WORDS[state][0].upper()}{WORDS[state][1:]}", WHY[state], list(_groups(site, page, state, dpia)))
        for state in states
    ]
    commitments = len([id for id in site.needs.of_type("commitment") if id.startswith(dpia.upper())])
    measures = [id for id in site.needs.of_type("mitigation") if id.startswith(dpia.upper())]
    unproven = [id for id in measures if site.state(id) != "proven"]
    bare = {TITLES[one]: [_measure(site, page, id) for id in unproven if id[:3] == one.upper()] for one in DPIAS}
    return "gaps.html", {"kinds": kinds, "commitments": commitments, "measures": len(measures), "bare": bare}


def _groups(site: Site, page: str, state: str, dpia: str) -> Iterator[Group]:
    """Yield the groups of a state that have a gap: document by document, in the order of the themes."""
    ids = [id for id in site.needs.of_type("commitment") if site.state(id) == state]
    for one in [dpia] if dpia else DPIAS:
        for theme in THEMES:
            start = f"{one.upper()}_COM_{theme.upper()}_"
            if found := [_gap(site, page, id) for id in ids if id.startswith(start)]:
                yield Group(f"{state}-{one}-{theme}", TITLES[one], HEADINGS[theme], found)


def _gap(site: Site, page: str, id: str) -> Gap:
    """Return a need and the reasons: the evidence's own, unless a finding says why it is vague."""
    record = site.records.get(id)
    findings = site.links(page, site.back("concerns", id))
    reason = Link(str(record["reason"]) if record else "it has no record in the evidence")
    if record and record["outcome"] == "vague" and findings:
        return site.link(page, id), findings
    return site.link(page, id), [reason, *findings]


def _measure(site: Site, page: str, id: str) -> Gap:
    """Return a measure and what it rests on that has no proven check, each with its state; or the evidence's reason."""
    unproven = [one for one in site.back("delivers", id) if site.state(one) != "proven"]
    reason = str((site.records.get(id) or {}).get("reason") or "it has no record in the evidence")
    return site.link(page, id, stated=True), site.links(page, unproven, stated=True) or [Link(reason)]


VIEWS = {"gaps": gaps}
