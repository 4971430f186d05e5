"""A new guide: all its files or none, and a POT file that belongs to it."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from parentguide.checks.guide.coverage import coverage_of
from parentguide.errors import ParentguideError, ProjectError, SourceError
from parentguide.infra.leftovers import IN_USE, temporary_name
from parentguide.model.guide import Quotation
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.statements import read_statements
from parentguide.project import new_guide as module
from parentguide.project.first_text import first_text
from parentguide.project.new_guide import new_guide
from parentguide.project.newsletter_file import kept_statements
from parentguide.project.official_source import OfficialSource, official_source
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project

LETTER_TEXT = """Online safety

We want every child to be safe online. Please read this letter with care.

- Children can be afraid to tell.
"""
LETTER = read_statements(LETTER_TEXT)
QUOTED = read_statements(
    LETTER_TEXT
    + "\n“Online abuse is any type of abuse that happens on the internet. It can happen across any device"
    " that is connected to the web, at home or at school or anywhere else that a child may be.”\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "locales").mkdir()
    return Project(tmp_path)


def files(project: Project) -> list[str]:
    return sorted(str(p.relative_to(project.locales)) for p in project.locales.rglob("*") if p.is_file())


def test_a_guide_is_made_with_its_pot(project: Project) -> None:
    folder = new_guide(project, "online-safety", LETTER)
    assert folder == project.locales / "en" / "online-safety"
    assert files(project) == [
        "en/online-safety/guide.md",
        "en/online-safety/statements.tsv",
        "online-safety.pot",
    ]
    made = Project(project.root)
    assert made.pot_path("online-safety").read_bytes() == pot_bytes(made, "online-safety")
    assert [message.english for message in made.source_messages("online-safety").values()] == [
        "Online safety",
        "We want every child to be safe online. Please read this letter with care.",
        "Children can be afraid to tell.",
        "Online safety. From {school}, for all parents and carers: a guide. In your language: {link}",
    ]
    assert made.guide_source("online-safety").guide.words_for("message") is not None


def test_official_words_wait_for_their_source(project: Project) -> None:
    folder = new_guide(project, "online-safety", QUOTED)
    text = (folder / "definition.toml").read_text("utf-8")
    assert "# published = " in text
    assert "unknown" not in text
    pot = project.pot_path("online-safety").read_bytes()
    with pytest.raises(SourceError):
        Project(project.root).guide_source("online-safety")
    filled = text.replace("# edition", "edition").replace("# source", "source")
    filled = filled.replace("# published", "published").replace("# verified_on", "verified_on")
    (folder / "definition.toml").write_text(filled, "utf-8")
    assert pot_bytes(Project(project.root), "online-safety") == pot


def test_official_words_with_their_source_are_ready(project: Project) -> None:
    official = OfficialSource('A "charity"', date(2024, 3, 1))
    new_guide(project, "online-safety", QUOTED, official=official)
    definition = Project(project.root).guide_source("online-safety").definition
    assert definition is not None
    assert (definition.source, definition.published) == ('A "charity"', date(2024, 3, 1))
    assert definition.paragraphs[0].startswith("Online abuse is any type of abuse")
    (caption,) = (
        message.english
        for context, message in Project(project.root).source_messages("online-safety").items()
        if context == "official-words"
    )
    assert caption == "Official words, in English, {date}"


def test_families_see_the_publisher_and_the_address_and_points_as_a_list(project: Project) -> None:
    words = (
        "Neglect is when somebody fails to:",
        "give food; or",
        "keep a child safe.",
        "It may begin early.",
    )
    statements = [Statement(1, StatementKind.HEADING, "Neglect", 1)]
    statements += [Statement(n, StatementKind.QUOTATION, text, n) for n, text in enumerate(words, 2)]
    official = official_source(
        *("Working Together", "The department", "https://example.org/a", "2023-12-15"),
        is_compared=True,
        today=date(2026, 1, 1),
    )
    new_guide(project, "one", statements, official=official)
    blocks = Project(project.root).guide_source("one").guide.blocks
    (quotation,) = (block for block in blocks if isinstance(block, Quotation))
    assert quotation.documents_line == "Working Together · The department · https://example.org/a"
    assert quotation.english_runs == ((False, words[:1]), (True, words[1:3]), (False, words[3:]))


@pytest.mark.parametrize("slug", ["", "..", "a/b", "A", "interface", "x" * 61, "ü", "-a", "a-"])
def test_a_name_that_cannot_be_used_makes_nothing(project: Project, slug: str) -> None:
    with pytest.raises(ProjectError):
        new_guide(project, slug, LETTER)
    assert list(project.locales.iterdir()) == []


def test_a_guide_is_never_overwritten(project: Project) -> None:
    new_guide(project, "one", LETTER)
    before = {name: (project.locales / name).read_bytes() for name in files(project)}
    with pytest.raises(ProjectError, match="already exists"):
        new_guide(project, "one", QUOTED)
    assert {name: (project.locales / name).read_bytes() for name in files(project)} == before


def test_what_a_killed_command_left_is_removed_even_if_the_name_is_refused(project: Project) -> None:
    left = project.locales / temporary_name("new-guide")
    left.mkdir()
    (left / IN_USE).touch()
    with pytest.raises(ProjectError, match="cannot be the name"):
        new_guide(project, "No Name", LETTER)
    assert not left.exists()


def test_a_failure_leaves_nothing_behind(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise ParentguideError("stopped")

    monkeypatch.setattr(module, "pot_bytes", fails)
    with pytest.raises(ParentguideError, match="stopped"):
        new_guide(project, "one", LETTER)
    assert list(project.locales.iterdir()) == []


def test_the_statements_are_kept_in_a_file_with_its_digest(project: Project) -> None:
    folder = new_guide(project, "one", LETTER)
    source = Project(project.root).guide_source("one")
    data = (folder / "statements.tsv").read_bytes()
    assert source.front.newsletter == "statements.tsv"
    assert source.front.newsletter_sha256 == sha256(data).hexdigest()
    kept = kept_statements(data, folder / "statements.tsv")
    assert [(s.number, s.kind, s.text) for s in kept] == [(s.number, s.kind, s.text) for s in LETTER]


def test_the_parts_of_a_letter_are_excluded_with_a_reason_and_are_no_title(project: Project) -> None:
    letter = (
        "15 January 2026\n\nDear Parent or Carer\n\nRe: Safe at home\n\nTalk to us about it today.\n\n"
        "Yours faithfully\n\nA. N. Other\n\nHeadteacher\n"
    )
    new_guide(project, "one", read_statements(letter))
    source = Project(project.root).guide_source("one")
    assert source.guide.title == "Safe at home"
    assert list(source.guide.excluded) == [1, 2, 5, 6, 7]
    assert all("letter" in reason for reason in source.guide.excluded.values())
    assert list(coverage_of(source)) == []


def test_a_letter_without_a_message_still_makes_a_guide(project: Project) -> None:
    new_guide(project, "one", read_statements("Dear parents\n\nYours faithfully\n"))
    assert Project(project.root).guide_source("one").guide.title == "Dear parents"


@pytest.mark.parametrize(
    "letter",
    [
        "Dear parents, this letter is about safety online.\n\nOnline safety\n\nTalk to us.",
        "- Children can be afraid.\n- Talk to us.",
        "Title\n\nTitle\n\ntitle",
        '“Quoted” \\ {words} **bold** <b> & ![x](y) "end"',
        "1. One\n2. Two\n\n# Three",
    ],
)
def test_any_newsletter_becomes_a_guide_with_all_its_words(project: Project, letter: str) -> None:
    statements = read_statements(letter)
    new_guide(project, "one", statements, official=OfficialSource("x", date(2024, 1, 1)))
    source = Project(project.root).guide_source("one")
    assert source.guide.title
    text = (source.folder / "guide.md").read_text("utf-8")
    assert all(f'covers="{statement.number}"' in text for statement in statements)


def test_only_the_first_heading_is_the_title() -> None:
    text = first_text(
        read_statements("Safety online\n\nTalk to us about it today.\n\nWho can help\n\nWe can."), "0", {}
    )
    assert "\n# Safety online\n" in text
    assert "\n# Who can help\n" not in text


def test_what_a_person_left_out_is_excluded_with_the_reason(project: Project) -> None:
    number = QUOTED[-1].number
    folder = new_guide(project, "one", QUOTED, left_out={number: 'About "cakes": not safety'})
    source = Project(project.root).guide_source("one")
    assert source.guide.excluded == {number: 'About "cakes": not safety'}
    assert source.definition is None
    assert QUOTED[-1].text in (folder / "statements.tsv").read_text("utf-8")
    assert QUOTED[-1].text not in (folder / "guide.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Safe & sound! (Really.)", "Safe & sound! (Really.)"),
        ("It is *good* <b> [x] & 1 > 0.", "It is *good* <b> [x] & 1 > 0."),
        ("+ more of it", "more of it"),
        ("1. One", "(1) One"),
        ("A {field} and **bold**", "A (field) and bold"),
        ("- - -", "(- - -)"),
        ("<div> is a word", "<div> is a word"),
        ("Talk to us #", "Talk to us #"),
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "item", "heading"])
def test_families_see_no_signs_that_the_newsletter_has_not(
    project: Project, words: str, shown: str, kind: str
) -> None:
    statements = [
        Statement(1, StatementKind.HEADING, "Title!", 1),
        Statement(2, StatementKind(kind), words, 2),
    ]
    new_guide(project, "one", statements)
    english = [message.english for message in Project(project.root).source_messages("one").values()]
    assert english[0] == "Title!"
    if kind == "paragraph":
        assert english[1] == shown
    assert "\\" not in "".join(english)
    assert english[2] == "Title! From {school}, for all parents and carers: a guide. In your language: {link}"
