"""PG546: entities, tags and Markdown that the English does not have. Families would read the marks.

Editors, exporters and translation services leave them: ``&quot;``, ``<b>``, ``*word*``, ``[word](address)``.
The only markup of a message is ``**`` and placeholders (:mod:`parentguide.model.markup`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER, plain

# A service may put a space into an entity: “& quot;”. Without its semicolon only a few are certain.
_ENTITY = re.compile(
    r"[&＆]\s?(?:#\s?\d+|#\s?x[0-9a-f]+|(?P<name>[a-z][a-z0-9]*))\s?[;；]"
    r"|[&＆](?:quot|apos|nbsp|amp|lt|gt)(?![a-z0-9])",
    re.IGNORECASE,
)
_TAG = re.compile(r"[<＜]\s*[/!?／]?\s*[a-z][^<>＜＞]*[>＞]|<!--|</?\s*>", re.IGNORECASE)
_LINK = re.compile(r"!?\[[^\[\]]*\]\s?(?:\([^()]*\)|\[[^\[\]]*\])")
# BBCode and the like, and marks of a whole line: headings, quotations, list items, code.
_BRACKETED = re.compile(r"\[\s*/?\s*(?:b|i|u|s|url|code|quote|color|size)\b[^\[\]]*\]", re.IGNORECASE)
_LINE = re.compile(r"^\s*(?:#{1,6}\s|>\s|[*+]\s)|`+|~~|\\(?=[*_`\[\](){}<>#\"'nrt\\])")
# Emphasis with the same marks on both sides of words (CommonMark 0.31, 6.2).
_EMPHASIS = (
    r"(?<![{edge}{mark}]){marks}(?![\s{mark}])(?:(?!{mark}).)+?(?<![\s{mark}]){marks}(?![{edge}{mark}])"
)
_WORDS_APART = tuple(
    re.compile(_EMPHASIS.format(mark=mark, marks=marks, edge=r"\w"))
    for mark, marks in ((r"\*", r"\*"), ("_", "_"), ("_", "__"))
)
# Where no spaces separate words, marks may be between letters.
_WORDS_TOGETHER = tuple(
    re.compile(_EMPHASIS.format(mark=mark, marks=marks, edge=""))
    for mark, marks in ((r"\*", r"\*"), ("_", "_"), ("_", "__"))
)


def check_foreign_markup(message: TranslatedMessage) -> Iterator[Problem]:
    spaced = message.language.word_spaces
    added = Counter(_marks(message.text, spaced)) - Counter(_marks(message.english, True))
    if added:
        shown = ", ".join(f"“{mark[:40]}”" for mark in added)
        yield Problem(
            "PG546",
            Severity.ERROR,
            f"marks of a web page or of Markdown: {shown}",
            "Delete them, or write the character that they stand for: families read them as they are.",
        )


def _marks(text: str, spaced: bool) -> Iterator[str]:
    """Each entity, tag and mark in a text, as it is written."""
    words = PLACEHOLDER.sub("x", plain(text))
    for match in _ENTITY.finditer(words):
        if match["name"] is None or f"{match['name']};" in html5 or f"{match['name'].lower()};" in html5:
            yield match[0]
    for pattern in (_TAG, _LINK, _BRACKETED, _LINE, *(_WORDS_APART if spaced else _WORDS_TOGETHER)):
        for match in pattern.finditer(words):
            yield match[0].strip()
