"""
What a verification is run on, and how one run is judged. Knows no test framework.

A verification is a function of one extract set and the terms of its commitment that raises
:class:`~dpia_checks.violations.ViolationsFound` when the promise does not hold. It is run on the clean
made-up records, on each of its examples, and once for each number in its terms with that number moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dpia_checks import examples as example_files
from dpia_checks import schema, synthetic
from dpia_checks import terms as term_files
from dpia_checks.errors import InputUnusable, place_of
from dpia_checks.examples import Example
from dpia_checks.needs import Needs
from dpia_checks.parquet_tables import ParquetTable
from dpia_checks.planting import noticed, plant
from dpia_checks.records import ExtractSet
from dpia_checks.silence import silenced
from dpia_checks.terms import Terms
from dpia_checks.violations import (
    COLUMN_MISSING,
    UNREADABLE,
    Ledger,
    TableMissing,
    Violation,
    ViolationsFound,
    keeping_ledger,
)

GIVEN = ("real", "rehearsal")
"""The kinds of case that run on an extract set that was handed over."""

REHEARSING = {"spark": "pandas"}
"""
The engines that the made-up records run on another for: Spark takes a second for what takes others a millisecond,
and the examples are thousands. That it agrees is shown by the conformance tests.
"""

Verification = Callable[[ExtractSet, Terms], None]


@dataclass(frozen=True)
class Case:
    """One run that a verification owes: its kind, its name, and the example behind it, if any."""

    kind: str
    name: str
    example: Example | None = None

    @property
    def id(self) -> str:
        """How the test's id shows it: in the words of the example, never a value."""
        return self.kind if self.kind in {"clean", *GIVEN} else f"{self.kind}: {self.name}"


@dataclass(frozen=True)
class Result:
    """How one call ended: ``held``, ``did not hold``, ``no evidence`` or ``crashed``; and what it touched."""

    ended: str
    ledger: Ledger
    found: tuple[Violation, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Judgement:
    """What a case came to, in a word of :class:`~dpia_checks.evidence.Run`, and why, without a value."""

    outcome: str
    result: Result
    why: str = ""


@dataclass(frozen=True, eq=False)
class Given:
    """The extract set that was handed over, read once by whoever starts the run, as a plugin that hooks nothing."""

    extracts: ExtractSet


@dataclass(eq=False)
class Kept:
    """The evidence of a run, and what was :func:`unfit`, handed back in memory as a plugin that hooks nothing."""

    made: Mapping[str, Any] = field(default_factory=dict)
    unfit: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Material:
    """All that the verifications of one DPIA run on: schemas, terms, examples and extract sets."""

    def __init__(
        self, dpia: str, needs: Needs, folder: Path, real: ExtractSet | None = None, engine: str = "pandas"
    ) -> None:
        self.dpia = dpia
        self.needs = needs
        self.folder = folder
        self.engine = engine
        self.real = with_needs(real, needs) if real is not None else None
        self._planted: dict[Example, ExtractSet] = {}

    @property
    def given(self) -> str:
        """What an extract set that was handed over is: ``real``, a ``rehearsal`` on made-up records, or empty."""
        if self.real is None:
            return ""
        return "real" if self.real.facts.origin == "real" else "rehearsal"

    @cached_property
    def terms(self) -> dict[str, Terms]:
        """The terms of each commitment that has any."""
        return term_files.load(self.dpia)

    @cached_property
    def clean(self) -> ExtractSet:
        """The clean made-up extracts, with the document itself as the table ``needs``; see :data:`REHEARSING`."""
        made, engine = synthetic.make(self.dpia), REHEARSING.get(self.engine, self.engine)
        return with_needs(ExtractSet(made.texts, made.schemas, made.facts, engine), self.needs)

    @cached_property
    def examples(self) -> list[Example]:
        """Every example of the DPIA."""
        described = {**schema.load(self.dpia), "needs": schema.needs_table()}
        written = example_files.load(self.folder / "examples.csv", described)
        return [made for example in written for made in example_files.for_each(example, self.having)]

    def having(self, method: str) -> list[str]:
        """Return the commitments of the DPIA whose method is *method*."""
        own = [id for id in self.needs.of_type("commitment") if id.startswith(f"{self.dpia.upper()}_")]
        return [id for id in own if self.needs.by_id[id].get("method") == method]

    def planted(self, example: Example) -> ExtractSet:
        """Return the clean extracts with *example* in them."""
        if example not in self._planted:
            self._planted[example] = plant(example, self.clean)
        return self._planted[example]

    def cases(self, need: str) -> list[Case]:
        """Return the runs that the verification of *need* owes."""
        examples = [Case(example.expect, example.name, example) for example in self.examples if example.need == need]
        numbers = [Case("number", term.name) for term in self.terms_of(need).lines.values() if term.is_number]
        real = [Case(self.given, self.given)] if self.given else []
        return [Case("clean", "clean"), *examples, *numbers, *real]

    def terms_of(self, need: str) -> Terms:
        """Return the terms of *need*, which may be none."""
        return self.terms.get(need, Terms(need))

    def extracts(self, case: Case) -> ExtractSet:
        """Return the one extract set that *case* runs on."""
        if case.kind in GIVEN and self.real is not None:
            return self.real
        return self.planted(case.example) if case.example else self.clean


def with_needs(extracts: ExtractSet, needs: Needs) -> ExtractSet:
    """Return *extracts* with the needs of its DPIA as one more table."""
    schemas = {**extracts.schemas, "needs": schema.needs_table()}
    texts = {**extracts.texts, "needs": needs.table(extracts.facts.dpia)}
    return ExtractSet(texts, schemas, extracts.facts, extracts.engine)


def call(verification: Verification, extracts: ExtractSet, terms: Terms) -> Result:
    """
    Run *verification* once, in silence, and say how it ended. What an exception says is not kept.

    A test framework's own exceptions, such as one that skips, count as a crash: a verification that
    could choose not to run could hide what it saw.
    """
    with keeping_ledger() as ledger, silenced():
        try:
            verification(extracts, terms)
        except ViolationsFound as found:
            if set(found.found) <= ledger.found:
                return Result("did not hold", ledger, found.found, str(found))
            return Result("crashed", ledger, said="the verification reports violations that no check returned")
        except TableMissing as missing:
            return Result("no evidence", ledger, said=str(missing))
        except InputUnusable as unusable:
            return Result("crashed", ledger, said=str(unusable))
        except KeyboardInterrupt:
            raise KeyboardInterrupt from None
        except BaseException as error:
            return Result("crashed", ledger, said=f"the verification crashed: {place_of(error)}")
    return Result("held", ledger)


def judge(verification: Verification, need: str, case: Case, material: Material) -> Judgement:
    """Run one *case* of the verification of *need* and say what it came to."""
    if case.kind == "number":
        return _number(verification, need, case, material)
    extracts = material.extracts(case)
    result = call(verification, extracts, material.terms_of(need))
    if result.ended == "crashed":
        return Judgement("crashed", result, result.said)
    if case.kind == "violation" and case.example is not None:
        if result.ended == "did not hold" and noticed(case.example, extracts, result.found, result.ledger.checks):
            return Judgement("caught", result)
        elsewhere = " (it flagged another place)" if result.found else ""
        return Judgement("missed", result, f"the check did not notice: {case.name}{elsewhere}")
    if case.kind == "allowed":
        if result.ended == "held":
            return Judgement("passed", result)
        return Judgement("flagged", result, f"the check flagged what is allowed: {case.name}\n{result.said}")
    return _held(need, case, material, result)


def _held(need: str, case: Case, material: Material, result: Result) -> Judgement:
    if result.ended != "held":
        return Judgement(result.ended, result, result.said)
    ledger = result.ledger
    if not ledger.tables or not ledger.checks:
        return Judgement("proves nothing", result, "it reads no extract or asks no check, so it proves nothing")
    if ledger.judged == 0 and not (ledger.empty_but_complete and _is_prohibition(need, material)):
        outcome = "no evidence" if case.kind in GIVEN else "proves nothing"
        return Judgement(outcome, result, "it judged no record, so it shows nothing either way")
    return Judgement("held", result)


def _is_prohibition(need: str, material: Material) -> bool:
    return material.needs.by_id.get(need, {}).get("form") == "prohibition"


def _number(verification: Verification, need: str, case: Case, material: Material) -> Judgement:
    variants = [other for other in material.cases(need) if other.kind in {"clean", "violation", "allowed"}]
    result = Result("held", Ledger())
    for step, way in ((1, "higher"), (-1, "lower")):
        moved = material.terms_of(need).moved(case.name, step)
        if not _changes(verification, variants, moved, material):
            why = f"no example notices the number {case.name} one step {way}"
            return Judgement("not bound", result, why)
    return Judgement("bound", result)


def _changes(verification: Verification, variants: Sequence[Case], moved: Terms, material: Material) -> bool:
    for case in variants:
        ended = call(verification, material.extracts(case), moved).ended
        if ended != ("did not hold" if case.kind == "violation" else "held"):
            return True
    return False


def unfit(judgements: Iterable[Judgement]) -> dict[str, dict[str, int]]:
    """
    Return, for each table and column that a check asked for, how many cells are no value of the column's type.

    It is nought for a column that is missing. Both are violations, and may be about how a file is written alone.
    """
    rules = (COLUMN_MISSING, UNREADABLE)
    found = {place for judgement in judgements for place in judgement.result.ledger.found if place.rule in rules}
    cells: dict[str, dict[str, int]] = {}
    for place in sorted(found, key=str):
        of_table = cells.setdefault(place.table, {})
        column = place.column or ""
        of_table[column] = of_table.get(column, 0) + (place.rule == UNREADABLE)
    return cells


def not_read(extracts: ExtractSet, judgements: Iterable[Judgement]) -> dict[str, list[str]]:
    """
    Return, for each table of *extracts* that is scanned where it lies, the columns that no check read.

    A file that is read as text is read whole, and refused when a part of it is damaged. Of a scan nobody sees what
    nobody asks for, so that it has to be said. A table without such a column is left out.
    """
    pairs = (pair for judgement in judgements for pair in judgement.result.ledger.reads)
    asked = {(table.name, column) for table, columns in pairs for column in columns}
    scans = {name: source for name, source in sorted(extracts.texts.items()) if isinstance(source, ParquetTable)}
    unasked = {name: [c for c in scan.column_names if (name, c) not in asked] for name, scan in scans.items()}
    return {name: columns for name, columns in unasked.items() if columns}
