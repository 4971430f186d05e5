"""What is drafted, and how drafts are written."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import ProjectError
from parentguide.machine.engine import TranslationOutcome
from parentguide.machine.jobs import (
    back_translation_jobs,
    draft_jobs,
    translations,
    write_back_translations,
    write_drafts,
)
from parentguide.project.new_language import LanguageNames, add_language
from parentguide.project.project import Project, default_root
from parentguide.review.ledger import Kind
from parentguide.review.status import ledger
from parentguide.translation import po

TODAY = date(2026, 11, 24)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """English, and Welsh without a translation."""
    source, locales = default_root() / "locales", tmp_path / "locales"
    shutil.copytree(source / "en", locales / "en")
    for path in source.glob("*.*"):
        shutil.copy(path, locales)
    text = (locales / "languages.toml").read_text("utf-8")
    head, english = text.split("\n[en]\n", 1)
    english = english.split("\n\n[", 1)[0]
    (locales / "languages.toml").write_text(f"{head}\n[en]\n{english}\n", "utf-8")
    add_language(Project(tmp_path), "cy", LanguageNames(), TODAY)
    return Project(tmp_path)


def translate(project: Project, context: str, text: str) -> None:
    path = project.catalog_path(project.language("cy"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {context: text}, path))


def test_messages_without_a_translation_are_drafted(project: Project) -> None:
    welsh = project.language("cy")
    everything = draft_jobs(project, welsh, ())
    english = {(d, c): m.english for d in ("cse", "interface") for c, m in project.source_messages(d).items()}
    assert {(job.domain, job.context): job.text for job in everything} == english
    translate(project, "title", "Teitl")
    assert {(j.domain, j.context) for j in everything} - {
        (j.domain, j.context) for j in draft_jobs(project, welsh, ())
    } == {("cse", "title")}
    assert [job.context for job in draft_jobs(project, welsh, ("title", "lead"))] == ["lead"]
    assert translations(project, welsh) == {english["cse", "title"]: "Teitl"}


def test_an_unknown_context_is_an_error(project: Project) -> None:
    for make_jobs in (draft_jobs, back_translation_jobs):
        with pytest.raises(ProjectError, match="there is no message “nothing”"):
            make_jobs(project, project.language("cy"), ("title", "nothing"))


def test_drafts_are_fuzzy_and_on_record_and_replace_nothing(project: Project) -> None:
    welsh = project.language("cy")
    jobs = draft_jobs(project, welsh, ("title", "lead", "call"))
    translate(project, "title", "Teitl")
    outcomes = [TranslationOutcome(job, f"{job.text} ŵ") for job in jobs if job.context != "call"]
    rejected = [TranslationOutcome(job, reason="no") for job in jobs if job.context == "call"]
    assert write_drafts(project, welsh, [*outcomes, *rejected], "a machine", TODAY) == 1
    catalog = project.catalog(welsh, "cse")
    assert (catalog["title"].text, catalog["title"].fuzzy) == ("Teitl", False)
    assert (catalog["lead"].text.endswith(" ŵ"), catalog["lead"].fuzzy) == (True, True)
    assert catalog["call"].text == ""
    assert [(r.context, r.kind, r.role, r.date) for r in ledger(project, welsh, "cse")] == [
        ("lead", Kind.MACHINE, "a machine", TODAY)
    ]


def test_translations_without_a_back_translation_are_translated_back(project: Project) -> None:
    welsh = project.language("cy")
    translate(project, "title", "Teitl")
    translate(project, "lead", "Arwain")
    (job,) = back_translation_jobs(project, welsh, ("title",))
    assert (job.domain, job.context, job.text) == ("cse", "title", "Teitl")
    assert (
        write_back_translations(project, welsh, [TranslationOutcome(job, "Title")], "a machine", TODAY) == 1
    )
    back = project.back_translation(welsh)
    assert (back.origin, back.made_on, back.messages["title"].english) == ("a machine", TODAY, "Title")
    assert [job.context for job in back_translation_jobs(project, welsh, ())] == ["lead"]
    translate(project, "title", "Teitl newydd")
    assert {job.context for job in back_translation_jobs(project, welsh, ())} == {"title", "lead"}


def test_rejected_back_translations_write_nothing(project: Project) -> None:
    welsh = project.language("cy")
    translate(project, "title", "Teitl")
    (job,) = back_translation_jobs(project, welsh, ())
    assert write_back_translations(project, welsh, [TranslationOutcome(job, reason="no")], "x", TODAY) == 0
    assert not project.back_translation_path(welsh).exists()
