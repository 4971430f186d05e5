"""One more language: its names, script and direction, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import ProjectError
from parentguide.project.new_language import LanguageNames, add_language
from parentguide.project.project import Project

TODAY = date(2026, 11, 28)


def added(root: Path, tag: str, given: LanguageNames | None = None) -> list[str]:
    return add_language(Project(root), tag, given or LanguageNames(), TODAY)


@pytest.mark.parametrize(
    ("tag", "script", "direction", "own_name"),
    [
        ("cy", "Latn", "ltr", "Cymraeg"),
        ("ps", "Arab", "rtl", "پښتو"),
        ("pa-PK", "Arab", "rtl", "پنجابی (عربی, پاکستان)"),
        ("zh-HK", "Hant", "ltr", "中文 (繁體字, 中國香港特別行政區)"),
        ("zh-Hans", "Hans", "ltr", "中文 (简体)"),
        ("pt-PT", "Latn", "ltr", "Português (Portugal)"),
    ],
)
def test_names_script_and_direction(
    small: Path, tag: str, script: str, direction: str, own_name: str
) -> None:
    paths = added(small, tag)
    project = Project(small)
    language = project.language(tag)
    assert (language.script, language.direction, language.own_name) == (script, direction, own_name)
    assert (language.dated, language.in_progress) == (TODAY, True)
    assert paths == [
        str(project.locales / "languages.toml"),
        str(project.catalog_path(language, "cse")),
        str(project.catalog_path(language, "interface")),
    ]


def test_what_is_given_comes_before_cldr(small: Path) -> None:
    added(small, "cy", LanguageNames("Welsh (North)", "Cymraeg y Gogledd", "Cyrl"))
    language = Project(small).language("cy")
    assert (language.english_name, language.own_name) == ("Welsh (North)", "Cymraeg y Gogledd")
    assert language.script == "Cyrl"


def test_an_existing_catalog_is_kept(small: Path) -> None:
    old = (small / "locales" / "languages.toml").read_text("utf-8")
    added(small, "cy")
    path = small / "locales" / "cy" / "LC_MESSAGES" / "cse.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace('msgctxt "title"', '# mine\nmsgctxt "title"'), "utf-8")
    (small / "locales" / "languages.toml").write_text(old, "utf-8")
    added(small, "cy")
    assert "# mine" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("tag", "given", "said"),
    [
        ("polish", LanguageNames(), "“polish” is not a language code"),
        ("pl", LanguageNames(), "the language “pl” exists already"),
        ("syl", LanguageNames(), "CLDR does not know enough about “syl”"),
        ("qqq", LanguageNames("a", "b"), "CLDR does not know enough about “qqq”"),
        ("dv", LanguageNames(), "scripts.toml has no script “Thaa”"),
    ],
)
def test_what_cannot_be_set_up_changes_nothing(
    small: Path, tag: str, given: LanguageNames, said: str
) -> None:
    path = small / "locales" / "languages.toml"
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=said) as caught:
        added(small, tag, given)
    assert caught.value.remedy
    assert path.read_bytes() == before
