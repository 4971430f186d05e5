"""The words of one block as a checker sees them, and back: bold is bold, a field is its value.

A browser sends what somebody edited as JSON that mirrors the stored markup: a list of texts,
``{"field": name}`` and ``{"bold": [texts and fields]}``. :func:`marked` writes it as stored markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.json_text import parse_json
from parentguide.model.markup import PLACEHOLDER, Placeholder, Run, Strong, Text, parse
from parentguide.project.project import Project

# What fields without a fixed value are called. Each school has its own values, so nobody checks these.
_NAMES: Mapping[str, str] = {
    "council": "the council’s number",
    "council_out_of_hours": "the council’s number at night",
    "headteacher": "the headteacher’s number",
    "school": "the school’s name",
    "link": "the link",
    "date": "the date",
    "page": "the page’s number",
    "pages": "how many pages",
    "reviewer": "who checked it",
}
# A browser needs it to put the cursor beside a field. No translation may have it (PG542).
_CURSOR_SPACE = "\u200b"
_UNREADABLE = ProjectError(
    "the words of this block cannot be read", remedy="Load the page again, and try once more."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a text: words, a field with its ``name`` (shown as ``text``), or bold pieces."""

    text: str = ""
    name: str = ""
    bold: "tuple[Shown, ...]" = ()


def field_names(project: Project) -> Mapping[str, str]:
    """What stands for each field: the value that all families see, or what it is."""
    return {**_NAMES, **{contact.name: contact.value.shown for contact in project.contacts}}


def shown_words(text: str, names: Mapping[str, str]) -> tuple[Shown, ...]:
    """A stored text as pieces. A text with broken markup is one piece, so that somebody can correct it."""
    try:
        return tuple(_shown(run, names) for run in parse(text))
    except SourceError:
        return (Shown(text),)


def _shown(run: Run, names: Mapping[str, str]) -> Shown:
    match run:
        case Text(text):
            return Shown(text)
        case Placeholder(name):
            return Shown(name_of(name, names), name)
        case Strong(runs):
            return Shown(bold=tuple(_shown(inner, names) for inner in runs))


def name_of(field: str, names: Mapping[str, str]) -> str:
    """What a checker sees in the place of a field.

    >>> name_of("phone_line", {})
    'phone line'
    """
    return names.get(field, field.replace("_", " "))


def marked(sent: str) -> str:
    """The stored markup of the JSON that a browser sent.

    >>> marked('["Call ", {"bold": [{"field": "nspcc"}]}, " now"]')
    'Call **{nspcc}** now'

    Bold parts that touch become one, and an empty one is left out. Raises :class:`ProjectError` for anything
    else than such JSON.
    """
    try:
        pieces = parse_json(sent)
    except ValueError:
        raise _UNREADABLE from None
    text = "".join(_marked(pieces, inside_bold=False))
    return text.replace("****", "")


def _marked(pieces: Any, *, inside_bold: bool) -> Iterator[str]:
    if not isinstance(pieces, list):
        raise _UNREADABLE
    for piece in pieces:
        match piece:
            case str():
                yield piece.replace(_CURSOR_SPACE, "")
            case {"field": str(name)} if len(piece) == 1 and PLACEHOLDER.fullmatch(f"{{{name}}}"):
                yield f"{{{name}}}"
            case {"bold": inner} if len(piece) == 1 and not inside_bold:
                words = "".join(_marked(inner, inside_bold=True))
                yield f"**{words}**" if words else ""
            case _:
                raise _UNREADABLE


def as_json(runs: Sequence[Run]) -> list[Any]:
    """Parsed markup as the JSON of :func:`marked`; a browser makes the same from the page."""
    return [_as_json(run) for run in runs]


def _as_json(run: Run) -> Any:
    match run:
        case Text(text):
            return text
        case Placeholder(name):
            return {"field": name}
        case Strong(runs):
            return {"bold": as_json(runs)}
