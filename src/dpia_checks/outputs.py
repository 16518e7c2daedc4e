"""Where a run may write: never over what it reads, and known before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree

from dpia_checks.errors import InputUnusable, Problem, raise_together


def check(targets: Mapping[str, Path | None], folder: Path | None, files: Iterable[Path | None] = ()) -> None:
    """
    Refuse *targets*, by the option that names each, that lie in *folder*, are one of *files*, or are a folder.

    Raises:
        InputUnusable: Naming every option whose file cannot be written without losing what is read.
    """
    read = {path.resolve() for path in files if path is not None}
    problems = []
    for option, path in targets.items():
        if path is None:
            continue
        inside = folder is not None and path.resolve().is_relative_to(folder.resolve())
        if inside or path.resolve() in read:
            what = "it would be written among the files that are read"
            problems.append(Problem(option, what, "Name a file outside the folder of extracts"))
        elif path.is_dir():
            problems.append(Problem(option, "it is a folder", "Name a file"))
    raise_together(InputUnusable, problems)


def without_machine(junit: Path) -> None:
    """Take the name of the machine, which may be a person's, out of a JUnit file."""
    tree = ElementTree.parse(junit)  # noqa: S314 - the file is our own
    for suite in tree.iter("testsuite"):
        suite.attrib.pop("hostname", None)
    tree.write(junit, encoding="utf-8", xml_declaration=True)
