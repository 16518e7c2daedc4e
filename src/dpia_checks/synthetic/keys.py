"""
What stands in place of a name: the pseudonyms in police data, their keys, and the words in notes for analysts.

A key holds clients of the last extract before its file was taken, and nobody who had said no by then. On the
boundary: two pseudonyms of a file have numbers one after the other, as chance may have it, and no three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dpia_checks.synthetic.draws import uniform
from dpia_checks.synthetic.registers import Calendar, Row

IN_A_FILE = 40
NOTES = (
    "Came to each session in May and asked for more",
    "[Name] moved away from Victoria station, and travel took too long",
    "Ms Slate of the housing team found a place within a week",
    "Letters were too long; a call the day before worked",
    "[Name] said that the key worker changed twice",
)
"""What the case notes say of the service once nobody is in them; Slate is the name of a worker, and of clients."""
DIGITS = 10**9


def made(
    lines: Mapping[str, list[Row]], folder: str, seed: int, there: Callable[[date], list[str]], extracts: Sequence[date]
) -> dict[str, list[Row]]:
    """
    Return a key for each file from police systems, and its pseudonyms.

    Those are of clients who were *there* on its day, and on the day of the last of *extracts* by then: nobody else is
    known.
    """
    files = [str(row["police_file_id"]) for row in lines["police_files"]]
    days = [date.fromisoformat(str(row["downloaded_at"])[:10]) for row in lines["police_files"]]
    draw = uniform(seed, "pseudonyms", "pseudonym", IN_A_FILE * len(files))
    numbers = [int(share * DIGITS) for share in draw]
    numbers[1:2] = [numbers[0] + 1]
    return {
        "pseudonym_keys": [
            {
                "key_id": f"KEY-{file}",
                "key_of_file": file,
                "key_folder": f"{folder}/keys",
                "data_folder": f"{folder}/working",
            }
            for file in files
        ],
        "pseudonyms": [
            {
                "pseudonym_line_id": f"PS-{number:04d}",
                "pseudonym_key": f"KEY-{file}",
                "pseudonym": f"{numbers[number]:09d}",
                "client_id": client,
                "keyed_on": on,
            }
            for turn, (file, on) in enumerate(zip(files, days, strict=True))
            for number, client in enumerate(_known(there, extracts, on)[:IN_A_FILE], start=IN_A_FILE * turn)
        ],
    }


def _known(there: Callable[[date], list[str]], extracts: Sequence[date], on: date) -> list[str]:
    told = set(there(max(day for day in extracts if day <= on)))
    return [client for client in there(on) if client in told]


def notes(calendar: Calendar) -> list[Row]:
    """Return the case notes that analysts hold, as many for each analysis, with nobody in them."""
    return [
        {"note_id": f"AN-{number:02d}-N{turn}", "note_for_analysis": f"AN-{number:02d}", "note_text": words}
        for number in range(1, len(calendar.analyses) + 1)
        for turn, words in enumerate(NOTES, start=1)
    ]
