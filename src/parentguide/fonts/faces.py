"""Where the files of a typeface are: installed packages, and a folder of the project's own fonts."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont, TTLibError

from parentguide.errors import LayoutError
from parentguide.fonts.permissions import allowed_in_pdf
from parentguide.fonts.shaping import Face
from parentguide.infra.fonts import fonts
from parentguide.model.language import PrintFace

_WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface: its regular and its bold face. A typeface without a bold one has the regular for both."""

    name: str
    regular: Face
    bold: Face

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 digests of the typeface's files, each once."""
        return tuple(dict.fromkeys(sha256(face.data).hexdigest() for face in (self.regular, self.bold)))


def find_family(name: str, folders: tuple[Path, ...] = ()) -> Family | None:
    """The typeface of this name in the installed packages or in ``folders``; None if there is none.

    Raises :class:`LayoutError` for a font whose maker does not allow it in a PDF.
    """
    return _family(name, folders, tuple(_states(folders)))


def first_found(
    faces: Iterable[PrintFace], folders: tuple[Path, ...] = ()
) -> tuple[PrintFace, Family] | None:
    """The first face that is installed or in ``folders``, with its typeface; None if there is none.

    Raises :class:`LayoutError` as :func:`find_family` does.
    """
    for face in faces:
        family = find_family(face.family, folders)
        if family is not None:
            return face, family
    return None


def _states(folders: tuple[Path, ...]) -> Iterator[tuple[str, int, int]]:
    """The files of the folders: somebody may add one while Studio runs."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):
                state = path.stat()
                yield str(path), state.st_mtime_ns, state.st_size


@lru_cache(maxsize=32)
def _family(name: str, folders: tuple[Path, ...], states: tuple[tuple[str, int, int], ...]) -> Family | None:
    found = [
        info
        for info in fonts(folders, states).fonts()
        if info.family == name and info.style == "normal" and info.stretch == 1.0 and info.index == 0
    ]
    if not found:
        return None
    files = sorted((_file(info) for info in found), key=lambda file: file.path)
    regular, bold = (min(files, key=lambda f: abs(f.weight - weight)).face(weight) for weight in _WEIGHTS)
    return Family(name, regular, bold)


@dataclass(frozen=True, slots=True)
class _File:
    """A font file: its bytes, its weight, and the lowest and highest value of its axis ``wght``, if any."""

    path: Path
    data: bytes
    weight: int
    axis: tuple[float, float] | None

    def face(self, weight: int) -> Face:
        """The face of this file whose weight is nearest to ``weight``."""
        if self.axis is None:
            return Face(self.data)
        lowest, highest = self.axis
        return Face(self.data, int(min(max(weight, lowest), highest)))


def _file(info: Any) -> _File:
    path = Path(info.path)
    try:
        data = path.read_bytes()
        font = TTFont(BytesIO(data), lazy=True)
        permissions = font["OS/2"].fsType
        axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
        style = str(font["name"].getDebugName(17) or font["name"].getDebugName(2))
    except (OSError, TTLibError, KeyError) as error:
        raise LayoutError(
            f"the font {path.name} cannot be read: {error}", remedy="Get the font file again."
        ) from None
    if not allowed_in_pdf(permissions):
        raise LayoutError(
            f"the maker of the font {path.name} does not allow it in a PDF (fsType {permissions:#06x})",
            remedy="Use a font with the Open Font License.",
        )
    axis = axes.get("wght")
    # Some bold fonts give the weight of the regular one: Noto Nastaliq Urdu 2.000.
    weight = _WEIGHTS[1] if style == "Bold" else info.weight
    return _File(path, data, weight, None if axis is None else (axis.minValue, axis.maxValue))
