"""PG533: a text that looks more like another of the project's languages than like its own.

It compares the triples of letters in the text with those of all other translations into both
languages (Cavnar and Trenkle, 1994; here weighted by their logarithms). docs/decisions/0021 says why
there is no detector from the package index.

It is silent where it is weak: for a text of few letters, for a language of few translations,
between languages that are written nearly alike, and where the other language is not clearly nearer.
"""

from collections.abc import Iterator, Mapping

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import Profile, likeness, may_reach, own_likeness
from parentguide.model.language import Language

_SHORTEST = 40  # triples in the text
# Triples in the other texts of the language. With fewer, right texts of languages that are half
# translated are reported: measured with the first 1 to 60 messages of each of 40 languages.
_FEWEST = 3_600
# By how much the other language must be nearer, in nats a triple.
_CLEARLY = 0.35


def check_wrong_language(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    rivals = [other for other in catalog.profiles if _may_be_confused(catalog.language, other)]
    if not rivals:
        return
    for message, triples in zip(catalog.messages, catalog.triples, strict=True):
        nearest = _nearer_language(triples, catalog.own, rivals)
        if nearest:
            yield (
                message,
                Problem(
                    "PG533",
                    Severity.WARNING,
                    f"reads like {nearest}, not like {catalog.language.english_name}",
                    "Look whether a text of another language was pasted here.",
                ),
            )


def _may_be_confused(language: Language, other: Profile) -> bool:
    """Whether ``other`` is another language of the script, and not one that is written nearly alike."""
    return (
        other.script == language.script
        and other.tag not in (language.tag, *language.similar_to)
        and _without_region(other.tag) != _without_region(language.tag)
    )


def _without_region(tag: str) -> str:
    """The language of a BCP 47 tag: the Persian of Iran and of Afghanistan differ by some words."""
    return tag.split("-", maxsplit=1)[0]


def _nearer_language(triples: Mapping[str, int], own: Profile, rivals: list[Profile]) -> str:
    """The tag of the language that the text is clearly nearer to than to ``own``; "" if there is none."""
    count = sum(triples.values())
    if count < _SHORTEST or own.total - count < _FEWEST:
        return ""
    wanted = own_likeness(triples, count, own) + _CLEARLY * count
    near = (rival for rival in rivals if may_reach(triples, count, rival, wanted))
    score, tag = max(((likeness(triples, rival), rival.tag) for rival in near), default=(wanted, ""))
    return tag if score > wanted else ""
