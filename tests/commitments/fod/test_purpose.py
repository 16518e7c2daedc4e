"""FOD: what the data is used for, and what is made of it (2.1, 2.1.2, 2.1.6, 2.4, 4.4, 5.1)."""

import pytest

from dpia_checks.checks.purpose import (
    nothing_produced,
    product_not_listed,
    use_not_justified,
    use_not_registered,
    used_for_another_purpose,
)
from dpia_checks.violations import assert_no_violations


@pytest.mark.verifies("FOD_COM_PURPOSE_01")
def test_clients_data_serves_the_evaluation_only(extracts, terms):
    """Each use of clients' data is for a part of the evaluation that the terms name, and each analysis is one."""
    only = {"used_data": terms.items_of("data_set")}

    other = used_for_another_purpose(
        extracts["uses"], purpose="use_purpose", permitted=terms.items_of("purposes"), only=only, on="used_on"
    )

    unlisted = use_not_registered(
        extracts["analyses"],
        extracts["analysis_cases"],
        extracts["uses"],
        analysis="analysis_id",
        data_sets=only["used_data"],
    )

    assert_no_violations(other, unlisted)


@pytest.mark.verifies("FOD_COM_PURPOSE_02")
def test_no_use_is_incompatible(extracts, terms):
    """Each use was set against the purpose the data was obtained for, and is called the same only where it is."""
    incompatible = used_for_another_purpose(
        extracts["uses"], purpose="compatibility", permitted=terms.items_of("results"), on="used_on"
    )
    called_the_same = used_for_another_purpose(
        extracts["uses"],
        purpose="use_purpose",
        permitted=terms.items_of("own"),
        only={"compatibility": terms.items_of("same")},
        on="used_on",
    )

    assert_no_violations(incompatible, called_the_same)


@pytest.mark.verifies("FOD_COM_PURPOSE_03")
def test_another_use_is_justified(extracts, terms):
    """Each use for a purpose that is not the evaluation's own has a reason written down."""
    bare = use_not_justified(
        extracts["uses"], reason="justification", purpose="use_purpose", own=terms.items_of("own"), on="used_on"
    )

    assert_no_violations(bare)


@pytest.mark.verifies("FOD_COM_PURPOSE_04")
def test_police_data_is_not_used_against_the_policing_purpose(extracts, terms):
    """Each use of police data was set against the policing purpose, and each analysis with a police file is one."""
    only = {"used_data": terms.items_of("data_set")}

    contrary = used_for_another_purpose(
        extracts["uses"], purpose="policing_purpose", permitted=terms.items_of("result"), only=only, on="used_on"
    )

    unlisted = use_not_registered(
        extracts["analyses"],
        extracts["police_files"],
        extracts["uses"],
        analysis="for_analysis",
        data_sets=only["used_data"],
    )

    assert_no_violations(contrary, unlisted)


@pytest.mark.verifies("FOD_COM_PURPOSE_05")
def test_a_product_comes_at_each_key_milestone(extracts, terms):
    """Each milestone of the yardstick that was reached is on the list of products."""
    unmade = nothing_produced(extracts["milestones"], extracts["milestone_products"], key=terms.items_of("key"))

    assert_no_violations(unmade)


@pytest.mark.verifies("FOD_COM_PURPOSE_08")
def test_no_product_serves_another_purpose(extracts, terms):
    """Each product serves a purpose that the terms name, and each report is listed as one with its audience."""
    other = used_for_another_purpose(
        extracts["outputs"], purpose="output_purpose", permitted=terms.items_of("purposes"), on="released_on"
    )
    unlisted = product_not_listed(extracts["reports"], extracts["outputs"])

    assert_no_violations(other + unlisted)
