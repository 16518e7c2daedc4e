"""What the site shows of a released file: beside the state of our check, and never mixed with it."""

from __future__ import annotations

import csv
import json
import re
from copy import deepcopy

import pytest

from dpia_checks import evidence as evidence_files
from dpia_checks import exports, parts
from dpia_checks.errors import ReleaseUnusable
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site
from dpia_checks.release import form, making, released

from .conftest import (
    ATTESTED,
    BREACH,
    CANARY,
    DOCUMENT,
    LGE,
    NEEDS,
    POST,
    REFERRED,
    STAFF,
    VAGUE,
    evidence_of,
    proven,
    release_of,
)

SAID = "self-reported by the internal auditor, release approved by the output checker"
PAGES = {"fod/page", "lge/page"}


def own_evidence(*runs):
    made_by = {"tool": "0.1.0", "commit": "abc", "extract_sets": []}
    ours = [run for need in (BREACH, POST, REFERRED, STAFF, ATTESTED) for run in proven(need)]
    return evidence_files.build(NEEDS, [*ours, *runs], {}, made_by)


@pytest.fixture
def site(release):
    def of(*releases, evidence=None):
        shown = {one["dpia"]: one for one in releases or (release,)}
        return Site(NEEDS, evidence or own_evidence(), PAGES, {"fod": {"6": "Risks"}}, released=shown)

    return of


def shown(site, part, *named):
    return parts.render(site, "fod/page", part, *named)


def test_a_result_stands_beside_the_state_of_the_check_with_who_says_so(site):
    html = shown(site(), "state", BREACH)

    assert "check proven (made-up records)</span>" in html
    assert f"<strong>On MOPAC's real records:</strong> did not hold on breaches, 2022-10-01, {SAID}</p>" in html
    assert f"held on post and transfers, 2022-10-01, {SAID}" in shown(site(), "state", POST)


def test_the_state_of_the_check_is_the_same_with_and_without_a_released_file(site, release):
    without = Site(NEEDS, own_evidence(), PAGES, {})

    for need in (BREACH, POST, VAGUE, DOCUMENT, LGE):
        assert site().state(need) == without.state(need)
    assert "no evidence" in shown(without, "state", BREACH)


def test_the_first_number_counts_what_was_released(site):
    html = shown(site(), "real-records")

    assert "Checked on MOPAC's real records: 4 of 8" in html
    assert "FOD: 3 of 7 promises held and 1 did not, on the extract taken on 2022-10-01." in html
    assert "the output checker approved the release on 2022-11-30 (reference OC-2022-3)" in html
    assert "We know of nobody" not in html


def test_without_a_released_file_it_counts_none():
    html = shown(Site(NEEDS, own_evidence(), PAGES, {}), "real-records")

    assert "Checked on MOPAC's real records: 0 of 8" in html
    assert "We know of nobody" in html


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (VAGUE, "no evidence"),
        (DOCUMENT, "no evidence"),
        (LGE, "no evidence"),
        (ATTESTED, f"attested until 2023-12-31, {SAID}"),
    ],
)
def test_what_no_released_file_has_a_result_of_has_no_evidence(site, need, words):
    html = shown(site(), "state", need)

    assert f'<p class="need-state"><strong>On MOPAC\'s real records:</strong> {words}</p>' in html or (
        words == "no evidence" and "· on MOPAC's real records: no evidence</p>" in html
    )


def test_what_rests_on_too_few_records_is_said_to_be_not_released(site):
    few = release_of(results={STAFF: ("did not hold", 5, 1)})

    html = shown(site(few), "state", STAFF)

    assert "not released: it rests on too few records" in html
    assert "did not hold" not in html
    assert "Checked on MOPAC's real records: 0 of 8" in shown(site(few), "real-records")


def test_what_was_not_run_has_no_evidence(site):
    assert "real records: no evidence" in shown(site(release_of(asked={BREACH})), "state", POST)


def test_the_matrix_of_coverage_shows_results_beside_states(site):
    html = shown(site(), "coverage")

    assert "check proven (made-up records)</span><br>real records: did not hold (self-reported)</td>" in html
    assert html.count("real records: held (self-reported)") == 3
    assert "<br>" not in shown(Site(NEEDS, own_evidence(), PAGES, {}), "coverage")


def test_the_counts_are_shown_in_bands(site):
    html = shown(site(), "facts", BREACH)

    assert "records judged: 10 to 24; violations: 1 or more" in html


REAL = [
    Run(BREACH, "t.py::t", "real", "real", "did not hold", judged=14, violations=3, most=14),
    Run(ATTESTED, "t.py::t", "real", "real", "held", attested_until="2023-12-31"),
]


def test_a_result_that_was_not_released_is_shown_nowhere(tmp_path):
    """A run on real records whose evidence lies where the site is built from is still no release."""
    made = own_evidence(*REAL)
    made["made_by"]["extract_sets"] = evidence_of()["made_by"]["extract_sets"]
    here = Site(NEEDS, made, PAGES, {})
    about = {"state": BREACH, "facts": BREACH, "made-with": "", "real-records": "", "quotes": "", "coverage": ""}

    html = "".join(shown(here, part, *filter(None, [one])) for part, one in about.items())
    parts.print_editions(here, tmp_path)
    html += (tmp_path / "fod.html").read_text() + shown(here, "state", ATTESTED)

    assert "did not hold" not in html
    assert "attested until" not in html
    assert "DPO-2022-014" not in html
    assert "870" not in html
    assert "real records: 0 of 8" in html


def test_evidence_beside_the_pages_holds_nothing_of_real_records():
    made = own_evidence(*REAL)
    made["made_by"]["extract_sets"] = evidence_of()["made_by"]["extract_sets"]

    left = released.without_real(made)

    assert "DPO-2022-014" not in json.dumps(left)
    assert {r["real"] for r in evidence_files.records(left).values()} == {"none"}
    assert {r["real_violations"] for r in evidence_files.records(left).values()} == {0}
    assert released.without_real(own_evidence()) == own_evidence()


def test_the_exports_and_the_print_edition_say_it_too(site, tmp_path):
    exports.write(site(), tmp_path)
    parts.print_editions(site(), tmp_path)

    with (tmp_path / "coverage.csv").open(encoding="utf-8-sig", newline="") as handle:
        lines = {line["id"]: line for line in csv.DictReader(handle)}
    assert lines[BREACH]["on MOPAC's real records"] == f"did not hold on breaches, 2022-10-01, {SAID}"
    assert lines[BREACH]["records judged and violations there"] == "records judged: 10 to 24; violations: 1 or more"
    assert lines[VAGUE]["on MOPAC's real records"] == "no evidence"
    assert f"did not hold on breaches, 2022-10-01, {SAID}" in (tmp_path / "fod.html").read_text()


def test_the_page_of_evidence_says_all_that_the_released_file_holds(site, release):
    html = shown(site(), "made-with")

    assert '<a href="released/fod.json">' in html
    assert f"{BREACH}: did not hold; judged 10 to 24" in html
    assert all(name in html for name in release["tables"])


HOSTILE = f"<script>alert('{CANARY}')</script><!--/part-->\" onclick='x' {{{{ 7777 * 7777 }}}}"


def test_hostile_words_become_no_markup_even_past_the_schema(site, release):
    """No file with such words can be read; if one could, they would still be text."""
    for name in ("analyst", "approver", "release_approval", "taken_on", "as_of", "tool", "run_approval"):
        release[name] = HOSTILE
    release["tables"][HOSTILE] = release["tables"]["breaches"]
    release["commitments"][BREACH]["tables"] = [HOSTILE]
    release["commitments"][ATTESTED]["attested_until"] = HOSTILE
    about = {"state": BREACH, "facts": BREACH, "made-with": "", "real-records": "", "coverage": "", "quotes": ""}

    for need in (BREACH, ATTESTED):
        for part, one in {**about, "state": need}.items():
            html = shown(site(release), part, *filter(None, [one]))
            assert "<script" not in html
            assert "<!--/part-->" not in html
            assert "60481729" not in html
            assert not re.search(r"<[^>]*onclick", html)


def write(tmp_path, *releases):
    paths = []
    for number, release in enumerate(releases):
        paths.append(tmp_path / f"{CANARY}{number}.json")
        paths[-1].write_text(form.text_of(release))
    return paths


def test_a_released_file_is_read_by_its_document(release, tmp_path):
    assert released.load(write(tmp_path, release), NEEDS) == {"fod": release}


def other_promises():
    made = deepcopy(dict(NEEDS.by_id))
    made[BREACH]["terms"] = "hours: 96 hours"
    return Needs(made)


def test_a_file_of_other_promises_is_refused_with_the_commit_they_are_of(release, tmp_path):
    with pytest.raises(ReleaseUnusable, match=r"other promises than the documents here.*0000000") as refused:
        released.load(write(tmp_path, release), other_promises())
    assert CANARY not in str(refused.value)


def test_two_files_of_one_document_are_refused(release, tmp_path):
    with pytest.raises(ReleaseUnusable, match="file 2: it is the second of FOD"):
        released.load(write(tmp_path, release, release), NEEDS)


def test_a_release_of_each_document_is_shown(site, release):
    other = making.make(
        evidence_of({"breaches": 30}, {LGE: ("held", 30, 0)}, dpia="lge"),
        NEEDS,
        bytes(range(40)),
        {name: release[name] for name in ("analyst", "approver", "release_approval", "released_on")},
    )

    both = site(release, other)

    assert "held on breaches, 2022-10-01" in shown(both, "state", LGE)
    assert "Checked on MOPAC's real records: 5 of 8" in shown(both, "real-records")
    assert "Checked on MOPAC's real records: 1 of 1" in shown(both, "real-records", "lge")
