"""What the checks of a register of disclosures find, and what they let pass."""

from __future__ import annotations

import pytest

from dpia_checks.checks.sharing import fed_back_late, more_than_needed, shared_without_permission
from dpia_checks.records import Records
from dpia_checks.violations import Violation

ONLY = {"data": ["police"], "recipient": ["agency"]}


class TestSharedWithoutPermission:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, **more):
            header = "decision | data | recipient | personal yes_no | agreed date | supplied date"
            return shared_without_permission(
                records("disclosures", "\n".join([header, *rows])), **{"permission": "agreed", "only": ONLY, **more}
            )

        return of

    @pytest.mark.parametrize(
        "row",
        [
            "shared | police | agency | yes | 2020-01-02 | 2020-01-01",
            "shared | police | agency | no | | 2020-01-01",
            "refused | police | agency | yes | |",
            "withdrawn | police | agency | yes | |",
            "undecided | police | agency | yes | |",
            "shared | other | agency | yes | | 2020-01-01",
            "shared | police | court | yes | | 2020-01-01",
        ],
    )
    def test_permission_groups_refusals_and_others_pass(self, judge, row):
        assert judge(row).found == ()

    @pytest.mark.parametrize(
        "row",
        [
            "shared | police | agency | yes | |",
            "shared | police | agency | | |",
            " | police | agency | yes | |",
            "shared | | agency | yes | |",
            "shared | police | | yes | |",
        ],
    )
    def test_nothing_written_down_is_no_permission_invalid(self, judge, row):
        expected = Violation("disclosures", 1, "agreed", rule="shared_without_permission")

        assert judge(row).found == (expected,)

    @pytest.mark.parametrize(
        ("agreed", "supplied", "passes"),
        [
            ("2020-01-01", "2020-01-01", True),
            ("2019-12-31", "2020-01-01", True),
            ("2020-01-02", "2020-01-01", False),
            ("", "2020-01-01", False),
            ("2020-01-01", "", False),
        ],
    )
    def test_permission_on_the_day_of_the_supply_is_in_time(self, judge, agreed, supplied, passes):
        result = judge(f"shared | police | agency | yes | {agreed} | {supplied}", by="supplied")

        assert (result.found == ()) is passes

    @pytest.mark.parametrize(
        ("supplied", "by", "rows"),
        [("2020-12-31", "supplied", [1]), ("2021-01-01", "supplied", []), ("2021-01-01", None, [1])],
    )
    def test_what_is_still_to_be_supplied_may_still_be_agreed_to(self, records, supplied, by, rows):
        header = "decision | personal yes_no | agreed date | supplied date"
        log = records("disclosures", f"{header}\nshared | yes | | {supplied}", as_of="2020-12-31")

        result = shared_without_permission(log, permission="agreed", by=by)

        rule = "shared_without_permission"
        assert result.found == tuple(Violation("disclosures", row, "agreed", rule=rule) for row in rows)
        assert result.judged == len(rows)

    @pytest.mark.parametrize(("supplied", "rows"), [("2020-12-31", [1]), ("2021-01-01", []), ("", [1])])
    def test_what_is_still_to_be_supplied_is_a_plan(self, records, supplied, rows):
        log = records(
            "disclosures", f"decision | personal yes_no | supplied date\nshared | yes | {supplied}", as_of="2020-12-31"
        )

        result = shared_without_permission(log, permission=None, supplied="supplied")

        rule = "shared_without_permission"
        assert result.found == tuple(Violation("disclosures", row, "decision", rule=rule) for row in rows)
        assert result.judged == len(rows)

    def test_without_a_permission_nothing_passes_invalid(self, judge):
        result = judge("shared | police | agency | yes | 2020-01-01 | 2020-01-01", permission=None)

        assert result.found == (Violation("disclosures", 1, "decision", rule="shared_without_permission"),)

    def test_groups_need_permission_when_that_does_not_matter_invalid(self, judge):
        assert len(judge("shared | police | agency | no | |", personal=None)) == 1

    def test_a_refusal_is_judged(self, judge):
        assert judge("refused | police | agency | yes | |").judged == 1

    @pytest.mark.parametrize("says", ["by", "released", "supplied"])
    @pytest.mark.parametrize(("went", "rows"), [("", []), ("2020-12-31", [1]), ("2021-01-01", [])])
    def test_a_refusal_with_a_day_of_the_supply_is_none(self, records, says, went, rows):
        log = records(
            "disclosures",
            f"decision | personal yes_no | agreed date | went date\nrefused | yes | | {went}",
            as_of="2020-12-31",
        )

        result = shared_without_permission(log, permission="agreed", **{says: "went"})

        rule = "shared_without_permission"
        assert result.found == tuple(Violation("disclosures", row, "agreed", rule=rule) for row in rows)

    def test_a_refusal_that_went_under_permission_passes(self, judge):
        assert judge("refused | police | agency | yes | 2020-01-01 | 2020-01-01", by="supplied").found == ()


class TestMoreThanNeeded:
    @pytest.mark.parametrize(
        ("row", "passes"),
        [
            ("shared | 3 | 3", True),
            ("shared | 2 | 3", True),
            ("shared | 4 | 3", False),
            ("shared | | 3", False),
            ("shared | 3 |", False),
            (" | 4 | 3", False),
            ("refused | 3 | 3", True),
            ("refused | 4 | 3", False),
            ("withdrawn | 4 | 3", False),
            ("undecided | 4 | 3", False),
        ],
    )
    def test_no_more_fields_than_needed(self, records, row, passes):
        log = records("requests", f"decision | got integer | need integer | released_on date\n{row} | 2020-02-03")

        expected = () if passes else (Violation(log.name, 1, "got", rule="more_than_needed"),)
        assert more_than_needed(log, released="got", needed="need").found == expected

    @pytest.mark.parametrize(("released_on", "rows"), [("", []), ("2020-12-31", [1]), ("2021-01-01", [])])
    def test_a_refusal_released_something_once_it_has_a_day_of_release(self, records, released_on, rows):
        log = f"decision | got integer | need integer | released_on date\nrefused | 4 | 3 | {released_on}"

        result = more_than_needed(records("requests", log, as_of="2020-12-31"), released="got", needed="need")

        assert result.found == tuple(Violation("requests", row, "got", rule="more_than_needed") for row in rows)
        assert result.judged == len(rows)

    @pytest.mark.parametrize(("row", "judged"), [(" | | 3 | ", 0), ("shared | | 3 | ", 1), (" | | 3 | 2020-02-03", 1)])
    def test_what_is_not_decided_on_yet_is_not_judged(self, records, row, judged):
        log = records("requests", f"decision | got integer | need integer | released_on date\n{row}")

        result = more_than_needed(log, released="got", needed="need")

        assert (len(result), result.judged) == (judged, judged)


@pytest.mark.parametrize(
    ("row", "released", "found"),
    [
        (" | | no", "on", ()),
        (" | 2020-02-03 | no", "on", (1,)),
        ("shared | | no", "on", (1,)),
        (" | | no", None, (1,)),
    ],
)
def test_a_request_that_is_not_decided_on_yet_shared_nothing(records, row, released, found):
    log = records("requests", f"decision | on date | personal | why\n{row} | ")

    result = shared_without_permission(log, permission="why", personal=None, released=released)

    rule = "shared_without_permission"
    assert result.found == tuple(Violation("requests", row, "why", rule=rule) for row in found)
    assert result.judged == 1


@pytest.mark.parametrize("type", ["text", "free_text"])
def test_a_permission_that_says_nothing_is_none_invalid(records, type):
    requests = records("requests", f"decision | why {type}\nshared | a study\nshared | tbc\nshared | \nrefused | -")

    result = shared_without_permission(requests, permission="why", personal=None)

    rule = "shared_without_permission"
    assert result.found == tuple(Violation("requests", row, "why", rule=rule) for row in (2, 3))


class TestFedBackLate:
    @pytest.fixture
    def judge(self, drawn, engine):
        def of(disposal: str, *feedback: str, as_of="2020-12-31"):
            header = "disposal_id | kind | made_on date"
            disposals = Records(*drawn("disposals", f"{header}\n{disposal}"), engine=engine, as_of=as_of)
            told = "\n".join(["of_disposal | fed_back_on date", *feedback])
            log = Records(*drawn("feedback", told), engine=engine, as_of=as_of)
            return fed_back_late(disposals, log, kind="kind", kinds=["caution"], since="made_on", months=1)

        return of

    @pytest.mark.parametrize(
        ("made", "told", "passes"),
        [
            ("2020-01-15", "2020-02-15", True),
            ("2020-01-15", "2020-02-16", False),
            ("2020-01-31", "2020-02-29", True),
            ("2020-01-31", "2020-03-01", False),
            ("2020-01-15", "2020-01-15", True),
            ("2020-01-15", "2020-01-14", False),
            ("2020-01-15", "", False),
            ("", "2020-01-15", False),
        ],
    )
    def test_a_month_is_a_calendar_month(self, judge, made, told, passes):
        assert (judge(f"D1 | caution | {made}", f"D1 | {told}").found == ()) is passes

    def test_nobody_was_told_invalid(self, judge):
        result = judge("D1 | caution | 2020-01-15", "D2 | 2020-01-16")

        assert result.found == (Violation("disposals", 1, absent_from="feedback", rule="fed_back_late"),)

    @pytest.mark.parametrize(("as_of", "found"), [("2020-02-15", 0), ("2020-02-16", 1)])
    def test_what_is_still_running_is_not_late(self, judge, as_of, found):
        assert len(judge("D1 | caution | 2020-01-15", "D2 | 2020-01-16", as_of=as_of)) == found

    def test_one_feedback_in_time_is_enough(self, judge):
        assert judge("D1 | caution | 2020-01-15", "D1 | 2020-05-01", "D1 | 2020-02-01").found == ()

    def test_another_kind_is_not_judged(self, judge):
        assert judge("D1 | resolution | 2020-01-15", "D2 | 2020-01-16").judged == 0

    def test_a_disposal_of_no_kind_is_judged_invalid(self, judge):
        assert len(judge("D1 | | 2020-01-15", "D2 | 2020-01-16")) == 1
