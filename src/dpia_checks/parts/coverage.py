"""
The matrix of coverage: a row for each commitment, with what it is checked by, the law it rests on and its risk.

The whole table is in the page. A script may hide rows; each row carries the words it goes by.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dpia_checks import DPIAS
from dpia_checks.counts import by_method
from dpia_checks.evidence import WORDS
from dpia_checks.parts.law import in_order
from dpia_checks.parts.site import Link, Site, law_name, test_anchor
from dpia_checks.parts.themes import THEMES
from dpia_checks.release import released

Shown = tuple[str, dict[str, Any]]
Choices = list[tuple[str, str]]

METHODS = {
    "register": "test on registers",
    "data": "test on data",
    "document": "test of the document",
    "attest": "attestation",
    "vague": "too vague",
}
LEVELS = ("high", "medium", "low", "none")


def coverage(site: Site, page: str, dpia: str = "") -> Shown:
    """Return the counts by method, each with its own denominator, and a row for each commitment."""
    ids = [id for id in site.needs.of_type("commitment") if id.startswith(dpia.upper())]
    rows = [_row(site, page, id) for id in ids]
    counts = by_method(site.evidence, site.needs, dpia)
    filters = _filters(site, ids)
    return "coverage.html", {"rows": rows, "counts": counts, "filters": filters, "up": "../" * page.count("/")}


def _row(site: Site, page: str, id: str) -> dict[str, Any]:
    need, record = site.needs.by_id[id], site.records.get(id, {})
    risks = sorted({risk for measure in need.get("delivers") or () for risk in site.needs.links(measure, "reduces")})
    laws = sorted(need.get("rests_on") or ())
    tests = [test.rpartition("::")[2] for test in record.get("tests") or ()]
    return {
        "id": id,
        "need": site.link(page, id),
        "method": METHODS.get(str(need["method"]), need["method"]),
        "state": site.state(id),
        "attested": site.attested(id),
        "record": record,
        "real": released.short(site.released, id),
        "tests": [Link("test", site.href(page, f"{id[:3].lower()}/tests", test_anchor(name))) for name in tests],
        "laws": [Link(_law(site, law), _address(site, page, law)) for law in laws],
        "risks": [Link(_level(site, risk), _address(site, page, risk)) for risk in risks],
        "keys": " ".join(_keys(site, id, laws, risks)),
    }


def _address(site: Site, page: str, id: str) -> str:
    return site.link(page, id).href


def _law(site: Site, id: str) -> str:
    """Return a provision as people say it: ``GDPR 6(1)(e)``, ``Police Act 1996 section 39A``."""
    said, colon, _ = str(site.needs.by_id[id]["title"]).partition(": ")
    return said.replace("GDPR Article ", "GDPR ") if colon else law_name(id)


def _level(site: Site, risk: str) -> str:
    return str(site.needs.by_id[risk].get("level") or "not stated")


def _keys(site: Site, id: str, laws: Iterable[str], risks: Iterable[str]) -> Iterable[str]:
    """Return the words that the row goes by, each with the first letter of its filter."""
    levels = {_level(site, risk).replace(" ", "-") for risk in risks} or {"none"}
    return [
        f"d:{id[:3].lower()}",
        f"t:{id.split('_')[2].lower()}",
        f"s:{site.state(id)}",
        f"m:{site.needs.by_id[id]['method']}",
        *(f"a:{law.removeprefix('LAW_').lower()}" for law in laws),
        *(f"r:{level}" for level in sorted(levels)),
    ]


def _filters(site: Site, ids: list[str]) -> list[tuple[str, str, Choices]]:
    """Return each filter: its name in an address, its label, and the values that can be chosen with their words."""
    laws = sorted({law for id in ids for law in site.needs.by_id[id].get("rests_on") or ()}, key=in_order)
    themes = {id.split("_")[2].lower() for id in ids}
    states = {site.state(id) for id in ids}
    return [
        ("dpia", "Document", [(dpia, dpia.upper()) for dpia in DPIAS]),
        ("theme", "Theme", [(theme, theme) for theme in THEMES if theme in themes]),
        ("state", "State of our check", [(state, words) for state, words in WORDS.items() if state in states]),
        ("method", "Method", list(METHODS.items())),
        ("article", "Law it rests on", [(law.removeprefix("LAW_").lower(), _law(site, law)) for law in laws]),
        ("risk", "Level of risk, as published", [(level, _in_words(level)) for level in LEVELS]),
    ]


def _in_words(level: str) -> str:
    return "answers no risk" if level == "none" else level


VIEWS = {"coverage": coverage}
