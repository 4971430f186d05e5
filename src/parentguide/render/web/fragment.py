"""The guide as one element that a school pastes into a page of its own website."""

from pathlib import Path

from parentguide.model.output import Edition
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
        # A link's colour is given with its ground's, as the page round it may be dark.
        link_style = f"color:{brand};text-decoration:underline"
        return self._look.page("fragment.html", edition, link_style, brand=brand).encode("utf-8")
