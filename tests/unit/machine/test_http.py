"""The HTTP client: time limits, statuses and errors. No test reaches the network."""

import gzip
import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest
import requests

from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.http import LONGEST_ANSWER, HttpClient, HttpResponse
from tests.unit.machine.adapters import Answer, Answers

URL = "http://service.example/translate"


def test_each_request_has_time_limits_and_follows_no_redirect() -> None:
    answers = Answers(Answer(b"", 302, {"Location": "http://other.example/"}))
    with pytest.raises(TranslationError) as raised:
        answers.client().get(URL)
    assert raised.value.kind is ErrorKind.REFUSED
    assert [request.url for request in answers.requests] == [URL]
    assert answers.options[0]["timeout"] == (1.0, 2.0)
    connect, read = HttpClient().time_limits
    assert 0 < connect <= 10
    assert 0 < read <= 60


def test_passwords_and_proxies_of_the_environment_are_not_used(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine service.example login me password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    answers = Answers(Answer(b"{}"))
    answers.client().post(URL, json=[])
    assert "Authorization" not in answers.requests[0].headers


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, ErrorKind.REFUSED),
        (400, ErrorKind.REFUSED),
        (401, ErrorKind.KEY_REJECTED),
        (403, ErrorKind.KEY_REJECTED),
        (404, ErrorKind.REFUSED),
        (408, ErrorKind.TIMEOUT),
        (429, ErrorKind.RATE_LIMITED),
        (500, ErrorKind.SERVER_ERROR),
        (503, ErrorKind.SERVER_ERROR),
    ],
)
def test_a_status_decides_the_kind_of_error(status: int, kind: ErrorKind) -> None:
    with pytest.raises(TranslationError) as raised:
        Answers(Answer(b"{}", status)).client().get(URL)
    assert raised.value.kind is kind


@pytest.mark.parametrize(
    ("header", "seconds"), [("17", 17.0), ("", 0.0), ("soon", 0.0), ("²", 0.0), ("-1", 0.0)]
)
def test_an_error_carries_the_wait_that_the_service_asks_for(header: str, seconds: float) -> None:
    headers = {"Retry-After": header} if header else {}
    with pytest.raises(TranslationError) as raised:
        Answers(Answer(b"", 429, headers)).client().get(URL)
    assert raised.value.retry_after == seconds


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.ConnectTimeout("secret"), ErrorKind.TIMEOUT),
        (requests.ReadTimeout("secret"), ErrorKind.TIMEOUT),
        (requests.ConnectionError("secret"), ErrorKind.CONNECTION),
        (requests.exceptions.ChunkedEncodingError("secret"), ErrorKind.CONNECTION),
        (requests.exceptions.ContentDecodingError("secret"), ErrorKind.NO_TRANSLATION),
        (requests.exceptions.InvalidHeader("secret"), ErrorKind.NOT_SENT),
        (UnicodeEncodeError("latin-1", "secret–", 6, 7, "ordinal not in range(256)"), ErrorKind.NOT_SENT),
    ],
)
def test_an_error_of_the_network_has_a_kind_and_no_secret(error: Exception, kind: ErrorKind) -> None:
    with pytest.raises(TranslationError) as raised:
        Answers(error).client().get(URL)
    assert raised.value.kind is kind
    assert "secret" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_a_broken_address_is_not_sent() -> None:
    with pytest.raises(TranslationError) as raised:
        HttpClient().get("http://[::1/")
    assert raised.value.kind is ErrorKind.NOT_SENT


@pytest.mark.parametrize("size", [LONGEST_ANSWER, LONGEST_ANSWER + 1])
def test_an_answer_that_is_far_too_long_is_an_error(size: int) -> None:
    client = Answers(Answer(b"x" * size)).client()
    if size == LONGEST_ANSWER:
        assert len(client.get(URL).content) == size
        return
    with pytest.raises(TranslationError) as raised:
        client.get(URL)
    assert raised.value.kind is ErrorKind.TOO_LONG


def test_an_answer_has_the_text_in_its_encoding() -> None:
    headers = {"Content-Type": "text/html; charset=windows-1250"}
    response = Answers(Answer("żółw".encode("windows-1250"), 200, headers)).client().get(URL)
    assert (response.status_code, response.text) == (200, "żółw")
    assert Answers(Answer("żółw".encode())).client().get(URL).text == "żółw"
    assert HttpResponse(200, "żółw".encode(), "no-such-encoding").text == "żółw"
    response.close()


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a', b"\xff\xfe\xff", b"[" * 100_000])
def test_an_answer_that_is_not_json_is_an_error(body: bytes) -> None:
    with pytest.raises(TranslationError) as raised:
        HttpResponse(200, body, "utf-8").json()
    assert raised.value.kind is ErrorKind.NOT_JSON
    assert HttpResponse(200, b'{"a": [1]}', "utf-8").json() == {"a": [1]}


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def dripping(first: bytes, part: bytes) -> Iterator[str]:
    """The address of a service that sends ``first``, and then ``part`` twenty times a second."""
    stop = Event()

    def serve(door: socket.socket) -> None:
        line, _ = door.accept()
        with line, suppress(OSError):
            line.recv(65536)
            line.sendall(first)
            while not stop.wait(0.05):
                line.sendall(part)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = Thread(target=serve, args=(door,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            stop.set()
            thread.join(30)


@pytest.mark.parametrize(
    ("first", "part"),
    [
        (b"", b"H"),
        (HEAD + b"X: ", b"a"),
        (HEAD, b"X: a\r\n"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"a"),
        (HEAD + b"\r\n", b"a"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\0"),
    ],
)
def test_an_answer_that_trickles_is_given_up(first: bytes, part: bytes) -> None:
    with dripping(first, part) as url:
        start = time.monotonic()
        with pytest.raises(TranslationError) as raised:
            HttpClient((5.0, 5.0), longest=0.5).get(url)
        assert 0.4 < time.monotonic() - start < 10
    assert raised.value.kind in (ErrorKind.TOO_SLOW, ErrorKind.CONNECTION)
    if part != b"H":
        assert raised.value.kind is ErrorKind.TOO_SLOW


def test_the_whole_answer_has_a_limit_of_time_that_a_person_can_wait() -> None:
    assert 0 < HttpClient().longest <= 120


def test_an_unexpected_error_reaches_the_caller_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        HttpClient((1.0, 2.0), lambda: 1 // 0).get(URL)  # type: ignore[arg-type, return-value]
    assert time.monotonic() - start < 10


def test_an_answer_that_unpacks_to_far_more_is_an_error() -> None:
    packed = gzip.compress(b"a" * 200_000_000)
    headers = {"Content-Encoding": "gzip"}
    tracemalloc.start()
    try:
        with pytest.raises(TranslationError) as raised:
            Answers(Answer(packed, 200, headers)).client().get(URL)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert raised.value.kind is ErrorKind.TOO_LONG
    assert peak < 20_000_000
