"""The end of a sentence, spaces before marks, and brackets in pairs."""

import pytest

from parentguide.checks.translation.punctuation import check_punctuation
from parentguide.model.language import Language
from tests.unit.checks.samples import (
    ARABIC,
    ARMENIAN,
    BENGALI,
    CHINESE,
    GREEK,
    KHMER,
    POLISH,
    THAI,
    codes,
    message,
)


@pytest.mark.parametrize(
    ("of", "english", "text", "found"),
    [
        (POLISH, "Ask us.", "Zapytaj nas.", []),
        (POLISH, "Ask us.", "Zapytaj nas", ["PG551"]),
        (POLISH, "Ask us", "Zapytaj nas.", ["PG551"]),
        (POLISH, "Who?", "Kto.", ["PG551"]),
        (POLISH, "Say: “It is true.”", "Powiedz: „To prawda”.", []),
        (BENGALI, "Ask us.", "আমাদের বলুন.", ["PG551"]),
        (BENGALI, "Ask us.", "আমাদের বলুন।", []),
        (BENGALI, "Police, {police}. Do not wait.", "পুলিশ, {police}। অপেক্ষা নয়।", ["PG556"]),
        (BENGALI, "**Police, 999.** Do not wait.", "**পুলিশ, 999**। অপেক্ষা নয়।", ["PG556"]),
        (BENGALI, "Police, {police}. Do not wait.", "পুলিশ, {police} নম্বরে। অপেক্ষা নয়।", []),
        (BENGALI, "Checked: {reviewer}, {date}.", "যাচাই: {reviewer}, {date}।", []),
        (ARABIC, "Who?", "من؟", []),
        (CHINESE, "Show these words:", "请出示下面的话：", []),
        (KHMER, "Ask us.", "សួរយើង។", []),
        (KHMER, "Ask us.", "សួរយើង.", ["PG551"]),
        (THAI, "Ask us.", "ถามเรา", []),
        (THAI, "Ask us.", "ถามเรา.", ["PG551"]),
        (THAI, "Who?", "ใคร?", []),
        (GREEK, "Who?", "Ποιος;", []),
        (GREEK, "Who?", "Ποιος.", ["PG551"]),
        (ARMENIAN, "How are you?", "Ինչպե՞ս ես։", []),
        (ARMENIAN, "How are you?", "Ինչպես ես։", ["PG551"]),
        (ARMENIAN, "Ask us.", "Հարցրեք մեզ։", []),
        (POLISH, "Ask us, please.", "Zapytaj nas , proszę.", ["PG552"]),
        (POLISH, "Ask us.", "Zapytaj ¿nas.", []),
        (KHMER, "Ask us.", "សួរយើង ។", ["PG552"]),
        (POLISH, "Is it true?", "C’est vrai\u00a0?", []),
        (POLISH, "Abuse (CSE)", "Krzywdzenie (CSE", ["PG553"]),
        (CHINESE, "Abuse (CSE)", "侵害（CSE", ["PG553"]),
        (CHINESE, "Abuse (CSE)", "侵害CSE）", ["PG553"]),
        (POLISH, "Call {nspcc}", "Zadzwoń {nspcc", ["PG553"]),
        (POLISH, "Abuse (CSE) [x]", "Krzywdzenie (CSE) [x]", []),
        (POLISH, "x", "⦓ „x”", []),
    ],
)
def test_punctuation(of: Language, english: str, text: str, found: list[str]) -> None:
    assert codes(check_punctuation, english, text, of) == found


def test_the_finding_names_both_marks() -> None:
    problem = next(check_punctuation(message("Who?", "Kto.")))
    assert problem.message == "ends with full stop, but the English ends with question mark"
    problem = next(check_punctuation(message("Ask us.", "বলুন.", BENGALI)))
    assert (problem.message, problem.hint) == (
        "a sentence ends with “.”",
        "Language bn ends a sentence with “।”.",
    )
