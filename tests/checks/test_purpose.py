"""What the checks of uses and products find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.purpose import use_not_justified, used_for_another_purpose
from dpia_checks.violations import Violation


class TestUsedForAnotherPurpose:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            uses = records("uses", "\n".join(["data | purpose", *rows]))
            return used_for_another_purpose(uses, purpose="purpose", permitted=["evaluation"], only=only)

        return of

    def test_a_permitted_purpose_passes(self, judge):
        result = judge("a | evaluation")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("purpose", ["policing", "Evaluation", ""])
    def test_another_purpose_or_none_invalid(self, judge, purpose):
        result = judge("a | evaluation", f"a | {purpose}")

        assert result.found == (Violation("uses", 2, "purpose", rule="used_for_another_purpose"),)

    def test_only_leaves_other_data_out_and_judges_data_not_written_down(self, judge):
        result = judge("b | policing", " | policing", only={"data": ["a"]})

        assert ([violation.row for violation in result.found], result.judged) == ([2], 1)


class TestUseNotJustified:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            uses = records("uses", "\n".join(["purpose | reason", *rows]))
            return use_not_justified(uses, reason="reason", purpose="purpose", own=["evaluation"])

        return of

    def test_another_use_with_a_reason_passes(self, judge):
        result = judge("research | asked by the board")

        assert (result.found, result.judged) == ((), 1)

    def test_its_own_purpose_needs_no_reason(self, judge):
        assert judge("evaluation | ").judged == 0

    @pytest.mark.parametrize("purpose", ["research", ""])
    def test_another_use_without_a_reason_invalid(self, judge, purpose):
        result = judge("evaluation | ", f"{purpose} | ")

        assert result.found == (Violation("uses", 2, "reason", rule="use_not_justified"),)
