"""The web page of an edition, self-contained and accessible, and the page that leads to all of them."""

from pathlib import Path

from parentguide.model.language import Language
from parentguide.model.output import Edition, Site
from parentguide.render.web.contexts import GatewayContext
from parentguide.render.web.look import Look


class Web:
    """``index.html``: the page of a guide in one language."""

    name = "web"
    template_folder = "web"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return "index.html"

    def render(self, edition: Edition) -> bytes:
        return self._look.render("page.html", self._look.page_context(edition))


class Gateway:
    """``index.html`` of the whole build: each guide with its languages."""

    name = "web"
    template_folder = "web"
    file_name = "index.html"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)

    def makes(self, site: Site) -> bool:
        return True

    def render(self, site: Site) -> bytes:
        guides = {edition.guide.slug: edition.english for edition in site.editions}
        rows = [
            (guide, by_english_name([e.language for e in site.editions if e.guide.slug == slug]))
            for slug, guide in guides.items()
        ]
        context: GatewayContext = {
            "guides": rows,
            "school": site.school,
            **self._look.styled_for(site.school.colour),
        }
        return self._look.render("gateway.html", context)


def by_english_name(languages: list[Language]) -> list[Language]:
    """English first, then by English name, which is shown with each language: names in many scripts have
    no common order."""
    return sorted(languages, key=lambda language: (not language.is_source, language.english_name))
