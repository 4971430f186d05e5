"""The newsletter beside the blocks: what stands for each sentence, and what is left out and why; dragging."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.newsletter.statements import read_statements
from parentguide.project.cards.reading import cards_of
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from tests.studio.app import Visitor, copy_words, is_accessible, opened, serving, settings_for, version

LETTER = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n- Hold hands.\n"
GUIDE = "locales/en/walk/guide.md"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with a guide whose sentence 3 has no block."""
    work = copy_words(tmp_path / "work", ("en", "ur"))
    new_guide(Project(work), "walk", read_statements(LETTER))
    path = work / GUIDE
    path.write_text(path.read_text("utf-8").replace(' covers="3"', ' source="us"'), "utf-8")
    return work


def text_of(work: Path) -> str:
    return (work / GUIDE).read_text("utf-8")


def ids(work: Path) -> list[str]:
    return [card.id for card in cards_of(text_of(work)) if card.has_words]


def sentence(page: str, number: int) -> str:
    """What the panel says of a sentence, as words."""
    found = re.search(rf'<li id="sentence-{number}".*?</li>', page, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0])).split())


def post(visitor: Visitor, action: str, **more: str) -> str:
    page = visitor.get("/write/walk").text
    answer = visitor.post("/write/walk", {"version": version(page), "action": action, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_blocks_are_named_with_the_numbers_that_people_read(work: Path, visitor: Visitor) -> None:
    path = work / GUIDE
    text = path.read_text("utf-8")
    path.write_text(text.replace("Walk with your child.", "Ring {nspcc} about your walk."), "utf-8")
    assert "In Ring 0808 800 5000 about your walk." in sentence(visitor.get("/write/walk").text, 2)


def test_each_sentence_says_which_blocks_stand_for_it(visitor: Visitor) -> None:
    page = visitor.get("/write/walk?card=walk-with-your-child").text
    assert "1 of 4 sentences has no block yet" in page
    assert "In Walk with your child." in sentence(page, 2)
    assert "The open block stands for it." in sentence(page, 2)
    assert 'href="#card-walk-with-your-child"' in page
    assert "No block stands for it yet." in sentence(page, 3)
    assert "Add a block for it" in sentence(page, 3)
    assert "No block" not in sentence(page, 4)


def test_a_new_block_for_a_sentence_has_it_ticked(work: Path, visitor: Visitor) -> None:
    page = visitor.get("/write/walk").text
    address = re.search(r'href="(/write/walk\?card=[^"]*covers=3)#card-new"', page)
    assert address
    page = visitor.get(unescape(address[1])).text
    assert re.findall(r'name="covers" value="(\d)" checked', page) == ["3"]
    blocks = re.findall(r'<li id="(card-[^"]*)"', page)
    assert blocks[blocks.index("card-new") - 1] == "card-walk-with-your-child"


def test_a_sentence_is_left_out_for_a_reason_put_back_and_both_undone(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    where = post(visitor, "leave-3", **{"reason-3": "  We say it\n elsewhere. "})
    assert where.endswith("#sentence-3")
    assert parse_front_matter(text_of(work)).exclude == {3: "We say it elsewhere."}
    page = visitor.get("/write/walk").text
    assert "Left out: We say it elsewhere." in sentence(page, 3)
    assert "All 4 sentences have their place" in page
    post(visitor, "undo")
    assert text_of(work) == before
    post(visitor, "redo")
    post(visitor, "back-3")
    assert text_of(work) == before


def test_without_a_reason_nothing_is_left_out_and_no_typed_word_is_lost(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    page = visitor.get("/write/walk?card=walk-with-your-child").text
    fields = {
        "version": version(page),
        "card": "walk-with-your-child",
        "words": "My words.",
        "reason-1": "Mine",
    }
    answer = visitor.post("/write/walk", {**fields, "action": "leave-3", "reason-3": " "})
    assert answer.status_code == 422
    assert "no reason why sentence 3" in answer.text
    assert "My words." in answer.text
    assert text_of(work) == before


def test_what_is_typed_in_a_block_is_saved_with_a_reason(work: Path, visitor: Visitor) -> None:
    card = {"card": "walk-with-your-child", "words": "Walk together.", "note": ""}
    post(visitor, "leave-3", **card, **{"reason-3": "Old"})
    assert "Walk together." in text_of(work)
    assert parse_front_matter(text_of(work)).exclude == {3: "Old"}
    post(visitor, "back-3", card="walk-with-your-child", words="A new block.", adds="yes", kind="paragraph")
    assert "a-new-block" in ids(work)


def test_a_sentence_of_the_open_block_only_can_be_left_out(work: Path, visitor: Visitor) -> None:
    page = visitor.get("/write/walk?card=walk-with-your-child").text
    assert "Leave out, because" in sentence(page, 2)
    assert "Only the open block stands for it: “Walk with your child.”" in sentence(page, 2)
    assert "Leave out, because" not in sentence(page, 4)
    assert "Leave out, because" not in sentence(visitor.get("/write/walk").text, 2)
    card = {"card": "walk-with-your-child", "words": "Walk with your child.", "note": "", "listed": "yes"}
    where = post(visitor, "leave-2", **card, covers="2", **{"reason-2": "Old"})
    assert parse_front_matter(text_of(work)).exclude == {2: "Old"}
    assert 2 not in {number for one in cards_of(text_of(work)) for number in one.covers}
    assert "Left out: sentence 2 Undo" in sentence(visitor.get(where).text, 2)


def test_a_block_that_is_not_open_is_opened_from_its_sentence(visitor: Visitor) -> None:
    page = visitor.get("/write/walk?card=walk-with-your-child").text
    assert 'href="/write/walk?card=hold-hands#card-hold-hands"' in page
    assert 'href="/write/walk?card=walk-with-your-child#card-walk-with-your-child">Walk' not in page


def test_the_feedback_does_not_say_that_nothing_is_left_out(visitor: Visitor) -> None:
    whole = "The guide says everything that the newsletter says"
    assert whole not in visitor.get("/write/walk").text
    post(visitor, "leave-3", **{"reason-3": "Old"})
    page = visitor.get("/write/walk").text
    assert f"{whole}, but the sentence that is left out:" in page
    assert "3: left out, because: Old" in page
    assert f"{whole}." not in page


def test_a_block_is_moved_over_several_places_in_one_act(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    first = ids(work)
    post(visitor, "move", card="hold-hands", after=first[0])
    assert ids(work)[1] == "hold-hands"
    post(visitor, "undo")
    assert text_of(work) == before
    where = post(visitor, "move", moved="hold-hands", drop=first[0])
    assert where.endswith("#card-hold-hands")
    assert ids(work)[1] == "hold-hands"
    page = visitor.get("/write/walk").text
    answer = visitor.post(
        "/write/walk",
        {"version": version(page), "action": "move", "moved": "hold-hands", "drop": ids(work)[-1]},
    )
    assert answer.status_code == 422
    assert "last one" in answer.text


def test_a_new_title_is_that_of_the_lists_too(work: Path, visitor: Visitor) -> None:
    post(visitor, "save", card=ids(work)[0], words="Safe to school", note="")
    assert parse_front_matter(text_of(work)).title == "Safe to school"
    assert "<h1>Write: Safe to school</h1>" in visitor.get("/write/walk").text
    assert "<h1>Write: Safe to school</h1>" in visitor.get("/write/walk/text").text


def test_the_page_is_small(visitor: Visitor) -> None:
    names = ("studio.css", "studio.js", "cards.css", "cards.js", "cards-move.js", "tokens.css")
    shared = sum(len(visitor.get(f"/static/{name}").content) for name in names)
    assert shared < 60_000


@pytest.mark.browser
def test_a_block_is_dragged_over_two_others(work: Path, browser: Browser) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/walk")
        is_accessible(page)
        # Both blocks are in sight.
        page.set_viewport_size({"width": 1280, "height": 3000})
        order = ids(work)
        grip, target = (page.locator(f"#card-{name}") for name in ("hold-hands", "walk-with-your-child"))
        start = grip.locator(".grip").bounding_box()
        there = target.bounding_box()
        assert start
        assert there
        page.mouse.move(start["x"] + 20, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(there["x"] + 30, there["y"] + there["height"] / 2, steps=4)
        page.mouse.move(there["x"] + 30, there["y"] + 5, steps=2)
        expect(target).to_have_class(re.compile("drop-above"))
        page.keyboard.press("Escape")
        expect(target).not_to_have_class(re.compile("drop-above"))
        page.mouse.up()
        assert ids(work) == order
        page.mouse.move(start["x"] + 20, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(there["x"] + 30, there["y"] + 5, steps=4)
        expect(target).to_have_class(re.compile("drop-above"))
        page.mouse.up()
        expect(page.get_by_role("status").first).to_contain_text("Moved: “Hold hands.”")
        expect(page.locator("#blocks > li").nth(1)).to_have_id("card-hold-hands")
        page.get_by_role("button", name="Undo the last save").click()
        expect(page.locator("#blocks > li").nth(1)).to_have_id("card-walk-with-your-child")
        page.get_by_text("Leave out, because …").click()
        page.get_by_label("Why the guide leaves it out").fill("Old")
        is_accessible(page)
        page.get_by_role("button", name=re.compile("Leave it out *: sentence 3")).click()
        expect(page.locator("#sentence-3")).to_contain_text("Left out: Old")
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(f"{studio.address}/write/walk")
        expect(page.locator("#letter")).not_to_have_attribute("open", "")
        page.close()
    assert ids(work) == order
