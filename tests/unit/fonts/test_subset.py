"""A small font has the characters that it was made for, as the large face draws them."""

from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from parentguide.fonts.cache import derived_folder, subset
from parentguide.fonts.subset import LargeFace, large_face, subset_font

SIMPLIFIED, TRADITIONAL = "Noto Sans CJK SC", "Noto Sans CJK TC"
# The quotation marks and the stop are kerned, and 直 has another form in each face.
WORDS = "“直接告诉学校。”（999）AV"


@pytest.fixture(params=[SIMPLIFIED, TRADITIONAL])
def face(request: pytest.FixtureRequest) -> LargeFace:
    found = large_face(request.param)
    assert found is not None
    return found


def shaped(font: hb.Face, weight: int) -> tuple[list[str], list[float]]:
    """Of all glyphs of the words the steps of the outlines, and the numbers of the outlines and places."""
    sized = hb.Font(font)
    sized.set_variations({"wght": weight})
    buffer = hb.Buffer()
    buffer.add_str(WORDS)
    buffer.guess_segment_properties()
    hb.shape(sized, buffer, {"palt": True, "kern": True})
    steps: list[str] = []
    numbers: list[float] = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = RecordingPen()
        sized.draw_glyph_with_pen(info.codepoint, pen)
        steps += [step for step, _ in pen.value]
        numbers += [number for _, points in pen.value for point in points for number in point]
        numbers += [position.x_advance, position.x_offset, position.y_offset]
    return steps, numbers


@pytest.mark.parametrize("weight", [400, 700])
def test_shapes_and_distances_are_those_of_the_face(face: LargeFace, weight: int) -> None:
    small = hb.Face(subset_font(face, WORDS, "Small", bold=weight == 700))
    whole = hb.Face(hb.Blob.from_file_path(str(face.path)), face.number)
    (steps, numbers), (steps_of_face, numbers_of_face) = shaped(small, weight), shaped(whole, weight)
    assert steps == steps_of_face
    # Of 1,000 units in an em. In one weight the coordinates are whole numbers.
    assert numbers == pytest.approx(numbers_of_face, abs=1)


def test_it_has_its_own_name_the_same_licence_and_no_other_characters(face: LargeFace) -> None:
    small = TTFont(BytesIO(subset_font(face, WORDS, "Sheets Hans 1", bold=True)))
    assert set(small.getBestCmap()) == set(map(ord, WORDS))
    names = small["name"]
    assert [str(names.getDebugName(number)) for number in (1, 2, 4, 6)] == [
        "Sheets Hans 1", "Bold", "Sheets Hans 1 Bold", "SheetsHans1-Bold",
    ]  # fmt: skip
    with TTFont(face.path, fontNumber=face.number, lazy=True) as whole:
        for number in (0, 13, 14):
            assert names.getDebugName(number) == whole["name"].getDebugName(number)


def test_the_same_characters_give_the_same_bytes(face: LargeFace) -> None:
    first, second = (subset_font(face, words, "Small", bold=False) for words in (WORDS, WORDS[::-1]))
    assert first == second


def test_a_font_of_a_usual_size_or_an_unknown_one_is_not_made_smaller() -> None:
    assert large_face("Source Sans 3") is None
    assert large_face("No Such Font") is None


def test_it_is_made_once(face: LargeFace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, second = subset(face, WORDS, "Hans"), subset(face, WORDS[::-1], "Hans")
    assert first.seconds > 0
    assert (second.seconds, second.digest) == (0.0, first.digest)
    assert {file.name for file in derived_folder(first.digest).iterdir()} == {"regular.otf", "bold.otf"}
    assert subset(face, WORDS + "外", "Hans").digest != first.digest
