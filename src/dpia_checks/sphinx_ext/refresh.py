"""
Write again the pages that show what changed, and only those.

Sphinx reads a page again when its own file changes. A state shown on one page comes from evidence
imported on another, so without this every page but that one would keep the state of the last build.
Each need is hashed; the pages of a changed need, of those it is linked with, and those with a view over
all needs are written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_needs.data import SphinxNeedsData

from dpia_checks.sphinx_ext.site_needs import LINKS, evidence_path, plain

HOPS = 3
"""A verification reaches its commitment, the measure that it delivers, and the risk: three links."""


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose needs, or whose neighbours' needs, are not as they were at the last build."""
    needs = {id: plain(need) for id, need in SphinxNeedsData(env).get_needs_mutable().items()}
    path = evidence_path(app)
    now = {id: _digest(need) for id, need in needs.items()}
    now["evidence"] = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    before: dict[str, str] | None = getattr(env, "dpia_digests", None)
    env.dpia_digests = now  # type: ignore[attr-defined]
    if before is None or before == now:
        return []
    changed = {id for id in now.keys() | before.keys() if now.get(id) != before.get(id)}
    reached = _neighbours(changed, needs)
    pages = {needs[id]["docname"] for id in reached if id in needs}
    pages |= set(env.get_domain("need").data["views"])
    return sorted(page for page in pages if page in env.found_docs)


def _digest(need: Mapping[str, Any]) -> str:
    lasting = sorted((name, str(value)) for name, value in need.items() if not name.startswith("lineno"))
    return hashlib.sha256(repr(lasting).encode()).hexdigest()


def _neighbours(changed: set[str], needs: Mapping[str, Mapping[str, Any]]) -> set[str]:
    linked: dict[str, set[str]] = {}
    for id, need in needs.items():
        for name in LINKS:
            for target in need[name]:
                linked.setdefault(id, set()).add(target)
                linked.setdefault(target, set()).add(id)
    reached, edge = set(changed), set(changed)
    for _ in range(HOPS):
        edge = {near for id in edge for near in linked.get(id, ())} - reached
        reached |= edge
    return reached


def setup(app: Sphinx) -> None:
    """Ask, once all pages are read, which more must be written."""
    app.connect("env-updated", pages_to_write, priority=900)
