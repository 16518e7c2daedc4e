"""What the builder said is given with file and line, and without its stack."""

from dpia_checks.builder_said import in_short

STACK = """Configuration error!

Versions
========

* Sphinx version:   9.0.4

Traceback
=========

      File "/v/sphinx/config.py", line 612, in eval_config_file
        raise ConfigError(msg) from exc
    sphinx.errors.ConfigError: There is a programmable error:

    Traceback (most recent call last):
      File "/docs/conf.py", line 22, in <module>
        raise ValueError(1)
    ValueError: 1


The full traceback has been saved in:
/tmp/sphinx-err.log
"""


def test_of_a_stack_the_error_alone_is_said(tmp_path):
    assert in_short(STACK, tmp_path) == "ValueError: 1"


def test_a_stack_without_a_frame_gives_its_last_line(tmp_path):
    assert in_short("Traceback\n=====\n\nall is lost\n\nThe full traceback", tmp_path) == "all is lost"


def test_a_need_that_breaks_a_schema_is_said_with_file_and_line(tmp_path):
    (tmp_path / "docs" / "fod").mkdir(parents=True)
    (tmp_path / "docs" / "fod" / "breach.md").write_text("# One\n\n:::{commitment} A\n:id: FOD_COM_BREACH_01\n:::\n")

    said = in_short("ERROR: Need 'FOD_COM_BREACH_01' has schema violations:\n  more", tmp_path / "docs")

    assert said == "docs/fod/breach.md:4: ERROR: Need 'FOD_COM_BREACH_01' has schema violations:\n  more"


def test_a_need_that_stands_on_no_page_is_said_as_it_was(tmp_path):
    assert (
        in_short("ERROR: Need 'X_1' has schema violations", tmp_path) == "docs: ERROR: Need 'X_1' has schema violations"
    )


def test_anything_else_is_said_as_it_was(tmp_path):
    assert in_short("docs/a.md:3: WARNING: no", tmp_path) == "docs/a.md:3: WARNING: no"
