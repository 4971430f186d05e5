"""Bring a catalog up to date with its template: what “parentguide update” does. Pure.

Babel and GNU gettext would match a changed message with a similar one of another msgctxt, so this
matches only within one msgctxt.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from parentguide.translation.po.entries import DERIVED_FLAGS, Entry, Previous, header_fields, with_field
from parentguide.translation.po.files import PoFile, parse, po_bytes
from parentguide.translation.po.strings import quoted
from parentguide.translation.po.templates import new_header, plural_forms

_PLURAL_FORMS = re.compile(r"nplurals\s*=\s*[1-6]\s*;\s*plural\s*=[^;]*n?[^;]*;?\s*")


def merge(template: bytes, catalog: bytes | None, locale: str, path: Path) -> bytes:
    """The template's messages with the catalog's translations, as a PO file.

    ``catalog`` is None for a new file; ``path`` is the catalog's, for errors. A translation is
    kept only within its msgctxt. If the English has changed, the translation is marked fuzzy
    and gets the English that it was accepted for as ``#|``. The accepted pair also becomes an obsolete
    message (``#~``), and is used again if that English returns, whatever happened meanwhile. A
    translated message that the template does not have becomes obsolete; it is used again if its msgctxt
    returns. A message that another program left without msgctxt becomes the
    fuzzy translation of the messages with the same English that have none.
    Raises :class:`CatalogError` if one of the files is broken.
    """
    wanted = parse(template, None)
    known = PoFile(None, ()) if catalog is None else parse(catalog, path, foreign=True)
    unused = _Unused(known)
    messages = tuple(_merged(entry, unused.take(entry)) for entry in wanted.messages)
    header = _header(known.header, locale) if known.header else new_header(locale, wanted.header)
    return po_bytes(replace(known, header=header, messages=messages, obsolete=unused.left()))


def _fits(entry: Entry, wanted: Entry) -> bool:
    """Whether the entry is for the same message: has its msgctxt, and plural forms only by mistake."""
    return (
        bool(entry.context)
        and entry.context == wanted.context
        and (entry.plural is None or entry.id == wanted.id)
    )


def _without_plural(entry: Entry) -> Entry:
    """The first plural form as a fuzzy translation, with the others in comments."""
    others = tuple(
        f"# msgstr[{n}] {quoted(text.replace(chr(10), ' '))}"
        for n, text in enumerate(entry.strings)
        if n and text
    )
    single = replace(entry, plural=None, strings=entry.strings[:1], comments=(*entry.comments, *others))
    return single.with_fuzzy(True)


class _Unused:
    """The messages of a catalog that no message of the template has taken yet."""

    def __init__(self, known: PoFile) -> None:
        self._entries = [*known.obsolete, *known.messages]
        self._of_context: dict[str | None, list[Entry]] = {}
        # The first translation of each English without msgctxt.
        self._without: dict[str, Entry] = {}
        for entry in self._entries:
            self._of_context.setdefault(entry.context, []).append(entry)
            if entry.context is None and entry.plural is None and entry.text:
                self._without.setdefault(entry.id, entry)
        # By identity: what was taken, or adopted without msgctxt.
        self._used: set[int] = set()
        self._remembered: list[Entry] = []
        self._restored: set[tuple[str | None, str]] = set()

    def take(self, wanted: Entry) -> Entry | None:
        """The message whose translation is for ``wanted``; None if there is none.

        The same English comes before other English, and a present message before an obsolete one.
        """
        same = self._of_context.get(wanted.context, ())
        own = [entry for entry in same if id(entry) not in self._used and _fits(entry, wanted)]
        best = max(
            own, key=lambda e: (any(e.strings), e.id == wanted.id, not e.obsolete, e.line), default=None
        )
        if best is not None:
            self._used.add(id(best))
            if best.obsolete and best.id == wanted.id:
                self._restored.add((best.context, best.text))
            if best.id != wanted.id and best.text and not best.fuzzy:
                self._remembered.append(best.as_obsolete())
            if any(best.strings):
                return best if best.plural is None else _without_plural(best)
        return self._without_context(wanted) or best

    def _without_context(self, wanted: Entry) -> Entry | None:
        """A translation of the same English that has lost its msgctxt. A person must check it."""
        entry = self._without.get(wanted.id)
        if entry is None:
            return None
        self._used.add(id(entry))
        return entry.with_fuzzy(True)

    def left(self) -> tuple[Entry, ...]:
        """The others, as obsolete messages: no translation is deleted."""
        kept: Iterable[Entry] = (entry for entry in self._entries if id(entry) not in self._used)
        left = [entry if entry.obsolete else entry.as_obsolete() for entry in kept if any(entry.strings)]
        return (*self._remembered, *(entry for entry in left if not self._is_guess(entry)))

    def _is_guess(self, entry: Entry) -> bool:
        """Whether a fuzzy translation was only the accepted one of other English, which is restored."""
        return entry.fuzzy and (entry.context, entry.text) in self._restored


def _merged(wanted: Entry, old: Entry | None) -> Entry:
    """The template's message with the old translation, flags and translator's comments."""
    if old is None:
        return replace(wanted, strings=("",), comments=(), previous=None)
    flags = (*wanted.flags, *(flag for flag in old.flags if flag not in DERIVED_FLAGS))
    merged = replace(
        wanted, strings=(old.text,), comments=old.comments, flags=tuple(dict.fromkeys(flags)), previous=None
    )
    if merged.text and old.id != wanted.id:
        merged = merged.with_fuzzy(True)
    if merged.text and merged.fuzzy:
        merged = replace(merged, previous=_previous(merged, old))
    return merged


def _previous(merged: Entry, old: Entry) -> Previous | None:
    """The English that a fuzzy translation was accepted for; None if nobody has accepted it.

    If the translation was fuzzy before, this is the English that it had then as previous, not
    the English of the last merge (as with ``msgmerge --previous``). A fuzzy translation without it is
    the draft of a machine.
    """
    if old.fuzzy:
        return old.previous
    return Previous(ids=(old.id,)) if old.id != merged.id else None


def _header(known: Entry, locale: str) -> Entry:
    """The catalog's own header, with what must be right in it."""
    text, fields = known.text, header_fields(known.text)
    if fields.get("Language", "").replace("-", "_") != locale:
        text = with_field(text, "Language", locale)
    if not _PLURAL_FORMS.fullmatch(fields.get("Plural-Forms", "")):
        text = with_field(text, "Plural-Forms", plural_forms(locale))
    # GNU gettext leaves a fuzzy header out, and with it the charset.
    return replace(known, strings=(text,)).with_fuzzy(False)
