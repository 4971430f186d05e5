"""Which column of a table has the pupils' languages, and whether another one counts them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parentguide.infra.spreadsheet_cells import Row
from parentguide.infra.toml import printable
from parentguide.schools.language_names import LanguageNames
from parentguide.schools.table_columns import letters_of

MAX_ROWS = 10_000
# Titles and notes stand above the headings.
_LOOKED_AT = 60
_LONGEST_HEADING = 60
# Headings of a language, the best first: guides are for the family at home. As letters_of gives them.
_HEADINGS = (
    re.compile(r".*(?:homelang|langu?a?g?e?s?(?:spoken)?(?:at|in)?(?:the)?home|spokenathome).*"),
    re.compile(r".*(?:first|1st|mother|native|main|primary|own)(?:lang|tongue).*"),
    re.compile(r".*(?:eallang|langeal|spokenlang|langspoken|languagesspoken|languagespoken|tongue).*"),
    re.compile(
        r"(?:pupils?|students?|childs?|learners?)?(?:lang|language|languages)(?:s|code|name|description|desc)?"
    ),
    re.compile(r".*(?:correspondence|parent|family)\w*lang.*"),
)
_NO_LANGUAGE = re.compile(
    r".*(?:proficien|level|stage|status|assess|date|speech|foreign|modern|gcse|score|source|english(?!asanadd)"
    r"|interpreter|support|nation|ethnic|countr|citizen|religio|(?<!language)(?<!languages)name|dob|birth|class|form|year|gender"
    r"|address|email|phone).*"
)
# Columns of words that are languages by chance, such as “Polish” as a nationality; and other usual headings.
_OTHER = re.compile(
    r".*(?:nation|ethnic|countr|citizen|religio|name|dob|birth|class|form|year|gender|sex|address|email|phone"
    r"|upn|house|tutor|admission|proficien|status|pupil|student|passport|postcode|roll|reg|group|sen|fsm|eal).*"
)
_COUNTS = re.compile(
    r"(?:no|number|count|total|sum)?(?:of|in)?(?:the)?(?:pupils?|students?|children|learners?|families|speakers)?"
    r"(?:no|number|count|total|s)?"
)
_TOTAL = re.compile(r"(?:grand|sub|over)?(?:total|totals|sum|all)(?:pupils|students|children|languages)?")
_NUMBER = re.compile(r"(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LanguageColumn:
    """The cells of a column with the pupils that each counts for; an empty text for a row without one.

    ``recognised`` counts the rows whose language is known. ``may_be_shown``: the heading or most of the cells
    are languages, so a text that is not known hardly is a pupil's name. ``counted``: the list has counts.
    """

    cells: tuple[tuple[str, int], ...]
    heading: str
    recognised: int
    may_be_shown: bool
    hidden: int
    counted: bool


def likeness(texts: Sequence[str]) -> int:
    """How much a row looks like the headings, or one row, of such a list."""
    return sum(4 for text in texts[:100] if _rank(text) is not None)


def seen_headings(tables: Iterable[Sequence[Row]]) -> tuple[str, ...]:
    """The cells of the first row that are usual headings; others are left out, as they may be personal."""
    first = next((rows[0] for rows in tables if rows), None)
    texts = [cell.text for _, cell in sorted(first.cells.items())] if first else []
    usual = [text for text in texts if len(text) <= _LONGEST_HEADING and _OTHER.fullmatch(letters_of(text))]
    return tuple(printable(" ".join(text.split())) for text in usual if not re.search(r"[\d@]", text))[:12]


def find_column(rows: Sequence[Row], names: LanguageNames) -> LanguageColumn | None:
    """The column of languages of a table; None if it has none."""
    known = _Known(names)
    best: tuple[tuple[int, int], LanguageColumn] | None = None
    for at, header, rank in _candidates(rows, known):
        column = _column(rows, at, header, known)
        worth = (column.recognised, -rank)
        if column.cells and (best is None or worth > best[0]):
            best = worth, column
    return best[1] if best else None


class _Known:
    """Whether texts name languages; for one list only."""

    def __init__(self, names: LanguageNames) -> None:
        self._names = names
        self._seen: dict[str, tuple[bool, bool]] = {}

    def known(self, text: str) -> bool:
        return self._of(text)[0]

    def language(self, text: str) -> bool:
        """Whether it names a language, or says that it is English."""
        return self._of(text)[1]

    def _of(self, text: str) -> tuple[bool, bool]:
        if text not in self._seen:
            meaning = self._names.meaning(text)
            self._seen[text] = meaning.known, bool(meaning.mentions) or meaning.word == "english"
        return self._seen[text]


def _candidates(rows: Sequence[Row], known: _Known) -> Iterator[tuple[int, Row | None, int]]:
    """Columns by their headings; without one, columns of which most cells are languages."""
    found = False
    for row in islice(rows, _LOOKED_AT):
        for at, cell in row.cells.items():
            rank = _rank(cell.text)
            if rank is not None:
                found = True
                yield at, row, rank
        if found:
            return
    for at in sorted({at for row in rows for at in row.cells}):
        cells = [row.cells[at].text for row in rows if at in row.cells]
        headed = not known.known(cells[0])
        if headed and len(cells) > 1 and _OTHER.fullmatch(letters_of(cells[0])):
            continue
        below = cells[headed:]
        if below and sum(map(known.language, below)) * 2 >= len(below):
            # A text that is not known at the top of the column is its heading, whatever it says.
            yield at, next(row for row in rows if at in row.cells) if headed else None, len(_HEADINGS)


def _rank(text: str) -> int | None:
    """The place of a heading among those of languages, the best 0; None for another text."""
    if len(text) > _LONGEST_HEADING:
        return None
    letters = letters_of(text)
    rank = next((rank for rank, form in enumerate(_HEADINGS) if form.fullmatch(letters)), None)
    if rank is None or _NO_LANGUAGE.fullmatch(letters):
        return None
    return rank


def _column(rows: Sequence[Row], at: int, header: Row | None, known: _Known) -> LanguageColumn:
    below = [row for row in rows if header is None or row.number > header.number]
    seen = [row for row in below if not row.hidden and not _is_note(row, at, header)]
    counts = _count_column(seen, at, header)
    cells = []
    for row in seen:
        text = row.cells[at].text if at in row.cells else ""
        if not counts:
            cells.append((text, 1))
        elif text and not _TOTAL.fullmatch(letters_of(text)):
            cells.append((text, _count(row, counts)))
    recognised = sum(known.language(text) for text, _ in cells if text)
    filled = sum(bool(text) for text, _ in cells)
    heading = header.cells[at].text if header and _rank(header.cells[at].text) is not None else ""
    return LanguageColumn(
        tuple(cells),
        printable(" ".join(heading.split())),
        recognised,
        bool(heading) or recognised * 2 > filled,
        sum(row.hidden for row in below),
        bool(counts),
    )


def _is_note(row: Row, at: int, header: Row | None) -> bool:
    """A line below or above a wide table, such as the day of the export, is no pupil."""
    return header is not None and len(header.cells) > 2 and len(row.cells) == 1 and at not in row.cells


def _count_column(rows: Sequence[Row], at: int, header: Row | None) -> int:
    """The column that counts the pupils of each language; 0 for a list of pupils."""
    languages = [row.cells[at].text.casefold() for row in rows if at in row.cells]
    # A language comes once in a list with counts, and often in a list of pupils.
    if not languages or len(set(languages)) * 10 < len(languages) * 9:
        return 0
    for other in sorted({other for row in rows for other in row.cells if other != at}):
        texts = [row.cells[other].text for row in rows if other in row.cells and at in row.cells]
        if not texts or sum(bool(_NUMBER.fullmatch(text.strip())) for text in texts) * 2 < len(texts):
            continue
        said = header.cells[other].text if header and other in header.cells else ""
        if (not said or _COUNTS.fullmatch(letters_of(said))) and len(texts) * 2 > len(languages):
            return other
    return 0


def _count(row: Row, column: int) -> int:
    """The number of pupils; at least one where it is hidden, as in “<5” or “*”."""
    match = _NUMBER.fullmatch(row.cells[column].text.strip()) if column in row.cells else None
    return int(match[1].replace(",", "")) if match else 1
