"""Languages, messages and a small project for the tests of checks."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.checks.translation.catalog import CatalogCheck, LanguageCatalog
from parentguide.checks.translation.message import MessageCheck, TranslatedMessage
from parentguide.checks.translation.trigrams import Profile, profile, triples_of
from parentguide.model.language import Language, PrintStyle
from parentguide.project.pot import domains, pot_bytes
from parentguide.project.project import Project
from parentguide.translation import po
from parentguide.translation.glossary import Glossary


def language(tag: str = "pl", script: str = "Latn", **values: Any) -> Language:
    printed = PrintStyle(values.pop("fonts", ("Source Sans 3",)))
    return Language(tag, f"Language {tag}", tag, "ltr", script, printed, **values)


POLISH = language(quotes="„”")
ARABIC = language("ar", "Arab", quotes="«»", article="ال")
BENGALI = language("bn", "Beng", stop="।")
CHINESE = language("zh-Hans", "Hans", stop="。", word_spaces=False)
KHMER = language("km", "Khmr", stop="។")
THAI = language("th", "Thai", stop="", word_spaces=False)
GREEK = language("el", "Grek", quotes="«»", question=";")
ARMENIAN = language("hy", "Armn", quotes="«»", stop="։", question="՞")
JAPANESE = language("ja", "Jpan", stop="。", quotes="「」", word_spaces=False)


def message(english: str, text: str, of: Language = POLISH, context: str = "test") -> TranslatedMessage:
    return TranslatedMessage(of, context, english, text)


def codes(check: MessageCheck, english: str, text: str, of: Language = POLISH) -> list[str]:
    return [problem.code for problem in check(message(english, text, of))]


def catalog(
    messages: Iterable[TranslatedMessage],
    of: Language = POLISH,
    glossary: Glossary | None = None,
    others: Iterable[Profile] = (),
) -> LanguageCatalog:
    """``messages`` as all that a language has, beside the profiles of other languages."""
    messages = tuple(messages)
    triples = tuple(triples_of(m.text) for m in messages)
    own = profile(of.tag, of.script, triples)
    return LanguageCatalog(of, messages, triples, glossary or Glossary(), own, (own, *others))


def catalog_codes(check: CatalogCheck, of: LanguageCatalog) -> list[tuple[str, str]]:
    return [(m.context, problem.code) for m, problem in check(of)]


NEWSLETTER = "Staying safe\n\nPlease talk to us.\n"
LANGUAGES = """\
[en]
english_name = "English"
own_name = "English"
script = "Latn"
direction = "ltr"
print.fonts = ["Source Sans 3"]

[pl]
english_name = "Polish"
own_name = "Polski"
script = "Latn"
direction = "ltr"
quotes = "„”"
dated = 2026-11-24
print.fonts = ["Source Sans 3"]
"""
CONTACTS = """\
[nspcc]
kind = "phone"
shown = "0808 800 5000"
source = "its page"
verified_on = 2026-11-23
"""
GUIDE = """\
{#title covers="1"}
# Staying safe

{#talk covers="2"}
Talk to us on {nspcc}.
"""


def small_project(root: Path, guide: str = GUIDE, front: str = "", newsletter: str = NEWSLETTER) -> Project:
    """A project with one guide, one text of the interface, English and Polish; its POT files are current."""
    folder = root / "locales" / "en" / "small"
    folder.mkdir(parents=True)
    digest = sha256(newsletter.encode()).hexdigest()
    head = f"---\ntitle: Safe\nnewsletter: newsletter.txt\nnewsletter_sha256: {digest}\n{front}---\n\n"
    (folder / "guide.md").write_text(head + guide, "utf-8")
    (folder / "newsletter.txt").write_text(newsletter, "utf-8")
    (root / "templates").mkdir()
    (root / "templates" / "page.html").write_text('{{ pgettext("print", "Print") }}\n', "utf-8")
    (root / "locales" / "languages.toml").write_text(LANGUAGES, "utf-8")
    (root / "locales" / "contacts.toml").write_text(CONTACTS, "utf-8")
    project = Project(root)
    for domain in domains(project):
        project.pot_path(domain).write_bytes(pot_bytes(project, domain))
    return Project(root)


TRANSLATIONS = {
    "title": "Jak dbać o bezpieczeństwo",
    "talk": "Zadzwoń do nas: {nspcc}.",
    "print": "Drukuj",
}


def translate(project: Project, tag: str, texts: dict[str, str], *, fuzzy: bool = False) -> None:
    """Write the PO files of a language with ``texts`` by context."""
    of = project.language(tag)
    for domain in domains(project):
        path = project.catalog_path(of, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = po.merge(project.pot_path(domain).read_bytes(), None, of.locale, path)
        own = {c: text for c, text in texts.items() if c in project.source_messages(domain)}
        path.write_bytes(po.with_translations(data, own, path, fuzzy=fuzzy))
