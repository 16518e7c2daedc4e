"""
Twenty checks of a client extract, as this project writes checks: each reads its own columns, filters and counts.

``python twenty.py polars FILE`` prints the counts and what they cost, as ``peers.py`` does for other tools. Two of
the twenty are patterns, which no promise of the two assessments asks for: they are written here, as ``parsing.py``
writes its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import clients
import narwhals as nw
from measured import Measured

from dpia_checks import typed_files
from dpia_checks.checks.minimisation import columns_not_approved
from dpia_checks.records import Records
from dpia_checks.rules import in_rows, is_above, is_below, is_blank, is_later, is_none_of, with_at_least
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_later_by_more_than
from dpia_checks.schema import Column, Table
from dpia_checks.violations import Violations, check

Rule = Callable[[], nw.Expr]


def description() -> Table:
    """Return the description of the extract: every column approved."""
    blank = {**{field.name: "" for field in fields(Column)}, "basis": (), "values": (), "standing": "approved"}
    any_column = Column(**{**blank, "direct_identifier": False, "criminal_offence": False, "type": "text"})  # type: ignore[arg-type]
    types = dict.fromkeys(["age", *clients.SCORES], "integer")
    types |= {name: "date" for name in clients.COLUMNS if name == "dob" or name.endswith("_date")}
    named = {name: replace(any_column, column=name, type=types.get(name, "text")) for name in clients.COLUMNS}
    return Table("clients", named)


@check
def breaks_rule(records: Records, *, columns: Sequence[str], rule: Rule) -> Violations:
    """Find the rows of which *rule* holds."""
    judged = records.read(*columns)
    return in_rows(records, judged, judged.filter(rule()), column=columns[0])


@check
def doubled(records: Records, *, key: str) -> Violations:
    """Find the rows whose *key* another row has as well."""
    judged = records.read(key)
    return in_rows(records, judged, with_at_least(judged, judged, key, key, 2), column=key)


def otherwise(column: str, pattern: str, lengths: Sequence[int]) -> Rule:
    """Select rows whose text is not of the *pattern*, or has another length."""
    text = nw.col(column)
    return lambda: text.is_null() | ~text.str.contains(pattern) | ~text.str.len_chars().is_in(list(lengths))


def outside(column: str, low: int, high: int) -> Rule:
    """Select rows whose number lies outside both limits, or is empty."""
    return lambda: is_below(column, low) | is_above(column, high) | is_blank(column)


def not_between(column: str, days: tuple[object, object]) -> Rule:
    """Select rows whose day lies outside both days, or is empty."""
    first, last = map(str, days)
    return lambda: is_before_day(column, first) | is_after_day(column, last) | is_blank(column)


def among(column: str, permitted: Sequence[str]) -> Rule:
    """Select rows that show none of what is permitted."""
    return lambda: is_none_of(column, permitted)


def too_young() -> nw.Expr:
    """Select rows referred before the eighteenth birthday."""
    of_age = is_later_by_more_than("referral_date", "dob", 24 * clients.ADULT - 1)
    return ~of_age | is_blank("dob") | is_blank("referral_date")


RULES: dict[str, list[tuple[tuple[str, ...], Rule]]] = {
    "id_null": [(("client_id",), lambda: is_blank("client_id"))],
    "id_rx": [(("client_id",), otherwise("client_id", r"^MIN-[0-9A-F]{8}$", [12]))],
    "gender": [(("gender",), among("gender", ["Female"]))],
    "age": [(("age",), outside("age", 18, 110))],
    "dob_rng": [(("dob",), not_between("dob", clients.BORN))],
    "dob_age": [(("dob", "referral_date"), too_young)],
    "eth": [(("ethnicity",), among("ethnicity", clients.ETHNICITIES))],
    "rel": [(("religion",), among("religion", clients.RELIGIONS))],
    "bor": [(("borough",), among("borough", clients.BOROUGHS))],
    "status": [(("case_status",), among("case_status", clients.STATUSES))],
    "needs": [((name,), among(name, ["Yes", "No"])) for name in clients.NEEDS],
    "scores": [((name,), outside(name, 1, 10)) for name in clients.SCORES],
    "window": [(("referral_date",), not_between("referral_date", clients.WINDOW))],
    "end_start": [(("start_date", "end_date"), lambda: is_later("start_date", "end_date"))],
    "off_arr": [(("offence_date", "arrest_date"), lambda: is_later("offence_date", "arrest_date"))],
    "consent": [(("consent",), among("consent", ["Yes"]))],
    "opt": [(("opt_out",), among("opt_out", ["No"]))],
    "pc": [(("postcode_district",), otherwise("postcode_district", r"^[A-Z]{1,2}[0-9][0-9A-Z]?$", [2, 3, 4]))],
}
PROVED = ("id_null", "age", "dob_rng", "scores", "window")
"""The rules about one column and a limit, which a footer can prove."""


def counts(records: Records, names: Sequence[str] = ("allow_list", "id_dup", *RULES)) -> dict[str, int]:
    """Return how many violations each check finds."""
    found = {}
    for name in names:
        if name == "allow_list":
            found[name] = len(columns_not_approved(records))
        elif name == "id_dup":
            found[name] = len(doubled(records, key="client_id"))
        else:
            found[name] = sum(len(breaks_rule(records, columns=c, rule=rule)) for c, rule in RULES[name])
    return found


def main(name: str, path: Path) -> None:
    """Measure the checks on one engine, all of them or, for ``duckdb/footer``, those that a footer can prove."""
    engine, _, footer = name.partition("/")
    Records(description(), typed_files.scanned(path, description()), engine=engine).read("age")
    with Measured(name) as result:
        records = Records(description(), typed_files.scanned(path, description()), engine=engine)
        result.counts = counts(records, PROVED if footer else ("allow_list", "id_dup", *RULES))
    print(json.dumps(result.said))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
