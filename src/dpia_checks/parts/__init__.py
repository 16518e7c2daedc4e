"""
The parts of pages that needs and evidence decide: the state and facts of each need, and every count and list.

A page holds a place for each part, as a comment that names it. The places are filled when all pages are
written, and filled again when only the evidence has changed, so that no page can show the state of another
run. Sphinx is not needed for that: a part is a function of the needs and the evidence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dpia_checks import DPIAS
from dpia_checks.evidence import WORDS, records
from dpia_checks.needs import Needs
from dpia_checks.parts import (
    bases,
    cards,
    checks,
    compare,
    document,
    flows,
    frames,
    law,
    law_named,
    print_edition,
    reading,
    risks,
    run_page,
    silences,
    since,
    themes,
    views,
)
from dpia_checks.parts.site import SHAPES, Site
from dpia_checks.release.released import NO_EVIDENCE

PLACE = re.compile(r"<!--part ([a-z-]+)((?: [\w.-]+)*)-->.*?<!--/part-->", re.DOTALL)

PARTS: dict[str, Callable[..., tuple[str, dict[str, Any]]]] = {
    **cards.PARTS,
    **views.VIEWS,
    **document.VIEWS,
    **flows.VIEWS,
    **bases.VIEWS,
    **silences.VIEWS,
    **law.VIEWS,
    **law_named.VIEWS,
    **since.VIEWS,
    **themes.VIEWS,
    **compare.VIEWS,
    **checks.VIEWS,
    **reading.VIEWS,
    **risks.VIEWS,
}
"""Each part by its name: from the site, the page and what the place names, a template and what it shows."""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("dpia_checks.parts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"WORDS": WORDS, "SHAPES": SHAPES, "NO_EVIDENCE": NO_EVIDENCE}
    return made


def place(name: str, *named: str) -> str:
    """Return an empty place for the part *name*."""
    return f"<!--part {' '.join((name, *named))}--><!--/part-->"


def render(site: Site, page: str, name: str, *named: str) -> Markup:
    """Return the HTML of a part as *page* shows it."""
    template, shown = PARTS[name](site, page, *named)
    html = _environment().get_template(template).render(page=page, **shown)
    return Markup(frames.labelled(frames.named(html)))  # noqa: S704


def without_file(needs: Needs, pages: AbstractSet[str]) -> set[str]:
    """Return the pages that no file stands behind, where *pages* are those that have one: of checks and of risks."""
    return checks.pages_of(pages).keys() | risks.pages_of(needs, pages).keys()


def filled(site: Site, page: str, html: str) -> str:
    """Return *html* with every place filled; what a place held before does not matter."""

    def fill(found: re.Match[str]) -> str:
        name, named = found[1], found[2].split()
        opening = place(name, *named).removesuffix("<!--/part-->")
        return f"{opening}{render(site, page, name, *named)}<!--/part-->"

    return PLACE.sub(fill, html)


def fill(site: Site, folder: Path) -> list[str]:
    """
    Fill every place of every page under *folder*, and return the pages that changed.

    The states for the search and the print editions, which are of evidence alone, are written as well.
    """
    (folder / "_static").mkdir(exist_ok=True)
    (folder / "_static" / "states.js").write_text(search_states(site), encoding="utf-8")
    print_editions(site, folder / "print")
    changed = []
    for page in sorted(site.pages):
        path = folder / f"{page}.html"
        html = path.read_text(encoding="utf-8")
        if "<!--part " in html and (now := filled(site, page, html)) != html:
            path.write_text(now, encoding="utf-8")
            changed.append(page)
    return changed


def print_editions(site: Site, folder: Path) -> None:
    """Write the print edition of each DPIA that has anything to print."""
    for dpia in filter(partial(print_edition.has_any, site), DPIAS):
        folder.mkdir(exist_ok=True)
        html = _environment().get_template(print_edition.TEMPLATE).render(print_edition.shown(site, dpia))
        (folder / f"{dpia}.html").write_text(html.lstrip(), encoding="utf-8")


def page_of_run(
    evidence: Mapping[str, Any], needs: Needs, dpias: Sequence[str], told: Sequence[str], missing: Sequence[str]
) -> str:
    """Return the page of one run, which needs no other file."""
    shown = run_page.shown(evidence, needs, dpias, told, missing)
    return _environment().get_template(run_page.TEMPLATE).render(shown)


def search_states(site: Site) -> str:
    """Return the script that tells the search page the state of each need that has one."""
    words = {id: WORDS[site.state(id)] for id in site.needs.of_type("commitment", "mitigation")}
    return f"window.dpiaStates = {json.dumps(words, indent=0, sort_keys=True)};\n"


def exported(listed: dict[str, Any], evidence: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the ``needs.json`` *listed* with the record of each verification as a need of its own.

    Each commitment and measure has the ``state`` of its record, and names it under ``verifies_back``.
    """
    made = deepcopy(listed)
    needs = made["versions"][made["current_version"]]["needs"]
    for id, record in records(evidence).items():
        if id in needs:
            needs[id] |= {"state": record["outcome"], "verifies_back": [record["id"]]}
            needs[record["id"]] = dict(record)
    return made
