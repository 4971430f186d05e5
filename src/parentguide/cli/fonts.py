"""``parentguide fonts``: the typefaces of printed sheets, and the project's own font files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo, next_step

if TYPE_CHECKING:
    from parentguide.project.language_fonts import LanguageFonts
    from parentguide.project.own_fonts import OwnFont


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@project_option
@click.pass_context
def fonts(context: click.Context, as_json: bool, project_root: Path | None) -> None:
    """List the typeface of each language's sheets, and those that would be better.

    A typeface that does not come with parentguide is named with the page where it is free and with its
    licence. Only printed sheets use these fonts: a web page uses those of the reader's phone.
    """
    if context.invoked_subcommand is not None:
        context.obj = project_root
        return
    from parentguide.project.language_fonts import better_fonts, language_fonts
    from parentguide.project.own_fonts import own_fonts
    from parentguide.project.project import Project

    project = Project(project_root)
    found = list(language_fonts(project))
    own = own_fonts(project)
    if as_json:
        echo(_json(found, own))
        return
    for line in _lines(found):
        echo(line)
    for record in own:
        echo(f"Own font: {_shown(record)}")
    better = better_fonts(found)
    for font in better:
        echo(f"Better: {font.sentence}")
    if better:
        next_step("get the font files from there, then run “parentguide fonts add FILE …” with them.")


@fonts.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--licence-allows-embedding",
    "licence_allows",
    is_flag=True,
    help="You have read the licence, and it allows the font in a PDF, and changes of the font.",
)
@project_option
@click.pass_obj
def add(
    of_group: Path | None, project_root: Path | None, files: tuple[Path, ...], licence_allows: bool
) -> None:
    """Check font files, and put them into the project's folder “fonts”.

    FILE is a .ttf or .otf file. Give the files of Regular and Bold together, or one variable font. A font
    with the Open Font License, the Apache License, the Ubuntu Font Licence or CC0 is taken as it is; for any
    other, read its licence first. A font whose maker does not allow it in a PDF, or that does not have the
    letters of the languages that ask for it, is refused.
    """
    from parentguide.infra.files import read_bytes
    from parentguide.project.own_fonts import GivenFont, add_fonts

    project = editable(project_root or of_group)
    given = [GivenFont(str(path), read_bytes(path)) for path in files]
    for record in add_fonts(project, given, licence_allows=licence_allows):
        echo(f"Added {_shown(record)}")
    next_step("“parentguide build” sets the sheets in it.")


@fonts.command()
@click.argument("name")
@project_option
@click.pass_obj
def remove(of_group: Path | None, project_root: Path | None, name: str) -> None:
    """Remove a typeface, or one of its files, from the project's folder “fonts”.

    NAME is the typeface's name, such as “Noto Nastaliq Urdu”, or the name of a file.
    """
    from parentguide.project.own_fonts import remove_fonts

    for record in remove_fonts(editable(project_root or of_group), name):
        echo(f"Removed {record.file}")
    next_step("“parentguide history undo” puts it back.")


def _lines(found: "list[LanguageFonts]") -> list[str]:
    """A line for each typeface, with its languages."""
    by_font: dict[str, list[str]] = {}
    for entry in found:
        made = " (each build makes a font of its words)" if entry.made else ""
        by_font.setdefault(f"{entry.typeface}{made}", []).append(entry.language.english_name)
    return [f"{font}: {', '.join(names)}" for font, names in by_font.items()]


def _shown(record: "OwnFont") -> str:
    version = f" {record.version}" if record.version else ""
    return f"{record.family}{version}, {record.licence}: {record.file}, added on {record.added_on}"


def _json(found: "list[LanguageFonts]", own: "tuple[OwnFont, ...]") -> str:
    import json
    from dataclasses import asdict

    languages = {
        entry.language.tag: {
            "typeface": entry.typeface,
            "made": entry.made,
            "better": asdict(entry.better) if entry.better else None,
        }
        for entry in found
    }
    shown = {"languages": languages, "own": [asdict(record) for record in own]}
    return json.dumps(shown, ensure_ascii=False, indent=2, default=str)
