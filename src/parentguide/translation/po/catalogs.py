"""Read, compare and change catalogs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.errors import CatalogError
from parentguide.translation.po.entries import Entry
from parentguide.translation.po.files import parse, po_bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``context`` is the msgctxt, ``english`` the msgid, ``text`` the msgstr.

    ``note`` has a line for each extracted comment (``#.``). ``places`` are the files that use
    the message (``#:``); only :func:`pot_file` needs them. ``previous`` is the English that a fuzzy text
    was accepted for (``#|``), and ``previous_text`` the translation that was accepted for it (``#~``), as the
    fuzzy text may have been edited since; both are empty if the file does not say. ``line`` is that of the
    msgctxt.
    """

    context: str
    english: str
    text: str = ""
    fuzzy: bool = False
    note: str = ""
    places: tuple[str, ...] = ()
    previous: str = ""
    previous_text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class CatalogStatus:
    """How complete a catalog is: contexts in the template's order.

    ``ready`` has the translations that may be shown, by context.
    """

    ready: Mapping[str, str]
    missing: tuple[str, ...]
    fuzzy: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing and not self.fuzzy


def read_catalog(data: bytes, path: Path) -> dict[str, Message]:
    """Read a PO or POT file: its messages by context, in the file's order.

    Raises :class:`CatalogError` with all mistakes and their lines for what GNU ``msgfmt``
    refuses, for a context that is used twice, and for a message without context or with plurals.
    """
    file = parse(data, path)
    accepted = {entry.key: entry.text for entry in file.obsolete if not entry.fuzzy and entry.plural is None}
    messages = {}
    for entry in file.messages:
        previous = _previous_english(entry)
        messages[str(entry.context)] = Message(
            context=str(entry.context),
            english=entry.id,
            text=entry.text,
            fuzzy=entry.fuzzy,
            note="\n".join(note for line in entry.notes if (note := line[2:].strip())),
            previous=previous,
            previous_text=accepted.get((entry.context, previous), ""),
            line=entry.context_line,
        )
    return messages


def _previous_english(entry: Entry) -> str:
    """The English that a fuzzy translation was made for; empty if the file does not say."""
    previous = entry.previous if entry.fuzzy else None
    return previous.ids[0] if previous is not None and len(previous.ids) == 1 else ""


def catalog_status(template: Mapping[str, Message], catalog: Mapping[str, Message]) -> CatalogStatus:
    """Compare a catalog with its template. A translation of other English counts as fuzzy.

    >>> template = {"title": Message("title", "Do not share")}
    >>> catalog_status(template, {"title": Message("title", "Do share", "Podaj dalej")}).fuzzy
    ('title',)
    """
    ready: dict[str, str] = {}
    missing: list[str] = []
    fuzzy: list[str] = []
    for context, wanted in template.items():
        message = catalog.get(context)
        if message is None or not message.text.strip():
            missing.append(context)
        elif message.fuzzy or message.english != wanted.english:
            fuzzy.append(context)
        else:
            ready[context] = message.text
    return CatalogStatus(ready, tuple(missing), tuple(fuzzy))


def with_translations(data: bytes, texts: Mapping[str, str], path: Path, *, fuzzy: bool = False) -> bytes:
    """Set translations in a PO file, as ``fuzzy`` or not; all other messages stay as they are.

    ``texts`` has the translations by context. Raises :class:`CatalogError` for a broken file
    and for contexts that the file does not have.
    """
    file = parse(data, path)
    unknown = texts.keys() - {entry.context for entry in file.messages}
    if unknown:
        names = ", ".join(f"“{context}”" for context in sorted(unknown))
        raise CatalogError(
            f"there is no message {names}", path=path, remedy="Run “parentguide update” first."
        )
    messages = tuple(
        replace(entry, strings=(texts[context],), previous=None).with_fuzzy(fuzzy)
        if (context := str(entry.context)) in texts
        else entry
        for entry in file.messages
    )
    return po_bytes(replace(file, messages=messages))
