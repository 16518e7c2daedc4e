"""Sphinx configuration. The need model is in ubproject.toml and schemas.json."""

from dpia_checks import __version__

project = "dpia_checks"
author = "dpia_checks contributors"
release = version = __version__
language = "en-GB"
extensions = ["myst_parser", "sphinx_needs", "dpia_checks.sphinx_ext"]
needs_from_toml = "ubproject.toml"
myst_enable_extensions = ["colon_fence", "deflist"]
nitpicky = True
root_doc = "index"

html_theme = "furo"
html_title = "What two DPIAs promise"
templates_path = ["_templates"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_last_updated_fmt = None
