"""The Sphinx extension: need cards, the numbers in their sentences, and the site's own views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from dpia_checks import __version__
from dpia_checks.sphinx_ext import cards, evidence_pages, listings, promises, refresh, theme


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything. ``dpia_evidence`` is the evidence file, from the folder of ``conf.py``."""
    app.add_config_value("dpia_evidence", "../build/evidence.json", "env", str)
    app.add_config_value("dpia_tests", "../tests/commitments", "env", str)
    for part in (promises, cards, evidence_pages, listings, refresh, theme):
        part.setup(app)
    app.connect("config-inited", lambda app, config: _static(config))
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}


def _static(config: Any) -> None:
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    config.html_css_files.append("dpia_checks.css")
