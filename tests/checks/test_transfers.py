"""What the checks of a log of transfers find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.transfers import (
    came_by_no_transfer,
    delivered_without_transfer,
    held_where_nothing_shows,
    not_confirmed,
    password_not_sent_apart,
    personal_elsewhere,
    sent_by_a_banned_way,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation


class TestSentByABannedWay:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            log = records("transfers", "\n".join(["id | channel", *rows]))
            return sent_by_a_banned_way(log, way="channel", banned=("fax",), only=only)

        return of

    def test_another_way_passes(self, judge):
        result = judge("a | post")

        assert (result.found, result.judged) == ((), 1)

    def test_the_banned_way_invalid(self, judge):
        result = judge("a | post", "b | fax")

        assert result.found == (Violation("transfers", 2, "channel", rule="sent_by_a_banned_way"),)

    def test_a_way_not_written_down_invalid(self, judge):
        assert judge("a | ").found == (Violation("transfers", 1, "channel", rule="sent_by_a_banned_way"),)

    @pytest.mark.parametrize("id", ["b"])
    def test_only_leaves_other_rows_out(self, judge, id):
        result = judge(f"{id} | fax", only={"id": ["a"]})

        assert (result.found, result.judged) == ((), 0)

    def test_an_empty_log_judges_nothing(self, judge):
        result = judge()

        assert (result.found, result.judged) == ((), 0)


class TestNotConfirmed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            log = records("post", "\n".join(["carrier | sealed yes_no", *rows]))
            return not_confirmed(log, that="sealed", only=only)

        return of

    def test_a_yes_confirms(self, judge):
        result = judge("post | yes")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("sealed", ["no", ""])
    def test_a_no_or_an_empty_cell_invalid(self, judge, sealed):
        result = judge("post | yes", f"post | {sealed}")

        assert result.found == (Violation("post", 2, "sealed", rule="not_confirmed"),)

    def test_a_yes_in_other_words_invalid(self, judge):
        assert {violation.rule for violation in judge("post | aye").found} == {"not_confirmed", "unreadable"}

    @pytest.mark.parametrize("carrier", ["courier"])
    def test_only_leaves_other_rows_out(self, judge, carrier):
        result = judge(f"{carrier} | no", only={"carrier": ["post"]})

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize(("day", "rows"), [("2020-03-02", []), ("2020-03-01", [1]), ("", [1])])
    def test_what_is_still_to_come_is_a_plan(self, records, day, rows):
        boards = records("boards", f"held_on date | attended yes_no\n{day} | no", as_of="2020-03-01")

        result = not_confirmed(boards, that="attended", on="held_on")

        assert result.found == tuple(Violation("boards", row, "attended", rule="not_confirmed") for row in rows)
        assert result.judged == len(rows)


class TestPasswordNotSentApart:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, only=None):
            log = records("transfers", "\n".join(["locked yes_no | message identifier | password identifier", *rows]))
            return password_not_sent_apart(log, message="message", password_message="password", only=only)

        return of

    def test_another_message_is_apart(self, judge):
        result = judge("yes | m1 | m2")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("messages", ["m1 | m1", "m1 | ", " | m2", " | "])
    def test_the_same_message_or_one_not_written_down_invalid(self, judge, messages):
        result = judge("yes | m1 | m2", f"yes | {messages}")

        assert result.found == (Violation("transfers", 2, "password", rule="password_not_sent_apart"),)

    @pytest.mark.parametrize("locked", ["no"])
    def test_only_leaves_other_files_out(self, judge, locked):
        result = judge(f"{locked} | m1 | ", only={"locked": ["yes"]})

        assert (result.found, result.judged) == ((), 0)


LOG = (
    "A | a | 2020-07-08T22:59Z | us",
    "B | b |  | us",
    " | a | 2020-07-08T09:00Z | us",
    "A | b | 2020-07-01T09:00Z | us",
    "A |  | 2020-07-02T09:00Z | us",
    "A | a | 2020-07-03T09:00Z | them",
    "A | a | 2020-07-04T09:00Z | ",
    "B | a | 2020-07-05T09:00Z | us",
)


class TestDeliveredWithoutTransfer:
    @pytest.fixture
    def judge(self, records):
        def of(*came: str, **taken: str):
            deliveries = records("deliveries", "\n".join(["by | on date", *came]), **taken)
            transfers = records("transfers", "\n".join(["sender | data_set | sent_at instant | to", *LOG]))
            return delivered_without_transfer(
                deliveries, transfers, supplier="by", received="on", by={"A": "a", "B": "b"}, shows={"to": ["us"]}
            )

        return of

    def test_what_was_sent_that_day_in_london_passes(self, judge):
        result = judge("A | 2020-07-08", "C | 2020-07-08")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(("as_of", "rows"), [("2020-07-09", [1, 2]), ("2020-07-08", [2])])
    def test_a_delivery_that_is_still_to_come_is_a_plan(self, judge, as_of, rows):
        result = judge("A | 2020-07-09", "A | ", as_of=as_of)

        assert ([one.row for one in result.found], result.judged) == (rows, len(rows))

    def test_one_transfer_may_hold_two_deliveries(self, judge):
        assert judge("A | 2020-07-08", "A | 2020-07-08").found == ()

    @pytest.mark.parametrize("day", ["2020-07-01", "2020-07-02", "2020-07-03", "2020-07-04", "2020-07-05"])
    def test_other_data_or_another_way_round_is_not_that_delivery_invalid(self, judge, day):
        """Data of another supplier or none, or sent to somebody else or nobody, brought nothing of theirs."""
        assert judge(f"A | {day}").found == (
            Violation("deliveries", 1, absent_from="transfers", rule="delivered_without_transfer"),
        )

    @pytest.mark.parametrize("came", ["A | 2020-07-07", "A | 2020-07-09", "A | ", "B | 2020-07-08", " | 2020-07-08"])
    def test_another_day_another_sender_or_none_invalid(self, judge, came):
        result = judge("A | 2020-07-08", came)

        expected = Violation("deliveries", 2, absent_from="transfers", rule="delivered_without_transfer")
        assert (result.found, result.judged) == ((expected,), 2)


@pytest.mark.parametrize(
    ("on", "day", "rows"),
    [("day", "2020-12-31", [2]), ("day", "2021-01-01", []), ("day", "", [2]), (None, "2021-01-01", [2])],
)
def test_a_way_that_is_still_to_be_gone_is_a_plan(drawn, engine, on, day, rows):
    log = Records(
        *drawn("post", f"carrier | day date\nhand | 2020-01-01\npost | {day}"), engine=engine, as_of="2020-12-31"
    )

    result = sent_by_a_banned_way(log, way="carrier", banned=("post",), on=on)

    rule = "sent_by_a_banned_way"
    assert result.found == tuple(Violation("post", row, "carrier", rule=rule) for row in rows)
    assert result.judged == 1 + (len(rows) if on else 1)


class TestCameByNoTransfer:
    @pytest.fixture
    def judge(self, records):
        def of(*came: str, **taken: str):
            cases = records("cases", "\n".join(["of | on date", *[f"x | {day}" for day in came]]), **taken)
            transfers = records("transfers", "\n".join(["sender | data_set | sent_at instant | to", *LOG]))
            return came_by_no_transfer(cases, transfers, received="on", shows={"to": ["us"], "data_set": ["a"]})

        return of

    @pytest.mark.parametrize(("as_of", "rows"), [("2020-07-09", [1, 2]), ("2020-07-08", [2])])
    def test_an_extract_that_is_still_to_come_is_a_plan(self, judge, as_of, rows):
        result = judge("2020-07-09", "", as_of=as_of)

        assert ([one.row for one in result.found], result.judged) == (rows, len(rows))

    def test_one_transfer_brought_all_of_its_day_in_london(self, judge):
        result = judge("2020-07-08", "2020-07-08", "2020-07-05")

        assert (result.found, result.judged) == ((), 3)

    @pytest.mark.parametrize(
        "day", ["2020-07-07", "2020-07-09", "2020-07-01", "2020-07-02", "2020-07-03", "2020-07-04", ""]
    )
    def test_another_day_other_data_or_none_brought_nobody_invalid(self, judge, day):
        result = judge("2020-07-08", day)

        expected = Violation("cases", 2, absent_from="transfers", rule="came_by_no_transfer")
        assert (result.found, result.judged) == ((expected,), 2)


class TestPersonalElsewhere:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, line="D1 | shared | yes", only=None):
            transfers = records("transfers", "\n".join(["id | under | personal | data", *rows]))
            register = records("disclosures", f"key | decision | shows\n{line}")
            shows = {"decision": ["shared"], "shows": ["yes"]}
            return personal_elsewhere(transfers, register, by="under", to="key", shows=shows, only=only)

        return of

    def test_what_the_register_belies_invalid(self, judge):
        result = judge("a | D2 | no |", "b | D1 | no |")

        expected = Violation("transfers", 2, "personal", rule="personal_elsewhere")
        assert (result.found, result.judged) == ((expected,), 2)

    @pytest.mark.parametrize("row", ["a | D1 | yes |", "a | D1 | |", "a | D2 | no |", "a | | no |"])
    def test_what_says_the_same_or_nothing_or_names_another_line_passes(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "line", ["D1 | refused | yes", "D1 | | yes", "D1 | shared | no", "D1 | shared | ", " | shared | yes"]
    )
    def test_a_line_that_does_not_say_so_belies_nothing(self, judge, line):
        assert judge("a | D1 | no |", line=line).found == ()

    @pytest.mark.parametrize("beside", ["b | D1 | yes |", "b | D1 | |"])
    def test_a_letter_beside_the_people_passes(self, judge, beside):
        assert judge("a | D1 | no |", beside).found == ()

    def test_the_people_of_another_line_are_not_beside_invalid(self, judge):
        assert [one.row for one in judge("a | D1 | no |", "b | D2 | yes |").found] == [1]

    @pytest.mark.parametrize(("row", "judged"), [("a | D1 | no | x", 0), ("a | D1 | no | y", 1), ("a | D1 | no | ", 1)])
    def test_only_leaves_other_data_out(self, judge, row, judged):
        result = judge(row, only={"data": ["y"]})

        assert (len(result), result.judged) == (judged, judged)


class TestHeldWhereNothingShows:
    @pytest.fixture
    def judge(self, drawn):
        def of(row: str, system: str):
            assets = Records(*drawn("assets", f"held | kind\n{row}"), as_of="2020-06-30")
            systems = Records(*drawn("systems", f"name | begins date\n{system}"), as_of="2020-06-30")
            only = {"kind": ["file"], "held": ["NET", "WEB"]}
            return held_where_nothing_shows(assets, systems, held="held", name="name", begins="begins", only=only)

        return of

    @pytest.mark.parametrize(
        ("row", "system"),
        [
            ("NET | file", "NET | 2020-01-01"),
            ("NET | file", "net | 2020-06-30"),
            ("NET | file", "NET |"),
            ("NET |", "NET | 2020-01-01"),
        ],
    )
    def test_a_system_that_is_on_the_register_passes(self, judge, row, system):
        result = judge(row, system)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        ("row", "system"),
        [
            ("NET | file", "WEB | 2020-01-01"),
            ("NET | file", "| 2020-01-01"),
            ("NET | file", "NET | 2020-07-01"),
            ("NET |", "WEB | 2020-01-01"),
        ],
    )
    def test_one_that_is_not_is_found(self, judge, row, system):
        expected = (Violation("assets", 1, "held", "systems", "held_where_nothing_shows"),)

        assert judge(row, system).found == expected

    @pytest.mark.parametrize("row", [" | file", "NET | paper", "elsewhere | file"])
    def test_what_names_no_system_of_those_is_not_judged(self, judge, row):
        result = judge(row, "WEB | 2020-01-01")

        assert (result.found, result.judged) == ((), 0)

    def test_without_a_limit_every_file_is_judged(self, drawn):
        assets = Records(*drawn("assets", "held | kind\nelsewhere | paper"), as_of="2020-06-30")
        systems = Records(*drawn("systems", "name | begins date\nNET | 2020-01-01"), as_of="2020-06-30")

        assert held_where_nothing_shows(assets, systems, held="held", name="name", begins="begins").judged == 1
