"""What the checks of pseudonyms and of the keys to them find, and what they let pass."""

from __future__ import annotations

import hashlib

import pytest

from dpia_checks.checks.pseudonymisation import (
    hash_of_a_cell,
    key_opened_by_others,
    key_with_the_data,
    numbered_in_a_row,
)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rows(result) -> list[int]:
    return [each.row for each in result.found]


class TestNumberedInARow:
    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            (("7", "8", "9"), [1, 2, 3]),
            (("P09", "P08", "P10"), [1, 2, 3]),
            (("7", "8", "10"), []),
            (("A7", "B8", "A9"), []),
            (("7", "", "8", "x"), []),
            (("7", "7", "8"), []),
        ],
    )
    def test_three_numbers_in_a_row_invalid(self, records, cells, found):
        pseudonyms = records("pseudonyms", "\n".join(["id | said", *(f"a | {cell}" for cell in cells)]))

        assert rows(numbered_in_a_row(pseudonyms, pseudonym="said", run=3)) == found


class TestHashOfACell:
    @pytest.fixture
    def judge(self, records):
        people = records("people", "name | born date\nAda | 1990-02-01\n | ")

        def of(cell: str):
            pseudonyms = records("pseudonyms", f"id | said\na | {cell}")
            return hash_of_a_cell(pseudonyms, people, pseudonym="said", hashes=("sha256",))

        return of

    @pytest.mark.parametrize("cell", ["Ada", "ADA", "ada", "1990-02-01", "01/02/1990", "19900201", "01021990"])
    def test_the_hash_of_any_cell_invalid(self, judge, cell):
        assert rows(judge(sha256(cell))) == [1]
        assert rows(judge(sha256(cell)[:8].upper())) == [1]

    @pytest.mark.parametrize(
        "cell", [sha256("Ada and salt"), sha256("Ada")[:7], hashlib.md5(b"Ada").hexdigest(), "Ada"]
    )
    def test_another_text_passes(self, judge, cell):
        result = judge(cell)

        assert (result.found, result.judged) == ((), 1)

    def test_an_empty_pseudonym_is_not_judged(self, judge):
        assert judge("").judged == 0


@pytest.mark.parametrize(
    ("row", "found"), [("keys | data", []), ("data | data", [1]), (" | data", [1]), ("keys | ", [1])]
)
def test_a_key_with_the_data_or_nowhere_invalid(records, row, found):
    keys = records("pseudonym_keys", f"key | data | id\n{row} | x")

    assert rows(key_with_the_data(keys, key="key", data="data")) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("keys | P1 | person", []),
        ("keys | P2 | person", [1]),
        ("keys | P3 | person", [1]),
        ("keys | P1 | group", [1]),
        ("keys | P1 | ", [1]),
        ("keys |  | person", [1]),
        ("keys | P9 | person", [1]),
        ("data | P2 | person", []),
        (" | P2 | person", []),
    ],
)
def test_a_key_that_others_can_open_invalid(records, row, found):
    rights = records("folder_access", f"folder | principal | principal_kind | right_id\n{row} | R1")
    keys = records("pseudonym_keys", "key | id\nkeys | a\nkeys | b")
    staff = records("staff", "person_id | role\nP1 | secondee\nP2 | analyst\nP3 | ")

    result = key_opened_by_others(rights, keys, staff, key="key", kinds=["person"], roles=["secondee"])

    assert rows(result) == found
