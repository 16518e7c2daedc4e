"""Planted mistakes and honest oddities: how one is read, planted and noticed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dpia_checks import examples
from dpia_checks.errors import ExamplesUnusable
from dpia_checks.examples import Edit, Example
from dpia_checks.planting import noticed, plant
from dpia_checks.records import ExtractSet, SetFacts
from dpia_checks.violations import COLUMN_MISSING, TableMissing, Violation

HEADER = "need,example,expect,edit,table,row,column,value"
NEED = "FOD_COM_BREACH_01"
RULES = ("told_late",)


@pytest.fixture
def clean(drawn) -> ExtractSet:
    breaches = drawn("breaches", "id | told instant | kind\na | 2020-01-01T00:00Z | x\nb | | y\nc | | z")
    staff = drawn("staff", "person | team\nann | one\nbob | two\nann | two")
    tables = {"breaches": breaches, "staff": staff}
    schemas = {name: table for name, (table, _) in tables.items()}
    facts = SetFacts("fod", "made-up", "synthetic", "2020-12-31")
    return ExtractSet({name: text for name, (_, text) in tables.items()}, schemas, facts)


@pytest.fixture
def load(tmp_path, clean):
    """Write lines into an examples.csv and load them."""

    def written(*lines: str) -> list[Example]:
        path = tmp_path / "examples.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return examples.load(path, clean.schemas)

    return written


def edit(kind: str, table: str = "breaches", row: str = "", column: str = "", value: str = "", line: int = 2) -> Edit:
    return Edit(kind, table, row, column, value, line)


def one(*edits: Edit) -> Example:
    return Example(NEED, "an example", "violation", edits, "fod/examples.csv")


def cells(extracts: ExtractSet, table: str = "breaches") -> list[list[str | None]]:
    return [list(row.values()) for row in extracts.texts[table].to_pylist()]


class TestLoad:
    def test_lines_with_one_need_and_name_are_one_example_planted_in_order(self, load):
        loaded = load(
            f"{NEED},twice,violation,set,breaches,a,told,",
            f"{NEED},once,allowed,set,breaches,b,kind,q",
            f"{NEED},twice,violation,drop,breaches,c,,",
        )

        assert [(made.name, [(e.edit, e.line) for e in made.edits]) for made in loaded] == [
            ("twice", [("set", 2), ("drop", 4)]),
            ("once", [("set", 3)]),
        ]

    def test_an_example_says_where_it_stands(self, load, tmp_path):
        assert load(f"{NEED},x,allowed,drop,breaches,a,,")[0].where == f"{tmp_path.name}/examples.csv:2"

    def test_without_a_file_there_are_none(self, tmp_path, clean):
        assert examples.load(tmp_path / "examples.csv", clean.schemas) == []

    @pytest.mark.parametrize(
        ("line", "what"),
        [
            (f"{NEED},x,violation,mend,breaches,a,told,", "unknown edit"),
            (f"{NEED},x,violation,set,letters,a,told,", "unknown table"),
            (f"{NEED},x,violation,set,breaches,a,hour,", "unknown column of that table"),
            (f"{NEED},x,violation,drop column,breaches,,hour,", "unknown column of that table"),
            (f"{NEED},x,maybe,set,breaches,a,told,", "unknown expect"),
            (f"{NEED},,violation,set,breaches,a,told,", "the need or the example's name is empty"),
            (",x,violation,set,breaches,a,told,", "the need or the example's name is empty"),
            (f"{NEED},x,violation,set,breaches,,told,", "set needs row"),
            (f"{NEED},x,violation,set,breaches,,,", "set needs row and column"),
            (f"{NEED},x,violation,add,breaches,,,", "add needs row"),
            (f"{NEED},x,violation,drop,breaches,,,", "drop needs row"),
            (f"{NEED},x,violation,seen at,breaches,,,", "seen at needs row"),
            (f"{NEED},x,violation,add column,breaches,,,", "add column needs column"),
            (f"{NEED},x,violation,drop column,breaches,,,", "drop column needs column"),
        ],
    )
    def test_a_line_that_does_not_parse_is_named_with_file_and_line(self, load, tmp_path, line, what):
        with pytest.raises(ExamplesUnusable) as refused:
            load(f"{NEED},fine,allowed,set,breaches,a,told,", line)

        assert [(problem.where, problem.what) for problem in refused.value.problems] == [
            (f"{tmp_path.name}/examples.csv:3", what)
        ]

    @pytest.mark.parametrize("kind", ["drop table", "empty table"])
    def test_an_edit_of_a_whole_table_needs_no_row(self, load, kind):
        assert load(f"{NEED},x,violation,{kind},breaches,,,")

    def test_bad_lines_are_named_together(self, load):
        with pytest.raises(ExamplesUnusable) as refused:
            load(f"{NEED},x,violation,mend,breaches,a,told,", f"{NEED},y,violation,set,letters,a,told,")

        assert [problem.what for problem in refused.value.problems] == ["unknown edit", "unknown table"]

    def test_an_example_expected_to_be_both_is_refused(self, load):
        with pytest.raises(ExamplesUnusable, match="expected to be both"):
            load(f"{NEED},x,violation,set,breaches,a,told,", f"{NEED},x,allowed,set,breaches,b,told,")


class TestPlant:
    def test_set_writes_a_cell_and_leaves_the_others(self, clean):
        planted = plant(one(edit("set", row="b", column="kind", value="new")), clean)

        assert cells(planted) == [["a", "2020-01-01T00:00Z", "x"], ["b", None, "new"], ["c", None, "z"]]

    def test_set_without_a_value_empties_the_cell(self, clean):
        planted = plant(one(edit("set", row="a", column="told")), clean)

        assert cells(planted)[0] == ["a", None, "x"]

    def test_add_copies_a_record_under_a_new_key(self, clean):
        planted = plant(one(edit("add", row="d", value="a")), clean)

        assert cells(planted)[3:] == [["d", "2020-01-01T00:00Z", "x"]]

    def test_add_without_a_value_makes_a_record_with_its_key_only(self, clean):
        planted = plant(one(edit("add", row="d")), clean)

        assert cells(planted)[3:] == [["d", None, None]]

    def test_an_added_record_can_be_filled_by_the_next_edit(self, clean):
        planted = plant(one(edit("add", row="d"), edit("set", row="d", column="kind", value="new")), clean)

        assert cells(planted)[3:] == [["d", None, "new"]]

    def test_add_fills_the_first_record_of_an_empty_table(self, clean):
        planted = plant(one(edit("empty table"), edit("add", row="d")), clean)

        assert cells(planted) == [["d", None, None]]

    def test_drop_takes_one_record_out(self, clean):
        assert [row[0] for row in cells(plant(one(edit("drop", row="b")), clean))] == ["a", "c"]

    def test_add_column_fills_it_in_every_record_and_calls_it_by_its_position(self, clean):
        planted = plant(one(edit("add column", column="Home phone", value="none")), clean)

        assert planted.texts["breaches"].column_names[-1] == "column 4"
        assert [row[-1] for row in cells(planted)] == ["none"] * 3

    def test_add_column_without_a_value_adds_an_empty_one(self, clean):
        planted = plant(one(edit("add column", column="Home phone")), clean)

        assert [row[-1] for row in cells(planted)] == [None] * 3

    def test_drop_column_takes_it_out(self, clean):
        planted = plant(one(edit("drop column", column="told")), clean)

        assert planted.texts["breaches"].column_names == ["id", "kind"]

    def test_drop_table_takes_it_out(self, clean):
        planted = plant(one(edit("drop table")), clean)

        with pytest.raises(TableMissing):
            planted["breaches"]

    def test_empty_table_keeps_the_header(self, clean):
        planted = plant(one(edit("empty table")), clean)

        assert (len(planted["breaches"]), planted["breaches"].header) == (0, ("id", "told", "kind"))

    def test_edits_are_planted_in_order(self, clean):
        twice = one(edit("set", row="b", column="kind", value="first"), edit("add", row="d", value="b"))

        assert cells(plant(twice, clean))[3] == ["d", None, "first"]

    def test_two_tables_can_be_edited_at_once(self, clean):
        planted = plant(one(edit("drop", row="a"), edit("drop", table="staff", row="bob")), clean)

        assert (len(planted["breaches"]), len(planted["staff"])) == (2, 2)

    def test_the_clean_extracts_stay_as_they_are(self, clean):
        plant(one(edit("set", row="a", column="kind", value="new"), edit("drop", row="b")), clean)

        assert cells(clean)[0][2] == "x"

    def test_a_table_that_no_edit_names_is_shared(self, clean):
        assert plant(one(edit("drop", row="a")), clean)["staff"] is clean["staff"]

    @pytest.mark.parametrize(("position", "place"), [("#1", 0), ("#3", 2)])
    def test_a_record_can_be_named_by_its_position(self, clean, position, place):
        planted = plant(one(edit("set", row=position, column="kind", value="new")), clean)

        assert cells(planted)[place][2] == "new"

    def test_a_position_names_one_of_several_records_with_the_same_key(self, clean):
        planted = plant(one(edit("set", "staff", row="#3", column="team", value="new")), clean)

        assert cells(planted, "staff") == [["ann", "one"], ["bob", "two"], ["ann", "new"]]

    @pytest.mark.parametrize("kind", ["set", "drop", "add"])
    @pytest.mark.parametrize("record", ["nobody", "#0", "#4", "#", "#-1", "#two", "#²"])
    def test_a_record_that_does_not_exist_is_refused_with_file_and_line(self, clean, kind, record):
        named = {"value": record, "row": "d"} if kind == "add" else {"row": record, "column": "kind"}

        with pytest.raises(ExamplesUnusable, match=r"^fod/examples.csv:7: edits a record that does not exist"):
            plant(one(edit(kind, **named, line=7)), clean)

    @pytest.mark.parametrize(
        "edits",
        [
            [edit("set", row="a", column="kind", value="x")],
            [edit("set", row="b", column="told")],
            [edit("set", row="a", column="kind", value="q"), edit("set", row="a", column="kind", value="x")],
            [edit("seen at", row="a")],
        ],
    )
    def test_an_example_that_changes_nothing_is_refused_with_file_and_line(self, clean, edits):
        with pytest.raises(ExamplesUnusable, match=r"^fod/examples.csv:2: the example changes nothing"):
            plant(one(*edits), clean)

    def test_seen_at_changes_nothing_of_its_own(self, clean):
        planted = plant(one(edit("drop", "staff", row="bob"), edit("seen at", row="b")), clean)

        assert cells(planted) == cells(clean)

    def test_seen_at_a_record_that_does_not_exist_is_refused(self, clean):
        with pytest.raises(ExamplesUnusable):
            plant(one(edit("drop", "staff", row="bob"), edit("seen at", row="nobody")), clean)

    def test_a_key_of_two_records_is_refused(self, clean):
        with pytest.raises(ExamplesUnusable, match="names 2 records at once"):
            plant(one(edit("set", "staff", row="ann", column="team")), clean)

    def test_a_table_that_is_not_there_is_refused(self, clean):
        with pytest.raises(ExamplesUnusable, match="edits a table that is not there"):
            plant(one(edit("drop", row="a")), clean.replacing({"breaches": None}))

    def test_a_table_that_the_edit_before_took_out_is_refused(self, clean):
        with pytest.raises(ExamplesUnusable, match="edits a table that is not there"):
            plant(one(edit("drop table"), edit("drop", row="a")), clean)

    def test_a_column_that_the_edit_before_took_out_is_refused(self, clean):
        gone = one(edit("drop column", column="kind"), edit("set", row="a", column="kind", value="new"))

        with pytest.raises(ExamplesUnusable):
            plant(gone, clean)

    def test_a_column_that_is_there_already_is_not_added(self, clean):
        with pytest.raises(ExamplesUnusable):
            plant(one(edit("add column", column="kind")), clean)


class TestNoticed:
    """Each kind of edit: the place it touched, and a row, a table and a rule that it did not."""

    CASES = {
        "set": (edit("set", row="b", column="told", value="x"), Violation("breaches", 2, "told", rule="told_late")),
        "add": (edit("add", row="d", value="a"), Violation("breaches", 4, rule="told_late")),
        "add, blank": (edit("add", row="d"), Violation("breaches", 4, rule="told_late")),
        "add column": (edit("add column", column="Home"), Violation("breaches", column="column 4", rule="told_late")),
        "drop": (edit("drop", "staff", row="bob"), Violation("breaches", 2, absent_from="staff", rule="told_late")),
        "drop table": (edit("drop table", "staff"), Violation("breaches", 2, absent_from="staff", rule="told_late")),
        "empty table": (edit("empty table", "staff"), Violation("breaches", 2, absent_from="staff", rule="told_late")),
        "drop column": (
            edit("drop column", column="told"),
            Violation("breaches", column="told", rule=COLUMN_MISSING),
        ),
    }

    @pytest.fixture(params=CASES)
    def case(self, request, clean):
        made, violation = self.CASES[request.param]
        return one(made), plant(one(made), clean), violation

    def test_a_violation_at_the_place_of_the_edit_notices_it(self, case):
        example, planted, right = case

        assert noticed(example, planted, [right], RULES)

    def test_one_right_violation_among_others_is_enough(self, case):
        example, planted, right = case

        assert noticed(example, planted, [Violation("staff", 99, rule="told_late"), right], RULES)

    def test_without_a_violation_nothing_is_noticed(self, case):
        example, planted, _ = case

        assert not noticed(example, planted, [], RULES)

    def test_a_violation_in_another_table_does_not_notice_it(self, case):
        example, planted, right = case
        elsewhere = Violation("post", right.row, right.column, "post" if right.absent_from else None, right.rule)

        assert not noticed(example, planted, [elsewhere], RULES)

    def test_a_violation_of_a_rule_that_the_verification_did_not_ask_does_not_notice_it(self, case):
        example, planted, right = case
        another = Violation(right.table, right.row, right.column, right.absent_from, "unreadable")

        assert not noticed(example, planted, [another], RULES)

    @pytest.mark.parametrize("kind", ["set", "add", "add, blank"])
    def test_a_violation_in_another_row_does_not_notice_it(self, clean, kind):
        made, right = self.CASES[kind]
        another = Violation("breaches", 1, right.column, rule="told_late")

        assert not noticed(one(made), plant(one(made), clean), [another], RULES)

    @pytest.mark.parametrize(("row", "expected"), [(2, True), (1, False)])
    def test_a_mistake_that_shows_in_another_table_is_noticed_at_the_row_named_for_it(self, clean, row, expected):
        made = one(edit("set", "staff", row="bob", column="team", value="three"), edit("seen at", row="b"))

        assert noticed(made, plant(made, clean), [Violation("breaches", row, rule="told_late")], RULES) is expected

    @pytest.mark.parametrize("kind", ["add column", "drop column"])
    def test_a_violation_in_another_column_does_not_notice_it(self, clean, kind):
        made, right = self.CASES[kind]
        another = Violation("breaches", column="kind", rule=right.rule)

        assert not noticed(one(made), plant(one(made), clean), [another], RULES)

    @pytest.mark.parametrize("kind", ["drop", "drop table", "empty table"])
    def test_a_violation_in_a_row_that_does_not_miss_it_does_not_notice_it(self, clean, kind):
        made, _ = self.CASES[kind]
        unrelated = Violation("breaches", 2, rule="told_late")

        assert not noticed(one(made), plant(one(made), clean), [unrelated], RULES)

    @pytest.mark.parametrize(
        "unrelated", [Violation("staff", 1, rule="told_late"), Violation("post", rule="told_late")]
    )
    def test_what_was_taken_out_is_not_noticed_in_a_row_that_is_left_nor_in_another_table(self, clean, unrelated):
        made = one(edit("drop", "staff", row="bob"))

        assert not noticed(made, plant(made, clean), [unrelated], RULES)

    def test_a_table_that_lacks_records_altogether_notices_what_was_taken_out(self, clean):
        made = one(edit("empty table"))

        assert noticed(made, plant(made, clean), [Violation("breaches", rule="told_late")], RULES)

    def test_a_record_by_its_position_is_noticed_at_that_position(self, clean):
        made = one(edit("set", "staff", row="#3", column="team", value="new"))

        assert noticed(made, plant(made, clean), [Violation("staff", 3, "team", rule="told_late")], RULES)

    @pytest.mark.parametrize("value", ["q", ""])
    @pytest.mark.parametrize("row", ["b", "#2"])
    def test_a_record_whose_key_was_changed_is_noticed_where_it_stands(self, clean, row, value):
        made = one(edit("set", row=row, column="id", value=value))

        assert noticed(made, plant(made, clean), [Violation("breaches", 2, "id", rule="told_late")], RULES)

    def test_a_record_added_under_a_key_that_exists_is_noticed_where_it_stands(self, clean):
        made = one(edit("add", row="a", value="b"))

        assert noticed(made, plant(made, clean), [Violation("breaches", 4, rule="told_late")], RULES)

    def test_a_record_that_moved_up_is_noticed_where_it_stands_now(self, clean):
        made = one(edit("drop", row="a"), edit("set", row="b", column="told", value="x"))

        assert noticed(made, plant(made, clean), [Violation("breaches", 1, "told", rule="told_late")], RULES)

    def test_any_edit_of_the_example_may_be_the_one_that_is_noticed(self, clean):
        made = one(edit("set", row="b", column="told", value="x"), edit("set", row="c", column="told", value="x"))

        assert noticed(made, plant(made, clean), [Violation("breaches", 3, "told", rule="told_late")], RULES)


def test_a_value_may_hold_a_comma(load):
    assert load(f'{NEED},x,allowed,set,breaches,a,kind,"this, that"')[0].edits[0].value == "this, that"


def test_texts_stay_text(clean):
    planted = plant(one(edit("set", row="a", column="kind"), edit("add", row="d")), clean)

    assert {field.type for field in planted.texts["breaches"].schema} == {pa.string()}


class TestForEach:
    def test_an_example_of_each_is_one_for_each_commitment_with_the_method(self):
        line = edit("set", "attestations", "ATT-{need}-2", "evidence_reference", "EV-{need}")
        written = Example("each attest", "x", "allowed", (line,), "fod/examples.csv")

        made = examples.for_each(written, lambda method: ["A", "B"] if method == "attest" else [])

        assert [example.need for example in made] == ["A", "B"]
        assert [(example.edits[0].row, example.edits[0].value) for example in made] == [
            ("ATT-A-2", "EV-A"),
            ("ATT-B-2", "EV-B"),
        ]

    def test_an_example_of_the_first_is_one(self):
        written = Example("first attest", "x", "allowed", (edit("drop", row="ATT-{need}-1"),), "fod/examples.csv")

        (made,) = examples.for_each(written, lambda method: ["A", "B"] if method == "attest" else [])

        assert (made.need, made.edits[0].row) == ("A", "ATT-A-1")
        assert examples.for_each(written, lambda method: []) == []

    def test_any_other_example_is_itself(self):
        written = one(edit("drop", row="PDB-01"))

        assert examples.for_each(written, lambda method: ["A"]) == [written]
