"""
Find the records behind the violations of a run on an extract set that was handed over.

The verifications run once more, on that set alone, and what they find stays in memory: nothing is written.
A record is called by its position and, with the analyst's key, by a keyed hash of its id, which its holder
can match and nobody else can turn back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from dpia_checks import project
from dpia_checks.errors import InputUnusable, Problem
from dpia_checks.progress import Progress
from dpia_checks.project import Project
from dpia_checks.pytest_plugin.state import STATE
from dpia_checks.records import ExtractSet
from dpia_checks.release.keys import keyed
from dpia_checks.typed_files import record
from dpia_checks.verification import GIVEN, Given, Judgement
from dpia_checks.violations import Violation

SHOWN_DIGITS = 16
"""How many hexadecimal digits of a keyed hash are shown: enough to tell the records of any office apart."""
DOCUMENT = "needs"
"""The table that is our transcription of the document: nothing in it is a record of anybody's."""


@dataclass
class Located:
    """What a run found, by need; how each verification of a need ended; and the extract set it was found in."""

    found: dict[str, tuple[Violation, ...]] = field(default_factory=dict)
    reads: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    ended: list[tuple[str, str]] = field(default_factory=list)
    extracts: ExtractSet | None = None

    def code(self, key: bytes, place: Violation) -> str:
        """Return the keyed hash of the id of the record at *place*; empty where there is no such record or id."""
        if self.extracts is None or place.row is None or place.table not in self.extracts.texts:
            return ""
        table = self.extracts.schemas[place.table]
        id = self._cells(place.table, place.row, [table.key]).get(table.key)
        return keyed(key, "record", [place.table, id])[:SHOWN_DIGITS] if id is not None else ""

    def record(self, need: str, place: Violation) -> Iterator[tuple[str, str]]:
        """Yield the columns that the check of *need* read, and their cells, of the record at *place*."""
        if self.extracts is None or place.row is None or place.table not in self.extracts.texts:
            return
        named = [self.extracts.schemas[place.table].key, *self.reads.get((need, place.table), ()), place.column or ""]
        for name, cell in self._cells(place.table, place.row, named).items():
            yield name, "(empty)" if cell is None else cell

    def _cells(self, name: str, row: int, named: Sequence[str]) -> dict[str, str | None]:
        """Return the cells of a record in those of the columns *named* that its table has, in file order."""
        assert self.extracts is not None
        source = self.extracts.texts[name]
        has = [column for column in source.column_names if column in named]
        return record(source, self.extracts.schemas[name], row, has)


class Locator:
    """A pytest plugin that leaves of a run what is on the extract set handed over, and keeps what it found."""

    def __init__(self) -> None:
        self.located = Located()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out the runs on made-up records."""
        state = config.stash[STATE]
        items[:] = [item for item in items if item.nodeid in state.items and state.items[item.nodeid][1].kind in GIVEN]
        state.items = {item.nodeid: state.items[item.nodeid] for item in items}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep what was found, and the extract set."""
        state = session.config.stash[STATE]
        sets = [material.real for material in state.materials.values() if material.real is not None]
        self.located.extracts = sets[0] if sets else None
        for need, judgement in state.given:
            self._keep(need, judgement)

    def _keep(self, need: str, judgement: Judgement) -> None:
        places = [place for place in judgement.result.found if place.table != DOCUMENT]
        if places:
            self.located.found[need] = tuple(sorted({*self.located.found.get(need, ()), *places}, key=_in_order))
        for table, columns in judgement.result.ledger.reads:
            self.located.reads.setdefault((need, table.name), []).extend(columns)
        self.located.ended.append((need, judgement.outcome))


def _in_order(place: Violation) -> tuple[Any, ...]:
    return place.table, place.row or 0, place.column or "", place.absent_from or "", place.rule


def locate(here: Project, given: Given, only: Sequence[str] = (), engine: str = "pandas") -> Located:
    """
    Return what the verifications of its document find in the extract set that was *given*.

    Args:
        here: The project whose verifications run.
        given: The extract set, read by whoever starts the run.
        only: What is asked for; without any, everything is.
        engine: What the checks run on, as the set was read for it.

    Raises:
        InputUnusable: The verifications could not be run; they have said why.
    """
    locator = Locator()
    words = [str(here.tests / given.extracts.facts.dpia), f"--needs-json={here.needs_json}"]
    words += [f"--rootdir={here.root}", f"--config-file={here.root / 'pyproject.toml'}", "--assert=plain"]
    words += [f"--engine={engine}", "-p", "no:terminal", "-p", "no:cacheprovider", *(f"--only={word}" for word in only)]
    project.drop_own_options()
    code = pytest.main(words, plugins=[Progress(), locator, given])
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} or not locator.located.ended:
        what = "the verifications could not be run" if code == pytest.ExitCode.USAGE_ERROR else "the run broke off"
        what = "no verification judged the extract set" if code == pytest.ExitCode.NO_TESTS_COLLECTED else what
        raise InputUnusable([Problem("tests/commitments", what, "Mend what is named above and try again")])
    return locator.located


Title = Callable[[str], str]


def lines(located: Located, title: Title, key: bytes | None, *, show: bool) -> Iterator[str]:
    """
    Yield a line for each place that was found, under the promise it breaks; with *show*, its record as well.

    Args:
        located: What a run found.
        title: Gives the heading of a need.
        key: The analyst's key; without it, a record is called by its position alone.
        show: Whether to yield the cells that the check read: rows of records, for a person's eyes alone.
    """
    for need, places in sorted(located.found.items()):
        yield f"{need} {title(need)}: {len(places)} found"
        for place in places:
            code = located.code(key, place) if key else ""
            yield f"  {place}{f'; record {code}' if code else ''}"
            if show:
                yield from (f"      {name}: {cell}" for name, cell in located.record(need, place))
