"""The built site in Chromium: nothing leaves, nothing overflows, states can be read in both modes."""

import itertools
import json

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from .conftest import SITE

WIDTHS = (320, 768, 1280)

CONTRAST = """
function part(c) { c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); }
function light(rgb) { return 0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2]); }
function numbers(colour) { return colour.match(/[0-9.]+/g).map(Number); }
function ground(node) {
  for (; node; node = node.parentElement) {
    const c = numbers(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] > 0.99) return c;
  }
  return [255, 255, 255];
}
return Array.from(document.querySelectorAll('.state, .need-id, .state-key, .banner p, .independence p')).map(node => {
  const a = light(numbers(getComputedStyle(node).color)), b = light(ground(node));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
});
"""


CUT = """
const box = document.querySelector(".content");
if (!box) return [];
return [...box.querySelectorAll("article *")].filter(n => !n.closest(".table-wrapper, pre, svg, .unseen") &&
  n.getClientRects().length && n.getBoundingClientRect().right > innerWidth + 1).map(n => n.outerHTML.slice(0, 200));
"""
"""What passes the right edge of the window and is in nothing that scrolls by itself."""


def test_no_request_leaves_the_site(page, name):
    driver = page(name)

    sent = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert urls
    assert [url for url in urls if not url.startswith(("file:", "data:", "chrome"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_does_not_scroll_sideways(page, name, width, scheme):
    driver = page(name, width, scheme)

    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert width > WIDTHS[0] or driver.execute_script(CUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "fod/breach", "lge/risks", "gaps", "coverage"])
def test_states_and_notes_can_be_read(page, name, scheme):
    driver = page(name, 1280, scheme)

    ratios = driver.execute_script(CONTRAST)
    assert ratios
    assert min(ratios) >= 4.5


def test_the_home_page_says_first_that_nothing_real_was_checked(page):
    driver = page("index")

    assert "Checked on MOPAC's real records: 0 of" in driver.find_element(By.CLASS_NAME, "headline").text


def test_every_page_says_who_speaks(page, name):
    assert "Independent." in page(name).find_element(By.CLASS_NAME, "independence").text


def test_the_planted_mistakes_open_by_keyboard(page):
    driver = page("fod/breach")
    proof = driver.find_element(By.CSS_SELECTOR, "details.proof")

    proof.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)

    assert proof.get_attribute("open") is not None
    assert "Planted mistake" in proof.text


def test_from_a_commitment_to_all_that_it_is_held_to_and_shown_by_is_one_hop(page):
    driver = page("fod/breach")
    card = driver.find_element(By.ID, "FOD_COM_BREACH_01")

    links = [a.get_attribute("href") for a in card.find_elements(By.CSS_SELECTOR, "dl.facts a")]
    for place in (
        "tests.html#",
        "terms.html#terms-fod-com-breach-01",
        "checks/breach/told-late.html",
        "extracts.html#extract-breaches",
        "risks.html#FOD_RISK",
        "risks.html#FOD_MIT",
        "sections.html#",
        "law/gdpr/",
    ):
        assert any(place in link for link in links), place


def test_a_page_that_the_menu_leaves_out_leads_back_to_the_one_that_lists_it(page):
    for name, above in (("law/gdpr/5-1-b", "Law"), ("checks/breach/told-late", "Checks on personal data breaches")):
        driver = page(name)
        assert driver.find_element(By.CSS_SELECTOR, "p.up a").text == above
        assert driver.find_elements(By.CSS_SELECTOR, "nav a.current.reference, .sidebar-tree a.current")


BEHIND = """
const node = document.activeElement, boxes = [...node.getClientRects()];
if (node.closest("nav[aria-label=Menus]")) return "";
const over = [...document.querySelectorAll(".mobile-header, .leave")].filter(one => one !== node && !one.contains(node))
  .map(one => one.getBoundingClientRect());
const hidden = box => over.some(o => box.top >= o.top - 1 && box.bottom <= o.bottom + 1
  && box.left >= o.left - 1 && box.right <= o.right + 1);
return boxes.length > 0 && boxes.every(hidden) ? node.outerHTML : "";
"""


def test_each_need_that_the_search_finds_is_led_to_with_its_state(served_page, served):
    driver = served_page("index")
    driver.get(f"{served}/search.html?q=cleared")
    done = "return document.querySelector('.search-summary')?.textContent.startsWith('Search finished')"
    WebDriverWait(driver, 10).until(lambda d: d.execute_script(done))
    found = driver.execute_script(
        "return [...document.querySelectorAll('#search-results li.kind-object')].map(li => [li.querySelector('a').href,"
        " li.querySelector('a').textContent, li.textContent, li.querySelector('.search-state') !== null])"
    )

    assert len(found) > 5
    for address, title, words, stated in found:
        assert "&amp;" not in title
        assert "(FOD " in words or "(LGE " in words
        assert stated == any(f"_{kind}_" in address for kind in ("COM", "MIT")), address
        driver.get(address)
        assert driver.execute_script("return document.querySelector(':target')?.id") == address.partition("#")[2]


@pytest.mark.parametrize("name", ["index", "your-data/one", "fod/breach", "quoting", "lge/lint"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_heading_is_larger_than_the_one_above_it(page, name, width):
    driver = page(name, width)
    size = "return [...document.querySelectorAll(arguments[0])].map(n => parseFloat(getComputedStyle(n).fontSize))"
    sizes = [driver.execute_script(size, f"article {level}") for level in ("h1", "h2, .headline", "h3")]

    for above, below in itertools.pairwise(sizes):
        assert not below or min(above) >= max(below)


def test_a_tab_says_whose_document_a_page_is_about(page):
    assert [page(f"{dpia}/breach").title.partition(" - ")[0][-5:] for dpia in ("fod", "lge")] == ["(FOD)", "(LGE)"]


FOUND = """
return [...document.querySelectorAll("#search-results li")].map(li =>
  [li.querySelector("a").getAttribute("href"), li.textContent, li.querySelector(".context") !== null]);
"""


def found_by(driver, address):
    """Return the results at the address of a search: where each leads, its words, and whether it has an excerpt."""
    driver.get(address)
    done = "return document.querySelector('.search-summary')?.textContent.startsWith('Search finished')"
    WebDriverWait(driver, 10).until(lambda d: d.execute_script(done))
    driver.execute_async_script("setTimeout(arguments[0], 500)")
    return driver.execute_script(FOUND)


@pytest.mark.parametrize("id", ["FOD_COM_ACCESS_01", "lge_find_sharing_51", "FOD_FIELD_ADVANCEREFERRALSIN_28"])
def test_a_need_is_found_by_its_id(served_page, served, id):
    first, words, _ = found_by(served_page("index"), f"{served}/search.html?q={id}")[0]

    assert first.endswith(f"#{id.upper()}")
    assert ("check proven" in words) == ("_COM_" in id)


@pytest.mark.parametrize("asked", ["what+do+they+hold+on+me", "mental+health", "delete+my+data"])
def test_a_search_leads_first_to_the_pages_for_the_people_the_data_is_about(served_page, served, asked):
    found = [where for where, *_ in found_by(served_page("index"), f"{served}/search.html?q={asked}")]

    assert [where for where in found[:6] if where.startswith("your-data/")]
    assert asked != "what+do+they+hold+on+me" or {"fod/extracts.html", "lge/extracts.html"} <= set(found[:8])


def test_a_search_fetches_few_pages_and_quotes_no_menu(served_page, served):
    driver = served_page("index")
    driver.get_log("performance")
    found = found_by(driver, f"{served}/search.html?q=consent")

    sent = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert len(found) > 50
    assert 5 <= sum(quoted for *_, quoted in found) <= 10
    assert len([url for url in urls if url.endswith(".html")]) <= 11
    assert not [words for _, words, _ in found if "Leave this page" in words or "Written in 2019" in words]
    assert not [words for where, words, _ in found if where[:4] in ("fod/", "lge/") and where[:3].upper() not in words]


def test_a_search_of_the_files_leads_on_and_nothing_is_refused(page):
    driver = page("index")
    address = (SITE / "search.html").as_uri() + "?q=consent"

    assert len(found_by(driver, address)) > 50
    assert driver.get_log("browser") == []


@pytest.mark.parametrize("name", ["fod/breach", "your-data/one", "search", "genindex", "print/fod"])
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_leave_button_stays_in_sight(page, name, width):
    driver = page(name, width)
    driver.execute_script("window.scrollTo(0, 3000)")
    button = driver.find_element(By.CLASS_NAME, "leave")

    seen = "const b = arguments[0].getBoundingClientRect(), at = document.elementFromPoint("
    seen += "(b.left + b.right) / 2, b.top + 2); return b.top >= 0 && b.bottom <= innerHeight && arguments[0] === at"
    assert driver.execute_script(seen, button)


@pytest.mark.parametrize("name", ["fod/breach", "your-data/one", "print/fod"])
@pytest.mark.parametrize("width", [390, 800])
def test_going_back_by_keyboard_hides_nothing_that_has_the_focus(page, name, width):
    driver = page(name, width)
    links = driver.find_elements(By.CSS_SELECTOR, "main a[href], article[role=main] a[href], footer a[href]")
    driver.execute_script("arguments[0].focus()", links[min(len(links) - 1, 120)])

    hidden = []
    for _ in range(min(len(links), 120) - 1):
        ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        hidden.append(driver.execute_script(BEHIND))
    assert len(hidden) >= 20
    assert [each for each in hidden if each] == []


@pytest.mark.parametrize("width", [320, 360])
def test_the_first_screen_of_a_small_phone_says_who_speaks_and_every_count(page, width):
    driver = page("index", width)
    below = "const n = document.querySelector(arguments[0]); return n.getBoundingClientRect().bottom + scrollY"

    assert driver.execute_script(below, "ul.counts + p") <= 700
    assert driver.execute_script(below, "#furo-main-content h1 + p") <= 568
    size = "const s = getComputedStyle(document.querySelector('h1')); return [s.height, s.lineHeight].map(parseFloat)"
    height, line = driver.execute_script(size)
    assert height < 2 * line


@pytest.mark.parametrize("dpia", ["fod", "lge"])
def test_tests_and_extracts_lead_back_to_the_commitments(page, dpia):
    for name, least in (("tests", 100), ("extracts", 20)):
        driver = page(f"{dpia}/{name}")
        links = f"article[role=main] a[href*='#{dpia.upper()}_COM_']"
        assert len(driver.find_elements(By.CSS_SELECTOR, links)) > least


BLOCKS = """
const said = i => getComputedStyle(i, "::before").content.replaceAll('"', "");
return [...document.querySelectorAll(arguments[0])].map(table => ({
  heads: [...table.querySelectorAll("thead th")].map(one => one.textContent.trim()),
  told: [...table.querySelectorAll("tbody tr:first-child > *")].map(said),
  over: [...table.querySelectorAll("tbody tr > *")].filter(n => n.getBoundingClientRect().right > innerWidth).length,
}));
"""


@pytest.mark.parametrize("group", ["one", "two", "three", "four", "five"])
def test_on_a_phone_each_choice_is_a_block_with_the_headings_of_its_table(page, group):
    (on_phone,) = page(f"your-data/{group}", 320).execute_script(BLOCKS, "table.choices")
    assert on_phone["told"] == on_phone["heads"]
    assert on_phone["over"] == 0
    (on_desk,) = page(f"your-data/{group}", 1280).execute_script(BLOCKS, "table.choices")
    assert set(on_desk["told"]) == {"none"}


PILED = ("compare", "since", "fod/flows", "fod/basis", "fod/silences", "lge/flows", "checks/breach/told-late")
PILED += ("fod/sections", "lge/stated")


@pytest.mark.parametrize("name", PILED)
def test_on_a_phone_each_line_of_a_wide_table_is_a_block_with_the_headings_of_its_table(page, name):
    driver = page(name, 320)
    driver.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    on_phone = driver.execute_script(BLOCKS, "table.stacked")
    assert on_phone
    for table in on_phone:
        assert table["told"] == ["none", *table["heads"][1:]]
        assert table["over"] == 0
    on_desk = page(name, 1280).execute_script(BLOCKS, "table.stacked")
    assert {word for table in on_desk for word in table["told"]} == {"none"}


@pytest.mark.parametrize("name", ["how-to-read", "quoting"])
def test_on_a_phone_a_table_of_sentences_is_not_squeezed(page, name):
    on_phone = page(name, 320).execute_script(BLOCKS, "article table")
    assert all(table["told"] == table["heads"] and table["over"] == 0 for table in on_phone)


@pytest.mark.parametrize("dpia", ["fod", "lge"])
def test_terms_are_named_in_words_and_a_yardstick_is_called_ours_once(page, dpia):
    rows = "[...document.querySelectorAll('article table tbody tr')]"
    cells = page(f"{dpia}/terms").execute_script(f"return {rows}.map(tr => [...tr.cells].map(c => c.textContent))")

    assert len(cells) > 100
    assert not [name for _, name, *_ in cells if "_" in name]
    assert not [origin for *_, origin in cells if "ours: ours" in origin]
