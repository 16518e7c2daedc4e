"""What the checks of parties, contracts and agreements find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.parties import (
    another_than_named,
    given_data_ruled_out,
    not_covered,
    not_covered_throughout,
    not_on_the_list,
    party_missing,
    statements_that_differ,
    step_missing,
    used_under_no_paper,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation


class TestStatementsThatDiffer:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            needs = records("needs", "\n".join(["type | kind | party | data_set | role | concerns_back", *rows]))
            return statements_that_differ(needs, says="role", types=["party"], kinds=["role"], unstated=["not stated"])

        return of

    @pytest.mark.parametrize(
        "row",
        [
            "context | role | MPS | police data | controller | ",
            "context | role | MPS | other data | processor | ",
            "context | role | CRC | police data | processor | ",
        ],
    )
    def test_the_same_role_or_another_matter_passes(self, judge, row):
        result = judge("party | | MPS | police data | controller | ", row)

        assert (result.found, result.judged) == ((), 2)

    def test_two_roles_invalid(self, judge):
        result = judge(
            "party | | MPS | police data | controller | ", "context | role | MPS | police data | processor | "
        )

        assert [violation.row for violation in result.found] == [1, 2]

    def test_a_finding_on_both_passes(self, judge):
        assert not judge("party | | MPS | d | controller | FIND", "context | role | MPS | d | processor | FIND")

    @pytest.mark.parametrize(
        "row",
        [
            "party | | MPS | d | | ",
            "party | | MPS | d | not stated | ",
            "party | | | d | c | ",
            "party | | MPS | | c | ",
        ],
    )
    def test_nothing_said_invalid(self, judge, row):
        result = judge(row)

        assert result.found == (Violation("needs", 1, "role", rule="statements_that_differ"),)

    def test_nothing_said_with_a_finding_passes(self, judge):
        assert not judge("party | | MPS | d | not stated | FIND")

    def test_other_needs_are_not_judged(self, judge):
        assert judge("commitment | | | | | ", "context | contract | | | | ").judged == 0


class TestStepMissing:
    @pytest.fixture
    def work(self, drawn):
        def make(*rows: str) -> Records:
            return Records(*drawn("work", "\n".join(["who | step date | began date", *rows])), as_of="2020-06-30")

        return make

    def test_the_day_the_work_began_passes(self, work):
        result = step_missing(work("a | 2020-01-02 | 2020-01-02"), step="step", began="began")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["a | 2020-01-03 | 2020-01-02", "a | | 2020-01-02", "a | 2020-01-02 | "])
    def test_a_day_later_or_no_day_invalid(self, work, row):
        result = step_missing(work("a | 2020-01-02 | 2020-01-02", row), step="step", began="began")

        assert result.found == (Violation("work", 2, "step", rule="step_missing"),)

    @pytest.mark.parametrize(("began", "judged"), [("2020-06-30", 1), ("2020-07-01", 0)])
    def test_work_that_is_still_to_begin_is_not_judged(self, work, began, judged):
        result = step_missing(work(f"a | | {began}"), step="step", began="began")

        assert (len(result), result.judged) == (judged, judged)

    def test_only_leaves_other_work_out(self, work):
        assert step_missing(work("b | | "), step="step", began="began", only={"who": ["a"]}).judged == 0


class TestUsedUnderNoPaper:
    @pytest.fixture
    def judge(self, records):
        def of(use: str, *papers: str):
            uses = records("uses", f"system | at instant\nother | 2020-05-05T09:00Z\n{use}")
            agreements = records("papers", "\n".join(["start date | end date | status", *papers]))
            return used_under_no_paper(
                uses,
                agreements,
                at="at",
                start="start",
                end="end",
                only={"system": ["police"]},
                valid={"status": ["signed", "ended"]},
                over={"status": ["ended"]},
            )

        return of

    @pytest.mark.parametrize("at", ["2020-01-01T00:00Z", "2020-06-30T22:59Z"])
    def test_the_first_and_the_last_day_in_london_pass(self, judge, at):
        result = judge(f"police | {at}", "2020-01-01 | 2020-06-30 | signed", "2021-01-01 | | signed")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("use", ["police | 2019-12-31T23:59Z", "police | 2020-06-30T23:00Z", "police | ", " | "])
    def test_another_day_or_none_invalid(self, judge, use):
        result = judge(use, "2020-01-01 | 2020-06-30 | signed")

        assert result.found == (Violation("uses", 2, "at", "papers", "used_under_no_paper"),)

    def test_a_paper_that_ended_counts_until_it_did(self, judge):
        assert judge("police | 2020-05-05T09:00Z", "2020-01-01 | 2020-05-05 | ended").found == ()

    @pytest.mark.parametrize(
        "paper", ["2020-01-01 | | draft", "2020-01-01 | | ", " | | signed", "2020-01-01 | | ended"]
    )
    def test_a_paper_that_does_not_count_invalid(self, judge, paper):
        assert len(judge("police | 2020-05-05T09:00Z", paper)) == 1

    def test_a_paper_without_an_end_runs_on(self, judge):
        assert judge("police | 2030-05-05T09:00Z", "2020-01-01 | | signed").found == ()


class TestNotCovered:
    @pytest.fixture
    def judge(self, records):
        def of(flow: str, *papers: str, **more):
            flows = records("flows", f"by | at date | who\n{flow}")
            agreements = records("papers", "\n".join(["to | start date | end date | status", *papers]))
            return not_covered(flows, agreements, by="by", to="to", at="at", start="start", end="end", **more)

        return of

    @pytest.mark.parametrize("day", ["2020-01-01", "2020-12-31"])
    def test_the_first_and_the_last_day_pass(self, judge, day):
        result = judge(f"a | {day} | x", "a | 2020-01-01 | 2020-12-31 | signed")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(("day", "rows"), [("2020-12-31", [1]), ("2021-01-01", []), ("", [1])])
    def test_a_flow_that_is_still_to_come_is_a_plan(self, records, day, rows):
        flows = records("flows", f"by | at date\na | {day}", as_of="2020-12-31")
        papers = records("papers", "to | start date | end date\na | 2020-01-01 | 2020-01-31")

        result = not_covered(flows, papers, by="by", to="to", at="at", start="start", end="end")

        assert result.found == tuple(Violation("flows", row, "by", "papers", "not_covered") for row in rows)
        assert result.judged == len(rows)

    @pytest.mark.parametrize("day", ["2019-12-31", "2021-01-01", ""])
    def test_another_day_or_none_invalid(self, judge, day):
        result = judge(f"a | {day} | x", "a | 2020-01-01 | 2020-12-31 | signed")

        assert result.found == (Violation("flows", 1, "by", "papers", "not_covered"),)

    @pytest.mark.parametrize(
        "paper", ["b | 2020-01-01 | | signed", " | 2020-01-01 | | signed", "a | | | signed", "a | 2020-01-01 | | draft"]
    )
    def test_a_paper_that_does_not_count_invalid(self, judge, paper):
        assert judge("a | 2020-05-05 | x", paper, valid={"status": ["signed"]})

    def test_a_paper_without_a_status_covers_nothing_invalid(self, judge):
        assert judge("a | 2020-05-05 | x", "a | 2020-01-01 | | ", valid={"status": ["signed"]})

    def test_a_paper_without_an_end_runs_on(self, judge):
        assert judge("a | 2030-05-05 | x", "a | 2020-01-01 | | signed", valid={"status": ["signed"]}).found == ()

    @pytest.mark.parametrize(
        ("paper", "rows"),
        [
            ("a | 2020-01-01 | | ended", [1]),
            ("a | 2020-01-01 | 2020-05-04 | ended", [1]),
            ("a | 2020-01-01 | 2020-05-05 | ended", []),
            ("a | 2020-01-01 | | signed", []),
            ("a | 2020-01-01 | | ", []),
        ],
    )
    def test_a_paper_that_is_over_does_not_run_on(self, judge, paper, rows):
        result = judge("a | 2020-05-05 | x", paper, over={"status": ["ended"]})

        assert [violation.row for violation in result.found] == rows

    def test_only_leaves_other_flows_out(self, judge):
        assert judge("a | 2020-05-05 | y", only={"who": ["x"]}).judged == 0

    def test_the_day_in_london_counts(self, records):
        flows = records("flows", "by | at instant\na | 2020-07-01T00:30+01:00")
        papers = records("papers", "to | start date | end date\na | 2020-06-01 | 2020-06-30")

        result = not_covered(flows, papers, by="by", to="to", at="at", start="start", end="end")

        assert [violation.row for violation in result.found] == [1]

    def test_a_decision_covers_its_one_day(self, records):
        days = ["2020-06-30T23:59+01:00", "2020-07-01T00:00+01:00", "2020-07-01T23:59+01:00", "2020-07-02T00:00+01:00"]
        flows = records("flows", "\n".join(["by | at instant", *(f"a | {day}" for day in days)]))
        papers = records("papers", "to | on date\na | 2020-07-01")

        result = not_covered(flows, papers, by="by", to="to", at="at", start="on", end="on")

        assert result.found == tuple(Violation("flows", row, "by", "papers", "not_covered") for row in (1, 4))

    def test_a_key_may_be_among_what_counts(self, records):
        flows = records("flows", "by | at date\na | 2020-07-01\nb | 2020-07-01")
        papers = records("papers", "to | on date\na | 2020-07-01\nb | 2020-07-01")

        result = not_covered(flows, papers, by="by", to="to", at="at", start="on", end="on", valid={"to": ["a"]})

        assert result.found == (Violation("flows", 2, "by", "papers", "not_covered"),)

    @pytest.mark.parametrize(
        ("flow", "papers", "passes"),
        [
            ("x", ["x"], True),
            ("x", ["y"], False),
            ("x", ["y", "x"], True),
            ("x", [""], False),
            ("", ["x"], False),
            ("", [""], False),
        ],
    )
    def test_a_paper_that_says_another_thing_does_not_count(self, records, flow, papers, passes):
        flows = records("flows", f"by | at date | whom\na | 2020-05-05 | {flow}")
        lines = (f"a | 2020-01-01 | 2020-12-31 | {whom}" for whom in papers)
        agreements = records("papers", "\n".join(["to | start date | end date | whom", *lines]))

        result = not_covered(
            flows, agreements, by="by", to="to", at="at", start="start", end="end", same={"whom": "whom"}
        )

        found = () if passes else (Violation("flows", 1, "by", "papers", "not_covered"),)
        assert (result.found, result.judged) == (found, 1)

    def test_the_paper_that_says_it_has_to_be_the_one_of_the_day_invalid(self, records):
        flows = records("flows", "by | at date | whom\na | 2020-05-05 | x")
        papers = records("papers", "to | on date | whom\na | 2020-05-05 | y\na | 2020-05-06 | x")

        result = not_covered(flows, papers, by="by", to="to", at="at", start="on", end="on", same={"whom": "whom"})

        assert result.found == (Violation("flows", 1, "by", "papers", "not_covered"),)


class TestNotCoveredThroughout:
    CONTRACT = "ann | 2020-01-01 | 2020-06-30"
    WORK = "ann | 2020-02-03 | 2020-03-31 | 2020-04-30"

    @pytest.fixture
    def judge(self, drawn, engine):
        def of(work: str, *contracts: str, as_of: str = "2020-12-31", valid=None):
            header = "by | began_on date | ended_on date | held_until date"
            papers = "to | signed_on date | expires_on date" + (" | status" if valid else "")
            drawings = {"work": [header, work], "contracts": [papers, *contracts]}
            done, held = (
                Records(*drawn(name, "\n".join(lines)), engine=engine, as_of=as_of) for name, lines in drawings.items()
            )
            return not_covered_throughout(
                done,
                held,
                by="by",
                to="to",
                began="began_on",
                until=("ended_on", "held_until"),
                start="signed_on",
                end="expires_on",
                valid=valid,
            )

        return of

    FOUND = (Violation("work", 1, "by", "contracts", "not_covered_throughout"),)

    def test_work_under_a_contract_until_the_data_is_gone_passes(self, judge):
        result = judge(self.WORK, self.CONTRACT)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        ("part", "other", "passes"),
        [
            ("2020-02-03", "2020-01-01", True),
            ("2020-02-03", "2019-12-31", False),
            ("2020-03-31", "2020-06-30", True),
            ("2020-03-31", "2020-07-01", False),
            ("2020-04-30", "2020-06-30", True),
            ("2020-04-30", "2020-07-01", False),
        ],
    )
    def test_the_first_and_the_last_day_of_the_contract_count(self, judge, part, other, passes):
        assert judge(self.WORK.replace(part, other), self.CONTRACT).found == (() if passes else self.FOUND)

    @pytest.mark.parametrize("cell", ["ann", "2020-02-03", "2020-03-31", "2020-04-30"])
    def test_an_empty_name_beginning_or_end_invalid(self, judge, cell):
        assert judge(self.WORK.replace(cell, ""), self.CONTRACT).found == self.FOUND

    @pytest.mark.parametrize(("as_of", "passes"), [("2020-06-30", True), ("2020-07-01", False)])
    def test_what_has_no_end_goes_on_until_the_register_is_taken(self, judge, as_of, passes):
        found = judge("ann | 2020-02-03 | | ", self.CONTRACT, as_of=as_of).found

        assert found == (() if passes else self.FOUND)

    @pytest.mark.parametrize(("as_of", "found", "judged"), [("2020-02-02", (), 0), ("2020-02-03", FOUND, 1)])
    def test_what_is_still_to_begin_is_a_plan(self, judge, as_of, found, judged):
        result = judge(self.WORK, "bob | 2020-01-01 | ", as_of=as_of)

        assert (result.found, result.judged) == (found, judged)

    @pytest.mark.parametrize(("renewed", "passes"), [("2020-07-02", False), ("2020-07-01", True), ("2020-06-30", True)])
    def test_a_renewal_on_the_day_after_leaves_no_gap(self, judge, renewed, passes):
        longer = self.WORK.replace("2020-04-30", "2020-09-30")

        assert judge(longer, self.CONTRACT, f"ann | {renewed} | ").found == (() if passes else self.FOUND)

    @pytest.mark.parametrize("contract", ["bob | 2020-01-01 | ", " | 2020-01-01 | ", "ann | | ", "ann | | 2020-12-31"])
    def test_somebody_elses_contract_or_one_that_never_began_is_none_invalid(self, judge, contract):
        assert judge(self.WORK, contract).found == self.FOUND

    def test_a_contract_without_an_end_runs_on(self, judge):
        assert judge("ann | 2020-02-03 | | ", "ann | 2020-01-01 | ").found == ()

    @pytest.mark.parametrize(("system", "judged"), [("CRIS", 1), ("", 1), ("Lamplight", 0)])
    def test_other_rows_than_those_of_the_scope_are_not_judged(self, records, system, judged):
        held = records("rights", f"by | system | began_on date | ended_on date\nann | {system} | 2020-02-03 | ")
        staff = records("staff", "to | joined_on date | left_on date\nbob | 2020-01-01 | ")

        result = not_covered_throughout(
            held,
            staff,
            by="by",
            to="to",
            began="began_on",
            until=["ended_on"],
            start="joined_on",
            end="left_on",
            only={"system": ["CRIS"]},
        )

        assert result.found == (Violation("rights", 1, "by", "staff", "not_covered_throughout"),) * judged
        assert result.judged == judged

    def test_a_contract_that_ended_before_the_work_began_takes_nothing_away(self, judge):
        assert judge(self.WORK, "ann | 2019-01-01 | 2019-06-30", self.CONTRACT).found == ()

    @pytest.mark.parametrize(("status", "passes"), [("signed", True), ("draft", False), ("", False)])
    def test_a_paper_that_does_not_show_what_is_asked_of_it_is_none(self, judge, status, passes):
        found = judge(self.WORK, f"{self.CONTRACT} | {status}", valid={"status": ["signed"]}).found

        assert found == (() if passes else self.FOUND)

    def test_one_that_does_not_count_fills_no_gap_invalid(self, judge):
        papers = ("ann | 2020-01-01 | 2020-02-29 | signed", "ann | 2020-03-01 | | draft")

        assert judge(self.WORK, *papers, valid={"status": ["signed"]}).found == self.FOUND

    @pytest.mark.parametrize("part", ["2020-03-31", "2020-04-30"])
    def test_an_end_before_the_beginning_shows_nothing_invalid(self, judge, part):
        assert judge(self.WORK.replace(part, "2020-02-02"), self.CONTRACT).found == self.FOUND
        assert judge(self.WORK.replace(part, "2020-02-03"), self.CONTRACT).found == ()


class TestGivenDataRuledOut:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            work = records("work", "\n".join(["x | data_set", *rows]))
            return given_data_ruled_out(work, data_set="data_set", data_sets=["police data"])

        return of

    def test_other_data_passes(self, judge):
        result = judge("1 | survey answers")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("data", ["police data", ""])
    def test_data_ruled_out_or_not_written_down_invalid(self, judge, data):
        result = judge("1 | survey answers", f"2 | {data}")

        assert result.found == (Violation("work", 2, "data_set", rule="given_data_ruled_out"),)


class TestAnotherThanNamed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            work = records("work", "\n".join(["task | who", *rows]))
            return another_than_named(work, column="who", named=["a company"], only=only)

        return of

    def test_the_one_named_passes(self, judge):
        result = judge("survey | a company")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("who", ["another", ""])
    def test_another_or_none_written_down_invalid(self, judge, who):
        result = judge("survey | a company", f"survey | {who}")

        assert result.found == (Violation("work", 2, "who", rule="another_than_named"),)

    def test_only_leaves_other_work_out(self, judge):
        assert judge("analysis | another", only={"task": ["survey"]}).judged == 0


class TestPartyMissing:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            log = records("register", "\n".join(["who | kind | on date", *rows]), as_of="2020-06-30")
            return party_missing(log, party="who", parties=("ann", "bob"), dated="on", only={"kind": ["first"]})

        return of

    def test_each_party_once_passes(self, judge):
        assert judge("ann | first | 2020-01-01", "bob | first | 2020-01-01", "eve | first |").found == ()

    def test_a_party_that_is_not_there_invalid(self, judge):
        result = judge("ann | first | 2020-01-01")

        assert (result.found, result.judged) == ((Violation("register", rule="party_missing"),), 2)

    @pytest.mark.parametrize("row", ["bob | second | 2020-01-01", "bob | | 2020-01-01"])
    def test_a_line_of_another_kind_does_not_count_invalid(self, judge, row):
        assert len(judge("ann | first | 2020-01-01", row)) == 1

    @pytest.mark.parametrize("day", ["", "2020-07-01"])
    def test_a_line_without_a_day_that_has_come_invalid(self, judge, day):
        result = judge("ann | first | 2020-06-30", f"bob | first | {day}")

        assert (result.found, result.judged) == ((Violation("register", 2, "on", rule="party_missing"),), 2)


class TestNotOnTheList:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, only=None):
            work = records(
                "work", f"names identifier | began date | who\nC-1 | 2020-01-01 | a\n{row}", as_of="2020-06-30"
            )
            listed = records("listed", "key identifier | says\nC-1 | yes\n | yes\nC-2 | yes")
            return not_on_the_list(work, listed, names="names", key="key", began="began", only=only)

        return of

    @pytest.mark.parametrize("row", ["C-9 | 2020-06-29 | b", " | 2020-06-29 | b", "C-9 |  | b"])
    def test_work_that_names_nobody_on_the_list_invalid(self, judge, row):
        result = judge(row)

        expected = Violation("work", 2, "names", absent_from="listed", rule="not_on_the_list")
        assert (result.found, result.judged) == ((expected,), 2)

    @pytest.mark.parametrize("row", ["C-2 | 2020-06-29 | b", "C-1 |  | b"])
    def test_somebody_on_the_list_passes(self, judge, row):
        assert not judge(row)

    @pytest.mark.parametrize("day", ["2020-06-30", "2020-07-01"])
    def test_work_of_the_day_of_the_list_or_later_is_not_judged(self, judge, day):
        assert judge(f"C-9 | {day} | b").judged == 1

    def test_only_leaves_other_work_out(self, judge):
        assert judge("C-9 | 2020-06-29 | b", only={"who": ["a"]}).judged == 1
