"""A page for each risk: what was published of it, and each measure with what delivers it and what shows that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site

Shown = tuple[str, dict[str, Any]]

PAGE = "risks"
"""The page of each document that lists its risks; in a folder of its name stands a page for each."""


def risk_page(needs: Needs, id: str) -> str:
    """Return the page of the risk *id*: ``FOD_RISK_STORAGE_01`` is on ``fod/risks/storage-01``."""
    _, _, name = id.split("_", 2)
    return f"{needs.by_id[id]['docname']}/{name.lower().replace('_', '-')}"


def pages_of(needs: Needs, pages: Iterable[str]) -> dict[str, str]:
    """Return the page of each risk, with its id: of the risks that a list of risks among *pages* holds."""
    listing = {page for page in pages if page.rpartition("/")[2] == PAGE}
    return {risk_page(needs, id): id for id in needs.of_type("risk") if needs.by_id[id].get("docname") in listing}


def words(site: Site, page: str, id: str) -> Shown:
    """Return what a card says of the risk *id*."""
    said = [part for part in str(site.needs.by_id[id].get("content") or "").split("\n\n") if part.strip()]
    return "words.html", {"said": said}


def measures(site: Site, page: str, id: str) -> Shown:
    """Return the measures against the risk *id*, each with its state and the commitments that deliver it."""
    rows = [
        (site.link(page, measure, stated=True), site.links(page, site.back("delivers", measure), stated=True))
        for measure in site.back("reduces", id)
    ]
    listed = site.href(page, str(site.needs.by_id[id]["docname"]), id)
    return "measures.html", {"rows": rows, "listed": listed}


VIEWS = {"words": words, "measures": measures}
