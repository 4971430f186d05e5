"""Change single values of the front matter of ``guide.md``; all other lines stay as they are."""

import re
from collections.abc import Mapping
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.infra.files import newline_of
from parentguide.project.front_matter import FrontMatter, parse_front_matter

LONGEST_TITLE = 200
LONGEST_REASON = 500
_ENTRY = re.compile(r"[ \t]+(\d+)[ \t]*:")
_REST_OF_VALUE = re.compile(r"[ \t]+\S|[ \t]*\Z")
_INDENT = "  "


def with_title(text: str, title: str, path: Path | None = None) -> str:
    """``text``, a ``guide.md``, with another title in its front matter. Its blocks stay.

    Raises :class:`SourceError` for a title without words, and for front matter that cannot be read.
    """
    title = " ".join(title.split())
    if not title:
        raise SourceError("the guide has no title", remedy="Write one, such as “Walking to school”.")
    if len(title) > LONGEST_TITLE:
        raise SourceError(
            f"the title has {len(title)} characters", remedy=f"Write at most {LONGEST_TITLE} characters."
        )
    if parse_front_matter(text, path).title == title:
        return text
    changed = _with_key(text, "title", [f"title: {quoted_value(title)}"])
    _verify(parse_front_matter(changed, path).title == title, path)
    return changed


def with_reason(text: str, number: int, reason: str, path: Path | None = None) -> str:
    """``text``, a ``guide.md``, that leaves the newsletter's sentence ``number`` out for a reason.

    Raises :class:`SourceError` without a reason, and for front matter that cannot be read.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise SourceError(
            f"there is no reason why sentence {number} is left out",
            remedy="Write it in a few words, such as “An old date”. Whoever reads the guide next needs it.",
        )
    if len(reason) > LONGEST_REASON:
        raise SourceError(
            f"the reason has {len(reason)} characters", remedy=f"Write at most {LONGEST_REASON} characters."
        )
    front = parse_front_matter(text, path)
    return _with_exclude(text, front, {**front.exclude, number: reason}, path)


def without_reason(text: str, number: int, path: Path | None = None) -> str:
    """``text``, a ``guide.md``, that does not leave the newsletter's sentence ``number`` out any more.

    Raises :class:`SourceError` for front matter that cannot be read.
    """
    front = parse_front_matter(text, path)
    wanted = {key: reason for key, reason in front.exclude.items() if key != number}
    return _with_exclude(text, front, wanted, path)


def quoted_value(text: str) -> str:
    """Text as a quoted string of YAML or TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _with_exclude(text: str, front: FrontMatter, wanted: Mapping[int, str], path: Path | None) -> str:
    if wanted == front.exclude:
        return text
    lines = _key_lines(text, "exclude")
    kept = _entries(lines) if lines and lines[0].rstrip() == "exclude:" else {}
    # Without one entry for each number, the value is written in another way, such as in braces.
    known = kept if kept.keys() - {0} == front.exclude.keys() else {}
    new = ["exclude:", *known.get(0, [])]
    for number in sorted(wanted):
        same = front.exclude.get(number) == wanted[number]
        new += known[number] if same and number in known else [_entry(number, wanted[number], known)]
    changed = _with_key(text, "exclude", new if wanted else [])
    _verify(parse_front_matter(changed, path).exclude == wanted, path)
    return changed


def _entry(number: int, reason: str, known: Mapping[int, list[str]]) -> str:
    first = next((lines[0] for key, lines in known.items() if key), _INDENT)
    return f"{first[: len(first) - len(first.lstrip())] or _INDENT}{number}: {quoted_value(reason)}"


def _entries(lines: list[str]) -> dict[int, list[str]]:
    """The lines below ``exclude:`` by the number that they are about; a comment is with what is above it,
    and 0 has those above the first number."""
    found: dict[int, list[str]] = {}
    number = 0
    for line in lines[1:]:
        match = _ENTRY.match(line)
        if match:
            number = int(match[1])
        found.setdefault(number, []).append(line)
    return found


def _span(lines: list[str], key: str) -> tuple[int, int]:
    """The first line of a key and the line after its value; the end of the front matter for a new key."""
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    start = next((number for number in range(end) if re.match(rf"{key}[ \t]*:", lines[number])), end)
    stop = min(start + 1, end)
    while stop < end and _REST_OF_VALUE.match(lines[stop]):
        stop += 1
    return start, stop


def _key_lines(text: str, key: str) -> list[str]:
    lines = _lines(text)
    start, stop = _span(lines, key)
    return lines[start:stop]


def _with_key(text: str, key: str, new: list[str]) -> str:
    newline, lines = newline_of(text), _lines(text)
    start, stop = _span(lines, key)
    return newline.join((*lines[:start], *new, *lines[stop:]))


def _lines(text: str) -> list[str]:
    return text.split(newline_of(text))


def _verify(right: bool, path: Path | None) -> None:
    """The value reads back as it was meant, whatever stands around it."""
    if not right:
        raise SourceError(
            "the front matter is written in a way that cannot be changed here",
            path=path,
            line=1,
            remedy="Change it in the text, between the two lines --- at the top.",
        )
