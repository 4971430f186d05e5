"""The pictures of ``templates/pictures``: which id of a guide has which drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import read_text
from parentguide.infra.toml import parse_toml

FOLDER, FILE = "pictures", "pictures.toml"


@dataclass(frozen=True, slots=True)
class Pictures:
    """``drawings`` has the SVG of each id, whose lines are ``currentColor`` and whose areas ``tint``.

    They need no text alternative: the words of the id stand beside them.
    """

    drawings: Mapping[str, str]
    tint: str


def read_pictures(templates: Path) -> Pictures:
    """The pictures of ``templates``. Raises :class:`ProjectError` for a table or a file with a mistake."""
    path = templates / FOLDER / FILE
    table = parse_toml(read_text(path), path, ProjectError)
    rows = table.get("picture", [])
    keys = ("id", "file", "alternative", "shows")
    wrong = [
        f"picture {number}: “{key}” is missing"
        for number, row in enumerate(rows, 1)
        for key in keys
        if not isinstance(row.get(key), str)
    ]
    if not isinstance(table.get("tint"), str):
        wrong.append("“tint” is missing")
    if wrong:
        raise ProjectError("; ".join(wrong), path=path, remedy="Compare it with the file that we ship.")
    return Pictures(
        {row["id"]: read_text(path.with_name(row["file"])).strip() for row in rows},
        table["tint"],
    )
