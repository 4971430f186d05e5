"""Reading TOML with errors that name file, key and remedy. Pure: text in, tables out."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from parentguide.errors import ParentguideError, SourceError


def parse_toml(text: str, path: Path | None, error: type[ParentguideError] = SourceError) -> dict[str, Any]:
    """TOML text -> its table. Raises ``error`` with the line for a broken file."""
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
    """``table[key]``, which must be there and of the type ``kind``."""
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
    """``text`` as a message may quote it: short, and without marks that move a terminal's cursor
    or turn its words round."""
    return "".join(char for char in str(text) if char.isprintable())[:120]


def toml_value(value: Any) -> str:
    """A text, number, date, list or table as TOML has it in a line."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    # A TOML basic string is written as a JSON string is, but with U+007F escaped (TOML 1.0, String).
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
