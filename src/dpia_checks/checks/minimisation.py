"""What an extract holds beyond what was agreed, how much of the agreed is written freely, and what is in that."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.identifiers import holds_any
from dpia_checks.names import relating_any
from dpia_checks.records import Records
from dpia_checks.rules import Only, among, count, every_pair, in_rows, is_any_of, is_blank, is_later, without
from dpia_checks.rules_of_text import where_named, where_text
from dpia_checks.rules_of_time import is_later_by_more_than
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


@check
def not_on_the_list(extract: Records, *, formats: Sequence[str]) -> Violations:
    """
    Find cells with words of their own where the field is a choice from a list.

    An empty cell has no words. A field that the file leaves out is not judged.

    Args:
        extract: A table with fields that are answered from a list.
        formats: The formats that are answered from a list.
    """
    rows = extract.read()
    chosen = tuple(_fields(extract, formats))
    found = tuple(Violation(cell.table, cell.row, cell.column) for cell in extract.unreadable(chosen))
    return Violations(found, count(rows) * len(chosen))


@check
def personal_data_in_free_text(extract: Records, *, formats: Sequence[str], kinds: Sequence[str]) -> Violations:
    """
    Find free text that holds a number, an address or a date by which somebody is known.

    An empty cell holds nothing. A field that is itself a direct identifier, such as a name or a telephone number,
    is not judged: it is there to be that. What each kind is, and where its rule comes from, is said in
    ``dpia_checks.identifiers``. Hidden letters, look-alike digits and line breaks hide nothing.

    Args:
        extract: A table with fields that are written freely.
        formats: The formats that are written freely.
        kinds: What is looked for, such as ``NHS number``.
    """
    found = Violations()
    for name in _written(extract, formats):
        judged = extract.read(name).filter(~is_blank(name))
        telling = where_text(judged, name, lambda text: holds_any(text, kinds))
        found += in_rows(extract, judged, telling, column=name)
    return found


@check
def names_in_free_text(
    extract: Records, people: Records, *, names: Sequence[str], formats: Sequence[str]
) -> Violations:
    """
    Find free text that names somebody who is in the extracts.

    A name that is also a word or a place, such as May or Chelsea, counts only beside another name of the same person
    or where only a person stands: May said, told Chelsea. One after a title, such as Ms Khan, counts only beside
    another name: somebody who works there may have it, too. One of a street, such as Khan Road, is nobody's. Any
    other counts alone, as a whole word with a capital, and in small letters where only a person stands: spoke to khan.
    An empty cell names nobody, and nobody is named by an empty name. Fields that are direct identifiers are not judged.

    Args:
        extract: A table with fields that are written freely.
        people: The table that has the names; it may be the same.
        names: The columns of *people* with names.
        formats: The formats that are written freely.
    """
    known, found = people.read(*names), Violations()
    for name in _written(extract, formats):
        judged = extract.read(name).filter(~is_blank(name))
        found += in_rows(extract, judged, where_named(judged, name, known, names), column=name)
    return found


@check
def relatives_in_free_text(
    extract: Records, *, formats: Sequence[str], relations: Sequence[str], organisations: Sequence[str]
) -> Violations:
    """
    Find free text that names a relative, a friend or a victim, or gives their date of birth.

    A name is a word with a capital right beside the relation, "her sister Juniper", or a common forename in any
    letters; what counts is said in :func:`dpia_checks.names.relating_any`. A relative without a name is allowed, an
    organisation is nobody, and an empty cell names nobody. Fields that are direct identifiers are not judged.

    Args:
        extract: A table with fields that are written freely.
        formats: The formats that are written freely.
        relations: The words for who somebody is, in the singular.
        organisations: What may follow such a word and is no person: the partner Advance.
    """
    found, relates = Violations(), relating_any(relations, organisations)
    for name in _written(extract, formats):
        judged = extract.read(name).filter(~is_blank(name))
        found += in_rows(extract, judged, where_text(judged, name, relates), column=name)
    return found


@check
def sent_at_another_point(
    sendings: Records, analyses: Records, *, sent: str, started: str, days: int, only: Only
) -> Violations:
    """
    Find sendings of records that no analysis needed by then.

    One that comes at most *days* times 24 hours before an analysis starts, or as it starts, is at its point. One
    without an instant is a violation: nothing shows that it came at a point. An analysis without an instant is a
    point for nothing. A sending whose scope is empty is judged.

    Args:
        sendings: One row per sending.
        analyses: One row per analysis.
        sent: The column of *sendings* with the instant.
        started: The column of *analyses* with the instant.
        days: How long before an analysis its records may come.
        only: Which sendings hold the records in question.
    """
    judged = among(sendings.read(sent, *only), only)
    points = analyses.read(started).filter(~is_blank(started))
    near = every_pair(judged, points).filter(~is_blank(sent) & ~is_later(sent, started))
    near = near.filter(~is_later_by_more_than(started, sent, 24 * days))
    return in_rows(sendings, judged, without(judged, near, "row", "row"), column=sent)


def _fields(extract: Records, formats: Sequence[str]) -> list[str]:
    header = set(extract.header)
    return [
        column.column for column in extract.table.columns.values() if column.type in formats and column.column in header
    ]


def _written(extract: Records, formats: Sequence[str]) -> list[str]:
    return [name for name in _fields(extract, formats) if not extract.table.columns[name].direct_identifier]
