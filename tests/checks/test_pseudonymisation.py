"""When, by whom and how identities are taken out, whether any stayed in, and who holds the key."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from dpia_checks.checks.pseudonymisation import (
    analysed_before_anonymised,
    anonymised_by_others,
    copy_of_a_cell,
    hash_of_a_cell,
    heading_of_an_identifier,
    identifier_kept,
    key_not_listed,
    key_opened_by_others,
    key_with_the_data,
    key_without_a_right,
    numbered_in_a_row,
    own_number_kept,
    stored_before_anonymised,
    stored_without_a_list,
)
from dpia_checks.violations import Violation


class TestStoredBeforeAnonymised:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            head = "anonymised_at instant | stored_at instant | downloaded_at instant"
            files = records("police_files", "\n".join([head, *rows]))
            return stored_before_anonymised(
                files, stored="stored_at", anonymised="anonymised_at", downloaded="downloaded_at"
            )

        return of

    @pytest.mark.parametrize("stored", ["2020-02-03T10:00Z", "2020-02-04T10:00Z"])
    def test_storing_in_that_instant_or_later_passes(self, judge, stored):
        result = judge(f"2020-02-03T10:00Z | {stored} | 2020-02-03T09:00Z")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("downloaded", ["2020-02-03T10:00Z", ""])
    def test_taking_the_identity_out_as_the_file_comes_passes(self, judge, downloaded):
        assert judge(f"2020-02-03T10:00Z | 2020-02-03T11:00Z | {downloaded}").found == ()

    @pytest.mark.parametrize("anonymised", ["2020-02-03T10:00:01Z", "2020-02-03T08:59:59Z", ""])
    def test_storing_earlier_or_as_it_came_invalid(self, judge, anonymised):
        came = "2020-02-03T09:00Z"
        result = judge(f"2020-02-03T10:00Z | 2020-02-03T10:00Z | {came}", f"{anonymised} | 2020-02-03T10:00Z | {came}")

        assert result.found == (Violation("police_files", 2, "anonymised_at", rule="stored_before_anonymised"),)

    def test_a_file_that_was_not_stored_is_not_judged(self, judge):
        assert judge(" | | ").judged == 0


STAFF = """person_id | role | joined_on date | left_on date
P02 | secondee | 2018-01-01 |
P03 | secondee | 2020-01-01 | 2020-06-30
P04 | secondee | | 2020-06-30
P01 | analyst | 2018-01-01 |
P09 | | 2018-01-01 |"""


class TestAnonymisedByOthers:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            staff = records("staff", STAFF)
            files = records("police_files", "\n".join(["anonymised_at instant | anonymised_by", *rows]))
            return anonymised_by_others(
                files, staff, anonymised="anonymised_at", by="anonymised_by", role="role", roles=("secondee",)
            )

        return of

    def test_somebody_with_the_role_passes(self, judge):
        result = judge("2020-02-03T10:00Z | P02")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("at", ["2019-12-31T23:59Z", "2020-07-01T00:00+01:00"])
    def test_before_the_first_day_or_after_the_last_invalid(self, judge, at):
        result = judge("2020-02-03T10:00Z | P03", f"{at} | P03")

        assert result.found == (Violation("police_files", 2, "anonymised_by", rule="anonymised_by_others"),)

    @pytest.mark.parametrize("at", ["2020-01-01T00:00Z", "2020-06-30T23:59+01:00"])
    def test_on_the_first_day_and_on_the_last_passes(self, judge, at):
        assert not judge(f"{at} | P03")

    @pytest.mark.parametrize("person", ["P01", "P04", "P09", "P77", ""])
    def test_somebody_else_or_nobody_named_invalid(self, judge, person):
        result = judge("2020-02-03T10:00Z | P02", f"2020-02-03T10:00Z | {person}")

        assert result.found == (Violation("police_files", 2, "anonymised_by", rule="anonymised_by_others"),)

    def test_a_file_not_anonymised_yet_is_not_judged(self, judge):
        assert judge(" | P01").judged == 0


class TestAnalysedBeforeAnonymised:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, started: str = "2020-02-03T10:00Z"):
            files = records("police_files", "\n".join(["for_analysis | anonymised_at instant", *rows]))
            analyses = records("analyses", f"analysis_id | started_at instant\nfirst | {started}")
            return analysed_before_anonymised(files, analyses, anonymised="anonymised_at")

        return of

    @pytest.mark.parametrize("anonymised", ["2020-02-03T10:00Z", "2020-02-01T10:00Z"])
    def test_taken_out_before_or_in_that_instant_passes(self, judge, anonymised):
        result = judge(f"first | {anonymised}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("anonymised", ["2020-02-03T10:00:01Z", ""])
    def test_taken_out_later_or_never_invalid(self, judge, anonymised):
        result = judge("first | 2020-02-03T10:00Z", f"first | {anonymised}")

        assert result.found == (Violation("police_files", 2, "anonymised_at", rule="analysed_before_anonymised"),)

    def test_an_analysis_at_no_known_instant_invalid(self, judge):
        assert judge("first | 2020-02-03T10:00Z", started="")

    @pytest.mark.parametrize("analysis", ["another", ""])
    def test_a_file_that_no_analysis_uses_is_not_judged(self, judge, analysis):
        assert judge(f"{analysis} | ").judged == 0


class TestIdentifierKept:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            columns = records("analysis_columns", "\n".join(["line_id | identifies_by", *rows]))
            return identifier_kept(columns, identifies_by="identifies_by", identifiers=("name", "address"))

        return of

    @pytest.mark.parametrize("kind", ["nothing", "pseudonym"])
    def test_what_points_to_nobody_directly_passes(self, judge, kind):
        result = judge(f"1 | {kind}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("kind", ["name", "address", ""])
    def test_an_identifier_or_nothing_written_down_invalid(self, judge, kind):
        result = judge("1 | nothing", f"2 | {kind}")

        assert result.found == (Violation("analysis_columns", 2, "identifies_by", rule="identifier_kept"),)


class TestStoredWithoutAList:
    @pytest.fixture
    def judge(self, records):
        def of(*listed: str):
            drawing = "police_file_id | stored_at instant\none | 2020-02-03T10:00Z\ntwo | 2020-02-03T10:00Z\nthree |"
            columns = records("analysis_columns", "\n".join(["line_id | column_file", *listed]))
            return stored_without_a_list(records("police_files", drawing), columns, stored="stored_at")

        return of

    def test_one_column_of_each_file_that_was_stored_passes(self, judge):
        result = judge("1 | one", "2 | one", "3 | two")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("column", ["2 | ", "2 | four", "2 | one"])
    def test_a_stored_file_without_any_column_invalid(self, judge, column):
        result = judge("1 | one", column)

        assert result.found == (
            Violation("police_files", 2, absent_from="analysis_columns", rule="stored_without_a_list"),
        )
        assert result.judged == 2


class TestHeadingOfAnIdentifier:
    @pytest.fixture
    def judge(self, records):
        def of(*headings: str):
            columns = records("analysis_columns", "\n".join(["line_id | heads", *headings]))
            return heading_of_an_identifier(
                columns, heads="heads", headings=("DOB", "first name"), besides=("client", "of", "yyyy")
            )

        return of

    @pytest.mark.parametrize("heads", ["age_band", "first name of court", "dobermann", "client", "of", "", "?"])
    def test_another_heading_or_none_passes(self, judge, heads):
        result = judge(f"1 | {heads}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "heads", ["DOB", "D.O.B.", "d o b", "First_Name", "FIRSTNAME", "DOB (yyyy)", "First name of client 2"]
    )
    def test_an_identifier_in_any_spelling_invalid(self, judge, heads):
        result = judge("1 | borough", f"2 | {heads}")

        assert result.found == (Violation("analysis_columns", 2, "heads", rule="heading_of_an_identifier"),)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rows(result) -> list[int]:
    return [each.row for each in result.found]


class TestNumberedInARow:
    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            (("7", "8", "9"), [1, 2, 3]),
            (("P09", "P08", "P10"), [1, 2, 3]),
            (("7", "8", "10"), []),
            (("A7", "B8", "A9"), []),
            (("7", "", "8", "x"), []),
            (("7", "7", "8"), []),
            (("7", "9", "11"), [1, 2, 3]),
            (("7", "10", "13"), []),
            (("P1X", "P2X", "P3X"), [1, 2, 3]),
            (("P1X", "P2X", "P3Y"), []),
        ],
    )
    def test_three_numbers_in_a_row_invalid(self, records, cells, found):
        pseudonyms = records("pseudonyms", "\n".join(["id | said", *(f"a | {cell}" for cell in cells)]))

        result = numbered_in_a_row(pseudonyms, pseudonym="said", run=3, step=2)

        assert result.found == tuple(Violation("pseudonyms", row, "said", rule="numbered_in_a_row") for row in found)


class TestHashOfACell:
    @pytest.fixture
    def judge(self, records):
        people = records("people", "name | born date\nAda | 1990-02-01\n | ")

        def of(cell: str):
            pseudonyms = records("pseudonyms", f"id | said\na | {cell}")
            return hash_of_a_cell(pseudonyms, people, pseudonym="said", hashes=("sha256",))

        return of

    @pytest.mark.parametrize("cell", ["Ada", "ADA", "ada", "1990-02-01", "01/02/1990", "19900201", "01021990"])
    def test_the_hash_of_any_cell_invalid(self, judge, cell):
        assert judge(sha256(cell)).found == (Violation("pseudonyms", 1, "said", rule="hash_of_a_cell"),)
        assert rows(judge(sha256(cell)[:8].upper())) == [1]

    @pytest.mark.parametrize(
        "cell", [sha256("Ada and salt"), sha256("Ada")[:7], hashlib.md5(b"Ada").hexdigest(), "Ada"]
    )
    def test_another_text_passes(self, judge, cell):
        result = judge(cell)

        assert (result.found, result.judged) == ((), 1)

    def test_an_empty_pseudonym_is_not_judged(self, judge):
        assert judge("").judged == 0


class TestADirectIdentifier:
    @pytest.fixture
    def judge(self, records):
        people = records("people", "first | last | town | age integer\nAda | Flint | Ely | 39\n |  |  | ")
        columns = people.table.columns
        direct = {name: replace(columns[name], direct_identifier=name in {"first", "last"}) for name in columns}
        people.table = replace(people.table, columns=direct)

        def of(check, cell: str, **terms):
            return check(records("pseudonyms", f"id | said\na | {cell}"), people, pseudonym="said", **terms)

        return of

    @pytest.mark.parametrize("cell", ["Ada", "ADA", "a d a", "Flint", "tnilf", "Ada Flint", "flint, ada", "tnilfada"])
    def test_itself_as_a_pseudonym_invalid(self, judge, cell):
        assert judge(copy_of_a_cell, cell).found == (Violation("pseudonyms", 1, "said", rule="copy_of_a_cell"),)

    @pytest.mark.parametrize("cell", ["39", "Adam", "Flin", "7"])
    def test_another_text_passes(self, judge, cell):
        result = judge(copy_of_a_cell, cell)

        assert (result.found, result.judged) == ((), 1)

    def test_an_empty_pseudonym_is_not_judged(self, judge):
        assert judge(copy_of_a_cell, "").judged == 0

    @pytest.mark.parametrize("text", ["Ada Flint", "flintada", "FLINT, ADA"])
    def test_the_hash_of_both_names_invalid(self, judge, text):
        result = judge(hash_of_a_cell, sha256(text), hashes=("sha256",))

        assert result.found == (Violation("pseudonyms", 1, "said", rule="hash_of_a_cell"),)

    @pytest.mark.parametrize("text", ["Ada 39", "Flint 39", "Flint Ely"])
    def test_the_hash_of_a_name_and_of_what_points_to_nobody_passes(self, judge, text):
        assert judge(hash_of_a_cell, sha256(text), hashes=("sha256",)).found == ()


class TestOwnNumberKept:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            pseudonyms = records("pseudonyms", "\n".join(["said | person", *rows]))
            return own_number_kept(pseudonyms, pseudonym="said", person="person", digits=3)

        return of

    @pytest.mark.parametrize("said", ["P-017", "017", "710x", "4444-017", "017-710"])
    def test_the_digits_of_its_own_number_invalid(self, judge, said):
        result = judge("ab12 | C001", f"{said} | C017")

        assert (result.found, result.judged) == ((Violation("pseudonyms", 2, "said", rule="own_number_kept"),), 2)

    @pytest.mark.parametrize(
        "row", ["P-018 | C017", "P0177 | C017", "P17 | C17", "P-017 | ", "abc | C017", "17 | C017"]
    )
    def test_other_digits_and_few_pass(self, judge, row):
        result = judge(row, "P-002 | C017")

        assert (result.found, result.judged) == ((), 2)

    def test_an_empty_pseudonym_is_not_judged(self, judge):
        assert judge(" | C017").judged == 0


class TestKeyNotListed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            pseudonyms = records("pseudonyms", "\n".join(["pseudonym | of_key", "a1 | K1", *rows]))
            keys = records("pseudonym_keys", "key_id | key_folder\nK1 | here\n | there")
            return key_not_listed(pseudonyms, keys, pseudonym="pseudonym", key="of_key")

        return of

    def test_a_key_on_the_list_passes(self, judge):
        result = judge("b2 | K1")

        assert (result.found, result.judged) == ((), 2)

    @pytest.mark.parametrize("key", ["K2", ""])
    def test_a_key_that_is_not_there_or_not_named_invalid(self, judge, key):
        assert judge(f"b2 | {key}").found == (
            Violation("pseudonyms", 2, "of_key", "pseudonym_keys", rule="key_not_listed"),
        )

    def test_a_line_that_stands_for_nobody_needs_none(self, judge):
        assert judge(" | ", " | K2").judged == 1


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("keys | data", []),
        ("data | data", [1]),
        (" | data", [1]),
        ("keys | ", [1]),
        ("data\\keys | data", [1]),
        ("DATA/ | data", [1]),
        ("data keys | data", []),
        ("drive | drive/data", []),
    ],
)
def test_a_key_with_the_data_or_nowhere_invalid(records, row, found):
    keys = records("pseudonym_keys", f"key | data | id\n{row} | x")

    result = key_with_the_data(keys, key="key", data="data")

    assert result.found == tuple(Violation("pseudonym_keys", row, "key", rule="key_with_the_data") for row in found)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("keys | P1 | person", []),
        ("keys | P2 | person", [1]),
        ("keys | P3 | person", [1]),
        ("keys | P1 | group", [1]),
        ("keys | P1 | ", [1]),
        ("keys |  | person", [1]),
        ("keys | P9 | person", [1]),
        ("data | P2 | person", []),
        (" | P2 | person", []),
        ("KEYS\\ | P2 | person", [1]),
        ("drive | P2 | person", [1]),
        ("keys/old | P2 | person", []),
    ],
)
def test_a_key_that_others_can_open_invalid(records, row, found):
    rights = records("folder_access", f"folder | principal | principal_kind | right_id\n{row} | R1")
    keys = records("pseudonym_keys", "key | id\nkeys | a\ndrive/others | b")
    staff = records("staff", "person_id | role\nP1 | secondee\nP2 | analyst\nP3 | ")

    result = key_opened_by_others(rights, keys, staff, key="key", kinds=["person"], roles=["secondee"])

    assert result.found == tuple(
        Violation("folder_access", row, "principal", rule="key_opened_by_others") for row in found
    )


@pytest.mark.parametrize(
    ("key", "found"), [("keys", []), ("Keys\\", []), ("keys/old", []), ("", []), ("drive", [1]), ("keyring", [1])]
)
def test_a_key_that_nobody_has_a_right_on_invalid(records, key, found):
    keys = records("pseudonym_keys", f"key | id\n{key} | a")
    rows = ("keys | 2020-06-30", " | 2019-01-01", "drive | 2020-07-01")
    rights = records("folder_access", "\n".join(["folder | right_from date", *rows]), as_of="2020-06-30")

    result = key_without_a_right(keys, rights, key="key")

    assert result.found == tuple(Violation("pseudonym_keys", row, "key", rule="key_without_a_right") for row in found)
    assert result.judged == (1 if key else 0)
