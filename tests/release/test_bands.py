"""A count is shown as nought, a few, or rounded: never so that it can be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpia_checks.release import bands, form
from dpia_checks.release.bands import Band, band, band_below

COUNTS = st.integers(0, 3000)


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (1, "1 to 9"),
        (9, "1 to 9"),
        (10, "10 to 24"),
        (24, "10 to 24"),
        (25, "about 30 (25 to 34)"),
        (124, "about 120 (115 to 124)"),
    ],
)
def test_a_count_is_shown_in_words(count, shown):
    assert str(band(count)) == shown


@given(COUNTS)
def test_every_count_lies_in_its_band_and_all_of_a_band_are_shown_alike(count):
    shown = band(count)

    assert shown.at_least <= count <= shown.at_most
    assert {band(other) for other in range(shown.at_least, shown.at_most + 1)} == {shown}
    assert bands.is_band(shown)


@given(COUNTS)
def test_a_band_of_somebody_stands_for_as_many_counts_as_a_few_does(count):
    shown = band(count)

    assert count == 0 or shown.at_most - shown.at_least + 1 >= bands.threshold() - 1


@given(COUNTS, COUNTS)
def test_no_count_says_that_nearly_all_are_alike(judged, count):
    """Either so many are certain to be left over that they are no few, or it may be nobody that is not left over."""
    of = band(judged)

    shown = band_below(count, of)

    assert shown.at_least <= count
    left_over = of.at_least - shown.at_most if shown.at_most is not None else None
    assert shown == Band(0, 0) or left_over is None or left_over >= bands.threshold()


@given(COUNTS, COUNTS, COUNTS)
def test_which_counts_are_shown_alike_depends_on_what_is_shown_alone(judged, other, count):
    assert band(judged) != band(other) or band_below(count, band(judged)) == band_below(count, band(other))


def test_a_number_beside_a_few_says_one_or_more():
    assert str(band_below(3, band(7))) == "1 or more"
    assert str(band_below(3, band(24))) == "1 or more"
    assert str(band_below(3, band(25))) == "1 to 9"
    assert str(band_below(30, band(120))) == "about 30 (25 to 34)"
    assert str(band_below(100, band(120))) == "about 100 (95 to 104)"
    assert str(band_below(105, band(120))) == "105 or more"
    assert str(band_below(0, band(7))) == "0"


@pytest.mark.parametrize(
    "wrong", [Band(7, 7), Band(10, 14), Band(1, 8), Band(0, 9), Band(11, 14), Band(5, 4), Band(10)]
)
def test_what_no_count_is_shown_as_is_no_band(wrong):
    assert not bands.is_band(wrong)


def test_the_numbers_are_those_that_the_schema_fixes_and_each_has_a_source():
    fixed = form.schema()["properties"]["yardsticks"]["properties"]

    assert {name: number for name, (number, _) in bands.yardsticks().items()} == {
        name: one["const"] for name, one in fixed.items()
    }
    assert all(source.startswith("ours; ") for _, source in bands.yardsticks().values())
