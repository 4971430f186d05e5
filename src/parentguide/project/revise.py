"""Change the English of a guide: a draft apart from the project, and the save of guide, POT and catalogs."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.files import encoded_as, read_bytes, with_line_feeds
from parentguide.infra.leftovers import sweep, temporary_folder
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.catalog_files import catalogs_for
from parentguide.project.front_matter import FrontMatter, parse_front_matter
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded


def guide_path(project: Project, slug: str) -> Path:
    """The ``guide.md`` of a guide, whether or not it can be read."""
    return project.locales / SOURCE_LOCALE / slug / "guide.md"


@contextmanager
def draft_project(project: Project, slug: str, text: str) -> Iterator[Project]:
    """A temporary project with one guide only, in English, whose ``guide.md`` is ``text``.

    Raises :class:`SourceError` for front matter that cannot be used.
    """
    path, text = guide_path(project, slug), with_line_feeds(text)
    _check_file_names(parse_front_matter(text, path), path)
    system = Path(tempfile.gettempdir())
    sweep(system)
    with temporary_folder(system, "draft") as folder:
        locales = folder / "locales"
        shutil.copytree(path.parent, locales / SOURCE_LOCALE / slug)
        (locales / SOURCE_LOCALE / slug / "guide.md").write_bytes(text.encode("utf-8"))
        for file in ("languages.toml", "contacts.toml"):
            shutil.copyfile(project.locales / file, locales / file)
        draft = Project(folder)
        draft.templates = project.templates
        yield draft


def _check_file_names(front: FrontMatter, path: Path) -> None:
    """Raises :class:`SourceError` where front matter names a file of another folder."""
    for key, name in (("newsletter", front.newsletter), ("definition", front.definition)):
        if name and (Path(name).name != name or "\\" in name or ":" in name or name.startswith(".")):
            raise SourceError(
                f"“{key}: {name}” is not a plain file name",
                path=path,
                line=1,
                remedy="Name a file in the folder of guide.md, such as newsletter.txt.",
            )


def revise_guide(
    project: Project, slug: str, text: str, what: str = "", *, all_languages: bool = False
) -> None:
    """Save ``text`` as the guide ``slug``, with its POT file and each language's catalog.

    ``what`` says in the history what was done; ``all_languages`` makes the catalogs that are missing.

    A full disk changes none of the files.
    An interruption never shows new English beside an old translation: a message whose English in the
    guide differs from that in the catalog is not shown.
    Raises :class:`SourceError` for a text that is not a guide; nothing is written then.
    """
    files = revised_files(project, slug, text, all_languages=all_languages)
    write_recorded(project.root, what or f"Save the guide “{slug}”", files)


def revised_files(
    project: Project, slug: str, text: str, *, all_languages: bool = False
) -> dict[Path, bytes]:
    """What :func:`revise_guide` writes: the POT file first, then the guide, then the catalogs.

    Raises :class:`SourceError` for a text that is not a guide.
    """
    pot = _revised_pot(project, slug, text)
    path = guide_path(project, slug)
    before = read_bytes(path) if path.exists() else b""
    languages = [
        language
        for language in project.languages.values()
        if all_languages or project.catalog_path(language, slug).exists()
    ]
    guide = {project.pot_path(slug): pot, path: encoded_as(text, before)}
    return guide | catalogs_for(project, slug, pot, languages)


def _revised_pot(project: Project, slug: str, text: str) -> bytes:
    """The POT file that belongs to ``text``; it keeps the dates of the present one where it can."""
    try:
        return _pot_of_draft(project, slug, text)
    except OSError as error:
        raise ProjectError(
            f"a temporary copy of the guide cannot be written: {error.strerror or error}",
            path=guide_path(project, slug),
            remedy="Check the free space.",
        ) from None


def _pot_of_draft(project: Project, slug: str, text: str) -> bytes:
    with draft_project(project, slug, text) as draft:
        if project.pot_path(slug).exists():
            shutil.copyfile(project.pot_path(slug), draft.pot_path(slug))
        return pot_bytes(draft, slug)
