"""Sentences that a translation has lost."""

import pytest

from parentguide.checks.translation.sentences import check_sentences, sentence_count
from parentguide.model.language import Language
from tests.unit.checks.samples import ARABIC, CHINESE, GREEK, KHMER, POLISH, THAI, codes

TWO = "Trust your feeling. Tell the school early."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("No end", 1),
        ("See www.example.org now.", 1),
        ("“Yes.” No!", 2),
        ("Why... so?", 2),
        ("1.5 m.", 1),
    ],
)
def test_sentences_of_english(text: str, count: int) -> None:
    assert sentence_count(text) == count


@pytest.mark.parametrize(
    ("of", "english", "text", "found"),
    [
        (POLISH, TWO, "Zaufaj sobie.", ["PG572"]),
        (POLISH, TWO, "Zaufaj sobie. Powiedz szkole.", []),
        (POLISH, "One. Two. Three.", "Jeden. Dwa, trzy.", []),
        (POLISH, "One. Two. Three. Four. Five.", "Jeden. Dwa. Trzy, cztery, pięć.", ["PG572"]),
        (POLISH, "One.", "Jeden", []),
        (ARABIC, TWO, "یقین کریں۔ اسکول کو بتائیں۔", []),
        (CHINESE, TWO, "相信自己。告诉学校。", []),
        (KHMER, TWO, "ជឿ។ប្រាប់សាលា។", []),
        (KHMER, TWO, "ជឿប្រាប់សាលា។", ["PG572"]),
        (GREEK, "Who? When?", "Ποιος; Πότε;", []),
        (THAI, TWO, "เชื่อใจตัวเอง", []),
    ],
)
def test_lost_sentences(of: Language, english: str, text: str, found: list[str]) -> None:
    assert codes(check_sentences, english, text, of) == found
