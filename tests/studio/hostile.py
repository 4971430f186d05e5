"""Files that are made to stop Studio: small to send, and long or large to read. All are made here."""

import random
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _clips(levels: int = 60) -> bytes:
    """Each clip uses the next one twice: 2 to the power of ``levels`` to draw."""
    clips = (
        f'<clipPath id="a{n}"><rect width="8" height="8" clip-path="url(#a{n + 1})"/>'
        f'<rect x="1" width="8" height="8" clip-path="url(#a{n + 1})"/></clipPath>'
        for n in range(levels)
    )
    return f'{_SVG}{"".join(clips)}<rect width="9" height="9" clip-path="url(#a0)"/></svg>'.encode()


def _uses(levels: int = 30) -> bytes:
    groups = (
        f'<g id="g{n}"><use xlink:href="#g{n + 1}"/><use xlink:href="#g{n + 1}"/></g>' for n in range(levels)
    )
    return f'{_SVG}<defs>{"".join(groups)}</defs><use xlink:href="#g0"/></svg>'.encode()


def _long_path() -> bytes:
    points = " ".join(f"{n % 97}.{n},{n % 89}.{n}" for n in range(8_000))
    return f'{_SVG}<path stroke="red" stroke-dasharray="0.001" d="M0 0 L{points}"/></svg>'.encode()


def _deep_svg() -> bytes:
    return f"{_SVG}{'<g>' * 20_000}{'</g>' * 20_000}</svg>".encode()


def _entities() -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE svg [<!ENTITY e0 "x">{lines}]>{_SVG}<text>&e8;</text></svg>'.encode()


def _png(width: int, height: int) -> bytes:
    """A white picture, which is a few kilobytes for each hundred megabytes of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _docx(body: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        )
    return buffer.getvalue()


def _pdf(content: bytes) -> bytes:
    """One page, whose content is ``content`` unpacked."""
    packed = zlib.compress(zlib.compress(content, 9), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream",
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 5\n0000000000 65535 f \n" + rows
    return data + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)


def logos() -> Mapping[str, bytes]:
    """Logos by name."""
    return {
        "clips.svg": _clips(),
        "uses.svg": _uses(),
        "path.svg": _long_path(),
        "deep.svg": _deep_svg(),
        "entities.svg": _entities(),
        "large.png": _png(30_000, 30_000),
        "wide.png": _png(1_000_000, 100),
    }


def newsletters() -> Mapping[str, bytes]:
    """Newsletters by name."""
    paragraph = "<w:p><w:r><w:t>word </w:t></w:r></w:p>"
    table = "<w:tbl><w:tr><w:tc>"
    return {
        "nested.docx": _docx("<w:p>" * 30_000 + "</w:p>" * 30_000),
        "tables.docx": _docx(table * 5_000 + paragraph + "</w:tc></w:tr></w:tbl>" * 5_000),
        "long.docx": _docx(paragraph * 100_000),
        "bomb.docx": _docx(" " * 300_000_000),
        "bomb.pdf": _pdf(b" " * 400_000_000),
        "letters.pdf": _pdf(b"BT /F1 1 Tf " + b"(a) Tj " * 3_000_000 + b"ET"),
        "word.txt": b"a" * 250_000,
        "lines.txt": b"a b\n" * 70_000,
        "quotes.txt": "“ ‘ \" ' ".encode() * 20_000,
        "hyphens.txt": b"so-\n" * 70_000,
        "spaces.txt": b"a " + b" " * 280_000 + b"b",
        "nothing.docx": b"PK\x03\x04" + b"\0" * 1000,
        "random.pdf": b"%PDF-1.7\n" + random.Random(7).randbytes(200_000),  # noqa: S311
    }


def variant(name: str, data: bytes, number: int) -> bytes:
    """The file with other bytes and the same meaning, so that it cannot be known by its digest."""
    ways: Mapping[str, Callable[[], bytes]] = {
        "svg": lambda: data.replace(b"</svg>", b"<!--%d--></svg>" % number),
        "docx": lambda: _with_comment(data, b"%d" % number),
        "pdf": lambda: data + b"\n%%%d\n" % number,
        "txt": lambda: data + b"\n%d" % number,
    }
    return ways.get(name.rpartition(".")[2], lambda: data)()


def _with_comment(data: bytes, comment: bytes) -> bytes:
    """A ZIP file with a comment; it ends with the length of its comment, which is 0 so far."""
    return data[:-2] + pack("<H", len(comment)) + comment if data[-2:] == b"\0\0" else data
