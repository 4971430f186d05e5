"""The fragment in real editors: what a school pastes into its website's editor still helps.

docs/pasting.md tells the office what each editor keeps; a test holds its table to what the editors do.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from parentguide.model.output import Edition
from parentguide.project.project import Project
from parentguide.render.web.words import LRI, PDI
from tests.languages import EDITIONS
from tests.output.browsing import folder_of
from tests.output.editors import (
    EDITORS,
    Editor,
    copy_all,
    drawn_numbers,
    open_editor,
    paste,
    put,
    seen,
    without,
)

pytestmark = pytest.mark.browser
TOLD = (Project().root / "docs" / "pasting.md").read_text("utf-8")


@pytest.fixture(scope="module", params=EDITORS, ids=lambda editor: editor.name)
def editor(request: pytest.FixtureRequest) -> Editor:
    chosen: Editor = request.param
    return chosen


@pytest.fixture(scope="module")
def editing(browser: Browser, editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with one editor, for all languages."""
    opened = open_editor(browser, editor, tmp_path_factory.mktemp("editor"))
    yield opened
    opened.close()


def kept_of(editing: Page, page: Page, path: Path) -> dict[str, str]:
    """What the editor keeps of a file: copied in a browser and pasted, and in its source view."""
    copy_all(page, path)
    return {"pasted": paste(editing), "source view": put(editing, path.read_text("utf-8"))}


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_words_lists_and_phone_links_survive(
    editing: Page, page: Page, output: Path, edition: Edition, subtests: pytest.Subtests
) -> None:
    path = folder_of(output, edition) / "fragment.html"
    kept = kept_of(editing, page, path)
    wanted = seen(page, path.read_text("utf-8"))
    assert {kind for kind, _ in wanted.blocks} >= {"H2", "H3", "text", "item", "step"}
    for way, html in kept.items():
        found = seen(page, html)
        with subtests.test("words, headings and lists", way=way):
            assert found.blocks == wanted.blocks
        with subtests.test("bold", way=way):
            assert found.bold == wanted.bold
        with subtests.test("links", way=way):
            assert found.links == wanted.links
        phones = [text for href, text in found.links if href.startswith("tel:")]
        with subtests.test("marks of direction", way=way):
            assert phones
            assert all(re.fullmatch(f"{LRI}[^{LRI}{PDI}]+{PDI}", text) for text in phones), phones
        for direction in ("rtl", "ltr") if edition.language.direction == "rtl" else ():
            with subtests.test("numbers in order", way=way, direction=direction):
                assert drawn_numbers(page, html, direction) == [without(text, LRI + PDI) for text in phones]


def test_without_the_marks_numbers_would_be_out_of_order(page: Page, output: Path) -> None:
    """What the characters are for: the test above sees it where they are missing."""
    fragment = (output / "cse" / "ur" / "fragment.html").read_text("utf-8")
    assert "0808 800 5000" in drawn_numbers(page, fragment, "rtl")
    assert "5000 800 0808" in drawn_numbers(page, without(fragment, LRI + PDI), "rtl")


def told(editor: str, way: str) -> dict[str, bool]:
    """What the document's table says that an editor keeps: the first cell of each row, and “yes” or “no”."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TOLD.splitlines()]
    (head,) = [cells for cells in rows if any(cell.startswith("TinyMCE") for cell in cells)]
    (column,) = [
        number
        for number, cell in enumerate(head)
        if editor in cell and (way in cell or not re.search("pasted|source view", cell))
    ]
    table = [cells for cells in rows[rows.index(head) + 2 :] if cells]
    return {cells[0]: cells[column].startswith("yes") for cells in table}


def test_the_document_says_what_each_editor_keeps(
    editor: Editor, editing: Page, page: Page, output: Path
) -> None:
    for way, html in kept_of(editing, page, output / "cse" / "ur" / "fragment.html").items():
        assert told(editor.name, way) == {
            "words, headings, lists, bold": True,  # the tests above
            "phone numbers as links, digits in order": True,
            "right to left": 'dir="rtl"' in html or "ql-direction-rtl" in html,
            "the language, for screen readers": 'lang="ur"' in html,
            "colours": "color:" in html,
            "boxes": "border" in html,
        }
