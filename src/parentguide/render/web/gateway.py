"""``index.html`` of a whole build, where families choose their language."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel import Locale
from markupsafe import Markup

from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.model.output import Site
from parentguide.model.school import same_speech
from parentguide.render.web.contexts import GatewayContext, LanguageGroup
from parentguide.render.web.look import Look, lean, policy

# Scripts whose readers look for each other's names in one place, in the order of the page. A script that is
# not here has a group of its own, after these.
_FAMILIES = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Arab": "Arabic",
    "Ethi": "Ethiopic",
    **dict.fromkeys(("Beng", "Deva", "Gujr", "Guru", "Mlym", "Sinh", "Taml", "Telu"), "South Asian"),
    **dict.fromkeys(("Hans", "Hant"), "Chinese"),
}
_USUAL = "Languages that many families at this school read"


class Gateway:
    """Each guide with its languages: those that the school's families read most, then others by script."""

    name = "web"
    template_folder = "web"
    file_name = "index.html"

    def __init__(self, templates: Path) -> None:
        self._look = Look(templates)
        self._search = Markup(read_text(templates / "web" / "gateway.js").strip())
        # Rules that no other page needs: some families pay for each kilobyte.
        self._rules = lean(read_text(templates / "web" / "gateway.css"))

    def makes(self, site: Site) -> bool:
        return True

    def render(self, site: Site) -> bytes:
        guides = {edition.guide.slug: edition.english for edition in site.editions}
        usual = site.school.usual_languages
        rows = [
            (guide, groups([e.language for e in site.editions if e.guide.slug == slug], usual))
            for slug, guide in guides.items()
        ]
        styled = self._look.styled_for(site.school.colour, self._rules)
        context: GatewayContext = {
            "guides": rows,
            "school": site.school,
            "search": self._search,
            "style": styled["style"],
            "policy": policy(styled["style"], self._look.script, self._search),
        }
        return self._look.render("gateway.html", context)


def groups(languages: Sequence[Language], usual: Iterable[str] = ()) -> list[LanguageGroup]:
    """The languages in groups, each language once. ``usual`` are the tags of those that come first, in their
    order; a tag without a script means all scripts of the language."""
    first = [*dict.fromkeys(language.tag for tag in usual for language in _meant(tag, languages))]
    by_tag = {language.tag: language for language in languages}
    found: list[LanguageGroup] = []
    if first:
        found.append({"name": _USUAL, "languages": [by_tag[tag] for tag in first]})
    by_family: dict[str, list[Language]] = {name: [] for name in _FAMILIES.values()}
    for language in sorted((v for v in languages if v.tag not in first), key=_place):
        by_family.setdefault(_family(language.script), []).append(language)
    found += [
        {"name": f"Languages in {name} letters", "languages": chosen}
        for name, chosen in by_family.items()
        if chosen
    ]
    return found


def _meant(tag: str, languages: Sequence[Language]) -> Iterator[Language]:
    exact = [language for language in languages if language.tag == tag]
    yield from exact or (language for language in languages if same_speech(tag, language.tag))


def _family(script: str) -> str:
    return _FAMILIES.get(script) or str(Locale("en").scripts.get(script, script))


def _place(language: Language) -> tuple[bool, str]:
    """English first, then by own name: readers look for their own."""
    letters = unicodedata.normalize("NFKD", language.own_name).casefold()
    return not language.is_source, "".join(char for char in letters if unicodedata.category(char) != "Mn")
