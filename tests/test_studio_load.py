"""Fifty people at once, and a Studio that is killed: nobody is turned away, no saved word is lost."""

import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import requests

from parentguide.build.incremental import NOTE
from parentguide.project.project import Project, default_root
from parentguide.review.ledger import read_ledger
from parentguide.review.status import MessageReview, language_review, ledger_path
from parentguide.studio.settings import Settings
from tests.studio import Visitor, settings_for

USERS = 50
MOST_MEMORY = 700_000  # kB of the whole process, where one build alone takes about 200,000
MOST_SECONDS = 240
PUBLIC = "https://guides.example.org"


@dataclass
class Running:
    """A Studio that was started as a person starts it, in a process of its own."""

    settings: Settings
    process: "subprocess.Popen[str]"
    address: str

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)

    @property
    def peak(self) -> int:
        """The most memory that the process ever had, in kB (Linux: VmHWM)."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = re.search(r"VmHWM:\s+(\d+) kB", text)
        assert found is not None
        return int(found[1])


@contextmanager
def started(work: Path, *arguments: str, port: int = 0) -> Iterator[Running]:
    command = [
        sys.executable,
        "-m",
        "parentguide.cli.main",
        "studio",
        "--no-browser",
        "--workspace",
        str(work),
    ]
    command += [*arguments, *(["--port", str(port)] if port else [])]
    env = os.environ | {"XDG_STATE_HOME": str(work.parent / "state"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"https?://\S+", line)))
        yield Running(settings_for(work), process, address)
    finally:
        process.kill()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def person(port: int, name: str) -> Visitor:
    """Somebody whom the proxy has signed in."""
    settings = replace(settings_for(Path()), port=port, public_address=PUBLIC)
    visitor = Visitor(settings, {"Host": "guides.example.org", "X-Remote-User": name})
    for _ in range(100):
        try:
            page = visitor.get("/")
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    visitor.headers["Cookie"] = page.headers["set-cookie"].partition(";")[0]
    return visitor


def make_guides(visitor: Visitor, name: str) -> tuple[float, bytes]:
    """As one person: details, choice, build, download. The seconds from the button to the file."""
    token = visitor.token()
    assert visitor.post("/school", {"name": name, "version": "none"}, token=token).status_code == 303
    choice = {"language": ["en", "ur"], "format": ["web", "handout"]}
    assert visitor.post("/guides", choice, token=token).status_code == 303
    began = time.monotonic()
    answer = visitor.post("/build", token=token)
    assert answer.status_code == 303, answer.text
    while not json.loads(visitor.get(f"{answer.headers['location']}/data").text)["ended"]:
        time.sleep(0.25)
    data = visitor.get("/download/guides.zip").content
    return time.monotonic() - began, data


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def test_fifty_people_make_guides_at_once(tmp_path: Path) -> None:
    names = [f"School {number} & Söhne" for number in range(USERS)]
    port = free_port()
    with started(tmp_path / "work", "--behind-proxy", PUBLIC, port=port) as studio:
        began = time.monotonic()
        with ThreadPoolExecutor(USERS) as pool:
            done = list(pool.map(lambda name: make_guides(person(port, name), name), names))
        whole, peak = time.monotonic() - began, studio.peak
    waits = sorted(seconds for seconds, _ in done)
    print(
        f"{USERS} people: {whole:.1f} s in all; a person waits {waits[USERS // 2]:.1f} s (median),"
        f" {waits[-1]:.1f} s (longest); {peak / 1000:.0f} MB at the most"
    )
    for name, (_, data) in zip(names, done, strict=True):
        with ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            assert "cse/ur/cse-ur-handout.pdf" in archive.namelist()
            page = archive.read("cse/en/index.html").decode("utf-8")
        assert name.replace("&", "&amp;") in page, "somebody else's guides"
    assert whole < MOST_SECONDS
    assert peak < MOST_MEMORY


def test_a_killed_studio_loses_no_saved_word(tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(default_root() / "locales", work / "locales")
    contexts = [message.context for message in messages(work) if message.domain == "cse"]
    chosen = random.Random(7)  # noqa: S311
    saved: list[tuple[str, str]] = []
    port = free_port()
    for _ in range(3):
        stop = Event()
        with started(work, port=port) as studio:
            visitor = Visitor(replace(studio.settings, port=port))
            assert visitor.get(f"/open?{studio.address.partition('?')[2]}").status_code == 200
            assert visitor.post("/translations/so/who", {"role": "teacher"}).status_code == 303
            token = visitor.token()
            with ThreadPoolExecutor(2) as pool:
                busy = [
                    pool.submit(correct, visitor, work, contexts[half::2], token, stop, saved)
                    for half in (0, 1)
                ]
                enough = len(saved) + chosen.randint(4, 12)
                while len(saved) < enough and not all(one.done() for one in busy):
                    time.sleep(0.01)
                time.sleep(chosen.uniform(0, 0.3))
                studio.process.send_signal(signal.SIGKILL)
                stop.set()
            assert [one.result() for one in busy] == [None, None]
        now = {message.context: message for message in messages(work)}
        for context, text in saved:
            valid_sign_offs = [record.translation for record in now[context].records]
            assert text in valid_sign_offs
            assert now[context].translation in valid_sign_offs
    assert len(saved) > 10, "the test has to have saved something before the end"
    path = ledger_path(Project(work), Project(work).language("so"), "cse")
    assert read_ledger(path.read_bytes(), "so", path)


def messages(work: Path) -> tuple[MessageReview, ...]:
    project = Project(work)
    return language_review(project, project.language("so"), ("cse", "interface")).messages


def correct(
    visitor: Visitor, work: Path, contexts: list[str], token: str, stop: Event, saved: list[tuple[str, str]]
) -> None:
    """Correct one piece after the other until Studio is gone; ``saved`` has what it said was saved."""
    for context in contexts:
        if stop.is_set():
            return
        now = next(message for message in messages(work) if message.context == context)
        text = f"Fiiri, {now.translation}"
        fields = {"words": now.words, "text": text, "action": "correct"}
        try:
            answer = visitor.post(f"/translations/so/cse/{context}", fields, token=token)
        except requests.RequestException:
            return
        if answer.status_code == 303:
            saved.append((context, text))


def test_a_studio_killed_while_it_builds_leaves_the_old_guides_or_the_new(tmp_path: Path) -> None:
    work, port = tmp_path / "work", free_port()
    for delay in (0.3, 1.0, 2.0):
        with started(work, port=port) as studio:
            visitor = Visitor(replace(studio.settings, port=port))
            visitor.get(f"/open?{studio.address.partition('?')[2]}")
            (work / "school.toml").write_text(f'name = "School {delay}"\neditions = ["web", "handout"]')
            assert visitor.post("/build").status_code == 303
            time.sleep(delay)
            studio.kill()
        if (work / "output").exists():
            rows = json.loads((work / "output" / "manifest.json").read_text("utf-8"))["artifacts"]
            found = {
                p.relative_to(work / "output").as_posix() for p in (work / "output").rglob("*") if p.is_file()
            }
            assert found == {row["path"] for row in rows} | {"manifest.json", NOTE}
    with started(work, port=port) as studio:
        visitor = Visitor(replace(studio.settings, port=port))
        visitor.get(f"/open?{studio.address.partition('?')[2]}")
        job = visitor.post("/build").headers["location"]
        while not json.loads(visitor.get(f"{job}/data").text)["ended"]:
            time.sleep(0.2)
        assert "Your guides are ready" in visitor.get(job).text
        assert "School 2.0" in (work / "output" / "cse" / "en" / "index.html").read_text("utf-8")
    assert sorted(path.name for path in work.iterdir()) == ["output", "output.zip", "school.toml"]


def test_a_studio_that_is_asked_to_stop_stops(tmp_path: Path) -> None:
    with started(tmp_path / "work") as studio:
        time.sleep(1)
        studio.process.send_signal(signal.SIGINT)
        assert studio.process.wait(120) == 0
        assert studio.process.stdout is not None
        assert "Studio is closed" in studio.process.stdout.read()
