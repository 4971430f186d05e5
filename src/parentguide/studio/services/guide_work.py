"""A guide that is being changed in Studio: what was typed, what a save would change, and the save itself.

The cards and the text of a guide are two views of the same work.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.project.project import Project
from parentguide.project.revise import guide_path, revise_guide
from parentguide.review.guide_draft import GuideDraftReport
from parentguide.studio.routing import Studio, session_id
from parentguide.studio.services.guide_preview import preview_guide
from parentguide.studio.services.school_store import school_of
from parentguide.studio.templating import place


@dataclass(frozen=True, slots=True)
class GuideDraft:
    """A text that was typed. ``version`` tells which saved guide it was made from. ``asked`` is the part
    of it that somebody wanted to save when Studio asked; empty if that is all of it, or if nobody did."""

    text: str
    version: str
    asked: str = ""

    @property
    def is_saved(self) -> bool:
        return version_of(self.text) == self.version


@dataclass(frozen=True, slots=True)
class Saving:
    """What became of a save. Unless it is ``saved``, the text is kept as a draft: because another was saved
    meanwhile (``theirs``), because translations would be left out and nobody has agreed (``asks`` is what
    the answer has to carry, and ``report`` what the save would change), or because the text is no guide."""

    draft: GuideDraft
    saved: bool = False
    theirs: str = ""
    asks: str = ""
    status: int = 200
    report: GuideDraftReport | None = None


def slug_of(project: Project, request: Request) -> str:
    """The guide of the address. Raises 404 for one that does not exist."""
    slug = str(request.path_params["slug"])
    if slug not in project.slugs:
        raise HTTPException(404)
    return slug


def version_of(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def with_own_copy(studio: Studio) -> bool:
    """Make a copy of the program's words in the person's folder if there is none yet; whether it was made."""
    if studio.workspace.editable:
        return False
    studio.workspace.copy_content()
    return studio.workspace.editable


def save(
    studio: Studio,
    request: Request,
    project: Project,
    slug: str,
    draft: GuideDraft,
    confirmed: str,
    *,
    typed: str = "",
) -> Saving:
    """Save the guide, unless it cannot be read or has been saved by somebody else since; then keep the
    text as a draft. Ask first if the change affects translations or approvals.

    ``typed`` is the text with all that was typed, if only a part of that is to be saved: the rest stays a
    draft.
    """
    path = guide_path(project, slug)
    saved = read_text(path)
    rest = typed or draft.text
    kept = GuideDraft(rest, draft.version, draft.text if rest != draft.text else "")
    if version_of(saved) != draft.version:
        keep(studio, request, slug, kept)
        return Saving(GuideDraft(rest, version_of(saved)), theirs=saved, status=409)
    try:
        preview = preview_guide(project, slug, draft.text, school_of(studio.user_files(request)))
        if preview.report.cancels and confirmed != version_of(draft.text):
            keep(studio, request, slug, kept)
            return Saving(kept, asks=version_of(draft.text), report=preview.report)
        revise_guide(project, slug, draft.text)
    except ParentguideError:
        keep(studio, request, slug, kept)
        return Saving(kept, status=422)
    keep_rest(studio, request, slug, rest, read_text(path))
    return Saving(draft, saved=True)


def keep_rest(studio: Studio, request: Request, slug: str, text: str, saved: str) -> None:
    """Keep ``text`` as a draft of the saved guide; forget the draft if nothing of it is unsaved."""
    if text == saved:
        forget(studio, request, slug)
    else:
        keep(studio, request, slug, GuideDraft(text, version_of(saved)))


def kept_draft(studio: Studio, request: Request, slug: str) -> GuideDraft | None:
    path = _draft_path(studio, request, slug)
    with suppress(ParentguideError, ValueError, KeyError, TypeError):
        if path.exists():
            table = parse_json(read_text(path))
            return GuideDraft(str(table["text"]), str(table["version"]), str(table.get("asked", "")))
    return None


def keep(studio: Studio, request: Request, slug: str, draft: GuideDraft) -> None:
    table = {"text": draft.text, "version": draft.version, "asked": draft.asked}
    write_file(_draft_path(studio, request, slug), json.dumps(table, ensure_ascii=False).encode("utf-8"))


def forget(studio: Studio, request: Request, slug: str) -> None:
    """Discard what was typed and not saved."""
    _draft_path(studio, request, slug).unlink(missing_ok=True)


def report(
    studio: Studio, request: Request, project: Project, slug: str, text: str
) -> tuple[GuideDraftReport | None, str]:
    """The report on a text, or why it cannot be read. Its page is kept for the frame beside the editor."""
    try:
        preview = preview_guide(project, slug, text, school_of(studio.user_files(request)))
    except ParentguideError as error:
        where = f"{place(error)}: " if error.line else ""
        return None, f"{where}{error.sentences}"
    studio.guide_drafts.keep(page_key(request, slug), preview.page)
    return preview.report, ""


def page_key(request: Request, slug: str) -> str:
    """The name of a session's page of a guide among ``Studio.guide_drafts``."""
    return f"{session_id(request)} {slug}"


def _draft_path(studio: Studio, request: Request, slug: str) -> Path:
    """Where a text is kept that was typed and not saved."""
    return studio.user_files(request).folder / f".studio-guide-{slug}.json"
