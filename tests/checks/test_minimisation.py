"""Which columns are more than was agreed, and when free text is too much."""

from __future__ import annotations

import pytest

from dpia_checks.checks.minimisation import columns_not_approved, free_text_not_outnumbered
from dpia_checks.violations import Violation


class TestColumnsNotApproved:
    AGREED = "client identifier approved | age integer approved"

    def test_the_agreed_columns_pass(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED}\nC1 | 30"))

        assert (result.found, result.judged) == ((), 2)

    def test_their_order_does_not_matter(self, records):
        assert not columns_not_approved(records("crc", "age integer approved | client identifier approved\n30 | C1"))

    def test_an_agreed_column_that_is_left_out_passes(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED}\nC1 | 30", lacking=("age",)))

        assert (result.found, result.judged) == ((), 1)

    def test_a_column_without_a_row_is_judged_all_the_same(self, records):
        assert columns_not_approved(records("crc", self.AGREED)).judged == 2

    def test_an_unknown_column_is_named_by_its_position_invalid(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED} | jane_doe unknown\nC1 | 30 | x"))

        assert result.found == (Violation("crc", column="column 3", rule="columns_not_approved"),)

    def test_an_unknown_column_without_a_cell_invalid(self, records):
        assert columns_not_approved(records("crc", f"{self.AGREED} | extra unknown\nC1 | 30 | "))

    @pytest.mark.parametrize("standing", ["presupposed", "register"])
    def test_a_column_that_is_described_and_not_approved_invalid(self, records, standing):
        result = columns_not_approved(records("crc", f"{self.AGREED} | domestic yes_no {standing}\nC1 | 30 | no"))

        assert result.found == (Violation("crc", column="domestic", rule="columns_not_approved"),)

    def test_a_name_that_is_only_nearly_the_same_invalid(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED} | Age unknown\nC1 | 30 | 30"))

        assert result.found == (Violation("crc", column="column 3", rule="columns_not_approved"),)


class TestFreeTextNotOutnumbered:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            needs = records("needs", "\n".join(["type | format | standing", *rows]))
            return free_text_not_outnumbered(
                needs, chosen=("code", "yes_no"), written=("free_text",), standing=("approved",)
            )

        return of

    def test_more_tick_boxes_than_free_text_pass(self, judge):
        result = judge("field | code | approved", "field | yes_no | approved", "field | free_text | approved")

        assert (result.found, result.judged) == ((), 3)

    def test_a_tie_invalid(self, judge):
        result = judge("field | code | approved", "field | free_text | approved")

        assert result.found == (Violation("needs", 2, "format", rule="free_text_not_outnumbered"),)

    def test_every_free_text_field_is_named_when_there_are_more_invalid(self, judge):
        result = judge("field | free_text | approved", "field | code | approved", "field | free_text | approved")

        assert [violation.row for violation in result.found] == [1, 3]

    @pytest.mark.parametrize("format", ["date", "text", "integer", ""])
    def test_other_formats_are_on_neither_side_invalid(self, judge, format):
        result = judge(f"field | {format} | approved", "field | code | approved", "field | free_text | approved")

        assert [violation.row for violation in result.found] == [3]
        assert result.judged == 2

    @pytest.mark.parametrize("standing", ["register", ""])
    def test_a_tick_box_of_another_standing_does_not_count_invalid(self, judge, standing):
        assert (
            judge(f"field | code | {standing}", "field | code | approved", "field | free_text | approved").judged == 2
        )

    @pytest.mark.parametrize("standing", ["register", ""])
    def test_free_text_of_another_standing_does_not_count(self, judge, standing):
        assert not judge(f"field | free_text | {standing}", "field | code | approved")

    @pytest.mark.parametrize("type", ["commitment", ""])
    def test_what_is_no_field_does_not_count(self, judge, type):
        assert not judge(f"{type} | free_text | approved", "field | code | approved")

    def test_a_document_without_fields_shows_nothing_either_way(self, judge):
        result = judge("commitment | | ")

        assert (result.found, result.judged) == ((), 0)
