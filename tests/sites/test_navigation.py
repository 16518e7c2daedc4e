"""The menu beside every page: what the theme would draw, with the page one is on marked."""

from __future__ import annotations

import posixpath
import re

import pytest
from bs4 import BeautifulSoup

INDEX = """# Home

```{toctree}
:hidden:
:caption: The first & the best

one/index
```

```{toctree}

Another name <two>
```
"""


@pytest.fixture
def menu(site):
    site.write("index", INDEX)
    site.write("one/index", "# One \\<b> & more\n\n```{toctree}\ndeep/index\nbeside\n```\n\n## A heading\n")
    site.write("one/deep/index", "# Deep\n\n```{toctree}\nleaf\n```\n")
    site.write("one/deep/leaf", "# Leaf\n")
    site.write("one/beside", "# Beside\n")
    site.write("two", "# Two\n")
    assert site.build() == ""

    def entries(page):
        """Return each line of the menu of *page*: its title, where it leads, its classes, whether it is open."""
        html = site.page(page).partition('class="sidebar-tree">')[2].partition("</div>")[0]
        return [_entry(line, posixpath.dirname(page)) for line in BeautifulSoup(html, "html.parser").find_all("li")]

    return entries


def _entry(line, folder):
    link, box = line.find("a", recursive=False), line.find("input", recursive=False)
    leads = link["href"] if link["href"] == "#" else posixpath.normpath(posixpath.join(folder, link["href"]))
    return link.text, leads, set(line["class"]), box and (box["aria-label"], box.has_attr("checked"))


def test_a_page_that_is_in_no_list_below_has_all_lists_closed_and_nothing_marked(menu):
    assert menu("index") == [
        (
            "One <b> & more",
            "one/index.html",
            {"toctree-l1", "has-children"},
            ("Toggle navigation of One <b> & more", False),
        ),
        ("Deep", "one/deep/index.html", {"toctree-l2", "has-children"}, ("Toggle navigation of Deep", False)),
        ("Leaf", "one/deep/leaf.html", {"toctree-l3"}, None),
        ("Beside", "one/beside.html", {"toctree-l2"}, None),
        ("Another name", "two.html", {"toctree-l1"}, None),
    ]


def test_the_way_to_the_page_is_open_and_the_page_itself_is_marked(menu):
    one, deep, leaf, beside, two = menu("one/deep/leaf")

    assert one[2] == {"toctree-l1", "has-children", "current"}
    assert deep[2] == {"toctree-l2", "has-children", "current"}
    assert (one[3][1], deep[3][1]) == (True, True)
    assert leaf[1:3] == ("#", {"toctree-l3", "current", "current-page"})
    assert (beside[2], two[2]) == ({"toctree-l2"}, {"toctree-l1"})
    assert [line[1] for line in (one, deep, beside, two)] == [
        "one/index.html",
        "one/deep/index.html",
        "one/beside.html",
        "two.html",
    ]


def test_a_page_with_pages_below_it_is_open_itself(menu):
    one, deep, leaf, *_ = menu("one/deep/index")

    assert deep[1:] == (
        "#",
        {"toctree-l2", "has-children", "current", "current-page"},
        ("Toggle navigation of Deep", True),
    )
    assert (one[2], leaf[2]) == ({"toctree-l1", "has-children", "current"}, {"toctree-l3"})


def test_each_list_has_its_caption_and_each_box_its_own_name(menu, site):
    html = site.page("two").partition('class="sidebar-tree">')[2].partition("</div>")[0]
    boxes = re.findall(r'<input [^>]*id="([^"]+)" name="([^"]+)"', html)

    assert re.findall(r'caption-text">([^<]*)<', html) == ["The first &amp; the best"]
    assert len({id for id, _ in boxes}) == len(boxes) == 2
    assert re.findall(r'<label for="([^"]+)"', html) == [id for id, _ in boxes]
    assert all(id == name for id, name in boxes)
    assert html.count('aria-current="page"') == 1
