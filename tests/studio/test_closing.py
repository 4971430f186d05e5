"""“Close Studio”, and what an open page says of itself."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from parentguide.studio.routing import Studio
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.server import listening, make_server
from parentguide.studio.services.build_queue import Step
from parentguide.studio.services.lifetime import LONGEST_SILENCE, TICK, Ending, Lifetime
from parentguide.studio.settings import Settings
from tests.studio.app import (
    Running,
    behind_proxy,
    clients_of,
    in_process,
    is_accessible,
    opened,
    settings_for,
    wait_until,
)

CLOSED = "Everything that you saved is in your folder"
QUESTION = "Guides are being made. If you close Studio now, they are not finished."


class Served(Thread):
    """A Studio on a socket that ends as it does for a person."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self.now = 1_000_000.0
        self.lifetime = Lifetime(lambda: self.now)
        self.door = listening(settings.host, settings.port)
        self.settings = replace(settings, port=self.door.getsockname()[1])
        self.server = make_server(self.settings, OpeningToken(), self.lifetime)
        self.start()
        wait_until(lambda: self.server.started)

    def run(self) -> None:
        self.server.run(sockets=[self.door])

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK)):
            self.now += TICK
            self.lifetime.look(busy=False)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(settings_for(tmp_path / "work", stay_open=True))
    yield served
    served.server.should_exit = True
    served.join(60)


@pytest.fixture
def studio(served: Served) -> Iterator[Running]:
    with clients_of(served.settings.port) as new_client:
        yield Running(served.settings, new_client)


def test_somebody_presses_the_button_and_the_server_ends(
    browser: Browser, served: Served, studio: Running
) -> None:
    page = opened(browser, studio)
    with page.expect_response("**/here"):
        page.goto(f"{studio.address}/school")
    page.get_by_role("button", name="Close Studio").click()
    expect(page.get_by_role("heading", name="Studio is closed")).to_be_visible()
    assert CLOSED in page.locator("main").inner_text()
    assert "start-studio" in page.locator("main").inner_text()
    served.join(60)
    assert not served.is_alive()
    assert served.lifetime.ending is Ending.ASKED
    # It is not a bare page, though nobody can send a style any more.
    assert page.evaluate("getComputedStyle(document.querySelector('.brand')).fontWeight") == "700"
    is_accessible(page)


def test_text_that_is_not_saved_is_asked_about(browser: Browser, served: Served, studio: Running) -> None:
    page = opened(browser, studio)
    page.goto(f"{studio.address}/write/new")
    with page.expect_response("**/here"):
        page.get_by_label("Or paste the text").fill("Not saved")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.once("dialog", stay)
    page.get_by_role("button", name="Close Studio").click()
    assert asked == ["What you typed on this page is not saved. Close Studio anyway?"]
    assert page.get_by_label("Or paste the text").input_value() == "Not saved"
    # Another page knows of it too.
    other = opened(browser, studio)
    other.goto(f"{studio.address}/languages")
    other.get_by_role("button", name="Close Studio").click()
    expect(other.get_by_role("heading", name="Close Studio?")).to_be_visible()
    assert "has text that is not saved" in other.locator("main").inner_text()
    is_accessible(other)
    served.pass_time(3 * LONGEST_SILENCE)
    assert served.is_alive()
    page.close()
    wait_until(lambda: not served.lifetime.typed_elsewhere(""))
    other.get_by_role("button", name="Close anyway").click()
    expect(other.get_by_role("heading", name="Studio is closed")).to_be_visible()
    served.join(60)
    assert not served.is_alive()


def test_it_ends_ten_minutes_after_its_pages_were_closed(
    browser: Browser, served: Served, studio: Running
) -> None:
    page = opened(browser, studio)
    with page.expect_response("**/here"):
        page.reload()
    page.clock.install()
    with page.expect_response("**/here"):
        page.goto(f"{studio.address}/languages")
    # An open page says hello again and again.
    with page.expect_response("**/here"):
        page.clock.run_for(60_000)
    page.context.close()

    def has_ended() -> bool:
        # What the page sent last can still be on its way.
        served.pass_time(LONGEST_SILENCE + TICK)
        return not served.is_alive()

    wait_until(has_ended)
    assert served.lifetime.ending is Ending.SILENCE


def test_without_javascript_studio_stays_and_asks_first(
    browser: Browser, served: Served, studio: Running
) -> None:
    page = opened(browser, studio, java_script_enabled=False)
    served.pass_time(3 * LONGEST_SILENCE)
    page.goto(f"{studio.address}/school")
    page.get_by_role("button", name="Close Studio").click()
    assert "did not save is lost" in page.locator("main").inner_text()
    page.get_by_role("link", name="Keep Studio open").click()
    expect(page.get_by_role("heading", level=1, name="Guides for parents")).to_be_visible()


def test_a_build_is_asked_about_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Studio] = []

    def remember(**given: Any) -> Studio:
        made.append(Studio(**given))
        return made[0]

    monkeypatch.setattr("parentguide.studio.app.Studio", remember)
    with in_process(settings_for(tmp_path)) as studio:
        visitor, gate = studio.visitor().open(), Event()

        def work(_: Step) -> None:
            gate.wait(60)

        made[0].queue.submit("", 1, work)
        lifetime = made[0].lifetime
        assert lifetime is not None
        question = visitor.post("/close", {"page": "1"})
        assert QUESTION in question.text
        assert lifetime.ending is None
        assert CLOSED in visitor.post("/close", {"anyway": "yes"}).text
        assert lifetime.ending is Ending.ASKED
        gate.set()


def test_the_button_needs_the_token_of_its_form(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        wrong = "x"
        for path in ("/close", "/here"):
            assert visitor.post(path, {"anyway": "yes"}, token=wrong).status_code == 403
            assert studio.visitor().post(path, {"anyway": "yes"}, token=wrong).status_code == 403
        assert visitor.get("/").status_code == 200


def test_behind_a_proxy_nobody_can_close_it(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path)) as studio:
        person = studio.visitor(X_Remote_User="ann")
        assert "Close Studio" not in person.get("/school").text
        assert person.get("/close").status_code == 404
        assert person.post("/close", {"anyway": "yes"}).status_code == 404
        assert person.post("/here", {"page": "1"}).status_code == 404
        assert person.get("/").status_code == 200
