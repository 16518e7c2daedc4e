"""The lawful basis as a matrix: what the document names for each purpose, each source and each category of data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpia_checks import facts as fact_files
from dpia_checks.facts import Fact
from dpia_checks.lint.bases import stated_for
from dpia_checks.parts.site import Link, Site

Shown = tuple[str, dict[str, Any]]
Stated = Mapping[str, tuple[Fact, ...]]

CATEGORIES = {
    "Personal data (Article 6)": "6(",
    "Special category (Article 9)": "9(",
    "Criminal offences (Article 10)": "10",
}
"""Each category of data, and how the articles begin that can be a basis for it."""
NOT_STATED = "not stated"


def matrix(site: Site, page: str, dpia: str) -> Shown:
    """A row for each purpose and source that the document puts together, then for those that it does not."""
    stated = fact_files.load(site.docs / dpia)
    rows = [
        (purpose, source, [_cell(site, page, stated, source, purpose, starts) for starts in CATEGORIES.values()])
        for purpose, source in _pairs(stated)
    ]
    return "bases.html", {"categories": list(CATEGORIES), "rows": rows}


def _pairs(stated: Stated) -> list[tuple[str, str]]:
    """Return the purposes with their sources; one without the other has nothing in its place."""
    uses = [(fact["purpose"], fact["data_set"]) for fact in stated["uses"]]
    purposes, sources = {purpose for purpose, _ in uses}, {source for _, source in uses}
    alone = [(fact["purpose"], "") for fact in stated["purposes"] if fact["purpose"] not in purposes]
    return [*uses, *alone, *(("", fact["data_set"]) for fact in stated["data_sets"] if fact["data_set"] not in sources)]


def _cell(site: Site, page: str, stated: Stated, source: str, purpose: str, starts: str) -> list[tuple[str, str, Link]]:
    """Return what the document names: the article, what stands behind it or is not stated, and where that is said."""
    found = stated_for(stated, source, purpose, starts) if source else []
    return [(f"Article {fact['article']}", _behind(fact), _said(site, page, fact)) for fact in found]


def _behind(fact: Fact) -> str:
    if fact["article"].startswith("6(1)(a)"):
        return "consent"
    if fact["statute"]:
        return f"{fact['statute']}, {fact['provision'] or 'section not stated'}"
    return f"Act {NOT_STATED}"


def _said(site: Site, page: str, fact: Fact) -> Link:
    """Return a link to the promise with its state, or to the fact when nothing is promised."""
    link = site.link(page, fact["promise"], stated=True) if fact["promise"] else site.link(page, fact.id)
    return Link(link.text if link.href else fact.says, link.href, link.state, link.attested)


VIEWS = {"bases": matrix}
