"""A BCP 47 tag -> the code that a provider uses for the language.

A rule finds the code among those that the provider knows, with CLDR's data (through Babel).
``language_codes.toml`` has the exceptions, and what a provider knows where deep-translator has no list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from parentguide.infra.files import read_text
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml

_PATH = Path(__file__).with_name("language_codes.toml")


@dataclass(frozen=True, slots=True)
class ProviderCodes:
    """One table of ``language_codes.toml``.

    ``known`` are the provider's codes; empty where deep-translator lists them. ``exceptions`` are codes by
    our tag where the rule finds a wrong one; "" where the provider does not know the language.
    """

    known: tuple[str, ...] = ()
    exceptions: dict[str, str] = field(default_factory=dict)


def parse_codes(text: str, path: Path | None = None) -> dict[str, ProviderCodes]:
    """The tables by the provider's name. Raises :class:`~parentguide.errors.SourceError`."""
    return structure(parse_toml(text, path), dict[str, ProviderCodes], path)


@cache
def provider_codes(provider: str) -> ProviderCodes:
    """The provider's table, with its known codes."""
    from parentguide.machine.translators import LIBRARY_CODES

    table = parse_codes(read_text(_PATH), _PATH).get(provider, ProviderCodes())
    return ProviderCodes(table.known or tuple(LIBRARY_CODES[provider]), table.exceptions)


def find_code(tag: str, codes: ProviderCodes) -> str | None:
    """The provider's code for ``tag``, or None if it does not know the language."""
    if tag in codes.exceptions:
        return codes.exceptions[tag] or None
    known = {code.casefold(): code for code in codes.known}
    try:
        subtags = _Subtags.of(tag)
    except ValueError:
        return None
    found = (known[code.casefold()] for code in subtags.codes() if code.casefold() in known)
    return next(found, None) or subtags.only_region(codes.known)


@dataclass(frozen=True, slots=True)
class _Subtags:
    """A tag with what CLDR adds to it (UTS #35, “Likely Subtags”).

    ``same`` are other codes for exactly the tag, as prs is for fa-AF; ``languages`` the language and
    other codes for it. ``has_usual_script`` is false for pa-Arab and zh-HK, as pa means pa-Guru and zh
    means zh-Hans.
    """

    tag: str
    same: tuple[str, ...]
    languages: tuple[str, ...]
    region: str
    has_usual_script: bool

    @classmethod
    def of(cls, tag: str) -> "_Subtags":
        """Raises :class:`ValueError` for a tag without a language."""
        from babel.core import get_global, parse_locale

        likely = get_global("likely_subtags")
        language, region, script = parse_locale(tag, sep="-")[:3]
        usual = parse_locale(likely.get(language, language))
        narrowed = f"{language}_{script or region}"
        full = parse_locale(likely[narrowed]) if narrowed in likely else usual
        return cls(
            tag=tag,
            same=_aliases(f"{language}_{region}") if region else (),
            languages=(language, *_aliases(language)),
            region=region or full[1] or "",
            has_usual_script=(script or full[2]) == usual[2],
        )

    def codes(self) -> Iterator[str]:
        """Codes that mean the tag, the most exact first: pt-PT, pt; zh-Hant, zh-TW; fa-AF, prs, prs-AF."""
        yield self.tag
        yield from self.same
        if self.region:
            yield from (f"{language}-{self.region}" for language in (*self.same, *self.languages))
        if self.has_usual_script:
            yield from self.languages

    def only_region(self, known: Iterable[str]) -> str | None:
        """The provider's code of the language in another region, if it has exactly one: ps-PK for ps."""
        found = [code for code in known if code.split("-")[0] in self.languages]
        return found[0] if self.has_usual_script and len(found) == 1 else None


def _aliases(locale: str) -> tuple[str, ...]:
    """Other codes for a language or locale in CLDR, sorted: heb and iw for he, drw, prs and tnf for fa_AF."""
    from babel.core import get_global

    aliases = get_global("language_aliases").items()
    return tuple(sorted(alias for alias, preferred in aliases if preferred == locale))
