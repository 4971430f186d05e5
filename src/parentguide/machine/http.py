"""The one way to the network: with a time limit, which deep-translator's own calls lack.

deep-translator calls ``requests.get`` and ``requests.post`` of the module ``requests`` as it
finds it in each of its modules; :func:`install` puts :data:`WIRE` there, which does the same with
a time limit, and remembers when a service says to come back.
"""

import threading
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import requests

CONNECT, READ = 5.0, 30.0
LONGEST_ANSWER = 1_000_000


class Wire:
    """``requests``, as far as deep-translator uses it."""

    exceptions = requests.exceptions

    def __init__(self) -> None:
        self._thread = threading.local()
        self.timeout = (CONNECT, READ)

    @property
    def retry_after(self) -> float:
        """Seconds that the last answer in this thread asked to wait; 0 if it asked for nothing."""
        return getattr(self._thread, "retry_after", 0.0)

    def get(self, url: str, **options: Any) -> requests.Response:
        return self._call("GET", url, options)

    def post(self, url: str, **options: Any) -> requests.Response:
        return self._call("POST", url, options)

    def _call(self, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        self._thread.retry_after = 0.0
        # No redirect: it could lead a key elsewhere. Nothing of the environment: a .netrc has passwords.
        with requests.Session() as session:
            session.trust_env = False
            response = session.request(
                method, url, timeout=self.timeout, allow_redirects=False, stream=True, **options
            )
            with response:
                body = b"".join(_parts(response))
            response._content = body
        asked = response.headers.get("Retry-After", "")
        self._thread.retry_after = float(asked) if asked.isdigit() else 0.0
        return response


def _parts(response: requests.Response) -> Iterator[bytes]:
    left = LONGEST_ANSWER
    for part in response.iter_content(65_536):
        left -= len(part)
        if left < 0:
            raise requests.exceptions.ContentDecodingError("the answer is far too long")
        yield part


WIRE = Wire()


def install(*modules: ModuleType) -> None:
    """Let deep-translator's ``modules`` go through :data:`WIRE`."""
    for module in modules:
        module.requests = WIRE  # type: ignore[attr-defined]
