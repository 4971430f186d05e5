"""A second start opens the Studio that runs: started processes, as a person starts them."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from parentguide.errors import ProjectError
from parentguide.studio.running import Opened, Place, first_or_opened
from tests.studio.app import found, settings_for


class Started:
    """A Studio that somebody started. ``said`` is what it has said until it was ready."""

    def __init__(self, folder: Path, workspace: str = "work", *arguments: str) -> None:
        env = os.environ | {"XDG_STATE_HOME": str(folder / "state"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "parentguide", "studio", "--no-browser"]
        command += ["--workspace", str(folder / workspace), *arguments]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
        )
        self.said = ""

    def ready(self) -> "Started":
        """It serves, or has opened the one that does."""
        assert self.process.stdout is not None
        while not re.search("To stop it|To start it with other", self.said):
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line
        return self

    @property
    def serves(self) -> bool:
        return "Studio is ready" in self.said

    @property
    def page(self) -> Path:
        return Path(urlsplit(found(r"(file:\S+)", self.said)).path)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def start(stack: ExitStack, folder: Path, workspace: str = "work", *arguments: str) -> Started:
    studio = Started(folder, workspace, *arguments)
    stack.callback(studio.close)
    return studio


def send(page: Path) -> tuple[str, int]:
    """What a browser does with an opening page: the address of Studio, and the status of its answer."""
    text = page.read_text("utf-8")
    address = found(r'action="([^"]+)"', text)
    token = found(r'name="token" value="([^"]+)"', text)
    with httpx2.Client(trust_env=False) as client:
        headers = {"Origin": "null"}
        return address, client.post(address, data={"token": token}, headers=headers, timeout=120).status_code


def states(folder: Path) -> list[Path]:
    return sorted((folder / "state" / "parentguide").glob("studio-*.json"))


def test_a_second_start_opens_the_first_and_leaves_no_secret(started: ExitStack, tmp_path: Path) -> None:
    first = start(started, tmp_path).ready()
    [state] = states(tmp_path)
    assert state.stat().st_mode & 0o777 == 0o600
    assert json.loads(state.read_text())["process"] == first.process.pid
    second = start(started, tmp_path, "work", "--port", "9").ready()
    assert second.process.wait(120) == 0
    assert (first.serves, second.serves) == (True, False)
    page = second.page
    assert page != first.page
    assert page.stat().st_mode & 0o777 == 0o600
    token = found(r'name="token" value="([^"]+)"', page.read_text("utf-8"))
    for said in (first.said, second.said, str(page), state.read_text()):
        assert token not in said
    address, status = send(page)
    assert status == 200
    assert not page.exists(), "its token is used"
    with httpx2.Client(trust_env=False) as client:
        again = client.post(address, data={"token": token}, headers={"Origin": "null"}, timeout=120)
    assert again.status_code == 403
    assert send(first.page) == (address, 200), "the first page still works"
    unused = start(started, tmp_path).ready().page
    assert unused.exists()
    assert first.end() == 0
    assert [*(tmp_path / "state" / "parentguide").glob("*.html")] == []
    assert states(tmp_path) == []


def test_after_a_kill_the_next_start_serves(started: ExitStack, tmp_path: Path) -> None:
    first = start(started, tmp_path).ready()
    start(started, tmp_path).ready()
    first.process.kill()
    first.process.wait(30)
    [stale] = states(tmp_path)
    old = stale.read_text()
    next_one = start(started, tmp_path).ready()
    assert next_one.serves
    assert states(tmp_path) == [stale]
    assert stale.read_text() != old
    assert send(next_one.page)[1] == 200
    second = start(started, tmp_path).ready()
    assert not second.serves
    assert send(second.page)[1] == 200


def test_two_folders_have_a_studio_each(started: ExitStack, tmp_path: Path) -> None:
    one, other = (start(started, tmp_path, name).ready() for name in ("one", "other"))
    assert one.serves
    assert other.serves
    for studio, name in ((one, "one"), (other, "other")):
        second = start(started, tmp_path, name).ready()
        assert not second.serves
        assert send(second.page)[0] == send(studio.page)[0]


def test_of_two_starts_at_one_moment_one_serves_and_the_other_opens_it(
    started: ExitStack, tmp_path: Path
) -> None:
    both = [start(started, tmp_path) for _ in range(2)]
    assert sorted(studio.ready().serves for studio in both) == [False, True]
    assert len({send(studio.page) for studio in both}) == 1


def test_a_program_that_cannot_prove_itself_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = settings_for(tmp_path / "work")
    heard: list[tuple[str, int]] = []

    class Line:
        """It answers as a Studio does, without its secret."""

        def __init__(self, host: str, port: int, timeout: float) -> None:
            heard.append((host, port))

        def request(self, method: str, path: str, body: str, headers: object) -> None:
            assert secret not in f"{path} {body} {headers}", "the secret is never sent"

        def getresponse(self) -> "Line":
            return self

        def read(self, _: int) -> bytes:
            return json.dumps({"page": "evil.html", "code": "x", "proof": "0" * 64}).encode()

        def close(self) -> None:
            pass

    secret = "s" * 40
    monkeypatch.setattr("parentguide.studio.running.HTTPConnection", Line)
    with first_or_opened(settings) as place:
        assert isinstance(place, Place)
        assert not place.path.exists()
        place.path.write_text(
            json.dumps({"host": "127.0.0.1", "port": 8642, "process": 4711, "secret": secret})
        )
        with (
            pytest.raises(ProjectError, match=r"process 4711, port 8642\), and does not answer"),
            first_or_opened(settings, patience=0) as found_again,
        ):
            assert not isinstance(found_again, Opened)
    assert heard == [("127.0.0.1", 8642)]
    for broken in ("", "[]", "{", '{"port": "x"}'):
        place.path.write_text(broken)
        assert place.read() is None
