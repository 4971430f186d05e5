"""Which guides and languages a command works on: named ones, or every guide that is ready.

Decision: docs/decisions/0042-guides-have-a-state.md.
"""

import copy
from collections.abc import Iterable

from parentguide.errors import ProjectError
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.project import Project


def narrowed(project: Project, guides: Iterable[str] = (), languages: Iterable[str] = ()) -> Project:
    """The same project for a command that works on some guides, ready or not, and on some languages.

    Empty: all guides that are ready, all languages. Raises :class:`ProjectError` for an unknown one.
    """
    chosen = copy.copy(project)
    chosen.named_guides = tuple(dict.fromkeys(known_guide(project, slug) for slug in guides))
    chosen.named_languages = project.tags_of(languages)
    return chosen


def known_guide(project: Project, slug: str) -> str:
    """The folder name of a guide. Raises :class:`ProjectError` if there is none of that name."""
    if slug in project.slugs:
        return slug
    raise ProjectError(
        f"there is no guide “{slug}”",
        path=project.locales / SOURCE_LOCALE,
        remedy=f"Choose from: {', '.join(project.slugs) or 'none'}.",
    )


def guides_to_build(project: Project) -> tuple[str, ...]:
    """The guides that a build makes. Raises :class:`ProjectError` if there are none."""
    if project.chosen_slugs:
        return project.chosen_slugs
    path = project.locales / SOURCE_LOCALE
    if not project.slugs:
        raise ProjectError(
            "there is no guide", path=path, remedy="Make one with “parentguide new NAME --from FILE”."
        )
    first = project.unready_slugs[0]
    raise ProjectError(
        f"no guide is ready; being written: {', '.join(project.unready_slugs)}",
        path=path,
        remedy=f"When a guide is finished, run “parentguide guide ready {first}”. To look at it before that,"
        f" run “parentguide build --guide {first}”.",
    )
