"""Where a checkout keeps its documents, tests and build, and the list of needs that is made from them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dpia_checks import needs, schema
from dpia_checks import terms as term_files
from dpia_checks.errors import InputUnusable, NeedsUnusable, Problem

SPHINX_EXT = Path(__file__).parent / "sphinx_ext"


@dataclass(frozen=True)
class Project:
    """A checkout of this project."""

    root: Path

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
        """Everything that is made."""
        return self.root / "build"

    @property
    def needs_json(self) -> Path:
        """The list of needs that the needs builder wrote."""
        return self.build / "needs.json"

    @property
    def evidence(self) -> Path:
        """The evidence that the site is built with."""
        return self.build / "evidence.json"


def find(start: Path) -> Project:
    """
    Return the project that *start* is in.

    Raises:
        InputUnusable: Neither *start* nor a folder above it holds the documents and the verifications.
    """
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
    """
    made_from = [project.docs, schema.FOLDER, term_files.FOLDER, SPHINX_EXT]
    digest = needs.digest(made_from)
    stamp = project.needs_json.with_suffix(".digest")
    if project.needs_json.exists() and stamp.exists() and stamp.read_text() == digest:
        return False
    out = project.build / "needs"
    command = [sys.executable, "-m", "sphinx", "-b", "needs", "-q", "-W", "--keep-going"]
    command += ["-d", str(project.build / "needs-doctrees"), str(project.docs), str(out)]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise NeedsUnusable([Problem("docs", f"the documents do not build\n{said}\n", "Mend them and try again")])
    project.needs_json.parent.mkdir(parents=True, exist_ok=True)
    project.needs_json.write_bytes((out / "needs.json").read_bytes())
    stamp.write_text(digest)
    return True
