"""The counts of this run as sentences that can be quoted: each with its denominator, and with what it is about."""

from __future__ import annotations

from typing import Any

from dpia_checks import DPIAS
from dpia_checks.counts import by_method, denominators
from dpia_checks.parts.site import Site

Shown = tuple[str, dict[str, Any]]

TITLES = {"fod": "Female Offender Diversion pilot evaluation", "lge": "London Gang Exit evaluation"}


def quotes(site: Site, page: str, dpia: str = "") -> Shown:
    """Return the counts of each document, and of both, from which the template makes sentences."""
    every = [(one, TITLES.get(one, "the two evaluations")) for one in (*DPIAS, "")]
    groups = [
        {
            "title": title,
            "both": not one,
            "count": denominators(site.evidence, site.needs, one),
            "examples": _examples(site, one),
            "findings": len([id for id in site.needs.of_type("finding") if id.startswith(one.upper())]),
        }
        for one, title in every
    ]
    return "quotes.html", {"groups": groups, "commit": str(site.evidence["made_by"]["commit"])}


def _examples(site: Site, dpia: str) -> dict[str, int]:
    """Return the examples of what is checked on records; those of a yardstick and of attestations are not counted."""
    on_records = by_method(site.evidence, site.needs, dpia)[0]
    names = ("examples_tried", "examples_caught", "allowed_tried", "allowed_passed")
    return {name: getattr(on_records, name) for name in names}


VIEWS = {"quotes": quotes}
