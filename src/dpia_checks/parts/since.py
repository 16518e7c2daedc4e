"""What became of the schemes, the organisations and the systems since 2019, and where they stand in the documents."""

from __future__ import annotations

from typing import Any

from dpia_checks import DPIAS
from dpia_checks import since as since_file
from dpia_checks.parts.law import keys
from dpia_checks.parts.law_named import section_href
from dpia_checks.parts.site import Fact, Link, Need, Site

Shown = tuple[str, dict[str, Any]]


def table(site: Site, page: str) -> Shown:
    """Every line, those of one kind together, each with where the documents name it and where we read of it."""
    lines = since_file.load(site.docs).values()
    rows = [
        (line, _named(site, page, line), Link(line.site, line.address))
        for line in sorted(lines, key=lambda line: since_file.KINDS.index(line.kind))
    ]
    unknown = sum(line.became == since_file.UNKNOWN for line in lines)
    return "since.html", {"rows": rows, "unknown": unknown}


def _named(site: Site, page: str, line: since_file.Since) -> list[Link]:
    """Return where the documents name it: each section that the line lists, or else as a party or a system."""
    places = keys({"named_in": line.named_in}, "named_in")
    listed = [Link(place, section_href(site, page, place)) for place in places]
    return listed or _introduced(site, page, line.name)


def _introduced(site: Site, page: str, name: str) -> list[Link]:
    """Return where each document introduces *name*: as a party, or else as a system; one link a document."""
    parties = [id for id in site.needs.of_type("party") if site.needs.by_id[id].get("party") == name]
    links = [Link(id[:3], site.link(page, id).href) for id in parties]
    for dpia in DPIAS:
        found = [fact for fact in site.stated[dpia]["systems"] if fact["system"] == name]
        links += [Link(dpia.upper(), site.href(page, f"{dpia}/stated", fact.id)) for fact in found]
    return list({link.text: link for link in reversed(links)}.values())[::-1]


def facts(site: Site, need: Need) -> list[Fact]:
    """The lines below a party: what became of it, and where that was read."""
    line = since_file.load(site.docs).get(str(need.get("party")))
    if line is None or need["type"] != "party":
        return []
    return [
        Fact("Since 2019", line.became),
        Fact("Where we read that", links=[Link(line.site, line.address)] * bool(line.address)),
    ]


VIEWS = {"since": table}
