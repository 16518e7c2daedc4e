"""
What the builder of the documents said when it refused them, as a person needs it: file, line and what is wrong.

A schema that a need breaks is said with the need's id alone, and a broken file of settings with a traceback of the
builder's own: the first gets the place where the id stands, of the second only the last lines are kept.
"""

from __future__ import annotations

import re
from pathlib import Path

TRACEBACK = re.compile(r"^Traceback\n=+\n(?P<inside>.*?)^The full traceback", re.DOTALL | re.MULTILINE)
"""The part of a report of Sphinx that holds the stack, up to the sentence on where it was saved."""
FRAME = re.compile(r"^\s*(?:File \"|Traceback \(|[~^ ]+$)")
REFUSED = re.compile(r"(?P<level>ERROR|WARNING): Need '(?P<id>[A-Z0-9_]+)' has schema violations")
ID = re.compile(r"^:id:\s*(\S+)\s*$")


def in_short(said: str, docs: Path) -> str:
    """Return *said* without a stack, each need that breaks a schema with the file and the line of its id."""
    report = TRACEBACK.search(said)
    if report:
        return "\n".join(_last_words(report["inside"]))
    places = _places(docs) if REFUSED.search(said) else {}
    return REFUSED.sub(lambda found: f"{places.get(found['id'], 'docs')}: {found[0]}", said)


def _last_words(stack: str) -> list[str]:
    """Return what stands after the last frame of a stack: the error and its sentence."""
    lines = [line for line in stack.splitlines() if line.strip()]
    frames = [number for number, line in enumerate(lines) if FRAME.match(line)]
    after = lines[frames[-1] + 1 :] if frames else lines
    words = [line.strip() for line in after if re.match(r"^\s*[\w.]+(?:Error|Exception)\b", line)]
    return words or [line.strip() for line in after[-1:]]


def _places(docs: Path) -> dict[str, str]:
    """Return where each id stands: a page and a line, from the folder above *docs*; of one said twice the last."""
    return {
        found[1]: f"{page.relative_to(docs.parent).as_posix()}:{number}"
        for page in sorted(docs.rglob("*.md"))
        for number, line in enumerate(page.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (found := ID.match(line))
    }
