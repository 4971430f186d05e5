"""Requests through deep-translator: what is sent, and what its errors become."""

import json
import threading
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from deep_translator import exceptions as library

from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.providers import PROVIDERS
from parentguide.machine.request import Access, TranslationRequest
from parentguide.machine.translators import TRANSLATORS, error_kind, translate
from tests.unit.machine.adapters import Answer, Answers

REQUEST = TranslationRequest("Hello", "en", "es")
BODIES = {
    "google": b'<html><div class="result-container">Hola</div></html>',
    "mymemory": b'{"responseData": {"translatedText": "Hola"}, "matches": []}',
    "libre": b'{"translatedText": "Hola"}',
    "microsoft": b'[{"translations": [{"text": "Hola", "to": "es"}]}]',
    "apertium": b'{"responseData": {"translatedText": "Hola"}}',
}
REQUESTS = {**dict.fromkeys(BODIES, REQUEST), "mymemory": TranslationRequest("Hello", "en-GB", "es-ES")}


def test_each_provider_has_a_translator() -> None:
    assert list(TRANSLATORS) == [provider.name for provider in PROVIDERS]


@pytest.mark.parametrize("name", BODIES)
def test_each_provider_returns_the_translation_from_our_client(name: str) -> None:
    answers = Answers(Answer(BODIES[name]))
    access = Access("a-key", "http://own.example/base/", "westeurope")
    assert translate(name, REQUESTS[name], access, answers.client()) == "Hola"
    assert len(answers.requests) == 1
    assert answers.options[0]["timeout"] == (1.0, 2.0)


@pytest.mark.parametrize("name", ["google", "mymemory", "microsoft"])
def test_public_services_are_reached_through_https(name: str) -> None:
    answers = Answers(Answer(BODIES[name]))
    translate(name, REQUESTS[name], Access("a-key"), answers.client())
    assert urlsplit(str(answers.requests[0].url)).scheme == "https"


@pytest.mark.parametrize("key", ["", "a-key"])
def test_a_key_is_sent_to_libretranslate_only_if_there_is_one(key: str) -> None:
    answers = Answers(Answer(BODIES["libre"]))
    translate("libre", REQUEST, Access(key, "http://own.example/base"), answers.client())
    parts = urlsplit(str(answers.requests[0].url))
    assert parts.path == "/base/translate"
    assert parse_qs(parts.query).get("api_key", []) == ([key] if key else [])


@pytest.mark.parametrize("region", ["", "westeurope"])
def test_microsoft_gets_key_and_region_and_one_request(region: str) -> None:
    answers = Answers(Answer(BODIES["microsoft"]))
    translate("microsoft", REQUEST, Access("a-key", region=region), answers.client())
    (request,) = answers.requests
    assert request.headers["Ocp-Apim-Subscription-Key"] == "a-key"
    assert request.headers.get("Ocp-Apim-Subscription-Region", "") == region
    assert json.loads(request.body or "") == [{"text": "Hello"}]


def test_pseudolocalisation_sends_nothing() -> None:
    answers = Answers(AssertionError())
    assert translate("pseudo", REQUEST, Access(), answers.client()) != "Hello"
    assert answers.requests == []


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(b"", 429, {"Retry-After": "9"}), ErrorKind.RATE_LIMITED),
        (Answer(b"", 500), ErrorKind.SERVER_ERROR),
        (requests.ReadTimeout(), ErrorKind.TIMEOUT),
        (requests.ConnectionError(), ErrorKind.CONNECTION),
    ],
)
def test_errors_of_the_http_client_pass_through_the_library(
    name: str, answer: Answer | Exception, kind: ErrorKind
) -> None:
    with pytest.raises(TranslationError) as raised:
        translate(name, REQUESTS[name], Access("a-key", "http://own.example"), Answers(answer).client())
    assert raised.value.kind is kind
    assert raised.value.retry_after == (9 if kind is ErrorKind.RATE_LIMITED else 0)


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_of_another_form_is_not_a_translation(name: str) -> None:
    answers = Answers(Answer(b'{"other": 1}'))
    with pytest.raises(TranslationError) as raised:
        translate(name, REQUESTS[name], Access("a-key", "http://own.example"), answers.client())
    assert raised.value.kind is ErrorKind.NO_TRANSLATION


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (library.NotValidLength("text", 0, 5), ErrorKind.TEXT_TOO_LONG),
        (library.TooManyRequests(), ErrorKind.RATE_LIMITED),
        (library.AuthorizationException("a-key"), ErrorKind.KEY_REJECTED),
        (library.ServerException(500), ErrorKind.SERVER_ERROR),
        (library.RequestError(), ErrorKind.REFUSED),
        (library.MicrosoftAPIerror({"code": 400_036}), ErrorKind.REFUSED),
        (library.TranslationNotFound("text"), ErrorKind.NO_TRANSLATION),
        (StopIteration(), ErrorKind.NO_TRANSLATION),
        (RecursionError(), ErrorKind.NO_TRANSLATION),
    ],
)
def test_exceptions_of_the_library_have_a_kind(error: Exception, kind: ErrorKind) -> None:
    assert error_kind(error) is kind


def test_the_library_reports_an_error_inside_a_good_answer() -> None:
    body = b'{"error": {"code": 400036, "message": "bad target a-key"}}'
    with pytest.raises(TranslationError) as raised:
        translate("microsoft", REQUEST, Access("a-key"), Answers(Answer(body)).client())
    assert raised.value.kind is ErrorKind.REFUSED
    assert "a-key" not in str(raised.value)


def test_a_text_that_the_library_does_not_take_is_too_long() -> None:
    with pytest.raises(TranslationError) as raised:
        translate(
            "google",
            TranslationRequest("a" * 5_000, "en", "es"),
            Access(),
            Answers(AssertionError()).client(),
        )
    assert raised.value.kind is ErrorKind.TEXT_TOO_LONG


def test_no_module_of_the_library_changes() -> None:
    """While another thread is inside a request, the library's modules and classes are as they were."""
    inside, leave = threading.Event(), threading.Event()

    class Slow(Answers):
        def send(self, *arguments: object, **options: object) -> requests.Response:
            inside.set()
            assert leave.wait(30)
            return super().send(*arguments, **options)  # type: ignore[arg-type]

    slow = Slow(Answer(BODIES["google"]))
    module = import_module("deep_translator.google")
    before = dict(vars(module)), module.GoogleTranslator.translate
    thread = threading.Thread(target=translate, args=("google", REQUEST, Access(), slow.client()))
    thread.start()
    try:
        assert inside.wait(30)
        assert (dict(vars(module)), module.GoogleTranslator.translate) == before
        assert module.requests is requests
    finally:
        leave.set()
        thread.join()
