"""The lines of a PO file -> its entries. Every line is checked; nothing is repaired. Pure.

The grammar is that of GNU gettext 0.21, read from the errors of ``msgfmt``. Babel repairs a broken
file without a warning (a missing quotation mark becomes an empty msgstr, equal messages are joined).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from parentguide.errors import Problem
from parentguide.translation.po.entries import Entry, Previous
from parentguide.translation.po.strings import STRING, unknown_escape, unquoted

_STATEMENT = re.compile(rf"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?({STRING})")
_PREVIOUS = re.compile(r"#~?\|\s*(.*)")
# Versions up to 0.1.0 wrote “#|” back as “# |” whenever they rewrote a file.
_PREVIOUS_AS_COMMENT = re.compile(r"#\s+\|\s*(.*)")
_PREVIOUS_FIELD = re.compile(r'(msgctxt|msgid|msgid_plural)\s+(".*)')
_WHOLE_STRINGS = re.compile(rf"\s*(?:{STRING}\s*)*")
_ENDS_WITHIN_ESCAPE = re.compile(r'"(?:[^"\\]|\\.)*\\')
_NEW_LINE = re.compile(r"\r\n|\r|\n")

# Which keywords may follow a keyword; "" is the beginning of a message.
_FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[]": ("msgstr[]", "msgctxt", "msgid"),
}
_COMPLETE = ("", "msgstr", "msgstr[]")

_COMPLETE_STRING = 'Write a keyword and a text in "…"; check the last quotation mark.'
_ORDER = "Write msgctxt, msgid and msgstr for each message, in this order, with comments before them."
_OBSOLETE = "Write “#~” before each line of the message, or before none."
_PREVIOUS_REMEDY = "Delete the “#|” line, or complete it."


@dataclass(frozen=True, slots=True)
class PoLines:
    """The entries in the file's order, the comments after the last one, and all mistakes."""

    entries: tuple[Entry, ...]
    end: tuple[str, ...]
    mistakes: tuple[Problem, ...]


def read_lines(text: str) -> PoLines:
    """Check every line of a PO file. Finds all mistakes; raises nothing."""
    reader = _Reader()
    lines = _NEW_LINE.split(text)
    for number, line in enumerate(lines, 1):
        reader.read(number, line.strip())
    reader.end(len(lines))
    return PoLines(tuple(reader.entries), tuple(reader.entry.lines), tuple(reader.mistakes))


def _open_end(text: str) -> str:
    """What decides how the text after ``text`` is read; empty if ``text`` has whole strings only.

    >>> _open_end('"a" "b'), _open_end('"a" "b\\\\'), _open_end('"a"'), _open_end('"a" b')
    ('"', '"\\\\', '', 'b')
    """
    found = _WHOLE_STRINGS.match(text)
    rest = text[found.end() :] if found else text
    if not rest.startswith('"'):
        return rest[:1]
    return '"\\' if _ENDS_WITHIN_ESCAPE.fullmatch(rest) else '"'


@dataclass(slots=True)
class _PreviousFields:
    """The fields of ``#|`` lines as they are written, gathered until the msgid of their message."""

    raw: dict[str, list[str]] = field(default_factory=dict)
    # What is still open in each field (see _open_end): to look at all lines again for each takes too long.
    open: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    last: str = ""

    def add(self, number: int, body: str) -> bool:
        """Add the text after ``#|``; false if it is neither a field nor the rest of one."""
        if match := _PREVIOUS_FIELD.fullmatch(body):
            self.last = match[1]
            self.raw[self.last] = [match[2]]
            self.open[self.last] = _open_end(match[2])
            self.lines[self.last] = number
        elif self.last:
            # The line is a further string, or the rest of one that Babel's writer broke at a space.
            self.raw[self.last].append(body)
            self.open[self.last] = _open_end(f"{self.open[self.last]} {body}")
        return bool(self.last)

    def continues(self, body: str) -> bool:
        """Whether ``body`` is the rest of the last field."""
        return bool(self.last) and (body.startswith('"') or bool(self.open[self.last]))

    def broken(self) -> list[int]:
        """The lines of fields whose last string does not end."""
        return [self.lines[key] for key, rest in self.open.items() if rest]

    def previous(self) -> Previous | None:
        """The whole fields; None if there is no msgid."""
        texts = {
            key: "".join(map(unquoted, re.findall(STRING, " ".join(lines))))
            for key, lines in self.raw.items()
        }
        if "msgid" not in texts:
            return None
        ids = tuple(texts[key] for key in ("msgid", "msgid_plural") if key in texts)
        return Previous(texts.get("msgctxt", ""), ids)


@dataclass(slots=True)
class _OpenEntry:
    """An entry while its lines are read. ``texts`` has the strings of each keyword."""

    lines: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    fields: _PreviousFields = field(default_factory=_PreviousFields)
    comments: _PreviousFields = field(default_factory=_PreviousFields)
    obsolete: bool = False

    def text(self, keyword: str) -> str | None:
        return "".join(map(unquoted, self.texts[keyword])) if keyword in self.texts else None

    def finished(self) -> Entry | None:
        """The entry; None if lines of it are missing."""
        strings = [
            text for key in self.texts if key.startswith("msgstr") and (text := self.text(key)) is not None
        ]
        if "msgid" not in self.texts or not strings:
            return None
        flags = [flag.strip() for line in self.lines if line.startswith("#,") for flag in line[2:].split(",")]
        previous = self.fields.previous()
        if previous is None and "fuzzy" in flags:
            # A comment of an earlier version says nothing of a translation that somebody has checked.
            previous = self.comments.previous()
        return Entry(
            str(self.text("msgid")),
            tuple(strings),
            self.text("msgctxt"),
            self.text("msgid_plural"),
            comments=tuple(line for line in self.lines if not line.startswith(("#.", "#:", "#,"))),
            notes=tuple(line for line in self.lines if line.startswith("#.")),
            places=tuple(line for line in self.lines if line.startswith("#:")),
            flags=tuple(dict.fromkeys(flag for flag in flags if flag)),
            previous=previous,
            obsolete=self.obsolete,
            line=self.numbers["msgid"],
            context_line=self.numbers.get("msgctxt", 0),
        )


class _Reader:
    """Reads the lines of one file in turn. ``entry`` is the one that is open."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.entry = _OpenEntry()
        self.mistakes: list[Problem] = []
        self._contexts: dict[str, int] = {}
        # The last keyword of the message; None after a broken line, which anything may follow.
        self._keyword: str | None = ""
        self._last = ""  # the same keyword as it is written, such as msgstr[1]

    def read(self, number: int, line: str) -> None:
        obsolete = line.startswith("#~") and not _PREVIOUS.match(line)
        body = line[2:].lstrip() if obsolete else line
        if body.startswith("#"):
            self._end_message(number, "is before this comment")
            if not self._is_previous(number, body):
                self.entry.lines.append(body)
        else:
            self._statement(number, body, obsolete=obsolete)

    def end(self, number: int) -> None:
        self._end_message(number, "is the last of the file")

    def _end_message(self, number: int, where: str) -> None:
        if self._keyword is not None and self._keyword not in _COMPLETE:
            self._mistake(number, f"the message that {where} has no msgstr", _ORDER)
        if self._keyword != "":
            self._close()
        self._keyword = ""

    def _close(self) -> None:
        """Keep the open entry, and open the next one."""
        entry = self.entry.finished()
        if entry is not None:
            self.entries.append(entry)
        self.entry = _OpenEntry()

    def _is_previous(self, number: int, line: str) -> bool:
        """Whether the comment is part of a ``#|`` field, which is then read."""
        fields, comments = self.entry.fields, self.entry.comments
        if match := _PREVIOUS.match(line):
            comments.last = ""
            if not fields.add(number, match[1]):
                self._mistake(number, "“#|” has no msgctxt or msgid after it", _PREVIOUS_REMEDY)
            return True
        fields.last = ""
        match = _PREVIOUS_AS_COMMENT.match(line)
        if match and (_PREVIOUS_FIELD.fullmatch(match[1]) or comments.continues(match[1])):
            return comments.add(number, match[1])
        comments.last = ""
        return False

    def _statement(self, number: int, line: str, *, obsolete: bool) -> None:
        """Read a keyword with its string, or a further string; ``line`` is without ``#~``."""
        if not line:
            return
        match = _STATEMENT.fullmatch(line)
        if not match:
            self._mistake(number, "this line is not a complete PO string", _COMPLETE_STRING)
            if re.match(r"msgid\b", line):
                self._check_start()
            self._keyword = None
            return
        if escape := unknown_escape(match[2]):
            self._mistake(number, f"“{escape}” stands for no character", "Write \\\\ for a backslash.")
        keyword = re.sub(r"\d+", "", match[1] or "")
        begins = keyword in ("msgctxt", "msgid") and self._keyword in _COMPLETE
        if self._keyword and not begins and obsolete != self.entry.obsolete:
            self._mistake(number, "only a part of this message is marked as obsolete (“#~”)", _OBSOLETE)
        if keyword:
            self._start(number, match[1], keyword, obsolete=obsolete)
        elif self._keyword == "":
            self._mistake(number, "this text has no keyword before it", _ORDER)
        self.entry.obsolete = obsolete
        self.entry.texts.setdefault(self._last, []).append(match[2])

    def _start(self, number: int, written: str, keyword: str, *, obsolete: bool) -> None:
        if self._keyword is not None and keyword not in _FOLLOWING[self._keyword]:
            after = f"after {self._keyword.removesuffix('[]')}" if self._keyword else "first in a message"
            self._mistake(number, f"{keyword} cannot be {after}", _ORDER)
        if self._keyword and keyword in _FOLLOWING[""] and self._keyword in _COMPLETE:
            self._close()
        self.entry.obsolete = obsolete
        if keyword == "msgid":
            self._check_start()
        self._keyword, self._last = keyword, written
        self.entry.texts[written] = []
        self.entry.numbers[written] = number

    def _check_start(self) -> None:
        """Check what the lines before a msgid say of its message."""
        entry = self.entry
        context = entry.text("msgctxt")
        if context and not entry.obsolete:
            line = entry.numbers["msgctxt"]
            if context in self._contexts:
                problem = f"the msgctxt “{context}” is already used at line {self._contexts[context]}"
                self._mistake(line, problem, "Keep the right message and delete the other.")
            else:
                self._contexts[context] = line
        for line in entry.fields.broken():
            self._mistake(line, "the text of this “#|” line has no last quotation mark", _PREVIOUS_REMEDY)

    def _mistake(self, line: int, problem: str, remedy: str) -> None:
        self.mistakes.append(Problem(problem, remedy, line=line))
