"""
Where a checkout keeps its documents, tests and build, and the list of needs that is made from them.

An installed wheel carries the same in its folder ``_packaged``, as they stood when it was built.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dpia_checks import builder_said, extras, needs, schema
from dpia_checks import terms as term_files
from dpia_checks.errors import InputUnusable, NeedsUnusable, Problem

SPHINX_EXT = Path(__file__).parent / "sphinx_ext"
PACKAGED = Path(__file__).with_name("_packaged")
"""What a wheel carries beside its modules; a checkout has no such folder."""
CARRIED = ("tests/commitments", "docs/fod", "docs/lge", "docs/ubproject.toml", "pyproject.toml")
"""What a wheel carries from the checkout it was built in, beside the list of needs and the name of the commit."""


@dataclass(frozen=True)
class Project:
    """A checkout of this project, or what a wheel carries of one."""

    root: Path

    @property
    def is_packaged(self) -> bool:
        """Whether this is what a wheel carries: nothing is made there."""
        return self.root == PACKAGED

    @property
    def docs(self) -> Path:
        """The documents."""
        return self.root / "docs"

    @property
    def tests(self) -> Path:
        """The verifications, a folder for each DPIA."""
        return self.root / "tests" / "commitments"

    @property
    def build(self) -> Path:
        """
        Everything that is made.

        Raises:
            InputUnusable: Nothing is made where a wheel is installed.
        """
        if self.is_packaged:
            what = "it needs a checkout of the project, and this is an installed wheel"
            raise InputUnusable([Problem("this command", what, "Read the evidence that verify --json FILE wrote")])
        return self.root / "build"

    @property
    def needs_json(self) -> Path:
        """The list of needs that the needs builder wrote."""
        return (self.root if self.is_packaged else self.build) / "needs.json"

    @property
    def evidence(self) -> Path:
        """The evidence that the site is built with."""
        return self.build / "evidence.json"


def find(start: Path) -> Project:
    """
    Return the project that *start* is in; an installed wheel runs what it carries, wherever it is called.

    Raises:
        InputUnusable: Neither *start* nor a folder above it holds the documents and the verifications.
    """
    if PACKAGED.is_dir():
        return Project(PACKAGED)
    for folder in (start, *start.parents):
        project = Project(folder)
        if project.docs.joinpath("ubproject.toml").is_file() and project.tests.is_dir():
            return project
    what = "this is not a checkout of the project: it has no docs/ubproject.toml and tests/commitments"
    raise InputUnusable([Problem("the current folder", what, "Change into the checkout and try again")])


def list_needs(project: Project) -> bool:
    """
    Make ``build/needs.json`` when the documents changed since it was made; return whether it was made.

    The digest of what it is made from stands beside it, so that an unchanged project costs no build.

    Raises:
        NeedsUnusable: The needs builder refused the documents; it has said why.
        ExtraMissing: The documents changed, and the needs builder is not installed.
    """
    if project.is_packaged or is_listed(project):
        return False
    extras.require("sphinx")
    out = project.build / "needs"
    command = [sys.executable, "-m", "sphinx", "-b", "needs", "-q", "-W", "--keep-going"]
    command += ["-d", str(project.build / "needs-doctrees"), str(project.docs), str(out)]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    if done.returncode:
        forget(project.build / "needs-doctrees")
        said = builder_said.in_short(done.stderr.strip() or done.stdout.strip(), project.docs)
        raise NeedsUnusable([Problem("docs", f"the documents do not build\n{said}\n", "Mend them and try again")])
    project.needs_json.parent.mkdir(parents=True, exist_ok=True)
    project.needs_json.write_bytes((out / "needs.json").read_bytes())
    _stamp(project).write_text(_made_from(project))
    return True


def forget(doctrees: Path) -> None:
    """Make Sphinx read every document again: it does not repeat what it said of one that has not changed since."""
    (doctrees / "environment.pickle").unlink(missing_ok=True)


def is_listed(project: Project) -> bool:
    """Return whether ``build/needs.json`` is there and made from the documents as they stand."""
    stamp = _stamp(project)
    return project.needs_json.exists() and stamp.exists() and stamp.read_text() == _made_from(project)


def _stamp(project: Project) -> Path:
    return project.needs_json.with_suffix(".digest")


def _made_from(project: Project) -> str:
    return needs.digest([project.docs, schema.FOLDER, term_files.FOLDER, SPHINX_EXT])


def drop_own_options() -> None:
    """Forget the options that whoever runs a command gives to every pytest: they could leave verifications out."""
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)


def commit(root: Path) -> str:
    """
    Return the commit that *root* has checked out, with ``+changes`` when files differ; else ``unknown``.

    A wheel carries the commit that it was built from.
    """
    carried = root / "commit"
    if root == PACKAGED:
        return carried.read_text(encoding="utf-8").strip() if carried.is_file() else "unknown"

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else "unknown"

    head = git("rev-parse", "HEAD")
    return head if head == "unknown" or not git("status", "--porcelain") else f"{head}+changes"
