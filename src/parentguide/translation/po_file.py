"""Parse and write PO files: Babel's catalogs, with what Babel does not check, read or write.

Nothing else calls Babel's reader or writer. Every file is checked by
:mod:`parentguide.translation.po_lines` before Babel parses it.

Decision: docs/decisions/0011-babel-with-strict-reader.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, generate_po, read_po

from parentguide.errors import CatalogError, Problem
from parentguide.translation.po_lines import Previous, read_lines

_MOST_MISTAKES = 20
_MOST_BYTES = 2_000_000  # the largest file of the project has 23,000
# Babel derives these flags from the msgid each time it creates a message.
DERIVED_FLAGS = frozenset({"python-format", "python-brace-format"})

# A message of a file, obsolete or not: its msgctxt and its msgid.
MessageKey = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class PoFile:
    """A parsed file. ``previous`` has what Babel does not read; ``lines`` those of each context."""

    catalog: BabelCatalog
    previous: dict[MessageKey, Previous] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def parse(data: bytes, path: Path | None) -> PoFile:
    """Check and parse a file. Raises :class:`CatalogError` with all its mistakes."""
    if len(data) > _MOST_BYTES:
        problem = f"has more than {_MOST_BYTES:,} bytes"
        raise CatalogError(problem, path=path, remedy="Check that this is a PO file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 at byte {error.start}"
        raise CatalogError(problem, path=path, remedy="Save the file as UTF-8.") from None
    read = read_lines(text)
    if read.mistakes:
        raise _error(read.mistakes, path)
    try:
        catalog = read_po(read.lines, abort_invalid=True)
        # Babel reads dates and zones that it cannot write.
        _ = catalog.mime_headers
    except (PoFileError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError) as error:
        # Babel counts lines from 0, and ends its sentence with that number.
        line = error.lineno + 1 if isinstance(error, PoFileError) else 0
        problem = str(error).removesuffix(f" on {line - 1}")
        remedy = "Fix the line, or take the last good version of the file."
        raise CatalogError(f"not a PO file: {problem}", path=path, line=line, remedy=remedy) from None
    if mistakes := [mistake for entry in messages(catalog) for mistake in _misfits(entry)]:
        raise _error(mistakes, path)
    # Whatever the header says, the bytes were UTF-8, and are written as UTF-8.
    catalog.charset = "utf-8"
    return PoFile(catalog, _previous(catalog, read.previous), read.contexts)


def _previous(catalog: BabelCatalog, by_line: Mapping[int, Previous]) -> dict[MessageKey, Previous]:
    """The previous msgid of each message. One from an old comment counts only for a fuzzy message."""
    found = {}
    for entry in (*messages(catalog), *catalog.obsolete.values()):
        previous = by_line.get(entry.lineno or 0)
        if previous is not None and (entry.fuzzy or not previous.from_comment):
            found[message_key(entry)] = previous
    return found


def _misfits(entry: BabelMessage) -> Iterator[Problem]:
    """What gettext allows and parentguide does not."""
    line, remedy = entry.lineno or 0, "Run “parentguide update”; do not add messages by hand."
    if not isinstance(entry.id, str):
        yield Problem(f"the message “{entry.id[0]}” has plural forms", remedy, line=line)
    elif not entry.context:
        yield Problem(f"the message “{entry.id}” has no msgctxt", remedy, line=line)


def _error(mistakes: Sequence[Problem], path: Path | None) -> CatalogError:
    """One error for all mistakes of a file; of very many, the first ones and how many more there are."""
    shown, more = list(mistakes[:_MOST_MISTAKES]), len(mistakes) - _MOST_MISTAKES
    if more > 0:
        shown.append(Problem(f"{more} more mistakes", "Check that this is a PO file."))
    return CatalogError.of(shown).at(path)


def messages(catalog: BabelCatalog) -> list[BabelMessage]:
    """The messages of a catalog without its header and obsolete messages."""
    return [entry for entry in catalog if entry.id]


def message_key(entry: BabelMessage) -> MessageKey:
    """What tells a message from all others of its file."""
    return entry.context, str(entry.id)


def po_bytes(file: PoFile) -> bytes:
    """Write a file: Babel's lines, with those that Babel does not write."""
    entries = iter((*file.catalog, *file.catalog.obsolete.values()))
    # The entry whose keywords are not written yet; None after them.
    entry: BabelMessage | None = next(entries)
    written: list[str] = []
    # No wrapping and no line numbers: a change to one message changes one line.
    for line in generate_po(file.catalog, width=0, include_lineno=False):
        if entry is not None and line.startswith(("msg", "#~ msg")):
            previous = file.previous.get(message_key(entry))
            written.append(_extra_lines(entry, previous, obsolete=line.startswith("#~")))
            entry = None
        written.append(line)
        # An empty line ends an entry, unless it is the header's empty comment.
        if line == "\n" and len(written) > 1:
            entry = next(entries, None)
    return "".join(written).encode("utf-8", "backslashreplace")


def _extra_lines(entry: BabelMessage, previous: Previous | None, *, obsolete: bool) -> str:
    """What Babel does not write before a message's keywords: ``#|``, and an obsolete message's flags.

    Without its flag, a fuzzy message that became obsolete would return as a checked translation.
    """
    flags = sorted(entry.flags - DERIVED_FLAGS) if obsolete else []
    lines = f"#, {', '.join(flags)}\n" if flags else ""
    if previous is not None:
        lines += previous.lines("#~|" if obsolete else "#|")
    return lines
