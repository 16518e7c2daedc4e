"""A page that holds one provision and nothing else is titled by it, and its address stays."""

import re

PROVISION = """:::{law} GDPR Article 7(3): withdrawing consent
:id: LAW_GDPR_7_3
:as_at: 2019-11-26
:instrument: Regulation (EU) 2016/679
:provision: Article 7(3)
:seen: unconfirmed
:today: The same.
:today_seen: unconfirmed

A person may withdraw consent.
:::
"""


def test_a_provision_is_the_heading_of_its_page_and_long_lists_stay_out_of_the_navigation(site):
    site.write("law", "# Law\n\n```{toctree}\n:glob:\n\nx/*\n```\n")
    site.write("index", "# Tiny\n\n```{toctree}\n\nlaw\n```\n")
    (site.docs / "x").mkdir()
    site.write("x/7-3", PROVISION)
    for number in range(41):
        site.write(f"x/{number}", f"# Another {number}\n")

    assert site.build() == ""

    page = site.page("x/7-3")
    assert len(re.findall(r"<h1>GDPR Article 7\(3\): withdrawing consent", page)) == len(re.findall("<h1", page)) == 1
    assert "<title>GDPR Article 7(3): withdrawing consent" in page
    assert "../../x/7-3.html#LAW_GDPR_7_3" in site.page("n/LAW_GDPR_7_3/index")
    navigation = page.partition('class="sidebar-tree"')[2].partition("</aside>")[0]
    assert "Law" in navigation
    assert "Another 7" not in navigation
    assert "Another 7" in site.page("law")


def test_a_provision_without_where_it_was_read_fails_the_build(site):
    site.write("law", "# Law\n\n" + PROVISION.replace(":seen: unconfirmed\n", ""))

    assert "Say at which date the law is read and where" in site.build("needs")


def test_a_provision_stands_in_the_menu_under_the_law(site):
    (site.docs / "law").mkdir()
    site.write("index", "# Tiny\n\n```{toctree}\n\nlaw/index\n```\n")
    site.write("law/index", "# Law\n\n```{toctree}\n:glob:\n\n*\n```\n")
    site.write("law/7-3", PROVISION)
    for number in range(41):
        site.write(f"law/{number}", f"# Another {number}\n")

    assert site.build() == ""

    assert '<li class="toctree-l1 current current-page"><a aria-current="true" class="current reference' in site.page(
        "law/7-3"
    )
