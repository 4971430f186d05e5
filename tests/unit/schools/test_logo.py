"""A logo is recognised by its bytes, checked and made small."""

from io import BytesIO

import pytest
from PIL import Image, ImageFile

from parentguide.errors import SchoolFileError
from parentguide.schools.logo import MAX_BYTES, MAX_SIDE, MAX_SMALL_BYTES, read_logo


def picture(size: tuple[int, int] = (4, 4), kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return buffer.getvalue()


def noise(side: int) -> bytes:
    """A picture that does not compress."""
    buffer = BytesIO()
    Image.effect_noise((side, side), 100).save(buffer, "PNG")
    return buffer.getvalue()


def svg(inner: str, box: str = "0 0 20 10") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inner}</svg>'.encode()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_is_kept_as_it_is(kind: str, media_type: str) -> None:
    data = picture((40, 10), kind)
    logo = read_logo(data, "A school")
    assert (logo.data, logo.media_type, logo.alt, logo.size) == (data, media_type, "A school", (40, 10))
    assert logo.left_out == ()


def test_the_small_picture_fits_its_box_and_its_limit() -> None:
    logo = read_logo(noise(400), "")
    assert len(logo.small) <= MAX_SMALL_BYTES
    with Image.open(BytesIO(logo.small)) as small:
        assert small.format == "PNG"
        assert small.width <= 320
        assert small.height <= 160


def test_a_short_svg_is_its_own_small_picture() -> None:
    logo = read_logo(b"\xef\xbb\xbf\n" + svg('<rect width="20" height="10"/><script/>'), "A school")
    assert (logo.media_type, logo.size, logo.small, logo.left_out) == (
        "image/svg+xml",
        (20, 10),
        b"",
        ("<script>",),
    )


@pytest.mark.parametrize("box", ["0 0 20 10", "0 0 10 20"])
def test_a_long_svg_gets_a_small_picture(box: str) -> None:
    shapes = "".join(f'<rect x="{number % 10}" width="1" height="1"/>' for number in range(400))
    logo = read_logo(svg(shapes, box), "")
    assert len(logo.data) > MAX_SMALL_BYTES >= len(logo.small) > 0


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"x" * (MAX_BYTES + 1), "the picture has 200 kB"),
        (b"", "not a PNG, JPEG or SVG"),
        (b"GIF89a", "not a PNG, JPEG or SVG"),
        (picture()[:-30], "not a PNG, JPEG or SVG"),
        (picture((MAX_SIDE + 1, 2000)), f"{MAX_SIDE + 1} × 2000 pixels"),
        (picture((130, 10)), "too long and thin (130 × 10)"),
        (svg("", "0 0 1 13"), "too long and thin (1 × 13)"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused(
    data: bytes, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint, which other tests load, tells Pillow to accept truncated pictures in the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(SchoolFileError) as caught:
        read_logo(data, "")
    assert problem in caught.value.problem
    assert caught.value.loc == ("logo",)
    assert caught.value.remedy
