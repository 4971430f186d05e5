"""What Studio calls each guide in its lists."""

from collections.abc import Mapping

from parentguide.errors import ParentguideError
from parentguide.model.guide_state import GuideState
from parentguide.project.project import Project


def guide_titles(project: Project) -> Mapping[str, str]:
    """The title of each guide by its short name, the ready ones first. A guide that is being written says
    so, and one that cannot be read has its short name."""
    return {
        slug: title_of(project, slug)
        + (f" ({GuideState.WRITING})" if project.states[slug] is GuideState.WRITING else "")
        for slug in (*project.ready_slugs, *project.unready_slugs)
    }


def title_of(project: Project, slug: str) -> str:
    """The title of a guide; its short name if it cannot be read."""
    try:
        return project.guide_source(slug).guide.title
    except ParentguideError:
        return slug
