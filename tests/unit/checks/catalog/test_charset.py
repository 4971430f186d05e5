"""A catalog in another charset than UTF-8, or than its header names, is reported before it is built."""

from pathlib import Path

from click.testing import CliRunner

from parentguide.checks.catalog.charset import check_charset
from parentguide.cli.main import main
from parentguide.project.project import Project
from tests.unit.small_project import SLUG, TAG, small_project


def in_charset(project: Project, charset: str) -> Path:
    path = project.catalog_path(project.language(TAG), SLUG)
    path.write_bytes(path.read_text("utf-8").replace("charset=utf-8", f"charset={charset}").encode(charset))
    return path


def test_a_catalog_in_utf8_is_not_reported(tmp_path: Path) -> None:
    assert list(check_charset(small_project(tmp_path))) == []


def test_another_charset_is_reported_and_an_update_writes_utf8(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    words = project.catalog(project.language(TAG), SLUG)
    path = in_charset(project, "iso-8859-2")
    (finding,) = check_charset(project)
    assert (finding.code, finding.severity.value, finding.path) == ("PG505", "warning", path)
    assert project.catalog(project.language(TAG), SLUG) == words
    done = CliRunner().invoke(main, ["update", TAG, "--project", str(tmp_path)])
    assert "it was read as iso-8859-2, as its header says. Look at its letters." in done.output
    assert list(check_charset(project)) == []
    assert project.catalog(project.language(TAG), SLUG) == words


def test_a_build_says_it(tmp_path: Path) -> None:
    in_charset(small_project(tmp_path / "p"), "iso-8859-2")
    run = ["build", "-l", TAG, "-e", "text", "--project", str(tmp_path / "p")]
    done = CliRunner().invoke(main, [*run, "--out", str(tmp_path / "out")])
    assert "was read as iso-8859-2" in done.output
