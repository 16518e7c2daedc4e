"""
Views over the evidence: the counts, the gaps, and what the run was made with.

No count is computed here: :mod:`dpia_checks.evidence` computes, this module shows.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.metadata import distributions, version
from platform import python_version
from typing import Any

from dpia_checks import DPIAS
from dpia_checks.counts import Denominators, denominators
from dpia_checks.parts import coverage, gaps, quoting
from dpia_checks.parts.site import Link, Site, section_anchor
from dpia_checks.parts.unowed import no_need_owed
from dpia_checks.release import inspection
from dpia_checks.release.form import JUDGED

Shown = tuple[str, dict[str, Any]]

COUNTED = {
    "proven": "proven",
    "transcription": "transcription",
    "attest": "attest",
    "vague": "vague",
    "none": "not_run",
    "broken": "broken",
}
"""The states in the order of the table, and the count that each shows."""


PACKAGES = (
    "narwhals",
    "numpy",
    "pandas",
    "pyarrow",
    "polars",
    "highspy",
    "pytest",
    "sphinx",
    "sphinx-needs",
    "myst-parser",
    "furo",
)
"""The packages whose versions could change what a run or a page shows."""


def _counts(site: Site, dpia: str) -> Denominators:
    return denominators(site.evidence, site.needs, dpia)


def real_records(site: Site, page: str, dpia: str = "") -> Shown:
    """The first number of the home page: how many commitments were checked on real records."""
    shown = [(release, _results(site, one)) for one, release in sorted(site.released.items()) if dpia in ("", one)]
    return "real-records.html", {"counts": _counts(site, dpia), "releases": shown}


def at_once(site: Site, page: str, dpia: str = "") -> Shown:
    """The first number with every state and what the states mean, short enough for one small screen."""
    return "at-once.html", real_records(site, page, dpia)[1]


def _results(site: Site, dpia: str) -> dict[str, Any]:
    """Return how the promises of a released file ended, and how many promises its document makes."""
    ended = Counter(line["result"] for line in site.released[dpia]["commitments"].values())
    return {"counts": {result: ended[result] for result in JUDGED}, "promises": _counts(site, dpia).commitments}


def states(site: Site, page: str, dpia: str = "") -> Shown:
    """Every state with its denominator, a column for each DPIA."""
    counts = {one: _counts(site, one) for one in ([dpia] if dpia else DPIAS)}
    rows = [
        (state, [f"{getattr(count, name)} of {count.commitments}" for count in counts.values()])
        for state, name in COUNTED.items()
    ]
    return "states.html", {"counts": counts, "rows": rows}


KINDS = {
    "commitment": "Commitments",
    "finding": "Findings",
    "risk": "Risks",
    "mitigation": "Measures",
    "party": "Parties",
    "law": "Law",
    "context": "Statements that promise nothing",
}
"""What a section is carried by, besides fields, in the order in which it is shown."""


def section_list(site: Site, page: str, dpia: str) -> Shown:
    """Every printed section with the needs that carry it, and what owes none; fields are counted, not listed."""
    owing_none = no_need_owed(site.docs / dpia)
    by_section: dict[str, list[str]] = {}
    for id, need in sorted(site.needs.by_id.items()):
        if id.startswith(f"{dpia.upper()}_"):
            for key in need.get("source") or ():
                by_section.setdefault(key, []).append(id)
    rows = []
    for key, heading in site.sections.get(dpia, {}).items():
        carrying = by_section.get(key, [])
        rows.append((section_anchor(key), key, heading, *_by_kind(site, page, carrying), owing_none.get(key, ())))
    return "sections.html", {"rows": rows}


def _by_kind(site: Site, page: str, ids: list[str]) -> tuple[list[tuple[str, list[Link]]], int]:
    """Return links to the needs *ids*, those of one kind together, and how many fields there are beside them."""
    kinds: dict[str, list[str]] = {}
    for id in ids:
        kinds.setdefault(str(site.needs.by_id[id]["type"]), []).append(id)
    fields = len(kinds.pop("field", ()))
    known = [kind for kind in KINDS if kind in kinds]
    return [(KINDS[kind], site.links(page, kinds[kind])) for kind in known], fields


def made_with(site: Site, page: str, dpia: str = "") -> Shown:
    """What the run was made with: tool, commit, and each extract set with its rows and digests."""
    versions = [f"{name} {version(name)}" for name in PACKAGES if name in _installed()]
    releases = [(release, list(inspection.of_release(release))) for _, release in sorted(site.released.items())]
    made_by = site.evidence["made_by"]
    return "made-with.html", {
        "made_by": made_by,
        "python": python_version(),
        "packages": versions,
        "releases": releases,
    }


@cache
def _installed() -> frozenset[str]:
    return frozenset(str(one.metadata["Name"]).lower() for one in distributions())


def take_away(site: Site, page: str, dpia: str) -> Shown:
    """Where the print edition of a DPIA is."""
    return "take-away.html", {"dpia": dpia, "up": "../" * page.count("/")}


VIEWS = {
    "real-records": real_records,
    "at-once": at_once,
    "states": states,
    **gaps.VIEWS,
    **coverage.VIEWS,
    **quoting.VIEWS,
    "sections": section_list,
    "made-with": made_with,
    "take-away": take_away,
}
