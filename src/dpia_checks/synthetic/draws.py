"""Random numbers by counter: the same seed, table and position give the same number at every scale."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

BLOCK = 1000

Values = np.ndarray[Any, np.dtype[Any]]


def uniform(seed: int, table: str, column: str, rows: int) -> Values:
    """Return *rows* numbers from 0 up to 1; the first n do not depend on how many are asked for."""
    blocks = [
        np.random.Generator(np.random.Philox(key=_key(seed, table, column, block))).random(BLOCK)
        for block in range(-(-rows // BLOCK))
    ]
    return np.concatenate(blocks)[:rows] if blocks else np.empty(0)


def _key(seed: int, table: str, column: str, block: int) -> int:
    words = f"{seed}/{table}/{column}/{block}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=16).digest(), "big")


def pick(draw: Values, values: Sequence[str]) -> Values:
    """Return one of *values* for each number of *draw*, all as likely."""
    chosen: Values = np.asarray(values, dtype=object)[(draw * len(values)).astype(int)]
    return chosen


def day(draw: Values, first: str, last: str) -> Values:
    """Return a day from *first* to *last*, both included, for each number of *draw*."""
    start = np.datetime64(first, "D")
    days = int((np.datetime64(last, "D") - start).astype(int)) + 1
    chosen: Values = start + (draw * days).astype("timedelta64[D]")
    return chosen


def later(days: Values, months: int) -> Values:
    """Return the same day so many months later; where that month is too short, as many days into the next."""
    month = days.astype("datetime64[M]")
    then: Values = (month + months).astype("datetime64[D]") + (days - month)
    return then


def text(values: Values, where: Values | None = None) -> pa.Array:
    """Return *values* as text, null where *where* is false."""
    written = values.astype(str) if values.dtype != object else values
    mask = None if where is None else ~where
    return pa.array(written, pa.string(), mask=mask)


def numbered(prefix: str, rows: int, start: int = 1) -> Values:
    """Return *rows* identifiers: the prefix and six digits."""
    return np.asarray([f"{prefix}{number:06d}" for number in range(start, start + rows)], dtype=object)
