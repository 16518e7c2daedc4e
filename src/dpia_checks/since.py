"""
What became of each scheme, organisation and system since 2019: ``docs/since.csv``, one line each.

A line says what was read and where, or ``unknown``. Both documents share the lines, so nothing is said twice. What is
neither a party nor a system of the facts says in which sections it is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import FactsUnusable, Problem, raise_together

COLUMNS = ("name", "kind", "named_in", "became", "address")
KINDS = ("scheme", "organisation", "system")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Since:
    """What became of one scheme, organisation or system, and the address of the page that says so."""

    name: str
    kind: str
    named_in: str = ""
    became: str = UNKNOWN
    address: str = ""

    @property
    def site(self) -> str:
        """The site of the address, as a reader would call it; empty without one."""
        return self.address.partition("://")[2].partition("/")[0].removeprefix("www.")


def load(docs: Path) -> Mapping[str, Since]:
    """
    Return the lines by name; none without the file.

    Raises:
        FactsUnusable: Naming each line of an unknown kind, each said twice, and each that is known without an
            address or unknown with one.
    """
    path = docs / "since.csv"
    return _load(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def _load(path: Path, changed: int) -> Mapping[str, Since]:
    found: dict[str, Since] = {}
    problems = []
    for number, cells in rows(path, COLUMNS, FactsUnusable):
        line, where = Since(**cells), f"{path.name}:{number}"
        if line.kind not in KINDS or line.name in found:
            problems.append(
                Problem(where, "an unknown kind, or a name said twice", f"Use {', '.join(KINDS)}, once each")
            )
        if (line.became == UNKNOWN) == bool(line.address):
            problems.append(Problem(where, "known without an address, or unknown with one", "Say where it was read"))
        found[line.name] = line
    raise_together(FactsUnusable, problems)
    return found
