"""
The fields that the documents list, typed by hand while reading their annexes, against extracts/<dpia>.csv.

What stands here was not copied from the extracts: a field that is missing there, or is there and in no annex, shows
only because the two were written apart. Names are as printed; a field whose order we changed would show too.
"""

from __future__ import annotations

import re

import pytest

from dpia_checks import DPIAS, schema

FOD_APPENDIX_1 = {
    # Advance Minerva data fields
    "advance_referrals_in": [
        "Referral ID",
        "Client ID",
        # the number that probation gives her, and her name
        "Delius Number",
        "Forename",
        "Surname",
        "Date referral received",
        "Service Start Date",
        "Service End Date",
        "Service end type",
        "Referral Source Type Text",
        "Referral By Agency",
        "Referral by contact",
        "Agency referred to",
        "Area",
        "New or Repeat",
        "Contact",
        "Contact date",
        "time between referral and contact dates",
        "Engagement",
        "Engagement date",
        "No Engagement Reason",
        "Date of Birth",
        "Age",
        "Gender",
        "Ethnicity",
        "Religion",
        "Has Physical Disability",
        "Has Mental Health Disability",
        "Has Children",
        "Marital Status",
    ],
    # Referral Support (Out)
    "advance_referrals_out": [
        "Referral ID",
        "Client ID",
        "Forename",
        "Surname",
        "Date Referred to other agency",
        "Referral Source Type Text",
        "Referral By Agency",
        "Agency referred to",
    ],
    # Intervention Information
    "advance_interventions": ["Client ID", "Type Of Contact", "Case note Date", "Agency Text"],
    # Criminal Background
    "advance_criminal_background": [
        "Client ID",
        "Client Name",
        "Court",
        "Date Recorded",
        "Date Of Offence",
        "Conviction Date",
        "Case Notes",
        "Agency",
    ],
    # CRC data fields
    "crc": [
        "Client ID",
        "Delius Number",
        "Innovation or Non-innovation",
        "First Name",
        "Surname",
        "Date of birth",
        "Ethnicity",
        "Borough",
        "PNCID",
        "Date of latest OASys assessment",
        "Accommodation Y/N",
        "ETE Y/N",
        "Finance Y/N",
        "Relationships Y/N",
        "Lifestyle Y/N",
        "Drugs Y/N",
        "Alcohol Y/N",
        "Emotional Y/N",
        "Thinking Y/N",
        "Attitudes Y/N",
        "OGRS1 score",
        "OGRS2 score",
        "Order type",
        "Main offence description",
        "Offence Date",
        "Order length",
        "Sentence date",
        "Sentence type",
        "Disposal date",
        "Disposal Type",
        "Expected term date",
        "Multiple requirement? If yes, requirement types",
    ],
}
LGE_ANNEX_B = {
    "cms_clients": [
        # Personal
        "Full name",
        "Home Address - Post Code",
        "Date of Birth",
        "Age at Point of Referral",
        "In receipt of benefits at point of referral",
        "Immigration Status",
        "Known to Social Care/Services",
        "Caring Responsibilities",
        "Dependents",
        "Living/Accommodation Status: At Point of Referral",
        "Living/Accommodation Status: Current",
        "Gender",
        "Ethnicity",
        "Sexual Identity",
        "Faith/Belief",
        # Needs
        "Disability/SEN",
        "Disability type",
        "Language or communication needs?",
        "If yes, explain",
        # Case tracking
        "Case Status",
        "Date Client Allocated",
        "Engaged at 3 months",
        "Engaged at 6 months",
        "Engaged at 9 months",
        "Pre-Initial Closure Detail",
        "Other",
        # Risk
        "Current Safeguarding Concern",
        "Safe to Lone Work",
        "Current Risk to Self",
        "Current Risk from Others",
        "Current Risk to Others",
        "On the police matrix?",
        "Police matrix score",
        "Any convictions?",
        "Statutory Order",
        "Victim of weapon enabled crime prior to working with service?",
        "Details",
        "Victim of weapon enabled crime whilst on the service?",
        "Details",
        # Outcome scores
        "Gang Involvement",
        "Offending behaviour",
        "Safety",
        "Coping strategies",
        "Access to housing",
        "Health & wellbeing",
        "Relationships",
        "Family Dynamics",
        "Engagement in ETE",
        "Expected End Date",
        # Outputs
        "Completed Activity",
        "Housing and Resettlement: Number of moves since start",
        "ETE: Number of completed activity since start",
        "Family Support: Number of additional family members supported since start",
        "Case Closure Status",
        "Case Outcome",
        "Case Closure Form Completed",
    ],
    "cms_referrals": [
        # Referral details
        "Referral direction",
        "Referral reason",
        "Referral notes",
        "Referral date and time",
        "Alternate contact details",
        "Referral success",
        "Was this a multi-agency referral?",
        "Is the client aware of the referral",
        "Referral source",
        "Referral Borough",
        "Referral URN",
        "Date Referral Package sent to Delivery Team",
        "Known to Statutory Services",
        "Crime/Environmental Factors",
        "Family Factors",
        "Health and Wellbeing Factors",
        "Young Person's Vulnerabilities",
        "Young Person's Behaviours",
        "Experiencing CSE",
        "Gang Involved or known to gangs",
        "State gang name if known",
        "Missing Episodes",
        "Trafficking",
        "Domestic Violence in the home",
        "Experiencing Sexual Violence",
        "Experiencing Domestic Violence",
        "ETE Status",
        "Substance misuse",
        "Mental health concerns",
        "Other Factors",
        "If referred whilst in Secure Estate, state name",
        "Has client held a tenancy",
        "LAC Section 20",
        "LAC Section 31",
        "Conditional release date",
        # Risk (of referral)
        "Risk to others:",
        "Risk to others Details",
        "Risk from others",
        "Risk from others Details",
        "Risk to self",
        "Risk to self Details",
        # Needs (of referral)
        "Strand(s)/need(s)",
        "Strand/need (primary need)",
        "Why young person should get support under this strand",
    ],
}
PRINTED = {"fod": FOD_APPENDIX_1, "lge": LGE_ANNEX_B}
LINES = {"fod": ("App1", range(638, 733)), "lge": ("AnnexB", range(625, 734))}
SPECIAL = {
    "racial or ethnic origin",
    "political opinions",
    "religious or philosophical beliefs",
    "trade union membership",
    "genetic data",
    "biometric data",
    "health",
    "sex life",
    "sexual orientation",
}
"""The special categories of Article 9(1)."""


def approved(dpia):
    """Return the approved columns of each table that has any."""
    columns = (column for table in schema.load(dpia).values() for column in table.columns.values())
    by_table = {}
    for column in columns:
        if column.standing == "approved":
            by_table.setdefault(column.table, []).append(column)
    return by_table


FIELDS = [column for dpia in DPIAS for columns in approved(dpia).values() for column in columns]


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_table_of_the_annex_is_a_table_and_no_other_is_approved(dpia):
    assert set(approved(dpia)) == set(PRINTED[dpia])


@pytest.mark.parametrize(("dpia", "table"), [(dpia, table) for dpia in DPIAS for table in PRINTED[dpia]])
def test_the_approved_fields_are_those_that_the_annex_prints(dpia, table):
    assert [column.name for column in approved(dpia)[table]] == PRINTED[dpia][table]


def test_the_annexes_have_as_many_fields_as_were_counted():
    assert {dpia: sum(map(len, PRINTED[dpia].values())) for dpia in DPIAS} == {"fod": 82, "lge": 100}


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_field_says_on_which_line_of_the_annex_it_stands(dpia):
    section, lines = LINES[dpia]
    places = [(c.source, int(c.source_line)) for columns in approved(dpia).values() for c in columns]

    assert {source for source, _ in places} == {section}
    assert [line for _, line in places if line not in lines] == []
    assert places == sorted(places, key=lambda place: place[1])


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_each_field_says_what_it_is_of_whom_and_on_what_ground(field):
    """A purpose that the document leaves out is "not stated", and so is whose data it is."""
    assert field.type in schema.TYPES
    assert field.whose
    assert field.purpose
    assert field.special_category in {"", *SPECIAL}
    assert field.basis
    assert all(re.fullmatch(r"LAW_[A-Z0-9_]+", law) for law in field.basis)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_sensitive_fields_rest_on_the_articles_for_them(field):
    assert any(law.startswith("LAW_GDPR_9_") for law in field.basis) == bool(field.special_category)
    assert ("LAW_GDPR_10" in field.basis) == field.criminal_offence


DIRECT = re.compile(r"name$|surname|date of birth|\bid$|pncid|number$|post code|contact details|urn$|by contact", re.I)
IN_PART = {"State gang name if known", "If referred whilst in Secure Estate, state name"}
"""The names of groups and places."""


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_names_numbers_and_addresses_are_direct_identifiers(field):
    by_name = bool(DIRECT.search(field.name)) and field.name not in IN_PART

    assert field.direct_identifier == by_name


WRITTEN = re.compile(r"notes$|details?$|explain$|^other( factors)?$|^why ", re.I)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_notes_details_and_reasons_are_free_text(field):
    by_name = bool(WRITTEN.search(field.name)) and not field.direct_identifier

    assert (field.type == "free_text") == by_name


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_what_is_answered_by_yes_or_no_is_a_tick_box(field):
    if re.search(r"Y/N$|^Has |^Any |^Is |^Was |^Engaged at|\?$", field.name):
        assert field.type == "yes_no"


SENSITIVE = {
    r"ethnic|race\b": "racial or ethnic origin",
    r"religio|faith|belief": "religious or philosophical beliefs",
    r"disab|health|drugs|alcohol|substance|communication needs|^if yes, explain|strand": "health",
    r"sexual identity|orientation": "sexual orientation",
    r"\bCSE\b|sexual violence": "sex life",
}
OFFENCES = (
    r"offen|convict|sentence|order\b|OGRS|court|disposal|matrix|PNC|delius|conditional release|secure estate|gang"
    r"|^crime|OASys| Y/N$"
)
OF_AN_ORDER = {
    "Date Recorded",
    "Case Notes",
    "Expected term date",
    "Multiple requirement? If yes, requirement types",
}
"""What is about an offence or an order and has neither word in its heading."""


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_a_field_that_sounds_sensitive_is_marked_so(field):
    expected = {category for words, category in SENSITIVE.items() if re.search(words, field.name, re.I)}

    assert expected <= {field.special_category}
    assert field.criminal_offence == bool(re.search(OFFENCES, field.name, re.I) or field.name in OF_AN_ORDER)
