"""A guide in blocks: a safeguarding lead changes it without its markup."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.project.cards.card import Kind, card_with
from parentguide.project.cards.reading import cards_of
from tests.studio.app import (
    Visitor,
    found,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
    shipped,
    version,
)

GUIDE = "locales/en/cse/guide.md"
LEAD = "For all parents and carers"


def text_of(work: Path) -> str:
    return (work / GUIDE).read_text("utf-8")


def act(visitor: Visitor, action: str, card: str, **more: str) -> str:
    """Press a button of a card, and “Save” if Studio asks; the address that follows."""
    page = visitor.get("/write/cse?card=lead").text
    answer = visitor.post("/write/cse", {"version": version(page), "card": card, "action": action, **more})
    if answer.status_code == 200:
        asked = found(r'name="confirmed" value="(\w+)"', answer.text)
        fields = {"version": version(answer.text), "card": card, "action": "all", "confirmed": asked}
        answer = visitor.post("/write/cse", fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_the_page_shows_words_as_families_see_them_and_no_markup(visitor: Visitor) -> None:
    page = visitor.get("/write/cse?card=lead").text
    assert "<strong>Danger now:</strong> police" in page
    assert '<span class="filled">999</span>' in page
    assert "Only for schools whose details have a phone number of the council" in page
    assert "“They”" in page or "CSE is the English short form" in page
    shown = re.sub(r"<script.*?</script>|<[^>]*>", " ", page.partition("<main")[2], flags=re.DOTALL)
    for word in (r"\bpieces?\b", r"\bstatements?\b", "msgid", "TAG", "HTML", "covers=", "{#", ":::"):
        assert not re.search(word, shown), word


def test_changed_words_are_asked_about_and_saved(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    page = visitor.get("/write/cse?card=call").text
    fields = {"version": version(page), "card": "call", "action": "save", "words": "Who can help"}
    asked = visitor.post("/write/cse", fields)
    assert asked.status_code == 200
    assert "Save these changes?" in asked.text
    assert "Who to call” is changed: 1 translation" in unescape(asked.text)
    assert text_of(work) == before
    assert "not saved yet" in visitor.get("/write/cse").text
    more = {"note": card_with(cards_of(before), "call").note, "source": "contacts.toml"}  # type: ignore[union-attr]
    act(visitor, "save", "call", words="Who can help", **more)
    assert text_of(work) == before.replace("## Who to call\n", "## Who can help\n")
    act(visitor, "undo", "call")
    assert text_of(work) == before
    act(visitor, "redo", "call")
    assert text_of(work) == before.replace("## Who to call\n", "## Who can help\n")


def test_blocks_are_added_split_joined_moved_and_removed(work: Path, visitor: Visitor) -> None:
    before = text_of(work)
    where = act(
        visitor, "insert", "lead", kind="item", words="Talk to\nus. Please.", listed="yes", covers="3"
    )
    assert "card=talk-to-us-please&" in where
    card = card_with(cards_of(text_of(work)), "talk-to-us-please")
    assert card
    assert (card.kind, card.words, card.covers) == (Kind.ITEM, "Talk to us. Please.", (3,))
    assert "card=please&" in act(visitor, "split", card.id, words="Talk to us.\n\nPlease.")
    assert '- {#please covers="3"' in text_of(work)
    act(visitor, "join", card.id)
    assert card_with(cards_of(text_of(work)), card.id) == card
    act(visitor, "up", card.id)
    assert [one.id for one in cards_of(text_of(work))][1:3] == [card.id, "lead"]
    act(visitor, "down", card.id)
    act(visitor, "remove", card.id)
    assert text_of(work) == before
    assert act(visitor, "add", "lead").endswith("card=lead&add=yes#card-new")


def block(page: str, card: str) -> str:
    """A block of the page, as words."""
    markup = found(rf'(?s)<li id="card-{card}"(.*?)</li>', page)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<{markup}")).split())


def test_the_block_says_what_was_done_to_it_with_a_way_back(visitor: Visitor) -> None:
    where = act(visitor, "insert", "lead", kind="paragraph", words="Talk to us. Please.")
    page = visitor.get(where).text
    assert where.endswith("#card-talk-to-us-please")
    assert block(page, "talk-to-us-please").startswith("Added: “Talk to us. Please.” Undo")
    assert "Added" not in block(page, "lead")
    where = act(visitor, "save", "talk-to-us-please", words="Talk to us soon.")
    assert block(visitor.get(where).text, "talk-to-us-please").startswith("Saved: “Talk to us soon.” Undo")
    where = act(visitor, "undo", "")
    assert where.endswith("#card-talk-to-us-please")
    said = block(visitor.get(where).text, "talk-to-us-please")
    assert said.startswith("Undone: the change of “Talk to us. Please.” Redo")
    where = act(visitor, "up", "talk-to-us-please")
    assert block(visitor.get(where).text, "talk-to-us-please").startswith("Moved: “Talk to us. Please.” Undo")
    # Two neighbours changed places: either is the place.
    assert re.search("#card-(lead|talk-to-us-please)$", act(visitor, "undo", ""))
    where = act(visitor, "remove", "talk-to-us-please")
    assert where.endswith("#card-lead")
    assert block(visitor.get(where).text, "lead").startswith("The block is removed. Undo")
    where = act(visitor, "undo", "")
    said = block(visitor.get(where).text, "talk-to-us-please")
    assert said.startswith("Undone: the change of “Talk to us. Please.” Redo")
    where = act(visitor, "redo", "")
    assert where.endswith("#card-lead")
    assert block(visitor.get(where).text, "lead").startswith("The change is made again. Undo")


def test_an_address_cannot_make_the_page_say_anything(visitor: Visitor) -> None:
    page = visitor.get("/write/cse?did=saved&at=card-<b>none</b>&done=guide").text
    assert "none" not in found(r'(?s)id="told-here"(.*?)</div>', page)
    assert 'id="told-here"' not in visitor.get("/write/cse?did=other&at=card-lead").text


def test_a_few_words_have_no_reading_grade_and_a_new_block_has_none(visitor: Visitor) -> None:
    fields = {"version": version(visitor.get("/write/cse").text), "card": "lead", "listed": "yes"}
    said = visitor.post("/write/cse/card", {**fields, "words": "Do not wait."}).text
    ease = found(r'(?s)<p class="ease">(.*?)</p>', said)
    assert "1 sentence, 3 words." in ease
    assert "grade" not in ease
    said = visitor.post("/write/cse/card", {**fields, "words": "Do not wait for us."}).text
    assert "Reading grade" in found(r'(?s)<p class="ease">(.*?)</p>', said)
    visitor.post("/write/cse", {"action": "discard"})
    assert 'class="ease"' not in visitor.get("/write/cse?card=lead&add=yes").text


def test_half_a_sentence_is_asked_about_before_a_split(work: Path, visitor: Visitor) -> None:
    where = act(visitor, "insert", "lead", kind="step", words="If we are closed, ring us.")
    before, card = text_of(work), found("card=([a-z-]+)&", where)
    fields = {"version": version(visitor.get("/write/cse").text), "card": card, "note": ""}
    words = "If we are closed,\n\nring us."
    asked = visitor.post("/write/cse", {**fields, "action": "split", "words": words})
    assert asked.status_code == 422
    assert "“If we are closed,” would be a block, and is not a whole sentence" in unescape(asked.text)
    assert words in unescape(asked.text)
    assert "Split it anyway</button>" in asked.text
    assert text_of(work) == before
    where = act(visitor, "split-anyway", card, words=words)
    assert card_with(cards_of(text_of(work)), "ring-us")
    assert "Split: the second block is “ring us.”" in visitor.get(where).text
    act(visitor, "insert", "lead", kind="heading", words="Signs and help?")
    act(visitor, "split", "signs-and-help", words="Signs\n\nand help?")


@pytest.mark.parametrize(
    ("action", "card", "words", "said"),
    [
        ("save", "lead", "  ", "The block has no words"),
        ("save", "lead", "Call **us", "** opens but does not close"),
        ("split", "lead", "One line only", "does not know where the second block begins"),
        ("remove", "title", "My title", "A guide needs its title"),
        ("save", "gone", "My words", "not in the guide any more"),
        ("insert", "lead", "# My words", "cannot begin"),
    ],
)
def test_what_is_refused_is_not_lost(
    work: Path, visitor: Visitor, action: str, card: str, words: str, said: str
) -> None:
    before = text_of(work)
    page = visitor.get("/write/cse?card=lead").text
    fields = {"version": version(page), "card": card, "action": action, "words": words, "note": "My note"}
    answer = visitor.post("/write/cse", fields)
    assert answer.status_code == 422
    assert said.lower() in unescape(answer.text).lower()
    assert words in unescape(answer.text)
    assert text_of(work) == before


def test_two_writers_do_not_overwrite_each_other(work: Path, visitor: Visitor) -> None:
    old = version(visitor.get("/write/cse?card=lead").text)
    act(visitor, "insert", "lead", kind="paragraph", words="Theirs.")
    theirs = text_of(work)
    fields = {"version": old, "card": "lead", "action": "save", "words": "Mine."}
    answer = visitor.post("/write/cse", fields)
    assert answer.status_code == 409
    assert "Somebody saved this guide" in answer.text
    assert "Mine." in answer.text
    assert text_of(work) == theirs
    assert visitor.post("/write/cse", {"action": "discard"}).status_code == 303
    assert "Mine." not in visitor.get("/write/cse").text


def test_feedback_comes_while_somebody_types(work: Path, visitor: Visitor) -> None:
    page = visitor.get("/write/cse?card=lead").text
    words = "This is a " + "very " * 25 + "long sentence."
    fields = {"version": version(page), "card": "lead", "words": words, "listed": "yes"}
    said = unescape(visitor.post("/write/cse/card", fields).text)
    assert "A sentence has 30 words: split it." in said
    assert "Must be translated again into 1 language" in said
    assert words in unescape(visitor.get("/write/cse/text").text)


def test_the_first_change_makes_an_own_copy_and_says_it_once(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        where = act(visitor, "insert", "lead", kind="paragraph", words="One more.")
        assert "One more." in text_of(tmp_path)
        assert "copied all guides" in visitor.get(where).text
        assert "guide-copied" not in act(visitor, "remove", "one-more")
    assert "One more." not in shipped("en/cse/guide.md").read_text("utf-8")


def test_a_guide_that_cannot_be_read_leads_to_its_text(work: Path, visitor: Visitor) -> None:
    (work / GUIDE).write_text(text_of(work).replace("{#lead ", "{", 1), "utf-8")
    page = visitor.get("/write/cse")
    assert page.status_code == 200
    assert 'href="/write/cse/text">Correct it in the text' in page.text


@pytest.mark.browser
def test_a_block_is_changed_and_split_at_the_cursor_in_a_browser(work: Path, browser: Browser) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/cse")
        is_accessible(page)
        page.get_by_role("link", name=re.compile("Change *: For all parents and carers: possible")).click()
        # The box that shows bold words; before the script runs, a plain one has the same name.
        box = page.locator(".rich").and_(page.get_by_role("textbox", name="The words"))
        box.fill("Talk to us. We listen.")
        expect(page.locator("#findings")).to_contain_text("Must be translated again")
        expect(page.frame_locator("#look").locator("body")).to_contain_text("We listen.")
        is_accessible(page)
        box.press("Control+Home")
        for _ in "Talk to us. W":
            box.press("ArrowRight")
        page.get_by_role("button", name="Split here").click()
        # The cursor is in a word, which goes to the second block as a whole.
        page.locator("#ask").get_by_role("button", name="Save").click()
        expect(box).to_have_text("We listen.")
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator("#blocks > li").nth(1)).to_have_id("card-we-listen")
        box.press("Control+a")
        page.get_by_role("button", name="Bold").click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#words")).to_have_value("**We listen.**")
        is_accessible(page)
        page.close()
    assert "\n**We listen.**\n" in text_of(work)
