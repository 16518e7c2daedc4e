"""When young people join the service of London Gang Exit, when they leave it, and who of them opts out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from dpia_checks.synthetic.draws import Values, numbered, uniform
from dpia_checks.synthetic.registers import Calendar, Row, withdrawals

AMENDED = date(2019, 10, 14)
STAYS_LONGEST = date(2018, 1, 1), date(2018, 2, 11)
"""Between which days somebody came who was in the second extract and still on the service for the third."""

OPTED_OUT = (10, *range(80, 320, 40))
OFFERED = datetime(2019, 9, 2, 12, 30), timedelta(days=13)
"""From when young people on the service opt out, once an extract has told of them, and the time between two noes."""


def joining(referred: Values, seed: int) -> Values:
    """Return when each client joins: within two weeks of being referred."""
    days: Values = (uniform(seed, "cms_clients", "date_client_allocated", len(referred)) * 14).astype("timedelta64[D]")
    allocated: Values = referred + days
    return allocated


def leaving(joined: Values, seed: int) -> list[date]:
    """
    Return when each client leaves; one left on the very day the notice changed, and one the day before.

    One stays for almost two years, see :func:`longest`.
    """
    draw: Values = uniform(seed, "service_users", "left_on", len(joined))
    edges = {longest(joined): AMENDED + timedelta(days=60), 1: AMENDED, 2: AMENDED - timedelta(days=1)}
    return [
        max(edges[place], began) if place in edges else began + timedelta(days=60 + int(share * 300))
        for place, (began, share) in enumerate(zip(joined.tolist(), draw, strict=True))
    ]


def longest(joined: Values) -> int:
    """Return the place of the client who stays longest: the first who came in the weeks of :data:`STAYS_LONGEST`."""
    since, until = (np.datetime64(day) for day in STAYS_LONGEST)
    return next(iter(np.flatnonzero((joined >= since) & (joined <= until)).tolist()), 0)


def of_clients(clients: pa.Table, seed: int, over: date) -> list[Row]:
    """Return when each client joined and left, as far as that was *over* with."""
    joined, ages = (clients[name].to_pylist() for name in ("date_client_allocated", "age_at_point_of_referral"))
    ends = leaving(np.asarray(joined, dtype="datetime64[D]"), seed)
    return [
        {
            "client_id": client,
            "joined_on": first,
            "left_on": left.isoformat() if left <= over else None,
            "under_18": "yes" if int(age) < 18 else "no",
        }
        for client, first, left, age in zip(numbered("C", clients.num_rows), joined, ends, ages, strict=True)
    ]


def noes(referred: Values, seed: int, sent: Sequence[date], calendar: Calendar) -> list[Row]:
    """Return who opts out while on the service, of those of whom an extract *sent* by then told; one stayed longest."""
    joined, clients = joining(referred, seed), numbered("C", len(referred))
    left = np.asarray(leaving(joined, seed), dtype="datetime64[D]")
    turns = (OPTED_OUT[0], longest(joined) + 1, *OPTED_OUT[1:])
    return withdrawals(turns, clients, referred, sent, calendar, "opt-out", offered=OFFERED, stays=(joined, left))
