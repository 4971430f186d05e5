"""What is made once for all languages: the page that tells the school office what is what."""

from pathlib import Path

from parentguide.formats.web import Look, by_english_name
from parentguide.model import Site

# What the office reads of each edition's file, in the order that they are wanted.
KINDS = {
    "web": ("index.html", "The web page. It works on a phone, and reads itself aloud where the phone can."),
    "handout": ("GUIDE-TAG-handout.pdf", "The sheet to hand out: A4, two sides."),
    "large-print": (
        "GUIDE-TAG-large-print.pdf",
        "The same in 18 point type, for people who do not see well.",
    ),
    "bilingual": (
        "GUIDE-TAG-bilingual.pdf",
        "English and the language side by side, with numbers, for meetings and interpreters.",
    ),
    "cards": ("GUIDE-TAG-cards.pdf", "Cards to cut out, with which a parent asks for an interpreter."),
    "read-aloud": ("read-aloud.txt", "The words alone, numbered, for somebody who reads them out."),
    "message": ("message.txt", "A short text message to send to families, with a place for the link."),
    "fragment": (
        "fragment.html",
        "The guide to paste into a page of your website: open it in a text editor, copy all of it, and"
        " paste it into the editor's HTML or source view.",
    ),
    "review": (
        "GUIDE-TAG-review.pdf",
        "For a bilingual person who checks the translation with a pen. It is not for families.",
    ),
    "check": (
        "check.html",
        "For you: what the translation says when it is put back into English, and how far it is checked.",
    ),
}
# The states of review, as the office reads them.
STATES = {
    "draft": "draft",
    "checked": "checked by a bilingual speaker",
    "professional": "translated and revised by professionals",
    "tested": "tested with families",
}


class ReadFirst:
    """``README-FIRST.html``, for whoever puts the files up or prints them."""

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
        return self._look.render(
            "read-first.html",
            slugs=list(dict.fromkeys(e.guide.slug for e in site.editions)),
            languages=languages,
            has_english=int(len(languages) != len(translated)),
            drafts=[language for language in translated if language.review == "draft"],
            states=STATES,
            editions=site.formats,
            kinds=[KINDS[name] for name in KINDS if name in site.formats],
            example=(translated or languages)[0].tag,
            poster="poster.pdf",
        ).encode("utf-8")
