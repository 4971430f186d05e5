"""The second project, ``examples/online-safety``: what its files say, and what they have in common with ours.

What a build makes of it: tests/output/test_example_files.py.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.checks import run_checks
from parentguide.checks.report import text_lines
from parentguide.cli.main import main
from parentguide.model.domain import INTERFACE
from parentguide.model.guide_state import GuideState
from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.newsletter.statements_file import parse_statements
from parentguide.project.project import Project
from tests.example import EXAMPLE, FOLDER, SLUG, TAGS, TRANSLATED, editions
from tests.languages import PROJECT


def test_the_guide_is_ready_and_complete_in_three_languages() -> None:
    assert EXAMPLE.states == {SLUG: GuideState.READY}
    assert sorted(EXAMPLE.complete_languages) == sorted(TAGS)
    assert set(editions()) == set(TAGS)


def test_check_finds_nothing() -> None:
    assert [*text_lines(run_checks(EXAMPLE))] == []


def test_its_translations_are_drafts_that_name_no_reviewer() -> None:
    for tag in TRANSLATED:
        language = editions()[tag].language
        assert (language.review, language.reviewer) == (ReviewState.DRAFT, "")
    assert [*EXAMPLE.root.rglob("*.ledger.jsonl")] == []


def test_the_newsletter_still_begins_the_same_guide(tmp_path: Path) -> None:
    """``parentguide new`` makes the guide's statements of the Word file that the school sent."""
    (tmp_path / "locales").mkdir()
    for name in ("languages.toml", "contacts.toml"):
        shutil.copy(EXAMPLE.locales / name, tmp_path / "locales" / name)
    command = ["new", SLUG, "--from", str(EXAMPLE.root / "newsletter.docx"), "--project", str(tmp_path)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    begun = Project(tmp_path)
    assert begun.states == {SLUG: GuideState.WRITING}
    made, kept = (project.guide_source(SLUG) for project in (begun, EXAMPLE))
    texts = [source.newsletter_path.read_text("utf-8") for source in (made, kept)]
    assert parse_statements(texts[0]) == parse_statements(texts[1])
    assert [*made.guide.excluded] == [*kept.guide.excluded]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_program_s_own_words_are_those_of_the_program(tag: str) -> None:
    ours, theirs = (
        {name: (m.english, m.text, m.fuzzy) for name, m in catalog.items()}
        for catalog in (
            PROJECT.catalog(PROJECT.language(tag), INTERFACE),
            EXAMPLE.catalog(EXAMPLE.language(tag), INTERFACE),
        )
    )
    differing = sorted(name for name in ours.keys() | theirs if ours.get(name) != theirs.get(name))
    assert differing == [], _copy(f"{tag}/LC_MESSAGES/{INTERFACE}.po")


def test_the_remedy_brings_the_words_over(tmp_path: Path) -> None:
    """What the failing test says to do is enough, also when the templates have more messages than before."""
    shutil.copytree(EXAMPLE.locales, tmp_path / "locales")
    old = Project(tmp_path)
    path = old.catalog_path(old.language("pl"), INTERFACE)
    for file in (path, old.pot_path(INTERFACE)):
        messages = file.read_text("utf-8").split("\n\n")
        file.write_text("\n\n".join(m for m in messages if 'msgctxt "card.show"' not in m), "utf-8")
    assert {finding.code for finding in run_checks(old)} == {"PG501", "PG503"}
    shutil.copy(PROJECT.catalog_path(PROJECT.language("pl"), INTERFACE), path)
    done = CliRunner().invoke(main, ["update", "--project", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert [*text_lines(run_checks(Project(tmp_path)))] == []


def test_its_helplines_are_those_of_the_program() -> None:
    assert EXAMPLE.contacts == PROJECT.contacts, _copy("contacts.toml")


@pytest.mark.parametrize("tag", TAGS)
def test_its_languages_are_written_and_printed_as_those_of_the_program(tag: str) -> None:
    def of_the_program(language: Language) -> Language:
        return replace(language, dated=None, confidence="", confidence_reason="")

    assert of_the_program(EXAMPLE.language(tag)) == of_the_program(PROJECT.language(tag)), (
        f"Copy the table [{tag}] of locales/languages.toml into {FOLDER}/locales/languages.toml, but not its "
        "dated, confidence and confidence_reason, which speak of the translation."
    )


def _copy(name: str) -> str:
    """What to do when a file is not the program's any more."""
    return (
        f"Copy locales/{name} to {FOLDER}/locales/{name}, "
        f"then run “parentguide update --project {FOLDER}” and “parentguide check --project {FOLDER}”."
    )
