"""A font file with very many characters -> a small font that has some of them, in the same shapes.

Typst reads the whole file into memory, once for each face that it uses.

Decision: docs/decisions/0049-a-small-font-for-han.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from parentguide.infra.fonts import fonts

# Noto Sans CJK has 33 MB, and the next font file of the packages 2 MB.
_LARGE = 8_000_000
# Numbers of texts in the table ``name``: family, style, identifier, full name and PostScript name. They are
# new, because the Open Font License (3) reserves names for the original.
_FAMILY, _STYLE, _IDENTIFIER, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
# Copyright, licence and its address: the Open Font License (2) asks that they stay with the font.
_KEPT_NAMES = (0, 13, 14)


@dataclass(frozen=True, slots=True)
class LargeFace:
    """A face of a large font file: the name of its family, the file, the face's number in it, and the SHA-256
    digest of the file."""

    family: str
    path: Path
    number: int
    digest: str


@cache
def large_face(family: str) -> LargeFace | None:
    """The installed face of this name, if it has all weights and its file is large; else None."""
    found = [info for info in fonts().fonts() if info.family == family]
    if len(found) != 1 or Path(found[0].path).stat().st_size < _LARGE:
        return None
    path = Path(found[0].path)
    if not any(axis.tag == "wght" for axis in _opened(path, found[0].index).axis_infos):
        return None
    with path.open("rb") as file:
        return LargeFace(family, path, found[0].index, file_digest(file, "sha256").hexdigest())


def _opened(path: Path, number: int) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(path)), number)


def subset_font(face: LargeFace, characters: Iterable[str], family: str, *, bold: bool) -> bytes:
    """The font file of those ``characters`` that ``face`` has, with their forms and distances (OpenType
    features), in one weight. ``family`` is its name. The same arguments give the same bytes."""
    wanted = hb.SubsetInput()
    # HarfBuzz maps the file, and needs a thirtieth of the time and a fifth of the memory of fontTools.
    whole = _opened(face.path, face.number)
    # Typst needs a fifth less time for a sheet in a font of one weight, with outlines in the older format.
    wanted.pin_axis_location(whole, "wght", 700 if bold else 400)
    wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, characters))
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.invert()
    named = wanted.sets(hb.SubsetInputSets.NAME_ID)
    named.clear()
    named.update(_KEPT_NAMES)
    made = hb.subset(whole, wanted)
    font = TTFont(BytesIO(made.blob.data), lazy=True, recalcTimestamp=False)
    names = font["name"]
    style = "Bold" if bold else "Regular"
    full = f"{family} {style}"
    own = {_FAMILY: family, _STYLE: style, _IDENTIFIER: full, _FULL: full}
    for number, text in {**own, _POSTSCRIPT: f"{family.replace(' ', '')}-{style}"}.items():
        names.addMultilingualName({"en": text}, ttFont=font, nameID=number, mac=False)
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()
