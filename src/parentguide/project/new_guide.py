"""A new guide: every statement of a newsletter in a block of its own, ready to be put in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file, write_files
from parentguide.infra.leftovers import sweep, temporary_folder
from parentguide.model.language import SOURCE_LOCALE
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.digest import newsletter_digest
from parentguide.newsletter.passages import LeftOut
from parentguide.newsletter.statements_file import STATEMENTS_FILE, statements_text
from parentguide.project.catalog_files import catalogs_for
from parentguide.project.first_text import first_text, suggested
from parentguide.project.known_contacts import contacts_of
from parentguide.project.official_source import OfficialSource, definition_text
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import recorded
from parentguide.project.short_name import checked_name


def new_guide(
    project: Project,
    slug: str,
    statements: Sequence[Statement],
    *,
    title: str = "",
    official: OfficialSource | None = None,
    left_out: Mapping[int, str] | None = None,
    furniture: Sequence[LeftOut] = (),
) -> Path:
    """Create ``locales/en/<slug>/``, its POT file and a catalog for each language, all of it or nothing, and
    return the folder. The guide is *being written*, so it is not built with the others.

    ``statements`` are those of the newsletter; the guide keeps them in ``statements.tsv``. A number or an
    address that is one of the project's contacts becomes its placeholder. ``title`` is the guide's; empty for
    the newsletter's own. ``left_out`` has the reason why the guide excludes a statement, by its number; None
    excludes what the reader suggests. ``furniture`` is what the reader left out before, such as
    running heads; it is kept as comments. Without ``official``, ``definition.toml`` has commented lines to
    fill in. Raises :class:`ProjectError` for a name that cannot be used or a guide that exists.
    """
    target = _target(project, slug)
    if left_out is None:
        left_out = suggested(statements)
    quoted = [s for s in statements if s.kind is StatementKind.QUOTATION and s.number not in left_out]
    data = statements_text(statements, furniture).encode("utf-8")
    with _staging(project) as staged:
        folder = staged.locales / SOURCE_LOCALE / slug
        write_file(folder / STATEMENTS_FILE, data)
        text = first_text(
            statements, newsletter_digest(data), left_out, title=title, contacts=contacts_of(project)
        )
        write_file(folder / "guide.md", text.encode("utf-8"))
        if quoted:
            # The POT does not depend on who published the words, but the guide is read only with that.
            known = official or OfficialSource("unknown", date.today())
            write_file(folder / "definition.toml", definition_text(quoted, known).encode("utf-8"))
        pot = pot_bytes(staged, slug)
        if quoted and official is None:
            write_file(folder / "definition.toml", definition_text(quoted, None).encode("utf-8"))
        files = {project.pot_path(slug): pot, **catalogs_for(project, slug, pot)}
        changed = [*files, *(target / path.name for path in folder.iterdir())]
        with recorded(project.root, f"Create the guide “{slug}”", changed):
            _place(target, files, folder)
    return target


def _target(project: Project, slug: str) -> Path:
    """The folder of a new guide. Raises :class:`ProjectError` for a name that cannot be used."""
    # Before anything is refused, so that an interrupted command's folder is gone after the next one.
    sweep(project.locales)
    checked_name(slug)
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
