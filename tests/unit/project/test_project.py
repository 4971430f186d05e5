"""A folder of content, and what is read of it."""

from pathlib import Path

import pytest

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.parse_cache import ParseCache
from parentguide.project import project as module
from parentguide.project.project import Project, default_root


def test_the_content_of_a_wheel_comes_before_that_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "parentguide"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", package)
    assert default_root() == tmp_path
    (package / "content" / "locales").mkdir(parents=True)
    assert default_root() == package / "content"
    assert Project().is_installed_copy


def test_a_project_of_ones_own_may_be_edited(small_project: Project) -> None:
    assert not small_project.is_installed_copy


def test_a_folder_without_locales_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no folder “locales”"):
        Project(tmp_path)


def test_what_is_missing_comes_from_the_default_project(small: Path, tmp_path: Path) -> None:
    (small / "templates").rename(tmp_path / "elsewhere")
    (small / "locales" / "digits.toml").unlink()
    project = Project(small)
    assert project.templates == default_root() / "templates"
    assert list(project.languages) == ["en", "pl", "ur"]


def test_own_digits_are_used(small: Path) -> None:
    path = small / "locales" / "digits.toml"
    path.write_text('latn = "0"\nnkoo = "߀"\n', "utf-8")
    languages = small / "locales" / "languages.toml"
    text = languages.read_text("utf-8")
    head, polish = text.split("[pl]")
    languages.write_text(head + "[pl]" + polish.replace('digits = "latn"', 'digits = "nkoo"', 1), "utf-8")
    assert Project(small).language("pl").zero == "߀"


def test_contents(small_project: Project) -> None:
    source = small_project.guide_source("cse")
    assert small_project.slugs == ("cse",)
    assert small_project.guide_source("cse") is source
    assert source.path == small_project.locales / "en" / "cse" / "guide.md"
    assert source.newsletter_path.name == "newsletter.txt"
    assert source.definition is not None
    assert "nspcc" in {contact.name for contact in small_project.contacts}
    assert small_project.source_messages("cse") is small_project.source_messages("cse")


def test_catalogs_are_read_each_time_and_may_be_missing(small_project: Project) -> None:
    polish = small_project.language("pl")
    assert "title" in small_project.catalog(polish, "cse")
    small_project.catalog_path(polish, "cse").unlink()
    assert small_project.catalog(polish, "cse") == {}


def test_back_translations_may_be_missing(small_project: Project) -> None:
    polish = small_project.language("pl")
    path = small_project.back_translation_path(polish)
    path.unlink(missing_ok=True)
    assert small_project.back_translation(polish).messages == {}


@pytest.mark.parametrize("tag", ["pl", "ur"])
def test_a_language_by_its_tag(small_project: Project, tag: str) -> None:
    assert small_project.language(tag).tag == tag


def test_a_tag_with_an_underscore_and_an_unknown_tag() -> None:
    project = Project()
    assert project.language("zh_Hans").tag == "zh-Hans"
    with pytest.raises(ProjectError, match="there is no language “xx”") as caught:
        project.language("xx")
    assert "pl" in caught.value.remedy


def test_a_guide_without_a_definition(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    path.write_text("---\ntitle: a\nnewsletter: b\n---\n\n{#title}\n# A\n", "utf-8")
    source = Project(small).guide_source("cse")
    assert source.definition is None
    assert source.newsletter_path == path.parent / "b"


def test_mistakes_of_front_matter_and_blocks_come_together(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    path.write_text("---\ntitle: a\n---\n\n{#title}\n# A\n\nWords.\n", "utf-8")
    with pytest.raises(SourceError) as caught:
        Project(small).guide_source("cse")
    assert [problem.text for problem in caught.value.problems] == ["is missing", "the block has no stable id"]


def test_a_shared_parse_cache_parses_unchanged_files_once(small: Path) -> None:
    cache = ParseCache()
    assert Project(small, cache).guide_source("cse") is Project(small, cache).guide_source("cse")
