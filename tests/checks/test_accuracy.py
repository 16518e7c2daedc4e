"""What is done about errors: who was told of them, and who looked over data, analyses and reports."""

from __future__ import annotations

import pytest

from dpia_checks.checks.accuracy import (
    author_not_told,
    dispute_not_noted,
    not_peer_reviewed,
    not_quality_checked,
    told_by_another_person,
)
from dpia_checks.violations import Violation


class TestAuthorNotTold:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            errors = records("corrections", "\n".join(["author | told_party | told_on date", *rows]))
            return author_not_told(errors, author="author", told_party="told_party", told="told_on")

        return of

    @pytest.mark.parametrize("day", ["2020-02-03", "2023-02-03"])
    def test_telling_the_author_on_any_day_passes(self, judge, day):
        result = judge(f"MPS | MPS | {day}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        ["MPS | MPS | ", "MPS | CRC | 2020-02-03", "MPS | | 2020-02-03", " | MPS | 2020-02-03", " | | 2020-02-03"],
    )
    def test_telling_nobody_or_somebody_else_invalid(self, judge, row):
        assert judge("CRC | CRC | 2020-02-03", row).found == (
            Violation("corrections", 2, "told_on", rule="author_not_told"),
        )


class TestToldByAnotherPerson:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            errors = records("corrections", "\n".join(["author | via | told_on date", *rows]))
            return told_by_another_person(
                errors, via="via", permitted=("unit",), told="told_on", only={"author": ["MPS"]}
            )

        return of

    def test_the_promised_contact_passes(self, judge):
        result = judge("MPS | unit | 2020-02-03")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("via", ["front desk", ""])
    def test_another_contact_or_none_written_down_invalid(self, judge, via):
        result = judge("MPS | unit | 2020-02-03", f"MPS | {via} | 2020-02-03")

        assert result.found == (Violation("corrections", 2, "via", rule="told_by_another_person"),)

    @pytest.mark.parametrize("row", ["MPS | | ", "CRC | front desk | 2020-02-03"])
    def test_an_error_not_told_yet_and_one_of_another_author_are_not_judged(self, judge, row):
        assert judge(row).judged == 0


class TestDisputeNotNoted:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            errors = records("corrections", "\n".join(["disputed yes_no | note", *rows]))
            return dispute_not_noted(errors, disputed="disputed", note="note")

        return of

    def test_a_note_passes(self, judge):
        result = judge("yes | not accepted")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["yes | ", " | "])
    def test_no_note_of_what_is_or_may_be_disputed_invalid(self, judge, row):
        assert judge("yes | noted", row).found == (Violation("corrections", 2, "note", rule="dispute_not_noted"),)

    def test_what_nobody_disputes_needs_no_note(self, judge):
        assert judge("no | ").judged == 0


class TestNotQualityChecked:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            items = records("materials", "material_id | kind\none | transcript\ntwo | survey")
            checks = records("quality_checks", "\n".join(["checked_item | checked_on date", *rows]))
            return not_quality_checked(items, checks, item="material_id", only=only)

        return of

    def test_a_check_on_any_day_passes(self, judge):
        result = judge("one | 2020-02-03", "two | 2023-02-03", "two | 2023-02-04")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("row", ["two | ", "three | 2020-02-03", " | 2020-02-03"])
    def test_no_check_or_one_without_a_day_invalid(self, judge, row):
        assert judge("one | 2020-02-03", row).found == (
            Violation("materials", 2, absent_from="quality_checks", rule="not_quality_checked"),
        )

    def test_only_leaves_other_kinds_out(self, judge):
        result = judge("one | 2020-02-03", only={"kind": ["transcript"]})

        assert (result.found, result.judged) == ((), 1)


class TestNotPeerReviewed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            reports = records("written_reports", "\n".join(["published_on date | reviewed_on date", *rows]))
            return not_peer_reviewed(reports, reviewed="reviewed_on", due="published_on")

        return of

    @pytest.mark.parametrize("day", ["2020-02-01", "2020-02-03", "2020-03-03"])
    def test_a_review_before_or_after_passes(self, judge, day):
        result = judge(f"2020-02-03 | {day}")

        assert (result.found, result.judged) == ((), 1)

    def test_no_review_invalid(self, judge):
        assert judge("2020-02-03 | 2020-02-03", "2020-02-03 | ").found == (
            Violation("written_reports", 2, "reviewed_on", rule="not_peer_reviewed"),
        )

    def test_a_report_that_is_not_due_needs_none(self, judge):
        assert judge(" | ").judged == 0
