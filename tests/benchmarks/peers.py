"""
The twenty checks of ``twenty.py`` as other tools write them, and the bare reading of the columns they need.

``python peers.py pandera_polars FILE`` runs one of them in a process of its own. Each tool runs as its makers show,
on the same file, and must find the same rows.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from clients import ADULT, BORN, BOROUGHS, COLUMNS, ETHNICITIES, NEEDS, RELIGIONS, SCORES, STATUSES, WINDOW
from measured import Measured

warnings.filterwarnings("ignore")
os.environ["GX_ANALYTICS_ENABLED"] = "false"
ID, DISTRICT = r"^MIN-[0-9A-F]{8}$", r"^[A-Z]{1,2}[0-9][0-9A-Z]?$"
NEEDED = ["client_id", "dob", "age", "gender", "ethnicity", "religion", "borough", "postcode_district"]
NEEDED += ["referral_date", "start_date", "end_date", "case_status", *NEEDS, *SCORES]
NEEDED += ["offence_date", "arrest_date", "consent", "opt_out"]
SETS = {
    "gender": ("gender", ["Female"]),
    "eth": ("ethnicity", ETHNICITIES),
    "rel": ("religion", RELIGIONS),
    "bor": ("borough", BOROUGHS),
    "status": ("case_status", STATUSES),
    "consent": ("consent", ["Yes"]),
    "opt": ("opt_out", ["No"]),
}
DAYS = ["dob", "referral_date", "start_date", "end_date", "offence_date", "arrest_date"]
Work = Callable[[Path, Measured], None]


def read_pyarrow(path: Path, result: Measured) -> None:
    """Read the needed columns."""
    import pyarrow.parquet as pq

    result.counts = {"rows": pq.read_table(path, columns=NEEDED).num_rows}


def read_polars(path: Path, result: Measured) -> None:
    """Read the needed columns."""
    import polars as pl

    result.counts = {"rows": pl.read_parquet(path, columns=NEEDED).height}


def read_duckdb(path: Path, result: Measured) -> None:
    """Read the needed columns."""
    import duckdb

    result.counts = {
        "rows": duckdb.connect().read_parquet(str(path)).project(", ".join(NEEDED)).to_arrow_table().num_rows
    }


def pandas(path: Path, result: Measured) -> None:
    """Check with pandas alone."""
    import pandas as pd
    import pyarrow.parquet as pq

    data = pd.read_parquet(path, columns=NEEDED)
    for name in DAYS:
        data[name] = pd.to_datetime(data[name])

    def wrong(holds: pd.Series) -> int:
        return int((~holds).sum())

    def between(name: str, low: object, high: object) -> int:
        return wrong(data[name].between(low, high))

    result.counts = {
        "allow_list": len(set(pq.read_schema(path).names) - set(COLUMNS)),
        "id_null": int(data.client_id.isna().sum()),
        "id_dup": int(data.client_id.duplicated(keep=False).sum()),
        "id_rx": wrong(data.client_id.str.match(ID)),
        "pc": wrong(data.postcode_district.str.match(DISTRICT)),
        "age": between("age", 18, 110),
        "dob_rng": between("dob", *map(pd.Timestamp, BORN)),
        "window": between("referral_date", *map(pd.Timestamp, WINDOW)),
        "dob_age": wrong((data.referral_date - data.dob).dt.days >= ADULT),
        "end_start": wrong(data.end_date.isna() | (data.end_date >= data.start_date)),
        "off_arr": wrong(data.offence_date <= data.arrest_date),
        "needs": sum(wrong(data[name].isin(["Yes", "No"])) for name in NEEDS),
        "scores": sum(between(name, 1, 10) for name in SCORES),
        **{check: wrong(data[name].isin(values)) for check, (name, values) in SETS.items()},
    }


def pandera_pandas(path: Path, result: Measured) -> None:
    """Check with pandera on pandas."""
    import pandas as pd
    import pandera.pandas as pa

    data = pd.read_parquet(path)
    for name in DAYS:
        data[name] = pd.to_datetime(data[name])
    rules = [
        pa.Check(lambda d: (d.referral_date - d.dob).dt.days >= ADULT, name="dob_age"),
        pa.Check(lambda d: d.end_date.isna() | (d.end_date >= d.start_date), name="end_start"),
        pa.Check(lambda d: d.offence_date <= d.arrest_date, name="off_arr"),
    ]
    days = {"dob": tuple(map(pd.Timestamp, BORN)), "referral_date": tuple(map(pd.Timestamp, WINDOW))}
    schema = pa.DataFrameSchema(_pandera_columns(pa, days), strict=True, checks=rules)
    try:
        schema.validate(data, lazy=True)
    except pa.errors.SchemaErrors as found:
        result.counts = {str(name): int(n) for name, n in found.failure_cases.groupby("check").index.nunique().items()}


def pandera_polars(path: Path, result: Measured) -> None:
    """Check with pandera on polars."""
    import pandera.polars as pa
    import polars as pl

    data, cell = pl.read_parquet(path), pl.col
    adult = (cell("referral_date") - cell("dob")).dt.total_days() >= ADULT
    rules = [
        pa.Check(lambda d: d.lazyframe.select(adult), name="dob_age"),
        pa.Check(
            lambda d: d.lazyframe.select(cell("end_date").is_null() | (cell("end_date") >= cell("start_date"))),
            name="end_start",
        ),
        pa.Check(lambda d: d.lazyframe.select(cell("offence_date") <= cell("arrest_date")), name="off_arr"),
    ]
    schema = pa.DataFrameSchema(_pandera_columns(pa, {"dob": BORN, "referral_date": WINDOW}), strict=True, checks=rules)
    try:
        schema.validate(data, lazy=True)
    except pa.errors.SchemaErrors as found:
        result.counts = dict(found.failure_cases.group_by("check").len().iter_rows())


def _pandera_columns(pa: object, days: dict[str, tuple[object, object]]) -> dict[str, object]:
    column, check = pa.Column, pa.Check  # type: ignore[attr-defined]
    columns = {name: column(nullable=True, required=False) for name in COLUMNS}
    columns["client_id"] = column(checks=check.str_matches(ID, name="id_rx"), unique=True, nullable=False)
    columns["postcode_district"] = column(checks=check.str_matches(DISTRICT, name="pc"))
    columns["age"] = column(checks=check.in_range(18, 110, name="age"))
    for name, (low, high) in days.items():
        columns[name] = column(checks=check.in_range(low, high, name={"dob": "dob_rng"}.get(name, "window")))
    for said, (name, values) in SETS.items():
        columns[name] = column(checks=check.isin(values, name=said))
    columns |= {name: column(checks=check.isin(["Yes", "No"], name="needs")) for name in NEEDS}
    columns |= {name: column(checks=check.in_range(1, 10, name="scores")) for name in SCORES}
    return columns


def pointblank(path: Path, result: Measured) -> None:
    """Check with pointblank on polars, without its extracts of failing rows."""
    import pointblank as pb
    import polars as pl

    cell = pl.col
    adult = (cell("referral_date") - cell("dob")).dt.total_days() >= ADULT
    asked = pb.Validate(pl.read_parquet(path)).col_schema_match(schema=pb.Schema(columns=list(COLUMNS)))
    asked = asked.col_vals_not_null("client_id").rows_distinct(columns_subset=["client_id"])
    asked = asked.col_vals_regex("client_id", ID).col_vals_regex("postcode_district", DISTRICT)
    asked = asked.col_vals_between("age", 18, 110).col_vals_between("dob", *BORN)
    asked = asked.col_vals_between("referral_date", *WINDOW).col_vals_expr(adult)
    asked = asked.col_vals_expr(cell("end_date").is_null() | (cell("end_date") >= cell("start_date")))
    asked = asked.col_vals_expr(cell("offence_date") <= cell("arrest_date"))
    names = ["allow_list", "id_null", "id_dup", "id_rx", "pc", "age", "dob_rng", "window"]
    names += ["dob_age", "end_start", "off_arr"]
    for said, (name, values) in [*SETS.items(), *(("needs", (name, ["Yes", "No"])) for name in NEEDS)]:
        asked, names = asked.col_vals_in_set(name, values), [*names, said]
    for name in SCORES:
        asked, names = asked.col_vals_between(name, 1, 10), [*names, "scores"]
    failed = asked.interrogate(collect_extracts=False).n_failed()
    result.counts = {said: sum(failed[i] for i, n in enumerate(names, 1) if n == said) for said in dict.fromkeys(names)}


def great_expectations(path: Path, result: Measured) -> None:
    """Check with Great Expectations on pandas, asking for no more than yes or no with a count."""
    import datetime

    import great_expectations as gx
    import great_expectations.expectations as expect
    import pandas as pd

    logging.disable(logging.CRITICAL)
    data = pd.read_parquet(path)
    for name in DAYS:
        data[name] = pd.to_datetime(data[name])
    data["age_days"] = (data.referral_date - data.dob).dt.days
    born, window = ([datetime.datetime.combine(day, datetime.time()) for day in pair] for pair in (BORN, WINDOW))

    def between(column: str, low: object, high: object = None) -> object:
        return expect.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high)

    def pair(later: str, earlier: str) -> object:
        return expect.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A=later, column_B=earlier, or_equal=True, ignore_row_if="either_value_is_missing"
        )

    asked = {
        "allow_list": [expect.ExpectTableColumnsToMatchSet(column_set=[*COLUMNS, "age_days"], exact_match=True)],
        "id_null": [expect.ExpectColumnValuesToNotBeNull(column="client_id")],
        "id_dup": [expect.ExpectColumnValuesToBeUnique(column="client_id")],
        "id_rx": [expect.ExpectColumnValuesToMatchRegex(column="client_id", regex=ID)],
        "pc": [expect.ExpectColumnValuesToMatchRegex(column="postcode_district", regex=DISTRICT)],
        "age": [between("age", 18, 110)],
        "dob_rng": [between("dob", *born)],
        "window": [between("referral_date", *window)],
        "dob_age": [between("age_days", ADULT)],
        "end_start": [pair("end_date", "start_date")],
        "off_arr": [pair("arrest_date", "offence_date")],
        "needs": [expect.ExpectColumnValuesToBeInSet(column=name, value_set=["Yes", "No"]) for name in NEEDS],
        "scores": [between(name, 1, 10) for name in SCORES],
        **{s: [expect.ExpectColumnValuesToBeInSet(column=name, value_set=v)] for s, (name, v) in SETS.items()},
    }
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("source").add_dataframe_asset("asset")
    batch = asset.add_batch_definition_whole_dataframe("batch").get_batch(batch_parameters={"dataframe": data})
    suite = gx.ExpectationSuite(name="twenty", expectations=[each for some in asked.values() for each in some])
    done = batch.validate(suite, result_format="BASIC")
    for said, some in asked.items():
        results = [r for r in done.results if any(_is_of(r.expectation_config, each) for each in some)]
        result.counts = {**result.counts, said: sum(int(r.result.get("unexpected_count", 0)) for r in results)}


def _is_of(config: object, expectation: object) -> bool:
    told = config.kwargs  # type: ignore[attr-defined]
    names = [name for name in ("column", "column_A", "column_B") if name in told]
    same = all(getattr(expectation, name, None) == told[name] for name in names)
    return same and config.type == expectation.expectation_type  # type: ignore[attr-defined]


READS = {work.__name__: work for work in (read_pyarrow, read_polars, read_duckdb)}
PEERS: dict[str, Work] = {
    work.__name__: work for work in (pandas, pandera_pandas, pandera_polars, pointblank, great_expectations)
}
MODULES = {"pandas": "pandas", "pandera_pandas": "pandera.pandas", "pandera_polars": "pandera.polars"}
"""What each tool is imported as, where that is not its name."""


def main(name: str, path: Path) -> None:
    """Measure one tool; what it takes to import it is not counted."""
    __import__(MODULES.get(name, name.removeprefix("read_")))
    with Measured(name) as result:
        {**READS, **PEERS}[name](path, result)
    print(json.dumps(result.said))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
