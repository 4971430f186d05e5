"""A guide that is being written: the report on its text, and its page."""

from dataclasses import dataclass

from parentguide.build.api import BuildRequest, plan, render
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.project.revise import draft_project
from parentguide.review.guide_draft import GuideDraftReport, report_on


@dataclass(frozen=True, slots=True)
class GuidePreview:
    """``page`` is the English web page, as a build would write it."""

    report: GuideDraftReport
    page: bytes


def preview_guide(project: Project, slug: str, text: str, school: School) -> GuidePreview:
    """``text`` as the guide ``slug``; nothing is saved. Raises our errors for a text that is not a guide."""
    with draft_project(project, slug, text) as draft:
        report = report_on(project, slug, draft.guide_source(slug))
        request = BuildRequest(("en",), ("web",), school, jobs=1, guides=(slug,))
        return GuidePreview(report, next(iter(render(plan(draft, request)))).content)
