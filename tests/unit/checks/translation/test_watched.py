"""Kinds of errors that readings found, in the words of invented languages."""

import pytest

from parentguide.checks.translation.watched import check_watched
from parentguide.model.language import Language
from parentguide.translation.glossary import Glossary, Watch
from tests.unit.checks.samples import CHINESE, POLISH, catalog, language, message

TONGUE = Watch("tongue", "It is the tongue in the mouth.", words=("lingo",))
HINDI = language("hi", "Deva", stop="।")
TURKISH = language("tr")


def found(
    watch: Watch, english: str, text: str, of: Language = POLISH, context: str = "call-ceop"
) -> list[str]:
    texts = [message(english, text, of, context)]
    return [problem.message for _, problem in check_watched(catalog(texts, of, Glossary(watches=(watch,))))]


def test_a_word_is_found_with_its_kind_and_reason() -> None:
    [(_, problem)] = check_watched(
        catalog([message("Your language", "Tua Lingoa")], glossary=Glossary(watches=(TONGUE,)))
    )
    assert (problem.code, problem.severity) == ("PG584", "warning")
    assert problem.message == "“lingo” is a word to look at (tongue): It is the tongue in the mouth"


@pytest.mark.parametrize(
    ("of", "word", "text", "is_found"),
    [
        (POLISH, "lingo", "De lingo.", True),
        (POLISH, "lingo", "De **lingo**va.", True),
        (POLISH, "lingo", "Bilingo.", False),
        (TURKISH, "dili", "DİLİNİZ", True),
        (CHINESE, "舌", "你的舌头", True),
        (HINDI, "क", "मैंक", False),
        (HINDI, "क", "ऐ क", True),
        (POLISH, "lingo", "zły", False),
    ],
)
def test_a_word_counts_at_the_beginning_of_a_word(of: Language, word: str, text: str, is_found: bool) -> None:
    assert bool(found(Watch("tongue", "r", words=(word,)), "x", text, of)) is is_found


def test_a_whole_word_is_no_longer_word() -> None:
    formal = Watch("address", "The text is formal.", words=("tu",), whole_words=True)
    assert found(formal, "you", "Si tu, ven.")
    assert not found(formal, "you", "El tutor")
    assert not found(formal, "you", "El tú")
    # A vowel sign belongs to its letter.
    assert not found(Watch("address", "r", words=("त",), whole_words=True), "you", "ऐ तू", HINDI)


def test_another_word_can_make_it_right() -> None:
    sent_away = Watch("excluded", "It is also for a time.", words=("ekspel",), unless=("portemp",))
    assert found(sent_away, "excluded", "Ekspelita.")
    assert not found(sent_away, "excluded", "Ekspelita portempe aŭ ĉiam.")


def test_a_word_that_must_be_there_is_missed_where_the_english_has_its_own() -> None:
    sexual = Watch("abuse", "Abuse alone is misbehaviour.", needs=("seks", "eroti"), english="sexual abuse")
    assert found(sexual, "It is **sexual** abuse.", "Mistrakto.") == [
        "“seks” is missing (abuse): Abuse alone is misbehaviour"
    ]
    assert not found(sexual, "It is sexual abuse.", "Erotika mistrakto.")
    assert not found(sexual, "It is abuse.", "Mistrakto.")


def test_contexts_limit_a_watch() -> None:
    only = Watch("tongue", "r", words=("lingo",), only_in=("call-*", "title"))
    assert found(only, "x", "lingo")
    assert not found(only, "x", "lingo", context="say-1")
    but = Watch("tongue", "r", words=("lingo",), not_in=("say-*",))
    assert found(but, "x", "lingo")
    assert not found(but, "x", "lingo", context="say-1")
