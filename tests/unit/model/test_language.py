"""Languages and their tags."""

import pytest

from parentguide.model.language import SOURCE_LOCALE, Language, PrintStyle


def language(tag: str) -> Language:
    return Language(tag, "Name", "name", "ltr", "Latn", PrintStyle(("Source Sans 3",)))


@pytest.mark.parametrize(
    ("tag", "locale"), [("pl", "pl"), ("pa-Arab", "pa_Arab"), ("zh-Hans-CN", "zh_Hans_CN")]
)
def test_the_locale_is_the_tag_with_underscores(tag: str, locale: str) -> None:
    assert language(tag).locale == locale


def test_only_the_language_of_the_guides_is_the_source() -> None:
    assert language(SOURCE_LOCALE).is_source
    assert not language("en-GB").is_source
    assert not language("pl").is_source
