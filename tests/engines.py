"""
The engines that the conformance tests run on, and a table as a check on one of them sees it.

Spark takes a minute to start and a second for what takes others a millisecond, so it is tested by ``nox -s engines``,
which names it in ``DPIA_ENGINES``.
"""

from __future__ import annotations

import os
from typing import Any

import narwhals as nw
import pyarrow as pa

from dpia_checks.records import Records
from dpia_checks.schema import Table

EAGER = "polars eager"
"""polars again, with each frame in memory: in the package it is always lazy."""
TESTED = tuple(os.environ.get("DPIA_ENGINES", f"pandas,polars,{EAGER},duckdb").split(","))


class Eager(Records):
    """A table whose frames are in memory."""

    def read(self, *columns: str) -> nw.DataFrame[Any]:
        frame = super().read(*columns)
        return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def on_engine(table: Table, text: pa.Table, engine: str, **facts: Any) -> Records:
    """Return a table as a check on *engine* sees it."""
    kind = Eager if engine == EAGER else Records
    return kind(table, text, engine=engine.removesuffix(" eager"), **facts)
