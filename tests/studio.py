"""A Studio for the tests: a real server on loopback, in a thread, and a visitor with a cookie."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from typing import Any

import requests

from parentguide.studio.server import listening, make_server
from parentguide.studio.settings import Settings

KEY = b"k" * 32
TOKEN = "token-of-the-tests"  # noqa: S105


@dataclass
class Visitor:
    """Somebody with a browser's cookie jar; ``headers`` go with every request."""

    settings: Settings
    headers: dict[str, str] = field(default_factory=dict)
    jar: requests.Session = field(default_factory=requests.Session)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def origin(self) -> str:
        return self.settings.public_address or self.base

    def open(self) -> "Visitor":
        assert self.get(f"/open?token={TOKEN}").status_code == 200
        return self

    def get(self, path: str, **more: Any) -> requests.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.jar.get(self.base + path, headers=headers, timeout=60, **more)

    def token(self, path: str = "/school") -> str:
        found = re.search(r'name="form-token" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]

    def post(
        self, path: str, data: Any = None, *, token: str | None = None, **more: Any
    ) -> requests.Response:
        headers = {"Origin": self.origin, **self.headers, **more.pop("headers", {})}
        fields = {"form-token": self.token() if token is None else token, **(data or {})}
        return self.jar.post(
            self.base + path, data=fields, headers=headers, timeout=120, allow_redirects=False, **more
        )


@contextmanager
def running(settings: Settings) -> Iterator[Settings]:
    """The Studio of ``settings`` on a free port."""
    door: socket.socket = listening(settings.host, settings.port)
    settings = replace(settings, port=door.getsockname()[1])
    server = make_server(settings)
    thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield settings
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def settings_for(folder: Path, **more: Any) -> Settings:
    return Settings(folder, 0, KEY, token=TOKEN, **more)
