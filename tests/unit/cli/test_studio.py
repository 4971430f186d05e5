"""``parentguide studio``: the settings that it starts the server with."""

from pathlib import Path
from typing import Any

import pytest

from parentguide.studio import server
from parentguide.studio.settings import LOOPBACK, Settings
from tests.unit.cli.run import run


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, bool]]:
    """Settings, and whether a browser opens, of each server that would start."""
    seen: list[tuple[Settings, bool]] = []

    def serve(settings: Settings, _: Any, open_browser: bool) -> None:
        seen.append((settings, open_browser))

    monkeypatch.setattr(server, "serve", serve)
    return seen


def test_on_this_computer(served: list[tuple[Settings, bool]], tmp_path: Path) -> None:
    assert run("studio", "-w", tmp_path, "--watch", "--host", "localhost").code == 0
    ((settings, browser),) = served
    assert (settings.workspace, settings.watch, settings.port) == (tmp_path, True, 0)
    assert (settings.host, settings.public_address, settings.login_header) == (LOOPBACK, "", "")
    assert browser


def test_behind_a_proxy(served: list[tuple[Settings, bool]], tmp_path: Path) -> None:
    ran = run(
        *("studio", "-w", tmp_path, "--host", "192.0.2.1", "--port", 9000),
        *("--behind-proxy", "https://guides.school.example", "--trusted-proxy", "10.0.0.1"),
    )
    assert ran.code == 0, ran.said
    ((settings, browser),) = served
    assert (settings.host, settings.port, settings.proxies) == ("192.0.2.1", 9000, ("10.0.0.1",))
    assert settings.public_address == "https://guides.school.example"
    assert settings.login_header == "X-Remote-User"
    assert not browser


def test_no_browser(served: list[tuple[Settings, bool]]) -> None:
    run("studio", "--no-browser")
    assert not served[0][1]


def test_another_address_needs_a_proxy(served: list[tuple[Settings, bool]]) -> None:
    ran = run("studio", "--host", "192.0.2.1")
    assert (ran.code, served) == (66, [])
    assert "Studio has no login of its own, so it does not listen at 192.0.2.1 without a proxy" in ran.said
