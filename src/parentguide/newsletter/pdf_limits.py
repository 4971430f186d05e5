"""Refuse a PDF that would take too much memory or time, before PDFium opens it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from parentguide.errors import SourceError
from parentguide.newsletter.limits import PASTE

MOST_UNPACKED = 400_000_000  # bytes of all streams together, pictures too
_MOST_DRAWN = 100_000  # times that forms inside forms are drawn
_STEP = 65_536  # bytes
_MOST_DICTIONARY = 2_000  # bytes before a stream in which its dictionary begins
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_FORM = re.compile(rb"/Form\b")
_DRAW = re.compile(rb"[\s\]>)]Do\b")


@dataclass(slots=True)
class _Form:
    """A form (ISO 32000-1, 8.10): how often it draws another object, and the objects it names."""

    draws: int
    names: tuple[int, ...]


def check_limits(data: bytes) -> None:
    """Raises :class:`SourceError` if the streams unpack to too much, or if forms draw each other too often.

    Each stream is unpacked in small steps and not kept.
    """
    total = 0
    forms: dict[int, _Form] = {}
    for match in _STREAM.finditer(data):
        head = _dictionary(data, match.start())
        is_form = head is not None and bool(_FORM.search(head[1]))
        draws = 0
        for part in _unpacked(data, match.end(), may_be_plain=is_form):
            total += len(part)
            draws += len(_DRAW.findall(part)) if is_form else 0
            if total > MOST_UNPACKED:
                raise SourceError("this PDF unpacks to far more than a newsletter", remedy=PASTE)
        if head and is_form:
            forms[head[0]] = _Form(draws, tuple(int(x) for x in _REFERENCE.findall(head[1])))
    if any(count > _MOST_DRAWN for count in _times_drawn(forms)):
        raise SourceError("this PDF draws the same picture far too often", remedy=PASTE)


def _dictionary(data: bytes, end: int) -> tuple[int, bytes] | None:
    """The number of the object whose stream begins at ``end``, and its dictionary."""
    before = data[max(0, end - _MOST_DICTIONARY) : end]
    begins = list(_OBJECT.finditer(before))
    return (int(begins[-1][1]), before[begins[-1].end() :]) if begins else None


def _unpacked(data: bytes, start: int, *, may_be_plain: bool) -> Iterator[bytes]:
    """The content of the stream at ``start`` in parts of a megabyte at most."""
    head = data[start : start + 2]
    if len(head) < 2 or head[0] & 0x0F != 8 or (head[0] * 256 + head[1]) % 31:  # RFC 1950, 2.2
        if may_be_plain:
            end = data.find(b"endstream", start)
            yield data[start : end if end >= 0 else start + _STEP]
        return
    unpacker = zlib.decompressobj()
    position = start
    packed = b""
    while not unpacker.eof:
        if not packed:
            packed = data[position : position + _STEP]
            position += len(packed)
        if not packed:
            return
        try:
            yield unpacker.decompress(packed, 1_000_000)
        except zlib.error:
            return  # the end of the stream is broken, or it is no stream
        packed = unpacker.unconsumed_tail


def _times_drawn(forms: dict[int, _Form]) -> Iterator[int]:
    """How often drawing each form draws a form, at most. A form that draws itself is drawn once."""
    known: dict[int, int] = {}

    def count(number: int, level: int) -> int:
        if number in known or number not in forms or level > 50:
            return known.get(number, 1)
        known[number] = 1
        form = forms[number]
        inner = max((count(name, level + 1) for name in form.names if name in forms), default=0)
        known[number] = min(1 + form.draws * inner, 10 * _MOST_DRAWN)
        return known[number]

    for number in forms:
        yield count(number, 0)
