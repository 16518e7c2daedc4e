"""LGE: on what basis in law each kind of data is used (1.1, 2.1.1, 2.2.2, 4.1)."""

import re

import pytest

from dpia_checks.checks.basis import basis_not_as_stated, basis_of_other_data, used_without_a_record
from dpia_checks.checks.transfers import not_confirmed
from dpia_checks.violations import assert_no_violations

FIELDS = {"type": ["field"], "standing": ["approved"]}
ORDINARY = ["personal data", "direct identifier"]
OFFENCES = ["criminal offence data", "criminal offence data; direct identifier"]


def law(article):
    """Return the id of the law that a term calls, say, Article 9(2)(j)."""
    return "_".join(["LAW_GDPR", *re.findall(r"[0-9a-z]+", article.removeprefix("Article "))]).upper()


def both(ordinary, more):
    """Return how a field names its laws: the basis under Article 6, and the one beside it when there is one."""
    return "; ".join(dict.fromkeys((law(ordinary), law(more))))


@pytest.mark.verifies("LGE_COM_BASIS_01")
def test_the_services_records_rest_on_public_task(extracts, terms):
    """Each line about the service's records has the basis of the terms."""
    otherwise = basis_not_as_stated(
        extracts["processing_records"],
        basis="article_6",
        stated=terms.items_of("basis"),
        only={"source_data": terms.items_of("data_set")},
    )

    assert_no_violations(otherwise)


@pytest.mark.verifies("LGE_COM_BASIS_02")
def test_police_data_rests_on_public_task(extracts, terms):
    """Each line about police data has the basis of the terms."""
    otherwise = basis_not_as_stated(
        extracts["processing_records"],
        basis="article_6",
        stated=terms.items_of("basis"),
        only={"source_data": terms.items_of("data_set")},
    )

    assert_no_violations(otherwise)


@pytest.mark.verifies("LGE_COM_BASIS_03")
def test_what_is_collected_rests_on_public_task(extracts, terms):
    """Each line about what MOPAC collects itself has the basis of the terms."""
    otherwise = basis_not_as_stated(
        extracts["processing_records"],
        basis="article_6",
        stated=terms.items_of("basis"),
        only={"source_data": terms.items_of("data_set")},
    )

    assert_no_violations(otherwise)


@pytest.mark.verifies("LGE_COM_BASIS_04")
def test_special_category_data_has_its_condition(extracts, terms):
    """Each line about special category data has the condition of the terms, and a source and a purpose of theirs."""
    records, only = extracts["processing_records"], {"data_category": terms.items_of("category")}
    stated = {"source_data": terms.items_of("data_sets"), "record_purpose": terms.items_of("purposes")}

    otherwise = basis_not_as_stated(records, basis="article_9", stated=terms.items_of("condition"), only=only)

    assert_no_violations(otherwise, basis_of_other_data(records, stated=stated, only=only))


@pytest.mark.verifies("LGE_COM_BASIS_05")
def test_criminal_offence_data_has_its_ground(extracts, terms):
    """Each line about criminal offence data has the ground of the terms, and a source and a purpose of theirs."""
    records, only = extracts["processing_records"], {"data_category": terms.items_of("category")}
    stated = {"source_data": terms.items_of("data_sets"), "record_purpose": terms.items_of("purposes")}

    otherwise = basis_not_as_stated(records, basis="article_10", stated=terms.items_of("ground"), only=only)

    assert_no_violations(otherwise, basis_of_other_data(records, stated=stated, only=only))


@pytest.mark.verifies("LGE_COM_BASIS_06")
def test_the_services_records_are_gathered_under_consent(extracts, terms):
    """Each line about the service's records was first gathered under the basis of the terms."""
    otherwise = basis_not_as_stated(
        extracts["processing_records"],
        basis="gathered_under",
        stated=terms.items_of("basis"),
        only={"source_data": terms.items_of("data_set")},
    )

    assert_no_violations(otherwise)


@pytest.mark.verifies("LGE_COM_BASIS_07")
def test_all_data_rests_on_the_power_to_provide_services(extracts):
    """Each line rests on the Act of 2014."""
    assert_no_violations(not_confirmed(extracts["processing_records"], that="act_of_2014"))


@pytest.mark.verifies("LGE_COM_BASIS_08")
def test_police_data_rests_on_oversight(extracts, terms):
    """Each line about police data rests on the Act of 2011."""
    only = {"source_data": terms.items_of("data_set")}

    assert_no_violations(not_confirmed(extracts["processing_records"], that="act_of_2011", only=only))


@pytest.mark.verifies("LGE_COM_BASIS_10")
def test_each_field_has_the_basis_of_its_category(extracts, terms):
    """Each approved field of a category has the basis that the terms give to it."""
    special = [f"special category: {kind}" for kind in terms.items_of("special")]
    bases = {"special_basis": special, "criminal_basis": OFFENCES, "other_basis": ORDINARY}

    otherwise = [
        basis_not_as_stated(
            extracts["needs"],
            basis="collected_under",
            stated=[both(terms["other_basis"], terms[name])],
            only={**FIELDS, "category": categories},
        )
        for name, categories in bases.items()
    ]

    assert_no_violations(*otherwise)


@pytest.mark.verifies("LGE_COM_BASIS_11")
def test_every_use_has_a_basis_written_down(extracts):
    """Each use of a category of a data set for a purpose has a line in the record of processing."""
    bare = used_without_a_record(
        extracts["uses"],
        extracts["processing_records"],
        used=("used_data", "used_category", "use_purpose"),
        recorded=("source_data", "data_category", "record_purpose"),
    )

    assert_no_violations(bare)
