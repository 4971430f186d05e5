"""Words of the interface are shown where they stand: in parts of the page, and in parts of sheets."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parentguide.model import markup
from parentguide.project.project import Project, default_root
from parentguide.studio.services import place_pictures
from parentguide.studio.services.interface_places import ONLY_WHEN, standing_of
from parentguide.translation import po
from tests.studio.app import (
    Visitor,
    copy_words,
    in_process,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
)

INTERFACE = "/translations/{}?part=interface"
OUTLINE = (179, 38, 30)


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Somebody at a Studio of this module."""
    with in_process(settings_for(tmp_path_factory.mktemp("places"))) as running:
        yield running.visitor().open()


def figures(page: str) -> dict[str, LexborNode]:
    """The figure of each message by its context, in the order of the page."""
    found = LexborHTMLParser(page).css("li.block")
    blocks = [(node, node.css_first("figure.place")) for node in found]
    return {
        (node.attributes["id"] or "").removeprefix("block-interface-"): figure
        for node, figure in blocks
        if figure
    }


def caption(figure: LexborNode) -> str:
    found = figure.css_first("figcaption")
    return "" if found is None else str(found.text())


@pytest.mark.parametrize("tag", ["pl", "ur"])
def test_every_message_has_a_picture_of_its_place(near: Visitor, tag: str) -> None:
    project = Project(default_root())
    texts = {
        m.context: m.translation for m in review_of(default_root(), tag).messages if m.domain == "interface"
    }
    shown = figures(near.get(INTERFACE.format(tag)).text)
    assert set(shown) == set(project.source_messages("interface"))
    for context, figure in shown.items():
        frame, image = figure.css_first("iframe"), figure.css_first("img")
        if frame is not None:
            part = near.get(str(frame.attributes["src"]))
            marked = LexborHTMLParser(part.text).css("mark")
            assert len(marked) == 1, context
            words, expected = marked[0].text(), markup.plain(texts[context])
            # Dates, names and numbers take the place of fields.
            pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(expected)).replace(r"\ ", r"\s")
            assert re.fullmatch(pattern, words), (context, words)
            assert not re.search("[\ue000-\uf8ff]", part.text), context
        else:
            assert image is not None, context
            answer = near.get(str(image.attributes["src"]))
            assert answer.headers["content-type"] == "image/png", context
            picture = Image.open(BytesIO(answer.content)).convert("RGB")
            colours = picture.getcolors(picture.width * picture.height)
            assert colours is not None
            assert {colour: count for count, colour in colours}.get(OUTLINE, 0) > 200, context
            assert picture.height < 700, context
            assert "outline" in str(image.attributes["alt"])


def test_words_that_nothing_shows_have_the_reason_for_no_picture() -> None:
    standing = standing_of(po.Message("own", "Own words", places=("templates/own.txt",)))
    assert (standing.sheet, standing.section) == ("", "On no page or sheet")
    assert standing.said == "No page or sheet of this version shows these words."


def test_the_page_comes_first_from_top_to_end_and_then_the_sheets(near: Visitor) -> None:
    page = near.get(INTERFACE.format("pl")).text
    sections = [node.text() for node in LexborHTMLParser(page).css(".checked-section > h2")]
    assert sections == [
        "The page",
        "The handout",
        "The sheet in two languages",
        "The interpreter cards",
        "The poster",
        "The sheet for a checker",
    ]
    order = list(figures(page))
    wanted = ["nav.skip", "exit.link", "nav.languages", "status.draft", "status.checked", "listen.start"]
    wanted += [
        "team.name",
        "definition.help",
        "download.title",
        "privacy",
        "share.copy",
        "role.lead",
        "card.show",
    ]
    assert [context for context in order if context in wanted] == wanted


def test_it_says_where_else_words_stand_and_when(near: Visitor) -> None:
    shown = figures(near.get(INTERFACE.format("ur")).text)

    assert (
        caption(shown["team.website"])
        == "Also on printed sheets. Only when the school says that it has a website."
    )
    assert (
        caption(shown["download.cards"])
        == "Also on the interpreter cards. Only when the school makes this file."
    )
    assert "text to read aloud" in caption(shown["status.draft"])
    assert caption(shown["card.show"]) == ""


def test_every_condition_is_that_of_a_message() -> None:
    contexts = Project(default_root()).source_messages("interface")
    for name in ONLY_WHEN:
        assert any(c.startswith(name) if name.endswith(".") else c == name for c in contexts), name


def test_a_frame_runs_nothing_and_loads_nothing(near: Visitor) -> None:
    answer = near.get("/translations/ur/places/exit.link/page")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert not re.search(r"<script|<link|http-equiv|src=", answer.text)
    assert " inert>" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "pl/places/nothing/page",
        "pl/places/card.show/page",
        "pl/places/exit.link/sheet.png",
        "en/places/exit.link/page",
        "xx/places/exit.link/page",
    ],
)
def test_what_there_is_not_is_not_found(near: Visitor, path: str) -> None:
    assert near.get(f"/translations/{path}").status_code == 404


def test_pictures_have_the_present_words_and_are_kept_when_somebody_approves_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = copy_words(tmp_path / "work", ("en", "pl"))
    made: list[str] = []
    sheet = place_pictures._sheet

    def counted(shown: Any, name: str) -> bytes:
        made.append(name)
        return sheet(shown, name)

    monkeypatch.setattr(place_pictures, "_sheet", counted)
    with in_process(settings_for(work)) as running:
        visitor = running.visitor().open()
        visitor.post("/translations/pl/who", {"role": "teacher"})
        before = visitor.get("/translations/pl/places/card.show/sheet.png").content
        message = next(m for m in review_of(work, "pl").messages if m.context == "card.show")
        sent = {"words": message.words, "action": "accept"}
        assert visitor.post("/translations/pl/interface/card.show/row", sent).status_code == 200
        assert visitor.get("/translations/pl/places/card.show/sheet.png").content == before
        assert made == ["cards"]
        path = work / "locales" / "pl" / "LC_MESSAGES" / "interface.po"
        new = {"card.show": "Proszę pokazać kartę.", "exit.link": "Wyjście"}
        path.write_bytes(po.with_translations(path.read_bytes(), new, path))
        assert visitor.get("/translations/pl/places/card.show/sheet.png").content != before
        assert "<mark>Wyjście</mark>" in visitor.get("/translations/pl/places/exit.link/page").text


def test_words_that_are_missing_or_broken_have_a_place_too(tmp_path: Path) -> None:
    work = copy_words(tmp_path / "work", ("en", "pl"))
    path = work / "locales" / "pl" / "LC_MESSAGES" / "interface.po"
    new = {"card.show": "", "exit.link": "**Wyjście"}
    path.write_bytes(po.with_translations(path.read_bytes(), new, path))
    with in_process(settings_for(work)) as running:
        visitor = running.visitor().open()
        assert visitor.get("/translations/pl/places/card.show/sheet.png").status_code == 200
        assert "<mark>Exit this page</mark>" in visitor.get("/translations/pl/places/exit.link/page").text


def test_the_page_of_one_message_shows_its_place(near: Visitor) -> None:
    page = near.get("/translations/pl/interface/card.show").text
    assert "Where it stands: the interpreter cards" in page
    assert '/translations/pl/places/card.show/sheet.png"' in page
    assert "place" not in [
        node.attributes.get("class")
        for node in LexborHTMLParser(near.get("/translations/pl/cse/lead").text).css("figure")
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_pictures_are_seen_on_every_screen(browser: Browser, tmp_path: Path, width: int) -> None:
    with serving(settings_for(tmp_path)) as running:
        page = opened(browser, running, width)
        page.goto(running.address + INTERFACE.format("ur"))
        block = page.locator("[id='block-interface-nav.english']")
        block.scroll_into_view_if_needed()
        frame = block.frame_locator("iframe")
        expect(frame.locator("mark")).to_be_visible()
        expect(frame.locator("html")).to_have_attribute("dir", "rtl")
        # The frame is as high as its part of the page, so that nothing is cut off.
        block.locator("iframe[style]").wait_for()
        assert frame.locator("html").evaluate("root => root.scrollHeight <= root.clientHeight")
        card = page.locator("[id='block-interface-card.show'] img")
        card.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=card.element_handle())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        is_accessible(page)


@pytest.mark.browser
def test_pictures_need_no_script(browser: Browser, tmp_path: Path) -> None:
    with serving(settings_for(tmp_path)) as running:
        page = opened(browser, running, 320, java_script_enabled=False)
        page.goto(running.address + INTERFACE.format("pl"))
        block = page.locator("[id='block-interface-exit.link']")
        block.scroll_into_view_if_needed()
        expect(block.frame_locator("iframe").locator("mark")).to_have_text("Wyjdź z tej strony")
