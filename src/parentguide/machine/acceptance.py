"""Whether a machine's answer may become a draft.

Decision: docs/decisions/0009-deep-translator-behind-limits.md.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import chain

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.machine.errors import RejectedAnswerError
from parentguide.machine.placeholders import ProtectedText, restore
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.review.judgement import judge

# What services write into the field of the answer that is for the translation.
_NO_TRANSLATION = re.compile(
    r"<\s*(?:!doctype|html|body|head|script|title)\b|MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID "
    r"(?:SOURCE|TARGET|LANGUAGE|EMAIL)|IS AN INVALID|QUOTA|USAGE LIMIT|TOO MANY REQUESTS|"
    r"USED ALL AVAILABLE FREE TRANSLATIONS",
    re.IGNORECASE,
)
# With its semicolon only: “R&D” and “&copy that” have no entity.
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
# How long a translation may be, in lengths of its source. The limits allow for a short source.
_SHORTEST_RATIO, _LONGEST_RATIO = 0.2, 4.0
_SHORT_SOURCE = 20


def accepted_text(
    answer: object,
    protected: ProtectedText,
    source: str,
    context: str,
    language: Language,
    known: Mapping[str, str],
) -> str:
    """The translation in ``answer``, with placeholders restored.

    ``source`` is the text that was to be translated, and ``language`` the one it is wanted in. ``known``
    are translations into that language by their source: an answer that equals the translation of another
    message is rejected. Raises :class:`RejectedAnswerError`.
    """
    if not isinstance(answer, str) or not answer.strip():
        raise RejectedAnswerError("the provider gave nothing")
    if _NO_TRANSLATION.search(answer):
        raise RejectedAnswerError("the provider gave a page or a warning in place of a translation")
    text = restore(_without_entities(answer, source), protected)
    # judge() decides what no translation may contain, whoever made it.
    message = judge(TranslatedMessage(language, context, source, text))
    problem = next(chain(_answer_problems(text, source, known), message.blocking()), "")
    if problem:
        raise RejectedAnswerError(problem)
    return text


def _without_entities(answer: str, source: str) -> str:
    """The answer with characters in place of entities, undone once: many services answer in HTML.

    “&amp;quot;” becomes “&quot;”, which the checks then find. A source that has entities of its own is
    about them, so they stay.
    """
    return answer if _ENTITY.search(source) else _ENTITY.sub(lambda match: unescape(match[0]), answer)


def _answer_problems(text: str, source: str, known: Mapping[str, str]) -> Iterator[str]:
    """What only a machine does wrong."""
    if not markup.PLACEHOLDER.sub("", text).strip(" *.,:;!?"):
        yield "the provider gave no words"
    if _letters(text) == _letters(source):
        yield "the provider gave the source text back"
    ratio = len(text) / len(source)
    too_short = len(source) >= _SHORT_SOURCE and ratio < _SHORTEST_RATIO
    if too_short or len(text) > _LONGEST_RATIO * len(source) + _SHORT_SOURCE:
        yield f"it is {ratio:.1f} times as long as the source text"
    for other, translation in known.items():
        if translation.casefold() == text.casefold() and other.casefold() != source.casefold():
            yield f"it is the text of another message: “{other[:40]}”"


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
