"""Logos: every file becomes a picture without active content, or is refused with a message."""

import re
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from parentguide.errors import SchoolFileError, loc_text
from parentguide.infra.typst_pool import compile_document
from parentguide.model.school import Logo
from parentguide.schools.logo import MAX_SMALL_BYTES, read_logo
from parentguide.schools.svg import MAX_ELEMENTS
from tests.fuzzing import ANY_NAUGHTY, fuzz

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs"} | {
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
}
INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape -->
<svg width="210mm" height="297mm" viewBox="0 0 210 297" xmlns="{SVG}" xmlns:svg="{SVG}"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">
  <sodipodi:namedview inkscape:zoom="1"/><title>Logo</title><metadata>x</metadata>
  <defs><linearGradient id="a"><stop style="stop-color:#fc0;stop-opacity:1" offset="0"/></linearGradient>
  <linearGradient xlink:href="#a" id="b" gradientUnits="userSpaceOnUse" x1="0" x2="9"/></defs>
  <g inkscape:groupmode="layer" id="layer1" style="display:inline">
  <path style="fill:url(#b);stroke:none;stroke-width:0.26px;stroke-dasharray:none"
  d="m 1,2 1.5e2,4 0,200 z"/></g>
</svg>"""
ILLUSTRATOR = f"""<svg xmlns="{SVG}" data-name="Layer 1" viewBox="0 0 99.5 40"><defs>
<style>.cls-1, .cls-2 {{ fill: #003865; /* blue */ }} .cls-2 {{ fill-rule: evenodd; stroke: none; }}
</style>
</defs><polygon class="cls-1" points="0 0 9 9 0 9"/><path class="cls-2" d="M0,0h9v9Z"/></svg>"""
FIGMA = f"""<svg width="24" height="12" fill="none" xmlns="{SVG}"><g clip-path="url(#c)">
<path fill-rule="evenodd" clip-rule="evenodd" d="M0 0H24V12" fill="#E4002B" fill-opacity=".5"/></g>
<defs><clipPath id="c"><rect width="24" height="12" fill="white"/></clipPath></defs></svg>"""


def drawing(inner: str, root: str = 'viewBox="0 0 20 10"') -> bytes:
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {root}>{inner}</svg>'.encode()


def made_safe(data: bytes) -> Logo:
    logo = read_logo(data, "School")
    harmless(logo)
    return logo


def harmless(logo: Logo) -> None:
    """Only allowed elements, no event handlers, no text, and references only inside the picture."""
    if logo.media_type != "image/svg+xml":
        with Image.open(BytesIO(logo.small)) as picture:
            assert picture.format == "PNG"
        return
    root = fromstring(logo.data, forbid_dtd=True)
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        assert space == f"{{{SVG}"
        assert name in ELEMENTS
        assert not element.text
        assert not element.tail
        for key, value in element.attrib.items():
            assert not key.lower().startswith("on")
            assert key.rpartition("}")[2] not in ("style", "class", "base", "filter", "src")
            assert "href" not in key or re.fullmatch(r"#[\w.-]+", value)
            assert "url" not in value or re.search(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)", value)
            assert not re.search(r"javascript|data:|https?:|//|&|<|@", value, re.IGNORECASE), (key, value)
    assert logo.small or len(logo.data) <= MAX_SMALL_BYTES


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (INKSCAPE, ['fill="url(#b)"', 'stop-color="#fc0"', 'xlink:href="#a"', 'stroke-dasharray="none"']),
        (ILLUSTRATOR, ['points="0 0 9 9 0 9" fill="#003865"', 'fill-rule="evenodd"']),
        (FIGMA, ['viewBox="0 0 24 12"', 'clip-path="url(#c)"', 'fill-opacity=".5"', 'fill="none"']),
    ],
    ids=["inkscape", "illustrator", "figma"],
)
def test_pictures_of_common_editors_are_kept_whole(text: str, kept: list[str]) -> None:
    logo = made_safe(text.encode())
    assert logo.left_out == ()
    assert logo.small == b""
    for words in kept:
        assert words in logo.data.decode(), words


@pytest.mark.parametrize("text", [INKSCAPE, ILLUSTRATOR, FIGMA], ids=["inkscape", "illustrator", "figma"])
def test_the_rebuilt_picture_looks_like_the_file(text: str, tmp_path: Path) -> None:
    """Typst draws the same pixels for the file with an editor's styles and for the rebuilt picture."""
    before = drawn(text.encode(), tmp_path)
    after = drawn(made_safe(text.encode()).data, tmp_path)
    assert abs(before.height - after.height) <= 1
    after = after.resize(before.size)
    low, high = zip(*(band.getextrema() for band in after.split()), strict=True)
    assert low != high, "the picture is blank"
    near = [abs(x - y) < 20 for x, y in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert sum(near) / len(near) > 0.99


def drawn(svg: bytes, folder: Path) -> Image.Image:
    """The picture as Typst draws it, 320 pixels wide."""
    main = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("x.svg", width: 160pt)'
    png = compile_document(main, folder, {"x.svg": svg}, format="png", ppi=144)
    return Image.open(BytesIO(png)).convert("RGBA")


@pytest.mark.parametrize(
    ("inner", "left_out"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<script href="https://evil.example/x.js"/>', "<script>"),
        ('<path d="M0 0" onload="alert(1)"/>', "event handlers"),
        ('<path d="M0 0" OnClick="alert(1)"/>', "event handlers"),
        ("<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>", "<foreignObject>"),
        ('<path d="M0 0"><set attributeName="href" to="javascript:alert(1)"/></path>', "<set>"),
        ('<path d="M0 0"><animate attributeName="d" values="M0 0"/></path>', "<animate>"),
        ('<path fill="url(https://evil.example/#a)"/>', "a value of fill"),
        ('<path style="fill:url(//evil.example/#a)"/>', "a value of fill"),
        ('<path fill="url(data:image/svg+xml;base64,AAAA)"/>', "a value of fill"),
        ('<path clip-path="url(javascript:alert(1))"/>', "a value of clip-path"),
        ('<path d="M0 0&quot;&gt;&lt;script&gt;"/>', "a value of d"),
        ('<linearGradient id="a" xlink:href="https://evil.example/#a"/>', "a reference out of the picture"),
        ('<linearGradient id="a" href="javascript:alert(1)"/>', "a reference out of the picture"),
        ('<path filter="url(#f)"/>', "filter"),
        ('<path style="mix-blend-mode:multiply"/>', "mix-blend-mode"),
        ('<path stroke-dasharray="0.00001"/>', "a value of stroke-dasharray"),
        ('<rect width="expression(alert(1))"/>', "a value of width"),
        ('<path id="a b\'"/>', "a value of id"),
    ],
)
def test_active_content_is_removed_and_reported(inner: str, left_out: str) -> None:
    assert left_out in made_safe(drawing(inner)).left_out


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (drawing("<text>School</text>"), "holds <text>"),
        (drawing('<image href="https://evil.example/x.png"/>'), "holds <image>"),
        (drawing('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), "holds <a>"),
        (drawing('<use href="#a"/>'), "holds <use>"),
        (drawing("<filter/>"), "holds <filter>"),
        (drawing("<svg/>"), "holds <svg>"),
        (drawing("<style>@import url(https://evil.example);</style>"), "rules that we cannot check"),
        (drawing("<style>path{fill:url(https://evil.example)}</style>"), "rules that we cannot check"),
        (drawing("<g>" * 60 + "</g>" * 60), "nested too deep"),
        (drawing("<g/>" * (MAX_ELEMENTS + 1)), "elements"),
        (drawing("", ""), "how large it is"),
        (drawing("", 'viewBox="0 0 nan 10"'), "no size"),
        (drawing("", 'viewBox="0 0 0 10"'), "no size"),
        (drawing("", 'viewBox="0 0 1e9 10"'), "no size"),
        (drawing("", 'viewBox="1 2 3"'), "how large it is"),
        (drawing("", 'viewBox="0 0 100 2"'), "too long and thin"),
        (drawing("<path>"), "XML is broken"),
        (b"<svg", "XML is broken"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>", "not an SVG"),
        (b'<?xml version="1.0" encoding="no-such"?><svg/>', "XML is broken"),
        (b'<!DOCTYPE svg [<!ENTITY a "x">]><svg viewBox="0 0 2 1">&a;</svg>', "declares entities"),
        (
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg viewBox="0 0 2 1">&a;</svg>',
            "declares entities",
        ),
        (
            b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
            b'<svg viewBox="0 0 2 1"><path d="&c;"/></svg>',
            "declares entities",
        ),
        (b"\x1f\x8b\x08\x00", "not a PNG, JPEG or SVG"),
        (b"GIF89a" + b"\0" * 50, "not a PNG, JPEG or SVG"),
        (b"", "not a PNG, JPEG or SVG"),
    ],
)
def test_unsafe_pictures_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        read_logo(data, "")
    assert caught.value.loc == ("logo",)
    assert problem in caught.value.problem
    assert caught.value.remedy


def test_a_picture_may_lack_the_namespace_and_have_a_document_type() -> None:
    doctype = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    logo = made_safe(b"\xef\xbb\xbf \n" + doctype + b'<svg width="20px" height="10px"><path d="M0 0"/></svg>')
    assert b'viewBox="0 0 20 10" width="320" height="160"' in logo.data


def test_pages_hold_a_small_png_in_place_of_a_large_drawing() -> None:
    paths = "".join(f'<path d="M{n} {n}h{n % 7}v{n % 5}z" fill="#{n:06x}"/>' for n in range(1_000))
    logo = made_safe(drawing(paths, 'viewBox="0 0 1000 500"'))
    assert len(logo.data) > MAX_SMALL_BYTES
    with Image.open(BytesIO(logo.small)) as picture:
        assert picture.format == "PNG"
        assert picture.size == (320, 160)


@pytest.mark.parametrize(
    "inner",
    [
        f"<style>{'/*' * 90_000}</style>",
        f"<style>.a{' ' * 190_000}</style>",
        f'<path d="{"M0 0L9 9" * 20_000}"/>',
        f'<path fill="{"a" * 190_000}"/>',
        f'<path transform="{"translate(" * 19_000}"/>',
        f'<path style="{"fill:red;" * 20_000}"/>',
        "<style>.a{" + "fill:red;" * 10_000 + "}</style>" + '<g class="a a a a a"/>' * 2_900,
        "".join(f'<linearGradient id="g{n}" xlink:href="#g{n + 1}"/>' for n in range(2_900)),
        '<linearGradient id="g" xlink:href="#g"/><path fill="url(#g)" d="M0 0h9v9"/>',
        '<clipPath id="c" clip-path="url(#c)"><path d="M0 0h9v9"/></clipPath><g clip-path="url(#c)"/>',
        '<path d="M0 0L1e38 1e38L-1e38 1e38Z" stroke="#000" stroke-width="1e38"/>',
        '<path d="M0 0A1e-30 1e30 0 1 1 9 9" transform="scale(1e30)"/>',
    ],
)
def test_large_and_circular_drawings_do_not_exhaust_the_reader(inner: str) -> None:
    """A reader whose work grew with the square of the size would take minutes.

    The bound is on processor time, so that a busy machine makes no difference.
    """
    started = process_time()
    checked(drawing(inner))
    assert process_time() - started < 60


# The allowed elements stand here three times, so that most drawings are accepted.
NAMES = st.sampled_from(
    [
        *sorted(ELEMENTS - {"svg"}) * 3,
        "script",
        "style",
        "image",
        "use",
        "a",
        "set",
        "title",
        "foreignObject",
        "x:y",
        "é",
    ]
)
KEYS = st.one_of(
    st.sampled_from(["d", "fill", "style", "class", "id", "href", "xlink:href", "onload", "transform"]),
    st.sampled_from(["width", "points", "clip-path", "viewBox", "stroke-width", "stop-color", "xml:base"]),
    st.sampled_from(["offset", "r", "opacity"]),
)
NUMBERS = st.one_of(
    st.floats().map(repr), st.integers().map(str), st.sampled_from(["1e38", "-0", "1e-40", "5%"])
)
VALUES = st.one_of(
    NUMBERS,
    ANY_NAUGHTY,
    st.lists(NUMBERS, max_size=8).map(" ".join),
    st.lists(st.one_of(st.sampled_from("MLHVCSQTAZmlhvcsqtaz"), NUMBERS), max_size=9).map(" ".join),
    st.sampled_from(["url(#a)", "url(http://e/#a)", "#a", "#fff", "javascript:x", "a", "fill:url(#a);d:x"]),
    st.text(max_size=10),
)


def escaped(text: str) -> str:
    # XML allows no control characters; test_damaged_pictures has them.
    text = "".join(char for char in text if char.isprintable())
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(NAMES)
    pairs = draw(st.dictionaries(KEYS, VALUES, max_size=4))
    own = "".join(f' {key}="{escaped(value)}"' for key, value in pairs.items())
    inner = draw(st.lists(elements(depth + 1), max_size=3)) if depth < 2 else [escaped(draw(ANY_NAUGHTY))]
    return f"<{name}{own}>{''.join(inner)}</{name}>"


def checked(data: bytes) -> None:
    """A harmless logo, or a refusal with a remedy."""
    try:
        harmless(read_logo(data, "School"))
    except SchoolFileError as error:
        refused = loc_text(error.loc), error.remedy
    else:
        return
    assert refused[0] == "logo"
    assert refused[1]


def test_a_drawing_that_makes_typst_panic_is_refused() -> None:
    """Typst panics over this circle; it does not raise its own error."""
    with pytest.raises(SchoolFileError, match="cannot be drawn"):
        read_logo(drawing('<circle r="376975409704"/>', 'viewBox="0 0 20 10"'), "School")


@fuzz(1_500)
@given(
    inner=st.lists(elements(), max_size=4).map("".join),
    box=st.one_of(st.just("0 0 20 10"), st.just("-1 -1 9.5 9e0"), st.just("0,0,1,1"), VALUES),
)
def test_random_drawings(inner: str, box: str) -> None:
    checked(drawing(inner, f'viewBox="{escaped(box)}"'))


def _raster(kind: str) -> bytes:
    buffer = BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((40, 20)).save(buffer, kind)
    return buffer.getvalue()


GOOD = st.sampled_from(
    [_raster("PNG"), _raster("JPEG"), INKSCAPE.encode(), ILLUSTRATOR.encode(), FIGMA.encode()]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good picture with pieces removed, changed or inserted."""
    data = draw(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        put = draw(st.one_of(st.binary(max_size=12), ANY_NAUGHTY.map(lambda t: t.encode("utf-8", "replace"))))
        data = data[:start] + put + data[end:]
    return data


@fuzz(4_000)
@given(data=st.one_of(damaged(), st.binary(max_size=80), st.binary(max_size=80).map(lambda b: b"<svg " + b)))
def test_damaged_pictures(data: bytes) -> None:
    checked(data)
