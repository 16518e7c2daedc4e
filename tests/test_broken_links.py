"""A link that leads nowhere is told, wherever in the page it stands and whatever made it."""

import pytest

from dpia_checks import broken_links

PAGES = {
    "index.html": '<h1 id="top">Home</h1><a href="fod/breach.html#FOD_COM_BREACH_01">one</a>',
    "fod/breach.html": '<article id="FOD_COM_BREACH_01"></article><article id="a&amp;b"></article>',
    "n/FOD_COM_BREACH_01/index.html": '<meta http-equiv="refresh" content="0; url=../../fod/breach.html">',
    "exports/coverage.csv": "a,b",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_site_whose_links_lead_somewhere_has_none(folder):
    assert broken_links.found(folder) == []


@pytest.mark.parametrize(
    "link",
    [
        "#top",
        "#",
        "",
        "fod/breach.html",
        "fod/breach.html#a%26b",
        "fod/breach.html?dpia=fod#a&amp;b",
        "n/FOD_COM_BREACH_01",
        "n/FOD_COM_BREACH_01/",
        "exports/coverage.csv",
        "exports/coverage.csv#row=1",
        "https://www.legislation.gov.uk/nowhere#none",
        "mailto:nobody@example.org",
        "data:image/svg+xml,x",
    ],
)
def test_a_link_that_leads_somewhere_is_let_pass(folder, link):
    (folder / "index.html").write_text(f'<h1 id="top">Home</h1><a class="x" href="{link}">one</a>')

    assert broken_links.found(folder) == []


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("fod/breach.html#FOD_COM_BREACH_02", "page has no such anchor"),
        ("fod/breach.html#fod_com_breach_01", "page has no such anchor"),
        ("#bottom", "page has no such anchor"),
        ("fod/breaches.html", "there is no such file"),
        ("fod", "there is no such file"),
        ("exports/coverage.xlsx", "there is no such file"),
        ("../fod/breach.html", "there is no such file"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(folder, link, what):
    (folder / "index.html").write_text(f'<a href="{link}">one</a>')

    (told,) = broken_links.found(folder)

    assert told.startswith(f"index.html leads to {link}, and ")
    assert told.endswith(what)


def test_a_short_address_and_a_picture_are_links_too(folder):
    (folder / "fod" / "breach.html").write_text('<img src="none.png">')
    (folder / "n" / "FOD_COM_BREACH_01" / "index.html").write_text(
        '<meta http-equiv="refresh" content="0; url=../../fod/breach.html#FOD_COM_BREACH_01">'
    )

    assert len(broken_links.found(folder)) == 3
