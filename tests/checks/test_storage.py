"""What the checks of where data lies and how it is locked find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.storage import (
    destroyed_and_still_held,
    done_in_another_way,
    left_on_the_device,
    listed_after_destruction,
    long_on_the_device,
    moved_to_another_place,
    neither_encrypted_nor_locked,
    not_inspected,
    not_on_the_register,
    of_no_asset,
    opened_after_destruction,
    opened_without_password,
    recorded_with_others,
    said_to_hold_none,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation


class TestNotOnTheRegister:
    @pytest.fixture
    def judge(self, records):
        def of(*files: str, assets: tuple[str, ...] = ("S:/a.xlsx | 2020-01-10 | 2020-06-30",), out=None):
            listed = records("listings", "\n".join(["file | listed_on date | holds yes_no", *files]))
            header = "location | recorded_on date | disposed_on date | personal yes_no | freed date"
            known = records(
                "assets", "\n".join([header, *(line if line.count("|") > 2 else f"{line} | yes | " for line in assets)])
            )
            return not_on_the_register(
                listed, known, personal="holds", names="file", key="location", on="listed_on", out=out
            )

        return of

    @pytest.mark.parametrize("day", ["2020-01-10", "2020-03-01", "2020-06-30"])
    def test_a_line_counts_on_its_first_day_and_on_its_last(self, judge, day):
        result = judge(f"S:/a.xlsx | {day} | yes")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("day", ["2020-01-09", "2020-07-01", ""])
    def test_a_line_of_another_day_invalid(self, judge, day):
        result = judge(f"S:/a.xlsx | {day} | yes")

        assert result.found == (Violation("listings", 1, absent_from="assets", rule="not_on_the_register"),)

    @pytest.mark.parametrize("place", ["S:/b.xlsx", "S:/a.xlsx/b", "S:", ""])
    def test_another_place_or_none_invalid(self, judge, place):
        result = judge("S:/a.xlsx | 2020-03-01 | yes", f"{place} | 2020-03-01 | yes")

        assert [violation.row for violation in result.found] == [2]

    def test_another_spelling_of_the_place_passes(self, judge):
        assert not judge("s:\\A.XLSX | 2020-03-01 | yes", assets=("S:/a.xlsx/ | 2020-01-10 | ",))

    @pytest.mark.parametrize(("personal", "rows"), [("no", []), ("yes", [1]), ("", [1])])
    def test_only_a_no_says_that_a_file_holds_nobody(self, judge, personal, rows):
        result = judge(f"S:/b.xlsx | 2020-03-01 | {personal}")

        assert [violation.row for violation in result.found] == rows

    def test_a_file_still_held_has_no_last_day(self, judge):
        assert not judge("S:/a.xlsx | 2030-03-01 | yes", assets=("S:/a.xlsx | 2020-01-10 | ",))

    @pytest.mark.parametrize(("personal", "rows"), [("no", [1]), ("yes", []), ("", [])])
    def test_a_line_that_says_that_it_holds_nobody_counts_for_nothing(self, judge, personal, rows):
        result = judge("S:/a.xlsx | 2020-03-01 | yes", assets=(f"S:/a.xlsx | 2020-01-10 | | {personal} | ",))

        assert [violation.row for violation in result.found] == rows

    @pytest.mark.parametrize("gone", ["", "2020-03-02", "2020-09-30"])
    @pytest.mark.parametrize(("day", "rows"), [("2020-03-02", []), ("2020-03-03", [1])])
    def test_a_line_counts_to_the_day_on_which_the_identity_was_taken_out(self, judge, gone, day, rows):
        line = f"S:/a.xlsx | 2020-01-10 | {gone} | yes | 2020-03-02"
        result = judge(f"S:/a.xlsx | {day} | yes", assets=(line,), out="freed")

        assert result.found == tuple(
            Violation("listings", row, absent_from="assets", rule="not_on_the_register") for row in rows
        )

    @pytest.mark.parametrize(("gone", "rows"), [("2020-03-02", [1]), ("2020-03-03", [])])
    def test_a_line_that_was_to_lose_the_identity_later_counts_until_it_went(self, judge, gone, rows):
        line = f"S:/a.xlsx | 2020-01-10 | {gone} | yes | 2020-03-04"
        result = judge("S:/a.xlsx | 2020-03-03 | yes", assets=(line,), out="freed")

        assert [violation.row for violation in result.found] == rows

    def test_another_line_of_the_same_place_will_do(self, judge):
        lines = ("S:/a.xlsx | 2020-01-10 | | yes | 2020-02-02", "S:/a.xlsx | 2020-01-10 | | yes | ")

        assert not judge("S:/a.xlsx | 2020-03-03 | yes", assets=lines, out="freed")

    def test_a_line_without_its_first_day_registers_nothing_invalid(self, judge):
        assert judge("S:/a.xlsx | 2020-03-01 | yes", assets=("S:/a.xlsx |  | ",))

    def test_a_line_without_a_place_registers_nothing_invalid(self, judge):
        assert judge(" | 2020-03-01 | yes", assets=(" | 2020-01-10 | ",))

    def test_a_place_may_serve_one_file_after_another(self, judge):
        lines = ("S:/a.xlsx | 2020-01-10 | 2020-02-01", "S:/a.xlsx | 2020-04-01 | ")

        result = judge("S:/a.xlsx | 2020-03-01 | yes", "S:/a.xlsx | 2020-05-01 | yes", assets=lines)

        assert [violation.row for violation in result.found] == [1]


class TestNotInspected:
    ALONE = ("x | 2020-06-15",)

    @pytest.fixture
    def judge(self, records):
        def of(*assets: str, lines: tuple[str, ...] = self.ALONE):
            header = "asset_id | location | recorded_on date | disposed_on date | freed_on date | personal yes_no"
            return not_inspected(
                records("assets", "\n".join([header, *assets])),
                records("workbooks", "\n".join(["workbook_asset | inspected_on date", *lines])),
                endings=[".xlsx", ".xls"],
                gone=["disposed_on", "freed_on"],
                only={"personal": ["yes"]},
            )

        return of

    @pytest.mark.parametrize("day", ["2020-06-15", "2020-06-16", "2021-06-15", ""])
    def test_one_line_on_whatever_day_is_enough(self, judge, day):
        result = judge("a | S:/a.xlsx | 2020-06-14 | | | yes", lines=(*self.ALONE, f"a | {day}"))

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("location", ["S:/a.xlsx", "S:/A.XLSX", "S:/a.xls"])
    @pytest.mark.parametrize("gone", [" | ", "2020-06-16 | ", " | 2020-06-16"])
    @pytest.mark.parametrize("personal", ["yes", ""])
    def test_a_spreadsheet_that_was_held_and_left_out_invalid(self, judge, location, gone, personal):
        result = judge("x | S:/x.xlsx | 2020-06-14 | | | yes", f"a | {location} | 2020-06-14 | {gone} | {personal}")

        assert result.found == (Violation("assets", 2, absent_from="workbooks", rule="not_inspected"),)
        assert result.judged == 2

    @pytest.mark.parametrize(
        "asset",
        [
            "a | S:/a.xlsx | 2020-06-15 | | | yes",
            "a | S:/a.xlsx | | | | yes",
            "a | S:/a.xlsx | 2020-06-14 | 2020-06-15 | | yes",
            "a | S:/a.xlsx | 2020-06-14 | | 2020-06-15 | yes",
            "a | S:/a.xlsx | 2020-06-14 | | | no",
            "a | S:/a.docx | 2020-06-14 | | | yes",
            "a | | 2020-06-14 | | | yes",
        ],
    )
    def test_what_may_not_have_been_there_or_is_no_spreadsheet_of_personal_data_is_not_judged(self, judge, asset):
        result = judge(asset)

        assert (result.found, result.judged) == ((), 0)

    def test_held_on_the_day_of_a_second_inspection_invalid(self, judge):
        assert judge("a | S:/a.xlsx | 2020-06-15 | | | yes", lines=(*self.ALONE, "x | 2021-06-15"))

    @pytest.mark.parametrize("line", [" | 2020-06-15", "b | 2020-06-15"])
    def test_a_line_of_nobody_or_of_another_is_not_its_own_invalid(self, judge, line):
        assert judge("a | S:/a.xlsx | 2020-06-14 | | | yes", lines=(line,))

    def test_without_an_inspection_nothing_is_judged(self, judge):
        result = judge("a | S:/a.xlsx | 2020-06-14 | | | yes", lines=())

        assert (result.found, result.judged) == ((), 0)


class TestOpenedWithoutPassword:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            found = records("workbooks", "\n".join(["protection | personal yes_no", *rows]))
            return opened_without_password(found, protection="protection", locked=["password"], personal="personal")

        return of

    def test_a_password_of_its_own_locks(self, judge):
        result = judge("password | yes")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "protection", ["none", "sheet protection", "default password", "obfuscated", "unreadable", ""]
    )
    def test_anything_else_does_not_invalid(self, judge, protection):
        result = judge("password | yes", f"{protection} | yes")

        assert result.found == (Violation("workbooks", 2, "protection", rule="opened_without_password"),)

    @pytest.mark.parametrize(("personal", "rows"), [("no", []), ("", [1])])
    def test_only_a_no_says_that_it_holds_nobody(self, judge, personal, rows):
        assert [violation.row for violation in judge(f"none | {personal}").found] == rows


class TestNeitherEncryptedNorLocked:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            media = records("media", "\n".join(["encrypted yes_no | password yes_no | use", *rows]))
            return neither_encrypted_nor_locked(media, encrypted="encrypted", password="password", only=only)

        return of

    @pytest.mark.parametrize("cells", ["yes | no", "no | yes", "yes | yes", " | yes"])
    def test_one_of_the_two_is_enough(self, judge, cells):
        result = judge(f"{cells} | backup")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("cells", ["no | no", " | no", "no | ", " | "])
    def test_neither_invalid(self, judge, cells):
        result = judge("yes | yes | backup", f"{cells} | backup")

        assert result.found == (Violation("media", 2, "encrypted", rule="neither_encrypted_nor_locked"),)

    @pytest.mark.parametrize(("begins", "rows"), [("2020-12-31", [1]), ("2021-01-01", []), ("", [1])])
    def test_what_is_still_to_come_to_use_is_a_plan(self, drawn, engine, begins, rows):
        drawn_up = drawn("media", f"encrypted yes_no | password yes_no | since date\nno | no | {begins}")
        media = Records(*drawn_up, engine=engine, as_of="2020-12-31")

        result = neither_encrypted_nor_locked(media, encrypted="encrypted", password="password", begins="since")

        rule = "neither_encrypted_nor_locked"
        assert result.found == tuple(Violation("media", row, "encrypted", rule=rule) for row in rows)
        assert result.judged == len(rows)

    @pytest.mark.parametrize(("use", "rows"), [("carrying", []), ("", [1])])
    def test_only_leaves_other_media_out(self, judge, use, rows):
        result = judge(f"no | no | {use}", only={"use": ["backup"]})

        assert [violation.row for violation in result.found] == rows


class TestLeftOnTheDevice:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            log = records("recordings", "\n".join(["moved instant | removed instant | recorded instant", *rows]))
            return left_on_the_device(log, moved="moved", removed="removed", recorded="recorded")

        return of

    @pytest.mark.parametrize("removed", ["2020-02-03T12:00Z", "2020-02-03T11:59Z", "2020-02-10T09:00Z"])
    def test_a_recording_that_left_the_device_is_gone(self, judge, removed):
        result = judge(f"2020-02-03T12:00Z | {removed} | 2020-02-03T09:00Z")

        assert (result.found, result.judged) == ((), 1)

    def test_a_recording_moved_and_still_there_invalid(self, judge):
        result = judge("2020-02-03T12:00Z | 2020-02-03T12:00Z | ", "2020-02-03T12:00Z | | 2020-02-03T09:00Z")

        assert result.found == (Violation("recordings", 2, "removed", rule="left_on_the_device"),)

    @pytest.mark.parametrize(("removed", "rows"), [("08:59", [1]), ("09:00", [])])
    def test_what_left_before_the_recording_was_made_was_something_else(self, judge, removed, rows):
        result = judge(f"2020-02-03T12:00Z | 2020-02-03T{removed}Z | 2020-02-03T09:00Z")

        assert result.found == tuple(Violation("recordings", row, "removed", rule="left_on_the_device") for row in rows)

    def test_a_recording_not_moved_yet_is_not_judged(self, judge):
        result = judge(" | | 2020-02-03T09:00Z")

        assert (result.found, result.judged) == ((), 0)


class TestOfNoAsset:
    @pytest.fixture
    def judge(self, records):
        def of(*uses: str, assets=("a",)):
            return of_no_asset(
                records("access_log", "\n".join(["used | asset identifier", *(f"x | {use}" for use in uses)])),
                records("assets", "\n".join(["kind | asset_id identifier", *(f"x | {id}" for id in assets)])),
                names="asset",
            )

        return of

    def test_an_asset_that_the_register_does_not_have_invalid(self, judge):
        result = judge("a", "b")

        expected = (Violation("access_log", 2, "asset", absent_from="assets", rule="of_no_asset"),)
        assert (result.found, result.judged) == (expected, 2)

    @pytest.mark.parametrize("assets", [("a", "a"), ("", "b", "a")])
    def test_one_line_will_do(self, judge, assets):
        assert not judge("a", assets=assets)

    def test_what_names_no_asset_is_not_judged(self, judge):
        result = judge("", assets=("",))

        assert (result.found, result.judged) == ((), 0)


class TestSaidToHoldNone:
    @pytest.fixture(params=["on", None])
    def judge(self, records, request):
        def of(row: str, *assets: str):
            as_of = "2021-12-31" if request.param else "2020-03-02"
            return said_to_hold_none(
                records("rights", f"says yes_no | folder | on date\nyes | f | 2020-03-02\n{row}", as_of=as_of),
                records(
                    "assets",
                    "\n".join(["place | personal yes_no | recorded_on date | went date | freed date", *assets]),
                ),
                says="says",
                names="folder",
                key="place",
                gone=["went", "freed"],
                on=request.param,
            )

        return of

    @pytest.mark.parametrize(
        "asset",
        [
            "f | yes | 2020-03-01 | | ",
            "f |  | 2020-03-01 | | ",
            "f | yes | 2020-01-01 | 2020-03-03 | ",
            "f | yes | 2020-01-01 | | 2020-03-03",
        ],
    )
    def test_personal_data_that_was_there_that_day_invalid(self, judge, asset):
        result = judge("no | f | 2020-03-02", "f | no | 2020-01-01 | | ", asset, asset)

        assert (result.found, result.judged) == ((Violation("rights", 2, "says", rule="said_to_hold_none"),), 1)

    @pytest.mark.parametrize(
        "asset",
        [
            "f | no | 2020-01-01 | | ",
            "g | yes | 2020-01-01 | | ",
            " | yes | 2020-01-01 | | ",
            "f | yes | | | ",
            "f | yes | 2020-03-02 | | ",
            "f | yes | 2020-01-01 | 2020-03-02 | ",
            "f | yes | 2020-01-01 | | 2020-03-02",
        ],
    )
    def test_other_data_another_folder_or_another_time_passes(self, judge, asset):
        result = judge("no | f | 2020-03-02", asset)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("says", ["yes", ""])
    def test_what_does_not_say_no_is_judged_elsewhere(self, judge, says):
        assert judge(f"{says} | f | 2020-03-02", "f | yes | 2020-01-01 | | ").judged == 0

    def test_a_row_that_names_nothing_is_not_found(self, judge):
        assert judge("no | | 2020-03-02", "f | yes | 2020-01-01 | | ").found == ()


class TestLongOnTheDevice:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, as_of="2020-06-30"):
            log = records("recordings", "\n".join(["recorded instant | removed instant", *rows]), as_of=as_of)
            return long_on_the_device(log, recorded="recorded", ended="removed", days=2)

        return of

    @pytest.mark.parametrize("removed", ["2020-05-29T12:00Z", "2020-06-02T22:59Z"])
    def test_the_second_working_day_is_allowed_to_its_end_in_london(self, judge, removed):
        """A Friday, and the Tuesday after it."""
        result = judge(f"2020-05-29T10:00Z | {removed}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "times", ["2020-05-29T10:00Z | 2020-06-02T23:00Z", "2020-05-29T10:00Z | ", " | 2020-06-02T09:00Z"]
    )
    def test_a_day_more_no_removal_or_no_recording_invalid(self, judge, times):
        result = judge("2020-05-29T10:00Z | 2020-05-29T10:00Z", times)

        assert (result.found, result.judged) == (
            (Violation("recordings", 2, "removed", rule="long_on_the_device"),),
            2,
        )

    @pytest.mark.parametrize(("removed", "is_found"), [("2020-05-29T09:59Z", True), ("2020-05-29T10:00Z", False)])
    def test_a_removal_before_the_recording_invalid(self, judge, removed, is_found):
        result = judge(f"2020-05-29T10:00Z | {removed}")

        early = Violation("recordings", 1, "removed", rule="long_on_the_device")
        assert (result.found, result.judged) == ((early,) if is_found else (), 1)

    def test_on_the_second_working_day_it_may_be_there_still(self, judge):
        result = judge("2020-05-29T10:00Z | ", as_of="2020-06-02")

        assert (result.found, result.judged) == ((), 1)

    def test_on_the_third_it_may_not_invalid(self, judge):
        result = judge("2020-05-29T10:00Z | ", as_of="2020-06-03")

        assert result.found == (Violation("recordings", 1, "removed", rule="long_on_the_device"),)


class TestDoneInAnotherWay:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            media = records("media", "\n".join(["model | use", *rows]))
            return done_in_another_way(media, way="model", permitted=("A", "B"), only=only)

        return of

    @pytest.mark.parametrize("model", ["A", "B"])
    def test_each_promised_way_passes(self, judge, model):
        result = judge(f"{model} | backup")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("model", ["C", "a", ""])
    def test_another_way_or_none_written_down_invalid(self, judge, model):
        result = judge("A | backup", f"{model} | backup")

        assert result.found == (Violation("media", 2, "model", rule="done_in_another_way"),)

    @pytest.mark.parametrize(("use", "rows"), [("backup", []), ("carrying", [1]), ("", [1])])
    def test_only_leaves_other_rows_out(self, judge, use, rows):
        result = judge(f"C | {use}", only={"use": ["carrying"]})

        assert [violation.row for violation in result.found] == rows

    @pytest.mark.parametrize(("begins", "rows"), [("2020-07-01", []), ("2020-06-30", [1]), ("", [1])])
    def test_what_is_still_to_begin_is_a_plan(self, records, begins, rows):
        systems = records("systems", f"from date | place\n{begins} | ", as_of="2020-06-30")

        result = done_in_another_way(systems, way="place", permitted=["here"], begins="from")

        found = tuple(Violation("systems", row, "place", rule="done_in_another_way") for row in rows)
        assert (result.found, result.judged) == (found, len(rows))


class TestMovedToAnotherPlace:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            log = records("recordings", "\n".join(["place | moved instant", *rows]))
            return moved_to_another_place(log, place="place", permitted=["network"], moved="moved")

        return of

    def test_the_promised_place_passes(self, judge):
        result = judge("network | 2020-02-03T12:00Z")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("place", ["laptop", ""])
    def test_another_place_or_none_written_down_invalid(self, judge, place):
        result = judge("network | 2020-02-03T12:00Z", f"{place} | 2020-02-03T12:00Z")

        assert result.found == (Violation("recordings", 2, "place", rule="moved_to_another_place"),)

    def test_another_place_without_an_instant_invalid(self, judge):
        result = judge("network | ", "laptop | ")

        assert result.found == (Violation("recordings", 2, "place", rule="moved_to_another_place"),)
        assert result.judged == 2

    def test_a_recording_not_moved_yet_is_not_judged(self, judge):
        result = judge(" | ")

        assert (result.found, result.judged) == ((), 0)


class TestRecordedWithOthers:
    @pytest.fixture
    def judge(self, records):
        def of(*interviews: str):
            log = records("recordings", "recorded_interview identifier | device\nI-1 | a\nI-2 | a\n | a")
            known = "\n".join(["interview_id identifier | taking_part", "I-1 | staff", *interviews])
            return recorded_with_others(log, records("interviews", known), permitted=["staff", "stakeholder"])

        return of

    def test_an_interview_with_somebody_else_invalid(self, judge):
        result = judge("I-2 | client", "I-2 | client")

        assert result.found == (Violation("recordings", 2, "recorded_interview", rule="recorded_with_others"),)
        assert result.judged == 3

    @pytest.mark.parametrize("interview", ["I-2 | stakeholder", "I-2 | ", "I-3 | client", " | client"])
    def test_one_with_those_who_may_be_recorded_or_not_known_passes(self, judge, interview):
        result = judge(interview)

        assert (result.found, result.judged) == ((), 3)


DESTROYED = "destroyed_asset | destroyed_medium | destroyed_on date"
REGISTER = "asset_id | location | medium | recorded_on date | disposed_on date | out date"
TAKEN = "2020-12-31"


@pytest.fixture
def destroyed(records):
    def of(*destructions: str):
        return records("destructions", "\n".join([DESTROYED, *destructions]), as_of=TAKEN)

    return of


@pytest.fixture
def register(records):
    def of(*assets: str):
        return records("assets", "\n".join([REGISTER, *assets]), as_of=TAKEN)

    return of


class TestDestroyedAndStillHeld:
    @pytest.fixture
    def judge(self, destroyed, register):
        def of(destruction: str, asset: str = "a | S:/a | file | 2020-01-10 | | ", out: str | None = None):
            lines = destroyed("b | file | 2020-06-30", destruction)
            return destroyed_and_still_held(lines, register(asset), medium="file", out=out)

        return of

    @pytest.mark.parametrize("day", ["2020-12-30", "2020-01-10"])
    def test_a_file_without_a_day_of_disposal_invalid(self, judge, day):
        result = judge(f"a | file | {day}")

        expected = Violation("destructions", 2, "destroyed_on", rule="destroyed_and_still_held")
        assert (result.found, result.judged) == ((expected,), 1)

    @pytest.mark.parametrize(
        "line", ["a | file | 2020-12-31", "a | file | 2020-01-09", "a | file | ", " | file | 2020-06-30"]
    )
    def test_a_line_of_the_day_of_an_earlier_file_or_of_none_is_not_judged(self, judge, line):
        assert judge(line).judged == 0

    @pytest.mark.parametrize(("gone", "found"), [("2020-12-31", 0), ("2020-06-29", 0), ("2021-01-01", 1)])
    def test_a_day_of_disposal_that_has_come_passes(self, judge, gone, found):
        assert len(judge("a | file | 2020-06-30", f"a | S:/a | file | 2020-01-10 | {gone} | ")) == found

    def test_a_file_that_was_recorded_on_no_day_invalid(self, judge):
        assert len(judge("a | file | 2020-06-30", "a | S:/a | file | | | ")) == 1

    @pytest.mark.parametrize(
        ("said", "registered", "judged"),
        [("paper", "file", 1), ("", "file", 1), ("file", "paper", 0), ("file", "", 1), ("", "", 1), ("paper", "", 0)],
    )
    def test_the_medium_is_that_of_the_register_or_else_of_the_line(self, judge, said, registered, judged):
        assert judge(f"a | {said} | 2020-06-30", f"a | S:/a | {registered} | 2020-01-10 | | ").judged == judged

    @pytest.mark.parametrize(("out", "judged"), [("2020-12-31", 0), ("2021-01-01", 1), ("", 1)])
    def test_a_file_without_identity_may_stay(self, judge, out, judged):
        assert judge("a | file | 2020-06-30", f"a | S:/a | file | 2020-01-10 | | {out}", out="out").judged == judged


class TestOpenedAfterDestruction:
    @pytest.fixture
    def judge(self, records, destroyed, register):
        def of(use: str, asset: str = "a | S:/a | file | 2020-01-10 | 2020-09-30 | 2020-02-01", out: str | None = None):
            log = records("access_log", f"accessed_at instant | opened\n2020-07-01T10:00Z | b\n{use}")
            lines = destroyed("a | file | 2020-06-30")
            return opened_after_destruction(log, lines, register(asset), opened="opened", medium="file", out=out)

        return of

    def test_a_use_on_the_next_day_invalid(self, judge):
        result = judge("2020-07-01T00:00+01:00 | a")

        expected = Violation("access_log", 2, "opened", rule="opened_after_destruction")
        assert (result.found, result.judged) == ((expected,), 2)

    @pytest.mark.parametrize(
        "use", ["2020-06-30T23:59+01:00 | a", "2020-01-10T09:00Z | a", " | a", "2020-07-01T10:00Z | "]
    )
    def test_a_use_up_to_that_day_or_of_no_file_passes(self, judge, use):
        assert not judge(use)

    def test_a_file_without_identity_or_on_paper_passes(self, judge):
        paper = "a | S:/a | paper | 2020-01-10 | 2020-09-30 | "

        assert not judge("2020-07-01T10:00Z | a", out="out")
        assert not judge("2020-07-01T10:00Z | a", paper)


class TestListedAfterDestruction:
    @pytest.fixture
    def judge(self, records, destroyed, register):
        def of(listing: str, *others: str, out: str | None = None):
            files = records("listings", f"file_location | listed_on date\nS:/c | 2020-07-01\n{listing}")
            known = register("a | S:/a | file | 2020-01-10 | 2020-09-30 | 2020-02-01", *others)
            lines = destroyed("a | file | 2020-06-30")
            return listed_after_destruction(files, lines, known, medium="file", out=out)

        return of

    @pytest.mark.parametrize("listing", ["S:/a | 2020-07-01", "s:\\A | 2020-07-01"])
    def test_a_file_listed_on_the_next_day_invalid(self, judge, listing):
        result = judge(listing)

        expected = Violation("listings", 2, rule="listed_after_destruction")
        assert (result.found, result.judged) == ((expected,), 2)

    @pytest.mark.parametrize("listing", ["S:/a | 2020-06-30", "S:/a | ", " | 2020-07-01"])
    def test_a_file_listed_up_to_that_day_or_somewhere_else_passes(self, judge, listing):
        assert not judge(listing)

    @pytest.mark.parametrize(
        ("recorded", "found"), [("2020-07-01", 0), ("2020-07-02", 0), ("2020-07-03", 1), ("2020-06-30", 1), ("", 1)]
    )
    def test_a_place_with_another_file_since_passes(self, judge, recorded, found):
        assert len(judge("S:/a | 2020-07-02", f"d | S:/A | file | {recorded} | | ")) == found

    def test_a_file_without_identity_may_stay(self, judge):
        assert not judge("S:/a | 2020-07-01", out="out")
