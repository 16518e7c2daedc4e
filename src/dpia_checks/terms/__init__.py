"""
The numbers and lists a DPIA binds its controller to, one line each in ``terms/<dpia>/<theme>.csv``.

A line is keyed by the commitment's id and the term's name. ``kind`` is ``term`` for what the DPIA
states and ``yardstick`` for a number of ours that a test needs and the DPIA does not state; a
yardstick says where it comes from. A list is written with ``;`` between its items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import MissingFromTerms, Problem, TermsUnusable, raise_together

COLUMNS = ("need", "name", "value", "unit", "kind", "source")
NUMBER_UNITS = ("hours", "days", "months", "years", "count")
UNITS = (*NUMBER_UNITS, "text", "list")
YARDSTICK = "our yardstick: "
"""What stands before a number of ours wherever a page shows it."""
FOLDER = Path(__file__).parent

Value = int | str | tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One line of the terms. ``source`` is a section key, or for a yardstick where we took it from."""

    need: str
    name: str
    value: Value
    unit: str
    kind: str
    source: str

    @property
    def is_number(self) -> bool:
        """Whether the value can be moved one step up or down."""
        return self.unit in NUMBER_UNITS

    def moved(self, step: int) -> Term:
        """Return this term with its number *step* units higher."""
        assert isinstance(self.value, int)
        return replace(self, value=self.value + step)

    def words(self) -> str:
        """Return the value as it reads in a sentence: "72 hours", "post or courier"."""
        if isinstance(self.value, tuple):
            *most, last = self.value
            return f"{', '.join(most)} or {last}" if most else last
        if self.unit in {"text", "count"}:
            return str(self.value)
        return f"{self.value} {self.unit.removesuffix('s') if self.value == 1 else self.unit}"

    def told(self) -> str:
        """Return the name and the value; a yardstick is called ours, for the DPIA promises nothing of it."""
        return f"{YARDSTICK if self.kind == 'yardstick' else ''}{self.name}: {self.words()}"


class Terms(Mapping[str, Value]):
    """The terms of one commitment, by name. Asking for a name without a line never passes: it raises."""

    def __init__(self, need: str, terms: Iterable[Term] = ()) -> None:
        self.need = need
        self.lines = {term.name: term for term in terms}

    def __getitem__(self, name: str) -> Value:
        if name not in self.lines:
            theme = self.need.split("_")[2].lower() if self.need.count("_") >= 2 else "<theme>"
            where = f"terms/{self.need[:3].lower()}/{theme}.csv"
            raise MissingFromTerms([Problem(where, f"no line {name!r} for {self.need}", "Add one, with its source")])
        return self.lines[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def number(self, name: str) -> int:
        """Return the number called *name*; refuse a text or a list."""
        value = self[name]
        if not isinstance(value, int):
            raise MissingFromTerms([Problem(self.need, f"the term {name!r} is no number", "Give it a unit of time")])
        return value

    def items_of(self, name: str) -> tuple[str, ...]:
        """Return the list called *name*; a text counts as a list of one."""
        value = self[name]
        return value if isinstance(value, tuple) else (str(value),)

    def moved(self, name: str, step: int) -> Terms:
        """Return these terms with the number *name* moved by *step* units."""
        return Terms(self.need, [t.moved(step) if t.name == name else t for t in self.lines.values()])


def load(dpia: str, folder: Path = FOLDER) -> dict[str, Terms]:
    """
    Return the terms of every commitment of *dpia* that has any, by the commitment's id.

    Raises:
        TermsUnusable: Naming every line that is doubled or does not parse.
    """
    lines: dict[tuple[str, str], Term] = {}
    problems: list[Problem] = []
    for path in sorted((folder / dpia).glob("*.csv")):
        for number, cells in rows(path, COLUMNS, TermsUnusable):
            where = f"terms/{dpia}/{path.name}:{number}"
            key = (cells["need"], cells["name"])
            if key in lines:
                problems.append(Problem(where, f"a second line for {key[1]!r} of {key[0]}", "Keep one of the two"))
            elif complaint := _complaint(cells, dpia, path.stem):
                problems.append(Problem(where, *complaint))
            else:
                lines[key] = Term(**{**cells, "value": _value(cells)})  # type: ignore[arg-type]
    raise_together(TermsUnusable, problems)
    by_need: dict[str, list[Term]] = {}
    for term in lines.values():
        by_need.setdefault(term.need, []).append(term)
    return {need: Terms(need, terms) for need, terms in by_need.items()}


def _complaint(cells: dict[str, str], dpia: str, theme: str) -> tuple[str, str] | None:
    if not cells["need"].startswith(f"{dpia.upper()}_COM_{theme.upper()}_"):
        return "the commitment is of another DPIA or theme", "Move the line to the file its id names"
    if cells["unit"] not in UNITS:
        return "the unit is unknown", f"Use one of: {', '.join(UNITS)}"
    if cells["kind"] not in {"term", "yardstick"}:
        return "the kind is unknown", "Write term or yardstick"
    if not cells["value"].strip("; ") or not cells["source"]:
        return "the value or the source is empty", "Fill both"
    if cells["unit"] in NUMBER_UNITS and not (cells["value"].isascii() and cells["value"].isdigit()):
        return "the value is not a whole number", "Write digits only"
    return None


def _value(cells: dict[str, str]) -> Value:
    if cells["unit"] in NUMBER_UNITS:
        return int(cells["value"])
    if cells["unit"] == "list":
        return tuple(item.strip() for item in cells["value"].split(";") if item.strip())
    return cells["value"]
