"""Which words in the column “Your answer” are an answer, in every language."""

import pytest

from parentguide.model.domain import INTERFACE
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.review.sheet_words import SYNONYMS, answer_words, consents, plain
from parentguide.review.sheet_writer import LABELS, VERDICTS

PROJECT = Project()
TRANSLATIONS = [language for language in PROJECT.languages.values() if not language.is_source]


@pytest.mark.parametrize("language", TRANSLATIONS, ids=lambda language: language.tag)
def test_each_label_of_the_drop_down_is_its_answer_and_no_other_word_changes_its_meaning(
    language: Language,
) -> None:
    own = {context: entry.text for context, entry in PROJECT.catalog(language, INTERFACE).items()}
    words = answer_words(own)
    for context in VERDICTS:
        verdict = context.removeprefix("review.")
        for text in (LABELS[context], own[context], f"{LABELS[context]} / {own[context]}"):
            assert words[plain(text)] == verdict
    for verdict, texts in SYNONYMS.items():
        for text in texts:
            assert words[plain(text)] == verdict, text


@pytest.mark.parametrize("text", ["no", "n", "x", "OK?", "Right?", "not right?", "right or wrong", "", "👍"])
def test_a_word_that_may_mean_two_things_is_no_answer(text: str) -> None:
    assert plain(text) not in answer_words({})


@pytest.mark.parametrize(
    ("text", "agreed"),
    [("✓", True), ("Yes.", True), ("–", False), ("", False), ("no", False), ("ask her", None)],
)
def test_consent_is_given_only_in_clear_words(text: str, agreed: bool | None) -> None:
    assert consents(text) is agreed
