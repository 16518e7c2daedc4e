"""Whether what leaves the evaluation shows groups, and nobody in them."""

from __future__ import annotations

import pytest

from dpia_checks.checks.publication import (
    can_be_worked_out,
    counts_too_small,
    differ_by_few,
    few_behind_a_quote,
    given_to_others,
    group_all_alike,
    in_no_listed_report,
    marks_tell_apart,
    not_cleared,
    printed_in_another_way,
    published_in_another_way,
    shown_without_need,
)
from dpia_checks.violations import Violation

HEADER = """report_id | table_name | topic | counted | as_at | row_variable | row_label | column_variable | column_label
 | margin | count integer | percentage decimal | decimals integer | percentage_of | mark | structural
 | mean decimal | mean_decimals integer | scale_low integer | scale_high integer | includes""".replace("\n", "")


@pytest.fixture
def cells(records):
    """Draw a register of cells of one table with one direction: label, count and mark, in that order."""

    def of(*lines: str, topic: str = "staff", as_at: str = "now", more: tuple[str, ...] = ()):
        rows = []
        for line in lines:
            label, count, mark = (part.strip() for part in line.split(","))
            margin = "both" if label == "total" else "none"
            named = "| " if label == "total" else f"role | {label}"
            rows.append(f"R | T | {topic} | people | {as_at} | {named} | | | {margin} | {count} | | | | {mark} | ")
        padded = [row + " |" * (HEADER.count("|") - row.count("|")) for row in (*rows, *more)]
        return records("published_cells", "\n".join([HEADER, *padded]))

    return of


def found(rule: str, *rows: int, column: str = "count"):
    return tuple(Violation("published_cells", row, column, rule=rule) for row in rows)


class TestPublishedInAnotherWay:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            reports = records("reports", "\n".join(["level | audience", *rows]))
            return published_in_another_way(reports, way="level", permitted=("aggregate",), only=only)

        return of

    def test_a_permitted_way_passes(self, judge):
        result = judge("aggregate | public")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("level", ["individual", ""])
    def test_another_way_or_none_invalid(self, judge, level):
        result = judge("aggregate | public", f"{level} | public")

        assert result.found == (Violation("reports", 2, "level", rule="published_in_another_way"),)

    def test_only_leaves_others_out(self, judge):
        assert judge("individual | MOPAC", only={"audience": ["public"]}).judged == 0


class TestPrintedInAnotherWay:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, printed: str):
            reports = records("reports", "\n".join(["report_id | level | audience", *rows]))
            tables = records("published_cells", f"report_id | topic\n{printed}\nR9 | crime\nR9 | crime")
            outside, prints = {"audience": ("public",)}, {"topic": ("crime",)}
            return printed_in_another_way(
                reports,
                tables,
                report="report_id",
                way="level",
                permitted=("aggregate",),
                prints=prints,
                only=outside,
            )

        return of

    @pytest.mark.parametrize("printed", ["R1 | crime", "R1 | "])
    @pytest.mark.parametrize(("level", "rows"), [("aggregate", ()), ("individual", (1,)), ("", (1,))])
    def test_another_way_or_none_of_what_prints_arrests_invalid(self, judge, printed, level, rows):
        result = judge(f"R1 | {level} | public", "R2 | individual | public", printed=printed)

        assert result.found == tuple(Violation("reports", row, "level", rule="printed_in_another_way") for row in rows)
        assert result.judged == 1

    @pytest.mark.parametrize("printed", ["R1 | staff", " | crime"])
    def test_what_prints_something_else_is_not_judged(self, judge, printed):
        assert judge("R1 | individual | public", printed=printed).judged == 0

    def test_what_others_do_not_get_is_not_judged(self, judge):
        assert judge("R1 | individual | MOPAC", printed="R1 | crime").judged == 0


class TestGivenToOthers:
    @pytest.mark.parametrize(("audience", "rows"), [("public", ()), ("MPS", (1,)), ("", (1,))])
    def test_those_who_were_to_get_none_invalid(self, records, audience, rows):
        reports = records("reports", f"audience | form\n{audience} | article")

        result = given_to_others(reports, audience="audience", barred=("MPS",))

        assert result.found == tuple(Violation("reports", row, "audience", rule="given_to_others") for row in rows)
        assert result.judged == 1

    @pytest.mark.parametrize(
        ("line", "rows", "judged"),
        [("MPS | 2020-01-01", (1,), 1), ("MPS | ", (), 0), (" | 2020-01-01", (1,), 1), ("public | 2020-01-01", (), 1)],
    )
    def test_what_was_not_given_is_not_judged(self, records, line, rows, judged):
        products = records("outputs", f"audience | given date\n{line}")

        result = given_to_others(products, audience="audience", barred=("MPS",), given_on="given")

        assert result.found == tuple(Violation("outputs", row, "audience", rule="given_to_others") for row in rows)
        assert result.judged == judged


class TestShownWithoutNeed:
    @pytest.mark.parametrize(
        ("need", "rows"),
        [
            *((text, ()) for text in ("plans its staff", "no need to wait", "needed", "unknown risks")),
            *((text, (1,)) for text in ("", "tbc", "-", "No need.", "none", "N/A", "not needed", "NOT KNOWN")),
        ],
    )
    def test_nobody_wrote_down_the_need_invalid(self, records, need, rows):
        reports = records("reports", f"need | audience\n{need} | provider\n | public")

        result = shown_without_need(reports, need="need", only={"audience": ["provider"]})

        assert result.found == tuple(Violation("reports", row, "need", rule="shown_without_need") for row in rows)
        assert result.judged == 1


class TestNotCleared:
    @pytest.mark.parametrize(
        ("cells", "rows"),
        [
            ("yes | P01", ()),
            ("yes | p 01", ()),
            *((cells, (1,)) for cells in ("no | P01", " | P01", "yes | ", "yes | tbc", "yes | nobody", "no | P09")),
        ],
    )
    def test_nobody_answers_for_it_invalid(self, records, cells, rows):
        quotes = records("quotes", f"cleared yes_no | by identifier\n{cells}")
        staff = records("staff", "person_id identifier | role\nP01 | analyst\n | manager\nP01 | analyst")

        result = not_cleared(quotes, staff, cleared="cleared", by="by")

        assert result.found == tuple(Violation("quotes", row, "cleared", rule="not_cleared") for row in rows)

    @pytest.mark.parametrize(("kind", "rows"), [("quote", (1,)), ("", (1,)), ("table", ())])
    def test_only_leaves_other_kinds_out_and_no_blank_one(self, records, kind, rows):
        quotes = records("quotes", f"cleared yes_no | by | kind\nno | P01 | {kind}")
        staff = records("staff", "person_id | role\nP01 | analyst")

        result = not_cleared(quotes, staff, cleared="cleared", by="by", only={"kind": ["quote"]})

        assert result.found == tuple(Violation("quotes", row, "cleared", rule="not_cleared") for row in rows)
        assert result.judged == len(rows)


class TestInNoListedReport:
    @pytest.mark.parametrize(("report", "rows"), [("R1", ()), ("R2", (2,)), ("", (2,))])
    def test_what_was_printed_in_a_report_that_nobody_listed_invalid(self, records, report, rows):
        quotes = records("quotes", f"quote_id | report_id\nQ1 | R1\nQ2 | {report}")
        reports = records("reports", "report_id | level\nR1 | aggregate\n | aggregate")

        result = in_no_listed_report(quotes, reports, report="report_id")

        rule = "in_no_listed_report"
        assert result.found == tuple(Violation("quotes", row, "report_id", "reports", rule) for row in rows)
        assert result.judged == 2


class TestFewBehindAQuote:
    @pytest.mark.parametrize(("fits", "rows"), [("10", ()), ("9", (1,)), ("0", (1,)), ("", (1,))])
    def test_the_words_fit_too_few_invalid(self, records, fits, rows):
        quotes = records("quotes", f"fits integer | kind\n{fits} | quote")

        result = few_behind_a_quote(quotes, base="fits", smallest=10)

        assert result.found == tuple(Violation("quotes", row, "fits", rule="few_behind_a_quote") for row in rows)
        assert result.judged == 1


class TestCountsTooSmall:
    @pytest.mark.parametrize(("count", "rows"), [("10", ()), ("0", ()), ("", ()), ("9", (2,)), ("1", (2,))])
    def test_a_few_people_invalid(self, cells, count, rows):
        result = counts_too_small(cells("a, 40,", f"b, {count},", "total, 90,"), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 3)

    @pytest.mark.parametrize(("count", "rows"), [("80", ()), ("90", ()), ("81", (1,)), ("89", (1,))])
    def test_a_group_of_ages_with_a_few_more_people_than_one_it_holds_invalid(self, cells, count, rows):
        result = counts_too_small(cells("18 to 24, 90,", f"18 to 20, {count},"), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 2)

    def test_only_leaves_other_topics_out(self, cells):
        assert counts_too_small(cells("a, 4,"), smallest=10, only={"topic": ["crime"]}).judged == 0

    def test_a_percentage_of_a_few_people_invalid(self, cells):
        line = "R | T | staff | people | now | role | b | | | none | | 4.0 | 1 | grand total | c | "

        assert counts_too_small(cells("total, 100,", more=(line,)), smallest=10).found == found("counts_too_small", 2)

    @pytest.mark.parametrize(("count", "rows"), [("10", ()), ("0", ()), ("", ()), ("9", (2,)), ("1", (2,))])
    def test_a_cell_that_names_no_place_is_judged_by_its_count_invalid(self, cells, count, rows):
        line = f"R | | staff | people | now | role | b | | | none | {count} | | | | | "

        result = counts_too_small(cells("a, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 2)

    @pytest.mark.parametrize(("cell", "rows"), [(" | 4.0", (2,)), (" | 0.0", ()), ("40 | 4.0", ()), ("4 | 40.0", (2,))])
    def test_a_percentage_of_no_total_says_of_nobody_how_many_invalid(self, cells, cell, rows):
        line = f"R | T | staff | people | now | role | b | | | none | {cell} | 1 | | | "

        result = counts_too_small(cells("a, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 2)

    @pytest.mark.parametrize(("count", "rows"), [("91", (1,)), ("90", ())])
    def test_a_count_and_its_percentage_of_a_total_that_leaves_a_few_over_invalid(self, cells, count, rows):
        line = f"R | T | staff | people | now | role | b | | | none | {count} | {count}.0 | 1 | grand total | | "

        result = counts_too_small(cells(more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 1)

    @pytest.mark.parametrize(
        ("total", "reason", "rows"),
        [("59", "", (3,)), ("60", "", ()), ("50", "", ()), ("59", "not the sum of its rows", ())],
    )
    def test_a_total_that_its_rows_leave_a_few_of_invalid(self, cells, total, reason, rows):
        line = f"R | T | staff | people | now | | | | | both | {total} | | | | | {reason}"

        result = counts_too_small(cells("a, 40,", "b, 10,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 3)

    @pytest.mark.parametrize(("count", "rows"), [("51", (1,)), ("50", ()), ("60", ()), ("61", ())])
    def test_one_row_that_leaves_a_few_of_a_total_declared_to_be_no_sum_invalid(self, cells, count, rows):
        line = "R | T | staff | people | now | | | | | both | 60 | | | | | not the sum of its rows"

        result = counts_too_small(cells(f"a, {count},", "b, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 3)

    @pytest.mark.parametrize(
        ("count", "reason", "rows"),
        [("51", "", (3,)), ("50", "", ()), ("60", "", ()), ("51", "not the sum of its rows", ())],
    )
    def test_the_total_of_another_table_of_which_a_few_are_in_no_row_invalid(self, cells, count, reason, rows):
        line = f"R | T | staff | people | now | role | b | | | none | {count} | | | | | {reason}"
        total = "R2 | A | staff | people | now | | | | | both | 100 | | | | | "

        result = counts_too_small(cells("a, 40,", more=(line, total)), smallest=10)

        assert (result.found, result.judged) == (found("counts_too_small", *rows), 3)

    def test_a_table_of_another_topic_says_of_how_many_a_percentage_is_invalid(self, cells):
        total = "R2 | A | crime | people | now | | | | | both | 100 | | | | | "
        line = "R | T | staff | people | now | role | b | | | none | | 4.0 | 1 | grand total | c | "

        result = counts_too_small(cells(more=(total, line)), smallest=10, only={"topic": ["staff"]})

        assert (result.found, result.judged) == (found("counts_too_small", 2), 1)

    def test_a_few_of_another_topic_pass(self, cells):
        line = "R | T | crime | people | now | role | b | | | none | 4 | | | | | "

        result = counts_too_small(cells("a, 40,", more=(line,)), smallest=10, only={"topic": ["staff"]})

        assert (result.found, result.judged) == ((), 1)


class TestCanBeWorkedOut:
    @pytest.mark.parametrize(("total", "rows"), [("45", ()), ("44", (2, 3)), ("40", (2, 3)), ("30", (2, 3))])
    def test_hidden_counts_confined_by_their_total_invalid(self, cells, total, rows):
        result = can_be_worked_out(cells("a, 40,", "b, , c", "d, , c", f"total, {total},"), apart=5)

        assert (result.found, result.judged) == (found("can_be_worked_out", *rows), 2)

    @pytest.mark.parametrize(("mark", "rows"), [("<6", ()), ("<5", (2, 3)), ("1 to 5", (2, 3))])
    def test_a_mark_that_says_how_few_they_are_invalid(self, cells, mark, rows):
        result = can_be_worked_out(cells("a, 40,", f"b, , {mark}", f"d, , {mark}"), apart=5)

        assert (result.found, result.judged) == (found("can_be_worked_out", *rows), 2)

    @pytest.mark.parametrize(
        ("count", "mark", "rows"), [("", "c", (2,)), ("", "", ()), ("12", "c", ())], ids=["marked", "no mark", "count"]
    )
    def test_a_percentage_beside_the_mark_invalid(self, cells, count, mark, rows):
        line = f"R | T | staff | people | now | role | b | | | none | {count} | 12.0 | 1 | grand total | {mark} | "

        result = can_be_worked_out(cells("total, 100,", more=(line,)), apart=5)

        assert (result.found, result.judged) == (found("can_be_worked_out", *rows), len(rows))

    def test_what_is_printed_elsewhere_invalid(self, cells):
        line = "R2 | T | staff | people | now | role | b | | | none | 14 | | | | | "

        result = can_be_worked_out(cells("a, 40,", "b, , c", "d, , c", "total, 90,", more=(line,)), apart=5)

        assert result.found == found("can_be_worked_out", 2, 3)

    @pytest.mark.parametrize(("men", "rows"), [(30, (2, 3)), (31, ())])
    def test_a_table_of_the_same_people_without_a_total_is_added_up(self, cells, men, rows):
        sexes = [
            f"R2 | S | staff | people | now | sex | {label} | | | none | {n} | | | | | "
            for label, n in (("women", 14), ("men", men))
        ]

        result = can_be_worked_out(cells("a, 40,", "b, , c", "d, , c", more=tuple(sexes)), apart=5)

        assert (result.found, result.judged) == (found("can_be_worked_out", *rows), 2)

    def test_a_total_that_is_declared_to_be_no_sum_tells_nothing(self, cells):
        total = "R | T | staff | people | now | | | | | both | 41 | | | | | not the sum of its rows"

        result = can_be_worked_out(cells("a, 40,", "b, , c", more=(total,)), apart=5)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("cell", [" | | | | c | ", "14 | | | | | "])
    def test_a_cell_that_names_no_place_invalid(self, cells, cell):
        line = f"R | | staff | people | now | role | b | | | none | {cell}"

        result = can_be_worked_out(cells("a, 40,", more=(line,)), apart=5)

        assert (result.found, result.judged) == (found("can_be_worked_out", 2), 1)

    def test_nothing_hidden_judges_nothing(self, cells):
        assert can_be_worked_out(cells("a, 40,", "total, 40,"), apart=5).judged == 0


class TestMarksTellApart:
    @pytest.mark.parametrize(("mark", "rows"), [("c", ()), ("s", (1, 2)), ("", (1, 2))])
    def test_two_marks_in_one_table_invalid(self, cells, mark, rows):
        result = marks_tell_apart(cells("a, , c", f"b, , {mark}", "total, 90,"))

        assert (result.found, result.judged) == (found("marks_tell_apart", *rows, column="mark"), 2)


class TestGroupAllAlike:
    @pytest.mark.parametrize(("counts", "rows"), [(("40", "1"), ()), (("41", "0"), (1,)), (("0", "41"), (2,))])
    def test_everybody_in_one_cell_invalid(self, cells, counts, rows):
        result = group_all_alike(cells(f"a, {counts[0]},", f"b, {counts[1]},", "total, 41,"))

        assert (result.found, result.judged) == (found("group_all_alike", *rows), 3)

    def test_a_cell_that_names_no_place_invalid(self, cells):
        line = "R | | staff | people | now | role | b | | | none | 14 | | | | | "

        result = group_all_alike(cells("a, 40,", "b, 1,", "total, 41,", more=(line,)))

        assert (result.found, result.judged) == (found("group_all_alike", 4), 4)

    @pytest.mark.parametrize(("count", "rows"), [("0", (1,)), ("1", ())])
    def test_nought_and_no_other_answer_invalid(self, cells, count, rows):
        result = group_all_alike(cells(f"yes, {count},", "total, 12,"))

        assert (result.found, result.judged) == (found("group_all_alike", *rows), 2)

    @pytest.mark.parametrize(("no", "rows"), [("0", (1,)), ("1", ())])
    def test_a_table_without_a_total_tells_as_much(self, cells, no, rows):
        result = group_all_alike(cells("yes, 40,", f"no, {no},"))

        assert (result.found, result.judged) == (found("group_all_alike", *rows), 2)

    @pytest.mark.parametrize(("reason", "rows"), [("everyone by definition", ()), ("", (1,))])
    def test_what_the_register_declares_to_hold_for_everybody_passes(self, cells, reason, rows):
        line = f"R | T | staff | people | now | role | a | | | none | 41 | | | | | {reason}"
        total = "R | T | staff | people | now | | | | | both | 41 | | | | | "

        assert group_all_alike(cells(more=(line, total))).found == found("group_all_alike", *rows)


class TestDifferByFew:
    @pytest.mark.parametrize(("count", "rows"), [("40", ()), ("50", ()), ("41", (2,)), ("31", (2,))])
    def test_a_few_between_two_releases_invalid(self, cells, count, rows):
        line = f"R2 | T | staff | people | later | role | a | | | none | {count} | | | | | "

        result = differ_by_few(cells("a, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("differ_by_few", *rows), 2)

    @pytest.mark.parametrize(("count", "rows"), [("40", ()), ("39", (2,)), ("30", ())])
    def test_another_count_of_the_same_people_invalid(self, cells, count, rows):
        line = f"R2 | T | staff | people | now | role | a | | | none | {count} | | | | | "

        result = differ_by_few(cells("a, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("differ_by_few", *rows), 2)

    @pytest.mark.parametrize(("count", "rows"), [("41", (3,)), ("40", ()), ("50", ())])
    def test_a_total_that_the_earlier_release_leaves_to_be_added_up_invalid(self, cells, count, rows):
        line = f"R2 | T | staff | people | later | | | | | both | {count} | | | | | "

        result = differ_by_few(cells("a, 30,", "b, 10,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("differ_by_few", *rows), 3)

    @pytest.mark.parametrize(("total", "rows"), [("61", (2,)), ("60", ()), ("69", (2,)), ("70", ())])
    def test_a_hidden_count_that_its_total_tells_invalid(self, cells, total, rows):
        lines = [
            f"R2 | T | staff | people | later | role | {label} | | | {margin} | {count} | | | | | "
            for label, margin, count in (("a", "none", ""), ("b", "none", "20"), ("", "both", total))
        ]

        result = differ_by_few(cells("a, 40,", more=tuple(lines)), smallest=10)

        assert (result.found, result.judged) == (found("differ_by_few", *rows), 4)

    def test_a_cell_that_names_no_place_invalid(self, cells):
        line = "R2 | T | staff | people | | role | a | | | none | 41 | | | | | "

        result = differ_by_few(cells("a, 40,", more=(line,)), smallest=10)

        assert (result.found, result.judged) == (found("differ_by_few", 2), 2)
