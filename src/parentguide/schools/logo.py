"""A school's logo: recognised by its bytes, checked, and reduced to be part of every page.

Pictures are decoded and drawn in another process (:mod:`parentguide.infra.limited`).
"""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from parentguide.errors import SchoolFileError, SourceError
from parentguide.infra.limited import limited
from parentguide.model.school import Logo
from parentguide.schools.svg import safe_svg

MAX_BYTES = 200_000
MAX_SIDE = 4_000
# The greatest ratio of the sides: a longer logo of the usual height would not fit on a sheet.
MAX_RATIO = 12
MAX_SMALL_BYTES = 4_500
# A logo takes a tenth of a second at most, and phones must draw it too.
_SECONDS = 3
# A Typst document with the picture only, 320 pixels wide or 160 high.
_DRAW_SVG = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("logo.svg", {side})
"""


def read_logo(data: bytes, alt: str) -> Logo:
    """The bytes of a PNG, JPEG or SVG file -> the logo; ``alt`` is its text alternative (WCAG 1.1.1).

    Raises :class:`SchoolFileError`, without a path, for a file that is not a picture, is too large or
    cannot be made safe.
    """
    if len(data) > MAX_BYTES:
        raise _refused(f"the picture has {len(data) // 1000} kB", "Save it smaller: 200 kB at most.")
    found = _checked(data)
    if isinstance(found, SchoolFileError):
        raise SchoolFileError.of(found.problems)
    return replace(found, alt=alt)


# Every page of Studio and every row of a table reads its logo again.
@lru_cache(maxsize=32)
def _checked(data: bytes) -> Logo | SchoolFileError:
    """The logo without its text alternative, or why there is none. A picture that took too long raises
    :class:`SchoolFileError`: it may be the machine that was busy."""
    try:
        return limited(_decoded, data, seconds=_SECONDS)
    except SchoolFileError as error:
        return error
    except SourceError as error:
        problem = error.problem.replace("this file", "the picture")
        raise _refused(problem, "Save it as PNG, or make it simpler.") from error


def _decoded(data: bytes) -> Logo:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _svg_logo(data)
    picture = _picture(data)
    if picture is None:
        raise _refused("the file is not a PNG, JPEG or SVG picture", "Save it as PNG.")
    media_type, size = picture
    if max(size) > MAX_SIDE:
        raise _refused(
            f"the picture has {size[0]} × {size[1]} pixels", f"Save it with {MAX_SIDE} pixels a side at most."
        )
    _refuse_strip(size)
    return Logo(data, media_type, "", size, _small(data))


def _refused(problem: str, remedy: str) -> SchoolFileError:
    return SchoolFileError(problem, loc=("logo",), remedy=remedy)


def _refuse_strip(size: tuple[float, float]) -> None:
    if max(size) > MAX_RATIO * min(size):
        raise _refused(
            f"the picture is too long and thin ({size[0]:g} × {size[1]:g})",
            f"Cut it so that no side is more than {MAX_RATIO} times the other.",
        )


def _svg_logo(data: bytes) -> Logo:
    picture = safe_svg(data)
    _refuse_strip(picture.size)
    # Drawn in any case: a picture that Typst cannot draw would later stop every sheet.
    drawn = drawn_svg(picture.data, wide=picture.size[0] >= 2 * picture.size[1])
    small = b"" if len(picture.data) <= MAX_SMALL_BYTES else _small(drawn)
    return Logo(picture.data, "image/svg+xml", "", picture.size, small, picture.left_out)


def drawn_svg(svg: bytes, wide: bool) -> bytes:
    """The picture as PNG, in a box of 320 by 160 pixels."""
    import typst

    from parentguide.infra.typst_pool import compile_document

    main = _DRAW_SVG.format(side="width: 160pt" if wide else "height: 80pt").encode("ascii")
    try:
        return compile_document(main, Path(__file__).parent, {"logo.svg": svg}, format="png", ppi=144)
    except typst.TypstError as error:
        raise _refused(f"the picture cannot be drawn ({error})", "Save it as PNG.") from None


def _small(data: bytes) -> bytes:
    """The picture as PNG, at most 320 by 160 pixels and :data:`MAX_SMALL_BYTES`: it is part of every page,
    and old phones have slow connections."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        picture = opened.convert("RGBA")
    for width, colours in ((320, 0), (320, 64), (240, 32), (160, 16), (120, 16)):
        small = picture.copy()
        small.thumbnail((width, width // 2))
        out = small.quantize(colours, method=Image.Quantize.FASTOCTREE) if colours else small
        buffer = BytesIO()
        out.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= MAX_SMALL_BYTES:
            break
    return buffer.getvalue()


def _picture(data: bytes) -> tuple[str, tuple[int, int]] | None:
    """Media type, and width and height in pixels; None for anything but a readable PNG or JPEG.

    A picture that is too large is not decoded: a small file could unpack into a huge picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            size = picture.size
            if max(size) <= MAX_SIDE:
                picture.load()
            return Image.MIME[picture.format or ""], size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
