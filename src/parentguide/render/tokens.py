"""The colours, sizes and distances that sheets, pages and Studio share: ``templates/tokens.toml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parentguide.errors import ProjectError
from parentguide.infra.files import read_text
from parentguide.infra.toml import parse_toml

FILE = "tokens.toml"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_TABLES = ("light", "dark", "paper", "sheets")


@dataclass(frozen=True, slots=True)
class Tokens:
    """``light`` and ``dark`` have the same colours by name, as ``#rrggbb``. ``paper`` has sizes and distances
    of all sheets, ``sheets`` those of each by its name."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    paper: Mapping[str, float]
    sheets: Mapping[str, Mapping[str, float]]

    def css(self) -> str:
        """The colours as custom properties, for light and for dark pages."""
        return (
            f":root{{color-scheme:light dark;{_properties(self.light)}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{{_properties(self.dark)}}}}}\n"
        )


def _properties(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def read_tokens(templates: Path) -> Tokens:
    """The tokens of ``templates``. Raises :class:`ProjectError` with all mistakes of the file."""
    path = templates / FILE
    table = parse_toml(read_text(path), path, ProjectError)
    problems = [f"the table [{name}] is missing" for name in _TABLES if not isinstance(table.get(name), dict)]
    if not problems:
        problems = [*_wrong_colours(table), *_wrong_numbers(table)]
    if problems:
        raise ProjectError("; ".join(problems), path=path, remedy="Compare it with the file that we ship.")
    return Tokens(table["light"], table["dark"], table["paper"], table["sheets"])


def _wrong_colours(table: Mapping[str, Any]) -> list[str]:
    wrong = [
        f"{kind}.{name} is not a colour such as “#0f4a4f”"
        for kind in ("light", "dark")
        for name, value in table[kind].items()
        if not (isinstance(value, str) and _COLOUR.fullmatch(value))
    ]
    one_only = sorted(set(table["light"]) ^ set(table["dark"]))
    return wrong + [f"{name} is a colour for light or for dark only" for name in one_only]


def _wrong_numbers(table: Mapping[str, Any]) -> list[str]:
    groups = {"paper": table["paper"]} | {f"sheets.{name}": sizes for name, sizes in table["sheets"].items()}
    return [
        f"{group}.{name} is not a number"
        for group, sizes in groups.items()
        for name, value in (sizes.items() if isinstance(sizes, dict) else [("", None)])
        if isinstance(value, bool) or not isinstance(value, int | float)
    ]
