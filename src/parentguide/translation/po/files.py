"""Parse and write PO files, without losing what another program wrote in them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.errors import CatalogError, Problem
from parentguide.infra.files import newline_of
from parentguide.infra.within_limits import within_limits
from parentguide.translation.po.charset import decoded_po
from parentguide.translation.po.entries import Entry, is_utf8, with_field, without_repeats
from parentguide.translation.po.lines import read_lines

_MOST_MISTAKES = 20
# A build reads some ninety catalogs, the largest of 51 kB.
_SHORT = 100_000  # bytes
_UTF_8 = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class PoFile:
    """A parsed file: its entries, obsolete ones last. ``end`` has the comments after the last entry.

    ``newline`` is the line end to write.
    """

    header: Entry | None
    messages: tuple[Entry, ...]
    obsolete: tuple[Entry, ...] = ()
    end: tuple[str, ...] = ()
    newline: str = "\n"


def parse(data: bytes, path: Path | None, *, foreign: bool = False) -> PoFile:
    """Check and parse a file. Raises :class:`CatalogError` with all its mistakes.

    ``foreign``: accept messages that another program may have added, without msgctxt or with plurals.
    A long file is read in another process.
    """
    return within_limits(_parse, data, path, foreign, short=_SHORT, path=path)


def _parse(data: bytes, path: Path | None, foreign: bool) -> PoFile:
    text = decoded_po(data, path).text
    read = read_lines(text)
    if read.mistakes:
        raise _error(read.mistakes, path)
    entries = without_repeats(read.entries)
    messages = tuple(entry for entry in entries if not entry.obsolete and not entry.is_header)
    mistakes = [*_repeated(entries), *(mistake for entry in messages for mistake in _cut_off(entry))]
    if not foreign:
        mistakes += [mistake for entry in messages for mistake in _misfits(entry)]
    if mistakes:
        raise _error(sorted(mistakes, key=lambda problem: problem.line), path)
    return PoFile(
        next((entry for entry in entries if entry.is_header), None),
        messages,
        tuple(entry for entry in entries if entry.obsolete),
        read.end,
        "\r\n" if newline_of(text) == "\r\n" else "\n",
    )


def po_bytes(file: PoFile) -> bytes:
    """Write a file: UTF-8 without byte-order mark, as GNU gettext wants it, with the file's line ends.

    A line end that is only CR becomes LF: GNU gettext does not read it.
    """
    lines: list[str] = []
    for entry in (_utf8_header(file.header), *file.messages, *file.obsolete):
        lines += [*entry.lines(), ""]
    lines += file.end
    text = file.newline.join(lines) + (file.newline if file.end else "")
    # A blank line ends each entry, so that git merges two neighbouring ones apart.
    text += "" if file.end else file.newline
    return text.encode("utf-8", "backslashreplace")


def _utf8_header(header: Entry | None) -> Entry:
    """The header, which says that the file is UTF-8; all else in it stays as it is."""
    if header is None:
        return Entry("", (f"Content-Type: {_UTF_8}\nContent-Transfer-Encoding: 8bit\n",))
    if is_utf8(header.text):
        return header
    return replace(header, strings=(with_field(header.text, "Content-Type", _UTF_8),))


def _repeated(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries with the msgctxt and msgid of another, and other words: nobody knows which is right."""
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.key, entry)
        if other is not entry:
            name = f"the message “{entry.context or entry.id}”" if entry.id else "the header"
            yield Problem(
                f"{name} is already at line {other.line}",
                "Keep the right one and delete the other.",
                line=entry.line,
            )


def _cut_off(entry: Entry) -> Iterator[Problem]:
    """GNU gettext refuses a translation whose line breaks at both ends are not those of the msgid: most
    often the file was cut off in the middle of it."""
    text, english = entry.text, entry.id
    if not text or entry.fuzzy or entry.plural is not None:
        return
    begin = text.startswith("\n") == english.startswith("\n")
    if not begin or text.endswith("\n") != english.endswith("\n"):
        yield Problem(
            f"the msgid and the msgstr of “{entry.context or english}” do not both"
            f" {'begin' if not begin else 'end'} with a line break",
            "The file may be cut off: take the last good version, or fix the msgstr.",
            line=entry.line,
        )


def _misfits(entry: Entry) -> Iterator[Problem]:
    """What gettext allows and parentguide does not."""
    remedy = "Run “parentguide update”; do not add messages by hand."
    if entry.plural is not None:
        yield Problem(f"the message “{entry.id}” has plural forms", remedy, line=entry.line)
    elif not entry.context:
        yield Problem(f"the message “{entry.id}” has no msgctxt", remedy, line=entry.line)


def _error(mistakes: Sequence[Problem], path: Path | None) -> CatalogError:
    """One error for all mistakes of a file; of very many, the first ones and how many more there are."""
    shown, more = list(mistakes[:_MOST_MISTAKES]), len(mistakes) - _MOST_MISTAKES
    if more > 0:
        shown.append(Problem(f"{more} more mistakes", "Check that this is a PO file."))
    return CatalogError.of(shown).at(path)
