"""An extract set on disk: what is written is read again, and what cannot be read is refused without a value."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dpia_checks import extract_files, passwords, proposing, schema, synthetic
from dpia_checks.checks.minimisation import columns_not_approved
from dpia_checks.errors import ExtractsUnusable, InputUnusable, ManifestDisagrees, NotApproved
from dpia_checks.records import ExtractSet, SetFacts
from dpia_checks.violations import TableMissing, Violation

CANARY = "c4n4ry"
DELIVERIES = "delivery_id,carried_on,trusted_person,closed_container"
DAYS = "day_id,day_person,day"


@pytest.fixture
def extracts() -> ExtractSet:
    described = schema.load("fod")
    texts = {
        "deliveries": pa.table(
            {
                "delivery_id": ["D1", "D2"],
                "carried_on": ["2020-01-01", None],
                "trusted_person": ["yes", "no"],
                "closed_container": pa.array([None, None], pa.string()),
            }
        ),
        "download_days": pa.table({"day_id": ["1"], "day_person": ["P01"], "day": ["2020-01-01"]}),
        "post": pa.table({name: pa.array([], pa.string()) for name in described["post"].columns}),
    }
    facts = SetFacts("fod", "mine", "synthetic", "2020-12-31", frozenset({"post"}), seed=3, scale=0.5)
    return ExtractSet(texts, described, facts)


class Folder:
    """An extract set on disk, to be spoilt."""

    def __init__(self, path: Path, extracts: ExtractSet) -> None:
        self.path = path
        extract_files.write(extracts, path)

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))

    def change(self, **facts: Any) -> None:
        """Write other facts into the manifest; None takes a fact out."""
        changed = {name: value for name, value in {**self.manifest, **facts}.items() if value is not None}
        (self.path / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")

    def list(self, table: str, **line: Any) -> None:
        """Write other words about *table* into the manifest; None takes one out."""
        tables = self.manifest["tables"]
        changed = {**tables.get(table, {"file": f"{table}.csv"}), **line}
        self.change(tables={**tables, table: {name: value for name, value in changed.items() if value is not None}})

    def put(self, table: str, content: bytes | str) -> None:
        """Write another file for *table*, of which the manifest gives neither rows nor digest."""
        content = content.encode() if isinstance(content, str) else content
        (self.path / f"{table}.csv").write_bytes(content)
        self.list(table, rows=None, sha256=None)

    def read(self) -> ExtractSet:
        return extract_files.read(self.path)

    def refused(self, kind: type[InputUnusable]) -> list[str]:
        """Read; return what each problem says, once it is shown that nothing told holds the canary."""
        with pytest.raises(InputUnusable) as raised:
            self.read()
        told = str(raised.value) + "".join(traceback.format_exception(raised.value))
        assert CANARY not in told
        assert type(raised.value) is kind
        return [str(problem) for problem in raised.value.problems]


@pytest.fixture
def folder(tmp_path, extracts) -> Folder:
    return Folder(tmp_path / "set", extracts)


class TestWriteThenRead:
    def test_the_tables_are_the_same(self, folder, extracts):
        assert folder.read().texts == extracts.texts

    def test_the_facts_are_the_same_and_digests_are_added(self, folder, extracts):
        facts = folder.read().facts

        assert (facts.dpia, facts.name, facts.origin, facts.taken_on) == ("fod", "mine", "synthetic", "2020-12-31")
        assert (facts.complete, facts.seed, facts.scale) == (frozenset({"post"}), 3, 0.5)
        assert set(facts.digests) == set(extracts.texts)

    @pytest.mark.parametrize("dpia", ["fod", "lge"])
    def test_a_made_up_set_comes_back_as_it_was_made(self, tmp_path, dpia):
        made = synthetic.make(dpia, scale=0.05)

        extract_files.write(made, tmp_path / "set")

        again = extract_files.read(tmp_path / "set")
        assert (again.texts, again.facts) == (made.texts, made.facts)

    def test_the_same_set_gives_the_same_bytes(self, tmp_path, extracts, folder):
        other = Folder(tmp_path / "other", extracts)

        assert [p.read_bytes() for p in sorted(folder.path.iterdir())] == [
            p.read_bytes() for p in sorted(other.path.iterdir())
        ]

    @pytest.mark.parametrize(
        "text", ["two\nlines", 'a "quoted" word', "a, comma", " spaces ", "é", "=", "-5", "+44 7700"]
    )
    def test_a_cell_comes_back_as_it_was(self, tmp_path, extracts, text):
        days = extracts.texts["download_days"].set_column(1, "day_person", pa.array([text]))

        folder = Folder(tmp_path / "set", extracts.replacing({"download_days": days}))

        assert folder.read().texts["download_days"]["day_person"].to_pylist() == [text]


class TestReadsWhatToolsWrite:
    def test_a_quoted_newline_inside_a_cell_is_one_row(self, folder):
        folder.put("download_days", f'{DAYS}\n1,"P\n01",2020-01-01\n2,P02,2020-01-02\n')

        assert folder.read().texts["download_days"]["day_person"].to_pylist() == ["P\n01", "P02"]

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, folder):
        folder.put("download_days", f"\ufeff{DAYS}\n1,P01,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "day_person", "day")

    def test_what_excel_writes_on_windows_is_read_and_told(self, folder):
        folder.put("download_days", f"{DAYS}\n1,Zo\u00eb \u2019,2020-01-01\n".encode("cp1252"))

        read = folder.read()

        assert read.texts["download_days"]["day_person"].to_pylist() == ["Zo\u00eb \u2019"]
        assert read.facts.guessed == ("download_days",)

    def test_an_encoding_that_is_declared_is_no_guess(self, folder):
        folder.put("download_days", f"{DAYS}\n1,Zo\u00eb,2020-01-01\n".encode("cp1252"))
        folder.list("download_days", encoding="cp1252")

        read = folder.read()

        assert (read.texts["download_days"]["day_person"].to_pylist(), read.facts.guessed) == (["Zo\u00eb"], ())

    def test_utf_8_comes_first(self, folder):
        folder.put("download_days", f"{DAYS}\n1,Zo\u00eb,2020-01-01\n")

        read = folder.read()

        assert (read.texts["download_days"]["day_person"].to_pylist(), read.facts.guessed) == (["Zo\u00eb"], ())

    def test_windows_line_ends_are_line_ends(self, folder):
        folder.put("download_days", f"{DAYS}\r\n1,P01,2020-01-01\r\n")

        assert folder.read().texts["download_days"]["day"].to_pylist() == ["2020-01-01"]

    def test_the_printed_name_of_a_field_will_do(self, folder):
        folder.put("download_days", "Day set,Person,Day\n1,P01,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "day_person", "day")

    @pytest.mark.parametrize("heading", ["DAY", " day ", "Day.", "\uff24ay"])
    def test_capitals_spaces_and_punctuation_make_no_difference(self, folder, heading):
        folder.put("download_days", f"Day-Set,person,{heading}\n1,P01,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "day_person", "day")

    def test_a_column_under_both_its_names_is_a_column_too_many(self, folder):
        folder.put("download_days", f"{DAYS},Day\n1,P01,2020-01-01,2020-01-02\n")

        assert folder.read()["download_days"].header == ("day_id", "day_person", "day", "column 4")

    def test_a_heading_in_other_words_is_called_by_its_position(self, folder):
        folder.put("download_days", "day_id,day_person,date\n1,P01,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "day_person", "column 3")

    def test_an_extra_column_is_called_by_its_position(self, folder):
        folder.put("download_days", f"day_id,{CANARY},day_person,day\n1,x,P01,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "column 2", "day_person", "day")

    def test_an_extra_column_is_for_the_checks_to_judge(self, folder):
        folder.put("crc", f"client_id,surname,{CANARY}\nC1,Slate,x\n")

        found = columns_not_approved(folder.read()["crc"]).found

        assert found == (Violation("crc", column="column 3", rule="columns_not_approved"),)

    def test_a_column_that_is_left_out_is_not_there(self, folder):
        folder.put("download_days", "day_id,day\n1,2020-01-01\n")

        assert folder.read()["download_days"].header == ("day_id", "day")

    def test_text_of_another_type_is_read_and_left_to_the_checks(self, folder):
        folder.put("download_days", f"{DAYS}\n1,P01,{CANARY}\n")

        assert list(folder.read()["download_days"].unreadable(("day",))) == [
            Violation("download_days", 1, "day", rule="unreadable")
        ]

    def test_a_blank_line_is_no_row(self, folder):
        folder.put("download_days", f"{DAYS}\n1,P01,2020-01-01\n\n2,P02,{CANARY}\n\n")

        assert [violation.row for violation in folder.read()["download_days"].unreadable(("day",))] == [2]

    @pytest.mark.parametrize("text", ["-5", "+44 20 7946 0018", "- none", "@", "a=b", "e-mail@example.org", "--"])
    def test_what_only_looks_a_little_like_a_formula_is_read(self, folder, text):
        folder.put("download_days", f"{DAYS}\n1,{text},2020-01-01\n")

        assert folder.read().texts["download_days"]["day_person"].to_pylist() == [text]

    def test_an_empty_cell_in_quotes_is_an_empty_cell(self, folder):
        folder.put("download_days", f'{DAYS}\n1,"",2020-01-01\n')

        assert folder.read().texts["download_days"]["day_person"].to_pylist() == [None]

    @pytest.mark.parametrize("word", ["NULL", "NA", "nan", "null", "None", "#N/A"])
    def test_a_word_for_nothing_is_a_word(self, folder, word):
        folder.put("download_days", f"{DAYS}\n1,{word},2020-01-01\n")

        assert folder.read().texts["download_days"]["day_person"].to_pylist() == [word]

    def test_a_table_is_read_when_half_of_its_columns_are_known(self, folder):
        folder.put("download_days", f"day_id,day,{CANARY},{CANARY}2\n1,2020-01-01,x,x\n")

        assert folder.read()["download_days"].header == ("day_id", "day", "column 3", "column 4")

    def test_a_header_without_rows_is_a_table_without_rows(self, folder):
        folder.put("download_days", f"{DAYS}\n")

        assert len(folder.read()["download_days"]) == 0

    def test_a_manifest_may_leave_rows_and_digests_out(self, folder):
        for table in folder.manifest["tables"]:
            folder.list(table, rows=None, sha256=None, complete=None)

        assert folder.read().facts.complete == frozenset()

    def test_an_empty_table_that_is_complete_says_that_nothing_happened(self, folder):
        assert folder.read()["post"].is_complete_and_empty

    def test_an_empty_table_that_is_not_called_complete_says_nothing(self, folder):
        folder.list("post", complete=False)

        assert not folder.read()["post"].is_complete_and_empty

    @pytest.mark.parametrize("complete", ["yes", 1, "true"])
    def test_complete_is_true_or_it_is_not(self, folder, complete):
        folder.list("post", complete=complete)

        assert folder.read().facts.complete == frozenset()


class TestTablesThatAreNotThere:
    def test_a_table_that_the_manifest_does_not_list_raises_when_asked_for(self, folder):
        with pytest.raises(TableMissing, match="no table breaches"):
            folder.read()["breaches"]

    def test_a_table_left_out_is_no_reason_to_refuse_the_rest(self, folder):
        assert sorted(folder.read()) == ["deliveries", "download_days", "post"]


class TestFilesThatAreNoTables:
    def test_another_encoding(self, folder):
        folder.put("download_days", f"{DAYS}\n1,{CANARY} \x81,2020-01-01\n".encode("latin-1"))

        assert folder.refused(ExtractsUnusable) == [
            "download_days: it is not UTF-8 or cp1252 text (first at byte 31). Save it as CSV UTF-8."
        ]

    @pytest.mark.parametrize(("encoding", "said"), [("utf-8", "UTF-8"), ("cp1252", "cp1252")])
    def test_another_encoding_than_the_one_declared(self, folder, encoding, said):
        folder.put("download_days", f"{DAYS}\n1,{CANARY} \x81,2020-01-01\n".encode("latin-1"))
        folder.list("download_days", encoding=encoding)

        assert folder.refused(ExtractsUnusable)[0].startswith(f"download_days: it is not {said} text")

    def test_an_encoding_that_is_not_read(self, folder):
        folder.list("download_days", encoding=CANARY)

        assert folder.refused(ExtractsUnusable) == [
            "table 2 of manifest.json: its encoding is unknown. Write one of: utf-8, cp1252."
        ]

    def test_a_null_byte(self, folder):
        folder.put("download_days", f"{DAYS}\n1,{CANARY}\x00,2020-01-01\n")

        assert folder.refused(ExtractsUnusable) == [
            "download_days: it is no text (a null at byte 30). Save it as CSV UTF-8."
        ]

    def test_a_file_that_changes_while_it_is_read(self, folder, monkeypatch):
        read = Path.read_bytes

        def slow(path):
            content = read(path)
            path.write_bytes(content + CANARY.encode())
            return content

        monkeypatch.setattr(Path, "read_bytes", slow)

        assert "the file changed while it was read" in folder.refused(ManifestDisagrees)[0]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
    def test_a_wide_encoding(self, folder, encoding):
        folder.put("download_days", f"{DAYS}\n1,{CANARY},2020-01-01\n".encode(encoding))

        assert len(folder.refused(ExtractsUnusable)) == 1

    def test_ragged_rows_are_counted_and_the_first_named(self, folder):
        folder.put("download_days", f"{DAYS}\n1,P01,2020-01-01\n2,{CANARY}\n3,P03,2020-01-03,{CANARY}\n")

        assert folder.refused(ExtractsUnusable) == [
            "download_days: 2 rows have more or fewer cells than the header (first: row 2, 3). "
            "Quote cells that hold a comma."
        ]

    def test_a_ragged_row_is_counted_after_a_quoted_newline(self, folder):
        folder.put("download_days", f'{DAYS}\n1,"P\n01",2020-01-01\n2,{CANARY}\n')

        assert "(first: row 2)" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize(
        ("header", "columns"),
        [(f"{DAYS},day", "3, 4"), (f"{CANARY},day_id,{CANARY}", "1, 3"), (f"{DAYS}, x, x", "4, 5")],
    )
    def test_a_doubled_header(self, folder, header, columns):
        folder.put("download_days", f"{header}\n{CANARY},2,3,4\n")

        assert folder.refused(ExtractsUnusable) == [
            f"download_days: columns {columns} have the same name. Name each column once."
        ]

    def test_a_table_of_two_hundred_columns(self, folder):
        header = ",".join(f"{CANARY}{number}" for number in range(200))
        folder.put("download_days", f"{header}\n{','.join([CANARY] * 200)}\n")

        assert folder.refused(ExtractsUnusable) == [
            "download_days: 200 of its 200 columns are unknown: it looks like another table. "
            "Put the table's own file in its place, or take out what stands above its header."
        ]

    def test_a_table_most_of_whose_columns_are_unknown(self, folder):
        folder.put("download_days", f"day_id,{CANARY},{CANARY}2\n1,x,x\n")

        assert "2 of its 3 columns are unknown" in folder.refused(ExtractsUnusable)[0]

    def test_a_transposed_table(self, folder):
        folder.put("download_days", f"day_id,1,2,3\nday_person,{CANARY},P02,P03\nday,2020-01-01,,\n")

        assert "it looks like another table" in folder.refused(ExtractsUnusable)[0]

    def test_the_file_of_another_table(self, folder):
        folder.put("download_days", f"{DELIVERIES}\n{CANARY},,,\n")

        assert "it looks like another table" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize(
        "text",
        [
            f"=HYPERLINK({CANARY})",
            f"=cmd|{CANARY}!A0",
            f"@SUM({CANARY})",
            f"+SUM({CANARY})",
            f"-SUM({CANARY})",
            f"  =A1{CANARY}",
            f"\t=A1{CANARY}",
            f"=(1){CANARY}",
            f"=1+1{CANARY}",
            f"=-1{CANARY}",
        ],
    )
    def test_formula_like_text(self, folder, text):
        folder.put("download_days", f'{DAYS}\n1,P01,2020-01-01\n2,"{text}",2020-01-01\n')

        assert folder.refused(ExtractsUnusable) == [
            "download_days, column 2: formula-like text in 1 cells (first: row 2). Export values, not formulas."
        ]

    @pytest.mark.parametrize("content", ["", "\ufeff"])
    def test_an_empty_file(self, folder, content):
        folder.put("download_days", content)

        assert "the file is empty, without even a header" in folder.refused(ExtractsUnusable)[0]

    def test_a_quote_that_never_ends(self, folder):
        folder.put("download_days", f'{DAYS}\n1,"{CANARY},2020-01-01\n2,P02,2020-01-01\n')

        assert folder.refused(ExtractsUnusable)

    def test_a_header_whose_quote_never_ends(self, folder):
        folder.put("download_days", f'"day_id,{CANARY}\n' + f"1,{CANARY},2020-01-01\n" * 10_000)

        assert folder.refused(ExtractsUnusable)

    def test_a_header_with_a_quoted_newline_is_the_header_of_the_first_row(self, folder):
        folder.put("download_days", f'day_id,"day\nperson {CANARY}",day\n1,P01,2020-01-01\n')

        assert folder.read().texts["download_days"]["day"].to_pylist() == ["2020-01-01"]

    def test_a_picture(self, folder):
        folder.put("download_days", b"\x89PNG\r\n\x1a\n\x00\x00" + CANARY.encode())

        assert folder.refused(ExtractsUnusable)

    def test_every_file_is_named_and_each_by_its_own_problem(self, folder):
        folder.put("download_days", f"{DAYS}\n1,{CANARY}\n")
        folder.put("deliveries", f"{DELIVERIES}\n{CANARY},=A1,@SUM(1),\n")
        folder.put("post", b"\xff")

        problems = folder.refused(ExtractsUnusable)

        assert [problem.partition(":")[0] for problem in problems] == [
            "deliveries, column 2",
            "deliveries, column 3",
            "download_days",
            "post",
        ]

    def test_two_files_of_other_tables_are_named_together(self, folder):
        folder.put("download_days", f"{CANARY},b\n1,2\n")
        folder.put("deliveries", f"{CANARY},b\n1,2\n")

        assert [problem.partition(":")[0] for problem in folder.refused(ExtractsUnusable)] == [
            "deliveries",
            "download_days",
        ]


class TestManifestsThatDisagree:
    def test_another_number_of_rows(self, folder):
        folder.list("download_days", rows=7)

        assert folder.refused(ManifestDisagrees) == [
            "download_days: 1 rows, where manifest.json says another number. Write the manifest anew."
        ]

    def test_every_other_number_of_rows_at_once(self, folder):
        folder.list("download_days", rows=7)
        folder.list("deliveries", rows=-2)

        assert len(folder.refused(ManifestDisagrees)) == 2

    def test_another_digest(self, folder):
        (folder.path / "download_days.csv").write_text(f"{DAYS}\n1,{CANARY},2020-01-01\n", encoding="utf-8")

        assert folder.refused(ManifestDisagrees) == [
            "download_days: the file is not the one whose digest is given. Write the manifest anew."
        ]

    def test_a_file_that_is_missing(self, folder):
        (folder.path / "download_days.csv").unlink()

        assert folder.refused(ManifestDisagrees) == [
            "download_days: the file it names is not in the folder. Put the file there."
        ]

    def test_files_that_the_manifest_does_not_list(self, folder):
        (folder.path / f"{CANARY}.csv").write_text("x", encoding="utf-8")
        (folder.path / f"{CANARY}").mkdir()

        assert folder.refused(ManifestDisagrees) == [
            "--extracts: 2 files that manifest.json does not list. List them or take them out."
        ]

    @pytest.mark.parametrize(
        ("names", "said"),
        [
            ((f".{CANARY}",), "1 files that manifest.json does not list; 1 of them hidden."),
            ((f"~${CANARY}.xlsx", f"{CANARY}.csv"), "2 files that manifest.json does not list; 1 of them hidden."),
            (
                ("Thumbs.db", ".DS_Store", f"._{CANARY}"),
                "3 files that manifest.json does not list; 3 of them hidden, among them .DS_Store and Thumbs.db.",
            ),
        ],
    )
    def test_hidden_files_are_counted_and_those_of_a_system_are_named(self, folder, names, said):
        """Any other name is somebody's, and may be a person's."""
        for name in names:
            (folder.path / name).write_text("x", encoding="utf-8")

        assert folder.refused(ManifestDisagrees) == [
            f"--extracts: {said} List them or take them out; to see what is hidden: ls -A, or dir /a on Windows."
        ]

    def test_a_table_that_nobody_described(self, folder):
        folder.put(CANARY, "a,b\n")

        assert folder.refused(ManifestDisagrees) == [
            "table 4 of manifest.json: no table of that name is described. Take it out, or correct its name."
        ]

    def test_the_table_needs_is_not_handed_over(self, folder):
        folder.put("needs", "id,type\n")

        assert "no table of that name is described" in folder.refused(ManifestDisagrees)[0]

    def test_a_file_elsewhere_by_two_dots(self, folder):
        (folder.path.parent / f"{CANARY}.csv").write_text(f"{DAYS}\n", encoding="utf-8")
        folder.list("download_days", file=f"../{CANARY}.csv", rows=None, sha256=None)

        assert "the file it names is not in the folder" in folder.refused(ManifestDisagrees)[0]

    def test_a_file_elsewhere_by_its_full_path(self, folder):
        elsewhere = folder.path.parent / f"{CANARY}.csv"
        elsewhere.write_text(f"{DAYS}\n", encoding="utf-8")
        folder.list("download_days", file=str(elsewhere), rows=None, sha256=None)

        assert "the file it names is not in the folder" in folder.refused(ManifestDisagrees)[0]

    def test_a_file_in_a_folder_below(self, folder):
        (folder.path / "below").mkdir()
        (folder.path / "below" / f"{CANARY}.csv").write_text(f"{DAYS}\n", encoding="utf-8")
        folder.list("download_days", file=f"below/{CANARY}.csv", rows=None, sha256=None)

        assert "the file it names is not in the folder" in folder.refused(ManifestDisagrees)[0]

    def test_a_link_to_a_file_elsewhere(self, folder):
        elsewhere = folder.path.parent / f"{CANARY}.csv"
        elsewhere.write_text(f"{DAYS}\n", encoding="utf-8")
        (folder.path / "download_days.csv").unlink()
        (folder.path / "download_days.csv").symlink_to(elsewhere)
        folder.list("download_days", rows=None, sha256=None)

        assert "the file it names is not in the folder" in folder.refused(ManifestDisagrees)[0]

    @pytest.mark.parametrize("file", ["", ".", "..", "/", f"{CANARY}\x00", CANARY * 100, 7, [CANARY]])
    def test_a_file_name_that_is_none(self, folder, file):
        folder.list("download_days", file=file, rows=None, sha256=None)

        assert "the file it names is not in the folder" in folder.refused(ManifestDisagrees)[0]

    def test_all_of_them_at_once(self, folder):
        (folder.path / "deliveries.csv").write_text(CANARY, encoding="utf-8")
        (folder.path / "post.csv").unlink()
        (folder.path / CANARY).write_text("x", encoding="utf-8")
        folder.list(CANARY)

        assert [problem.partition(":")[0] for problem in folder.refused(ManifestDisagrees)] == [
            "deliveries",
            "post",
            "table 4 of manifest.json",
            "--extracts",
        ]


class TestTheDayToJudgeBy:
    def test_is_the_day_the_set_was_taken(self, folder):
        assert folder.read()["deliveries"].as_of == "2020-12-31"

    def test_is_another_when_it_is_given(self, folder):
        read = extract_files.read(folder.path, as_of="2021-06-30")

        assert (read["deliveries"].as_of, read.facts.taken_on) == ("2021-06-30", "2020-12-31")

    @pytest.mark.parametrize("day", [CANARY, "2021-02-29", "20210630", "30/06/2021", "2021-06-30T00:00"])
    def test_is_a_day_of_the_calendar(self, folder, day):
        with pytest.raises(ExtractsUnusable, match="--as-of: it is no day") as raised:
            extract_files.read(folder.path, as_of=day)

        assert CANARY not in str(raised.value)


class TestRealRecords:
    """A run on them is processing: nobody starts it without an approval."""

    @pytest.fixture
    def real(self, folder):
        folder.change(origin="real")
        return folder

    def test_are_read_under_the_reference_of_an_approval(self, real):
        read = extract_files.read(real.path, approval="DPO-2022-014")

        assert read.facts.approval == "DPO-2022-014"

    def test_are_refused_before_any_table_is_opened(self, real):
        for path in real.path.glob("*.csv"):
            path.unlink()

        assert "Nothing was read" in real.refused(NotApproved)[0]

    @pytest.mark.parametrize(
        "reference",
        ["DPO", f"{CANARY} 1", "a@1.example", "1\n", " 1", "1" * 41, "-1", "\u0661", f"{CANARY}\x00"],
    )
    def test_are_refused_under_what_is_no_reference(self, real, reference):
        with pytest.raises(NotApproved) as raised:
            extract_files.read(real.path, approval=reference)

        assert CANARY not in str(raised.value)

    @pytest.mark.parametrize("reference", ["1", "DPO-2022-014", "ROPA/2022/7", "MOPAC_123456.123456Z"])
    def test_are_read_under_any_case_number(self, real, reference):
        assert extract_files.read(real.path, approval=reference).facts.approval == reference

    def test_made_up_records_need_none_and_keep_none(self, folder):
        assert extract_files.read(folder.path, approval="DPO-2022-014").facts.approval == ""


class TestManifestsThatAreNone:
    def test_a_folder_without_a_manifest(self, folder):
        (folder.path / "manifest.json").unlink()

        assert folder.refused(ExtractsUnusable) == [
            "--extracts: the folder has no manifest.json, so nobody says of which document it is. "
            "Name one document alone, or write manifest.json."
        ]

    def test_a_folder_without_a_manifest_or_a_table(self, tmp_path):
        (tmp_path / "notes.csv").write_text(CANARY)

        with pytest.raises(ExtractsUnusable, match="no file that is named after a table"):
            extract_files.read(tmp_path)

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(ExtractsUnusable, match="there is no such folder"):
            extract_files.read(tmp_path / "nowhere")

    @pytest.mark.parametrize(
        "content",
        [
            f'["{CANARY}"]'.encode(),
            f'"{CANARY}"'.encode(),
            b"null",
            b"7",
            f'{{"manifest_version": 1, "tables": ["{CANARY}"]}}'.encode(),
            f'{{"manifest_version": 1, "tables": {{"{CANARY}": []}}}}'.encode(),
            f'{{"manifest_version": 1, "tables": {{"{CANARY}": {{}}}}}}'.encode(),
        ],
    )
    def test_what_is_no_manifest(self, folder, content):
        (folder.path / "manifest.json").write_bytes(content)

        assert folder.refused(ExtractsUnusable) == [
            "manifest.json: it is not a manifest of this version. Write it as dpia-checks synth does."
        ]

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "it is no JSON: line 1 breaks off or holds what JSON does not know. Write"),
            (f"{{\n{CANARY}".encode(), "it is no JSON: line 2 breaks off"),
            (f'{{"{CANARY}": 1}}'.encode("utf-16"), "it is no UTF-8 text. Save it as UTF-8"),
            (f'{{"{CANARY}": "\xe9"}}'.encode("cp1252"), "it is no UTF-8 text. Save it as UTF-8"),
            (f'{{"name": "{CANARY}\\ud800"}}'.encode(), "it holds half a character"),
            (f'{{"{CANARY}\\udfff": 1}}'.encode(), "it holds half a character"),
            (b"[" * 100_000, "lists or groups stand in one another without end"),
            (b'{"a":' * 100_000, "lists or groups stand in one another without end"),
            *(
                (
                    f'{{"scale": {number}, "name": "{CANARY}"}}'.encode(),
                    "it holds a number that is not finite, as NaN is",
                )
                for number in ("NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1" * 19, "-" + "9" * 19, "1" * 5000)
            ),
        ],
    )
    def test_what_no_reader_would_take(self, folder, content, told):
        (folder.path / "manifest.json").write_bytes(content)

        (said,) = folder.refused(ExtractsUnusable)
        assert said.startswith(f"manifest.json: {told}")

    @pytest.mark.parametrize(
        ("once", "twice"),
        [
            ('"origin": "synthetic"', '"origin": "real", "origin": "synthetic"'),
            ('"download_days": {', f'"download_days": {{"file": "{CANARY}"}}, "download_days": {{'),
            ('"complete": true', '"complete": true, "complete": true'),
        ],
    )
    def test_what_is_said_twice(self, folder, once, twice):
        """The last of the two would count: a set of real records could pass for one that needs no approval."""
        text = json.dumps(folder.manifest)
        (folder.path / "manifest.json").write_text(text.replace(once, twice))

        assert once in text
        assert folder.refused(ExtractsUnusable) == [
            "manifest.json: it says one thing twice, and readers differ on which of the two counts. Say it once."
        ]

    @pytest.mark.parametrize(
        "make", [Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["a folder", "a link to nothing"]
    )
    def test_what_is_in_its_place_and_no_file(self, folder, make):
        """Without it, the files would be taken for what they are called, and a link may lead elsewhere."""
        (folder.path / "manifest.json").unlink()
        make(folder.path / "manifest.json")

        with pytest.raises(ExtractsUnusable, match=r"manifest.json: it is no file of the folder. Put the file itself"):
            extract_files.read(folder.path, dpia="fod", as_of="2020-12-31", approval="DPO-2022-014")

    def test_a_link_to_a_manifest_elsewhere(self, folder):
        (folder.path / "manifest.json").rename(folder.path.parent / f"{CANARY}.json")
        (folder.path / "manifest.json").symlink_to(folder.path.parent / f"{CANARY}.json")

        assert folder.refused(ExtractsUnusable) == [
            "manifest.json: it is no file of the folder. Put the file itself there."
        ]

    @pytest.mark.parametrize("seed", [10**18 - 1, -(10**18) + 1])
    def test_the_longest_whole_numbers_reach_the_evidence(self, folder, seed):
        folder.change(seed=seed, scale=1e308)

        assert (folder.read().facts.seed, folder.read().facts.scale) == (seed, 1e308)

    @pytest.mark.parametrize("rows", [CANARY, 1.0, True, [1], {}])
    def test_rows_that_are_no_number(self, folder, rows):
        folder.list("download_days", rows=rows)

        assert any("its rows are no whole number" in said for said in folder.refused(ExtractsUnusable))

    @pytest.mark.parametrize("version", [0, 2, "1", CANARY, None])
    def test_another_version(self, folder, version):
        folder.change(manifest_version=version)

        assert "it is not a manifest of this version" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize("dpia", [CANARY, "FOD", 7, [CANARY], None])
    def test_another_dpia(self, folder, dpia):
        folder.change(dpia=dpia)

        assert "its dpia is none of ours" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize("origin", [CANARY, "Real", "", [CANARY], None])
    def test_another_origin(self, folder, origin):
        folder.change(origin=origin)

        assert "its origin is unknown" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize(
        "taken_on",
        [
            *(CANARY, "2020-02-30", "31/12/2020", "2020-12-31T00:00", 20201231, None, "20201231", "2020-W53-4"),
            *("0999-12-31", "3000-01-01", "9999-12-31"),
        ],
    )
    def test_a_taken_on_that_is_no_date(self, folder, taken_on):
        folder.change(taken_on=taken_on)

        assert "its taken_on is no date" in folder.refused(ExtractsUnusable)[0]

    def test_the_last_day_that_a_table_may_have(self, folder):
        folder.change(taken_on="2999-12-31")

        assert folder.read().facts.taken_on == "2999-12-31"

    @pytest.mark.parametrize("name", [None, 7, [CANARY]])
    def test_no_name(self, folder, name):
        folder.change(name=name)

        assert "it has no name" in folder.refused(ExtractsUnusable)[0]

    @pytest.mark.parametrize(
        "facts", [{"seed": CANARY}, {"scale": CANARY}, {"seed": 1.5}, {"seed": True}, {"scale": False}]
    )
    def test_a_seed_or_scale_that_is_no_number(self, folder, facts):
        folder.change(**facts)

        assert folder.refused(ExtractsUnusable)

    def test_all_wrong_facts_at_once(self, folder):
        folder.change(dpia=CANARY, origin=CANARY, taken_on=CANARY, name=None)

        assert len(folder.refused(ExtractsUnusable)) == 4


class TestAFirstLineThatIsNoHeader:
    ROWS = "1,P01,2020-01-01\n"

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (
                f"{DAYS}\n{ROWS}".replace(",", ";"),
                "its cells are parted by semicolons, not by commas. Export it again with commas, as CSV UTF-8.",
            ),
            (f"day_id;day_person;day\r\n{CANARY}, {CANARY};2;3\r\n", "its cells are parted by semicolons"),
            (f"{DAYS}\n{ROWS}".replace(",", "\t"), "its cells are parted by tabs, not by commas."),
            (f'"{DAYS}"\n{ROWS}'.replace(",", '"|"'), "its cells are parted by upright strokes, not by commas."),
            (
                f"sep=;\n{DAYS}\n{ROWS}".replace(",", ";"),
                "its first line says how cells are parted (sep=), which Excel",
            ),
            (f'"sep=,"\r\n{DAYS}\n{ROWS}', "Take that line out, and part the cells by commas."),
            (f"SEP=\t\n{DAYS}\n{ROWS}", "its first line says how cells are parted (sep=), which Excel alone reads."),
            (
                f"{CANARY},,\n{DAYS}\n{ROWS}",
                "columns 2, 3 have no name in the first row. "
                "Name each column; if a title stands above the header, take it out.",
            ),
            (f"{CANARY}\n{DAYS}\n{ROWS}", "(first: row 1, 2). Take out what stands above the header."),
            (f"{CANARY},\n{DAYS}\n{ROWS}", "(first: row 1, 2). Take out what stands above the header."),
        ],
    )
    def test_is_told_as_what_it_is(self, folder, content, said):
        folder.put("download_days", content)

        (told,) = folder.refused(ExtractsUnusable)
        assert said in told

    @pytest.mark.parametrize("name", ["sep=", "a;b", "a|b;c"])
    def test_a_heading_with_such_a_mark_is_one(self, folder, name):
        folder.put("download_days", f"{DAYS},{name}\n1,P01,2020-01-01,\n")

        assert folder.read().texts["download_days"].column_names == [*DAYS.split(","), "column 4"]

    def test_when_columns_are_proposed_too(self, folder):
        folder.put("download_days", f"{DAYS}\n{self.ROWS}".replace(",", ";"))

        with pytest.raises(ExtractsUnusable, match="parted by semicolons"):
            proposing.headers(folder.path, "fod", passwords.none)


class TestWhatCannotBeOpened:
    """The administrator of a machine may read everything, so a refusal by the system is staged."""

    @staticmethod
    def deny(monkeypatch, path: Path, word: str) -> None:
        honest = getattr(Path, word)

        def denied(self: Path, *words: Any, **more: Any) -> Any:
            if self == path:
                raise PermissionError(13, "Permission denied", str(self))
            return honest(self, *words, **more)

        monkeypatch.setattr(Path, word, denied)

    def test_the_manifest(self, folder, monkeypatch):
        self.deny(monkeypatch, folder.path / "manifest.json", "read_bytes")

        assert folder.refused(ExtractsUnusable) == [
            "manifest.json: it cannot be opened (Permission denied). "
            "Check that it is there and closed, and that whoever runs this may read it."
        ]

    @pytest.mark.parametrize("word", ["open", "read_bytes"])
    def test_the_mapping(self, folder, monkeypatch, word):
        (folder.path / "mapping.csv").write_text("table,column,header,format\n")
        self.deny(monkeypatch, folder.path / "mapping.csv", word)

        (said,) = folder.refused(ExtractsUnusable)
        assert said.startswith("mapping.csv: it cannot be opened (Permission denied)")

    def test_a_table(self, folder, monkeypatch):
        self.deny(monkeypatch, folder.path / "download_days.csv", "read_bytes")

        (said,) = folder.refused(ManifestDisagrees)
        assert said.startswith("download_days: the file cannot be opened")

    def test_the_folder(self, folder, monkeypatch):
        self.deny(monkeypatch, folder.path, "iterdir")

        (said,) = folder.refused(ExtractsUnusable)
        assert said.startswith("--extracts: it cannot be opened (Permission denied)")

    def test_a_header_of_which_columns_are_proposed(self, folder, monkeypatch):
        self.deny(monkeypatch, folder.path / "download_days.csv", "read_bytes")

        with pytest.raises(ExtractsUnusable) as raised:
            proposing.headers(folder.path, "fod", passwords.none)
        assert str(raised.value).startswith("download_days: it cannot be opened (Permission denied)")


class TestNothingIsShown:
    def test_of_a_set_but_its_sizes(self, folder):
        folder.put("download_days", f"{DAYS},{CANARY}\n1,{CANARY},{CANARY},\n")
        folder.change(name=CANARY)

        read = folder.read()

        assert CANARY not in repr(read) + repr(read["download_days"])
