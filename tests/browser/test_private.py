"""The site as its server sends it, under its own security policy, and as files: nothing refused, sent away or kept."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

KEPT = "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
NOTHING = '[{},{},""]'


def requested(driver):
    """Return the address of each request since the log was last read."""
    sent = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert urls
    return urls


def test_the_policy_is_strict(served_page, served):
    driver = served_page("index")

    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    answers = [m["params"]["response"] for m in messages if m["method"] == "Network.responseReceived"]
    policies = {a["headers"].get("Content-Security-Policy") for a in answers if a["url"].startswith(served)}
    assert policies == {"default-src 'self'; img-src 'self' data:"}


def test_nothing_is_refused_under_the_policy(served_page, name):
    assert served_page(name).get_log("browser") == []


def test_nothing_is_refused_as_files(page, name):
    driver = page(name)

    assert driver.get_log("browser") == []


def test_no_request_leaves_the_server(served_page, served, name):
    urls = requested(served_page(name))

    assert [url for url in urls if not url.startswith((served, "data:"))] == []


def test_nothing_is_kept_by_a_page(served_page, name):
    assert served_page(name).execute_script(KEPT) == NOTHING


def test_nothing_is_kept_or_sent_by_a_search(served_page, served):
    driver = served_page("index")
    box = driver.find_element(By.NAME, "q")
    box.send_keys("breach", Keys.ENTER)
    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results li a"))
    driver.find_element(By.CSS_SELECTOR, "#search-results li a").click()

    assert driver.execute_script(KEPT) == NOTHING
    assert [url for url in requested(driver) if not url.startswith((served, "data:"))] == []
    assert driver.get_log("browser") == []


def test_the_leave_button_tells_the_next_site_nothing(served_page):
    driver = served_page("your-data/one")
    button = driver.find_element(By.CLASS_NAME, "leave")

    assert "noreferrer" in button.get_attribute("rel")
    assert button.get_attribute("ping") in (None, "")
    assert driver.execute_script(KEPT) == NOTHING


@pytest.mark.parametrize("name", ["fod/breach"])
def test_the_policy_refuses_what_it_should(served_page, name):
    driver = served_page(name)
    driver.execute_script("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")

    assert "style" in driver.get_log("browser")[0]["message"]
