"""Read, merge and write PO catalogs.

Babel would match a changed message with a similar one of another msgctxt, so :func:`merge` is
our own and matches only within one msgctxt. Only this module and
:mod:`parentguide.translation.po_file` use Babel's catalogs.

Decision: docs/decisions/0011-babel-with-strict-reader.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage

from parentguide.errors import CatalogError
from parentguide.translation.po_file import (
    DERIVED_FLAGS,
    MessageKey,
    PoFile,
    message_key,
    messages,
    parse,
    po_bytes,
)
from parentguide.translation.po_lines import Previous

_PROJECT = "parentguide"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``context`` is the msgctxt, ``english`` the msgid, ``text`` the msgstr.

    ``note`` has a line for each extracted comment (``#.``). ``places`` are the files that use
    the message (``#:``); only :func:`pot_file` needs them. ``previous`` is the English that a fuzzy text
    was made for (``#|``). ``line`` is that of the msgctxt.
    """

    context: str
    english: str
    text: str = ""
    fuzzy: bool = False
    note: str = ""
    places: tuple[str, ...] = ()
    previous: str = ""
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
    return {
        str(entry.context): Message(
            context=str(entry.context),
            english=str(entry.id),
            text=str(entry.string or ""),
            fuzzy=entry.fuzzy,
            note="\n".join(entry.auto_comments),
            previous=_previous_english(file, entry),
            line=file.lines.get(str(entry.context), 0),
        )
        for entry in messages(file.catalog)
    }


def _previous_english(file: PoFile, entry: BabelMessage) -> str:
    """The English that a fuzzy translation was made for; empty if the file does not say."""
    previous = file.previous.get(message_key(entry))
    return previous.ids[0] if previous is not None and entry.fuzzy and len(previous.ids) == 1 else ""


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


def pot_file(wanted: Iterable[Message], version: str, previous: bytes | None) -> bytes:
    """Write messages as a POT file, in their order, exactly as ``pybabel extract`` does.

    ``version`` is that of the project. The creation date is that of the ``previous`` file, if
    it has one, so that an unchanged template has the same bytes.
    """
    catalog = BabelCatalog(
        project=_PROJECT,
        version=version,
        copyright_holder="the parentguide authors",
        creation_date=_creation_date(previous),
        charset="utf-8",
    )
    for message in wanted:
        catalog.add(
            message.english,
            context=message.context,
            locations=[(place, 0) for place in message.places],
            auto_comments=message.note.splitlines(),
        )
    return po_bytes(PoFile(catalog))


def with_translations(data: bytes, texts: Mapping[str, str], path: Path, *, fuzzy: bool = False) -> bytes:
    """Set translations in a PO file, as ``fuzzy`` or not; all other messages stay as they are.

    ``texts`` has the translations by context. Raises :class:`CatalogError` for a broken file
    and for contexts that the file does not have.
    """
    file = parse(data, path)
    unknown = dict.fromkeys(texts)
    for entry in messages(file.catalog):
        context = str(entry.context)
        if context not in texts:
            continue
        del unknown[context]
        entry.string = texts[context]
        entry.flags.discard("fuzzy")
        if fuzzy:
            entry.flags.add("fuzzy")
        file.previous.pop(message_key(entry), None)
    if unknown:
        names = ", ".join(f"“{context}”" for context in sorted(unknown))
        raise CatalogError(
            f"there is no message {names}", path=path, remedy="Run “parentguide update” first."
        )
    return po_bytes(file)


def merge(template: bytes, catalog: bytes | None, locale: str, path: Path) -> bytes:
    """The template's messages with the catalog's translations, as a PO file.

    ``catalog`` is None for a new file; ``path`` is the catalog's, for errors. A translation is
    kept only within its msgctxt. If the English has changed, the translation is marked fuzzy
    and gets the English that it was made for as ``#|``, as with ``msgmerge --previous``. A
    translated message that the template does not have becomes obsolete (``#~``); it is used
    again if its msgctxt returns. Raises :class:`CatalogError` if one of the files is broken.
    """
    wanted = parse(template, None)
    known = PoFile(_new_catalog(locale, wanted.catalog)) if catalog is None else parse(catalog, path)
    result = PoFile(_with_header_of(known.catalog, locale))
    unused = {_match(entry): entry for entry in (*known.catalog.obsolete.values(), *messages(known.catalog))}
    for entry in messages(wanted.catalog):
        old = unused.pop(_match(entry), None)
        merged = _merged(entry, old)
        result.catalog[merged.id] = merged
        if old is not None and merged.string and merged.fuzzy:
            _keep_previous(merged, old, known, result)
    for old in unused.values():
        if old.string:
            result.catalog.obsolete[str(old.id), old.context or ""] = old
            if message_key(old) in known.previous:
                result.previous[message_key(old)] = known.previous[message_key(old)]
    return po_bytes(result)


def _match(entry: BabelMessage) -> MessageKey:
    """What an old and a new message must share to be the same one: the msgctxt.

    An obsolete message from another program may have none, or plural forms. No new message is
    the same as such a one.
    """
    return (entry.context, "") if entry.context and isinstance(entry.id, str) else message_key(entry)


def _merged(wanted: BabelMessage, old: BabelMessage | None) -> BabelMessage:
    """The template's message with the old translation, flags and translator's comments."""
    merged = BabelMessage(
        wanted.id,
        str(old.string or "") if old is not None else "",
        locations=wanted.locations,
        flags=wanted.flags,
        auto_comments=wanted.auto_comments,
        user_comments=old.user_comments if old is not None else (),
        context=wanted.context,
    )
    if old is not None:
        merged.flags |= old.flags - DERIVED_FLAGS
        if merged.string and old.id != wanted.id:
            merged.flags.add("fuzzy")
    return merged


def _keep_previous(merged: BabelMessage, old: BabelMessage, known: PoFile, result: PoFile) -> None:
    """Record the English that a fuzzy translation was made for.

    If the translation was fuzzy before, this is the English that it had then as previous, not
    the English of the last merge (as with ``msgmerge --previous``).
    """
    previous = known.previous.get(message_key(old)) if old.fuzzy else None
    if previous is None and old.id != merged.id:
        previous = Previous(ids=(str(old.id),))
    if previous is not None:
        result.previous[message_key(merged)] = previous


def _creation_date(previous: bytes | None) -> datetime:
    """The creation date of a POT file; the present minute if there is none, or it is broken."""
    try:
        # The header ends at the first empty line. The rest may be broken: it is written anew.
        date = parse(previous.partition(b"\n\n")[0], None).catalog.creation_date if previous else None
    except CatalogError:
        date = None
    return date if isinstance(date, datetime) else datetime.now(UTC).replace(second=0, microsecond=0)


def _with_header_of(known: BabelCatalog, locale: str) -> BabelCatalog:
    """A catalog without messages that has the header of another."""
    return BabelCatalog(
        locale=locale,
        project=_PROJECT,
        version=known.version,
        header_comment=known.header_comment,
        creation_date=known.creation_date,
        revision_date=known.revision_date,
        last_translator=known.last_translator,
        language_team=known.language_team,
        charset="utf-8",
        fuzzy=False,
    )


def _new_catalog(locale: str, template: BabelCatalog) -> BabelCatalog:
    """A catalog without messages, for a language that has none yet."""
    catalog = BabelCatalog(
        locale=locale,
        project=_PROJECT,
        version=template.version,
        creation_date=template.creation_date,
        revision_date=template.creation_date,
        # Nobody has reviewed a new catalog, so it names no person.
        last_translator="parentguide draft, not reviewed",
        language_team=locale,
        fuzzy=False,
    )
    catalog.header_comment = (
        f"# {locale} translations for parentguide. DRAFT: no bilingual reader has checked it."
    )
    return catalog
