"""The look of cards and states, and pages that need nothing but themselves: no script or style within them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parent / "static"
UNUSED = ("sphinx-needs", "sphinx-data-viewer", "jquery", "frameworks_compat", "graphviz")
"""What other extensions add to every page and these pages do not use."""
LEFT_OVER = ("permalink.html", "schema_violations.json", "_sources")
"""What other extensions write beside the pages; some of it differs from build to build."""
OWN_SCRIPT = {"coverage": "coverage-filter.js"}
"""The pages that have a script of their own. Each is whole without it."""
APART = "your-data/"
"""The pages that somebody may read with others near: a short menu, and no page of another kind as the next."""
PLAIN = re.compile(r'<span class="[npw]">([^<]*)</span>')
"""A name, a mark or a space in code: it has the colour of the text around it, and is a third of a page of code."""
HEADERS = """/*
  Content-Security-Policy: default-src 'self'; img-src 'self' data:
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
"""


def _add_static(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))
    config.html_css_files.append("dpia_checks.css")


def leave_out(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave the scripts and styles that no page uses out of *page*, and give it the one that it alone uses."""
    if page in OWN_SCRIPT:
        app.add_js_file(OWN_SCRIPT[page], loading_method="defer")
    for kind in ("script_files", "css_files"):
        if kind in context:
            context[kind] = [file for file in context[kind] if not _unused(str(getattr(file, "filename", file)))]


def lighten(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave the marks of what has no look of its own out of the code on *page*."""
    if "body" in context:
        context["body"] = PLAIN.sub(r"\1", context["body"])


def keep_apart(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave the names of the schemes below the pages for those whose data it was out."""
    if page.startswith(APART):
        context["next"] = context["prev"] = None


def _unused(name: str) -> bool:
    return any(part in name for part in UNUSED)


def tidy(app: Sphinx, failed: Exception | None) -> None:
    """Take the unused files out of the site, and write the headers that a server is to send with its pages."""
    if failed or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    unused = [path for path in (folder / "_static").iterdir() if _unused(path.name)]
    for path in (*unused, *(folder / name for name in LEFT_OVER)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (folder / "_headers").write_text(HEADERS, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Ship the stylesheet with the pages."""
    app.connect("config-inited", _add_static)
    app.connect("html-page-context", leave_out, priority=900)
    app.connect("html-page-context", keep_apart, priority=900)
    app.connect("html-page-context", lighten, priority=900)
    app.connect("build-finished", tidy, priority=900)
