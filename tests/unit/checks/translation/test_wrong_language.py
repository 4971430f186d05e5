"""A text of another language among a language's own."""

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.checks.translation.trigrams import profile, triples_of
from parentguide.checks.translation.wrong_language import check_wrong_language
from parentguide.model.language import Language
from tests.unit.checks.samples import catalog, catalog_codes, language, message

# Invented words, so that the languages differ as much as real ones and the test needs no catalog.
WORDS = [
    "Porozmawiaj z nami o wszystkim, co martwi ciebie albo twoje dziecko, nawet bez dowodów.",
    "Szkoła pomoże znaleźć kogoś, kto wysłucha rodziców spokojnie i bez oceniania.",
]
OTHER = ["Hvis du er bekymret for barnet ditt, kan du snakke med skolen når som helst, også uten bevis."]
FOREIGN = "Du kan snakke med skolen om barnet ditt når som helst."
ENOUGH = 30


def polish(of: Language, count: int, foreign: str = FOREIGN) -> list[TranslatedMessage]:
    own = [message("x", WORDS[number % 2], of, f"own-{number}") for number in range(count)]
    return [*own, message("x", foreign, of, "foreign")]


def found(
    of: Language, other: Language, count: int = ENOUGH * 2, foreign: str = FOREIGN
) -> list[tuple[str, str]]:
    rival = profile(other.tag, other.script, [triples_of(text) for text in OTHER * ENOUGH])
    return catalog_codes(check_wrong_language, catalog(polish(of, count, foreign), of, others=[rival]))


def test_a_foreign_text_is_found() -> None:
    assert found(language("pl"), language("nb")) == [("foreign", "PG533")]


def test_the_nearest_language_is_named() -> None:
    rival = profile("nb", "Latn", [triples_of(text) for text in OTHER * ENOUGH])
    of = catalog(polish(language("pl"), ENOUGH * 2), language("pl"), others=[rival])
    [(_, problem)] = check_wrong_language(of)
    assert problem.message == "reads like nb, not like Language pl"


def test_languages_that_are_written_alike_are_not_told_apart() -> None:
    assert found(language("da", similar_to=("nb",)), language("nb")) == []
    assert found(language("fa-AF"), language("fa")) == []


def test_another_script_is_not_a_rival() -> None:
    assert found(language("pl"), language("sr", "Cyrl")) == []


def test_a_short_text_is_not_judged() -> None:
    assert found(language("pl"), language("nb"), foreign="Snakke med skolen når som helst") == []


def test_a_language_with_few_translations_is_not_judged() -> None:
    assert found(language("pl"), language("nb"), count=ENOUGH) == []
