"""LGE: certain people take the identity out of police data (2.2)."""

import pytest

from dpia_checks.checks.pseudonymisation import (
    anonymised_by_others,
    copy_of_a_cell,
    hash_of_a_cell,
    key_not_listed,
    key_opened_by_others,
    key_with_the_data,
    key_without_a_right,
    numbered_in_a_row,
    own_number_kept,
)
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations

EXTRACTS = ("cms_clients", "cms_referrals")
"""The extracts of this document whose cells a pseudonym must not be made of."""


@pytest.mark.verifies("LGE_COM_PSEUDONYMISATION_02")
def test_only_certain_staff_take_the_identity_out(extracts, terms):
    """Somebody with the role in the terms took the identity out of each file."""
    files, staff, roles = extracts["police_files"], extracts["staff"], terms.items_of("roles")

    assert_no_violations(
        anonymised_by_others(files, staff, anonymised="anonymised_at", by="anonymised_by", role="role", roles=roles)
    )


@pytest.mark.verifies("LGE_COM_PSEUDONYMISATION_04")
def test_the_terms_plan_the_anonymising(extracts):
    """Each proforma plans how the identity is taken out."""
    assert_no_violations(not_confirmed(extracts["proformas"], that="plans_anonymising", on="completed_by_mopac_on"))


@pytest.mark.verifies("LGE_COM_PSEUDONYMISATION_05")
def test_what_stands_for_a_name_does_not_give_it_away(extracts, terms):
    """By the yardsticks no pseudonym counts on or is made of a cell, and the key is elsewhere and opened by few."""
    pseudonyms, keys = extracts["pseudonyms"], extracts["pseudonym_keys"]
    hashes = terms.items_of("hashes")
    found = [hash_of_a_cell(pseudonyms, extracts[name], pseudonym="pseudonym", hashes=hashes) for name in EXTRACTS]
    copied = [copy_of_a_cell(pseudonyms, extracts[name], pseudonym="pseudonym") for name in EXTRACTS]
    others = key_opened_by_others(
        extracts["folder_access"],
        keys,
        extracts["staff"],
        key="key_folder",
        kinds=terms.items_of("kinds"),
        roles=terms.items_of("roles"),
    )

    assert_no_violations(
        numbered_in_a_row(pseudonyms, pseudonym="pseudonym", run=terms.number("run"), step=terms.number("step")),
        *found,
        *copied,
        own_number_kept(pseudonyms, pseudonym="pseudonym", person="client_id", digits=terms.number("digits")),
        key_not_listed(pseudonyms, keys, pseudonym="pseudonym", key="pseudonym_key"),
        key_with_the_data(keys, key="key_folder", data="data_folder"),
        key_without_a_right(keys, extracts["folder_access"], key="key_folder"),
        others,
    )
