"""A logo as schools have it becomes a small one or is refused with a clear sentence."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image, ImageCms, ImageDraw

from parentguide.errors import SchoolFileError
from parentguide.schools.accent import DARK_GROUNDS, ENOUGH, LIGHT_GROUNDS, contrast
from parentguide.schools.logo import MAX_BYTES, read_logo
from parentguide.schools.logo_colours import logo_colours
from parentguide.schools.logo_upload import BOX, MOST_BYTES, PreparedLogo, prepare_logo

NAVY, GOLD = "#14286e", "#c8961e"


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(prepared: PreparedLogo) -> Image.Image:
    with Image.open(BytesIO(prepared.data)) as picture:
        picture.load()
        return picture


def crest(size: tuple[int, int] = (400, 200), ground: str | tuple[int, ...] = "white") -> Image.Image:
    """A navy shield with a golden bar, from edge to edge."""
    picture = Image.new("RGBA" if isinstance(ground, tuple) else "RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, size[0] - 1, size[1] - 1), fill=NAVY)
    draw.rectangle((size[0] // 4, size[1] * 2 // 5, size[0] * 3 // 4, size[1] * 3 // 5), fill=GOLD)
    return picture


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 60 + shift) for shift in range(3)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_good_picture_stays_as_it_is(kind: str) -> None:
    data = saved(crest(), kind)
    prepared = prepare_logo(data)
    assert (prepared.data, prepared.done) == (data, ())
    assert prepared.suffix == {"PNG": "png", "JPEG": "jpg"}[kind]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_is_made_smaller(kind: str) -> None:
    data = saved(noise((900, 600)), kind, **({"quality": 100} if kind == "JPEG" else {}))
    assert len(data) > MAX_BYTES
    prepared = prepare_logo(data)
    assert len(prepared.data) <= MAX_BYTES
    assert prepared.suffix == "jpg"
    assert "made smaller: " in prepared.done[0]
    assert prepare_logo(data) == prepared
    read_logo(prepared.data, "A school")


def test_a_large_transparent_picture_keeps_its_ground() -> None:
    prepared = prepare_logo(saved(crest((4800, 2400), (0, 0, 0, 0))))
    picture = opened(prepared)
    assert (picture.size, picture.mode, prepared.suffix) == (BOX, "RGBA", "png")
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
    # No dark fringe: what can be seen above the bar is navy, also at its edge.
    pixels = picture.crop((0, 0, picture.width, 150)).tobytes()
    seen = [pixels[at : at + 4] for at in range(0, len(pixels), 4) if pixels[at + 3] > 100]
    assert seen
    assert all(abs(red - 0x14) < 16 and abs(blue - 0x6E) < 16 for red, _, blue, _ in seen)


def test_a_palette_with_a_clear_colour_keeps_it() -> None:
    picture = crest((6000, 3000)).quantize(8)
    prepared = prepare_logo(saved(picture, transparency=picture.getpixel((0, 0))))
    assert opened(prepared).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_a_picture_of_the_camera_is_turned_upright() -> None:
    picture = crest((400, 200))
    picture.paste("#b00020", (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 270 degrees
    prepared = prepare_logo(saved(picture, "JPEG", exif=exif, quality=95))
    assert opened(prepared).size == (200, 400)
    assert "turned upright" in prepared.done
    red, _, blue = opened(prepared).convert("RGB").getpixel((100, 50))  # type: ignore[misc]
    assert red > 150 > blue
    assert opened(prepared).getexif().get(0x0112, 1) == 1


def test_colours_of_a_printing_press_become_those_of_screens() -> None:
    prepared = prepare_logo(saved(crest().convert("CMYK"), "JPEG", quality=95))
    assert opened(prepared).mode == "RGB"
    assert "the colours are now those of screens (sRGB)" in prepared.done
    red, _, blue = opened(prepared).getpixel((20, 100))  # type: ignore[misc]
    assert blue > red + 40


def test_another_colour_profile_is_applied_and_srgb_is_left() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(crest(), icc_profile=srgb)
    assert prepare_logo(data).data == data
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert opened(prepare_logo(saved(crest(), icc_profile=lab))).mode == "RGB"


@pytest.mark.parametrize("ground", ["white", (0, 0, 0, 0)])
def test_a_wide_empty_border_is_cut_off(ground: str | tuple[int, ...]) -> None:
    picture = Image.new("RGBA" if isinstance(ground, tuple) else "RGB", (1000, 1000), ground)
    picture.paste(crest(), (300, 400))
    prepared = prepare_logo(saved(picture))
    assert "the empty border was cut off" in prepared.done
    assert opened(prepared).size == (418, 218)


def test_a_white_logo_on_a_clear_ground_is_not_cut() -> None:
    picture = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((4, 4, 295, 195), fill="white")
    data = saved(picture)
    assert prepare_logo(data).data == data


def test_an_editors_data_in_an_svg_is_left_out() -> None:
    start = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/>'
    small = start + b"</svg>"
    assert prepare_logo(small) == PreparedLogo(small, "svg")
    prepared = prepare_logo(start + b"<metadata>" + b"x" * 300_000 + b"</metadata></svg>")
    assert len(prepared.data) < 1000
    assert prepared.done == ("made smaller: 300 kB → 1 kB",)


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in some hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    return saved(crest(), save_all=True, append_images=[crest().rotate(180)])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not a PNG, JPEG or SVG"),
        (b"GIF89a" + bytes(40), "not a PNG, JPEG or SVG"),
        (saved(crest())[:300], "broken"),
        (bomb(), "too many pixels"),
        (saved(Image.new("1", (10_001, 900))), "too many pixels"),
        (bytes(MOST_BYTES + 1), "20.0 MB"),
        (moving(), "moves"),
        (saved(Image.new("RGB", (2000, 20), NAVY)), "too long and thin"),
        (b"<svg><script>", "XML is broken"),
    ],
    ids=["empty", "gif", "cut off", "bomb", "too wide", "too large", "moving", "strip", "svg"],
)
def test_what_cannot_be_used_is_refused_with_a_remedy(data: bytes, problem: str) -> None:
    if problem == "XML is broken":
        data += b" " * 300_000
    with pytest.raises(SchoolFileError, match=problem) as caught:
        prepare_logo(data)
    assert caught.value.remedy


@pytest.mark.slow
def test_the_largest_picture_is_read_within_the_limits() -> None:
    prepared = prepare_logo(saved(Image.new("RGBA", (10_000, 10_000), NAVY), compress_level=1))
    assert opened(prepared).size == (500, 500)


@pytest.mark.parametrize("ground", ["white", (0, 0, 0, 0)])
def test_the_colours_of_a_crest(ground: str | tuple[int, ...]) -> None:
    colours = logo_colours(read_logo(saved(crest(ground=ground)), ""))
    assert [colour.given for colour in colours] == [NAVY, GOLD]
    for colour in colours:
        assert contrast(colour.light, LIGHT_GROUNDS) >= ENOUGH
        assert contrast(colour.dark, DARK_GROUNDS) >= ENOUGH
    assert colours[0].light == NAVY


def test_the_colours_of_a_jpeg_and_of_an_svg_are_near() -> None:
    (navy, gold) = logo_colours(read_logo(saved(crest(), "JPEG", quality=80), ""))
    for found, drawn in ((navy, NAVY), (gold, GOLD)):
        parts = [(int(found.given[at : at + 2], 16), int(drawn[at : at + 2], 16)) for at in (1, 3, 5)]
        assert all(abs(one - other) < 12 for one, other in parts)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
        f'<rect width="20" height="10" fill="white"/><circle cx="5" cy="5" r="5" fill="{NAVY}"/>'
        f'<circle cx="15" cy="5" r="3" fill="{GOLD}"/></svg>'
    )
    assert [colour.given for colour in logo_colours(read_logo(svg.encode(), ""))] == [NAVY, GOLD]


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_logo_of_greys_has_no_colour(mode: str) -> None:
    picture = Image.linear_gradient("L").convert(mode)
    assert logo_colours(read_logo(saved(picture), "")) == ()


def test_at_most_three_colours() -> None:
    picture = Image.new("RGB", (500, 100))
    for at, colour in enumerate((NAVY, GOLD, "#b00020", "#006a4e", "#6a2c91")):
        picture.paste(colour, (at * 100 - 10 * at, 0, 500, 100))
    assert len(logo_colours(read_logo(saved(picture), ""))) == 3
