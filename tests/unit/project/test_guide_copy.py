"""A copy of a guide has its translations, and is whole or not there at all."""

from pathlib import Path

import pytest

from parentguide.infra.history import FOLDER
from parentguide.infra.leftovers import TemporaryFile
from parentguide.model.guide_state import GuideState
from parentguide.project.guide_copy import copy_guide
from parentguide.project.project import Project
from parentguide.review.status import language_review
from tests.studio.app import copy_words


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return copy_words(tmp_path / "work", ("en", "ur"))


def test_a_copy_has_the_same_words_in_every_language_and_is_being_written(work: Path) -> None:
    name = copy_guide(Project(work), "cse")
    assert name == "cse-copy"
    project = Project(work)
    first, copy = project.guide_source("cse").guide, project.guide_source(name).guide
    assert copy.title == f"{first.title} (copy)"
    assert copy.blocks == first.blocks
    assert project.states[name] is GuideState.WRITING
    assert project.states["cse"] is GuideState.READY
    review = language_review(project, project.language("ur"), (name,))
    assert all(message.shown for message in review.messages)
    pot, newsletter = project.pot_path(name), project.guide_source(name).newsletter_path
    assert pot.read_bytes() == project.pot_path("cse").read_bytes()
    assert newsletter.read_bytes() == project.guide_source("cse").newsletter_path.read_bytes()
    assert copy_guide(project, "cse") == "cse-copy-2"


def test_a_stop_leaves_no_half_of_a_copy(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = TemporaryFile.rename_to

    def dies(self: TemporaryFile, target: Path) -> None:
        if target.name == "guide.md" and FOLDER not in target.parts:
            raise KeyboardInterrupt
        real(self, target)

    monkeypatch.setattr(TemporaryFile, "rename_to", dies)
    with pytest.raises(KeyboardInterrupt):
        copy_guide(Project(work), "cse")
    monkeypatch.undo()
    assert Project(work).slugs == ("cse",)
    assert copy_guide(Project(work), "cse") == "cse-copy"
