"""Which columns are more than was agreed, and when free text is too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpia_checks.checks.minimisation import (
    columns_not_approved,
    free_text_not_outnumbered,
    names_in_free_text,
    not_on_the_list,
    personal_data_in_free_text,
    relatives_in_free_text,
    sent_at_another_point,
)
from dpia_checks.violations import Violation


class TestColumnsNotApproved:
    AGREED = "client identifier approved | age integer approved"

    def test_the_agreed_columns_pass(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED}\nC1 | 30"))

        assert (result.found, result.judged) == ((), 2)

    def test_their_order_does_not_matter(self, records):
        assert not columns_not_approved(records("crc", "age integer approved | client identifier approved\n30 | C1"))

    def test_an_agreed_column_that_is_left_out_passes(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED}\nC1 | 30", lacking=("age",)))

        assert (result.found, result.judged) == ((), 1)

    def test_a_column_without_a_row_is_judged_all_the_same(self, records):
        assert columns_not_approved(records("crc", self.AGREED)).judged == 2

    def test_an_unknown_column_is_named_by_its_position_invalid(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED} | jane_doe unknown\nC1 | 30 | x"))

        assert result.found == (Violation("crc", column="column 3", rule="columns_not_approved"),)

    def test_an_unknown_column_without_a_cell_invalid(self, records):
        assert columns_not_approved(records("crc", f"{self.AGREED} | extra unknown\nC1 | 30 | "))

    @pytest.mark.parametrize("standing", ["presupposed", "register"])
    def test_a_column_that_is_described_and_not_approved_invalid(self, records, standing):
        result = columns_not_approved(records("crc", f"{self.AGREED} | domestic yes_no {standing}\nC1 | 30 | no"))

        assert result.found == (Violation("crc", column="domestic", rule="columns_not_approved"),)

    def test_a_name_that_is_only_nearly_the_same_invalid(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED} | years unknown\nC1 | 30 | 30"))

        assert result.found == (Violation("crc", column="column 3", rule="columns_not_approved"),)

    def test_a_second_column_in_another_spelling_invalid(self, records):
        result = columns_not_approved(records("crc", f"{self.AGREED} | Age. unknown\nC1 | 30 | 30"))

        assert result.found == (Violation("crc", column="column 3", rule="columns_not_approved"),)


class TestFreeTextNotOutnumbered:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            needs = records("needs", "\n".join(["type | format | standing", *rows]))
            return free_text_not_outnumbered(
                needs, chosen=("code", "yes_no"), written=("free_text",), standing=("approved",)
            )

        return of

    def test_more_tick_boxes_than_free_text_pass(self, judge):
        result = judge("field | code | approved", "field | yes_no | approved", "field | free_text | approved")

        assert (result.found, result.judged) == ((), 3)

    def test_a_tie_invalid(self, judge):
        result = judge("field | code | approved", "field | free_text | approved")

        assert result.found == (Violation("needs", 2, "format", rule="free_text_not_outnumbered"),)

    def test_every_free_text_field_is_named_when_there_are_more_invalid(self, judge):
        result = judge("field | free_text | approved", "field | code | approved", "field | free_text | approved")

        assert [violation.row for violation in result.found] == [1, 3]

    @pytest.mark.parametrize("format", ["date", "text", "integer", ""])
    def test_other_formats_are_on_neither_side_invalid(self, judge, format):
        result = judge(f"field | {format} | approved", "field | code | approved", "field | free_text | approved")

        assert [violation.row for violation in result.found] == [3]
        assert result.judged == 2

    @pytest.mark.parametrize("standing", ["register", ""])
    def test_a_tick_box_of_another_standing_does_not_count_invalid(self, judge, standing):
        assert (
            judge(f"field | code | {standing}", "field | code | approved", "field | free_text | approved").judged == 2
        )

    @pytest.mark.parametrize("standing", ["register", ""])
    def test_free_text_of_another_standing_does_not_count(self, judge, standing):
        assert not judge(f"field | free_text | {standing}", "field | code | approved")

    @pytest.mark.parametrize("type", ["commitment", ""])
    def test_what_is_no_field_does_not_count(self, judge, type):
        assert not judge(f"{type} | free_text | approved", "field | code | approved")

    def test_a_document_without_fields_shows_nothing_either_way(self, judge):
        result = judge("commitment | | ")

        assert (result.found, result.judged) == ((), 0)


class TestNotOnTheList:
    HEADER = "client identifier | drugs yes_no | age integer | notes free_text"

    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, formats=("yes_no",), **more):
            return not_on_the_list(records("crc", "\n".join([self.HEADER, *rows]), **more), formats=formats)

        return of

    @pytest.mark.parametrize("answer", ["yes", "no", "", "Yes", "NO"])
    def test_an_answer_from_the_list_or_none_passes(self, judge, answer):
        result = judge(f"C1 | {answer} | 30 | whatever she said")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("answer", ["since May", "Y", "no.", "yes no"])
    def test_words_in_its_place_invalid(self, judge, answer):
        result = judge("C1 | yes | 30 | ", f"C2 | {answer} | 30 | ")

        assert result.found == (Violation("crc", 2, "drugs", rule="not_on_the_list"),)

    def test_another_format_is_left_to_other_checks(self, judge):
        assert not judge("C1 | yes | unknown | ")

    def test_every_format_that_is_asked_for_is_judged(self, judge):
        result = judge("C1 | maybe | old | ", formats=("yes_no", "integer"))

        assert {violation.column for violation in result.found} == {"drugs", "age"}
        assert result.judged == 2

    def test_a_field_that_is_left_out_passes_and_nothing_is_judged(self, judge):
        result = judge("C1 | maybe | 30 | ", lacking=("drugs",))

        assert (result.found, result.judged) == ((), 0)

    def test_an_empty_table_is_no_evidence(self, judge):
        assert judge().judged == 0


class TestPersonalDataInFreeText:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, header="client identifier | notes free_text | court text", kinds=("postcode",), **more):
            table = records("crc", "\n".join([header, *rows]), **more)
            return personal_data_in_free_text(table, formats=("free_text", "text"), kinds=kinds)

        return of

    def test_words_pass_and_each_filled_cell_is_judged(self, judge):
        result = judge("C1 | Attended | Camden", "C2 |  | E1")

        assert (result.found, result.judged) == ((), 3)

    def test_a_postcode_in_any_written_field_invalid(self, judge):
        result = judge("C1 | Attended | at zz993vz", "C2 | now ZZ99 3VZ | Camden")

        assert set(result.found) == {
            Violation("crc", 1, "court", rule="personal_data_in_free_text"),
            Violation("crc", 2, "notes", rule="personal_data_in_free_text"),
        }

    def test_only_what_is_asked_for_is_looked_for(self, judge):
        assert not judge("C1 | now ZZ99 3VZ | ", kinds=("NHS number",))
        assert judge("C1 | NHS 999 000 0018 | ", kinds=("postcode", "NHS number"))

    def test_a_field_of_another_format_is_not_written(self, judge):
        assert judge("ZZ99 3VZ | ZZ99 3VZ", header="client identifier | home code").judged == 0

    def test_a_field_that_is_there_to_identify_is_not_judged(self, records, described):
        table = records("crc", "home | notes free_text\nZZ99 3VZ | fine")
        table.table.columns["home"] = replace(table.table.columns["home"], direct_identifier=True)

        result = personal_data_in_free_text(table, formats=("free_text", "text"), kinds=("postcode",))

        assert (result.found, result.judged) == ((), 1)

    def test_a_field_that_is_left_out_passes(self, judge):
        result = judge("C1 | ZZ99 3VZ | Camden", lacking=("notes",))

        assert (result.found, result.judged) == ((), 1)

    def test_no_violation_says_what_was_found(self, judge):
        assert "ZZ99" not in repr(judge("C1 | now ZZ99 3VZ | Camden"))


class TestNamesInFreeText:
    @pytest.fixture
    def judge(self, records):
        def of(*notes: str, people=("Juniper | Basalt", "May | Flint", " | ")):
            clients = records("women", "\n".join(["forename | surname", *people]))
            extract = records("notes", "\n".join(["client identifier | notes free_text", *notes]))
            return names_in_free_text(extract, clients, names=["forename", "surname"], formats=["free_text"])

        return of

    def test_words_pass_although_somebody_is_called_may(self, judge):
        result = judge("C1 | Will attend in May", "C2 | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("note", ["Seen by Ms Basalt", "lives in Basalt Road", "at Juniper House"])
    def test_a_worker_or_a_street_with_that_name_passes(self, judge, note):
        assert not judge(f"C1 | {note}")

    def test_a_place_passes_although_somebody_is_called_so(self, judge):
        assert not judge("C1 | Moved to Chelsea", people=("Chelsea | Flint",))

    @pytest.mark.parametrize("note", ["Juniper did not come", "asked about may flint", "FLINT, MAY", "told May"])
    def test_a_client_is_named_invalid(self, judge, note):
        result = judge("C1 | Attended", f"C2 | {note}")

        assert result.found == (Violation("notes", 2, "notes", rule="names_in_free_text"),)

    def test_two_clients_names_make_no_third(self, judge):
        assert not judge("C1 | May Stone came", people=("May | Flint", "Grace | Stone"))

    def test_a_half_empty_name_still_names(self, judge):
        assert judge("C1 | Juniper did not come", people=("Juniper | ",))

    def test_nobody_is_known_and_nobody_named(self, judge):
        assert not judge("C1 | Juniper did not come", people=())

    def test_one_column_may_hold_the_whole_name(self, records):
        clients = records("clients", "full_name | notes free_text\nMay Flint | May flint came\nJuniper Basalt | fine")

        result = names_in_free_text(clients, clients, names=["full_name"], formats=["free_text"])

        assert result.found == (Violation("clients", 1, "notes", rule="names_in_free_text"),)

    def test_every_field_is_judged_invalid(self, records):
        clients = records("clients", "name | one free_text | two free_text\nJuniper Basalt | Juniper came | fine")

        result = names_in_free_text(clients, clients, names=["name"], formats=["free_text"])

        assert (result.found, result.judged) == ((Violation("clients", 1, "one", rule="names_in_free_text"),), 2)


class TestRelativesInFreeText:
    @pytest.fixture
    def judge(self, records):
        def of(*notes: str):
            extract = records("notes", "\n".join(["client identifier | notes free_text", *notes]))
            return relatives_in_free_text(
                extract, formats=["free_text"], relations=["sister", "son"], organisations=["Sisters Uncut"]
            )

        return of

    @pytest.mark.parametrize(
        "note", ["sister in hospital", "the son Sisters Uncut", "Son is four", "her mother Rowan", "seen 01/02/2015"]
    )
    def test_a_relative_without_a_name_passes(self, judge, note):
        result = judge(f"C1 | {note}", "C2 | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("note", ["her sister Rowan came", "son born 01/02/2015"])
    def test_a_relative_is_named_or_their_birth_given_invalid(self, judge, note):
        result = judge("C1 | Attended", f"C2 | {note}")

        assert result.found == (Violation("notes", 2, "notes", rule="relatives_in_free_text"),)

    def test_every_field_is_judged_invalid(self, records):
        notes = records("notes", "one free_text | two free_text\nher sister Rowan came | fine")

        result = relatives_in_free_text(notes, formats=["free_text"], relations=["sister"], organisations=[])

        assert (result.found, result.judged) == ((Violation("notes", 1, "one", rule="relatives_in_free_text"),), 2)


class TestSentAtAnotherPoint:
    @pytest.fixture
    def judge(self, records):
        def of(*sendings: str, analyses=("2020-03-15T09:00+00:00",)):
            sent = records("transfers", "\n".join(["id identifier | sender | sent_at instant", *sendings]))
            started = records("analyses", "\n".join(["started_at instant", *analyses]))
            return sent_at_another_point(
                sent, started, sent="sent_at", started="started_at", days=14, only={"sender": ["Safer London"]}
            )

        return of

    @pytest.mark.parametrize("sent", ["2020-03-01T09:00+00:00", "2020-03-15T09:00+00:00", "2020-03-15T10:00+01:00"])
    def test_within_the_days_before_an_analysis_passes(self, judge, sent):
        result = judge(f"T1 | Safer London | {sent}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("sent", ["2020-03-01T08:59+00:00", "2020-03-01T09:59+01:00", "2020-03-15T09:01+00:00", ""])
    def test_earlier_later_or_nobody_knows_when_invalid(self, judge, sent):
        result = judge("T1 | Safer London | 2020-03-10T09:00+00:00", f"T2 | Safer London | {sent}")

        assert result.found == (Violation("transfers", 2, "sent_at", rule="sent_at_another_point"),)

    def test_the_days_are_of_24_hours_when_the_clocks_change(self, judge):
        later = ("2020-04-05T09:00+01:00",)

        assert not judge("T1 | Safer London | 2020-03-22T08:00+00:00", analyses=later)
        assert judge("T1 | Safer London | 2020-03-22T07:59+00:00", analyses=later)

    def test_any_analysis_will_do(self, judge):
        assert not judge(
            "T1 | Safer London | 2020-03-10T09:00+00:00", analyses=("2019-01-01T09:00+00:00", "2020-03-15T09:00+00:00")
        )

    @pytest.mark.parametrize("analyses", [(), ("",)])
    def test_no_analysis_is_no_point_invalid(self, judge, analyses):
        assert judge("T1 | Safer London | 2020-03-10T09:00+00:00", analyses=analyses)

    def test_somebody_elses_sending_is_not_judged(self, judge):
        assert judge("T1 | MPS | 2019-03-10T09:00+00:00").judged == 0

    def test_an_empty_scope_is_judged_invalid(self, judge):
        assert judge("T1 |  | 2019-03-10T09:00+00:00")
