"""Fill a table of people: what the simulation decides is given, the rest is drawn from the schema."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Column, Table
from dpia_checks.synthetic import coherence
from dpia_checks.synthetic.draws import Values, day, numbered, pick, text, uniform
from dpia_checks.synthetic.owed import WORDS

FORENAMES = ("Willow", "Rowan", "Hazel", "Juniper", "Linden", "Aspen", "Maple", "Briar", "Fern", "Ivy", "May", "Grace")
SURNAMES = ("Granite", "Slate", "Marble", "Basalt", "Flint", "Chalk", "Quartz", "Shale", "Pumice", "Sandstone")
PERIOD = ("2019-10-01", "2022-09-30")


def table(
    described: Table,
    seed: int,
    rows: int,
    known: Mapping[str, pa.Array],
    beside: Mapping[str, pa.Array] | None = None,
) -> pa.Table:
    """
    Return a text table with every column of *described*: *known* where given, else drawn by its type.

    *beside* are fields of other tables, with which no record may disagree.
    """
    columns = {
        name: known[name] if name in known else _drawn(described.name, column, seed, rows)
        for name, column in described.columns.items()
    }
    return pa.table(coherence.aligned(described.name, columns, beside or {}))


def _drawn(table_name: str, column: Column, seed: int, rows: int) -> pa.Array:
    draw = uniform(seed, table_name, column.column, rows)
    if column.values:
        return text(pick(draw, column.values))
    match column.type:
        case "date":
            return text(day(draw, *PERIOD))
        case "integer":
            return text((draw * 10).astype(int))
        case "decimal":
            return text(np.round(draw * 99, 1))
        case "identifier":
            return text(numbered(column.column[:1].upper(), rows))
        case _:
            return text(pick(draw, WORDS[column.column]))


def names(seed: int, table_name: str, rows: int) -> tuple[Values, Values]:
    """Return forenames and surnames: trees and stones, some of which are also ordinary words."""
    forenames = pick(uniform(seed, table_name, "forename", rows), FORENAMES)
    return forenames, pick(uniform(seed, table_name, "surname", rows), SURNAMES)


def police_numbers(rows: int) -> Values:
    """
    Return numbers of the Police National Computer of the year 2099, which nobody has, each with its check letter.

    The letter is the remainder by 23 of the year's last two digits and the serial in seven.
    """
    letters = "ZABCDEFGHJKLMNPQRTUVWXY"
    serials = (f"{number:07d}" for number in range(1, rows + 1))
    return np.asarray([f"2099/{serial}{letters[int('99' + serial) % 23]}" for serial in serials], dtype=object)


def born(aged: Values, on: Values) -> Values:
    """Return the day of birth of people who are *aged* so many years on each day; a fraction is days since then."""
    years = aged.astype(int)
    month = on.astype("datetime64[M]")
    birthday = (month - (12 * years).astype("timedelta64[M]")).astype("datetime64[D]") + (on - month)
    earlier: Values = birthday - ((aged - years) * 364).astype("timedelta64[D]")
    return earlier
