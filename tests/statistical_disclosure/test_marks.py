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


@pytest.mark.parametrize(
    ("mark", "span"),
    [
        ("<5 people", (0, 4)),
        ("(<5)", (0, 4)),
        ("<1", (0, 0)),
        ("4-4", (4, 4)),
        ("[< 5]", (0, 4)),
        ("<5*", (0, 4)),
        ("n<5", (0, 4)),
        ("n = <5", (0, 4)),
        ("Fewer than five", (0, 4)),
        ("less than ten clients", (0, 9)),
        ("no more than four", (0, 4)),
        ("not more than 4", (0, 4)),
        ("four or fewer", (0, 4)),
        ("(4 or less people)", (0, 4)),
        ("1 to 4 people", (1, 4)),
        ("from one to four", (1, 4)),
        ("count: 1-4", (1, 4)),
        ("n=3", (3, 3)),
        ("(N = 3)*", (3, 3)),
        ("count = three women", (3, 3)),
        ("number=12", (12, 12)),
        ("exactly 3", (3, 3)),
        ("Only one person", (1, 1)),
        ("just two", (2, 2)),
        ("[3 clients]", (3, 3)),
        ("one woman", (1, 1)),
        ("n=0", (0, 0)),
    ],
)
def test_what_stands_around_a_number_or_in_words_changes_nothing(mark, span):
    assert span_of(mark) == span


@pytest.mark.parametrize(
    "mark",
    [
        "see note 1 to 4",
        "c1",
        "table 3",
        "[c]",
        "none",
        "someone or fewer",
        "5",
        "2019-20 only",
        "<5 or so",
        *("n 3", "3)", "one", "note n=3", "n=3 or so", "exactly", "3 boroughs", "only 3 boroughs", "3people"),
        "<0",
        "5-4",
        "<" + "9" * 5000,
    ],
)
def test_a_mark_that_says_something_else_tells_nothing(mark):
    assert span_of(mark) is None


@pytest.mark.parametrize("word", ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
def test_numbers_up_to_ten_may_be_words(word):
    assert span_of(f"up to {word}") == (
        0,
        1 + ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].index(word),
    )
