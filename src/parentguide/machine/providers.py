"""The translation providers: what each one needs, and which data leaves this machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from parentguide.errors import ProjectError
from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.request import Access, TranslationRequest

# The command line reads the list of providers at each start, so nothing here imports requests,
# deep-translator or Babel before a draft is made.
if TYPE_CHECKING:
    from parentguide.machine.http import HttpClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider.

    ``needs`` and ``leaves`` say what a user must have, and what is sent to whom. ``rate`` is requests a
    second. Texts must be shorter than ``longest`` characters (0: no limit). The variables are names in the
    environment. ``package`` is the one that speaks the provider's protocol.
    """

    name: str
    about: str
    needs: str
    leaves: str
    rate: float
    key_variable: str = ""
    region_variable: str = ""
    url_variable: str = ""
    needs_key: bool = False
    longest: int = 0
    package: str = "deep-translator"
    knows_every_language: bool = False

    @property
    def version(self) -> str:
        """What made a draft, for the ledger."""
        from importlib import metadata

        return f"{self.about}, {self.package} {metadata.version(self.package)}"

    def find_code(self, tag: str) -> str | None:
        """The provider's code for a BCP 47 tag, or None if it does not know the language."""
        if self.knows_every_language:
            return tag
        from parentguide.machine.language_codes import find_code, provider_codes

        return find_code(tag, provider_codes(self.name))

    def code(self, tag: str) -> str:
        """As :meth:`find_code`, but raises :class:`ProjectError` for a language that it does not know."""
        known = self.find_code(tag)
        if known is None:
            raise ProjectError(
                f"{self.about} has no machine translation for “{tag}”",
                remedy="Choose another --provider (see --list-providers), or a human translator.",
            )
        return known

    def translate(self, request: TranslationRequest, access: Access, http: "HttpClient") -> object:
        """The answer, not yet validated. Raises :class:`TranslationError` and nothing else."""
        from parentguide.machine.translators import translate

        try:
            return translate(self.name, request, access, http)
        except TranslationError as error:
            if error.kind is ErrorKind.KEY_REJECTED and not self.key_variable:
                # Services without keys answer 403 to a request that they do not like.
                raise TranslationError(ErrorKind.REFUSED, error.retry_after) from None
            raise


PROVIDERS: Sequence[Provider] = (
    Provider(
        name="google",
        about="Google's web page",
        needs="nothing; it may refuse many requests",
        leaves="each text, to Google",
        rate=2,
        longest=5_000,
    ),
    Provider(
        name="mymemory",
        about="MyMemory",
        needs="nothing; a small number of words a day",
        leaves="each text, to Translated srl, which may publish it",
        rate=1,
        longest=500,
    ),
    Provider(
        name="libre",
        about="LibreTranslate",
        needs="--url or LIBRETRANSLATE_URL; LIBRETRANSLATE_KEY if the server wants one",
        leaves="each text, to that server only",
        rate=2,
        key_variable="LIBRETRANSLATE_KEY",
        url_variable="LIBRETRANSLATE_URL",
    ),
    Provider(
        name="microsoft",
        about="Microsoft Translator",
        needs="MICROSOFT_TRANSLATOR_KEY, and MICROSOFT_TRANSLATOR_REGION if the key has one",
        leaves="each text, to Microsoft",
        rate=5,
        key_variable="MICROSOFT_TRANSLATOR_KEY",
        region_variable="MICROSOFT_TRANSLATOR_REGION",
        needs_key=True,
        longest=50_000,
    ),
    Provider(
        name="apertium",
        about="Apertium",
        needs="--url or APERTIUM_URL: apertium-apy on your own machine, no key",
        leaves="nothing, if it runs on this machine",
        rate=50,
        url_variable="APERTIUM_URL",
        package="parentguide",
    ),
    Provider(
        name="pseudo",
        about="pseudolocalisation",
        needs="nothing; it does not translate, it tests layouts",
        leaves="nothing",
        rate=10_000,
        package="parentguide",
        knows_every_language=True,
    ),
)


def provider(name: str) -> Provider:
    """The provider with that name, which must be one of :data:`PROVIDERS`."""
    return next(p for p in PROVIDERS if p.name == name)


def access(chosen: Provider, environment: Mapping[str, str], url: str = "", key: str = "") -> Access:
    """What the provider needs, from the command line (``url``, ``key``), else from the environment.

    Raises :class:`ProjectError` for what is missing. No message contains a key.
    """
    found = Access(
        key=_setting(key, chosen.key_variable, environment),
        url=_setting(url, chosen.url_variable, environment),
        region=_setting("", chosen.region_variable, environment),
    )
    if chosen.needs_key and not found.key:
        raise ProjectError(
            f"{chosen.about} needs a key", remedy=f"Set {chosen.key_variable}, or give --key-file."
        )
    if chosen.url_variable and not _is_server(found.url):
        raise ProjectError(
            f"“{found.url}” is not the address of a server"
            if found.url
            else f"{chosen.about} needs a server's address",
            remedy=f"Give --url or {chosen.url_variable}, such as http://localhost:2737.",
        )
    return found


def _setting(given: str, variable: str, environment: Mapping[str, str]) -> str:
    """A setting that the provider has, from the command line or the environment."""
    return (given or environment.get(variable, "")).strip() if variable else ""


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.password)
    )
