"""What the plugin knows during one session, and what it reads from a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from dpia_checks import engines, extract_files
from dpia_checks import needs as needs_files
from dpia_checks.errors import Problem
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.records import ExtractSet
from dpia_checks.verification import Case, Given, Judgement, Material


class Verifying:
    """What the plugin knows during one session: the material by DPIA, the problems, the runs."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.needs_path = Path(config.getoption("--needs-json") or config.rootpath / "build" / "needs.json")
        self.materials: dict[Path, Material] = {}
        self.problems: list[Problem] = []
        self.items: dict[str, tuple[str, Case]] = {}
        self.runs: dict[str, Run] = {}
        self.seconds: dict[str, float] = {}
        self.asked: set[str] | None = None
        self.given: list[tuple[str, Judgement]] = []  # of the extract set handed over; never written anywhere
        self._needs: Needs | None = None

    @property
    def needs(self) -> Needs:
        """The needs of the documents, read once."""
        if self._needs is None:
            self._needs = needs_files.read(self.needs_path)
        return self._needs

    def material(self, need: str, folder: Path) -> Material:
        """Return what the verifications in *folder* run on."""
        if folder not in self.materials:
            dpia = need[:3].lower()
            real = self._given()
            if real is not None and real.facts.dpia != dpia:
                real = None
            engine = str(self.config.getoption("--engine"))
            engines.refuse_absent(engine)
            self.materials[folder] = Material(dpia, self.needs, folder, real, engine)
        return self.materials[folder]

    def _given(self) -> ExtractSet | None:
        """Return the extract set that was handed over: read by whoever started the run, or from its folder."""
        for plugin in self.config.pluginmanager.get_plugins():
            if isinstance(plugin, Given):
                return plugin.extracts
        folder, mapping = self.config.getoption("--extracts"), self.config.getoption("--mapping")
        if not folder:
            return None
        words = {name: str(self.config.getoption(f"--{name}") or "") for name in ("approval", "as-of")}
        named = Path(mapping) if mapping else None
        engine = str(self.config.getoption("--engine"))
        return extract_files.read(
            Path(folder), approval=words["approval"], as_of=words["as-of"], mapping=named, engine=engine
        )

    def crashed(self, item: pytest.Item) -> None:
        """Note that the run of *item* crashed, before, in or after its call: it shows nothing, and is our fault."""
        need, case = self.items[item.nodeid]
        had = self.runs.get(item.nodeid)
        self.runs[item.nodeid] = replace(
            had or Run(need, "", case.kind, case.name, ""), test=nodeid(item), outcome="crashed"
        )


STATE = pytest.StashKey[Verifying]()


def need_of(item: pytest.Item | pytest.Function) -> str | None:
    """Return the id that *item* verifies, or None when it is an ordinary test."""
    marker = item.get_closest_marker("verifies")
    if marker is None and item.get_closest_marker("verifies_each") and hasattr(item, "callspec"):
        return str(cast("pytest.Function", item).callspec.params["need"])
    return str(marker.args[0]) if marker and marker.args else None


def test_id(item: pytest.Function) -> str:
    """Return file and function of a test, without its case."""
    return f"{short(item.path, item.config)}::{item.originalname}"


def nodeid(item: pytest.Item) -> str:
    """Return the node id of a test without its case, which may hold a name."""
    return item.nodeid.partition("[")[0]


def short(path: Path, config: pytest.Config) -> str:
    """Return *path* from the root of the tests, or its last part when it is not below that."""
    return path.relative_to(config.rootpath).as_posix() if path.is_relative_to(config.rootpath) else path.name
