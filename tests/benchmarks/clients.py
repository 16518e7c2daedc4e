"""
Make a client extract of any size, 40 columns, for measuring. Everybody in it is invented.

It is drawn and written block by block, so that memory does not grow with the rows, and a block is the same whatever
the size. One row in 20,000 breaks one of eight rules, in turn: every tool that is measured must count the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measured import Measured, cpu

SEED, BLOCK, ODD = 20240601, 125_000, 20_000
FIRST = ("Ash", "Birch", "Cedar", "Elder", "Fern", "Hazel", "Heather", "Holly", "Iris", "Ivy", "Juniper", "Rowan")
LAST = ("Basalt", "Chalk", "Flint", "Gneiss", "Granite", "Limestone", "Marble", "Quartz", "Schist", "Slate", "Tuff")
ETHNICITIES = [*(f"Group {letter}" for letter in "ABCDEFGHIJKLMNOPQR"), "Other", "Not stated"]
RELIGIONS = ["None", *(f"Religion {letter}" for letter in "ABCDEFG"), "Not stated"]
BOROUGHS = [f"Borough {number:02d}" for number in range(1, 34)]
DISTRICTS = [f"ZZ{number}" for number in range(1, 10)] + ["Z1A", "Z2", "ZZ9X"]
STATUSES = ["Open", "Closed - planned", "Closed - unplanned", "Not engaged"]
NEEDED_HELP = ("home", "finance", "mental_health", "drugs", "alcohol", "abuse", "parenting", "work", "views", "health")
NEEDS = [f"need_{what}" for what in NEEDED_HELP]
SCORES = [f"score_{what}_{when}" for what in ("safety", "wellbeing", "coping") for when in ("t1", "t2")]
WORDS = {
    "first_name": FIRST,
    "last_name": LAST,
    "gender": ["Female"],
    "ethnicity": ETHNICITIES,
    "religion": RELIGIONS,
    "sexual_orientation": ["One", "Another", "Not stated"],
    "disability": ["Yes", "No", "Not stated"],
    "borough": BOROUGHS,
    "postcode_district": DISTRICTS,
    "referral_source": ["Police custody", "Probation", "Self", "Court", "Local authority"],
    "case_status": STATUSES,
    **{name: ["Yes", "No"] for name in NEEDS},
    "offence_type": ["Theft", "Fraud", "Public order", "Criminal damage"],
    "disposal": ["Conditional caution", "Community order", "No further action"],
    "consent": ["Yes"],
    "opt_out": ["No"],
}
"""The columns of words, and what may stand in each."""
WINDOW = (date(2022, 4, 1), date(2025, 3, 31))
BORN = (date(1920, 1, 1), date(2007, 12, 31))
ADULT = 6574
"""How many days old somebody is on their eighteenth birthday, at the least."""
COLUMNS = (
    *("client_id", "ref_no", "first_name", "last_name", "dob", "age", "gender", "ethnicity", "religion"),
    *("sexual_orientation", "disability", "borough", "postcode_district", "referral_date", "referral_source"),
    *("start_date", "end_date", "case_status", *NEEDS, *SCORES, "offence_type", "offence_date", "arrest_date"),
    *("disposal", "consent", "opt_out"),
)
_HEX = np.frombuffer(b"0123456789ABCDEF", dtype="S1")


def day_number(day: date) -> int:
    """Return the days from 1970 to *day*."""
    return (day - date(1970, 1, 1)).days


def blocks(rows: int, seed: int = SEED) -> Iterator[pa.Table]:
    """Yield the extract block by block."""
    for number, start in enumerate(range(0, rows, BLOCK)):
        yield block(number, min(BLOCK, rows - start), seed)


def block(number: int, rows: int, seed: int = SEED) -> pa.Table:
    """Return one block: *rows* people, numbered on from those of the blocks before it."""
    draw = np.random.default_rng([seed, number])
    at = np.arange(number * BLOCK, number * BLOCK + rows, dtype=np.int64)
    odd = [np.flatnonzero(at % ODD == kind) for kind in range(8)]
    cells: dict[str, pa.Array] = {
        "client_id": _codes("MIN-", at * 2654435761 % 2**32),
        "ref_no": _codes("R", (at * 2246822519 + 374761393) % 2**32),
    }
    for name, words in WORDS.items():
        strange = {"gender": (3, "Male"), "consent": (4, "No"), "opt_out": (5, "Yes")}.get(name)
        cells[name] = _words(draw, words, rows, *(odd[strange[0]], strange[1]) if strange else (odd[0][:0], ""))
    for name in SCORES:
        score = draw.integers(1, 11, rows, dtype=np.int8)
        score[odd[7] if name == SCORES[0] else odd[7][:0]] = 11
        cells[name] = pa.array(score)
    cells |= _days(draw, rows, odd)
    return pa.table({name: cells[name] for name in COLUMNS})


def _days(draw: np.random.Generator, rows: int, odd: Sequence[np.ndarray]) -> dict[str, pa.Array]:
    referred = draw.integers(day_number(WINDOW[0]), day_number(WINDOW[1]) + 1, rows, dtype=np.int32)
    age = draw.integers(ADULT + 2, 23_700, rows, dtype=np.int32)
    age[odd[0]] = 6_209
    arrested = referred - draw.integers(0, 60, rows, dtype=np.int32)
    offended = arrested - draw.integers(0, 200, rows, dtype=np.int32)
    started = referred + draw.integers(0, 30, rows, dtype=np.int32)
    ended = started + draw.integers(7, 400, rows, dtype=np.int32)
    is_open = draw.integers(0, 10, rows, dtype=np.int8) < 3
    born = np.minimum(referred - age, day_number(BORN[1]))
    ended[odd[1]], is_open[odd[1]] = started[odd[1]] - 3, False
    offended[odd[2]] = arrested[odd[2]] + 5
    referred[odd[6]] = day_number(date(2022, 3, 31))
    dates = {"dob": born, "referral_date": referred, "start_date": started, "end_date": ended}
    dates |= {"offence_date": offended, "arrest_date": arrested}
    made = {name: pa.array(days, mask=is_open if name == "end_date" else None) for name, days in dates.items()}
    years = ((referred - born) / 365.25).astype(np.int16)
    return {**{name: cells.cast(pa.date32()) for name, cells in made.items()}, "age": pa.array(years)}


def _words(draw: np.random.Generator, words: list[str], rows: int, odd: np.ndarray, strange: str) -> pa.Array:
    every = [*words, strange] if strange else words
    chosen = draw.integers(0, len(words), rows, dtype=np.int8) if len(words) > 1 else np.zeros(rows, np.int8)
    chosen[odd] = len(words)
    return pa.DictionaryArray.from_arrays(pa.array(chosen), pa.array(every))


def _codes(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Return each of *numbers*, below 2 to the 32nd, as eight hexadecimal digits after *prefix*."""
    width = len(prefix) + 8
    letters = np.empty((len(numbers), width), dtype="S1")
    letters[:, : len(prefix)] = np.frombuffer(prefix.encode(), dtype="S1")
    letters[:, len(prefix) :] = _HEX[(numbers[:, None] >> np.arange(28, -4, -4)) & 15]
    ends = np.arange(0, (len(numbers) + 1) * width, width, dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(numbers), [None, pa.py_buffer(ends), pa.py_buffer(letters.tobytes())])


def schema() -> pa.Schema:
    """Return the types of the columns as the file has them: words are plain text to whoever reads it."""
    made = block(0, 1).schema
    plain = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in made]
    return pa.schema([pa.field(name, type) for name, type in zip(made.names, plain, strict=True)])


def write(path: Path, rows: int) -> None:
    """Write an extract of so many *rows*, a block at a time."""
    with pq.ParquetWriter(path, block(0, 1).schema, store_schema=False) as file:
        for made in blocks(rows):
            file.write_table(made)


def main(path: Path, rows: int) -> None:
    """Write the extract, then the same columns once more, and say what the whole and the bare writing cost."""
    with Measured("made") as whole:
        write(path, rows)
    bare = 0.0
    with pq.ParquetWriter(path.with_suffix(".again"), schema()) as file:
        for made in blocks(rows):
            ready = made.cast(schema())
            began = cpu()
            file.write_table(ready)
            bare += cpu() - began
    path.with_suffix(".again").unlink()
    print(json.dumps({**whole.said, "write_cpu": round(bare, 3)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(float(sys.argv[2])))
