"""How deep a text of TOML or JSON is nested: found before it is parsed, and in linear time.

A parser calls itself for each level, and so does whatever walks over its result.
"""

import re
from collections.abc import Iterator

# Files of this project have under six levels.
MOST_LEVELS = 30
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)
_TOML_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?"
    r"|\#[^\n]*",
    re.DOTALL,
)
_BRACKETS = re.compile(r"[\[\]{}]")
_ENDS_OF_KEYS = re.compile(r"[=,\[\]{}\n]")


def json_too_deep(text: str) -> bool:
    """Whether lists and objects are nested more than :data:`MOST_LEVELS` deep."""
    if text.count("[") + text.count("{") <= MOST_LEVELS:
        return False
    return any(level > MOST_LEVELS for level in _levels(_JSON_STRING.sub("", text)))


def toml_too_deep(text: str) -> bool:
    """Whether lists, tables or dotted keys are nested more than :data:`MOST_LEVELS` deep."""
    if text.count("[") + text.count("{") + text.count(".") <= MOST_LEVELS:
        return False
    bare = _TOML_STRING.sub("", text)
    if any(level > MOST_LEVELS for level in _levels(bare)):
        return True
    return any(part.count(".") >= MOST_LEVELS for part in _ENDS_OF_KEYS.split(bare))


def _levels(text: str) -> Iterator[int]:
    level = 0
    for match in _BRACKETS.finditer(text):
        level += 1 if match[0] in "[{" else -1
        yield level
