"""The bilingual sheet: two columns, whose rows two people follow together."""

from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from tests.languages import LANGUAGES, PROJECT, TRANSLATED
from tests.output import test_type
from tests.output.inked import Mark, lines_of, sides
from tests.output.sheets import footer, letters, lost_words, pdfium_text, pdftotext, sheet

# Points from the top edge within which the head of a side stands.
HEAD = 40
# Points from the middle of the space between the columns: of the digits in it, and of the words beside them.
DIGITS, WORDS = 10, 16


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bilingual sheets of an ordinary school."""
    out = tmp_path_factory.mktemp("columns") / "o"
    tags = tuple(language.tag for language in LANGUAGES)
    build_guides(PROJECT, BuildRequest(tags, ("bilingual",), test_type.SCHOOL), out)
    return out


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_each_column_has_the_words_of_the_sheet_in_its_language(built: Path, edition: Edition) -> None:
    path = sheet(built, edition, "bilingual")
    middle = sides(path)[0].width / 2
    english, own = letters(pdfium_text(path, 0, middle)), letters(pdfium_text(path, middle))
    for context in ("qr.scan", "numbers.note", "team.website", "team.local", "status.draft"):
        assert not lost_words(edition.interface[context], own), context
        assert not lost_words(edition.interface_english[context], english), context
    # What says that the translation is not official is for both readers, and stands with the translation.
    assert not lost_words(edition.interface["definition.help"], own)
    assert not lost_words(edition.interface_english["definition.help"], own)


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_each_side_but_the_first_has_the_languages_above_its_columns(built: Path, edition: Edition) -> None:
    for side in sides(sheet(built, edition, "bilingual"))[1:]:
        head = [mark for mark in side.marks if mark.baseline > side.height - HEAD]
        left = [mark for mark in head if mark.right < side.width / 2]
        right = [mark for mark in head if mark.left > side.width / 2]
        assert "".join(mark.char for mark in left) == "English"
        assert set(letters(edition.language.own_name)) <= set(letters("".join(m.char for m in right)))


def numbers_of(marks: list[Mark], middle: float) -> list[Mark]:
    """The first digit of each number between the columns."""
    between = [mark for mark in marks if abs((mark.left + mark.right) / 2 - middle) < WORDS]
    digits = [mark for mark in between if mark.char.isdigit()]
    found = []
    for height in lines_of([mark.baseline for mark in digits]):
        line = [mark for mark in between if abs(mark.baseline - height) < 1]
        # Words of the left column may reach into the space.
        if line and all(m.char.isdigit() and abs(m.left - middle) < DIGITS for m in line):
            found.append(line[0])
    return found


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_first_lines_of_a_row_stand_on_one_line_with_its_number(built: Path, edition: Edition) -> None:
    """Headings and whom to call have larger letters, and some scripts too."""
    path = sheet(built, edition, "bilingual")
    seen = 0
    for side in sides(path):
        middle = side.width / 2
        body = [mark for mark in side.marks if mark.baseline > footer(path)]
        for number in numbers_of(body, middle):
            level = [mark for mark in body if abs(mark.baseline - number.baseline) < 0.5]
            assert any(mark.right < middle - WORDS for mark in level), number
            assert any(mark.left > middle + WORDS for mark in level), number
            seen += 1
    assert seen == len(extract(edition.for_school(test_type.SCHOOL).guide.blocks))


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_what_the_school_adds_stands_in_both_columns(built: Path, edition: Edition) -> None:
    """Who reads one column finds every person and number in it."""
    path = sheet(built, edition, "bilingual")
    middle = int(sides(path)[0].width / 2)
    for column in (pdftotext(path, 0, middle), pdftotext(path, middle, 2 * middle)):
        for value in ("01632 960 001", "01632 960 003", "01632 960 004", "www.hillside.herts.sch.uk"):
            assert value in column, value
