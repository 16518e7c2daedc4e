"""What a record of processing, and the document's own list of fields, show of the lawful basis."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW
from dpia_checks.records import Records
from dpia_checks.rules import Only, among, in_rows, is_equal, is_none_of, paired, without
from dpia_checks.violations import Violations, check


@check
def basis_not_as_stated(records: Records, *, basis: str, stated: Sequence[str], only: Only | None = None) -> Violations:
    """
    Find lines whose basis, condition or ground is none that the document states for such data.

    An empty *basis* is a violation: nothing shows that there is one. A line whose category or data is
    empty is judged with the rest, since nothing shows that it is other data.

    Args:
        records: One row per line of the record of processing, or per field of the document.
        basis: The column judged.
        stated: What the document states, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(records.read(basis, *(only or {})), only)
    return in_rows(records, judged, judged.filter(is_none_of(basis, stated)), column=basis)


@check
def used_without_a_record(
    uses: Records, records: Records, *, data: str, purpose: str, recorded: str, recorded_purpose: str
) -> Violations:
    """
    Find uses of a data set for a purpose that has no line in the record of processing.

    An empty cell of the use is in no line, and a line without data or purpose is about nothing.

    Args:
        uses: One row per use of a data set.
        records: One row per line of the record of processing.
        data: The column of *uses* that names the data set.
        purpose: The column of *uses* that says what for.
        recorded: The column of *records* that names the data set.
        recorded_purpose: The column of *records* that says what for.
    """
    judged = uses.read(data, purpose)
    same = paired(judged, records.read(recorded, recorded_purpose), data, recorded)
    known = same.filter(is_equal(purpose, recorded_purpose)).select(ROW)
    missing = without(judged, known, ROW, ROW)
    return in_rows(uses, judged, missing, column=data, absent_from=records.name)
