"""What is done around Sphinx: nothing of an earlier build is left in the site."""

from dpia_checks.site import NOTE, links_nowhere, noting_outside, take_out_stale


def test_a_page_whose_document_is_gone_is_taken_out(tmp_path):
    docs, trees, pages = (tmp_path / name for name in ("docs", "trees", "pages"))
    for name in ("kept", "part/gone"):
        for folder, suffix in ((trees, "doctree"), (pages, "html")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.{suffix}").touch()
    docs.mkdir()
    (docs / "kept.md").touch()
    (pages / "search.html").touch()

    take_out_stale(docs, trees, pages)

    assert sorted(path.name for path in pages.rglob("*.html")) == ["kept.html", "search.html"]
    assert [path.name for path in trees.rglob("*.doctree")] == ["kept.doctree"]


def test_the_note_of_the_last_build_is_lent_to_sphinx_and_kept_out_of_the_site(tmp_path):
    site, trees = tmp_path / "site", tmp_path / "trees"
    for folder in (site, trees):
        folder.mkdir()

    with noting_outside(trees / NOTE, site / NOTE):
        assert not (site / NOTE).exists()
        (site / NOTE).write_text("first")
    assert not (site / NOTE).exists()

    with noting_outside(trees / NOTE, site / NOTE):
        assert (site / NOTE).read_text() == "first"
        (site / f"{NOTE}.bak").write_text("of other settings")
    assert list(site.iterdir()) == []


def test_a_link_to_nowhere_fails_the_build_and_is_said(tmp_path, capsys):
    (tmp_path / "index.html").write_text('<a href="#here">a</a>')
    assert links_nowhere(tmp_path) == 1
    assert capsys.readouterr().err == "index.html leads to #here, and the page has no such anchor\n"

    (tmp_path / "index.html").write_text('<a id="here" href="#here">a</a>')
    assert links_nowhere(tmp_path) == 0
    assert capsys.readouterr().err == ""
