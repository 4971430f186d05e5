"""HTTP client with time limits for the translation providers.

Decision: docs/decisions/0009-deep-translator-behind-limits.md.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from threading import Thread
from typing import Any

import requests

from parentguide.machine.errors import ErrorKind, TranslationError

LONGEST_ANSWER = 1_000_000
_PART = 65_536


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer with a status of 2xx. deep-translator uses these names, which are those of requests."""

    status_code: int
    content: bytes
    encoding: str

    @property
    def text(self) -> str:
        try:
            return self.content.decode(self.encoding, "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The value of the JSON text. Raises :class:`TranslationError` if it is not JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise TranslationError(ErrorKind.NOT_JSON) from None

    def close(self) -> None:
        """Nothing is open: the client has read the whole body."""


@dataclass(frozen=True, slots=True)
class HttpClient:
    """Sends requests. ``time_limits`` are seconds to connect, and seconds between two parts of an answer;
    ``longest`` is the limit in seconds for a request and its whole answer.

    It keeps nothing between requests, so threads can share it. ``open_session`` makes the session of one
    request.
    """

    time_limits: tuple[float, float] = (5.0, 30.0)
    open_session: Callable[[], requests.Session] = requests.Session
    longest: float = 60.0

    def get(self, url: str, **options: Any) -> HttpResponse:
        """Options are those of ``requests.get``. Raises :class:`TranslationError`."""
        return self._send("GET", url, options)

    def post(self, url: str, **options: Any) -> HttpResponse:
        """Options are those of ``requests.post``. Raises :class:`TranslationError`."""
        return self._send("POST", url, options)

    def _send(self, method: str, url: str, options: dict[str, Any]) -> HttpResponse:
        """The answer within :attr:`longest` seconds.

        The time limits of requests begin anew with each byte, and do not count the look-up of the name.
        So a thread of its own sends the request, and is left alone if it takes too long: nothing else can
        end a read that is waiting. It is a daemon, because the threads of an executor would keep the
        program from ending.
        """
        answer: Future[HttpResponse] = Future()
        deadline = time.monotonic() + self.longest

        def run() -> None:
            try:
                answer.set_result(self._request(method, url, options, deadline))
            except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is awaited
                answer.set_exception(error)

        Thread(target=run, name="translation", daemon=True).start()
        try:
            return answer.result(self.longest)
        except FutureTimeoutError:
            raise TranslationError(ErrorKind.TOO_SLOW) from None

    def _request(self, method: str, url: str, options: dict[str, Any], deadline: float) -> HttpResponse:
        try:
            with self.open_session() as session:
                # Without the environment: requests would send passwords from a .netrc file.
                session.trust_env = False
                # Without redirects: one could send the key to another host.
                response = session.request(
                    method, url, timeout=self.time_limits, allow_redirects=False, stream=True, **options
                )
                with response:
                    _raise_for_status(response)
                    return HttpResponse(
                        response.status_code,
                        b"".join(_parts(response, deadline)),
                        response.encoding or "utf-8",
                    )
        except (requests.RequestException, ValueError) as error:
            # ValueError: http.client cannot encode a header, such as a key with “–” in it.
            # “from None”: the text of the error may contain the key.
            raise TranslationError(_kind(error)) from None


def _raise_for_status(response: requests.Response) -> None:
    kind = _kind_of_status(response.status_code)
    if kind is None:
        return
    wait = response.headers.get("Retry-After", "")
    # Seconds (RFC 9110, 10.2.3). The other form, a date, is not used by these services.
    raise TranslationError(kind, float(wait) if wait.isdecimal() else 0.0)


def _kind_of_status(status: int) -> ErrorKind | None:
    match status:
        case 401 | 403:
            return ErrorKind.KEY_REJECTED
        case 429:
            return ErrorKind.RATE_LIMITED
        case 408:
            return ErrorKind.TIMEOUT
        case _ if status >= 500:
            return ErrorKind.SERVER_ERROR
        case _ if 200 <= status < 300:
            return None
    return ErrorKind.REFUSED


def _kind(error: Exception) -> ErrorKind:
    match error:
        case requests.Timeout():
            return ErrorKind.TIMEOUT
        case requests.exceptions.ContentDecodingError():
            return ErrorKind.NO_TRANSLATION
        case requests.ConnectionError() | requests.exceptions.ChunkedEncodingError():
            return ErrorKind.CONNECTION
    return ErrorKind.NOT_SENT


def _parts(response: requests.Response, deadline: float) -> Iterator[bytes]:
    """The body in parts. Raises :class:`TranslationError` where it is longer than any translation, or is
    not there before ``deadline``."""
    left = LONGEST_ANSWER
    for part in response.iter_content(_PART):
        left -= len(part)
        if left < 0:
            raise TranslationError(ErrorKind.TOO_LONG)
        if time.monotonic() > deadline:
            raise TranslationError(ErrorKind.TOO_SLOW)
        yield part
