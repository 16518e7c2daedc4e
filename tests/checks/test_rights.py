"""What the checks of a log of requests find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.rights import (
    answered_after_months,
    answered_after_working_days,
    done_after_working_days,
    handled_elsewhere,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation


@pytest.fixture
def log(drawn):
    def make(header: str, *rows: str) -> Records:
        return Records(*drawn("requests", "\n".join([header, *rows])), as_of="2020-06-30")

    return make


class TestHandledElsewhere:
    @pytest.fixture
    def judge(self, log):
        def of(*rows: str, only=None):
            requests = log("about | to | received date | role", *rows)
            by = {"police data": "police", "probation data": "probation"}
            return handled_elsewhere(requests, handled="to", of="about", by=by, received="received", only=only)

        return of

    @pytest.mark.parametrize(
        "row",
        ["police data | police | 2020-01-01 | x", "probation data | probation | | x", "police data | | 2020-06-30 | x"],
    )
    def test_the_promised_place_or_a_request_of_the_day_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        [
            "police data | probation | 2020-01-01 | x",
            "police data | | 2020-06-29 | x",
            "police data | | | x",
            " | police | 2020-01-01 | x",
        ],
    )
    def test_another_place_or_none_invalid(self, judge, row):
        result = judge("police data | police | 2020-01-01 | x", row)

        assert result.found == (Violation("requests", 2, "to", rule="handled_elsewhere"),)

    def test_data_that_the_promise_does_not_cover_is_not_judged(self, judge):
        assert judge("own data | nobody | 2020-01-01 | x").judged == 0

    @pytest.mark.parametrize(
        ("row", "passes"),
        [
            ("police data | | 2020-01-01 | police", True),
            ("police data | | 2020-01-01 | probation", False),
            ("police data | | 2020-01-01 |", False),
            ("police data | probation | 2020-01-01 | police", False),
            ("police data | police | 2020-01-01 | probation", True),
            (" | | 2020-01-01 | police", False),
        ],
    )
    def test_what_came_to_the_right_place_is_not_passed_on(self, log, row, passes):
        requests = log("about | to | received date | came", row)

        result = handled_elsewhere(
            requests, handled="to", of="about", by={"police data": "police"}, received="received", already="came"
        )

        found = () if passes else (Violation("requests", 1, "to", rule="handled_elsewhere"),)
        assert (result.found, result.judged) == (found, 1)

    @pytest.mark.parametrize(
        ("row", "passes"),
        [
            ("police data | | 2020-05-29 | ", False),
            ("police data | | 2020-05-30 | ", True),
            ("police data | | 2020-06-29 | ", True),
            ("police data | | 2020-06-30 | ", True),
            (" | | 2020-06-29 | ", True),
            ("police data | | | ", False),
            ("police data | | 2020-06-29 | 2020-06-30", False),
            ("police data | | 2020-06-30 | 2020-06-30", False),
            ("police data | probation | 2020-06-29 | ", False),
            ("police data | police | 2020-01-01 | ", True),
        ],
    )
    def test_with_months_one_that_nobody_answered_may_be_with_nobody_until_they_have_passed(self, log, row, passes):
        requests = log("about | to | received date | answered date", row)

        result = handled_elsewhere(
            requests,
            handled="to",
            of="about",
            by={"police data": "police"},
            received="received",
            answered="answered",
            months=1,
        )

        found = () if passes else (Violation("requests", 1, "to", rule="handled_elsewhere"),)
        assert (result.found, result.judged) == (found, 1)

    @pytest.mark.parametrize(
        ("row", "passes"),
        [
            ("police data | | 2020-05-20 | 2020-06-22 | withdrawn", True),
            ("police data | | 2020-05-20 | 2020-06-23 | withdrawn", False),
            ("police data | | 2020-05-20 | 2020-05-20 | withdrawn", True),
            ("police data | | 2020-05-20 | 2020-05-19 | withdrawn", False),
            ("police data | | 2020-05-20 | | withdrawn", False),
            ("police data | | 2020-05-20 | 2020-06-01 | granted", False),
            ("police data | | 2020-05-20 | 2020-06-01 |", False),
            ("police data | | | 2020-06-01 | withdrawn", False),
            ("police data | probation | 2020-05-20 | 2020-06-01 | withdrawn", False),
        ],
    )
    def test_what_was_withdrawn_within_the_months_goes_to_nobody(self, log, row, passes):
        requests = log("about | to | received date | answered date | came", row)

        result = handled_elsewhere(
            requests,
            handled="to",
            of="about",
            by={"police data": "police"},
            received="received",
            answered="answered",
            months=1,
            outcome="came",
        )

        found = () if passes else (Violation("requests", 1, "to", rule="handled_elsewhere"),)
        assert (result.found, result.judged) == (found, 1)

    @pytest.mark.parametrize(
        ("row", "passes"),
        [
            ("police data | police | 2020-01-01 | 2020-02-03 | ", True),
            ("police data | police | 2020-01-01 | 2020-02-04 | ", False),
            ("police data | police | 2020-01-01 | 2020-02-04 | probation", False),
            ("police data | police | 2020-01-01 | 2020-02-04 | police", True),
            ("police data | police | 2020-01-01 | | ", True),
            ("police data | police | | 2020-02-04 | ", True),
            ("police data | probation | 2020-01-01 | 2020-01-02 | police", False),
        ],
    )
    @pytest.mark.parametrize("months", [1, None])
    def test_what_was_handled_after_the_months_was_late(self, log, row, passes, months):
        requests = log("about | to | received date | on date | came | answered date", f"{row} |")

        result = handled_elsewhere(
            requests,
            handled="to",
            of="about",
            by={"police data": "police", "probation data": "probation"},
            received="received",
            answered="answered",
            months=months,
            done="on",
            already="came",
        )

        passes = passes or (months is None and "police | 2020" in row)
        found = () if passes else (Violation("requests", 1, "to", rule="handled_elsewhere"),)
        assert (result.found, result.judged) == (found, 1)

    def test_only_leaves_other_rows_out(self, judge):
        result = judge("police data | nobody | 2020-01-01 | processor", only={"role": ["controller"]})

        assert (result.found, result.judged) == ((), 0)


def filled(row: str) -> str:
    """Return *row* with eight cells, those it leaves out empty."""
    return row + " | " * (7 - row.count("|"))


class TestAnsweredAfterMonths:
    @pytest.fixture
    def judge(self, log):
        def of(*rows: str, only=None):
            return answered_after_months(
                log(
                    "kind | received date | answered date | why | told date | asked date | proven date | by",
                    *map(filled, rows),
                ),
                received="received",
                answered="answered",
                months=1,
                further=2,
                reason="why",
                reasons=["complex", "many"],
                told="told",
                identity_asked="asked",
                identity_confirmed="proven",
                asked_by="by",
                repeated=["many"],
                only=only,
            )

        return of

    @pytest.mark.parametrize(
        "row",
        [
            "a | 2020-01-31 | 2020-03-02 | | ",
            "a | 2019-01-31 | 2019-02-28 | | ",
            "a | 2020-05-30 | | | ",
            "a | 2019-11-29 | 2020-03-02 | complex | 2019-12-30",
            "a | 2019-11-29 | 2020-03-02 | complex | 2019-11-29",
            "a | 2019-11-29 | 2020-06-01 | | | 2019-11-29 | ",
            "a | 2020-01-07 | 2020-01-07 | | ",
            "a | 2019-11-29 | 2020-02-10 | | | 2019-12-30 | 2020-01-10",
            "a | 2019-11-29 | 2020-04-10 | complex | 2020-02-10 | 2019-12-30 | 2020-01-10",
            "a | 2019-11-29 | | | | 2019-12-30 | ",
            "a | 2019-11-29 | 2020-06-01 | | | 2019-12-30 | ",
        ],
    )
    def test_the_last_day_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        [
            "a | 2020-01-31 | 2020-03-03 | | ",
            "a | 2020-05-29 | | | ",
            "a | | 2020-03-03 | | ",
            "a | 2019-11-29 | 2020-03-03 | complex | 2019-12-30",
            "a | 2019-11-29 | 2020-03-02 | complex | 2019-12-31",
            "a | 2019-11-29 | 2020-03-02 | complex | ",
            "a | 2019-11-29 | 2020-03-02 | complex | 2019-11-28",
            "a | 2019-11-29 | 2020-06-01 | | | 2019-11-28 | ",
            "a | 2019-11-29 | 2020-02-10 | | | 2019-11-28 | 2020-01-10",
            "a | 2019-11-29 | 2020-03-02 | | 2019-12-02",
            "a | 2019-11-29 | 2020-03-02 | busy | 2019-12-02",
            "a | 2019-11-29 | 2020-02-11 | | | 2019-12-30 | 2020-01-10",
            "a | 2019-11-29 | 2020-04-10 | complex | 2020-02-11 | 2019-12-30 | 2020-01-10",
            "a | 2019-11-29 | 2020-02-10 | | | 2019-12-31 | 2020-01-10",
            "a | 2019-11-29 | 2020-02-10 | | | | 2020-01-10",
            "a | 2019-11-29 | | | | 2019-12-30 | 2020-01-10",
            "a | | 2020-02-10 | | | 2019-12-30 | 2020-01-10",
            "a | 2020-01-07 | 2020-01-06 | | ",
            "a | 2020-01-07 | 2020-01-06 | | | 2020-01-07 | 2020-01-07",
        ],
    )
    def test_a_day_later_or_an_extension_that_is_none_invalid(self, judge, row):
        result = judge("a | 2020-01-07 | 2020-01-08 | | ", row)

        assert result.found == (Violation("requests", 2, "answered", rule="answered_after_months"),)

    def test_only_leaves_other_rows_out(self, judge):
        assert judge("b | 2020-01-31 | 2020-05-03 | | ", only={"kind": ["a"]}).judged == 0

    def test_many_requests_of_a_person_extend_the_period(self, judge):
        many = "a | 2019-11-29 | 2020-03-02 | many | 2019-12-30 | | | P1"

        result = judge(many, "b | 2020-01-07 | 2020-01-08 | | | | | P1", only={"kind": ["a"]})

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(("person", "other"), [("P1", "P2"), ("P1", ""), ("", "")])
    def test_one_request_of_a_person_is_not_many_invalid(self, judge, person, other):
        many = f"a | 2019-11-29 | 2020-03-02 | many | 2019-12-30 | | | {person}"

        result = judge(many, f"a | 2020-01-07 | 2020-01-08 | | | | | {other}")

        assert result.found == (Violation("requests", 1, "answered", rule="answered_after_months"),)
        assert result.judged == 2

    def test_many_requests_a_day_late_invalid(self, judge):
        late = "a | 2019-11-29 | 2020-03-03 | many | 2019-12-30 | | | P1"

        result = judge("a | 2020-01-07 | 2020-01-08 | | | | | P1", late)

        assert result.found == (Violation("requests", 2, "answered", rule="answered_after_months"),)


class TestDoneAfterWorkingDays:
    @pytest.fixture
    def judge(self, log):
        def of(*rows: str, only=None, **more):
            requests = log("kind | received date | answered date", *rows)
            return done_after_working_days(requests, received="received", done="answered", days=20, only=only, **more)

        return of

    @pytest.mark.parametrize("row", ["a | 2019-10-01 | 2019-10-29", "a | 2020-06-02 | ", "a | 2020-01-01 | 2020-01-01"])
    def test_the_last_day_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["a | 2019-10-01 | 2019-10-30", "a | 2020-06-01 | ", "a | | 2020-01-01"])
    def test_a_day_later_invalid(self, judge, row):
        result = judge("a | 2019-10-01 | 2019-10-29", row)

        assert result.found == (Violation("requests", 2, "answered", rule="done_after_working_days"),)

    @pytest.mark.parametrize("more", [{"follows": True}, {"follows": False}, {}])
    def test_a_day_before_is_in_time_for_what_need_not_follow_alone(self, judge, more):
        result = judge("a | 2019-10-01 | 2019-10-01", "a | 2019-10-01 | 2019-09-30", **more)

        early = Violation("requests", 2, "answered", rule="done_after_working_days")
        assert (result.found, result.judged) == ((early,) if more.get("follows") else (), 2)

    def test_only_leaves_other_rows_out(self, judge):
        assert judge("b | 2019-10-01 | 2020-05-29", only={"kind": ["a"]}).judged == 0

    @pytest.mark.parametrize(
        ("row", "found", "judged"),
        [
            (" | 2019-10-01 | ", 0, 0),
            ("a | 2019-10-01 | ", 1, 1),
            (" | 2019-10-01 | 2020-05-29", 1, 1),
            ("a | 2019-10-01 | 2020-05-29", 1, 1),
        ],
    )
    def test_what_nobody_passed_on_to_anybody_is_not_judged(self, judge, row, found, judged):
        result = judge(row, whom="kind")

        late = Violation("requests", 1, "answered", rule="done_after_working_days")
        assert (result.found, result.judged) == ((late,) * found, judged)


class TestAnsweredAfterWorkingDays:
    @pytest.fixture
    def judge(self, log):
        def of(*rows: str, only=None):
            return answered_after_working_days(
                log(
                    "kind | received date | answered date | why | told date | fee date | paid date", *map(filled, rows)
                ),
                received="received",
                answered="answered",
                days=20,
                reason="why",
                reasons=["public interest"],
                told="told",
                fee_asked="fee",
                fee_paid="paid",
                only=only,
            )

        return of

    def test_an_answer_of_an_earlier_day_is_found_and_its_request_counted_once(self, judge):
        result = judge("a | 2019-10-02 | 2019-10-01", "a | 2019-10-02 | 2019-10-02")

        assert ([violation.row for violation in result.found], result.judged) == ([1], 2)

    @pytest.mark.parametrize(
        "row",
        [
            "a | 2019-10-01 | 2019-10-01",
            "a | 2019-10-01 | 2019-10-29",
            "a | 2020-06-02 | ",
            "a | 2019-10-01 | 2020-06-01 | public interest | 2019-10-29",
            "a | 2019-10-01 | | public interest | 2019-10-29",
            "a | 2019-10-01 | | public interest | 2019-10-01",
            "a | 2019-10-01 | 2020-06-01 | | | 2019-10-01 | ",
            "a | 2019-10-01 | 2019-11-05 | | | 2019-10-07 | 2019-10-11",
            "a | 2019-10-01 | 2019-10-30 | | | 2019-10-29 | 2019-10-29",
            "a | 2019-10-01 | 2020-06-01 | | | 2019-10-29 | ",
            "a | 2019-10-01 | | | | 2019-10-29 | ",
            "a | 2019-10-01 | | | | 2019-10-29 | 2020-06-29",
        ],
    )
    def test_the_last_day_or_what_the_act_gives_longer_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row",
        [
            "a | 2019-10-01 | 2019-10-30",
            "a | 2020-06-01 | ",
            "a | | 2020-01-01",
            "a | | 2020-01-01 | | | 2019-10-07 | ",
            "a | 2019-10-01 | 2020-06-01 | public interest | 2019-10-30",
            "a | 2019-10-01 | 2020-06-01 | public interest | ",
            "a | 2019-10-01 | 2020-06-01 | public interest | 2019-09-30",
            "a | 2019-10-01 | 2020-06-01 | | | 2019-09-30 | ",
            "a | 2019-10-01 | 2020-06-01 | complex | 2019-10-29",
            "a | 2019-10-01 | 2020-06-01 | | 2019-10-29",
            "a | 2019-10-01 | 2019-11-06 | | | 2019-10-07 | 2019-10-11",
            "a | 2019-10-01 | 2019-10-31 | | | 2019-10-29 | 2019-10-29",
            "a | 2019-10-01 | 2019-10-31 | | | 2019-10-30 | 2019-10-30",
            "a | 2019-10-01 | 2020-06-01 | | | 2019-10-30 | ",
            "a | 2019-10-01 | 2019-11-05 | | | | 2019-10-11",
            "a | 2019-10-01 | | | | 2019-10-07 | 2019-10-11",
            "a | 2019-10-01 | 2019-09-30",
            "a | 2019-10-01 | 2019-09-30 | | | 2019-10-07 | 2019-10-11",
        ],
    )
    def test_a_day_later_invalid(self, judge, row):
        result = judge("a | 2019-10-01 | 2019-10-29", row)

        assert result.found == (Violation("requests", 2, "answered", rule="answered_after_working_days"),)

    def test_only_leaves_other_rows_out(self, judge):
        assert judge("b | 2019-10-01 | 2020-05-29", only={"kind": ["a"]}).judged == 0
