"""
What a DPIA states and does not promise, as rows of ``docs/<dpia>/facts/<kind>.csv``.

Each row is one ``context`` need. A cell is empty where the document is silent: a blank on a printed form,
an agreement without a date, a group of people without a notice. Nothing is filled in from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import FactsUnusable, Problem, raise_together
from dpia_checks.printed_dates import span

BESIDE = frozenset({"sections", "no_need_owed", "list_items", "silences"})
"""Files among the facts that are about what is printed or missing, and hold no fact."""

HEAD = ("id", "source", "says")
"""The columns of every kind: the id, the sections with ``;`` between them, and what is stated, in our words."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "document": ("attribute", "value"),
    "versions": ("number", "date", "author", "summary"),
    "triggers": ("criterion",),
    "dates": ("event", "date", "role", "before"),
    "reviews": ("stage", "date", "reviewer", "next", "outcome", "every_months"),
    "signoffs": ("role", "date", "covers"),
    "consultations": ("whom", "status", "date", "outcome"),
    "answers": ("question", "about"),
    "purposes": ("purpose", "part_of", "compatible_because"),
    "outcomes": ("kind", "measure", "before", "after"),
    "background": ("about",),
    "alternatives": ("alternative", "outcome", "because"),
    "controls": ("against", "control", "owner"),
    "actions": ("action", "owner", "due"),
    "bases": ("data_set", "purpose", "article", "statute", "provision", "schedule_1", "promise"),
    "uses": ("purpose", "data_set"),
    "special_categories": ("as_printed",),
    "laws": ("as_printed", "should_be", "ended", "law"),
    "data_sets": (
        "data_set",
        "tables",
        "comes_from",
        "from_subject",
        "goes_to",
        "stored_in",
        "corrected_through",
        "frequency",
        "told_in",
        "offences",
    ),
    "volumes": ("what", "number"),
    "retention": ("data_set", "period", "starts", "method"),
    "systems": ("system", "owner", "location", "marking"),
    "flows": ("sender", "receiver", "data_set", "channel", "agreement", "data", "basis", "condition"),
    "roles": ("party", "data_set", "role"),
    "contracts": ("processor", "data_set", "reference", "date", "ends", "clauses"),
    "agreements": ("agreement", "form", "status", "date", "party", "data_set", "reference"),
    "names": ("name", "does", "belongs"),
    "groups": ("group", "min_age", "vulnerable", "safeguards", "notice"),
    "notices": ("notice", "audience", "date", "names_controller", "complaints_to", "for_children"),
    "asks": ("group", "word"),
    "withdrawals": ("group", "cut_off", "told"),
    "rights": ("right", "route", "deadline", "answered_by"),
    "statements": ("subject", "answer"),
    "references": ("points_to", "target", "finds"),
    "placeholders": ("printed",),
    "redactions": ("what", "ground"),
    "acronyms": ("acronym", "explained"),
    "harms": ("risk", "whom", "harm"),
    "rationales": ("mitigation", "how"),
    "assessments": ("assessment", "reference"),
}
"""Each kind of context, with its own columns after those of :data:`HEAD`. A row is one thing of its kind."""


ROLES = ("controller", "joint controller", "processor")
"""What a party may be to a data set (UK GDPR, Article 4(7) and (8), Article 26)."""


def _is_date(cell: str) -> bool:
    try:
        return bool(span(cell))
    except ValueError:
        return False


CELLS: Mapping[tuple[str, str], tuple[Callable[[str], bool], str]] = {
    ("roles", "role"): (ROLES.__contains__, f"Write {', '.join(ROLES)}, or nothing"),
    ("groups", "min_age"): (str.isdecimal, "Write a whole number of years, or nothing"),
    ("reviews", "every_months"): (str.isdecimal, "Write a whole number of months, or nothing"),
    **{
        (kind, column): (_is_date, "Write 2019, 2019-10, 2019-10-01, or two of these with / between")
        for kind, columns in KINDS.items()
        for column in columns
        if column in {"date", "next", "ends"}
    },
}
"""What a cell of a column has to be, where a rule counts with it or compares it, and what to write."""


OURS = frozenset(
    {
        "before",
        "after",
        "condition",
        "part_of",
        "every_months",
        "tables",
        "safeguards",
        "should_be",
        "ended",
        "belongs",
        "target",
        "finds",
        "promise",
        "law",
    }
)
"""Columns by which we relate facts. Empty, they say that there is nothing to relate, not that the text is silent."""


@dataclass(frozen=True)
class Fact:
    """One thing that a DPIA states, with the sections that state it and the cells of its kind."""

    id: str
    kind: str
    says: str
    source: tuple[str, ...]
    cells: Mapping[str, str]

    def details(self) -> str:
        """Return the cells in words: what is stated of it, then what is not."""
        words = {name: name.replace("_", " ") for name in self.cells}
        said = [f"{words[name]}: {value}" for name, value in self.cells.items() if value]
        silent = [words[name] for name, value in self.cells.items() if not value and name not in OURS]
        return "; ".join([*said, *([f"not stated: {', '.join(silent)}"] if silent else [])])

    def told(self) -> dict[str, str]:
        """
        Return whom and what data the fact is about, and the role or the reference it gives, for its need.

        What a kind has no column for is left out. A role that the text does not give is ``not stated``.
        """
        found = {name: self.cells.get(name, "") for name in ("party", "data_set", "role", "reference")}
        found["party"] = found["party"] or self.cells.get("processor", "")
        if "role" in self.cells and self.kind == "roles":
            found["role"] = found["role"] or "not stated"
        return {name: cell for name, cell in found.items() if cell}

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def load(folder: Path) -> dict[str, tuple[Fact, ...]]:
    """
    Return the facts of the DPIA whose documents are in *folder*, by kind; a kind without file has none.

    Raises:
        FactsUnusable: Naming each line that has no id, no source or no sentence, or an id that another has, each
            cell that no rule could read, and each file whose kind is unknown.
    """
    found: dict[str, tuple[Fact, ...]] = {}
    lines: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((folder / "facts").glob("*.csv")):
        if path.stem not in KINDS.keys() | BESIDE:
            where = f"{folder.name}/facts/{path.name}"
            problems.append(Problem(where, "the kind is unknown", "Describe its columns in src/dpia_checks/facts.py"))
    for kind in KINDS:
        numbered = list(_read(folder / "facts" / f"{kind}.csv", kind))
        for where, fact in numbered:
            if not (fact.id and fact.source and fact.says):
                problems.append(Problem(where, "a fact without id, source or sentence", "Fill in all three"))
            elif fact.id in lines:
                problems.append(Problem(where, f"the id {fact.id} is at {lines[fact.id]} too", "Give it its own"))
            lines.setdefault(fact.id, where)
            problems += _cells(where, fact)
        found[kind] = tuple(fact for _, fact in numbered)
    raise_together(FactsUnusable, problems)
    return found


def _cells(where: str, fact: Fact) -> Iterator[Problem]:
    """Name each cell that is written and is not what :data:`CELLS` asks of its column."""
    for column, cell in fact.cells.items():
        fits, do = CELLS.get((fact.kind, column), (bool, ""))
        if cell and not fits(cell):
            yield Problem(where, f"no rule can read the {column.replace('_', ' ')}", do)


def _read(path: Path, kind: str) -> Iterator[tuple[str, Fact]]:
    if not path.exists():
        return
    dpia = path.parent.parent.name
    try:
        numbered = list(rows(path, (*HEAD, *KINDS[kind]), FactsUnusable))
    except FactsUnusable as unusable:
        raise FactsUnusable([Problem(f"{dpia}/{p.where}", p.what, p.do) for p in unusable.problems]) from unusable
    for number, cells in numbered:
        sections = tuple(part.strip() for part in cells["source"].split(";") if part.strip())
        own = {column: cells[column] for column in KINDS[kind]}
        yield f"{dpia}/facts/{path.name}:{number}", Fact(cells["id"], kind, cells["says"], sections, own)
