"""The matrix of coverage in Chromium: whole without its script, and with it filtered by keyboard and by address."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from .conftest import SITE


def shown(driver) -> list:
    return [row for row in driver.find_elements(By.CSS_SELECTOR, "#coverage-rows tbody tr") if row.is_displayed()]


def test_the_address_says_which_rows_are_shown(page):
    driver = page("coverage")
    driver.get((SITE / "coverage.html").as_uri() + "?dpia=fod&theme=breach")

    ids = [row.find_element(By.CSS_SELECTOR, ".need-id").text for row in shown(driver)]

    assert ids
    assert all(id.startswith("FOD_COM_BREACH_") for id in ids)
    assert Select(driver.find_element(By.ID, "filter-theme")).first_selected_option.text == "breach"


def test_a_choice_by_keyboard_is_kept_in_the_address(page):
    driver = page("coverage")
    everything = len(driver.find_elements(By.CSS_SELECTOR, "#coverage-rows tbody tr"))

    driver.find_element(By.ID, "filter-dpia").send_keys(Keys.ARROW_DOWN)

    said = driver.find_element(By.ID, "coverage-shown").text
    assert driver.current_url.endswith("?dpia=fod")
    assert said == f"{len(shown(driver))} of {everything} commitments shown"
    assert len(shown(driver)) < everything


def test_show_all_shows_all(page):
    driver = page("coverage")
    driver.get((SITE / "coverage.html").as_uri() + "?dpia=fod")

    driver.find_element(By.CSS_SELECTOR, "#coverage-filter button").send_keys(Keys.ENTER)
    driver.execute_async_script("setTimeout(arguments[0], 50)")

    assert "?" not in driver.current_url
    assert all(row.is_displayed() for row in driver.find_elements(By.CSS_SELECTOR, "#coverage-rows tbody tr"))


@pytest.mark.parametrize("asked", ["?dpia=%3Cscript%3E", "?theme=nonsense", "?unknown=1"])
def test_an_address_that_asks_for_nothing_known_shows_all(page, asked):
    driver = page("coverage")
    driver.get((SITE / "coverage.html").as_uri() + asked)

    assert all(row.is_displayed() for row in driver.find_elements(By.CSS_SELECTOR, "#coverage-rows tbody tr"))


def test_without_script_the_whole_table_is_there_and_no_form(page, chrome):
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver = page("coverage")
        assert not driver.find_element(By.ID, "coverage-filter").is_displayed()
        assert all(row.is_displayed() for row in driver.find_elements(By.CSS_SELECTOR, "#coverage-rows tbody tr"))
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
