"""For each rule a tiny document that passes it and one that fails it, one step apart."""

from __future__ import annotations

from .conftest import draw, need

IDENTITY = [{"attribute": name, "value": "x"} for name in ("reference", "version", "date", "status", "author",
                                                            "approver", "classification")]  # fmt: skip
SCOPE: dict[str, list[dict[str, str]]] = {
    kind: [{}] for kind in ("flows", "systems", "data_sets", "volumes", "groups", "answers", "purposes")
}
WITHOUT_SYSTEMS = {kind: rows for kind, rows in SCOPE.items() if kind != "systems"}
CRC = {"data_set": "CRC", "comes_from": "CRC", "goes_to": "MOPAC", "from_subject": "no", "tables": "crc"}
FIELD = need("FOD_FIELD_CRC_01", standing="approved", table="crc", purpose="to match")
HEALTH = FIELD | {"category": "special category: health"}
OFFENCE = FIELD | {"category": "criminal offence data"}
NAME = FIELD | {"category": "direct identifier"}
RISK = need(
    "FOD_RISK_STORAGE_01", title="Data is lost", principle="storage limitation", level="medium", likelihood="low",
    severity="high", residual_level="low", owner="the head of E&I",
)  # fmt: skip
FEARED = [RISK | {"title": "Data is lost, or viewed by others, or changed"}]
MEASURE = need("FOD_MIT_STORAGE_01", reduces=["FOD_RISK_STORAGE_01"])
STARTS = {"event": "the work starts", "date": "2019-10", "role": "processing start"}
SIGNED = {"event": "it is signed", "date": "2019-09-30", "role": "sign-off"}
KEPT = {"data_set": "CRC", "period": "P2Y", "starts": "the end", "method": "erased"}
REVIEWS = [
    {"stage": "first", "date": "2019-09", "next": "2020-03", "reviewer": "the board"},
    {"stage": "last", "date": "2020-03", "reviewer": "the board"},
]
USE = {"purpose": "impact", "data_set": "CRC"}
TASK = {"data_set": "CRC", "article": "6(1)(e)", "statute": "Act", "provision": "section 3"}
VAGUE = need("FOD_COM_ACCESS_01", method="vague")
LINDDUN = (
    "Records are matched, people identified, somebody cannot deny a thing, things are inferred, "
    "data is disclosed, people are not told, and the use is unlawful"
)
EXPECTED = (
    "People are recognised in results, mistaken for others, compared and never told, subject to surveillance, "
    "treated with stigma, feel they must agree, have no rights, and the pseudonyms are broken"
)
RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection", "automated decisions")
ROUTES = [{"right": right, "route": "a letter"} for right in RIGHTS]
SURVEY = {"party": "ORS", "data_set": "surveys", "role": "processor"}
JOINT = {"party": "MOPAC", "data_set": "CRC", "role": "joint controller"}
FLOW = {"sender": "CRC", "receiver": "MOPAC", "data_set": "CRC", "channel": "e-mail", "agreement": "ISA",
        "data": "records", "basis": "6(1)(e)"}  # fmt: skip
CONTRACT = {"processor": "ORS", "reference": "1", "date": "2019-04", "ends": "2022-03", "clauses": "a b c d e f g h"}
AUTHORITY = {"data_set": "CRC", "article": "10", "statute": "Act", "provision": "section 3"}
TELLING = need("FOD_COM_TRANSPARENCY_01", rests_on=["LAW_GDPR_14"])
PROBATION = need("FOD_PARTY_PARTIES_01", party="CRC")
CHILDREN = {"group": "clients", "min_age": "17", "notice": "a comic", "safeguards": "FOD_COM_CONSENT_01"}
IN_THEIR_WORDS = {"notice": "a comic", "for_children": "yes"}
BEST = {"subject": "best interests of children"}
PUBLISHED = [{"attribute": "publication", "value": "full"}]
RESEARCH = {"data_set": "CRC", "article": "9(2)(j)", "schedule_1": "paragraph 4"}
TOLD = need("FOD_COM_RIGHTS_01", rests_on=["LAW_GDPR_19"])
SAFEGUARDS = [{"subject": "no substantial damage or distress"}, {"subject": "no measure or decision about a person"}]
LESS = {"alternatives": [{}], "bases": [RESEARCH]}

TINY = {
    "DC-01": (
        draw(
            document=[
                {"attribute": "controller", "value": "MOPAC"},
                {"attribute": "contact of the data protection officer", "value": "a mailbox"},
            ]
        ),
        draw(document=[{"attribute": "controller", "value": "MOPAC"}]),
    ),
    "DC-02": (
        draw(document=IDENTITY, versions=[{"number": "1", "author": "E&I", "summary": "first"}]),
        draw(document=IDENTITY, versions=[{"number": "1", "author": "E&I"}]),
    ),
    "DC-03": (draw(triggers=[{"criterion": "vulnerable subjects"}]), draw(triggers=[{"criterion": "our policy"}])),
    "DC-04": (draw(dates=[SIGNED, STARTS]), draw(dates=[SIGNED | {"date": "2019-11-01"}, STARTS])),
    "DC-05": (draw(**SCOPE), draw(**WITHOUT_SYSTEMS)),
    "DC-06": (draw(FIELD, data_sets=[CRC], retention=[KEPT]), draw(data_sets=[CRC], retention=[KEPT])),
    "DC-07": (draw(flows=[FLOW], data_sets=[CRC]), draw(flows=[FLOW | {"basis": ""}], data_sets=[CRC])),
    "DC-08": (
        draw(systems=[{"system": "s", "owner": "MPS", "location": "London", "marking": "OFFICIAL"}]),
        draw(systems=[{"system": "s", "owner": "MPS", "location": "London"}]),
    ),
    "DC-09": (
        draw(
            groups=[{"group": "women"}],
            volumes=[{"what": "women", "number": "5"}],
            document=[{"attribute": "area", "value": "London"}],
            dates=[STARTS, {"event": "e", "date": "2020", "role": "processing end"}],
        ),
        draw(
            groups=[{"group": "women"}],
            document=[{"attribute": "area", "value": "London"}],
            dates=[STARTS, {"event": "e", "date": "2020", "role": "processing end"}],
        ),
    ),
    "DC-10": (
        draw(need("FOD_COM_ACCESS_01"), groups=[{"vulnerable": "yes", "safeguards": "FOD_COM_ACCESS_01"}]),
        draw(groups=[{"vulnerable": "yes", "safeguards": "FOD_COM_ACCESS_01"}]),
    ),
    "DC-11": (
        draw(TELLING, PROBATION, data_sets=[CRC | {"told_in": "a leaflet"}]),
        draw(TELLING, PROBATION, data_sets=[CRC]),
    ),
    "DC-12": (
        draw(
            answers=[
                {"question": q, "about": q}
                for q in ("prior concerns", "technology", "public concern", "codes of conduct")
            ]
        ),
        draw(
            answers=[
                {"question": q, "about": "something else"}
                for q in ("prior concerns", "technology", "public concern", "codes of conduct")
            ]
        ),
    ),
    "DC-13": (
        draw(data_sets=[CRC], uses=[USE], bases=[TASK]),
        draw(data_sets=[CRC], uses=[USE], bases=[TASK, TASK | {"article": "6(1)(a)"}]),
    ),
    "DC-14": (draw(bases=[TASK], alternatives=[{}]), draw(bases=[TASK | {"provision": ""}], alternatives=[{}])),
    "DC-15": (
        draw(HEALTH, data_sets=[CRC], bases=[RESEARCH], special_categories=[{"as_printed": "health"}]),
        draw(HEALTH, data_sets=[CRC], bases=[TASK], special_categories=[{"as_printed": "health"}]),
    ),
    "DC-16": (draw(bases=[RESEARCH]), draw(bases=[RESEARCH | {"schedule_1": ""}])),
    "DC-17": (
        draw(bases=[{"article": "9(2)(g)"}], agreements=[{"form": "appropriate policy document"}]),
        draw(bases=[{"article": "9(2)(g)"}], agreements=[{"form": "policy"}]),
    ),
    "DC-18": (
        draw(OFFENCE, data_sets=[CRC], bases=[AUTHORITY]),
        draw(OFFENCE, data_sets=[CRC], bases=[AUTHORITY | {"statute": ""}]),
    ),
    "DC-19": (
        draw(data_sets=[{"data_set": "MPS"}], statements=[{"subject": "which regime applies"}]),
        draw(data_sets=[{"data_set": "MPS"}]),
    ),
    "DC-20": (
        draw(need("FOD_COM_MINIMISATION_01"), statements=SAFEGUARDS, **LESS),
        draw(need("FOD_COM_MINIMISATION_01"), statements=SAFEGUARDS[:1], **LESS),
    ),
    "DC-21": (draw(bases=[TASK]), draw(bases=[TASK | {"article": "6(1)(f)"}])),
    "DC-22": (
        draw(asks=[{"group": "staff", "word": "permission"}]),
        draw(asks=[{"group": "staff", "word": "permission"}, {"group": "staff", "word": "consent"}]),
    ),
    "DC-23": (
        draw(purposes=[{"purpose": "research with records made for another end", "compatible_because": "research"}]),
        draw(purposes=[{"purpose": "research with records made for another end"}]),
    ),
    "DC-24": (draw(alternatives=[{"outcome": "rejected", "because": "too weak"}]), draw()),
    "DC-25": (
        draw(controls=[{"against": "function creep", "owner": "the board"}]),
        draw(controls=[{"against": "function creep"}]),
    ),
    "DC-26": (draw(NAME), draw(NAME | {"purpose": "not stated"})),
    "DC-27": (
        draw(TOLD, data_sets=[CRC | {"corrected_through": "its desk"}]),
        draw(TOLD, data_sets=[CRC]),
    ),
    "DC-28": (
        draw(data_sets=[CRC], retention=[KEPT]),
        draw(data_sets=[CRC], retention=[KEPT | {"period": "as soon as possible"}]),
    ),
    "DC-29": (draw(*FEARED), draw(RISK)),
    "DC-30": (
        draw(roles=[{"party": "CRC", "data_set": "CRC", "role": "controller"}], data_sets=[CRC]),
        draw(roles=[{"party": "MPS", "data_set": "MPS", "role": "controller"}], data_sets=[CRC]),
    ),
    "DC-31": (
        draw(roles=[JOINT], agreements=[{"form": "joint controller arrangement"}]),
        draw(roles=[JOINT], agreements=[{"form": "policy"}]),
    ),
    "DC-32": (
        draw(roles=[SURVEY], contracts=[CONTRACT]),
        draw(roles=[SURVEY], contracts=[CONTRACT | {"clauses": "a b c d e f h"}]),
    ),
    "DC-33": (
        draw(flows=[FLOW], data_sets=[CRC], agreements=[{"agreement": "ISA", "status": "signed"}]),
        draw(flows=[FLOW], data_sets=[CRC], agreements=[{"agreement": "ISA", "status": "draft"}]),
    ),
    "DC-34": (
        draw(systems=[{"system": "CMS", "owner": "CRC", "location": "the EEA"}], data_sets=[CRC]),
        draw(systems=[{"system": "CMS", "owner": "CRC"}], data_sets=[CRC]),
    ),
    "DC-35": (draw(groups=[{"group": "staff", "notice": "a leaflet"}]), draw(groups=[{"group": "staff"}])),
    "DC-36": (draw(rights=ROUTES), draw(rights=ROUTES[:-1])),
    "DC-37": (
        draw(rights=[{"right": "access", "deadline": "5 days"}]),
        draw(rights=[{"right": "access", "route": "passed on"}]),
    ),
    "DC-38": (
        draw(withdrawals=[{"cut_off": "the report", "told": "yes"}]),
        draw(withdrawals=[{"cut_off": "the report"}]),
    ),
    "DC-39": (
        draw(document=[{"attribute": "date", "value": "2026-07"}], notices=[{"complaints_to": "a mailbox"}]),
        draw(document=[{"attribute": "date", "value": "2026-06"}], notices=[{"notice": "n"}]),
    ),
    "DC-40": (
        draw(consultations=[{"whom": "data subjects", "outcome": "three changes"}]),
        draw(consultations=[{"whom": "partners", "outcome": "three changes"}]),
    ),
    "DC-41": (
        draw(consultations=[{"whom": "data protection officer", "date": "2019-08", "outcome": "followed"}]),
        draw(consultations=[{"whom": "data protection officer", "outcome": "followed"}]),
    ),
    "DC-42": (
        draw(consultations=[{"whom": "information security", "status": "done"}]),
        draw(consultations=[{"whom": "information security", "status": "planned"}]),
    ),
    "DC-43": (
        draw(RISK, harms=[{"risk": RISK["id"], "whom": "women", "harm": "they are recognised"}]),
        draw(RISK, harms=[{"risk": RISK["id"], "whom": "MOPAC", "harm": "reputation"}]),
    ),
    "DC-44": (draw(RISK), draw(RISK | {"likelihood": "not stated"})),
    "DC-45": (draw(RISK, MEASURE), draw(RISK | {"owner": "not stated"}, MEASURE)),
    "DC-46": (
        draw(RISK | {"level": "high"}),
        draw(RISK | {"level": "high", "residual_level": "not stated"}),
    ),
    "DC-47": (draw(RISK, MEASURE, rationales=[{"mitigation": MEASURE["id"], "how": "so"}]), draw(RISK, MEASURE)),
    "DC-48": (draw(RISK | {"title": LINDDUN}), draw(RISK)),
    "DC-49": (
        draw(RISK | {"title": "People are recognised in results"}, need("FOD_COM_PUBLICATION_01", method="register")),
        draw(RISK | {"title": "People are recognised in results"}, need("FOD_COM_PUBLICATION_01", method="vague")),
    ),
    "DC-50": (draw(signoffs=[{"role": "head of E&I"}]), draw(signoffs=[{"role": "data protection officer"}])),
    "DC-51": (draw(reviews=REVIEWS), draw(reviews=[REVIEWS[0] | {"reviewer": ""}])),
    "DC-52": (
        draw(actions=[{"action": "write", "owner": "E&I", "due": "2020-01"}]),
        draw(actions=[{"action": "write", "owner": "E&I"}]),
    ),
    "DC-53": (
        draw(document=PUBLISHED, redactions=[{"what": "a name", "ground": "safety"}]),
        draw(document=PUBLISHED, redactions=[{"what": "a name"}]),
    ),
    "DC-54": (
        draw(acronyms=[{"acronym": "ICO", "explained": "yes"}]),
        draw(acronyms=[{"acronym": "WIP", "explained": "no"}]),
    ),
    "DC-55": (draw(), draw(placeholders=[{"printed": "TBC"}])),
    "DC-56": (
        draw(
            document=[{"attribute": "date", "value": "2018-05"}], laws=[{"as_printed": "1998", "ended": "2018-05-25"}]
        ),
        draw(
            document=[{"attribute": "date", "value": "2019-09"}], laws=[{"as_printed": "1998", "ended": "2018-05-25"}]
        ),
    ),
    "DC-57": (
        draw(need("FOD_COM_CONSENT_01"), groups=[CHILDREN], notices=[IN_THEIR_WORDS], statements=[BEST]),
        draw(need("FOD_COM_CONSENT_01"), groups=[CHILDREN], notices=[{"notice": "a comic"}], statements=[BEST]),
    ),
    "DC-58": (draw(statements=[{"subject": "automated decisions"}]), draw()),
    "DC-59": (draw(assessments=[{"assessment": "equality"}]), draw(assessments=[{"assessment": "security"}])),
    "DC-60": (
        draw(VAGUE, need("FOD_FIND_ACCESS_01", concerns=[VAGUE["id"]])),
        draw(VAGUE, need("FOD_FIND_ACCESS_01", concerns=["FOD_COM_ACCESS_02"])),
    ),
    "ST-01": (draw(roles=[JOINT]), draw(roles=[JOINT, JOINT | {"role": "processor"}])),
    "ST-02": (
        draw(statements=[{"subject": "post", "answer": "no"}, {"subject": "post", "answer": "no"}]),
        draw(statements=[{"subject": "post", "answer": "no"}, {"subject": "post", "answer": "sealed"}]),
    ),
    "ST-03": (
        draw(contracts=[{"processor": "ORS", "reference": "1"}, {"processor": "ORS", "reference": "1"}]),
        draw(contracts=[{"processor": "ORS", "reference": "1"}, {"processor": "ORS", "reference": "2"}]),
    ),
    "ST-04": (
        draw(HEALTH, special_categories=[{"as_printed": "mental health"}]),
        draw(HEALTH, special_categories=[{"as_printed": "race"}]),
    ),
    "ST-05": (draw(special_categories=[{"as_printed": "religion"}]), draw(special_categories=[{"as_printed": "age"}])),
    "ST-06": (draw(FIELD), draw(FIELD | {"purpose": "not stated"})),
    "ST-07": (draw(VAGUE | {"method": "attest"}), draw(VAGUE)),
    "ST-08": (
        draw(references=[{"target": "2", "finds": "yes"}]),
        draw(references=[{"target": "3", "finds": "yes"}]),
    ),
    "ST-09": (draw(sections="1 1.1 1.2 2"), draw(sections="1 1.1 1.3 2")),
    "ST-10": (draw(names=[{"belongs": "this evaluation"}]), draw(names=[{"belongs": "another project"}])),
    "ST-11": (draw(agreements=[{"status": "signed"}]), draw(agreements=[{"status": "in place"}])),
    "ST-12": (draw(reviews=REVIEWS), draw(reviews=[REVIEWS[0] | {"next": "2020-04"}, REVIEWS[1]])),
    "ST-13": (
        draw(dates=[{"event": "e", "date": "2022"}, {"event": "e", "date": "2022-09"}]),
        draw(dates=[{"event": "e", "date": "2023"}, {"event": "e", "date": "2022-09"}]),
    ),
    "ST-14": (
        draw(names=[{"name": "WIP", "does": does, "belongs": "this evaluation"} for does in ("acts", "introduced")]),
        draw(names=[{"name": "WIP", "does": "acts", "belongs": "this evaluation"}]),
    ),
    "ST-15": (
        draw(RISK, MEASURE, need("FOD_COM_RETENTION_01", delivers=[MEASURE["id"]])),
        draw(RISK, MEASURE, need("FOD_COM_BREACH_01", delivers=[MEASURE["id"]])),
    ),
    "ST-16": (draw(RISK | {"title": EXPECTED}), draw(RISK)),
}
"""Rule: a document that passes, a document that fails."""
