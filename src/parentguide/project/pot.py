"""The messages of each domain and its POT file, extracted from guides and templates through Babel.

Babel finds the same files and calls the same extractors as for ``pybabel extract``, so that both give
the same messages.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, check_and_call_extract_file
from jinja2.exceptions import TemplateSyntaxError

from parentguide.errors import Problem, SourceError
from parentguide.infra.files import read_bytes
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.project import INTERFACE, Project
from parentguide.translation import po
from parentguide.translation.po import Message

_NOTE_TAG = "NOTE:"


@dataclass(frozen=True, slots=True)
class _Origin:
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


def domains(project: Project) -> tuple[str, ...]:
    """One domain for each guide, and one for the interface."""
    return (*project.slugs, INTERFACE)


def pot_bytes(project: Project, domain: str) -> bytes:
    """The POT file of ``domain`` as the guide or the templates now require it.

    Raises :class:`SourceError` with every mistake of the guide or the templates.
    """
    path = project.pot_path(domain)
    previous = read_bytes(path) if path.exists() else None
    return po.pot_file(_messages(_origin(project, domain)), version("parentguide"), previous)


def _origin(project: Project, domain: str) -> _Origin:
    if domain != INTERFACE:
        folder = project.guide_source(domain).folder
        methods = (("**/guide.md", "parentguide_guide"),)
        return _Origin(folder, f"locales/{SOURCE_LOCALE}/{domain}", methods)
    return _Origin(
        project.templates,
        "templates",
        (("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "parentguide_typst")),
        # Without this, Jinja's extractor skips a template with a mistake in silence.
        {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}},
    )


def _messages(origin: _Origin) -> list[Message]:
    """The messages of all files, each msgctxt once. Raises :class:`SourceError` with every mistake."""
    problems: list[Problem] = []
    messages: dict[str, Message] = {}
    for path in _files(origin.folder):
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
    return list(messages.values())


def _files(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` in the order of Babel's ``extract_from_dir``; without hidden folders."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(root, name) for name in sorted(names))


def _rows(origin: _Origin, path: Path) -> Iterable[_Row]:
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
