"""What the checks of a log of personal data breaches find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.breach import not_written_down, told_by_another_route, told_late
from dpia_checks.violations import Violation

NOTIFIABLE = {"notifiable": ["yes"]}


class TestToldLate:
    HEADER = "id | notifiable yes_no | found instant | told instant"

    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=NOTIFIABLE, hours=72):
            log = records("breaches", "\n".join([self.HEADER, *rows]))
            return told_late(log, told="told", since="found", hours=hours, of=only)

        return of

    @pytest.mark.parametrize(
        "row",
        [
            "a | yes | 2020-01-08T09:15Z | 2020-01-11T09:15Z",
            "a | yes | 2020-01-08T09:15Z | 2020-01-08T09:15Z",
            "a | yes | 2020-03-27T10:00+00:00 | 2020-03-30T11:00+01:00",
            "a | yes | 2020-10-23T16:30+01:00 | 2020-10-26T15:30+00:00",
        ],
    )
    def test_the_very_end_of_the_last_hour_is_in_time(self, judge, row):
        assert not judge(row)

    @pytest.mark.parametrize(
        "row",
        [
            "a | yes | 2020-01-08T09:15Z | 2020-01-11T09:15:01Z",
            "a | yes | 2020-03-27T10:00+00:00 | 2020-03-30T11:01+01:00",
            "a | yes | 2020-10-23T16:30+01:00 | 2020-10-26T15:31+00:00",
        ],
    )
    def test_past_the_last_hour_is_late_invalid(self, judge, row):
        assert judge(row).found == (Violation("breaches", 1, "told", rule="told_late"),)

    def test_told_before_there_was_anything_to_tell_shows_nothing_invalid(self, judge):
        result = judge(
            "a | yes | 2020-01-08T09:15Z | 2020-01-08T09:15Z",
            "b | yes | 2020-01-08T09:15Z | 2020-01-08T09:14:59Z",
        )

        assert (result.found, result.judged) == ((Violation("breaches", 2, "told", rule="told_late"),), 2)

    def test_the_hours_are_those_given_invalid(self, judge):
        assert judge("a | yes | 2020-01-08T09:15Z | 2020-01-09T09:16Z", hours=24)

    def test_nobody_told_is_late_invalid(self, judge):
        assert judge("a | yes | 2020-01-08T09:15Z | ").found == (Violation("breaches", 1, "told", rule="told_late"),)

    def test_no_instant_to_count_from_is_late_invalid(self, judge):
        assert judge("a | yes | | 2020-01-08T09:15Z").found == (Violation("breaches", 1, "told", rule="told_late"),)

    @pytest.mark.parametrize("notifiable", ["no"])
    def test_a_breach_of_another_kind_is_not_judged(self, judge, notifiable):
        result = judge(f"a | {notifiable} | 2020-01-08T09:15Z | ")

        assert (result.found, result.judged) == ((), 0)

    def test_without_a_kind_every_breach_is_judged_invalid(self, judge):
        assert judge("a | no | 2020-01-08T09:15Z | ", only={}).judged == 1

    def test_names_the_row_in_the_file_and_counts_the_judged(self, judge):
        result = judge(
            "a | no  | 2020-01-08T09:15Z | ",
            "b | yes | 2020-01-08T09:15Z | 2020-01-08T10:15Z",
            "c | yes | 2020-01-08T09:15Z | ",
        )

        assert (result.found, result.judged) == ((Violation("breaches", 3, "told", rule="told_late"),), 2)

    def test_an_empty_log_shows_nothing_either_way(self, judge):
        result = judge()

        assert (result.found, result.judged) == ((), 0)

    def test_an_unreadable_instant_is_a_violation_of_its_own_invalid(self, judge):
        result = judge("a | yes | 2020-01-08T09:15Z | soon")

        assert {violation.rule for violation in result.found} == {"told_late", "unreadable"}

    def test_a_log_without_the_column_is_a_violation_invalid(self, records):
        log = records("breaches", f"{self.HEADER}\na | yes | 2020-01-08T09:15Z | ", lacking=("told",))

        result = told_late(log, told="told", since="found", hours=72, of=NOTIFIABLE)

        assert result.found == (Violation("breaches", column="told", rule="column_missing"),)


class TestToldByAnotherRoute:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            log = records("breaches", "\n".join(["notifiable yes_no | told instant | route", *rows]))
            return told_by_another_route(log, told="told", route="route", permitted=("mailbox",), of=NOTIFIABLE)

        return of

    def test_the_promised_route_passes(self, judge):
        result = judge("yes | 2020-01-08T09:15Z | mailbox")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("route", ["telephone", "Mailbox", ""])
    def test_another_route_or_none_written_down_invalid(self, judge, route):
        result = judge(f"yes | 2020-01-08T09:15Z | {route}")

        assert result.found == (Violation("breaches", 1, "route", rule="told_by_another_route"),)

    @pytest.mark.parametrize("route", ["telephone", ""])
    def test_where_nobody_was_told_there_is_no_route_to_judge(self, judge, route):
        result = judge(f"yes | | {route}")

        assert (result.found, result.judged) == ((), 0)

    def test_a_breach_of_another_kind_is_not_judged(self, judge):
        assert judge("no | 2020-01-08T09:15Z | telephone", "yes | 2020-01-08T09:15Z | mailbox").judged == 1


class TestNotWrittenDown:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only):
            log = records("breaches", "\n".join(["kind | records integer", *rows]))
            return not_written_down(log, what="records", of=only)

        return of

    def test_what_is_filled_passes_whatever_it_says(self, judge):
        result = judge("personal | 0", only={})

        assert (result.found, result.judged) == ((), 1)

    def test_what_is_empty_invalid(self, judge):
        result = judge("personal | 3", "personal | ", only={})

        assert result.found == (Violation("breaches", 2, "records", rule="not_written_down"),)

    @pytest.mark.parametrize("type", ["text", "free_text"])
    def test_a_text_that_says_nothing_is_not_written_down_invalid(self, records, type):
        log = records("breaches", f"id | what {type}\na | none\nb | tbc\nc | -")

        result = not_written_down(log, what="what", of={})

        assert result.found == tuple(Violation("breaches", row, "what", rule="not_written_down") for row in (2, 3))

    def test_a_day_that_is_still_to_come_is_a_plan_invalid(self, records):
        log = records("breaches", "done date\n2020-06-30\n2020-07-01", as_of="2020-06-30")

        result = not_written_down(log, what="done", of={})

        assert result.found == (Violation("breaches", 2, "done", rule="not_written_down"),)

    def test_what_no_one_can_read_is_not_written_down_invalid(self, judge):
        result = judge("personal | many", only={})

        assert {violation.rule for violation in result.found} == {"not_written_down", "unreadable"}

    @pytest.mark.parametrize("kind", ["corporate"])
    def test_a_breach_of_another_kind_is_not_judged(self, judge, kind):
        result = judge(f"{kind} | ", only={"kind": ["personal"]})

        assert (result.found, result.judged) == ((), 0)

    def test_told_before_it_was_found_is_no_telling_invalid(self, records):
        log = records(
            "breaches",
            "found instant | told instant\n"
            "2020-01-08T09:15Z | 2020-01-08T09:15Z\n"
            "2020-01-08T09:15Z | 2020-01-08T09:14:59Z\n"
            " | 2020-01-08T09:15Z",
        )

        result = not_written_down(log, what="told", of={}, since="found")

        assert result.found == (Violation("breaches", 2, "told", rule="not_written_down"),)

    def test_a_day_before_that_on_which_it_was_found_in_london_invalid(self, records):
        log = records(
            "breaches",
            "found instant | done date\n"
            "2020-07-08T22:59Z | 2020-07-08\n"
            "2020-07-08T23:00Z | 2020-07-08\n"
            "2020-07-08T23:00Z | 2020-07-09\n"
            " | 2020-07-09",
        )

        result = not_written_down(log, what="done", of={}, since="found")

        assert (result.found, result.judged) == ((Violation("breaches", 2, "done", rule="not_written_down"),), 4)

    @pytest.mark.parametrize(("day", "rows"), [("2020-06-29", [1]), ("2020-06-30", []), ("2020-07-01", []), ("", [1])])
    def test_what_is_due_on_the_day_of_the_log_or_later_is_open(self, records, day, rows):
        log = records("plans", f"written date | seen date\n{day} | ", as_of="2020-06-30")

        result = not_written_down(log, what="seen", of={}, since="written", due="written")

        assert result.found == tuple(Violation("plans", row, "seen", rule="not_written_down") for row in rows)
        assert result.judged == len(rows)
