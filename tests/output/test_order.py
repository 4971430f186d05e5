"""Handout and large print: one order of blocks in all languages, numbers that stand out, labels in both
languages, dates in the language."""

import re
from pathlib import Path

import pypdfium2
import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.guide import Callout, Heading
from parentguide.model.markup import plain
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.l10n import format_day
from tests.languages import EDITIONS, LANGUAGES, PROJECT, TRANSLATED
from tests.output import test_type
from tests.output.inked import sides
from tests.output.sheets import footer, letters, lost_words, pdfium_text, sheet

ordinary = test_type.ordinary

# In these the school has no room on the first side beside whom to call, so other parts fill that side.
SCHOOL_ON_SIDE_TWO = {"ar", "ckb", "ml", "pa-Arab", "ps", "si", "ta", "ur"}


def first_side(edition: Edition, path: Path, ids: set[str]) -> int:
    """The first side with all words of the messages."""
    texts = [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]
    found = [segment for segment in extract(edition.guide.blocks) if segment.id in ids]
    assert found, ids
    words = " ".join(re.sub("[\u200c\u200d]|\\{\\w+\\}", " ", plain(segment.text)) for segment in found)
    return next(number for number, text in enumerate(texts) if not lost_words(words, text))


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_blocks_have_one_order_in_all_languages(ordinary: Path, edition: Edition) -> None:
    """Whom to call, the school, the signs, what to do, what the guide is about: but where the school has no
    room on the first side."""
    path = sheet(ordinary, edition, "handout")
    order = ("call-danger", "call-nspcc", "signs-intro", "do-tell", "what-plain", "fact-force")
    places = [first_side(edition, path, {name}) for name in order]
    if edition.language.tag in SCHOOL_ON_SIDE_TWO:
        assert places[4] <= places[2]
        places.pop(4)
    assert places == sorted(places), dict(zip(order, places, strict=False))
    school = next(b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == "school")
    title = next(b for b in school.blocks if isinstance(b, Heading))
    on = first_side(edition, path, {title.segment.id})
    assert on == (1 if edition.language.tag in SCHOOL_ON_SIDE_TWO else 0)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_large_print_is_filled(ordinary: Path, edition: Edition) -> None:
    """Each side is more than half full, but the last two: some words stay with the code."""
    path = sheet(ordinary, edition, "large-print")
    for side in sides(path)[:-2]:
        lowest = min(mark.bottom for mark in side.marks if mark.baseline > footer(path))
        assert side.height - lowest >= side.height / 2


@pytest.mark.parametrize("kind", ["handout", "large-print"])
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_numbers_of_people_are_as_large_as_those_of_helplines(
    ordinary: Path, edition: Edition, kind: str
) -> None:
    """And come before the sentences of the school's frame, or on a side before these."""
    path = sheet(ordinary, edition, kind)
    assert size_of("01632960001", path) == pytest.approx(size_of("08088005000", path), abs=0.1)
    worried = next(s for s in extract(edition.guide.blocks) if s.id == "school-worried")
    last = first_side(edition, path, {"school-worried"})
    found = "".join(letters(pdfium_text(path, page=number)) for number in range(last + 1))
    words = letters(re.sub("[\u200c\u200d]", "", plain(worried.text)).split()[0])
    assert "01632960001" in found
    assert found.index("01632960001") < found.rindex(words)


def size_of(digits: str, path: Path) -> float:
    """The size of type of a number."""
    for side in sides(path):
        marks = [mark for mark in side.marks if mark.char.isdigit()]
        text = "".join(mark.char for mark in marks)
        if digits in text:
            return marks[text.index(digits)].size
    raise AssertionError(digits)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets without any school."""
    out = tmp_path_factory.mktemp("no-school") / "o"
    tags = tuple(language.tag for language in LANGUAGES)
    build_guides(PROJECT, BuildRequest(tags, ("handout", "large-print")), out)
    return out


@pytest.mark.parametrize("kind", ["handout", "large-print"])
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_lines_to_fill_in_have_english_labels_too(empty: Path, edition: Edition, kind: str) -> None:
    text = " ".join(pdfium_text(sheet(empty, edition, kind)).split())
    for context, english in (("team.name", "Name"), ("team.phone", "Phone")):
        assert re.search(rf"(?<!\w){english}(?!\w)", text)
        if not edition.language.is_source:
            assert not lost_words(edition.interface[context], letters(text))


@pytest.mark.parametrize("kind", ["handout", "large-print"])
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_sentence_about_24_hours_has_a_line_of_its_own(empty: Path, edition: Edition, kind: str) -> None:
    path = sheet(empty, edition, kind)
    first = sides(path)[0]
    largest = max(mark.size for mark in first.marks)
    numbers = sorted({round(mark.baseline) for mark in first.marks if mark.size == largest})
    pairs = zip(first.marks, first.marks[1:], strict=False)
    waiting = [one.baseline for one, two in pairs if one.char + two.char == "24"]
    assert len(numbers) == 2
    assert waiting
    assert max(waiting) < numbers[0] - 10


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_foot_has_the_date_in_the_language(empty: Path, edition: Edition) -> None:
    language = edition.language
    assert language.dated
    path = sheet(empty, edition, "handout")
    with pypdfium2.PdfDocument(path) as document:
        width, _ = document[0].get_size()
        foot = document[0].get_textpage().get_text_bounded(0, 0, width, footer(path))
    assert lost_words(format_day(language.dated, language.locale), letters(foot)) == []
