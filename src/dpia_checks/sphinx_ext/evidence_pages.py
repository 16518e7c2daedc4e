"""
Views over the evidence: the counts, the gaps, and what the run was made with.

A view is a place that is filled when its page is written, so that a new run shows without the page
being read again. No count is computed here: :mod:`dpia_checks.evidence` computes, this module shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx_needs.directives.needimport import NeedimportDirective

from dpia_checks import DPIAS
from dpia_checks.evidence import WORDS, Denominators, denominators, records
from dpia_checks.needs import OWED, Needs
from dpia_checks.sphinx_ext.card_facts import section_anchor
from dpia_checks.sphinx_ext.promises import sections
from dpia_checks.sphinx_ext.site_needs import (
    evidence_of,
    evidence_path,
    link,
    listing,
    needs_of,
    paragraph,
    state_badge,
    table,
)


class View(nodes.General, nodes.Element):
    """A place for a view; it knows the view's name and the DPIA it is over."""


class ViewDirective(SphinxDirective):
    """``{dpia-view} states fod``: leave a place for a view, over one DPIA or over both."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Note that the page has a view."""
        name, dpia = self.arguments[0], self.arguments[1] if len(self.arguments) > 1 else ""
        if name not in VIEWS or dpia not in ("", *DPIAS):
            raise self.error(f"no view {name} {dpia}: use {', '.join(VIEWS)}, and {' or '.join(DPIAS)}")
        self.env.get_domain("need").note_view(self.env.docname)  # type: ignore[attr-defined]
        return [View(view=name, dpia=dpia)]


class EvidenceRecords(NeedimportDirective):
    """``{evidence-records}``: import the records of the run. The needs builder reads no evidence."""

    required_arguments = 0
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Import the records, hidden: each is shown on the card of its need."""
        if self.env.app.builder.name == "needs" or not evidence_path(self.env.app).exists():
            return []
        self.arguments = [
            self.config.dpia_evidence if self.env.docname.count("/") == 0 else str(evidence_path(self.env.app))
        ]
        self.options["hide"] = None
        return list(super().run())


class ShowViews(SphinxPostTransform):
    """Fill the places when the page is written."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Replace each place by its view."""
        for place in list(self.document.findall(View)):
            needs = needs_of(self.env)
            made = VIEWS[place["view"]](self.app, self.env.docname, needs, place["dpia"])
            place.parent.replace(place, made)


def _counts(app: Sphinx, needs: Needs, dpia: str) -> Denominators:
    return denominators(evidence_of(app), needs, dpia)


def real_records(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """The first number of the home page: how many commitments were checked on real records."""
    counts = _counts(app, needs, dpia)
    checked = f"Checked on MOPAC's real records: {counts.real_checked} of {counts.commitments}"
    made: list[nodes.Node] = [paragraph(checked, classes=["headline"])]
    if not counts.real_checked:
        made.append(
            paragraph(
                "We know of nobody who has run these checks on MOPAC's records. "
                "What follows is from records that we made up."
            )
        )
    return made


def states(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """Every state with its denominator, a column for each DPIA."""
    dpias = [dpia] if dpia else list(DPIAS)
    counts = {one: _counts(app, needs, one) for one in dpias}
    rows: list[list[list[nodes.Node]]] = [
        [
            [state_badge(state)],
            *[[nodes.Text(f"{getattr(counts[one], name)} of {counts[one].commitments}")] for one in dpias],
        ]
        for state, name in COUNTED.items()
    ]
    made: list[nodes.Node] = [
        table(["State of our check", *map(str.upper, dpias)], rows, "Commitments by state, on made-up records")
    ]
    return [*made, *[paragraph(_owed(one.upper(), counts[one])) for one in dpias]]


COUNTED = {
    "proven": "proven",
    "transcription": "transcription",
    "attest": "attest",
    "vague": "vague",
    "none": "not_run",
    "broken": "broken",
}
"""The states in the order of the table, and the count that each shows."""


def _owed(name: str, counts: Denominators) -> str:
    if not counts.owed:
        return f"{name}: no commitment owes a check yet (n/a)."
    return (
        f"{name}: {counts.owed} of {counts.commitments} commitments owe a check; {counts.run} of {counts.owed} ran; "
        f"{counts.mitigations_proven} of {counts.mitigations} measures rest on proven checks alone."
    )


def gaps(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """Every commitment that has no proven check, and why; then the measures that rest on nothing yet."""
    by_need = records(evidence_of(app))
    outcomes = {need: record["outcome"] for need, record in by_need.items()}

    def listed(heading: str, ids: list[str]) -> list[nodes.Node]:
        rubric = nodes.rubric("", f"{heading}: {len(ids)}", **{"heading-level": 2})
        items = [[link(app, docname, needs.by_id[id]), *_why(app, docname, needs, by_need.get(id), id)] for id in ids]
        return [rubric, *(listing(items) or [paragraph("None.")])]

    made: list[nodes.Node] = []
    for state, words in WORDS.items():
        if state not in {"proven", "transcription"}:
            ids = [id for id in needs.of_type("commitment") if outcomes.get(id, "none") == state]
            made += listed(f"{words[0].upper()}{words[1:]}", ids)
    measures = [id for id in needs.of_type("mitigation") if outcomes.get(id, "none") == "none"]
    return [*made, *listed("Measures without a check", measures)]


def _why(app: Sphinx, docname: str, needs: Needs, record: Mapping[str, Any] | None, id: str) -> list[nodes.Node]:
    findings = needs.linking("concerns", id)
    reason = record["reason"] if record else "it has no record in the evidence"
    parts: list[nodes.Node] = [link(app, docname, needs.by_id[finding]) for finding in findings]
    if not (record and record["outcome"] == "vague" and findings):
        parts.insert(0, nodes.Text(reason))
    made: list[nodes.Node] = [nodes.Text(f" ({id[:3]})")]
    for number, part in enumerate(parts):
        made += [nodes.Text("; " if number else ": "), part]
    return made


def coverage(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """A row for each commitment: its method, its state, its examples."""
    by_need = records(evidence_of(app))
    rows = []
    for id in needs.of_type("commitment"):
        if dpia and not id.startswith(dpia.upper()):
            continue
        record = by_need.get(id)
        method = needs.by_id[id]["method"]
        examples = "n/a"
        if record and record["examples_tried"]:
            noticed = f"{record['examples_caught']} of {record['examples_tried']}"
            examples = f"{noticed}; {record['allowed_passed']} of {record['allowed_tried']}"
        owed = method if method in OWED else f"{method} (owes no test)"
        title = link(app, docname, needs.by_id[id])
        rows.append(
            [
                [nodes.inline("", id, classes=["need-id"])],
                [title],
                [nodes.Text(owed)],
                [state_badge(record["outcome"] if record else None)],
                [nodes.Text(examples)],
            ]
        )
    head = ["Id", "Commitment", "Method", "State", "Planted mistakes noticed; honest oddities passed"]
    return [table(head, rows, f"{len(rows)} commitments")]


def section_list(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """Every printed section with the needs that carry it; fields are counted, not listed."""
    by_section: dict[str, list[str]] = {}
    for id, need in needs.by_id.items():
        if id.startswith(f"{dpia.upper()}_"):
            for key in need["source"] or ():
                by_section.setdefault(key, []).append(id)
    rows, ids = [], []
    for key, heading in sections(Path(app.srcdir) / dpia).items():
        carrying = sorted(by_section.get(key, []))
        shown = [id for id in carrying if needs.by_id[id]["type"] != "field"]
        cell: list[nodes.Node] = []
        for id in shown:
            cell += [nodes.Text("; ")] if cell else []
            cell.append(link(app, docname, needs.by_id[id]))
        fields = len(carrying) - len(shown)
        cell += [nodes.Text(f"{'; ' if cell else ''}{fields} fields")] if fields else []
        rows.append([[nodes.Text(key)], [nodes.Text(heading)], cell or [nodes.Text("not transcribed yet")]])
        ids.append(section_anchor(key))
    return [table(["Section", "Heading", "Carried by"], rows, "Printed sections and the needs that carry them", ids)]


def made_with(app: Sphinx, docname: str, needs: Needs, dpia: str) -> list[nodes.Node]:
    """What the run was made with: tool, commit, and each extract set with its rows and digests."""
    made_by = evidence_of(app)["made_by"]
    made: list[nodes.Node] = [paragraph(f"Tool version {made_by['tool'] or 'n/a'}, commit {made_by['commit']}.")]
    if not made_by["extract_sets"]:
        made.append(paragraph("Nothing has been run: every state is \u201cno check yet\u201d."))
    for facts in made_by["extract_sets"]:
        rows = [
            [
                [nodes.Text(name)],
                [nodes.Text(str(count))],
                [nodes.literal("", facts["digests"].get(name, "")[:16] or "n/a")],
            ]
            for name, count in facts["rows"].items()
        ]
        drawn = f"seed {facts['seed']}, scale {facts['scale']}"
        caption = f"{facts['name']}: {facts['origin']}, taken on {facts['taken_on']}, {drawn}"
        made.append(table(["Extract", "Rows", "SHA-256 (first 16)"], rows, caption))
    return made


VIEWS: dict[str, Callable[[Sphinx, str, Needs, str], list[nodes.Node]]] = {
    "real-records": real_records,
    "states": states,
    "gaps": gaps,
    "coverage": coverage,
    "sections": section_list,
    "made-with": made_with,
}


def setup(app: Sphinx) -> None:
    """Register the directives and the filling of views."""
    app.add_directive("dpia-view", ViewDirective)
    app.add_directive("evidence-records", EvidenceRecords)
    app.add_post_transform(ShowViews)
