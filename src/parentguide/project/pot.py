"""The messages of each domain, taken from guides and templates through Babel.

The same extractors that ``pybabel extract`` finds, called the same way, so that both
give the same POT.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from jinja2.exceptions import TemplateSyntaxError

from parentguide.errors import SourceError
from parentguide.infra.files import read_bytes
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.project import INTERFACE, Project
from parentguide.translation import po
from parentguide.translation.po import Message

_GUIDE_METHODS = [("**/guide.md", "parentguide_guide")]
_TEMPLATE_METHODS = [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "parentguide_typst")]
_NOTE_TAG = "NOTE:"


def domains(project: Project) -> tuple[str, ...]:
    """One domain a guide, and one for the interface."""
    return (*project.slugs, INTERFACE)


def pot_bytes(project: Project, domain: str) -> bytes:
    """The POT file of ``domain`` as it must be now, made from guide or templates.

    Raises :class:`SourceError` for a guide or template that cannot be read.
    """
    path = project.pot_path(domain)
    previous = read_bytes(path) if path.exists() else None
    if domain == INTERFACE:
        options = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}
        found = _extract(project.templates, "templates", _TEMPLATE_METHODS, options)
    else:
        source = project.guide_source(domain)
        found = _extract(source.folder, f"locales/{SOURCE_LOCALE}/{domain}", _GUIDE_METHODS, {})
    return po.pot_file(found, version("parentguide"), previous)


def _extract(
    folder: Path, shown: str, methods: list[tuple[str, str]], options: dict[str, dict[str, Any]]
) -> list[Message]:
    """The messages of ``folder``, which the POT names as ``shown``."""
    try:
        rows = list(
            extract_from_dir(
                folder,
                methods,
                options,
                keywords=DEFAULT_KEYWORDS,
                comment_tags=(_NOTE_TAG,),
                strip_comment_tags=True,
            )
        )
    except TemplateSyntaxError as error:
        raise SourceError(
            f"the template is broken: {error.message}",
            path=Path(error.filename) if error.filename else folder,
            line=error.lineno,
            remedy="Mend the template.",
        ) from None
    messages: dict[str, Message] = {}
    for name, line, message, comments, context in rows:
        if context is None or isinstance(message, tuple):
            raise SourceError(
                f"“{message}” has no msgctxt", path=folder / name, line=line, remedy="Use pgettext(…, …)."
            )
        first = messages.get(context)
        if first is not None and first.english != message:
            raise SourceError(
                f"the msgctxt “{context}” has two English texts: “{first.english}” and “{message}”",
                path=folder / name,
                line=line,
                remedy="Use one text, or another msgctxt.",
            )
        notes = [*(first.note.splitlines() if first else []), *comments]
        places = [*(first.places if first else ()), f"{shown}/{Path(name).as_posix()}"]
        messages[context] = Message(
            context,
            message,
            note="\n".join(dict.fromkeys(notes)),
            places=tuple(dict.fromkeys(places)),
            line=line,
        )
    return list(messages.values())
