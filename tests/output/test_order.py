"""Handout and large print: one order of blocks in all languages, numbers that stand out, labels in both
languages, dates in the language."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.guide import BulletList, Callout, Heading
from parentguide.model.markup import plain
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.l10n import format_day
from tests.languages import EDITIONS, LANGUAGES, PROJECT, TRANSLATED
from tests.output import test_type
from tests.output.inked import Mark, lines_of, sides
from tests.output.sheets import RIGHT_TO_LEFT, footer, letters, lost_words, pdfium_text, sheet
from tests.output.test_type import BODY, TOKENS

ordinary = test_type.ordinary

# In these help outside school has no room on the first side beside whom to call and the school.
HELP_ON_SIDE_TWO = {"ar", "ckb", "fa", "fa-AF", "ml", "pa-Arab", "ps", "ta", "ur"}
# In these there is none for the sentence that asks for an interpreter, beside all numbers.
NO_ROOM_TO_ASK = {"am", "pa-Arab", "pt-PT", "si", "yo", "zh-Hans", "zh-Hant"}
# In these the signs and their caution are longer than a side.
CAUTION_ON_NEXT_SIDE = {"ml", "ta", "ur"}


def first_side(edition: Edition, path: Path, ids: set[str]) -> int:
    """The first side with all words of the messages."""
    texts = [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]
    found = [segment for segment in extract(edition.guide.blocks) if segment.id in ids]
    assert found, ids
    words = " ".join(re.sub("[\u200c\u200d]|\\{\\w+\\}", " ", plain(segment.text)) for segment in found)
    return next(number for number, text in enumerate(texts) if not lost_words(words, text))


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_blocks_have_one_order_in_all_languages(ordinary: Path, edition: Edition) -> None:
    """Whom to call, the school, help outside it, the signs, what to do, the interpreter, what the guide is
    about. All numbers of the school, and in most languages all numbers, are on the first side."""
    path = sheet(ordinary, edition, "handout")
    order = (
        "call-danger",
        "call-nspcc",
        "signs-intro",
        "do-tell",
        "interpreter-child",
        "what-plain",
        "fact-force",
    )
    shown = {segment.id for segment in extract(edition.guide.blocks)}
    places = [first_side(edition, path, {name}) for name in order if name in shown]
    assert places == sorted(places), dict(zip(order, places, strict=False))
    first = letters(pdfium_text(path, page=0))
    school = next(b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == "school")
    title = next(b for b in school.blocks if isinstance(b, Heading))
    assert first_side(edition, path, {title.segment.id}) == 0
    numbers = ("01632960001", "01632960002", "01632960003", "01632960004")
    assert all(number in first for number in numbers)
    helplines = ("08088005000", "08001111", "101", letters("www.ceop.police.uk"))
    on_first = all(number in first for number in helplines)
    assert on_first is (edition.language.tag not in HELP_ON_SIDE_TWO)
    assert all(one < two for one, two in pairwise(first.index(number) for number in ("999", *numbers)))


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_signs_are_not_proof_is_on_the_side_of_the_signs(ordinary: Path, edition: Edition) -> None:
    """Where a side has no room for all of the caution, its bold words are."""
    path = sheet(ordinary, edition, "handout")
    signs = {s.id for s in extract(edition.guide.blocks) if s.id.startswith("sign-")}
    on = first_side(edition, path, {"signs-intro", *signs})
    apart = edition.language.tag in CAUTION_ON_NEXT_SIDE
    assert first_side(edition, path, {"not-proof"}) - on == (1 if apart else 0)
    caution = next(s for s in extract(edition.guide.blocks) if s.id == "not-proof")
    bold = re.sub("[\u200c\u200d]", "", " ".join(re.findall(r"\*\*(.+?)\*\*", caution.text)))
    assert letters(bold) in letters(pdfium_text(path, page=on))


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_first_side_says_how_to_ask_for_an_interpreter(ordinary: Path, edition: Edition) -> None:
    """In English and in the language, below 999, where no number has to leave that side for it."""
    first = letters(pdfium_text(sheet(ordinary, edition, "handout"), page=0))
    asks = letters("I need an interpreter, please") in first
    assert asks is (edition.language.tag not in NO_ROOM_TO_ASK)
    if asks:
        assert first_side(edition, sheet(ordinary, edition, "handout"), {"interpreter-say"}) == 0
        assert first.index("999") < first.index(letters("I need an interpreter")) < first.index("01632960001")


def heights(marks: Iterable[Mark]) -> list[float]:
    return lines_of([mark.baseline for mark in marks])


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_signs_are_half_a_line_apart(ordinary: Path, edition: Edition) -> None:
    """In the first column: what is further apart than the lines of one sign is so by half a line or more."""
    path = sheet(ordinary, edition, "handout")
    signs = {s.id for s in extract(edition.guide.blocks) if s.id.startswith("sign-")}
    side = sides(path)[first_side(edition, path, signs)]
    scale, leading = test_type.type_of(edition.language)
    size = TOKENS.sheets["handout"]["sign"] * scale
    reach = side.width / 3
    column = [
        mark
        for mark in side.marks
        if abs(mark.size - size) < 0.1
        and (mark.right > side.width - reach if edition.language.direction == "rtl" else mark.left < reach)
    ]
    distances = [one - two for one, two in pairwise(heights(column))]
    between = [distance for distance in distances if distance > 1.1 * leading * size]
    assert len(between) in (2, 4)
    assert min(between) >= 1.5 * leading * size - 0.1


@pytest.mark.parametrize(
    "edition", [p for p in EDITIONS if p.values[0][1] not in RIGHT_TO_LEFT], indirect=True
)
def test_steps_are_half_a_line_apart(ordinary: Path, edition: Edition) -> None:
    path = sheet(ordinary, edition, "handout")
    (steps,) = [b.items for b in edition.guide.blocks if isinstance(b, BulletList) and b.ordered]
    side = sides(path)[first_side(edition, path, {step.id for step in steps})]
    marks = [mark for mark in side.marks if letters(mark.char)]
    scale, leading = test_type.type_of(edition.language)
    text = "".join(mark.char for mark in marks)
    places = []
    for step in steps:
        words = letters(re.sub("[\u200c\u200d]", "", plain(step.text)))
        start = text.index(words)
        places.append(heights(marks[start : start + len(words)]))
    for one, two in pairwise(places):
        assert one[-1] - two[0] >= 1.5 * leading * BODY["handout"] * scale - 0.1


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_large_print_is_filled(ordinary: Path, edition: Edition) -> None:
    """Each is two fifths full, but the last two: words stay with the code, and official words are whole."""
    path = sheet(ordinary, edition, "large-print")
    for side in sides(path)[:-2]:
        lowest = min(mark.bottom for mark in side.marks if mark.baseline > footer(path))
        assert side.height - lowest >= 0.4 * side.height


@pytest.mark.parametrize("kind", ["handout", "large-print"])
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_numbers_of_people_are_as_large_as_those_of_helplines(
    ordinary: Path, edition: Edition, kind: str
) -> None:
    """And come before the sentences of the school's frame, or on a side before these."""
    path = sheet(ordinary, edition, kind)
    assert size_of("01632960001", path) == pytest.approx(size_of("08088005000", path), abs=0.1)
    worried = next(s for s in extract(edition.guide.blocks) if s.id == "school-worried")
    texts = [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]
    number = first_side(edition, path, {"school-worried"})
    words = letters(re.sub("[\u200c\u200d]", "", plain(worried.text)).split()[0])
    place = next(place for place, text in enumerate(texts) if "01632960001" in text)
    assert place <= number
    if place == number:
        assert texts[number].index("01632960001") < texts[number].rindex(words)


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


def about_the_translation(edition: Edition) -> set[str]:
    """How the English sentences begin of which one says who has checked the translation."""
    states = ("draft", "partly", "checked", "professional", "tested")
    return {re.split("[.:{]", edition.interface_english[f"status.{state}"])[0] for state in states}


@pytest.mark.parametrize("kind", ["handout", "large-print"])
@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_end_of_a_sheet_is_on_its_last_side(
    empty: Path, ordinary: Path, edition: Edition, kind: str
) -> None:
    """In the middle of a leaflet, the code and the state of the translation look like its end."""
    for out in (empty, ordinary):
        path = sheet(out, edition, kind)
        texts = [" ".join(pdfium_text(path, page=number).split()) for number in range(len(sides(path)))]
        found = [n for n, text in enumerate(texts) if any(s in text for s in about_the_translation(edition))]
        assert found == [len(texts) - 1]
