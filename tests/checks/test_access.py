"""Who reached the data without being cleared, named, on the list, or still employed."""

from __future__ import annotations

import pytest

from dpia_checks.checks.access import (
    access_left_open,
    accessed_after_leaving,
    accessed_by_others,
    accessed_on_another_day,
    accessed_without_clearance,
    clearance_not_recorded,
    granted_to_others,
    granted_without_need,
    held_after_leaving,
    held_without_clearance,
    may_change_records,
    never_cleared,
    not_trained,
    opened_without_right,
    used_a_system_left_to_others,
    used_before_signing,
    used_before_training,
)
from dpia_checks.records import Records
from dpia_checks.violations import Violation


def table(header: str, rows: tuple[str, ...] | list[str]) -> str:
    return "\n".join([header, *rows])


class TestAccessedWithoutClearance:
    @pytest.fixture
    def judge(self, records):
        def of(clearances: list[str], *used: str):
            return accessed_without_clearance(
                records("access_log", table("person_id | accessed_at instant", used)),
                records("clearances", table("cleared_person | level | granted_on date | expires_on date", clearances)),
                level="CTC",
            )

        return of

    @pytest.mark.parametrize("moment", ["2020-01-01T00:00Z", "2020-06-30T23:59+01:00", "2020-06-30T00:30+01:00"])
    def test_the_days_of_grant_and_of_expiry_are_cleared(self, judge, moment):
        result = judge(["ann | CTC | 2020-01-01 | 2020-06-30"], f"ann | {moment}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("moment", ["2019-12-31T23:59Z", "2020-07-01T00:00+01:00", "2020-06-30T23:00Z"])
    def test_the_day_before_and_the_day_after_invalid(self, judge, moment):
        result = judge(["ann | CTC | 2020-01-01 | 2020-06-30"], f"ann | {moment}")

        assert result.found == (
            Violation("access_log", 1, absent_from="clearances", rule="accessed_without_clearance"),
        )

    @pytest.mark.parametrize("level", ["SC", "DV"])
    def test_a_higher_level_is_enough(self, judge, level):
        assert not judge([f"ann | {level} | 2020-01-01 | 2020-06-30"], "ann | 2020-02-01T10:00Z")

    @pytest.mark.parametrize("level", ["BPSS", ""])
    def test_a_lower_level_or_none_invalid(self, judge, level):
        assert judge([f"ann | {level} | 2020-01-01 | 2020-06-30"], "ann | 2020-02-01T10:00Z")

    def test_a_clearance_without_an_expiry_has_not_expired(self, judge):
        assert not judge(["ann | CTC | 2020-01-01 | "], "ann | 2099-02-01T10:00Z")

    def test_a_clearance_without_a_grant_never_began_invalid(self, judge):
        assert judge(["ann | CTC | | 2020-06-30"], "ann | 2020-02-01T10:00Z")

    def test_the_clearance_of_another_person_invalid(self, judge):
        assert judge(["bob | CTC | 2020-01-01 | "], "ann | 2020-02-01T10:00Z")

    def test_a_renewed_clearance_covers_the_day_after_the_first_ended(self, judge):
        twice = ["ann | CTC | 2020-01-01 | 2020-06-30", "ann | CTC | 2020-07-01 | 2021-06-30"]

        assert not judge(twice, "ann | 2020-07-01T00:05+01:00")

    @pytest.mark.parametrize("used", [" | 2020-02-01T10:00Z", "ann | "])
    def test_a_use_by_nobody_or_at_no_time_invalid(self, judge, used):
        assert judge(["ann | CTC | 2020-01-01 | ", " | CTC | 2020-01-01 | "], used)

    def test_names_each_row_and_counts_every_use(self, judge):
        uses = ["ann | 2020-02-01T10:00Z", "bob | 2020-02-01T10:00Z", "bob | 2020-02-01T10:00Z"]

        result = judge(["ann | CTC | 2020-01-01 | "], *uses)

        assert ([violation.row for violation in result.found], result.judged) == ([2, 3], 3)

    def test_an_empty_log_judges_nothing(self, judge):
        result = judge(["ann | CTC | 2020-01-01 | "])

        assert (result.found, result.judged) == ((), 0)


class TestClearanceNotRecorded:
    @pytest.fixture
    def judge(self, records):
        def of(staff: list[str], *clearances: str, joined: str = "2018-07-02"):
            return clearance_not_recorded(
                records(
                    "staff",
                    table("person_id | team | joined_on date", [f"{row} | {joined}" for row in staff]),
                    as_of="2020-06-30",
                ),
                records("clearances", table("cleared_person | granted_on date | expires_on date", clearances)),
                team="team",
                teams=("Evidence",),
            )

        return of

    def test_one_line_is_enough(self, judge):
        result = judge(["ann | Evidence"], "ann | 2001-01-01 | 2002-01-01")

        assert (result.found, result.judged) == ((), 1)

    def test_no_line_at_all_invalid(self, judge):
        result = judge(["ann | Evidence", "bob | Evidence"], "ann | 2001-01-01 | 2002-01-01")

        assert result.found == (Violation("staff", 2, absent_from="clearances", rule="clearance_not_recorded"),)

    @pytest.mark.parametrize("dates", ["2001-01-01 | ", " | 2002-01-01", " | "])
    def test_a_line_that_lacks_a_date_is_a_record_too(self, judge, dates):
        assert not judge(["ann | Evidence"], f"ann | {dates}")

    def test_a_line_that_names_somebody_else_or_nobody_invalid(self, judge):
        assert judge(["ann | Evidence"], "bob | 2001-01-01 | 2002-01-01", " | 2001-01-01 | 2002-01-01")

    @pytest.mark.parametrize("team", ["MPS", ""])
    def test_members_of_other_teams_are_not_judged(self, judge, team):
        result = judge([f"ann | {team}"])

        assert (result.found, result.judged) == ((), 0)

    def test_a_member_without_a_name_has_no_line_invalid(self, judge):
        assert judge([" | Evidence"], " | 2001-01-01 | 2002-01-01")

    @pytest.mark.parametrize(("joined", "rows"), [("2020-07-01", []), ("2020-06-30", [1]), ("", [1])])
    def test_somebody_who_is_still_to_join_owes_nothing(self, judge, joined, rows):
        result = judge(["ann | Evidence"], "bob | 2001-01-01 | 2002-01-01", joined=joined)

        assert result.found == tuple(
            Violation("staff", row, absent_from="clearances", rule="clearance_not_recorded") for row in rows
        )
        assert result.judged == len(rows)


class TestNeverCleared:
    @pytest.fixture
    def judge(self, records):
        def of(
            staff: list[str],
            *clearances: str,
            level: str = "CTC",
            granted: str = "2018-07-02",
            joined: str = "2018-07-02",
        ):
            return never_cleared(
                records(
                    "staff",
                    table("person_id | team | joined_on date", [f"{row} | {joined}" for row in staff]),
                    as_of="2020-06-30",
                ),
                records(
                    "clearances",
                    table("cleared_person | level | granted_on date", [f"{line} | {granted}" for line in clearances]),
                    as_of="2020-06-30",
                ),
                team="team",
                teams=("Evidence",),
                level=level,
            )

        return of

    @pytest.mark.parametrize("level", ["CTC", "SC", "DV"])
    def test_one_line_of_the_level_or_higher_is_enough(self, judge, level):
        result = judge(["ann | Evidence"], "ann | BPSS", f"ann | {level}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("level", ["BPSS", ""])
    def test_a_lower_level_or_none_invalid(self, judge, level):
        result = judge(["ann | Evidence"], f"ann | {level}")

        assert result.found == (Violation("staff", 1, absent_from="clearances", rule="never_cleared"),)

    @pytest.mark.parametrize("held", ["BPSS", "CTC", "SC", "DV"])
    @pytest.mark.parametrize("level", ["BPSS", "CTC", "SC", "DV"])
    def test_levels_are_ordered_as_vetting_orders_them(self, judge, held, level):
        ladder = ["BPSS", "CTC", "SC", "DV"]

        result = judge(["ann | Evidence"], f"ann | {held}", level=level)

        assert bool(result) is (ladder.index(held) < ladder.index(level))

    def test_no_line_at_all_invalid(self, judge):
        assert judge(["ann | Evidence"], "bob | DV")

    @pytest.mark.parametrize("team", ["MPS", ""])
    def test_members_of_other_teams_are_not_judged(self, judge, team):
        result = judge([f"ann | {team}"])

        assert (result.found, result.judged) == ((), 0)

    @pytest.mark.parametrize(("granted", "found"), [("2020-06-30", 0), ("2020-07-01", 1), ("", 1)])
    def test_a_clearance_that_was_not_granted_yet_is_none(self, judge, granted, found):
        expected = Violation("staff", 1, absent_from="clearances", rule="never_cleared")

        assert judge(["ann | Evidence"], "ann | CTC", granted=granted).found == (expected,) * found

    @pytest.mark.parametrize(("joined", "rows"), [("2020-07-01", []), ("2020-06-30", [1]), ("", [1])])
    def test_somebody_who_is_still_to_join_owes_nothing(self, judge, joined, rows):
        result = judge(["ann | Evidence"], "bob | CTC", joined=joined)

        assert result.found == tuple(
            Violation("staff", row, absent_from="clearances", rule="never_cleared") for row in rows
        )
        assert result.judged == len(rows)


class TestGrantedToOthers:
    @pytest.fixture
    def judge(self, records):
        def of(*rights: str):
            return granted_to_others(
                records(
                    "folder_access",
                    table("principal | principal_kind | right_from date | right_until date", rights),
                    as_of="2021-12-31",
                ),
                records(
                    "staff",
                    "person_id | team | joined_on date | left_on date\nann | Evidence | 2020-01-06 | \n"
                    "bob | MPS | 2020-01-06 | \ncid |  | 2020-01-06 | \ndee | Evidence | 2020-01-06 | 2021-03-31\n"
                    "dee | MPS | 2021-04-01 | \neve | Evidence |  | ",
                ),
                team="team",
                teams=("Evidence",),
                kinds=("person",),
            )

        return of

    def test_a_named_person_of_the_team_passes(self, judge):
        result = judge("ann | person | 2020-01-06 | ")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("days", ["2020-01-05 | 2020-01-05", "2020-01-05 | ", " | 2021-01-01"])
    def test_a_right_before_its_holder_joined_or_of_no_first_day_invalid(self, judge, days):
        assert judge(f"ann | person | {days}").found == (
            Violation("folder_access", 1, "principal", rule="granted_to_others"),
        )

    @pytest.mark.parametrize(("until", "is_found"), [("2021-03-31", False), ("2021-04-01", True), ("", True)])
    def test_a_right_of_somebody_who_went_to_another_team_invalid(self, judge, until, is_found):
        assert judge(f"dee | person | 2020-02-01 | {until}").found == (
            (Violation("folder_access", 1, "principal", rule="granted_to_others"),) if is_found else ()
        )

    @pytest.mark.parametrize("who", ["bob", "cid", "eve", "stranger", ""])
    def test_a_person_who_is_not_of_the_team_invalid(self, judge, who):
        result = judge("ann | person | 2020-02-01 | ", f"{who} | person | 2020-02-01 | ")

        assert result.found == (Violation("folder_access", 2, "principal", rule="granted_to_others"),)

    @pytest.mark.parametrize("kind", ["group", "everyone", ""])
    def test_a_right_that_is_nobodys_invalid(self, judge, kind):
        result = judge(f"ann | {kind} | 2020-02-01 | ")

        assert result.found == (Violation("folder_access", 1, "principal_kind", rule="granted_to_others"),)

    def test_a_group_that_is_nobody_is_found_for_its_kind_only_invalid(self, judge):
        assert judge("all | group | 2020-02-01 | ").found == (
            Violation("folder_access", 1, "principal_kind", rule="granted_to_others"),
        )

    def test_counts_each_right_once(self, judge):
        assert judge("ann | person | 2020-02-01 | ", "bob | person |  | ", "all | group |  | ").judged == 3


class TestGrantedWithoutNeed:
    @pytest.fixture
    def judge(self, records):
        def of(*rights: str):
            folders = records("folder_access", table("holds yes_no | need", rights))
            return granted_without_need(folders, holds="holds", need="need")

        return of

    def test_a_need_that_is_written_down_passes(self, judge):
        result = judge("yes | matches records")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("need", ["", "tbc", "-"])
    def test_a_need_that_is_not_written_down_invalid(self, judge, need):
        result = judge("yes | matches records", f"yes | {need}")

        assert result.found == (Violation("folder_access", 2, "need", rule="granted_without_need"),)

    def test_a_folder_that_does_not_say_counts_as_holding_personal_data_invalid(self, records):
        folders = records("folder_access", "id | holds yes_no | need\na | | ")

        assert granted_without_need(folders, holds="holds", need="need").found == (
            Violation("folder_access", 1, "need", rule="granted_without_need"),
        )

    def test_a_folder_without_personal_data_is_not_judged(self, judge):
        result = judge("no | ")

        assert (result.found, result.judged) == ((), 0)


class TestUsedASystemLeftToOthers:
    @pytest.fixture
    def judge(self, records):
        def of(*used: str):
            log = records("access_log", table("id | system", used))
            return used_a_system_left_to_others(log, system="system", systems=("PNC",))

        return of

    def test_another_system_passes(self, judge):
        result = judge("a | CRIS")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("system", ["PNC", ""])
    def test_the_system_and_no_system_invalid(self, judge, system):
        result = judge("a | CRIS", f"b | {system}")

        assert result.found == (Violation("access_log", 2, "system", rule="used_a_system_left_to_others"),)


class TestAccessedByOthers:
    @pytest.fixture
    def judge(self, records):
        def of(*used: str):
            return accessed_by_others(
                records("access_log", table("person_id | system | accessed_at instant", used)),
                records(
                    "staff",
                    "person_id | role | joined_on date | left_on date\nann | secondee | 2020-01-06 | 2020-06-30\n"
                    "ann | analyst | 2020-07-01 | \nbob | analyst | 2020-01-06 | \ncid |  | 2020-01-06 | \n"
                    " | secondee | 2020-01-06 | \ndee | secondee |  | ",
                ),
                system="system",
                systems=("CRIS",),
                role="role",
                roles=("secondee",),
            )

        return of

    def test_a_use_by_the_role_that_may_passes(self, judge):
        result = judge("ann | CRIS | 2020-02-03T10:00Z")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("moment", ["2020-01-06T00:00Z", "2020-06-30T22:59Z"])
    def test_the_first_and_the_last_day_of_the_role_pass(self, judge, moment):
        assert judge(f"ann | CRIS | {moment}").found == ()

    @pytest.mark.parametrize("moment", ["2020-01-05T23:59Z", "2020-06-30T23:00Z", ""])
    def test_a_use_before_or_after_the_role_or_at_no_time_invalid(self, judge, moment):
        assert judge(f"ann | CRIS | {moment}").found == (
            Violation("access_log", 1, "person_id", rule="accessed_by_others"),
        )

    @pytest.mark.parametrize("who", ["bob", "cid", "dee", "stranger", ""])
    def test_a_use_by_another_role_none_or_nobody_invalid(self, judge, who):
        result = judge("ann | CRIS | 2020-02-03T10:00Z", f"{who} | CRIS | 2020-02-03T10:00Z")

        assert result.found == (Violation("access_log", 2, "person_id", rule="accessed_by_others"),)

    @pytest.mark.parametrize("system", ["FOUNDATION"])
    def test_uses_of_other_systems_are_not_judged(self, judge, system):
        result = judge(f"bob | {system} | 2020-02-03T10:00Z")

        assert (result.found, result.judged) == ((), 0)


class TestAccessedOnAnotherDay:
    @pytest.fixture
    def judge(self, records):
        def of(days: list[str], *used: str):
            return accessed_on_another_day(
                records("access_log", table("person_id | system | accessed_at instant", used)),
                records("download_days", table("day_person | day date", days)),
                system="system",
                systems=("CRIS",),
            )

        return of

    @pytest.mark.parametrize("moment", ["2020-07-14T00:00+01:00", "2020-07-14T23:59+01:00", "2020-07-13T23:00Z"])
    def test_the_day_set_runs_from_midnight_to_midnight_in_london(self, judge, moment):
        result = judge(["ann | 2020-07-14"], f"ann | CRIS | {moment}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("moment", ["2020-07-13T23:59+01:00", "2020-07-15T00:00+01:00", "2020-07-14T23:00Z", ""])
    def test_another_day_or_none_written_down_invalid(self, judge, moment):
        result = judge(["ann | 2020-07-14"], f"ann | CRIS | {moment}")

        assert result.found == (
            Violation("access_log", 1, absent_from="download_days", rule="accessed_on_another_day"),
        )

    def test_the_day_of_another_person_invalid(self, judge):
        assert judge(["bob | 2020-07-14"], "ann | CRIS | 2020-07-14T10:00Z")

    @pytest.mark.parametrize("line", ["ann | ", " | 2020-07-14"])
    def test_a_day_without_a_person_or_a_date_sets_none_invalid(self, judge, line):
        assert judge([line], "ann | CRIS | 2020-07-14T10:00Z")

    def test_a_day_that_was_set_and_not_used_passes(self, judge):
        assert not judge(["ann | 2020-07-14", "bob | 2020-07-14"], "ann | CRIS | 2020-07-14T10:00Z")

    @pytest.mark.parametrize("system", ["FOUNDATION"])
    def test_uses_of_other_systems_are_not_judged(self, judge, system):
        result = judge([], f"ann | {system} | 2020-07-14T10:00Z")

        assert (result.found, result.judged) == ((), 0)


class TestAccessedAfterLeaving:
    @pytest.fixture
    def judge(self, records):
        def of(staff: list[str], *used: str):
            return accessed_after_leaving(
                records("access_log", table("person_id | accessed_at instant", used)),
                records("staff", table("person_id | joined_on date | left_on date", staff)),
            )

        return of

    @pytest.mark.parametrize("moment", ["2021-03-31T23:59+01:00", "2021-03-30T10:00Z"])
    def test_the_last_day_itself_is_allowed(self, judge, moment):
        result = judge(["ann | 2018-07-02 | 2021-03-31"], f"ann | {moment}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("moment", ["2021-04-01T00:00+01:00", "2021-03-31T23:00Z", "2022-01-01T10:00Z"])
    def test_a_day_after_the_last_invalid(self, judge, moment):
        result = judge(["ann | 2018-07-02 | 2021-03-31"], f"ann | {moment}")

        assert result.found == (Violation("access_log", 1, rule="accessed_after_leaving"),)

    def test_a_person_without_a_last_day_has_not_left(self, judge):
        assert not judge(["ann | 2018-07-02 | "], "ann | 2099-01-01T10:00Z")

    @pytest.mark.parametrize("who", ["stranger", ""])
    def test_a_person_who_is_not_on_the_list_is_left_to_other_checks(self, judge, who):
        assert not judge(["ann | 2018-07-02 | 2021-03-31", " | | 2001-01-01"], f"{who} | 2022-01-01T10:00Z")

    @pytest.mark.parametrize("moment", ["2021-06-01T00:00+01:00", "2022-01-01T10:00Z"])
    def test_the_days_of_a_later_employment_are_allowed(self, judge, moment):
        assert not judge(["ann | 2018-07-02 | 2021-03-31", "ann | 2021-06-01 | "], f"ann | {moment}")

    def test_a_day_before_the_first_is_left_to_other_checks(self, judge):
        assert not judge(["ann | 2018-07-02 | 2021-03-31"], "ann | 2018-07-01T10:00Z")

    def test_the_days_between_two_employments_invalid(self, judge):
        twice = ["ann | 2018-07-02 | 2021-03-31", "ann | 2021-06-01 | "]

        assert judge(twice, "ann | 2021-05-31T23:59+01:00").found == (
            Violation("access_log", 1, rule="accessed_after_leaving"),
        )


class TestMayChangeRecords:
    @pytest.mark.parametrize(("role", "rows"), [("reader", []), ("author", [2]), ("", [2])])
    def test_only_the_named_roles_read_only(self, records, role, rows):
        permissions = records("permissions", f"id | role\na | reader\nb | {role}")

        result = may_change_records(permissions, role="role", permitted=["reader"])

        assert result.found == tuple(Violation("permissions", row, "role", rule="may_change_records") for row in rows)


class TestUsedBeforeTraining:
    @pytest.fixture
    def judge(self, records):
        def of(used: str, *done: str):
            return used_before_training(
                records("access_log", table("person_id | accessed_at instant | system", [used])),
                records("training", table("trained_person | course | completed_on date", done)),
                system="system",
                systems=["CRIS"],
            )

        return of

    @pytest.mark.parametrize("moment", ["2020-05-01T00:00+01:00", "2020-05-01T23:59+01:00", "2021-01-01T10:00Z"])
    def test_the_day_of_the_training_is_in_time(self, judge, moment):
        assert judge(f"ann | {moment} | CRIS", "ann | CRIS | 2020-05-01").found == ()

    @pytest.mark.parametrize("moment", ["2020-04-30T23:59+01:00", "2020-04-30T22:59Z", ""])
    def test_the_day_before_or_no_day_invalid(self, judge, moment):
        result = judge(f"ann | {moment} | CRIS", "ann | CRIS | 2020-05-01")

        assert result.found == (Violation("access_log", 1, absent_from="training", rule="used_before_training"),)

    @pytest.mark.parametrize(
        "done", ["bob | CRIS | 2020-01-01", "ann | PNC | 2020-01-01", "ann | CRIS |", "| CRIS | 2020-01-01"]
    )
    def test_other_training_does_not_count_invalid(self, judge, done):
        assert len(judge("ann | 2020-05-01T10:00Z | CRIS", done)) == 1

    def test_another_system_is_not_judged_and_a_blank_one_is(self, judge):
        assert judge("ann | 2020-05-01T10:00Z | FOUNDATION", "ann | CRIS | 2020-01-01").judged == 0
        assert len(judge("ann | 2020-05-01T10:00Z | ", "ann | CRIS | 2020-01-01")) == 1


class TestNotTrained:
    @pytest.fixture
    def judge(self, records):
        def of(member: str, *done: str, joined: str = "2018-07-02"):
            return not_trained(
                records(
                    "staff", table("person_id | team | joined_on date", [f"{member} | {joined}"]), as_of="2020-01-01"
                ),
                records("training", table("trained_person | course | completed_on date", done), as_of="2020-01-01"),
                course="law",
                team="team",
                teams=["E"],
            )

        return of

    def test_one_line_with_a_day_is_enough(self, judge):
        assert judge("ann | E", "ann | law | 2020-01-01", "ann | law |").found == ()

    @pytest.mark.parametrize(
        "done", ["ann | law |", "ann | law | 2020-01-02", "ann | other | 2020-01-01", "bob | law | 2020-01-01"]
    )
    def test_no_line_with_a_day_invalid(self, judge, done):
        expected = Violation("staff", 1, absent_from="training", rule="not_trained")

        assert judge("ann | E", done).found == (expected,)

    @pytest.mark.parametrize(("team", "found"), [("X", 0), ("", 1)])
    def test_another_team_is_not_judged_and_no_team_is(self, judge, team, found):
        assert len(judge(f"ann | {team}", "bob | law | 2020-01-01")) == found

    @pytest.mark.parametrize(("joined", "rows"), [("2020-01-02", []), ("2020-01-01", [1]), ("", [1])])
    def test_somebody_who_is_still_to_join_owes_nothing(self, judge, joined, rows):
        result = judge("ann | E", "bob | law | 2020-01-01", joined=joined)

        assert result.found == tuple(
            Violation("staff", row, absent_from="training", rule="not_trained") for row in rows
        )
        assert result.judged == len(rows)


class TestAccessLeftOpen:
    @pytest.mark.parametrize(
        ("removed", "last", "passes"),
        [
            ("2020-03-31", "2020-03-31", True),
            ("2020-03-01", "2020-03-31", True),
            ("2020-04-01", "2020-03-31", False),
            ("", "2020-06-29", False),
            ("", "2020-06-30", True),
            ("2020-03-31", "", False),
        ],
    )
    def test_access_ends_with_the_last_day(self, drawn, engine, removed, last, passes):
        drawing = f"removed date | last date\n{removed} | {last}\n2020-01-01 | 2020-01-01"
        leavers = Records(*drawn("leavers", drawing), engine=engine, as_of="2020-06-30")

        expected = () if passes else (Violation("leavers", 1, "removed", rule="access_left_open"),)
        assert access_left_open(leavers, removed="removed", last_day="last").found == expected


class TestUsedBeforeSigning:
    @pytest.fixture
    def judge(self, records):
        def of(used: str, form: str = "F1 | 2020-05-01 | 2020-05-02", under: str | None = "proforma"):
            return used_before_signing(
                records("access_log", table("accessed_at instant | proforma | system", [used])),
                records("proformas", table("proforma_id | ours date | theirs date", [form])),
                at="accessed_at",
                under=under,
                signed=["ours", "theirs"],
                only={"system": ["CRIS"]},
            )

        return of

    @pytest.mark.parametrize("moment", ["2020-05-02T00:00+01:00", "2020-05-03T10:00+01:00"])
    def test_both_signatures_by_that_day_pass(self, judge, moment):
        assert judge(f"{moment} | F1 | CRIS").found == ()

    @pytest.mark.parametrize(
        "used", ["2020-05-01T23:59+01:00 | F1 | CRIS", "2020-05-03T10:00Z | | CRIS", "2020-05-03T10:00Z | F9 | CRIS"]
    )
    def test_one_day_early_or_under_no_proforma_invalid(self, judge, used):
        expected = Violation("access_log", 1, absent_from="proformas", rule="used_before_signing")

        assert judge(used).found == (expected,)

    def test_a_use_without_an_instant_invalid(self, judge):
        assert len(judge("| F1 | CRIS")) == 1

    @pytest.mark.parametrize("form", ["F1 | | 2020-05-02", "F1 | 2020-05-01 |"])
    def test_a_signature_that_is_not_there_invalid(self, judge, form):
        assert len(judge("2020-05-03T10:00Z | F1 | CRIS", form)) == 1

    def test_another_system_is_not_judged(self, judge):
        assert judge("2019-05-03T10:00Z | | FOUNDATION").judged == 0

    @pytest.mark.parametrize(
        ("moment", "found"), [("2020-05-02T00:00+01:00", 0), ("2020-05-01T23:59+01:00", 1), ("", 1)]
    )
    def test_what_names_no_proforma_is_covered_by_any(self, judge, moment, found):
        assert len(judge(f"{moment} | F9 | CRIS", under=None)) == found

    def test_every_use_is_judged_without_a_scope(self, records):
        uses = records("police_files", "drawn_at instant | drawn_under\n2020-05-02T10:00Z | F1\n2020-05-01T10:00Z | F1")
        forms = records("proformas", "proforma_id | ours date\nF1 | 2020-05-02")

        result = used_before_signing(uses, forms, at="drawn_at", under="drawn_under", signed=["ours"])

        expected = Violation("police_files", 2, absent_from="proformas", rule="used_before_signing")
        assert (result.found, result.judged) == ((expected,), 2)


class TestOpenedWithoutRight:
    @pytest.fixture
    def judge(self, records):
        def of(rights: list[str], *used: str, only=None):
            return opened_without_right(
                records("access_log", table("person_id | accessed_at instant | opened", used)),
                records(
                    "assets",
                    "asset_id | asset_folder | personal yes_no\nlist | fod/matching | yes\nnotes | fod/working | no"
                    "\npaper | | yes\nother | fod/working | ",
                ),
                records("folder_access", table("folder | principal | right_from date | right_until date", rights)),
                opened="opened",
                only=only,
            )

        return of

    @pytest.mark.parametrize("moment", ["2020-01-01T00:00Z", "2020-06-30T23:59+01:00", "2020-03-01T10:00Z"])
    def test_a_right_counts_on_its_first_day_and_on_its_last(self, judge, moment):
        result = judge(["fod/matching | ann | 2020-01-01 | 2020-06-30"], f"ann | {moment} | list")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("moment", ["2019-12-31T23:59Z", "2020-07-01T00:00+01:00", "2020-06-30T23:00Z", ""])
    def test_the_day_before_and_the_day_after_and_no_day_invalid(self, judge, moment):
        rights = ["fod/matching | ann | 2020-01-01 | 2020-06-30", "fod/matching | bob | 2020-01-01 | "]

        result = judge(rights, "bob | 2020-03-01T10:00Z | list", f"ann | {moment} | list")

        assert result.found == (Violation("access_log", 2, absent_from="folder_access", rule="opened_without_right"),)
        assert result.judged == 2

    def test_a_right_without_a_last_day_still_runs(self, judge):
        assert not judge(["fod/matching | ann | 2020-01-01 | "], "ann | 2099-01-01T10:00Z | list")

    @pytest.mark.parametrize(
        "right",
        [
            "fod/working | ann | 2020-01-01 | ",
            "fod/matching | bob | 2020-01-01 | ",
            "fod/matching | ann | | ",
            "fod/matching | | 2020-01-01 | ",
            " | ann | 2020-01-01 | ",
            "fod/matching/old | ann | 2020-01-01 | ",
        ],
    )
    def test_the_right_to_another_folder_of_another_person_or_of_no_day_invalid(self, judge, right):
        assert judge([right], "ann | 2020-03-01T10:00Z | list")

    @pytest.mark.parametrize("folder", ["FOD\\matching", "fod", "fod/"])
    def test_the_right_to_the_folder_in_other_letters_or_to_the_one_above_counts(self, judge, folder):
        result = judge([f"{folder} | ann | 2020-01-01 | "], "ann | 2020-03-01T10:00Z | list")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("use", [" | 2020-03-01T10:00Z | list", "ann | 2020-03-01T10:00Z | paper"])
    def test_nobody_and_an_asset_without_a_folder_invalid(self, judge, use):
        rights = ["fod/matching | ann | 2020-01-01 | ", " | ann | 2020-01-01 | ", "fod/matching | | 2020-01-01 | "]

        assert judge(rights, use)

    @pytest.mark.parametrize("opened", ["", "unknown"])
    def test_an_opening_of_no_asset_of_the_register_is_not_judged(self, judge, opened):
        result = judge([], f"ann | 2020-03-01T10:00Z | {opened}")

        assert (result.found, result.judged) == ((), 0)

    def test_assets_of_other_kinds_are_not_judged_and_those_of_no_kind_are_invalid(self, judge):
        uses = [f"ann | 2020-03-01T10:00Z | {asset}" for asset in ("notes", "list", "other")]

        result = judge([], *uses, only={"personal": ["yes"]})

        assert ([violation.row for violation in result.found], result.judged) == ([2, 3], 2)


class TestHeldWithoutClearance:
    @pytest.fixture
    def judge(self, records):
        def of(clearances: list[str], *rights: str, as_of: str = "2021-12-31"):
            header = "principal | right_from date | right_until date | holds yes_no"
            return held_without_clearance(
                records("folder_access", table(header, rights), as_of=as_of),
                records("clearances", table("cleared_person | level | granted_on date | expires_on date", clearances)),
                holds="holds",
                level="CTC",
            )

        return of

    TWICE = ("ann | CTC | 2019-01-01 | 2020-06-30", "ann | CTC | 2020-07-01 | 2022-06-30")
    PAUSED = ("ann | CTC | 2019-01-01 | 2020-06-30", "ann | CTC | 2020-07-02 | 2022-06-30")

    @pytest.mark.parametrize("until", ["2021-06-30", "2020-07-01", ""])
    def test_a_clearance_renewed_on_the_day_after_the_first_ended_leaves_no_gap(self, judge, until):
        result = judge(list(self.TWICE), f"ann | 2019-01-01 | {until} | yes")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("until", ["2021-06-30", "2020-07-01", ""])
    def test_a_gap_of_one_day_invalid(self, judge, until):
        result = judge(list(self.PAUSED), "ann | 2019-01-01 | 2020-06-30 | yes", f"ann | 2019-01-01 | {until} | yes")

        assert result.found == (Violation("folder_access", 2, absent_from="clearances", rule="held_without_clearance"),)
        assert result.judged == 2

    @pytest.mark.parametrize("span", ["2019-01-01 | 2020-06-30", "2020-07-02 | "])
    def test_a_right_that_ends_before_the_gap_or_begins_after_it_passes(self, judge, span):
        assert not judge(list(self.PAUSED), f"ann | {span} | yes")

    @pytest.mark.parametrize("span", ["2018-12-31 | 2020-06-30", "2020-07-01 | ", " | ", "2022-07-01 | "])
    def test_a_right_that_begins_on_a_day_without_clearance_or_on_no_day_invalid(self, judge, span):
        assert judge(list(self.PAUSED), f"ann | {span} | yes")

    @pytest.mark.parametrize(("as_of", "late"), [("2020-06-30", False), ("2020-07-01", True)])
    def test_an_open_right_is_held_on_the_day_on_which_the_list_was_taken(self, judge, as_of, late):
        cleared = ["ann | CTC | 2019-01-01 | 2020-06-30"]

        assert bool(judge(cleared, "ann | 2019-01-01 | | yes", as_of=as_of)) is late

    @pytest.mark.parametrize("level", ["SC", "DV"])
    def test_a_higher_level_is_enough(self, judge, level):
        assert not judge([self.TWICE[0], f"ann | {level} | 2020-07-01 | "], "ann | 2019-01-01 | | yes")

    @pytest.mark.parametrize("level", ["BPSS", ""])
    def test_a_lower_level_or_none_invalid(self, judge, level):
        assert judge([self.TWICE[0], f"ann | {level} | 2020-07-01 | "], "ann | 2019-01-01 | | yes")

    def test_the_clearance_of_another_or_of_nobody_invalid(self, judge):
        assert judge([self.TWICE[0], "bob | CTC | 2020-07-01 | ", " | CTC | 2020-07-01 | "], "ann | 2019-01-01 | | yes")

    def test_another_person_does_not_end_it(self, judge):
        assert not judge([*self.TWICE, "bob | CTC | 2019-01-01 | 2020-03-31"], "ann | 2019-01-01 | | yes")

    def test_two_gaps_are_one_violation(self, judge):
        gaps = [*self.PAUSED, "ann | CTC | 2019-01-01 | 2018-12-01"]

        assert len(judge(gaps, "ann | 2018-01-01 | | yes").found) == 1

    @pytest.mark.parametrize("who", ["EI-ANALYSTS", ""])
    def test_a_group_and_nobody_are_not_cleared_invalid(self, judge, who):
        assert judge(list(self.TWICE), f"{who} | 2019-01-01 | | yes")

    def test_a_folder_that_does_not_say_what_it_holds_counts_invalid(self, judge):
        assert judge([], "ann | 2019-01-01 | 2020-01-01 | ")

    def test_a_folder_without_personal_data_is_not_judged(self, judge):
        result = judge([], "ann | 2019-01-01 | | no")

        assert (result.found, result.judged) == ((), 0)


class TestHeldAfterLeaving:
    @pytest.fixture
    def judge(self, records):
        def of(staff: list[str], *rights: str, as_of: str = "2021-12-31"):
            return held_after_leaving(
                records("permissions", table("who | since date | until date", rights), as_of=as_of),
                records("staff", table("person_id | joined_on date | left_on date", staff)),
                holder="who",
                since="since",
                until="until",
            )

        return of

    @pytest.mark.parametrize("until", ["2021-03-31", "2021-03-30"])
    def test_a_right_that_ended_on_the_last_day_or_earlier_passes(self, judge, until):
        result = judge(["ann | 2018-07-02 | 2021-03-31"], f"ann | 2018-07-02 | {until}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("since", ["2018-07-02", ""])
    @pytest.mark.parametrize("until", ["2021-04-01", "2021-10-01", ""])
    def test_a_right_that_was_open_on_the_day_after_invalid(self, judge, since, until):
        result = judge(
            ["ann | 2018-07-02 | 2021-03-31", "bob | 2018-07-02 | "], "bob | 2018-07-02 | ", f"ann | {since} | {until}"
        )

        assert result.found == (Violation("permissions", 2, "until", rule="held_after_leaving"),)
        assert result.judged == 2

    @pytest.mark.parametrize(("as_of", "late"), [("2021-03-31", False), ("2021-04-01", True)])
    def test_there_is_time_until_the_last_day_is_over(self, judge, as_of, late):
        assert bool(judge(["ann | 2018-07-02 | 2021-03-31"], "ann | 2018-07-02 | ", as_of=as_of)) is late

    @pytest.mark.parametrize("until", ["2021-12-01", ""])
    def test_a_right_that_began_after_leaving_invalid(self, judge, until):
        result = judge(["ann | 2018-07-02 | 2021-03-31"], f"ann | 2021-06-01 | {until}")

        assert result.found == (Violation("permissions", 1, "until", rule="held_after_leaving"),)

    TWICE = ("ann | 2018-07-02 | 2021-03-31", "ann | 2021-06-01 | ")

    def test_a_right_of_a_later_employment_passes(self, judge):
        assert not judge(list(self.TWICE), "ann | 2018-07-02 | 2021-03-31", "ann | 2021-06-01 | ")

    @pytest.mark.parametrize("span", ["2018-07-02 | ", "2021-05-31 | ", "2018-07-02 | 2021-04-01"])
    def test_a_right_that_runs_between_two_employments_invalid(self, judge, span):
        assert judge(list(self.TWICE), f"ann | {span}")

    def test_an_employment_that_follows_on_the_next_day_leaves_no_day_between(self, judge):
        assert not judge(["ann | 2018-07-02 | 2021-03-31", "ann | 2021-04-01 | "], "ann | 2018-07-02 | ")

    @pytest.mark.parametrize("who", ["stranger", "", "bob"])
    def test_who_has_not_left_and_who_is_not_on_the_list_is_left_to_others(self, judge, who):
        staff = ["ann | 2018-07-02 | 2021-03-31", "bob | 2018-07-02 | ", " | 2018-07-02 | 2021-03-31"]

        result = judge(staff, f"{who} | 2018-07-02 | ")

        assert (result.found, result.judged) == ((), 1)

    def test_a_right_before_joining_is_for_another_check(self, judge):
        assert not judge(["ann | 2018-07-02 | 2021-03-31"], "ann | 2017-01-01 | 2021-03-31")
