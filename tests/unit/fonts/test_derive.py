"""A derived font shows what the face shows, glyph by glyph."""

import re
import subprocess
import sys
from collections import Counter
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from parentguide.errors import LayoutError
from parentguide.fonts import derive
from parentguide.fonts.derive import derived_font
from parentguide.fonts.lexicon import Lexicon, Run, lexicon_of, parts, runs_of
from parentguide.fonts.shaping import Face
from tests.unit.fonts.faces import EACH, SANS, SCRIPT, family, lexicon, lines
from tests.unit.fonts.outlines import Contour, Outlines

# Parts of a unit of the em are rounded once in each font.
ROUNDING = 2


def apart(direct: Counter[Contour], derived: Counter[Contour]) -> list[Contour]:
    """The contours of ``direct`` that are nowhere near a contour of ``derived``."""
    missing = list((direct - derived).elements())
    others = list((derived - direct).elements())
    for contour in [*missing]:
        near = next((other for other in others if _near(contour, other)), None)
        if near is not None:
            missing.remove(contour)
            others.remove(near)
    return missing + others


def _near(one: Contour, other: Contour) -> bool:
    return all(abs(edge - its) <= ROUNDING for edge, its in zip(one, other, strict=True))


def as_runs(text: str, runs: dict[str, tuple[Run, ...]]) -> list[Run]:
    """A text as sheets set it: words with marks in parts."""
    found: list[Run] = []
    plain = ""
    for part in parts(text, SCRIPT):
        if part in runs:
            found += [*([Run(plain, 1)] if plain else []), *runs[part]]
            plain = ""
        else:
            plain += part
    return [*found, *([Run(plain, 1)] if plain else [])]


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize(("tag", "name"), EACH)
def test_each_text_of_the_catalogs_has_its_ink_where_the_face_has_it(
    tag: str, name: str, *, bold: bool
) -> None:
    language, words = tag.split("-", maxsplit=1)[0], lexicon(tag)
    face = family(name).bold if bold else family(name).regular
    direct = Outlines(face, language)
    data = derived_font(face, words, "Test", language, SCRIPT, bold=bold)
    derived = Outlines(Face(data), language)
    runs = runs_of(words.words)
    # Other fonts set the characters that the face does not have.
    others = "".join(char for char in words.others if 0 in direct.glyphs(char))
    # The spaces are the derived font's own (test_spacing.py).
    cut = rf"[\s{re.escape(others)}_]+"
    texts = sorted({part for text in lines(tag) for part in re.split(cut, text) if part})
    differ = [text for text in texts if apart(direct.text([Run(text, 1)]), derived.text(as_runs(text, runs)))]
    assert differ == []


def test_the_same_words_give_the_same_bytes_in_every_process() -> None:
    program = (
        "import sys; from hashlib import sha256\n"
        "from parentguide.fonts.derive import derived_font\n"
        "from tests.unit.fonts.faces import SANS, SCRIPT, family, lexicon\n"
        "data = derived_font(family(SANS).regular, lexicon('fa'), 'Test', 'fa', SCRIPT)\n"
        "print(sha256(data).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**_environment(), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": ":".join(path or "." for path in sys.path)}


@pytest.mark.parametrize("word", ["کرگس", "نکر", "کرکر", "ر", "ک"])
def test_no_letter_of_an_unknown_word_is_drawn(word: str) -> None:
    """Not even where the word begins, ends or contains a known one: the next font draws all of it."""
    data = derived_font(family(SANS).regular, lexicon_of(["کر کرن گس"], SCRIPT), "Test", "ur", SCRIPT)
    outlines = Outlines(Face(data), "ur")
    assert set(outlines.glyphs(word)) == {0}
    assert 0 not in outlines.glyphs("کر کرن (گس)"[:6])


def test_a_word_beside_marks_of_punctuation_is_known() -> None:
    words = lexicon_of(["کر", "،۔؟!«»: "], SCRIPT)
    outlines = Outlines(Face(derived_font(family(SANS).regular, words, "Test", "ur", SCRIPT)), "ur")
    assert 0 not in outlines.glyphs("«کر»، کر۔ کر؟ کر! کر:")


def test_the_font_has_a_name_of_its_own_and_the_licence_of_the_face() -> None:
    face = family(SANS).bold
    font = TTFont(BytesIO(derived_font(face, Lexicon(("کر",), (" ",)), "Sheets 1", "ur", SCRIPT, bold=True)))
    original = TTFont(BytesIO(face.data))
    names, old = font["name"], original["name"]
    assert [names.getDebugName(number) for number in (1, 2, 4, 6)] == [
        "Sheets 1",
        "Bold",
        "Sheets 1 Bold",
        "Sheets1-Bold",
    ]
    assert [names.getDebugName(number) for number in (0, 13, 14)] == [
        old.getDebugName(number) for number in (0, 13, 14)
    ]
    assert font["OS/2"].fsType == original["OS/2"].fsType
    assert font["hhea"].ascent == original["hhea"].ascent
    assert font["head"].created == font["head"].modified == derive._DATE


def test_the_left_side_bearing_of_each_glyph_is_where_its_ink_begins() -> None:
    """Renderers move the ink of a glyph by the difference."""
    font = TTFont(BytesIO(derived_font(family(SANS).regular, lexicon("ur"), "Test", "ur", SCRIPT)))
    table = font["glyf"]
    wrong = {
        name
        for name in font.getGlyphOrder()
        if table[name].numberOfContours and font["hmtx"][name][1] != table[name].xMin
    }
    assert wrong == set()


def test_too_many_glyphs_are_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive, "MOST_GLYPHS", 10)
    with pytest.raises(LayoutError, match=r"2 words in \d+ forms are too many for one font"):
        derived_font(family(SANS).regular, Lexicon(("پر", "کر"), ()), "Test", "ur", SCRIPT)


def test_a_job_without_words_has_a_font_too() -> None:
    data = derived_font(family(SANS).regular, Lexicon((), (" ", "،")), "Test", "ur", SCRIPT)
    assert 0 not in Outlines(Face(data), "ur").glyphs("، ،")
