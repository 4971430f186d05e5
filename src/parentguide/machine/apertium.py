"""The HTTP service of Apertium (``apertium-apy``), which deep-translator does not know."""

from parentguide.machine.http import HttpClient


def translate(text: str, source: str, target: str, url: str, http: HttpClient) -> object:
    """The answer's field for the translation, whatever it contains.

    ``source`` and ``target`` are ISO 639-3 codes; ``url`` is the service's address. The request is
    ``/translate?langpair=eng|spa&q=…`` and the answer is JSON (README of apertium-apy). Raises
    :class:`~parentguide.machine.errors.TranslationError`, and ``LookupError`` or ``TypeError`` for JSON
    of another form.
    """
    response = http.get(
        f"{url.rstrip('/')}/translate",
        params={"langpair": f"{source}|{target}", "q": text, "markUnknown": "no"},
    )
    answer: object = response.json()["responseData"]["translatedText"]
    return answer
