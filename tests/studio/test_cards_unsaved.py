"""The cards never lose what was typed and not saved: a new block, another block, words before an undo."""

from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.newsletter.statements import read_statements
from parentguide.project.cards.reading import cards_of
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from tests.studio.app import Visitor, copy_words, found, is_accessible, opened, serving, settings_for, version

LETTER = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n- Hold hands.\n"
GUIDE = "locales/en/walk/guide.md"
WALK, HANDS = "walk-with-your-child", "hold-hands"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    work = copy_words(tmp_path / "work", ("en", "ur"))
    new_guide(Project(work), "walk", read_statements(LETTER))
    return work


def text_of(work: Path) -> str:
    return (work / GUIDE).read_text("utf-8")


def words_of(work: Path) -> dict[str, str]:
    return {card.id: card.words for card in cards_of(text_of(work)) if card.has_words}


def send(visitor: Visitor, action: str, card: str = "", where: str = "", **more: str) -> str:
    """Press a button; the address that follows."""
    page = visitor.get("/write/walk").text
    fields = {"version": version(page), "action": action, "card": card, **more}
    answer = visitor.post(f"/write/walk{where}", fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def look(visitor: Visitor, card: str, words: str, **more: str) -> None:
    """Type without saving, as the page's script sends it."""
    fields = {"version": version(visitor.get("/write/walk").text), "card": card, "words": words, "note": ""}
    assert visitor.post("/write/walk/card", {**fields, **more}).status_code == 200


def test_a_new_block_is_kept_when_it_is_closed(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    where = send(visitor, "close", WALK, adds="yes", kind="item", words="My new words.", covers="2")
    page = visitor.get(where).text
    assert where.endswith(f"#new-{WALK}")
    assert "What you typed is kept. It is not saved yet." in page
    block = found(rf'(?s)<li id="new-{WALK}"(.*?)</li>', page)
    assert "My new words." in block
    address = unescape(found(r'href="([^"]*)"[^>]*>Go on', block))
    form = visitor.get(address).text
    assert "My new words.</textarea>" in form
    assert '<option value="item" selected>' in form
    assert text_of(work) == before
    send(visitor, "insert", WALK, adds="yes", kind="item", words="My new words, again.")
    assert "my-new-words-again" in words_of(work)
    assert "Not saved yet" not in visitor.get("/write/walk").text


@pytest.mark.parametrize("words", ["Typed before the power went.", "# Call **us"])
def test_a_new_block_is_kept_while_it_is_typed_and_discarded(visitor: Visitor, words: str) -> None:
    look(visitor, WALK, words, adds="yes", action="insert", kind="paragraph")
    look(visitor, HANDS, "Another one.", adds="yes", action="insert", kind="paragraph")
    page = visitor.get("/write/walk").text
    assert words in page
    assert "not saved yet" in page
    key = found(r'name="kept" value="([^"]*)"', page)
    send(visitor, "discard-block", WALK, kept=key)
    page = visitor.get("/write/walk").text
    assert words not in page
    assert "Another one." in page


def test_words_that_no_block_can_have_are_kept_too(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    send(visitor, "close", WALK, words="Call **us", note="")
    assert "Call **us</textarea>" in visitor.get(f"/write/walk?card={WALK}").text
    assert text_of(work) == before
    send(visitor, "save", WALK, words="Call us.", note="")
    assert words_of(work)[WALK] == "Call us."
    assert "Not saved yet" not in visitor.get("/write/walk").text


def test_a_new_block_whose_neighbour_is_removed_is_not_lost(visitor: Visitor) -> None:
    look(visitor, WALK, "My new words.", adds="yes", action="insert", kind="paragraph")
    send(visitor, "remove", WALK)
    page = visitor.get("/write/walk").text
    assert "My new words." in page
    assert "not in the guide any more" in page


def test_nothing_is_said_to_be_kept_where_nothing_was_typed(work: Path, visitor: Visitor) -> None:
    words = words_of(work)[WALK]
    assert send(visitor, "close", WALK, words=words, note="") == f"/write/walk#card-{WALK}"
    assert send(visitor, "close", WALK, adds="yes", words=" ", note="") == f"/write/walk#card-{WALK}"
    look(visitor, WALK, "Something else.")
    look(visitor, WALK, words)
    assert "ot saved yet" not in visitor.get("/write/walk").text


@pytest.mark.parametrize("action", ["undo", "redo"])
@pytest.mark.parametrize("answer", ["all", "discard"])
def test_undo_and_redo_wait_for_what_is_typed(work: Path, visitor: Visitor, action: str, answer: str) -> None:
    send(visitor, "save", HANDS, words="Hold their hand.", note="")
    if action == "redo":
        send(visitor, "undo")
    before = text_of(work)
    # Typed in the open block and never sent before, as without the page's script.
    fields = {"version": version(visitor.get("/write/walk").text), "action": action, "card": WALK}
    refused = visitor.post("/write/walk", {**fields, "words": "Walk together.", "note": ""})
    assert refused.status_code == 409
    assert "Save or discard what you typed first" in refused.text
    assert "Walk together.</textarea>" in refused.text
    assert text_of(work) == before
    send(visitor, answer)
    assert (words_of(work)[WALK] == "Walk together.") == (answer == "all")
    if answer == "discard":
        send(visitor, action)
        assert (words_of(work)[HANDS] == "Hold their hand.") == (action == "redo")


def test_undo_waits_for_a_new_block_too(work: Path, visitor: Visitor) -> None:
    send(visitor, "save", HANDS, words="Hold their hand.", note="")
    look(visitor, WALK, "My new words.", adds="yes", action="insert", kind="paragraph")
    fields = {"version": version(visitor.get("/write/walk").text), "action": "undo"}
    assert visitor.post("/write/walk", fields).status_code == 409
    send(visitor, "all")
    assert "my-new-words" in words_of(work)


def test_a_save_saves_its_block_and_no_other(work: Path, visitor: Visitor) -> None:
    before = words_of(work)
    look(visitor, HANDS, "Hold hands. Half a sen")
    send(visitor, "save", WALK, words="Walk together.", note="")
    assert words_of(work) == before | {WALK: "Walk together."}
    page = visitor.get(f"/write/walk?card={HANDS}").text
    assert "Hold hands. Half a sen</textarea>" in page
    assert "not saved yet" in page
    send(visitor, "down", WALK)
    assert words_of(work)[HANDS] == before[HANDS]
    closed = visitor.get("/write/walk").text
    assert "Not saved yet." in found(rf'(?s)<li id="card-{HANDS}"(.*?)</li>', closed)
    assert "Not saved yet." not in found(rf'(?s)<li id="card-{WALK}"(.*?)</li>', closed)
    send(visitor, "save", HANDS, words="Hold hands. Whole.", note="")
    assert words_of(work)[HANDS] == "Hold hands. Whole."
    assert "ot saved yet" not in visitor.get("/write/walk").text


def test_the_answer_to_a_question_saves_its_block_and_no_other(work: Path, visitor: Visitor) -> None:
    """Studio asks about a block with translations; another one has words that are not saved."""
    path = work / "locales/en/cse/guide.md"
    before = path.read_text("utf-8")
    fields = {"version": version(visitor.get("/write/cse").text), "note": ""}
    visitor.post("/write/cse/card", {**fields, "card": "lead", "words": "Half a sen", "listed": "yes"})
    more = {"card": "call", "words": "Who can help", "action": "save"}
    asked = visitor.post("/write/cse", {**fields, **more})
    question = found(r'(?s)id="ask"(.*?)</form>', asked.text)
    assert "Who to call" in question
    assert "For all parents" not in question
    confirmed = found(r'name="confirmed" value="(\w+)"', question)
    answer = {"version": version(asked.text), "action": "all", "card": "call", "confirmed": confirmed}
    assert visitor.post("/write/cse", answer).status_code == 303
    saved = path.read_text("utf-8")
    assert "## Who can help" in saved
    assert "Half a sen" not in saved
    assert saved.splitlines()[-40:] == before.splitlines()[-40:]
    assert "Half a sen</textarea>" in visitor.get("/write/cse?card=lead").text


@pytest.mark.browser
def test_a_closed_new_block_and_an_undo_lose_nothing_in_a_browser(work: Path, browser: Browser) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/walk?card={WALK}&add=yes#card-new")
        box = page.locator(".rich")
        box.fill("My new words.")
        page.get_by_role("button", name="Close", exact=True).click()
        new = page.locator(f"#new-{WALK}")
        expect(new).to_contain_text("My new words.")
        is_accessible(page)
        new.get_by_role("link", name="Go on").click()
        expect(box).to_have_text("My new words.")
        page.get_by_role("button", name="Add this block").click()
        expect(page.locator("#card-my-new-words")).to_contain_text("Added: “My new words.”")
        expect(page.locator("#told-here")).to_be_focused()
        box.fill("Half a")
        page.get_by_role("button", name="Undo the last save").click()
        expect(page.locator("#ask")).to_contain_text("Save or discard what you typed first")
        expect(box).to_have_text("Half a")
        is_accessible(page)
        page.close()
