"""
What the provider's extracts still say of a client who withdrew: nothing of a later day than the last that held her.

The tables are all that came, extract upon extract. What came before a no stays, so that the case can be found
and left out; no extract after it holds her, so nothing that happened to her later is in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from dpia_checks.schema import Table
from dpia_checks.synthetic.draws import Values, text
from dpia_checks.synthetic.registers import Row

LAST_DAY = "9999-12-31"
HAPPENS = ("contact_date", "service_start_date", "engagement_date", "service_end_date")
"""What happens to a woman after her referral, in this order."""


def last_heard(noes: Sequence[Row], kind: str, extracts: Sequence[date]) -> dict[str, str]:
    """Return the day of the last of *extracts* before or on the day of each client's no of a *kind*."""
    gone = days_of(noes, kind)
    return {client: max(on.isoformat() for on in extracts if on.isoformat() <= no) for client, no in gone.items()}


def days_of(noes: Sequence[Row], kind: str) -> dict[str, str]:
    """Return the day on which each client's no of a *kind* came."""
    return {str(row["client_id"]): str(row["received_at"])[:10] for row in noes if row["kind"] == kind}


def still_there(
    clients: Values, referred: Values, noes: Sequence[Row], kinds: Sequence[str]
) -> Callable[[date], list[str]]:
    """Return what lists, for a day, the *clients* referred by then but for those who had said no on an earlier day."""
    gone = [days_of(noes, kind) for kind in kinds]

    def there(on: date) -> list[str]:
        known = clients[referred <= np.datetime64(on)]
        return [client for client in known if all(said.get(client, LAST_DAY) >= on.isoformat() for said in gone)]

    return there


def as_heard(women: pa.Table, heard: Mapping[str, str]) -> pa.Table:
    """
    Return the referrals *women* as the last extract told them that held her, of each who was last *heard* of before.

    What had not happened by then has no date: she is not reached or not engaged, and for no reason yet, and her
    service has no end.
    """
    days = {name: _days(women[name]) for name in HAPPENS}
    limits = _limits(women, heard)
    is_open = np.any([_known(women[name]) & (on > limits) for name, on in days.items()], axis=0)
    there = {name: _known(women[name]) & (on <= limits) for name, on in days.items()}
    cells = {name: text(days[name].astype(str).astype(object), there[name]) for name in HAPPENS}
    cells["contact"], cells["engagement"] = (_yes_no(there[name]) for name in ("contact_date", "engagement_date"))
    cells["service_end_type"] = _only(women["service_end_type"], there["service_end_date"])
    cells["no_engagement_reason"] = _only(women["no_engagement_reason"], ~is_open)
    for name, made in cells.items():
        women = women.set_column(women.column_names.index(name), name, made)
    return recounted(women)


def recounted(women: pa.Table) -> pa.Table:
    """Return the referrals *women* with the days from referral to contact counted from the dates that stand there."""
    asked, met = (_days(women[name]) for name in ("date_referral_received", "contact_date"))
    name, known = "time_between_referral_and_contact_dates", _known(women["contact_date"])
    return women.set_column(women.column_names.index(name), name, text((met - asked).astype(int), known))


def cut(described: Table, made: pa.Table, heard: Mapping[str, str]) -> pa.Table:
    """Return the table *made* with no date of a client later than the day on which she was last *heard* of."""
    limits = _limits(made, heard)
    for place, name in enumerate(made.column_names):
        if described.columns[name].type == "date":
            made = made.set_column(place, name, text(np.minimum(_days(made[name]), limits), _known(made[name])))
    return made


def _limits(made: pa.Table, heard: Mapping[str, str]) -> Values:
    return np.asarray([heard.get(client, LAST_DAY) for client in made["client_id"].to_pylist()], dtype="datetime64[D]")


def _days(column: pa.ChunkedArray) -> Values:
    return np.asarray([day or LAST_DAY for day in column.to_pylist()], dtype="datetime64[D]")


def _known(column: pa.ChunkedArray) -> Values:
    return np.asarray([cell is not None for cell in column.to_pylist()])


def _yes_no(where: Values) -> pa.Array:
    return text(np.where(where, "yes", "no").astype(object))


def _only(column: pa.ChunkedArray, where: Values) -> pa.Array:
    return text(np.asarray(column.to_pylist(), dtype=object), _known(column) & where)
