"""
Links of a built site that lead nowhere: to no file, or to no anchor of the page.

Sphinx looks at the links that stand in the documents. Those that the parts of pages make, the templates and the
short addresses are known only when every place is filled, so the pages are read as a browser gets them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

ANCHOR = re.compile(r'\sid="([^"]+)"')
LINK = re.compile(r'\s(?:href|src)="([^"]*)"|<meta http-equiv="refresh" content="0; url=([^"]*)"')
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
"""How an address begins that leads out of the site, or to words within itself."""


def found(folder: Path) -> list[str]:
    """
    Return a line for each link of a page under *folder* that leads nowhere, sorted.

    A link to a folder leads to its ``index.html``. One without an address leads to its own page; an anchor is
    looked for in pages alone.
    """
    anchors: dict[str, set[str]] = {}
    links: dict[str, set[str]] = {}
    for path in folder.rglob("*.html"):
        page, html = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        anchors[page] = {unescape(id) for id in ANCHOR.findall(html)}
        links[page] = {unescape(plain or short) for plain, short in LINK.findall(html)}
    return sorted(line for page, to in links.items() for line in _nowhere(folder, page, to, anchors))


def _nowhere(folder: Path, page: str, links: set[str], anchors: Mapping[str, set[str]]) -> Iterator[str]:
    for link in links:
        if ELSEWHERE.match(link):
            continue
        path, _, anchor = link.partition("#")
        target = _target(folder, page, unquote(path.partition("?")[0]))
        if target not in anchors and not (folder / target).is_file():
            yield f"{page} leads to {link}, and there is no such file"
        elif anchor and unquote(anchor) not in anchors.get(target, {unquote(anchor)}):
            yield f"{page} leads to {link}, and the page has no such anchor"


def _target(folder: Path, page: str, path: str) -> str:
    """Return the file that *path* leads to from *page*, as a name under *folder*."""
    if not path:
        return page
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return f"{target}/index.html" if (folder / target).is_dir() else target
