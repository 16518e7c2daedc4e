"""A real browser on the built site. Collected only in the session that provides one."""

import os
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "build" / "site"
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
collect_ignore_glob = [] if os.environ.get("DPIA_BROWSER") else ["test_*.py"]
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@pytest.fixture(scope="session")
def chrome(tmp_path_factory):
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture
def page(chrome):
    """Open a page of the site at a width, light or dark, and save what it looks like."""

    def opened(name, width=1280, scheme="light"):
        chrome.get_log("performance")
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        chrome.get((SITE / f"{name}.html").as_uri())
        SHOTS.mkdir(parents=True, exist_ok=True)
        chrome.save_screenshot(str(SHOTS / f"{name.replace('/', '-')}-{scheme}-{width}.png"))
        return chrome

    return opened
