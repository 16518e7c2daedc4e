"""LGE: what is shared, with whom, on whose permission, and how requests are met (2.1.2, 2.1.3, 2.1.6, 2.3.8, 6)."""

import pytest

from dpia_checks.checks.breach import not_written_down
from dpia_checks.checks.parties import not_covered, not_on_the_list
from dpia_checks.checks.sharing import more_than_needed, shared_without_permission
from dpia_checks.checks.storage import done_in_another_way
from dpia_checks.checks.transfers import not_confirmed, sent_by_a_banned_way
from dpia_checks.violations import assert_no_violations

COMPANIES = {"ORS", "another company"}
SENT = {"sender": ["MOPAC"], "personal": ["yes"]}
SHARED = {"decision": ["shared"], "personal": ["yes"]}


def sent_unrecorded(extracts, **what):
    """Find personal data that MOPAC sent on a day for which no line of disclosures says that it was shared."""
    sent = {"data_set" if name == "data_source" else name: values for name, values in what.items()}
    return not_covered(
        extracts["transfers"],
        extracts["disclosures"],
        by="supply_id",
        to="disclosure_id",
        at="sent_at",
        start="supplied_on",
        end="supplied_on",
        only={**SENT, **sent, "supply_kind": ["disclosure"]},
        valid={**SHARED, **what},
        same={"recipient": "recipient", "data_set": "data_source"},
    )


def not_agreed(extracts, register, at, whom, only, agreed):
    """Find personal data of *only* that was shared on a day on which no signed agreement that it names ran."""
    return not_covered(
        extracts[register],
        extracts["agreements"],
        by="agreement",
        to="agreement_reference",
        at=at,
        start="signed_on",
        end="expires_on",
        only={**SHARED, **only},
        valid={"agreement_status": ["signed", "ended early"], **agreed},
        over={"agreement_status": ["ended early"]},
        same={whom: "agreement_party"},
    )


def met_unrecorded(extracts, of, **what):
    """Find personal data that MOPAC sent on a day for which no request, of those with *of*, says that it was met."""
    return not_covered(
        extracts["transfers"],
        extracts["agency_requests"],
        by="supply_id",
        to="request_id",
        at="sent_at",
        start="released_on",
        end="released_on",
        only={**SENT, **what, "supply_kind": ["agency request"]},
        valid={**SHARED, **of},
        same={"recipient": "requester"},
    )


def everything_held(terms):
    """Return the data sets of E&I, with those that are neither Safer London's nor E&I's own work."""
    return [*terms.items_of("data_sets"), *terms.items_of("further_data")]


def met_unrecorded_by_owner(extracts, terms, **to):
    """Find what MOPAC sent for a request that no line for data of that owner, from whoever *to* says, was met with."""
    asked = asked_by(to)
    whose = zip(terms.items_of("further_data"), terms.items_of("further_owners"), strict=True)
    owned = [(terms.items_of("data_sets"), terms.items_of("owners")), *(([data], [owner]) for data, owner in whose)]
    return [met_unrecorded(extracts, {**asked, "data_owner": owners}, data_set=data, **to) for data, owners in owned]


def to_others(terms):
    """Return each data set with its author and to whom it must not go unasked: anybody but the author."""
    everybody = terms.items_of("recipients")
    theirs = zip(terms.items_of("data_sets"), terms.items_of("owners"), strict=True)
    others = [([data], [owner], {"recipient": [who for who in everybody if who != owner]}) for data, owner in theirs]
    return [*others, (terms.items_of("own_work"), terms.items_of("lead_provider"), {})]


def asked_by(others):
    """Return the scope of requests of the same organisations."""
    return {"requester": others["recipient"]} if others else {}


@pytest.mark.verifies("LGE_COM_SHARING_02")
def test_safer_london_gets_no_police_records(extracts, terms):
    """No personal data from the police goes to Safer London, on a request of its own or without."""
    only = {"data_source": terms.items_of("data_sets"), "recipient": terms.items_of("recipients")}
    asked = {"requester": only["recipient"], "data_owner": terms.items_of("owners")}

    unpermitted = shared_without_permission(extracts["disclosures"], permission=None, only=only, supplied="supplied_on")
    released = shared_without_permission(
        extracts["agency_requests"], permission=None, only=asked, released="released_on"
    )

    sent = sent_by_a_banned_way(
        extracts["transfers"],
        way="recipient",
        banned=terms.items_of("recipients"),
        only={**SENT, "data_set": terms.items_of("data_sets")},
    )

    assert_no_violations(unpermitted, released, sent)


@pytest.mark.verifies("LGE_COM_SHARING_03")
def test_police_records_are_not_shared(extracts, terms):
    """No personal data from the police is shared with anybody else, and none is released on a request of theirs."""
    others = terms.items_of("recipients")
    only = {"data_source": terms.items_of("data_sets"), "recipient": others}
    theirs = {"data_owner": terms.items_of("owners"), "requester": others}

    unpermitted = shared_without_permission(extracts["disclosures"], permission=None, only=only, supplied="supplied_on")
    released = shared_without_permission(
        extracts["agency_requests"], permission=None, only=theirs, released="released_on"
    )

    sent = sent_by_a_banned_way(
        extracts["transfers"],
        way="data_set",
        banned=terms.items_of("data_sets"),
        only={**SENT, "recipient": others},
    )

    assert_no_violations(unpermitted, released, sent)


@pytest.mark.verifies("LGE_COM_SHARING_04")
def test_police_data_goes_to_nobody_without_an_agreement(extracts, terms):
    """Personal data from the police goes to nobody else, on a request or without, but under an agreement for it."""
    only = {"data_source": terms.items_of("data_sets"), "recipient": terms.items_of("recipients")}
    theirs = {"data_owner": terms.items_of("owners"), "requester": only["recipient"]}
    agreed = {"agreed_data": only["data_source"], "agreement_party": only["recipient"]}

    unpermitted = shared_without_permission(
        extracts["disclosures"], permission="agreement", only=only, supplied="supplied_on"
    )
    released = shared_without_permission(
        extracts["agency_requests"], permission="agreement", only=theirs, released="released_on"
    )
    lapsed = [
        not_agreed(extracts, "disclosures", "supplied_on", "recipient", only, agreed),
        not_agreed(extracts, "agency_requests", "released_on", "requester", theirs, agreed),
    ]

    met = met_unrecorded(extracts, theirs, data_set=only["data_source"], recipient=only["recipient"])

    assert_no_violations(unpermitted, released, *lapsed, sent_unrecorded(extracts, **only), met)


@pytest.mark.verifies("LGE_COM_SHARING_05")
def test_refusals_are_recorded(extracts):
    """Each refusal has the day on which it was recorded."""
    unwritten = [
        not_written_down(extracts[register], what="recorded_on", of={"decision": ["refused"]}, due=decided)
        for register, decided in (("disclosures", "decided_on"), ("agency_requests", None))
    ]

    assert_no_violations(*unwritten)


@pytest.mark.verifies("LGE_COM_SHARING_06")
def test_refusals_have_reasons(extracts):
    """Each refusal gives its reasons."""
    unwritten = [
        not_written_down(extracts[register], what="refusal_reason", of={"decision": ["refused"]}, due=decided)
        for register, decided in (("disclosures", "decided_on"), ("agency_requests", None))
    ]

    assert_no_violations(*unwritten)


@pytest.mark.verifies("LGE_COM_SHARING_07")
def test_the_lead_provider_agrees_first(extracts, terms):
    """The lead provider agreed, by the day of the supply, to all that the police were given."""
    only = {"data_source": everything_held(terms), "recipient": terms.items_of("recipients")}
    theirs = {"requester": only["recipient"], "data_owner": terms.items_of("owners")}
    others = {"requester": only["recipient"], "data_owner": terms.items_of("further_owners")}

    unpermitted = shared_without_permission(
        extracts["disclosures"], permission="lead_provider_agreed_on", by="supplied_on", only=only
    )

    released = shared_without_permission(
        extracts["agency_requests"], permission="owner_agreed_on", by="released_on", only=theirs, released="released_on"
    )
    unseen = shared_without_permission(
        extracts["agency_requests"], permission=None, only=others, released="released_on"
    )
    met = met_unrecorded_by_owner(extracts, terms, recipient=only["recipient"])

    assert_no_violations(unpermitted, released, unseen, sent_unrecorded(extracts, **only), *met)


@pytest.mark.verifies("LGE_COM_SHARING_08")
def test_only_an_acute_need_opens_the_way(extracts, terms):
    """An acute need is written down for all that the police were given."""
    only = {"data_source": everything_held(terms), "recipient": terms.items_of("recipients")}
    owners = [*terms.items_of("owners"), *terms.items_of("further_owners")]
    theirs = {"requester": only["recipient"], "data_owner": owners}

    unpermitted = shared_without_permission(
        extracts["disclosures"], permission="acute_need", only=only, supplied="supplied_on"
    )

    released = shared_without_permission(
        extracts["agency_requests"], permission="acute_need", only=theirs, released="released_on"
    )
    met = met_unrecorded_by_owner(extracts, terms, recipient=only["recipient"])

    assert_no_violations(unpermitted, released, sent_unrecorded(extracts, **only), *met)


@pytest.mark.verifies("LGE_COM_SHARING_10")
def test_the_police_get_no_single_clients(extracts, terms):
    """Nothing that Safer London collects goes to the police as single people."""
    only = {"data_source": terms.items_of("data_sets"), "recipient": terms.items_of("recipients")}
    theirs = {"requester": only["recipient"], "data_owner": terms.items_of("owners")}

    unpermitted = shared_without_permission(extracts["disclosures"], permission=None, only=only, supplied="supplied_on")

    released = shared_without_permission(
        extracts["agency_requests"], permission=None, only=theirs, released="released_on"
    )
    sent = sent_by_a_banned_way(
        extracts["transfers"],
        way="recipient",
        banned=terms.items_of("recipients"),
        only={**SENT, "data_set": terms.items_of("data_sets")},
    )

    assert_no_violations(unpermitted, released, sent)


@pytest.mark.verifies("LGE_COM_SHARING_11")
def test_the_author_agrees_first(extracts, terms):
    """The author of the data agreed, by the day of the supply, to each disclosure of single people, asked or not."""
    unpermitted, released, met = [], [], []
    for data, owner, others in to_others(terms):
        only, theirs = {"data_source": data, **others}, {"data_owner": owner, **asked_by(others)}
        unpermitted += [
            shared_without_permission(
                extracts["disclosures"], permission="owner_agreed_on", by="supplied_on", only=only
            ),
            sent_unrecorded(extracts, **only),
        ]
        if others:
            released.append(
                shared_without_permission(
                    extracts["agency_requests"],
                    permission="owner_agreed_on",
                    by="released_on",
                    only=theirs,
                    released="released_on",
                )
            )
        met.append(met_unrecorded(extracts, theirs, data_set=data, **others))

    assert_no_violations(*unpermitted, *released, *met)


@pytest.mark.verifies("LGE_COM_SHARING_15")
def test_the_agreement_says_the_role(extracts, terms):
    """Each agreement says what the processor is for, and who works and is not known already has one."""
    work, agreed = extracts["processor_work"], extracts["contractors"]
    others = {"processor": sorted(COMPANIES - set(terms.items_of("known")))}

    silent = not_confirmed(agreed, that="states_role")
    unlisted = not_on_the_list(
        work, agreed, names="work_contractor", key="contractor_id", began="began_on", only=others
    )

    assert_no_violations(silent, unlisted)


@pytest.mark.verifies("LGE_COM_SHARING_20")
def test_requests_come_by_secure_e_mail(extracts, terms):
    """Each request came by e-mail, from one of the kinds of address that the terms call secure."""
    log, secure = extracts["agency_requests"], terms.items_of("addresses")

    otherwise = done_in_another_way(log, way="request_channel", permitted=terms.items_of("channel"))
    elsewhere = done_in_another_way(log, way="request_address", permitted=secure)

    assert_no_violations(otherwise, elsewhere)


@pytest.mark.verifies("LGE_COM_SHARING_21")
def test_requests_go_to_the_project_manager(extracts, terms):
    """Each request went to the role of the terms."""
    others = done_in_another_way(extracts["agency_requests"], way="sent_to", permitted=terms.items_of("role"))

    assert_no_violations(others)


@pytest.mark.verifies("LGE_COM_SHARING_22")
def test_requests_without_reason_are_refused(extracts):
    """Nothing is released on a request that gives no reason."""
    unpermitted = shared_without_permission(
        extracts["agency_requests"], permission="justification", personal=None, released="released_on"
    )

    assert_no_violations(unpermitted)


@pytest.mark.verifies("LGE_COM_SHARING_24")
def test_requests_are_met_with_the_least(extracts):
    """No request was met with more fields than it needs."""
    more = more_than_needed(extracts["agency_requests"], released="fields_released", needed="fields_needed")

    assert_no_violations(more)


@pytest.mark.verifies("LGE_COM_SHARING_26")
def test_the_owner_has_a_part_in_a_release(extracts):
    """The original owner agreed to each release by its day."""
    unpermitted = shared_without_permission(
        extracts["agency_requests"],
        permission="owner_agreed_on",
        by="released_on",
        personal=None,
        released="released_on",
    )

    assert_no_violations(unpermitted)
