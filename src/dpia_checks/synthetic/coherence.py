"""
No made-up record contradicts itself: the fields of each are brought into line with each other.

The draws are alike for every value, and a value that stands is left as it is: only a contradiction is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dpia_checks.synthetic.draws import Values, text
from dpia_checks.synthetic.owed import AGREED, ONLY_IF, Says

Columns = dict[str, pa.Array]


def _crc(columns: Columns) -> None:
    """What is likely within one year is no likelier than within two."""
    scores = [np.asarray(columns[name].to_pylist(), dtype=float) for name in ("ogrs1_score", "ogrs2_score")]
    columns["ogrs1_score"], columns["ogrs2_score"] = text(np.minimum(*scores)), text(np.maximum(*scores))


def _cms_clients(columns: Columns) -> None:
    """Whoever lives as before has not moved, the others moved once or twice; who never engaged did little."""
    before, now = (_cells(columns[f"accommodation_status_{when}"]) for when in ("at_point_of_referral", "current"))
    moves = _numbers(columns, "number_of_moves_since_start")
    columns["number_of_moves_since_start"] = text(np.where(before == now, 0, 1 + moves % 2))
    engaged = _cells(columns["engaged_at_3_months"]) == "yes"
    for name in ("number_of_ete_activities_completed_since_start", "number_of_family_members_supported_since_start"):
        drawn = _numbers(columns, name)
        columns[name] = text(np.where(engaged, drawn, drawn % 2))


ALIGNED: Mapping[str, Callable[[Columns], None]] = {"crc": _crc, "cms_clients": _cms_clients}


def aligned(table: str, columns: Columns, beside: Mapping[str, pa.Array]) -> Columns:
    """
    Return the text *columns* of a made-up *table*, changed where one field of a record contradicts another.

    *beside* are fields of other tables, or of none, in the same order, by which the record has to go too.
    """
    columns = dict(columns)
    if table in ALIGNED:
        ALIGNED[table](columns)
    for name, allowed, says in AGREED.get(table, ()):
        columns[name] = _agreed(columns[name], allowed, _holds({**beside, **columns}, says, len(columns[name])))
    for name, other, values in ONLY_IF.get(table, ()):
        columns[name] = text(_cells(columns[name]), np.isin(_cells(columns[other]), list(values)))
    return columns


def _holds(columns: Mapping[str, pa.Array], says: Says, rows: int) -> Values:
    """Return of which records every one of the other fields has one of its values."""
    holds: Values = np.ones(rows, dtype=bool)
    for name, values in says.items():
        holds &= np.isin(_cells(columns[name]), list(values))
    return holds


def _agreed(column: pa.Array, allowed: Sequence[str], where: Values) -> pa.Array:
    """Return *column* with one of the *allowed* values, in turn, *where* it says another."""
    cells = _cells(column)
    wrong = where & ~np.isin(cells, list(allowed))
    turn = np.asarray(allowed, dtype=object)[np.arange(len(cells)) % len(allowed)]
    return text(np.where(wrong, turn, cells), np.asarray([cell is not None for cell in cells]) | wrong)


def _numbers(columns: Columns, name: str) -> Values:
    return np.asarray(columns[name].to_pylist(), dtype=int)


def _cells(column: pa.Array) -> Values:
    return np.asarray(column.to_pylist(), dtype=object)
