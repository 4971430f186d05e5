"""``parentguide new``: a guide with every statement of a newsletter in place."""

import re
from hashlib import sha256
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.statements import decode, read_statements
from parentguide.project.project import Project

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ID_WORDS = 4


def new_guide(project: Project, slug: str, newsletter: Path, data: bytes) -> Path:
    """Make ``locales/en/<slug>/`` and return it.

    Raises :class:`ProjectError` if the name is unusable or the guide exists already;
    nothing is ever overwritten.
    """
    if not _SLUG.fullmatch(slug) or slug == "interface":
        raise ProjectError(
            f"“{slug}” is no name for a guide",
            remedy="Use small letters, digits and hyphens, such as online-safety.",
        )
    folder = project.locales / "en" / slug
    if folder.exists():
        raise ProjectError("there is such a guide already", path=folder, remedy="Choose another name.")
    statements = read_statements(decode(data, newsletter))
    files = {"guide.md": scaffold(statements, sha256(data).hexdigest()), "newsletter.txt": ""}
    quoted = [s for s in statements if s.kind is StatementKind.QUOTATION]
    if quoted:
        files["definition.toml"] = _definition(quoted)
    for name, text in files.items():
        write_file(folder / name, data if name == "newsletter.txt" else text.encode("utf-8"))
    return folder


def scaffold(statements: tuple[Statement, ...], digest: str) -> str:
    """The text of a ``guide.md`` that says what the newsletter says, block by block."""
    title = next((s.text for s in statements if s.kind is StatementKind.HEADING), statements[0].text)
    quoted = [s for s in statements if s.kind is StatementKind.QUOTATION]
    lines = ["---", f"title: {_yaml(title)}", "newsletter: newsletter.txt", f"newsletter_sha256: {digest}"]
    if quoted:
        lines.append("definition: definition.toml")
    lines += ["---", ""]
    used: set[str] = set()
    headed = quotation_done = False
    if not any(s.kind is StatementKind.HEADING for s in statements):
        lines += ['{#title source="written for this guide"}', f"# {_words(title)}", ""]
        headed = True
        used.add("title")
    for statement in statements:
        if statement.kind is StatementKind.QUOTATION:
            if not quotation_done:
                covers = " ".join(str(s.number) for s in quoted)
                lines += [f'{{#definition covers="{covers}"}}', "::: official", ":::", ""]
                used.add("definition")
                quotation_done = True
            continue
        mark = f'{{#{_identity(statement.text, used)} covers="{statement.number}"}}'
        words = _words(statement.text)
        if statement.kind is StatementKind.ITEM:
            lines += [f"- {mark}", f"  {words}", ""]
        elif statement.kind is StatementKind.HEADING:
            lines += [mark, f"{'##' if headed else '#'} {words.rstrip(':')}", ""]
            headed = True
        elif not headed:
            # A guide begins with its title; what stood before it in the letter follows.
            lines += ['{#title source="written for this guide"}', f"# {_words(title)}", ""]
            headed = True
            lines += [mark, words, ""]
        else:
            lines += [mark, words, ""]
    return "\n".join(lines)


def _identity(text: str, used: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())[:_ID_WORDS]
    base = "-".join(words)
    base = base if base[:1].isalpha() else f"block-{base}".rstrip("-")
    name, count = base, 1
    while name in used:
        count += 1
        name = f"{base}-{count}"
    used.add(name)
    return name


def _words(text: str) -> str:
    """The statement's words as Markdown that reads back the same: its marks escaped."""
    text = text.replace("**", "").replace("{", "(").replace("}", ")")
    text = re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", text)
    return re.sub(r"^([#+\-:=~|>]|\d+[.)])", r"\\\1", text)


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _definition(quoted: list[Statement]) -> str:
    paragraphs = "".join(f"  {_yaml(s.text)},\n" for s in quoted)
    return (
        "# The official wording, word for word. Only you know where it comes from: fill in\n"
        "# the lines below and take off their # marks. Nothing is built before that.\n"
        '# edition = "2017-02"\n# source = "who published it, and where"\n'
        "# published = 2017-02-01\n# verified_on = 2017-02-01\n"
        f"paragraphs = [\n{paragraphs}]\n"
    )
