"""Letters of another script, and words in two scripts, in scripts that no line of code names."""

import pytest

from parentguide.checks.translation.scripts import check_scripts, script_of
from parentguide.model.language import Language
from tests.unit.checks.samples import (
    ARABIC,
    ARMENIAN,
    BENGALI,
    CHINESE,
    GREEK,
    JAPANESE,
    KHMER,
    POLISH,
    THAI,
    codes,
    language,
    message,
)

KOREAN = language("ko", "Kore")
GEORGIAN = language("ka", "Geor")


@pytest.mark.parametrize(
    ("of", "english", "text", "found"),
    [
        (POLISH, "Ask us.", "Zapytaj нас.", ["PG531"]),
        (POLISH, "Ask us.", "Zapytаj nas.", ["PG532"]),  # a Cyrillic а
        (POLISH, "Ask us.", "Zapyt𝐚j nas.", ["PG532"]),  # a mathematical a
        (ARABIC, "Ask the school.", "اسألوا school.", ["PG531"]),
        (BENGALI, "Call the NSPCC.", "NSPCC-কে ফোন করুন।", []),
        (CHINESE, "Call the NSPCC.", "拨打NSPCC电话。", []),
        (CHINESE, "Call us.", "拨打us。", ["PG532"]),
        (KHMER, "Ask CEOP.", "សួរ CEOP។", []),
        (KHMER, "Ask us.", "សួរ us។", ["PG531"]),
        (THAI, "Ask us.", "ถาม us", ["PG531"]),
        (GREEK, "Ask us.", "Ρωτήστε μας.", []),
        (GREEK, "Ask us.", "Pωτήστε μας.", ["PG532"]),  # a Latin P
        (ARMENIAN, "Ask us.", "Հարցրեք մեզ։", []),
        (GEORGIAN, "Ask us.", "გვკითხეთ.", []),
        (GEORGIAN, "Ask us.", "Ask გვკითხეთ.", ["PG531"]),
        (JAPANESE, "Talk to the school.", "学校にメールで相談してください。", []),
        (JAPANESE, "Talk.", "상담하세요。", ["PG531"]),
        (KOREAN, "Talk to the school.", "학교(學校)에 말하세요.", []),
        # English that parents will hear, in brackets; a name after a colon, or with 's.
        (THAI, "Ask children's services.", "ถาม (children’s services)", []),
        (THAI, "Ask children's services.", "ถาม children’s services", ["PG531", "PG531"]),
        (THAI, "Ask children's services.", "ถาม (children's services, ถาม)", []),
        (THAI, "Ask children's services.", "ถาม (social services)", ["PG531", "PG531"]),
        (THAI, "**For you:** Childline, free", "**คุณ:** Childline", []),
        (THAI, "Ask Childline's staff.", "ถาม Childline", []),
        (THAI, "Say: “Listen.”", "Listen", ["PG531"]),
        (THAI, "**Listen:** ask us.", "**Listen:** us", ["PG531", "PG531"]),
        (POLISH, "(a) or (b)", "(a) lub (b)", []),
        (ARABIC, "(a) {nspcc}", "(a) {nspcc}", []),
        (language("xx", "Latin"), "Ask us.", "Zapytaj.", ["PG531"]),
    ],
)
def test_scripts(of: Language, english: str, text: str, found: list[str]) -> None:
    assert codes(check_scripts, english, text, of) == found


def test_the_scripts_of_a_mixed_word_are_named() -> None:
    problem = next(check_scripts(message("x", "Zapytаj")))
    assert problem.message == "“Zapytаj” mixes scripts: Cyrillic, Latin"


def test_a_modifier_letter_has_no_script() -> None:
    assert [script_of(char) for char in "aʼ1"] == ["Latn", "", ""]


def test_a_name_is_a_word_that_the_english_writes_like_one() -> None:
    # “Talk” is at the beginning of a sentence, so it is not a name; “Childline” is one.
    assert codes(check_scripts, "Talk to Childline.", "Talk Childline।", BENGALI) == ["PG531"]
