"""The page that tells the school office what each file of a build is for."""

from pathlib import Path

from parentguide.model.labels import FORMAT_FILES, STATE_LABELS
from parentguide.model.output import Site
from parentguide.render.web.contexts import ReadFirstContext
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
        languages = by_english_name(list({e.language.tag: e.language for e in site.editions}.values()))
        translated = [language for language in languages if not language.is_source]
        context: ReadFirstContext = {
            "slugs": list(dict.fromkeys(e.guide.slug for e in site.editions)),
            "languages": languages,
            "has_english": int(len(languages) != len(translated)),
            "drafts": [language for language in translated if language.review == "draft"],
            "states": STATE_LABELS,
            "formats": site.formats,
            "kinds": [FORMAT_FILES[name] for name in FORMAT_FILES if name in site.formats],
            "example": (translated or languages)[0].tag,
            "poster": "poster.pdf",
        }
        return self._look.render("read-first.html", context)
