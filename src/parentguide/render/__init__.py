"""The formats that a guide can be made in: one class for each, and the lists of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from parentguide.model.output import Edition, Site
from parentguide.render.print.fixed_size import Bilingual, Cards, LargePrint
from parentguide.render.print.handout import Handout
from parentguide.render.print.poster import Poster, SmallPoster
from parentguide.render.print.review_sheet import Review
from parentguide.render.print.signs import Signs
from parentguide.render.text.plain_text import ReadAloud, TextMessage
from parentguide.render.web.check_page import CheckPage
from parentguide.render.web.fragment import Fragment
from parentguide.render.web.gateway import Gateway
from parentguide.render.web.page import Web
from parentguide.render.web.read_first import ReadFirst


class Format(Protocol):
    """Makes one file for each guide and language."""

    name: str
    template_folder: str  # the folder in ``templates`` with its templates

    def __init__(self, templates: Path) -> None: ...

    def makes(self, edition: Edition) -> bool:
        """Whether the format makes a file for this edition. The bilingual sheet makes none for English."""

    def file_name(self, guide: str, tag: str) -> str:
        """The file's name below ``<guide>/<tag>/``."""

    def render(self, edition: Edition) -> bytes:
        """The finished file. Raises :class:`~parentguide.errors.LayoutError`."""


class SiteFormat(Protocol):
    """Makes one file for all guides and languages. ``name`` is the format that the file belongs to."""

    name: str
    file_name: str
    template_folder: str

    def __init__(self, templates: Path) -> None: ...

    def makes(self, site: Site) -> bool:
        """Whether the format makes a file for this build."""

    def render(self, site: Site) -> bytes:
        """The finished file. Raises :class:`~parentguide.errors.LayoutError`."""


# The page is last: it links to the other files and says how large they are.
FORMATS: Sequence[type[Format]] = (
    Handout,
    Signs,
    LargePrint,
    Bilingual,
    Cards,
    ReadAloud,
    TextMessage,
    Fragment,
    Review,
    CheckPage,
    Web,
)
SITE_FORMATS: Sequence[type[SiteFormat]] = (Poster, SmallPoster, Gateway, ReadFirst)
# The formats that a page offers for download; the others are for the school.
FOR_FAMILIES = ("handout", "signs", "large-print", "bilingual", "cards", "read-aloud")
# The formats that people check a translation with. They show its words, and the code of these words.
FOR_CHECKERS = frozenset({Review.name, CheckPage.name})
FORMAT_NAMES: tuple[str, ...] = tuple(
    dict.fromkeys([*(kind.name for kind in FORMATS), *(kind.name for kind in SITE_FORMATS)])
)
