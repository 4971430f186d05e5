"""Guides that are ready and guides that are being written, in Studio."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from parentguide.newsletter.statements import read_statements
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from tests.studio.app import Visitor, copy_words, finished

LETTER = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n"
SLUG = "walk"
TITLE = "Walking to school"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with one guide that is ready and one that is being written."""
    work = copy_words(tmp_path / "work", ("en", "pl", "ur"))
    new_guide(Project(work), SLUG, read_statements(LETTER))
    return work


def guide_path(work: Path) -> Path:
    return work / "locales" / "en" / SLUG / "guide.md"


def mark(visitor: Visitor, state: str, slug: str = SLUG) -> tuple[int, str]:
    answer = visitor.post(f"/write/{slug}/state", {"state": state})
    return answer.status_code, unescape(answer.text)


def test_both_are_listed_and_marked(visitor: Visitor) -> None:
    page = unescape(visitor.get("/write").text)
    assert re.search(r'href="/write/cse">.*?</a> <span><strong>Ready</strong>', page)
    assert re.search(rf'href="/write/{SLUG}">{TITLE}</a> <span><strong>Being written</strong>', page)
    assert f"{TITLE} (being written)" in unescape(visitor.get("/translations").text)
    assert f"{TITLE} (being written)" in unescape(visitor.get("/make").text)


def test_what_is_made_is_named_and_each_language_counts_once(work: Path, visitor: Visitor) -> None:
    tags = list(Project(work).complete_languages)
    (work / "school.toml").write_text(f"languages = {tags}\n", "utf-8")
    page = unescape(visitor.get("/make").text)
    assert f"Still being written, so left out: {TITLE} (being written)." in page
    assert mark(visitor, "ready")[0] == 303
    page = unescape(visitor.get("/make").text)
    assert "left out" not in page
    assert "3 languages: " in page


def test_a_guide_with_errors_is_not_marked_ready_and_they_are_listed(work: Path, visitor: Visitor) -> None:
    path = guide_path(work)
    path.write_text(path.read_text("utf-8").replace(' covers="3"', ""), "utf-8")
    status, page = mark(visitor, "ready")
    assert status == 422
    assert "Without a block or a reason: 3." in page
    assert "names no source" in page
    assert Project(work).ready_slugs == ("cse",)


def test_a_guide_that_cannot_be_read_is_not_marked_ready_and_stops_nothing(
    work: Path, visitor: Visitor
) -> None:
    path = guide_path(work)
    path.write_text(path.read_text("utf-8") + "\n| a | table |\n|---|---|\n", "utf-8")
    assert mark(visitor, "ready")[0] == 422
    for address in ("/", "/write", "/make", "/sheets", "/translations", "/languages", "/school/page"):
        assert visitor.get(address).status_code == 200, address
    assert visitor.get("/make", params={"guide": SLUG}).status_code == 200


def test_a_guide_being_written_is_previewed(visitor: Visitor) -> None:
    assert TITLE in visitor.get(f"/preview/{SLUG}/en/page").text


def test_it_is_made_only_when_it_is_ready(work: Path, visitor: Visitor) -> None:
    (work / "school.toml").write_text('languages = ["en"]\nformats = ["message"]\n', "utf-8")
    for ready in (False, True):
        if ready:
            mark(visitor, "ready")
        page = finished(visitor, visitor.post("/build", {}).headers["location"])
        assert ("walk/en/message.txt" in page) is ready


def test_without_a_ready_guide_one_sentence_says_what_to_do(work: Path, visitor: Visitor) -> None:
    assert mark(visitor, "being written", "cse")[0] == 303
    answer = visitor.post("/build", {})
    assert "no guide is ready" in unescape(answer.text).lower()
    assert "Write a guide" in unescape(answer.text)
    assert visitor.get("/school/page").status_code == 200


def test_an_unknown_guide_cannot_be_marked(visitor: Visitor) -> None:
    assert mark(visitor, "ready", "nothing")[0] == 404


def test_a_number_is_marked_as_checked_today(work: Path, visitor: Visitor) -> None:
    page = unescape(visitor.get("/contacts").text)
    assert "I have checked this today" in page
    assert visitor.post("/contacts/nspcc").status_code == 303
    assert next(c for c in Project(work).contacts if c.name == "nspcc").verified_on == date.today()
    assert "the day is saved" in visitor.get("/contacts?done=verified").text.lower()
    refused = visitor.post("/contacts/nobody")
    assert refused.status_code == 422
    assert "no contact “nobody”" in unescape(refused.text)
