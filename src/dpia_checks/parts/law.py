"""
The law, a page for each provision: what it asks, then and today, and all that rests on it or leaves it out.

What nobody could confirm from a text that was seen says ``unconfirmed``. The texts that were seen are in
``law/sources.csv``, by the keys that the provisions name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks import DPIAS
from dpia_checks.csv_tables import rows
from dpia_checks.errors import FactsUnusable
from dpia_checks.parts.document import rule_anchor
from dpia_checks.parts.silences import READ_BY_US, reasons_of
from dpia_checks.parts.site import Fact, Link, Need, Site, law_name

Shown = tuple[str, dict[str, Any]]

UNCONFIRMED = "unconfirmed"
ON_ITS_PAGE = " as a lawful basis"
"""What a title says, and a column headed by a question about the basis need not repeat."""
SOURCES = ("key", "says", "address")


def laws(site: Site, page: str) -> Shown:
    """Every provision, a table for each instrument: what rests on it in each DPIA, and what became of it."""
    grouped: dict[str, list[Need]] = {}
    for id in sorted(site.needs.of_type("law"), key=in_order):
        grouped.setdefault(str(site.needs.by_id[id].get("instrument")), []).append(site.needs.by_id[id])
    tables = sorted(grouped.items(), key=lambda line: -len(line[1]))
    return "laws.html", {
        "tables": [(name, [_row(site, page, need) for need in needs]) for name, needs in tables],
        "dpias": [dpia.upper() for dpia in DPIAS],
    }


def in_order(id: str) -> list[tuple[int, int, str]]:
    """Return what puts 5(1)(a) before 12 and 12A after it."""
    parts = re.findall(r"\d+|[A-Za-z]+", law_name(id))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def _row(site: Site, page: str, need: Need) -> tuple[Link, list[tuple[str, list[Link]]], str]:
    return site.link(page, str(need["id"])), [_count(site, page, need, dpia) for dpia in DPIAS], _since(need)


def _count(site: Site, page: str, need: Need, dpia: str) -> tuple[str, list[Link]]:
    promises = _resting(site, need, dpia)
    if promises:
        return f"{len(promises)} promise{'s' if len(promises) > 1 else ''}", []
    kind, _, findings = _reason(site, page, need, dpia)
    return f"none: {kind}", findings


def _since(need: Need) -> str:
    """Return since when a provision reads as it does today; of one that did not change, what is said of that."""
    if need.get("in_force"):
        return f"changed: {need['in_force']}"
    today = str(need.get("today") or UNCONFIRMED).rstrip(".")
    said = today[:1].lower() + today[1:]
    return f"{said}, {UNCONFIRMED}" if keys(need, "today_seen") == [UNCONFIRMED] else said


def named(site: Site, page: str, id: str) -> Shown:
    """A provision in the words of its title and then by its article, as a link to its page."""
    article, _, words = str(site.needs.by_id[id]["title"]).partition(": ")
    return "link.html", {"one": Link(f"{words.removesuffix(ON_ITS_PAGE)} ({article})", site.link(page, id).href)}


def facts(site: Site, page: str, need: Need) -> list[Fact]:
    """The lines below a provision."""
    return [
        Fact("Provision", f"{need.get('instrument')}, {need.get('provision')}"),
        Fact("Read as at", need.get("as_at") or ""),
        Fact("Where we read it", links=_seen(site, need, "seen")),
        Fact("In the law today", need.get("today") or ""),
        Fact("Changed on", need.get("in_force") or ""),
        Fact("Where we read that", links=_seen(site, need, "today_seen")),
        *(fact for dpia in DPIAS for fact in _of(site, page, need, dpia)),
    ]


def _of(site: Site, page: str, need: Need, dpia: str) -> Iterator[Fact]:
    """Yield what one DPIA makes of a provision: who rests on it, or why nobody does."""
    name, promises = dpia.upper(), _resting(site, need, dpia)
    if promises:
        yield Fact(f"{name}: promises that rest on it, {len(promises)}", links=site.links(page, promises, stated=True))
    else:
        kind, says, findings = _reason(site, page, need, dpia)
        yield Fact(f"{name}: no promise rests on it", f"{kind[0].upper()}{kind[1:]}. {says}".strip(), findings)
    yield Fact(f"{name}: where the document speaks of it", links=_stated(site, page, need, dpia))
    yield Fact(f"{name}: fields collected under it", links=_fields(site, page, need, dpia))
    wrong = {finding for id in promises for finding in site.back("concerns", id)}
    yield Fact(f"{name}: findings on those promises", links=site.links(page, wrong))
    yield Fact(f"{name}: what our rules that ask for it answer", links=list(_rules(site, page, need, dpia)))


def _resting(site: Site, need: Need, dpia: str) -> list[str]:
    return [id for id in site.back("rests_on", str(need["id"])) if id.startswith(f"{dpia.upper()}_")]


def _reason(site: Site, page: str, need: Need, dpia: str) -> tuple[str, str, list[Link]]:
    row = reasons_of(site.docs / dpia).get(str(need["id"]), {"kind": READ_BY_US, "says": "", "finding": ""})
    return row["kind"], row["says"], site.links(page, filter(None, [row["finding"]]))


def _stated(site: Site, page: str, need: Need, dpia: str) -> list[Link]:
    """Return the facts that name the provision as a basis or cite it, as printed."""
    told = site.stated[dpia]
    article, act = law_name(str(need["id"])).removeprefix("GDPR "), need.get("instrument")
    found = [fact for fact in told["bases"] if fact["article"] == article or (act and fact["statute"] == act)]
    found += [fact for fact in told["laws"] if fact["law"] == need["id"]]
    return [Link(fact.says, site.href(page, f"{dpia}/stated", fact.id)) for fact in found]


def _fields(site: Site, page: str, need: Need, dpia: str) -> list[Link]:
    own = [id for id in site.back("collected_under", str(need["id"])) if id.startswith(f"{dpia.upper()}_")]
    return [Link(f"{len(own)} of the fields and columns", site.href(page, f"{dpia}/extracts", own[0]))] if own else []


def _rules(site: Site, page: str, need: Need, dpia: str) -> Iterator[Link]:
    for id in keys(need, "asked_by"):
        result = site.answers[dpia][id]
        said = f"{result.rule.title}: {result.answer.outcome}"
        yield Link(said, site.href(page, f"{dpia}/lint", rule_anchor(id)))


def keys(need: Need, name: str) -> list[str]:
    """Return the words of the field *name*, which stand with ``;`` between them."""
    return [key.strip() for key in str(need.get(name) or "").split(";") if key.strip()]


def _seen(site: Site, need: Need, name: str) -> list[Link]:
    known = sources(site.docs)
    return [known.get(key, Link(UNCONFIRMED)) for key in keys(need, name)]


def sources(docs: Path) -> Mapping[str, Link]:
    """Return the texts of law that were seen, by key, from ``law/sources.csv``; none without the file."""
    path = docs / "law" / "sources.csv"
    return _sources(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def _sources(path: Path, changed: int) -> dict[str, Link]:
    return {row["key"]: Link(row["says"], row["address"]) for _, row in rows(path, SOURCES, FactsUnusable)}


VIEWS = {"laws": laws}
