"""``parentguide read`` and ``parentguide new``: from a newsletter to a guide."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo, next_step


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def read(file: Path, as_json: bool) -> None:
    """Show a newsletter as numbered statements.

    FILE is the newsletter: a PDF, Word (.docx) or OpenDocument (.odt) file, a saved web page, or plain text.
    """
    import json

    from parentguide.infra.files import read_bytes
    from parentguide.newsletter.reading import read_newsletter

    reading = read_newsletter(read_bytes(file), file)
    if as_json:
        shown = {
            "statements": [_filled(asdict(statement)) for statement in reading.statements],
            "left_out": [_filled(asdict(left_out)) for left_out in reading.left_out],
        }
        echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for statement in reading.statements:
        echo(f"{statement.number:>3}  {statement.kind:<9}  {statement.text}")
    for left_out in reading.left_out:
        echo(f"left out ({left_out.reason}): {left_out.text}", err=True)
    next_step(f"“parentguide new NAME --from {file}” begins a guide with these.")


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not empty, in their order."""
    return {name: value for name, value in fields.items() if value not in ("", None)}


@click.command()
@click.argument("slug", metavar="NAME")
@click.option(
    "--from",
    "newsletter",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="The newsletter: a PDF, Word (.docx) or OpenDocument file, a saved web page, or plain text.",
)
@click.option("--title", default="", help="What the guide is about; by default the newsletter's subject.")
@project_option
def new(slug: str, newsletter: Path, title: str, project_root: Path | None) -> None:
    """Begin a guide with every statement of a newsletter, for you to put into plain words.

    NAME is the guide's short name, such as online-safety. Makes locales/en/NAME/ with
    guide.md, the newsletter's statements, the official definition if the newsletter quotes one, and the
    files for translators. Numbers and addresses of contacts.toml become placeholders. The guide is “being
    written”: it is not built until you mark it as ready.
    """
    from parentguide.infra.files import read_bytes
    from parentguide.newsletter.reading import read_newsletter
    from parentguide.project.known_contacts import unknown_of
    from parentguide.project.new_guide import new_guide

    project = editable(project_root)
    reading = read_newsletter(read_bytes(newsletter), newsletter)
    folder = new_guide(project, slug, reading.statements, title=title, furniture=reading.left_out)
    echo(f"Made {folder / 'guide.md'}")
    if (folder / "definition.toml").exists():
        echo(f"Fill in who published the official words, and when: {folder / 'definition.toml'}")
    for left_out in reading.left_out:
        echo(f"Left out ({left_out.reason}): {left_out.text}")
    unsure = [statement for statement in reading.statements if statement.unsure]
    for statement in unsure:
        echo(f"Please look at statement {statement.number} ({statement.kind}): {statement.unsure}.")
    for number, words in unknown_of(project, reading.statements):
        echo(f"Statement {number}: {words} is not among your contacts: add it, or keep it as text.")
    next_step(
        "put each block into plain words. To look at the guide, run “parentguide build --guide"
        f" {slug}”; to check it, run “parentguide check --guide {slug}”; when it is finished,"
        f" run “parentguide guide ready {slug}”."
    )
