"""A picture of a logo -> the bytes of a file that is small enough."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from parentguide.schools.logo import MAX_BYTES

if TYPE_CHECKING:
    from PIL.Image import Image, Resampling

Suffix = Literal["png", "jpg", "svg"]


def encoded(picture: "Image", jpeg: bool) -> tuple[bytes, Suffix]:
    """The picture as a file of at most ``MAX_BYTES``: the best kind, else the smaller, else fewer pixels."""
    opaque = picture.mode != "RGBA"
    while True:
        for kind in ("jpeg", "png", "colours") if jpeg else ("png", "jpeg", "colours"):
            if kind == "jpeg" and not opaque:
                continue
            for made in _jpegs(picture) if kind == "jpeg" else (_png(picture, kind),):
                if len(made) <= MAX_BYTES:
                    return made, "jpg" if kind == "jpeg" else "png"
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)), lanczos())


def _jpegs(picture: "Image") -> Iterator[bytes]:
    for quality in (90, 80, 70):
        buffer = BytesIO()
        # Not optimised: Pillow's buffer for that is too short for noise.
        picture.save(buffer, "JPEG", quality=quality, subsampling=0)
        yield buffer.getvalue()


def _png(picture: "Image", kind: str) -> bytes:
    from PIL import Image

    if kind == "colours":
        picture = picture.quantize(256, method=Image.Quantize.FASTOCTREE)
    buffer = BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def lanczos() -> "Resampling":
    from PIL import Image

    return Image.Resampling.LANCZOS
