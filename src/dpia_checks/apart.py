"""
Parse workbooks, files of SPSS and footers of Parquet in a process of its own: ``python -P -m dpia_checks.apart``.

The libraries that know these formats are not written in Python, and a broken file can bring their process down. This
one takes the file on standard input and gives JSON on standard output, or ends with another exit code than 0. What
it says on the way nobody hears, and it leaves no core file. It imports little, since it starts anew for each file.
"""

from __future__ import annotations

import datetime
import io
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

LONGEST = 3600
"""Seconds after which a file is given up."""
LARGEST, MEMORY = 2**31, 2**34
"""The cells that a file of SPSS may have, and the bytes that the process may ask for."""
DAY, INSTANT = "day", "instant"


class Broken(Exception):
    """The process ended without a result."""


def parse(content: bytes, what: str, *words: str) -> Any:
    """
    Return what the function of :data:`PARSERS` that *what* names makes of *content*, from a process of its own.

    Raises:
        Broken: It made nothing.
    """
    command = [sys.executable, "-P", "-m", "dpia_checks.apart", what, *words]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST, check=False)
        if done.returncode:
            raise Broken
        return json.loads(done.stdout, object_hook=_value)
    except (OSError, ValueError, RecursionError, subprocess.TimeoutExpired):
        raise Broken from None


def workbook(content: bytes, name: str, rows: str = "all") -> dict[str, Any]:
    """
    Return how many sheets a workbook has, and the rows of the one called *name* or the only one, if any is.

    Where *rows* is ``first``, the first alone comes back.
    """
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names
    chosen = [sheet for sheet in names if sheet.casefold() == name] or (names if len(names) == 1 else [])
    if len(chosen) != 1:
        return {"sheets": len(names), "rows": None}
    most = 1 if rows == "first" else None
    return {"sheets": 1, "rows": book.get_sheet_by_name(chosen[0]).to_python(skip_empty_area=False, nrows=most)}


def spss_header(content: bytes) -> dict[str, Any]:
    """
    Return what a file of SPSS says of itself.

    Raises:
        Broken: It says that it has more rows than bytes, where a row takes one at least; or too many cells; or a
            column has no name.
    """
    import pyreadstat

    warnings.simplefilter("ignore")
    _, facts = pyreadstat.read_sav(io.BytesIO(content), metadataonly=True, output_format="dict")
    rows = facts.number_rows or 0
    if rows > len(content) or rows * len(facts.column_names) > LARGEST or not all(facts.column_names):
        raise Broken
    return {
        "rows": rows,
        "header": list(facts.column_names),
        "shown": facts.original_variable_types,
        "labels": {name: list(labels.items()) for name, labels in facts.variable_value_labels.items()},
    }


def spss(content: bytes) -> dict[str, Any]:
    """
    Return the columns of a file of SPSS, numbers and text, and what it says of itself.

    Raises:
        Broken: As :func:`spss_header` does; or it holds other columns, or another number of rows, than it says.
    """
    import pyreadstat

    said = spss_header(content)
    options = {"disable_datetime_conversion": True, "output_format": "dict"}
    columns, _ = pyreadstat.read_sav(io.BytesIO(content), **options)
    if list(columns) != said["header"] or any(len(values) != said["rows"] for values in columns.values()):
        raise Broken
    return {**said, "columns": [list(values) for values in columns.values()]}


def footer(content: bytes, path: str) -> dict[str, Any]:
    """Return nothing, once the footer of the Parquet file at *path* has been read; it is not sent, being too big."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        meta = file.metadata
        groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
        for part in (group.column(at).statistics for group in groups for at in range(meta.num_columns)):
            if part is not None and part.has_min_max:
                min(part.min, part.max)
    return {}


PARSERS: dict[str, Callable[..., dict[str, Any]]] = {
    "workbook": workbook,
    "spss-header": spss_header,
    "spss": spss,
    "footer": footer,
}


def _said(value: Any) -> Any:
    """Return *value*, for which JSON has no word, in words of JSON."""
    if isinstance(value, datetime.date):
        return {INSTANT if isinstance(value, datetime.datetime) else DAY: value.isoformat()}
    return value.item() if hasattr(value, "item") else str(value)


def _value(said: dict[str, Any]) -> Any:
    if list(said) == [DAY]:
        return datetime.date.fromisoformat(said[DAY])
    return datetime.datetime.fromisoformat(said[INSTANT]) if list(said) == [INSTANT] else said


def _bound() -> None:
    """Leave no core file, and do not ask for all the memory there is; Windows has neither bound."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _main(what: str, *words: str) -> None:
    _bound()
    made = PARSERS[what](sys.stdin.buffer.read(), *words)
    sys.stdout.buffer.write(json.dumps(made, default=_said).encode())


if __name__ == "__main__":
    _main(*sys.argv[1:])
