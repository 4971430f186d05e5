"""Whether a machine's answer may go into a catalog, as a draft."""

import re
from collections.abc import Iterator, Mapping

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.machine.placeholders import ProtectedText, restore
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.review.judgement import judge

# What services say in place of a translation, in the answer's own field.
_NO_TRANSLATION = re.compile(
    r"<\s*(?:!doctype|html|body|head|script|title)\b|MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID "
    r"(?:SOURCE|TARGET|LANGUAGE|EMAIL)|IS AN INVALID|QUOTA|USAGE LIMIT|TOO MANY REQUESTS|"
    r"USED ALL AVAILABLE FREE TRANSLATIONS",
    re.IGNORECASE,
)
_LEAST, _MOST = 0.2, 4.0
_SHORTEST = 20


def rejection_reason(
    answer: object,
    masked: ProtectedText,
    english: str,
    context: str,
    language: Language,
    known: Mapping[str, str],
) -> tuple[str, str]:
    """(text, "") for an answer that may be a draft, ("", why not) for any other.

    ``known`` are texts of the language by the English they stand for: the text of another
    message is refused.
    """
    if not isinstance(answer, str) or not answer.strip():
        return "", "the engine gave nothing"
    if _NO_TRANSLATION.search(answer):
        return "", "the engine gave a page or a warning in place of a translation"
    text, reason = restore(answer, masked)
    reason = reason or _wrong(text, english, context, language, known)
    return ("", reason) if reason else (text, "")


def _wrong(text: str, english: str, context: str, language: Language, known: Mapping[str, str]) -> str:
    """The first thing that is wrong, or ""."""
    return next(_problems(text, english, TranslatedMessage(language, context, english, text), known), "")


def _problems(text: str, english: str, pair: TranslatedMessage, known: Mapping[str, str]) -> Iterator[str]:
    if not markup.PLACEHOLDER.sub("", text).strip(" *.,:;!?"):
        yield "the engine gave no words"
    if _is_unchanged(text, english):
        yield "the engine gave the English back"
    ratio = len(text) / len(english)
    if len(text) > _MOST * len(english) + _SHORTEST or (len(english) >= _SHORTEST and ratio < _LEAST):
        yield f"it is {ratio:.1f} times as long as the English"
    for other, words in known.items():
        if words.casefold() == text.casefold() and other.casefold() != english.casefold():
            yield f"it is the text of another message: “{other[:40]}”"
    yield from judge(pair).blocking()


def _is_unchanged(text: str, english: str) -> bool:
    def letters(words: str) -> str:
        return re.sub(r"\W", "", words).casefold()

    return letters(text) == letters(english)
