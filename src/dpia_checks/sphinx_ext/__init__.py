"""The Sphinx extension: need cards, the numbers in their sentences, and the site's own views."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from dpia_checks import __version__
from dpia_checks.memory import collect_seldom
from dpia_checks.sphinx_ext import (
    accessible,
    cards,
    check_pages,
    contents,
    document_pages,
    fields,
    listings,
    navigation,
    places,
    promises,
    risk_pages,
    search_index,
    site_needs,
    theme,
)

PARTS = (
    accessible,
    promises,
    cards,
    check_pages,
    contents,
    document_pages,
    fields,
    listings,
    navigation,
    places,
    risk_pages,
    search_index,
    site_needs,
    theme,
)
"""Each module that adds something, in the order in which it is set up."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything. ``dpia_evidence`` is the evidence file, from the folder of ``conf.py``."""
    app.add_config_value("dpia_evidence", "../build/evidence.json", "env", str)
    app.add_config_value("dpia_tests", "../tests/commitments", "env", str)
    for part in PARTS:
        part.setup(app)
    collect_seldom()
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": __version__, "env_version": code_version(), **safe}


def code_version() -> int:
    """Return a number that changes with the code of this package: pages made by other code are stale."""
    total = 0
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        total = zlib.crc32(path.read_bytes(), total)
    return total
