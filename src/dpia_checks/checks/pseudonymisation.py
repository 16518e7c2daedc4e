"""When, and by whom, the identity was taken out of police data, what stayed in, and what stands in its place."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW
from dpia_checks.identifiers import is_made_of
from dpia_checks.records import Records
from dpia_checks.rules import (
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    outside,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_text import (
    where_copied,
    where_hashed,
    where_holding,
    where_numbered,
    where_text,
    where_within,
    with_each_number,
)
from dpia_checks.rules_of_time import is_after_day, on_day
from dpia_checks.violations import Violations, check


@check
def stored_before_anonymised(files: Records, *, stored: str, anonymised: str, downloaded: str) -> Violations:
    """
    Find files that were put where they are analysed before the identity was taken out.

    Doing both at the same instant is in time. An empty *anonymised* of a file that was stored means that
    it never was; one that is earlier than *downloaded* is of another file, and an empty *downloaded* shows nothing
    of that. A file that was not stored is not judged.

    Args:
        files: One row per file taken from a police system.
        stored: The column with the instant at which the file was stored for analysis.
        anonymised: The column with the instant at which the identity had been taken out.
        downloaded: The column with the instant at which the file was taken from the system.
    """
    judged = files.read(stored, anonymised, downloaded).filter(~is_blank(stored))
    early = is_later(anonymised, stored) | is_blank(anonymised) | is_later(downloaded, anonymised)
    return in_rows(files, judged, judged.filter(early), column=anonymised)


@check
def anonymised_by_others(
    files: Records, staff: Records, *, anonymised: str, by: str, role: str, roles: Sequence[str]
) -> Violations:
    """
    Find files whose identity was taken out by somebody without the role that does it, or not in it on that day.

    The day is the day in London; the first and the last day of an employment count, and one without ``left_on`` has not
    ended. A file that was not anonymised yet is left to other checks. An empty *by* is a violation: nothing shows who
    did it; and so is an empty ``joined_on``: nothing shows that they had begun.

    Args:
        files: One row per file taken from a police system.
        staff: One row per employment, with ``person_id``, ``joined_on`` and ``left_on``.
        anonymised: The column with the instant at which the identity had been taken out.
        by: The column of *files* that names who did it.
        role: The column of *staff* that names the role.
        roles: The roles that do it, a term.
    """
    judged = files.read(anonymised, by).filter(~is_blank(anonymised)).with_columns(on_day(anonymised))
    permitted = staff.read("person_id", role, "joined_on", "left_on").filter(is_any_of(role, roles))
    others = outside(judged, permitted, by, "person_id", anonymised, "joined_on", "left_on")
    return in_rows(files, judged, others, column=by)


@check
def analysed_before_anonymised(files: Records, analyses: Records, *, anonymised: str) -> Violations:
    """
    Find files that an analysis began with before the identity was taken out.

    The same instant is in time. An empty *anonymised* means that it never was; an analysis without an
    instant cannot be shown to have come later. A file that no analysis on the list uses is not judged.

    Args:
        files: One row per file taken from a police system, with the analysis it is ``for_analysis``.
        analyses: One row per analysis, with the instant it ``started_at``.
        anonymised: The column of *files* with the instant at which the identity had been taken out.
    """
    used = paired(
        files.read("for_analysis", anonymised),
        analyses.read("analysis_id", "started_at"),
        "for_analysis",
        "analysis_id",
    )
    early = is_later(anonymised, "started_at") | is_blank(anonymised) | is_blank("started_at")
    return in_rows(files, used, used.filter(early), column=anonymised)


@check
def identifier_kept(columns: Records, *, identifies_by: str, identifiers: Sequence[str]) -> Violations:
    """
    Find columns of files stored for analysis that point to a person directly.

    An empty *identifies_by* is a violation: nothing shows that the column points to nobody. A pseudonym is
    none of the promised list.

    Args:
        columns: One row per column of each file stored for analysis.
        identifies_by: The column that says what, if anything, identifies a person there.
        identifiers: What identifies a person directly, a term.
    """
    judged = columns.read(identifies_by)
    kept = is_blank(identifies_by) | ~is_none_of(identifies_by, identifiers)
    return in_rows(columns, judged, judged.filter(kept), column=identifies_by)


@check
def stored_without_a_list(files: Records, columns: Records, *, stored: str) -> Violations:
    """
    Find files stored for analysis of which no column is listed, so that nothing shows to whom they point.

    One column on the list is enough: whether all are there only the file can show. A file that was not stored is not
    judged, and an empty ``column_file`` lists a column of none.

    Args:
        files: One row per file taken from a police system, with ``police_file_id``.
        columns: One row per column of each file stored for analysis, with the ``column_file`` it is of.
        stored: The column of *files* with the instant at which the file was stored for analysis.
    """
    judged = files.read("police_file_id", stored).filter(~is_blank(stored))
    unlisted = without(judged, columns.read("column_file"), "police_file_id", "column_file")
    return in_rows(files, judged, unlisted, absent_from=columns.name)


@check
def heading_of_an_identifier(
    columns: Records, *, heads: str, headings: Sequence[str], besides: Sequence[str]
) -> Violations:
    """
    Find columns of files stored for analysis whose heading is that of an identifier, whatever else is said of them.

    Capitals, spaces, punctuation and digits make no difference: "D.O.B." is "DOB". Beside it a heading may say whose it
    is, or in which form: "Suspect 1 surname". One that has any other word, such as "name of court", is another heading.
    An empty heading is none of them.

    Args:
        columns: One row per column of each file stored for analysis.
        heads: The column with the heading.
        headings: The headings of identifiers, a yardstick.
        besides: What may stand beside one and leaves it what it is, a yardstick.
    """
    judged = columns.read(heads)
    found = where_text(judged, heads, lambda text: is_made_of(text, headings, besides))
    return in_rows(columns, judged, found, column=heads)


@check
def numbered_in_a_row(pseudonyms: Records, *, pseudonym: str, run: int, step: int) -> Violations:
    """
    Find pseudonyms that count on: at least *run* of them whose last numbers follow each other by the same step.

    Whoever knows the order of a list can count back to the name. Other signs may stand before and behind the number
    when they are the same in each. An empty cell stands for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        pseudonym: The column with the pseudonym.
        run: How many numbers in a row are one too many, a yardstick.
        step: The widest step that counts on, a yardstick.
    """
    judged = pseudonyms.read(pseudonym).filter(~is_blank(pseudonym))
    return in_rows(pseudonyms, judged, where_numbered(judged, pseudonym, run, step), column=pseudonym)


@check
def hash_of_a_cell(pseudonyms: Records, people: Records, *, pseudonym: str, hashes: Sequence[str]) -> Violations:
    """
    Find pseudonyms that are the plain hash of any cell of an extract, with nothing secret added.

    Whoever has a list of names or numbers can make the same hash. Every column of the file is tried, and any two
    texts of a row that point to a person directly, such as both names, one behind the other. An empty cell stands
    for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        people: An extract, one row per person or event.
        pseudonym: The column of *pseudonyms* with the pseudonym.
        hashes: The kinds of hash that are tried, a yardstick.
    """
    names = [name for name in people.header if name in people.table.columns]
    judged = pseudonyms.read(pseudonym).filter(~is_blank(pseudonym))
    found = where_hashed(judged, pseudonym, people.read(*names), names, hashes, _texts(people, names))
    return in_rows(pseudonyms, judged, found, column=pseudonym)


@check
def copy_of_a_cell(pseudonyms: Records, people: Records, *, pseudonym: str) -> Violations:
    """
    Find pseudonyms that are themselves what points to a person directly in an extract, forwards or backwards.

    The columns tried are those that the list of fields calls direct identifiers, and any two texts of them in a row,
    such as both names, one behind the other. Capitals, spaces and punctuation make no difference. An empty cell stands
    for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        people: An extract, one row per person or event.
        pseudonym: The column of *pseudonyms* with the pseudonym.
    """
    columns = people.table.columns
    names = [name for name in people.header if name in columns and columns[name].direct_identifier]
    judged = pseudonyms.read(pseudonym).filter(~is_blank(pseudonym))
    found = where_copied(judged, pseudonym, people.read(*names), names, _texts(people, names))
    return in_rows(pseudonyms, judged, found, column=pseudonym)


@check
def own_number_kept(pseudonyms: Records, *, pseudonym: str, person: str, digits: int) -> Violations:
    """
    Find pseudonyms with the digits of the very number that they stand for, forwards or backwards, whatever is beside.

    "P-000017" stands for client C000017 and says so. Numbers of fewer than *digits* digits are met by chance and not
    judged, and neither is an empty cell. Noughts before a number are part of it.

    Args:
        pseudonyms: One row per pseudonym.
        pseudonym: The column with the pseudonym.
        person: The column with the number that it stands for.
        digits: How many digits in a row are no chance, a yardstick.
    """
    judged = pseudonyms.read(pseudonym, person).filter(~is_blank(pseudonym))
    numbers = with_each_number(with_each_number(judged, person, digits), pseudonym, digits, backwards=True)
    kept = with_at_least(judged, numbers.filter(is_equal(pseudonym, person)), ROW, ROW, 1)
    return in_rows(pseudonyms, judged, kept, column=pseudonym)


def _texts(people: Records, names: Sequence[str]) -> list[str]:
    """Return those of *names* whose text points to a person directly: names, as a rule."""
    columns = people.table.columns
    return [name for name in names if columns[name].direct_identifier and columns[name].type == "text"]


@check
def key_not_listed(pseudonyms: Records, keys: Records, *, pseudonym: str, key: str) -> Violations:
    """
    Find pseudonyms whose key is not on the list of keys: where it lies, and who can open it, is not on record.

    An empty *key* is a violation. An empty *pseudonym* stands for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        keys: One row per key, with ``key_id``.
        pseudonym: The column of *pseudonyms* with the pseudonym.
        key: The column of *pseudonyms* that names its key.
    """
    judged = pseudonyms.read(pseudonym, key).filter(~is_blank(pseudonym))
    unknown = without(judged, keys.read("key_id"), key, "key_id")
    return in_rows(pseudonyms, judged, unknown, column=key, absent_from=keys.name)


@check
def key_with_the_data(keys: Records, *, key: str, data: str) -> Violations:
    """
    Find keys that are kept in a folder of the data that keys open, or anywhere inside one.

    Capitals and slashes make no difference. An empty *key* or *data* is a violation: nothing shows that the two are
    apart.

    Args:
        keys: One row per key.
        key: The column with the folder of the key.
        data: The column with the folder of the data.
    """
    judged = keys.read(key, data)
    apart = without(judged, where_within(judged, key, judged, data), "row", "row")
    found = without(judged, apart.filter(~is_blank(key) & ~is_blank(data)), "row", "row")
    return in_rows(keys, judged, found, column=key)


@check
def key_without_a_right(keys: Records, rights: Records, *, key: str) -> Violations:
    """
    Find keys in a folder that nobody has a right on: who can open them is not on record.

    A right on a folder that holds the key's folder will do; capitals and slashes make no difference. One that has ended
    will do, for nothing says how long there was a key; one that is still to begin will not. An empty *key* is left to
    other checks.

    Args:
        keys: One row per key.
        rights: One row per right on a ``folder``, with its first day ``right_from``; without one it has always run.
        key: The column of *keys* with the folder of the key.
    """
    judged = keys.read(key).filter(~is_blank(key))
    begun = rights.read("folder", "right_from").filter(~is_after_day("right_from", rights.as_of))
    known = where_within(judged, key, begun, "folder")
    return in_rows(keys, judged, without(judged, known, "row", "row"), column=key)


@check
def key_opened_by_others(
    rights: Records, keys: Records, staff: Records, *, key: str, kinds: Sequence[str], roles: Sequence[str]
) -> Violations:
    """
    Find rights on the folder of a key, or on one that holds it, of anybody but a person with one of *roles*.

    An empty holder, kind of holder or role is a violation: nothing shows who can open the key. Capitals and slashes of
    a folder make no difference. A right on another folder is not judged.

    Args:
        rights: One row per right on a ``folder``, with ``right_id``, ``principal`` and ``principal_kind``.
        keys: One row per key.
        staff: One row per member of staff, with ``person_id`` and ``role``.
        key: The column of *keys* with the folder of the key.
        kinds: The kinds of holder that are one person, a yardstick.
        roles: The roles that keep the key, a yardstick.
    """
    held = rights.read("right_id", "folder", "principal", "principal_kind")
    judged = where_holding(held, "folder", keys.read(key), key)
    keepers = staff.read("person_id", "role").filter(is_any_of("role", roles))
    proper = paired(judged.filter(is_any_of("principal_kind", kinds)), keepers, "principal", "person_id")
    return in_rows(rights, judged, without(judged, proper, "right_id", "right_id"), column="principal")
