"""The front matter of ``guide.md``: title, newsletter and what the guide leaves out."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from parentguide.errors import InvalidValueError, Problem, SourceError
from parentguide.infra.files import with_line_feeds
from parentguide.infra.structure import Parsed, structure
from parentguide.infra.yaml_text import parse_yaml
from parentguide.model.guide_state import GuideState


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValueError("it has no text", "Write “key: text” on a line of its own.")
    return _line(value)


def _line(value: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise InvalidValueError("it has characters that cannot be shown", "Type the text again.")
    return value


def _text_or_nothing(value: Any) -> str:
    if isinstance(value, list | dict):
        raise InvalidValueError("it is not a text", "Write “key: text” on a line of its own.")
    return "" if value is None else _line(str(value))


def _excluded(value: Any) -> dict[int, str]:
    """Statement number -> the reason why the guide leaves the statement out."""
    if value is None:
        return {}
    if isinstance(value, dict) and all(
        isinstance(number, int) and 0 < number < 1_000_000 and isinstance(reason, str) and reason.strip()
        for number, reason in value.items()
    ):
        return dict(value)
    raise InvalidValueError(
        "it does not give a reason for each statement",
        "Write below it, for each: the statement's number, a colon, and the reason in words.",
    )


def guide_state_of(value: Any) -> GuideState | None:
    """The state that a value of the key ``state`` names; None if it names none."""
    words = " ".join(str(value).casefold().replace("-", " ").split())
    return next((state for state in GuideState if state == words), None)


def _state(value: Any) -> GuideState:
    state = guide_state_of(value)
    if state is None:
        raise InvalidValueError(
            "it is not a state that a guide can have", "Write “state: ready” or “state: being written”."
        )
    return state


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys. File names are relative to the guide's folder."""

    title: Annotated[str, Parsed(_text)]
    newsletter: Annotated[str, Parsed(_text)]
    newsletter_sha256: Annotated[str, Parsed(_text_or_nothing)] = ""
    definition: Annotated[str, Parsed(_text_or_nothing)] = ""
    exclude: Annotated[dict[int, str], Parsed(_excluded)] = field(default_factory=dict)
    state: Annotated[GuideState, Parsed(_state)] = GuideState.READY


def parse_front_matter(text: str, path: Path | None = None) -> FrontMatter:
    """The YAML between the two ``---`` lines at the top of ``guide.md``.

    Raises :class:`SourceError` with every missing, unknown or malformed key.
    """
    yaml_text = _yaml_of(text, path)
    values = _values(yaml_text, path)
    try:
        return structure(values, FrontMatter, path)
    except SourceError as error:
        raise SourceError.of(_with_line(problem, yaml_text) for problem in error.problems) from None


def front_matter_values(text: str, path: Path | None = None) -> dict[str, Any]:
    """The keys of the front matter with their values as YAML has them, right or wrong.

    Raises :class:`SourceError` for a text without front matter, and for broken YAML.
    """
    return _values(_yaml_of(text, path), path)


def _yaml_of(text: str, path: Path | None) -> str:
    text = with_line_feeds(text.removeprefix("\ufeff"))
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise SourceError(
            "the guide does not begin with front matter",
            path=path,
            line=1,
            remedy="Begin with a line ---, then “title: …” and “newsletter: …”, and a second line ---.",
        )
    return match[1]


def _values(yaml_text: str, path: Path | None) -> dict[str, Any]:
    values = parse_yaml(yaml_text, path, "the front matter", first_line=2) or {}
    if not isinstance(values, dict):
        raise SourceError("the front matter has no keys", path=path, line=1, remedy="Add “title: …”.")
    return {str(key): value for key, value in values.items()}


def _with_line(problem: Problem, yaml_text: str) -> Problem:
    """The problem with the line of its key; line 1 where the key is missing."""
    lines = (
        [
            number
            for number, line in enumerate(yaml_text.splitlines(), 2)
            if line.startswith(f"{problem.loc[0]}:")
        ]
        if problem.loc
        else []
    )
    remedy = problem.remedy.replace(" = a text in quotation marks", ": …")
    return Problem(problem.text, remedy, problem.loc, problem.path, lines[0] if lines else 1)
