"""parentguide: a school's safeguarding newsletter as guides that parents can read.

As a library::

    from pathlib import Path
    from parentguide import Project, Request, build_guides, parse_school

    school = parse_school(Path("school.toml").read_text("utf-8"))
    build_guides(Project(), Request(languages=("pl", "ur"), school=school), Path("output"))

Nothing is kept between calls but what is read of a :class:`Project`, whose files are
taken to stay as they are; so calls from several threads do not disturb each other.
Every error is a :class:`ParentguideError`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parentguide.build.api import BuildPlan, BuildRequest, BuildResult, build_guides, build_plan, plan
    from parentguide.errors import ParentguideError
    from parentguide.model.school import School
    from parentguide.project.project import Project
    from parentguide.schools.school_file import parse_school

__all__ = [
    "BuildPlan",
    "BuildRequest",
    "BuildResult",
    "ParentguideError",
    "Project",
    "School",
    "build_guides",
    "build_plan",
    "parse_school",
    "plan",
]
_HOMES = {
    "ParentguideError": "errors",
    "Project": "project.project",
    "School": "model.school",
    "parse_school": "schools.school_file",
}


def __getattr__(name: str) -> Any:
    """The names of :data:`__all__`, each read when it is first asked for: the command line starts at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"parentguide.{_HOMES.get(name, 'build.api')}"), name)
