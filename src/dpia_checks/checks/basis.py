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
def basis_of_other_data(records: Records, *, stated: Only, only: Only) -> Violations:
    """
    Find lines of a kind of data from a source, or for a purpose, for which the document states no basis.

    Whatever basis such a line gives, it is not the document's. An empty cell is no source and no purpose of the
    document's; a line whose kind is empty is judged with the rest, since nothing shows that it is another.

    Args:
        records: One row per line of the record of processing.
        stated: For each column, the sources or the purposes for which the document states the basis, a term.
        only: Judge only rows with these values, by column: the kind of data.
    """
    judged = among(records.read(*stated, *only), only)
    found = in_rows(records, judged, judged.head(0))
    for column, values in stated.items():
        found += in_rows(records, judged.head(0), judged.filter(is_none_of(column, values)), column=column)
    return found


@check
def used_without_a_record(
    uses: Records, records: Records, *, used: Sequence[str], recorded: Sequence[str]
) -> Violations:
    """
    Find uses of data for which the record of processing has no line that agrees in each of some columns.

    An empty cell of the use agrees with nothing, and neither does one of the line.

    Args:
        uses: One row per use of one category of a data set.
        records: One row per line of the record of processing.
        used: The columns of *uses*: which data set, of which category, for what.
        recorded: The columns of *records* that hold the same, in the same order.
    """
    judged = uses.read(*used)
    known = paired(judged, records.read(*recorded), used[0], recorded[0])
    for column, other in zip(used[1:], recorded[1:], strict=True):
        known = known.filter(is_equal(column, other))
    return in_rows(uses, judged, without(judged, known, ROW, ROW), column=used[0], absent_from=records.name)
