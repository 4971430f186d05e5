"""The messages of a guide or of the templates, extracted through Babel from the files that a build renders.

Babel finds the same files and calls the same extractors as for ``pybabel extract``, so that both give
the same messages. No build, check or sign-off reads the English from a POT file, which may be old.

Decision: docs/decisions/0030-messages-from-sources.md.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, check_and_call_extract_file
from babel.util import pathmatch
from jinja2.exceptions import TemplateSyntaxError

from parentguide.errors import Problem, SourceError
from parentguide.model.language import SOURCE_LOCALE
from parentguide.translation.po import Message

_NOTE_TAG = "NOTE:"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the messages of a domain come from.

    ``shown`` is the folder's name in the POT file; ``methods`` has Babel's extractor for each pattern
    of file names, and ``options`` the extractors' options.
    """

    folder: Path
    shown: str
    methods: tuple[tuple[str, str], ...]
    options: Mapping[str, dict[str, Any]] = field(default_factory=dict)


class _Row(NamedTuple):
    """One call of a translation function, or one segment of a guide, as Babel gives it."""

    file: str
    line: int
    message: str | tuple[str, ...]
    comments: list[str]
    context: str | None


def guide_origin(folder: Path, slug: str) -> Origin:
    """Where the messages of a guide come from: ``guide.md`` in its ``folder``, and its definition."""
    return Origin(folder, f"locales/{SOURCE_LOCALE}/{slug}", (("**/guide.md", "parentguide_guide"),))


def interface_origin(templates: Path) -> Origin:
    """Where the words that all guides share come from: the templates."""
    return Origin(
        templates,
        "templates",
        (("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "parentguide_typst")),
        # Without this, Jinja's extractor skips a template with a mistake in silence.
        {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}},
    )


def files_of(origin: Origin) -> tuple[Path, ...]:
    """The files that messages are extracted from, in the order of Babel's ``extract_from_dir``."""
    return tuple(
        path
        for path in _files(origin.folder)
        if any(
            pathmatch(pattern, path.relative_to(origin.folder).as_posix()) for pattern, _ in origin.methods
        )
    )


def extract_messages(origin: Origin) -> dict[str, Message]:
    """The messages of all files by msgctxt. Raises :class:`SourceError` with every mistake."""
    problems: list[Problem] = []
    messages: dict[str, Message] = {}
    for path in files_of(origin):
        try:
            rows = list(_rows(origin, path))
        except SourceError as error:
            problems += error.problems
            continue
        for row in rows:
            problem = _problem(row, messages, path)
            if problem:
                problems.append(problem)
            else:
                _add(row, messages, origin.shown)
    if problems:
        raise SourceError.of(problems)
    return messages


def _files(folder: Path) -> Iterator[Path]:
    """The files below ``folder``, without hidden folders."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(root, name) for name in sorted(names))


def _rows(origin: Origin, path: Path) -> Iterable[_Row]:
    """What Babel extracts from one file. Raises :class:`SourceError` if the file is broken."""
    try:
        yield from (
            _Row(*row)
            for row in check_and_call_extract_file(
                path.as_posix(),
                list(origin.methods),
                dict(origin.options),
                None,
                DEFAULT_KEYWORDS,
                (_NOTE_TAG,),
                True,
                dirpath=origin.folder,
            )
        )
    except TemplateSyntaxError as error:
        raise SourceError(
            f"the template is broken: {error.message}",
            path=path,
            line=error.lineno,
            remedy="Fix the template.",
        ) from None
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8 at byte {error.start}", path=path, remedy="Save the file as UTF-8."
        ) from None


def _problem(row: _Row, messages: Mapping[str, Message], path: Path) -> Problem | None:
    if row.context is None or isinstance(row.message, tuple):
        remedy = "Use pgettext(“msgctxt”, “English”)."
        return Problem(f"“{row.message}” has no msgctxt", remedy, path=path, line=row.line)
    first = messages.get(row.context)
    if first is not None and first.english != row.message:
        text = f"the msgctxt “{row.context}” has two English texts: “{first.english}” and “{row.message}”"
        return Problem(text, "Use one text, or another msgctxt.", path=path, line=row.line)
    return None


def _add(row: _Row, messages: dict[str, Message], shown: str) -> None:
    """Add the row's message, or its notes and place to the message that has the same msgctxt."""
    context, english = str(row.context), str(row.message)
    first = messages.get(context)
    notes = [*(first.note.splitlines() if first else []), *row.comments]
    places = [*(first.places if first else ()), f"{shown}/{Path(row.file).as_posix()}"]
    messages[context] = Message(
        context,
        english,
        note="\n".join(dict.fromkeys(notes)),
        places=tuple(dict.fromkeys(places)),
        line=row.line,
    )
