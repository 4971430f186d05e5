"""The web edition: one self-contained, accessible HTML page, and the gateway to all."""

from pathlib import Path

from parentguide.model.language import Language
from parentguide.model.output import Edition, Site
from parentguide.render.web.look import Look


class Web:
    """Renders pages with Jinja2; text is always escaped, and only this class makes markup."""

    name = "web"
    template_folder = "web"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return "index.html"

    def render(self, edition: Edition) -> bytes:
        return self._look.page("page.html", edition).encode("utf-8")


class Gateway:
    """``index.html`` above all guides; each with the languages it is in."""

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
        dress = self._look.dressed(site.school.colour)
        return self._look.render("gateway.html", guides=rows, school=site.school, **dress).encode("utf-8")


def by_english_name(languages: list[Language]) -> list[Language]:
    """English first, then by English name: own names in many scripts have no order that
    all readers share, and the English name stands below each."""
    return sorted(languages, key=lambda language: (not language.is_source, language.english_name))
