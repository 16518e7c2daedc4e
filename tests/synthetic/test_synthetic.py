"""The made-up extracts: nobody real, the same every time, and on the boundary of what was promised."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from dpia_checks import DPIAS, schema, synthetic
from dpia_checks.extract_files import to_csv
from dpia_checks.identifiers import has_pnc_number
from dpia_checks.records import ExtractSet

LONDON = ZoneInfo("Europe/London")
PEOPLE = {
    "fod": (
        "advance_referrals_in",
        "advance_referrals_out",
        "advance_interventions",
        "advance_criminal_background",
        "crc",
    ),
    "lge": ("cms_clients", "cms_referrals"),
}
PEOPLE_TABLES = [(dpia, table) for dpia, tables in PEOPLE.items() for table in tables]
OTHER_SEEDS = (7, 99)
KIND_OF_NO = {"fod": "withdrawal of consent", "lge": "opt-out"}
ROLLED_OUT = {"Camden": "2019-10-01", "Islington": "2019-10-01", "Lambeth": "2020-02-01", "Southwark": "2020-02-01"}
IMPOSSIBLE = {
    "pncid": r"2099/[0-9]{7}[A-Z]",
    "delius_number": r"Z[ZYX][0-9]{6}",
    "alternate_contact_details": r"07700 900[0-9]{3}",
    "home_address_post_code": r"ZZ99 [0-9][A-Z]{2}",
}
REAL_LOOKING = {
    "a telephone number": r"(?<![0-9])(?:0|\+44)[ 0-9]{9,12}(?![0-9])",
    "a postcode": r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b",
    "a PNC number": r"\b[0-9]{2,4}/[0-9]{4,7}[A-Z]\b",
    "an NHS number": r"\b[0-9]{3} ?[0-9]{3} ?[0-9]{4}\b",
    "a national insurance number": r"\b[A-Z]{2}[0-9]{6}[A-D]\b",
    "an e-mail address": r"@",
}
PRINT_DIGESTS = (
    "from dpia_checks import synthetic as s; print(*(s.make(d, 1, 0.05).facts.digests for d in ('fod', 'lge')))"
)


@pytest.fixture(params=DPIAS)
def made(request) -> ExtractSet:
    return synthetic.make(request.param)


def rows(made: ExtractSet, table: str) -> list[dict[str, str | None]]:
    return made.texts[table].to_pylist()


def afresh(dpia: str, seed: int = synthetic.SEED, scale: float = 0.05) -> dict[str, bytes]:
    """Make the extracts anew, without the cache, and return each table's bytes."""
    return {name: to_csv(text) for name, text in synthetic.make.__wrapped__(dpia, seed, scale).texts.items()}


class TestTheSameEveryTime:
    @pytest.mark.parametrize("dpia", DPIAS)
    def test_the_same_seed_gives_the_same_bytes(self, dpia):
        assert afresh(dpia) == afresh(dpia)

    def test_another_process_gives_the_same_bytes(self, monkeypatch):
        monkeypatch.setenv("PYTHONHASHSEED", "4")

        told = subprocess.run([sys.executable, "-c", PRINT_DIGESTS], capture_output=True, text=True, check=True)

        here = (synthetic.make(dpia, 1, 0.05).facts.digests for dpia in ("fod", "lge"))
        assert told.stdout.strip() == " ".join(str(digests) for digests in here)

    @pytest.mark.parametrize(("dpia", "table"), PEOPLE_TABLES)
    def test_another_seed_gives_other_people(self, dpia, table):
        assert afresh(dpia, 1)[table] != afresh(dpia, 2)[table]

    @pytest.mark.parametrize(("dpia", "table"), PEOPLE_TABLES)
    def test_the_first_people_stay_the_same_when_the_scale_grows(self, dpia, table):
        few, many = (synthetic.make(dpia, scale=scale).texts[table] for scale in (0.5, 1.0))
        key = synthetic.make(dpia).schemas[table].key

        if key == "client_id":
            known = {row[key]: row for row in many.to_pylist()}
            changed = [row[key] for row in few.to_pylist() if known.get(row[key]) != row]
        else:
            changed = [] if many.slice(0, few.num_rows) == few else [table]

        assert changed == []

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_one_person_is_the_smallest_set(self, dpia):
        smallest = synthetic.make(dpia, 1, 0.0001)

        assert smallest.texts[PEOPLE[dpia][0]].num_rows == 1


class TestTablesOfTheSchema:
    def test_every_table_is_there_with_every_column_in_order(self, made):
        described = schema.load(made.facts.dpia)

        assert {name: text.column_names for name, text in made.texts.items()} == {
            name: list(table.columns) for name, table in described.items()
        }

    def test_every_cell_is_a_value_of_its_type(self, made):
        unreadable = [v for records in made.values() for v in records.unreadable(tuple(records.table.columns))]

        assert unreadable == []

    def test_every_cell_is_text(self, made):
        assert {field.type for text in made.texts.values() for field in text.schema} == {pa.string()}

    def test_the_origin_is_synthetic(self, made):
        assert made.facts.origin == "synthetic"

    @pytest.mark.parametrize(
        ("table", "key"), [("breaches", "breach_id"), ("transfers", "transfer_id"), ("access_log", "access_id")]
    )
    def test_a_log_has_each_key_once(self, made, table, key):
        keys = made.texts[table][key].to_pylist()

        assert len(set(keys)) == len(keys)


class TestNobodyReal:
    @pytest.mark.parametrize("column", IMPOSSIBLE)
    def test_an_identifier_is_of_a_range_that_nobody_is_given(self, column):
        every = [
            text[column].to_pylist()
            for dpia in DPIAS
            for text in synthetic.make(dpia).texts.values()
            if column in text.column_names
        ]
        cells = [cell for cells in every for cell in cells]

        assert cells
        assert [cell for cell in cells if not re.fullmatch(IMPOSSIBLE[column], cell)] == []

    def test_a_police_number_has_its_check_letter(self):
        numbers = synthetic.make("fod").texts["crc"]["pncid"].to_pylist()

        assert len(set(numbers)) == len(numbers) > 0
        assert [number for number in numbers if not has_pnc_number(number)] == []

    @pytest.mark.parametrize("looks_like", REAL_LOOKING)
    def test_no_other_cell_looks_like_one(self, made, looks_like):
        others = [text[name] for text in made.texts.values() for name in text.column_names if name not in IMPOSSIBLE]
        cells = {cell for column in others for cell in column.unique().to_pylist() if cell}

        assert [cell for cell in cells if re.search(REAL_LOOKING[looks_like], cell)] == []

    def test_no_gang_has_a_name(self):
        assert set(synthetic.make("lge").texts["cms_referrals"]["gang_name_if_known"].to_pylist()) == {None}


class TestPeople:
    def test_no_woman_is_referred_before_her_borough_has_rolled_out(self):
        women = rows(synthetic.make("fod"), "advance_referrals_in")

        assert [w["referral_id"] for w in women if w["date_referral_received"] < ROLLED_OUT[w["area"]]] == []

    def test_a_woman_is_referred_on_the_day_of_the_first_roll_out(self):
        women = rows(synthetic.make("fod"), "advance_referrals_in")

        assert ROLLED_OUT["Camden"] in {woman["date_referral_received"] for woman in women}

    @pytest.mark.parametrize(
        ("dpia", "born", "referred", "age"),
        [
            (
                "fod",
                ("advance_referrals_in", "date_of_birth"),
                ("advance_referrals_in", "date_referral_received"),
                ("advance_referrals_in", "age"),
            ),
            (
                "lge",
                ("cms_clients", "date_of_birth"),
                ("cms_referrals", "referral_date_and_time"),
                ("cms_clients", "age_at_point_of_referral"),
            ),
        ],
    )
    def test_an_age_agrees_with_the_date_of_birth_on_the_day_of_referral(self, dpia, born, referred, age):
        made = synthetic.make(dpia)
        births, days, ages = (made.texts[table][column].to_pylist() for table, column in (born, referred, age))

        wrong = [
            row
            for row, cells in enumerate(zip(births, days, ages, strict=True), 1)
            if years(*cells[:2]) != int(cells[2])
        ]

        assert wrong == []

    def test_a_young_person_is_of_sixteen_to_twenty_four(self):
        ages = {int(row["age_at_point_of_referral"]) for row in rows(synthetic.make("lge"), "cms_clients")}

        assert (min(ages), max(ages)) == (16, 24)

    def test_a_woman_is_eighteen_or_older(self):
        assert min(int(row["age"]) for row in rows(synthetic.make("fod"), "advance_referrals_in")) == 18


def years(born: str, on: str) -> int:
    """The whole years from one day to another."""
    birth, day = date.fromisoformat(born), date.fromisoformat(on[:10])
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class TestWithdrawals:
    @pytest.fixture(params=[(dpia, seed) for dpia in DPIAS for seed in (synthetic.SEED, *OTHER_SEEDS)])
    def made(self, request) -> ExtractSet:
        return synthetic.make(*request.param)

    @pytest.fixture
    def began(self, made) -> dict[str, datetime]:
        return {row["analysis_id"]: datetime.fromisoformat(row["started_at"]) for row in rows(made, "analyses")}

    @pytest.fixture
    def noes(self, made) -> dict[str, datetime]:
        kind = KIND_OF_NO[made.facts.dpia]
        return {
            row["client_id"]: datetime.fromisoformat(row["received_at"])
            for row in rows(made, "withdrawals")
            if row["kind"] == kind
        }

    @pytest.fixture
    def came(self, made) -> dict[str, list[str]]:
        """The days of the extracts that hold each person."""
        held = defaultdict(list)
        for row in rows(made, "extract_cases"):
            held[row["client_id"]].append(row["delivered_on"])
        return held

    @pytest.fixture
    def referred(self, made) -> dict[str, str]:
        if made.facts.dpia == "fod":
            return {row["client_id"]: row["date_referral_received"] for row in rows(made, "advance_referrals_in")}
        days = made.texts["cms_referrals"]["referral_date_and_time"].to_pylist()
        return {f"C{number:06d}": day[:10] for number, day in enumerate(days, start=1)}

    def test_what_the_provider_sent_of_a_person_is_of_no_later_day_than_the_last_extract(self, made, noes, came):
        if made.facts.dpia == "lge":
            pytest.skip("its tables have no number of the client")
        for name in (table for table in made.schemas if table.startswith("advance_")):
            dates = [column for column, is_of in made.schemas[name].columns.items() if is_of.type == "date"]
            for row in rows(made, name):
                if row["client_id"] in noes:
                    assert max(row[column] or "" for column in dates) <= max(came[row["client_id"]])

    def test_a_person_is_in_no_analysis_that_began_after_their_no(self, made, began, noes):
        cases = rows(made, "analysis_cases")

        assert [c for c in cases if c["client_id"] in noes and began[c["analysis_id"]] > noes[c["client_id"]]] == []

    def test_a_person_is_in_every_analysis_after_their_first_extract_and_before_the_no(self, made, began, noes, came):
        cases = {(row["analysis_id"], row["client_id"]) for row in rows(made, "analysis_cases")}

        owed = {
            (analysis, client)
            for analysis, moment in began.items()
            for client, no in noes.items()
            if min(came[client]) <= moment.date().isoformat() and moment <= no
        }

        assert owed
        assert owed <= cases

    def test_everybody_in_an_analysis_was_in_an_extract_that_came_before_it(self, made, began, came):
        cases = rows(made, "analysis_cases")

        assert cases
        assert [c for c in cases if min(came[c["client_id"]]) > began[c["analysis_id"]].date().isoformat()] == []

    def test_whoever_says_no_to_london_gang_exit_is_on_the_service_then(self, made):
        if made.facts.dpia == "fod":
            pytest.skip("the women can say no after their service, too")
        stays = {row["client_id"]: (row["joined_on"], row["left_on"] or "9999") for row in rows(made, "service_users")}

        for no in rows(made, "withdrawals"):
            joined, left = stays[no["client_id"]]

            assert joined <= no["received_at"][:10] <= left

    def test_nobody_says_no_twice_or_before_an_extract_told_of_them(self, made, came):
        noes = rows(made, "withdrawals")

        assert len({no["client_id"] for no in noes}) == len(noes)
        assert [no for no in noes if min(came[no["client_id"]]) > no["received_at"][:10]] == []

    def test_nobody_says_no_before_being_referred(self, made, referred):
        noes = rows(made, "withdrawals")

        assert len(noes) > 8
        assert [no for no in noes if no["received_at"][:10] <= referred[no["client_id"]]] == []

    def test_a_person_disappears_from_later_extracts(self, noes, came):
        days = {day for held in came.values() for day in held}

        later = {client: {day for day in days if day > no.date().isoformat()} for client, no in noes.items()}

        assert any(later.values())
        assert [client for client in noes if later[client] & set(came[client])] == []

    def test_a_key_holds_nobody_of_whom_no_extract_had_told(self, made, came):
        keyed = [(row["client_id"], row["keyed_on"]) for row in rows(made, "pseudonyms")]

        assert [client for client, on in keyed if min(came[client]) > on] == []

    def test_a_person_disappears_from_later_keys(self, made, noes):
        keyed = [(row["client_id"], row["keyed_on"]) for row in rows(made, "pseudonyms")]

        assert [client for client, on in keyed if client in noes and on <= noes[client].date().isoformat()]
        assert [client for client, on in keyed if client in noes and on > noes[client].date().isoformat()] == []

    def test_whoever_says_no_of_any_kind_disappears_from_later_lists_of_people_to_ask(self, made, referred):
        noes = {row["client_id"]: row["received_at"][:10] for row in rows(made, "withdrawals")}
        listed = [(row["client_id"], row["listed_on"]) for row in rows(made, "contact_lists")]

        assert [client for client, on in listed if noes.get(client) == on]
        assert [client for client, on in listed if on > noes.get(client, "9999")] == []
        assert [client for client, on in listed if on < referred[client]] == []

    def test_a_person_stays_in_earlier_reports(self, made, noes):
        reported = {row["analysis_id"]: row["reported_on"] for row in rows(made, "analyses")}

        earlier = [
            case
            for case in rows(made, "analysis_cases")
            if case["client_id"] in noes and reported[case["analysis_id"]] < noes[case["client_id"]].date().isoformat()
        ]

        assert len({case["client_id"] for case in earlier}) > len(noes) // 2
        assert [case for case in earlier if case.get("taken_out_on")] == []

    def test_one_no_comes_in_the_very_instant_that_an_analysis_begins(self, began, noes):
        assert set(noes.values()) & set(began.values())

    def test_a_person_who_only_did_not_want_to_be_contacted_stays_in(self, made, began):
        objections = [row for row in rows(made, "withdrawals") if row["kind"] == "objection to contact"]
        cases = {(row["client_id"], row["analysis_id"]) for row in rows(made, "analysis_cases")}

        used_later = [
            row
            for row in objections
            for analysis, moment in began.items()
            if moment > datetime.fromisoformat(row["received_at"]) and (row["client_id"], analysis) in cases
        ]

        assert used_later

    def test_nobody_is_in_an_analysis_that_began_before_their_referral(self, made, began, referred):
        cases = rows(made, "analysis_cases")

        assert [c for c in cases if referred[c["client_id"]] > began[c["analysis_id"]].date().isoformat()] == []


class TestOnTheBoundary:
    def elapsed(self, made: ExtractSet) -> list[tuple[datetime, timedelta]]:
        """When each personal data breach was detected, and how long it took to tell the regulator."""
        told = [row for row in rows(made, "breaches") if row["ico_told_at"]]
        moments = [(datetime.fromisoformat(r["detected_at"]), datetime.fromisoformat(r["ico_told_at"])) for r in told]
        return [(found, end - found) for found, end in moments]

    def test_a_breach_is_told_at_exactly_72_elapsed_hours_across_a_clock_change(self, made):
        limit = timedelta(hours=72)

        across = [
            found
            for found, took in self.elapsed(made)
            if took == limit and found.utcoffset() != (found + limit).astimezone(LONDON).utcoffset()
        ]

        assert across

    def test_no_breach_is_told_later(self, made):
        assert max(took for _, took in self.elapsed(made)) == timedelta(hours=72)

    def test_a_clearance_is_used_on_the_day_it_expires(self, made):
        expiring = {(row["cleared_person"], row["expires_on"]) for row in rows(made, "clearances")}

        used = {(row["person_id"], row["accessed_at"][:10]) for row in rows(made, "access_log")}

        assert expiring & used

    def test_a_use_half_an_hour_after_midnight_in_summer_is_on_that_day(self, made):
        expiring = {row["expires_on"] for row in rows(made, "clearances")}

        assert [
            row
            for row in rows(made, "access_log")
            if row["accessed_at"][11:] == "00:30+01:00" and row["accessed_at"][:10] in expiring
        ]

    def test_an_interview_begins_in_the_instant_that_the_person_agrees(self, made):
        assert [row for row in rows(made, "interviews") if row["agreed_at"] == row["began_at"]]

    def test_material_is_last_used_in_the_instant_of_the_no(self, made):
        assert [row for row in rows(made, "interviews") if row["opted_out_at"] == row["last_used_at"] is not None]

    def test_every_instant_has_the_offset_of_london(self, made):
        instants = [
            cell
            for table in made.schemas.values()
            for column in table.columns.values()
            if column.type == "instant"
            for cell in made.texts[table.name][column.column].to_pylist()
            if cell
        ]

        wrong = [
            cell
            for cell in instants
            if (at := datetime.fromisoformat(cell)).utcoffset() != at.astimezone(LONDON).utcoffset()
        ]

        assert wrong == []

    def test_nothing_in_a_log_happened_after_the_set_was_taken(self, made):
        moments = [
            (table.name, column.column)
            for table in made.schemas.values()
            for column in table.columns.values()
            if column.standing == "register" and column.type in {"date", "instant"} and column.column != "expires_on"
            for cell in made.texts[table.name][column.column].to_pylist()
            if cell and cell[:10] > made.facts.taken_on
        ]

        assert moments == []


class TestIndependence:
    def test_the_generator_imports_nothing_of_the_checks(self):
        folder = Path(synthetic.__file__).parent
        names = {name for path in folder.rglob("*.py") for name in imported(path)}

        assert "dpia_checks.records" in names
        assert [name for name in names if name.startswith(("dpia_checks.checks", "dpia_checks.rules"))] == []

    @pytest.mark.parametrize(
        "line",
        ["from dpia_checks import checks", "import dpia_checks.checks.breach", "from dpia_checks.checks import x"],
    )
    def test_an_import_of_the_checks_would_be_seen(self, tmp_path, line):
        (tmp_path / "made.py").write_text(line, encoding="utf-8")

        assert [name for name in imported(tmp_path / "made.py") if name.startswith("dpia_checks.checks")]


def imported(path: Path) -> list[str]:
    """The full name of everything that *path* imports, and of the modules it imports it from."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return [*modules, *(str(node.module) for node in froms), *(f"{n.module}.{a.name}" for n in froms for a in n.names)]


class TestTheRecordsAgree:
    """What one table says of a woman, no other contradicts."""

    @pytest.fixture
    def made(self):
        return synthetic.make("fod").texts

    @pytest.mark.parametrize(
        ("ours", "theirs"),
        [
            ("forename", "first_name"),
            ("surname", "surname"),
            ("date_of_birth", "date_of_birth"),
            ("ethnicity", "ethnicity"),
        ],
    )
    def test_the_crc_says_of_a_client_what_advance_says(self, made, ours, theirs):
        women = dict(
            zip(*(made["advance_referrals_in"][name].to_pylist() for name in ("client_id", ours)), strict=True)
        )
        crc = zip(*(made["crc"][name].to_pylist() for name in ("client_id", theirs)), strict=True)

        shared = [(women[client], value) for client, value in crc if client in women]

        assert shared
        assert [pair for pair in shared if pair[0] != pair[1]] == []

    @pytest.mark.parametrize(
        ("table", "first", "then"),
        [
            ("crc", "offence_date", "sentence_date"),
            ("crc", "sentence_date", "expected_term_date"),
            ("advance_criminal_background", "date_of_offence", "conviction_date"),
            ("advance_criminal_background", "conviction_date", "date_recorded"),
        ],
    )
    def test_things_happen_in_order(self, made, table, first, then):
        pairs = zip(made[table][first].to_pylist(), made[table][then].to_pylist(), strict=True)

        assert [pair for pair in pairs if pair[0] >= pair[1]] == []

    @pytest.mark.parametrize(
        ("table", "column"),
        [("advance_interventions", "case_note_date"), ("advance_referrals_out", "date_referred_to_other_agency")],
    )
    def test_nothing_is_noted_before_the_referral(self, made, table, column):
        referred = dict(
            zip(
                *(made["advance_referrals_in"][n].to_pylist() for n in ("client_id", "date_referral_received")),
                strict=True,
            )
        )
        noted = zip(*(made[table][name].to_pylist() for name in ("client_id", column)), strict=True)

        assert [client for client, on in noted if on < referred[client]] == []
