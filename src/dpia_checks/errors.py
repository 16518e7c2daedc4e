"""What a person is told when input cannot be used: what, where, and what to do. Never a cell value."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class Exit(IntEnum):
    """The exit codes of every command."""

    HELD = 0
    DID_NOT_HOLD = 1
    UNUSABLE = 2
    NO_EVIDENCE = 3


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one input, in three parts that are shown as one sentence each."""

    where: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.do}."


class InputUnusable(Exception):
    """
    Input that no verdict can be built on. Carries every problem of its kind, to be shown together.

    The message holds positions, schema names and file names that this project chose: never a cell,
    nor a column, sheet or file name that the schema does not know.
    """

    exit_code = Exit.UNUSABLE

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ExtraMissing(InputUnusable):
    """A library that is not installed, since an extra of this project brings it."""


class TermsUnusable(InputUnusable):
    """A terms file that does not parse, or says one thing twice."""


class MissingFromTerms(InputUnusable):
    """A number or list that a check asked for and no line of the terms gives. Never a pass."""


class SchemaUnusable(InputUnusable):
    """A description of an extract (``extracts/<dpia>.csv``) that does not parse."""


class ExtractsUnusable(InputUnusable):
    """A folder that is not an extract set, or a file in it that cannot be read as a table."""


class NotApproved(InputUnusable):
    """Real records that nobody has approved a run on. Refused before any table is opened."""


class ManifestDisagrees(InputUnusable):
    """A manifest that says one thing of a file, and the file another."""


class ExamplesUnusable(InputUnusable):
    """A line of ``examples.csv`` that does not parse, or edits what is not there."""


class FactsUnusable(InputUnusable):
    """A line of ``facts/<kind>.csv`` that does not parse, or says one thing twice."""


class DocumentUnusable(InputUnusable):
    """A folder of a DPIA that is no document: no needs, a missing page, an unknown type, a circle of links."""


class NeedsUnusable(InputUnusable):
    """A ``needs.json`` that is absent, older than the documents, or not of this project."""


class EvidenceUnusable(InputUnusable):
    """An evidence file that does not follow its schema."""


class ReleaseUnusable(InputUnusable):
    """A release file that does not follow its schema, is of another version, or of other promises."""


class NotReleasable(InputUnusable):
    """Evidence of which no release can be made: not of real records, of a broken check, or of an older tool."""


class TellsTooMuch(InputUnusable):
    """A release that, beside the files released before, could show something about a few people."""


class KeyUnusable(InputUnusable):
    """A file that holds no key, or one that could be guessed."""


class NotATerminal(InputUnusable):
    """Rows of records were asked for where they would be kept: in a file or a pipe."""


def raise_together(kind: type[InputUnusable], problems: Iterable[Problem]) -> None:
    """Raise *kind* with all *problems*, or return when there are none."""
    if found := tuple(problems):
        raise kind(found)


@contextmanager
def opening(kind: type[InputUnusable], where: str) -> Iterator[None]:
    """
    Say of an input that the block cannot open that it is *where*, and why, as the system puts it. Never its path.

    Raises:
        InputUnusable: As *kind*, in place of every :class:`OSError` of the block.
    """
    try:
        yield
    except OSError as error:
        what = f"it cannot be opened ({error.strerror or type(error).__name__})"
        do = "Check that it is there and closed, and that whoever runs this may read it"
        raise kind([Problem(where, what, do)]) from None


def place_of(error: BaseException) -> str:
    """Return the kind and place of *error*. Its message may hold a cell, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{place} (its message is not shown: it may hold a value)"
