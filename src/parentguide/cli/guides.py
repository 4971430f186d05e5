"""``parentguide read`` and ``parentguide new``: from a newsletter to a guide."""

from pathlib import Path

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def read(file: Path, as_json: bool) -> None:
    """Show a newsletter as numbered statements.

    FILE is the newsletter: a PDF file, a Word file (.docx) or plain text.
    """
    import json

    from parentguide.errors import SourceError
    from parentguide.infra.files import read_bytes
    from parentguide.newsletter.file_text import text_of
    from parentguide.newsletter.statements import read_statements

    try:
        statements = read_statements(text_of(read_bytes(file)))
    except SourceError as error:
        raise error.at(file) from None
    if as_json:
        rows = [{"number": s.number, "kind": s.kind, "text": s.text, "line": s.line} for s in statements]
        echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for statement in statements:
        echo(f"{statement.number:>3}  {statement.kind:<9}  {statement.text}")


def _newsletter_bytes(path: Path) -> bytes:
    """The newsletter as the guide keeps it: a text file as it is, the text of a PDF or Word file."""
    from parentguide.errors import SourceError
    from parentguide.infra.files import read_bytes
    from parentguide.newsletter.file_text import is_plain_text, text_of

    data = read_bytes(path)
    try:
        return data if is_plain_text(data) else text_of(data).encode("utf-8")
    except SourceError as error:
        raise error.at(path) from None


@click.command()
@click.argument("slug", metavar="NAME")
@click.option(
    "--from",
    "newsletter",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="The newsletter: a PDF file, a Word file (.docx) or plain text.",
)
@project_option
def new(slug: str, newsletter: Path, project_root: Path | None) -> None:
    """Begin a guide with every statement of a newsletter, for you to put into plain words.

    NAME is the guide's short name, such as online-safety. Makes locales/en/NAME/ with
    guide.md, the newsletter, and the official definition if the newsletter quotes one.
    """
    from parentguide.project.new_guide import new_guide

    folder = new_guide(editable(project_root), slug, newsletter, _newsletter_bytes(newsletter))
    echo(f"Made {folder / 'guide.md'}")
    if (folder / "definition.toml").exists():
        echo(f"Fill in who published the official words, and when: {folder / 'definition.toml'}")
    echo("Now put each block into plain words, then run “parentguide check”.")
