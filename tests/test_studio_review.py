"""Checking a translation in Studio: from draft to signed off, and two reviewers at once."""

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Browser, expect

from parentguide.checks.catalog.runner import check_translations
from parentguide.project.project import Project, default_root
from parentguide.review.ledger import Kind
from parentguide.review.status import MessageReview, language_review
from parentguide.studio.settings import Settings
from parentguide.translation import po
from tests.studio import TOKEN, Visitor, running, settings_for
from tests.test_studio_make import is_accessible, opened

DOMAINS = ("cse", "interface")
PIECE = "/translations/ur/cse/lead"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words of its own."""
    shutil.copytree(default_root() / "locales", tmp_path / "work" / "locales")
    return tmp_path / "work"


@pytest.fixture
def studio(work: Path) -> Iterator[Settings]:
    with running(settings_for(work)) as settings:
        yield settings


@pytest.fixture
def reviewer(studio: Settings) -> Visitor:
    visitor = Visitor(studio).open()
    assert visitor.post("/translations/ur/who", {"role": "teacher", "kind": "checked"}).status_code == 303
    return visitor


def message(work: Path, context: str = "lead", tag: str = "ur") -> MessageReview:
    project = Project(work)
    review = language_review(project, project.language(tag), DOMAINS)
    return next(one for one in review.messages if one.context == context)


def answer(visitor: Visitor, work: Path, action: str, **more: str) -> requests.Response:
    """The form of the piece as it is now, sent with a button."""
    now = message(work)
    fields = {"words": now.words, "seen": now.translation, "text": now.translation, "action": action, **more}
    return visitor.post(PIECE, fields)


@pytest.mark.browser
def test_from_draft_to_signed_off_right_to_left(browser: Browser, tmp_path: Path) -> None:
    with running(settings_for(tmp_path / "work")) as settings:
        page = opened(browser, settings)
        page.get_by_role("main").get_by_role("link", name="Check translations").click()
        is_accessible(page)
        page.get_by_role("button", name="Make the translations editable").click()
        expect(page.get_by_role("status")).to_contain_text("You can edit the translations now")
        page.get_by_role("link", name="Urdu").click()
        is_accessible(page)
        page.get_by_role("button", name="Start checking").click()
        expect(page.get_by_role("alert")).to_contain_text("Write what you do")
        is_accessible(page)
        page.get_by_label("What you do").fill("teacher")
        page.get_by_role("button", name="Start checking").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Message 1 of 101")
        is_accessible(page)
        box = page.locator("#text")
        assert box.evaluate("box => [getComputedStyle(box).direction, box.lang]") == ["rtl", "ur"]
        first = box.input_value()
        box.fill(f"{first} 999 abc")
        findings = page.locator("#findings")
        expect(findings).to_contain_text("the numbers differ")
        expect(findings).to_contain_text("“abc” is not in the script of Urdu")
        is_accessible(page)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("This cannot be approved")
        assert box.input_value() == f"{first} 999 abc"
        is_accessible(page)
        box.fill(first)
        expect(findings).to_contain_text("found nothing")
        box.fill(f"{first} یہاں")
        page.get_by_role("button", name="Save my translation").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Message 2 of 101")
        expect(page.get_by_role("status").first).to_contain_text("Your translation is saved and approved")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Alt+PageUp")
        expect(box).to_have_value(f"{first} یہاں")
        expect(page.locator(".records")).to_contain_text("teacher: approved (bilingual speaker)")
        page.wait_for_load_state("load")  # before that no key has a meaning
        page.keyboard.press("Alt+PageDown")
        for number in range(2, 102):
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Message {number} of 101")
            page.wait_for_load_state("load")
            page.keyboard.press("Control+Enter")
        expect(page.get_by_role("main")).to_contain_text("State: checked by a bilingual speaker. 101 of 101")
        is_accessible(page)
        page.goto(f"http://127.0.0.1:{settings.port}/preview?language=ur")
        expect(page.frame_locator("iframe").locator(".status").first).to_contain_text("teacher")
        page.close()
    project = Project(tmp_path / "work")
    assert language_review(project, project.language("ur"), DOMAINS).state == "checked"
    assert message(tmp_path / "work", "title").translation == f"{first} یہاں"
    assert not [finding for finding in check_translations(project) if "/ur/" in finding.path.as_posix()]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_two_windows_never_overwrite_each_other_in_silence(
    browser: Browser, studio: Settings, work: Path, reviewer: Visitor, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.add_cookies(
        [{"name": c.name, "value": c.value or "", "url": reviewer.base} for c in reviewer.jar.cookies]
    )
    first = context.new_page()
    first.goto(reviewer.base + PIECE)
    second = context.new_page()
    second.goto(reviewer.base + PIECE)
    before = message(work).translation
    first.locator("#text").fill(f"ایک {before}")
    first.get_by_role("button", name="Save my translation").click()
    first.wait_for_url(f"{reviewer.base}/translations/ur/cse/*?done=corrected")
    second.locator("#text").fill(f"دو {before}")
    second.get_by_role("button", name="Save my translation").click()
    shown = second.get_by_role("alert")
    expect(shown).to_contain_text("changed while you were reading")
    expect(shown.locator("dd")).to_have_text([before, f"ایک {before}", f"دو {before}"])
    assert second.locator("#text").input_value() == f"دو {before}"
    assert message(work).translation == f"ایک {before}"
    is_accessible(second)
    second.get_by_role("button", name="Save my translation").click()
    second.wait_for_url("**?done=corrected")
    now = message(work)
    assert now.translation == f"دو {before}"
    assert [record.translation for record in now.records] == [f"ایک {before}", f"دو {before}"]
    context.close()


@pytest.mark.browser
def test_checking_works_without_javascript(browser: Browser, studio: Settings, work: Path) -> None:
    page = opened(browser, studio, java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{studio.port}/translations/ur")
    page.get_by_label("What you do").fill("parent")
    page.get_by_role("button", name="Start checking").click()
    page.get_by_role("button", name="Approve").click()
    assert message(work, "title").valid_sign_offs[0].role == "parent"
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("CSE", "CSE 7"))
    page.get_by_role("button", name="Save my translation").click()
    assert "the numbers differ" in page.get_by_role("alert").inner_text()
    assert "the numbers differ" in page.locator("#findings").inner_text()
    page.locator("#text").fill(text)
    page.get_by_label("Comment").fill("Is this how we say it?")
    page.get_by_role("button", name="Not sure").click()
    assert message(work).open_requests[0].comment == "Is this how we say it?"
    page.close()


def test_a_form_made_for_other_words_writes_nothing(work: Path, reviewer: Visitor) -> None:
    before = message(work)
    for action in ("accept", "correct", "ask", "unsure", "comment"):
        stale = answer(reviewer, work, action, words="0" * 64, text="نئے الفاظ", comment="c", seen="پرانے")
        assert stale.status_code == 409
        for text in ("نئے الفاظ", "پرانے", before.translation):
            assert text in stale.text
    assert message(work) == before


def test_of_many_corrections_at_once_one_is_taken(work: Path, reviewer: Visitor) -> None:
    before, token = message(work), reviewer.token()
    fields = {"words": before.words, "seen": before.translation, "action": "correct"}
    endings = ["ایک", "دو", "تین", "چار", "پانچ", "چھ"]
    with ThreadPoolExecutor(6) as pool:
        sent = list(
            pool.map(
                lambda ending: (
                    reviewer.post(
                        PIECE, {**fields, "text": f"{ending} {before.translation}"}, token=token
                    ).status_code
                ),
                endings,
            )
        )
    assert sorted(sent) == [303, 409, 409, 409, 409, 409]
    now = message(work)
    assert now.translation == f"{endings[sent.index(303)]} {before.translation}"
    assert now.state == "checked"


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        ("accept", {"text": "کچھ اور"}, "You changed the translation"),
        ("correct", {}, "You have not changed the translation"),
        ("ask", {}, "Write a comment"),
        ("comment", {"comment": "  "}, "Write a comment"),
        ("ask", {"text": "کچھ اور", "comment": "c"}, "You changed the translation"),
        ("nonsense", {}, "Press one of the buttons"),
        ("correct", {"text": "abc"}, "This cannot be approved"),
        ("correct", {"text": ""}, "The box is empty"),
        ("unsure", {"text": ""}, "The box is empty"),
        ("correct", {"text": "{nspcc} **x"}, "This cannot be approved"),
    ],
)
def test_a_button_that_does_not_fit_says_so_and_keeps_what_was_typed(
    work: Path, reviewer: Visitor, action: str, more: dict[str, str], said: str
) -> None:
    before = message(work)
    page = answer(reviewer, work, action, **more)
    assert page.status_code == 422
    assert said in page.text
    assert more.get("text", before.translation) in page.text
    assert message(work) == before


def test_remarks_and_suggestions_are_kept_and_change_no_word(work: Path, reviewer: Visitor) -> None:
    before = message(work).translation
    assert answer(reviewer, work, "comment", comment="<script>alert(1)</script>").status_code == 303
    assert answer(reviewer, work, "unsure", text=f"{before} شاید").status_code == 303
    assert answer(reviewer, work, "ask", comment="too hard").status_code == 303
    now = message(work)
    assert now.translation == before
    assert {record.kind for record in now.records} == {Kind.COMMENT, Kind.UNSURE, Kind.CHANGE}
    assert f"{before} شاید" in {record.suggestion for record in now.records}
    page = reviewer.get(PIECE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    late = answer(reviewer, work, "accept")
    assert late.headers["location"].endswith("done=late")
    assert "somebody requested a change today" in reviewer.get(late.headers["location"]).text


def test_a_machine_s_draft_counts_once_a_person_has_signed_it(work: Path, reviewer: Visitor) -> None:
    path = work / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    text = message(work).translation
    path.write_bytes(po.with_translations(path.read_bytes(), {"lead": text}, path, fuzzy=True))
    assert not message(work).shown
    assert "needs a person to check it" in reviewer.get("/translations/ur").text
    assert answer(reviewer, work, "accept").status_code == 303
    assert message(work).state == "checked"


def test_nobody_signs_without_saying_who_they_are(studio: Settings, work: Path) -> None:
    visitor = Visitor(studio).open()
    page = answer(visitor, work, "accept", comment="kept")
    assert page.status_code == 422
    assert "Say first who you are" in page.text
    assert ">kept<" in page.text
    for role in ("", "x" * 81, "a\u202eb"):
        assert visitor.post("/translations/ur/who", {"role": role}).status_code == 422
    visitor.jar.cookies.set("parentguide-reviewer", "bm9uc2Vuc2U=", domain="127.0.0.1")
    assert answer(visitor, work, "accept").status_code == 422
    assert visitor.post("/translations/pl/paper", {"read": "yes"}).status_code == 422
    assert not message(work).records


def test_a_sheet_on_paper_signs_what_is_left(work: Path, reviewer: Visitor) -> None:
    assert reviewer.post("/translations/pl/paper").status_code == 422
    assert reviewer.post("/translations/pl/paper", {"read": "yes"}).status_code == 303
    project = Project(work)
    assert language_review(project, project.language("pl"), DOMAINS).state == "checked"
    ledger = work / "locales" / "pl" / "LC_MESSAGES" / "cse.ledger.jsonl"
    before = ledger.read_bytes()
    assert reviewer.post("/translations/pl/paper", {"read": "yes"}).status_code == 303
    assert ledger.read_bytes() == before


def test_a_name_is_kept_only_where_families_may_see_it(work: Path, reviewer: Visitor) -> None:
    assert reviewer.post("/translations/ur/who", {"role": "parent", "name": "Zofia Q."}).status_code == 303
    assert answer(reviewer, work, "accept").status_code == 303
    assert message(work).records[-1].reviewer == ""
    who = {"role": "parent", "name": "Zofia Q.", "public": "yes", "kind": "professional"}
    assert reviewer.post("/translations/ur/who", who).status_code == 303
    assert answer(reviewer, work, "accept").status_code == 303
    assert "Zofia Q. (parent)" in {record.signature for record in message(work).records}
    assert message(work).state == "professional"


def test_the_words_that_came_with_the_program_are_not_changed(tmp_path: Path) -> None:
    shipped = default_root() / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    before = shipped.read_bytes()
    with running(settings_for(tmp_path)) as settings:
        visitor = Visitor(settings).open()
        page = visitor.get(PIECE)
        assert "make the translations editable" in page.text
        assert "readonly" in page.text
        assert visitor.post(PIECE, {"action": "accept", "words": "x"}).status_code == 422
        assert visitor.post("/translations/copy").status_code == 303
        assert visitor.post("/translations/copy").status_code == 303
        assert "readonly" not in visitor.get(PIECE).text
    assert (tmp_path / "locales" / "ur" / "LC_MESSAGES" / "cse.po").read_bytes() == before
    assert shipped.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["locales"]


def test_what_a_program_changed_outside_is_seen_at_once(work: Path, reviewer: Visitor) -> None:
    path = work / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    before = message(work)
    path.write_bytes(po.with_translations(path.read_bytes(), {"lead": f"{before.translation} باہر"}, path))
    assert f"{before.translation} باہر" in reviewer.get(PIECE).text
    path.write_text('msgid "broken', "utf-8")
    broken = reviewer.get(PIECE)
    assert broken.status_code == 422
    assert "cse.po, line 1" in broken.text
    assert str(work) not in broken.text


def test_the_checks_answer_while_somebody_types(reviewer: Visitor) -> None:
    found = reviewer.post(f"{PIECE}/check", {"text": "<b>abc</b> 999"})
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/json"
    codes = {finding["code"] for finding in found.json()}
    assert {"PG522", "PG531"} <= codes
    assert reviewer.post(f"{PIECE}/check", {"text": ""}).json()[0]["message"] == "there is no translation yet"
    assert reviewer.post(f"/translations/ur/cse/{quote('no such')}/check", {"text": "x"}).status_code == 404


def test_no_page_shows_a_path_of_this_computer(studio: Settings, reviewer: Visitor, work: Path) -> None:
    (work / "school.toml").write_text('logo = "none.png"')
    for address in ("/", "/school", "/guides", "/preview", "/build", "/translations/ur", PIECE):
        page = reviewer.get(address).text
        assert str(work.parent) not in page
        assert not re.search(r"Traceback|File \"", page)
        assert TOKEN not in page
