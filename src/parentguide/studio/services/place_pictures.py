"""Pictures of the places where messages of the interface stand: parts of a page, and parts of sheets.

What they are made from is kept for each state of the content. The pictures are kept by a digest of the words
and the templates, so that a checker who approves words does not wait for the same pictures again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parentguide.build.incremental import EditionDigests, combined, folder_digest, program_digest
from parentguide.errors import LayoutError
from parentguide.infra.pdf_places import picture_of, places
from parentguide.model.domain import INTERFACE
from parentguide.model.language import Language
from parentguide.model.output import Edition, Site, with_places
from parentguide.project.project import Project
from parentguide.render import FORMATS
from parentguide.render.print.poster import Poster
from parentguide.render.print.typeface import with_typeface
from parentguide.review.status import language_review
from parentguide.studio.services.example_edition import example_edition
from parentguide.studio.services.interface_places import Standing, standings
from parentguide.studio.services.page_places import PagePlaces, page_places
from parentguide.studio.services.preview_cache import PreviewCache, RecentDrafts
from parentguide.studio.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Shown:
    """One language. ``digest`` is that of all that its pictures are made from."""

    edition: Edition
    page: PagePlaces
    standings: Sequence[Standing]
    digest: str
    templates: Path
    fonts: tuple[Path, ...]


class PlacePictures:
    """Makes and keeps the pictures of one workspace."""

    def __init__(self, workspace: Workspace, previews: PreviewCache) -> None:
        self._workspace = workspace
        self._previews = previews
        self._by_stamp: RecentDrafts[_Shown] = RecentDrafts()
        self._pages: RecentDrafts[PagePlaces] = RecentDrafts()

    def page_order(self, language: Language) -> Sequence[str]:
        """The messages that the page shows, from its top to its end. Empty for a project without a guide."""
        shown = self._shown(language)
        return tuple(shown.page.parts) if shown else ()

    def page_part(self, language: Language, context: str) -> str | None:
        """The part of the page around a message, as a page of its own; None if it does not stand there."""
        shown = self._shown(language)
        return shown.page.picture(context) if shown and context in shown.page.parts else None

    def sheet_part(self, language: Language, context: str) -> bytes | None:
        """The part of a sheet around a message as PNG; None if it stands on no sheet.

        Raises our errors for a sheet that cannot be set.
        """
        shown = self._shown(language)
        one = next((s for s in shown.standings if s.context == context), None) if shown else None
        if shown is None or one is None or not one.sheet or one.is_page:
            return None
        pdf = self._previews.kept(
            combined("placed", shown.digest, one.sheet), lambda: _sheet(shown, one.sheet)
        )

        def draw() -> bytes:
            found = places(pdf).get(context)
            if found is None:
                raise LayoutError(f"the sheet does not show “{context}”", remedy="Look at the whole sheet.")
            return picture_of(pdf, found, from_right=language.direction == "rtl")

        return self._previews.kept(combined("place", shown.digest, one.sheet, context), draw)

    def _shown(self, language: Language) -> _Shown | None:
        stamp, project = self._workspace.current()
        name = combined(stamp, language.tag)
        shown = self._by_stamp.get(name)
        if shown is None:
            shown = self._made(project, language)
            if shown is not None:
                self._by_stamp.keep(name, shown)
        return shown

    def _made(self, project: Project, language: Language) -> _Shown | None:
        edition = example_edition(project, language_review(project, language, (INTERFACE,)))
        if edition is None:
            return None
        digest = combined(
            EditionDigests().digest(edition), folder_digest(project.templates), program_digest()
        )
        page = self._pages.get(digest)
        if page is None:
            page = page_places(edition, project.templates)
            self._pages.keep(digest, page)
        found = standings(project.source_messages(INTERFACE).values())
        return _Shown(edition, page, found, digest, project.templates, project.fonts)


def _sheet(shown: _Shown, name: str) -> bytes:
    """The sheet with the places of those messages of which it has the pictures."""
    wanted = {one.context for one in shown.standings if one.sheet == name}
    edition = with_places(with_typeface(shown.edition, shown.fonts)[0], wanted)
    if name == Poster.name:
        return Poster(shown.templates).render(Site((edition,), edition.school))
    kind = next(kind for kind in FORMATS if kind.name == name)
    return kind(shown.templates).render(edition)
