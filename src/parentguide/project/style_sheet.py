"""``locales/<locale>/STYLE.md``: what to know before one reads or corrects a translation.

It is made from ``glossary.toml``, which has all of it in full; this file is short enough to be printed.
"""

from collections.abc import Iterator
from pathlib import Path

from parentguide.model.language import Language
from parentguide.model.style_notes import NotedTerm, StyleNotes, in_brief
from parentguide.project.language_files import glossary_path, read_glossary
from parentguide.project.project import Project
from parentguide.translation.style_notes import style_notes

# What two sides of A4 hold, in characters, if a Markdown viewer prints the file.
MOST_CHARACTERS = 7_400
# In a table, or in a list that has to leave room for it.
_LONGEST_REASON, _LONGEST_REMARK, _LONGEST_TERM = 90, 420, 90
_MOST_REJECTED = 2

_HEADER = """# {language}: how this translation is written

Made by `parentguide quality` from `glossary.toml`, which has more terms and all reasons; do not edit it.
**AI language models wrote the translation and these notes, and no human has checked them.** A bilingual
reader is asked to answer the questions first.
"""


def style_path(project: Project, language: Language) -> Path:
    """Where the notes on a language are written."""
    return project.locales / language.locale / "STYLE.md"


def styled_languages(project: Project) -> tuple[Language, ...]:
    """The languages that have notes: those with a glossary."""
    return tuple(
        language
        for language in project.languages.values()
        if not language.is_source and glossary_path(project, language).exists()
    )


def style_sheet(project: Project, language: Language) -> str:
    """The file's text. Raises :class:`SourceError` for a ``glossary.toml`` of another shape."""
    notes = style_notes(read_glossary(project, language))
    text = "\n".join([_HEADER.format(language=language.english_name), *_notes(notes)])
    return text + "".join(_terms(notes.terms, MOST_CHARACTERS - len(text)))


def _notes(notes: StyleNotes) -> Iterator[str]:
    if notes.questions:
        yield "## First questions for a bilingual reader\n"
        for number, one in enumerate(notes.questions, 1):
            about = "the whole translation" if one.context == "*" else f"`{one.context}`"
            yield f"{number}. {_line(one.question)} ({about}; {_line(one.why).rstrip('.')}.)"
        yield ""
    if notes.traps:
        yield "## Traps\n"
        yield from (f"- **{_line(about)}**: {_line(advice)}" for about, advice in notes.traps)
        yield ""
    if notes.style:
        yield "## Address and spelling\n"
        yield from (f"- **{name}**: {_shortened(remark)}" for name, remark in notes.style)
        yield ""


def _terms(terms: tuple[NotedTerm, ...], room: int) -> Iterator[str]:
    """The table of terms, as far as ``room`` characters hold them, and how many are left out."""
    if not terms:
        return
    head = "\n## Terms\n\n| English | here | not | why |\n|---|---|---|---|\n"
    yield head
    room -= len(head)
    for index, term in enumerate(terms):
        row = _row(term)
        if len(row) > room:
            yield f"\n{len(terms) - index} more terms are in `glossary.toml`.\n"
            return
        yield row
        room -= len(row)


def _row(term: NotedTerm) -> str:
    cells = (
        in_brief(term.english, _LONGEST_TERM),
        term.term if len(term.term) <= _LONGEST_TERM else in_brief(term.term, _LONGEST_TERM),
        ", ".join(term.rejected[:_MOST_REJECTED]),
        in_brief(term.reason, _LONGEST_REASON),
    )
    return f"| {' | '.join(_line(cell).replace('|', '/') for cell in cells)} |\n"


def _line(text: str) -> str:
    """``text`` on one line."""
    return " ".join(text.split())


def _shortened(text: str) -> str:
    """Whole sentences of a remark, as many as are short enough; the beginning of the first one if none is."""
    text = _line(text)
    if len(text) <= _LONGEST_REMARK:
        return text
    kept = text[:_LONGEST_REMARK].rpartition(". ")[0]
    return f"{kept}. …" if kept else in_brief(text, _LONGEST_REMARK)
