"""The page of a guide: what it needs to be ready, its name, a copy, and removing it with a way back."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.newsletter.statements import read_statements
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from tests.studio.app import (
    Visitor,
    copy_words,
    found,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
    version,
)

LETTER = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n"
QUOTE = (
    "“Online abuse is any type of abuse that happens on the internet. It can happen across any device that"
    " is connected to the web, at home or at school or anywhere else that a child may be.”"
)
LONG = "You can walk " + "and walk " * 12 + "home."


@pytest.fixture
def work(tmp_path: Path) -> Path:
    work = copy_words(tmp_path / "work", ("en", "ur"))
    new_guide(Project(work), "walk", read_statements(LETTER))
    new_guide(Project(work), "quoted", read_statements(f"{LETTER}\n{QUOTE}\n"))
    return work


def guide_path(work: Path, slug: str = "walk") -> Path:
    return work / "locales" / "en" / slug / "guide.md"


def change(work: Path, old: str, new: str) -> None:
    text = guide_path(work).read_text("utf-8")
    assert old in text
    guide_path(work).write_text(text.replace(old, new), "utf-8")


def needs(visitor: Visitor, slug: str = "walk") -> dict[str, str]:
    """Each item of the checklist: its name with how it stands, and what is said."""
    page = visitor.get(f"/write/{slug}/guide").text
    items = re.findall(r'<li class="(have|open|later)">(.*?)</li>', page, re.DOTALL)
    return {unescape(re.search(r"<strong>(.*?)</strong>", item)[1]): state for state, item in items}  # type: ignore[index]


SENTENCES = "Every sentence of the letter or newsletter has its place"
READING = "It is easy to read"
CONTACTS = "Numbers and addresses were verified within a year"
DANGER = "Families see at once whom to call in danger"
COMPARED = "Somebody has compared the official words letter by letter"
OFFICIAL = "The source of the official words is given"


def test_facts_tick_the_list_and_ready_and_back_are_undone(work: Path, visitor: Visitor) -> None:
    assert needs(visitor) == {
        **{SENTENCES: "have", READING: "have", DANGER: "have", CONTACTS: "have", OFFICIAL: "have"},
        "Languages": "later",
    }  # fmt: skip
    assert visitor.post("/write/walk/state", {"state": "ready"}).status_code == 303
    assert "walk" in Project(work).ready_slugs
    answer = visitor.post("/write/walk", {"action": "undo", "back": "guide"})
    assert answer.headers["location"] == "/write/walk/guide?done=undone"
    assert "walk" not in Project(work).ready_slugs
    visitor.post("/write/walk", {"action": "redo", "back": "guide"})
    assert "walk" in Project(work).ready_slugs
    visitor.post("/write/walk/state", {"state": "being written"})
    assert "walk" not in Project(work).ready_slugs


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (' covers="3"', ' source="us"', SENTENCES),
        ("Walk with your child.", LONG, READING),
        ("Walk with your child.", "Call {nspcc}.", CONTACTS),
        ("Walk with your child.", "Call {nobody}.", "Nothing else is wrong"),
        ("police, {police_emergency}", "the police", DANGER),
        ("---\ntitle", "title", "The guide can be read"),
    ],
)
def test_ready_is_refused_while_something_is_open(
    work: Path, visitor: Visitor, old: str, new: str, name: str
) -> None:
    change(work, old, new)
    contacts = work / "locales" / "contacts.toml"
    day = date.today() - timedelta(days=400)
    known, nspcc, rest = contacts.read_text("utf-8").partition("[nspcc]")
    # The box of whom to call has another number, so that only the guide's own words need this one.
    text = known + nspcc + re.sub(r"verified_on = .*", f"verified_on = {day}", rest, count=1)
    contacts.write_text(text, "utf-8")
    assert [item for item, state in needs(visitor).items() if state == "open"] == [name]
    page = unescape(visitor.get("/write/walk/guide").text)
    assert re.search(r'value="ready" disabled aria-describedby="why"', page)
    assert f"“{name}”" in page
    answer = visitor.post("/write/walk/state", {"state": "ready"})
    assert answer.status_code == 422
    assert f"“{name}” is open" in " ".join(unescape(answer.text).split())
    assert "walk" not in Project(work).ready_slugs


def test_a_guide_without_whom_to_call_gets_it_by_a_button(work: Path, visitor: Visitor) -> None:
    change(work, "police, {police_emergency}", "the police")
    page = visitor.get("/write/walk/guide").text
    assert 'id="who-to-call"' in page
    answer = visitor.post("/write/walk/who-to-call")
    assert answer.headers["location"] == "/write/walk/guide?done=who-to-call"
    assert needs(visitor)[DANGER] == "have"
    assert 'id="who-to-call"' not in visitor.get("/write/walk/guide").text
    assert guide_path(work).read_text("utf-8").count("::: school") == 1
    assert visitor.post("/write/walk/who-to-call").status_code == 303, "twice does no harm"
    assert guide_path(work).read_text("utf-8").count("{police_emergency}") == 1


def test_words_that_are_typed_and_not_saved_are_said_and_stay(work: Path, visitor: Visitor) -> None:
    visitor.post("/write/walk/state", {"state": "ready"})
    page = visitor.get("/write/walk?card=walk-with-your-child").text
    fields = {"version": version(page), "card": "walk-with-your-child", "words": "Half typed."}
    assert visitor.post("/write/walk/card", fields).status_code == 200
    assert needs(visitor)["All that you typed is saved"] == "open"
    visitor.post("/write/walk/state", {"state": "being written"})
    page = visitor.get("/write/walk").text
    assert "Half typed." in page
    assert visitor.post("/write/walk", {"version": version(page), "action": "all"}).status_code == 303
    assert "Half typed." in guide_path(work).read_text("utf-8")
    assert "walk" not in Project(work).ready_slugs


def test_the_source_of_official_words_is_given_here(work: Path, visitor: Visitor) -> None:
    assert needs(visitor, "quoted")[OFFICIAL] == "open"
    fields = {"source": "A charity", "published": "2024-03-01"}
    refused = visitor.post("/write/quoted/source", fields)
    assert refused.status_code == 422
    assert "A charity" in refused.text
    for broken in ({"published": "soon"}, {"source": " "}, {"published": "2999-01-01"}):
        answer = visitor.post("/write/quoted/source", {**fields, "compared": "yes", **broken})
        assert answer.status_code == 422, broken
    assert visitor.post("/write/quoted/source", {**fields, "compared": "yes"}).status_code == 303
    definition = Project(work).guide_source("quoted").definition
    assert definition
    assert (definition.source, definition.published, definition.edition) == (
        "A charity", date(2024, 3, 1), "2024-03"
    )  # fmt: skip
    assert QUOTE.strip("“”") in " ".join(definition.paragraphs)
    assert needs(visitor, "quoted")[OFFICIAL] == "have"
    assert needs(visitor, "quoted")[COMPARED] == "later", "a tick in passing is nobody's word"
    more = {"publisher": "A charity", "address": "www.example.org/words", "compared_by": "deputy head"}
    more |= {"compared": "yes"}
    assert visitor.post("/write/quoted/source", {**fields, **more}).status_code == 303
    assert needs(visitor, "quoted")[COMPARED] == "have"
    assert f"deputy head, {date.today().day} {date.today():%B %Y}." in visitor.get("/write/quoted/guide").text
    assert "A charity · www.example.org/words" in visitor.get("/preview/quoted/en/page").text


def test_a_guide_gets_another_name_and_keeps_its_address(work: Path, visitor: Visitor) -> None:
    page = visitor.get("/write/walk/guide").text
    fields = {"version": version(page), "action": "rename", "title": "Safe on foot", "back": "guide"}
    assert visitor.post("/write/walk", fields).headers["location"] == "/write/walk/guide?done=guide"
    text = guide_path(work).read_text("utf-8")
    assert parse_front_matter(text).title == "Safe on foot"
    assert "\n# Safe on foot\n" in text
    assert "Walking to school. From {school}" in text, "nobody asked to change the text message"
    assert "Safe on foot" in visitor.get("/write").text
    assert visitor.post("/write/walk", {**fields, "title": " "}).status_code == 422


def test_the_text_message_gets_the_new_name_too(work: Path, visitor: Visitor) -> None:
    page = visitor.get("/write/walk/guide").text
    assert "<li>Walking to school. From {school}" in unescape(page)
    assert re.search(r'name="everywhere" value="yes" checked', page)
    fields = {"version": version(page), "action": "rename", "title": "Safe on foot", "back": "guide"}
    assert visitor.post("/write/walk", {**fields, "everywhere": "yes"}).status_code == 303
    assert "Safe on foot. From {school}" in guide_path(work).read_text("utf-8")
    assert "Walking to school" not in guide_path(work).read_text("utf-8")


def test_a_new_name_that_was_translated_is_asked_about(work: Path, visitor: Visitor) -> None:
    before = guide_path(work, "cse").read_text("utf-8")
    page = visitor.get("/write/cse/guide").text
    fields = {"version": version(page), "action": "rename", "title": "Safe"}
    asked = visitor.post("/write/cse", fields)
    assert asked.status_code == 200
    assert "Save these changes?" in asked.text
    assert guide_path(work, "cse").read_text("utf-8") == before
    confirmed = found(r'name="confirmed" value="(\w+)"', asked.text)
    more = {"version": version(asked.text), "action": "all", "confirmed": confirmed}
    assert visitor.post("/write/cse", more).status_code == 303
    assert "<h1>Safe</h1>" in visitor.get("/write/cse/guide").text


def test_a_copy_is_made_and_undone(work: Path, visitor: Visitor) -> None:
    where = visitor.post("/write/walk/copy").headers["location"]
    assert where == "/write/walk-copy/guide?done=guide-doubled"
    assert "Walking to school (copy)" in visitor.get(where).text
    answer = visitor.post("/write/walk-copy", {"action": "undo"})
    assert answer.headers["location"] == "/write?done=undone"
    assert "walk-copy" not in Project(work).slugs


def test_a_removed_guide_is_put_back_with_all_its_files(work: Path, visitor: Visitor) -> None:
    before = {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()}
    assert visitor.post("/write/cse/removal").status_code == 303
    assert "cse" not in Project(work).slugs
    page = visitor.get("/write").text
    assert 'Put it back<span class="away">: Keeping your child safe' in page
    answer = visitor.post("/write/cse/return")
    assert answer.headers["location"] == "/write/cse/guide?done=guide-returned"
    assert {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()} == before
    assert "Removed guides" not in visitor.get("/write").text
    history = unescape(visitor.get("/history").text)
    assert "Put the guide “cse” back</a>" in history
    assert ", in Studio. " in history
    assert "/return" not in history
    act = unescape(visitor.get(found(r'href="(/history/guides/\d+)">[^<]*Put the guide', history)).text)
    assert "<h1>Put the guide “cse” back</h1>" in act
    assert "/return" not in act
    assert visitor.post("/write/cse/return").status_code == 404


@pytest.mark.parametrize("act", ["state", "copy", "removal"])
def test_the_first_act_makes_an_own_copy_and_says_it_once(tmp_path: Path, act: str) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        first = visitor.post(f"/write/cse/{act}", {"state": "being written"})
        assert "Studio has copied the guides" in visitor.get(first.headers["location"]).text
        assert (tmp_path / "locales").is_dir()
        slug = next(iter(Project(tmp_path).slugs), "")
        if slug:
            again = visitor.post(f"/write/{slug}/copy")
            assert "copied=yes" not in again.headers["location"]


@pytest.mark.browser
def test_a_guide_is_made_ready_copied_and_removed_in_a_browser(work: Path, browser: Browser) -> None:
    change(work, "Walk with your child.", LONG)
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio, 320)
        page.goto(f"{studio.address}/write")
        is_accessible(page)
        page.get_by_role("link", name=re.compile("Is it ready.*: Walking to school")).click()
        expect(page.get_by_role("button", name="Mark as ready")).to_be_disabled()
        is_accessible(page)
        page.get_by_role("link", name="Open the first long one").click()
        page.locator(".rich").fill("Walk home.")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("link", name="Is it ready?").click()
        page.get_by_role("button", name="Mark as ready").click()
        expect(page.get_by_role("status").first).to_contain_text("The guide is ready")
        page.get_by_text("A copy", exact=True).click()
        page.get_by_role("button", name="Copy the guide").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Walking to school (copy)")
        page.get_by_text("Remove it", exact=True).click()
        is_accessible(page)
        page.get_by_role("button", name="Remove the guide").click()
        expect(page.get_by_role("heading", name="Removed guides")).to_be_visible()
        is_accessible(page)
        page.get_by_role("button", name="Put it back").click()
        expect(page.get_by_role("status").first).to_contain_text("The guide is back")
        page.close()
