"""No made-up record contradicts itself, or what another table says of the same person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.synthetic.draws import later
from dpia_checks.synthetic.owed import AGREED, ONLY_IF, WORDS

Record = Mapping[str, str | None]
FOLLOW_UPS = ("advance_referrals_out", "advance_interventions", "advance_criminal_background")
EXPLAINED = (
    ("cms_clients", "language_or_communication_needs_explained"),
    ("cms_clients", "details_of_weapon_crime_before"),
    ("cms_clients", "details_of_weapon_crime_during"),
    ("cms_referrals", "risk_to_others_details"),
    ("cms_referrals", "risk_from_others_details"),
    ("cms_referrals", "risk_to_self_details"),
    ("cms_referrals", "why_support_under_this_strand"),
)
MONTHS = (3, 6, 9)


@cache
def rows(dpia: str, table: str) -> list[Record]:
    return synthetic.make(dpia).texts[table].to_pylist()


@cache
def women() -> dict[str, Record]:
    return {row["client_id"]: row for row in rows("fod", "advance_referrals_in")}


@cache
def cases() -> list[Record]:
    """Each young person's record and referral together, with the number of the client."""
    both = zip(rows("lge", "cms_clients"), rows("lge", "cms_referrals"), strict=True)
    return [
        {**client, **referral, "client_id": f"C{number:06d}", "age_band": band(client)}
        for number, (client, referral) in enumerate(both, start=1)
    ]


def band(client: Record) -> str:
    age = int(client["age_at_point_of_referral"])
    return "under 18" if age < 18 else "18 to 20" if age < 21 else "21 and over"


def months_after(day: str, months: int) -> str:
    return str(later(np.asarray([day], dtype="datetime64[D]"), months)[0])


def records(table: str) -> list[Record]:
    """The records of a table with what is known of the person elsewhere."""
    if table.startswith("cms_"):
        return cases()
    if table in FOLLOW_UPS:
        return [{"contact": women()[row["client_id"]]["contact"], **row, **grown(row)} for row in rows("fod", table)]
    return rows("fod", table)


def grown(row: Record) -> Record:
    born = women()[row["client_id"]]["date_of_birth"]
    on = row.get("conviction_date")
    return {"convicted_as_adult": "yes" if on and months_after(born, 216) <= on else "no"}


@pytest.mark.parametrize(
    ("table", "name", "other", "values"), [(table, *rule) for table, rules in ONLY_IF.items() for rule in rules]
)
def test_a_field_is_filled_in_only_when_another_says_so(table, name, other, values):
    lines = records(table)

    assert all((line[name] is not None) <= (line[other] in values) for line in lines)
    assert any(line[other] not in values for line in lines)


@pytest.mark.parametrize("table", AGREED)
def test_a_field_follows_the_others_that_it_hangs_on(table):
    lines = records(table)
    for name, allowed, says in AGREED[table]:
        there = [line[name] for line in lines if all(line[other] in values for other, values in says.items())]

        assert there, (name, says)
        assert {cell for cell in there if cell is not None} <= set(allowed), (name, says)


def test_each_field_with_words_of_its_own_is_a_field():
    named = {
        column for dpia in ("fod", "lge") for table in synthetic.make(dpia).schemas.values() for column in table.columns
    }

    assert set(WORDS) <= named


class TestTheWomen:
    def test_a_service_ends_as_the_woman_went_through_it(self):
        ended = [woman for woman in women().values() if woman["service_end_type"]]
        of = {
            kind: {w["engagement"] for w in ended if w["service_end_type"] == kind}
            for kind in ("Completed", "Declined")
        }

        assert of == {"Completed": {"yes"}, "Declined": {"no"}}

    def test_a_service_has_a_kind_of_end_when_it_has_a_day(self):
        assert [w for w in women().values() if (w["service_end_type"] is None) != (w["service_end_date"] is None)] == []

    def test_nobody_is_reached_who_could_not_be(self):
        said = {
            woman["contact"] for woman in women().values() if woman["no_engagement_reason"] == "Could not be contacted"
        }

        assert said == {"no"}

    def test_a_woman_who_did_not_come_or_did_not_want_to_came_to_nothing(self):
        came = {row["referral_id"] for row in rows("fod", "appointments") if row["attended"] == "yes"}
        away = [w for w in women().values() if w["no_engagement_reason"] in ("Did not attend", "Declined support")]

        assert away
        assert [woman for woman in away if woman["referral_id"] in came] == []

    def test_each_thing_has_a_date_when_it_happened(self):
        pairs = (("contact", "contact_date"), ("contact", "service_start_date"), ("engagement", "engagement_date"))

        assert [
            woman for woman in women().values() for is_so, on in pairs if (woman[is_so] == "yes") != bool(woman[on])
        ] == []

    def test_things_happen_in_order(self):
        names = ("date_referral_received", "contact_date", "engagement_date", "service_end_date")
        for woman in women().values():
            known = [woman[name] for name in names if woman[name]]

            assert known == sorted(known)

    def test_the_service_of_a_woman_who_withdrew_does_not_end_on_the_day_of_the_last_extract_that_held_her(self):
        came = {}
        for row in rows("fod", "extract_cases"):
            came[row["client_id"]] = max(came.get(row["client_id"], ""), row["delivered_on"])
        gone = [row["client_id"] for row in rows("fod", "withdrawals") if row["kind"] == "withdrawal of consent"]

        assert [id for id in gone if women()[id]["service_end_date"] is None]
        assert [id for id in gone if women()[id]["service_end_date"] == came[id]] == []

    def test_she_goes_to_the_centre_of_her_area(self):
        of = {(woman["area"], woman["agency_referred_to"]) for woman in women().values()}

        assert len(of) == len({area for area, _ in of}) == 4

    def test_nobody_comes_back_who_was_referred_once(self):
        assert len(women()) == len(rows("fod", "advance_referrals_in"))
        assert {woman["new_or_repeat"] for woman in women().values()} == {"New"}

    def test_nobody_is_sent_on_or_met_who_was_not_reached(self):
        out = [row["client_id"] for row in rows("fod", "advance_referrals_out")]
        met = [r["client_id"] for r in rows("fod", "advance_interventions") if r["type_of_contact"] == "Face to face"]

        assert [client for client in (*out, *met) if women()[client]["contact"] == "no"] == []

    @pytest.mark.parametrize(
        ("table", "on"),
        [("advance_referrals_out", "date_referred_to_other_agency"), ("advance_interventions", "case_note_date")],
    )
    def test_what_followed_is_of_the_time_of_the_service(self, table, on):
        for row in rows("fod", table):
            woman = women()[row["client_id"]]

            assert (woman["contact_date"] or woman["date_referral_received"]) <= row[on]
            assert row[on] <= (woman["service_end_date"] or "9999")

    def test_a_court_of_adults_convicts_adults(self):
        courts = {
            (grown(row)["convicted_as_adult"], row["court"]) for row in rows("fod", "advance_criminal_background")
        }

        assert courts == {("no", "Youth court"), ("yes", "Magistrates' court"), ("yes", "Crown Court")}


class TestProbation:
    @pytest.fixture
    def orders(self) -> list[Record]:
        return rows("fod", "crc")

    def test_a_licence_follows_custody(self, orders):
        for line in orders:
            assert (line["order_type"] == "Licence") is (line["sentence_type"] == "Custodial")

    def test_no_woman_was_under_an_order_when_she_was_diverted(self, orders):
        known = women()
        clients = [line for line in orders if line["client_id"] in known]

        under = [
            line
            for line in clients
            if line["offence_date"] <= known[line["client_id"]]["date_referral_received"] <= line["expected_term_date"]
        ]

        assert clients
        assert under == []

    def test_an_order_of_before_is_the_conviction_that_advance_has(self, orders):
        background = {row["client_id"]: row for row in rows("fod", "advance_criminal_background")}
        before = [
            (background[line["client_id"]], line)
            for line in orders
            if line["client_id"] in background
            and line["sentence_date"] < women()[line["client_id"]]["date_referral_received"]
        ]

        assert len(before) > 500
        assert [
            line
            for row, line in before
            if (row["date_of_offence"], row["conviction_date"]) != (line["offence_date"], line["sentence_date"])
        ] == []

    def test_nobody_has_an_order_of_adults_for_what_she_did_as_a_child(self, orders):
        assert [line for line in orders if months_after(line["date_of_birth"], 216) > line["offence_date"]] == []

    def test_an_order_of_a_withdrawn_woman_was_made_before_the_last_extract_that_held_her(self, orders):
        came: dict[str, str] = {}
        for row in rows("fod", "extract_cases"):
            came[row["client_id"]] = max(came.get(row["client_id"], ""), row["delivered_on"])
        gone = {row["client_id"] for row in rows("fod", "withdrawals") if row["kind"] == "withdrawal of consent"}
        of_gone = [line for line in orders if line["client_id"] in gone]

        assert of_gone
        assert [line for line in of_gone if line["date_of_latest_oasys_assessment"] > came[line["client_id"]]] == []

    def test_a_year_is_no_likelier_than_two(self, orders):
        assert [line for line in orders if float(line["ogrs1_score"]) > float(line["ogrs2_score"])] == []


class TestTheYoungPeople:
    @pytest.fixture
    def left(self) -> dict[str, str]:
        return {row["client_id"]: row["left_on"] or "9999" for row in rows("lge", "service_users")}

    @pytest.fixture
    def told(self) -> dict[str, str]:
        """The day of the last extract that holds each."""
        last: dict[str, str] = {}
        for row in rows("lge", "extract_cases"):
            last[row["client_id"]] = max(last.get(row["client_id"], ""), row["delivered_on"])
        return last

    def test_a_case_is_closed_when_its_client_had_left_by_the_last_extract(self, left, told):
        status = {case["client_id"]: case["case_status"] for case in cases()}

        assert set(status.values()) == {"Open", "Closed"}
        assert {id: "Closed" if left[id] <= told[id] else "Open" for id in status} == status

    def test_a_case_that_is_not_closed_has_no_outcome_and_no_form(self):
        ends = {
            (
                case["case_status"],
                case["case_closure_status"],
                case["case_outcome"],
                case["case_closure_form_completed"],
            )
            for case in cases()
        }

        assert {end[1:] for end in ends if end[0] == "Open"} == {("Not closed", None, "no")}
        assert {form for status, _, _, form in ends if status == "Closed"} == {"yes"}
        assert not {outcome for _, how, outcome, _ in ends if how == "Unplanned"} & {"Needs met", None}
        assert {how for _, how, _, _ in ends} == {"Planned", "Unplanned", "Not closed"}

    def test_nobody_is_engaged_later_who_was_not_before(self):
        for case in cases():
            months = [case[f"engaged_at_{number}_months"] for number in MONTHS]

            assert [month for month in months if month] == sorted((m for m in months if m), reverse=True)

    def test_nobody_is_engaged_at_a_month_that_is_still_to_come_or_came_after_the_end(self, left, told):
        for case in cases():
            for number in MONTHS:
                then = months_after(case["date_client_allocated"], number)
                engaged = case[f"engaged_at_{number}_months"]

                assert engaged != "yes" or then <= min(left[case["client_id"]], told[case["client_id"]])
                assert (engaged is None) is (then > told[case["client_id"]] and case["case_status"] == "Open")

    def test_what_is_said_of_an_early_end_is_of_a_case_that_ended_early(self, left):
        early = {
            c["client_id"]: months_after(c["date_client_allocated"], 3)
            for c in cases()
            if c["pre_initial_closure_detail"]
        }

        assert early
        assert [id for id, review in early.items() if left[id] >= review] == []

    def test_a_client_is_taken_on_when_the_package_is_there_or_later(self):
        assert [
            c for c in cases() if c["date_client_allocated"] < c["date_referral_package_sent_to_delivery_team"]
        ] == []

    def test_whoever_lives_elsewhere_now_has_moved(self):
        names = ("accommodation_status_at_point_of_referral", "accommodation_status_current")

        assert [c for c in cases() if c[names[0]] != c[names[1]] and c["number_of_moves_since_start"] == "0"] == []

    def test_nobody_is_looked_after_twice_or_as_an_adult_or_unknown_to_social_care(self):
        after = [case for case in cases() if "yes" in (case["lac_section_20"], case["lac_section_31"])]

        assert {case["lac_section_20"] for case in after} == {"yes", "no"}
        assert [case for case in after if case["lac_section_20"] == case["lac_section_31"]] == []
        assert {(case["age_band"], case["known_to_social_care_services"]) for case in after} == {("under 18", "yes")}

    def test_a_concern_about_mental_health_is_a_factor(self):
        of = {
            concern: {c["health_and_wellbeing_factors"] for c in cases() if c["mental_health_concerns"] == concern}
            for concern in ("yes", "no")
        }

        assert of == {"yes": {"Mental health", "Several"}, "no": {"Physical health", "None known"}}

    def test_who_is_harmed_by_others_is_at_risk_from_them(self):
        harms = ("experiencing_cse", "trafficking", "experiencing_sexual_violence", "experiencing_domestic_violence")

        assert [c for c in cases() if c["risk_from_others"] == "None" and "yes" in [c[harm] for harm in harms]] == []
        assert {case["risk_from_others"] for case in cases()} == {"None", "Low", "Medium", "High"}

    def test_an_order_is_one_that_a_court_may_make_at_that_age(self):
        orders = {(case["age_band"], case["statutory_order"]) for case in cases()}

        assert not orders & {("under 18", "Community order"), ("21 and over", "Youth rehabilitation order")}
        assert [case for case in cases() if case["statutory_order"] != "None" and case["any_convictions"] == "no"] == []

    def test_the_main_need_is_one_of_the_needs(self):
        assert [
            case for case in cases() if case["strand_need_primary"].lower() not in case["strands_needs"].lower()
        ] == []

    @pytest.mark.parametrize(("table", "name"), EXPLAINED)
    def test_a_field_that_explains_has_words_of_no_other(self, table, name):
        made = synthetic.make("lge")
        words = set(made.texts[table][name].to_pylist()) - {None}
        details = name.startswith("details_of_weapon_crime")
        others = {
            cell
            for table, column in ((t, c) for t in ("cms_clients", "cms_referrals") for c in made.schemas[t].columns)
            if column != name and not (details and column.startswith("details_of_weapon_crime"))
            for cell in made.texts[table][column].to_pylist()
        }

        assert words
        assert not words & others


class TestTheRegisters:
    """What one register says of a day, no other contradicts."""

    @pytest.fixture(params=DPIAS)
    def dpia(self, request) -> str:
        return request.param

    def test_a_report_is_reviewed_and_published_before_or_on_the_day_on_which_the_public_gets_it(self):
        public = {
            row["report_id"][1:]: row["released_on"] for row in rows("fod", "reports") if row["audience"] == "public"
        }
        written = {row["report_id"][3:]: row for row in rows("fod", "written_reports")}

        assert {number: written[number]["published_on"] for number in public} == public
        assert [
            w for w in written.values() if not w["written_on"] <= w["peer_reviewed_on"] <= (w["published_on"] or "9")
        ] == []

    def test_a_plan_is_shown_at_a_board_and_put_to_the_group_on_days_that_their_lists_have(self):
        plans = rows("fod", "research_plans")
        boards = {row["board_held_on"] for row in rows("fod", "boards")}
        advised = [row["held_on"] for row in rows("fod", "consultations") if row["about"] == "research plans"]

        assert {plan["board_shown_on"] for plan in plans} - boards == set()
        assert [plan["advisory_group_on"] for plan in plans] == advised

    def test_no_error_is_found_in_data_that_had_not_come(self):
        first: dict[str, str] = {}
        for row in rows("fod", "transfers"):
            if row["recipient"] == "MOPAC":
                first[row["sender"]] = min(first.get(row["sender"], "9999"), row["sent_at"][:10])

        assert [row for row in rows("fod", "corrections") if row["found_on"] < first.get(row["author"], "")] == []

    def test_a_survey_is_held_while_its_portal_is_in_use(self, dpia):
        portals = [row for row in rows(dpia, "hosting") if row["system_name"] == "survey portal"]
        held = [row["began_on"] for row in rows(dpia, "processor_work") if row["task"] == "online survey"]

        assert held
        assert [on for on in held if not any(p["in_use_from"] <= on <= p["in_use_until"] for p in portals)] == []

    def test_each_survey_of_the_portal_is_a_piece_of_work_of_its_day(self, dpia):
        work = {
            row["work_id"]: row["began_on"] for row in rows(dpia, "processor_work") if row["task"] == "online survey"
        }
        surveys = rows(dpia, "portal_surveys")

        assert {row["survey_work"]: row["opened_on"] for row in surveys} == work
        assert [row for row in surveys if row["opened_on"] > row["closed_on"]] == []

    def test_records_of_single_women_go_out_while_a_file_still_has_their_identity(self):
        out = max(row["depersonalised_on"] or "" for row in rows("fod", "assets") if row["asset_id"] == "A-CASES-09")
        gone = [
            row["supplied_on"]
            for row in rows("fod", "disclosures")
            if (row["data_source"], row["personal"], row["decision"]) == ("Female Offender data", "yes", "shared")
        ]
        gone += [row["released_on"] for row in rows("fod", "matched_releases") if row["personal"] == "yes"]

        assert gone
        assert [on for on in gone if on >= out] == []
