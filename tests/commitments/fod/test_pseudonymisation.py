"""FOD: the identity is taken out of police data before it is stored and analysed (2.1, 2.1.1, 2.1.3, 2.1.4)."""

import pytest

from dpia_checks.checks.pseudonymisation import (
    analysed_before_anonymised,
    anonymised_by_others,
    copy_of_a_cell,
    hash_of_a_cell,
    heading_of_an_identifier,
    identifier_kept,
    key_not_listed,
    key_opened_by_others,
    key_with_the_data,
    key_without_a_right,
    numbered_in_a_row,
    own_number_kept,
    stored_before_anonymised,
    stored_without_a_list,
)
from dpia_checks.violations import assert_no_violations

EXTRACTS = (
    "advance_referrals_in",
    "advance_referrals_out",
    "advance_interventions",
    "advance_criminal_background",
    "crc",
)
"""The extracts of this document whose cells a pseudonym must not be made of."""


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_01")
def test_police_data_is_stored_without_the_identity(extracts):
    """The identity was out of each file of police data when it was stored for analysis."""
    files = extracts["police_files"]

    assert_no_violations(
        stored_before_anonymised(files, stored="stored_at", anonymised="anonymised_at", downloaded="downloaded_at")
    )


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_02")
def test_the_secondee_takes_the_identity_out(extracts, terms):
    """Somebody with the role in the terms took the identity out of each file."""
    files, staff, roles = extracts["police_files"], extracts["staff"], terms.items_of("roles")

    assert_no_violations(
        anonymised_by_others(files, staff, anonymised="anonymised_at", by="anonymised_by", role="role", roles=roles)
    )


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_03")
def test_what_is_stored_for_analysis_points_to_nobody(extracts, terms):
    """No column stored for analysis identifies a person by anything in the terms, and each file has some listed."""
    columns, identifiers = extracts["analysis_columns"], terms.items_of("identifiers")

    assert_no_violations(
        identifier_kept(columns, identifies_by="identifies_by", identifiers=identifiers),
        stored_without_a_list(extracts["police_files"], columns, stored="stored_at"),
    )


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_04")
def test_analysis_begins_when_the_identity_is_out(extracts):
    """No analysis began with a file whose identity was still in."""
    files, analyses = extracts["police_files"], extracts["analyses"]

    assert_no_violations(analysed_before_anonymised(files, analyses, anonymised="anonymised_at"))


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_08")
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


@pytest.mark.verifies("FOD_COM_PSEUDONYMISATION_09")
def test_no_heading_says_that_a_column_points_to_a_person(extracts, terms):
    """By the yardstick no column stored for analysis is headed as if it identified a person."""
    headings, besides = terms.items_of("headings"), terms.items_of("besides")

    assert_no_violations(
        heading_of_an_identifier(extracts["analysis_columns"], heads="column_name", headings=headings, besides=besides)
    )
