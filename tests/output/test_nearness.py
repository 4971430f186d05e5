"""Bilingual sheet and large print: what belongs together stands together, and early, on every side."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.guide import BulletList, Callout, Heading, Segment
from parentguide.model.markup import plain
from parentguide.model.output import Edition
from parentguide.model.walk import blocks_in, extract
from parentguide.render.print.sheet_data import school_data
from tests.languages import EDITIONS, LANGUAGES, PROJECT, TRANSLATED
from tests.output import test_type
from tests.output.inked import lines_of, sides
from tests.output.sheets import footer, letters, lost_words, pdfium_text, pdftotext, sheet, sheets, squeezed

KINDS = ("bilingual", "large-print")
PEOPLE = ("01632960001", "01632960002")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two kinds of sheets of an ordinary school."""
    out = tmp_path_factory.mktemp("near") / "o"
    tags = tuple(language.tag for language in LANGUAGES)
    build_guides(PROJECT, BuildRequest(tags, KINDS, test_type.SCHOOL), out)
    return out


def texts(path: Path) -> list[str]:
    """The letters of each side."""
    return [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]


def first(text_of_sides: list[str], segment: Segment) -> int:
    """The first side with all words of the segment."""
    words = re.sub("[\u200c\u200d]|\\{\\w+\\}", " ", plain(segment.text))
    return next(number for number, text in enumerate(text_of_sides) if not lost_words(words, text))


def all_on_one(text_of_sides: list[str], segments: Sequence[Segment]) -> bool:
    """Whether a side has all words of all these segments."""
    words = " ".join(re.sub("[\u200c\u200d]|\\{\\w+\\}", " ", plain(segment.text)) for segment in segments)
    return any(not lost_words(words, text) for text in text_of_sides)


def heading_of(edition: Edition, variant: str) -> Segment:
    callouts = [b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == variant]
    return next(inner.segment for inner in callouts[-1].blocks if isinstance(inner, Heading))


def steps_of(edition: Edition) -> list[Segment]:
    """The steps, and the heading above them."""
    blocks = edition.guide.blocks
    (place,) = [n for n, b in enumerate(blocks) if isinstance(b, BulletList) and b.ordered]
    heading, steps = blocks[place - 1], blocks[place]
    assert isinstance(heading, Heading)
    assert isinstance(steps, BulletList)
    return [heading.segment, *steps.items]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_people_stand_with_the_heading_of_the_school(built: Path, edition: Edition, kind: str) -> None:
    found = texts(sheet(built, edition, kind))
    (on,) = [number for number, text in enumerate(found) if PEOPLE[0] in text]
    assert on <= 1
    assert PEOPLE[1] in found[on]
    assert first([found[on]], heading_of(edition, "school")) == 0


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_people_come_before_what_the_school_says(built: Path, edition: Edition) -> None:
    path = sheet(built, edition, "bilingual")
    # Of the English column alone: PDFium moves words beside those that run from right to left.
    found = squeezed(pdftotext(path, 0, 0.47 * sides(path)[0].width))
    english = found.index("OurSafeguardingTeam")
    assert english < found.index(f"{PEOPLE[0][:5]}") < found.index("meanskeepingchildrensafe")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_interpreter_and_all_numbers_are_on_the_first_three_sides(
    built: Path, edition: Edition, kind: str
) -> None:
    """In most languages on the first two. Whose fault it is does not come before any of them."""
    found = texts(sheet(built, edition, kind))
    # PDFium moves some words beside those that run from right to left.
    asking = "I need an interpreter please"
    say = next(number for number, text in enumerate(found) if not lost_words(asking, text))
    helpline = next(number for number, text in enumerate(found) if "08088005000" in text)
    (never,) = [s for s in extract(edition.guide.blocks) if s.id == "never-fault"]
    assert say <= 2
    assert helpline <= 2
    assert max(say, helpline) <= first(found, never)


@pytest.mark.parametrize(("edition", "kind"), sheets(EDITIONS, KINDS), indirect=["edition"])
def test_steps_stand_together_below_their_heading(built: Path, edition: Edition, kind: str) -> None:
    assert all_on_one(texts(sheet(built, edition, kind)), steps_of(edition))


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_help_outside_school_stands_together_in_two_columns(built: Path, edition: Edition) -> None:
    found = texts(sheet(built, edition, "bilingual"))
    frame = [b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == "contacts"][-1]
    assert all_on_one(found, extract(frame.blocks))


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_an_address_has_one_line_in_a_column(built: Path, edition: Edition) -> None:
    """As large as it fits, and never smaller than the words around it."""
    address = edition.fields["ceop"].shown
    path = sheet(built, edition, "bilingual")
    seen = 0
    for side in sides(path):
        marks = [mark for mark in side.marks if mark.baseline > footer(path)]
        text = "".join(mark.char for mark in marks)
        for found in re.finditer(re.escape(address), text):
            own = marks[found.start() : found.end()]
            assert len(lines_of([mark.baseline for mark in own])) == 1
            assert min(mark.size for mark in own) >= 12
            seen += 1
    assert seen == 2


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_key_to_the_numbers_stands_above_them(built: Path, edition: Edition) -> None:
    path = sheet(built, edition, "bilingual")
    text = squeezed(pdftotext(path, 0, 0.45 * sides(path)[0].width))
    assert text.index("Thesamenumbermarks") < text.index("Whotocall")


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_a_step_has_only_the_number_of_its_row(built: Path, edition: Edition) -> None:
    text = squeezed(pdfium_text(sheet(built, edition, "bilingual")))
    numbers = edition.numbers
    steps = steps_of(edition)[1:]
    assert "1.Tellus" not in text
    assert [numbers[two.id] - numbers[one.id] for one, two in pairwise(steps)] == [1] * (len(steps) - 1)


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_numbers_of_the_bilingual_sheet_rise(built: Path, edition: Edition) -> None:
    """Although the interpreter comes earlier than in the guide."""
    say = next(b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == "interpreter")
    numbers = edition.numbers
    team = next(b for b in edition.guide.blocks if isinstance(b, Callout) and b.variant == "school")
    assert numbers[extract((say,))[0].id] == numbers[extract((team,))[-1].id] + 1
    assert sorted(numbers.values()) == [*range(1, len(numbers) + 1)]


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_signs_in_large_print_stand_half_a_line_apart(built: Path, edition: Edition) -> None:
    """Baselines of two signs are further apart than those of two lines of one sign."""
    path = sheet(built, edition, "large-print")
    scale, leading = test_type.type_of(edition.language)
    line = 18 * scale * leading
    (signs,) = [
        b
        for b in blocks_in(edition.guide.blocks)
        if isinstance(b, BulletList) and not b.ordered and len(b.items) > 6
    ]
    found = texts(path)
    on = first(found, signs.items[-1])
    marks = [m for m in sides(path)[on].marks if m.baseline > footer(path) and abs(m.size - 18 * scale) < 0.1]
    distances = [above - below for above, below in pairwise(lines_of([mark.baseline for mark in marks]))]
    assert sum(distance > 1.45 * line for distance in distances) >= 1


@pytest.mark.parametrize(("edition", "kind"), sheets(EDITIONS, KINDS), indirect=["edition"])
def test_the_address_of_the_page_has_one_line(built: Path, edition: Edition, kind: str) -> None:
    """Beside its code: it is shorter than a line, so it is not divided between two."""
    qr = school_data(edition.for_school(test_type.SCHOOL))["qr"]
    assert qr is not None
    marks = [mark for side in sides(sheet(built, edition, kind))[-2:] for mark in side.marks]
    start = "".join(mark.char for mark in marks).rindex(qr["shown"])
    assert len(lines_of([mark.baseline for mark in marks[start : start + len(qr["shown"])]])) == 1
