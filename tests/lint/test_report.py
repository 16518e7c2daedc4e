"""The report has the shape of its schema, and the table shows every rule with its reason."""

import io
import json

import jsonschema_rs
import pytest
from rich.console import Console

from dpia_checks import lint_tables
from dpia_checks.lint import report, rules

from .conftest import draw, need

TWO = [{"processor": "ORS", "reference": reference} for reference in "12"]


@pytest.fixture
def results():
    return rules.lint(draw(need("FOD_FIND_PARTIES_01", found_by="ST-03", concerns=[]), contracts=TWO))


def test_the_report_follows_its_schema_and_counts_every_rule(results, tmp_path):
    made = report.build("fod", results, "1.0")
    report.write(made, tmp_path / "lint.json")

    assert json.loads((tmp_path / "lint.json").read_text()) == made
    assert sum(made["counts"].values()) == len(made["rules"]) == len(results)


def test_a_rule_that_fails_has_its_cases_and_findings(results):
    (one,) = [rule for rule in report.build("fod", results, "1.0")["rules"] if rule["id"] == "ST-03"]

    assert one["outcome"] == "fail"
    assert one["cases"][0]["needs"] == ["FOD_CTX_CONTRACTS_01", "FOD_CTX_CONTRACTS_02"]
    assert one["findings"] == ["FOD_FIND_PARTIES_01"]


def test_a_failure_without_a_case_is_refused(results, tmp_path):
    made = report.build("fod", results, "1.0")
    next(rule for rule in made["rules"] if rule["outcome"] == "fail")["cases"] = []

    with pytest.raises(jsonschema_rs.ValidationError):
        report.write(made, tmp_path / "lint.json")


def test_the_table_shows_each_rule_its_answer_and_its_finding(results):
    console = Console(width=200, file=io.StringIO())

    lint_tables.print_results(console, "fod", results)

    shown = console.file.getvalue()
    assert all(result.rule.id in shown for result in results)
    assert "FOD_FIND_PARTIES_01" in shown
    assert "the contract with ORS is 1 and 2" in shown
    assert f"of {len(results)} rules" in shown
    assert "Not about what anybody did." in shown


def test_the_table_says_how_many_cases_it_leaves_out():
    console = Console(width=200, file=io.StringIO())
    many = [{"action": f"do thing {number}"} for number in range(5)]

    lint_tables.print_results(console, "fod", rules.lint(draw(actions=many)))

    assert "and 2 more" in console.file.getvalue()
