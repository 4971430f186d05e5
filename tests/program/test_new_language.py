"""``new-language`` makes a table and PO files that can be translated."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.cli.main import main
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.translation import po
from tests.copies import copy_project


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project in English alone, so that each language begins empty."""
    return copy_project(tmp_path / "p").root


def run(copy: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["new-language", *arguments, "--project", str(copy)])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("tag", "name", "script", "direction"),
    [
        ("sq", "Albanian", "Latn", "ltr"),
        ("uk", "Ukrainian", "Cyrl", "ltr"),
        ("fa", "Persian", "Arab", "rtl"),
        ("ml", "Malayalam", "Mlym", "ltr"),
        ("zh-Hant", "Chinese (Traditional)", "Hant", "ltr"),
        ("am", "Amharic", "Ethi", "ltr"),
    ],
)
def test_names_script_and_direction_come_from_cldr(
    copy: Path, tag: str, name: str, script: str, direction: str
) -> None:
    before = (copy / "locales" / "languages.toml").read_text("utf-8")
    code, said = run(copy, tag)
    assert code == 0, said
    project = Project(copy)
    language = project.language(tag)
    assert (language.script, language.direction, language.review) == (script, direction, "draft")
    assert language.english_name.startswith(name.split(" ", maxsplit=1)[0])
    assert language.own_name
    assert language.print.fonts
    for domain in domains(project):
        state = po.catalog_status(project.source_messages(domain), project.catalog(language, domain))
        assert len(state.missing) == len(project.source_messages(domain))
    assert (copy / "locales" / "languages.toml").read_text("utf-8").startswith(before.rstrip())


def test_an_existing_translation_is_kept(copy: Path) -> None:
    languages = copy / "locales" / "languages.toml"
    before = languages.read_text("utf-8")
    code, said = run(copy, "cy")
    assert code == 0, said
    project = Project(copy)
    path = project.catalog_path(project.language("cy"), "interface")
    text = path.read_text("utf-8").replace('msgid "Stop"\nmsgstr ""', 'msgid "Stop"\nmsgstr "Stopio"')
    path.write_text(text, "utf-8")
    languages.write_text(before, "utf-8")
    code, said = run(copy, "cy")
    assert code == 0, said
    project = Project(copy)
    assert project.catalog(project.language("cy"), "interface")["listen.stop"].text == "Stopio"


def test_a_language_unknown_to_cldr_needs_options(copy: Path) -> None:
    before = (copy / "locales" / "languages.toml").read_bytes()
    code, said = run(copy, "syl")
    assert code != 0
    assert "--own-name" in said
    assert (copy / "locales" / "languages.toml").read_bytes() == before
    code, said = run(copy, "syl", "--english-name", "Sylheti", "--own-name", "সিলেটি", "--script", "Beng")
    assert code == 0, said
    language = Project(copy).language("syl")
    assert (language.english_name, language.script, language.stop) == ("Sylheti", "Beng", "।")


@pytest.mark.parametrize("tag", ["PL", "polish", "../evil", "pl_PL", "", "en"])
def test_a_wrong_tag_is_refused_and_changes_nothing(copy: Path, tag: str) -> None:
    before = (copy / "locales" / "languages.toml").read_bytes()
    code, said = run(copy, tag)
    assert code != 0
    assert "Traceback" not in said
    assert (copy / "locales" / "languages.toml").read_bytes() == before


def test_names_are_escaped(copy: Path) -> None:
    evil = 'a"\nstop = "!'
    code, said = run(copy, "syl", "--english-name", evil, "--own-name", "x", "--script", "Beng")
    assert code == 0, said
    language = Project(copy).language("syl")
    assert (language.english_name, language.stop) == (evil, "।")


def test_a_project_without_print_styles_uses_those_of_the_program(copy: Path) -> None:
    styles = copy / "locales" / "scripts.toml"
    code, said = run(copy, "cy")
    assert code == 0, said
    styles.unlink()
    code, said = run(copy, "so")
    assert code == 0, said
    languages = Project(copy).languages
    assert languages["so"].print == languages["cy"].print
    assert languages["so"].print.fonts
