"""What is held on whom: the fields and registers of ``extracts/<dpia>.csv``, as needs and as pages."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_needs.api import add_need

from dpia_checks import schema
from dpia_checks.parts.site import extract_anchor
from dpia_checks.sphinx_ext.listings import said
from dpia_checks.sphinx_ext.places import Place
from dpia_checks.sphinx_ext.site_needs import definition_list, paragraph, table

KINDS = {
    "code": "one of a list",
    "decimal": "a number",
    "free_text": "written freely",
    "identifier": "a number or code",
    "instant": "a date and time",
    "integer": "a whole number",
    "text": "words",
    "yes_no": "yes or no",
    "date": "a date",
}
"""How a reader would call each type."""
STANDINGS = {
    "approved": "fields that the document lists",
    "presupposed": "fields that a promise presupposes and the document does not list",
    "register": "columns of a register; the document lists none, these are ours",
}
ACRONYMS = {"cms": "CMS", "crc": "CRC", "dpia": "DPIA"}


class WhatIsHeld(SphinxDirective):
    """``{what-is-held} fod``: what the document lists about each group of people, and what promises need beside it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each group of people, those with most fields first."""
        dpia = self.arguments[0]
        self.env.note_dependency(str(schema.FOLDER / f"{dpia}.csv"))
        held: dict[str, list[schema.Column]] = {}
        for described in said(self, schema.load, dpia).values():
            for column in described.columns.values():
                if column.standing != "register":
                    held.setdefault(column.whose, []).append(column)
        return [_group(whose, columns) for whose, columns in sorted(held.items(), key=lambda line: -len(line[1]))]


def _group(whose: str, columns: list[schema.Column]) -> nodes.section:
    title = f"{whose[0].upper()}{whose[1:]}"
    made = nodes.section("", nodes.title("", title), ids=[nodes.make_id(f"held {whose}")])
    given = [column for column in columns if column.standing == "approved"]
    sorts = (
        ("Points straight at the person", [c for c in given if c.direct_identifier]),
        ("Needs most protection in law (special category)", [c for c in given if c.special_category]),
        ("About offences", [c for c in given if c.criminal_offence]),
        ("Written freely, so it may hold anything", [c for c in given if c.type == "free_text"]),
    )
    told = {column.id for _, found in sorts for column in found}
    rest = ("Also", [column for column in given if column.id not in told])
    unlisted = ("On no list, though a promise needs it", [column for column in columns if column not in given])
    every = (*sorts, rest, unlisted)
    made += definition_list((f"{sort}: {len(_names(found))}", _listed(found)) for sort, found in every)
    return made


def _names(columns: Iterable[schema.Column]) -> list[str]:
    """Return the names once each, in the order of the document; the same field stands in several lists."""
    return list({column.name.strip().lower(): column.name.strip().rstrip(":?") for column in columns}.values())


def _listed(columns: list[schema.Column]) -> list[nodes.Node]:
    return [paragraph("; ".join(_names(columns)))] if columns else []


class ApprovedFields(SphinxDirective):
    """
    ``{approved-fields} fod``: a field need for each line of ``extracts/fod.csv``, and a table of each extract.

    What is written inside it stands above each table of fields that the document lists.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Add the needs, hidden, and return the tables whose rows are their anchors: the document's own first."""
        dpia = self.arguments[0]
        self.env.note_dependency(str(schema.FOLDER / f"{dpia}.csv"))
        made: list[nodes.Node] = []
        tables = said(self, schema.load, dpia)
        for name, described in sorted(tables.items(), key=lambda line: not line[1].approved):
            section = nodes.section("", nodes.title("", title_of(name)), ids=[extract_anchor(name)])
            section += Place(part="read-by", about=[name])
            if described.approved and self.content:
                section += self.parse_content_to_nodes()
            rows, ids = [], []
            for column in described.columns.values():
                section += self._need(column)
                ids.append(column.id)
                rows.append(_row(column))
            section += table(
                ["Field", "Kind of value", "Legal category", "Whose data", "Collected under", "What for"],
                rows,
                f"{title_of(name)}: {_standing(described)}",
                ids,
            )
            made.append(section)
        return made

    def _need(self, column: schema.Column) -> list[nodes.Node]:
        found = add_need(
            self.env.app,
            self.state,
            self.env.docname,
            self.lineno,
            "field",
            column.name,
            id=column.id,
            hide=True,
            source=[column.source],
            table=column.table,
            format=column.type,
            standing=column.standing,
            category=column.category,
            whose=column.whose,
            purpose=column.purpose or "not stated",
            collected_under=";".join(column.basis),
        )
        for node in found:
            node["ids"] = []
        self.env.get_domain("need").note(column.id, self.env.docname, column.name)  # type: ignore[attr-defined]
        return found


def title_of(table: str) -> str:
    """Return the name of a table as a reader would write it."""
    words = [ACRONYMS.get(word, word) for word in table.split("_")]
    return " ".join([words[0][0].upper() + words[0][1:], *words[1:]])


def _standing(described: schema.Table) -> str:
    standings = [column.standing for column in described.columns.values()]
    counted = [(standings.count(standing), words) for standing, words in STANDINGS.items()]
    return "; ".join(f"{count} {words}" for count, words in counted if count)


def _row(column: schema.Column) -> list[list[nodes.Node]]:
    words = (column.name, KINDS.get(column.type, column.type), column.category, column.whose)
    laws = [Place(part="law", about=[law]) for law in column.basis]
    parted = [node for law in laws for node in (nodes.Text(", "), law)][1:]
    return [*([nodes.Text(word)] for word in words), parted, [nodes.Text(column.purpose or "not stated")]]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("approved-fields", ApprovedFields)
    app.add_directive("what-is-held", WhatIsHeld)
