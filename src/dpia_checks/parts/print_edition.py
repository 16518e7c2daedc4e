"""
The print edition of a DPIA: one page with every promise, risk and finding, theme by theme, with the states.

It needs nothing but its stylesheet, so that it can be kept and printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dpia_checks import terms as term_files
from dpia_checks.counts import denominators, measures_proven
from dpia_checks.errors import InputUnusable
from dpia_checks.parts.coverage import METHODS
from dpia_checks.parts.quoting import TITLES
from dpia_checks.parts.site import Need, Site
from dpia_checks.parts.themes import THEMES
from dpia_checks.terms import Terms

TEMPLATE = "print.html"
ROLE = re.compile(r"\{(\w+)\}`([^`]+)`|\[([^\]]+)\]\([^)]*\)|`([^`]+)`")


def has_any(site: Site, dpia: str) -> bool:
    """Return whether a DPIA has a promise or a risk to print."""
    return any(id.startswith(f"{dpia.upper()}_") for id in site.needs.of_type("commitment", "risk"))


def shown(site: Site, dpia: str) -> dict[str, Any]:
    """Return what the edition of *dpia* shows: the counts, the risks, and the promises and findings by theme."""
    themes = [
        (theme, _of(site, dpia, "commitment", f"COM_{theme}"), _of(site, dpia, "finding", f"FIND_{theme}"))
        for theme in THEMES
    ]
    listed = {need["id"] for _, *groups in themes for group in groups for need in group}
    return {
        "dpia": dpia.upper(),
        "title": TITLES[dpia],
        "commit": site.evidence["made_by"]["commit"],
        "counts": denominators(site.evidence, site.needs, dpia),
        "themes": [line for line in themes if line[1] or line[2]],
        "others": [need for need in _of(site, dpia, "finding", "FIND") if need["id"] not in listed],
        "risks": [_risk(site, need) for need in _of(site, dpia, "risk", "RISK")],
        "said": lambda need: list(said(need)),
        "state": site.state,
        "attested": site.attested,
        "real": site.real,
        "record": site.records.get,
        "methods": METHODS,
    }


def _of(site: Site, dpia: str, type: str, kind: str) -> list[Need]:
    start = f"{dpia.upper()}_{kind.upper()}_"
    return [site.needs.by_id[id] for id in site.needs.of_type(type) if id.startswith(start)]


def _risk(site: Site, need: Need) -> tuple[Need, int, list[Need]]:
    measures = [site.needs.by_id[id] for id in site.back("reduces", str(need["id"]))]
    return need, measures_proven(site.evidence, site.needs, str(need["id"]))[0], measures


def said(need: Need) -> Iterator[str]:
    """Yield the paragraphs of a need as plain words, its numbers in their places."""
    terms = _terms(str(need["id"])[:3].lower()).get(str(need["id"]))

    def words(found: re.Match[str]) -> str:
        role, name, link, code = found.groups()
        if role == "terms" and terms is not None and name in terms.lines:
            return terms.lines[name].words()
        return str(name or link or code)

    for paragraph in str(need.get("content") or "").split("\n\n"):
        if line := " ".join(paragraph.split()):
            yield ROLE.sub(words, line)


@cache
def _terms(dpia: str) -> Mapping[str, Terms]:
    try:
        return term_files.load(dpia)
    except InputUnusable:
        return {}
