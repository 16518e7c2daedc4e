"""What the checks of reviews, changes, consultations, leavers and attestations find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.governance import (
    attested_by_others,
    attested_until,
    change_without_version,
    exit_step_not_considered,
    leaver_not_listed,
    not_attested,
    not_named_in_time,
    not_signed_off,
    on_no_listed_day,
    reviewed_in_another_month,
    reviewed_too_seldom,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation

LOG = (
    "commitment | attested_person | attested_role | attested_on date | valid_until date | need_ended_on date |"
    " signed yes_no | evidence_reference"
)
GOOD = "COM | P01 | officer | 2020-01-01 | 2020-12-31 |  | yes | EV-1"
NEXT = "COM | P01 | officer | 2021-01-01 | 2021-12-31 |  | yes | EV-2"
ISSUED = "V1 | 2020-01-01"


@pytest.fixture
def table(drawn, engine):
    """Draw a table that was taken on a day."""

    def of(name: str, header: str, *rows: str, as_of: str = "2020-06-30") -> Records:
        return Records(*drawn(name, "\n".join([header, *rows])), engine=engine, as_of=as_of)

    return of


class TestNotAttested:
    @pytest.fixture
    def found(self, table):
        """Return what is found in a log, and until when it says that somebody attests."""

        def judged(*lines: str, as_of: str = "2020-06-30", issued: tuple[str, ...] = (ISSUED,), about: str = "COM"):
            log = table("attestations", LOG, *lines, as_of=as_of)
            versions = table("dpia_versions", "version_id | issued_on date", *issued, as_of=as_of)
            result = not_attested(log, versions, commitment=about)
            return result, attested_until(log, commitment=about)

        return judged

    @pytest.mark.parametrize(
        ("as_of", "passes"),
        [("2019-12-31", False), ("2020-01-01", True), ("2020-12-31", True), ("2021-01-01", False)],
    )
    def test_the_first_day_and_the_last_day_count(self, found, as_of, passes):
        result, until = found(GOOD, as_of=as_of)

        assert (result.found == ()) is passes
        assert until == ("2020-12-31" if passes else "")

    @pytest.mark.parametrize(
        ("part", "other"),
        [
            ("P01", ""),
            ("officer", ""),
            ("2020-01-01", ""),
            ("2020-12-31", ""),
            ("yes", ""),
            ("yes", "no"),
            ("EV-1", ""),
        ],
    )
    def test_without_name_role_day_signature_or_evidence_nobody_attested_invalid(self, found, part, other):
        result, until = found(GOOD.replace(part, other))

        assert result.found == (Violation("attestations", 1, "valid_until", rule="not_attested"),)
        assert until == ""

    def test_no_line_at_all_is_missing_from_the_log_invalid(self, found):
        result, _ = found(GOOD, about="OTHER")

        assert (result.found, result.judged) == ((Violation("attestations", rule="not_attested"),), 1)

    def test_lines_beside_the_valid_one_do_no_harm_and_the_latest_day_is_told(self, found):
        result, until = found(GOOD.replace("yes", "no"), GOOD, GOOD.replace("2020-12-31", "2020-09-30"))

        assert (result.found, result.judged) == ((), 3)
        assert until == "2020-12-31"

    def test_each_line_is_told_when_none_is_valid_invalid(self, found):
        result, _ = found(GOOD.replace("yes", "no"), GOOD.replace("EV-1", ""))

        assert [violation.row for violation in result.found] == [1, 2]

    @pytest.mark.parametrize(
        ("ended", "passes"), [("2020-12-30", False), ("2020-12-31", True), ("2021-01-01", True), ("2021-06-30", True)]
    )
    def test_the_next_begins_on_the_day_after_at_the_latest(self, found, ended, passes):
        result, until = found(GOOD.replace("2020-12-31", ended), NEXT, as_of="2021-12-31")

        gap = (Violation("attestations", 2, "attested_on", rule="not_attested"),)
        assert result.found == (() if passes else gap)
        assert until == "2021-12-31"

    @pytest.mark.parametrize(("issued", "passes"), [("2019-12-31", False), ("2020-01-01", True), ("2020-01-02", True)])
    def test_it_is_owed_from_the_day_the_first_version_was_issued(self, found, issued, passes):
        result, _ = found(GOOD, issued=("V2 | 2020-03-01", f"V1 | {issued}"))

        gap = (Violation("attestations", 1, "attested_on", rule="not_attested"),)
        assert result.found == (() if passes else gap)

    def test_a_version_without_a_day_may_be_the_first_invalid(self, found):
        result, _ = found(GOOD, issued=(ISSUED, "V0 | "))

        assert result.found == (Violation("dpia_versions", 2, "issued_on", rule="not_attested"),)

    def test_a_version_without_a_day_is_told_of_an_empty_log_too_invalid(self, found):
        result, _ = found(issued=("V0 | ",))

        assert [violation.table for violation in result.found] == ["dpia_versions", "attestations"]

    @pytest.mark.parametrize(
        ("need_ended", "passes"), [("2019-12-31", False), ("2020-12-31", True), ("2021-01-01", False)]
    )
    def test_nothing_is_owed_after_the_day_on_which_the_need_ended(self, found, need_ended, passes):
        result, _ = found(GOOD.replace("|  |", f"| {need_ended} |"), as_of="2021-06-30")

        gone = (Violation("attestations", 1, "valid_until", rule="not_attested"),)
        assert result.found == (() if passes else gone)

    def test_that_the_need_ended_may_be_said_later(self, found):
        late = NEXT.replace("2021-01-01", "2021-02-01").replace("|  |", "| 2020-11-30 |")

        assert found(GOOD, late, as_of="2021-06-30")[0].found == ()

    def test_a_line_that_begins_on_the_last_day_that_is_owed_closes_no_gap_invalid(self, found):
        late = NEXT.replace("2021-01-01", "2021-02-01").replace("|  |", "| 2021-02-01 |")

        result, _ = found(GOOD, late, as_of="2021-06-30")

        assert result.found == (Violation("attestations", 2, "attested_on", rule="not_attested"),)

    @pytest.mark.parametrize(("part", "other"), [("yes", "no"), ("2020-01-01", "2021-07-01")])
    def test_what_nobody_vouches_for_ends_no_need_invalid(self, found, part, other):
        claim = GOOD.replace("|  |", "| 2020-12-31 |").replace("2020-12-31 | 2020", "2021-12-31 | 2020")

        result, _ = found(GOOD, claim.replace(part, other), as_of="2021-06-30")

        assert [(violation.row, violation.column) for violation in result.found] == [
            (1, "valid_until"),
            (2, "valid_until"),
        ]


class TestAttestedByOthers:
    @pytest.fixture
    def found(self, table):
        """Return what is found of the lines of a log."""

        def judged(*lines: str):
            return attested_by_others(table("attestations", LOG, *lines), commitment="COM", roles=["officer", "lead"])

        return judged

    def test_each_role_that_may_vouch_passes(self, found):
        result = found(GOOD, GOOD.replace("officer", "lead"))

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("role", ["manager", ""])
    def test_another_role_or_none_invalid(self, found, role):
        result = found(GOOD, GOOD.replace("officer", role))

        assert result.found == (Violation("attestations", 2, "attested_role", rule="attested_by_others"),)

    def test_nobody_is_named_invalid(self, found):
        result = found(GOOD, GOOD.replace("P01", "").replace("yes", "no"))

        assert result.found == (Violation("attestations", 2, "attested_person", rule="attested_by_others"),)
        assert result.judged == 2

    def test_a_line_about_another_promise_is_not_judged(self, found):
        result = found(GOOD.replace("COM", "OTHER").replace("officer", "manager").replace("P01", ""))

        assert (result.found, result.judged) == ((), 0)


class TestReviewedInAnotherMonth:
    @pytest.fixture
    def judge(self, table):
        def of(*rows: str, as_of="2021-12-31"):
            log = table("reviews", "stage | held date", *rows, as_of=as_of)
            return reviewed_in_another_month(
                log, held="held", stage="stage", stages=("a", "b"), months=("2020-02", "2020-12")
            )

        return of

    @pytest.mark.parametrize(("a", "b"), [("2020-02-01", "2020-12-01"), ("2020-02-29", "2020-12-31")])
    def test_the_first_and_the_last_day_of_the_month_pass(self, judge, a, b):
        result = judge(f"a | {a}", f"b | {b}")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("b", ["2020-11-30", "2021-01-01", ""])
    def test_the_day_before_and_the_day_after_invalid(self, judge, b):
        expected = Violation("reviews", 2, "held", rule="reviewed_in_another_month")

        result = judge("a | 2020-02-10", f"b | {b}")

        assert (result.found, result.judged) == ((expected,), 2)

    def test_each_stage_is_found_invalid(self, judge):
        assert [violation.row for violation in judge("a | 2020-03-01", "b | 2021-01-01").found] == [1, 2]

    def test_a_stage_without_a_month_is_refused(self, table):
        log = table("reviews", "stage | held date", "a | 2020-02-10")

        with pytest.raises(ValueError, match="zip"):
            reviewed_in_another_month(log, held="held", stage="stage", stages=("a", "b"), months=("2020-02",))

    def test_a_stage_without_a_review_is_missing_from_the_log_invalid(self, judge):
        assert judge("a | 2020-02-10").found == (Violation("reviews", rule="reviewed_in_another_month"),)

    @pytest.mark.parametrize(("as_of", "found"), [("2020-12-31", 0), ("2021-01-01", 1)])
    def test_a_month_that_is_not_over_is_open(self, judge, as_of, found):
        assert len(judge("a | 2020-02-10", as_of=as_of)) == found

    def test_one_of_two_reviews_in_the_month_is_enough(self, judge):
        assert judge("a | 2020-02-10", "a | 2020-07-10", "b | 2020-12-10").found == ()


class TestReviewedTooSeldom:
    @pytest.fixture
    def judge(self, table):
        def of(*held: str, start=("start | 2020-01-31",), ends="2021-06-30", as_of="2022-12-31", other=()):
            other = (" | other", *other)  # the first would be a violation, without a day, if it were judged
            reviews = table("reviews", "held date | doc", *(f"{day} | dpia" for day in held), *other, as_of=as_of)
            milestones = table("milestones", "milestone | reached_on date", *start, f"end | {ends}", as_of=as_of)
            return reviewed_too_seldom(
                reviews, milestones, held="held", months=6, begins="start", ends="end", only={"doc": ["dpia"]}
            )

        return of

    def test_the_last_day_of_the_last_month_is_in_time(self, judge):
        assert judge("2020-07-31", "2021-01-31").found == ()

    def test_a_review_of_nobody_knows_what_follows_no_other_invalid(self, judge):
        expected = Violation("reviews", 1, absent_from="reviews", rule="reviewed_too_seldom")

        result = judge("2020-07-31", "2021-03-31", other=("2021-01-31 |",), ends="2021-06-30")

        assert (result.found, result.judged) == ((expected,), 4)

    def test_the_first_review_a_day_late_invalid(self, judge):
        expected = Violation("milestones", 1, absent_from="reviews", rule="reviewed_too_seldom")

        assert judge("2020-08-01", "2021-01-31").found == (expected,)

    def test_the_second_review_a_day_late_invalid(self, judge):
        expected = Violation("reviews", 1, absent_from="reviews", rule="reviewed_too_seldom")

        assert judge("2020-07-31", "2021-02-01").found == (expected,)

    @pytest.mark.parametrize(("ends", "found"), [("2021-07-31", 0), ("2021-08-01", 1), ("", 1)])
    def test_the_end_follows_the_last_review(self, judge, ends, found):
        assert len(judge("2020-07-31", "2021-01-31", ends=ends)) == found

    @pytest.mark.parametrize(("as_of", "found"), [("2021-07-31", 0), ("2021-08-01", 1)])
    def test_what_has_not_passed_when_the_log_was_taken_is_open(self, judge, as_of, found):
        assert len(judge("2020-07-31", "2021-01-31", ends="", as_of=as_of)) == found

    @pytest.mark.parametrize(("as_of", "found"), [("2020-07-31", 0), ("2020-08-01", 1)])
    def test_the_first_review_may_still_come_when_the_log_was_taken(self, judge, as_of, found):
        assert len(judge(as_of=as_of)) == found

    def test_a_review_after_the_end_is_not_judged(self, judge):
        assert judge("2020-07-31", "2021-01-31", "2021-07-01").found == ()

    def test_a_review_without_a_day_invalid(self, judge):
        assert len(judge("2020-07-31", "2021-01-31", "")) == 1

    @pytest.mark.parametrize(("ends", "as_of"), [("2021-06-30", "2021-06-29"), ("", "2022-12-31")])
    def test_a_beginning_that_is_not_listed_may_be_still_to_come(self, judge, ends, as_of):
        result = judge("2020-07-31", start=(), ends=ends, as_of=as_of)

        assert (result.found, result.judged) == ((), 0)

    def test_a_beginning_that_is_not_listed_once_the_end_was_reached_invalid(self, judge):
        result = judge("2020-07-31", start=(), as_of="2021-06-30")

        assert (result.found, result.judged) == ((Violation("milestones", rule="reviewed_too_seldom"),), 1)


class TestChangeWithoutVersion:
    @pytest.fixture
    def judge(self, table):
        def of(change: str, version: str = "V2 | 2020-02-01"):
            changes = table("changes", "kind | on date | by", change)
            versions = table("versions", "version_id | issued_on date", "V1 | 2019-01-01", version)
            return change_without_version(changes, versions, decided="on", covered_by="by", only={"kind": ["new"]})

        return of

    @pytest.mark.parametrize("on", ["2020-02-01", "2020-01-31", "2019-01-01"])
    def test_a_version_of_the_day_or_later_covers(self, judge, on):
        assert judge(f"new | {on} | V2").found == ()

    @pytest.mark.parametrize(
        "change", ["new | 2020-02-02 | V2", "new | 2020-01-01 |", "new | | V2", "| 2020-01-01 | V9"]
    )
    def test_an_earlier_version_or_none_invalid(self, judge, change):
        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")

        assert judge(change).found == (expected,)

    def test_a_version_that_is_to_be_issued_invalid(self, judge):
        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")

        assert judge("new | 2020-01-01 | V2", "V2 | 2020-06-30").found == ()
        assert judge("new | 2020-01-01 | V2", "V2 | 2020-07-01").found == (expected,)

    def test_a_version_that_was_not_issued_invalid(self, judge):
        assert len(judge("new | 2020-01-01 | V2", "V2 |")) == 1

    def test_another_kind_is_not_judged(self, judge):
        assert judge("old | 2020-02-02 | V2").judged == 0

    @pytest.mark.parametrize(("on", "found"), [("2020-01-02", 0), ("2020-01-01", 1), ("2019-01-01", 1), ("", 1)])
    def test_the_last_of_the_days_is_in_time(self, table, on, found):
        """The version is issued on 1 February, thirty days after the second of January."""
        changes = table("changes", "on date | by", f"{on} | V2")
        versions = table("versions", "version_id | issued_on date", "V2 | 2020-02-01")

        result = change_without_version(changes, versions, decided="on", covered_by="by", days=30)

        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")
        assert (result.found, result.judged) == ((expected,) * found, 1)

    @pytest.mark.parametrize(
        ("days", "on", "found"),
        [
            (None, "2020-07-01", 0),
            (None, "2020-06-30", 0),
            (None, "2020-06-29", 1),
            (30, "2020-05-31", 0),
            (30, "2020-05-30", 1),
            (30, "", 1),
            (None, "", 1),
        ],
    )
    def test_a_version_may_still_come_when_the_register_was_taken(self, table, days, on, found):
        changes = table("changes", "on date | by", f"{on} | V3")
        versions = table("versions", "version_id | issued_on date", "V2 | 2020-02-01")

        result = change_without_version(changes, versions, decided="on", covered_by="by", days=days)

        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")
        assert (result.found, result.judged) == ((expected,) * found, 1)

    @pytest.mark.parametrize(
        ("on", "concluded", "found"),
        [
            ("2020-03-29", "", 1),
            ("2020-03-30", "", 0),
            ("2020-06-29", "", 0),
            ("", "", 1),
            ("2020-06-28", "2020-06-29", 1),
            ("2020-06-29", "2020-06-29", 0),
            ("2020-06-28", "2020-06-30", 0),
            ("2020-06-28", "2020-07-01", 0),
            ("2020-03-29", "2019-12-31", 1),
            ("2020-03-30", "2019-12-31", 0),
        ],
    )
    @pytest.mark.parametrize("by", ["", "V3"])
    def test_with_months_one_is_open_until_they_have_passed_or_the_evaluation_has_concluded(
        self, table, on, concluded, by, found
    ):
        result = change_without_version(
            table("changes", "on date | by", f"{on} | {by}"),
            table("versions", "version_id | issued_on date", "V2 | 2020-02-01", "V3 | "),
            table("reviews", "review | review_concluded_on date", f"R1 | {concluded}"),
            decided="on",
            covered_by="by",
            months=3,
        )

        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")
        assert (result.found, result.judged) == ((expected,) * found, 1)

    @pytest.mark.parametrize(("issued", "found"), [("2020-06-28", 1), ("2020-06-29", 0), ("2020-07-01", 0)])
    def test_an_earlier_version_covers_nothing_however_much_time_is_left(self, table, issued, found):
        result = change_without_version(
            table("changes", "on date | by", "2020-06-29 | V3"),
            table("versions", "version_id | issued_on date", f"V3 | {issued}"),
            decided="on",
            covered_by="by",
            months=3,
        )

        expected = Violation("changes", 1, absent_from="versions", rule="change_without_version")
        assert (result.found, result.judged) == ((expected,) * found, 1)

    def test_one_line_of_a_version_that_covers_will_do(self, table):
        result = change_without_version(
            table("changes", "on date | by", "2020-06-29 | V3"),
            table("versions", "version_id | issued_on date", "V3 | 2020-06-28", "V3 | 2020-06-29"),
            decided="on",
            covered_by="by",
            months=3,
        )

        assert (result.found, result.judged) == ((), 1)


class TestNotNamedInTime:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, concluded: str = "", only=None):
            lines = "who | since date | named date\na | 2019-01-01 | 2019-02-01"
            work = records("work", f"{lines}\n{row}", as_of="2020-06-30")
            reviews = records("reviews", f"review_id | review_concluded_on date\nR | {concluded}", as_of="2020-06-30")
            return not_named_in_time(work, reviews, named="named", since="since", months=6, only=only)

        return of

    @pytest.mark.parametrize("row", ["b | 2019-12-29 | ", "b | 2019-01-01 | 2020-07-01", "b |  | "])
    def test_what_nothing_named_when_the_months_had_passed_invalid(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((Violation("work", 2, "named", rule="not_named_in_time"),), 2)

    @pytest.mark.parametrize("row", ["b | 2019-12-30 | ", "b | 2020-07-01 | ", "b | 2019-01-01 | 2020-06-30"])
    def test_what_was_named_or_is_still_in_time_passes(self, judge, row):
        assert judge(row).found == ()

    @pytest.mark.parametrize(
        ("since", "concluded", "found"),
        [
            ("2020-05-31", "2020-06-01", 1),
            ("2020-06-01", "2020-06-01", 0),
            ("2020-05-31", "2020-06-30", 0),
            ("2020-05-31", "2020-07-01", 0),
        ],
    )
    def test_once_the_evaluation_had_concluded_nothing_names_what_came_before(self, judge, since, concluded, found):
        assert len(judge(f"b | {since} | ", concluded)) == found

    def test_only_leaves_other_lines_out(self, judge):
        assert judge("b | 2019-01-01 | ", only={"who": ["a"]}).judged == 1


class TestOnNoListedDay:
    @pytest.fixture
    def judge(self, table):
        def of(*shown: str, held: tuple[str, ...] = ("2020-03-31", "2020-06-30"), only=None):
            plans = table("plans", "id | shown date", *(f"a | {day}" for day in shown))
            boards = table("boards", "id | held date", *(f"b | {day}" for day in held))
            return on_no_listed_day(plans, boards, day="shown", listed_on="held", only=only)

        return of

    def test_a_day_on_which_the_board_met_passes_for_any_number_of_plans(self, judge):
        result = judge("2020-03-31", "2020-03-31", "2020-06-30")

        assert (result.found, result.judged) == ((), 3)

    @pytest.mark.parametrize("day", ["2020-03-30", "2020-04-01"])
    def test_another_day_invalid(self, judge, day):
        expected = Violation("plans", 2, "shown", absent_from="boards", rule="on_no_listed_day")

        assert judge("2020-03-31", day).found == (expected,)

    @pytest.mark.parametrize(("held", "day"), [("", "2020-04-01"), ("2020-07-01", "2020-07-01")])
    def test_a_meeting_without_a_day_that_has_come_was_not_held_invalid(self, judge, held, day):
        assert judge(day, held=(held,)).found == (
            Violation("plans", 1, "shown", absent_from="boards", rule="on_no_listed_day"),
        )

    def test_a_plan_without_a_day_is_not_judged(self, judge):
        result = judge("")

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize(("id", "judged"), [("a", 1), ("c", 0)])
    def test_only_leaves_other_lines_out(self, judge, id, judged):
        assert judge("2020-03-30", only={"id": [id]}).judged == judged


class TestNotSignedOff:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, issued: str = "2020-01-01"):
            drawing = f"issued_on date | on date | role\n2019-01-01 | 2019-01-01 | officer\n{issued} | {row}"
            versions = records("versions", drawing, as_of="2020-06-30")
            return not_signed_off(versions, signed="on", role="role", roles=["officer"])

        return of

    @pytest.mark.parametrize("day", ["2020-01-01", "2020-06-30"])
    def test_a_day_and_the_right_role_make_a_signature(self, judge, day):
        result = judge(f"{day} | officer")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("row", ["| officer", "2020-07-01 | officer", "2020-01-01 | other", "2020-01-01 |"])
    def test_without_a_day_or_the_right_role_it_is_none_invalid(self, judge, row):
        assert judge(row).found == (Violation("versions", 2, "on", rule="not_signed_off"),)

    @pytest.mark.parametrize(
        ("issued", "rows", "judged"), [("2020-07-01", [], 1), ("2020-06-30", [2], 2), ("", [2], 2)]
    )
    def test_a_version_that_is_still_to_be_issued_owes_none(self, judge, issued, rows, judged):
        result = judge(" | ", issued)

        assert result.found == tuple(Violation("versions", row, "on", rule="not_signed_off") for row in rows)
        assert result.judged == judged

    @pytest.mark.parametrize(
        ("signed", "issued", "rows"),
        [
            ("2018-12-31", "2020-01-01", [2]),
            ("2019-01-01", "2020-01-01", []),
            ("2018-12-31", "2019-01-01", []),
            ("2018-12-31", "2018-12-31", []),
            ("2018-12-31", "", []),
        ],
    )
    def test_what_was_signed_before_an_earlier_version_came_was_another(self, judge, signed, issued, rows):
        result = judge(f"{signed} | officer", issued)

        assert result.found == tuple(Violation("versions", row, "on", rule="not_signed_off") for row in rows)
        assert result.judged == 2


class TestExitStepNotConsidered:
    @pytest.fixture
    def judge(self, table):
        def of(leaver: str, *steps: str):
            leavers = table("leavers", "leaver_id | last date", leaver)
            lines = table("steps", "step_leaver | step | considered_on date", *steps)
            return exit_step_not_considered(leavers, lines, last_day="last", promised=("keys", "talk"))

        return of

    def test_each_step_with_a_day_passes(self, judge):
        assert judge("L1 | 2020-01-01", "L1 | keys | 2020-01-01", "L1 | talk | 2020-02-01").found == ()

    @pytest.mark.parametrize(
        "line",
        ["L2 | talk | 2020-01-01", "L1 | talk |", "| talk | 2020-01-01", "L1 | | 2020-01-01", "L1 | talk | 2020-07-01"],
    )
    def test_a_step_that_is_not_there_invalid(self, judge, line):
        expected = Violation("leavers", 1, absent_from="steps", rule="exit_step_not_considered")

        result = judge("L1 | 2020-01-01", "L1 | keys | 2020-01-01", line)

        assert (result.found, result.judged) == ((expected,), 1)

    @pytest.mark.parametrize(("last", "found"), [("2020-06-29", 2), ("2020-06-30", 0), ("2020-07-01", 0), ("", 2)])
    def test_whoever_has_not_left_owes_nothing(self, judge, last, found):
        assert len(judge(f"L1 | {last}", "L2 | keys | 2020-01-01")) == found


class TestLeaverNotListed:
    @pytest.fixture
    def judge(self, table):
        def of(person: str, *leavers: str):
            staff = table("staff", "person_id | team | left_on date", person)
            return leaver_not_listed(
                staff, table("leavers", "leaving_person | last_day date", *leavers), teams=("ours",)
            )

        return of

    def test_whoever_left_and_is_listed_passes(self, judge):
        result = judge("ann | ours | 2020-06-29", "ann | 2020-06-29")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("person", ["ann | ours | 2020-06-29", "ann | | 2020-06-29"])
    def test_whoever_left_and_is_not_listed_invalid(self, judge, person):
        expected = Violation("staff", 1, absent_from="leavers", rule="leaver_not_listed")

        assert judge(person, "bob | 2020-06-29").found == (expected,)

    @pytest.mark.parametrize("day", ["2020-06-28", "2020-06-30"])
    def test_a_line_about_another_last_day_does_not_list_this_one_invalid(self, judge, day):
        expected = Violation("staff", 1, absent_from="leavers", rule="leaver_not_listed")

        assert judge("ann | ours | 2020-06-29", f"ann | {day}", "bob | 2020-06-29").found == (expected,)

    def test_a_line_without_a_day_lists_them(self, judge):
        assert judge("ann | ours | 2020-06-29", "ann | ").found == ()

    @pytest.mark.parametrize("person", ["ann | ours | 2020-06-30", "ann | ours |", "ann | theirs | 2020-06-29"])
    def test_whoever_has_not_left_or_is_of_another_team_is_not_judged(self, judge, person):
        result = judge(person, "bob | 2020-06-29")

        assert (result.found, result.judged) == ((), 0)
