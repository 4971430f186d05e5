"""How Studio is opened: with a private file that works once, and nothing in a command line or a log."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from parentguide.studio.security.opening import OpeningFile, OpeningToken
from tests.studio.app import Running, found, in_process, is_accessible, serving, settings_for


@pytest.fixture
def token() -> OpeningToken:
    return OpeningToken()


@pytest.fixture
def studio(tmp_path: Path, token: OpeningToken) -> Iterator[Running]:
    with serving(settings_for(tmp_path / "work"), token) as running:
        yield running


def opening_file(
    studio: Running, token: OpeningToken, monkeypatch: pytest.MonkeyPatch, state: Path
) -> OpeningFile:
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return OpeningFile(token, studio.settings.opening_address, studio.settings.port)


def test_a_browser_opens_studio_with_the_file_and_the_file_is_then_new(
    browser: Browser, studio: Running, token: OpeningToken, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = opening_file(studio, token, monkeypatch, tmp_path / "state")
    used = file.path.read_text("utf-8")
    page = browser.new_context().new_page()
    for _ in range(2):
        page.goto(file.path.as_uri())
        expect(page.get_by_role("navigation", name="Studio")).to_be_visible()
        assert page.url == f"{studio.address}/"
    old = tmp_path / "old.html"
    old.write_text(used, "utf-8")
    other = browser.new_context().new_page()
    other.goto(old.as_uri())
    expect(other.get_by_role("heading", name="This page or code does not work any more")).to_be_visible()
    assert "open the file that it names" in other.locator("main").inner_text()
    is_accessible(other)


def test_a_person_without_scripts_presses_the_button(
    browser: Browser, studio: Running, token: OpeningToken, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = opening_file(studio, token, monkeypatch, tmp_path / "state")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.path.as_uri())
    page.get_by_role("button", name="Open Studio").click()
    expect(page.get_by_role("navigation", name="Studio")).to_be_visible()


def test_a_person_types_the_code(browser: Browser, studio: Running, token: OpeningToken) -> None:
    page = browser.new_context().new_page()
    page.goto(studio.settings.opening_address)
    is_accessible(page)
    page.get_by_label("The code from the window").fill(token.value.upper())
    page.get_by_role("button", name="Open Studio").click()
    expect(page.get_by_role("navigation", name="Studio")).to_be_visible()


def test_a_browser_with_any_cookies_of_other_programs_gets_in(
    browser: Browser, studio: Running, token: OpeningToken
) -> None:
    page = browser.new_context().new_page()
    for name in ("plain", "with{brace", studio.settings.cookie_name):
        page.context.add_cookies(
            [{"name": name, "value": '{"a": [1, 2], b c}', "url": f"{studio.address}/school"}]
        )
    page.goto(studio.settings.opening_address)
    page.get_by_label("The code from the window").fill(token.value)
    page.get_by_role("button", name="Open Studio").click()
    page.goto(f"{studio.address}/school")
    expect(page.get_by_role("heading", level=1)).to_contain_text("school")


def test_many_large_cookies_of_other_programs_are_no_obstacle(studio: Running) -> None:
    visitor = studio.visitor().open()
    own = "; ".join(f"{one.name}={one.value}" for one in visitor.client.cookies.jar)
    others = "; ".join(f"other-{number}={'x' * 4000}" for number in range(25))
    answer = studio.new_client().get("/school", headers={"Cookie": f"{others}; {own}"})
    assert answer.status_code == 200


def test_the_pages_without_a_session_have_their_style(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        assert studio.visitor().get("/open").status_code == 200
        assert studio.visitor().get("/static/studio.css").status_code == 200
        assert studio.visitor().get("/static/base.html").status_code == 404
        assert studio.visitor().get("/school").status_code == 403


def test_the_token_is_in_no_command_line_and_no_output(tmp_path: Path) -> None:
    """A Studio as a person starts it, with a program in place of the browser."""
    asked = tmp_path / "asked"
    program = tmp_path / "browser.sh"
    program.write_text(f'#!/bin/sh\necho "$@" > {asked}.new\nmv {asked}.new {asked}\n')
    program.chmod(0o700)
    env = os.environ | {
        "BROWSER": f"{program} %s",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "parentguide", "studio", "--workspace", str(tmp_path / "work")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        said = [next(lines)]
        while "To stop it" not in said[-1]:
            said.append(next(lines))
        address = found(r"(file:\S+)", "".join(said))
        text = Path(urlsplit(address).path).read_text("utf-8")
        secret = found(r'name="token" value="([^"]+)"', text)
        studio = found(r'action="([^"]+)"', text)
        with httpx2.Client(trust_env=False) as client:
            # Studio answers when it has started, and so after it has opened the browser.
            answer = client.post(studio, data={"token": secret}, headers={"Origin": "null"}, timeout=120)
            assert answer.status_code == 200
            again = client.post(studio, data={"token": secret}, headers={"Origin": "null"}, timeout=120)
            assert again.status_code == 403
        assert asked.read_text("utf-8").strip() == address
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 0
        said.append(process.stdout.read())
        assert secret not in "".join(said)
        assert not re.search(r"\w{4}(-\w{4}){4}", "".join(said))
        assert not Path(urlsplit(address).path).exists(), "a closed Studio leaves no file"
    finally:
        process.kill()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def test_settings_give_the_address_of_the_host(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path), port=8642)
    assert settings.opening_address == "http://127.0.0.1:8642/open"
    assert replace(settings, host="::1").opening_address == "http://[::1]:8642/open"
