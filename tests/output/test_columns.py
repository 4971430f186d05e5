"""The bilingual sheet: two columns, whose rows two people follow together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.schools.addresses import parse_url
from tests.languages import LANGUAGES, PROJECT, TRANSLATED
from tests.output import test_type
from tests.output.inked import Mark, Side, lines_of, sides
from tests.output.sheets import footer, letters, lost_words, pdfium_text, pdftotext, sheet
from tests.output.test_order import about_the_translation

# Points from the top edge within which the head of a side stands.
HEAD = 40
# How far from the middle of the paper, in points, a digit of a number ends, and the words beside it begin.
DIGITS, WORDS = 10, 16
# Points above a first line in which no other line of its column stands.
ABOVE = 8
# No other address begins like that of the website.
SCHOOL = replace(test_type.SCHOOL, website=parse_url("www.hillside-primary.org.uk"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bilingual sheets of an ordinary school."""
    out = tmp_path_factory.mktemp("columns") / "o"
    tags = tuple(language.tag for language in LANGUAGES)
    build_guides(PROJECT, BuildRequest(tags, ("bilingual",), SCHOOL), out)
    return out


def is_in(words: str, text: str, edition: Edition) -> bool:
    """Whether the letters have the words, in one piece where no reader guesses at directions."""
    return letters(words) in text if edition.language.direction == "ltr" else not lost_words(words, text)


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_each_column_has_the_words_of_the_sheet_in_its_language(built: Path, edition: Edition) -> None:
    path = sheet(built, edition, "bilingual")
    middle = sides(path)[0].width / 2
    english, own = letters(pdfium_text(path, 0, middle)), letters(pdfium_text(path, middle))
    for context in ("qr.scan", "numbers.note", "team.website", "team.local"):
        assert not lost_words(edition.interface[context], own), context
        assert is_in(edition.interface_english[context], english, edition), context
    assert any(is_in(words, english, edition) for words in about_the_translation(edition))
    # What says that the translation is not official is for both readers, and stands with the translation.
    assert not lost_words(edition.interface["definition.help"], own)
    assert is_in(edition.interface_english["definition.help"], own, edition)


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_each_side_but_the_first_has_the_languages_above_its_columns(built: Path, edition: Edition) -> None:
    for number, side in enumerate(sides(sheet(built, edition, "bilingual"))):
        head = [mark for mark in side.marks if mark.baseline > side.height - HEAD]
        left = [mark.char for mark in head if mark.right < side.width / 2]
        right = [mark.char for mark in head if mark.left > side.width / 2]
        assert ("".join(left) == "English") == (number > 0)
        own = sorted(letters("".join(right))) == sorted(letters(edition.language.own_name))
        assert own == (number > 0)


def numbers_of(marks: Sequence[Mark], middle: float) -> list[Mark]:
    """The first digit of each number between the columns, from the top."""
    between = [mark for mark in marks if abs((mark.left + mark.right) / 2 - middle) < WORDS]
    found = []
    for height in lines_of([mark.baseline for mark in between if mark.char.isdigit()]):
        line = [mark for mark in between if abs(mark.baseline - height) < 1]
        # Words of the left column may reach into the space.
        if line and all(mark.char.isdigit() and abs(mark.left - middle) < DIGITS for mark in line):
            found.append(line[0])
    return found


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_first_lines_of_a_row_stand_on_one_line_with_its_number(built: Path, edition: Edition) -> None:
    """Headings and whom to call have larger letters, and some scripts too."""
    path = sheet(built, edition, "bilingual")
    seen = 0
    for side in sides(path):
        body = [mark for mark in side.marks if mark.baseline > footer(path)]
        for number in numbers_of(body, side.width / 2):
            left = [mark for mark in body if mark.right < side.width / 2 - WORDS]
            right = [mark for mark in body if mark.left > side.width / 2 + WORDS]
            level = number.baseline - 0.5, number.baseline + 0.5
            assert any(level[0] < mark.baseline < level[1] for mark in left), number
            assert any(level[0] < mark.baseline < level[1] for mark in right), number
            assert not any(level[1] < mark.baseline < level[1] + ABOVE for mark in left), number
            seen += 1
    assert seen == len(extract(edition.for_school(SCHOOL).guide.blocks))


def baselines(side: Side, words: str) -> list[float]:
    """Where the first letters of each place with these words stand, the left column first."""
    found = []
    for is_left in (True, False):
        column = [mark for mark in side.marks if (mark.right < side.width / 2) == is_left]
        text, sought = "".join(mark.char for mark in column), "".join(words.split())
        found += [column[text.index(sought)].baseline] if sought in text else []
    return found


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_what_the_school_adds_is_level_in_both_columns(built: Path, edition: Edition) -> None:
    names = [person.name for person in SCHOOL.team]
    assert SCHOOL.website
    seen = 0
    for side in sides(sheet(built, edition, "bilingual")):
        for words in (*names, SCHOOL.website.shown, *(contact.name for contact in SCHOOL.local_contacts)):
            found = baselines(side, words)
            assert all(abs(one - other) < 0.1 for one, other in pairwise(found)), words
            seen += len(found) == 2
    assert seen == 5


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_what_the_school_adds_stands_in_both_columns(built: Path, edition: Edition) -> None:
    """Who reads one column finds every number and address in it."""
    path = sheet(built, edition, "bilingual")
    middle = int(sides(path)[0].width / 2)
    people = [value for person in SCHOOL.team for value in (person.phone, person.email) if value]
    contacts = [value for contact in SCHOOL.local_contacts for value in contact.values]
    addresses = [value for value in (SCHOOL.website, SCHOOL.policy) if value]
    assert len(addresses) == 2
    for column in (pdftotext(path, 0, middle), pdftotext(path, middle, 2 * middle)):
        squeezed = "".join(column.split())
        for value in (*people, *contacts, *addresses):
            # Poppler guesses at the order of the lines of a long address in a column from right to left.
            for part in value.shown.split("/"):
                assert "".join(part.split()) in squeezed, value


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_nothing_of_the_school_is_smaller_than_promised(built: Path, edition: Edition) -> None:
    path = sheet(built, edition, "bilingual")
    body = [m for side in sides(path) for m in side.marks if m.baseline > footer(path) and m.char.isalnum()]
    assert min(mark.size for mark in body) >= 12 - 0.01
