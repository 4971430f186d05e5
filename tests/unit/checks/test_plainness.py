"""Sentence and word length, and published measures."""

from pathlib import Path

import pytest

from parentguide.checks.plainness import plainness, sentences_of
from parentguide.checks.plainness_table import plainness_path, plainness_table
from parentguide.errors import Loc, SourceError
from parentguide.model.language import Language
from parentguide.project.plainness_file import Level, Measure, parse_plainness
from parentguide.project.project import Project, default_root
from tests.unit.checks.samples import (
    BENGALI,
    CHINESE,
    POLISH,
    TRANSLATIONS,
    language,
    small_project,
    translate,
)
from tests.unit.cli.run import run

HERE = Path("plainness.toml")
SHIPPED = parse_plainness((default_root() / "locales/plainness.toml").read_text("utf-8"), HERE)
SPANISH, TURKISH, ITALIAN, RUSSIAN = (
    language("es"), language("tr"), language("it"), language("ru", "Cyrl")
)  # fmt: skip


@pytest.mark.parametrize(
    ("of", "text", "sentences"),
    [
        (POLISH, "Zadzwoń. **Zaraz!** Kto?", ["Zadzwoń.", "Zaraz!", "Kto?"]),
        (POLISH, "Powiedz „tak.” Potem {nspcc}.", ["Powiedz „tak.”", "Potem {nspcc}."]),
        (POLISH, "Do 3.5 lat", ["Do 3.5 lat"]),
        (POLISH, "…", []),
        (BENGALI, "বলুন। শুনুন", ["বলুন।", "শুনুন"]),
        (CHINESE, "打电话。说吧。", ["打电话。", "说吧。"]),
    ],
)
def test_sentences_end_with_the_marks_of_the_language(of: Language, text: str, sentences: list[str]) -> None:
    assert sentences_of(text, of) == sentences


def test_lengths_are_words_or_where_spaces_do_not_separate_them_characters() -> None:
    found = plainness([("a", "Ala ma kota. Tak."), ("b", "Nie – nie")], POLISH)
    assert [(one.context, one.length) for one in found.sentences] == [("a", 3), ("a", 1), ("b", 2)]
    assert found.length == 2
    assert found.letters == pytest.approx((3 + 2 + 4 + 3 + 3 + 3) / 6)
    assert [one.length for one in found.longest(2)] == [3, 2]
    assert [one.length for one in plainness([("a", "打电话。")], CHINESE).sentences] == [3]


def syllables(of: Language, word: str) -> float:
    return plainness([("a", word)], of, SHIPPED[of.tag]).syllables


@pytest.mark.parametrize(
    ("of", "word", "count"),
    [
        (SPANISH, "explotación", 4),
        (SPANISH, "guitarra", 3),
        (SPANISH, "policía", 4),
        (SPANISH, "leer", 2),
        (SPANISH, "ayuda", 3),
        (SPANISH, "muy", 1),
        (TURKISH, "İSTİSMAR", 3),
        (POLISH, "dziecko", 2),
        (POLISH, "policja", 3),
        (POLISH, "w", 1),
        (RUSSIAN, "ребёнок", 3),
    ],
)
def test_syllables_are_found_in_the_spelling(of: Language, word: str, count: int) -> None:
    assert syllables(of, word) == count


def test_measures_are_as_they_were_published() -> None:
    """Each with a sentence of which the counts are plain: words, sentences, syllables or letters."""
    two = [("a", "casa cosa")]  # 2 words, 1 sentence, 4 syllables, 8 letters
    assert plainness(two, SPANISH, SHIPPED["es"]).value(SHIPPED["es"]) == pytest.approx(
        206.835 - 62.3 * 2 - 2
    )
    assert plainness(two, ITALIAN, SHIPPED["it"]).value(SHIPPED["it"]) == pytest.approx(89 + (300 - 80) / 2)
    assert plainness([("a", "kara kedi")], TURKISH, SHIPPED["tr"]).value(SHIPPED["tr"]) == pytest.approx(
        198.825 - 40.175 * 2 - 2.61 * 2
    )
    assert plainness([("a", "мама дома")], RUSSIAN, SHIPPED["ru"]).value(SHIPPED["ru"]) == pytest.approx(
        206.835 - 1.3 * 2 - 60.1 * 2
    )
    hard = plainness([("a", "Bezpieczeństwo to ja i ty.")], POLISH, SHIPPED["pl"])
    assert hard.hard == pytest.approx(20)
    assert hard.value(SHIPPED["pl"]) == pytest.approx(0.4 * (5 + 20))


def test_a_value_means_what_its_level_says() -> None:
    measure = Measure(name="m", source="s", base=0, levels=(Level(0, "hard"), Level(60, "easy")))
    assert [measure.meaning(value) for value in (-1, 0, 59.9, 60, 100)] == [
        "",
        "hard",
        "hard",
        "easy",
        "easy",
    ]


def test_no_sentences_have_no_value() -> None:
    found = plainness([], POLISH, SHIPPED["pl"])
    assert (found.length, found.letters, found.longest(3)) == (0, 0, ())
    with pytest.raises(ValueError, match="no sentences"):
        found.value(SHIPPED["pl"])


FILE = '[xx]\nname = "m"\nsource = "Somebody 1999"\nbase = 1\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (FILE.replace("Somebody 1999", " "), ("xx", "source")),
        (FILE.replace('source = "Somebody 1999"\n', ""), ("xx", "source")),
        (FILE + "syllables_per_word = 1\n", ("xx",)),
        (FILE + 'syllable = "["\n', ("xx", "syllable")),
        (FILE + 'syllable = "a"\nhard_words = 1\n', ("xx",)),
        (FILE + 'levels = [{ lowest = 2, means = "b" }, { lowest = 1, means = "a" }]\n', ("xx", "levels")),
        (FILE + "best = 3\n", ("xx",)),
    ],
)
def test_every_mistake_is_reported_with_its_place(text: str, place: Loc) -> None:
    with pytest.raises(SourceError) as caught:
        parse_plainness(text, HERE)
    assert [problem.loc for problem in caught.value.problems] == [place]


def test_the_table_has_a_row_for_each_language_and_its_longest_sentences(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", TRANSLATIONS)
    table = plainness_table(Project(tmp_path))
    assert "| English | en | 5.0 | " in table
    assert "| Polish | pl | 4.0 | " in table
    assert "FOG-PL: Gunning 1952" in table
    assert table.endswith("### Polish (pl)\n\n- 4, `talk`: Zadzwoń do nas: {nspcc}.\n")
    ran = run("quality", "--project", tmp_path)
    assert f"{plainness_path(project)}: written" in ran.out


def test_a_language_without_translations_has_no_figures(tmp_path: Path) -> None:
    assert "| Polish | pl | 0.0 | 0.0 | 0 | – | – | – |" in plainness_table(small_project(tmp_path))
