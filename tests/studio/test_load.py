"""Many people at the same time, and a Studio that is killed: nobody is turned away, no saved word is lost."""

import io
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import httpx2
import pytest

from parentguide.build.previous import NOTE
from parentguide.project.project import Project
from parentguide.review.ledger import read_ledger
from parentguide.review.status import ledger_path
from parentguide.studio.settings import Settings
from tests.studio.app import (
    PUBLIC,
    Visitor,
    behind_proxy,
    clients_of,
    copy_words,
    finished,
    found,
    in_process,
    review_of,
    settings_for,
    wait_until,
)

MOST_MEMORY = 700_000  # kB of the whole process, where one build alone takes about 200,000


@dataclass
class Process:
    """A Studio that was started as a person starts it, in a process of its own."""

    settings: Settings
    process: "subprocess.Popen[str]"
    new_client: Callable[[], httpx2.Client]
    token: str

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    @property
    def peak(self) -> int:
        """The most memory that the process ever had, in kB (Linux: VmHWM)."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(found(r"VmHWM:\s+(\d+) kB", text))

    def visitor(self) -> Visitor:
        """Somebody who has opened the printed address."""
        visitor = Visitor(self.settings, self.new_client())
        assert visitor.get(f"/open?token={self.token}", follow_redirects=False).status_code == 303
        return visitor


@contextmanager
def started(work: Path, *arguments: str) -> Iterator[Process]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "parentguide",
        "studio",
        "--no-browser",
        "--workspace",
        str(work),
    ]
    command += [*arguments, "--port", str(port)]
    env = os.environ | {"XDG_STATE_HOME": str(work.parent / "state"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(match[0] for line in lines if (match := re.search(r"https?://\S+", line)))
        with clients_of(port) as new_client:
            settings = replace(settings_for(work), port=port)
            yield Process(settings, process, new_client, address.partition("token=")[2])
    finally:
        process.kill()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def make_guides(visitor: Visitor, name: str, editions: tuple[str, ...]) -> bytes:
    """As one person: details, choice, build, download."""
    token = visitor.token()
    assert visitor.post("/school", {"name": name, "version": "none"}, token=token).status_code == 303
    choice = {"language": ["en", "ur"], "format": [*editions]}
    assert visitor.post("/guides", choice, token=token).status_code == 303
    answer = visitor.post("/build", token=token)
    assert answer.status_code == 303, answer.text
    assert "Your guides are ready" in finished(visitor, answer.headers["location"])
    return visitor.get("/download/guides.zip").content


def all_make_guides(people: dict[str, Visitor], editions: tuple[str, ...]) -> None:
    """Everybody at the same time; each gets their own guides."""
    with ThreadPoolExecutor(len(people)) as pool:
        done = [*pool.map(lambda one: make_guides(one[1], one[0], editions), people.items())]
    for name, data in zip(people, done, strict=True):
        with ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            assert ("cse/ur/cse-ur-handout.pdf" in archive.namelist()) == ("handout" in editions)
            page = archive.read("cse/en/index.html").decode("utf-8")
        assert name.replace("&", "&amp;") in page, "somebody else's guides"


def names(count: int) -> list[str]:
    return [f"School {number} & Söhne" for number in range(count)]


def test_several_people_make_guides_at_the_same_time(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path)) as studio:
        people = {name: studio.visitor(X_Remote_User=f"user {n}") for n, name in enumerate(names(6))}
        for visitor in people.values():
            assert visitor.get("/school").status_code == 200
        all_make_guides(people, ("web",))


@pytest.mark.slow
def test_fifty_people_make_guides_at_the_same_time(tmp_path: Path) -> None:
    with started(tmp_path / "work", "--behind-proxy", PUBLIC) as studio:
        settings = replace(behind_proxy(tmp_path / "work"), port=studio.settings.port)
        people = {}
        for number, name in enumerate(names(50)):
            headers = {"Host": PUBLIC.partition("://")[2], "X-Remote-User": f"user {number}"}
            people[name] = visitor = Visitor(settings, studio.new_client(), headers)
            if not number:
                wait_until(lambda: answers(visitor))  # noqa: B023
            # The jar would not send a Secure cookie over plain HTTP; people reach the proxy by HTTPS.
            visitor.headers["Cookie"] = visitor.get("/school").headers["set-cookie"].partition(";")[0]
        all_make_guides(people, ("web", "handout"))
        assert studio.peak < MOST_MEMORY


def answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/school").status_code == 200
    except httpx2.TransportError:
        return False


@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_a_killed_studio_loses_no_saved_word(tmp_path: Path, kills: int) -> None:
    work = copy_words(tmp_path / "work")
    contexts = [one.context for one in review_of(work, "so").messages if one.domain == "cse"]
    chosen = random.Random(7)  # noqa: S311
    saved: list[tuple[str, str]] = []
    for _ in range(kills):
        stop = Event()
        with started(work) as studio:
            visitor = studio.visitor()
            assert visitor.post("/translations/so/who", {"role": "teacher"}).status_code == 303
            token = visitor.token()
            with ThreadPoolExecutor(2) as pool:
                busy = [
                    pool.submit(correct, visitor, work, contexts[half::2], token, stop, saved)
                    for half in (0, 1)
                ]
                enough = len(saved) + chosen.randint(4, 12)
                wait_until(lambda: len(saved) >= enough or all(one.done() for one in busy))  # noqa: B023
                # Anywhere within the next saves.
                time.sleep(chosen.uniform(0, 0.3))
                studio.kill()
                stop.set()
            assert [one.result() for one in busy] == [None, None]
        now = {message.context: message for message in review_of(work, "so").messages}
        for context, text in saved:
            valid_sign_offs = [record.translation for record in now[context].records]
            assert text in valid_sign_offs
            assert now[context].translation in valid_sign_offs
        assert len(saved) >= enough, "the test has to have saved something before the end"
    path = ledger_path(Project(work), Project(work).language("so"), "cse")
    assert read_ledger(path.read_bytes(), "so", path)


def correct(
    visitor: Visitor, work: Path, contexts: list[str], token: str, stop: Event, saved: list[tuple[str, str]]
) -> None:
    """Correct one piece after the other until Studio is gone; ``saved`` has what it said was saved."""
    for context in contexts:
        if stop.is_set():
            return
        now = next(message for message in review_of(work, "so").messages if message.context == context)
        text = f"Fiiri, {now.translation}"
        fields = {"words": now.words, "text": text, "action": "correct"}
        try:
            answer = visitor.post(f"/translations/so/cse/{context}", fields, token=token)
        except httpx2.TransportError:
            return
        if answer.status_code == 303:
            saved.append((context, text))


def write_school(work: Path, name: str) -> None:
    (work / "school.toml").write_text(
        f'name = "{name}"\nlanguages = ["en", "ur"]\neditions = ["web", "handout"]'
    )


def build(visitor: Visitor) -> str:
    """Begin a build; the address of its page."""
    answer = visitor.post("/build")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def assert_whole(output: Path) -> None:
    """The folder has exactly the files that its manifest names."""
    rows = json.loads((output / "manifest.json").read_text("utf-8"))["artifacts"]
    there = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert there == {row["path"] for row in rows} | {"manifest.json", NOTE}


@pytest.mark.parametrize(
    ("earlier", "shares"),
    [
        pytest.param(True, [1.0], id="old guides"),
        pytest.param(True, [0.0, 0.3, 0.6, 1.0, 1.0], id="old guides, often", marks=pytest.mark.slow),
        pytest.param(False, [0.3, 0.9], id="no guides", marks=pytest.mark.slow),
    ],
)
def test_a_studio_killed_while_it_builds_leaves_the_old_guides_or_the_new(
    tmp_path: Path, earlier: bool, shares: list[float]
) -> None:
    """``shares`` of the files are made when the kills come."""
    work = tmp_path / "work"
    work.mkdir()
    for number, share in enumerate(shares):
        with started(work) as studio:
            visitor = studio.visitor()
            if earlier and not number:
                write_school(work, "Old School")
                finished(visitor, build(visitor))
            write_school(work, f"School {number}")
            job = build(visitor)
            wait_until(lambda: made_share(visitor, job) >= share)  # noqa: B023
            studio.kill()
        if earlier or (work / "output").exists():
            assert_whole(work / "output")
    with started(work) as studio:
        visitor = studio.visitor()
        write_school(work, "Last School")
        assert "Your guides are ready" in finished(visitor, build(visitor))
    assert_whole(work / "output")
    assert "Last School" in (work / "output" / "cse" / "en" / "index.html").read_text("utf-8")
    assert sorted(path.name for path in work.iterdir()) == ["output", "output.zip", "school.toml"]


def made_share(visitor: Visitor, job: str) -> float:
    data = visitor.get(f"{job}/data").json()
    return 1.0 if data["ended"] else data["made"] / data["total"]


def test_a_studio_that_is_asked_to_stop_stops(tmp_path: Path) -> None:
    with started(tmp_path / "work") as studio:
        studio.visitor()  # it has answered, so it listens to signals
        studio.process.send_signal(signal.SIGINT)
        assert studio.process.wait(120) == 0
        assert studio.process.stdout is not None
        assert "Studio is closed" in studio.process.stdout.read()
