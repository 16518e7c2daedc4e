"""What is done about errors: who was told of them, and who looked over data, analyses and reports."""

from __future__ import annotations

import pytest

from dpia_checks.checks.accuracy import (
    author_not_told,
    checked_by_its_author,
    checked_by_nobody_else,
    dispute_not_noted,
    not_peer_reviewed,
    not_quality_checked,
    released_unwritten,
    reviewed_after_publication,
    told_by_another_person,
)
from dpia_checks.violations import Violation, Violations


class TestAuthorNotTold:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            errors = records(
                "corrections",
                "\n".join(["author | told_party | found_on date | told_on date", *rows]),
                as_of="2023-02-03",
            )
            return author_not_told(errors, author="author", told_party="told_party", found="found_on", told="told_on")

        return of

    @pytest.mark.parametrize("day", ["2020-02-03", "2023-02-03"])
    def test_telling_the_author_on_any_day_passes(self, judge, day):
        result = judge(f"MPS | MPS | 2020-02-03 | {day}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        [
            "MPS | MPS | 2020-02-03 | ",
            "MPS | CRC | 2020-02-03 | 2020-02-03",
            "MPS | | 2020-02-03 | 2020-02-03",
            " | MPS | 2020-02-03 | 2020-02-03",
            " | | 2020-02-03 | 2020-02-03",
            "MPS | MPS | 2020-02-03 | 2020-02-02",
            "MPS | MPS | | 2020-02-03",
            "MPS | MPS | 2020-02-03 | 2023-02-04",
        ],
    )
    def test_telling_nobody_or_somebody_else_or_before_the_error_or_planning_to_invalid(self, judge, row):
        assert judge("CRC | CRC | 2020-02-03 | 2020-02-03", row).found == (
            Violation("corrections", 2, "told_on", rule="author_not_told"),
        )


class TestToldByAnotherPerson:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            drawing = "\n".join(["author | via | told_on date", *rows])
            errors = records("corrections", drawing, as_of="2020-02-03")
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

    @pytest.mark.parametrize("row", ["MPS | | ", "MPS | | 2020-02-04", "CRC | front desk | 2020-02-03"])
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

    @pytest.mark.parametrize("row", ["yes | ", " | ", "yes | tbc", "yes | -"])
    def test_no_note_of_what_is_or_may_be_disputed_invalid(self, judge, row):
        assert judge("yes | noted", row).found == (Violation("corrections", 2, "note", rule="dispute_not_noted"),)

    def test_what_nobody_disputes_needs_no_note(self, judge):
        assert judge("no | ").judged == 0


class TestNotQualityChecked:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None, made="2020-02-03"):
            items = records(
                "materials",
                f"material_id | kind | made_on date\none | transcript | 2020-02-03\ntwo | survey | {made}",
                as_of="2023-02-03",
            )
            checks = records("quality_checks", "\n".join(["checked_item | checked_on date", *rows]), as_of="2023-02-03")
            return not_quality_checked(items, checks, item="material_id", made="made_on", only=only)

        return of

    def test_a_check_on_that_day_or_after_passes(self, judge):
        result = judge("one | 2020-02-03", "two | 2023-02-03", "two | 2020-02-02")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize(
        "row", ["two | ", "three | 2020-02-03", " | 2020-02-03", "two | 2020-02-02", "two | 2023-02-04"]
    )
    def test_no_check_or_one_without_a_day_or_of_before_or_still_to_come_invalid(self, judge, row):
        assert judge("one | 2020-02-03", row).found == (
            Violation("materials", 2, absent_from="quality_checks", rule="not_quality_checked"),
        )

    @pytest.mark.parametrize(("made", "rows"), [("2023-02-03", (2,)), ("2023-02-04", ())])
    def test_an_item_that_is_still_to_be_made_is_not_judged(self, judge, made, rows):
        result = judge("one | 2020-02-03", made=made)

        assert [found.row for found in result.found] == [*rows]
        assert result.judged == 1 + len(rows)

    def test_an_item_of_no_known_day_invalid(self, judge):
        assert judge("one | 2020-02-03", "two | 2020-02-03", made="").found == (
            Violation("materials", 2, absent_from="quality_checks", rule="not_quality_checked"),
        )

    @pytest.mark.parametrize(("day", "found"), [("2020-06-30", 1), ("2020-07-01", 0)])
    def test_of_an_instant_the_day_in_london_counts(self, records, day, found):
        items = records("analyses", "analysis_id | began instant\none | 2020-06-30T23:30+00:00")
        checks = records("quality_checks", f"checked_item | checked_on date\none | {day}")

        assert len(not_quality_checked(items, checks, item="analysis_id", made="began").found) == found

    def test_only_leaves_other_kinds_out(self, judge):
        result = judge("one | 2020-02-03", only={"kind": ["transcript"]})

        assert (result.found, result.judged) == ((), 1)


class TestCheckedByNobodyElse:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            header = "checked_item | checked_on date | checked_by | made_by"
            checks = records("quality_checks", "\n".join([header, *rows]), as_of="2020-02-04")
            return checked_by_nobody_else(checks, checker="checked_by", maker="made_by")

        return of

    def test_one_check_by_somebody_else_passes(self, judge):
        result = judge("one | 2020-02-03 | ann | ann", "one | 2020-02-04 | ben | ann")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize(
        "row", ["two | 2020-02-03 | ann | ann", "two | 2020-02-03 | | ann", "two | 2020-02-03 | ben | "]
    )
    def test_a_check_by_the_maker_or_by_nobody_known_invalid(self, judge, row):
        assert judge("one | 2020-02-03 | ben | ann", row).found == (
            Violation("quality_checks", 2, "checked_by", rule="checked_by_nobody_else"),
        )

    def test_a_check_of_nothing_known_invalid(self, judge):
        assert judge("one | 2020-02-03 | ben | ann", " | 2020-02-03 | ben | ann").found == (
            Violation("quality_checks", 2, "checked_by", rule="checked_by_nobody_else"),
        )

    @pytest.mark.parametrize("day", ["", "2020-02-05"])
    def test_a_line_without_a_day_or_still_to_come_is_left_out_and_heals_nothing(self, judge, day):
        assert judge("one | 2020-02-03 | ann | ann", f"one | {day} | ben | ann") == Violations(
            (Violation("quality_checks", 1, "checked_by", rule="checked_by_nobody_else"),), 1
        )


class TestCheckedByItsAuthor:
    @pytest.fixture
    def judge(self, records):
        def of(author: str, *rows: str):
            items = records("written_reports", f"id | author\none | {author}\nunchecked | ann")
            header = "checked_item | checked_on date | checked_by"
            checks = records("quality_checks", "\n".join([header, *rows]), as_of="2020-02-04")
            return checked_by_its_author(items, checks, item="id", author="author", checker="checked_by")

        return of

    def test_one_check_by_somebody_else_is_enough(self, judge):
        result = judge("ann", "one | 2020-02-03 | ann", "one | 2020-02-04 | ben", "one | 2020-02-04 | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(("author", "checker"), [("ann", "ann"), ("", "ben"), ("ann", ""), ("", "")])
    def test_a_check_by_the_author_or_by_nobody_known_invalid(self, judge, author, checker):
        assert judge(author, f"one | 2020-02-03 | {checker}").found == (
            Violation("written_reports", 1, "author", rule="checked_by_its_author"),
        )

    @pytest.mark.parametrize("day", ["", "2020-02-05"])
    def test_a_check_without_a_day_or_still_to_come_heals_nothing(self, judge, day):
        assert len(judge("ann", "one | 2020-02-03 | ann", f"one | {day} | ben")) == 1

    @pytest.mark.parametrize("row", ["other | 2020-02-03 | ann", "one |  | ann"])
    def test_an_item_that_no_check_is_about_is_not_judged(self, judge, row):
        result = judge("ann", row)

        assert (result.found, result.judged) == ((), 0)


class TestReleasedUnwritten:
    @pytest.fixture
    def judge(self, records):
        def of(report: str, *written: str):
            reports = records("reports", f"id | on date | audience\n{report}", as_of="2020-06-30")
            lines = records("written_reports", "\n".join(["name | published date", *written]))
            return released_unwritten(
                reports,
                lines,
                report="id",
                released="on",
                name="name",
                ready="published",
                only={"audience": ["public"]},
            )

        return of

    @pytest.mark.parametrize("day", ["2020-02-04", "2020-02-03"])
    def test_a_line_published_by_the_day_of_the_release_is_enough(self, judge, day):
        result = judge("R1 | 2020-02-04 | public", "R1 | 2020-02-05", f"R1 | {day}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("line", ["R1 | 2020-02-05", "R1 | ", "R2 | 2020-02-04", " | 2020-02-04"])
    def test_no_line_or_one_published_later_invalid(self, judge, line):
        assert judge("R1 | 2020-02-04 | public", line).found == (
            Violation("reports", 1, absent_from="written_reports", rule="released_unwritten"),
        )

    def test_nobody_wrote_down_which_report_it_is_invalid(self, judge):
        assert judge(" | 2020-02-04 | public", " | 2020-02-04").found == (
            Violation("reports", 1, absent_from="written_reports", rule="released_unwritten"),
        )

    @pytest.mark.parametrize(("day", "judged"), [("2020-06-30", 1), ("2020-07-01", 0), ("", 1)])
    def test_what_is_still_to_be_released_is_not_judged(self, judge, day, judged):
        result = judge(f"R1 | {day} | public", "R2 | 2020-02-04")

        assert (len(result), result.judged) == (judged, judged)

    @pytest.mark.parametrize(("audience", "judged"), [("public", 1), ("", 1), ("partner", 0)])
    def test_only_leaves_other_audiences_out(self, judge, audience, judged):
        assert judge(f"R1 | 2020-02-04 | {audience}", "R2 | 2020-02-04").judged == judged


class TestNotPeerReviewed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, due: str = "published_on"):
            header = "published_on date | reviewed_on date | written_on date | by | reviewer"
            reports = records("written_reports", "\n".join([header, *rows]), as_of="2020-03-03")
            return not_peer_reviewed(
                reports, reviewed="reviewed_on", due=due, written="written_on", author="by", reviewer="reviewer"
            )

        return of

    @pytest.mark.parametrize("day", ["2020-02-01", "2020-02-03", "2020-03-03"])
    def test_a_review_before_or_after_passes(self, judge, day):
        result = judge(f"2020-02-03 | {day} | 2020-02-01 | ann | ben")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        [
            "2020-02-03 | | 2020-02-01 | ann | ben",
            "2020-02-03 | 2020-03-04 | 2020-02-01 | ann | ben",
            "2020-03-03 | | 2020-02-01 | ann | ben",
            "2020-02-03 | 2020-01-31 | 2020-02-01 | ann | ben",
            "2020-02-03 | 2020-02-03 | | ann | ben",
            "2020-02-03 | 2020-02-03 | 2020-02-01 | ann | ann",
            "2020-02-03 | 2020-02-03 | 2020-02-01 | | ben",
            "2020-02-03 | 2020-02-03 | 2020-02-01 | ann | ",
        ],
    )
    def test_no_review_of_the_report_by_a_peer_invalid(self, judge, row):
        assert judge("2020-02-03 | 2020-02-03 | 2020-02-01 | ann | ben", row).found == (
            Violation("written_reports", 2, "reviewed_on", rule="not_peer_reviewed"),
        )

    @pytest.mark.parametrize("due", ["published_on", "written_on"])
    def test_a_report_that_is_not_due_needs_none(self, judge, due):
        assert judge(" | | | ann | ben", "2020-03-04 | | 2020-03-04 | ann | ben", due=due).judged == 0


class TestReviewedAfterPublication:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            reports = records(
                "written_reports", "\n".join(["published_on date | reviewed_on date", *rows]), as_of="2020-02-05"
            )
            return reviewed_after_publication(reports, reviewed="reviewed_on", published="published_on")

        return of

    @pytest.mark.parametrize("day", ["2020-02-02", "2020-02-03"])
    def test_a_review_before_or_on_the_day_passes(self, judge, day):
        result = judge(f"2020-02-03 | {day}")

        assert (result.found, result.judged) == ((), 1)

    def test_a_review_on_the_day_after_invalid(self, judge):
        assert judge("2020-02-03 | 2020-02-03", "2020-02-05 | 2020-02-06").found == (
            Violation("written_reports", 2, "reviewed_on", rule="reviewed_after_publication"),
        )

    @pytest.mark.parametrize("row", [" | 2020-02-03", "2020-02-03 | ", " | ", "2020-02-06 | 2020-02-07"])
    def test_a_report_that_lacks_either_is_left_out(self, judge, row):
        assert judge(row).judged == 0
