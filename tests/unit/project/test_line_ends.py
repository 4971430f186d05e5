"""A project works alike with every line end, and each file keeps its own."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.checks import run_checks
from parentguide.cli.main import main
from parentguide.errors import CatalogError
from parentguide.project.new_language import LanguageNames, add_language
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project, default_root
from parentguide.project.revise import guide_path, revise_guide
from parentguide.review.ledger import Kind
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record, write_entries
from parentguide.review.status import language_review, ledger_path
from tests.unit.small_project import CONTEXT, ENGLISH, SLUG, TAG, small_project

ENDS = {"LF": b"\n", "CRLF": b"\r\n", "CR": b"\r"}
DAY = date(2026, 11, 1)


def with_ends(root: Path, end: bytes, mark: bytes = b"") -> Project:
    """The project with another line end and byte-order mark in every text file."""
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            path.write_bytes(mark + data.replace(b"\n", end))
    return Project(root)


def ends_of(path: Path) -> set[bytes]:
    return set(re.findall(rb"\r\n|\r|\n", path.read_bytes()))


@pytest.fixture(params=list(ENDS.values()), ids=list(ENDS))
def end(request: pytest.FixtureRequest) -> bytes:
    return bytes(request.param)


@pytest.fixture
def project(tmp_path: Path, end: bytes) -> Project:
    small_project(tmp_path)
    shutil.copyfile(default_root() / "locales" / "scripts.toml", tmp_path / "locales" / "scripts.toml")
    return with_ends(tmp_path, end)


def everything(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}


def sign(project: Project) -> Path:
    language = project.language(TAG)
    message = next(m for m in language_review(project, language, (SLUG,)).messages if m.context == CONTEXT)
    record = make_record(message, language.locale, Reviewer("teacher", DAY), Kind.CHECKED)
    write_entries(project, language, [LedgerEntry(SLUG, record, message.translation)])
    return ledger_path(project, language, SLUG)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_checks_find_the_same(tmp_path: Path, end: bytes, mark: bytes) -> None:
    plain = [(f.code, f.path, f.line, f.message) for f in run_checks(small_project(tmp_path))]
    changed = with_ends(tmp_path, end, mark)
    found = [(f.code, f.path, f.line, f.message) for f in run_checks(changed)]
    if end == b"\r" or mark:
        # The template is written anew: GNU gettext reads neither.
        found = [finding for finding in found if finding[0] != "PG503"]
    assert found == plain


def test_babel_extracts_the_same_messages(project: Project) -> None:
    assert [m.english for m in project.source_messages(SLUG).values()][2] == ENGLISH
    assert b"\r\n" not in pot_bytes(project, SLUG).replace(b"\r\n", b"\n")


def test_a_saved_guide_keeps_its_line_ends(project: Project, end: bytes) -> None:
    path = guide_path(project, SLUG)
    text = path.read_bytes().replace(end, b"\n").decode()
    revise_guide(project, SLUG, text.replace(ENGLISH, "Children may be afraid to tell."))
    assert ends_of(path) == {end}
    saved = Project(project.root)
    assert saved.source_messages(SLUG)[CONTEXT].english == "Children may be afraid to tell."
    assert saved.catalog(saved.language(TAG), SLUG)[CONTEXT].fuzzy


def test_a_guide_is_saved_from_text_with_any_line_end(project: Project, end: bytes) -> None:
    revise_guide(project, SLUG, guide_path(project, SLUG).read_bytes().decode())
    assert ends_of(guide_path(project, SLUG)) == {end}


def test_a_ledger_keeps_its_line_ends_and_its_records(project: Project, end: bytes) -> None:
    path = sign(project)
    path.write_bytes(path.read_bytes().replace(b"\n", end))
    assert sign(Project(project.root)) == path
    assert ends_of(path) == {end}
    language = project.language(TAG)
    (message,) = [m for m in language_review(project, language, (SLUG,)).messages if m.context == CONTEXT]
    assert message.state.value == "checked"


def test_the_list_of_languages_keeps_its_line_ends(project: Project, end: bytes) -> None:
    add_language(project, "cy", LanguageNames(), DAY)
    assert ends_of(project.locales / "languages.toml") == {end}
    assert Project(project.root).language("cy").english_name == "Welsh"


def test_an_update_of_a_current_catalog_changes_no_byte(project: Project, end: bytes) -> None:
    def run() -> bytes:
        done = CliRunner().invoke(main, ["update", TAG, "--project", str(project.root)])
        assert done.exit_code == 0, done.output
        return path.read_bytes()

    path = project.catalog_path(project.language(TAG), SLUG)
    before = path.read_bytes()
    after = run()
    assert after == (before.replace(b"\r", b"\n") if end == b"\r" else before)
    assert run() == after


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda data: data[: len(data) - 20], "not a complete PO string"),
        (lambda data: data.decode().encode("cp1250"), "not UTF-8"),
        (lambda data: b"\0" * len(data), "NUL bytes"),
        (lambda data: data.replace(b'msgid "C', b'<<<<<<< HEAD\nmsgid "C'), "not a complete PO string"),
    ],
)
@pytest.mark.parametrize(
    "command", [["update"], ["draft", "--provider", "libre", "--url", "http://127.0.0.1:9"]]
)
def test_a_catalog_that_cannot_be_read_whole_is_never_written_over(
    tmp_path: Path, damage: Callable[[bytes], bytes], problem: str, command: list[str]
) -> None:
    project = small_project(tmp_path)
    path = project.catalog_path(project.language(TAG), SLUG)
    path.write_bytes(damage(path.read_bytes()))
    before = everything(project)
    done = CliRunner().invoke(main, [*command, TAG, "--project", str(project.root)])
    assert done.exit_code != 0
    assert problem in str(done.exception) + done.output
    with pytest.raises(CatalogError, match=problem):
        sign(project)
    with pytest.raises(CatalogError, match=problem):
        revise_guide(project, SLUG, guide_path(project, SLUG).read_text("utf-8").replace("afraid", "shy"))
    assert everything(project) == before
