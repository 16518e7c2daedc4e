"""What the checks of the lawful basis find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.basis import basis_not_as_stated, used_without_a_record
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


class TestUsedWithoutARecord:
    @pytest.fixture
    def judge(self, records):
        def of(use: str, *lines: str):
            uses = records("uses", f"data | purpose\n{use}")
            record = records("record", "\n".join(["about | for", *lines]))
            return used_without_a_record(
                uses, record, data="data", purpose="purpose", recorded="about", recorded_purpose="for"
            )

        return of

    def test_a_line_for_the_same_data_and_purpose_passes(self, judge):
        result = judge("a | evaluation", "b | evaluation", "a | research", "a | evaluation")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("line", ["a | research", "b | evaluation", " | evaluation", "a | "])
    def test_no_such_line_invalid(self, judge, line):
        result = judge("a | evaluation", line)

        assert result.found == (Violation("uses", 1, "data", "record", "used_without_a_record"),)

    @pytest.mark.parametrize("use", [" | evaluation", "a | "])
    def test_a_use_without_data_or_purpose_invalid(self, judge, use):
        assert len(judge(use, "a | evaluation", " | evaluation", "a | ")) == 1
