"""TOML text <-> tables and values. Pure."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import with_line_feeds
from parentguide.infra.nesting import MOST_LEVELS, toml_too_deep
from parentguide.infra.within_limits import within_limits

# The largest file of the project has 36 kB. tomllib reads a megabyte in a second or two.
MOST_TEXT = 500_000  # characters
_SHORT = 60_000  # characters


def parse_toml(text: str, path: Path | None, error: type[ParentguideError] = SourceError) -> dict[str, Any]:
    """TOML text -> its table. Raises ``error`` with the line for a broken file, and for one that is too long
    or nested too deep to be read in a short time. A long text is read in another process."""
    if len(text) > MOST_TEXT:
        raise error(f"has more than {MOST_TEXT:,} characters", path=path, remedy="Shorten the file.")
    try:
        return within_limits(_table, text, path, error, short=_SHORT, path=path)
    except SourceError as refused:
        raise error.of(refused.problems) from None


def _table(text: str, path: Path | None, error: type[ParentguideError]) -> dict[str, Any]:
    if toml_too_deep(text):
        raise error(
            f"its lists, tables or keys are nested more than {MOST_LEVELS} deep",
            path=path,
            remedy="Compare it with the example in the documentation.",
        )
    try:
        return tomllib.loads(with_line_feeds(text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as problem:
        reason, _, line = str(problem).partition("(at line ")
        number = line.split(",")[0]
        raise error(
            f"not TOML: {reason.strip()}",
            path=path,
            line=int(number) if number.isdigit() else 0,
            remedy='Write: key = "value", one on a line, the value in "straight" quotation marks.',
        ) from None
    except ValueError as problem:
        # tomllib passes on what int() and datetime raise for a number or a date that cannot be.
        raise error(
            f"a number or date cannot be read: {problem}", path=path, remedy="Shorten or correct it."
        ) from None


def toml_value(value: Any) -> str:
    """A text, number, date, list or table as TOML writes it on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    return str(tomlkit.item(value).as_string())


def printable(text: object) -> str:
    """``text`` as a message may quote it: at most 120 characters, without control or format
    characters, which could move a terminal's cursor or reverse the order of what is shown."""
    return "".join(char for char in str(text) if char.isprintable())[:120]
