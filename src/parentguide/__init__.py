"""parentguide: turns a school's safeguarding newsletter into plain-language guides for parents.

As a library::

    from pathlib import Path
    from parentguide import BuildRequest, Project, build_guides, parse_school

    school = parse_school(Path("school.toml").read_text("utf-8"))
    request = BuildRequest(languages=("pl", "ur"), formats=("web", "handout"), school=school)
    result = build_guides(Project(), request, Path("output"))
    print(result.made, "files made,", result.kept, "up to date")

What is kept between calls:

* A :class:`Project` keeps the languages, contacts, guides and POT files that it has read. Make a new
  one after you have changed its files.
* The process keeps compiled page templates, Typst compilers, the loaded fonts, and results of pure
  functions for the inputs of last time. They save time and use memory; they change no result.
* The output folder and the user's cache folder keep what the next build of the same folder needs to
  find the files that are up to date.

Calls from several threads may share a project. Two builds of the same folder wait for each other.
Every error is a :class:`ParentguideError`.

Decision: docs/decisions/0022-packages-by-subject.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parentguide.build.api import BuildPlan, BuildRequest, BuildResult, build_guides, build_plan, plan
    from parentguide.build.api import BuildPlan as Plan
    from parentguide.build.api import BuildRequest as Request
    from parentguide.build.api import BuildResult as Built
    from parentguide.errors import ParentguideError
    from parentguide.model.school import School
    from parentguide.project.project import Project
    from parentguide.schools.school_file import parse_school

__all__ = [
    "BuildPlan",
    "BuildRequest",
    "BuildResult",
    "Built",
    "ParentguideError",
    "Plan",
    "Project",
    "Request",
    "School",
    "build_guides",
    "build_plan",
    "parse_school",
    "plan",
]
_MODULES = {
    "ParentguideError": "errors",
    "Project": "project.project",
    "School": "model.school",
    "parse_school": "schools.school_file",
}
# Earlier names, which programs may still use.
_ALIASES = {"Built": "BuildResult", "Plan": "BuildPlan", "Request": "BuildRequest"}


def __getattr__(name: str) -> Any:
    """A name of :data:`__all__`, imported when it is first used, so that the command line starts at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    name = _ALIASES.get(name, name)
    return getattr(import_module(f"parentguide.{_MODULES.get(name, 'build.api')}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
