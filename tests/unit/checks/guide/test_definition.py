"""The official definition is the newsletter's, letter for letter."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parentguide.checks.guide.definition import check_definition
from parentguide.model.guide import Definition
from parentguide.project.project import Project
from tests.unit.checks.samples import small_project

WORDS = "Abuse is never the fault of the child. It occurs where somebody takes advantage of a child."
MORE = "It can stop when somebody helps the child."
NEWSLETTER = f"Staying safe\nThe definition\n“{WORDS}\n\n{MORE}”\n\nPlease talk to us.\n"


def project_with(root: Path, *paragraphs: str) -> Project:
    project = small_project(root, newsletter=NEWSLETTER)
    day = date(2026, 11, 23)
    source = project.guide_source("small")
    front = replace(source.front, definition="definition.toml")
    definition = Definition("2017", "HM Government", day, day, paragraphs)
    project._sources["small"] = replace(source, front=front, definition=definition)
    return project


@pytest.mark.parametrize(
    ("paragraphs", "wrong"),
    [
        ((WORDS, MORE), None),
        ((WORDS.replace("fault", "mistake"), MORE), 1),
        ((WORDS, MORE.replace("the", "a")), 2),
        ((WORDS,), 2),
        ((WORDS, MORE, "And more."), 3),
    ],
)
def test_the_first_paragraph_that_differs_is_named(
    tmp_path: Path, paragraphs: tuple[str, ...], wrong: int | None
) -> None:
    found = list(check_definition(project_with(tmp_path, *paragraphs)))
    assert [f.code for f in found] == (["PG201"] if wrong else [])
    assert all(f.message.startswith(f"paragraph {wrong} ") for f in found)
    assert all(f.path.name == "definition.toml" for f in found)


def test_a_guide_without_a_definition_is_not_compared(tmp_path: Path) -> None:
    assert list(check_definition(small_project(tmp_path))) == []
