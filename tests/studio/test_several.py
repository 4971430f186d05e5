"""Several people on one translation: nothing is overwritten, each sees the others, no kill loses a word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from parentguide.studio.services.presence import EXPIRES, Presence
from tests.studio.app import Running, Visitor, copy_words, is_accessible, serving, settings_for
from tests.studio.test_check import URDU, block, checking, message, runs, send
from tests.studio.test_load import started


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return copy_words(tmp_path / "work", ("en", "ur", "pl"))


@pytest.fixture
def served(work: Path) -> Iterator[Running]:
    with serving(settings_for(work)) as running:
        yield running


def write_in(page: Page, context: str, words: str) -> None:
    block(page, context).locator(".theirs").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(words)


@pytest.mark.browser
def test_two_people_at_once_overwrite_nothing(browser: Browser, served: Running, work: Path) -> None:
    title, lead = message(work, "title").translation, message(work).translation
    ana, ben = checking(browser, served), checking(browser, served)
    # Different blocks: both are saved.
    write_in(ana, "title", "ایک ")
    write_in(ben, "lead", "دو ")
    ana.keyboard.press("Control+Enter")
    ben.keyboard.press("Control+Enter")
    expect(block(ana, "title")).to_have_attribute("data-state", "right")
    expect(block(ben, "lead")).to_have_attribute("data-state", "right")
    assert message(work, "title").translation == f"ایک {title}"
    assert message(work).translation == f"دو {lead}"
    # The same block: the later one sees the words of the earlier one, and chooses.
    before = message(work, "call-nspcc").translation
    write_in(ana, "call-nspcc", "تین ")
    write_in(ben, "call-nspcc", "چار ")
    ana.keyboard.press("Control+Enter")
    expect(block(ana, "call-nspcc")).to_have_attribute("data-state", "right")
    ben.keyboard.press("Control+Enter")
    expect(block(ben, "call-nspcc").get_by_role("alert")).to_contain_text("changed while you were reading")
    expect(block(ben, "call-nspcc").locator(".theirs")).to_contain_text("تین")
    expect(block(ben, "call-nspcc").get_by_role("textbox", name="The translation")).to_contain_text("چار")
    assert message(work, "call-nspcc").translation != before
    assert "تین" in message(work, "call-nspcc").translation
    ana.context.close()
    ben.context.close()


@pytest.mark.browser
def test_each_sees_where_the_other_is_and_what_was_saved(
    browser: Browser, served: Running, work: Path
) -> None:
    ana, ben = checking(browser, served), checking(browser, served)
    with ana.expect_response(re.compile("/present$")):
        block(ana, "lead").locator(".pair").focus()
    # “Present” is asked again when the focus moves, so no test waits for the clock.
    block(ben, "title").locator(".pair").focus()
    expect(block(ben, "lead").locator(".present")).to_have_text(
        "Somebody else (teacher) has this block open."
    )
    is_accessible(ben)
    ana.keyboard.press("Control+Enter")
    expect(block(ana, "lead")).to_have_attribute("data-state", "right")
    block(ben, "call").locator(".pair").focus()
    expect(block(ben, "lead")).to_have_attribute("data-state", "right")
    expect(block(ben, "lead").locator(".present")).to_have_count(0)
    assert ben.evaluate("document.activeElement.closest('.block').id") == "block-cse-call"
    ana.context.close()
    ben.context.close()


def present(visitor: Visitor, page: str, at: str = "", **more: str) -> dict[str, dict[str, object]]:
    told = visitor.post(f"{URDU}/present", {"page": page, "block": at, **more})
    assert told.status_code == 200
    found: dict[str, dict[str, object]] = told.json()
    return found


def test_a_page_hears_of_others_and_of_what_it_does_not_know(studio: Running, work: Path) -> None:
    ana, ben = (studio.visitor().open() for _ in range(2))
    for visitor, name in ((ana, "Ana"), (ben, "Ben")):
        visitor.post(f"{URDU}/who", {"role": "teacher", "name": name, "public": "yes"})
    at = "block-cse-lead"
    assert present(ana, "1", at)["others"] == {}
    told = present(ben, "2")
    assert told["others"] == {at: ["Ana"]}
    assert present(ana, "1", at, stamp=str(told["stamp"]), version=f"{at} old")["rows"] == {}
    assert set(present(ana, "1", at, version=f"{at} old")["rows"]) == {at}
    assert present(ana, "1", "")["others"] == {}
    assert present(ben, "2")["others"] == {}
    assert ben.post("/translations/en/present", {"page": "2"}).status_code == 404
    stranger = studio.visitor().open()
    present(stranger, "3", at)
    assert present(ben, "2")["others"] == {}, "who has not said who they are is not named"


def test_a_page_that_says_nothing_more_is_forgotten() -> None:
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.say("1", "ur", "lead", "Ana")
    presence.say("2", "ur", "lead", "Ana")
    assert presence.others("3", "ur") == {"lead": ["Ana"]}
    assert presence.others("3", "pl") == {}
    now[0] += EXPIRES
    assert presence.others("3", "ur") == {}


def test_a_kill_in_the_middle_of_two_people_loses_no_saved_word(tmp_path: Path) -> None:
    work = copy_words(tmp_path / "work", ("en", "ur", "pl"))
    contexts = [one for one in ("title", "lead", "call", "help") if message(work, one)]
    saved: dict[str, str] = {}
    for round_number in range(2):
        with started(work) as studio:
            people = [studio.visitor() for _ in range(2)]
            for person in people:
                assert person.post(f"{URDU}/who", {"role": "teacher"}).status_code == 303
            for person, context in zip(people, contexts[round_number * 2 :], strict=False):
                now = message(work, context)
                text = f"نیا {now.translation}"
                assert send(person, now, "correct", runs=runs(text)).status_code == 200
                saved[context] = text
            studio.kill()
        for context, text in saved.items():
            assert message(work, context).translation == text
            assert message(work, context).state == "checked"
    assert len(saved) == len(contexts)
