"""What the checks of the lawful basis find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.basis import basis_not_as_stated, basis_of_other_data, used_without_a_record
from dpia_checks.violations import Violation


class TestBasisNotAsStated:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            lines = records("record", "\n".join(["data | basis", *rows]))
            return basis_not_as_stated(lines, basis="basis", stated=["public task"], only=only)

        return of

    def test_the_stated_basis_passes(self, judge):
        result = judge("a | public task")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("basis", ["consent", "PUBLIC TASK", ""])
    def test_another_basis_or_none_invalid(self, judge, basis):
        result = judge("a | public task", f"a | {basis}")

        assert result.found == (Violation("record", 2, "basis", rule="basis_not_as_stated"),)

    def test_only_leaves_other_data_out_and_judges_data_not_written_down(self, judge):
        result = judge("b | consent", " | consent", only={"data": ["a"]})

        assert ([violation.row for violation in result.found], result.judged) == ([2], 1)


class TestBasisOfOtherData:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            lines = records("record", "\n".join(["kind | source | for", *rows]))
            stated = {"source": ["a", "b"], "for": ["evaluation"]}
            return basis_of_other_data(lines, stated=stated, only={"kind": ["health"]})

        return of

    def test_each_source_and_purpose_of_the_document_passes(self, judge):
        result = judge("health | a | evaluation", "health | b | evaluation")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("source", ["c", ""])
    def test_another_source_or_none_invalid(self, judge, source):
        result = judge("health | a | evaluation", f"health | {source} | evaluation")

        assert result.found == (Violation("record", 2, "source", rule="basis_of_other_data"),)
        assert result.judged == 2

    @pytest.mark.parametrize("purpose", ["policing", ""])
    def test_another_purpose_or_none_invalid(self, judge, purpose):
        result = judge(f"health | a | {purpose}", "health | a | evaluation")

        assert result.found == (Violation("record", 1, "for", rule="basis_of_other_data"),)
        assert result.judged == 2

    def test_another_kind_is_left_out_and_none_is_judged(self, judge):
        result = judge("ordinary | c | policing", " | c | policing")

        assert [(found.row, found.column) for found in result.found] == [(2, "source"), (2, "for")]
        assert result.judged == 1


class TestUsedWithoutARecord:
    @pytest.fixture
    def judge(self, records):
        def of(use: str, *lines: str):
            uses = records("uses", f"data | kind | purpose\n{use}")
            record = records("record", "\n".join(["about | category | for", *lines]))
            return used_without_a_record(
                uses, record, used=("data", "kind", "purpose"), recorded=("about", "category", "for")
            )

        return of

    def test_as_many_columns_are_named_on_either_side(self, records):
        uses, record = records("uses", "data | kind\na | x"), records("record", "about\na")

        with pytest.raises(ValueError, match="shorter"):
            used_without_a_record(uses, record, used=("data", "kind"), recorded=("about",))

    def test_a_line_for_the_same_data_category_and_purpose_passes(self, judge):
        result = judge("a | x | evaluation", "b | x | evaluation", "a | x | research", "a | x | evaluation")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "line",
        [
            "a | x | research",
            "b | x | evaluation",
            "a | y | evaluation",
            " | x | evaluation",
            "a |  | evaluation",
            "a | x | ",
        ],
    )
    def test_no_such_line_invalid(self, judge, line):
        result = judge("a | x | evaluation", line)

        assert result.found == (Violation("uses", 1, "data", "record", "used_without_a_record"),)

    def test_two_lines_that_agree_in_part_are_not_one_that_agrees_invalid(self, judge):
        assert len(judge("a | x | evaluation", "a | x | research", "a | y | evaluation")) == 1

    @pytest.mark.parametrize("use", [" | x | evaluation", "a |  | evaluation", "a | x | "])
    def test_a_use_without_data_category_or_purpose_invalid(self, judge, use):
        assert len(judge(use, "a | x | evaluation", " | x | evaluation", "a |  | evaluation", "a | x | ")) == 1
