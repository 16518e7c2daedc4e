"""The way back: from a test to the commitments that it verifies, and from an extract to those that read it."""

from __future__ import annotations

from typing import Any

from dpia_checks.parts.site import Site

Shown = tuple[str, dict[str, Any]]


def verified(site: Site, page: str, test: str) -> Shown:
    """Return the commitments of the page's DPIA that the test called *test* verified in the run; none without one."""
    ids = [id for id, tests in _of(site, page, "tests") if any(one.rpartition("::")[2] == test for one in tests)]
    return "verified.html", {"ids": ids, "links": site.links(page, ids)}


def read_by(site: Site, page: str, table: str) -> Shown:
    """Return the commitments of the page's DPIA whose test read the extract *table* in the run; none without one."""
    ids = [id for id, tables in _of(site, page, "tables") if table in tables]
    return "read-by.html", {"links": site.links(page, ids)}


def _of(site: Site, page: str, name: str) -> list[tuple[str, list[str]]]:
    """Return what the record of each commitment of the page's DPIA has under *name*."""
    start = f"{page.partition('/')[0].upper()}_COM_"
    return [(id, record[name] or []) for id, record in sorted(site.records.items()) if id.startswith(start)]


VIEWS = {"verified": verified, "read-by": read_by}
