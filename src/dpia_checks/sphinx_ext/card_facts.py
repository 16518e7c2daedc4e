"""What stands under a need's own words: where it is from, what it answers, and what shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from dpia_checks.evidence import measures_proven
from dpia_checks.needs import Needs
from dpia_checks.sphinx_ext.site_needs import (
    REAL,
    definition_list,
    evidence_of,
    link,
    listing,
    paragraph,
    state_badge,
)

Need = Mapping[str, Any]
Facts = list[tuple[str, list[nodes.Node]]]


class _Page:
    """One page being written: it can link to needs and to sections of the document."""

    def __init__(self, app: Sphinx, docname: str, needs: Needs) -> None:
        self.app, self.docname, self.needs = app, docname, needs

    def link(self, id: str, text: str = "") -> nodes.Node:
        if id not in self.needs.by_id:
            return nodes.Text(id)
        return link(self.app, self.docname, self.needs.by_id[id], text)

    def links(self, ids: Iterable[str], *, stated: bool = False) -> list[nodes.Node]:
        items = []
        for id in sorted(ids):
            badge = [nodes.Text(" "), state_badge(self.needs.by_id[id]["state"])] if stated else []
            items.append([self.link(id), *badge])
        return listing(items)

    def page_link(self, page: str, anchor: str, text: str) -> nodes.Node:
        if page not in self.app.env.found_docs:
            return nodes.Text(text)
        uri = self.app.builder.get_relative_uri(self.docname, page)
        return nodes.reference("", text, internal=True, refuri=f"{uri}#{anchor}")

    def sections(self, need: Need) -> list[nodes.Node]:
        dpia = need["id"][:3].lower()
        parts: list[nodes.Node] = []
        for key in need["source"] or ():
            parts += [nodes.Text(", ")] if parts else []
            parts.append(self.page_link(f"{dpia}/sections", section_anchor(key), f"section {key}"))
        return [nodes.paragraph("", "", *parts)] if parts else []


def section_anchor(key: str) -> str:
    """Return the anchor of a printed section on its page."""
    return "section-" + key.lower().replace(".", "-")


def facts_of(app: Sphinx, docname: str, need: Need, needs: Needs) -> list[nodes.Node]:
    """Return the facts of *need* as nodes, for the page *docname*."""
    page = _Page(app, docname, needs)
    made = _BY_TYPE.get(need["type"], _others)(page, need)
    about = [("What is wrong in the document here", page.links(need["concerns_back"]))]
    return [definition_list([*made, *about])]


def _commitment(page: _Page, need: Need) -> Facts:
    measures = need["delivers"]
    risks = sorted({risk for measure in measures for risk in page.needs.links(measure, "reduces")})
    return [
        ("Numbers and lists it is held to", _text(need["terms"])),
        ("In the published document", page.sections(need)),
        ("Measure it delivers", page.links(measures)),
        ("Risk it answers", page.links(risks)),
        ("Law it rests on", page.links(need["rests_on"])),
        *_verification(page, need),
    ]


def _verification(page: _Page, need: Need) -> Facts:
    record = _record(need, page.needs)
    if not record:
        return []
    return [("Why it has this state", _text(record["reason"])), ("On made-up records", _proof(page, record))]


def _record(need: Need, needs: Needs) -> Need | None:
    return needs.by_id[need["verifies_back"][0]] if need["verifies_back"] else None


def real_words(need: Need, needs: Needs) -> str:
    """Return what runs on real records show of a commitment's promise; empty for a mitigation, which has none."""
    record = _record(need, needs)
    real = REAL[record["real"] or "none"] if record else REAL["none"]
    return f"\u00b7 on MOPAC's real records: {real}" if need["type"] == "commitment" else ""


def _test_link(page: _Page, test: str) -> nodes.Node:
    path, _, name = test.partition("::")
    dpia = path.split("/")[-2] if "/" in path else ""
    return page.page_link(f"{dpia}/tests", test_anchor(name), f"{path.rpartition('/')[2]}: {name}")


def test_anchor(name: str) -> str:
    """Return the anchor of a test on the page of tests."""
    return name.replace("_", "-")


def _proof(page: _Page, record: Need) -> list[nodes.Node]:
    if not record["examples_tried"]:
        return []
    noticed = f"Our check noticed {record['examples_caught']} of {record['examples_tried']} planted mistakes"
    passed = f"let {record['allowed_passed']} of {record['allowed_tried']} honest oddities pass"
    bound = ""
    if record["numbers_tried"]:
        bound = (
            f", and {record['numbers_bound']} of {record['numbers_tried']} numbers fail when moved one step either way"
        )
    opening = '<details class="proof"><summary>Each of them, and the test</summary>\n'
    return [
        paragraph(f"{noticed} and {passed}{bound}."),
        nodes.raw("", opening, format="html"),
        *listing(_example(result) for result in record["results"] or () if not result.startswith(("clean", "number"))),
        definition_list(_means(page, record)),
        nodes.raw("", "</details>\n", format="html"),
    ]


def _example(result: str) -> list[nodes.Node]:
    case, outcome, name = result.split(": ", 2)
    kind = "Planted mistake" if case == "violation" else "Honest oddity"
    return [nodes.strong("", kind), nodes.Text(f": {name} \u2013 {outcome}")]


def _means(page: _Page, record: Need) -> Facts:
    checks = [
        [page.page_link("checks/index", f"check-{name.replace('_', '-')}", name)] for name in record["checks"] or ()
    ]
    return [
        ("Test", listing([_test_link(page, test)] for test in record["tests"] or ())),
        ("Check that the test asks", listing(checks)),
        ("Extracts it reads", _text(", ".join(record["tables"] or ()))),
    ]


def _mitigation(page: _Page, need: Need) -> Facts:
    return [
        ("In the published document", page.sections(need)),
        ("Risk it is meant to reduce", page.links(need["reduces"])),
        ("Commitments that deliver it", page.links(need["delivers_back"], stated=True)),
        *[fact for fact in _verification(page, need) if fact[0] == "Why it has this state"],
    ]


def _risk(page: _Page, need: Need) -> Facts:
    proven, measures = measures_proven(evidence_of(page.app), page.needs, need["id"])
    count = f"{proven} of {measures}" if measures else "n/a: it has no measure"
    return [
        ("Level as published", _text(need["level"])),
        ("Principle", _text(need["principle"])),
        ("Likelihood, severity, level left, owner", _text(_as_published(need))),
        ("In the published document", page.sections(need)),
        ("Measures with a proven check", _text(count)),
        ("Measures", page.links(need["reduces_back"], stated=True)),
    ]


def _as_published(need: Need) -> str:
    return ", ".join(str(need[name]) for name in ("likelihood", "severity", "residual_level", "owner"))


def _finding(page: _Page, need: Need) -> Facts:
    return [
        ("Severity", _text(need["severity"])),
        ("Found by", _text(need["found_by"])),
        ("In the published document", page.sections(need)),
        ("Concerns", page.links(need["concerns"])),
    ]


def _law(page: _Page, need: Need) -> Facts:
    return [
        ("Provision", _text(f"{need['instrument']}, {need['provision']}")),
        ("Read as at", _text(need["as_at"])),
        ("Commitments that rest on it", page.links(need["rests_on_back"], stated=True)),
    ]


def _others(page: _Page, need: Need) -> Facts:
    return [("In the published document", page.sections(need))]


def _text(value: Any) -> list[nodes.Node]:
    return [paragraph(str(value))] if value else []


_BY_TYPE: dict[str, Callable[[_Page, Need], Facts]] = {
    "commitment": _commitment,
    "mitigation": _mitigation,
    "risk": _risk,
    "finding": _finding,
    "law": _law,
}
