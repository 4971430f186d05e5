"""The page that tells the school office what each file of a build is for."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from parentguide.model import markup
from parentguide.model.labels import FORMAT_FILES, STATUS_LABELS
from parentguide.model.output import Edition, Site
from parentguide.model.print_names import POSTERS, TO_PRINT, WEBSITE
from parentguide.model.review_state import INCOMPLETE, ReviewState
from parentguide.render.left_out import left_out_lines
from parentguide.render.web.contexts import ReadArchive, ReadFirstContext, ReadGuide
from parentguide.render.web.look import Look
from parentguide.render.web.page import by_english_name


class ReadFirst:
    """``README-FIRST.html``, for whoever publishes or prints the files."""

    name = "web"
    template_folder = "web"
    file_name = "README-FIRST.html"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)

    def makes(self, site: Site) -> bool:
        return True

    def render(self, site: Site) -> bytes:
        """The page in the output folder."""
        return self._page(site, None)

    def for_archive(self, site: Site, printed: Mapping[str, str]) -> bytes:
        """The page in the ZIP file; ``printed`` has the path of each sheet there, by that in the folder."""
        return self._page(site, printed)

    def _page(self, site: Site, printed: Mapping[str, str] | None) -> bytes:
        by_slug: dict[str, list[Edition]] = {}
        for edition in site.editions:
            by_slug.setdefault(edition.guide.slug, []).append(edition)
        guides = [_guide(site, slug, editions) for slug, editions in by_slug.items()]
        languages = by_english_name(list({e.language.tag: e.language for e in site.editions}.values()))
        translated = [language for language in languages if not language.is_source]
        example = (translated or languages)[0].tag
        context: ReadFirstContext = {
            "guides": guides,
            "languages": languages,
            "drafts": sum(guide["drafts"] for guide in guides),
            "translations": sum(guide["translations"] for guide in guides),
            "states": STATUS_LABELS,
            "formats": site.formats,
            "missing": left_out_lines(site.left_out),
            "example": example,
            "archive": None if printed is None else _archive(printed, example),
            "poster": "" if any(not file.guide for file in site.left_out) else "poster.pdf",
        }
        return self._look.render("read-first.html", context)


def _archive(printed: Mapping[str, str], example: str) -> ReadArchive:
    """What the page says of the ZIP file, with a sheet of the language ``example`` if there is one."""
    sheets = [path for path in printed if path not in POSTERS]
    named = next((path for path in sheets if f"/{example}/" in path), next(iter(sheets), ""))
    return {
        "website": WEBSITE,
        "to_print": TO_PRINT,
        "example": PurePosixPath(printed[named]).name if named else "",
        "posters": [printed[path] for path in POSTERS if path in printed],
    }


def _guide(site: Site, slug: str, editions: Sequence[Edition]) -> ReadGuide:
    """What the page says of one guide. Each of its translations has a state of its own."""
    by_tag = {edition.language.tag: edition for edition in editions}
    ordered = [by_tag[language.tag] for language in by_english_name([e.language for e in editions])]
    translated = [edition for edition in ordered if not edition.language.is_source]
    return {
        "slug": slug,
        "title": markup.plain(editions[0].english.title),
        "editions": ordered,
        "kinds": _kinds(site, slug, [*translated, *ordered]),
        "translations": len(translated),
        "drafts": sum(edition.status in (INCOMPLETE, ReviewState.DRAFT) for edition in translated),
    }


def _kinds(site: Site, slug: str, editions: Sequence[Edition]) -> list[tuple[str, str]]:
    """The files of a guide's languages and what each is for. A file that only some languages have is named
    as in the first of them; one that none has is not named."""
    kinds = []
    for name, (file, purpose) in FORMAT_FILES.items():
        tags = [e.language.tag for e in editions if (slug, e.language.tag, name) in site.made]
        if tags:
            kinds.append((file.replace("GUIDE", slug).replace("TAG", tags[0]), purpose))
    return kinds
