"""PG533: a text that looks more like another of the guide's languages than like its own.

The measure are triples of letters in all other translations of both languages (Cavnar and
Trenkle, 1994; here weighted by their logarithms): no detector on the package index knows
all of the forty, and those that know most bring a hundred megabytes of models.

It is silent where it is weak: for texts of few letters, between languages that write nearly
the same (:data:`_ALIKE`), and wherever the other language is not clearly nearer.
"""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import likeness, may_reach, own_likeness

_FEWEST = 40  # triples
# How much nearer, in nats a triple, the other language must be.
_CLEARLY = 0.35
# Persian of Iran and of Afghanistan differ by some words.
_ALIKE = ({"fa", "fa-AF"},)


def check_wrong_language(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    own = whole.own
    rivals = [
        other
        for other in whole.profiles
        if other.script == own.script
        and other.tag != own.tag
        and not any({own.tag, other.tag} <= alike for alike in _ALIKE)
    ]
    for pair, triples in zip(whole.pairs, whole.triples, strict=True) if rivals else ():
        count = sum(triples.values())
        if count < _FEWEST:
            continue
        wanted = own_likeness(triples, count, own) + _CLEARLY * count
        near = (rival for rival in rivals if may_reach(triples, count, rival, wanted))
        score, nearest = max(((likeness(triples, rival), rival.tag) for rival in near), default=(wanted, ""))
        if score > wanted:
            yield (
                pair,
                Problem(
                    "PG533",
                    Severity.WARNING,
                    f"reads like {nearest}, not like {pair.language.english_name}",
                    "Look whether a text of another language was pasted here.",
                ),
            )
