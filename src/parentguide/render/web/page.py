"""The web page of an edition, self-contained and accessible."""

from pathlib import Path

from parentguide.model.language import Language
from parentguide.model.output import Edition
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


def by_english_name(languages: list[Language]) -> list[Language]:
    """English first, then by English name, which is shown with each language: names in many scripts have
    no common order."""
    return sorted(languages, key=lambda language: (not language.is_source, language.english_name))
