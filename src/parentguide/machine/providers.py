"""The engines: what each needs, what leaves the machine, and one call of each.

Each call makes a translator object of its own: one that is shared between threads gives
one message the answer to another (measured: 32 of 300).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any
from urllib.parse import urlsplit

from parentguide.errors import ProjectError
from parentguide.machine import language_codes
from parentguide.machine.http import WIRE, install


@dataclass(frozen=True, slots=True)
class Access:
    """How an engine is reached: a key, and the address of a server of one's own."""

    key: str = ""
    url: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """One engine. ``call(text, source, target, access)`` is one request with the engine's codes.

    ``rate`` is requests a second; ``longest`` the longest text in characters (0: no limit).
    """

    name: str
    about: str
    needs: str
    leaves: str
    table: Mapping[str, str | None]
    call: Callable[[str, str, str, Access], object]
    rate: float
    key_variable: str = ""
    url_variable: str = ""
    needs_url: bool = False
    longest: int = 0

    @property
    def version(self) -> str:
        """What made a draft, for the ledger."""
        if self.name == "pseudo":
            return f"pseudo, parentguide {metadata.version('parentguide')}"
        return f"{self.about}, deep-translator {metadata.version('deep-translator')}"

    def code(self, tag: str) -> str:
        """The engine's code. Raises :class:`ProjectError` where it does not know the language."""
        known = tag if self.name == "pseudo" else language_codes.code(self.table, tag)
        if known is None:
            raise ProjectError(
                f"{self.about} has no machine translation for “{tag}”",
                remedy="Choose another --provider (see --list-providers), or a human translator.",
            )
        return known


def _google(text: str, source: str, target: str, _: Access) -> object:
    from deep_translator import GoogleTranslator, google

    install(google)
    return GoogleTranslator(source=source, target=target).translate(text)


def _mymemory(text: str, source: str, target: str, _: Access) -> object:
    from deep_translator import MyMemoryTranslator, mymemory

    install(mymemory)
    translator = MyMemoryTranslator(source=source, target=target)
    # deep-translator has the plain http address.
    translator._base_url = translator._base_url.replace("http://api.mymemory", "https://api.mymemory")
    return translator.translate(text)


def _libre(text: str, source: str, target: str, access: Access) -> object:
    from deep_translator import LibreTranslator, libre

    install(libre)

    class AnyLanguage(LibreTranslator):  # type: ignore[misc]
        """Without its short table: the server says what it knows."""

        def _map_language_to_code(self, *languages: str) -> Iterator[str]:
            yield from languages

    # A key is demanded even for a server that wants none, and the address must end in "/".
    url = f"{access.url.rstrip('/')}/"
    translator = AnyLanguage(source=source, target=target, api_key=access.key or "none", custom_url=url)
    translator.api_key = access.key
    return translator.translate(text)


def _microsoft(text: str, source: str, target: str, access: Access) -> object:
    from deep_translator import MicrosoftTranslator, microsoft

    install(microsoft)

    class NoQuestions(MicrosoftTranslator):  # type: ignore[misc]
        """Without the request for a list of languages that each new object makes."""

        def _get_supported_languages(self) -> dict[str, str]:
            return {
                str(code): str(code)
                for code in (*language_codes.MICROSOFT.values(), language_codes.ENGLISH)
                if code
            }

    region = access.region or None
    translator = NoQuestions(source=source, target=target, api_key=access.key, region=region)
    return translator.translate(text)


def _apertium(text: str, source: str, target: str, access: Access) -> object:
    from parentguide.machine.apertium import ApertiumTranslator

    return ApertiumTranslator(source=source, target=target, url=access.url).translate(text)


def _pseudo(text: str, *_: object) -> object:
    from parentguide.machine.pseudo_locale import pseudo

    return pseudo(text)


PROVIDERS: Sequence[Provider] = (
    Provider(
        "google",
        "Google's web page",
        "nothing; it may refuse many requests",
        "each text, to Google",
        language_codes.GOOGLE,
        _google,
        rate=2,
        longest=5_000,
    ),
    Provider(
        "mymemory",
        "MyMemory",
        "nothing; a small number of words a day",
        "each text, to Translated srl, which may publish it",
        language_codes.MYMEMORY,
        _mymemory,
        rate=1,
        longest=500,
    ),
    Provider(
        "libre",
        "LibreTranslate",
        "--url or LIBRETRANSLATE_URL; LIBRETRANSLATE_KEY if the server wants one",
        "each text, to that server only",
        language_codes.LIBRE,
        _libre,
        rate=2,
        key_variable="LIBRETRANSLATE_KEY",
        url_variable="LIBRETRANSLATE_URL",
        needs_url=True,
    ),
    Provider(
        "microsoft",
        "Microsoft Translator",
        "MICROSOFT_TRANSLATOR_KEY, and MICROSOFT_TRANSLATOR_REGION if the key has one",
        "each text, to Microsoft",
        language_codes.MICROSOFT,
        _microsoft,
        rate=5,
        key_variable="MICROSOFT_TRANSLATOR_KEY",
        longest=50_000,
    ),
    Provider(
        "apertium",
        "Apertium",
        "--url or APERTIUM_URL: apertium-apy on your own machine, no key",
        "nothing, where it runs on this machine",
        language_codes.APERTIUM,
        _apertium,
        rate=50,
        url_variable="APERTIUM_URL",
        needs_url=True,
    ),
    Provider(
        "pseudo",
        "pseudo (for tests of layout: no language)",
        "nothing",
        "nothing",
        {},
        _pseudo,
        rate=10_000,
    ),
)


def provider(name: str) -> Provider:
    return next(p for p in PROVIDERS if p.name == name)


def access(chosen: Provider, environment: Mapping[str, str], url: str = "", key: str = "") -> Access:
    """What the engine needs, from the environment and the command line.

    Raises :class:`ProjectError` for what is missing; a key is never part of a message.
    """
    key = key or environment.get(chosen.key_variable, "").strip() if chosen.key_variable else ""
    url = url or environment.get(chosen.url_variable, "") if chosen.url_variable else ""
    if chosen.name == "microsoft" and not key:
        raise ProjectError(
            f"{chosen.about} needs a key", remedy=f"Set {chosen.key_variable}, or give --key-file."
        )
    if chosen.needs_url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise ProjectError(
                f"“{url}” is no address of a server" if url else f"{chosen.about} needs a server's address",
                remedy=f"Give --url or {chosen.url_variable}, such as http://localhost:2737.",
            )
    return Access(key, url, environment.get("MICROSOFT_TRANSLATOR_REGION", ""))


def described(error: BaseException, secret: str) -> str:
    """What went wrong in one line, without the key: some of deep-translator's errors carry it."""
    names: Mapping[str, str] = {
        "TooManyRequests": "the service says: too many requests",
        "AuthorizationException": "the service does not accept the key",
        "ServerException": "the service has a problem",
        "RequestError": "the service refused the request",
        "TranslationNotFound": "the service gave no translation",
        "MicrosoftAPIerror": "the service refused the request",
        "NotValidLength": "the text is too long for the service",
        "ConnectTimeout": "the service did not answer in time",
        "ReadTimeout": "the service did not answer in time",
        "ConnectionError": "the service cannot be reached",
        "JSONDecodeError": "the service answered with something that is no translation",
    }
    name = type(error).__name__
    if name == "MicrosoftAPIerror" and re.search(r"\b40[13]\d{3}\b", str(error)):
        name = "AuthorizationException"
    said: Any = names.get(name)
    if said is None:
        said = f"the service answered with something that is no translation ({name})"
    text = str(said)
    return text.replace(secret, "…") if secret else text


__all__ = ["PROVIDERS", "WIRE", "Access", "Provider", "access", "described", "provider"]
