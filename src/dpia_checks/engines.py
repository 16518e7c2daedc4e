"""
The one seam between the checks and the engine that holds a table: pandas, polars, DuckDB or Spark.

Here alone an engine is named. A table of text goes to its engine as it is; a Parquet file is scanned where it lies,
so that a check reads its own columns and nothing else, and each kind of column becomes one type on every engine:
text, 64-bit numbers, or a time in UTC without a time zone. Every frame has ``row``.

Sessions are set to Europe/London. DuckDB writes nothing to disk; what Spark writes there is encrypted, in a folder of
its own. Nothing but Spark touches the network, and that talks to nobody but itself.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from typing import Any

import narwhals as nw
import pyarrow as pa
from narwhals.exceptions import ComputeError

from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.extras import ENGINES
from dpia_checks.parquet_tables import ANSWER, DAY, FRACTION, INSTANT, MOMENT, TEXT, WHOLE, ParquetTable, of_address
from dpia_checks.silence import silenced
from dpia_checks.spark_session import LONDON, session
from dpia_checks.violations import KEYED

SCANNING = ("polars", "duckdb", "spark")
"""The engines that scan a Parquet file where it lies. On pandas it is read as text like any other file."""
MODULES = {"polars": "polars", "duckdb": "duckdb", "spark": "pyspark"}
SPARK_KINDS = {
    "string": TEXT,
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), WHOLE),
    **dict.fromkeys(("float", "double"), FRACTION),
    "date": DAY,
    "timestamp_ntz": MOMENT,
    "timestamp": INSTANT,
    "boolean": ANSWER,
}
"""The kind of column that each type of Spark's is."""
ROW = "row"
TOLD = "_told"
PATTERN = re.compile(r"[\[\]{}*?\\]")
"""What an engine would take for a pattern in the path of a file: it would read whichever files match."""

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]


def refuse_absent(engine: str) -> None:
    """
    Refuse an *engine* that is not on this machine.

    Raises:
        ExtractsUnusable: Its extra is not installed, or Spark has no Java.
    """
    module = MODULES.get(engine)
    if module and find_spec(module) is None:
        what = f"the engine {engine} is not installed"
        raise ExtractsUnusable([Problem("--engine", what, f"Install dpia_checks[{engine}]")])
    if engine == "spark" and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        what = "the engine spark needs Java, and there is none"
        raise ExtractsUnusable([Problem("--engine", what, "Install Java 17 or later, or choose another engine")])


def of_text(text: pa.Table, engine: str) -> Frame:
    """Return a table of text on *engine*, with its rows counted from 1."""
    numbered = text.append_column(ROW, pa.array(range(1, text.num_rows + 1), pa.int64()))
    return to_engine(numbered, engine)


def to_engine(table: pa.Table, engine: str) -> Frame:
    """Return *table* as a frame on *engine*: pandas with Arrow types, the others lazy."""
    match engine:
        case "pandas":
            import pandas

            return _framed(table.to_pandas(types_mapper=pandas.ArrowDtype))
        case "polars":
            import polars

            frame: Any = polars.from_arrow(table)
            return _framed(frame.lazy())
        case "duckdb":
            return _framed(_duckdb().from_arrow(table))
        case "spark":
            with silenced():
                return _framed(session().createDataFrame(table))
        case _:
            raise ValueError(f"no engine {engine}: use one of {', '.join(ENGINES)}")


def of_parquet(table: ParquetTable, engine: str) -> Frame:
    """
    Return a scan of a Parquet file on *engine*: nothing is read before a check asks, and then its columns alone.

    ``row`` is the position in the file from 1; on Spark, where a table is many files, it is a keyed hash of the file
    and the position in it, from :data:`~dpia_checks.violations.KEYED` on.
    """
    scans = {"polars": _polars_scan, "duckdb": _duckdb_scan, "spark": _spark_scan}
    return _framed(scans[engine](table))


def _framed(native: Any) -> Frame:
    frame: Frame = nw.from_native(native)
    return frame


def spark_table(path: str) -> ParquetTable:
    """
    Return the Parquet table at *path*, any address that Spark reads.

    Raises:
        ExtractsUnusable: Spark cannot read it as Parquet.
    """
    from pyspark.errors import PySparkException

    try:
        with silenced():
            frame = session().read.parquet(path)
            kinds = {field.name: SPARK_KINDS.get(field.dataType.simpleString(), "") for field in frame.schema}
            return of_address(path, kinds, frame.count())
    except (PySparkException, OSError):
        what = "Spark cannot read it as Parquet"
        raise ExtractsUnusable([Problem("--extracts", what, "Correct the address in the manifest")]) from None


def collected(frame: Frame) -> nw.DataFrame[Any]:
    """
    Return *frame* in memory.

    Raises:
        ExtractsUnusable: A file that is scanned where it lies cannot be read after all, or memory does not do.
    """
    if not isinstance(frame, nw.LazyFrame):
        return frame
    try:
        with silenced():
            return frame.collect(engine="streaming") if frame.implementation.is_polars() else frame.collect()
    except BaseException as error:
        if not (_is_panic(error) or isinstance(error, _failures(frame))):
            raise
        what = "its file cannot be read where it lies: it is damaged, or more than memory holds"
        raise ExtractsUnusable([Problem("a table", what, "Export it again, or choose another engine")]) from None


def _is_panic(error: BaseException) -> bool:
    """Return whether a library in Rust broke: its exception is no Exception, and nobody asked the process to end."""
    return not isinstance(error, Exception | KeyboardInterrupt | SystemExit | GeneratorExit)


def _failures(frame: nw.LazyFrame[Any]) -> tuple[type[Exception], ...]:
    """Return what the engine of *frame* raises when a file or memory fails it, and not when we ask it for nonsense."""
    kinds: tuple[type[Exception], ...] = (ComputeError, OSError)
    if frame.implementation.is_duckdb():
        import duckdb

        return (*kinds, duckdb.Error)  # what we asked was bound before
    if frame.implementation.is_pyspark():
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return (*kinds, PySparkException, Py4JError)
    return kinds


def where(frame: Frame, column: str, says: Callable[[str], bool]) -> Frame:
    """
    Keep the rows of *frame* whose text in *column* says so. An empty cell says nothing.

    Spark asks where the text lies; for any other engine each text is asked about once, here.
    """
    written = frame.filter(~nw.col(column).is_null())
    if frame.implementation.is_pyspark():
        from pyspark.sql.functions import udf

        native: Any = written.to_native()
        with silenced():
            return _framed(native.filter(udf(says, "boolean")(native[column])))
    cells = collected(written.select(nw.col(ROW), nw.col(column)))
    texts = cells[column].to_list()
    verdicts = {text: says(text) for text in set(texts)}
    rows = [row for row, text in zip(cells[ROW].to_list(), texts, strict=True) if verdicts[text]]
    return frame.filter(nw.col(ROW).is_in(rows))


def told(frame: Frame, column: str, tells: Callable[[str], list[str]]) -> Frame:
    """
    Return *frame* with, in *column*, what is told of the text there: a row for each text that *tells* returns.

    An empty cell, and one of which nothing is told, stays one row and is empty. Spark asks where the text lies; for any
    other engine each text is asked about once, here.
    """
    if frame.implementation.is_pyspark():
        from pyspark.sql.functions import explode_outer, udf

        native: Any = frame.to_native()
        with silenced():
            ask = udf(lambda text: [] if text is None else tells(text), "array<string>")
            return _framed(native.withColumn(column, explode_outer(ask(native[column]))))
    texts = [text for text in collected(frame.select(column).unique())[column].to_list() if isinstance(text, str)]
    pairs = [(text, each) for text in texts for each in tells(text)]
    both = pa.schema([(column, pa.string()), (TOLD, pa.string())])
    known = pa.table([pa.array(side, pa.string()) for side in zip(*pairs, strict=True)] or [[], []], schema=both)
    beside: Any = to_engine(known, frame.implementation.value)
    beside = beside if isinstance(frame, nw.LazyFrame) else collected(beside)
    return frame.join(beside, on=column, how="left").drop(column).rename({TOLD: column})


def _pairs(table: ParquetTable) -> list[tuple[str, str, str, bool]]:
    """Return name, heading, kind, and whether an empty text may be in it, of each column of a kind that is known."""
    named = zip(table.column_names, table.headings, strict=True)
    return [(n, h, table.kinds[h], table.may_be_blank(h)) for n, h in named if table.kinds[h]]


def _polars_scan(table: ParquetTable) -> Any:
    import polars as pl

    types: dict[str, Any] = {TEXT: pl.String, WHOLE: pl.Int64, FRACTION: pl.Float64}
    types |= {DAY: pl.Datetime("us"), MOMENT: pl.Datetime("us")}

    def cells(heading: str, kind: str, maybe_blank: bool) -> pl.Expr:
        cell = pl.col(heading)
        if kind == INSTANT:
            return cell.dt.convert_time_zone("UTC").dt.replace_time_zone(None).cast(pl.Datetime("us"))
        cell = cell.cast(types[kind]) if kind in types else cell
        return pl.when(cell != "").then(cell) if maybe_blank else cell

    scan = pl.scan_parquet(table.path, row_index_name=ROW, row_index_offset=1, glob=False, hive_partitioning=False)
    named = (cells(heading, kind, blank).alias(name) for name, heading, kind, blank in _pairs(table))
    return scan.select(pl.col(ROW).cast(pl.Int64), *named)


def _duckdb_scan(table: ParquetTable) -> Any:
    casts = {TEXT: "VARCHAR", WHOLE: "BIGINT", FRACTION: "DOUBLE", DAY: "TIMESTAMP", MOMENT: "TIMESTAMP"}

    def cells(heading: str, kind: str, maybe_blank: bool) -> str:
        cell = '"' + heading.replace('"', '""') + '"'
        if kind == INSTANT:
            return f"CAST({cell} AT TIME ZONE 'UTC' AS TIMESTAMP)"
        cell = f"CAST({cell} AS {casts[kind]})" if kind in casts else cell
        return f"nullif({cell}, '')" if maybe_blank else cell

    itself = PATTERN.sub(lambda found: f"[{found[0]}]" if found[0] in "[*?" else found[0], table.path)
    scan = _duckdb().read_parquet(itself, file_row_number=True, hive_partitioning=False)
    named = (f'{cells(heading, kind, blank)} AS "{name}"' for name, heading, kind, blank in _pairs(table))
    return scan.project(f"CAST(file_row_number + 1 AS BIGINT) AS {ROW}, {', '.join(named)}")


def _spark_scan(table: ParquetTable) -> Any:
    from pyspark.sql import Column, functions
    from pyspark.sql.types import LongType

    types = {TEXT: "string", WHOLE: "bigint", FRACTION: "double", DAY: "timestamp_ntz", MOMENT: "timestamp_ntz"}
    reader = session().read  # which starts the session, before anything else is asked of it
    began = functions.expr("TIMESTAMP_NTZ'1970-01-01 00:00:00'")

    def instants(cell: Column, is_number: bool) -> Column:
        """Return a time in UTC; what the file has in nanoseconds comes as a number of them."""
        micros = functions.floor(cell / functions.lit(Decimal(1000))) if is_number else functions.unix_micros(cell)
        return functions.timestamp_add("MICROSECOND", micros.cast("bigint"), began)

    def cells(heading: str, kind: str, maybe_blank: bool) -> Column:
        cell = functions.col("`" + heading.replace("`", "``") + "`")
        is_number = kind in (MOMENT, INSTANT) and isinstance(scan.schema[heading].dataType, LongType)
        if kind == INSTANT or is_number:
            return instants(cell, is_number)
        cell = cell.cast(types[kind]) if kind in types else cell
        return functions.nullif(cell, functions.lit("")) if maybe_blank else cell

    with silenced():
        scan = reader.parquet(table.path if table.is_address else PATTERN.sub(r"\\\g<0>", table.path))
        named = (cells(heading, kind, blank).alias(name) for name, heading, kind, blank in _pairs(table))
        return scan.select(_keyed_row().alias(ROW), *named)


def _keyed_row() -> Any:
    """Return HMAC-SHA-256 (RFC 2104) of file and position, cut to 60 bits, above every position that a file has."""
    from pyspark.sql import functions as f

    inner, outer = (bytes(byte ^ pad for byte in _key().ljust(64, b"\0")) for pad in (0x36, 0x5C))
    said = f.concat_ws("\n", f.col("_metadata.file_path"), f.col("_metadata.row_index").cast("string"))
    first = f.unhex(f.sha2(f.concat(f.lit(inner), f.encode(said, "UTF-8")), 256))
    code = f.sha2(f.concat(f.lit(outer), first), 256)
    return f.conv(f.substring(code, 1, 15), 16, 10).cast("bigint") + f.lit(KEYED)


@cache
def _key() -> bytes:
    """Return the key of this run, which nobody is told: two runs cannot be set against each other by their hashes."""
    return secrets.token_bytes(32)


DUCKDB = {
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_file_cache": False,
    "preserve_insertion_order": False,
}
"""
The settings of DuckDB. It fetches nothing, and has no folder to spill to: a query that outgrows memory fails, and
nothing is left on disk by one that is killed. Its own encryption of such files needs an extension it would fetch.
"""


@cache
def _duckdb() -> Any:
    """Return the one connection, without which no two tables could be joined."""
    import duckdb

    connection = duckdb.connect(config=DUCKDB)
    connection.execute(f"SET TimeZone = '{LONDON}'")
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET lock_configuration = true")
    return connection
