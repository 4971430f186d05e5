"""Studio's “They checked a whole sheet on paper” refuses what “check” refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, language_review
from tests.studio.app import Visitor, in_process, settings_for
from tests.unit.review.conftest import WRONG_NUMBER, break_nspcc, polish, translate


@pytest.fixture
def visitor(root: Path) -> Iterator[Visitor]:
    with in_process(settings_for(root)) as studio:
        visitor = studio.visitor().open()
        assert visitor.post("/translations/pl/who", {"role": "teacher", "kind": "checked"}).status_code == 303
        yield visitor


def polish_review(root: Path) -> LanguageReview:
    project = Project(root)
    return language_review(project, project.language("pl"), ("cse", "interface"))


def messages(root: Path) -> int:
    return len(polish_review(root).messages)


def signed(root: Path) -> int:
    return sum(bool(message.records) for message in polish_review(root).messages)


def test_every_refused_message_is_listed_and_nothing_is_signed(root: Path, visitor: Visitor) -> None:
    break_nspcc(root)
    translate(root, {"title": polish(root, "title")}, fuzzy=True)
    page = visitor.post("/translations/pl/paper", {"read": "yes"})
    assert page.status_code == 422
    assert "Nothing was approved" in page.text
    problem = page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert "/translations/pl/cse/call-nspcc" in problem
    assert "{nspcc} lost" in problem
    assert "/translations/pl/cse/title" in problem
    assert "marked fuzzy" in problem
    assert signed(root) == 0
    listed = page.text.partition('class="pieces"')[2]
    assert "has an error" in listed
    assert "needs a person to check it" in listed


def test_a_correct_sheet_is_signed(root: Path, visitor: Visitor) -> None:
    assert visitor.post("/translations/pl/paper", {"read": "yes"}).status_code == 303
    assert signed(root) == messages(root)


def test_the_page_of_a_message_refuses_the_same(root: Path, visitor: Visitor) -> None:
    break_nspcc(root)
    address = "/translations/pl/cse/call-nspcc"
    page = visitor.get(address).text
    words = page.partition('name="words" value="')[2].partition('"')[0]
    text = polish(root, "call-nspcc")
    assert WRONG_NUMBER in text
    answer = visitor.post(address, {"words": words, "seen": text, "text": text, "action": "accept"})
    assert answer.status_code == 422
    assert "This cannot be approved: {nspcc} lost" in answer.text
    assert signed(root) == 0
