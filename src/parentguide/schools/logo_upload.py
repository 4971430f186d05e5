"""A logo as a school has it -> a logo file that guides can use.

Schools have photographs of some megabytes, pictures that lie on their side, colours for a printing press and
wide empty borders. :func:`prepare_logo` makes a small picture of them and says what it did; a picture that is
good already stays as it is. :func:`parentguide.schools.logo.read_logo` checks the result as any other logo.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from parentguide.errors import SchoolFileError, SourceError
from parentguide.infra.limited import limited
from parentguide.schools.logo import MAX_BYTES, read_logo
from parentguide.schools.logo_encoding import Suffix, encoded, lanczos
from parentguide.schools.svg import safe_svg

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 20_000_000
MOST_SIDE = 10_000
# Sheets show a logo at most 42 mm wide and 20 mm high: this is more than 600 dots for an inch.
BOX = (1_000, 500)
# An SVG file of an editor may hold far more than its shapes.
_MOST_SVG = 2_000_000
# So many lines of a huge picture are made small at a time, to save memory.
_STRIP = 256
# A border is cut off if it takes this share of a side; a fiftieth of the picture stays as a margin.
_BORDER, _MARGIN = 0.1, 0.02
# A border is empty where it is paler than this, or almost transparent.
_PALE, _CLEAR = 245, 16
_SECONDS = 20
_MEGABYTES = 900
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class PreparedLogo:
    """The bytes of a logo file, at most :data:`~parentguide.schools.logo.MAX_BYTES`; ``suffix`` is for its
    name. ``done`` says in words for the school what was changed; empty where nothing was."""

    data: bytes
    suffix: Suffix
    done: tuple[str, ...] = ()


def prepare_logo(data: bytes) -> PreparedLogo:
    """The bytes of a PNG, JPEG or SVG file -> a logo for pages and sheets.

    A picture is made smaller to fit :data:`BOX` pixels, turned as its camera says, and converted to sRGB; a
    wide white or transparent border is cut off. The same bytes always give the same bytes. Raises
    :class:`SchoolFileError` with a remedy for a file that is too large, moves or is broken.
    """
    if len(data) > MOST_BYTES:
        raise _refused(
            f"the picture has {_size(len(data))}", f"Save it smaller: {_size(MOST_BYTES)} at most."
        )
    try:
        prepared = limited(_prepared, data, seconds=_SECONDS, megabytes=_MEGABYTES)
    except SchoolFileError:
        raise
    except SourceError as error:
        raise _refused(error.problem.replace("this file", "the picture"), "Save it as PNG again.") from error
    read_logo(prepared.data, "")
    return prepared


def _refused(problem: str, remedy: str) -> SchoolFileError:
    return SchoolFileError(problem, loc=("logo",), remedy=remedy)


def _prepared(data: bytes) -> PreparedLogo:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _svg(data)
    from PIL import Image, UnidentifiedImageError

    broken = (UnidentifiedImageError, OSError, ValueError, SyntaxError)
    try:
        opened = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except broken:
        raise _refused("the file is not a PNG, JPEG or SVG picture", "Save it as PNG.") from None
    with opened:
        _refuse(opened)
        try:
            return _Work(opened, len(data)).done(data)
        except broken:
            raise _refused("the picture is broken", "Save it again as PNG.") from None


def _too_many_pixels() -> SchoolFileError:
    return _refused("the picture has too many pixels", f"Save it with {MOST_SIDE:,} pixels a side at most.")


def _refuse(picture: "Image") -> None:
    if max(picture.size) > MOST_SIDE:
        raise _too_many_pixels()
    # A JPEG with several pictures (MPO) is a photograph with its preview.
    if picture.format == "PNG" and getattr(picture, "is_animated", False):
        raise _refused("the picture moves", "Save one still picture of it as PNG.")


def _svg(data: bytes) -> PreparedLogo:
    if len(data) <= MAX_BYTES:
        return PreparedLogo(data, "svg")
    if len(data) > _MOST_SVG:
        raise _refused(f"the SVG picture has {_size(len(data))}", "Simplify it, or save it as PNG.")
    rebuilt = safe_svg(data).data
    if len(rebuilt) > MAX_BYTES:
        raise _refused(
            f"the SVG picture has {_size(len(rebuilt))} of shapes", "Simplify it, or save it as PNG."
        )
    return PreparedLogo(rebuilt, "svg", (f"made smaller: {_size(len(data))} → {_size(len(rebuilt))}",))


class _Work:
    """The steps from an opened picture to the file."""

    def __init__(self, opened: "Image", size: int) -> None:
        self._opened = opened
        self._was = opened.size
        self._bytes = size
        self._profile: bytes = opened.info.get("icc_profile", b"")
        self._jpeg = opened.format != "PNG"
        self._turn = opened.getexif().get(_ORIENTATION, 1)
        self._done: list[str] = []

    def done(self, data: bytes) -> PreparedLogo:
        small = len(data) <= MAX_BYTES and max(self._was) <= 4 * max(BOX)
        usual = self._opened.format in ("PNG", "JPEG") and self._opened.mode != "CMYK"
        picture = self._upright(self._in_srgb(self._reduced()))
        cut = self._without_border(picture)
        if small and usual and not self._done and cut is picture:
            return PreparedLogo(data, "jpg" if self._jpeg else "png")
        cut.thumbnail(BOX, lanczos())
        made, suffix = encoded(cut, self._jpeg)
        if len(made) < len(data):
            self._done.insert(0, f"made smaller: {_size(len(data))} → {_size(len(made))}")
        return PreparedLogo(made, suffix, tuple(self._done))

    def _reduced(self) -> "Image":
        """The picture in RGB, RGBA, L or CMYK, at least twice the box where it was larger."""
        from PIL import Image

        wanted = tuple(2 * side for side in BOX)
        if self._jpeg:
            self._opened.draft(self._opened.mode, (min(wanted), min(wanted)))
        width, height = self._opened.size
        factor = max(1, min(width // wanted[0], height // wanted[1]), max(width, height) // 4_000)
        strips = list(self._strips(factor))
        if len(strips) == 1:
            return strips[0]
        whole = Image.new(strips[0].mode, (strips[0].width, sum(strip.height for strip in strips)))
        top = 0
        for strip in strips:
            whole.paste(strip, (0, top))
            top += strip.height
        return whole

    def _strips(self, factor: int) -> Iterator["Image"]:
        width, height = self._opened.size
        step = max(factor, _STRIP // factor * factor) if factor > 1 else height
        for top in range(0, height, step):
            strip = _plain(self._opened.crop((0, top, width, min(top + step, height))), self._opened.info)
            if factor > 1 and strip.mode == "RGBA":
                # Colours count as much as they can be seen: no dark fringe around a shape.
                strip = strip.convert("RGBa").reduce(factor).convert("RGBA")
            elif factor > 1:
                strip = strip.reduce(factor)
            yield strip

    def _in_srgb(self, picture: "Image") -> "Image":
        from PIL import ImageCms

        alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
        colours = picture.convert("RGB") if alpha else picture
        converted = colours
        if self._profile:
            with suppress(ImageCms.PyCMSError, ValueError, OSError):
                given = ImageCms.getOpenProfile(BytesIO(self._profile))
                if "srgb" not in ImageCms.getProfileDescription(given).casefold():
                    srgb = ImageCms.createProfile("sRGB")
                    made = ImageCms.profileToProfile(colours, given, srgb, outputMode="RGB")
                    converted = made or colours
        if colours.mode == "CMYK" or converted is not colours:
            self._done.append("the colours are now those of screens (sRGB)")
        if converted.mode == "CMYK":
            converted = converted.convert("RGB")
        if alpha:
            converted.putalpha(alpha)
        return converted

    def _upright(self, picture: "Image") -> "Image":
        from PIL import Image

        turns = Image.Transpose
        turn = {
            2: turns.FLIP_LEFT_RIGHT,
            3: turns.ROTATE_180,
            4: turns.FLIP_TOP_BOTTOM,
            5: turns.TRANSPOSE,
            6: turns.ROTATE_270,
            7: turns.TRANSVERSE,
            8: turns.ROTATE_90,
        }.get(self._turn)
        if turn is None:
            return picture
        self._done.append("turned upright")
        return picture.transpose(turn)

    def _without_border(self, picture: "Image") -> "Image":
        """The picture without a wide border of nothing: transparent, or white."""
        seen = _seen(picture).getbbox()
        if seen is None:
            return picture
        width, height = picture.size
        border = max((width - seen[2] + seen[0]) / width, (height - seen[3] + seen[1]) / height)
        if border < _BORDER:
            return picture
        margin = round(_MARGIN * max(seen[2] - seen[0], seen[3] - seen[1])) + 1
        left, top = max(0, seen[0] - margin), max(0, seen[1] - margin)
        self._done.append("the empty border was cut off")
        return picture.crop((left, top, min(width, seen[2] + margin), min(height, seen[3] + margin)))


def _plain(picture: "Image", info: dict[str | tuple[int, int], object]) -> "Image":
    """A picture in RGB, RGBA, L or CMYK."""
    picture.info = {key: value for key, value in info.items() if key == "transparency"}
    if picture.mode in ("RGB", "L", "1", "P", "PA", "LA", "La", "RGBa") and (
        "transparency" in picture.info or picture.mode in ("PA", "LA", "La", "RGBa")
    ):
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):
        # Sixteen bits of grey; convert() alone would cut off all but the darkest.
        return picture.convert("I").point(lambda grey: grey / 257).convert("L")
    return picture if picture.mode in ("RGB", "RGBA", "L", "CMYK") else picture.convert("RGB")


def _seen(picture: "Image") -> "Image":
    """White where there is something to see, black elsewhere."""
    from PIL import ImageChops

    grey = ImageChops.invert(_darkest(picture)).point(lambda dark: 255 if dark > 255 - _PALE else 0)
    if picture.mode != "RGBA":
        return grey
    clear = picture.getchannel("A").point(lambda alpha: 255 if alpha > _CLEAR else 0)
    # White shapes on a transparent ground are the logo.
    return clear if clear.getextrema()[0] == 0 else grey


def _darkest(picture: "Image") -> "Image":
    """The least of red, green and blue: 255 only for white."""
    from PIL import ImageChops

    if picture.mode == "L":
        return picture
    red, green, blue, *_ = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
