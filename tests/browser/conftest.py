"""A real browser on the built site. Collected only in the session that provides one."""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "build" / "site"
NPM = Path(__file__).parents[2] / "build" / "npm" / "node_modules"
AXE = NPM / "axe-core" / "axe.min.js"
NU = NPM / "vnu-jar" / "build" / "dist" / "vnu.jar"
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
collect_ignore_glob = [] if os.environ.get("DPIA_BROWSER") else ["test_*.py"]

DPIA_PAGES = (
    "index",
    "breach",
    "risks",
    "findings",
    "findings/breach",
    "lint",
    "stated",
    "sections",
    "terms",
    "extracts",
    "tests",
)
PAGES = [f"{dpia}/{name}" for dpia in ("fod", "lge") for name in DPIA_PAGES]
PAGES += ["index", "how-to-read", "gaps", "coverage", "evidence", "glossary", "checks/index", "law/index"]
PAGES += ["themes/index", "themes/sharing", "themes/governance", "your-data/index", "your-data/one"]
PAGES += ["fod/flows", "lge/flows", "fod/silences", "fod/basis", "lge/minimisation", "checks/publication"]
PAGES += ["checks/publication/counts-too-small", "fod/risks/storage-01", "print/lge"]
PAGES += [
    "since",
    "fod/parties",
    "compare",
    "quoting",
    "real-records",
    "accessibility",
    "your-data/two",
    "law/gdpr/5-1-b",
    "your-data/five",
]
PAGES += ["report-an-error", "changelog", "search", "genindex", "maintain/index", "maintain/mutation-testing"]
"""Each kind of page that the site has, at least once."""
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


@pytest.fixture(params=PAGES)
def name(request):
    """Return the name of a page; the test runs once for each kind of page."""
    return request.param


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


class Handler(http.server.SimpleHTTPRequestHandler):
    """Send the files of the site, each with the headers that the site asks its server for."""

    def end_headers(self):
        for line in (SITE / "_headers").read_text(encoding="utf-8").splitlines()[1:]:
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def log_message(self, format, *words):
        """Say nothing."""


@pytest.fixture(scope="session")
def served():
    """Serve the site as its headers ask, and return the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=SITE))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def served_page(chrome, served):
    """Open a page of the served site."""

    def opened(name):
        chrome.get_log("browser")
        chrome.get_log("performance")
        chrome.get(f"{served}/{name}.html")
        return chrome

    return opened


@pytest.fixture(scope="session")
def axe():
    """Return axe-core, which the browser session fetches with npm where there is npm and a network."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix build/npm axe-core")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def nu(monkeypatch):
    """Return the call of the Nu Html Checker on each kind of page. The browser session fetches it; it needs Java."""
    if not NU.exists() or not shutil.which("java"):
        pytest.skip("the Nu Html Checker is not installed: it needs Java, and npm install --prefix build/npm vnu-jar")
    monkeypatch.chdir(SITE)
    return ["java", "-jar", str(NU), "--errors-only", *(f"{name}.html" for name in PAGES)]
