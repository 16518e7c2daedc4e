"""Small tables, drawn in the test that needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pyarrow as pa
import pytest

from dpia_checks.memory import collect_seldom
from dpia_checks.records import Records, known_header
from dpia_checks.schema import Column, Table

from .engines import on_engine

pytest_plugins = ["pytester"]
collect_seldom()


def draw(name: str, drawing: str, *, lacking: tuple[str, ...] = ()) -> tuple[Table, pa.Table]:
    """
    Return the schema and the text of a table drawn with ``|`` between its cells.

    The first line is the header: a column's name, its type (text when left out) and its standing
    (register when left out). A column of type ``unknown`` is in the file and not in the schema; one
    named in *lacking* is in the schema and not in the file. An empty cell is null.
    """
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    words = [cell.split() for cell in header]
    described = {word[0]: column(name, *word) for word in words if word[1:2] != ["unknown"]}
    cells = {
        word[0]: pa.array([line[place] or None for line in lines], pa.string()) for place, word in enumerate(words)
    }
    table = Table(name, described)
    return table, known_header(pa.table(cells).drop_columns(list(lacking)), table)


def column(
    table: str, name: str, type: str = "text", standing: str = "register", values: tuple[str, ...] = ()
) -> Column:
    """Return the description of a column; what the test does not care for is empty."""
    blank = {field.name: "" for field in fields(Column)}
    values = ("yes", "no") if type == "yes_no" else values
    given = {"table": table, "column": name, "name": name, "type": type, "standing": standing, "values": values}
    return Column(**{**blank, "basis": (), "direct_identifier": False, "criminal_offence": False, **given})


@pytest.fixture(scope="session")
def drawn() -> Callable[..., tuple[Table, pa.Table]]:
    """Draw a table: its schema and its text."""
    return draw


@pytest.fixture(scope="session")
def described() -> Callable[..., Column]:
    """Describe a column."""
    return column


@pytest.fixture
def engine() -> str:
    """The engine that checks run on by default. A module that tests conformance gives every one in its place."""
    return "pandas"


@pytest.fixture
def records(engine: str) -> Callable[..., Records]:
    """Draw a table and hand it out as a check sees it."""

    def make(
        name: str, drawing: str, *, lacking: tuple[str, ...] = (), complete: bool = False, as_of: str = "9999-12-31"
    ) -> Records:
        return on_engine(*draw(name, drawing, lacking=lacking), engine, complete=complete, as_of=as_of)

    return make
