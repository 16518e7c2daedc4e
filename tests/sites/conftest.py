"""Build a tiny site with the project's own need model."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
RISK = """:::{risk} Data is lost
:id: FOD_RISK_STORAGE_01
:source: 6
:principle: storage limitation
:level: medium
:likelihood: not stated
:severity: not stated
:residual_level: not stated
:owner: not stated

Somebody loses data.
:::
"""
MITIGATION = """:::{mitigation} Losses are reported
:id: FOD_MIT_STORAGE_07
:source: 6
:reduces: FOD_RISK_STORAGE_01

Stakeholders report.
:::
"""
COMMITMENT = """:::{commitment} The regulator is told in time
:id: FOD_COM_BREACH_01
:source: 5.4
:method: register
:form: obligation
:delivers: FOD_MIT_STORAGE_07

MOPAC tells the regulator within {terms}`hours`.
:::
"""
VIEWS = """
# States

```{dpia-view} states
```
"""


class Site:
    """A folder of documents with the project's configuration."""

    def __init__(self, folder):
        self.folder = folder
        self.docs = folder / "docs"
        self.docs.mkdir()
        for name in ("conf.py", "ubproject.toml", "schemas.json"):
            shutil.copy(DOCS / name, self.docs / name)
        conf = self.docs / "conf.py"
        conf.write_text(conf.read_text().replace('templates_path = ["_templates"]', ""))
        (self.docs / "fod" / "facts").mkdir(parents=True)
        shutil.copy(DOCS / "fod" / "facts" / "sections.csv", self.docs / "fod" / "facts")
        self.write("index", "# Tiny\n\n```{toctree}\n:glob:\n\n**\n```\n")

    def write(self, name, text):
        path = self.docs / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def build(self, builder="html"):
        """Build, and return what Sphinx warned of. Terms of commitments that the tiny site lacks are not told."""
        out = self.folder / builder
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            builder,
            "-q",
            "-n",
            "-d",
            f"{out}-trees",
            str(self.docs),
            str(out),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return "\n".join(line for line in done.stderr.splitlines() if "which is no commitment" not in line)

    def page(self, name):
        return (self.folder / "html" / f"{name}.html").read_text()

    def needs(self):
        self.build("needs")
        made = json.loads((self.folder / "needs" / "needs.json").read_text())
        return made["versions"][made["current_version"]]["needs"]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)
