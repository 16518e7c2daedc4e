"""What stands in place of a name, how it was made, and who can open the key to it."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import (
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    paired,
    where_hashed,
    where_numbered,
    with_at_least,
    without,
)
from dpia_checks.violations import Violations, check


@check
def numbered_in_a_row(pseudonyms: Records, *, pseudonym: str, run: int) -> Violations:
    """
    Find pseudonyms that count on: at least *run* of them that end in numbers one after the other.

    Whoever knows the order of a list can count back to the name. An empty cell stands for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        pseudonym: The column with the pseudonym.
        run: How many numbers in a row are one too many, a yardstick.
    """
    judged = pseudonyms.read(pseudonym).filter(~is_blank(pseudonym))
    return in_rows(pseudonyms, judged, where_numbered(judged, pseudonym, run), column=pseudonym)


@check
def hash_of_a_cell(pseudonyms: Records, people: Records, *, pseudonym: str, hashes: Sequence[str]) -> Violations:
    """
    Find pseudonyms that are the plain hash of any cell of an extract, with nothing secret added.

    Whoever has a list of names or numbers can make the same hash. Every column of the file is tried. An empty cell
    stands for nobody and is not judged.

    Args:
        pseudonyms: One row per pseudonym.
        people: An extract, one row per person or event.
        pseudonym: The column of *pseudonyms* with the pseudonym.
        hashes: The kinds of hash that are tried, a yardstick.
    """
    names = [name for name in people.header if name in people.table.columns]
    judged = pseudonyms.read(pseudonym).filter(~is_blank(pseudonym))
    found = where_hashed(judged, pseudonym, people.read(*names), names, hashes)
    return in_rows(pseudonyms, judged, found, column=pseudonym)


@check
def key_with_the_data(keys: Records, *, key: str, data: str) -> Violations:
    """
    Find keys that are kept in the folder of the data they open.

    An empty *key* or *data* is a violation: nothing shows that the two are apart.

    Args:
        keys: One row per key.
        key: The column with the folder of the key.
        data: The column with the folder of the data.
    """
    judged = keys.read(key, data)
    return in_rows(keys, judged, judged.filter(is_blank(key) | is_blank(data) | is_equal(key, data)), column=key)


@check
def key_opened_by_others(
    rights: Records, keys: Records, staff: Records, *, key: str, kinds: Sequence[str], roles: Sequence[str]
) -> Violations:
    """
    Find rights on the folder of a key that are held by anybody but a person with one of *roles*.

    An empty holder, kind of holder or role is a violation: nothing shows who can open the key. A right on
    another folder is not judged.

    Args:
        rights: One row per right on a ``folder``, with ``right_id``, ``principal`` and ``principal_kind``.
        keys: One row per key.
        staff: One row per member of staff, with ``person_id`` and ``role``.
        key: The column of *keys* with the folder of the key.
        kinds: The kinds of holder that are one person, a yardstick.
        roles: The roles that keep the key, a yardstick.
    """
    held = rights.read("right_id", "folder", "principal", "principal_kind")
    judged = with_at_least(held, keys.read(key), "folder", key, 1)
    keepers = staff.read("person_id", "role").filter(is_any_of("role", roles))
    proper = paired(judged.filter(is_any_of("principal_kind", kinds)), keepers, "principal", "person_id")
    return in_rows(rights, judged, without(judged, proper, "right_id", "right_id"), column="principal")
