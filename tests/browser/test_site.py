"""The built site in Chromium: nothing leaves, nothing overflows, states can be read in both modes."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

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


def test_no_request_leaves_the_site(page, name):
    driver = page(name)

    sent = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert urls
    assert [url for url in urls if not url.startswith(("file:", "data:", "chrome:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_does_not_scroll_sideways(page, name, width, scheme):
    driver = page(name, width, scheme)

    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


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


def test_from_a_commitment_to_its_test_its_check_its_risk_and_its_section_is_one_hop(page):
    driver = page("fod/breach")
    card = driver.find_element(By.ID, "FOD_COM_BREACH_01")

    links = [a.get_attribute("href") for a in card.find_elements(By.CSS_SELECTOR, "dl.facts a")]
    for place in (
        "tests.html#",
        "checks/breach.html#",
        "risks.html#FOD_RISK",
        "risks.html#FOD_MIT",
        "sections.html#",
        "law/gdpr/",
    ):
        assert any(place in link for link in links), place
