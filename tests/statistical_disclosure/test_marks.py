"""What a mark in place of a number says by itself."""

from __future__ import annotations

import pytest

from dpia_checks.statistical_disclosure.marks import span_of


@pytest.mark.parametrize("mark", ["<5", "< 5", "under 5", "below 5", "fewer than 5", "Less  than 5"])
def test_fewer_than_a_number(mark):
    assert span_of(mark) == (0, 4)


@pytest.mark.parametrize("mark", ["<=5", "≤5", "≤ 5", "up to 5", "at most 5", "No more than 5"])
def test_at_most_a_number(mark):
    assert span_of(mark) == (0, 5)


@pytest.mark.parametrize("mark", ["5 or fewer", "5 or less", "5 or under"])
def test_a_number_or_fewer(mark):
    assert span_of(mark) == (0, 5)


@pytest.mark.parametrize("mark", ["1-14", "1 - 14", "1\u201314", "1 to 14", "between 1 and 14"])
def test_between_two_numbers(mark):
    assert span_of(mark) == (1, 14)


@pytest.mark.parametrize("mark", ["", "c", "*", "-", "<", "5", "see note 5", "<5 or so", "5-"])
def test_a_mark_that_names_no_span_says_nothing(mark):
    assert span_of(mark) is None
