"""
The law that the documents name: ``docs/law/named.csv``, a line each, with its page here or the reason for none.

A line is about the words of a document, so what is a policy or a standard and no law has one as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks.csv_tables import rows
from dpia_checks.errors import FactsUnusable, Problem, raise_together
from dpia_checks.parts.law import keys
from dpia_checks.parts.site import Link, Site, section_anchor

COLUMNS = ("name", "named_in", "law", "reason")
Named = dict[str, str]


def load(docs: Path) -> tuple[Named, ...]:
    """
    Return the lines in the order of the file; none without it.

    Raises:
        FactsUnusable: Naming each line that says nowhere where it is named, each said twice, and each with neither
            a page nor a reason for none.
    """
    path = docs / "law" / "named.csv"
    return _load(path, path.stat().st_mtime_ns) if path.exists() else ()


@cache
def _load(path: Path, changed: int) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    problems = []
    for number, line in rows(path, COLUMNS, FactsUnusable):
        where = f"law/{path.name}:{number}"
        if not line["named_in"] or line["name"] in found:
            problems.append(Problem(where, "named nowhere, or said twice", "Give each name once, with its sections"))
        if not (line["law"] or line["reason"]):
            problems.append(Problem(where, "neither a page nor a reason for none", "Give one"))
        found[line["name"]] = line
    raise_together(FactsUnusable, problems)
    return tuple(found.values())


def table(site: Site, page: str) -> tuple[str, dict[str, Any]]:
    """Every name, with the sections that say it, the pages of the law and what else there is to say."""
    shown = [
        (line["name"], _sections(site, page, line), site.links(page, keys(line, "law")), line["reason"])
        for line in load(site.docs)
    ]
    return "law-named.html", {"rows": shown}


def _sections(site: Site, page: str, line: Named) -> list[Link]:
    return [Link(place, section_href(site, page, place)) for place in keys(line, "named_in")]


def section_href(site: Site, page: str, place: str) -> str:
    """Return the address of a section that is written as ``FOD 2.1.1``."""
    dpia, section = place.split(" ", 1)
    return site.href(page, f"{dpia.lower()}/sections", section_anchor(section))


VIEWS = {"law-named": table}
