"""The home languages of a school: a list of pupils, or of languages, -> how many families read which guide.

A school's system exports such lists with names and dates of birth. Only counts leave these functions:
nothing of a row is kept, stored, logged or quoted in an error, and the result is for the screen of the
person who gave the list. Small counts are counted as they are for that reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import ParentguideError, Problem, SchoolFileError
from parentguide.infra.spreadsheet_cells import Row
from parentguide.infra.spreadsheet_rows import spreadsheet_sheets
from parentguide.model.language import Language
from parentguide.schools.language_column import MAX_ROWS, LanguageColumn, find_column, likeness, seen_headings
from parentguide.schools.language_lines import MAX_CHARACTERS, rows_of_text
from parentguide.schools.language_names import LanguageNames, Meaning, Mention

# A text that is not known may be a pupil's name in the wrong column. A shown one has at most so many
# characters, letters only.
_LONGEST_SHOWN = 40
_MOST_SHOWN = 20
_REMEDY = "Export it again with a column “Home language”, or write a language on each line: “Polish, 34”."


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many pupils' families read the guide ``tag``. ``unsure`` of them may read another one."""

    tag: str
    name: str
    count: int
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name such as “Chinese”, which may mean each of the guides ``tags``. It counts for all of them."""

    name: str
    tags: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A name, and how many pupils have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class HomeLanguages:
    """The counts of a list, in pupils; a pupil with two languages counts for both.

    ``found`` are languages with a guide and ``missing`` those without one, biggest first. ``english`` counts
    English, ``without`` pupils without a known language (empty, refused, not obtained). ``unknown`` are texts
    that may be languages, ``not_shown`` counts those that are not repeated because they may be personal.
    ``rows`` are the rows that were read, ``hidden`` the hidden or filtered ones that were not. ``heading`` is
    that of the column, empty where it has none. ``counted``: the list has languages with counts.
    """

    found: tuple[LanguageCount, ...] = ()
    ambiguous: tuple[AmbiguousName, ...] = ()
    missing: tuple[NamedCount, ...] = ()
    unknown: tuple[NamedCount, ...] = ()
    not_shown: int = 0
    english: int = 0
    without: int = 0
    rows: int = 0
    hidden: int = 0
    heading: str = ""
    counted: bool = False


def read_home_languages(data: bytes, path: Path, languages: Iterable[Language]) -> HomeLanguages:
    """The counts of a CSV, ``.xlsx`` or ``.ods`` file; ``path`` is its name, and the file is not opened.

    Raises :class:`~parentguide.errors.ParentguideError` in words for the person, without anything of a row,
    for a file that is empty, too large, no table or has no column of languages.
    """
    names = LanguageNames(languages)
    if not data.strip():
        raise _refused("the file is empty", path)
    try:
        sheets = spreadsheet_sheets(data, path, likeness)
        tables = [_taken(sheet.rows(), path) for sheet in sheets if not sheet.hidden]
    except ParentguideError as error:
        raise type(error).of(map(_without_details, error.problems)) from None
    return _counted(tables, names, path)


def home_languages_of_text(text: str, languages: Iterable[Language]) -> HomeLanguages:
    """The counts of a list that somebody typed or copied: one language or pupil on a line, or a table.

    Raises :class:`SchoolFileError` as :func:`read_home_languages` does.
    """
    names = LanguageNames(languages)
    if not text.strip():
        raise _refused("there is nothing to read")
    if len(text) > MAX_CHARACTERS:
        raise _refused(f"the text has more than {MAX_CHARACTERS:,} characters")
    return _counted([_taken(rows_of_text(text, names), None)], names, None)


def _refused(problem: str, path: Path | None = None, remedy: str = _REMEDY) -> SchoolFileError:
    return SchoolFileError(problem, path=path, remedy=remedy)


def _without_details(problem: Problem) -> Problem:
    """The problem without what follows its colon: a library may quote a cell there."""
    return Problem(problem.text.partition(": ")[0], problem.remedy, (), problem.path)


def _taken(rows: Iterable[Row], path: Path | None) -> Sequence[Row]:
    taken: list[Row] = []
    for row in rows:
        taken.append(row)
        if len(taken) > MAX_ROWS:
            raise _refused(f"the list has more than {MAX_ROWS:,} rows", path, "Divide it into several lists.")
    return taken


def _counted(tables: Sequence[Sequence[Row]], names: LanguageNames, path: Path | None) -> HomeLanguages:
    columns = [column for rows in tables if (column := find_column(rows, names))]
    if not columns:
        if not any(tables):
            raise _refused("the list has no rows", path)
        seen = seen_headings(tables)
        said = f"; the headings are {', '.join(f'“{heading}”' for heading in seen)}" if seen else ""
        raise _refused(f"no column of languages was found{said}", path)
    return _Tally(names).of(max(columns, key=lambda column: column.recognised))


class _Tally:
    """Counts the cells of one column."""

    def __init__(self, names: LanguageNames) -> None:
        self._names = names
        # Only for this list: a text may be personal.
        self._meanings: dict[str, Meaning] = {}
        self._found: Counter[str] = Counter()
        self._unsure: Counter[str] = Counter()
        self._ambiguous: Counter[tuple[str, ...]] = Counter()
        self._called: dict[tuple[str, ...], str] = {}
        self._missing: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._not_shown = 0

    def of(self, column: LanguageColumn) -> HomeLanguages:
        for text, count in column.cells:
            self._add(text, count)
        shown = [(name, count) for name, count in self._unknown.most_common() if column.may_be_shown]
        left = sum(self._unknown.values()) - sum(count for _, count in shown[:_MOST_SHOWN])
        return HomeLanguages(
            found=tuple(
                LanguageCount(tag, self._names.english_name(tag), count, self._unsure[tag])
                for tag, count in self._found.most_common()
            ),
            ambiguous=tuple(
                AmbiguousName(self._called[tags], tags, count)
                for tags, count in self._ambiguous.most_common()
            ),
            missing=tuple(NamedCount(name, count) for name, count in self._missing.most_common()),
            unknown=tuple(NamedCount(name, count) for name, count in shown[:_MOST_SHOWN]),
            not_shown=self._not_shown + left,
            english=self._words["english"],
            without=self._words["nothing"],
            rows=len(column.cells),
            hidden=column.hidden,
            heading=column.heading,
            counted=column.counted,
        )

    def _add(self, text: str, count: int) -> None:
        if text not in self._meanings:
            self._meanings[text] = self._names.meaning(text)
        meaning = self._meanings[text]
        for mention in meaning.mentions:
            self._mentioned(mention, count)
        if meaning.word:
            self._words[meaning.word] += count
        elif not meaning.known:
            word = " ".join(text.split())
            if len(word) <= _LONGEST_SHOWN and all(char.isalpha() or char in " ()/,.'’-" for char in word):
                self._unknown[word] += count
            else:
                self._not_shown += count

    def _mentioned(self, mention: Mention, count: int) -> None:
        if not mention.tags:
            self._missing[mention.name] += count
            return
        self._found.update(dict.fromkeys(mention.tags, count))
        if not mention.sure:
            self._unsure.update(dict.fromkeys(mention.tags, count))
            self._ambiguous[mention.tags] += count
            self._called.setdefault(mention.tags, mention.name)
