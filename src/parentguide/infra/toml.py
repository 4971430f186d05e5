"""Read TOML text into tables, with errors that name the file, the key and the remedy."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from parentguide.errors import ParentguideError, SourceError


def parse_toml(text: str, path: Path | None, error: type[ParentguideError] = SourceError) -> dict[str, Any]:
    """The table that the TOML ``text`` describes. Raises ``error`` with the line number if it is not TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as problem:
        place, _, line = str(problem).partition("(at line ")
        number = line.split(",")[0]
        raise error(
            f"not TOML: {place.strip()}",
            path=path,
            line=int(number) if number.isdigit() else 0,
            remedy='Write: key = "value", one on a line, the value in "straight" quotation marks.',
        ) from None


def require(
    table: Mapping[str, Any],
    key: str,
    kind: type,
    path: Path | None,
    where: str,
    error: type[ParentguideError] = SourceError,
) -> Any:
    """``table[key]``. Raises ``error`` if it is missing, empty or not of the type ``kind``."""
    value = table.get(key)
    if not isinstance(value, kind) or value == "":
        names = {str: "a text in quotation marks", date: "a date such as 2026-11-23", list: "a list"}
        raise error(
            f"{where}: “{key}” is missing" if value in (None, "") else f"{where}: “{key}” is {value!r}",
            path=path,
            remedy=f"Give {key} = {names.get(kind, kind.__name__)}.",
        )
    return value


def refuse_unknown(
    table: Mapping[str, Any],
    known: set[str],
    path: Path | None,
    where: str,
    error: type[ParentguideError] = SourceError,
) -> None:
    """Raise ``error`` for the first key of ``table`` that is not in ``known``."""
    from difflib import get_close_matches

    for key in table:
        if key in known:
            continue
        near = get_close_matches(key, known, n=1)
        raise error(
            f"{where}: unknown key “{key}”",
            path=path,
            remedy=f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(sorted(known))}.",
        )


def printable(text: object) -> str:
    """``text`` in a form that an error message can quote: at most 120 printable characters.

    Control characters, which can move a terminal's cursor, and bidirectional controls are left out.
    """
    return "".join(char for char in str(text) if char.isprintable())[:120]


def toml_value(value: Any) -> str:
    """A string, number, date, list or table as a TOML value on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    # A JSON string is a TOML basic string, except that TOML escapes U+007F (TOML 1.0, String).
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
