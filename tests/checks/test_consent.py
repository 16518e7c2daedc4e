"""Whether a no was honoured, and whether people were asked and told first."""

from __future__ import annotations

import pytest

from dpia_checks.checks.consent import (
    dated_after_withdrawal,
    delivered_after_withdrawal,
    heard_at_another_point,
    kept_after_opting_out,
    listed_after_withdrawal,
    not_asked_first,
    not_told,
    outside_what_was_agreed,
    reported_after_withdrawal,
    used_after_withdrawal,
)
from dpia_checks.violations import Violation


class TestUsedAfterWithdrawal:
    ANALYSES = """
        analysis_id | started_at instant
        early       | 2020-01-15T09:30Z
        late        | 2020-07-15T09:30+01:00
    """

    @pytest.fixture
    def judge(self, records):
        def of(cases: list[str], noes: list[str], analyses: str = self.ANALYSES):
            return used_after_withdrawal(
                records("analysis_cases", "\n".join(["case_id | client_id | analysis_id", *cases])),
                records("analyses", analyses),
                records("withdrawals", "\n".join(["client_id | kind | received_at instant", *noes])),
                person="client_id",
                no="kind",
                kinds=("opt-out",),
            )

        return of

    def test_a_person_who_said_no_to_nothing_may_be_in_every_analysis(self, judge):
        result = judge(["1 | ann | early", "2 | ann | late"], [])

        assert (result.found, result.judged) == ((), 2)

    def test_an_analysis_that_began_before_the_no_may_hold_the_case(self, judge):
        assert not judge(["1 | ann | early"], ["ann | opt-out | 2020-01-15T09:31Z"])

    def test_an_analysis_that_began_in_the_instant_of_the_no_may_hold_the_case(self, judge):
        assert not judge(["1 | ann | late"], ["ann | opt-out | 2020-07-15T08:30Z"])

    def test_an_analysis_that_began_after_the_no_invalid(self, judge):
        result = judge(["1 | ann | early", "2 | ann | late"], ["ann | opt-out | 2020-07-15T08:29:59Z"])

        assert result.found == (Violation("analysis_cases", 2, rule="used_after_withdrawal"),)

    def test_a_no_without_an_instant_counts_from_the_beginning_invalid(self, judge):
        result = judge(["1 | ann | early"], ["ann | opt-out | "])

        assert result.found == (Violation("analysis_cases", 1, rule="used_after_withdrawal"),)

    def test_a_no_of_another_kind_is_not_honoured_here(self, judge):
        assert not judge(["1 | ann | late"], ["ann | objection to contact | 2020-01-01T00:00Z"])

    def test_a_no_of_no_kind_that_is_named_invalid(self, judge):
        assert judge(["1 | ann | late"], ["ann | | 2020-01-01T00:00Z"])

    def test_the_no_of_another_person_takes_nobody_out(self, judge):
        assert not judge(["1 | ann | late"], ["bob | opt-out | 2020-01-01T00:00Z"])

    def test_a_case_of_nobody_passes_as_long_as_nobody_said_no(self, judge):
        assert not judge(["1 | | late"], ["ann | objection to contact | 2020-01-01T00:00Z"])

    def test_a_case_of_nobody_once_somebody_said_no_invalid(self, judge):
        noes = ["ann | opt-out | 2020-01-01T00:00Z", "bob | opt-out | 2020-01-01T00:00Z"]

        result = judge(["1 | | late", "2 | cat | late"], noes)

        named = Violation("analysis_cases", 1, "client_id", rule="used_after_withdrawal")
        assert (result.found, result.judged) == ((named,), 2)

    def test_the_earlier_of_two_noes_counts_and_the_case_is_named_once_invalid(self, judge):
        noes = ["ann | opt-out | 2020-08-01T00:00Z", "ann | opt-out | 2020-01-01T00:00Z", "ann | opt-out | "]

        result = judge(["1 | ann | late"], noes)

        assert result.found == (Violation("analysis_cases", 1, rule="used_after_withdrawal"),)

    def test_judges_each_case(self, judge):
        result = judge(["1 | ann | early", "2 | bob | late", "3 | ann | unheard of", "4 | ann | "], [])

        assert (result.found, result.judged) == ((), 4)

    def test_an_analysis_that_nobody_registered_counts_as_later_invalid(self, judge):
        result = judge(["1 | ann | unheard of", "2 | ann | early"], ["ann | opt-out | 2020-02-03T10:00Z"])

        missing = Violation("analysis_cases", 1, absent_from="analyses", rule="used_after_withdrawal")
        assert (result.found, result.judged) == ((missing,), 2)


class TestNotAskedFirst:
    HEADER = "taking_part | agreed_at instant | began_at instant | opted_out_at instant | used_at instant"

    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, used="", only=None):
            log = records("interviews", "\n".join([self.HEADER, *(f"{row} | {used}" for row in rows)]))
            columns = {"asked": "agreed_at", "began": "began_at", "opted_out": "opted_out_at", "used": "used_at"}
            return not_asked_first(log, **columns, only=only)

        return of

    @pytest.mark.parametrize("agreed", ["2020-02-01T10:00Z", "2020-02-03T10:00Z"])
    def test_agreeing_before_or_in_the_instant_it_begins_passes(self, judge, agreed):
        result = judge(f"client | {agreed} | 2020-02-03T10:00Z | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("cells", ["2020-02-03T10:00Z | ", " | "])
    def test_what_never_began_passes(self, judge, cells):
        assert judge(f"client | {cells} | ").found == ()

    def test_what_was_used_took_place_invalid(self, judge):
        result = judge("client | 2020-02-01T10:00Z | | ", "client | | | ", used="2020-02-04T10:00Z")

        assert result.found == (Violation("interviews", 2, "agreed_at", rule="not_asked_first"),)

    @pytest.mark.parametrize("cells", ["2020-02-03T10:00:01Z | 2020-02-03T10:00Z", " | 2020-02-03T10:00Z"])
    def test_agreeing_later_or_never_invalid(self, judge, cells):
        result = judge("client | 2020-02-01T10:00Z | 2020-02-03T10:00Z | ", f"client | {cells} | ")

        assert result.found == (Violation("interviews", 2, "agreed_at", rule="not_asked_first"),)

    @pytest.mark.parametrize("opted_out", ["2020-02-01T10:00Z", "2020-02-03T09:59Z"])
    def test_taking_it_back_before_it_begins_invalid(self, judge, opted_out):
        result = judge(
            "client | 2020-02-01T10:00Z | 2020-02-03T10:00Z | ",
            f"client | 2020-02-01T10:00Z | 2020-02-03T10:00Z | {opted_out}",
        )

        assert result.found == (Violation("interviews", 2, "agreed_at", rule="not_asked_first"),)

    @pytest.mark.parametrize(
        "cells",
        [
            "2020-02-01T10:00Z | 2020-02-03T10:00Z | 2020-02-03T10:00Z",
            "2020-02-01T10:00Z | 2020-02-03T10:00Z | 2020-02-04T10:00Z",
            "2020-02-01T10:00Z | 2020-02-03T10:00Z | 2020-02-01T09:59Z",
            "2020-02-01T10:00Z | | 2020-02-02T10:00Z",
        ],
    )
    def test_taking_it_back_later_or_changing_ones_mind_passes(self, judge, cells):
        assert judge(f"client | {cells}").found == ()

    def test_without_only_everybody_is_judged_invalid(self, judge):
        assert judge(" | | 2020-02-03T10:00Z | ").judged == 1

    @pytest.mark.parametrize("who", ["family member"])
    def test_only_leaves_other_people_out(self, judge, who):
        result = judge(f"{who} | | 2020-02-03T10:00Z | ", only={"taking_part": ["client", "staff"]})

        assert (result.found, result.judged) == ((), 0)


class TestNotTold:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            log = records("interviews", "\n".join(["taking_part | told_rights yes_no", *rows]))
            return not_told(log, told="told_rights", only=only)

        return of

    def test_a_yes_passes(self, judge):
        result = judge("client | yes")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("told", ["no", ""])
    def test_a_no_or_an_empty_cell_invalid(self, judge, told):
        result = judge("client | yes", f"client | {told}")

        assert result.found == (Violation("interviews", 2, "told_rights", rule="not_told"),)

    @pytest.mark.parametrize("who", ["staff"])
    def test_only_leaves_other_people_out(self, judge, who):
        result = judge(f"{who} | no", only={"taking_part": ["client"]})

        assert (result.found, result.judged) == ((), 0)


class TestKeptAfterOptingOut:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            header = "opted_out_at instant | deleted_at instant | last_used_at instant | identifiable yes_no"
            log = records("interviews", "\n".join([header, *(f"{row} | no" for row in rows)]))
            return kept_after_opting_out(
                log, opted_out="opted_out_at", deleted="deleted_at", used="last_used_at", only=only
            )

        return of

    @pytest.mark.parametrize("used", ["2020-02-01T10:00Z", "2020-02-03T10:00Z", ""])
    def test_deleted_and_not_used_after_the_no_passes(self, judge, used):
        result = judge(f"2020-02-03T10:00Z | 2020-02-04T10:00Z | {used}")

        assert (result.found, result.judged) == ((), 1)

    def test_deleting_a_year_later_passes_when_nothing_used_it(self, judge):
        assert not judge("2020-02-03T10:00Z | 2021-02-03T10:00Z | 2020-02-01T10:00Z")

    def test_used_after_the_no_invalid(self, judge):
        result = judge("2020-02-03T10:00Z | 2020-02-04T10:00Z | 2020-02-03T10:00:01Z")

        assert result.found == (Violation("interviews", 1, "deleted_at", rule="kept_after_opting_out"),)

    def test_never_deleted_invalid(self, judge):
        assert judge("2020-02-03T10:00Z | | 2020-02-01T10:00Z").found == (
            Violation("interviews", 1, "deleted_at", rule="kept_after_opting_out"),
        )

    def test_a_person_who_did_not_opt_out_is_not_judged(self, judge):
        result = judge(" | | 2020-02-01T10:00Z")

        assert (result.found, result.judged) == ((), 0)

    def test_only_leaves_out_what_nobody_could_find_to_delete(self, judge):
        result = judge("2020-02-03T10:00Z | | 2020-02-04T10:00Z", only={"identifiable": ["yes"]})

        assert (result.found, result.judged) == ((), 0)


class TestReportedAfterWithdrawal:
    @pytest.fixture
    def judge(self, records):
        def of(
            taken_out: str,
            reported: str = "2020-08-26",
            received: str = "2020-08-25T10:00+01:00",
            kind: str = "no",
            other: str = "C2",
        ):
            lines = f"C1 | A1 | {taken_out}\n{other} | A1 | \nC1 | | "
            cases = records("cases", f"client | analysis_id | taken_out_on date\n{lines}")
            analyses = records("analyses", f"analysis_id | reported_on date\nA1 | {reported}")
            noes = records("noes", f"client | kind | received_at instant\nC1 | {kind} | {received}")
            return reported_after_withdrawal(cases, analyses, noes, person="client", no="kind", kinds=("no",))

        return of

    @pytest.mark.parametrize("taken_out", ["2020-08-26", "2020-08-25", "2020-01-01"])
    def test_taken_out_by_the_day_of_the_report(self, judge, taken_out):
        result = judge(taken_out)

        assert [v.row for v in result.found] == [3]
        assert result.judged == 3

    @pytest.mark.parametrize("taken_out", ["2020-08-27", ""])
    def test_taken_out_later_or_never_invalid(self, judge, taken_out):
        found = judge(taken_out).found

        assert found[0] == Violation("cases", 1, rule="reported_after_withdrawal")
        assert [v.row for v in found] == [1, 3]

    @pytest.mark.parametrize(
        ("received", "rows"),
        [
            ("2020-08-25T22:59+00:00", [1, 3]),
            ("2020-08-25T23:00+00:00", [3]),
            ("2020-08-27T10:00+01:00", [3]),
            ("", [1, 3]),
        ],
    )
    def test_a_no_counts_from_the_next_day_in_london(self, judge, received, rows):
        assert [v.row for v in judge("", received=received).found] == rows

    def test_what_is_not_reported_yet_passes(self, judge):
        assert [v.row for v in judge("", reported="").found] == [3]
        assert [v.row for v in judge("", reported="", received="").found] == [3]

    def test_another_no_passes(self, judge):
        assert judge("", kind="other").found == ()

    def test_an_analysis_nobody_registered_invalid(self, judge):
        assert judge("2020-08-25").found == (
            Violation("cases", 3, absent_from="analyses", rule="reported_after_withdrawal"),
        )

    def test_a_no_of_no_kind_that_is_named_invalid(self, judge):
        assert [v.row for v in judge("", kind="").found] == [1, 3]

    def test_a_case_of_nobody_once_somebody_said_no_invalid(self, judge):
        named = Violation("cases", 2, "client", rule="reported_after_withdrawal")

        assert named in judge("2020-08-25", other="").found
        assert judge("2020-08-25", other="", kind="another").found == ()


class TestDatedAfterWithdrawal:
    NO = "ann | opt-out | 2020-07-15T22:59Z"

    @pytest.fixture
    def judge(self, records):
        def of(sent: list[str], noes: list[str], names: list[str] | None = None):
            person = "client_id" if names is None else "number"
            known = None if names is None else records("names", "\n".join(["client_id | number", *names]))
            return dated_after_withdrawal(
                records("sent", "\n".join([f"{person} | met_on date | ended_on date", *sent])),
                records("withdrawals", "\n".join(["client_id | kind | received_at instant", *noes])),
                person=person,
                dates=("met_on", "ended_on"),
                no="kind",
                kinds=("opt-out",),
                names=known,
            )

        return of

    def test_what_happened_on_the_day_of_the_no_or_before_passes(self, judge):
        result = judge(["ann | 2020-07-14 | 2020-07-15", "bob | 2020-07-16 | 2020-07-17"], [self.NO])

        assert (result.found, result.judged) == ((), 2)

    def test_each_date_of_the_day_after_invalid(self, judge):
        result = judge(["ann | 2020-07-15 | 2020-07-16", "ann | 2020-07-16 | "], [self.NO])

        assert result.found == (
            Violation("sent", 2, "met_on", rule="dated_after_withdrawal"),
            Violation("sent", 1, "ended_on", rule="dated_after_withdrawal"),
        )

    def test_past_midnight_in_london_is_the_next_day(self, judge):
        assert not judge(["ann | 2020-07-16 | "], ["ann | opt-out | 2020-07-15T23:00Z"])

    def test_a_no_of_no_kind_is_honoured_invalid(self, judge):
        assert judge(["ann | 2020-07-16 | "], ["ann | | 2020-07-15T22:59Z"])
        assert not judge(["ann | 2020-07-16 | "], ["ann | other | 2020-07-15T22:59Z"])

    @pytest.mark.parametrize(
        ("line", "no"), [("ann | | ", NO), ("ann | 2020-07-16 | ", "ann | opt-out | "), (" | 2020-07-16 | ", NO)]
    )
    def test_what_is_not_written_down_is_for_the_list_of_extracts(self, judge, line, no):
        assert not judge([line], [no])

    def test_a_person_whom_the_provider_numbers_in_another_way_invalid(self, judge):
        result = judge(["z1 | 2020-07-16 | ", "z2 | 2020-07-16 | "], [self.NO], ["ann | z1", "bob | z2"])

        assert result.found == (Violation("sent", 1, "met_on", rule="dated_after_withdrawal"),)
        assert result.judged == 2

    @pytest.mark.parametrize("names", [["ann | z1"], ["ann | "], ["bob | ann"]])
    def test_a_number_of_one_sort_is_not_one_of_the_other(self, judge, names):
        assert not judge(["ann | 2020-07-16 | ", " | 2020-07-16 | "], [self.NO], names)


class TestListedAfterWithdrawal:
    @pytest.fixture
    def judge(self, records):
        def of(listed: list[str], noes: list[str], names: list[str] | None = None):
            person = "client_id" if names is None else "number"
            known = None if names is None else records("names", "\n".join(["client_id | number", *names]))
            return listed_after_withdrawal(
                records("listed", "\n".join([f"{person} | listed_on date", *listed])),
                records("withdrawals", "\n".join(["client_id | kind | received_at instant", *noes])),
                person=person,
                on="listed_on",
                no="kind",
                kinds=("opt-out",),
                names=known,
            )

        return of

    NO = "ann | opt-out | 2020-07-15T22:59Z"

    def test_a_list_of_the_day_of_the_no_or_before_passes(self, judge):
        result = judge(["ann | 2020-07-14", "ann | 2020-07-15", "bob | 2020-07-16"], [self.NO])

        assert (result.found, result.judged) == ((), 3)

    def test_a_list_of_the_day_after_invalid(self, judge):
        result = judge(["ann | 2020-07-15", "ann | 2020-07-16"], [self.NO])

        assert result.found == (Violation("listed", 2, rule="listed_after_withdrawal"),)

    def test_past_midnight_in_london_is_the_next_day(self, judge):
        assert not judge(["ann | 2020-07-16"], ["ann | opt-out | 2020-07-15T23:00Z"])

    @pytest.mark.parametrize(
        ("line", "no"),
        [
            ("ann | ", NO),
            ("ann | 2020-07-01", "ann | opt-out | "),
            ("ann | 2020-07-16", "ann | | 2020-07-15T22:59Z"),
        ],
    )
    def test_what_is_not_written_down_counts_against_it_invalid(self, judge, line, no):
        assert judge([line], [no]).found == (Violation("listed", 1, rule="listed_after_withdrawal"),)

    def test_a_no_of_another_kind_passes(self, judge):
        assert not judge(["ann | 2020-07-16"], ["ann | other | 2020-07-15T22:59Z"])

    def test_a_line_of_nobody_once_somebody_said_no_invalid(self, judge):
        assert judge([" | 2020-07-01"], [self.NO]).found == (
            Violation("listed", 1, "client_id", rule="listed_after_withdrawal"),
        )
        assert not judge([" | 2020-07-01"], [])

    def test_a_person_known_by_another_number_invalid(self, judge):
        result = judge(["z1 | 2020-07-16", "z2 | 2020-07-16"], [self.NO], ["ann | z1", "bob | z2", "ann | z1"])

        assert result.found == (Violation("listed", 1, rule="listed_after_withdrawal"),)

    def test_a_number_of_one_sort_is_not_one_of_the_other(self, judge):
        assert not judge(["ann | 2020-07-16"], [self.NO], ["ann | z1"])


class TestHeardAtAnotherPoint:
    @pytest.mark.parametrize(
        ("line", "rows", "judged"),
        [
            ("client | final | 2020-01-01T10:00+00:00", (), 1),
            ("client | first | 2020-01-01T10:00+00:00", (1,), 1),
            ("client | | 2020-01-01T10:00+00:00", (1,), 1),
            ("| first | 2020-01-01T10:00+00:00", (1,), 1),
            ("client | first | ", (), 0),
            ("staff | first | 2020-01-01T10:00+00:00", (), 0),
        ],
    )
    def test_an_interview_at_another_point_invalid(self, records, line, rows, judged):
        log = records("interviews", f"who | held_for | began_at instant\n{line}")

        result = heard_at_another_point(
            log, point="held_for", began="began_at", permitted=("final",), only={"who": ["client"]}
        )

        assert result.found == tuple(
            Violation("interviews", row, "held_for", rule="heard_at_another_point") for row in rows
        )
        assert result.judged == judged


class TestOutsideWhatWasAgreed:
    @pytest.mark.parametrize(
        ("line", "rows", "judged"),
        [
            ("survey | survey | 2020-01-01T10:00Z", [], 1),
            ("interview | survey | 2020-01-01T10:00Z", [1], 1),
            (" | survey | 2020-01-01T10:00Z", [1], 1),
            ("survey | | 2020-01-01T10:00Z", [1], 1),
            (" | | 2020-01-01T10:00Z", [1], 1),
            ("interview | survey | ", [], 0),
        ],
    )
    def test_something_else_than_what_was_agreed_invalid(self, records, line, rows, judged):
        log = records("interviews", f"held | agreed | began instant\n{line}")

        result = outside_what_was_agreed(log, held="held", agreed="agreed", began="began")

        assert result.found == tuple(Violation("interviews", r, "agreed", rule="outside_what_was_agreed") for r in rows)
        assert result.judged == judged


class TestDeliveredAfterWithdrawal:
    @pytest.fixture
    def judge(self, records):
        def of(*noes: str, came: str = "2020-07-02", listed: tuple[str, ...] = ("ann | EX1", "bob | EX1", "ann | EX0")):
            return delivered_after_withdrawal(
                records("extract_cases", "\n".join(["client | extract", *listed])),
                records("deliveries", f"id | received_on date\nEX0 | 2020-01-01\nEX1 | {came}"),
                records("withdrawals", "\n".join(["client | kind | received_at instant", *noes])),
                person="client",
                extract="extract",
                id="id",
                came="received_on",
                no="kind",
                kinds=("opt-out",),
            )

        return of

    @pytest.mark.parametrize("no", ["opt-out | 2020-07-01T22:59Z", " | 2020-06-01T10:00Z"])
    def test_an_extract_of_a_later_day_invalid(self, judge, no):
        result = judge(f"ann | {no}")

        missing = Violation("extract_cases", 1, rule="delivered_after_withdrawal")
        assert (result.found, result.judged) == ((missing,), 3)

    @pytest.mark.parametrize("no", ["opt-out | 2020-07-01T23:00Z", "other | 2020-06-01T10:00Z", "opt-out | "])
    def test_an_extract_of_the_day_in_london_passes_and_what_shows_no_day(self, judge, no):
        assert judge(f"ann | {no}").found == ()

    def test_what_names_no_delivery_with_a_day_is_left_to_the_list(self, judge):
        assert judge("ann | opt-out | 2020-06-01T10:00Z", came="").found == ()
        assert judge("ann | opt-out | 2020-06-01T10:00Z", listed=("ann | EX9", " | EX1", "ann | ")).found == ()
