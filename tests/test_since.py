"""What became of them is said once, with where it was read, or is unknown."""

from pathlib import Path

import pytest

from dpia_checks import DPIAS, evidence, facts, parts, since
from dpia_checks import needs as needs_files
from dpia_checks.errors import FactsUnusable
from dpia_checks.parts.site import Site

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
HEAD = "name,kind,became,address\n"


def test_every_party_has_a_line():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    lines = since.load(DOCS)

    parties = [listed.by_id[id] for id in listed.of_type("party")]
    assert [need["id"] for need in parties if need["status_now"] != lines[need["party"]].became] == []


def test_every_system_with_a_name_has_a_line():
    named = {fact["system"] for dpia in DPIAS for fact in facts.load(DOCS / dpia)["systems"]}

    assert {name for name in named if name[0].isupper()} <= since.load(DOCS).keys()


def test_both_services_are_followed_up():
    assert {line.name for line in since.load(DOCS).values() if line.kind == "scheme" and line.address} == {
        "Female Offender Diversion pilot",
        "London Gang Exit",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,scheme,ended,\n", "since.csv:2: known without an address"),
        ("A,scheme,unknown,https://a.org\n", "since.csv:2: known without an address, or unknown with one"),
        ("A,building,unknown,\n", "since.csv:2: an unknown kind"),
        ("A,scheme,unknown,\nA,scheme,unknown,\n", "since.csv:3: an unknown kind, or a name said twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line, said):
    (tmp_path / "since.csv").write_text(HEAD + line)

    with pytest.raises(FactsUnusable) as refused:
        since.load(tmp_path)

    assert said in str(refused.value)


def test_without_the_file_nothing_is_known(tmp_path):
    assert since.load(tmp_path) == {}


def test_a_party_shows_what_became_of_it_where_that_was_read_and_each_role_it_was_given():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    pages = {"fod/parties", "fod/stated", "fod/sections", "since"}
    site = Site(listed, evidence.build(listed, (), {}, made_by), pages, {}, DOCS)

    crc = str(parts.render(site, "fod/parties", "facts", "FOD_PARTY_PARTIES_15"))
    table = str(parts.render(site, "since", "since"))

    assert "26 June 2021" in crc
    assert '<a class="reference external" href="https://commonslibrary.parliament.uk/' in crc
    assert 'href="stated.html#FOD_CTX_PARTIES_12"' in crc
    assert 'href="fod/stated.html#FOD_CTX_STORAGE_03"' in table
    assert table.count("<td>unknown</td>") == sum(line.became == "unknown" for line in since.load(DOCS).values())
    row = next(row for row in table.split("<tr>") if ">Lamplight<" in row)
    assert row.count("LGE") == 1
