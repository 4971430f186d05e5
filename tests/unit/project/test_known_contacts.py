"""Numbers and addresses of a newsletter that are contacts, and those that are not."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.statements import read_statements
from parentguide.project.cards.card import Kind
from parentguide.project.cards.reading import cards_of
from parentguide.project.known_contacts import mentions, unknown_mentions
from parentguide.project.new_guide import new_guide
from parentguide.project.official_source import OfficialSource
from parentguide.project.project import Project, default_root

CONTACTS = Project().contacts


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "locales").mkdir()
    contacts = (default_root() / "locales" / "contacts.toml").read_bytes()
    (tmp_path / "locales" / "contacts.toml").write_bytes(contacts)
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In an emergency, ring 999.", ["police_emergency"]),
        ("Call 999 or 101", ["police_emergency", "police_non_emergency"]),
        ("NSPCC: 0808 8005000 (free)", ["nspcc"]),
        ("Ring +44 (0)808 800 5000.", ["nspcc"]),
        ("Childline (0800 1111)", ["childline"]),
        ("See https://www.ceop.police.uk/safety-centre/.", ["ceop"]),
        ("See www.CEOP.police.uk/safety-centre", ["ceop"]),
    ],
)
def test_contacts_are_known_however_they_are_written(text: str, names: list[str]) -> None:
    assert [one.contact for one in mentions(text, CONTACTS)] == names


@pytest.mark.parametrize(
    "text",
    [
        *("101 children came", "See page 101.", "We rang 101 families", "At 9.15, on 15 January 2026"),
        *("£1 000 000", "2025-2026", "95% or 100%", "Call us about 101 things."),
    ],
)
def test_other_figures_are_no_numbers_to_call(text: str) -> None:
    assert mentions(text, CONTACTS) == ()


def test_what_is_no_contact_is_named() -> None:
    text = "Ring 0161 496 0000, (0808) 800 5000 or safe@example.sch.uk, see www.example.org/a. 0161 496 0000!"
    assert unknown_mentions(text, CONTACTS) == ("0161 496 0000", "www.example.org/a")
    assert unknown_mentions("www.ceop.police.uk/safety-centre/other", CONTACTS) != ()


def test_a_new_guide_has_placeholders_and_the_newsletter_keeps_its_numbers(project: Project) -> None:
    letter = "Safe online\n\nRing the NSPCC on 0808 800 5000 *now*.\n\n0808 800 5000 is free."
    letter += "\n\nAsk 0161 496 0000."
    folder = new_guide(project, "one", read_statements(letter))
    cards = cards_of((folder / "guide.md").read_text("utf-8"))
    words = [card.words for card in cards if card.covers]
    assert words == [
        "Safe online",
        "Ring the NSPCC on {nspcc} *now*.",
        "{nspcc} is free.",
        "Ask 0161 496 0000.",
    ]
    assert "0808 800 5000 is free." in (folder / "statements.tsv").read_text("utf-8")
    guide = Project(project.root).guide_source("one").guide
    assert guide.title == "Safe online"


def test_steps_contacts_and_official_words_become_blocks_of_their_kind(project: Project) -> None:
    rows = [
        ("heading", "Safe online"), ("step", "Stay calm"), ("step", "Tell us"), ("item", "A sign"),
        ("contact", "NSPCC: 0808 800 5000"), ("contact", "Childline: 0800 1111"),
        ("quotation", "Ring 0808 800 5000, it says."), ("paragraph", "The end."),
    ]  # fmt: skip
    statements = [Statement(n, StatementKind(kind), text, n) for n, (kind, text) in enumerate(rows, 1)]
    official = OfficialSource("x", date(2024, 1, 1), ("A title",))
    folder = new_guide(project, "one", statements, title="Safe at home", official=official)
    source = Project(project.root).guide_source("one")
    cards = cards_of((folder / "guide.md").read_text("utf-8"))
    assert [card.kind for card in cards][1:8] == [
        *(Kind.FRAME, Kind.HEADING, Kind.ITEM, Kind.FRAME_END),
        *(Kind.FRAME, Kind.HEADING, Kind.PARAGRAPH),
    ], "the boxes of whom to call and of the school's team"
    cards = (cards[0], *cards[9:])
    assert [card.kind for card in cards][:9] == [
        *(Kind.TITLE, Kind.STEP, Kind.STEP, Kind.ITEM, Kind.FRAME),
        *(Kind.ITEM, Kind.ITEM, Kind.FRAME_END, Kind.OFFICIAL),
    ]
    assert cards[0].words == source.guide.title == "Safe at home"
    assert cards[0].covers == (1,)
    assert cards[5].words == "NSPCC: {nspcc}"
    assert source.definition is not None
    assert source.definition.paragraphs == ("Ring 0808 800 5000, it says.",)
    assert source.definition.documents == ("A title",)
