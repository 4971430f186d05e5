"""What is done with a whole guide: mark it ready or not ready, and remove it. The history keeps all of it.

Decision: docs/decisions/0042-guides-have-a-state.md.
"""

from collections.abc import Iterable
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import encoded_as, read_bytes, read_text
from parentguide.model.guide import Callout
from parentguide.model.guide_state import GuideState
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.guide_choice import known_guide
from parentguide.project.guide_state import with_state
from parentguide.project.project import Project
from parentguide.project.recorded import recorded, write_recorded
from parentguide.project.revise import guide_path, revise_guide
from parentguide.project.who_to_call import has_emergency_box, with_boxes


def mark_ready(project: Project, slug: str) -> None:
    """Let builds make the guide, and write the POT file and a catalog for every language.

    The caller has looked for reasons against it. Raises :class:`SourceError` for a guide that is broken.
    """
    path = guide_path(project, known_guide(project, slug))
    text = with_state(read_text(path), GuideState.READY, path)
    revise_guide(project, slug, text, f"Mark the guide “{slug}” as ready", all_languages=True)


def mark_unready(project: Project, slug: str) -> None:
    """Leave the guide out of builds until it is ready again. A broken guide can be marked too."""
    path = guide_path(project, known_guide(project, slug))
    text = with_state(read_text(path), GuideState.WRITING, path)
    data = encoded_as(text, read_bytes(path))
    write_recorded(project.root, f"Mark the guide “{slug}” as being written", {path: data})


def add_boxes(project: Project, slug: str) -> None:
    """Put the box with the emergency number below the title of a guide that has none, and the box of the
    school's team unless it has one.

    Raises :class:`SourceError` for a guide that cannot be read.
    """
    blocks = project.guide_source(known_guide(project, slug)).guide.blocks
    if has_emergency_box(blocks):
        return
    has_school = any(isinstance(block, Callout) and block.variant == "school" for block in blocks)
    text = with_boxes(
        read_text(guide_path(project, slug)), project.source_messages(slug), has_school=has_school
    )
    revise_guide(project, slug, text, f"Put “Who to call” into the guide “{slug}”")


def files_of_guide(project: Project, slug: str) -> tuple[Path, ...]:
    """The files that :func:`remove_guide` removes: ``guide.md`` first, then all else that exists.

    Ledgers are not among them: they hold other people's acts.
    """
    first = guide_path(project, known_guide(project, slug))
    catalogs = (project.catalog_path(language, slug) for language in project.languages.values())
    own = sorted(path for path in first.parent.rglob("*") if path.is_file() or path.is_symlink())
    return tuple(
        dict.fromkeys([first, *(p for p in (*own, *catalogs, project.pot_path(slug)) if p.is_file())])
    )


def remove_guide(project: Project, slug: str) -> tuple[Path, ...]:
    """Remove a guide with its POT file and catalogs; returns the paths. The history keeps a copy.

    Raises :class:`ProjectError` before anything is removed if the copy cannot be kept.
    """
    paths = files_of_guide(project, slug)
    with recorded(project.root, f"Remove the guide “{slug}”", paths):
        try:
            # guide.md first: what a stop leaves behind then belongs to no guide and does no harm.
            for path in paths:
                path.unlink(missing_ok=True)
            _remove_empty(project.locales / SOURCE_LOCALE / slug)
        except OSError as error:
            raise ProjectError(
                f"cannot be removed: {error.strerror or error}",
                path=Path(error.filename or slug),
                remedy="Close it if it is open, then run the command again.",
            ) from None
    return paths


def _remove_empty(folder: Path) -> None:
    """Remove a folder and those in it, as far as they hold no files."""
    inside: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    for path in list(inside):
        if path.is_dir() and not path.is_symlink():
            _remove_empty(path)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
