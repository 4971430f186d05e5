"""The page with all blocks of a translation: answers in place, by keyboard, and never over other words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from parentguide.model import markup
from parentguide.review.ledger import Kind
from parentguide.review.status import MessageReview
from parentguide.studio.services.block_words import as_json
from parentguide.translation import po
from tests.studio.app import (
    Running,
    Visitor,
    copy_words,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
)

URDU = "/translations/ur"
LEAD = f"{URDU}/cse/lead"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words of its own."""
    return copy_words(tmp_path / "work", ("en", "ur", "pa-Arab", "pl"))


@pytest.fixture
def served(work: Path) -> Iterator[Running]:
    with serving(settings_for(work)) as running:
        yield running


@pytest.fixture
def checker(studio: Running) -> Visitor:
    """Somebody who has said who they are."""
    visitor = studio.visitor().open()
    assert visitor.post(f"{URDU}/who", {"role": "teacher"}).status_code == 303
    return visitor


def message(work: Path, context: str = "lead", tag: str = "ur") -> MessageReview:
    return next(one for one in review_of(work, tag).messages if one.context == context)


def send(visitor: Visitor, now: MessageReview, action: str, **more: str) -> httpx2.Response:
    """An answer as the page's script sends it."""
    path = f"{URDU}/{now.domain}/{now.context}/row"
    return visitor.post(path, {"words": now.words, "action": action, **more})


def runs(text: str) -> str:
    return json.dumps(as_json(markup.parse(text)))


def write(work: Path, context: str, text: str) -> None:
    """Somebody saves other words with another program."""
    path = work / "locales" / "ur" / "LC_MESSAGES" / "cse.po"
    path.write_bytes(po.with_translations(path.read_bytes(), {context: text}, path))


def checking(browser: Browser, studio: Running, width: int = 1280) -> Page:
    """The page of somebody who has said who they are."""
    page = opened(browser, studio, width)
    page.goto(studio.address + URDU)
    page.get_by_label("What you do").fill("teacher")
    page.get_by_role("button", name="Start checking").click()
    page.wait_for_load_state("load")
    return page


def block(page: Page, context: str) -> Locator:
    return page.locator(f"#block-cse-{context}")


def focused(page: Page) -> str:
    """The id of the block that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.block')?.id"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_a_block_is_approved_corrected_and_asked_about_by_keyboard(
    browser: Browser, served: Running, work: Path, width: int
) -> None:
    page = checking(browser, served, width)
    is_accessible(page)
    block(page, "title").locator(".pair").focus()
    page.keyboard.press("Control+Enter")
    expect(block(page, "title")).to_have_attribute("data-state", "right")
    assert focused(page) == "block-cse-lead"
    for _ in range(2):
        page.keyboard.press("Alt+PageDown")
    page.keyboard.press("Enter")
    before = message(work, "call-danger")
    box = block(page, "call-danger").get_by_role("textbox", name="The translation")
    expect(box).to_be_focused()
    assert box.evaluate("box => [getComputedStyle(box).direction, box.lang]") == ["rtl", "ur"]
    assert "**" not in box.inner_text()
    assert "{" not in box.inner_text()
    # Everything is typed over; the number stays, because nobody can type over it.
    page.keyboard.press("Control+A")
    page.keyboard.type("abc 7")
    expect(box.locator("[data-field]")).to_have_text("999")
    expect(block(page, "call-danger").locator(".editor")).to_contain_text(
        "The number 7 is not in the English."
    )
    is_accessible(page)
    page.keyboard.press("Control+Enter")
    problem = block(page, "call-danger").get_by_role("alert")
    expect(problem).to_contain_text("Your words are kept as a suggestion.")
    assert not re.search(r"PG\d|\{|\*\*", page.get_by_role("main").inner_text())
    expect(box).to_have_text("abc 7999")
    now = message(work, "call-danger")
    assert now.translation == before.translation
    assert [record.suggestion for record in now.open_requests] == ["**abc 7**{police_emergency}"]
    block(page, "call-danger").get_by_role("button", name="Cancel").press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Home")
    page.keyboard.type("ابھی ")
    page.keyboard.press("Control+Enter")
    expect(block(page, "call-danger")).to_have_attribute("data-state", "right")
    assert message(work, "call-danger").translation == before.translation.replace("**", "**ابھی ", 1)
    assert focused(page) == "block-cse-call-missing"
    block(page, "call-missing").locator(".more > summary").press("Enter")
    block(page, "call-missing").locator(".ask summary").press("Enter")
    expect(block(page, "call-missing").get_by_label("What is wrong?")).to_be_focused()
    block(page, "call-missing").get_by_label("What is wrong?").fill("Too formal")
    page.keyboard.press("Control+Enter")
    expect(block(page, "call-missing")).to_have_attribute("data-state", "asked")
    assert message(work, "call-missing").open_requests[0].comment == "Too formal"
    expect(page.locator("#progress")).to_have_text("2 of 60 blocks are correct.")
    page.close()


@pytest.mark.browser
def test_undo_puts_the_words_back_and_withdraws_the_approval(
    browser: Browser, served: Running, work: Path
) -> None:
    page, before = checking(browser, served), message(work)
    block(page, "lead").locator(".theirs").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.type(" یہاں۔")
    block(page, "lead").get_by_role("button", name="Save").click()
    expect(block(page, "lead")).to_have_attribute("data-state", "right")
    assert message(work).translation == before.translation.removesuffix("۔") + " یہاں۔"
    page.get_by_role("button", name="Undo").click()
    expect(block(page, "lead")).to_have_attribute("data-state", "draft")
    assert message(work).translation == before.translation
    assert message(work).state == "draft"
    assert {record.kind for record in message(work).records} == {Kind.CHECKED, Kind.WITHDRAW}
    page.close()


@pytest.mark.browser
def test_a_section_covers_only_blocks_that_were_on_screen(
    browser: Browser, served: Running, work: Path
) -> None:
    page = checking(browser, served)
    page.set_viewport_size({"width": 1280, "height": 500})
    section = page.locator(".checked-section").filter(has=page.locator("#block-cse-signs"))
    contexts = section.locator(".block").evaluate_all("all => all.map(one => one.id.slice(10))")
    button = section.locator(".all-right button")
    expect(button).to_have_text("Read the blocks above first")
    expect(button).to_have_attribute("aria-disabled", "true")
    block(page, "sign-money").scroll_into_view_if_needed()
    expect(button).to_have_attribute("aria-disabled", "false")
    expect(button).to_have_text(re.compile(r"not seen yet\)$"))
    number = int((re.search(r"The (\d+) blocks", button.inner_text()) or ["", "1"])[1])
    assert 0 < number < len(contexts)
    button.evaluate("button => button.click()")
    expect(page.locator("#said")).to_have_text(re.compile(r"^\d+ blocks? saved as correct\.$"))
    said = int(page.locator("#said").inner_text().split()[0])
    signed = [context for context in contexts if message(work, context).valid_sign_offs]
    assert len(signed) == said >= number
    assert contexts[-1] not in signed
    page.close()


@pytest.mark.browser
def test_words_that_changed_meanwhile_are_shown_and_what_was_typed_stays(
    browser: Browser, served: Running, work: Path
) -> None:
    page, before = checking(browser, served), message(work)
    block(page, "lead").locator(".theirs").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("ایک ")
    write(work, "lead", f"دو {before.translation}")
    page.keyboard.press("Control+Enter")
    expect(block(page, "lead").get_by_role("alert")).to_contain_text("changed while you were reading")
    expect(block(page, "lead").locator(".theirs")).to_have_text(f"دو {before.translation}")
    box = block(page, "lead").get_by_role("textbox", name="The translation")
    expect(box).to_have_text(f"ایک {before.translation}")
    assert message(work).translation == f"دو {before.translation}"
    is_accessible(page)
    box.press("Control+Enter")
    expect(block(page, "lead")).to_have_attribute("data-state", "right")
    assert message(work).translation == f"ایک {before.translation}"
    page.close()


@pytest.mark.browser
def test_a_sitting_that_ended_costs_no_typed_word(browser: Browser, served: Running, work: Path) -> None:
    page = checking(browser, served)
    block(page, "lead").locator(".theirs").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("ایک ")
    page.context.clear_cookies(name="parentguide-reviewer")
    page.keyboard.press("Control+Enter")
    link = block(page, "lead").get_by_role("alert").get_by_role("link")
    with page.expect_popup() as opening:
        link.click()
    other = opening.value
    other.get_by_label("What you do").fill("parent")
    other.get_by_role("button", name="Start checking").click()
    other.wait_for_load_state("load")
    block(page, "lead").get_by_role("button", name="Save").click()
    expect(block(page, "lead")).to_have_attribute("data-state", "right")
    assert message(work).translation.startswith("ایک ")
    assert message(work).valid_sign_offs[0].role == "parent"
    page.close()


@pytest.mark.browser
def test_a_number_is_moved_to_the_cursor_and_pasted_words_are_plain(
    browser: Browser, served: Running, work: Path
) -> None:
    page = checking(browser, served)
    block(page, "call-nspcc").locator(".theirs").click()
    box = block(page, "call-nspcc").get_by_role("textbox", name="The translation")
    page.keyboard.press("Control+Home")
    block(page, "call-nspcc").get_by_role("button", name="Put 0808 800 5000 at the cursor").click()
    expect(box.locator("[data-field]")).to_have_count(1)
    assert box.inner_text().strip().startswith("0808 800 5000")
    box.evaluate(
        """box => {
            const data = new DataTransfer();
            data.setData("text/html", "<h1 onclick=x>بات</h1>");
            data.setData("text/plain", "بات\\nچیت");
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            box.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    assert "بات چیت" in box.inner_text()
    assert box.locator("h1").count() == 0
    page.close()


@pytest.mark.browser
def test_a_number_that_stays_says_why_and_changed_words_are_not_thrown_away(
    browser: Browser, served: Running
) -> None:
    page = checking(browser, served)
    row = block(page, "call-nspcc")
    page.locator(".keys summary").focus()
    page.keyboard.press("Alt+PageDown")
    assert focused(page) == "block-cse-title", "the first key goes to the first block"
    row.locator(".theirs").click()
    box = row.get_by_role("textbox", name="The translation")
    before = box.inner_text()
    page.keyboard.press("Control+End")
    for _ in range(3):
        page.keyboard.press("Backspace")
    assert box.inner_text() == before, "what stands before the number stays too"
    expect(row.locator(".stays")).to_contain_text("“0808 800 5000” stays: families need it.")
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    expect(row.get_by_role("alert")).to_contain_text("You changed the words, and they are not saved.")
    row.get_by_role("button", name="Go on writing").click()
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Throw my change away").click()
    expect(row.locator(".editor")).to_have_count(0)
    page.context.close()


@pytest.mark.browser
def test_blocks_that_were_seen_are_seen_after_a_reload(browser: Browser, served: Running) -> None:
    page = checking(browser, served)
    section = page.locator(".checked-section").filter(has=page.locator("#block-cse-signs"))
    block(page, "sign-money").scroll_into_view_if_needed()
    expect(section.locator(".all-right button")).to_have_attribute("aria-disabled", "false")
    page.set_viewport_size({"width": 1280, "height": 100})
    page.evaluate("scrollTo(0, 0)")
    page.reload()
    expect(section.locator(".all-right button")).to_have_attribute("aria-disabled", "false")
    page.context.close()


def test_an_answer_shows_the_block_as_it_is_now(work: Path, checker: Visitor) -> None:
    told = send(checker, message(work), "accept")
    assert told.status_code == 200
    assert 'data-state="right"' in told.json()["rows"]["block-cse-lead"]
    assert message(work).state == "checked"
    stale = send(checker, message(work), "correct", words="0" * 64, runs=runs("نئے الفاظ"))
    assert stale.status_code == 409
    assert "changed while you were reading" in stale.json()["trouble"]
    for broken in ("", "[1]", '[{"field": "x y"}]'):
        refused = send(checker, message(work), "correct", runs=broken)
        assert refused.status_code == 422
        assert "Load the page again" in refused.json()["trouble"]
    assert checker.post(f"{URDU}/nothing/lead/row", {"action": "accept"}).status_code == 404
    assert checker.post("/translations/en/cse/lead/row", {"action": "accept"}).status_code == 404


def test_a_second_refused_correction_takes_the_place_of_the_first(work: Path, checker: Visitor) -> None:
    for words in ("abc", "abc", "abcd"):
        asked = message(work).open_requests
        more = {"request": asked[0].id} if asked else {}
        assert send(checker, message(work), "correct", runs=runs(words), **more).status_code == 422
    assert [record.suggestion for record in message(work).open_requests] == ["abcd"]
    assert len(message(work).records) == 2


def test_a_section_signs_exactly_the_words_that_were_seen(work: Path, checker: Visitor) -> None:
    seen = {context: message(work, context) for context in ("title", "lead", "call", "help")}
    write(work, "call", "کس سے بات کریں")
    assert send(checker, seen["lead"], "ask", comment="too hard").status_code == 200
    write(work, "help", "Help 7")
    places = [one.place for one in (*seen.values(), message(work, "help"))]
    told = checker.post(f"{URDU}/section", {"seen": places}).json()
    assert set(told["rows"]) == {"block-cse-title"}
    assert told["said"] == (
        "1 block saved as correct. Left: 2 blocks changed while you were reading. Left: 1 block with a"
        " request that nobody has answered. Left: 1 block with an error."
    )
    assert [m.context for m in review_of(work, "ur").messages if m.valid_sign_offs] == ["title"]
    again = checker.post(f"{URDU}/section", {"seen": [seen["title"].place]})
    assert (again.status_code, again.json()["trouble"]) == (422, "Nothing was saved as correct.")
    undone = checker.post(f"{URDU}/undo", {"act": str(told["act"])})
    assert 'data-state="draft"' in undone.json()["rows"]["block-cse-title"]
    assert not message(work, "title").valid_sign_offs


def test_nobody_answers_without_saying_who_they_are(studio: Running, work: Path) -> None:
    visitor, now = studio.visitor().open(), message(work)
    assert "data-address" not in visitor.get(URDU).text
    for told in (
        send(visitor, now, "accept"),
        visitor.post(f"{URDU}/section", {"seen": [now.place]}),
        visitor.post(f"{URDU}/undo", {"act": "1"}),
    ):
        assert told.status_code == 422
        assert "Say who you are" in told.json()["trouble"]
    assert not message(work).records


def test_only_acts_of_the_language_are_undone_here(work: Path, checker: Visitor) -> None:
    assert checker.post("/translations/pl/who", {"role": "parent"}).status_code == 303
    polish = message(work, tag="pl")
    path = f"/translations/pl/cse/{polish.context}/row"
    told = checker.post(path, {"words": polish.words, "action": "accept"}).json()
    assert checker.post(f"{URDU}/who", {"role": "teacher"}).status_code == 303
    for act in (str(told["act"]), "0", "-1", "99999", "x", "9" * 400):
        assert checker.post(f"{URDU}/undo", {"act": act}).status_code == 422
    assert message(work, tag="pl").state == "checked"


def test_a_record_is_taken_back_in_place(work: Path, checker: Visitor) -> None:
    assert send(checker, message(work), "accept").status_code == 200
    (act,) = message(work).acts.in_force
    told = send(checker, message(work), "withdraw", act=act.id)
    assert "Taken back:" in told.json()["rows"]["block-cse-lead"]
    assert message(work).state == "draft"
    assert send(checker, message(work), "withdraw", act=act.id).status_code == 422


def test_every_message_is_on_one_of_the_pages_once(work: Path, checker: Visitor) -> None:
    found: list[str] = []
    for part in review_of(work, "ur").parts:
        page = checker.get(f"{URDU}?part={part}").text
        found += re.findall(r'<li class="block[^>]* id="block-([^"]+)"', page)
        words = re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert not re.search(r"PG\d|\{[a-z]|\*\*", words)
    assert sorted(found) == sorted(f"{one.domain}-{one.context}" for one in review_of(work, "ur").messages)


def test_another_translation_is_shown_beside(work: Path, checker: Visitor) -> None:
    sister = message(work, tag="pa-Arab").translation
    assert sister not in checker.get(URDU).text
    assert sister in checker.get(f"{URDU}?beside=pa-Arab").text
    told = send(checker, message(work), "accept", beside="pa-Arab")
    assert sister in told.json()["rows"]["block-cse-lead"]
    for nothing in ("en", "ur", "xx", "../en"):
        assert "beside-words" not in checker.get(f"{URDU}?beside={nothing}").text


def test_the_end_says_what_is_checked_and_what_is_open(work: Path, checker: Visitor) -> None:
    assert send(checker, message(work, "title"), "accept").status_code == 200
    assert send(checker, message(work), "ask", comment="Too <formal>").status_code == 200
    page = checker.get(f"{URDU}/end").text
    assert "<strong>1 of 60</strong> blocks are correct" in page
    assert "Needs a change: 1" in page
    assert "Too &lt;formal&gt;" in page
    assert "A bilingual reader has checked parts of it" in page
    assert message(work, "status.partly").translation in page
    assert checker.get("/translations/en/end").status_code == 404


def test_the_sentence_to_show_names_the_language(visitor: Visitor) -> None:
    page = visitor.get(URDU).text
    assert "Families show this in English: “I speak Urdu. I need an interpreter, please.”" in page
    assert "I speak LANGUAGE" not in page


def test_the_page_has_first_questions_and_the_style_of_the_translation_folded(
    work: Path, served: Running, browser: Browser
) -> None:
    """What the printed sheet and STYLE.md have, in a box that opens without a script."""
    glossary = work / "locales/ur/glossary.toml"
    question = '\n[[question]]\ncontext = "title"\nquestion = "Is <b>it</b> clear?"\nwhy = "It was coined."\n'
    glossary.write_text(glossary.read_text("utf-8") + question, "utf-8")
    page = opened(browser, served, 320, java_script_enabled=False)
    page.goto(served.address + URDU)
    box = page.locator("details.notes")
    expect(box.get_by_text("Is <b>it</b> clear?")).to_be_hidden()
    box.locator("summary").click()
    expect(box.get_by_text("Is <b>it</b> clear?")).to_be_visible()
    expect(box).to_contain_text(
        "AI language models wrote the translation and these notes. No human has checked them."
    )
    expect(box).to_contain_text("Address: Formal")


def test_the_notes_are_accessible(work: Path, served: Running, browser: Browser) -> None:
    page = opened(browser, served, 320)
    page.goto(served.address + URDU)
    page.locator("details.notes summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    is_accessible(page)
