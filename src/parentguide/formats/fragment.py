"""The guide as one element that a school pastes into a page of its own website."""

from pathlib import Path

from parentguide.formats.web import Look
from parentguide.model import Edition


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
        return self._look.page("fragment.html", edition, link_style=_LINK).encode("utf-8")


# A link's colour is given with its ground's, as the page round it may be dark.
_LINK = "color:#0f4a4f;text-decoration:underline"
