"""Fonts in Studio: what languages use, adding a font file, and removing it."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from parentguide.project.project import default_root
from parentguide.studio.routes.fonts import PAGES
from tests.studio.app import (
    Running,
    Visitor,
    copy_words,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
)
from tests.unit.fonts.faces import SANS, family


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return copy_words(tmp_path / "work", ("en", "ar", "ur"))


@pytest.fixture
def studio(work: Path) -> Iterator[Running]:
    with in_process(settings_for(work)) as running:
        yield running


def upload(data: bytes, name: str = "given.ttf") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, data, "font/ttf")}


def test_the_page_says_what_would_be_better_and_where_it_is_free(visitor: Visitor) -> None:
    page = unescape(visitor.get("/fonts").text)
    assert "Urdu would be better in Noto Nastaliq Urdu" in page
    assert 'href="https://fonts.google.com/noto/specimen/Noto+Nastaliq+Urdu"' in page


def test_a_font_is_added_shown_and_removed(visitor: Visitor, work: Path) -> None:
    answer = visitor.post("/fonts", files=upload(family(SANS).regular.data))
    assert (answer.status_code, answer.headers["location"]) == (303, "/fonts?done=font")
    stored = work / "fonts" / "NotoSansArabic-Variable.ttf"
    assert stored.is_file()
    assert stored.name in visitor.get("/fonts").text
    assert "Add the font" in visitor.get("/history").text
    answer = visitor.post("/fonts/remove", {"family": SANS})
    assert answer.headers["location"] == "/fonts?done=font-removed"
    assert not stored.exists()


def test_the_files_of_regular_and_bold_are_sent_together(visitor: Visitor, work: Path) -> None:
    data = family(SANS).regular.data
    both = {"file": ("a.ttf", data, "font/ttf"), "bold": ("b.ttf", data[:5000], "font/ttf")}
    answer = visitor.post("/fonts", files=both)
    assert answer.status_code == 422
    assert "“b.ttf”" in unescape(answer.text)
    assert "“a.ttf”" not in unescape(answer.text)
    # A browser sends a part without a name for a box that is left empty.
    one = {"file": ("a.ttf", data, "font/ttf"), "bold": ("", b"", "application/octet-stream")}
    assert visitor.post("/fonts", files=one).headers["location"] == "/fonts?done=font"
    assert (work / "fonts" / "fonts.toml").is_file()


def test_what_is_no_font_is_refused_in_words_and_nothing_is_stored(visitor: Visitor, work: Path) -> None:
    answer = visitor.post("/fonts", files=upload(b"PK\3\4" + bytes(50), "fonts.zip"))
    assert answer.status_code == 422
    assert "“fonts.zip”: Is a ZIP file" in unescape(answer.text)
    assert visitor.post("/fonts").status_code == 422
    assert visitor.post("/fonts/remove", {"family": "Arial"}).status_code == 422
    assert not (work / "fonts").exists()


def test_a_font_that_is_too_large_is_refused_before_it_is_read(visitor: Visitor) -> None:
    too_large = bytes(max(page.limit for page in PAGES) + 1)
    assert visitor.post("/fonts", files=upload(too_large)).status_code == 413


def test_the_content_of_the_program_gets_no_fonts(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path / "empty")) as running:
        visitor = running.visitor().open()
        assert visitor.post("/fonts", files=upload(family(SANS).regular.data)).status_code == 303
    assert (tmp_path / "empty" / "locales").is_dir(), "the program's content was copied first"
    assert not (default_root() / "fonts").exists()


def test_two_files_are_dropped_and_the_page_is_accessible(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as running:
        page = opened(browser, running)
        page.goto(f"{running.address}/fonts")
        is_accessible(page)
        page.evaluate(
            """() => {
                const all = new DataTransfer();
                for (const name of ["A-Bold.ttf", "A-Regular.ttf"]) all.items.add(new File(["x"], name));
                dispatchEvent(new DragEvent("drop", {dataTransfer: all, cancelable: true}));
            }"""
        )
        chosen = page.evaluate("['file', 'bold'].map(id => document.getElementById(id).files[0].name)")
        assert chosen == ["A-Regular.ttf", "A-Bold.ttf"]
