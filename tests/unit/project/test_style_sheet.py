"""``STYLE.md``: what the glossary says, short enough to be printed."""

from pathlib import Path

import pytest

from parentguide.checks.catalog.style_current import check_questions, check_style_current
from parentguide.errors import SourceError
from parentguide.model.style_notes import in_brief
from parentguide.project.project import Project
from parentguide.project.quality_table import quality_path, quality_table
from parentguide.project.style_sheet import MOST_CHARACTERS, style_path, style_sheet, styled_languages
from tests.unit.checks.samples import small_project
from tests.unit.cli.run import run

GLOSSARY = """\
[style]
address = "Formal."

[[question]]
context = "title"
question = "Is | this clear?"
why = "It was coined."

[[trap]]
about = "care"
advice = "Name a home."

[[watch]]
kind = "abuse"
needs = ["seks"]
english = "sexual abuse"
reason = "Abuse alone is misbehaviour."

[[term]]
english = "consent"
term = "zgoda"
rejected = ["a", "b", "c"]
reason = "Usual. It is in the law."
"""


def with_glossary(root: Path, text: str = GLOSSARY) -> Project:
    project = small_project(root)
    folder = root / "locales" / "pl"
    folder.mkdir()
    (folder / "glossary.toml").write_text(text, "utf-8")
    return project


def sheet(project: Project) -> str:
    [polish] = styled_languages(project)
    return style_sheet(project, polish)


def test_questions_come_first_then_traps_style_and_terms(tmp_path: Path) -> None:
    text = sheet(with_glossary(tmp_path))
    assert text.startswith("# Polish: how this translation is written")
    assert "AI language models wrote the translation and these notes, and no human has checked them" in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## First questions for a bilingual reader",
        "## Traps",
        "## Address and spelling",
        "## Terms",
    ]
    assert "1. Is | this clear? (`title`; It was coined.)" in text
    assert "- **abuse**: Say “seks” for “sexual abuse”: Abuse alone is misbehaviour." in text
    assert text.endswith("| consent | zgoda | a, b | Usual |\n")


def test_a_glossary_without_notes_gives_no_empty_headings(tmp_path: Path) -> None:
    assert "## " not in sheet(with_glossary(tmp_path, ""))


def test_many_terms_are_cut_at_two_sides_and_counted(tmp_path: Path) -> None:
    term = '[[term]]\nenglish = "e"\nterm = "{0}"\nreason = "r"\n'
    text = sheet(with_glossary(tmp_path, "".join(term.format("t" * 80) for _ in range(200))))
    rows = text.count("| e | ")
    assert f"{200 - rows} more terms are in `glossary.toml`." in text
    assert MOST_CHARACTERS - 200 < len(text) < MOST_CHARACTERS + 100


def test_a_broken_glossary_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        sheet(with_glossary(tmp_path, '[[trap]]\nabout = "x"\n'))
    [problem] = caught.value.problems
    assert (problem.loc, problem.path) == (("trap", 0, "advice"), tmp_path / "locales/pl/glossary.toml")


def test_a_sheet_that_is_missing_or_old_is_reported_where_the_project_has_them(tmp_path: Path) -> None:
    project = with_glossary(tmp_path)
    assert list(check_style_current(project)) == []
    quality_path(project).write_text(quality_table(project), "utf-8")
    assert [(f.code, f.message) for f in check_style_current(project)] == [("PG506", "there is no STYLE.md")]
    ran = run("quality", "--project", tmp_path)
    assert f"{style_path(project, styled_languages(project)[0])}: written" in ran.out
    assert list(check_style_current(Project(tmp_path))) == []
    (tmp_path / "locales/pl/glossary.toml").write_text(GLOSSARY.replace("Formal", "Familiar"), "utf-8")
    [finding] = check_style_current(Project(tmp_path))
    assert (finding.code, finding.severity, finding.path.name) == ("PG506", "warning", "STYLE.md")
    assert "parentguide quality" in finding.hint


def test_a_question_about_no_message_is_reported(tmp_path: Path) -> None:
    about = 'context = "title"'
    project = with_glossary(tmp_path, GLOSSARY)
    assert list(check_questions(project)) == []
    glossary = tmp_path / "locales/pl/glossary.toml"
    glossary.write_text(GLOSSARY.replace(about, 'context = "*"'), "utf-8")
    assert list(check_questions(Project(tmp_path))) == []
    glossary.write_text(GLOSSARY.replace(about, 'context = "titel"'), "utf-8")
    [finding] = check_questions(Project(tmp_path))
    assert (finding.code, finding.path) == ("PG507", glossary)
    assert "“titel”" in finding.message


@pytest.mark.parametrize(
    ("text", "most", "brief"),
    [
        ("One. Two.", 20, "One"),
        ("One of 3.5 kinds.", 20, "One of 3.5 kinds"),
        ("One; two words more.", 10, "One"),
        ("One, two; three", 9, "One, two"),
        ("Onetwothree", 6, "Onetw …"),
        ("", 5, ""),
    ],
)
def test_a_reason_in_brief(text: str, most: int, brief: str) -> None:
    assert in_brief(text, most) == brief
