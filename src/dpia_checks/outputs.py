"""Where a run may write: never over what it reads, and known before anything is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from dpia_checks.errors import InputUnusable, Problem, raise_together

TIMINGS = "timings.json"
"""What a run writes beside its evidence."""


@contextmanager
def for_owner_alone(targets: Iterable[Path | None]) -> Iterator[None]:
    """Let nobody but their owner read *targets*, there already or written by the block, nor what lies beside them."""
    for path in targets:
        for each in [path, path.with_name(TIMINGS)] if path is not None else []:
            if each.is_file():
                each.chmod(0o600)
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def check(targets: Mapping[str, Path | None], folder: Path | None, files: Iterable[Path | None] = ()) -> None:
    """
    Refuse *targets*, by the option that names each, that lie in *folder*, are one of *files*, or are a folder.

    So is a file that another option names too, or that the timings take, which lie beside the evidence; and one that
    the system does not let be written, which would be seen after a long run alone.

    Raises:
        InputUnusable: Naming every option whose file cannot be written without losing what is read.
    """
    read = {path.resolve() for path in files if path is not None}
    evidence = targets.get("--json")
    taken = {evidence.with_name(TIMINGS).resolve()} if evidence else set()
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
        elif path.resolve() in taken:
            what = f"another output, or {TIMINGS} beside the evidence, is written there"
            problems.append(Problem(option, what, "Name another file"))
        elif any(parent.exists() and not parent.is_dir() for parent in path.parents):
            problems.append(Problem(option, "its folder is a file", "Name another folder"))
        elif not os.access(_there(path), os.W_OK):
            problems.append(Problem(option, "nothing may be written there", "Name a file that you may write"))
        taken.add(path.resolve())
    raise_together(InputUnusable, problems)


def _there(path: Path) -> Path:
    """Return *path* when it is there, and else the nearest folder above it that is: what is to be written to."""
    return next(each for each in (path, *path.absolute().parents) if each.exists())


def without_machine(junit: Path) -> None:
    """Take the name of the machine, which may be a person's, out of a JUnit file."""
    tree = ElementTree.parse(junit)  # noqa: S314 - the file is our own
    for suite in tree.iter("testsuite"):
        suite.attrib.pop("hostname", None)
    tree.write(junit, encoding="utf-8", xml_declaration=True)
