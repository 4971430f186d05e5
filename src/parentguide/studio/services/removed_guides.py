"""Guides that somebody removed and that can be put back."""

from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request

from parentguide.errors import ParentguideError
from parentguide.infra.files import decoded
from parentguide.infra.history_order import in_force
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.project import Project
from parentguide.project.put_back import guide_of
from parentguide.studio.routing import Studio
from parentguide.studio.services.history_view import GUIDES, Row, address, histories


@dataclass(frozen=True, slots=True)
class RemovedGuide:
    """A guide that is not there any more, and the act that removed it."""

    slug: str
    title: str
    row: Row


def removed_guides(studio: Studio, request: Request, project: Project) -> list[RemovedGuide]:
    """The newest first. Guides whose making was undone are not among them: “Redo” makes them again."""
    history = histories(studio, request).get(GUIDES)
    if history is None:
        return []
    acts, found = list(history.acts()), {}
    counts = in_force(acts)
    for act in acts:
        for change in act.files:
            slug = guide_of(change.path)
            if not slug or slug in project.slugs or slug in found or act.name not in counts:
                continue
            if change.before and not change.after and not act.reverses:
                title = slug
                with suppress(ParentguideError):
                    data = history.earlier(act, change.path) or b""
                    title = parse_front_matter(decoded(data, project.root / change.path)).title
                found[slug] = RemovedGuide(slug, title, Row(address(GUIDES, act), act, False))
    return list(found.values())
