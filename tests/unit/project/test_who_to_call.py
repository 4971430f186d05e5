"""Every guide of a newsletter begins with whom to call in danger; it is not ready without."""

import shutil
from pathlib import Path

import pytest

from parentguide.checks.readiness import reasons_against
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.statements import read_statements
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project, default_root
from parentguide.project.revise import guide_path, revise_guide
from parentguide.project.who_to_call import has_emergency_box, with_boxes

LETTER = "Safe at home\n\nThis letter is for every family.\n\nSigns\n\n- Your child is afraid.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "locales").mkdir()
    for name in ("languages.toml", "contacts.toml", "interface.pot"):
        shutil.copyfile(default_root() / "locales" / name, tmp_path / "locales" / name)
    return Project(tmp_path)


def text_of(project: Project) -> str:
    return guide_path(project, "one").read_text("utf-8")


def place(text: str, words: str) -> int:
    assert text.count(words) == 1, words
    return text.index(words)


def test_whom_to_call_and_the_team_stand_after_the_lead(project: Project) -> None:
    new_guide(project, "one", read_statements(LETTER))
    text = text_of(project)
    order = ["every family", "## Who to call", "{police_emergency}", "::: school", "is afraid"]
    assert [place(text, words) for words in order] == sorted(place(text, words) for words in order)
    assert has_emergency_box(Project(project.root).guide_source("one").guide.blocks)
    assert [f.code for f in reasons_against(Project(project.root), "one")] == []


@pytest.mark.parametrize("second", ["The guidance says:", "The guidance says this."])
def test_a_sentence_that_announces_official_words_stays_with_them(project: Project, second: str) -> None:
    kinds = (("heading", "Neglect"), ("paragraph", second), ("quotation", "Neglect is a failure."))
    statements = [Statement(n, StatementKind(kind), text, n) for n, (kind, text) in enumerate(kinds, 1)]
    new_guide(project, "one", statements)
    text = text_of(project)
    assert place(text, "{police_emergency}") < place(text, second) < place(text, "::: official")


def test_a_list_of_contacts_with_the_number_is_not_doubled(project: Project) -> None:
    kinds = (("heading", "Neglect"), ("contact", "In an emergency: 999"), ("contact", "Childline: 0800 1111"))
    statements = [Statement(n, StatementKind(kind), text, n) for n, (kind, text) in enumerate(kinds, 1)]
    new_guide(project, "one", statements)
    assert text_of(project).count("{police_emergency}") == 1
    assert text_of(project).count("::: contacts") == 1
    assert has_emergency_box(Project(project.root).guide_source("one").guide.blocks)


def test_a_guide_without_the_box_is_not_ready_until_it_is_put_in(project: Project) -> None:
    (project.locales / "contacts.toml").rename(project.locales / "kept")
    new_guide(project, "one", read_statements(LETTER + "\nIn an emergency, ring 999.\n"))
    (project.locales / "kept").rename(project.locales / "contacts.toml")
    (finding,) = reasons_against(Project(project.root), "one")
    assert finding.code == "PG604"
    before = text_of(project)
    used = set(Project(project.root).source_messages("one"))
    revise_guide(Project(project.root), "one", with_boxes(before, used, has_school=False))
    assert reasons_against(Project(project.root), "one") == []
    text = text_of(project)
    assert place(text, "every family") < place(text, "{police_emergency}") < place(text, "## Signs")
    assert set(before.split("\n")) <= set(text.split("\n"))


@pytest.mark.parametrize("root", ["", "examples/online-safety"])
def test_our_own_guides_have_the_box(root: str) -> None:
    project = Project(default_root() / root)
    for slug in project.slugs:
        assert has_emergency_box(project.guide_source(slug).guide.blocks), slug
