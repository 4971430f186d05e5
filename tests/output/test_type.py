"""Type, distance of lines, margins and frames of handout and large print, measured on the PDF.

No ink touches other ink. Distances are measured for no school in particular, and room for an ordinary school.
"""

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from tempfile import mkdtemp

import pytest
from filelock import FileLock

from parentguide.build.api import BuildRequest, build_guides
from parentguide.infra.typst_pool import compile_document
from parentguide.model.guide import Block, BulletList, Callout, Heading, Paragraph, Segment
from parentguide.model.language import Language
from parentguide.model.markup import plain
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.tokens import read_tokens
from parentguide.schools.school_file import parse_school
from tests.languages import EDITIONS, LANGUAGES, PROJECT
from tests.output.inked import Mark, Side, lines_of, sides, touching
from tests.output.sheets import face_of, footer, letters, lost_words, pdfium_text, sheet

MM = 72 / 25.4
TOKENS = read_tokens(PROJECT.templates)
BODY = {"handout": TOKENS.sheets["handout"]["size"], "large-print": TOKENS.sheets["large-print"]["size"]}
KINDS = [*BODY]
# Two people and two contacts.
SCHOOL = parse_school(
    'name = "Hillside Primary School"\nwebsite = "www.hillside.herts.sch.uk"\n'
    'guides = "www.hillside.herts.sch.uk/guides"\npolicy = "www.hillside.herts.sch.uk/safeguarding-policy"\n'
    '[[team]]\nname = "Amina Begum"\nrole = "Designated Safeguarding Lead"\nphone = "01632 960001"\n'
    'email = "safeguarding@hillside.herts.sch.uk"\n'
    '[[team]]\nname = "Ben Carter"\nrole = "Deputy Designated Safeguarding Lead"\nphone = "01632 960002"\n'
    '[[local_contacts]]\nkind = "local_authority"\nname = "Children\'s Services"\nphone = "01632 960003"\n'
    '[[local_contacts]]\nname = "Family Support Hub"\nphone = "01632 960004"\nlanguages = ["pl", "ur"]\n'
)


@pytest.fixture(scope="session")
def ordinary(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sheets of an ordinary school, built once for all worker processes."""
    own = tmp_path_factory.getbasetemp()
    out = (own if worker_id == "master" else own.parent) / "ordinary-sheets"
    with FileLock(out.with_name("ordinary-sheets.lock")):
        if not out.exists():
            tags = tuple(language.tag for language in LANGUAGES)
            part = Path(mkdtemp(dir=out.parent))
            build_guides(PROJECT, BuildRequest(tags, tuple(KINDS), SCHOOL), part / "o")
            shutil.move(part / "o", out)
    return out


def least_distance(language: Language) -> float:
    """The least distance of lines, as a multiple of the type size."""
    if language.tag in ("vi", "yo"):
        return 1.45
    by_script = {"Latn": 1.35, "Cyrl": 1.35, "Hans": 1.5, "Hant": 1.5, "Arab": 1.55}
    return by_script.get(language.script, 1.45)


def type_of(language: Language) -> tuple[float, float]:
    """The scale and the distance of lines of the typeface that sheets use."""
    face = face_of(language)
    if face is None:
        return language.print.scale, language.print.leading
    return face.scale, face.leading or language.print.leading


def body_of(side: Side, foot: float) -> list[Mark]:
    return [mark for mark in side.marks if mark.baseline > foot]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_lines_are_far_enough_apart(output: Path, edition: Edition, kind: str) -> None:
    """In the lower quartile too, and exactly as far as scripts.toml and languages.toml say."""
    language = edition.language
    scale, leading = type_of(language)
    size = BODY[kind] * scale
    distances = []
    for side in sides(sheet(output, edition, kind)):
        # English stands closer than some scripts, and its letters have the size of the body too.
        own = [
            mark.baseline
            for mark in body_of(side, footer(sheet(output, edition, kind)))
            if abs(mark.size - size) < 0.1 and (language.script == "Latn" or not mark.char.isascii())
        ]
        heights = lines_of(own)
        distances += [(above - below) / size for above, below in pairwise(heights)]
    assert len(distances) > 40
    lower = quantiles(distances, n=4)[0]
    assert lower >= least_distance(language) - 0.005
    assert lower == pytest.approx(leading, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_emergency_number_is_the_largest_on_the_first_side(
    output: Path, edition: Edition, kind: str
) -> None:
    first, *others = sides(sheet(output, edition, kind))
    largest = max(mark.size for mark in first.marks)
    assert largest >= 26
    # Twice: in danger, and for a child that is missing, which is no less urgent.
    assert "".join(mark.char for mark in first.marks if mark.size == largest) == "999999"
    assert all(mark.size < largest for side in others for mark in side.marks)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_margins_and_frames_have_room(ordinary: Path, edition: Edition, kind: str) -> None:
    """15 mm at the edges of the paper, 4 mm in frames, but for the overhang of a letter: a point, or half."""
    path = sheet(ordinary, edition, kind)
    for side in sides(path):
        for mark in body_of(side, footer(path)):
            edges = (mark.left, side.width - mark.right, mark.bottom, side.height - mark.top)
            assert min(edges) >= 15 * MM - 1, mark
        for left, bottom, right, top in side.frames:
            for mark in side.marks:
                if not (left < mark.left and mark.right < right and bottom < mark.baseline < top):
                    continue
                room = (mark.left - left, right - mark.right, mark.bottom - bottom, top - mark.top)
                assert min(room) >= 4 * MM - 0.5, (mark, [round(found / MM, 2) for found in room])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_no_ink_touches_another_line_or_a_frame(ordinary: Path, edition: Edition, kind: str) -> None:
    assert touching(sheet(ordinary, edition, kind)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_frames_stay_whole(ordinary: Path, edition: Edition, kind: str) -> None:
    """The words of each call-out are on one side, and those of the first on the first side."""
    path = sheet(ordinary, edition, kind)
    shown = edition.for_school(SCHOOL)
    texts = [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]
    frames = [part for block in shown.guide.blocks if isinstance(block, Callout) for part in frames_of(block)]
    for index, blocks in enumerate(frames):
        texts_of = (plain(segment.text) for segment in extract(blocks))
        # Readers leave zero-width marks out.
        words = " ".join(re.sub("[\u200c\u200d]", "", re.sub(r"\{\w+\}", " ", text)) for text in texts_of)
        on = [number for number, text in enumerate(texts) if not lost_words(words, text)]
        assert on, words
        if index == 0:
            assert on[0] == 0


def frames_of(callout: Callout) -> list[tuple[Block, ...]]:
    """What stays together of a call-out: the sentences of the school's may have a frame of their own."""
    if callout.variant != "school":
        return [callout.blocks]
    titles = tuple(block for block in callout.blocks if isinstance(block, Heading))
    return [titles, tuple(block for block in callout.blocks if block not in titles)]


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_no_side_of_large_print_is_nearly_empty(ordinary: Path, edition: Edition) -> None:
    """At least a third of each has words, but the last."""
    path = sheet(ordinary, edition, "large-print")
    for side in sides(path)[:-1]:
        lowest = min(mark.bottom for mark in body_of(side, footer(path)))
        assert side.height - lowest >= side.height / 3


def texts_of(path: Path) -> list[str]:
    """The letters of each side."""
    return [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]


def sides_with(segment: Segment, texts: list[str]) -> set[int]:
    """The numbers of the sides on which a segment may stand: short words are found inside others too."""
    words = re.sub("[\u200c\u200d]", "", re.sub(r"\{\w+\}", " ", plain(segment.text)))
    found = {number for number, text in enumerate(texts) if not lost_words(words, text)}
    assert found, segment.id
    return found


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_no_sign_stands_alone_on_a_side_of_large_print(ordinary: Path, edition: Edition) -> None:
    path = sheet(ordinary, edition, "large-print")
    blocks = edition.for_school(SCHOOL).guide.blocks
    (signs,) = [b.items for b in blocks if isinstance(b, BulletList) and len(b.items) > 6]
    places = [sides_with(sign, texts_of(path)) for sign in signs]
    on_each = Counter(side for found in places for side in found)
    for found in places:
        assert max(on_each[side] for side in found) >= 2, places


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_two_items_stand_with_the_heading_of_the_second_leaf(
    ordinary: Path, edition: Edition, kind: str
) -> None:
    blocks = edition.for_school(SCHOOL).guide.blocks
    (place,) = [n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.begins_leaf]
    heading, items = blocks[place], blocks[place + 1]
    assert isinstance(heading, Heading)
    assert isinstance(items, BulletList)
    together = [heading.segment, *items.items[:2]]
    texts = texts_of(sheet(ordinary, edition, kind))
    assert set.intersection(*(sides_with(segment, texts) for segment in together))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_last_side_has_words_of_the_guide(ordinary: Path, edition: Edition, kind: str) -> None:
    """Not only the code and who has checked the translation."""
    texts = texts_of(sheet(ordinary, edition, kind))
    last = [b for b in edition.for_school(SCHOOL).guide.blocks if isinstance(b, Paragraph)][-1]
    assert len(texts) - 1 in sides_with(last.segment, texts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_people_stay_together_and_so_do_contacts(ordinary: Path, edition: Edition, kind: str) -> None:
    texts = texts_of(sheet(ordinary, edition, kind))
    for numbers in (("01632960001", "01632960002"), ("01632960004", letters("Family Support Hub"))):
        assert any(all(number in text for number in numbers) for text in texts), numbers


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_first_sheet_of_paper_has_nothing_of_the_second_leaf(ordinary: Path, edition: Edition) -> None:
    (heading,) = [b for b in edition.guide.blocks if isinstance(b, Heading) and b.begins_leaf]
    path = sheet(ordinary, edition, "handout")
    wanted = letters(plain(heading.segment.text))
    texts = [letters(pdfium_text(path, page=number)) for number in range(len(sides(path)))]
    assert wanted in "".join(texts[2:])
    assert wanted not in "".join(texts[:2])


def test_the_first_leaf_of_an_ordinary_school_has_two_sides(ordinary: Path) -> None:
    """In English: whom to call, the school and help on the first, the signs and what to do on the second."""
    path = ordinary / "cse/en/cse-en-handout.pdf"
    first, second, *others = [letters(pdfium_text(path, page=n)) for n in range(len(sides(path)))]
    assert "Helpoutsideschool" in first
    assert "Possiblesigns" in second
    assert "Donotdeletemessages" in second
    assert "neverthechildsfault" in first + second
    assert len(others) == 1


@pytest.mark.parametrize(("leading", "touches"), [("-0.3em", True), ("0.6em", False)])
def test_touching_ink_is_found(tmp_path: Path, leading: str, touches: bool) -> None:
    """On a sheet with narrow lines, and not on the same sheet with wide ones."""
    source = (
        '#set text(font: "Source Sans 3", size: 14pt, top-edge: 0.8em, bottom-edge: -0.2em)\n'
        f"#set par(leading: {leading})\n" + "Agypj bdfhklt " * 60
    )
    path = tmp_path / "x.pdf"
    path.write_bytes(compile_document(source.encode(), PROJECT.templates / "print", {}, (), format="pdf"))
    assert bool(touching(path)) is touches
