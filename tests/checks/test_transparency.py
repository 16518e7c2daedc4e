"""Who was told what, by which notice, and whether that came before their data was used."""

from __future__ import annotations

import pytest

from dpia_checks.checks.transparency import (
    no_public_notice,
    not_given_notice,
    not_offered,
    not_told_on_joining,
    notice_lacks,
    told_after_first_contact,
    used_before_notice,
    used_without_amended_notice,
    young_not_given_notice,
)
from dpia_checks.violations import Violation, Violations

ANALYSES = """
    analysis_id | started_at instant
    interim     | 2019-09-02T09:30+01:00
    final       | 2020-01-15T09:30Z
"""
NOTICES = """
    notice_id | audience | says yes_no | published_on date | superseded_on date
    old       | client   | no          | 2018-05-25        | 2019-10-13
    website   | public   | no          | 2018-05-25        |
    unknown   |          | no          | 2018-05-25        |
    new       | client   | yes         | 2019-10-14        |
"""


@pytest.fixture
def deliveries(records):
    def of(*rows: str):
        return records("notice_deliveries", "\n".join(["client_id | notice_id | received_at instant", *rows]))

    return of


class TestNotGivenNotice:
    @pytest.fixture
    def judge(self, records, deliveries):
        def of(*rows: str, clients=("ann | yes",), says=None):
            people = records("clients", "\n".join(["client_id | under_18 yes_no", *clients]))
            notices = records("notices", NOTICES)
            return not_given_notice(people, deliveries(*rows), notices, says=says or {})

        return of

    def test_one_notice_is_enough_whenever_it_came(self, judge):
        result = judge("ann | old | 2023-01-01T10:00Z")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row", ["ann | old | ", "bob | old | 2019-01-01T10:00Z", "ann | leaflet | 2019-01-01T10:00Z"]
    )
    def test_no_notice_received_invalid(self, judge, row):
        result = judge(row)

        assert result.found == (Violation("clients", 1, absent_from="notice_deliveries", rule="not_given_notice"),)

    def test_a_later_version_that_says_it_passes(self, judge):
        assert not judge("ann | old | 2019-01-01T10:00Z", "ann | new | 2020-01-01T10:00Z", says={"says": ["yes"]})

    def test_only_a_version_that_does_not_say_it_invalid(self, judge):
        assert judge("ann | old | 2019-01-01T10:00Z", says={"says": ["yes"]})

    def test_a_client_without_a_name_cannot_be_shown_to_have_one_invalid(self, judge):
        assert judge(" | old | 2019-01-01T10:00Z", clients=(" | yes",))


class TestYoungNotGivenNotice:
    @pytest.fixture
    def judge(self, records, deliveries):
        def of(client: str, *births: str, notice: str = "old"):
            people = records("clients", "\n".join(["client_id | joined_on date | young yes_no", client]))
            born = records("client_referrals", "\n".join(["person_number | born date", *births]))
            return young_not_given_notice(
                people,
                born,
                deliveries(f"ann | {notice} | 2020-02-03T10:00Z"),
                records("notices", NOTICES),
                joined="joined_on",
                born="born",
                years=18,
                flag="young",
                says={"says": ["yes"]},
            )

        return of

    @pytest.mark.parametrize(
        ("client", "births"),
        [
            ("ann | 2020-02-03 | no", ["ann | 2002-02-04"]),
            ("ann | 2020-02-03 | no", ["ann | "]),
            ("ann | | no", ["ann | 1990-02-03"]),
            ("ann | 2020-02-03 | no", ["bob | 1990-02-03"]),
            ("ann | 2020-02-03 | no", ["ann | 1990-02-03", "ann | 2003-02-03"]),
            ("ann | 2020-02-03 | yes", ["ann | 1990-02-03"]),
            ("ann | 2020-02-03 | ", ["ann | 1990-02-03"]),
            (" | 2020-02-03 | no", [" | 1990-02-03"]),
        ],
    )
    def test_who_is_not_shown_to_be_an_adult_and_got_another_notice_invalid(self, judge, client, births):
        assert judge(client, *births).found == (
            Violation("clients", 1, absent_from="notice_deliveries", rule="young_not_given_notice"),
        )

    def test_a_young_client_with_the_notice_passes(self, judge):
        result = judge("ann | 2020-02-03 | no", "ann | 2002-02-04", notice="new")

        assert (result.found, result.judged) == ((), 1)

    def test_an_adult_from_the_birthday_on_is_not_judged(self, judge):
        assert judge("ann | 2020-02-03 | no", "ann | 2002-02-03").judged == 0


class TestNotToldOnJoining:
    @pytest.fixture
    def judge(self, records, deliveries):
        def of(received: str, joined: str = "2018-07-01", notice: str = "new"):
            clients = records("service_users", f"client_id | joined_on date\nann | {joined}", as_of="2018-07-01")
            given = deliveries(f"ann | {notice} | {received}")
            notices = records("notices", NOTICES)
            return not_told_on_joining(clients, given, notices, joined="joined_on", says={"says": ["yes"]})

        return of

    @pytest.mark.parametrize("received", ["2018-07-01T23:59+01:00", "2018-06-01T10:00+01:00"])
    def test_the_last_minute_of_the_day_and_earlier_days_pass(self, judge, received):
        result = judge(received)

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("received", ["2018-07-02T00:00+01:00", ""])
    def test_the_next_day_or_never_invalid(self, judge, received):
        assert judge(received).found == (
            Violation("service_users", 1, absent_from="notice_deliveries", rule="not_told_on_joining"),
        )

    def test_a_notice_that_does_not_say_it_invalid(self, judge):
        assert judge("2018-07-01T10:00+01:00", notice="old")

    def test_a_client_who_joined_on_no_known_day_invalid(self, judge):
        assert judge("2018-07-01T10:00+01:00", joined="")

    def test_a_client_who_is_still_to_join_is_not_judged(self, judge):
        assert judge("", joined="2018-07-02").judged == 0


class TestUsedBeforeNotice:
    @pytest.fixture
    def judge(self, records, deliveries):
        def of(*rows: str, analyses: str = ANALYSES):
            cases = records("analysis_cases", "client_id | analysis_id\nann | final")
            return used_before_notice(
                cases,
                records("analyses", analyses),
                deliveries(*rows),
                records("notices", NOTICES),
                says={"audience": ["client"]},
            )

        return of

    @pytest.mark.parametrize("received", ["2020-01-15T09:30Z", "2019-12-01T10:00Z"])
    def test_a_notice_before_or_in_that_instant_passes(self, judge, received):
        result = judge(f"ann | new | {received}")

        assert (result.found, result.judged) == ((), 1)

    def test_the_earlier_of_two_counts(self, judge):
        assert not judge("ann | new | 2021-01-01T10:00Z", "ann | old | 2019-01-01T10:00Z")

    @pytest.mark.parametrize(
        "row",
        [
            "ann | new | 2020-01-15T09:30:01Z",
            "ann | new | ",
            "bob | new | 2019-01-01T10:00Z",
            "ann | website | 2019-01-01T10:00Z",
            "ann | unknown | 2019-01-01T10:00Z",
        ],
    )
    def test_a_notice_later_or_never_or_for_others_invalid(self, judge, row):
        assert judge(row).found == (
            Violation("analysis_cases", 1, absent_from="notice_deliveries", rule="used_before_notice"),
        )

    def test_an_analysis_at_no_known_instant_invalid(self, judge):
        assert judge("ann | new | 2019-01-01T10:00Z", analyses="analysis_id | started_at instant\nfinal | ")

    def test_an_analysis_that_nobody_registered_invalid(self, judge):
        result = judge("ann | new | 2019-01-01T10:00Z", analyses="analysis_id | started_at instant\nanother | ")

        assert result.found == (Violation("analysis_cases", 1, absent_from="analyses", rule="used_before_notice"),)
        assert result.judged == 1


class TestUsedWithoutAmendedNotice:
    @pytest.fixture
    def judge(self, records, deliveries):
        def of(
            *rows: str,
            left: str = "",
            client: str = "ann",
            analysis: str = "final",
            notices: str = NOTICES,
            analyses: str = ANALYSES,
        ):
            return used_without_amended_notice(
                records("analysis_cases", f"client_id | analysis_id\nann | {analysis}"),
                records("analyses", analyses),
                records("written_reports", "of_analysis | report_kind\nfinal | final report\ninterim | interim report"),
                records("service_users", f"client_id | left_on date\n{client} | {left}"),
                deliveries(*rows),
                records("notices", notices),
                says={"says": ["yes"]},
                kinds=("final report",),
            )

        return of

    def test_the_new_notice_before_the_analysis_passes(self, judge):
        result = judge("ann | new | 2020-01-15T09:30Z")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["ann | new | 2020-01-15T09:31Z", "ann | old | 2019-01-01T10:00Z"])
    def test_the_new_notice_later_or_never_invalid(self, judge, row):
        assert judge(row).found == (
            Violation("analysis_cases", 1, absent_from="notice_deliveries", rule="used_without_amended_notice"),
        )

    @pytest.mark.parametrize(("left", "judged"), [("2019-10-13", 0), ("2019-10-14", 1), ("", 1)])
    def test_active_is_who_had_not_left_before_the_notice_changed(self, judge, left, judged):
        assert judge(left=left).judged == judged

    def test_a_client_missing_from_the_list_counts_as_active_invalid(self, judge):
        assert judge(client="bob")

    def test_an_interim_analysis_is_not_judged(self, judge):
        assert judge(analysis="interim").judged == 0

    @pytest.mark.parametrize(("left", "rows"), [("", (1,)), ("2019-10-13", ())])
    def test_an_analysis_that_nobody_registered_invalid(self, judge, left, rows):
        another = "analysis_id | started_at instant\nanother | 2020-01-15T09:30Z"

        result = judge("ann | new | 2019-12-01T10:00Z", left=left, analyses=another)

        assert result.found == tuple(
            Violation("analysis_cases", row, absent_from="analyses", rule="used_without_amended_notice") for row in rows
        )
        assert result.judged == len(rows)

    def test_when_no_notice_was_ever_amended_everybody_is_owed_one_invalid(self, judge):
        assert judge("ann | new | 2020-01-01T10:00Z", left="2019-01-01", notices=NOTICES.replace("yes  ", "no   "))


class TestNoticeLacks:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            header = "audience | says yes_no | published_on date | superseded_on date"
            notices = records("notices", "\n".join([header, *rows]), as_of="2020-02-03")
            return notice_lacks(notices, says="says", audience=("public",), since="published_on", until="superseded_on")

        return of

    @pytest.mark.parametrize("days", ["2019-10-14 | ", "2020-02-03 | 2020-02-03", "2019-10-14 | 2099-01-01"])
    def test_a_notice_in_use_that_says_it_passes(self, judge, days):
        result = judge(f"public | yes | {days}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("days", ["2019-10-14 | ", "2020-02-03 | 2020-02-03", "2019-10-14 | 2099-01-01"])
    @pytest.mark.parametrize("says", ["no", ""])
    def test_a_notice_in_use_that_does_not_invalid(self, judge, says, days):
        result = judge("public | yes | 2019-10-14 | ", f"public | {says} | {days}")

        assert result.found == (Violation("notices", 2, "says", rule="notice_lacks"),)

    @pytest.mark.parametrize(
        "row",
        [
            "public | no | 2018-05-25 | 2020-02-02",
            "public | no | 2020-02-04 | ",
            "public | no | | ",
            "client | no | 2018-05-25 | ",
        ],
    )
    def test_an_older_version_a_draft_and_one_for_others_are_not_judged(self, judge, row):
        result = judge("public | yes | 2018-05-25 | ", row)

        assert (result.found, result.judged) == ((), 1)

    def test_a_draft_where_no_notice_is_in_use_invalid(self, judge):
        result = judge("public | no | 2018-05-25 | 2020-02-02", "public | yes | | ")

        assert result.found == (
            Violation("notices", 1, "says", rule="notice_lacks"),
            Violation("notices", 2, "published_on", rule="notice_lacks"),
        )

    def test_the_last_that_was_in_use_is_judged_where_none_is(self, judge):
        result = judge("public | no | 2018-05-25 | 2019-10-13", "public | yes | 2019-10-14 | 2020-02-02")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("says", ["no", ""])
    def test_the_last_that_was_in_use_does_not_say_it_invalid(self, judge, says):
        result = judge("public | yes | 2018-05-25 | 2019-10-13", f"public | {says} | 2019-10-14 | 2020-02-02")

        assert result == Violations((Violation("notices", 2, "says", rule="notice_lacks"),), 1)

    def test_what_ended_before_anybody_published_it_is_not_judged(self, judge):
        result = judge("public | yes | 2018-05-25 | 2019-10-13", "public | no | | 2020-02-02")

        assert (result.found, result.judged) == ((), 1)

    def test_two_that_ended_last_are_both_judged_invalid(self, judge):
        result = judge("public | yes | 2018-05-25 | 2020-02-02", "public | no | 2019-10-14 | 2020-02-02")

        assert result == Violations((Violation("notices", 2, "says", rule="notice_lacks"),), 2)

    def test_a_notice_for_nobody_named_is_judged_too_invalid(self, judge):
        assert len(judge(" | no | 2018-05-25 | ")) == 1


class TestNoPublicNotice:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str, started: str = "2019-07-01T00:10+01:00"):
            header = "audience | published_on date | superseded_on date"
            return no_public_notice(
                records("analyses", f"analysis_id | started_at instant\nfinal | {started}"),
                records("notices", "\n".join([header, *rows])),
                audience=("public",),
            )

        return of

    @pytest.mark.parametrize("days", ["2019-07-01 | ", "2018-05-25 | 2019-07-01", "2019-07-01 | 2019-07-01"])
    def test_the_first_and_the_last_day_of_a_version_count(self, judge, days):
        result = judge(f"public | {days}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("days", ["2019-07-02 | ", "2018-05-25 | 2019-06-30", " | "])
    def test_the_day_before_and_the_day_after_do_not_invalid(self, judge, days):
        assert judge(f"public | {days}").found == (
            Violation("analyses", 1, absent_from="notices", rule="no_public_notice"),
        )

    @pytest.mark.parametrize("audience", ["client", ""])
    def test_a_notice_for_others_does_not_count_invalid(self, judge, audience):
        assert judge(f"{audience} | 2018-05-25 | ")

    def test_without_any_notice_every_analysis_is_found_invalid(self, judge):
        assert len(judge()) == 1

    def test_an_analysis_at_no_known_instant_invalid(self, judge):
        assert judge("public | 2018-05-25 | ", started="")


class TestToldAfterFirstContact:
    @pytest.fixture
    def judge(self, records):
        def of(*rows: str):
            contacts = records("first_contacts", "\n".join(["first_on date | told_on date", *rows]), as_of="2020-02-03")
            return told_after_first_contact(contacts, told="told_on", first="first_on")

        return of

    @pytest.mark.parametrize("told", ["2020-02-03", "2020-01-03"])
    def test_that_day_or_before_passes(self, judge, told):
        result = judge(f"2020-02-03 | {told}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize("row", ["2020-02-03 | 2020-02-04", "2020-02-03 | ", " | 2020-02-03"])
    def test_the_next_day_or_never_or_after_an_unknown_contact_invalid(self, judge, row):
        assert judge("2020-02-03 | 2020-02-03", row).found == (
            Violation("first_contacts", 2, "told_on", rule="told_after_first_contact"),
        )

    def test_a_first_contact_that_is_still_to_come_is_not_judged(self, judge):
        assert judge("2020-02-04 | ", "2020-02-04 | 2020-02-05").judged == 0


class TestNotOffered:
    @pytest.fixture
    def judge(self, records):
        def of(*offers: str, start: str = "2020-02-03", since: str = "2020-02-01", end: str = "", **more):
            drawing = (
                f"referral_id | started_on date | referred_on date | left_on date\none | {start} | {since} | {end}"
            )
            referrals = records("referrals", drawing, as_of="2021-02-03")
            made = records("offers", "\n".join(["offered_in | offered_on date", *offers]), as_of="2021-02-03")
            return not_offered(referrals, made, due="started_on", since="referred_on", offered="offered_on", **more)

        return of

    @pytest.mark.parametrize(
        ("end", "until", "is_late"),
        [
            ("2020-06-01", "left_on", True),
            ("2020-06-02", "left_on", False),
            ("", "left_on", False),
            ("2020-06-01", None, False),
        ],
    )
    def test_an_offer_after_the_last_day_invalid(self, judge, end, until, is_late):
        assert bool(judge("one | 2020-06-02", end=end, until=until).found) is is_late

    @pytest.mark.parametrize("day", ["2020-02-01", "2020-02-03", "2021-02-03"])
    def test_an_offer_since_that_day_passes(self, judge, day):
        result = judge("one | 2020-01-31", f"one | {day}")

        assert (result.found, result.judged) == ((), 1)

    @pytest.mark.parametrize(
        "row", ["one | ", "two | 2020-02-03", " | 2020-02-03", "one | 2020-01-31", "one | 2021-02-04"]
    )
    def test_no_offer_in_this_stay_invalid(self, judge, row):
        assert judge(row).found == (Violation("referrals", 1, absent_from="offers", rule="not_offered"),)

    def test_an_offer_of_no_known_stay_invalid(self, judge):
        assert judge("one | 2020-02-03", since="")

    def test_a_client_who_did_not_reach_that_point_is_owed_none(self, judge):
        assert judge(start="").judged == 0
        assert judge(start="2021-02-04").judged == 0

    def test_a_client_who_reaches_it_on_the_day_of_the_list_is_invalid(self, judge):
        assert judge(start="2021-02-03").found == (Violation("referrals", 1, absent_from="offers", rule="not_offered"),)
