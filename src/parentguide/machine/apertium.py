"""Apertium's HTTP service (``apertium-apy``) as a translator of deep-translator's kind."""

from collections.abc import Iterator

from deep_translator.base import BaseTranslator
from deep_translator.exceptions import RequestError, TooManyRequests, TranslationNotFound

from parentguide.machine.http import WIRE


class ApertiumTranslator(BaseTranslator):  # type: ignore[misc]
    """Translates with an engine that runs on one's own machine: no key, no account.

    ``source`` and ``target`` are ISO 639-3 codes, ``url`` the service's address. It answers
    ``/translate?langpair=eng|spa&q=…`` as JSON (apertium-apy's README).
    """

    def __init__(self, source: str, target: str, url: str) -> None:
        super().__init__(base_url=f"{url.rstrip('/')}/translate", source=source, target=target)

    def _map_language_to_code(self, *languages: str) -> Iterator[str]:
        yield from languages

    def translate(self, text: str, **_: object) -> str:
        response = WIRE.get(
            self._base_url,
            params={"langpair": f"{self._source}|{self._target}", "q": text, "markUnknown": "no"},
        )
        if response.status_code == 429:
            raise TooManyRequests
        if response.status_code != 200:
            raise RequestError
        answer = response.json()["responseData"]["translatedText"]
        if not isinstance(answer, str):
            raise TranslationNotFound(text)
        return answer
