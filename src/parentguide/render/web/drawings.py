"""The drawings of a page as markup inside it: the pictures of a guide's ids, and the icons of buttons."""

import re
from pathlib import Path

from markupsafe import Markup

from parentguide.infra.files import read_text
from parentguide.render.pictures import read_pictures

# The words beside a drawing say what it says, so screen readers leave it out. The style sheet sets its lines.
_HEAD = '<svg viewBox="0 0 48 48" width="48" aria-hidden="true">'
_SVG = re.compile(r"<svg [^>]*>")
# A dark page has another tint than a light one, so the style sheet gives it.
_TINT = re.compile(r'(<g class="tint") fill="[^"]*"')
# Shorter spellings of the same lines: paths one after another, outside an area, of which none begins relative
# to the end of the one before; a space before a minus; a zero before a point.
_PATHS = re.compile(r'(?:<path d="M[^"]*"/>){2,}')
_NEEDLESS = re.compile(r"(?<=\d) (?=-)|(?<![\d.])0(?=\.\d)")


class Drawings:
    """The pictures of ``templates/pictures`` by the id of a segment, and ``templates/web/icons`` by name."""

    def __init__(self, templates: Path) -> None:
        pictures = read_pictures(templates).drawings
        self._pictures = {name: inside(drawing) for name, drawing in pictures.items()}
        icons = sorted((templates / "web").glob("icons/*.svg"))
        self._icons = {path.stem: inside(read_text(path)) for path in icons}

    def picture(self, segment: str) -> Markup:
        """The picture of a segment's id; empty if there is none."""
        return self._pictures.get(segment, Markup(""))

    def icon(self, name: str) -> Markup:
        """The icon of a button or a file; empty if there is none."""
        return self._icons.get(name, Markup(""))


def inside(drawing: str) -> Markup:
    """The drawing as an element of a page."""
    text = re.sub(r"\n\s*", "", _TINT.sub(r"\1", _SVG.sub(_HEAD, drawing, count=1)).strip())
    head, area, lines = text.rpartition("</g>")
    lines = _PATHS.sub(lambda paths: paths[0].replace('"/><path d="', ""), lines)
    return Markup(re.sub(r'(?<= d=")[^"]*', lambda path: _NEEDLESS.sub("", path[0]), head + area + lines))
