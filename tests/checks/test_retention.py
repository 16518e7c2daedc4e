"""What the checks of the end of data find, and what they let pass."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dpia_checks.checks.retention import (
    conclusion_not_listed,
    destroyed_after_disposal,
    destroyed_in_another_way,
    destruction_not_recorded,
    exception_not_detailed,
    held_after_conclusion,
    kept_too_long,
    not_beyond_use,
    not_reviewed_on_conclusion,
    open_to_many,
    opened_after_disposal,
    there_after_disposal,
    used_beyond_use,
)
from dpia_checks.violations import Violation

LONDON = ZoneInfo("Europe/London")
AS_OF = "2020-12-31"
DAYS = st.dates(date(2008, 1, 1), date(2030, 12, 31))
MINUTES = st.datetimes(datetime(2016, 1, 1), datetime(2034, 12, 30)).map(lambda at: at.replace(second=0, microsecond=0))
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
"""The fixtures only draw tables; nothing is left from one example to the next."""


def lines(header: str, *rows: str) -> str:
    """A table drawn from a header and its rows."""
    return "\n".join([header, *rows])


def rows_of(result) -> list[int]:
    """The positions found."""
    return [violation.row for violation in result.found]


def last_day(since: date, years: int) -> date:
    """The last day of a period of years, told by the calendar and not by arithmetic on digits."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return since.replace(year=since.year + years, day=28)


class TestKeptTooLong:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, years=8, as_of=AS_OF):
            full = (row if row.count("|") > 2 else f"{row} | 2000-01-01" for row in rows)
            drawn = lines("data_set | since date | until date | recorded date", *full)
            held = {"data_set": ["research"]}
            return kept_too_long(
                records("assets", drawn, as_of=as_of),
                since="since",
                until="until",
                recorded="recorded",
                years=years,
                only=held,
            )

        return of

    @pytest.mark.parametrize("until", ["2018-03-06", "2018-03-05", "2010-03-06"])
    def test_the_last_day_is_allowed(self, judge, until):
        result = judge(f"research | 2010-03-06 | {until}")

        assert (result.found, result.judged) == ((), 1)

    def test_the_day_after_the_last_invalid(self, judge):
        result = judge("research | 2010-03-06 | 2018-03-07")

        assert result.found == (Violation("assets", 1, "until", rule="kept_too_long"),)

    @pytest.mark.parametrize(("as_of", "rows"), [("2018-03-06", []), ("2018-03-07", [1])])
    def test_what_is_still_held_is_held_on_the_day_of_the_register(self, judge, as_of, rows):
        assert rows_of(judge("research | 2010-03-06 | ", as_of=as_of)) == rows

    @pytest.mark.parametrize("since", ["", "2021-01-01"])
    @pytest.mark.parametrize(
        ("until", "recorded", "rows"),
        [
            ("2020-03-06", "2012-03-06", []),
            ("2020-03-07", "2012-03-06", [1]),
            ("", "2012-12-31", []),
            ("", "2012-12-30", [1]),
            ("", "", []),
        ],
    )
    def test_what_has_not_begun_its_period_counts_from_its_recording(self, judge, since, until, recorded, rows):
        result = judge(f"research | {since} | {until} | {recorded}")

        expected = tuple(Violation("assets", row, "until", rule="kept_too_long") for row in rows)
        assert (result.found, result.judged) == (expected, 1)

    def test_a_period_that_begins_as_the_register_is_taken_has_begun(self, judge):
        assert not judge("research | 2020-12-31 | | 2000-01-01")

    @pytest.mark.parametrize(("data_set", "rows"), [("client data", []), ("", [1])])
    def test_only_leaves_other_data_out(self, judge, data_set, rows):
        assert rows_of(judge(f"{data_set} | 2000-01-01 | ")) == rows

    @MANY
    @given(since=DAYS, years=st.integers(0, 12), late=st.integers(-3, 3))
    @example(since=date(2012, 2, 29), years=5, late=1)
    @example(since=date(2012, 2, 29), years=4, late=0)
    def test_agrees_with_the_calendar_around_the_last_day(self, judge, since, years, late):
        until = last_day(since, years) + timedelta(days=late)

        assert bool(judge(f"research | {since} | {until}", years=years, as_of="2050-12-31")) == (late > 0)


class TestHeldAfterConclusion:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, beyond=(), over="", as_of=AS_OF):
            head = (
                "asset_id identifier | concluded date | exception yes_no | disposed date | data_set | deletable yes_no"
            )
            assets = records(
                "assets", lines(head, *(row if row.count("|") > 4 else f"{row} | no" for row in rows)), as_of=as_of
            )
            register = records("beyond_use", lines("kept_asset identifier | placed_on date", *beyond), as_of=as_of)
            reviews = records("reviews", lines("need | review_concluded_on date", f"any | {over}"), as_of=as_of)
            own = {"data_set": ["own"]}
            return held_after_conclusion(
                assets,
                register,
                reviews,
                concluded="concluded",
                gone="disposed",
                exception="exception",
                deletable="deletable",
                only=own,
            )

        return of

    def test_what_is_still_held_invalid(self, judge):
        result = judge("a | 2020-09-30 | no |  | own")

        assert result.found == (Violation("assets", 1, "disposed", rule="held_after_conclusion"),)

    def test_what_is_to_go_on_a_later_day_is_still_held_invalid(self, judge):
        result = judge("a | 2020-09-30 | no | 2021-01-01 | own")

        assert result.found == (Violation("assets", 1, "disposed", rule="held_after_conclusion"),)

    @pytest.mark.parametrize("row", ["2020-09-30 | no | 2020-12-31", "2020-09-30 | no | 2020-09-01"])
    def test_what_went_on_any_day_is_gone(self, judge, row):
        result = judge(f"a | {row} | own")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(("as_of", "rows"), [("2020-09-30", []), ("2020-10-01", [1])])
    def test_on_the_day_of_the_conclusion_there_is_still_time(self, judge, as_of, rows):
        assert rows_of(judge("a | 2020-09-30 | no |  | own", as_of=as_of)) == rows

    @pytest.mark.parametrize(("over", "rows"), [("2020-12-30", [1]), ("2020-12-31", []), ("2021-01-01", []), ("", [])])
    def test_without_a_day_it_concluded_with_the_evaluation(self, judge, over, rows):
        assert rows_of(judge("a |  | no |  | own", over=over)) == rows

    def test_a_day_of_its_own_comes_before_that_of_the_evaluation(self, judge):
        assert not judge("a | 2020-12-31 | no |  | own", over="2020-09-30")

    @pytest.mark.parametrize(("exception", "rows"), [("yes", []), ("no", [1]), ("", [1])])
    def test_an_exception_is_one_that_is_recorded(self, judge, exception, rows):
        assert rows_of(judge(f"a | 2020-09-30 | {exception} |  | own")) == rows

    @pytest.mark.parametrize(
        ("beyond", "rows"),
        [
            ("a | 2020-07-01", []),
            ("a | 2020-12-31", []),
            ("a | 2021-01-01", [1]),
            ("a | ", [1]),
            ("b | 2020-07-01", [1]),
            (" | 2020-07-01", [1]),
        ],
    )
    def test_what_was_placed_beyond_use_on_a_day_is_excused(self, judge, beyond, rows):
        assert rows_of(judge("a | 2020-09-30 | no |  | own", beyond=[beyond])) == rows

    @pytest.mark.parametrize(("deletable", "rows"), [("no", []), ("yes", [1]), ("", [1])])
    def test_beyond_use_is_for_what_cannot_be_deleted(self, judge, deletable, rows):
        result = judge(f"a | 2020-09-30 | no |  | own | {deletable}", beyond=["a | 2020-07-01"])

        assert result.found == tuple(Violation("assets", row, "disposed", rule="held_after_conclusion") for row in rows)

    @pytest.fixture
    def listed(self, records):
        """Judge an asset by what it says of itself and what the listings of its place found."""

        def of(*lists: str, personal="yes", out="2020-03-02", recorded="2020-01-10", place="S:/a", exception="no"):
            header = (
                "asset_id identifier | concluded date | exception yes_no | disposed date | deletable yes_no | "
                "personal yes_no | depersonalised_on date | location | recorded_on date"
            )
            row = f"a | 2020-09-30 | {exception} |  | yes | {personal} | {out} | {place} | {recorded}"
            return held_after_conclusion(
                records("assets", lines(header, row), as_of=AS_OF),
                records("beyond_use", "kept_asset identifier | placed_on date", as_of=AS_OF),
                records("reviews", "need | review_concluded_on date", as_of=AS_OF),
                records(
                    "listings", lines("file_location | listed_on date | file_personal yes_no", *lists), as_of=AS_OF
                ),
                concluded="concluded",
                gone="disposed",
                exception="exception",
                deletable="deletable",
                only={},
            )

        return of

    @pytest.mark.parametrize(
        ("personal", "out", "rows"),
        [
            ("yes", "", [1]),
            ("", "", [1]),
            ("no", "", []),
            ("no", "2021-01-01", []),
            ("yes", "2020-03-02", []),
            ("", "2020-12-31", []),
            ("yes", "2021-01-01", [1]),
        ],
    )
    def test_what_holds_no_personal_data_is_excused_with_listings(self, listed, personal, out, rows):
        result = listed(personal=personal, out=out)

        expected = tuple(Violation("assets", row, "disposed", rule="held_after_conclusion") for row in rows)
        assert (result.found, result.judged) == (expected, 1)

    @pytest.mark.parametrize(
        ("list", "rows"),
        [
            ("S:/a | 2020-03-03 | yes", [1]),
            ("s:\\A | 2020-03-03 | yes", [1]),
            ("S:/a | 2020-03-02 | yes", []),
            ("S:/a | 2020-03-03 | no", []),
            ("S:/a | 2020-03-03 | ", []),
            ("S:/a |  | yes", []),
            ("S:/b | 2020-03-03 | yes", []),
            (" | 2020-03-03 | yes", []),
        ],
    )
    def test_a_later_listing_that_finds_personal_data_undoes_that(self, listed, list, rows):
        result = listed(list)

        assert result.found == tuple(Violation("assets", row, "disposed", rule="held_after_conclusion") for row in rows)

    @pytest.mark.parametrize(("day", "rows"), [("2020-01-09", []), ("2020-01-10", [1]), ("2020-02-02", [1])])
    @pytest.mark.parametrize("out", ["", "2021-01-01"])
    def test_a_no_of_the_register_is_undone_from_the_day_it_was_recorded(self, listed, out, day, rows):
        assert rows_of(listed(f"S:/a | {day} | yes", personal="no", out=out)) == rows

    def test_without_a_day_of_recording_each_listing_counts(self, listed):
        assert rows_of(listed("S:/a | 2019-01-01 | yes", personal="no", out="", recorded="")) == [1]

    @pytest.mark.parametrize(
        ("later", "rows"),
        [
            ("S:/a | 2020-05-04 | no", [1]),
            ("S:/a | 2020-05-05 | no", []),
            ("S:\\a | 2020-05-05 | no", []),
            ("S:/b | 2020-05-05 | no", [1]),
            ("S:/a | 2020-05-05 | ", [1]),
            ("S:/a |  | no", [1]),
        ],
    )
    def test_a_listing_that_finds_none_after_it_puts_that_right(self, listed, later, rows):
        assert rows_of(listed("S:/a | 2020-05-04 | yes", later)) == rows

    def test_an_exception_may_hold_personal_data(self, listed):
        assert not listed("S:/a | 2020-05-04 | yes", exception="yes")

    @pytest.mark.parametrize(("data_set", "rows"), [("another", []), ("", [1])])
    def test_only_leaves_other_data_out(self, judge, data_set, rows):
        assert rows_of(judge(f"a | 2020-09-30 | no |  | {data_set}")) == rows

    @MANY
    @given(concluded=DAYS, taken=DAYS)
    def test_is_owed_from_the_day_after_the_conclusion(self, judge, concluded, taken):
        result = judge(f"a | {concluded} | no |  | own", as_of=taken.isoformat())

        assert bool(result) == (taken > concluded)


class TestNotReviewedOnConclusion:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, over=None, gone=None, only=None, as_of=AS_OF):
            drawn = lines("medium | concluded date | reviewed date | disposed date", *rows)
            register = records("assets", drawn, as_of=as_of)
            reviews = records("reviews", lines("need | review_concluded_on date", f"any | {over}"), as_of=as_of)
            return not_reviewed_on_conclusion(
                register,
                None if over is None else reviews,
                concluded="concluded",
                reviewed="reviewed",
                gone=gone,
                only=only,
            )

        return of

    @pytest.mark.parametrize("reviewed", ["2020-09-30", "2020-12-31"])
    def test_a_review_on_the_day_or_later_counts(self, judge, reviewed):
        result = judge(f"file | 2020-09-30 | {reviewed} | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("reviewed", ["2020-09-29", "2021-01-01", ""])
    def test_an_earlier_review_or_none_that_was_held_invalid(self, judge, reviewed):
        result = judge(f"file | 2020-09-30 | {reviewed} | ")

        assert result.found == (Violation("assets", 1, "reviewed", rule="not_reviewed_on_conclusion"),)

    @pytest.mark.parametrize(("as_of", "rows"), [("2020-09-30", []), ("2020-10-01", [1])])
    def test_on_the_day_of_the_conclusion_there_is_still_time(self, judge, as_of, rows):
        assert rows_of(judge("file | 2020-09-30 |  | ", as_of=as_of)) == rows

    @pytest.mark.parametrize(("over", "rows"), [("2020-09-30", [1]), ("2020-12-31", []), ("", []), (None, [])])
    def test_what_has_not_concluded_owes_no_review(self, judge, over, rows):
        assert rows_of(judge("file |  |  | ", over=over)) == rows

    @pytest.mark.parametrize(("row", "rows"), [("2020-09-29 | ", [1]), ("2020-09-30 | ", []), (" | 2020-09-29", [])])
    def test_without_a_day_it_concluded_with_the_evaluation(self, judge, row, rows):
        assert rows_of(judge(f"file |  | {row}", over="2020-09-30", gone="disposed")) == rows

    @pytest.mark.parametrize(
        ("disposed", "rows"), [("2020-09-29", []), ("2020-09-30", [1]), ("2020-10-05", [1]), ("", [1])]
    )
    def test_what_went_before_the_conclusion_owes_none(self, judge, disposed, rows):
        assert rows_of(judge(f"file | 2020-09-30 |  | {disposed}", gone="disposed")) == rows

    @pytest.mark.parametrize(("medium", "rows"), [("paper", []), ("", [1])])
    def test_only_leaves_other_rows_out(self, judge, medium, rows):
        assert rows_of(judge(f"{medium} | 2020-09-30 |  | ", only={"medium": ["file"]})) == rows


class TestConclusionNotListed:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, reached="2020-09-30", name="over"):
            return conclusion_not_listed(
                records("reviews", lines("need | concluded date", *rows), as_of=AS_OF),
                records("milestones", lines("milestone | reached_on date", "live | 2016-01-01", f"{name} | {reached}")),
                concluded="concluded",
                ends="over",
            )

        return of

    @pytest.mark.parametrize("rows", [(), ("any | ",), ("any | 2021-01-01",)])
    def test_a_conclusion_that_no_line_has_invalid(self, judge, rows):
        result = judge(*rows)

        assert (result.found, result.judged) == ((Violation("reviews", rule="conclusion_not_listed"),), 1)

    @pytest.mark.parametrize("day", ["2020-12-31", "2020-09-30", "2019-01-01"])
    def test_a_line_of_any_day_will_do(self, judge, day):
        assert not judge("any | ", f"any | {day}")

    @pytest.mark.parametrize(("reached", "found"), [("2020-12-30", 1), ("2020-12-31", 0), ("2021-01-01", 0), ("", 0)])
    def test_is_owed_from_the_day_after_the_milestone(self, judge, reached, found):
        assert len(judge(reached=reached)) == found

    def test_another_milestone_ends_nothing(self, judge):
        assert not judge(name="programme ended")


class TestNotBeyondUse:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, *beyond: str):
            header = "asset_id identifier | deletable yes_no | disposed date"
            assets = records("assets", lines(header, row), as_of=AS_OF)
            placed = lines("kept_asset identifier | placed_on date", *beyond)
            register = records("beyond_use", placed, as_of=AS_OF)
            return not_beyond_use(assets, register, deletable="deletable", gone="disposed")

        return of

    def test_what_cannot_be_deleted_and_was_placed_passes(self, judge):
        result = judge("a | no | ", "a | 2020-07-14")

        assert (result.found, result.judged) == ((), 1)

    def test_what_is_to_go_on_a_later_day_owes_it_still_invalid(self, judge):
        result = judge("a | no | 2021-01-01", "b | 2020-07-14")

        assert result.found == (Violation("assets", 1, absent_from="beyond_use", rule="not_beyond_use"),)

    @pytest.mark.parametrize("beyond", ["b | 2020-07-14", "a | ", " | 2020-07-14", "a | 2021-01-01"])
    def test_no_line_with_a_day_invalid(self, judge, beyond):
        result = judge("a | no | ", beyond)

        assert result.found == (Violation("assets", 1, absent_from="beyond_use", rule="not_beyond_use"),)

    @pytest.mark.parametrize("row", ["a | yes | ", "a |  | ", "a | no | 2020-12-31"])
    def test_what_can_be_deleted_or_is_gone_is_not_judged(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 0)


class TestUsedBeyondUse:
    @pytest.fixture
    def judge(self, records):
        def of(*uses: str, beyond=("a | 2020-07-14",)):
            access = records("access", lines("opened identifier | accessed_at instant", *uses))
            register = records("beyond_use", lines("kept_asset identifier | placed_on date", *beyond))
            return used_beyond_use(access, register, opened="opened")

        return of

    @pytest.mark.parametrize("at", ["2020-07-14T23:59+01:00", "2020-07-14T00:01+01:00", "2020-01-01T09:00Z"])
    def test_a_use_on_the_very_day_or_before_passes(self, judge, at):
        result = judge(f"a | {at}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("at", ["2020-07-15T00:00+01:00", "2020-07-14T23:30Z", "2021-01-01T09:00Z", ""])
    def test_a_use_on_a_later_day_or_without_one_invalid(self, judge, at):
        result = judge(f"a | {at}")

        assert result.found == (Violation("access", 1, "opened", rule="used_beyond_use"),)

    @pytest.mark.parametrize("opened", ["b", ""])
    def test_another_file_may_be_used(self, judge, opened):
        assert not judge(f"{opened} | 2021-01-01T09:00Z")

    def test_a_line_without_its_day_is_for_another_check(self, judge):
        assert not judge("a | 2021-01-01T09:00Z", beyond=["a | "])

    @MANY
    @given(placed=MINUTES, minutes=st.integers(-3000, 3000))
    @example(placed=datetime(2020, 3, 29), minutes=60)
    @example(placed=datetime(2020, 10, 25), minutes=1499)
    def test_agrees_with_the_days_of_london(self, judge, placed, minutes):
        at = placed.replace(tzinfo=UTC) + timedelta(minutes=minutes)

        result = judge(f"a | {at:%Y-%m-%dT%H:%M}Z", beyond=[f"a | {placed.date()}"])

        assert bool(result) == (at.astimezone(LONDON).date() > placed.date())


class TestOpenToMany:
    @pytest.fixture
    def judge(self, records):
        def of(*held: str, placed="A-1 | 2020-07-14", asset="A-1 | backup | "):
            lines = records("beyond", f"kept_asset | placed_on date\nA-0 | \n{placed}", as_of=AS_OF)
            assets = records("assets", f"asset_id | asset_folder | disposed_on date\n{asset}", as_of=AS_OF)
            names = "folder | principal | principal_kind | right_from date | right_until date"
            two = ("backup | P1 | person | 2020-01-01 | ", "backup | P2 | person | 2020-01-01 | ")
            rights = records("rights", "\n".join([names, *two, *held]), as_of=AS_OF)
            return open_to_many(lines, assets, rights, people=2, kinds=("person",))

        return of

    @pytest.mark.parametrize(
        "more",
        [
            "backup | P2 | person | 2020-02-01 | ",
            "backup | P3 | person | 2020-01-01 | 2020-12-30",
            "backup | P3 | person | 2021-01-01 | ",
            "backup | STAFF | group | 2020-01-01 | 2020-12-30",
            "other | P3 | person | 2020-01-01 | ",
            " | P3 | person | 2020-01-01 | ",
        ],
    )
    def test_two_people_may_open_it(self, judge, more):
        result = judge(more)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "more",
        [
            "backup | P3 | person | 2020-01-01 | ",
            "backup | P3 | person | 2020-12-31 | ",
            "backup | P3 | person | 2020-01-01 | 2020-12-31",
            "backup | P3 | person |  | ",
            "backup |  | person | 2020-01-01 | ",
            "backup | P2 | group | 2020-01-01 | ",
            "backup | P2 |  | 2020-01-01 | ",
            "backup | STAFF | group | 2020-01-01 | ",
            "Backup\\ | P3 | person | 2020-01-01 | ",
        ],
    )
    def test_a_third_person_or_a_group_invalid(self, judge, more):
        result = judge(more)

        assert result.found == (Violation("beyond", 2, "kept_asset", rule="open_to_many"),)
        assert result.judged == 1

    @pytest.mark.parametrize(
        ("folder", "rows"), [("drive", [2]), ("drive/old", [2]), ("drive/old/backup", [2]), ("drive/old/backup/a", [])]
    )
    def test_who_may_open_a_folder_above_may_open_it(self, judge, folder, rows):
        held = [f"{folder} | P{number} | person | 2020-01-01 | " for number in (3, 4, 5)]

        assert rows_of(judge(*held, asset="A-1 | DRIVE\\old\\backup | ")) == rows

    def test_somebody_with_a_right_to_a_folder_and_to_the_one_above_is_one(self, judge):
        held = ["drive | P1 | person | 2020-01-01 | ", *(f"drive/old | P{n} | person | 2020-01-01 | " for n in (1, 2))]

        assert not judge(*held, asset="A-1 | drive/old | ")

    @pytest.mark.parametrize(("disposed", "rows"), [("2020-12-31", []), ("2021-01-01", [2])])
    def test_what_is_to_go_on_a_later_day_is_there(self, judge, disposed, rows):
        third = "backup | P3 | person | 2020-01-01 | "

        assert rows_of(judge(third, asset=f"A-1 | backup | {disposed}")) == rows

    @pytest.mark.parametrize("asset", ["A-1 | backup | 2020-12-31", "A-1 |  | ", "A-2 | backup | "])
    def test_what_is_gone_or_in_no_known_folder_is_not_judged(self, judge, asset):
        result = judge("backup | P3 | person | 2020-01-01 | ", asset=asset)

        assert (result.found, result.judged) == ((), 0)


class TestDestroyedInAnotherWay:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, *assets: str):
            header = "destroyed_asset identifier | destroyed_medium | way"
            return destroyed_in_another_way(
                records("destructions", lines(header, "x | film | burnt", row)),
                records("assets", lines("asset_id identifier | medium", *(assets or ("a | paper",)))),
                way="way",
                permitted=["shredder", "waste"],
                medium="paper",
            )

        return of

    @pytest.mark.parametrize("way", ["overwriting", ""])
    def test_another_method_or_none_invalid(self, judge, way):
        result = judge(f"a | paper | {way}")

        expected = (Violation("destructions", 2, "way", rule="destroyed_in_another_way"),)
        assert (result.found, result.judged) == (expected, 1)

    @pytest.mark.parametrize("way", ["shredder", "waste"])
    def test_a_promised_method_passes(self, judge, way):
        result = judge(f"a | paper | {way}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        ("said", "asset", "judged"),
        [
            ("paper", "a | file", 1),
            ("paper", "b | file", 1),
            ("", "a | file", 1),
            ("", "b | paper", 1),
            ("file", "a | paper", 1),
            ("file", "a | file", 0),
            ("file", "a | ", 0),
            ("file", "b | paper", 0),
            ("file", " | paper", 0),
        ],
    )
    def test_is_of_the_medium_by_the_line_or_by_the_register(self, judge, said, asset, judged):
        result = judge(f"a | {said} | overwriting", asset, asset)

        assert (rows_of(result), result.judged) == ([2] * judged, judged)

    def test_a_line_without_an_asset_is_of_what_it_says(self, judge):
        assert judge(" | file | overwriting", " | paper").judged == 0


class TestDestroyedAfterDisposal:
    @pytest.fixture
    def judge(self, records):
        def of(*destroyed: str):
            header = "destroyed_asset identifier | destroyed_on date | medium"
            return destroyed_after_disposal(
                records("destructions", lines(header, *destroyed)),
                records("assets", lines("asset_id identifier | disposed_on date", "a | 2020-10-01", "b | ")),
                only={"medium": ["file"]},
            )

        return of

    @pytest.mark.parametrize("on", ["2020-10-01", "2020-09-30"])
    def test_the_day_of_the_disposal_and_an_earlier_one_are_in_time(self, judge, on):
        result = judge(f"a | {on} | file")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("on", ["2020-10-02", "2020-12-30", ""])
    @pytest.mark.parametrize("medium", ["file", ""])
    def test_a_later_day_or_none_invalid(self, judge, on, medium):
        result = judge("a | 2020-10-01 | file", f"a | {on} | {medium}")

        assert result.found == (Violation("destructions", 2, "destroyed_on", rule="destroyed_after_disposal"),)
        assert result.judged == 2

    @pytest.mark.parametrize("asset", ["b", "unknown", ""])
    def test_an_asset_without_a_day_of_disposal_sets_no_limit(self, judge, asset):
        assert not judge(f"{asset} | 2020-12-30 | file")

    @pytest.mark.parametrize("asset", ["b", "unknown", ""])
    def test_but_its_destruction_has_a_day_invalid(self, judge, asset):
        assert judge(f"{asset} | | file")

    def test_another_medium_is_not_judged(self, judge):
        result = judge("a | 2020-12-30 | paper")

        assert (result.found, result.judged) == ((), 0)


class TestDestructionNotRecorded:
    @pytest.fixture
    def judge(self, records):
        def of(row: str, *destroyed: str):
            drawn = lines("asset_id identifier | disposed date | medium | recorded_on date", f"{row} | 2020-01-10")
            assets = records("assets", drawn, as_of=AS_OF)
            head = "destroyed_asset identifier | destroyed_on date"
            register = records("destructions", lines(head, *destroyed), as_of=AS_OF)
            return destruction_not_recorded(assets, register, disposed="disposed", only={"medium": ["paper"]})

        return of

    @pytest.mark.parametrize("day", ["2020-01-10", "2020-12-31", ""])
    def test_a_line_of_the_log_is_enough(self, judge, day):
        result = judge("a | 2020-10-01 | paper", f"a | {day}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("line", ["b | 2020-10-01", " | 2020-10-01", "a | 2020-01-09", "a | 2021-01-01"])
    def test_no_line_a_plan_or_one_of_something_else_invalid(self, judge, line):
        result = judge("a | 2020-12-31 | paper", line)

        assert result.found == (Violation("assets", 1, absent_from="destructions", rule="destruction_not_recorded"),)

    @pytest.mark.parametrize("row", ["a |  | paper", "a | 2021-01-01 | paper", "a | 2020-10-01 | file"])
    def test_what_is_held_or_of_another_medium_is_not_judged(self, judge, row):
        result = judge(row)

        assert (result.found, result.judged) == ((), 0)

    def test_a_medium_that_nobody_wrote_down_is_judged_invalid(self, judge):
        assert rows_of(judge("a | 2020-10-01 | ")) == [1]


class TestOpenedAfterDisposal:
    @pytest.fixture
    def judge(self, records):
        def of(*uses: str):
            used = records("log", lines("accessed_at instant | opened", *uses))
            known = records("assets", lines("asset_id | disposed_on date", "a | 2020-06-30", "b | ", " | 2020-06-30"))
            return opened_after_disposal(used, known, opened="opened")

        return of

    def test_a_use_on_the_day_after_in_london_invalid(self, judge):
        result = judge("2020-06-30T22:59Z | a", "2020-06-30T23:00Z | a")

        assert result.found == (Violation("log", 2, "opened", rule="opened_after_disposal"),)
        assert result.judged == 2

    @pytest.mark.parametrize("use", [" | a", "2020-07-01T10:00Z | b", "2020-07-01T10:00Z | c", "2020-07-01T10:00Z | "])
    def test_what_nothing_is_known_of_is_not_judged(self, judge, use):
        assert not judge(use)


class TestThereAfterDisposal:
    @pytest.fixture
    def judge(self, records):
        def of(*files: str, assets=("S:/a | 2020-01-10 | 2020-06-30",)):
            listed = records("listings", lines("file_location | listed_on date", *files))
            known = records("assets", lines("location | recorded_on date | disposed_on date", *assets))
            return there_after_disposal(listed, known)

        return of

    @pytest.mark.parametrize("day", ["2020-06-30", "2020-02-01", "2019-01-01", ""])
    def test_a_file_listed_up_to_the_day_of_its_disposal_passes(self, judge, day):
        result = judge(f"S:/a | {day}")

        assert (result.found, result.judged) == ((), 1)

    def test_a_file_listed_on_a_later_day_invalid(self, judge):
        result = judge("S:/a | 2020-06-30", "S:/a | 2020-07-01")

        assert result.found == (Violation("listings", 2, rule="there_after_disposal"),)

    @pytest.mark.parametrize("day", ["2020-07-01", "2020-09-01"])
    def test_a_place_that_serves_another_file_by_then_passes(self, judge, day):
        files = ("S:/a | 2020-01-10 | 2020-06-30", "S:/a | 2020-07-01 | ")

        assert not judge(f"S:/a | {day}", assets=files)

    @pytest.mark.parametrize("place", ["S:/b", ""])
    def test_another_place_passes(self, judge, place):
        assert not judge(f"{place} | 2020-07-01")

    def test_a_file_without_a_day_of_disposal_is_still_held(self, judge):
        assert not judge("S:/a | 2020-07-01", assets=("S:/a | 2020-01-10 | ",))


class TestExceptionNotDetailed:
    @pytest.fixture
    def judge(self, records):
        def of(asset: str, *versions: str):
            assets = records("assets", f"exception | version | over date\n{asset}")
            issues = records("versions", "\n".join(["version_id | issued_on date", *versions]))
            return exception_not_detailed(
                assets, issues, version="version", concluded="over", only={"exception": ["yes"]}
            )

        return of

    @pytest.mark.parametrize(
        ("asset", "issued"),
        [
            ("yes | V2 | 2020-05-05", "V2 | 2020-05-05"),
            ("yes | V2 | 2020-05-05", "V2 | 2020-05-04"),
            ("yes | V2 | ", "V2 | 2020-05-06"),
        ],
    )
    def test_a_version_issued_by_the_conclusion_passes(self, judge, asset, issued):
        result = judge(asset, "V1 | 2019-01-01", issued)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        ("asset", "issued"),
        [
            ("yes | V2 | 2020-05-05", "V2 | 2020-05-06"),
            ("yes | V2 | 2020-05-05", "V2 | "),
            ("yes | V3 | 2020-05-05", "V2 | 2020-05-05"),
            ("yes | | 2020-05-05", "V2 | 2020-05-05"),
            (" | | 2020-05-05", "V2 | 2020-05-05"),
        ],
    )
    def test_a_later_version_or_none_invalid(self, judge, asset, issued):
        result = judge(asset, "V1 | 2019-01-01", issued)

        assert result.found == (Violation("assets", 1, "version", "versions", "exception_not_detailed"),)

    def test_what_is_no_exception_is_not_judged(self, judge):
        assert judge("no | | 2020-05-05", "V2 | 2020-05-05").judged == 0
