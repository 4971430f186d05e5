"""Languages as people write them."""

from collections.abc import Sequence

import pytest

from parentguide.errors import InvalidValueError
from parentguide.project.project import Project
from parentguide.schools.values import parse_language, parse_languages


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("pl", "pl"),
        ("PL", "pl"),
        ("pa", "pa"),
        ("pa-guru", "pa-Guru"),
        ("pa_Guru", "pa-Guru"),
        ("PT-pt", "pt-PT"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("Polish", "pl"),
        ("polish speaking", "pl"),
        ("polski", "pl"),
        ("Farsi", "fa"),
        ("Persian", "fa"),
        ("Dari", "fa-AF"),
        ("mandarin", "zh-Hans"),
        ("Cantonese", "zh-Hant"),
        ("Chinese (Simplified)", "zh-Hans"),
        ("Panjabi", "pa"),
        ("Punjabi (Gurmukhi)", "pa-Guru"),
        ("Sorani", "ckb"),
        ("Kurdish (Kurmanji)", "ku"),
        ("اردو", "ur"),
        ("Română", "ro"),
        ("ROMANA", "ro"),
        ("Twi", "ak"),
    ],
)
def test_a_language_is_known_by_tag_and_by_name(written: str, tag: str) -> None:
    assert parse_language(written) == tag


def test_every_language_that_there_are_guides_in_is_known_by_its_english_name() -> None:
    project = Project()
    unknown = {}
    for tag, language in project.languages.items():
        for name in {language.spoken_as, language.english_name}:
            if name.startswith("Kurdish ("):
                continue
            found = parse_language(name)
            if tag not in project.tags_of([found]):
                unknown[tag] = name, found
    assert unknown == {}


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("Polish, Urdu", ("pl", "ur")),
        ("PL", ("pl",)),
        ("pl ur", ("pl", "ur")),
        ("en Polish", ("en", "pl")),
        ("Polish and Urdu", ("pl", "ur")),
        ("Polish; Urdu / Somali & Twi", ("pl", "ur", "so", "ak")),
        ("Haitian Creole, Simplified Chinese", ("ht", "zh-Hans")),
        (["PL", "polski", "Urdu, Farsi"], ("pl", "ur", "fa")),
        (["Polish", "and", "Urdu"], ("pl", "ur")),
        ("", ()),
        (" , ", ()),
    ],
)
def test_several_languages_may_be_separated_in_many_ways(
    written: str | Sequence[str], tags: tuple[str, ...]
) -> None:
    assert parse_languages(written) == tags


@pytest.mark.parametrize("written", ["xx", "Polsh", "all", "pl Klingonese", "ﬂ", "Chinese or Vulcanish"])
def test_a_language_that_nobody_knows_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a language that we know") as caught:
        parse_languages(written)
    assert "pa-Guru" in caught.value.remedy


def test_the_near_name_is_suggested() -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_language("Polsh")
    assert "Did you mean “Polish”?" in caught.value.remedy


def test_kurdish_alone_is_refused_because_its_speakers_differ() -> None:
    with pytest.raises(InvalidValueError, match="is not one language") as caught:
        parse_languages("Polish, Kurdish")
    assert "Kurmanji or Sorani" in caught.value.remedy
