"""The look of cards and states, for light and dark, on top of whichever theme the site uses."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parent / "static"


def _add_static(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))
    config.html_css_files.append("dpia_checks.css")


def setup(app: Sphinx) -> None:
    """Ship the stylesheet with the pages."""
    app.connect("config-inited", _add_static)
