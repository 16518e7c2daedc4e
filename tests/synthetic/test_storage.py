"""The made-up registers of storage and retention agree with each other, and sit on the boundary of the promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.records import ExtractSet


@pytest.fixture(params=DPIAS)
def made(request) -> ExtractSet:
    return synthetic.make(request.param)


def rows(made: ExtractSet, table: str) -> list[dict[str, str]]:
    return made.texts[table].to_pylist()


@pytest.fixture
def assets(made) -> dict[str, dict[str, str]]:
    return {row["asset_id"]: row for row in rows(made, "assets")}


def is_there(asset: dict[str, str], day: str) -> bool:
    return asset["recorded_on"] <= day <= (asset["disposed_on"] or "9999")


class TestTheRegisterOfAssets:
    def test_no_two_assets_share_an_identifier_or_a_place(self, made):
        lines = rows(made, "assets")

        assert len({row["asset_id"] for row in lines}) == len({row["location"] for row in lines}) == len(lines)

    def test_each_personal_arrival_is_on_it_from_its_day(self, made, assets):
        known = {(row["data_set"], row["recorded_on"]) for row in assets.values()}
        came = {
            (row["data_set"], row["sent_at"][:10])
            for row in rows(made, "transfers")
            if row["recipient"] == "MOPAC" and row["personal"] == "yes"
        }

        assert came
        assert came - known == set()

    def test_each_download_from_the_police_is_on_it_from_its_day(self, made, assets):
        files = {row["police_file_id"]: row["downloaded_at"][:10] for row in rows(made, "police_files")}
        kept = {f"A-{row['key_id']}": files[row["key_of_file"]] for row in rows(made, "pseudonym_keys")}

        assert kept
        assert {id: assets[id]["recorded_on"] for id in kept} == kept

    def test_what_is_without_identity_is_on_it_from_the_day_on_which_it_was_stored(self, made, assets):
        files = rows(made, "police_files")
        stored = {f"A-{row['police_file_id']}": (row.get("stored_at") or row["anonymised_at"])[:10] for row in files}

        assert stored
        assert {id: assets[id]["recorded_on"] for id in stored} == stored

    def test_each_key_is_on_it_where_it_is_kept(self, made, assets):
        kept = {f"A-{row['key_id']}": row["key_folder"] for row in rows(made, "pseudonym_keys")}

        assert kept
        assert {id: assets[id]["asset_folder"] for id in kept} == kept
        assert {assets[id]["personal"] for id in kept} == {"yes"}

    def test_an_asset_goes_after_it_came(self, assets):
        assert [
            id for id, row in assets.items() if row["disposed_on"] and row["disposed_on"] <= row["recorded_on"]
        ] == []

    def test_there_is_an_exception_and_a_copy_that_cannot_be_deleted(self, assets):
        kinds = [(row["exception"], row["deletable"]) for row in assets.values()]

        assert ("yes", "yes") in kinds
        assert ("no", "no") in kinds

    def test_an_identity_is_out_of_a_file_that_is_there(self, assets):
        out = [row for row in assets.values() if row.get("depersonalised_on")]

        assert [row for row in out if not is_there(row, row["depersonalised_on"])] == []

    def test_what_people_said_is_on_it_when_somebody_said_it(self, made, assets):
        first = min(row["began_at"][:10] for row in rows(made, "interviews"))

        assert first == assets["A-FORMS"]["recorded_on"] < assets["A-TALKS"]["recorded_on"]

    def test_each_extract_is_on_it_from_the_day_on_which_it_came(self, made, assets):
        provider = {"fod": "Female Offender data", "lge": "LGE data"}[made.facts.dpia]
        came = {row["delivered_on"] for row in rows(made, "extract_cases")}

        assert {row["recorded_on"] for row in assets.values() if row["data_set"] == provider} == came


class TestTheIdentityOfWomen:
    """It is needed for as long as a no is honoured or a matching is still to come, and then it is out."""

    FROM_OTHERS = ("Female Offender data", "CRC data", "NPS data")
    PILOT_OVER = "2022-09-30"

    @pytest.fixture
    def fod(self) -> ExtractSet:
        return synthetic.make("fod")

    @pytest.fixture
    def files(self, fod) -> list[dict[str, str]]:
        return [row for row in rows(fod, "assets") if row["data_set"] in self.FROM_OTHERS]

    def test_somebody_attests_that_it_stays_for_the_whole_pilot(self, fod):
        said = {row["commitment"] for row in rows(fod, "attestations")}

        assert "FOD_COM_CONSENT_07" in said

    def test_no_file_loses_it_while_the_pilot_lasts_or_a_matching_is_to_come(self, fod, files):
        last = max(row["matched_on"] for row in rows(fod, "matched_cases"))

        assert last < self.PILOT_OVER
        assert [row for row in files if (row["depersonalised_on"] or "9999") <= self.PILOT_OVER] == []

    def test_it_is_out_on_the_day_after_the_pilot_or_after_the_analysis_that_the_file_came_for(self, fod, files):
        begins = [row["started_at"][:10] for row in rows(fod, "analyses")]
        late = {
            row["asset_id"]: max(self.PILOT_OVER, min(on for on in begins if on >= row["recorded_on"]))
            for row in files
            if not row["disposed_on"]
        }

        assert {row["asset_id"]: row["depersonalised_on"] for row in files if row["depersonalised_on"]} == {
            id: str(date.fromisoformat(on) + timedelta(days=1)) for id, on in late.items()
        }

    def test_each_list_of_a_comparison_group_was_sent_and_is_on_the_register(self, fod, files):
        lists = {
            (row["supplier"], row["received_on"])
            for row in rows(fod, "extract_deliveries")
            if row["contents"] == "comparison group"
        }

        assert lists
        assert lists <= {(row["sender"], row["sent_at"][:10]) for row in rows(fod, "transfers")}
        assert lists <= {(row["data_set"].removesuffix(" data"), row["recorded_on"]) for row in files}

    def test_talks_lose_it_after_their_last_use(self, fod):
        of = {row["asset_id"]: row["depersonalised_on"] for row in rows(fod, "assets")}

        assert of["A-TALKS"] > max(row["last_used_at"][:10] for row in rows(fod, "interviews"))


class TestWhatIsReallyThere:
    def test_each_listing_shows_every_file_of_that_day(self, made, assets):
        listed = {(row["listed_on"], row["file_location"]) for row in rows(made, "folder_listings")}
        days = {day for day, _ in listed}

        owed = {
            (day, row["location"])
            for day in days
            for row in assets.values()
            if row["medium"] == "file" and is_there(row, day)
        }
        assert owed < listed

    def test_the_last_listing_is_of_the_day_on_which_the_set_is_taken(self, made):
        assert max(row["listed_on"] for row in rows(made, "folder_listings")) == made.facts.taken_on

    def test_a_file_is_listed_on_the_day_on_which_it_is_registered(self, made, assets):
        days = {row["location"]: row["recorded_on"] for row in assets.values()}

        assert [r for r in rows(made, "folder_listings") if days.get(r["file_location"]) == r["listed_on"]]

    def test_a_file_is_listed_on_the_day_on_which_it_goes(self, made, assets):
        days = {row["location"]: row["disposed_on"] for row in assets.values()}

        assert [r for r in rows(made, "folder_listings") if days.get(r["file_location"]) == r["listed_on"]]

    def test_an_inspected_workbook_is_there_that_day(self, made, assets):
        found = [row for row in rows(made, "workbooks") if row["workbook_asset"]]

        assert found
        assert [r for r in found if not is_there(assets[r["workbook_asset"]], r["inspected_on"])] == []

    def test_a_file_that_a_use_opened_is_there_that_day(self, made, assets):
        opened = [row for row in rows(made, "access_log") if row["accessed_asset"]]

        assert opened
        assert [r for r in opened if not is_there(assets[r["accessed_asset"]], r["accessed_at"][:10])] == []

    def test_no_police_data_is_opened_before_the_identity_is_out_of_it(self, made):
        out = {f"A-{row['police_file_id']}": row["anonymised_at"] for row in rows(made, "police_files")}
        opened = [row for row in rows(made, "access_log") if row["accessed_asset"] in out]

        assert opened
        early = [
            row["access_id"]
            for row in opened
            if datetime.fromisoformat(row["accessed_at"]) < datetime.fromisoformat(out[row["accessed_asset"]])
        ]
        assert early == []


class TestRecordings:
    @pytest.fixture
    def of(self, made) -> list[tuple[dict[str, str], dict[str, str]]]:
        interviews = {row["interview_id"]: row for row in rows(made, "interviews")}
        return [(row, interviews[row["recorded_interview"]]) for row in rows(made, "recordings")]

    def test_a_recording_begins_with_its_interview_and_is_of_the_person(self, of):
        assert of
        assert [r for r, i in of if (r["recorded_at"], r["speaker"]) != (i["began_at"], i["taking_part"])] == []

    def test_what_identifies_nobody_is_of_an_interview_that_does_not(self, of):
        assert {i["identifiable"] for _, i in of} == {"no"}

    def test_a_survey_is_not_recorded(self, of):
        assert {i["held_as"] for _, i in of} == {"interview"}

    def test_one_leaves_the_device_in_the_minute_in_which_it_is_moved(self, of):
        assert [r for r, _ in of if r["moved_at"] == r["removed_at"]]


class TestTheEnd:
    def test_each_asset_that_is_gone_was_destroyed_that_day(self, made, assets):
        gone = {id: (row["disposed_on"], row["medium"]) for id, row in assets.items() if row["disposed_on"]}

        assert {
            row["destroyed_asset"]: (row["destroyed_on"], row["destroyed_medium"]) for row in rows(made, "destructions")
        } == gone

    def test_both_methods_of_a_file_are_used(self, made):
        methods = {row["method"] for row in rows(made, "destructions") if row["destroyed_medium"] == "file"}

        assert methods == {"secure erasure", "overwriting"}

    def test_consultations_end_on_the_last_day_of_their_eighth_year(self, made, assets):
        ends = {
            date.fromisoformat(row["disposed_on"] or made.facts.taken_on).year
            - date.fromisoformat(row["concluded_on"]).year
            for row in assets.values()
            if row["data_set"] == "public consultation research"
        }

        assert ends == {8}

    def test_what_is_beyond_use_is_last_opened_on_that_very_day(self, made):
        placed = {row["kept_asset"]: row["placed_on"] for row in rows(made, "beyond_use")}

        opened = [r["accessed_at"][:10] for r in rows(made, "access_log") if r["accessed_asset"] in placed]
        assert opened == list(placed.values())

    def test_the_need_is_reviewed_on_the_day_of_the_conclusion(self, made):
        assert [row for row in rows(made, "retention_reviews") if row["need_reviewed_on"] == row["review_concluded_on"]]

    def test_the_version_that_details_an_exception_was_issued_by_the_conclusion(self, made):
        issued = {row["version_id"]: row["issued_on"] for row in rows(made, "dpia_versions")}
        kept = [row for row in rows(made, "assets") if row["exception_version"]]

        assert kept
        assert [row for row in kept if issued.get(row["exception_version"], "9999") > row["concluded_on"]] == []


class TestTheRightsToFolders:
    def test_each_folder_in_which_an_asset_lies_is_on_the_list(self, made, assets):
        listed = {(row["folder"], row["holds_personal_data"]) for row in rows(made, "folder_access")}
        held = {(row["asset_folder"], row["personal"]) for row in assets.values() if row["medium"] == "file"}

        assert held - listed == set()

    def test_the_folder_of_a_file_is_where_it_lies(self, assets):
        files = [row for row in assets.values() if row["medium"] == "file"]

        assert files
        assert [row for row in files if f"/{row['asset_folder']}/" not in row["location"]] == []

    def test_everybody_who_opens_files_opens_some(self, made):
        opened = {row["person_id"] for row in rows(made, "access_log") if row["accessed_asset"]}

        assert {row["principal"] for row in rows(made, "folder_access")} == opened


class TestTheWorkOfProcessors:
    def test_a_survey_is_open_on_days_of_the_work_that_runs_it(self, made):
        work = {row["work_id"]: row for row in rows(made, "processor_work")}
        surveys = [(row, work[row["survey_work"]]) for row in rows(made, "portal_surveys")]

        assert all(one["began_on"] <= row["opened_on"] <= row["closed_on"] <= one["ended_on"] for row, one in surveys)

    def test_a_processor_came_into_the_document_on_the_day_of_a_version(self, made):
        issued = {row["issued_on"] for row in rows(made, "dpia_versions")}
        named = {row["in_dpia_on"] for row in rows(made, "processor_work")} - {None, ""}

        assert named
        assert named <= issued
