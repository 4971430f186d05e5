"""Lines of attributes, such as ``{#an-id covers="3"}``: what they say, and changes of single values.

Everything else on a line stays as it is, comments too.
"""

import re
from collections.abc import Mapping, Sequence

from mdit_py_plugins.attrs.parse import ParseError, parse

# As the parser sees the inside of the braces.
_TOKEN = re.compile(
    r"""(?P<comment>%[^%]*%?) | \#(?P<id>[^\s}]*) | \.(?P<class>[^\s}]*)
    | (?P<key>[\w:-]+)=(?P<value>"(?:[^"\\]|\\.)*"|[\w:-]*)""",
    re.VERBOSE,
)
_ORDER = ("id", "class", "covers", "when", "unless", "source", "verified_on", "note")


def attributes_of(line: str) -> dict[str, str] | None:
    """What a line says by key; None if it is no line of attributes."""
    text = line.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        return parse(text)[1]
    except ParseError:
        return None


def merged(lines: Sequence[str]) -> dict[str, str]:
    """What the lines before a block say together: a later line counts, and classes are all kept."""
    found: dict[str, str] = {}
    for line in lines:
        values = attributes_of(line) or {}
        classes = " ".join(filter(None, (found.get("class", ""), values.get("class", ""))))
        found |= values
        if classes:
            found["class"] = classes
    return found


def attribute_lines(values: Mapping[str, str]) -> list[str]:
    """New lines that say ``values``: one for all but the note, and one for the note."""
    shown = {key: values[key] for key in _ORDER if values.get(key)}
    note = shown.pop("note", "")
    first = "{" + " ".join(_written(key, value) for key, value in shown.items()) + "}"
    return [*([first] if shown else []), *(["{" + _written("note", note) + "}"] if note else [])]


def revised(lines: Sequence[str], wanted: Mapping[str, str]) -> list[str]:
    """``lines`` with other values; an empty one is taken off, and a new one is added.

    The lines have no white space around them.
    """
    before = merged(lines)
    changed = {key: value for key, value in wanted.items() if before.get(key, "") != value}
    result: list[str] = []
    seen: set[str] = set()
    for line in lines:
        result.append(_revised_line(line, changed))
        seen |= (attributes_of(line) or {}).keys()
    result = [line for line in result if line != "{}"]
    new = attribute_lines({key: value for key, value in changed.items() if key not in seen})
    for line in new:
        if result and not line.startswith('{note="'):
            result[0] = f"{result[0][:-1].rstrip()} {line[1:]}"
        else:
            result.append(line)
    return result


def _revised_line(line: str, changed: Mapping[str, str]) -> str:
    if attributes_of(line) is None:
        return line
    classes_written = False

    def replacement(match: re.Match[str]) -> str:
        nonlocal classes_written
        key = match["key"] or match.lastgroup or ""
        if key == "comment" or key not in changed:
            return match[0]
        if key == "class":
            # All classes of the line become one run where the first of them was.
            if classes_written:
                return ""
            classes_written = True
        return _written(key, changed[key]) if changed[key] else ""

    inside = line.strip()[1:-1]
    new = _TOKEN.sub(replacement, inside)
    # White space around what was taken off goes with it; elsewhere it stays.
    return "{" + (new if new == inside else _tidied(new)) + "}"


def _tidied(inside: str) -> str:
    kept = re.compile(r'"(?:[^"\\]|\\.)*"|%[^%]*%?|\s+')
    return kept.sub(lambda match: " " if match[0].isspace() else match[0], inside).strip()


def _written(key: str, value: str) -> str:
    if key == "id":
        return f"#{value}"
    if key == "class":
        return " ".join(f".{name}" for name in value.split())
    return f'{key}="{value}"'
