"""Who is in an extract at all: by age, by disposal, by area, by day, and by appointments."""

from __future__ import annotations

import pytest

from dpia_checks.checks.cohort import (
    age_outside_at_referral,
    engagement_counted_otherwise,
    not_of_the_cohort,
    recorded_age_outside,
    referred_before_roll_out,
    referred_too_young,
    referred_without_disposal,
    taken_on_too_young,
)
from dpia_checks.violations import Violation


class TestNotOfTheCohort:
    @pytest.fixture
    def judge(self, records):
        def of(*cells: str):
            return not_of_the_cohort(
                records("cases", "\n".join(["x | kind", *cells])), trait="kind", permitted=["a", "b"]
            )

        return of

    def test_any_permitted_value_passes(self, judge):
        result = judge("1 | a", "2 | b")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("kind", ["c", "A", ""])
    def test_another_value_or_an_empty_cell_invalid(self, judge, kind):
        assert judge("1 | a", f"2 | {kind}").found == (Violation("cases", 2, "kind", rule="not_of_the_cohort"),)


class TestReferredWithoutDisposal:
    @pytest.fixture
    def judge(self, records):
        def of(referrals: list[str], disposals: list[str]):
            return referred_without_disposal(
                records("referrals", "\n".join(["x | referral_id", *referrals])),
                records(
                    "disposals", "\n".join(["disposal_id | referral_id | made date", *disposals]), as_of="2020-03-01"
                ),
                made="made",
            )

        return of

    def test_a_referral_with_one_disposal_or_two_passes(self, judge):
        result = judge(["1 | r1", "2 | r2"], ["d1 | r1 | ", "d2 | r2 | ", "d3 | r2 | "])

        assert (result.found, result.judged) == ((), 2)

    def test_a_disposal_without_a_referral_is_not_judged(self, judge):
        assert not judge(["1 | r1"], ["d1 | r1 | ", "d2 | r9 | ", "d3 | | "])

    @pytest.mark.parametrize("referral", ["r2", ""])
    def test_a_referral_without_one_invalid(self, judge, referral):
        result = judge(["1 | r1", f"2 | {referral}"], ["d1 | r1 | ", "d2 | | "])

        assert result.found == (Violation("referrals", 2, absent_from="disposals", rule="referred_without_disposal"),)

    @pytest.mark.parametrize(("made", "rows"), [("2020-03-01", ()), ("2020-03-02", (1,)), ("", ())])
    def test_one_that_is_still_to_come_is_none_invalid(self, judge, made, rows):
        result = judge(["1 | r1"], [f"d1 | r1 | {made}"])

        rule = "referred_without_disposal"
        assert result.found == tuple(Violation("referrals", row, absent_from="disposals", rule=rule) for row in rows)
        assert result.judged == 1


class TestReferredTooYoung:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            table = records("referrals", "\n".join(["born date | referred date", *rows]))
            return referred_too_young(table, born="born", referred="referred", years=18)

        return of

    @pytest.mark.parametrize("row", ["2001-10-01 | 2019-10-01", "1940-01-01 | 2019-10-01", "2000-02-29 | 2018-03-01"])
    def test_who_has_turned_eighteen_on_the_day_or_before_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["2001-10-02 | 2019-10-01", "2000-02-29 | 2018-02-28", "2020-01-01 | 2019-10-01"])
    def test_who_turns_eighteen_later_invalid(self, judge, row):
        assert judge("1990-01-01 | 2019-10-01", row).found == (
            Violation("referrals", 2, "born", rule="referred_too_young"),
        )

    @pytest.mark.parametrize("row", [" | 2019-10-01", "1990-01-01 | ", " | "])
    def test_an_unknown_day_invalid(self, judge, row):
        assert len(judge(row)) == 1


class TestRecordedAgeOutside:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            table = records("clients", "\n".join(["age integer | allocated date", *rows]))
            return recorded_age_outside(table, age="age", youngest=16, oldest=24, taken_on="allocated")

        return of

    def test_both_ends_pass(self, judge):
        result = judge("16 | 2018-01-01", "24 | 2018-01-01")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("age", ["15", "25", "0", "-16", ""])
    def test_below_above_or_empty_invalid(self, judge, age):
        result = judge("16 | 2018-01-01", f"{age} | 2018-01-01")

        assert result.found == (Violation("clients", 2, "age", rule="recorded_age_outside"),)

    @pytest.mark.parametrize("age", ["15", ""])
    def test_who_was_never_taken_on_is_not_judged(self, judge, age):
        result = judge(f"{age} | ")

        assert (result.found, result.judged) == ((), 0)


TWICE = [
    ("In | yes", "2018-09-01", ()),
    ("In | no", "2018-09-01", ()),
    (" | yes", "", ()),
    ("In | no", "", (2,)),
    ("Out | yes", "", (2,)),
]
"""How somebody came who was later referred out at twenty-five, and which row is a violation then."""


class TestAgeOutsideAtReferral:
    @pytest.fixture
    def judge(self, records):
        def of(clients: list[str], referrals: list[str], person: str = "p1"):
            header = "x | referral_urn | referral_direction | referral_success yes_no | at instant"
            return age_outside_at_referral(
                records(
                    "clients",
                    "\n".join(
                        ["person | referral_urn | born date | taken_on date", *(f"{person} | {row}" for row in clients)]
                    ),
                ),
                records("referrals", "\n".join([header, *(f"1 | {row}" for row in referrals)])),
                person="person",
                born="born",
                taken_on="taken_on",
                referred="at",
                youngest=16,
                oldest=24,
            )

        return of

    @pytest.mark.parametrize("born", ["2002-08-26", "1993-08-27", "1998-01-01"])
    def test_a_sixteenth_birthday_on_the_day_and_a_twenty_fifth_the_day_after_pass(self, judge, born):
        result = judge([f"u1 | {born} | "], ["u1 | In | yes | 2018-08-26T12:00+01:00"])

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("born", ["2002-08-27", "1993-08-26", ""])
    def test_a_day_beyond_either_end_or_unknown_invalid(self, judge, born):
        result = judge([f"u1 | {born} | "], ["u1 | In | yes | 2018-08-26T12:00+01:00"])

        assert result.found == (Violation("clients", 1, "born", rule="age_outside_at_referral"),)

    def test_the_day_is_londons_invalid(self, judge):
        assert judge(["u1 | 1993-08-26 | "], ["u1 | In | yes | 2018-08-26T00:30+01:00"])

    def test_a_referral_without_an_instant_invalid(self, judge):
        assert judge(["u1 | 1998-01-01 | "], ["u1 | In | yes | "])

    @pytest.mark.parametrize("kind", ["Out | yes", "In | no", "Out | no"])
    def test_a_referral_out_or_without_success_made_nobody_a_client(self, judge, kind):
        result = judge(["u1 | 2005-01-01 | "], [f"u1 | {kind} | 2018-08-26T12:00+01:00"])

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize(("direction", "rows"), [("In", (1,)), ("", (1,)), ("Out", (1,))])
    def test_who_was_taken_on_all_the_same_is_a_client_invalid(self, judge, direction, rows):
        result = judge(["u1 | 2005-01-01 | 2018-09-01"], [f"u1 | {direction} | no | 2018-08-26T12:00+01:00"])

        assert result.found == tuple(Violation("clients", row, "born", rule="age_outside_at_referral") for row in rows)

    @pytest.mark.parametrize(("kind", "taken_on", "rows"), TWICE)
    def test_who_came_by_one_referral_is_not_judged_by_another_out(self, judge, kind, taken_on, rows):
        clients = [f"u1 | 1994-08-26 | {taken_on}", "u2 | 1994-08-26 | 2018-09-01"]

        result = judge(clients, [f"u1 | {kind} | 2018-08-26T12:00+01:00", "u2 | Out | yes | 2019-08-26T12:00+01:00"])

        assert result.found == tuple(Violation("clients", row, "born", rule="age_outside_at_referral") for row in rows)
        assert result.judged == 1

    def test_whoever_is_nobody_came_by_no_other_referral_invalid(self, judge):
        clients = ["u1 | 1994-08-26 | 2018-09-01", "u2 | 1994-08-26 | 2018-09-01"]
        referrals = ["u1 | In | yes | 2018-08-26T12:00+01:00", "u2 | Out | yes | 2019-08-26T12:00+01:00"]

        result = judge(clients, referrals, person="")

        assert result.found == (Violation("clients", 2, "born", rule="age_outside_at_referral"),)
        assert result.judged == 2

    @pytest.mark.parametrize("kind", [" | yes", "In | ", " | "])
    def test_an_empty_cell_leaves_nobody_out_invalid(self, judge, kind):
        assert judge(["u1 | 2005-01-01 | "], [f"u1 | {kind} | 2018-08-26T12:00+01:00"])

    @pytest.mark.parametrize("urn", ["u2", ""])
    def test_a_client_whose_referral_is_not_there_invalid(self, judge, urn):
        result = judge([f"{urn} | 1998-01-01 | "], ["u1 | In | yes | 2018-08-26T12:00+01:00"])

        assert result.found == (Violation("clients", 1, absent_from="referrals", rule="age_outside_at_referral"),)


class TestReferredBeforeRollOut:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            table = records("referrals", "\n".join(["area | referred date", *rows]))
            return referred_before_roll_out(
                table, area="area", areas=["north"], referred="referred", first="2019-10-01"
            )

        return of

    def test_the_first_day_passes(self, judge):
        result = judge("north | 2019-10-01", "north | 2021-01-01")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("day", ["2019-09-30", "2000-01-01", ""])
    def test_an_earlier_or_unknown_day_invalid(self, judge, day):
        result = judge("north | 2019-10-01", f"north | {day}")

        assert result.found == (Violation("referrals", 2, "referred", rule="referred_before_roll_out"),)

    def test_another_area_is_not_judged(self, judge):
        result = judge("south | 2000-01-01")

        assert (result.found, result.judged) == ((), 0)

    def test_an_area_that_is_not_written_down_is_judged_too_invalid(self, judge):
        assert len(judge(" | 2000-01-01")) == 1


class TestEngagementCountedOtherwise:
    @pytest.fixture
    def judge(self, records):
        def of(referrals: list[str], appointments: list[str]):
            return engagement_counted_otherwise(
                records(
                    "referrals",
                    "\n".join(["referral_id | engaged yes_no | engaged_on date", *referrals]),
                    as_of="2020-03-01",
                ),
                records(
                    "appointments",
                    "\n".join(["x | referral_id | on date | attended yes_no", *appointments]),
                    as_of="2020-03-01",
                ),
                engaged="engaged",
                since="engaged_on",
                on="on",
                number=2,
                only={"attended": ["yes"]},
            )

        return of

    @pytest.mark.parametrize("times", [2, 3])
    def test_engaged_with_two_appointments_or_more_passes(self, judge, times):
        result = judge(["r1 | yes | "], [f"{day} | r1 | 2020-02-0{day} | yes" for day in range(1, times + 1)])

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("engaged", ["no", ""])
    def test_not_engaged_with_fewer_passes(self, judge, engaged):
        assert not judge(
            [f"r1 | {engaged} | "], ["1 | r1 | 2020-02-01 | yes", "2 | r1 | 2020-02-02 | no", "3 |  | 2020-02-02 | yes"]
        )

    @pytest.mark.parametrize(
        ("line", "rows"),
        [
            (" | 2020-02-01", (1,)),
            ("no | 2020-02-01", ()),
            (" | 2020-03-01", (1,)),
            (" | 2020-03-02", ()),
            (" | ", ()),
            (" | 2020-01-01", (1,)),
        ],
    )
    def test_a_day_of_engagement_says_as_much_as_a_yes_invalid(self, judge, line, rows):
        result = judge([f"r1 | {line}"], ["1 | r1 | 2020-02-01 | yes"])

        rule = "engagement_counted_otherwise"
        assert result.found == tuple(Violation("referrals", row, "engaged", "appointments", rule) for row in rows)
        assert result.judged == 1

    @pytest.mark.parametrize(
        "second",
        [
            "2 | r1 | 2020-02-02 | no",
            "2 | r1 | 2020-02-02 | ",
            "2 | r2 | 2020-02-02 | yes",
            "2 | | 2020-02-02 | yes",
            "2 | r1 | 2020-02-01 | yes",
            "2 | r1 | | yes",
        ],
    )
    def test_engaged_with_one_invalid(self, judge, second):
        result = judge(["r1 | yes | "], ["1 | r1 | 2020-02-01 | yes", second])

        rule = "engagement_counted_otherwise"
        assert result.found == (Violation("referrals", 1, "engaged", "appointments", rule),)

    def test_engaged_without_any_appointment_invalid(self, judge):
        assert len(judge(["r1 | yes | ", " | yes | "], [])) == 2

    @pytest.mark.parametrize("engaged", ["no", ""])
    def test_two_appointments_that_nobody_recorded_as_engagement_invalid(self, judge, engaged):
        result = judge([f"r1 | {engaged} | "], ["1 | r1 | 2020-02-01 | yes", "2 | r1 | 2020-02-02 | yes"])

        assert result.found == (Violation("referrals", 1, "engaged", rule="engagement_counted_otherwise"),)
        assert result.judged == 1

    @pytest.mark.parametrize(
        ("since", "rows"), [("2020-02-01", (1,)), ("2020-02-02", ()), ("2020-02-03", ()), ("", ())]
    )
    def test_engaged_before_the_second_appointment_invalid(self, judge, since, rows):
        twice = "1 | r1 | 2020-02-01 | yes", "1 | r1 | 2020-02-01 | yes"
        others = "1 | r2 | 2020-01-01 | yes", "2 | r2 | 2020-01-02 | yes"

        result = judge([f"r1 | yes | {since}", "r2 | yes | 2020-02-01"], [*twice, "2 | r1 | 2020-02-02 | yes", *others])

        rule = "engagement_counted_otherwise"
        assert result.found == tuple(Violation("referrals", row, "engaged_on", "appointments", rule) for row in rows)
        assert result.judged == 2

    def test_the_day_of_an_engagement_that_was_none_is_not_judged_twice(self, judge):
        assert [found.column for found in judge(["r1 | yes | 2020-02-01"], []).found] == ["engaged"]
        assert not judge(["r1 | no | 2020-02-01"], ["1 | r1 | 2020-02-01 | yes"])

    def test_an_appointment_that_is_still_to_come_does_not_count(self, judge):
        result = judge(["r1 | yes | "], ["1 | r1 | 2020-02-01 | yes", "2 | r1 | 2020-03-02 | yes"])

        assert [found.row for found in result.found] == [1]
        assert not judge(["r1 | yes | "], ["1 | r1 | 2020-02-01 | yes", "2 | r1 | 2020-03-01 | yes"])


class TestTakenOnTooYoung:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            clients = records("clients", "\n".join(["born date | taken_on date", *rows]))
            return taken_on_too_young(clients, born="born", taken_on="taken_on", youngest=16)

        return of

    def test_a_birthday_on_the_day_after_invalid(self, judge):
        result = judge("2000-02-03 | 2016-02-03", "2000-02-04 | 2016-02-03")

        assert (result.found, result.judged) == ((Violation("clients", 2, "born", rule="taken_on_too_young"),), 2)

    def test_who_was_never_taken_on_is_not_judged(self, judge):
        assert judge("2010-02-04 | ").judged == 0

    def test_an_empty_date_of_birth_shows_nothing(self, judge):
        result = judge(" | 2016-02-03")

        assert (result.found, result.judged) == ((), 1)
