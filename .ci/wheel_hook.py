"""Puts into a wheel the verifications, their examples, the documents, and the list of needs made from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Carrying(BuildHookInterface):  # type: ignore[misc]
    """A wheel carries what it verifies with; an editable install has the checkout for that."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """
        Name the files to carry.

        Raises:
            RuntimeError: The list of needs is not there, or older than the documents.
        """
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from dpia_checks import project

        here = project.Project(root)
        if not project.is_listed(here):
            raise RuntimeError("build/needs.json is not made from these documents: run dpia-checks needs, then this")
        (here.build / "commit").write_text(project.commit(root) + "\n", encoding="utf-8")
        carried = {str(root / name): name for name in project.CARRIED}
        carried |= {str(here.needs_json): "needs.json", str(here.build / "commit"): "commit"}
        build_data["force_include"] |= {path: f"dpia_checks/_packaged/{name}" for path, name in carried.items()}
