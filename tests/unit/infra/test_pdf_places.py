"""Words are found in a PDF by the links around them, and shown with an outline."""

from io import BytesIO

import pytest
import typst
from PIL import Image

from parentguide.infra.pdf_places import PIXELS, Box, picture_of, places
from parentguide.model.output import PLACE_MARK

PLACED = f"""
#let placed(words) = {{
  let parts = words.split("{PLACE_MARK}")
  if parts.len() == 1 {{ words }} else {{ link("place:" + parts.first(), parts.last()) }}
}}
#set page(width: 500pt, height: 300pt, margin: 20pt)
#set text(size: 10pt)
"""


def pdf(body: str) -> bytes:
    return typst.compile((PLACED + body).encode(), format="pdf")


def named(name: str, words: str) -> str:
    return f'#placed("{name}{PLACE_MARK}{words}")'


def test_words_are_found_on_their_page_line_by_line() -> None:
    long = "many words " * 20
    found = places(pdf(f"Before {named('a.b', 'here')} #pagebreak() {named('c', long)}"))
    (box,) = found["a.b"]
    assert box.side == 1
    assert 20 < box.left < box.right < 100
    assert 260 < box.bottom < box.top < 290
    assert len(found["c"]) > 1
    assert {one.side for one in found["c"]} == {2}


def test_words_that_stand_there_again_are_not_found_again() -> None:
    twice = f"#grid(columns: (1fr, 1fr), {named('a', 'card')[1:]}, {named('a', 'card')[1:]})"
    assert len(places(pdf(twice))["a"]) == 1


def test_pieces_of_one_line_are_one_box() -> None:
    words = "صفحہ 1، کل 4 صفحات"
    found = places(
        pdf(f'#set text(lang: "ur", dir: rtl, font: "Amiri", fallback: true)\n{named("a", words)}')
    )
    assert len(found["a"]) == 1


def test_a_sheet_of_a_build_has_no_such_words() -> None:
    assert places(pdf('#link("https://example.org")[words] #placed("plain")')) == {}


@pytest.mark.parametrize("from_right", [True, False])
def test_a_picture_stays_on_the_page_and_is_never_too_wide(from_right: bool) -> None:
    content = pdf("#rect(width: 100%, height: 100%)")
    box = Box(1, 5, 280, 495, 295)
    picture = Image.open(BytesIO(picture_of(content, (box,), from_right=from_right)))
    assert picture.width == pytest.approx(360 * PIXELS, abs=2)
    # The side on which the words begin is there, and the other is not.
    row = [picture.getpixel((x, picture.height // 2)) != (255, 255, 255) for x in range(picture.width)]
    assert any(row[-80:]) == from_right
    assert any(row[:80]) != from_right
