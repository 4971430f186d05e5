"""A copy of a guide under a name of its own, with its translations. The copy is *being written*."""

from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import encoded_as, read_bytes, read_text
from parentguide.model.guide_state import GuideState
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.front_matter_edits import LONGEST_TITLE, with_title
from parentguide.project.guide_acts import files_of_guide
from parentguide.project.guide_choice import known_guide
from parentguide.project.guide_state import with_state
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded
from parentguide.project.revise import guide_path
from parentguide.project.short_name import LONGEST_NAME

_ENDING = "-copy"


def copy_guide(project: Project, slug: str) -> str:
    """Copy a guide with its newsletter, official words and translations; returns the short name of the copy.

    Its title gets “(copy)”, so that lists tell the two apart; the title that families read stays. Approvals
    stay with the first guide: a person gave them for that one. ``guide.md`` is written last, so what a
    stop leaves behind belongs to no guide. Raises our errors for a guide that cannot be read; nothing is
    written then.
    """
    path = guide_path(project, known_guide(project, slug))
    text = read_text(path)
    title = parse_front_matter(text, path).title
    ending = " (copy)"
    text = with_title(text, f"{title[: LONGEST_TITLE - len(ending)]}{ending}", path)
    text = with_state(text, GuideState.WRITING, path)
    name = _free_name(project, slug)
    _, *others = files_of_guide(project, slug)
    files = {_place(project, slug, name, other): read_bytes(other) for other in others}
    files[guide_path(project, name)] = encoded_as(text, read_bytes(path))
    write_recorded(project.root, f"Copy the guide “{slug}” as “{name}”", files)
    return name


def _free_name(project: Project, slug: str) -> str:
    folder = project.locales / SOURCE_LOCALE
    for number in range(1, 1000):
        ending = _ENDING if number == 1 else f"{_ENDING}-{number}"
        name = f"{slug[: LONGEST_NAME - len(ending)].rstrip('-')}{ending}"
        if not (folder / name).exists() and not project.pot_path(name).exists():
            return name
    raise ProjectError(f"the guide “{slug}” has too many copies", remedy="Remove copies that nobody needs.")


def _place(project: Project, slug: str, name: str, path: Path) -> Path:
    """Where the copy has what is at ``path``: catalogs and the POT file are called by the guide's name."""
    folder = guide_path(project, slug).parent
    if path.is_relative_to(folder):
        return guide_path(project, name).parent / path.relative_to(folder)
    return path.with_name(f"{name}{path.suffix}")
