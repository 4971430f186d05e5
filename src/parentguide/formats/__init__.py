"""The editions that a guide can be made in: one class each, and these visible lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from parentguide.formats.checkpage import CheckPage
from parentguide.formats.fragment import Fragment
from parentguide.formats.handout import Handout
from parentguide.formats.poster import Poster
from parentguide.formats.sheets import Bilingual, Cards, LargePrint, Review
from parentguide.formats.site import ReadFirst
from parentguide.formats.text import Message, ReadAloud
from parentguide.formats.web import Gateway, Web
from parentguide.model import Edition, Site


class Format(Protocol):
    """What makes one file for each guide and language."""

    name: str
    template_folder: str  # below ``templates``: what it draws with

    def __init__(self, templates: Path) -> None: ...

    def makes(self, edition: Edition) -> bool:
        """Whether there is such a file: English beside English, for one, has no use."""

    def file_name(self, guide: str, tag: str) -> str:
        """The file's name below ``<guide>/<tag>/``."""

    def render(self, edition: Edition) -> bytes:
        """The finished file. Raises :class:`~parentguide.errors.LayoutError`."""


class SiteFormat(Protocol):
    """What makes one file for all guides and languages. ``name`` is the edition it belongs to."""

    name: str
    file_name: str
    template_folder: str

    def __init__(self, templates: Path) -> None: ...

    def makes(self, site: Site) -> bool:
        """Whether there is such a file."""

    def render(self, site: Site) -> bytes:
        """The finished file. Raises :class:`~parentguide.errors.LayoutError`."""


# The page comes last: it links to the others, and says how large they are.
FORMATS: Sequence[type[Format]] = (
    Handout,
    LargePrint,
    Bilingual,
    Cards,
    ReadAloud,
    Message,
    Fragment,
    Review,
    CheckPage,
    Web,
)
SITE_FORMATS: Sequence[type[SiteFormat]] = (Poster, Gateway, ReadFirst)
# What a page offers for download; the rest is for the school.
FOR_FAMILIES = ("handout", "large-print", "bilingual", "cards", "read-aloud")
EDITIONS: tuple[str, ...] = tuple(
    dict.fromkeys([*(kind.name for kind in FORMATS), *(kind.name for kind in SITE_FORMATS)])
)
