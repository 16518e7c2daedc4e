"""
What a check returns, how a test asks it to hold, and what a check is.

A violation is a row, a column or an absence that breaks a rule. It names the rule, the table and the
position, and can hold no cell value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import ParamSpec, Protocol

COLUMN_MISSING = "column_missing"
UNREADABLE = "unreadable"
SHOWN = 10
KEYED = 2**62
"""From here on a row is no position, of which no file has so many, but a keyed hash of one."""
P = ParamSpec("P")


@dataclass(frozen=True, order=True)
class Violation:
    """
    One place that breaks a rule.

    ``row`` counts data rows of the file from 1; from :data:`KEYED` on it is a keyed hash. ``column`` is a name of
    the schema or, for a column the schema does not know, ``column 12``. ``absent_from`` is the table that lacks a
    record which this row owes; for a table that lacks records altogether there is neither row nor column.
    """

    table: str
    row: int | None = None
    column: str | None = None
    absent_from: str | None = None
    rule: str = ""

    def __str__(self) -> str:
        place = [self.table]
        if self.row is not None:
            place.append(f"row {self.row}" if self.row < KEYED else f"record {self.row - KEYED:015x}")
        if self.column is not None:
            place.append(self.column if self.column.startswith("column ") else f"column {self.column}")
        if self.absent_from is not None:
            place.append(f"nothing in {self.absent_from}")
        return f"{self.rule}: {', '.join(place)}"


@dataclass(frozen=True)
class Violations:
    """What one check found, and how many records or columns it judged. Falsy when it found nothing."""

    found: tuple[Violation, ...] = ()
    judged: int = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __add__(self, other: Violations) -> Violations:
        return Violations(self.found + other.found, self.judged + other.judged)


class ViolationsFound(AssertionError):
    """A verification did not hold. The message counts, and names the first places."""

    def __init__(self, found: Iterable[Violation]) -> None:
        self.found = tuple(found)
        more = len(self.found) - SHOWN
        lines = [str(violation) for violation in self.found[:SHOWN]] + ([f"and {more} more"] if more > 0 else [])
        super().__init__(f"{len(self.found)} found\n" + "\n".join(f"  {line}" for line in lines))


class ColumnMissing(Exception):
    """A check asked for a column that the schema knows and the file lacks: a violation, not a crash."""

    def __init__(self, table: str, column: str) -> None:
        self.violation = Violation(table, column=column, rule=COLUMN_MISSING)
        super().__init__(str(self.violation))


class TableMissing(Exception):
    """A verification asked for a table that the extract set lacks: no evidence, neither way."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(f"the extract set has no table {table}")


class Readable(Protocol):
    """A table as the ledger sees it: its name, and its cells that are no value of their type."""

    @property
    def name(self) -> str:
        """The table's name."""

    @property
    def is_complete_and_empty(self) -> bool:
        """Whether the manifest says that nothing happened, and the table agrees."""

    def unreadable(self, columns: tuple[str, ...]) -> Iterator[Violation]:
        """Yield a violation for each cell of *columns* that is no value of its type."""


@dataclass
class Ledger:
    """What a verification touched while it ran: the proof that it read something and judged something."""

    reads: list[tuple[Readable, tuple[str, ...]]] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    found: set[Violation] = field(default_factory=set)
    judged: int = 0
    most: int = 0  # the most that one check judged: several checks may judge the same records
    empty_but_complete: bool = False

    @property
    def tables(self) -> list[str]:
        """The names of the tables read, each once, in order."""
        return list(dict.fromkeys(table.name for table, _ in self.reads))


_ledger: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def keeping_ledger() -> Iterator[Ledger]:
    """Record, until the block ends, which tables are read and which checks run."""
    ledger = Ledger()
    token = _ledger.set(ledger)
    try:
        yield ledger
    finally:
        _ledger.reset(token)


def note_read(table: Readable, columns: tuple[str, ...]) -> None:
    """Tell the ledger, when one is kept, that *columns* of *table* are being read."""
    if (ledger := _ledger.get()) is not None:
        ledger.reads.append((table, columns))


def check(function: Callable[P, Violations]) -> Callable[P, Violations]:
    """
    Make *function* a check: its name becomes the rule of what it finds.

    To what the function finds are added the cells it read that are no value of their type, and a
    column it needed that is not there, so that broken input never looks like a promise kept.
    """

    @wraps(function)
    def judge(*args: P.args, **kwargs: P.kwargs) -> Violations:
        with keeping_ledger() as mine:
            try:
                result = function(*args, **kwargs)
            except ColumnMissing as missing:
                result = Violations((missing.violation,), judged=1)
        named = tuple(violation if violation.rule else replace(violation, rule=rule) for violation in result.found)
        unread = {v for table, columns in mine.reads for v in table.unreadable(columns)}
        judged = Violations(named + tuple(sorted(unread, key=str)), result.judged)
        _report(mine, rule, judged)
        return judged

    rule = function.__name__
    judge.is_check = True  # type: ignore[attr-defined]
    return judge


def _report(mine: Ledger, rule: str, result: Violations) -> None:
    if (outer := _ledger.get()) is not None:
        outer.reads += mine.reads
        outer.checks.append(rule)
        outer.judged += result.judged
        outer.most = max(outer.most, result.judged)
        outer.found |= set(result.found)
        outer.empty_but_complete |= bool(mine.reads) and mine.reads[0][0].is_complete_and_empty


def assert_no_violations(*results: Violations) -> None:
    """
    Hold when none of *results* found anything.

    Raises:
        ViolationsFound: Naming rule, table and position of each violation, never a value.
    """
    found = [violation for result in results for violation in result.found]
    if found:
        raise ViolationsFound(found)
