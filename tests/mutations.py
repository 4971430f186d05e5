"""Damaged copies of files: bytes flipped, cut, doubled, nested, mixed with another file, numbers changed."""

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

_PIECES = (
    *(b"\0", b"\x1b[2J", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), "²".encode()),
    *(b"\r", b"\r\n", b"\x0b", b"9" * 5_000, b"-1", b"1e400", b"nan", b"2026-02-30", b"0000-00-00", b"&#0;"),
    *(b"&x;", b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b"%s%n", b"../../x", b"/dev/zero"),
    *(
        b"*a",
        b"&a",
        b"!!python/object:os.system",
        b"{{",
        b"]]>",
        b"'''",
        b'"""',
        b"\\ud800",
        b"\\u0000",
        b"=",
    ),
    *(b"=", b"[", b"]", b"{", b"}", b"true", b"null", b"[]", b"{}", b'""', b"1", b": ", b"#", b"---\n"),
)
_OPENERS = (
    b"[",
    b"{",
    b"(",
    b'{"a":',
    b"a.",
    b"- ",
    b"> ",
    b"<g>",
    b"<div>",
    b"<w:p>",
    b'"',
    b"**",
    b"a = [",
)
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"65536", b"1048577", b"4294967296", b"99999999999999999999", b"1e308", b"0.1")


def _flip(data: bytearray, random: Random, other: bytes) -> bytes:
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def _cut(data: bytearray, random: Random, other: bytes) -> bytes:
    return bytes(data[: random.randrange(len(data))])


def _remove(data: bytearray, random: Random, other: bytes) -> bytes:
    start = random.randrange(len(data))
    return bytes(data[:start] + data[start + random.randint(1, 40) :])


def _repeat(data: bytearray, random: Random, other: bytes) -> bytes:
    """A piece many times: up to 200 kB of it."""
    start = random.randrange(len(data))
    piece = data[start : start + random.randint(1, 60)]
    return bytes(data[:start] + piece * random.choice((2, 10, 1_000, 200_000 // len(piece))) + data[start:])


def _nest(data: bytearray, random: Random, other: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    return bytes(
        data[:start] + random.choice(_OPENERS) * random.choice((3, 40, 1_000, 50_000)) + data[start:]
    )


def _insert(data: bytearray, random: Random, other: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    return bytes(data[:start] + random.choice(_PIECES) + data[start + random.choice((0, 0, 1, 10)) :])


def _splice(data: bytearray, random: Random, other: bytes) -> bytes:
    start = random.randrange(len(other) + 1)
    piece = other[start : start + random.randint(1, 200)]
    place = random.randrange(len(data) + 1)
    return bytes(data[:place] + piece + data[place + random.choice((0, len(piece))) :])


def _number(data: bytearray, random: Random, other: bytes) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return _insert(data, random, other)
    match = random.choice(found)
    return bytes(data[: match.start()] + random.choice((*_NUMBERS, b"9" * 5_000)) + data[match.end() :])


def _line(data: bytearray, random: Random, other: bytes) -> bytes:
    """A line somewhere else, or once more."""
    lines = bytes(data).split(b"\n")
    line = random.choice(lines)
    if random.random() < 0.5:
        lines.remove(line)
    lines.insert(random.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


_WAYS: tuple[Callable[[bytearray, Random, bytes], bytes], ...] = (
    *(_flip, _cut, _remove, _repeat, _nest, _insert, _insert, _splice, _number, _line),
)


def mutated(data: bytes, random: Random, other: bytes) -> bytes:
    """A damaged copy of ``data``; ``other`` is a file to mix it with. Of a ZIP archive, a part inside is
    damaged three times of four."""
    if data.startswith(b"PK") and random.random() < 0.75:
        return _mutated_archive(data, random, other)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        if data:
            data = random.choice(_WAYS)(bytearray(data), random, other or b"x")
    return data


def _mutated_archive(data: bytes, random: Random, other: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(parts))
    parts[name] = mutated(parts[name], random, other) if not parts[name].startswith(b"PK") else b""
    if random.random() < 0.05:
        del parts[name]
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
