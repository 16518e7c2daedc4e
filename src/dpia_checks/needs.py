"""Read ``needs.json``, the ids and links that the documents define. The boundary to Sphinx is this file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpia_checks.errors import NeedsUnusable, Problem, opening
from dpia_checks.schema import NEEDS_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

OWED = ("data", "register", "document")
"""The methods of a commitment that owe a verification."""


@dataclass(frozen=True)
class Needs:
    """Every need of the documents by id, as the needs builder wrote it."""

    by_id: Mapping[str, Mapping[str, Any]]

    def of_type(self, *types: str) -> list[str]:
        """Return the ids of the needs of *types*, sorted."""
        return sorted(id for id, need in self.by_id.items() if need["type"] in types)

    def links(self, id: str, link: str) -> list[str]:
        """Return the ids that *id* names under *link*."""
        return sorted(self.by_id[id].get(link) or [])

    def linking(self, link: str, to: str) -> list[str]:
        """Return the ids of the needs that name *to* under *link*."""
        return sorted(id for id, need in self.by_id.items() if to in (need.get(link) or []))

    def title(self, id: str) -> str:
        """Return the heading of *id*."""
        return str(self.by_id[id]["title"])

    def table(self, dpia: str) -> pa.Table:
        """Return the needs of *dpia* as a text table, one row a need: the extract called ``needs``."""
        import pyarrow as pa  # here, so that pages can be built without it

        chosen = [self.by_id[id] for id in sorted(self.by_id) if id.startswith(f"{dpia.upper()}_")]
        columns = {name: pa.array([_text(need.get(name)) for need in chosen], pa.string()) for name in NEEDS_COLUMNS}
        return pa.table(columns)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value) or None
    return str(value) if value not in (None, "") else None


def read(path: Path) -> Needs:
    """
    Return the needs of a ``needs.json``.

    Raises:
        NeedsUnusable: The file is absent, is no JSON, or is not shaped like a ``needs.json``.
    """
    problem = Problem(path.name, "the list of needs is not there", "Run dpia-checks verify, which builds it")
    if not path.exists():
        raise NeedsUnusable([problem])
    with opening(NeedsUnusable, path.name):
        content = path.read_bytes()
    try:
        data = json.loads(content.decode("utf-8"))
        return Needs(data["versions"][data["current_version"]]["needs"])
    except (ValueError, KeyError, TypeError) as error:
        problem = Problem(path.name, "this is no needs.json", "Delete it and run dpia-checks verify")
        raise NeedsUnusable([problem]) from error


def digest(roots: Iterable[Path]) -> str:
    """Return one digest of the names and contents of every file under *roots*."""
    total = hashlib.sha256()
    for root in roots:
        for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
