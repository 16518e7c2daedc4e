"""Each check is asked on both kinds of engine: one that holds its frames in memory, and one that asks a database."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["pandas", "duckdb"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that a check's records lie on: what one of them cannot do shows in the check's own tests."""
    return str(request.param)
