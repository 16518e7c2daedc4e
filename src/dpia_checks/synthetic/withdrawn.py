"""
What the provider's extracts still say of a client who withdrew: nothing of a later day than the last that held her.

The tables are all that came, extract upon extract. What came before a no stays, so that the case can be found
and left out; no extract after it holds her, so nothing that happened to her later is in any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.draws import Values, text
from dpia_checks.synthetic.registers import Row

LAST_DAY = "9999-12-31"


def last_heard(noes: Sequence[Row], kind: str, extracts: Sequence[date]) -> dict[str, str]:
    """Return the day of the last of *extracts* before or on the day of each client's no of a *kind*."""
    gone = days_of(noes, kind)
    return {client: max(on.isoformat() for on in extracts if on.isoformat() <= no) for client, no in gone.items()}


def days_of(noes: Sequence[Row], kind: str) -> dict[str, str]:
    """Return the day on which each client's no of a *kind* came."""
    return {str(row["client_id"]): str(row["received_at"])[:10] for row in noes if row["kind"] == kind}


def recounted(women: pa.Table) -> pa.Table:
    """Return the referrals *women* with the days from referral to contact counted from the dates that stand there."""
    asked, met = (
        np.asarray([day or LAST_DAY for day in women[name].to_pylist()], dtype="datetime64[D]")
        for name in ("date_referral_received", "contact_date")
    )
    name = "time_between_referral_and_contact_dates"
    known = np.asarray([day is not None for day in women["contact_date"].to_pylist()])
    return women.set_column(women.column_names.index(name), name, text((met - asked).astype(int), known))


def cut(described: Table, made: pa.Table, heard: Mapping[str, str]) -> pa.Table:
    """Return the table *made* with no date of a client later than the day on which she was last *heard* of."""
    limits = np.asarray(
        [heard.get(client, LAST_DAY) for client in made["client_id"].to_pylist()], dtype="datetime64[D]"
    )
    for place, name in enumerate(made.column_names):
        if described.columns[name].type == "date":
            made = made.set_column(place, name, _at_most(made[name], limits))
    return made


def _at_most(column: pa.ChunkedArray, limits: Values) -> pa.Array:
    days = column.to_pylist()
    known = np.asarray([day is not None for day in days])
    cells = np.asarray([day or LAST_DAY for day in days], dtype="datetime64[D]")
    return text(np.minimum(cells, limits), known)
