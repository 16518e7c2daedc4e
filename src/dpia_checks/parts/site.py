"""What the parts of pages are made from: the needs with their links both ways, the evidence, and addresses."""

from __future__ import annotations

import csv
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from dpia_checks import DPIAS
from dpia_checks import evidence as evidence_files
from dpia_checks import facts as fact_files
from dpia_checks.lint import document, rules
from dpia_checks.lint.results import Result
from dpia_checks.needs import Needs
from dpia_checks.release import released as released_files
from dpia_checks.release.form import Release

Need = Mapping[str, Any]

SHAPES = {
    "proven": "\u25c6",
    "transcription": "\u25c7",
    "attest": "\u270e",
    "vague": "\u2248",
    "none": "\u25cb",
    "broken": "\u2716",
}
"""A shape for each state, so that colour is never alone."""


@dataclass(frozen=True)
class Link:
    """A link to a place; without an address its text alone is shown. A need that has a state is shown with it."""

    text: str
    href: str = ""
    state: str = ""
    attested: str = ""


@dataclass(frozen=True)
class Fact:
    """A line below a need: a term, and words, links, or the proof of a check. One that says nothing is left out."""

    term: str
    text: str = ""
    links: Sequence[Link] = ()
    proof: dict[str, Any] = field(default_factory=dict)
    inline: bool = False

    @property
    def says(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.text or self.links or self.proof)


@dataclass(frozen=True)
class Site:
    """
    The needs, the evidence, and which pages there are.

    Args:
        needs: Every need of the documents.
        evidence: The evidence of the last run, or of nothing run.
        pages: The names of all pages, such as ``fod/breach``.
        sections: The headings of the printed sections by key, for each DPIA.
        docs: The folder of the documents, in which the facts of each DPIA are.
        released: The released file of each DPIA that has one. What the evidence holds of real records was not
            released, so nothing shows it.
    """

    needs: Needs
    evidence: Mapping[str, Any]
    pages: AbstractSet[str]
    sections: Mapping[str, Mapping[str, str]]
    docs: Path = Path()
    released: Mapping[str, Release] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take out of the evidence what was not released, and put in what was."""
        object.__setattr__(self, "evidence", released_files.beside(self.evidence, self.released))

    @cached_property
    def records(self) -> dict[str, Need]:
        """The record of each commitment and measure that the documents have; evidence may be older than they are."""
        made = evidence_files.records(self.evidence)
        return {id: record for id, record in made.items() if id in self.needs.by_id}

    @cached_property
    def stated(self) -> Mapping[str, Mapping[str, Sequence[fact_files.Fact]]]:
        """What each DPIA states, by kind."""
        return {dpia: fact_files.load(self.docs / dpia) for dpia in DPIAS}

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, Result]]:
        """What each rule answers about each DPIA, by the rule's id."""
        read = {dpia: document.read(dpia, self.docs / dpia, self.needs) for dpia in DPIAS}
        return {dpia: {result.rule.id: result for result in rules.lint(one)} for dpia, one in read.items()}

    @cached_property
    def _back(self) -> dict[tuple[str, str], list[str]]:
        back: dict[tuple[str, str], list[str]] = {}
        for id, need in sorted(self.needs.by_id.items()):
            for name in ("reduces", "delivers", "rests_on", "collected_under", "concerns"):
                for target in need.get(name) or ():
                    back.setdefault((name, target), []).append(id)
        return back

    def back(self, link: str, id: str) -> list[str]:
        """Return the needs that name *id* under *link*."""
        return self._back.get((link, id), [])

    def state(self, id: str) -> str:
        """Return the state of a commitment or measure; a need that the evidence does not know has no check yet."""
        return str(self.records[id]["outcome"]) if id in self.records else "none"

    def attested(self, id: str) -> str:
        """Return the last day of an attestation that a log of real origin shows; empty when one is due."""
        return str(self.records[id]["attested_until"]) if self.state(id) == "attest" else ""

    def real(self, id: str) -> str:
        """Return what a released file shows of the commitment *id* on real records, and who says so, in words."""
        return released_files.words(self.released, id)

    def real_counts(self, id: str) -> str:
        """Return the counts behind that, in bands; nothing without a result."""
        return released_files.counts(self.released, id)

    def href(self, page: str, target: str, anchor: str = "") -> str:
        """Return the address of *anchor* on the page *target*, from *page*; empty when there is no such page."""
        if target not in self.pages:
            return ""
        way = "" if target == page else _way(posixpath.dirname(page), target)
        return f"{way}#{anchor}" if anchor else way

    def link(self, page: str, id: str, *, stated: bool = False) -> Link:
        """Return a link to a need, with its title; of one that no document has, its id."""
        need = self.needs.by_id.get(id)
        if need is None:
            return Link(id)
        href = self.href(page, str(need["docname"]), id)
        shown = (self.state(id), self.attested(id)) if stated else ("", "")
        return Link(str(need["title"]), href, *shown)

    def links(self, page: str, ids: Iterable[str], *, stated: bool = False) -> list[Link]:
        """Return a link to each of *ids*, sorted."""
        return [self.link(page, id, stated=stated) for id in sorted(ids)]

    def terms_links(self, page: str, id: str) -> list[Link]:
        """Return a link to where each term of the commitment *id* is from; none without a page of terms."""
        href = self.href(page, f"{id[:3].lower()}/terms", terms_anchor(id))
        return [Link("where this is from", href)] if href else []

    def section_links(self, page: str, need: Need) -> list[Link]:
        """Return a link to each printed section that carries *need*."""
        target = f"{str(need['id'])[:3].lower()}/sections"
        return [
            Link(f"section {key}", self.href(page, target, section_anchor(key))) for key in need.get("source") or ()
        ]


@cache
def _way(folder: str, target: str) -> str:
    """Return the way from a page in *folder* to the page *target*."""
    return posixpath.relpath(f"{target}.html", folder or ".")


@cache
def _sections(path: Path, changed: int) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["section"]: row["heading"] for row in csv.DictReader(handle)}


def sections_of(folder: Path) -> dict[str, str]:
    """Return the headings of the printed sections by key, from ``facts/sections.csv`` of a DPIA; none without it."""
    path = folder / "facts" / "sections.csv"
    return _sections(path, path.stat().st_mtime_ns) if path.exists() else {}


def printed_sections(docs: Path) -> dict[str, dict[str, str]]:
    """Return the headings of the printed sections of each DPIA."""
    return {dpia: sections_of(docs / dpia) for dpia in DPIAS}


def section_anchor(key: str) -> str:
    """Return the anchor of a printed section on its page."""
    return "section-" + key.lower().replace(".", "-")


def test_anchor(name: str) -> str:
    """Return the anchor of a test on the page of tests."""
    return name.replace("_", "-")


def terms_anchor(id: str) -> str:
    """Return the anchor of the terms of a commitment on the page of terms: that of the first of them."""
    return f"terms-{id.replace('_', '-').lower()}"


def extract_anchor(name: str) -> str:
    """Return the anchor of an extract on the page of extracts."""
    return f"extract-{name.replace('_', '-')}"


def check_anchor(name: str) -> str:
    """Return the anchor of a check on the page of checks."""
    return f"check-{name.replace('_', '-')}"


def law_name(id: str) -> str:
    """Return a law's id as lawyers write it: ``LAW_GDPR_6_1_E`` is GDPR 6(1)(e)."""
    _, act, *parts = id.split("_")
    return " ".join([act, "".join([*parts[:1], *(f"({part.lower()})" for part in parts[1:])])]).strip()
