"""What the checks of uses and products find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.purpose import (
    nothing_produced,
    product_not_listed,
    use_not_justified,
    use_not_registered,
    used_for_another_purpose,
)
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

    @pytest.mark.parametrize(
        ("on", "day", "rows"),
        [("day", "2020-12-31", [1]), ("day", "2021-01-01", []), ("day", "", [1]), (None, "2021-01-01", [1])],
    )
    def test_a_use_that_is_still_to_come_is_a_plan(self, records, on, day, rows):
        uses = records("uses", f"purpose | day date\npolicing | {day}", as_of="2020-12-31")

        result = used_for_another_purpose(uses, purpose="purpose", permitted=["evaluation"], on=on)

        assert ([violation.row for violation in result.found], result.judged) == (rows, len(rows))

    def test_only_leaves_other_data_out_and_judges_data_not_written_down(self, judge):
        result = judge("b | policing", " | policing", only={"data": ["a"]})

        assert ([violation.row for violation in result.found], result.judged) == ([2], 1)


class TestUseNotJustified:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            lines = [row if row.count("|") > 1 else f"{row} | 2020-05-05" for row in rows]
            uses = records("uses", "\n".join(["purpose | reason | day date", *lines]), as_of="2020-12-31")
            return use_not_justified(uses, reason="reason", purpose="purpose", own=["evaluation"], on="day")

        return of

    def test_another_use_with_a_reason_passes(self, judge):
        result = judge("research | asked by the board")

        assert (result.found, result.judged) == ((), 1)

    def test_its_own_purpose_needs_no_reason(self, judge):
        assert judge("evaluation | ").judged == 0

    @pytest.mark.parametrize(("day", "rows"), [("2020-12-31", [1]), ("2021-01-01", []), ("", [1])])
    def test_a_use_that_is_still_to_come_is_a_plan(self, judge, day, rows):
        result = judge(f"research |  | {day}")

        assert ([violation.row for violation in result.found], result.judged) == (rows, len(rows))

    @pytest.mark.parametrize("reason", ["tbc", "-", "N/A"])
    def test_a_reason_that_says_nothing_is_none_invalid(self, judge, reason):
        result = judge("research | asked by the board", f"research | {reason}")

        assert result.found == (Violation("uses", 2, "reason", rule="use_not_justified"),)

    @pytest.mark.parametrize("purpose", ["research", ""])
    def test_another_use_without_a_reason_invalid(self, judge, purpose):
        result = judge("evaluation | ", f"{purpose} | ")

        assert result.found == (Violation("uses", 2, "reason", rule="use_not_justified"),)


class TestProductNotListed:
    @pytest.fixture
    def judge(self, records):
        def of(reports: tuple[str, ...], *products: str, released: str = "2020-02-26"):
            lines = (f"{report} | {released}" for report in reports)
            drawing = "\n".join(["report_id | audience | released_on date", *lines])
            known = records("reports", drawing, as_of="2020-06-30")
            return product_not_listed(known, records("outputs", "\n".join(["report_id | output_audience", *products])))

        return of

    def test_a_report_with_its_audience_passes_and_so_do_other_products(self, judge):
        result = judge(("R1 | public", "R2 | MOPAC"), "R2 | MOPAC", "R1 | public", "R9 | MPS", " | public")

        assert (result.found, result.judged) == ((), 2)

    def test_one_line_with_the_audience_is_enough(self, judge):
        assert judge(("R1 | public",), "R1 | MOPAC", "R1 | public").found == ()

    @pytest.mark.parametrize("product", ["R2 | public", "R1 | MOPAC", "R1 | ", " | public"])
    def test_another_report_another_audience_or_none_invalid(self, judge, product):
        result = judge(("R2 | MPS", "R1 | public"), product, "R2 | MPS")

        assert result.found == (Violation("reports", 2, None, "outputs", rule="product_not_listed"),)
        assert result.judged == 2

    @pytest.mark.parametrize("report", [" | public", "R1 | "])
    def test_a_report_without_a_number_or_an_audience_invalid(self, judge, report):
        assert [found.row for found in judge((report,), "R1 | public", " | public", "R1 | ").found] == [1]

    @pytest.mark.parametrize(("released", "rows"), [("2020-07-01", []), ("2020-06-30", [1]), ("", [1])])
    def test_a_report_that_is_still_to_be_released_is_none_yet(self, judge, released, rows):
        result = judge(("R1 | public",), "R2 | public", released=released)

        assert result.found == tuple(
            Violation("reports", row, None, "outputs", rule="product_not_listed") for row in rows
        )
        assert result.judged == len(rows)


class TestUseNotRegistered:
    @pytest.fixture
    def judge(self, records):
        def of(*uses: str, began: str = "2020-03-01T10:00Z", reported: str = "2020-04-01", cases: str = "A2"):
            head = "analysis_id identifier | started_at instant | reported_on date\nA1 | 2019-01-01T10:00Z | 2019-02-01"
            analyses = records("analyses", f"{head}\nA2 | {began} | {reported}", as_of="2020-06-30")
            shown = records("cases", f"analysis identifier | client\n{cases} | a\n | b")
            register = records("uses", "\n".join(["used_data | used_on date", *uses]), as_of="2020-06-30")
            return use_not_registered(analyses, shown, register, analysis="analysis", data_sets=["clients"])

        return of

    @pytest.mark.parametrize("day", ["2020-03-01", "2020-04-01", "2020-03-15"])
    def test_a_use_from_the_beginning_to_the_report_passes(self, judge, day):
        result = judge(f"clients | {day}", "police | 2020-03-15")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "use", ["clients | 2020-02-29", "clients | 2020-04-02", "clients | ", "police | 2020-03-15", " | 2020-03-15"]
    )
    def test_another_day_or_other_data_invalid(self, judge, use):
        result = judge(use)

        expected = Violation("analyses", 2, absent_from="uses", rule="use_not_registered")
        assert (result.found, result.judged) == ((expected,), 1)

    @pytest.mark.parametrize(("day", "found"), [("2020-06-30", 0), ("2020-07-01", 1)])
    def test_an_analysis_without_a_report_still_runs(self, judge, day, found):
        assert len(judge(f"clients | {day}", reported="")) == found

    def test_an_analysis_without_a_beginning_has_always_run(self, judge):
        assert not judge("clients | 2019-01-01", began="")
        assert len(judge("police | 2019-01-01", began="")) == 1

    @pytest.mark.parametrize(
        ("began", "judged"),
        [
            ("2020-06-29T23:59+01:00", 1),
            ("2020-06-30T00:00+01:00", 0),
            ("2020-06-29T23:30Z", 0),
            ("2020-07-01T10:00Z", 0),
        ],
    )
    def test_one_that_began_that_very_day_is_not_judged(self, judge, began, judged):
        assert judge("police | 2020-03-15", began=began, reported="").judged == judged

    def test_an_analysis_that_nothing_shows_to_use_the_data_is_not_judged(self, judge):
        assert judge(cases="A9").judged == 0


class TestNothingProduced:
    @pytest.fixture
    def judge(self, records):
        def of(*milestones: str, products=()):
            head = "milestone_id | milestone | reached_on date"
            reached = records("milestones", "\n".join([head, *milestones]), as_of="2020-12-31")
            made = records("milestone_products", "\n".join(["at_milestone", *products]), as_of="2020-12-31")
            return nothing_produced(reached, made, key=["report"])

        return of

    def test_a_milestone_with_a_product_passes(self, judge):
        result = judge("M1 | report | 2020-05-05", products=["M1"])

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("products", [[], ["M2"], [""]])
    def test_a_milestone_without_a_product_of_its_own_invalid(self, judge, products):
        result = judge("M1 | report | 2020-05-05", products=products)

        expected = Violation("milestones", 1, absent_from="milestone_products", rule="nothing_produced")
        assert (result.found, result.judged) == ((expected,), 1)

    @pytest.mark.parametrize("day", ["", "2020-12-31", "2021-01-01"])
    def test_one_that_is_not_reached_yet_owes_nothing(self, judge, day):
        assert (judge(f"M1 | report | {day}").found, judge(f"M1 | report | {day}").judged) == ((), 0)

    def test_one_of_another_kind_owes_nothing(self, judge):
        assert judge("M1 | meeting | 2020-05-05").judged == 0
