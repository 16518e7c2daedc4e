"""
How an extract is described: one line of ``extracts/<dpia>.csv`` for each column of each table.

The field needs of the site, the data dictionary, the approved columns and the reading of files all
come from that one file. The first column of a table is its key: examples name a record by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import Problem, SchemaUnusable, raise_together
from dpia_checks.identifiers import heading

HEADER = (
    "id",
    "table",
    "column",
    "name",
    "type",
    "values",
    "standing",
    "direct_identifier",
    "special_category",
    "criminal_offence",
    "whose",
    "basis",
    "purpose",
    "source",
    "source_line",
)
TYPES = ("text", "free_text", "code", "yes_no", "date", "instant", "integer", "decimal", "identifier")
STANDINGS = ("approved", "presupposed", "register")
FOLDER = Path(__file__).parent / "extracts"


@dataclass(frozen=True)
class Column:
    """
    One column of one table.

    ``standing`` is ``approved`` when the DPIA lists the field, ``presupposed`` when a promise needs it
    and the DPIA does not list it, and ``register`` for a column of a log that the controller keeps.
    """

    id: str
    table: str
    column: str
    name: str
    type: str
    values: tuple[str, ...]
    standing: str
    direct_identifier: bool
    special_category: str
    criminal_offence: bool
    whose: str
    basis: tuple[str, ...]
    purpose: str
    source: str
    source_line: str

    @property
    def category(self) -> str:
        """The legal category in words; a field of two categories is named with both."""
        parts = []
        if self.special_category:
            parts.append(f"special category: {self.special_category}")
        if self.criminal_offence:
            parts.append("criminal offence data")
        if self.direct_identifier:
            parts.append("direct identifier")
        return "; ".join(parts) or ("record keeping" if self.standing == "register" else "personal data")


@dataclass(frozen=True)
class Table:
    """
    One table of an extract set and its columns, in the order of the description.

    ``also`` names the column of each other heading that an extract set was said to use.
    """

    name: str
    columns: Mapping[str, Column]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name of the first column, by which an example names a record."""
        return next(iter(self.columns))

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """
        The column that each heading means, with capitals, spaces and punctuation left out.

        A column goes by its own name and by the one the DPIA prints, unless another column could be meant.
        """
        meant: dict[str, set[str]] = {}
        for name, column in self.columns.items():
            for spelling in (name, column.name):
                meant.setdefault(heading(spelling), set()).add(name)
        own = {spelling: min(names) for spelling, names in meant.items() if len(names) == 1}
        return {**own, **self.also}

    @property
    def approved(self) -> frozenset[str]:
        """The columns that the DPIA lists."""
        return frozenset(name for name, column in self.columns.items() if column.standing == "approved")


def load(dpia: str, folder: Path = FOLDER) -> dict[str, Table]:
    """
    Return the tables of *dpia* by name.

    Raises:
        SchemaUnusable: Naming every line that is doubled or does not parse.
    """
    path = folder / f"{dpia}.csv"
    tables: dict[str, dict[str, Column]] = {}
    ids: set[str] = set()
    problems: list[Problem] = []
    for number, cells in rows(path, HEADER, SchemaUnusable):
        where = f"extracts/{dpia}.csv:{number}"
        columns = tables.setdefault(cells["table"], {})
        if cells["id"] in ids or cells["column"] in columns:
            problems.append(Problem(where, "a second line for one id or column", "Keep one of the two"))
        if cells["type"] not in TYPES:
            problems.append(Problem(where, "the type is unknown", f"Use one of: {', '.join(TYPES)}"))
        if cells["standing"] not in STANDINGS:
            problems.append(Problem(where, "the standing is unknown", f"Use one of: {', '.join(STANDINGS)}"))
        if cells["type"] == "code" and not cells["values"]:
            problems.append(Problem(where, "a code without its values", "List them, separated by |"))
        ids.add(cells["id"])
        columns[cells["column"]] = _column(cells)
    raise_together(SchemaUnusable, problems)
    return {name: Table(name, columns) for name, columns in tables.items()}


def _column(cells: Mapping[str, str]) -> Column:
    values = ("yes", "no") if cells["type"] == "yes_no" else tuple(filter(None, cells["values"].split("|")))
    return Column(
        id=cells["id"],
        table=cells["table"],
        column=cells["column"],
        name=cells["name"],
        type=cells["type"],
        values=values,
        standing=cells["standing"],
        direct_identifier=cells["direct_identifier"] == "yes",
        special_category=cells["special_category"],
        criminal_offence=cells["criminal_offence"] == "yes",
        whose=cells["whose"],
        basis=tuple(part.strip() for part in cells["basis"].split(";") if part.strip()),
        purpose=cells["purpose"],
        source=cells["source"],
        source_line=cells["source_line"],
    )


NEEDS_COLUMNS = (
    "id",
    "type",
    "title",
    "method",
    "standing",
    "format",
    "table",
    "category",
    "basis",
    "source",
    "kind",
    "party",
    "data_set",
    "role",
    "reference",
    "collected_under",
    "concerns_back",
)


def needs_table() -> Table:
    """Return the description of the table ``needs``: the document itself, one row a need, all text."""
    blank = dict.fromkeys(HEADER, "")
    made = {name: _column({**blank, "column": name, "name": name, "type": "text"}) for name in NEEDS_COLUMNS}
    return Table("needs", made)
