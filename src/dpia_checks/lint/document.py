"""A DPIA as the rules see it: its needs, its facts and its printed sections. Nothing is read anywhere else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dpia_checks import facts as fact_files
from dpia_checks.facts import Fact
from dpia_checks.lint.results import Case
from dpia_checks.needs import Needs

Need = Mapping[str, Any]
CLAIM = re.compile(r"\b(?:DC|ST)-\d\d\b")
"""The ids of rules in the field ``found_by`` of a finding."""


@dataclass(frozen=True)
class Section:
    """A printed section: the key that tells it apart, its heading, and the number as printed, if it has one."""

    key: str
    heading: str

    @property
    def printed(self) -> str:
        """The number on the page: of the key, or of the heading's ``(printed ...)``; empty when it has none."""
        said = re.search(r"\(printed (\d[\d.]*)\)", self.heading)
        at_front = re.match(r"\d[\d.]*", self.key)
        return said.group(1) if said else at_front.group() if at_front else ""


@dataclass(frozen=True)
class Document:
    """One DPIA."""

    dpia: str
    needs: Mapping[str, Need]
    facts: Mapping[str, tuple[Fact, ...]]
    sections: tuple[Section, ...] = ()

    def of_type(self, *types: str) -> list[Need]:
        """Return the needs of *types*, sorted by id."""
        return [self.needs[id] for id in sorted(self.needs) if self.needs[id]["type"] in types]

    def commitments(self, *themes: str) -> list[Need]:
        """Return the commitments of *themes*, or all of them."""
        return [need for need in self.of_type("commitment") if not themes or theme(need["id"]) in themes]

    def fields(self) -> list[Need]:
        """Return the fields that the document itself lists."""
        return [need for need in self.of_type("field") if need.get("standing") == "approved"]

    def findings_on(self, need: str) -> list[str]:
        """Return the ids of the findings that concern *need*."""
        return [finding["id"] for finding in self.of_type("finding") if need in (finding.get("concerns") or ())]

    def claiming(self, rule: str) -> list[Need]:
        """Return the findings that say they were found by *rule*."""
        return [finding for finding in self.of_type("finding") if rule in CLAIM.findall(finding.get("found_by") or "")]

    def linking(self, link: str, to: str) -> list[Need]:
        """Return the needs that name *to* under *link*."""
        return [self.needs[id] for id in sorted(self.needs) if to in (self.needs[id].get(link) or ())]

    def stated(self, kind: str, **cells: str) -> list[Fact]:
        """Return the facts of *kind* whose cells are *cells*."""
        return [fact for fact in self.facts.get(kind, ()) if all(fact[name] == cells[name] for name in cells)]

    def attribute(self, name: str) -> str:
        """Return what the document says of itself under *name*, or nothing."""
        return next((fact["value"] for fact in self.stated("document", attribute=name)), "")

    def case(
        self, says: str, about: Iterable[Fact | Need] = (), *, silent: bool = False, under: tuple[str, ...] = ()
    ) -> Case:
        """Return a case about facts and needs, with the sections of all of them; *silent* when something is missing."""
        things = list(about)
        ids = dict.fromkeys(thing.id if isinstance(thing, Fact) else str(thing["id"]) for thing in things)
        sources = [thing.source if isinstance(thing, Fact) else thing.get("source") or () for thing in things]
        return Case(says, tuple(ids), tuple(dict.fromkeys(key for keys in sources for key in keys)), silent, under)


def theme(id: str) -> str:
    """Return the theme or principle in *id*, in small letters."""
    return id.split("_")[2].lower()


def words(need: Need) -> str:
    """Return the title of *need* and the first sentence under it, in small letters; what follows is our comment."""
    return f"{need['title']} {(need.get('content') or '').strip().partition(chr(10))[0]}".lower()


def read(dpia: str, folder: Path, needs: Needs) -> Document:
    """
    Return the DPIA whose documents are in *folder*, with its needs of *needs*.

    Raises:
        FactsUnusable: A file of facts cannot be used.
    """
    own = {id: need for id, need in needs.by_id.items() if id.startswith(f"{dpia.upper()}_")}
    return Document(dpia, own, fact_files.load(folder), tuple(_sections(folder / "facts" / "sections.csv")))


def _sections(path: Path) -> list[Section]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [Section(row["section"], row["heading"]) for row in csv.DictReader(handle)]
