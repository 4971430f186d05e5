"""The protocol of apertium-apy."""

from urllib.parse import parse_qs, urlsplit

import pytest

from parentguide.machine import apertium
from tests.unit.machine.adapters import Answer, Answers


def test_a_request_has_the_pair_and_the_text() -> None:
    answers = Answers(Answer(b'{"responseData": {"translatedText": "Hola"}}'))
    assert (
        apertium.translate("Hello & bye", "eng", "spa", "http://a.example:2737/", answers.client()) == "Hola"
    )
    parts = urlsplit(str(answers.requests[0].url))
    assert (parts.netloc, parts.path) == ("a.example:2737", "/translate")
    assert parse_qs(parts.query) == {"langpair": ["eng|spa"], "q": ["Hello & bye"], "markUnknown": ["no"]}


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"responseData": null}'])
def test_json_of_another_form_is_an_error(body: bytes) -> None:
    with pytest.raises((LookupError, TypeError)):
        apertium.translate("Hello", "eng", "spa", "http://a.example", Answers(Answer(body)).client())
