"""HTTP answers without a network: an adapter of ``requests`` that returns what a test gives it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from parentguide.machine.http import HttpClient


@dataclass(frozen=True)
class Answer:
    """What a service answers: a status, a body and headers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Answers(HTTPAdapter):
    """Gives each request the next answer, or raises it; the last one stays. ``requests`` are those it got."""

    def __init__(self, *answers: Answer | Exception) -> None:
        super().__init__()
        self._answers: Sequence[Answer | Exception] = answers
        self.requests: list[requests.PreparedRequest] = []
        self.options: list[dict[str, Any]] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        answer = self._answers[min(len(self.requests), len(self._answers) - 1)]
        self.requests.append(request)
        self.options.append(options)
        if isinstance(answer, Exception):
            raise answer
        raw = HTTPResponse(
            BytesIO(answer.body), headers=answer.headers, status=answer.status, preload_content=False
        )
        return self.build_response(request, raw)

    def client(self) -> HttpClient:
        return HttpClient((1.0, 2.0), self._session)

    def _session(self) -> requests.Session:
        session = requests.Session()
        session.mount("http://", self)
        session.mount("https://", self)
        return session
