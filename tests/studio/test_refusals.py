"""Refused requests: the page says what happened and what to do, and keeps what was typed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from parentguide.errors import ProjectError
from parentguide.studio.routes import school
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.security.sessions import LONGEST, new_session
from tests.studio.app import (
    KEY,
    Running,
    Visitor,
    behind_proxy,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
)

TYPED = {"name": "Zoë's “School”", "version": "none", "values": "one\ntwo"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(settings_for(tmp_path_factory.mktemp("served")), OpeningToken()) as running:
        yield running


def give_session(page: Page, studio: Running, age: float) -> None:
    """Give a browser a session that began ``age`` seconds ago."""
    value = new_session("", time.time() - age).cookie(KEY)
    page.context.add_cookies(
        [{"name": studio.settings.cookie_name, "value": value, "url": studio.address, "sameSite": "Strict"}]
    )


def test_a_form_of_an_ended_visit_is_sent_again_with_all_that_was_typed(
    browser: Browser, served: Running
) -> None:
    page = opened(browser, served)
    page.goto(f"{served.address}/school")
    page.get_by_label("The school's name").fill("Typed for twelve hours")
    give_session(page, served, LONGEST + 10)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open Studio again, then send what you typed")
    assert page.get_by_role("button").count() == 1
    page.get_by_text("What you typed", exact=True).click()
    expect(page.locator("pre").first).to_have_text("Typed for twelve hours")
    is_accessible(page)
    # Somebody starts Studio again, in the same browser.
    give_session(page, served, 0)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("navigation", name="Studio")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url("**/languages")
    assert "Typed for twelve hours" in (served.workspace / "school.toml").read_text("utf-8")


def test_a_page_of_an_ended_visit_has_one_button_that_leads_to_it(browser: Browser, served: Running) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{served.address}/make?language=ur")
    expect(page.get_by_role("heading", level=1)).to_have_text("Studio has to be opened again in this browser")
    assert "start-studio" in page.locator("main").inner_text()
    assert page.locator("main a, main button").all_inner_texts() == ["Try again"]
    assert page.get_by_role("navigation").count() == 0
    is_accessible(page)
    give_session(page, served, 0)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look and make")


def test_a_used_opening_page_leads_to_the_studio_that_is_open(
    browser: Browser, served: Running, tmp_path: Path
) -> None:
    page = opened(browser, served)
    used = tmp_path / "used.html"
    used.write_text(
        f'<form method="post" action="{served.address}/open"><input name="token" value="used"></form>'
        "<script>document.forms[0].submit()</script>"
    )
    page.goto(used.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("This page or code does not work any more")
    assert page.locator("main a, main button").all_inner_texts() == ["Go to Studio"]
    is_accessible(page)
    page.get_by_role("link", name="Go to Studio").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guides for parents")
    page.goto(served.settings.opening_address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guides for parents")


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with in_process(settings_for(tmp_path)) as studio:
        yield studio.visitor().open()


def test_refusals_keep_the_shell_and_have_a_way_back(visitor: Visitor) -> None:
    token = visitor.token()
    before = {"Referer": f"{visitor.origin}/languages?done=languages"}
    answers = {
        404: visitor.get("/nothing"),
        405: visitor.get("/here"),
        413: visitor.post("/languages", {"language": "x" * 600_000}, token=token, headers=before),
        403: visitor.post("/school", TYPED, token="", headers=before),
        415: visitor.client.post("/school", content=b"{}", headers={"Origin": visitor.origin}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert '<nav aria-label="Studio">' in answer.text, status
        assert "Close Studio" in answer.text
    assert 'href="/languages?done=languages"' in answers[413].text
    for foreign in ("https://evil.example/x", f"{visitor.origin}//evil.example/"):
        answer = visitor.post("/languages", {"x": "x" * 600_000}, token=token, headers={"Referer": foreign})
        assert "evil" not in answer.text


def test_a_refused_form_keeps_each_value(visitor: Visitor) -> None:
    answer = visitor.post("/school", TYPED, token="")
    assert 'name="name" value="Zoë&#39;s “School”"' in answer.text
    assert 'name="values" value="one\ntwo"' in answer.text
    assert answer.text.count('name="form-token" value=""') == 0


@pytest.mark.parametrize(
    "error", [ProjectError("the disk is full", remedy="Make room."), ZeroDivisionError()]
)
def test_an_error_keeps_each_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(school, "save_details", fail)
    with serving(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        answer = visitor.post("/school", TYPED)
        assert answer.status_code in (422, 500)
        assert 'name="name" value="Zoë&#39;s “School”"' in answer.text
        assert "Send it again" in answer.text
        assert '<nav aria-label="Studio">' in answer.text


def test_an_address_that_looks_like_another_host_is_no_link(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        answer = studio.visitor().client.get(f"http://127.0.0.1:{studio.settings.port}//evil.example/x")
        assert answer.status_code == 403
        assert 'href="//' not in answer.text


def test_another_address_of_this_computer_leads_to_studio(visitor: Visitor) -> None:
    answer = visitor.get("/", headers={"Host": "localhost:1"})
    assert answer.status_code == 400
    assert f'href="http://127.0.0.1:{visitor.settings.port}/"' in answer.text


def test_behind_a_proxy_an_ended_visit_begins_anew_and_keeps_what_was_typed(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path)) as studio:
        person = studio.visitor(X_Remote_User="ann")
        token = person.token()
        person.client.cookies.clear()
        answer = person.post("/school", TYPED, token=token)
        assert answer.status_code == 403
        assert "set-cookie" in answer.headers
        assert 'name="name" value="Zoë&#39;s “School”"' in answer.text
        assert not [*tmp_path.rglob("school.toml")]
        assert person.post("/school", TYPED).status_code == 303
