"""What an attacker learns from a file beside those released before it."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.errors import ReleaseUnusable, TellsTooMuch
from dpia_checks.release import audit, bands, form
from dpia_checks.release.bands import band

from .conftest import ATTESTED, BREACH, CANARY, POST, READS, REFERRED, ROWS, STAFF, release_of


def tells(later, *before):
    """Return what the audit says of *later*; nothing when it may be released."""
    try:
        audit.check(later, before)
    except TellsTooMuch as refused:
        return str(refused)
    return ""


def content(release):
    """Return what of a release comes from records, and can be compared by whoever has no key."""
    return {name: table["rows"] for name, table in release["tables"].items()}, release["commitments"]


def released(rows=None, **results):
    return release_of({**ROWS, **(rows or {})}, results or None)


HELD = {REFERRED: ("held", 240, 0)}


def test_the_same_again_tells_nothing():
    assert tells(released(**HELD), released(**HELD)) == ""


def test_one_woman_who_takes_a_table_over_the_edge_of_its_band_tells():
    assert "advance_referrals_in" in tells(
        released({"advance_referrals_in": 245}, **HELD), released({"advance_referrals_in": 244}, **HELD)
    )


def test_one_woman_who_makes_a_promise_fail_tells():
    """Whoever knows that nobody but her came in between knows that it is she whose record is wrong."""
    later = released({"advance_referrals_in": 241}, **{REFERRED: ("did not hold", 241, 1)})

    assert REFERRED in tells(later, released(**HELD))
    assert REFERRED in tells(released(**HELD), later)


def test_one_record_that_was_changed_in_place_tells():
    later = released(**{REFERRED: ("did not hold", 240, 1)})

    assert REFERRED in tells(later, released(**HELD))


def test_one_woman_with_many_wrong_records_tells():
    """Her 20 records take the violations two bands up, and the table by which she came hardly changes."""
    one = {REFERRED: ("did not hold", 200, 20)}
    two = {REFERRED: ("did not hold", 200, 40)}

    assert REFERRED in tells(released(**two), released(**one))


def test_the_day_to_judge_by_moved_by_one_tells():
    """The same records on two days: what differs is whose period ended in between."""
    later = release_of(results={REFERRED: ("did not hold", 240, 1)}, as_of="2022-10-02")

    assert REFERRED in tells(later, released(**HELD))


def test_a_promise_that_was_not_asked_for_before_differs_from_nothing():
    before = release_of(results=HELD, asked={BREACH})

    assert tells(released(**HELD), before) == ""


def test_a_table_that_was_not_handed_over_before_differs_from_nothing():
    rows = {name: count for name, count in ROWS.items() if name != "advance_referrals_in"}
    before = release_of(rows, {REFERRED: ("no evidence", 0, 0)})

    assert tells(released(**HELD), before) == ""
    assert tells(before, released(**HELD)) == ""


def test_a_first_record_that_is_judged_tells():
    """The table was there before, and nothing in it was of the kind that the promise is about."""
    before = released(**{BREACH: ("no evidence", 0, 0)})

    assert BREACH in tells(released(**{BREACH: ("held", 1, 0)}), before)


def test_an_attestation_that_was_renewed_alone_tells():
    assert ATTESTED in tells(release_of(attested="2024-12-31"), release_of(attested="2023-12-31"))


def test_so_many_more_records_may_change_what_is_said_of_them():
    later = released({"advance_referrals_in": 260}, **{REFERRED: ("did not hold", 260, 3)})

    assert tells(later, released(**HELD)) == ""


def test_many_more_records_of_another_table_excuse_nothing():
    later = released({"access_log": 2000}, **{REFERRED: ("did not hold", 240, 3)})

    assert REFERRED in tells(later, released(**HELD))


def test_paperwork_that_grew_excuses_nothing_that_is_said_of_people():
    def with_paperwork(transfers, result):
        made = released({"transfers": transfers}, **{REFERRED: result})
        made["commitments"][REFERRED]["tables"] = ["advance_referrals_in", "transfers"]
        return made

    later = with_paperwork(140, ("did not hold", 240, 1))

    assert REFERRED in tells(later, with_paperwork(41, HELD[REFERRED]))


def test_every_file_counts_and_not_the_last_alone():
    first, second = released(**HELD), released({"advance_referrals_in": 300}, **HELD)
    third = released({"advance_referrals_in": 247}, **HELD)

    assert tells(third, second) == ""
    assert "advance_referrals_in" in tells(third, second, first)


def test_files_of_the_other_document_are_of_other_people(release):
    other = deepcopy(release)
    other["dpia"] = "lge"
    other["tables"]["breaches"]["rows"] = band(30).form()

    assert tells(release, other) == ""


def part(rows, found):
    """Return a release of so many women, so many of whose records are wrong."""
    ended = "did not hold" if found else "held"
    return released({"advance_referrals_in": rows}, **{REFERRED: (ended, rows, found)})


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nobody_is_left_out_of_two_parts_and_found_in_the_whole(order):
    """The files of two boroughs hold, and that of everybody does not: it is the one woman in neither part."""
    files = [part(240, 1), part(120, 0), part(119, 0)]
    first, second, third = (files[number] for number in order)

    assert tells(second, first) == ""
    assert REFERRED in tells(third, first, second)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nobody_is_put_into_a_part_and_left_out_of_the_whole(order):
    files = [part(239, 0), part(120, 0), part(120, 1)]
    first, second, third = (files[number] for number in order)

    assert REFERRED in tells(third, first, second) + tells(second, first)


def test_parts_that_add_up_to_the_whole_tell_nothing():
    assert tells(part(240, 1), part(120, 0), part(100, 1)) == ""
    assert tells(part(240, 0), part(120, 0), part(119, 0)) == ""


def test_files_that_cannot_be_parts_of_another_need_not_add_up():
    assert tells(part(400, 1), part(120, 0), part(200, 0)) == ""


def test_three_and_four_parts_are_tried():
    assert REFERRED in tells(part(340, 1), part(100, 0), part(120, 0), part(140, 0))
    assert REFERRED in tells(part(480, 1), part(80, 0), part(100, 0), part(140, 0), part(159, 0))


@settings(max_examples=20, deadline=None)
@given(st.integers(20, 200), st.integers(20, 200), st.integers(1, 30), st.permutations(range(3)))
def test_whatever_the_parts_their_results_never_leave_one_woman_behind(one, other, hers, order):
    """Everybody's records but hers are right; whichever of the three files comes last is refused."""
    files = [part(one + other, hers), part(one, 0), part(other - 1, 0)]
    shelf = []
    for number in order:
        if not tells(files[number], *shelf):
            shelf.append(files[number])

    assert len(shelf) < 3


# A run with one row more or less, or one changed: whatever that does to what is judged and found.
LINES = [BREACH, POST, REFERRED, STAFF]
COUNTS = st.integers(0, 60)


@st.composite
def runs(draw):
    rows = {name: draw(COUNTS) for name in ROWS}
    results = {}
    for need in LINES:
        judged = draw(st.integers(0, max(rows[name] for name in READS[need])))
        found = draw(st.integers(0, judged + 3))
        results[need] = ended(judged, found)
    return rows, results


def ended(judged, found):
    return ("did not hold" if found else "held", judged, found) if judged else ("no evidence", 0, 0)


@st.composite
def one_row_apart(draw):
    rows, results = draw(runs())
    table = draw(st.sampled_from(sorted(ROWS)))
    step = draw(st.sampled_from([-1, 0, 1]))
    other_rows, other_results = {**rows, table: max(0, rows[table] + step)}, dict(results)
    for need in LINES:
        if table in READS[need]:
            _, judged, found = results[need]
            changed = max(0, judged + draw(st.sampled_from([-1, 0, 1])))
            other_results[need] = ended(changed, max(0, found + draw(st.integers(-25, 25))))
    return (rows, results), (other_rows, other_results)


@settings(max_examples=40, deadline=None)
@given(one_row_apart())
def test_two_runs_that_differ_by_one_row_are_not_both_released_unless_they_are_released_alike(pair):
    one, other = (release_of(rows, results) for rows, results in pair)

    may = tells(one, other) == ""

    assert (tells(other, one) == "") == may
    assert not may or content(one) == content(other)


@settings(max_examples=10, deadline=None)
@given(runs(), st.lists(one_row_apart(), min_size=1, max_size=3))
def test_nor_through_any_number_of_other_files(first, others):
    """What is released beside all before it is alike, or at least the threshold of rows apart, from each."""
    shelf = [release_of(*first)]
    for pair in others:
        for rows, results in pair:
            made = release_of(rows, results)
            if not tells(made, *shelf):
                shelf.append(made)

    for name in ROWS:
        shown = sorted({tuple(bands.read(r["tables"][name]["rows"]).form().values()) for r in shelf})
        assert all(later[0] - earlier[1] >= bands.threshold() for earlier, later in pairwise(shown))


@pytest.mark.parametrize("step", [1, 5, 9])
def test_whoever_knows_by_how_many_two_runs_differ_cannot_work_out_a_count(step):
    """The attack itself: all counts that fit both files, by somebody who knows how many women came in between."""
    for count in range(200):
        shown = (band(count), band(count + step))
        if shown[0] == shown[1] or not audit._differs_by_few(*shown):
            fits = [n for n in range(300) if (band(n), band(n + step)) == shown]
            assert shown[0] == shown[1]
            assert count == 0 or len(fits) >= bands.threshold() - 1 - step, (count, fits)


def test_without_the_rule_a_count_could_be_worked_out():
    """The same attack on two files that the audit refuses: one count fits."""
    fits = [n for n in range(300) if (band(n), band(n + 1)) == (band(244), band(245))]

    assert fits == [244]


def put(folder, *releases):
    folder.mkdir(exist_ok=True)
    for number, release in enumerate(releases):
        (folder / f"{CANARY}{number}.json").write_text(form.text_of(release))
    return folder


def digest_of(release):
    return hashlib.sha256(form.text_of(release).encode()).hexdigest()


def test_the_files_released_before_are_known_by_their_digest(release, tmp_path):
    assert audit.earlier(put(tmp_path / "e", release)) == {digest_of(release): release}
    assert audit.earlier(put(tmp_path / "none")) == {}


def test_a_file_that_was_left_out_is_noticed(release, changed, tmp_path):
    second = changed("compared_with", to=[digest_of(release)])

    assert len(audit.earlier(put(tmp_path / "both", release, second))) == 2
    with pytest.raises(ReleaseUnusable, match="1 files are missing"):
        audit.earlier(put(tmp_path / "one", second))


def test_anything_else_in_the_folder_is_refused_and_not_named(release, tmp_path):
    folder = put(tmp_path / "e", release)
    (folder / f"0{CANARY}").write_text(CANARY)

    with pytest.raises(ReleaseUnusable, match="file 1 of --earlier") as refused:
        audit.earlier(folder)
    assert CANARY not in str(refused.value)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ReleaseUnusable, match="it is no folder"):
        audit.earlier(tmp_path / "nowhere")
