"""No made-up record contradicts itself."""

from __future__ import annotations

import pytest

from dpia_checks import synthetic
from dpia_checks.synthetic.coherence import ONLY_IF, WORDS

DPIA_OF = {"advance_referrals_in": "fod", "cms_clients": "lge", "cms_referrals": "lge"}


@pytest.mark.parametrize(
    ("table", "name", "other", "values"), [(table, *rule) for table, rules in ONLY_IF.items() for rule in rules]
)
def test_a_field_is_filled_in_only_when_another_says_so(table, name, other, values):
    lines = synthetic.make(DPIA_OF[table]).texts[table].to_pylist()

    assert all((line[name] is not None) <= (line[other] in values) for line in lines)
    assert any(line[other] not in values for line in lines)


def test_each_field_with_words_of_its_own_is_a_field():
    named = {
        column for dpia in ("fod", "lge") for table in synthetic.make(dpia).schemas.values() for column in table.columns
    }

    assert set(WORDS) <= named


def test_nobody_is_engaged_later_who_was_not_before():
    for client in synthetic.make("lge").texts["cms_clients"].to_pylist():
        months = [client[f"engaged_at_{number}_months"] for number in (3, 6, 9)]

        assert months == sorted(months, reverse=True)
        assert (client["case_closure_status"] == "Planned") is (months[-1] == "yes")
        assert client["any_convictions"] == "yes" or client["statutory_order"] == "None"


def test_a_licence_follows_custody():
    for line in synthetic.make("fod").texts["crc"].to_pylist():
        assert (line["order_type"] == "Licence") is (line["sentence_type"] == "Custodial")
