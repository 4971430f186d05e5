"""The colours of a logo, as proposals for a school's accent colour."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from parentguide.errors import ParentguideError
from parentguide.infra.limited import limited
from parentguide.model.school import Colour, Logo
from parentguide.schools.accent import accent
from parentguide.schools.logo import drawn_svg

MOST = 3
_SECONDS = 5
# Pixels that are looked at; nearest neighbours are taken, so no mixed colours arise.
_LOOKED_AT = 300
_OPAQUE = 200
# Greys have less chroma than this, white and black more or less lightness (OKLCH).
_CHROMA, _WHITE, _BLACK = 0.05, 0.97, 0.16
# Colours nearer than this are one (OKLab).
_SAME = 0.12
# Less of the coloured area is an edge or a speck.
_SHARE = 0.04
_MOST_SHADES = 300


def logo_colours(logo: Logo) -> tuple[Colour, ...]:
    """Up to three colours of the picture, the largest first, each with what can be read on light and dark
    grounds. None for a picture of white, black and greys. Transparent parts do not count."""
    try:
        found = _found(logo)
    except ParentguideError:
        # A proposal is missing; the logo itself was checked and is good.
        return ()
    return tuple(accent(colour) for colour in found)


# Studio asks for the same logo each time that it shows the school's details. An error is not kept.
@lru_cache(maxsize=64)
def _found(logo: Logo) -> tuple[str, ...]:
    return limited(_colours, logo.data, logo.media_type, logo.size, seconds=_SECONDS)


@dataclass(frozen=True, slots=True)
class _Shade:
    """A colour as ``#rrggbb`` with its place in OKLab, and how many pixels have it."""

    colour: str
    place: tuple[float, float, float]
    pixels: int


def _colours(data: bytes, media_type: str, size: tuple[float, float]) -> tuple[str, ...]:
    from PIL import Image

    drawn = drawn_svg(data, wide=size[0] >= 2 * size[1]) if media_type == "image/svg+xml" else data
    with Image.open(BytesIO(drawn), formats=("PNG", "JPEG")) as opened:
        picture = opened.convert("RGBA")
    scale = max(1, max(picture.size) / _LOOKED_AT)
    picture = picture.resize(
        (max(1, int(picture.width / scale)), max(1, int(picture.height / scale))), Image.Resampling.NEAREST
    )
    pixels = picture.tobytes()
    seen = Counter(
        (pixels[at], pixels[at + 1], pixels[at + 2])
        for at in range(0, len(pixels), 4)
        if pixels[at + 3] >= _OPAQUE
    )
    return _chosen(_shades(seen))


def _shades(seen: Counter[tuple[int, int, int]]) -> Sequence[_Shade]:
    """Nearly equal pixels as one, in its most frequent colour; without white, black and greys."""
    from coloraide import Color

    bins: dict[tuple[int, int, int], Counter[tuple[int, int, int]]] = {}
    for (red, green, blue), count in seen.items():
        bins.setdefault((red >> 4, green >> 4, blue >> 4), Counter())[red, green, blue] += count
    largest = sorted(bins.values(), key=lambda shades: (-shades.total(), min(shades)))[:_MOST_SHADES]
    found = []
    for shades in largest:
        red, green, blue = min(shades, key=lambda shade: (-shades[shade], shade))
        colour = f"#{red:02x}{green:02x}{blue:02x}"
        lightness, a, b = Color(colour).convert("oklab").coords()
        if (a * a + b * b) ** 0.5 >= _CHROMA and _BLACK < lightness < _WHITE:
            found.append(_Shade(colour, (lightness, a, b), shades.total()))
    return found


def _chosen(shades: Sequence[_Shade]) -> tuple[str, ...]:
    """The colours of the largest areas that do not look alike."""
    areas: list[tuple[_Shade, int]] = []
    for shade in shades:
        near = next((at for at, (area, _) in enumerate(areas) if _alike(area, shade)), None)
        if near is None:
            areas.append((shade, shade.pixels))
        else:
            areas[near] = (areas[near][0], areas[near][1] + shade.pixels)
    whole = sum(pixels for _, pixels in areas)
    large = [(pixels, area.colour) for area, pixels in areas if pixels >= _SHARE * whole]
    return tuple(colour for _, colour in sorted(large, key=lambda pair: -pair[0])[:MOST])


def _alike(area: _Shade, other: _Shade) -> bool:
    distance = sum((one - two) ** 2 for one, two in zip(area.place, other.place, strict=True)) ** 0.5
    # Edges to white or black have the hue of the area in other lightness, and are small beside it.
    (_, a, b), (_, c, d) = area.place, other.place
    one_hue = a * c + b * d > 0.95 * ((a * a + b * b) * (c * c + d * d)) ** 0.5
    return distance < _SAME or (one_hue and other.pixels * 5 < area.pixels)
