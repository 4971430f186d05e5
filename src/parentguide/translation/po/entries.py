"""The entries of a PO file: its messages, obsolete messages and header, with all their comments. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from parentguide.translation.po.strings import quoted

# Babel derives these flags from the msgid.
DERIVED_FLAGS = frozenset({"python-format", "python-brace-format"})
_FIELD = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Previous:
    """The msgctxt and msgid that a fuzzy translation was made for: its ``#|`` lines.

    ``ids`` has the msgid, and the msgid_plural if there is one.
    """

    context: str = ""
    ids: tuple[str, ...] = ()

    def lines(self, mark: str) -> str:
        """The lines of a PO file, each with ``mark`` (``#|`` or ``#~|``) before it.

        >>> print(Previous("title", ("Do share",)).lines("#|"), end="")
        #| msgctxt "title"
        #| msgid "Do share"
        """
        fields = [("msgctxt", self.context)] if self.context else []
        fields += zip(("msgid", "msgid_plural"), self.ids, strict=False)
        return "".join(f"{mark} {key} {quoted(text, f'{mark} ')}\n" for key, text in fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``strings`` has the msgstr, or those of all plural forms if there is a ``plural``.

    ``comments`` are the translator's (``#``), ``notes`` the extracted ones (``#.``), ``places`` the
    references (``#:``): whole lines, as the file has them. ``line`` is that of the msgid,
    ``context_line`` that of the msgctxt.
    """

    id: str
    strings: tuple[str, ...]
    context: str | None = None
    plural: str | None = None
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = 0
    context_line: int = 0

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells the entry from all others of its file: msgctxt and msgid."""
        return self.context, self.id

    @property
    def text(self) -> str:
        """The translation; of plural forms, the first."""
        return self.strings[0]

    @property
    def is_header(self) -> bool:
        return not self.id and self.context is None and not self.obsolete

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    def with_fuzzy(self, fuzzy: bool) -> "Entry":
        others = tuple(flag for flag in self.flags if flag != "fuzzy")
        return replace(self, flags=("fuzzy", *others) if fuzzy else others)

    def as_obsolete(self) -> "Entry":
        """The entry without what the template says of it.

        It stays fuzzy if it is: otherwise it would return as a checked translation.
        """
        flags = tuple(flag for flag in self.flags if flag not in DERIVED_FLAGS)
        return replace(self, notes=(), places=(), flags=flags, obsolete=True)

    def lines(self) -> Iterator[str]:
        """The lines of a PO file. No text is wrapped: a change to one message changes one line."""
        yield from self.comments
        yield from self.notes
        yield from self.places
        if self.flags:
            # “fuzzy” first, as GNU gettext writes it.
            yield f"#, {', '.join(sorted(set(self.flags), key=lambda flag: (flag != 'fuzzy', flag)))}"
        if self.previous is not None:
            yield from self.previous.lines("#~|" if self.obsolete else "#|").removesuffix("\n").split("\n")
        mark = "#~ " if self.obsolete else ""
        for keyword, text in self._fields():
            yield from f"{mark}{keyword} {quoted(text, mark)}".split("\n")

    def _fields(self) -> Iterator[tuple[str, str]]:
        if self.context is not None:
            yield "msgctxt", self.context
        yield "msgid", self.id
        if self.plural is None:
            yield "msgstr", self.text
            return
        yield "msgid_plural", self.plural
        for number, text in enumerate(self.strings):
            yield f"msgstr[{number}]", text


def header_fields(header: str) -> dict[str, str]:
    """The fields of a header's text by name; of a repeated one the first."""
    fields: dict[str, str] = {}
    for line in header.split("\n"):
        if match := _FIELD.fullmatch(line.strip()):
            fields.setdefault(match[1], match[2])
    return fields


def with_field(header: str, name: str, value: str) -> str:
    """The header's text with another value of one field; a new field comes last. Nothing else changes."""
    found = re.compile(rf"^{re.escape(name)}[ \t]*:.*$", re.IGNORECASE | re.MULTILINE)
    line = f"{name}: {value}"
    if found.search(header):
        return found.sub(lambda _: line, header, count=1)
    return f"{header.removesuffix(chr(10))}\n{line}\n" if header else f"{line}\n"


def is_utf8(header: str) -> bool:
    """Whether the header's text says that the file is UTF-8."""
    return bool(re.search(r"^Content-Type:.*charset=utf-?8\s*;?\s*$", header, re.IGNORECASE | re.MULTILINE))


def without_repeats(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without obsolete ones that say nothing that another entry does not say too.

    GNU gettext refuses a file with two entries of the same msgctxt and msgid.
    """
    kept: dict[tuple[str | None, str], Entry] = {}
    result = []
    for entry in sorted(entries, key=lambda entry: entry.obsolete):
        first = kept.setdefault(entry.key, entry)
        if first is entry or not entry.obsolete or (any(entry.strings) and entry.strings != first.strings):
            result.append(entry)
    return tuple(result)
