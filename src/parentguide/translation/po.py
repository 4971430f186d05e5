"""Messages <-> PO. The only home of Babel's catalogs.

Babel reads a broken PO file without a word (a missing closing quote becomes an
empty msgstr, doubled entries are merged) and fuzzy-matches across contexts. So a
file is checked line by line before Babel sees it, and :func:`update` matches only
within one msgctxt.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, read_po, write_po

from parentguide.errors import CatalogError

PROJECT = "parentguide"
_STRING = r'"(?:[^"\\]|\\.)*"'
_PO_LINE = re.compile(rf"^(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?{_STRING}\s*$")
_CONTEXT = re.compile(rf"^msgctxt\s+({_STRING})\s*$")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry: ``context`` is the msgctxt, ``english`` the msgid, ``text`` the msgstr.

    ``note`` has a line for each remark; ``places`` are the files that use the message.
    """

    context: str
    english: str
    text: str = ""
    fuzzy: bool = False
    note: str = ""
    places: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class CatalogStatus:
    """How a catalog stands against its template: contexts, in the template's order."""

    ready: Mapping[str, str]
    missing: tuple[str, ...]
    fuzzy: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing and not self.fuzzy


def read_catalog(data: bytes, path: Path) -> dict[str, Message]:
    """A PO or POT file -> its messages by context, in the file's order.

    Raises :class:`CatalogError` with the line for anything GNU ``msgfmt`` would
    refuse: a string that does not end, a doubled context, an entry without one.
    """
    lines = _checked(data, path)
    try:
        catalog = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise CatalogError(
            f"not a PO file: {error}",
            path=path,
            line=getattr(error, "lineno", 0) or 0,
            remedy="Mend the line, or take the last good version of the file.",
        ) from None
    messages = {}
    for entry in catalog:
        if not entry.id:
            continue
        if not entry.context or isinstance(entry.id, tuple):
            raise CatalogError(
                f"the entry “{entry.id}” has no msgctxt" if not entry.context else "plural forms",
                path=path,
                remedy="Run “parentguide update”; do not add entries by hand.",
            )
        messages[entry.context] = Message(
            context=entry.context,
            english=str(entry.id),
            text=str(entry.string or ""),
            fuzzy=entry.fuzzy,
            note="\n".join(entry.auto_comments),
            line=lines.get(entry.context, 0),
        )
    return messages


def _checked(data: bytes, path: Path) -> dict[str, int]:
    """The line of each msgctxt."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CatalogError(
            f"not UTF-8 at byte {error.start}", path=path, remedy="Save the file as UTF-8."
        ) from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not _PO_LINE.match(line):
            raise CatalogError(
                "this line is no complete PO string",
                path=path,
                line=number,
                remedy='A line is a keyword and a text in "…"; check its last quotation mark.',
            )
    seen: dict[str, int] = {}
    for number, context in _contexts(text):
        if context in seen:
            raise CatalogError(
                f"the msgctxt “{context}” stands at line {seen[context]} already",
                path=path,
                line=number,
                remedy="Keep the right one of the two and delete the other.",
            )
        seen[context] = number
    return seen


def _contexts(text: str) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _CONTEXT.match(line)
        if match:
            yield number, match[1][1:-1]


def catalog_status(template: Mapping[str, Message], catalog: Mapping[str, Message]) -> CatalogStatus:
    """What of ``catalog`` may be shown. A text made for other English counts as fuzzy."""
    ready: dict[str, str] = {}
    missing: list[str] = []
    fuzzy: list[str] = []
    for context, wanted in template.items():
        entry = catalog.get(context)
        if entry is None or not entry.text.strip():
            missing.append(context)
        elif entry.fuzzy or entry.english != wanted.english:
            fuzzy.append(context)
        else:
            ready[context] = entry.text
    return CatalogStatus(ready, tuple(missing), tuple(fuzzy))


def pot_file(messages: Iterable[Message], version: str, previous: bytes | None) -> bytes:
    """Messages -> a POT file, in their order, as ``pybabel extract`` writes it.

    The creation date of the ``previous`` file is kept, so that an unchanged template
    is the same byte for byte.
    """
    catalog = BabelCatalog(
        project=PROJECT,
        version=version,
        copyright_holder="the parentguide authors",
        creation_date=_creation_date(previous),
        charset="utf-8",
    )
    for message in messages:
        catalog.add(
            message.english,
            context=message.context,
            locations=[(place, 0) for place in message.places],
            auto_comments=message.note.splitlines(),
        )
    return _written(catalog)


def _creation_date(previous: bytes | None) -> datetime:
    if previous:
        date = read_po(BytesIO(previous)).creation_date
        if isinstance(date, datetime):
            return date
    return datetime.now(UTC).replace(second=0, microsecond=0)


def _written(catalog: BabelCatalog, **options: Any) -> bytes:
    buffer = BytesIO()
    # No wrapping and no line numbers: a change of one message is a change of one line.
    write_po(buffer, catalog, width=0, include_lineno=False, **options)
    return buffer.getvalue()


def with_translations(data: bytes, texts: Mapping[str, str], path: Path, *, fuzzy: bool = False) -> bytes:
    """The PO file with ``texts`` (by msgctxt) as translations, ``fuzzy`` or not; all else as it was.

    Raises :class:`CatalogError` for a broken file or a context that it lacks.
    """
    read_catalog(data, path)
    catalog = read_po(BytesIO(data))
    left = dict(texts)
    for entry in catalog:
        if entry.id and entry.context in left:
            entry.string = left.pop(entry.context)
            entry.flags.discard("fuzzy")
            if fuzzy:
                entry.flags.add("fuzzy")
            entry.previous_id = []
    if left:
        raise CatalogError(
            f"there is no message “{min(left)}”", path=path, remedy="Run “parentguide update” first."
        )
    return _written(catalog, include_previous=True)


def merge(
    template: bytes,
    catalog: bytes | None,
    locale: str,
    path: Path,
) -> bytes:
    """The template's messages with the catalog's translations, as a PO file.

    A translation is carried over only to the same msgctxt; where the English has
    changed it is marked fuzzy, with the old English as ``#|``. What the template no
    longer has is kept as obsolete (``#~``), and comes back with its context.
    """
    wanted = read_po(BytesIO(template))
    if catalog is not None:
        read_catalog(catalog, path)
    known = read_po(BytesIO(catalog)) if catalog is not None else _empty(locale, wanted)
    old = {entry.context: entry for entry in (*known.obsolete.values(), *known) if entry.id}
    result = BabelCatalog(
        locale=locale,
        project=PROJECT,
        version=known.version,
        header_comment=known.header_comment,
        creation_date=known.creation_date,
        revision_date=known.revision_date,
        last_translator=known.last_translator,
        language_team=known.language_team,
        charset="utf-8",
        fuzzy=False,
    )
    contexts = set()
    for entry in wanted:
        if not entry.id:
            continue
        contexts.add(entry.context)
        _carry(result, entry, old.get(entry.context))
    for context, entry in old.items():
        if context not in contexts and entry.string:
            result.obsolete[entry.id, context] = entry
    return _written(result, include_previous=True)


def _carry(result: BabelCatalog, wanted: BabelMessage, old: BabelMessage | None) -> None:
    text, flags, previous, comments = "", set(wanted.flags), [], []
    if old is not None:
        text = str(old.string or "")
        flags |= set(old.flags) - {"python-format", "python-brace-format"}
        comments = old.user_comments
        if text and old.id != wanted.id:
            flags.add("fuzzy")
            previous = [str(old.id)]
    result.add(
        wanted.id,
        text,
        locations=wanted.locations,
        flags=flags,
        auto_comments=wanted.auto_comments,
        user_comments=comments,
        previous_id=previous,
        context=wanted.context,
    )


def _empty(locale: str, template: BabelCatalog) -> BabelCatalog:
    catalog = BabelCatalog(
        locale=locale,
        project=PROJECT,
        version=template.version,
        creation_date=template.creation_date,
        revision_date=template.creation_date,
        # Nobody has reviewed a new catalog, and no person is to be invented.
        last_translator="parentguide draft, not reviewed",
        language_team=locale,
        fuzzy=False,
    )
    catalog.header_comment = (
        f"# {locale} translations for parentguide. DRAFT: no bilingual reader has checked it."
    )
    return catalog
