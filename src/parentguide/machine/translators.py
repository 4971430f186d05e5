"""One request to each provider, most of them through deep-translator.

Each request has a translator object of its own: threads that shared one would receive each other's
answers, because deep-translator stores the text in the object (measured: 32 of 300).

Decision: docs/decisions/0009-deep-translator-behind-limits.md.
"""

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType, MethodType, SimpleNamespace
from typing import TypeAlias

import requests
from deep_translator import GoogleTranslator, LibreTranslator, MicrosoftTranslator, MyMemoryTranslator
from deep_translator.base import BaseTranslator
from deep_translator.constants import (
    BASE_URLS,
    GOOGLE_LANGUAGES_TO_CODES,
    LIBRE_LANGUAGES_TO_CODES,
    MY_MEMORY_LANGUAGES_TO_CODES,
)
from deep_translator.exceptions import (
    AuthorizationException,
    MicrosoftAPIerror,
    NotValidLength,
    RequestError,
    ServerException,
    TooManyRequests,
)

from parentguide.machine import apertium
from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.http import HttpClient
from parentguide.machine.pseudo_locale import pseudolocalise
from parentguide.machine.request import Access, TranslationRequest

# A translator sends one request and returns the field of the answer that holds the translation,
# whatever the service has put there.
Translator: TypeAlias = Callable[[TranslationRequest, Access, HttpClient], object]

# The codes that deep-translator accepts, by provider. Its classes reject any other.
LIBRARY_CODES: Mapping[str, Sequence[str]] = {
    "google": tuple(GOOGLE_LANGUAGES_TO_CODES.values()),
    "mymemory": tuple(MY_MEMORY_LANGUAGES_TO_CODES.values()),
    "libre": tuple(LIBRE_LANGUAGES_TO_CODES.values()),
}

# deep-translator's own exceptions. HttpClient has reported a bad status before the library sees it,
# so these describe what the library found in a good answer, or in our text.
_KINDS: Sequence[tuple[type[Exception], ErrorKind]] = (
    (NotValidLength, ErrorKind.TEXT_TOO_LONG),
    (TooManyRequests, ErrorKind.RATE_LIMITED),
    (AuthorizationException, ErrorKind.KEY_REJECTED),
    (ServerException, ErrorKind.SERVER_ERROR),
    (RequestError, ErrorKind.REFUSED),
    (MicrosoftAPIerror, ErrorKind.REFUSED),
)


def translate(provider: str, request: TranslationRequest, access: Access, http: HttpClient) -> object:
    """The answer of the provider with that name. Raises :class:`TranslationError` and nothing else."""
    try:
        return TRANSLATORS[provider](request, access, http)
    except TranslationError:
        raise
    except Exception as error:  # noqa: BLE001 - deep-translator indexes answers without checks
        # “from None”: some of the library's errors contain the key.
        raise TranslationError(error_kind(error)) from None


def error_kind(error: Exception) -> ErrorKind:
    """The kind of an exception of deep-translator, or of one that an unexpected answer causes in it."""
    return next((kind for form, kind in _KINDS if isinstance(error, form)), ErrorKind.NO_TRANSLATION)


def _call(translator: BaseTranslator, text: str, http: HttpClient) -> object:
    """``translator.translate(text)`` with our HTTP client.

    deep-translator calls ``requests.get`` and ``requests.post`` and has no parameter for a time limit, a
    session or an adapter. So this object, and no other, gets a copy of the library's method in which the
    name ``requests`` means our client. No module changes, so no other thread sees the difference.
    """
    method = type(translator).translate
    ours = SimpleNamespace(get=http.get, post=http.post, exceptions=requests.exceptions)
    copy = FunctionType(
        method.__code__,
        {**method.__globals__, "requests": ours},
        method.__name__,
        method.__defaults__,
        method.__closure__,
    )
    translator.translate = MethodType(copy, translator)
    answer: object = translator.translate(text)
    return answer


class _MyMemory(MyMemoryTranslator):  # type: ignore[misc]
    """With an encrypted connection: the library has the address with ``http:``, and no parameter for it."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(source=source, target=target)
        self._base_url = BASE_URLS["MYMEMORY"].replace("http:", "https:", 1)


class _Microsoft(MicrosoftTranslator):  # type: ignore[misc]
    """Without a list of languages, which the library requests for each object, and without a time limit."""

    def __init__(self, request: TranslationRequest, access: Access) -> None:
        self._codes = {request.source: request.source, request.target: request.target}
        super().__init__(
            source=request.source, target=request.target, api_key=access.key, region=access.region or None
        )

    def _get_supported_languages(self) -> dict[str, str]:
        return self._codes


def _google(request: TranslationRequest, _: Access, http: HttpClient) -> object:
    return _call(GoogleTranslator(source=request.source, target=request.target), request.text, http)


def _mymemory(request: TranslationRequest, _: Access, http: HttpClient) -> object:
    return _call(_MyMemory(request.source, request.target), request.text, http)


def _libre(request: TranslationRequest, access: Access, http: HttpClient) -> object:
    translator = LibreTranslator(
        source=request.source,
        target=request.target,
        # The constructor demands a key, also for a server that needs none.
        api_key=access.key or "none",
        # The library appends “translate” to the address.
        custom_url=f"{access.url.rstrip('/')}/",
    )
    translator.api_key = access.key
    return _call(translator, request.text, http)


def _microsoft(request: TranslationRequest, access: Access, http: HttpClient) -> object:
    return _call(_Microsoft(request, access), request.text, http)


def _apertium(request: TranslationRequest, access: Access, http: HttpClient) -> object:
    return apertium.translate(request.text, request.source, request.target, access.url, http)


def _pseudo(request: TranslationRequest, *_: object) -> object:
    return pseudolocalise(request.text)


TRANSLATORS: Mapping[str, Translator] = {
    "google": _google,
    "mymemory": _mymemory,
    "libre": _libre,
    "microsoft": _microsoft,
    "apertium": _apertium,
    "pseudo": _pseudo,
}
