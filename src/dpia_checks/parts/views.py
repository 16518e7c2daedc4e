"""
Views over the evidence: the counts, the gaps, and what the run was made with.

No count is computed here: :mod:`dpia_checks.evidence` computes, this module shows.
"""

from __future__ import annotations

from typing import Any

from dpia_checks import DPIAS
from dpia_checks.evidence import WORDS, Denominators, denominators
from dpia_checks.needs import OWED
from dpia_checks.parts.site import Link, Site, section_anchor

Shown = tuple[str, dict[str, Any]]

COUNTED = {
    "proven": "proven",
    "transcription": "transcription",
    "attest": "attest",
    "vague": "vague",
    "none": "not_run",
    "broken": "broken",
}
"""The states in the order of the table, and the count that each shows."""


def _counts(site: Site, dpia: str) -> Denominators:
    return denominators(site.evidence, site.needs, dpia)


def real_records(site: Site, page: str, dpia: str = "") -> Shown:
    """The first number of the home page: how many commitments were checked on real records."""
    return "real-records.html", {"counts": _counts(site, dpia)}


def states(site: Site, page: str, dpia: str = "") -> Shown:
    """Every state with its denominator, a column for each DPIA."""
    counts = {one: _counts(site, one) for one in ([dpia] if dpia else DPIAS)}
    rows = [
        (state, [f"{getattr(count, name)} of {count.commitments}" for count in counts.values()])
        for state, name in COUNTED.items()
    ]
    return "states.html", {"counts": counts, "rows": rows}


def gaps(site: Site, page: str, dpia: str = "") -> Shown:
    """Every commitment that has no proven check, and why; then the measures that rest on nothing yet."""
    groups = []
    for state, words in WORDS.items():
        if state not in {"proven", "transcription"}:
            ids = [id for id in site.needs.of_type("commitment") if site.state(id) == state]
            groups.append((f"{words[0].upper()}{words[1:]}", [_gap(site, page, id) for id in ids]))
    measures = [id for id in site.needs.of_type("mitigation") if site.state(id) == "none"]
    groups.append(("Measures without a check", [_gap(site, page, id) for id in measures]))
    return "gaps.html", {"groups": groups}


def _gap(site: Site, page: str, id: str) -> tuple[Link, str, list[Link]]:
    """Return a need, its DPIA, and the reasons: the evidence's own, unless a finding says why it is vague."""
    record = site.records.get(id)
    findings = site.links(page, site.back("concerns", id))
    reason = Link(str(record["reason"]) if record else "it has no record in the evidence")
    vague = record and record["outcome"] == "vague" and findings
    return site.link(page, id), id[:3], findings if vague else [reason, *findings]


def coverage(site: Site, page: str, dpia: str = "") -> Shown:
    """A row for each commitment: its method, its state, its examples."""
    rows = []
    for id in site.needs.of_type("commitment"):
        if id.startswith(dpia.upper()):
            method = str(site.needs.by_id[id]["method"])
            owed = method if method in OWED else f"{method} (owes no test)"
            rows.append((id, site.link(page, id), owed, site.state(id), site.records.get(id)))
    return "coverage.html", {"rows": rows}


def section_list(site: Site, page: str, dpia: str) -> Shown:
    """Every printed section with the needs that carry it; fields are counted, not listed."""
    by_section: dict[str, list[str]] = {}
    for id, need in sorted(site.needs.by_id.items()):
        if id.startswith(f"{dpia.upper()}_"):
            for key in need.get("source") or ():
                by_section.setdefault(key, []).append(id)
    rows = []
    for key, heading in site.sections.get(dpia, {}).items():
        carrying = by_section.get(key, [])
        shown = [id for id in carrying if site.needs.by_id[id]["type"] != "field"]
        rows.append((section_anchor(key), key, heading, site.links(page, shown), len(carrying) - len(shown)))
    return "sections.html", {"rows": rows}


def made_with(site: Site, page: str, dpia: str = "") -> Shown:
    """What the run was made with: tool, commit, and each extract set with its rows and digests."""
    return "made-with.html", {"made_by": site.evidence["made_by"]}


VIEWS = {
    "real-records": real_records,
    "states": states,
    "gaps": gaps,
    "coverage": coverage,
    "sections": section_list,
    "made-with": made_with,
}
