"""How an extract is described, and which descriptions are refused."""

from __future__ import annotations

import re

import pytest

from dpia_checks import DPIAS, schema
from dpia_checks.errors import SchemaUnusable
from dpia_checks.needs import Needs

CELLS = {
    "id": "FOD_FIELD_CRC_01",
    "table": "crc",
    "column": "client_id",
    "name": "Client ID",
    "type": "identifier",
    "values": "",
    "standing": "approved",
    "direct_identifier": "yes",
    "special_category": "",
    "criminal_offence": "no",
    "whose": "the woman on probation",
    "basis": "LAW_GDPR_6_1_E; LAW_GDPR_10",
    "purpose": "not stated",
    "source": "App1",
    "source_line": "698",
}


def line(**changes: str) -> str:
    return ",".join({**CELLS, **changes}.values())


@pytest.fixture
def load(tmp_path):
    """Write lines into extracts/fod.csv and load them."""

    def written(*lines: str, header: str = ",".join(schema.HEADER)) -> dict[str, schema.Table]:
        (tmp_path / "fod.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return schema.load("fod", tmp_path)

    return written


class TestPackaged:
    @pytest.mark.parametrize("dpia", DPIAS)
    def test_loads(self, dpia):
        assert schema.load(dpia)

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_every_id_is_of_its_dpia_and_its_table(self, dpia):
        columns = [column for table in schema.load(dpia).values() for column in table.columns.values()]

        wrong = [
            column.id
            for column in columns
            if not re.fullmatch(
                rf"{dpia.upper()}_FIELD_{column.table.replace('_', '').upper()}_[0-9]{{2,3}}", column.id
            )
        ]

        assert wrong == []

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_no_column_has_the_name_that_positions_go_by(self, dpia):
        assert not [table.name for table in schema.load(dpia).values() if "row" in table.columns]

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_every_approved_field_has_a_basis_or_says_so(self, dpia):
        tables = schema.load(dpia).values()

        assert not [c.id for t in tables for c in t.columns.values() if c.standing == "approved" and not c.basis]


class TestLoad:
    def test_a_column_is_what_its_line_says(self, load):
        column = load(line())["crc"].columns["client_id"]

        assert (column.id, column.name, column.type, column.standing) == (
            "FOD_FIELD_CRC_01",
            "Client ID",
            "identifier",
            "approved",
        )

    def test_several_laws_are_several(self, load):
        assert load(line())["crc"].columns["client_id"].basis == ("LAW_GDPR_6_1_E", "LAW_GDPR_10")

    def test_the_first_column_of_a_table_is_its_key(self, load):
        second = line(id="FOD_FIELD_CRC_02", column="aardvark")

        assert load(line(), second)["crc"].key == "client_id"

    def test_a_code_has_its_values(self, load):
        table = load(line(type="code", values="red|green"))["crc"]

        assert table.columns["client_id"].values == ("red", "green")

    def test_a_yes_or_no_has_two_values_without_their_being_listed(self, load):
        assert load(line(type="yes_no"))["crc"].columns["client_id"].values == ("yes", "no")

    def test_a_column_goes_by_its_name_and_by_the_printed_one_in_any_spelling(self, load):
        table = load(line(column="ete", name="ETE Y/N"))["crc"]

        assert table.spellings == {"ete": "ete", "eteyn": "ete"}

    def test_a_spelling_that_two_columns_could_mean_is_nobodys(self, load):
        table = load(line(column="a", name="Details"), line(id="FOD_FIELD_CRC_02", column="b", name="details:"))["crc"]

        assert table.spellings == {"a": "a", "b": "b"}

    def test_only_approved_columns_are_approved(self, load):
        others = [
            line(id=f"FOD_FIELD_CRC_0{n}", column=word, standing=word)
            for n, word in ((2, "presupposed"), (3, "register"))
        ]

        assert load(line(), *others)["crc"].approved == {"client_id"}

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({}, "direct identifier"),
            ({"direct_identifier": "no"}, "personal data"),
            ({"direct_identifier": "no", "standing": "register"}, "record keeping"),
            ({"direct_identifier": "no", "special_category": "health"}, "special category: health"),
            ({"direct_identifier": "no", "criminal_offence": "yes"}, "criminal offence data"),
            (
                {"special_category": "health", "criminal_offence": "yes"},
                "special category: health; criminal offence data; direct identifier",
            ),
        ],
    )
    def test_a_field_of_several_categories_is_named_with_each(self, load, changes, words):
        assert load(line(**changes))["crc"].columns["client_id"].category == words


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"column": "other"}, "a second line for one id or column"),
            ({"id": "FOD_FIELD_CRC_02"}, "a second line for one id or column"),
            ({"id": "FOD_FIELD_CRC_02", "column": "b", "type": "number"}, "the type is unknown"),
            ({"id": "FOD_FIELD_CRC_02", "column": "b", "standing": "liked"}, "the standing is unknown"),
            ({"id": "FOD_FIELD_CRC_02", "column": "b", "type": "code"}, "a code without its values"),
        ],
    )
    def test_a_bad_line_is_named_with_file_and_line(self, load, changes, what):
        with pytest.raises(SchemaUnusable) as refused:
            load(line(), line(**changes))

        assert [(problem.where, problem.what) for problem in refused.value.problems] == [("extracts/fod.csv:3", what)]

    def test_bad_lines_are_reported_together(self, load):
        with pytest.raises(SchemaUnusable) as refused:
            load(line(type="number"), line(), line(id="FOD_FIELD_CRC_03", column="c", standing="liked"))

        assert [problem.where for problem in refused.value.problems] == [
            "extracts/fod.csv:2",
            "extracts/fod.csv:3",
            "extracts/fod.csv:4",
        ]

    def test_one_line_can_be_wrong_in_two_ways(self, load):
        with pytest.raises(SchemaUnusable) as refused:
            load(line(type="number", standing="liked"))

        assert [problem.what for problem in refused.value.problems] == [
            "the type is unknown",
            "the standing is unknown",
        ]

    def test_ragged_rows_are_named_together(self, load):
        with pytest.raises(SchemaUnusable) as refused:
            load(line() + ",more", "too,few")

        assert [problem.where.rpartition(":")[2] for problem in refused.value.problems] == ["2", "3"]

    def test_another_header_is_refused(self, load):
        with pytest.raises(SchemaUnusable, match="the header is not the expected one"):
            load(line(), header="id,table")


class TestNeedsTable:
    def test_describes_the_columns_in_which_the_needs_are_handed_over(self):
        table = Needs({"FOD_COM_BREACH_01": {"id": "FOD_COM_BREACH_01", "type": "commitment"}}).table("fod")

        assert tuple(schema.needs_table().columns) == tuple(table.column_names)

    def test_is_text_throughout(self):
        assert {column.type for column in schema.needs_table().columns.values()} == {"text"}


@pytest.mark.parametrize("dpia", DPIAS)
def test_no_list_has_two_answers_that_differ_in_capitals_alone(dpia):
    """An answer is read in any capitals, so two such answers would be one."""
    lists = [column.values for table in schema.load(dpia).values() for column in table.columns.values()]

    assert [answers for answers in lists if len({each.lower() for each in answers}) < len(answers)] == []
