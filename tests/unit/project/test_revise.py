"""A guide's new text: kept apart as a draft, and saved with its POT and catalogs."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.project.revise import draft_project, guide_path, revise_guide
from tests.unit.small_project import CONTEXT, ENGLISH, SLUG, TAG, small_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


def contents(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.locales.rglob("*") if path.is_file()}


def text_of(project: Project) -> str:
    return guide_path(project, SLUG).read_text("utf-8")


def test_a_draft_has_the_new_text_and_changes_nothing(project: Project) -> None:
    before = contents(project)
    with draft_project(project, SLUG, text_of(project).replace(ENGLISH, "New words.")) as draft:
        assert draft.slugs == (SLUG,)
        assert "New words." in guide_path(draft, SLUG).read_text("utf-8")
        folder = draft.root
    assert not folder.exists()
    assert contents(project) == before


def test_a_save_updates_pot_and_catalog(project: Project) -> None:
    revise_guide(project, SLUG, text_of(project).replace(ENGLISH, "New words."))
    after = Project(project.root)
    assert after.source_messages(SLUG)[CONTEXT].english == "New words."
    assert after.pot_path(SLUG).read_bytes() == pot_bytes(after, SLUG)
    message = after.catalog(after.language(TAG), SLUG)[CONTEXT]
    assert (message.english, message.fuzzy) == ("New words.", True)


def test_a_save_of_the_same_text_changes_no_file(project: Project) -> None:
    before = contents(project)
    revise_guide(project, SLUG, text_of(project))
    assert contents(project) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("newsletter: statements.tsv", "newsletter: ../../../secret.txt"),
        ("newsletter: statements.tsv", "newsletter: .hidden"),
        ("newsletter: statements.tsv", "newsletter: statements.tsv\ndefinition: /etc/passwd"),
        ("---\ntitle", "title"),
        ("{#children-can-be-afraid", "{#online-safety"),
    ],
)
def test_a_text_that_is_not_a_guide_changes_no_file(project: Project, old: str, new: str) -> None:
    before = contents(project)
    changed = text_of(project).replace(old, new, 1)
    assert changed != text_of(project)
    with pytest.raises(SourceError):
        revise_guide(project, SLUG, changed)
    assert contents(project) == before
