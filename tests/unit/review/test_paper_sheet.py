"""Studio's “Somebody checked a whole sheet on paper” signs exactly what the sheet showed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from parentguide.model.shown_words import code_of
from parentguide.project.project import Project
from parentguide.review.shown import keep_code, shown_digests
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


def printed(root: Path) -> str:
    """Print the review sheet of the guide as it is now: its code."""
    review = polish_review(root)
    digests = shown_digests(review.messages)
    keep_code(Project(root).locales, review.language, digests)
    return code_of(digests)


def paper(code: str, **more: str) -> dict[str, str]:
    return {"code": code, "role": "parent", "kind": "checked", "read": "yes", **more}


def test_every_refused_message_is_listed_and_nothing_is_signed(root: Path, visitor: Visitor) -> None:
    translate(root, {"lead": f"{polish(root, 'lead')} Zadzwoń pod 112."})
    translate(root, {"title": f"{polish(root, 'title')} 7"})
    page = visitor.post("/translations/pl/paper", paper(printed(root)))
    assert page.status_code == 422
    assert "Nothing was approved" in page.text
    problem = page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert "/translations/pl/cse/lead" in problem
    assert "The number 112 is not in the English." in problem
    assert "PG522" not in problem
    assert "/translations/pl/cse/title" in problem
    assert signed(root) == 0


def test_what_the_sheet_could_not_show_is_not_signed(root: Path, visitor: Visitor) -> None:
    break_nspcc(root)
    translate(root, {"title": polish(root, "title")}, fuzzy=True)
    page = visitor.post("/translations/pl/paper", paper(printed(root)))
    assert page.status_code == 200
    left_out = page.text.partition("Not approved by this sheet")[2].partition("</div>")[0]
    assert "/translations/pl/cse/title" in left_out
    assert "/translations/pl/cse/call-nspcc" in left_out
    assert signed(root) == messages(root) - 2
    assert 'id="block-cse-call-nspcc" data-state="error"' in visitor.get("/translations/pl").text
    assert 'id="block-cse-title" data-state="draft"' in visitor.get("/translations/pl").text


def test_a_correct_sheet_is_signed(root: Path, visitor: Visitor) -> None:
    page = visitor.post("/translations/pl/paper", paper(printed(root)))
    assert page.status_code == 200
    assert f"{messages(root)} blocks are approved" in page.text
    assert signed(root) == messages(root)


@pytest.mark.parametrize("code", ["", "K7QXM", "ZZZZZ-ZZZZZ"])
def test_without_the_sheets_code_nothing_is_signed(root: Path, visitor: Visitor, code: str) -> None:
    page = visitor.post("/translations/pl/paper", paper(code))
    assert page.status_code == 422
    assert "code" in page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert signed(root) == 0


def test_what_changed_since_the_sheet_was_printed_is_not_signed(root: Path, visitor: Visitor) -> None:
    code = printed(root)
    translate(root, {"title": f"{polish(root, 'title')} dziś"})
    page = visitor.post("/translations/pl/paper", paper(code.lower().replace("-", " ")))
    assert page.status_code == 200
    left_out = page.text.partition("Not approved by this sheet")[2].partition("</div>")[0]
    assert "/translations/pl/cse/title" in left_out
    assert signed(root) == messages(root) - 1


def test_a_message_with_an_open_request_is_not_signed(root: Path, visitor: Visitor) -> None:
    code = printed(root)
    address, text = "/translations/pl/cse/title", polish(root, "title")
    words = visitor.get(address).text.partition('name="words" value="')[2].partition('"')[0]
    asked = {"words": words, "seen": text, "text": text, "action": "ask", "comment": "Is this right?"}
    assert visitor.post(address, asked).status_code == 303
    page = visitor.post("/translations/pl/paper", paper(code))
    assert "a request is not answered" in page.text
    title = next(m for m in polish_review(root).messages if m.context == "title")
    assert title.state == "draft"
    assert [request.comment for request in title.open_requests] == ["Is this right?"]


def test_the_page_of_a_message_refuses_the_same(root: Path, visitor: Visitor) -> None:
    break_nspcc(root)
    address = "/translations/pl/cse/call-nspcc"
    page = visitor.get(address).text
    words = page.partition('name="words" value="')[2].partition('"')[0]
    text = polish(root, "call-nspcc")
    assert WRONG_NUMBER in text
    answer = visitor.post(address, {"words": words, "seen": text, "text": text, "action": "accept"})
    assert answer.status_code == 422
    assert "This cannot be saved as correct. The number 0808 800 5000 is missing." in answer.text
    assert signed(root) == 0
