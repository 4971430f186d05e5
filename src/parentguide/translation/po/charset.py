"""The text of a PO file, whatever its header says of its charset. Pure."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import CatalogError

_MOST_BYTES = 2_000_000  # the largest file of the project has 23,000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The numbers bound what is tried at each “Content-Type:” of a hostile file.
_HEADER_CHARSET = re.compile(rb"Content-Type:[^\"\r\n]{0,100}?charset=\s{0,10}([\w.:-]{1,50})", re.IGNORECASE)
# The charsets that GNU gettext allows in a header (manual, “Header Entry”), but not UTF-8.
_ALLOWED = re.compile(
    r"(us-)?ascii|iso-8859-(1|2|3|4|5|6|7|8|9|13|14|15)|koi8-[rtu]|cp(850|866|874|932|949|950)|"
    r"(cp|windows-)125\d|gb(2312|k|18030)|euc-(jp|kr|tw)|big5(-hkscs)?|shift[_-]jis|johab|tis-620",
    re.IGNORECASE,
)
_UTF_8 = re.compile(r"utf-?8|charset", re.IGNORECASE)
# C0 without white space, DEL and C1 (ISO/IEC 6429): a wrong charset often shows in them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SAVE = "Save the file as UTF-8 in the program that made it."


@dataclass(frozen=True, slots=True)
class PoText:
    """The text without a byte-order mark. ``notice`` says how it was read, if not as its header says."""

    text: str
    notice: str = ""


def decoded_po(data: bytes, path: Path | None) -> PoText:
    """The bytes decide: UTF-8 if they are UTF-8, otherwise the header's charset if they can be that.

    Raises :class:`CatalogError` for other bytes.
    """
    if len(data) > _MOST_BYTES:
        problem = f"has more than {_MOST_BYTES:,} bytes"
        raise CatalogError(problem, path=path, remedy="Check that this is a PO file.")
    if data.startswith(_UTF_16):
        return _utf_16(data, path)
    named = _header_charset(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _in_charset(data, named, error.start, path)
    if "\0" in text:
        raise CatalogError("this is not a text file: it has NUL bytes", path=path, remedy=_SAVE)
    if text.isascii() or not named or _UTF_8.fullmatch(named):
        return PoText(text)
    return PoText(
        text, f"the header says the charset is {named}, but the file is UTF-8: it was read as UTF-8"
    )


def charset_notice(data: bytes, path: Path | None) -> str:
    """How the bytes were read, if not as the header says; otherwise empty. Raises :class:`CatalogError`."""
    return decoded_po(data, path).notice


def _header_charset(data: bytes) -> str:
    """The charset that the header names; empty if there is none."""
    found = _HEADER_CHARSET.search(data)
    return found[1].decode("ascii", "replace") if found else ""


def _in_charset(data: bytes, named: str, broken_at: int, path: Path | None) -> PoText:
    problem = f"not UTF-8 at byte {broken_at}"
    if named and not _UTF_8.fullmatch(named):
        text = _try(data, named)
        if text is not None:
            return PoText(text, f"the file is not UTF-8: it was read as {named}, as its header says")
        problem += f", and not {named}, as its header says"
    raise CatalogError(problem, path=path, remedy=_SAVE)


def _try(data: bytes, named: str) -> str | None:
    """The text in the charset ``named``; None if the bytes cannot be that."""
    if not _ALLOWED.fullmatch(named):
        return None
    try:
        text = data.decode(named)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _CONTROL.search(text) else text


def _utf_16(data: bytes, path: Path | None) -> PoText:
    """Notepad's “Unicode”, which GNU gettext does not read."""
    try:
        return PoText(data.decode("utf-16"), "the file is UTF-16: it was read as UTF-16")
    except UnicodeDecodeError as error:
        raise CatalogError(f"not UTF-16 at byte {error.start}", path=path, remedy=_SAVE) from None
