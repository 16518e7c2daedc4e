"""Each kind of page against the rules of axe-core and the Nu Html Checker; by keyboard, with large words, on paper."""

import subprocess

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN = """
const [rules, done] = arguments;
axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
  result => done(result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`))),
  error => done([String(error)]));
"""
FOCUSED = """
const node = document.activeElement, shown = "label:not(.overlay)";
const label = [...(node.labels || [])].find(one => one.matches(shown) && one.getClientRects().length) || node;
const box = node.getBoundingClientRect(), style = getComputedStyle(label);
return {name: node.tagName + "." + node.className + "#" + node.id, text: node.textContent.trim(),
  outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
"""


def broken(driver, axe):
    """Return each place where the page breaks a rule."""
    driver.set_script_timeout(120)
    driver.execute_script(axe)
    return driver.execute_async_script(BROKEN, RULES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_rule_is_broken(page, axe, name, width, scheme):
    assert broken(page(name, width, scheme), axe) == []


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("document.querySelector('h1').remove()", "page-has-heading-one"),
        ("document.querySelector('.state').style.color = '#bbbbbb'", "color-contrast"),
        ("document.querySelector('article').append(document.createElement('input'))", "label"),
    ],
)
def test_a_broken_rule_is_found(page, axe, damage, rule):
    driver = page("fod/breach")
    driver.execute_script(damage)

    assert any(place.startswith(f"{rule}:") for place in broken(driver, axe))


def press(driver, key):
    """Press *key* and return what has the focus: its name, and whether it is seen."""
    ActionChains(driver).send_keys(key).perform()
    return driver.execute_script(FOCUSED)


def tab_to(driver, wanted, most=400):
    """Press the tab key until *wanted* has the focus; each stop on the way is seen."""
    for _ in range(most):
        stop = press(driver, Keys.TAB)
        assert stop["outline"], stop
        assert stop["inside"], stop
        if driver.switch_to.active_element == wanted:
            return
    pytest.fail("the focus never came")


def test_the_skip_link_is_first_and_leads_to_the_words(page):
    driver = page("index")

    stop = press(driver, Keys.TAB)
    assert stop["text"] == "Skip to content"
    press(driver, Keys.ENTER)
    press(driver, Keys.TAB)
    assert driver.execute_script("return document.activeElement.closest('#furo-main-content') !== null")


def test_from_home_to_a_card_to_the_search_by_keyboard(page):
    driver = page("index")
    press(driver, Keys.TAB)
    press(driver, Keys.ENTER)
    tab_to(driver, driver.find_element(By.CSS_SELECTOR, "article a[href='fod/index.html']"))
    press(driver, Keys.ENTER)
    press(driver, Keys.TAB)
    press(driver, Keys.ENTER)
    tab_to(driver, driver.find_element(By.CSS_SELECTOR, "article a[href='breach.html']"))
    press(driver, Keys.ENTER)
    press(driver, Keys.TAB)
    press(driver, Keys.ENTER)
    summary = driver.find_element(By.CSS_SELECTOR, "details.proof > summary")
    tab_to(driver, summary)
    press(driver, Keys.ENTER)
    assert summary.find_element(By.XPATH, "..").get_attribute("open") is not None


def test_the_search_is_reached_and_used_by_keyboard(served_page):
    driver = served_page("index")
    tab_to(driver, driver.find_element(By.CLASS_NAME, "sidebar-search"))

    ActionChains(driver).send_keys("breach", Keys.ENTER).perform()

    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results li a"))


def test_the_leave_button_is_reached_by_keyboard(page):
    driver = page("your-data/one")
    press(driver, Keys.TAB)
    press(driver, Keys.ENTER)

    tab_to(driver, driver.find_element(By.CLASS_NAME, "leave"), most=3)


def test_nothing_keeps_the_focus(page):
    driver = page("glossary")
    stops = driver.execute_script("return document.querySelectorAll('a[href], input, summary, [tabindex]').length")

    seen = []
    for _ in range(stops + 5):
        seen.append(press(driver, Keys.TAB)["name"])
        if seen[-1].startswith("BODY"):
            break
    assert seen[-1].startswith("BODY")


def test_the_menu_of_a_narrow_page_opens_by_keyboard(page):
    driver = page("fod/breach", 320)
    drawer = driver.find_element(By.CLASS_NAME, "sidebar-drawer")
    tab_to(driver, driver.find_element(By.ID, "__navigation"), most=3)
    assert not drawer.is_displayed()

    press(driver, Keys.SPACE)

    assert drawer.is_displayed()


def test_words_twice_as_large_fit(page, name):
    driver = page(name)
    driver.execute_script("document.documentElement.style.fontSize = '200%'")

    assert driver.execute_script("return document.documentElement.scrollWidth") <= 1280
    cut = "return [...document.querySelectorAll('article p, article li, article dd, article h1, article h2')]"
    cut += ".filter(n => n.scrollWidth > n.clientWidth + 1 && n.clientWidth && !n.closest('.table-wrapper'))"
    assert driver.execute_script(f"{cut}.map(n => n.textContent)") == []


def emulate(driver, media="", **features):
    """Show the page as another kind of reader asks for it."""
    wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": wanted})


def test_states_are_told_apart_in_forced_colours(page):
    driver = page("fod/breach")
    emulate(driver, forced_colors="active")

    look = (
        "return [...document.querySelectorAll('.state')].map(n => [n.textContent, getComputedStyle(n).borderTopStyle])"
    )
    states = driver.execute_script(look)
    assert {border for _, border in states} == {"solid"}
    assert all(len(words.split()) >= 2 for words, _ in states)


def test_nothing_moves_when_asked_not_to(page):
    driver = page("index", 320)
    emulate(driver, prefers_reduced_motion="reduce")

    look = (
        "return [...document.querySelectorAll('*')].filter(n => getComputedStyle(n).transitionDuration !== '0s').length"
    )
    assert driver.execute_script(look) == 0


@pytest.mark.parametrize("name", ["index", "fod/breach", "your-data/one"])
def test_paper_has_the_words_and_no_menus(page, name):
    driver = page(name)
    emulate(driver, "print")

    for unwanted in (".sidebar-drawer", ".toc-drawer", ".mobile-header", ".leave", ".related-pages"):
        assert not any(node.is_displayed() for node in driver.find_elements(By.CSS_SELECTOR, unwanted)), unwanted
    folded = driver.find_elements(By.CSS_SELECTOR, "details.proof > ul > li")
    assert all(node.size["height"] > 0 for node in folded)
    assert driver.find_element(By.CLASS_NAME, "independence").is_displayed()


def test_paper_has_no_form_that_only_a_screen_can_use(page):
    driver = page("coverage")
    assert driver.find_element(By.ID, "coverage-filter").is_displayed()
    emulate(driver, "print")

    assert not driver.find_element(By.ID, "coverage-filter").is_displayed()


def test_tables_are_named_headed_and_reached(page, name):
    driver = page(name)

    unnamed = "table.docutils:not(:has(> caption)), table.docutils th:not([scope]), .table-wrapper:not([tabindex])"
    assert driver.find_elements(By.CSS_SELECTOR, unnamed) == []


def test_the_nu_html_checker_finds_no_error(nu):
    answer = subprocess.run(nu, capture_output=True, text=True, check=False)

    assert answer.stderr == ""
    assert answer.returncode == 0
