"""One document against the other: nothing is left out, and what is said to agree does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dpia_checks import DPIAS, evidence, needs, parts
from dpia_checks.errors import FactsUnusable
from dpia_checks.needs import Needs
from dpia_checks.parts import compare
from dpia_checks.parts.site import Site

ROOT = Path(__file__).parents[1]
MADE_BY = {"tool": "1", "commit": "abc", "extract_sets": []}
HEAD = "table,point,fod,lge,compared\n"
ROW = re.compile(
    r'<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', re.DOTALL
)


def site_of(listed, docs):
    return Site(listed, evidence.build(listed, [], {}, MADE_BY), {"fod/risks", "lge/risks", "fod/stated"}, {}, docs)


@pytest.fixture(scope="module")
def real():
    return site_of(needs.read(ROOT / "build" / "needs.json"), ROOT / "docs")


@pytest.fixture(scope="module")
def named(real):
    return {id for line in compare.lines(real) for dpia in DPIAS for id in compare.ids_of(line[dpia])}


def need(id, type, **more):
    return {"id": id, "type": type, "title": f"Title of {id}", "docname": "fod/risks"} | more


@pytest.fixture
def shown(tmp_path):
    listed = Needs(
        {
            one["id"]: one
            for one in (
                need("FOD_RISK_STORAGE_01", "risk", level="low"),
                need("LGE_RISK_STORAGE_01", "risk", level="high"),
                need("FOD_COM_BREACH_01", "commitment", terms="hours: 72 hours", method="register"),
                need("FOD_FIELD_CASES_01", "field", standing="approved", category="health; crime", title="Court"),
                need("LGE_FIELD_CASES_01", "field", standing="approved", category="crime", title="Court"),
                need("LGE_FIELD_CASES_02", "field", standing="register", category="crime", title="Log"),
            )
        }
    )

    def rows(name, lines="", facts=()):
        (tmp_path / "compare.csv").write_text(HEAD + lines)
        for dpia, kind, text in facts:
            (tmp_path / dpia / "facts").mkdir(parents=True, exist_ok=True)
            (tmp_path / dpia / "facts" / f"{kind}.csv").write_text(text)
        return ROW.findall(parts.render(site_of(listed, tmp_path), "fod/risks", "compare", name))

    return rows


def test_each_risk_of_both_is_in_the_table_once(real):
    risks = [line for line in compare.lines(real) if line["table"] == "risks"]
    ids = [id for line in risks for dpia in DPIAS for id in compare.ids_of(line[dpia])]

    assert sorted(ids) == sorted(real.needs.of_type("risk"))


def test_risks_agree_when_their_levels_do(real):
    for line in compare.lines(real):
        if line["table"] == "risks" and line["fod"] and line["lge"]:
            levels = {real.needs.by_id[line[dpia]]["level"] for dpia in DPIAS}
            assert line["compared"] == ("agree" if len(levels) == 1 else "differ"), line["point"]


def test_each_time_that_both_state_is_the_same(real):
    told = [line for line in compare.lines(real) if line["table"] == "times" and "_COM_" in line["fod"]]
    terms = [[real.needs.by_id[line[dpia]].get("terms") for dpia in DPIAS] for line in told]

    assert [(one == two) for one, two in terms] == [line["compared"] == "agree" for line in told]


def test_each_stage_and_each_use_of_data_is_in_the_table(real, named):
    stages = {
        fact.id
        for dpia in DPIAS
        for kind in ("purposes", "uses")
        for fact in real.stated[dpia][kind]
        if fact["purpose"] != "research with records made for another end"
    }

    assert stages - named == set()


def test_a_line_names_needs_there_are_and_a_table_that_the_page_shows(real, named):
    page = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    lines = compare.lines(real)

    assert named - real.needs.by_id.keys() == set()
    assert {line["table"] for line in lines} == compare.PAIRED.keys()
    assert [name for name in compare.TABLES if f"{{dpia-view}} compare {name}\n" not in page] == []
    both = [bool(line["fod"] and line["lge"]) for line in lines]
    assert [line["compared"] in {"agree", "differ", "contradict"} for line in lines] == both
    assert [line["point"] for line in lines if not (line["fod"] or line["lge"])] == []


@pytest.mark.parametrize("name", compare.TABLES)
def test_every_table_has_rows_and_every_row_something(real, name):
    rows = ROW.findall(parts.render(real, "compare", "compare", name))

    assert rows
    assert [point for point, fod, lge, said in rows if fod == lge == "nothing is stated" or not said] == []


def test_a_risk_has_its_level_beside_it(shown):
    [(point, fod, lge, said)] = shown("risks", "risks,Loss,FOD_RISK_STORAGE_01,LGE_RISK_STORAGE_01,differ\n")

    assert (point, said) == ("Loss", "differ")
    assert "Title of FOD_RISK_STORAGE_01 (low)" in fod
    assert "Title of LGE_RISK_STORAGE_01 (high)" in lge


def test_what_one_has_alone_is_said(shown):
    lines = "risks,One,FOD_RISK_STORAGE_01,,\nrisks,Other,,LGE_RISK_STORAGE_01,\n"

    assert [said for *_, said in shown("risks", lines)] == ["FOD alone", "LGE alone"]
    assert shown("risks", lines)[0][2] == "nothing is stated"


def test_a_promise_has_its_number_and_its_state(shown):
    [(_, fod, _, _)] = shown("times", "times,The regulator,FOD_COM_BREACH_01,,\n")

    assert "(hours: 72 hours)" in fod
    assert "no check yet" in fod


def test_a_field_of_two_categories_is_under_both_and_a_register_under_none(shown):
    rows = {point: (fod, lge, said) for point, fod, lge, said in shown("fields")}

    assert rows.keys() == {"crime", "health"}
    assert rows["crime"][2] == "agree"
    assert rows["health"][2] == "FOD alone"
    assert "Log" not in rows["crime"][1]


def test_facts_agree_when_every_other_cell_does(shown):
    head = "id,source,says,data_set,period,starts,method\n"
    fod = f"{head}FOD_CTX_RETENTION_01,2,One,paper,P8Y,,\nFOD_CTX_RETENTION_02,2,Two,all,,,erased\n"
    lge = f"{head}LGE_CTX_RETENTION_01,3,Other words,paper,P8Y,,\nLGE_CTX_RETENTION_02,3,Two,all,,the end,erased\n"

    rows = shown("retention", facts=[("fod", "retention", fod), ("lge", "retention", lge)])

    assert [(point, said) for point, *_, said in rows] == [("paper", "agree"), ("all", "differ")]


def test_a_table_with_other_columns_is_refused(tmp_path):
    (tmp_path / "compare.csv").write_text("table,point\n")

    with pytest.raises(FactsUnusable, match=r"compare\.csv"):
        compare.lines(site_of(Needs({}), tmp_path))
