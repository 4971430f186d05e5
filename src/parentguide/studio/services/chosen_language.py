"""The translation that an address is about, as its part ``{tag}`` names it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from parentguide.model.language import Language
from parentguide.project.pot import readable_domains
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, language_review


def language_of(project: Project, request: Request) -> Language:
    """The language in the address. Raises a 404 for one that is not a translation."""
    language = project.languages.get(request.path_params["tag"])
    if language is None or language.is_source:
        raise HTTPException(404)
    return language


def review_of(project: Project, request: Request) -> LanguageReview:
    """What was said of that language, in all guides that can be read. Raises as :func:`language_of`."""
    return language_review(project, language_of(project, request), readable_domains(project))
