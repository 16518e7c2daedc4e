"""
What the fields of one made-up record owe to each other, so that no record contradicts itself.

The draws are alike for every value: no share of anything is anybody's statistic, and nothing is drawn from
another field that says who somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dpia_checks.synthetic.draws import text

WORDS: Mapping[str, Sequence[str]] = {
    "agency": ("Women's centre", "Probation"),
    "agency_referred_to": ("Women's centre, north", "Women's centre, south"),
    "agency_text": ("Women's centre", "Housing service", "Benefits advice"),
    "completed_activity": ("Mentoring session", "Housing application", "Course"),
    "court": ("Magistrates' court", "Crown Court"),
    "main_offence_description": ("Theft", "Criminal damage", "Common assault"),
    "multiple_requirement_types": ("Rehabilitation activity; unpaid work", "Rehabilitation activity; supervision"),
    "referral_by_agency": ("Metropolitan Police",),
    "referral_by_contact": ("Arresting officer", "Custody officer"),
    "referral_source_type_text": ("Police",),
    "strands_needs": ("Housing and money; family", "Health and wellbeing; ETE", "Relationships"),
}
"""What stands in a field of short text that is no note: by its name in the schema."""

ONLY_IF: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]] = {
    "advance_referrals_in": (
        ("no_engagement_reason", "engagement", ("no",)),
        ("service_end_type", "contact", ("yes",)),
    ),
    "cms_clients": (
        ("disability_type", "disability_sen", ("yes",)),
        ("language_or_communication_needs_explained", "language_or_communication_needs", ("yes",)),
        ("police_matrix_score", "on_the_police_matrix", ("yes",)),
        ("details_of_weapon_crime_before", "victim_of_weapon_crime_before", ("yes",)),
        ("details_of_weapon_crime_during", "victim_of_weapon_crime_during", ("yes",)),
    ),
    "cms_referrals": (
        ("risk_to_others_details", "risk_to_others", ("Low", "Medium", "High")),
        ("risk_from_others_details", "risk_from_others", ("Low", "Medium", "High")),
        ("risk_to_self_details", "risk_to_self", ("Low", "Medium", "High")),
        ("conditional_release_date", "secure_estate_name", ("a young offender institution",)),
    ),
}
"""Fields that are filled in only when another says so: table, field, the other, its values."""

Columns = dict[str, pa.Array]


def _crc(columns: Columns) -> None:
    """A sentence and a disposal of the kind of the order, which lasts a year."""
    sentence = {"Community order": "Community", "Suspended sentence order": "Suspended", "Licence": "Custodial"}
    disposal = {"Community order": "Community", "Suspended sentence order": "Custody", "Licence": "Custody"}
    orders = columns["order_type"].to_pylist()
    columns["sentence_type"] = pa.array([sentence.get(order, "Other") for order in orders])
    columns["disposal_type"] = pa.array([disposal.get(order, "Other") for order in orders])
    columns["order_length"] = pa.array(["12"] * len(orders))


def _cms_clients(columns: Columns) -> None:
    """Whoever is engaged at nine months was at six and three; every case is closed by the day of the extract."""
    engaged = columns["engaged_at_3_months"].to_pylist()
    for later in ("engaged_at_6_months", "engaged_at_9_months"):
        engaged = [
            "yes" if before == now == "yes" else "no"
            for before, now in zip(engaged, columns[later].to_pylist(), strict=True)
        ]
        columns[later] = pa.array(engaged)
    orders, convicted = columns["statutory_order"].to_pylist(), columns["any_convictions"].to_pylist()
    columns["any_convictions"] = pa.array(
        [known if order == "None" else "yes" for order, known in zip(orders, convicted, strict=True)]
    )
    rows = len(orders)
    columns |= {"case_status": _same("Closed", rows), "case_closure_form_completed": _same("yes", rows)}
    columns["case_closure_status"] = pa.array(["Planned" if stayed == "yes" else "Unplanned" for stayed in engaged])


def _cms_referrals(columns: Columns) -> None:
    """Each referral in the extract came in and led to the service: nobody else is known to be there."""
    rows = len(columns["referral_urn"])
    columns |= {
        "referral_direction": _same("In", rows),
        "referral_success": _same("yes", rows),
        "gang_involved_or_known_to_gangs": _same("yes", rows),
        "secure_estate_name": pa.nulls(rows, pa.string()),
    }


def _same(value: str, rows: int) -> pa.Array:
    return pa.array([value] * rows)


ALIGNED: Mapping[str, Callable[[Columns], None]] = {
    "crc": _crc,
    "cms_clients": _cms_clients,
    "cms_referrals": _cms_referrals,
}


def aligned(table: str, columns: Columns) -> Columns:
    """Return the text *columns* of a made-up *table*, changed where one field of a record contradicts another."""
    columns = dict(columns)
    if table in ALIGNED:
        ALIGNED[table](columns)
    for name, other, values in ONLY_IF.get(table, ()):
        says = np.isin(np.asarray(columns[other].to_pylist(), dtype=object), list(values))
        columns[name] = text(np.asarray(columns[name].to_pylist(), dtype=object), says)
    return columns
