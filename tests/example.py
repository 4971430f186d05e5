"""The second project, ``examples/online-safety``, for tests."""

from functools import cache

from parentguide.build.api import BuildRequest, plan
from parentguide.model.output import Edition
from parentguide.project.project import Project
from tests.languages import PROJECT

FOLDER = "examples/online-safety"
EXAMPLE = Project(PROJECT.root / FOLDER)
SLUG = "online-safety"
TRANSLATED = ("pl", "ar")
TAGS = ("en", *TRANSLATED)


@cache
def editions() -> dict[str, Edition]:
    """The guide in each language by tag; planned once a process, on first use."""
    return {edition.language.tag: edition for edition in plan(EXAMPLE, BuildRequest()).editions}
