"""Checking a translation in Studio: from draft to signed off, and two reviewers at once."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from parentguide.checks.catalog.runner import check_translations
from parentguide.model.shown_words import code_of
from parentguide.project.pot import domains
from parentguide.project.project import Project, default_root
from parentguide.review.approvals import sign
from parentguide.review.ledger import Kind
from parentguide.review.shown import shown_digests
from parentguide.review.sign_off import Reviewer, write_entries
from parentguide.review.status import MessageReview
from parentguide.translation import po
from tests.studio.app import (
    Running,
    Visitor,
    copy_words,
    in_process,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
    shipped,
)

PIECE = "/translations/ur/cse/lead"
# How many messages the long journey signs in the browser; the library signs the others.
BY_KEYBOARD = 3


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words of its own."""
    return copy_words(tmp_path / "work")


@pytest.fixture
def served(work: Path) -> Iterator[Running]:
    """The same for browsers."""
    with serving(settings_for(work)) as running:
        yield running


@pytest.fixture
def reviewer(studio: Running) -> Visitor:
    return introduced(studio)


def introduced(studio: Running) -> Visitor:
    """Somebody who has said who they are."""
    visitor = studio.visitor().open()
    assert visitor.post("/translations/ur/who", {"role": "teacher", "kind": "checked"}).status_code == 303
    return visitor


def message(work: Path, context: str = "lead", tag: str = "ur") -> MessageReview:
    return next(one for one in review_of(work, tag).messages if one.context == context)


def answer(visitor: Visitor, work: Path, action: str, **more: str) -> httpx2.Response:
    """The form of the piece as it is now, sent with a button."""
    now = message(work)
    fields = {"words": now.words, "seen": now.translation, "text": now.translation, "action": action, **more}
    return visitor.post(PIECE, fields)


def sign_all_but(work: Path, left: MessageReview) -> None:
    """Sign as the command does what is not signed yet."""
    project = Project(work)
    reviewer = Reviewer("teacher", date.today())
    language = project.language("ur")
    waiting = [one.context for one in review_of(work, "ur").messages if not one.valid_sign_offs]
    only = [context for context in waiting if context != left.context]
    write_entries(project, language, sign(project, language, domains(project), reviewer, only))


@pytest.mark.browser
def test_from_draft_to_signed_off_right_to_left(browser: Browser, tmp_path: Path) -> None:
    work = tmp_path / "work"
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        heading = page.get_by_role("heading", level=1)
        page.get_by_role("main").get_by_role("link", name="Check a translation").first.click()
        is_accessible(page)
        messages = review_of(default_root(), "ur").messages
        page.get_by_role("link", name="Urdu").first.click()
        is_accessible(page)
        page.get_by_role("button", name="Start checking").click()
        expect(page.get_by_role("alert")).to_contain_text("Write what you do")
        is_accessible(page)
        page.get_by_label("What you do").fill("teacher")
        page.get_by_role("button", name="Start checking").click()
        page.goto(f"{studio.address}/translations/ur/cse/title")
        expect(heading).to_have_text(f"Block 1 of {len(messages)}")
        is_accessible(page)
        first = correct_the_first(page)
        expect(heading).to_have_text(f"Block 2 of {len(messages)}")
        expect(page.get_by_role("status").first).to_contain_text("Your words are saved as correct")
        press(page, "Alt+PageUp")
        expect(page.locator("#text")).to_have_value(f"{first} یہاں")
        expect(page.locator(".records")).to_contain_text("teacher: approved (bilingual speaker)")
        press(page, "Alt+PageDown")
        for number in range(2, 2 + BY_KEYBOARD):
            expect(heading).to_have_text(f"Block {number} of {len(messages)}")
            press(page, "Control+Enter")
        expect(heading).to_have_text(f"Block {2 + BY_KEYBOARD} of {len(messages)}")
        sign_all_but(work, messages[-1])
        page.goto(f"{studio.address}/translations/ur/{messages[-1].domain}/{quote(messages[-1].context)}")
        expect(heading).to_have_text(f"Block {len(messages)} of {len(messages)}")
        press(page, "Control+Enter")
        main = page.get_by_role("main")
        expect(heading).to_contain_text("what is checked")
        for part in review_of(work, "ur").parts.values():
            count = len(part.messages)
            expect(main).to_contain_text(f"{count} of {count} blocks are correct")
        expect(main).to_contain_text("this translation is: checked by a bilingual speaker")
        is_accessible(page)
        page.goto(f"{studio.address}/preview/cse/ur/page")
        expect(page.locator(".status").first).to_contain_text("teacher")
        page.close()
    assert review_of(work, "ur").state == "checked"
    assert message(work, "title").translation == f"{first} یہاں"
    assert not [one for one in check_translations(Project(work)) if "/ur/" in one.path.as_posix()]


def correct_the_first(page: Page) -> str:
    """Try words that cannot be signed, then save other ones. Gives the words that were there."""
    box, findings = page.locator("#text"), page.locator("#findings")
    assert box.evaluate("box => [getComputedStyle(box).direction, box.lang]") == ["rtl", "ur"]
    first = box.input_value()
    box.fill(f"{first} 999 abc")
    expect(findings).to_contain_text("The number 999 is not in the English.")
    expect(findings).to_contain_text("“abc” is not in the letters of Urdu")
    expect(findings).not_to_contain_text("PG5")
    is_accessible(page)
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("This cannot be saved as correct")
    assert box.input_value() == f"{first} 999 abc"
    is_accessible(page)
    box.fill(first)
    expect(findings).to_contain_text("found nothing")
    box.fill(f"{first} یہاں")
    page.get_by_role("button", name="Save my translation").click()
    return first


def press(page: Page, keys: str) -> None:
    """Keys have a meaning once the page's script has run."""
    page.wait_for_load_state("load")
    page.keyboard.press(keys)


@pytest.mark.browser
def test_two_windows_never_overwrite_each_other_in_silence(
    browser: Browser, served: Running, work: Path
) -> None:
    reviewer = introduced(served)
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme="dark")
    jar = reviewer.client.cookies.jar
    context.add_cookies([{"name": c.name, "value": c.value or "", "url": served.address} for c in jar])
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(served.address + PIECE)
    before = message(work).translation
    first.locator("#text").fill(f"ایک {before}")
    first.get_by_role("button", name="Save my translation").click()
    first.wait_for_url(f"{served.address}/translations/ur/cse/*?done=corrected")
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
def test_checking_works_without_javascript(browser: Browser, served: Running, work: Path) -> None:
    page = opened(browser, served, java_script_enabled=False)
    page.goto(f"{served.address}/translations/ur")
    page.get_by_label("What you do").fill("parent")
    page.get_by_role("button", name="Start checking").click()
    page.get_by_role("button", name="Correct").first.click()
    assert message(work, "title").valid_sign_offs[0].role == "parent"
    assert page.url.endswith("?part=cse&done=right#block-cse-lead")
    page.locator("#block-cse-lead .more > summary").click()
    page.locator("#block-cse-lead").get_by_text("Needs a change").first.click()
    page.locator("#block-cse-lead").get_by_label("What is wrong?").fill("Too formal")
    page.locator("#block-cse-lead").get_by_role("button", name="Send").click()
    assert message(work).open_requests[0].comment == "Too formal"
    page.locator("#block-cse-lead").get_by_role("link", name="Change it").click()
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("CSE", "CSE 7"))
    page.get_by_role("button", name="Save my translation").click()
    assert "The number 7 is not in the English." in page.get_by_role("alert").inner_text()
    assert "The number 7 is not in the English." in page.locator("#findings").inner_text()
    page.locator("#text").fill(text)
    page.get_by_label("Comment").fill("Is this how we say it?")
    page.get_by_role("button", name="Not sure").click()
    assert message(work).open_requests[-1].comment == "Is this how we say it?"
    page.close()


def test_a_form_made_for_other_words_writes_nothing(work: Path, reviewer: Visitor) -> None:
    before = message(work)
    for action in ("accept", "correct", "ask", "unsure", "comment"):
        stale = answer(reviewer, work, action, words="0" * 64, text="نئے الفاظ", comment="c", seen="پرانے")
        assert stale.status_code == 409
        for text in ("نئے الفاظ", "پرانے", before.translation):
            assert text in stale.text
    assert message(work) == before


def test_one_of_many_corrections_at_the_same_time_is_taken(work: Path, reviewer: Visitor) -> None:
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
        ("correct", {"text": "abc"}, "This cannot be saved as correct"),
        ("correct", {"text": ""}, "The box is empty"),
        ("unsure", {"text": ""}, "The box is empty"),
        ("correct", {"text": "{nspcc} **x"}, "This cannot be saved as correct"),
    ],
)
def test_a_button_that_does_not_fit_says_so_and_keeps_what_was_typed(
    work: Path, reviewer: Visitor, action: str, more: dict[str, str], said: str
) -> None:
    before = message(work)
    page = answer(reviewer, work, action, **more)
    assert page.status_code == 422
    assert said in page.text
    assert html.escape(more.get("text", before.translation)) in page.text
    now = message(work)
    assert (now.translation, now.state) == (before.translation, before.state)
    # Words that cannot be approved are kept as a suggestion, so that they are not lost.
    kept = [more["text"]] if said == "This cannot be saved as correct" else []
    assert [record.suggestion for record in now.records] == kept


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
    blind = answer(reviewer, work, "accept")
    assert blind.status_code == 422
    assert "a request is not answered" in blind.text
    assert message(work).state == "draft"


def requests(page: str) -> list[str]:
    """The ids of the requests that the page of a message shows."""
    return re.findall(r'name="request" value="(\w+)"', page)


def test_a_request_stays_until_somebody_answers_it(work: Path, reviewer: Visitor) -> None:
    assert answer(reviewer, work, "accept").status_code == 303
    assert answer(reviewer, work, "unsure").status_code == 303
    assert message(work).state == "draft"
    page = reviewer.get(PIECE).text
    (asked,) = requests(page)
    assert "A request is not answered" in page
    empty = answer(reviewer, work, "answer", request=asked)
    assert "Write in the comment what you say" in empty.text
    assert answer(reviewer, work, "answer", request=asked, comment="We say it so.").status_code == 303
    assert (message(work).open_requests, message(work).state) == ((), "draft")
    assert answer(reviewer, work, "accept").status_code == 303
    assert message(work).state == "checked"


def test_an_approval_answers_the_requests_that_its_page_shows(work: Path, reviewer: Visitor) -> None:
    assert answer(reviewer, work, "ask", comment="too hard").status_code == 303
    (asked,) = requests(reviewer.get(PIECE).text)
    assert answer(reviewer, work, "accept", request=asked).status_code == 303
    assert message(work).state == "checked"
    assert requests(reviewer.get(PIECE).text) == []


def test_every_act_can_be_taken_back(work: Path, reviewer: Visitor) -> None:
    assert answer(reviewer, work, "accept").status_code == 303
    (act,) = message(work).acts.in_force
    assert f'name="act" value="{act.id}"' in reviewer.get(PIECE).text
    assert reviewer.post(f"{PIECE}/withdraw", {"act": act.id}).status_code == 303
    assert message(work).state == "draft"
    assert "Taken back:" in reviewer.get(PIECE).text
    assert reviewer.post(f"{PIECE}/withdraw", {"act": act.id}).status_code == 422
    (withdrawal,) = message(work).acts.in_force
    assert reviewer.post(f"{PIECE}/withdraw", {"act": withdrawal.id}).status_code == 303
    assert message(work).state == "checked"


def test_the_signer_of_one_language_is_not_the_signer_of_another(work: Path, reviewer: Visitor) -> None:
    polish = message(work, tag="pl")
    fields = {"words": polish.words, "text": polish.translation, "action": "accept"}
    page = reviewer.post("/translations/pl/cse/lead", fields)
    assert page.status_code == 422
    assert "Say who you are" in page.text
    assert not message(work, tag="pl").records


def test_the_next_person_at_the_laptop_says_who_they_are(work: Path, reviewer: Visitor) -> None:
    assert "Checking now" in reviewer.get("/translations/ur").text
    assert reviewer.post("/translations/ur/forget").status_code == 303
    assert "Checking now" not in reviewer.get("/translations/ur").text
    assert answer(reviewer, work, "accept").status_code == 422


def test_a_machine_draft_counts_once_a_person_has_signed_it(work: Path, reviewer: Visitor) -> None:
    path = work / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    text = message(work).translation
    path.write_bytes(po.with_translations(path.read_bytes(), {"lead": text}, path, fuzzy=True))
    assert not message(work).shown
    assert 'id="block-cse-lead" data-state="draft"' in reviewer.get("/translations/ur").text
    assert answer(reviewer, work, "accept").status_code == 303
    assert message(work).state == "checked"


def test_nobody_signs_without_saying_who_they_are(studio: Running, work: Path) -> None:
    visitor = studio.visitor().open()
    page = answer(visitor, work, "accept", comment="kept")
    assert page.status_code == 422
    assert "Say who you are" in page.text
    assert ">kept<" in page.text
    for role in ("", "x" * 81, "a\u202eb"):
        assert visitor.post("/translations/ur/who", {"role": role}).status_code == 422
    visitor.client.cookies.set("parentguide-reviewer", "bm9uc2Vuc2U=", domain="127.0.0.1")
    assert answer(visitor, work, "accept").status_code == 422
    assert visitor.post("/translations/pl/paper", {"read": "yes"}).status_code == 422
    assert not message(work).records


def test_a_sheet_on_paper_is_recorded_once_with_its_signer(work: Path, reviewer: Visitor) -> None:
    sheet = {"code": code_of(shown_digests(review_of(work, "pl").messages)), "role": "parent", "name": "Ewa"}
    assert reviewer.post("/translations/pl/paper", sheet).status_code == 422
    done = reviewer.post("/translations/pl/paper", {**sheet, "public": "yes", "read": "yes"})
    assert done.status_code == 200
    assert review_of(work, "pl").state == "checked"
    assert message(work, tag="pl").valid_sign_offs[0].signature == "Ewa (parent)"
    ledger = work / "locales" / "pl" / "LC_MESSAGES" / "cse.ledger.jsonl"
    before = ledger.read_bytes()
    assert "approved already" in reviewer.post("/translations/pl/paper", {**sheet, "read": "yes"}).text
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
    original = shipped("ur/LC_MESSAGES/cse.po")
    before = original.read_bytes()
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        assert "readonly" not in visitor.get(PIECE).text
        assert not (tmp_path / "locales").exists(), "who only reads needs no copy"
        who = visitor.post("/translations/ur/who", {"role": "teacher"})
        assert "copied" in visitor.get(who.headers["location"]).text
        again = visitor.post("/translations/ur/who", {"role": "teacher"})
        assert "copied" not in visitor.get(again.headers["location"]).text, "it is said once"
    assert (tmp_path / "locales" / "ur" / "LC_MESSAGES" / "cse.po").read_bytes() == before
    assert original.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["locales"]


def test_a_change_by_another_program_is_seen_at_once(work: Path, reviewer: Visitor) -> None:
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
    assert (
        reviewer.post(f"{PIECE}/check", {"text": ""}).json()[0]["message"] == "There is no translation yet."
    )
    assert reviewer.post(f"/translations/ur/cse/{quote('no such')}/check", {"text": "x"}).status_code == 404


def test_no_page_shows_a_path_of_this_computer(reviewer: Visitor, work: Path) -> None:
    (work / "school.toml").write_text('logo = "none.png"')
    for address in ("/", "/school", "/languages", "/sheets", "/make", "/translations/ur", PIECE):
        page = reviewer.get(address).text
        assert str(work.parent) not in page
        assert not re.search(r"Traceback|File \"", page)
