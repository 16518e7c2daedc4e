"""What an extract holds beyond what was agreed, and how much of the agreed is written freely."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import count, in_rows, is_any_of
from dpia_checks.violations import Violation, Violations, check


@check
def columns_not_approved(extract: Records) -> Violations:
    """
    Find columns of an extract that the DPIA does not list for it.

    The judged places are columns. A column the schema does not know is named by its position, since
    its name may be personal data. A column that a promise presupposes is described in the schema and
    still not approved. A listed column that is left out is no violation: less data is less.
    """
    header = extract.header
    extra = [name for name in header if name not in extract.table.approved]
    return Violations(tuple(Violation(extract.name, column=name) for name in extra), len(header))


@check
def free_text_not_outnumbered(
    needs: Records, *, chosen: Sequence[str], written: Sequence[str], standing: Sequence[str]
) -> Violations:
    """
    Find the free-text fields of a DPIA, when they are as many as its tick boxes or more.

    The judged places are the fields, one row each of the table ``needs``. Names, dates, numbers and
    identifiers are neither. A tie is a violation: a majority is more than the rest. A field whose
    standing is another, or empty, does not count: columns of a register are no fields of the DPIA.

    Args:
        needs: The needs of one DPIA.
        chosen: The formats that count as tick boxes: a value chosen from a list.
        written: The formats that count as free text.
        standing: The standings of the fields that count, such as ``approved``.
    """
    every = needs.read("type", "format", "standing")
    fields = every.filter(is_any_of("type", ["field"]) & is_any_of("standing", standing))
    ticked, typed = fields.filter(is_any_of("format", chosen)), fields.filter(is_any_of("format", written))
    judged = fields.filter(is_any_of("format", [*chosen, *written]))
    if count(ticked) > count(typed):
        return Violations(judged=count(judged))
    return in_rows(needs, judged, typed, column="format")
