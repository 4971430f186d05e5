"""From a newsletter to the cards of a guide, as a new user goes: give, check, name, write."""

import os
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from parentguide.checks.readiness import reasons_against
from parentguide.errors import SourceError
from parentguide.model.statement import StatementKind
from parentguide.newsletter.corrections import Piece
from parentguide.project.cards.reading import cards_of
from parentguide.project.project import Project
from parentguide.studio.services.newsletter_words import place_of
from tests.faults import Fault, run
from tests.profile import quick
from tests.studio.app import (
    Visitor,
    copy_words,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
    version,
)
from tests.studio.test_pieces import FILES, LETTER, TITLE, WORDS, begun, kept_file, number_of, pieces, step

QUOTED = "“" + "Abuse of any child is harm, wherever it happens to be done. " * 3 + "”"
NUMBERS = "Ring the NSPCC on 0808 800 5000, or us on 0161 496 0000."
OFFICIAL = {
    "document": "Keeping children safe",
    "publisher": "A department",
    "address": "www.gov.uk/safe",
    "published": "2025-09-01",
    "compared": "yes",
}


def words_of(work: Path, slug: str) -> list[str]:
    text = (work / "locales" / "en" / slug / "guide.md").read_text("utf-8")
    return [card.words for card in cards_of(text) if card.covers]


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_kind_becomes_cards(browser: Browser, work: Path, name: str, script: bool) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio, java_script_enabled=script)
        page.goto(f"{studio.address}/write")
        page.get_by_role("link", name="Begin with a letter or newsletter").click()
        give(page, name, FILES[name], script)
        expect(page.locator("#pieces .passage")).to_have_text([TITLE, WORDS])
        expect(page.get_by_label("What is the guide about?")).to_have_value(TITLE)
        page.get_by_role("button", name="Write the guide").click()
        expect(page).to_have_url(re.compile(r"/write/safe-online\?done=new"))
        expect(page.locator(".block .said")).to_contain_text([TITLE, WORDS])
        page.close()
    assert words_of(work, "safe-online") == [TITLE, WORDS]


def give(page: Page, name: str, data: bytes, script: bool) -> None:
    """Choose a file: a script sends it at once."""
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "", "buffer": data})
    if not script:
        page.get_by_role("button", name="Read the letter or newsletter").click()


def test_the_way_back_is_on_the_list_of_guides(visitor: Visitor) -> None:
    assert "that you began" not in visitor.get("/write").text
    address = begun(visitor)
    page = visitor.get("/write").text
    assert "A letter or newsletter that you began" in page
    assert f'href="{address}"' in page
    assert "Create a new guide" in visitor.get("/newsletter").text


def test_the_program_makes_the_short_name_of_the_title(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    page = visitor.get(address).text
    assert 'name="made" value="safe-online"' in page
    fields = {
        "made": "safe-online",
        "name": "safe-online",
        "title": "Çhildren online every day",
        "quiet": "yes",
    }
    told = visitor.post(f"{address}/fields", fields).json()
    assert told["made"] == "children-online-every-day"
    del fields["quiet"]
    answer = visitor.post(f"{address}/guide", {**fields, "version": version(page)})
    assert answer.headers["location"] == "/write/children-online-every-day?done=new"
    assert Project(work).guide_source("children-online-every-day").guide.title == fields["title"]
    second = begun(visitor)
    again = visitor.post(f"{second}/fields", {"title": fields["title"], "name": "", "quiet": "yes"}).json()
    assert again["made"] == "children-online-every-day-2"


def test_what_is_typed_is_kept_and_errors_stand_at_their_fields(work: Path, visitor: Visitor) -> None:
    address = begun(visitor, f"{LETTER}\n\n{QUOTED}")
    fields = {**OFFICIAL, "publisher": "", "published": "3000-01-01", "title": "My <title>", "name": "Ü"}
    del fields["compared"]
    fields["version"] = version(visitor.get(address).text)
    answer = visitor.post(f"{address}/guide", fields)
    assert answer.status_code == 422
    for name in ("publisher", "published", "compared"):
        assert f'id="{name}-error"' in answer.text
    assert 'id="document-error"' not in answer.text
    assert Project(work).slugs == ("cse",)
    with in_process(settings_for(work)) as again:
        page = again.visitor().open().get(address).text
    assert 'value="My &lt;title&gt;"' in page
    assert 'value="Keeping children safe"' in page
    for name, said in (("Ü", "cannot be the name"), ("cse", "already exists"), ("new", "cannot be the name")):
        answer = visitor.post(f"{address}/guide", {**fields, **OFFICIAL, "name": name})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'id="name-error"' in answer.text


def test_official_words_keep_their_letters_and_say_their_source(work: Path, visitor: Visitor) -> None:
    address = begun(visitor, f"{LETTER}\n\n{QUOTED}")
    page = visitor.get(address).text
    assert "Official words, kept letter for letter" in page
    answer = visitor.post(f"{address}/guide", {**OFFICIAL, "title": "Safe", "version": version(page)})
    assert answer.status_code == 303
    project = Project(work)
    source = project.guide_source("safe")
    assert source.definition is not None
    assert source.definition.paragraphs == (QUOTED.strip("“”").strip(),)
    assert source.definition.source == "A department: Keeping children safe, www.gov.uk/safe"
    assert source.definition.documents == ("Keeping children safe",)
    assert not [found for found in reasons_against(project, "safe") if found.code.startswith("PG2")]


def test_known_numbers_become_contacts_and_others_are_named(work: Path, visitor: Visitor) -> None:
    address = begun(visitor, f"{LETTER}\n\n{NUMBERS}")
    page = unescape(visitor.get(address).text)
    assert "A contact of yours: 0808 800 5000 (NSPCC helpline" in page
    assert "<strong>0161 496 0000</strong> is not among your contacts" in page
    link = re.search(r'href="(/contacts\?shown=[^"]+)#add"', page)
    assert link is not None
    form = visitor.get(link[1]).text
    assert 'value="0161 496 0000"' in form
    assert "Back to the newsletter" in form
    number = {"shown": "0161 496 0000", "who": "Our school, all day", "source": ""}
    refused = visitor.post("/contacts", number)
    assert refused.status_code == 422
    assert 'id="source-error"' in refused.text
    assert 'value="Our school, all day"' in refused.text
    assert visitor.post("/contacts", {**number, "source": "www.example.org"}).status_code == 303
    again = visitor.post("/contacts", {**number, "source": "www.example.org"})
    assert "It is in the list" in again.text or "Is in the list" in again.text
    page = visitor.get(address).text
    assert "is not among your contacts" not in page
    assert visitor.post(f"{address}/guide", {"version": version(page), "name": "safe"}).status_code == 303
    assert "Ring the NSPCC on {nspcc}, or us on {our_school_all_day}." in words_of(work, "safe")


def test_a_new_guide_that_is_undone_leads_to_the_list(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    visitor.post(f"{address}/guide", {"version": "1", "name": "safe"})
    answer = visitor.post("/write/safe", {"action": "undo"})
    assert answer.headers["location"] == "/write?done=undone"
    assert Project(work).slugs == ("cse",)
    assert "Create the guide “safe”" in visitor.get("/history").text


def test_a_line_that_was_left_out_is_taken_in_with_one_press(visitor: Visitor) -> None:
    from tests.studio.test_pieces import FURNITURE

    address = begun(visitor, FURNITURE)
    page = visitor.get(address).text
    assert "Example School News" not in pieces(page)
    page = step(visitor, address, "take-in:1")
    assert "Example School News" in pieces(page)
    assert "Example School News" not in pieces(step(visitor, address, "undo"))


def test_a_usual_reason_is_one_press(visitor: Visitor) -> None:
    address = begun(visitor)
    page = visitor.get(address).text
    fair = number_of(page, "Please come")
    asked = visitor.get(f"{address}/leave-out?number={fair}&version={version(page)}").text
    usual = re.search(rf'value="(leave-out:{fair}:[^"]+)"', asked)
    assert usual is not None
    assert "<strong>Left out:</strong> It is about something else." in step(visitor, address, usual[1])


PIECE = Piece(StatementKind.PARAGRAPH, "One two three four.")


@pytest.mark.parametrize(
    ("words", "at", "place"),
    [
        ("", 7, 8),  # at the end of “two”
        ("", 8, 8),  # before “three”
        ("", 10, 8),  # in the middle of “three”
        ("One two\n\nthree four.", -1, 8),
        ("One  two \n \n three four.", -1, 8),
        ("One\ntwo three four.", -1, 4),
    ],
)
def test_a_piece_is_split_at_the_cursor_or_an_empty_line(words: str, at: int, place: int) -> None:
    assert place_of(PIECE, words, at) == place


@pytest.mark.parametrize(
    ("words", "at", "said"),
    [
        ("", 0, "not clear"),
        ("", 19, "not clear"),
        ("", -1, "not clear"),
        ("One two three four.", -1, "not clear"),
        ("One two\n\nthree five.", -1, "not the newsletter's"),
    ],
)
def test_other_splits_are_refused(words: str, at: int, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        place_of(PIECE, words, at)


def _step(visitor: Visitor, address: str) -> None:
    step(visitor, address, "join:4")


def _fields(visitor: Visitor, address: str) -> None:
    visitor.post(f"{address}/fields", {"title": "Another title", "name": "", "quiet": "yes"})


def _guide(visitor: Visitor, address: str) -> None:
    visitor.post(f"{address}/guide", {"version": "1", "title": "Another title", "name": ""})


def _contact(visitor: Visitor, address: str) -> None:
    visitor.post("/contacts", {"shown": "0161 496 0000", "who": "Us", "source": "our page"})


MOST_POINTS = 12 if quick() else 60


@pytest.mark.skipif(os.name != "posix", reason="Windows has no fork")
@pytest.mark.parametrize("act", [_step, _fields, _guide, _contact])
def test_a_kill_at_any_file_operation_loses_nothing(
    tmp_path: Path, act: Callable[[Visitor, str], None]
) -> None:
    """Studio is killed at each of its file operations: what was there is there, and work goes on."""
    start = copy_words(tmp_path / "start", ("en", "pl"))
    with in_process(settings_for(start)) as studio:
        address = begun(studio.visitor().open())
        before = pieces(studio.visitor().open().get(address).text)
    joined = [*before[:3], f"{before[3]} {before[4]}", *before[5:]]

    def acted(work: Path) -> None:
        with in_process(settings_for(work)) as studio:
            act(studio.visitor().open(), address)

    whole = shutil.copytree(start, tmp_path / "whole")
    count = run(lambda: acted(whole)).operations
    assert count > 3
    for at in range(1, count + 1, max(1, count // MOST_POINTS)):
        work = shutil.copytree(start, tmp_path / f"work-{at}")
        assert run(lambda work=work: acted(work), Fault.KILL, at).code < 0, at  # type: ignore[misc]
        with in_process(settings_for(work)) as studio:
            visitor = studio.visitor().open()
            page = visitor.get(address)
            if page.status_code == 200:
                assert pieces(page.text) in (before, joined), at
                if act is not _step or pieces(page.text) == before:
                    act(visitor, address)
            if act is _guide:
                made = [slug for slug in Project(work).slugs if slug != "cse"]
                assert made, at
                assert [words for words in words_of(work, made[0]) if words.startswith("We want")], at
            elif act is _fields:
                assert 'value="Another title"' in visitor.get(address).text, at
            elif act is _contact:
                assert "our page" in visitor.get("/contacts").text, at
            else:
                assert pieces(visitor.get(address).text) == joined, at


def test_a_visit_that_ended_keeps_what_was_typed(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    visitor.client.cookies.clear()
    answer = visitor.post(f"{address}/guide", {"title": "A long title"}, token="old")  # noqa: S106
    assert answer.status_code in (401, 403)
    assert "A long title" in answer.text
    assert kept_file(work).exists()


@pytest.mark.browser
def test_with_javascript_all_is_done_in_place(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio, 320)
        page.goto(f"{studio.address}/write/new")
        is_accessible(page)
        give(page, "letter.txt", f"{LETTER}\n\n{NUMBERS}\n\n{QUOTED}".encode(), script=True)
        expect(page.locator("#piece-4 .passage")).to_contain_text("We want")
        # What is typed is saved by itself, and a step does not take it away.
        page.get_by_label("What is the guide about?").fill("Safe at home")
        expect(page.locator("#kept")).to_contain_text("Saved")
        expect(page.locator("#made")).to_have_text("safe-home")
        page.get_by_label("Who published it").fill("A department")
        page.locator("#piece-4 summary").click()
        page.locator("#piece-4").get_by_role("link", name="Split 4 in two").click()
        box = page.locator("#piece-4 textarea")
        expect(box).to_be_focused()
        page.keyboard.type("no new words")
        expect(box).to_have_value("We want every child to be safe. Please talk about it at home.")
        is_accessible(page)
        box.evaluate("one => one.setSelectionRange(32, 32)")
        page.keyboard.press("Enter")
        expect(page.locator("#piece-5 .passage")).to_have_text("Please talk about it at home.")
        expect(page.get_by_label("Who published it")).to_have_value("A department")
        expect(page.get_by_label("What is the guide about?")).to_have_value("Safe at home")
        page.locator("#piece-5 summary").click()
        page.locator("#piece-5").get_by_role("button", name="Join with the one above").click()
        expect(page.locator("#piece-4 .passage")).to_contain_text("safe. Please talk")
        expect(page.locator("#piece-4 :focus")).to_have_count(1)
        page.get_by_role("button", name="Write the guide").click()
        expect(page.get_by_role("alert")).to_contain_text("The title of the document")
        expect(page.locator("#document")).to_have_attribute("aria-invalid", "true")
        is_accessible(page)
        for name, value in OFFICIAL.items():
            if name != "compared":
                page.locator(f"#{name}").fill(value)
        page.get_by_label("I have compared").check()
        page.get_by_role("link", name="add it").click()
        expect(page.get_by_label("The phone number or web address")).to_have_value("0161 496 0000")
        is_accessible(page)
        page.get_by_role("link", name="Back to the newsletter").click()
        expect(page.locator("#document")).to_have_value("Keeping children safe")
        page.get_by_role("button", name="Write the guide").click()
        expect(page).to_have_url(re.compile(r"/write/safe-home\?done=new"))
        expect(page.locator(".block.official")).to_have_count(1)
        page.close()


@pytest.mark.browser
def test_a_slow_file_shows_that_it_is_being_read(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/new")
        page.evaluate("addEventListener('submit', event => event.preventDefault())")
        expect(page.locator("#reading")).to_be_hidden()
        give(page, "letter.txt", LETTER.encode(), script=True)
        expect(page.locator("#reading")).to_contain_text("Studio reads “letter.txt” …")
        page.close()


def test_the_pages_are_small(visitor: Visitor) -> None:
    address = begun(visitor, f"{LETTER}\n\n{QUOTED}")
    names = ("studio.css", "studio.js", "newsletter.js", "tokens.css")
    shared = sum(len(visitor.get(f"/static/{name}").content) for name in names)
    # A list has as many pieces as the newsletter has.
    assert len(visitor.get("/write/new").content) + shared < 60_000
    assert len(visitor.get(address).content) < 2_000 * len(pieces(visitor.get(address).text)) + 10_000
