"""
Where the made-up data lies: the asset register and what is really in the folders, media, dictaphones, desks, hosts.

Each sits on the boundary of the promises it serves: a file registered on the day on which it is listed, or
still listed on the day it went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dpia_checks.synthetic import devices
from dpia_checks.synthetic.agreements import UNITED
from dpia_checks.synthetic.matching import BETWEEN, FOD_MATCHED
from dpia_checks.synthetic.registers import Calendar, Row, first_talk

Lines = dict[str, list[Row]]
DRIVE = "S:/Evidence and Insight"
CONSULTED = "public consultation research"
PILOT_OVER = date(2022, 9, 30)
"""The last day of the month in which the diversion pilot finishes; the document names the month."""
KEPT_FOR = 8
FOD_ASKED = (("stakeholder", 24), ("staff", 27), ("stakeholder", 30), ("staff", 33))
LGE_ASKED = (("stakeholder", 34), ("staff", 27), ("stakeholder", 33), ("stakeholder", 33))
"""Who was asked in each survey online, and how many answered."""
"""Years for which a consultation is kept."""
COPY = "A-COPY"
"""The copy of a file that a backup of the whole drive still holds: it cannot be taken out by itself."""
DETAILED_IN = {"fod": "V5", "lge": "V16"}
"""The version of each assessment that details what is kept for longer."""


def for_fod(lines: Mapping[str, list[Row]], calendar: Calendar) -> Lines:
    """
    Return the registers of the diversion pilot.

    Data of the clients keeps its identity for as long as the pilot lasts, or a matching or the analysis that it came
    for is still to come, so that a no can be honoured, and loses it on the day after; transcripts lose it on the day
    after their last use.
    """
    matching = _file("A-MATCH", "fod/matching/cris.xlsx", "MPS data", calendar.live + timedelta(days=14))
    gone = {"A-MATCH": calendar.over - timedelta(days=1), "A-FORMS": calendar.over, "A-CASES-01": _days(calendar)[2]}
    assets = [
        *_received(calendar, {"CASES": "Female Offender data", "CRC": "CRC data", "NPS": "NPS data"}, "fod"),
        *_between("fod"),
        *_police(lines["police_files"], "fod"),
        {**matching, "held_on": "AWARE"},
        *_kept(calendar, lines, "fod"),
    ]
    begins = [moment.date() for moment in calendar.analyses]
    talked = max(date.fromisoformat(str(row["last_used_at"])[:10]) for row in lines["interviews"])
    for number, row in enumerate(assets):
        whole = row["personal"] == "no" or row["asset_id"] in {"A-MATCH", "A-PANEL", "A-FORMS", COPY}
        next_one = min(on for on in begins if on >= _day(row["recorded_on"]))
        needed = talked if row["data_set"] == "bespoke data" else max(PILOT_OVER, FOD_MATCHED[-1], next_one)
        out = needed + timedelta(days=1)
        ended = _ended(calendar, gone.get(str(row["asset_id"])))
        stays = whole or str(ended["disposed_on"] or "a") <= out.isoformat()
        assets[number] = {**row, **ended, "depersonalised_on": None if stays else out}
    systems = (
        ("SYS-1", "FOUNDATION", "MPS", "GB", "London", None, "2019-10-01", None),
        ("SYS-2", "AWARE", "MPS", "GB", "London", None, "2019-10-01", None),
        ("SYS-3", "survey portal", "ORS", "GB", "Wales", None, "2019-11-04", "2020-10-04"),
        ("SYS-4", "case tracking", "Advance", "IE", "Ireland", "cloud provider", "2019-10-01", None),
        ("SYS-5", "survey portal", "ORS", "GB", "Wales", "cloud provider", "2020-10-05", "2023-03-31"),
    )
    keys = [{**row, **_ended(calendar, calendar.over)} for row in _keys(lines)]
    return _all([*assets, *_consultations(calendar)], keys, lines, calendar, "Datashare", systems, FOD_ASKED)


def for_lge(lines: Mapping[str, list[Row]], calendar: Calendar) -> Lines:
    """Return the registers of London Gang Exit: assessed on the day it concludes, and deleted in the days after."""
    assets = [
        *_received(calendar, {"CMS": "LGE data"}, "lge"),
        *_police(lines["police_files"], "lge"),
        *_kept(calendar, lines, "lge"),
    ]
    early = {"A-CMS-01": calendar.over - timedelta(days=40), "A-PF-02": _days(calendar)[1]}
    for number, row in enumerate(assets):
        id = str(row["asset_id"])
        gone = None if id in {"A-PANEL", COPY} else early.get(id, calendar.over + timedelta(days=number))
        assets[number] = {**row, **_ended(calendar, gone), "assessed_on": None if id in early else calendar.over}
    systems = (
        ("SYS-1", "FOUNDATION", "MPS", "GB", "London", None, "2016-02-01", None),
        ("SYS-2", "Lamplight", "Safer London", "IE", "Ireland", "cloud provider", "2016-02-01", None),
        ("SYS-3", "survey portal", "ORS", "GB", "Wales", None, "2017-01-16", "2020-06-30"),
    )
    began = len(assets)
    added: list[Row] = [*_keys(lines), *_from_the_police(lines["transfers"], "lge")]
    for number, row in enumerate(added, start=began):
        gone = calendar.over + timedelta(days=number)
        added[number - began] = {**row, **_ended(calendar, gone), "assessed_on": calendar.over}
    return _all([*assets, *_consultations(calendar)], added, lines, calendar, "Datashur", systems, LGE_ASKED)


def _ended(calendar: Calendar, gone: date | None) -> Row:
    return {"concluded_on": calendar.over, "disposed_on": gone}


def _day(cell: object) -> date:
    assert isinstance(cell, date)
    return cell


def _all(
    assets: Sequence[Row],
    added: Sequence[Row],
    lines: Mapping[str, list[Row]],
    calendar: Calendar,
    model: str,
    systems: Sequence[tuple[str | None, ...]],
    asked: Sequence[tuple[str, int]],
) -> Lines:
    """Return the registers of the *assets*, and of those that are *added* at the end of each."""
    names = ("system_id", "system_name", "operator", "hosted_in", "region", "subprocessor", "in_use_from")
    hosts: list[Row] = [dict(zip((*names, "in_use_until"), line, strict=True)) for line in systems]
    return {
        "assets": [*assets, *added],
        "folder_listings": _listed(assets, added, calendar),
        "workbooks": _inspected(assets, added, calendar.analyses[-1].date()),
        "removable_media": devices.media(model, calendar),
        "recordings": devices.recordings(lines["interviews"]),
        "desk_audits": devices.desk_audits(calendar),
        "hosting": hosts,
        "portal_surveys": devices.portal_surveys(lines["processor_work"], hosts, asked),
    }


def _file(id: str, path: str, data_set: str, recorded: date) -> Row:
    return {
        "asset_id": id,
        "location": f"{DRIVE}/{path}",
        "asset_folder": path.rpartition("/")[0] or None,
        "data_set": data_set,
        "personal": "yes",
        "medium": "file",
        "held_on": "FOUNDATION",
        "area": "Evidence and Insight",
        "recorded_on": recorded,
        "deletable": "yes",
        "exception": "no",
    }


def _received(calendar: Calendar, sent: Mapping[str, str], folder: str) -> list[Row]:
    """One file of each sender for each analysis, registered on the day it came; a company's while there is one."""
    return [
        _file(
            f"A-{name}-{number:02d}",
            f"{folder}/matching/{name.lower()} {number:02d}.xlsx",
            data_set,
            began.date() - calendar.lead,
        )
        for number, began in enumerate(calendar.analyses, start=1)
        for name, data_set in sent.items()
        if data_set != "CRC data" or began.date() - calendar.lead < UNITED
    ]


def _between(folder: str) -> list[Row]:
    """One file for each delivery of cases that no analysis followed at once, registered on the day on which it came."""
    return [
        _file(f"A-CASES-{on:%Y-%m}", f"{folder}/matching/cases {on:%Y-%m}.xlsx", "Female Offender data", on)
        for on in BETWEEN
    ]


def _police(files: Sequence[Row], folder: str) -> list[Row]:
    """
    A file for each download from police systems: without the identity, so no personal data by the register.

    It is registered on the day on which it was stored, or where no register has that, lost the identity.
    """
    return [
        {
            **_file(
                f"A-{row['police_file_id']}",
                f"{folder}/working/{str(row['police_file_id']).lower()}.sav",
                "MPS data",
                date.fromisoformat(str(row.get("stored_at") or row["anonymised_at"])[:10]),
            ),
            "personal": "no",
        }
        for row in files
    ]


def _keys(lines: Mapping[str, list[Row]]) -> list[Row]:
    """
    A file for the key to each download from police systems, registered on the day of the download.

    Until the identity is out of it, the download lies there.
    """
    days = {row["police_file_id"]: date.fromisoformat(str(row["downloaded_at"])[:10]) for row in lines["police_files"]}
    return [
        _file(
            f"A-{row['key_id']}",
            f"{row['key_folder']}/{str(row['key_id']).lower()}.xlsx",
            "MPS data",
            days[row["key_of_file"]],
        )
        for row in lines["pseudonym_keys"]
    ]


def _from_the_police(transfers: Sequence[Row], folder: str) -> list[Row]:
    """One file for each transfer of personal data from the police, registered on the day on which it came."""
    return [
        _file(
            f"A-{row['transfer_id']}",
            f"{folder}/matching/{str(row['transfer_id']).lower()}.xlsx",
            "MPS data",
            date.fromisoformat(str(row["sent_at"])[:10]),
        )
        for row in transfers
        if row["sender"] == "MPS" and row["recipient"] == "MOPAC" and row["personal"] == "yes"
    ]


def _kept(calendar: Calendar, lines: Mapping[str, list[Row]], folder: str) -> list[Row]:
    """
    Transcripts, paper forms, an exception registered on a day of listing, and a copy that nobody can delete.

    The forms are there from the day of the first interview, and the transcripts from the day after it.
    """
    began = calendar.live
    first = first_talk(lines["interviews"])
    forms = _file("A-FORMS", "", "bespoke data", first)
    panel = _file("A-PANEL", f"{folder}/panel/panel.xlsx", "bespoke data", _days(calendar)[0])
    copy = _file(COPY, f"{folder}/backup/backup of the drive", "bespoke data", began + timedelta(days=300))
    return [
        _file("A-TALKS", f"{folder}/interviews/transcripts.docx", "bespoke data", first + timedelta(days=1)),
        {**forms, "location": "room 2, cabinet 4", "medium": "paper", "held_on": "paper store"},
        {**panel, "exception": "yes", "exception_version": DETAILED_IN[folder]},
        {**copy, "deletable": "no"},
    ]


def _consultations(calendar: Calendar) -> list[Row]:
    """
    Two consultations of other projects that MOPAC's register holds too.

    One was disposed of on the last day of its eighth year; the other has that day when the set is taken.
    """
    taken = calendar.taken_on
    last, open_still = (taken.replace(year=taken.year - years) for years in (9, 8))
    return [
        {
            **_file(f"A-CONSULT-{number}", f"consultation/answers {number}.xlsx", CONSULTED, ended),
            "concluded_on": ended,
            "disposed_on": gone,
        }
        for number, ended, gone in (
            (1, last, last.replace(year=last.year + KEPT_FOR)),
            (2, open_still, None),
        )
    ]


def _days(calendar: Calendar) -> list[date]:
    """Return the days on which somebody lists the folders: the last of June each year, and when the set is taken."""
    return [date(year, 6, 30) for year in range(calendar.live.year + 1, calendar.over.year + 1)] + [calendar.taken_on]


def _listed(assets: Sequence[Row], added: Sequence[Row], calendar: Calendar) -> list[Row]:
    """Each file that is there on each day of a listing; those *added* come after the others of every day."""
    rows: list[Row] = []
    for day in _days(calendar):
        rows += _listed_on(day, assets)
        rows.append({"listed_on": day, "file_location": f"{DRIVE}/templates/codebook.docx", "file_personal": "no"})
    rows += [row for day in _days(calendar) for row in _listed_on(day, added)]
    return [{"listing_id": f"LIST-{number:03d}", **row} for number, row in enumerate(rows, start=1)]


def _listed_on(day: date, assets: Sequence[Row]) -> list[Row]:
    there = [row for row in assets if row["medium"] == "file" and _is_there(row, day)]
    return [{"listed_on": day, "file_location": row["location"], "file_personal": _personal(row, day)} for row in there]


def _is_there(row: Row, day: date) -> bool:
    gone = row.get("disposed_on")
    return _day(row["recorded_on"]) <= day and (gone is None or day <= _day(gone))


def _personal(row: Row, day: date) -> object:
    out = row.get("depersonalised_on")
    return "no" if out is not None and _day(out) <= day else row["personal"]


def _inspected(assets: Sequence[Row], added: Sequence[Row], on: date) -> list[Row]:
    """Each workbook that is there on the day of the inspection; two that hold nobody are not really locked."""

    def locked(held: Sequence[Row]) -> list[tuple[object, object, str]]:
        there = [row for row in held if str(row["location"]).endswith(".xlsx") and _is_there(row, on)]
        return [(row["asset_id"], _personal(row, on), "password") for row in there]

    found = [*locked(assets), (None, "no", "sheet protection"), (None, "no", "none"), *locked(added)]
    return [
        {
            "workbook_id": f"W-{number:03d}",
            "inspected_on": on,
            "workbook_asset": asset,
            "workbook_personal": personal,
            "protection": protection,
        }
        for number, (asset, personal, protection) in enumerate(found, start=1)
    ]
