"""A new guide: every statement of a newsletter in a block of its own, ready to be put in plain words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file, write_files
from parentguide.infra.leftovers import sweep, temporary_folder
from parentguide.infra.toml import toml_value
from parentguide.model.domain import INTERFACE
from parentguide.model.guide_state import GuideState
from parentguide.model.language import SOURCE_LOCALE
from parentguide.model.statement import LEAVE_OUT, PART_OF_LETTER, Statement, StatementKind
from parentguide.newsletter.digest import newsletter_digest
from parentguide.newsletter.passages import LeftOut
from parentguide.newsletter.statements_file import STATEMENTS_FILE, statements_text
from parentguide.project.block_ids import new_id
from parentguide.project.catalog_files import catalogs_for
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import recorded

LONGEST_NAME = 60
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CAPTION = '{#official-words source="definition.toml"}\nOfficial words, in English, {date}'
_SUBJECT = re.compile(r"(?:re|subject)\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """Who published the official words that a newsletter quotes, and when."""

    source: str
    published: date


def new_guide(
    project: Project,
    slug: str,
    statements: Sequence[Statement],
    *,
    official: OfficialSource | None = None,
    left_out: Mapping[int, str] | None = None,
    furniture: Sequence[LeftOut] = (),
) -> Path:
    """Create ``locales/en/<slug>/``, its POT file and a catalog for each language, all of it or nothing, and
    return the folder. The guide is *being written*, so it is not built with the others.

    ``statements`` are those of the newsletter; the guide keeps them in ``statements.tsv``. ``left_out`` has
    the reason why the guide excludes a statement, by its number; None excludes what the reader suggests.
    ``furniture`` is what the reader left out before, such as running heads; it is kept as comments.
    Without ``official``, ``definition.toml`` has commented lines to fill in. Raises :class:`ProjectError`
    for a name that cannot be used or a guide that exists.
    """
    target = _target(project, slug)
    if left_out is None:
        left_out = suggested(statements)
    quoted = [s for s in statements if s.kind is StatementKind.QUOTATION and s.number not in left_out]
    data = statements_text(statements, furniture).encode("utf-8")
    with _staging(project) as staged:
        folder = staged.locales / SOURCE_LOCALE / slug
        write_file(folder / STATEMENTS_FILE, data)
        text = scaffold(statements, newsletter_digest(data), left_out)
        write_file(folder / "guide.md", text.encode("utf-8"))
        if quoted:
            # The POT does not depend on who published the words, but the guide is read only with that.
            known = official or OfficialSource("unknown", date.today())
            write_file(folder / "definition.toml", _definition(quoted, known).encode("utf-8"))
        pot = pot_bytes(staged, slug)
        if quoted and official is None:
            write_file(folder / "definition.toml", _definition(quoted, None).encode("utf-8"))
        files = {project.pot_path(slug): pot, **catalogs_for(project, slug, pot)}
        changed = [*files, *(target / path.name for path in folder.iterdir())]
        with recorded(project.root, f"Create the guide “{slug}”", changed):
            _place(target, files, folder)
    return target


def _target(project: Project, slug: str) -> Path:
    """The folder of a new guide. Raises :class:`ProjectError` for a name that cannot be used."""
    # Before anything is refused, so that an interrupted command's folder is gone after the next one.
    sweep(project.locales)
    if len(slug) > LONGEST_NAME:
        raise ProjectError(
            "the short name is too long",
            remedy=f"Use at most {LONGEST_NAME} letters, such as online-safety.",
        )
    if not _SLUG.fullmatch(slug) or slug == INTERFACE:
        raise ProjectError(
            f"“{slug}” cannot be the name of a guide",
            remedy="Use small letters, digits and hyphens, such as online-safety.",
        )
    target = project.locales / SOURCE_LOCALE / slug
    if target.exists():
        raise ProjectError(
            f"a guide with the name “{slug}” already exists", path=target, remedy="Choose another name."
        )
    return target


@contextmanager
def _staging(project: Project) -> Iterator[Project]:
    """An empty project on the same disk, so that a folder of it can be renamed into ``project``."""
    try:
        with temporary_folder(project.locales, "new-guide") as folder:
            (folder / "locales").mkdir()
            yield Project(folder)
    except OSError as error:
        raise _not_writable(error, project.locales) from None


def _place(target: Path, files: Mapping[Path, bytes], folder: Path) -> None:
    """First the POT and the catalogs: without a guide they do no harm."""
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    write_files(files)
    try:
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
    except BaseException:
        write_files({path: data for path, data in before.items() if data is not None})
        for path, data in before.items():
            if data is None and not target.exists():
                path.unlink(missing_ok=True)
        raise


def _not_writable(error: OSError, path: Path) -> ProjectError:
    return ProjectError(
        f"the guide cannot be created: {error.strerror or error}",
        path=path,
        remedy="Check that you may write to the folder, and the free space.",
    )


def suggested(statements: Sequence[Statement]) -> dict[int, str]:
    """What the reader suggests to leave out: the number of each statement, and the reason."""
    return {s.number: PART_OF_LETTER for s in statements if s.suggest == LEAVE_OUT}


def scaffold(statements: Sequence[Statement], digest: str, left_out: Mapping[int, str]) -> str:
    """The text of a ``guide.md`` with a block for each statement whose number is not in ``left_out``.

    ``digest`` is that of ``statements.tsv`` (:func:`newsletter_digest`).
    """
    kept = [s for s in statements if s.number not in left_out]
    title = _title(kept or statements)
    quoted = [s for s in kept if s.kind is StatementKind.QUOTATION]
    lines = _front_matter(left_out, title, digest, has_definition=bool(quoted))
    used: set[str] = set()
    if not kept or kept[0].kind is not StatementKind.HEADING:
        # A guide begins with its title.
        used.add("title")
        lines += ['{#title source="written for this guide"}', f"# {_escaped(title)}", ""]
    for statement in kept:
        if statement.kind is not StatementKind.QUOTATION:
            lines += _block_lines(statement, used, is_title=statement is kept[0])
        elif statement is quoted[0]:
            covers = " ".join(str(s.number) for s in quoted)
            used.update(("definition", "official-words"))
            lines += [f'{{#definition covers="{covers}"}}', "::: official", _CAPTION, ":::", ""]
    return "\n".join([*lines, *_elsewhere_lines(title, used)])


def _elsewhere_lines(title: str, used: set[str]) -> list[str]:
    """The words of the guide that are not part of its text: the text message to families."""
    mark = f'{{#{_new_id("share message", used)} .message source="written for this guide"}}'
    # The names of placeholders, which are not filled in here.
    rest = "From {school}, for all parents and carers: a guide. In your language: {link}"
    title = title.rstrip(": ")
    end = "" if title.endswith((".", "!", "?")) else "."
    return ["::: elsewhere", "", mark, f"{_escaped(title)}{end} {rest}", "", ":::", ""]


def _title(statements: Sequence[Statement]) -> str:
    """The first heading, which is the subject of a letter; without one the first statement."""
    heading = next((s.text for s in statements if s.kind is StatementKind.HEADING), statements[0].text)
    return _SUBJECT.sub("", heading)


def _front_matter(left_out: Mapping[int, str], title: str, digest: str, *, has_definition: bool) -> list[str]:
    lines = ["---", f"title: {_quoted(title)}", f"state: {GuideState.WRITING}"]
    lines.append(f"newsletter: {STATEMENTS_FILE}")
    lines.append(f"newsletter_sha256: {digest}")
    if has_definition:
        lines.append("definition: definition.toml")
    if left_out:
        lines += ["exclude:", *(f"  {number}: {_quoted(left_out[number])}" for number in sorted(left_out))]
    return [*lines, "---", ""]


def _block_lines(statement: Statement, used: set[str], *, is_title: bool) -> list[str]:
    """One statement as a block of Markdown. Its id is added to ``used``, the ids that the guide has."""
    mark = f'{{#{_new_id(statement.text, used)} covers="{statement.number}"}}'
    words = _escaped(statement.text)
    if statement.kind in (StatementKind.ITEM, StatementKind.ROW):
        return [f"- {mark}", f"  {words}", ""]
    if statement.kind is StatementKind.HEADING:
        return [mark, f"{'#' if is_title else '##'} {words.rstrip(':')}", ""]
    return [mark, words, ""]


def _new_id(text: str, used: set[str]) -> str:
    name = new_id(text, used)
    used.add(name)
    return name


def _escaped(text: str) -> str:
    """Text as Markdown that reads back the same: its punctuation is escaped."""
    text = text.replace("**", "").replace("{", "(").replace("}", ")")
    text = re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", text)
    return re.sub(r"^([#+\-:=~|>]|\d+[.)])", r"\\\1", text)


def _quoted(text: str) -> str:
    """Text as a quoted string of YAML or TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _definition(quoted: Sequence[Statement], official: OfficialSource | None) -> str:
    """The text of ``definition.toml``; without ``official`` its first lines are comments to fill in."""
    paragraphs = "".join(f"  {_quoted(s.text)},\n" for s in quoted)
    if official is None:
        head = (
            "# The official wording, word for word. Only you know where it comes from: fill in\n"
            "# the lines below and take off their # marks. Nothing is built before that.\n"
            '# edition = "2017-02"\n# source = "who published it, and where"\n'
            "# published = 2017-02-01\n# verified_on = 2017-02-01\n"
        )
    else:
        head = (
            "# The official wording, word for word. When it changes, change it here.\n"
            f"edition = {toml_value(f'{official.published:%Y-%m}')}\n"
            f"source = {toml_value(official.source)}\n"
            f"published = {official.published}\nverified_on = {date.today()}\n"
        )
    return f"{head}paragraphs = [\n{paragraphs}]\n"
