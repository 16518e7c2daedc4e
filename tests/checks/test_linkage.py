"""Who is compared with whom, from which systems, how often cases come, and what goes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpia_checks.checks.linkage import (
    client_among_controls,
    drawn_from_another_system,
    in_both_groups,
    matched_by_no_listed_field,
    matched_by_special_category,
    quarter_without_supply,
    shared_back,
)
from dpia_checks.violations import Violation


class TestClientAmongControls:
    @pytest.fixture
    def judge(self, records):
        def of(matched: list[str], clients: list[str]):
            return client_among_controls(
                records("matched", "\n".join(["person | arm | matched_on date", *matched])),
                records("clients", "\n".join(["person | since date", *clients])),
                person="person",
                since="since",
            )

        return of

    def test_somebody_who_never_was_a_client_passes(self, judge):
        result = judge(["ann | control | 2021-04-07"], ["bob | 2020-01-01", " | 2020-01-01"])

        assert (result.found, result.judged) == ((), 1)

    def test_somebody_who_becomes_a_client_the_day_after_passes(self, judge):
        assert not judge(["ann | control | 2021-04-07"], ["ann | 2021-04-08"])

    @pytest.mark.parametrize("since", ["2021-04-07", "2019-10-01", ""])
    def test_a_client_on_the_day_before_it_or_on_an_unknown_day_invalid(self, judge, since):
        result = judge(["bob | control | 2021-04-07", "ann | control | 2021-04-07"], [f"ann | {since}"])

        assert result.found == (Violation("matched", 2, rule="client_among_controls"),)

    @pytest.mark.parametrize(
        ("client", "success", "rows"),
        [
            ("ann | | u1", "no", ()),
            ("ann | | u1", "yes", (2,)),
            ("ann | | u1", "", (2,)),
            ("ann | | u2", "no", (2,)),
            ("ann | | ", "no", (2,)),
            ("ann | 2020-01-01 | u1", "no", (2,)),
            ("ann | 2022-01-01 | u1", "no", ()),
        ],
    )
    def test_who_was_turned_away_never_was_a_client(self, records, client, success, rows):
        matched = "person | arm | matched_on date\nbob | control | 2021-04-07\nann | control | 2021-04-07"

        result = client_among_controls(
            records("matched", matched),
            records("clients", f"person | since date | referral_urn\n{client}"),
            records("referrals", f"referral_urn | referral_success yes_no\nu1 | {success}\n | no"),
            person="person",
            since="since",
        )

        assert result.found == tuple(Violation("matched", row, rule="client_among_controls") for row in rows)
        assert result.judged == 2

    def test_the_earlier_of_two_referrals_counts_invalid(self, judge):
        assert len(judge(["ann | control | 2021-04-07"], ["ann | 2022-01-01", "ann | 2020-01-01"])) == 1

    def test_a_matching_without_a_date_invalid(self, judge):
        assert judge(["ann | control | "], ["ann | 2022-01-01"])

    def test_a_person_who_is_not_named_invalid(self, judge):
        result = judge([" | control | 2021-04-07"], ["ann | 2022-01-01"])

        assert result.found == (Violation("matched", 1, "person", rule="client_among_controls"),)

    def test_the_other_group_is_not_judged(self, judge):
        result = judge(["ann | client | 2021-04-07"], ["ann | 2020-01-01"])

        assert (result.found, result.judged) == ((), 0)

    def test_a_client_in_no_group_that_is_named_invalid(self, judge):
        assert len(judge(["ann | | 2021-04-07"], ["ann | 2020-01-01"])) == 1


class TestInBothGroups:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            return in_both_groups(
                records("matched", "\n".join(["person | arm | matched_on date", *rows])), person="person"
            )

        return of

    def test_two_people_on_two_sides_pass(self, judge):
        result = judge("ann | control | 2021-04-07", "bob | client | 2021-04-07", " | client | 2021-04-07")

        assert (result.found, result.judged) == ((), 1)

    def test_somebody_compared_first_and_a_client_later_passes(self, judge):
        assert not judge("ann | control | 2021-04-07", "ann | client | 2021-04-08")

    @pytest.mark.parametrize("day", ["2021-04-07", "2021-04-06", ""])
    def test_somebody_already_matched_as_a_client_invalid(self, judge, day):
        result = judge(f"ann | client | {day}", "ann | control | 2021-04-07")

        assert result.found == (Violation("matched", 2, rule="in_both_groups"),)

    def test_the_same_side_twice_passes(self, judge):
        assert not judge("ann | control | 2021-04-07", "ann | control | 2021-04-07")

    def test_two_people_who_are_not_named_are_not_the_same(self, judge):
        assert not judge(" | control | 2021-04-07", " | client | 2021-04-07")


class TestDrawnFromAnotherSystem:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            table = records("matched", "\n".join(["arm | system", *rows]))
            return drawn_from_another_system(
                table, system="system", permitted=["NPS", "CRC"], only={"arm": ["control"]}
            )

        return of

    def test_a_named_system_passes(self, judge):
        result = judge("control | NPS", "control | CRC")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("system", ["PNC", "nps", ""])
    def test_another_or_none_invalid(self, judge, system):
        result = judge("control | NPS", f"control | {system}")

        assert result.found == (Violation("matched", 2, "system", rule="drawn_from_another_system"),)

    def test_the_other_group_is_not_judged(self, judge):
        assert judge("client | PNC").judged == 0


class TestQuarterWithoutSupply:
    RULE = "quarter_without_supply"

    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, start: str = "start | 2020-01-01", end: str = "end | 2020-06-30", as_of: str = "2022-12-31"):
            lines = "\n".join(["milestone | reached_on date", start, end])
            return quarter_without_supply(
                records("supplies", "\n".join(["holds | on date", *rows]), as_of=as_of),
                records("milestones", lines, as_of=as_of),
                contents="holds",
                promised=["cases"],
                received="on",
                begins="start",
                ends="end",
            )

        return of

    @pytest.mark.parametrize("second", ["2020-01-02", "2020-03-31", "2020-04-01", "2020-06-30"])
    def test_a_next_delivery_in_this_quarter_or_the_next_passes(self, judge, second):
        result = judge("cases | 2020-01-01", f"cases | {second}")

        assert (result.found, result.judged) == ((), 3)

    @pytest.mark.parametrize("second", ["2020-07-01", "2021-01-01"])
    def test_a_quarter_left_out_invalid(self, judge, second):
        result = judge(f"cases | {second}", "cases | 2020-01-01", end=f"end | {second}")

        assert result.found == (Violation("supplies", 2, absent_from="supplies", rule=self.RULE),)

    @pytest.mark.parametrize(("end", "found"), [("2020-06-30", 0), ("2020-07-01", 1), ("", 1)])
    def test_the_last_delivery_is_followed_by_the_end(self, judge, end, found):
        assert len(judge("cases | 2020-01-01", end=f"end | {end}")) == found

    @pytest.mark.parametrize(("as_of", "found"), [("2020-06-30", 0), ("2020-07-01", 1)])
    def test_a_quarter_that_was_open_when_the_log_was_taken_is_not_missed(self, judge, as_of, found):
        assert len(judge("cases | 2020-01-01", end="other | 2020-01-01", as_of=as_of)) == found

    @pytest.mark.parametrize("first", ["2019-10-01", "2020-03-31"])
    def test_the_first_delivery_comes_on_the_day_of_the_beginning_or_in_the_next_quarter(self, judge, first):
        assert not judge(f"cases | {first}", "cases | 2020-04-01", start="start | 2019-10-01", end="end | 2020-03-31")

    @pytest.mark.parametrize(
        "first", ["cases | 2019-09-30", "cases | 2020-04-01", "comparison | 2019-10-02", "cases | "]
    )
    def test_no_first_delivery_in_time_invalid(self, judge, first):
        found = judge("cases | 2020-06-30", first, start="start | 2019-10-01").found

        assert Violation("milestones", 1, absent_from="supplies", rule=self.RULE) in found

    def test_no_delivery_at_all_invalid(self, judge):
        assert judge(end="end | 2020-07-01").found == (
            Violation("milestones", 1, absent_from="supplies", rule=self.RULE),
        )

    def test_a_beginning_without_a_day_invalid(self, judge):
        assert judge("cases | 2020-06-30", start="start | ").found == (
            Violation("milestones", 1, absent_from="supplies", rule=self.RULE),
        )

    @pytest.mark.parametrize(
        ("row", "end", "as_of"),
        [
            ("cases | 2020-06-30", "other | 2020-06-30", "2022-12-31"),
            ("comparison | 2020-06-30", "end | 2020-06-30", "2020-06-30"),
        ],
    )
    def test_a_beginning_that_is_not_listed_once_something_came_or_the_end_was_reached_invalid(
        self, judge, row, end, as_of
    ):
        found = judge(row, start="other | 2020-01-01", end=end, as_of=as_of).found

        assert Violation("milestones", rule=self.RULE) in found

    @pytest.mark.parametrize("end", ["end | 2022-01-01", "end | ", "other | 2020-01-01"])
    def test_a_beginning_that_is_not_listed_may_be_still_to_come(self, judge, end):
        result = judge(start="other | 2020-01-01", end=end, as_of="2021-12-31")

        assert (result.found, result.judged) == ((), 0)

    def test_nothing_is_owed_after_the_end(self, judge):
        assert not judge("cases | 2020-04-01", "cases | 2020-09-30", "cases | 2022-01-01")

    def test_two_on_one_day_do_not_follow_each_other_invalid(self, judge):
        assert len(judge("cases | 2020-01-01", "cases | 2020-01-01", "cases | 2020-07-01", end="end | 2020-07-01")) == 2

    def test_a_delivery_without_a_date_invalid(self, judge):
        result = judge("cases | 2020-01-01", "cases | ")

        assert result.found == (Violation("supplies", 2, "on", rule="quarter_without_supply"),)

    @pytest.mark.parametrize("holds", ["comparison", ""])
    def test_what_is_not_promised_every_quarter_neither_fills_a_gap_nor_makes_one(self, judge, holds):
        assert judge("cases | 2020-01-01", f"{holds} | 2020-04-01", "cases | 2020-07-01", end="end | 2020-07-01")
        assert judge(f"{holds} | 2019-01-01", "cases | 2020-01-01", f"{holds} | ").judged == 2


class TestSharedBack:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, agreed: str | None = None):
            header = "recipient | personal yes_no | released_on date | agreed_on date"
            return shared_back(records("out", "\n".join([header, *rows])), recipients=["police"], agreed=agreed)

        return of

    @pytest.mark.parametrize("row", ["police | no | 2020-01-02 | ", "public | yes | 2020-01-02 | ", " | no | | "])
    def test_totals_and_other_recipients_pass(self, judge, row):
        assert not judge(row)

    @pytest.mark.parametrize("personal", ["yes", ""])
    def test_single_people_invalid(self, judge, personal):
        result = judge("police | no | 2020-01-02 | ", f"police | {personal} | 2020-01-02 | 2020-01-01")

        assert (result.found, result.judged) == ((Violation("out", 2, "recipient", rule="shared_back"),), 2)

    @pytest.mark.parametrize("day", ["2020-01-01", "2020-01-02"])
    def test_an_agreement_by_the_day_of_the_release_is_an_exception(self, judge, day):
        assert not judge(f"police | yes | 2020-01-02 | {day}", agreed="agreed_on")

    @pytest.mark.parametrize("days", ["2020-01-02 | 2020-01-03", "2020-01-02 | ", " | 2020-01-01"])
    def test_a_late_or_missing_agreement_invalid(self, judge, days):
        assert judge(f"police | yes | {days}", agreed="agreed_on")

    def test_a_release_to_nobody_named_invalid(self, judge):
        assert judge(" | yes | 2020-01-02 | ").found == (Violation("out", 1, "recipient", rule="shared_back"),)

    def test_an_agreement_counts_for_nothing_where_there_is_no_exception_invalid(self, judge):
        assert judge("police | yes | 2020-01-02 | 2020-01-01")


class TestMatchedBy:
    @pytest.fixture
    def judge(self, records):
        one, other = records("one", "age | told"), records("other", "ward | faith")
        marks = {"age": ("approved", "", "How old?"), "told": ("presupposed", "", "Told")}
        marks |= {"ward": ("approved", "", "Ward"), "faith": ("approved", "beliefs", "Faith/Belief")}
        for extract in (one, other):
            described = {
                name: replace(column, standing=marks[name][0], special_category=marks[name][1], name=marks[name][2])
                for name, column in extract.table.columns.items()
            }
            extract.table = replace(extract.table, columns=described)

        def of(check, field: str, **terms):
            return check(records("variables", f"id | by\nV1 | age\nV2 | {field}"), one, other, field="by", **terms)

        return of

    @pytest.mark.parametrize("field", ["Age", "how old", "WARD", "faith", "Faith / belief"])
    def test_by_a_listed_field_passes(self, judge, field):
        result = judge(matched_by_no_listed_field, field, standings=["approved"])

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("field", ["told", "shoe size", "age band", "", "?"])
    def test_by_a_field_that_is_not_listed_invalid(self, judge, field):
        result = judge(matched_by_no_listed_field, field, standings=["approved"])

        assert result.found == (Violation("variables", 2, "by", rule="matched_by_no_listed_field"),)

    @pytest.mark.parametrize("field", ["faith", "FAITH", "faith belief"])
    def test_by_special_category_invalid(self, judge, field):
        result = judge(matched_by_special_category, field)

        assert result.found == (Violation("variables", 2, "by", rule="matched_by_special_category"),)

    @pytest.mark.parametrize("field", ["ward", "told", "beliefs", ""])
    def test_by_another_field_passes(self, judge, field):
        result = judge(matched_by_special_category, field)

        assert (result.found, result.judged) == ((), 2)
