"""
What the fields of one made-up record owe to each other, table by table: words, and who follows whom.

No share of anything is anybody's statistic. Only what the law or the words themselves tie together is tied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Says = Mapping[str, Sequence[str]]
"""Other fields, of the record or beside it, each with some of its values."""

WORDS: Mapping[str, Sequence[str]] = {
    "agency": ("Women's centre", "Probation"),
    "agency_referred_to": ("Women's centre, north", "Women's centre, south"),
    "agency_text": ("Women's centre", "Housing service", "Benefits advice"),
    "case_notes": ("Taken from the referral form", "Confirmed by probation", "May be checked again"),
    "case_tracking_other": (
        "Letter sent",
        "Key worker changed",
        "May ask for another key worker",
        "No change since last time",
    ),
    "completed_activity": ("Mentoring session", "Housing application", "Course"),
    "court": ("Magistrates' court", "Crown Court"),
    "details_of_weapon_crime_before": ("Threatened; told the police", "Threatened; told nobody then"),
    "details_of_weapon_crime_during": ("Threatened; told the key worker", "Threatened; told the police"),
    "language_or_communication_needs_explained": ("Wants an interpreter", "Reads slowly", "Asks for short letters"),
    "main_offence_description": ("Theft", "Criminal damage", "Common assault"),
    "multiple_requirement_types": ("Rehabilitation activity; unpaid work", "Rehabilitation activity; supervision"),
    "other_factors": ("Nothing that the boxes leave out", "May want help with travel", "Lives far from the office"),
    "referral_by_agency": ("Metropolitan Police",),
    "referral_by_contact": ("Arresting officer", "Custody officer"),
    "referral_notes": ("Form complete", "Referrer may be called for more", "May be reached by text", "Sent by e-mail"),
    "referral_source_type_text": ("Police",),
    "risk_from_others_details": ("Has been threatened", "Avoids some places near home"),
    "risk_to_others_details": ("Has made threats", "Has been in fights"),
    "risk_to_self_details": ("Often in low spirits", "Goes out alone at night"),
    "strands_needs": ("Housing and money; family", "Health and wellbeing; ETE", "Relationships"),
    "why_support_under_this_strand": ("Wants a safe place to live",),
}
"""What stands in a field of text: by its name in the schema."""

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
        ("case_outcome", "case_status", ("Closed",)),
    ),
    "cms_referrals": (
        ("risk_to_others_details", "risk_to_others", ("Low", "Medium", "High")),
        ("risk_from_others_details", "risk_from_others", ("Low", "Medium", "High")),
        ("risk_to_self_details", "risk_to_self", ("Low", "Medium", "High")),
        ("conditional_release_date", "secure_estate_name", ("a young offender institution",)),
    ),
    "crc": (("multiple_requirement_types", "order_type", ("Community order", "Suspended sentence order")),),
}
"""Fields that are filled in only when another says so: table, field, the other, its values."""

ALWAYS: Says = {}
NO_PROBATION = ("Police", "Local authority", "School or college", "Voluntary sector", "Self", "Other")
ADULT = ("18 to 20", "21 and over")
ORDERED = ("Community order", "Youth rehabilitation order", "Licence", "Other")
NOT_LOOKED_AFTER = ("With family", "Own tenancy", "Homeless")
HOUSED = ("With family", "Own tenancy", "Supported housing", "Temporary", "Other")

AGREED: Mapping[str, Sequence[tuple[str, Sequence[str], Says]]] = {
    "advance_referrals_in": (
        ("new_or_repeat", ("New",), ALWAYS),
        ("agency_referred_to", ("Women's centre, north",), {"area": ("Camden", "Islington")}),
        ("agency_referred_to", ("Women's centre, south",), {"area": ("Lambeth", "Southwark")}),
        ("no_engagement_reason", ("Could not be contacted", "Moved away", "Other"), {"contact": ("no",)}),
        (
            "no_engagement_reason",
            ("Declined support", "Did not attend", "Moved away", "Other"),
            {"contact": ("yes",)},
        ),
        ("service_end_type", ("Completed", "Disengaged", "Transferred", "Other"), {"engagement": ("yes",)}),
        ("service_end_type", ("Declined",), {"engagement": ("no",), "no_engagement_reason": ("Declined support",)}),
        ("service_end_type", ("Disengaged",), {"engagement": ("no",), "no_engagement_reason": ("Did not attend",)}),
        ("service_end_type", ("Transferred",), {"engagement": ("no",), "no_engagement_reason": ("Moved away",)}),
        ("service_end_type", ("Other",), {"engagement": ("no",), "no_engagement_reason": ("Other",)}),
    ),
    "advance_referrals_out": (
        ("referral_source_type_text", ("Women's service",), ALWAYS),
        ("referral_by_agency", ("Advance",), ALWAYS),
        ("agency_referred_to", ("Housing service", "Benefits advice"), ALWAYS),
    ),
    "advance_interventions": (
        ("type_of_contact", ("Telephone", "Text or email", "Letter"), {"contact": ("no",)}),
        ("agency_text", ("Women's centre",), {"contact": ("no",)}),
    ),
    "advance_criminal_background": (
        ("court", ("Youth court",), {"convicted_as_adult": ("no",)}),
        ("agency", ("Women's centre",), {"convicted_as_adult": ("no",)}),
        ("case_notes", ("Taken from the referral form", "May be checked again"), {"agency": ("Women's centre",)}),
    ),
    "crc": (
        ("order_length", ("12",), ALWAYS),
        ("sentence_type", ("Community",), {"order_type": ("Community order",)}),
        ("sentence_type", ("Suspended",), {"order_type": ("Suspended sentence order",)}),
        ("sentence_type", ("Custodial",), {"order_type": ("Licence",)}),
        ("sentence_type", ("Other",), {"order_type": ("Other",)}),
        ("disposal_type", ("Community",), {"sentence_type": ("Community",)}),
        ("disposal_type", ("Custody",), {"sentence_type": ("Custodial",)}),
        ("disposal_type", ("Other",), {"sentence_type": ("Suspended", "Other")}),
    ),
    "cms_clients": (
        ("statutory_order", ("None", "Youth rehabilitation order", "Licence", "Other"), {"age_band": ("under 18",)}),
        ("statutory_order", ("None", "Community order", "Licence", "Other"), {"age_band": ("21 and over",)}),
        ("any_convictions", ("yes",), {"statutory_order": ORDERED}),
        (
            "accommodation_status_at_point_of_referral",
            ("With family", "Supported housing", "Temporary", "Homeless", "Other"),
            {"age_band": ("under 18",)},
        ),
        (
            "accommodation_status_current",
            ("With family", "Supported housing", "Temporary", "Homeless", "Other"),
            {"age_band": ("under 18",)},
        ),
        ("benefits_at_referral", ("no",), {"immigration_status": ("Awaiting a decision",)}),
        ("caring_responsibilities", ("yes",), {"dependents": ("yes",)}),
        (
            "disability_type",
            ("Physical", "Sensory", "Learning", "Mental health", "Other"),
            {"disability_sen": ("yes",)},
        ),
        ("current_safeguarding_concern", ("yes",), {"current_risk_to_self": ("High",)}),
        ("current_safeguarding_concern", ("yes",), {"current_risk_from_others": ("High",)}),
        (
            "current_safeguarding_concern",
            ("no",),
            {"current_risk_to_self": ("None",), "current_risk_from_others": ("None",)},
        ),
        ("safe_to_lone_work", ("no",), {"current_risk_to_others": ("High",)}),
        (
            "completed_activity",
            ("Mentoring session", "Housing application"),
            {"number_of_ete_activities_completed_since_start": ("0",)},
        ),
        ("case_outcome", ("Needs met", "Needs partly met"), {"case_closure_status": ("Planned",)}),
        (
            "case_outcome",
            ("Needs partly met", "Needs not met", "Not known"),
            {"case_closure_status": ("Unplanned",)},
        ),
        ("case_closure_form_completed", ("yes",), {"case_status": ("Closed",)}),
        ("case_closure_form_completed", ("no",), {"case_status": ("Open",)}),
    ),
    "cms_referrals": (
        ("referral_direction", ("In",), ALWAYS),
        ("referral_success", ("yes",), ALWAYS),
        ("gang_involved_or_known_to_gangs", ("yes",), ALWAYS),
        ("referral_source", NO_PROBATION, {"statutory_order": ("None", "Youth rehabilitation order")}),
        ("referral_source", NO_PROBATION, {"age_band": ("under 18",)}),
        ("client_aware_of_referral", ("yes",), {"referral_source": ("Self",)}),
        ("multi_agency_referral", ("no",), {"referral_source": ("Self",)}),
        ("ete_status", ("In education", "In training"), {"referral_source": ("School or college",)}),
        ("crime_environmental_factors", ("Peers", "Neighbourhood", "Several"), {"any_convictions": ("no",)}),
        (
            "crime_environmental_factors",
            ("Offending", "Peers", "Neighbourhood", "Several"),
            {"gang_involved_or_known_to_gangs": ("yes",)},
        ),
        ("domestic_violence_in_the_home", ("yes",), {"experiencing_domestic_violence": ("yes",)}),
        ("family_factors", ("Caring", "Several"), {"caring_responsibilities": ("yes",)}),
        (
            "family_factors",
            ("Conflict", "Loss or separation", "Several", "None known"),
            {"caring_responsibilities": ("no",)},
        ),
        (
            "family_factors",
            ("Conflict", "Several"),
            {"caring_responsibilities": ("no",), "domestic_violence_in_the_home": ("yes",)},
        ),
        (
            "health_and_wellbeing_factors",
            ("Physical health", "Mental health", "Several"),
            {"substance_misuse": ("yes",)},
        ),
        ("health_and_wellbeing_factors", ("Mental health", "Several"), {"disability_type": ("Mental health",)}),
        ("mental_health_concerns", ("yes",), {"health_and_wellbeing_factors": ("Mental health", "Several")}),
        ("mental_health_concerns", ("no",), {"health_and_wellbeing_factors": ("Physical health", "None known")}),
        ("experiencing_cse", ("no",), {"age_band": ADULT}),
        ("young_persons_vulnerabilities", ("Exploitation", "Several"), {"experiencing_cse": ("yes",)}),
        ("young_persons_vulnerabilities", ("Exploitation", "Several"), {"trafficking": ("yes",)}),
        (
            "young_persons_vulnerabilities",
            ("Isolation", "Homelessness", "None known"),
            {"experiencing_cse": ("no",), "trafficking": ("no",)},
        ),
        (
            "young_persons_vulnerabilities",
            ("Several",),
            {"accommodation_status_at_point_of_referral": ("Homeless",), "experiencing_cse": ("yes",)},
        ),
        (
            "young_persons_vulnerabilities",
            ("Several",),
            {"accommodation_status_at_point_of_referral": ("Homeless",), "trafficking": ("yes",)},
        ),
        (
            "young_persons_vulnerabilities",
            ("Homelessness",),
            {
                "accommodation_status_at_point_of_referral": ("Homeless",),
                "experiencing_cse": ("no",),
                "trafficking": ("no",),
            },
        ),
        (
            "young_persons_vulnerabilities",
            ("Isolation", "None known"),
            {
                "accommodation_status_at_point_of_referral": HOUSED,
                "experiencing_cse": ("no",),
                "trafficking": ("no",),
            },
        ),
        (
            "young_persons_behaviours",
            ("Risk taking", "Withdrawal", "Several", "None known"),
            {"risk_to_others": ("None",), "missing_episodes": ("no",)},
        ),
        (
            "young_persons_behaviours",
            ("Risk taking", "Withdrawal", "Several"),
            {"risk_to_others": ("None",), "missing_episodes": ("yes",)},
        ),
        (
            "young_persons_behaviours",
            ("Aggression", "Risk taking", "Withdrawal", "Several"),
            {"risk_to_others": ("Low", "Medium", "High"), "missing_episodes": ("yes",)},
        ),
        ("has_held_a_tenancy", ("no",), {"age_band": ("under 18",)}),
        ("has_held_a_tenancy", ("yes",), {"accommodation_status_at_point_of_referral": ("Own tenancy",)}),
        ("lac_section_20", ("no",), {"age_band": ADULT}),
        ("lac_section_20", ("no",), {"known_to_social_care_services": ("no",)}),
        ("lac_section_20", ("no",), {"accommodation_status_at_point_of_referral": NOT_LOOKED_AFTER}),
        ("lac_section_31", ("no",), {"age_band": ADULT}),
        ("lac_section_31", ("no",), {"known_to_social_care_services": ("no",)}),
        ("lac_section_31", ("no",), {"accommodation_status_at_point_of_referral": NOT_LOOKED_AFTER}),
        ("lac_section_31", ("no",), {"lac_section_20": ("yes",)}),
        ("known_to_statutory_services", ("yes",), {"statutory_order": ORDERED}),
        ("known_to_statutory_services", ("yes",), {"known_to_social_care_services": ("yes",)}),
        (
            "known_to_statutory_services",
            ("yes",),
            {"referral_source": ("Police", "Probation", "Local authority")},
        ),
        *(
            ("risk_from_others", ("Low", "Medium", "High"), {harm: ("yes",)})
            for harm in (
                "experiencing_cse",
                "trafficking",
                "experiencing_sexual_violence",
                "experiencing_domestic_violence",
            )
        ),
        (
            "referral_reason",
            ("Support need", "Other"),
            {"risk_from_others": ("None",), "risk_to_self": ("None",)},
        ),
        ("strands_needs", ("Housing and money; family",), {"strand_need_primary": ("Housing and money", "Family")}),
        ("strands_needs", ("Health and wellbeing; ETE",), {"strand_need_primary": ("Health and wellbeing", "ETE")}),
        ("strands_needs", ("Relationships",), {"strand_need_primary": ("Relationships",)}),
        (
            "why_support_under_this_strand",
            ("Wants more trust with friends",),
            {"strand_need_primary": ("Relationships",)},
        ),
        ("why_support_under_this_strand", ("Wants calm at home",), {"strand_need_primary": ("Family",)}),
        ("why_support_under_this_strand", ("Wants to learn a trade",), {"strand_need_primary": ("ETE",)}),
        (
            "why_support_under_this_strand",
            ("Wants to sleep better",),
            {"strand_need_primary": ("Health and wellbeing",)},
        ),
    ),
}
"""Fields of which one follows the others: table, field, what it may say, and when. Lines are gone through in order."""
