"""The token that opens Studio, and the file that a browser sends it from."""

import os
import re
from pathlib import Path

import pytest

from parentguide.studio.security.opening import OpeningFile, OpeningToken

ADDRESS = "http://127.0.0.1:8642/open"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "parentguide"


def token_in(file: OpeningFile) -> str:
    text = file.path.read_text("utf-8")
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found is not None
    assert f'<form method="post" action="{ADDRESS}">' in text
    return found[1]


def test_a_token_works_once_and_the_next_one_is_another() -> None:
    token = OpeningToken()
    first = token.value
    assert not token.spend("")
    assert not token.spend(first[:-1])
    assert token.spend(f" {first.upper()} "), "typed by hand"
    assert not token.spend(first)
    assert token.value != first
    assert token.spend(token.value)


def test_tokens_cannot_be_guessed() -> None:
    tokens = {OpeningToken().value for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token.replace("-", "")) for token in tokens} == {20}
    assert len(set("".join(tokens))) == 33, "all 32 letters occur"


def test_the_file_has_the_present_token_and_only_its_owner_can_read_it(state: Path) -> None:
    token = OpeningToken()
    file = OpeningFile(token, ADDRESS, 8642)
    assert file.path.parent == state
    for _ in range(2):
        assert token_in(file) == token.value
        assert file.path.stat().st_mode & 0o777 == 0o600
        assert token.value not in str(file.path)
        assert token.spend(token.value)
    file.remove()
    assert [*state.iterdir()] == []


def test_a_planted_link_is_replaced_and_not_followed(state: Path, tmp_path: Path) -> None:
    state.mkdir(parents=True)
    target = tmp_path / "target"
    target.write_text("mine")
    (state / "open-studio-8642.html").symlink_to(target)
    file = OpeningFile(OpeningToken(), ADDRESS, 8642)
    assert not file.path.is_symlink()
    assert target.read_text() == "mine"


@pytest.mark.parametrize("kind", ["a file", "others may write"])
def test_a_folder_that_is_not_private_is_not_used(state: Path, kind: str) -> None:
    if kind == "a file":
        state.parent.mkdir()
        state.write_text("")
    else:
        state.mkdir(parents=True)
        state.chmod(0o777)
    file = OpeningFile(OpeningToken(), ADDRESS, 8642)
    assert file.path.parent != state
    assert file.path.parent.stat().st_mode & 0o777 == 0o700
    file.remove()
    assert not file.path.parent.exists()


def test_a_file_that_cannot_be_written_anew_is_removed(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = OpeningToken()
    file = OpeningFile(token, ADDRESS, 8642)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    assert token.spend(token.value)
    assert not file.path.exists()
