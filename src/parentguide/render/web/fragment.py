"""The guide as one HTML element, for a school to paste into a page of its own website."""

from pathlib import Path

from parentguide.model.output import Edition
from parentguide.render.web.contexts import FragmentContext
from parentguide.render.web.look import Look
from parentguide.schools.accent import DEFAULT


class Fragment:
    """One ``<section>`` with inline styles only: no script, no style sheet, no ids."""

    name = "fragment"
    template_folder = "web"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return "fragment.html"

    def render(self, edition: Edition) -> bytes:
        brand = (edition.school.colour or DEFAULT).light
        # Each link names its colour, because the page around the fragment may be dark.
        link_style = f"color:{brand};text-decoration:underline"
        context: FragmentContext = {**self._look.page_context(edition, link_style), "brand": brand}
        return self._look.render("fragment.html", context)
