"""The languages that come first for a school, checked against those that there are guides in."""

from collections.abc import Iterator
from difflib import get_close_matches

from parentguide.errors import Problem, ProjectError, SchoolFileError
from parentguide.model.school import School
from parentguide.project.project import Project


def check_usual_languages(project: Project, school: School) -> None:
    """Raises :class:`SchoolFileError` for each of ``usual_languages`` that there is no guide in."""
    problems = [*_problems(project, school)]
    if problems:
        raise SchoolFileError.of(problems)


def _problems(project: Project, school: School) -> Iterator[Problem]:
    for position, tag in enumerate(school.usual_languages):
        try:
            project.tags_of([tag])
        except ProjectError:
            near = _near(project, tag)
            remedy = f"Did you mean “{near}”? " if near else ""
            yield Problem(
                f"there is no guide in “{tag}”",
                f"{remedy}Choose from: {', '.join(project.languages)}.",
                ("usual_languages", position),
            )


def _near(project: Project, tag: str) -> str:
    """Our tag of the same language, such as pt-PT for pt, or else the one that looks most like ``tag``; empty
    if none does."""
    base = tag.partition("-")[0]
    related = [ours for ours in project.languages if ours.partition("-")[0] == base]
    return next(iter([*related, *get_close_matches(tag, project.languages, n=1, cutoff=0.6)]), "")
