"""Texts -> words, other characters, and the runs of words with marks."""

from parentguide.fonts.lexicon import lexicon_of, parts, runs_of


def test_words_end_at_spaces_marks_of_punctuation_brackets_and_letters_of_other_scripts() -> None:
    found = lexicon_of(["«کر»، (ہے)۔", "NSPCCپر", "۱۲ 999: کر"], "Arab")
    assert found.words == ("پر", "کر", "ہے")
    assert set(found.others) == set(" «»،()۔:۱۲")


def test_the_order_and_the_number_of_texts_do_not_matter() -> None:
    assert lexicon_of(["کر ہے", "پر", "پر"], "Arab") == lexicon_of(["پر", "کر ہے"], "Arab")


def test_marks_and_joiners_belong_to_their_word() -> None:
    assert parts("فورًا می‌شود", "Arab") == ["فورًا", " ", "می‌شود"]


def test_each_mark_begins_a_run_and_joiners_do_not() -> None:
    runs = runs_of(["می‌شود", "شدَّة"])
    assert [[run.text for run in parts] for parts in runs.values()] == [["شد", "\u064e", "\u0651ة"]]


def test_runs_with_the_same_letters_have_different_variants() -> None:
    runs = runs_of(["مد", "مدّ", "مدّت"])
    variants = [(run.text, run.variant) for parts in runs.values() for run in parts]
    assert ("مد", 2) in variants
    assert ("مد", 3) in variants
    assert len(variants) == len(set(variants))


def test_the_parts_of_a_text_are_the_whole_text() -> None:
    text = "«کر»، (ہے)۔ NSPCC پر 999 فورًا"
    assert "".join(parts(text, "Arab")) == text
