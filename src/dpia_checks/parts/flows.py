"""
The flows between organisations, drawn from the facts: who sends what to whom, by which way, under what agreement.

The drawing has two columns and is narrow, so that its words stay readable on a small screen. A receiver stands
beside all that comes to it. Nothing is told by colour: arrows are numbered as in the table, one without a named
agreement is dashed, and the number of one that depends on a condition stands in a square.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from dpia_checks import facts as fact_files
from dpia_checks.facts import Fact
from dpia_checks.lint.bases import EVERY
from dpia_checks.parts.document import sections_links
from dpia_checks.parts.site import Link, Site

Shown = tuple[str, dict[str, Any]]

ROW, GAP, LINE = 58, 14, 17
"""Heights in the drawing: of a box, between two boxes, and of a line of text."""
LETTERS = 13
"""How many letters fit into a line of a box."""


def flows(site: Site, page: str, dpia: str) -> Shown:
    """Return the drawing and the table of a DPIA's flows."""
    numbered = list(enumerate(_by_receiver(fact_files.load(site.docs / dpia)["flows"]), 1))
    groups, height = _drawn(site, page, dpia, numbered)
    rows = [
        (n, flow, _party(site, page, dpia, flow["sender"], flow), _party(site, page, dpia, flow["receiver"], flow))
        for n, flow in numbered
    ]
    sections = {flow.id: sections_links(site, page, dpia, flow.source) for _, flow in numbered}
    stated = {flow.id: site.link(page, flow.id).href for _, flow in numbered}
    named = fact_files.load(site.docs / dpia)["bases"]
    bases = {flow.id: _bases(site, page, flow, named) for _, flow in numbered}
    shown = {"dpia": dpia, "groups": groups, "height": height, "rows": rows, "sections": sections, "stated": stated}
    return "flows.html", shown | {"bases": bases}


def _bases(site: Site, page: str, flow: Fact, named: Iterable[Fact]) -> list[Link]:
    """Return the articles stated for a flow, each with a link to the sentence that gives it for that data or all."""
    found = []
    for article in filter(None, flow["basis"].split(", ")):
        over = {fact["data_set"]: fact.id for fact in named if fact["article"] == article}
        said = over.get(flow["data_set"]) or over.get(EVERY)
        found.append(Link(f"Article {article}", site.link(page, said).href if said else ""))
    return found


def _by_receiver(found: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the flows so that all to one receiver follow each other, in the order of the facts."""
    receivers: dict[str, list[Fact]] = {}
    for flow in found:
        receivers.setdefault(flow["receiver"], []).append(flow)
    for to_one in receivers.values():
        yield from to_one


def _drawn(
    site: Site, page: str, dpia: str, numbered: list[tuple[int, Fact]]
) -> tuple[list[tuple[dict[str, Any], list[dict[str, Any]]]], int]:
    """Return each receiver's box with the boxes and arrows of its senders, and the height of it all."""
    groups: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    top = 2
    for n, flow in numbered:
        sender = _box(_party(site, page, dpia, flow["sender"], flow), top, ROW) | {
            "n": n,
            "dashed": not flow["agreement"],
            "conditional": bool(flow["condition"]),
        }
        if groups and groups[-1][0]["name"] == flow["receiver"]:
            receiver, senders = groups[-1]
            height = top + ROW - receiver["top"]
            receiver |= _box(_party(site, page, dpia, flow["receiver"], flow), receiver["top"], height)
            senders.append(sender)
        else:
            groups.append((_box(_party(site, page, dpia, flow["receiver"], flow), top, ROW), [sender]))
        top += ROW + GAP
    return groups, top - GAP + 2


def _box(party: Link, top: int, height: int) -> dict[str, Any]:
    lines = textwrap.wrap(party.text, LETTERS, break_long_words=False)
    first = top + height / 2 - LINE * (len(lines) - 1) / 2 + 5
    placed = [(first + LINE * n, line) for n, line in enumerate(lines)]
    return {
        "name": party.text,
        "href": party.href,
        "top": top,
        "height": height,
        "mid": top + height / 2,
        "lines": placed,
    }


def _party(site: Site, page: str, dpia: str, name: str, flow: Fact) -> Link:
    """Return a link to the party of that name; to the flow itself when no party alone has the name."""
    own = [id for id in site.needs.of_type("party") if id.startswith(f"{dpia.upper()}_")]
    ids = [id for id in own if site.needs.by_id[id].get("party") == name]
    return Link(name, site.link(page, ids[0] if len(ids) == 1 else flow.id).href)


VIEWS = {"flows": flows}
