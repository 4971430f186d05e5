"""A guide without contacts, definition, call-outs and phrases to say is made in every format."""

from dataclasses import replace
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides, plan
from parentguide.model.style_notes import StyleNotes
from parentguide.newsletter.statements import read_statements
from parentguide.project.guide_acts import mark_ready
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from parentguide.render import FORMAT_NAMES
from parentguide.render.print.fixed_size import LargePrint
from parentguide.render.print.handout import Handout
from parentguide.translation import po

SLUG = "walk"
WORDS = {
    "pl": ("Droga do szkoły", "Idź z dzieckiem.", "Spójrz w obie strony.", "{school}: droga. {link}"),
    "ur": ("اسکول جانا", "اپنے بچے کے ساتھ چلیں۔", "دونوں طرف دیکھیں۔", "{school}: راستہ۔ {link}"),
}
EVERYWHERE = ("index.html", "message.txt", "read-aloud.txt", "fragment.html")


def tiny(root: Path, *, contacts: bool = False) -> Project:
    letter = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n"
    known = root / "locales" / "contacts.toml"
    text = known.read_text("utf-8")
    # A guide has the box of whom to call only where the emergency number is a contact.
    known.write_text("", "utf-8")
    new_guide(Project(root), SLUG, read_statements(letter))
    known.write_text(text, "utf-8")
    mark_ready(Project(root), SLUG)
    if not contacts:
        known.write_text("", "utf-8")
    project = Project(root)
    for tag, words in WORDS.items():
        path = project.catalog_path(project.language(tag), SLUG)
        texts = dict(zip(project.source_messages(SLUG), words, strict=True))
        path.write_bytes(po.with_translations(path.read_bytes(), texts, path))
    return Project(root)


def test_a_tiny_guide_is_made_in_every_format(small: Path) -> None:
    built = build_guides(tiny(small), BuildRequest(guides=(SLUG,)), small / "out")
    assert not built.left_out
    assert not built.plan.refused
    assert built.plan.formats == FORMAT_NAMES
    made = {
        path.relative_to(small / "out").as_posix() for path in (small / "out").rglob("*") if path.is_file()
    }
    for tag in ("en", *WORDS):
        sheets = [f"{SLUG}-{tag}-handout.pdf", f"{SLUG}-{tag}-large-print.pdf"]
        if tag != "en":
            sheets += [f"{SLUG}-{tag}-bilingual.pdf", f"{SLUG}-{tag}-review.pdf", "check.html"]
        assert {f"{SLUG}/{tag}/{name}" for name in (*EVERYWHERE, *sheets)} <= made
    assert {"README-FIRST.html", "index.html", "poster.pdf"} <= made
    assert not [path for path in made if "cards" in path], "there is no phrase to put on a card"


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("kind", [Handout, LargePrint])
def test_a_guide_that_has_only_begun_is_set(kind: type[Handout | LargePrint], count: int) -> None:
    """The title alone, or with the first text: somebody looks at it while writing."""
    edition = plan(Project(), BuildRequest(("ur",), (kind.name,))).editions[0]
    blocks = edition.guide.blocks[:count]
    begun = replace(edition, guide=replace(edition.guide, blocks=blocks))
    assert kind(Project().templates).render(begun).startswith(b"%PDF")


def test_the_page_for_the_office_names_only_what_there_is(small: Path) -> None:
    build_guides(tiny(small), BuildRequest(guides=(SLUG,), formats=("web", "cards")), small / "out")
    text = (small / "out" / "README-FIRST.html").read_text("utf-8")
    assert "a guide for parents in 3 languages" in text
    assert "cards" not in text


def test_each_language_counts_once_for_two_guides(small: Path) -> None:
    build_guides(tiny(small, contacts=True), BuildRequest(formats=("web",)), small / "out")
    text = (small / "out" / "README-FIRST.html").read_text("utf-8")
    assert "2 guides for parents in 3 languages" in text


def test_only_a_build_with_review_sheets_reads_the_notes_on_a_translation(small: Path) -> None:
    project = tiny(small)
    glossary = small / "locales" / "pl" / "glossary.toml"
    glossary.parent.mkdir(parents=True, exist_ok=True)
    glossary.write_text('[style]\naddress = "informal"\n', "utf-8")

    def notes(name: str) -> StyleNotes:
        request = BuildRequest(guides=(SLUG,), languages=("pl",), formats=(name,))
        (edition,) = plan(project, request).editions
        return edition.notes

    assert notes("review").style == (("Address", "informal"),)
    assert notes("web") == StyleNotes()
