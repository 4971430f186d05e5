"""Check a PO file line by line, and read the ``#|`` lines, before Babel parses it.

Babel repairs a broken file without a warning (a missing quotation mark becomes an empty
msgstr, a msgstr without msgid moves to the next message, equal messages are joined). It reads
``#|`` as a translator's comment and refuses ``#~|``. The grammar is that of GNU gettext 0.21,
read from the errors of ``msgfmt``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.messages.pofile import normalize, unescape

from parentguide.errors import Problem

_STRING = r'"(?:[^"\\]|\\.)*"'
_STATEMENT = re.compile(rf"(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?({_STRING})")
_PREVIOUS = re.compile(r"#~?\|\s*(.*)")
# Versions up to 0.1.0 wrote “#|” back as “# |” whenever they rewrote a file.
_PREVIOUS_AS_COMMENT = re.compile(r"#\s+\|\s*(.*)")
_PREVIOUS_FIELD = re.compile(r'(msgctxt|msgid|msgid_plural)\s+(".*)')
_WHOLE_STRINGS = re.compile(rf"(?:{_STRING}\s*)+")
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
# Each further line copies the lines before it.
_LONGEST_FIELD = 20_000  # characters
_COMPLETE = ("", "msgstr", "msgstr[]")


@dataclass(frozen=True, slots=True)
class Previous:
    """The msgctxt and msgid that a fuzzy translation was made for: its ``#|`` lines.

    ``ids`` has the msgid, and the msgid_plural if there is one. ``from_comment`` is true if an
    earlier version of parentguide had turned the lines into a translator's comment.
    """

    context: str = ""
    ids: tuple[str, ...] = ()
    from_comment: bool = False

    def lines(self, mark: str) -> str:
        """The lines of a PO file, each with ``mark`` (``#|`` or ``#~|``) before it.

        Each string is on one line: Babel's own writer breaks a long ``#|`` in the middle of
        the string, which GNU gettext refuses.

        >>> print(Previous("title", ("Do share",)).lines("#|"), end="")
        #| msgctxt "title"
        #| msgid "Do share"
        """
        fields = [("msgctxt", self.context)] if self.context else []
        fields += zip(("msgid", "msgid_plural"), self.ids, strict=False)
        return "".join(f"{mark} {key} {normalize(text, f'{mark} ', width=0)}\n" for key, text in fields)


@dataclass(frozen=True, slots=True)
class PoLines:
    """The lines of a PO file for Babel, and what Babel does not read.

    ``lines`` has an empty line for each ``#|`` line, so that line numbers stay right.
    ``contexts`` has the line of each msgctxt (not of obsolete messages), ``previous`` the old
    msgid by the line of its message's msgid.
    """

    lines: tuple[str, ...]
    contexts: Mapping[str, int]
    previous: Mapping[int, Previous]
    mistakes: tuple[Problem, ...]


def read_lines(text: str) -> PoLines:
    """Check every line of a PO file. Finds all mistakes; raises nothing."""
    reader = _Reader()
    lines = _NEW_LINE.split(text)
    for number, line in enumerate(lines, 1):
        reader.read(number, line.strip())
    reader.end(len(lines))
    return PoLines(tuple(reader.lines), reader.contexts, reader.previous, tuple(reader.mistakes))


@dataclass(slots=True)
class _PreviousFields:
    """The fields of ``#|`` lines as they are written, gathered until the msgid of their message."""

    raw: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    last: str = ""

    def add(self, number: int, body: str) -> bool:
        """Add the text after ``#|``; false if it is neither a field nor the rest of one."""
        if match := _PREVIOUS_FIELD.fullmatch(body):
            self.last = match[1]
            self.raw[self.last] = match[2]
            self.lines[self.last] = number
        elif self.last and len(self.raw[self.last]) > _LONGEST_FIELD:
            return False
        elif self.last:
            # The line is a further string, or the rest of one that Babel's writer broke at a space.
            self.raw[self.last] += f" {body}"
        return bool(self.last)

    def continues(self, body: str) -> bool:
        """Whether ``body`` is the rest of the last field."""
        return bool(self.last) and (body.startswith('"') or not _WHOLE_STRINGS.fullmatch(self.raw[self.last]))

    def broken(self) -> list[int]:
        """The lines of fields whose last string does not end."""
        return [self.lines[key] for key, raw in self.raw.items() if not _WHOLE_STRINGS.fullmatch(raw)]

    def previous(self, *, from_comment: bool) -> Previous | None:
        """The whole fields; None if there is no msgid."""
        texts = {key: _text(re.findall(_STRING, raw)) for key, raw in self.raw.items()}
        if "msgid" not in texts:
            return None
        ids = tuple(texts[key] for key in ("msgid", "msgid_plural") if key in texts)
        return Previous(texts.get("msgctxt", ""), ids, from_comment)


class _Reader:
    """Reads the lines of one file in turn."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.contexts: dict[str, int] = {}
        self.previous: dict[int, Previous] = {}
        self.mistakes: list[Problem] = []
        # The last keyword of the message; None after a broken line, which anything may follow.
        self._keyword: str | None = ""
        self._obsolete = False
        self._context_line = 0
        self._context: list[str] = []
        self._fields = _PreviousFields()
        self._comments = _PreviousFields()

    def read(self, number: int, line: str) -> None:
        if line.startswith("#~") and not _PREVIOUS.match(line):
            self._statement(number, line[2:].lstrip(), obsolete=True)
        elif line.startswith("#"):
            self._end_message(number, "is before this comment")
            if self._is_previous(number, line):
                line = ""
        else:
            self._statement(number, line, obsolete=False)
        self.lines.append(line)

    def end(self, number: int) -> None:
        self._end_message(number, "is the last of the file")

    def _end_message(self, number: int, where: str) -> None:
        if self._keyword is not None and self._keyword not in _COMPLETE:
            self._mistake(number, f"the message that {where} has no msgstr", _ORDER)
        self._keyword = ""

    def _is_previous(self, number: int, line: str) -> bool:
        """Whether the comment is part of a ``#|`` field, which is then read."""
        if match := _PREVIOUS.match(line):
            self._comments.last = ""
            if not self._fields.add(number, match[1]):
                problem = "“#|” has no msgctxt or msgid after it, or is far too long"
                self._mistake(number, problem, _PREVIOUS_REMEDY)
            return True
        self._fields.last = ""
        match = _PREVIOUS_AS_COMMENT.match(line)
        if match and (_PREVIOUS_FIELD.fullmatch(match[1]) or self._comments.continues(match[1])):
            return self._comments.add(number, match[1])
        self._comments.last = ""
        return False

    def _statement(self, number: int, line: str, *, obsolete: bool) -> None:
        """Read a keyword with its string, or a further string; ``line`` is without ``#~``."""
        if not line:
            return
        match = _STATEMENT.fullmatch(line)
        if not match:
            self._mistake(number, "this line is not a complete PO string", _COMPLETE_STRING)
            if re.match(r"msgid\b", line):
                self._start_msgid(number)
            self._keyword = None
            return
        keyword = re.sub(r"\d+", "", match[1] or "")
        begins = keyword in ("msgctxt", "msgid") and self._keyword in _COMPLETE
        if self._keyword is not None and not begins and self._keyword and obsolete != self._obsolete:
            self._mistake(number, "only a part of this message is marked as obsolete (“#~”)", _OBSOLETE)
        self._obsolete = obsolete
        if keyword:
            self._start(number, keyword)
        elif self._keyword == "":
            self._mistake(number, "this text has no keyword before it", _ORDER)
        if self._keyword == "msgctxt":
            self._context.append(match[2])

    def _start(self, number: int, keyword: str) -> None:
        if self._keyword is not None and keyword not in _FOLLOWING[self._keyword]:
            after = f"after {self._keyword.removesuffix('[]')}" if self._keyword else "first in a message"
            self._mistake(number, f"{keyword} cannot be {after}", _ORDER)
        if keyword == "msgctxt":
            self._context_line, self._context = number, []
        elif keyword == "msgid":
            self._start_msgid(number)
        self._keyword = keyword

    def _start_msgid(self, number: int) -> None:
        """Record what the lines before a msgid say of its message."""
        context = _text(self._context)
        if context and not self._obsolete:
            if context in self.contexts:
                problem = f"the msgctxt “{context}” is already used at line {self.contexts[context]}"
                self._mistake(self._context_line, problem, "Keep the right message and delete the other.")
            else:
                self.contexts[context] = self._context_line
        for line in self._fields.broken():
            self._mistake(line, "the text of this “#|” line has no last quotation mark", _PREVIOUS_REMEDY)
        found = self._fields.previous(from_comment=False) or self._comments.previous(from_comment=True)
        if found:
            self.previous[number] = found
        self._context, self._fields, self._comments = [], _PreviousFields(), _PreviousFields()

    def _mistake(self, line: int, problem: str, remedy: str) -> None:
        self.mistakes.append(Problem(problem, remedy, line=line))


_COMPLETE_STRING = 'Write a keyword and a text in "…"; check the last quotation mark.'
_ORDER = "Write msgctxt, msgid and msgstr for each message, in this order, with comments before them."
_OBSOLETE = "Write “#~” before each line of the message, or before none."
_PREVIOUS_REMEDY = "Delete the “#|” line, or complete it."


def _text(strings: list[str]) -> str:
    """The text of PO strings, which are in quotation marks and escaped."""
    return "".join(unescape(string) for string in strings)
