"""From a newsletter to a guide, and writing it: what follows is said before anything is saved."""

import io
import re
from collections.abc import Callable
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from playwright.sync_api import Browser, expect
from weasyprint import HTML

from parentguide.build.api import BuildRequest, plan
from parentguide.checks import run_checks
from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.history import FOLDER
from parentguide.infra.leftovers import TemporaryFile
from parentguide.model.walk import extract
from parentguide.newsletter.pdf_pages import MOST_PAGES
from parentguide.newsletter.reading import read_newsletter
from parentguide.newsletter.statements import read_statements
from parentguide.project import new_guide, revise
from parentguide.project.project import Project
from parentguide.review.status import language_review
from parentguide.translation import po
from tests.studio.app import (
    Running,
    Visitor,
    copy_words,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
    shipped,
    version,
)

LETTER = """Online safety

We want every child to be safe online. Please read this letter with care.

- Children can be asked for pictures by people they have never met.
- Children can be afraid to tell.

Talk to us if you are worried."""
QUOTED = LETTER + (
    "\n\n“Online abuse is any type of abuse that happens on the internet. It can happen across any device"
    " that is connected to the web, at home or at school or anywhere else that a child may be.”"
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


TRANSLATIONS = ("ur", "pl", "so")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words of its own."""
    return copy_words(tmp_path / "work", ("en", *TRANSLATIONS))


def word_file(body: str, head: str = "", name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def word_letter() -> bytes:
    parts = []
    for line in LETTER.split("\n"):
        mark = "<w:pPr><w:numPr/></w:pPr>" if line.startswith("- ") else ""
        half = len(line) // 2
        first, second = line.removeprefix("- ")[:half], line.removeprefix("- ")[half:]
        runs = "".join(f'<w:r><w:t xml:space="preserve">{half}</w:t></w:r>' for half in (first, second))
        parts.append(f"<w:p>{mark}{runs}</w:p><w:p><w:r><w:delText>struck out</w:delText></w:r></w:p>")
    return word_file("".join(parts))


def pdf(html: str) -> bytes:
    return bytes(HTML(string=f"<meta charset=utf-8><style>p,li{{width:9cm}}</style>{html}").write_pdf())


def texts(data: bytes) -> list[str]:
    return [statement.text for statement in read_newsletter(data).statements]


def test_text_word_and_pdf_give_the_same_statements() -> None:
    wanted = texts(LETTER.encode())
    assert texts(word_letter()) == wanted
    assert texts(LETTER.encode("utf-16")) == wanted
    html = (
        LETTER.replace("\n- ", "<p>- ")
        .replace("Online safety", "<h1>Online safety</h1>")
        .replace("\n\n", "<p>")
    )
    assert texts(pdf(html)) == wanted


def encrypted() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>x"))) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    return buffer.getvalue()


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PICTURE = "<div style='width:9cm;height:9cm;background:teal'>"
BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the newsletter is empty"),
    "binary": (lambda: b"\0\1\2" * 100, "not a text file"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "old kind of Word file"),
    "RTF": (lambda: b"{\\rtf1 hello}", "old kind of Word file"),
    "a ZIP file that is not a Word file": (lambda: word_file("", name="other.xml"), "not a Word file"),
    "a truncated Word file": (lambda: word_letter()[:200], "not a Word file"),
    "broken XML": (lambda: word_file("<w:p>"), "broken, or not allowed"),
    "a document type": (
        lambda: word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", ENTITY),
        "broken, or not allowed",
    ),
    "a bomb": (lambda: word_file(" " * 30_000_000), "unpacks to far more"),
    "a truncated PDF": (lambda: pdf("<p>x")[:300], "cannot be opened"),
    "a PDF that is a picture": (lambda: pdf(PICTURE), "is a picture"),
    "a PDF with a password": (encrypted, "asks for a password"),
    "a book": (
        lambda: pdf("<p style='page-break-after:always'>x" * (MOST_PAGES + 1)),
        f"{MOST_PAGES + 1} pages",
    ),
    "far too long": (lambda: b"word " * 1_000_001, "far more than a newsletter"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_says_what_to_do(name: str) -> None:
    make, said = BAD_FILES[name]
    data = make()
    with pytest.raises(SourceError, match=said) as caught:
        read_newsletter(data)
    assert caught.value.remedy


@pytest.mark.browser
def test_from_a_newsletter_to_a_guide(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        write_a_guide(browser, studio)
    project = Project(work)
    errors = [f for f in run_checks(project) if f.severity == "error" and f.code[:3] in ("PG1", "PG2")]
    assert errors == []
    definition = project.guide_source("online-safety").definition
    assert definition is not None
    assert (definition.source, str(definition.published)) == (
        "A charity: Online abuse, on its website",
        "2024-03-01",
    )
    assert definition.paragraphs[0].startswith("Online abuse is any type of abuse")
    hidden = [path.name for path in (work / "locales").iterdir() if path.name.startswith(".")]
    assert hidden in ([], [".gitattributes"])


def write_a_guide(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio, 320, color_scheme="dark")
    page.get_by_role("main").get_by_role("link", name="Write or change a guide").click()
    page.get_by_role("link", name="Begin with a letter or newsletter").click()
    is_accessible(page)
    broken = {"name": "x.docx", "mimeType": "application/octet-stream", "buffer": b"PK broken"}
    page.get_by_label("A file").set_input_files(broken)  # type: ignore[arg-type]
    expect(page.get_by_role("alert")).to_contain_text("paste it into the box")
    is_accessible(page)
    page.get_by_label("Or paste the text").fill(QUOTED)
    page.get_by_role("button", name="Read the letter or newsletter").click()
    expect(page.locator("#pieces li")).to_have_count(len(read_statements(QUOTED)))
    is_accessible(page)
    page.get_by_label("What is the guide about?").fill("Online safety")
    page.get_by_role("button", name="Write the guide").click()
    expect(page.locator("#publisher-error")).to_be_visible()
    expect(page.get_by_label("What is the guide about?")).to_have_value("Online safety")
    is_accessible(page)
    page.get_by_label("The title of the document").fill("Online abuse")
    page.get_by_label("Who published it").fill("A charity")
    page.get_by_label("Where it is").fill("on its website")
    page.get_by_label("When it was published").fill("2024-03-01")
    page.get_by_label("I have compared the words").check()
    page.get_by_role("button", name="Write the guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write: Online safety")
    expect(page.get_by_role("status").first).to_contain_text("The guide is created")
    page.get_by_role("link", name="The guide as one text").click()
    expect(page.locator("#findings")).to_contain_text("The guide covers every statement.")
    is_accessible(page)
    box = page.locator("#text")
    box.fill(box.input_value().replace("Talk to us if you are worried.", "Are you worried? **Talk to us."))
    expect(page.locator("#findings")).to_contain_text("This cannot be read as a guide yet")
    is_accessible(page)
    box.fill(box.input_value().replace("**Talk to us.", "**Talk to us.**"))
    expect(page.locator("#findings")).to_contain_text("Will be: Are you worried? **Talk to us.**")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.frame_locator("#look").locator("strong", has_text="Talk to us.")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("button", name="Save the guide").click()
    expect(page.get_by_role("status").first).to_have_text("The guide is saved.")
    page.goto(f"{studio.address}/make?guide=online-safety&view=handout")
    expect(page.locator(".sides img").first).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    "slug", ["..", "../../x", "/etc", "a/b", "A B", "interface", "cse", "a\\b", "x" * 300, "con.txt", "ü"]
)
def test_a_name_that_cannot_be_used_makes_nothing(work: Path, visitor: Visitor, slug: str) -> None:
    address = visitor.post("/write/new", {"text": LETTER}).headers["location"]
    # What was typed is kept, so this file changes.
    kept = work / ".studio-newsletter.json"
    before = {path: path.read_bytes() for path in work.rglob("*") if path.is_file() and path != kept}
    answer = visitor.post(f"{address}/guide", {"version": "1", "name": slug})
    assert answer.status_code == 422
    assert "We want every child to be safe online." in answer.text
    assert 'id="name-error"' in answer.text
    assert f'value="{escape(slug)}"' in visitor.get(address).text
    assert {path: path.read_bytes() for path in work.rglob("*") if path.is_file() and path != kept} == before


def test_a_guide_is_made_whole_or_not_at_all(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> bytes:
        raise ParentguideError("stopped")

    monkeypatch.setattr(new_guide, "pot_bytes", fails)
    with pytest.raises(ParentguideError, match="stopped"):
        new_guide.new_guide(Project(work), "new-one", read_statements(LETTER))
    assert Project(work).slugs == ("cse",)
    monkeypatch.undo()
    new_guide.new_guide(Project(work), "new-one", read_statements(LETTER))
    project = Project(work)
    assert project.slugs == ("cse", "new-one")
    editions = plan(project, BuildRequest(guides=project.slugs)).editions
    assert {e.guide.slug for e in editions if e.language.is_source} == {"cse", "new-one"}
    assert {e.language.tag for e in editions if e.guide.slug == "cse"} == {"en", *TRANSLATIONS}


def guide_path(work: Path) -> Path:
    return work / "locales" / "en" / "cse" / "guide.md"


def guide(work: Path, visitor: Visitor) -> tuple[str, str]:
    """The guide's text and the version that its form carries."""
    return guide_path(work).read_text("utf-8"), version(visitor.get("/write/cse/text").text)


LEAD = "For all parents and carers: possible signs"


def confirmed(text: str, seen: str) -> dict[str, str]:
    """The form of the editor after Studio has asked whether to save."""
    return {"text": text, "version": seen, "confirmed": sha256(text.encode("utf-8")).hexdigest()}


def test_writing_says_which_signatures_a_change_would_void(work: Path, visitor: Visitor) -> None:
    assert visitor.post("/translations/ur/who", {"role": "teacher"}).status_code == 303
    project = Project(work)
    message = language_review(project, project.language("ur"), ("cse",)).messages[1]
    fields = {"words": message.words, "text": message.translation, "action": "accept"}
    assert visitor.post("/translations/ur/cse/lead", fields).status_code == 303
    text, seen = guide(work, visitor)
    files = {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()}
    changed = text.replace(LEAD, "This guide is from the school.")
    said = visitor.post("/write/cse/look", {"text": changed, "version": seen})
    assert said.status_code == 200
    assert "Approvals in Urdu are of the earlier words" in said.text
    others = sum(not language.is_source for language in project.complete_languages.values())
    assert f"Must be translated again into {others} languages" in said.text
    assert {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()} == files
    assert "the school." in visitor.get("/write/cse/page").text
    asked = visitor.post("/write/cse/text", {"text": changed, "version": seen})
    assert asked.status_code == 200
    assert "Save these changes?" in asked.text
    assert "approvals in Urdu stay with those" in asked.text
    assert guide_path(work).read_text("utf-8") == text
    other = confirmed(changed, seen) | {"text": changed.replace("the school.", "a school.")}
    assert "Save these changes?" in visitor.post("/write/cse/text", other).text
    assert visitor.post("/write/cse/text", confirmed(changed, seen)).status_code == 303
    after = Project(work)
    assert not language_review(after, after.language("ur"), ("cse",)).messages[1].shown
    assert po.catalog_status(
        after.source_messages("cse"), after.catalog(after.language("ur"), "cse")
    ).fuzzy == ("lead",)
    assert not [f for f in run_checks(after) if f.code == "PG503" and "interface" not in f.message]
    assert "needs a person to check it" not in visitor.get("/make?language=ur").text
    now = version(visitor.get("/write/cse/text").text)
    assert visitor.post("/write/cse/text", confirmed(text, now)).status_code == 303
    assert language_review(Project(work), project.language("ur"), ("cse",)).messages[1].state == "checked"


def test_long_sentences_and_lost_statements_are_named(work: Path, visitor: Visitor) -> None:
    text, seen = guide(work, visitor)
    long = "This is a " + "very " * 25 + "long sentence."
    changed = text.replace(LEAD, long).replace('{#call source="contacts.toml"}', '{#call covers="9999"}')
    changed = re.sub(r'(\{#lead) covers="2"\}', r'\1 source="us"}', changed)
    said = visitor.post("/write/cse/look", {"text": changed, "version": seen}).text
    assert "A sentence of 30 words in “lead”" in said
    assert "Too long: split it." in said
    assert "“call” covers statement 9999" in said


def test_two_writers_do_not_overwrite_each_other(work: Path, visitor: Visitor) -> None:
    text, seen = guide(work, visitor)
    mine, theirs = text.replace(LEAD, "Mine."), text.replace(LEAD, "Theirs.")
    assert visitor.post("/write/cse/text", confirmed(theirs, seen)).status_code == 303
    answer = visitor.post("/write/cse/text", {"text": mine, "version": seen})
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text
    assert guide_path(work).read_text("utf-8") == theirs
    again = visitor.get("/write/cse/text").text
    assert "Mine." in again
    assert "what you typed last" in again
    assert visitor.post("/write/cse/text", {"action": "discard"}).status_code == 303
    assert "Mine." not in visitor.get("/write/cse/text").text
    assert guide_path(work).read_text("utf-8") == theirs


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("newsletter: newsletter.txt", "newsletter: ../../../../secret.txt", "not a plain file name"),
        ("newsletter: newsletter.txt", "newsletter: /etc/passwd", "not a plain file name"),
        ("newsletter: newsletter.txt", "newsletter: none.txt", "cannot be read"),
        ("definition: definition.toml", "definition: ../../contacts.toml", "not a plain file name"),
        ("definition: definition.toml", 'definition: "C:\\\\x.toml"', "not a plain file name"),
        ("---\ntitle", "title", "does not begin with front matter"),
        ("{#lead", "{#title", "title"),
        (LEAD, "{no_such_contact}", "is not a contact"),
        (LEAD, "![x](http://evil.example/x.png)", ""),
        (LEAD, "<script>alert(1)</script>", ""),
    ],
)
def test_a_text_that_is_not_a_guide_is_not_saved_and_not_lost(
    work: Path, visitor: Visitor, old: str, new: str, said: str
) -> None:
    (work / "secret.txt").write_text("The secret words of this computer")
    text, seen = guide(work, visitor)
    changed = text.replace(old, new, 1)
    assert changed != text
    answer = visitor.post("/write/cse/text", confirmed(changed, seen))
    assert "secret words" not in answer.text
    if answer.status_code == 303:
        page = visitor.get("/preview/cse/en/page").text
        assert not said
        assert "<script>alert(1)" not in page
        assert "<img" not in page
        return
    assert answer.status_code == 422
    assert said in answer.text
    assert guide_path(work).read_text("utf-8") == text
    assert new.split("\\", maxsplit=1)[0][:20] in unescape(visitor.get("/write/cse/text").text)


# The template, the guide, and each catalog.
@pytest.mark.parametrize("writes", range(2 + len(TRANSLATIONS)))
def test_a_save_that_is_interrupted_shows_no_english_beside_another_translation(
    work: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    path = guide_path(work)
    changed = path.read_text("utf-8").replace(LEAD, "Other words.")
    before = {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()}
    real, renamed = TemporaryFile.rename_to, 0

    def dies(self: TemporaryFile, target: Path) -> None:
        nonlocal renamed
        renamed += FOLDER not in target.parts
        if renamed == writes + 1:
            raise KeyboardInterrupt
        real(self, target)

    monkeypatch.setattr(TemporaryFile, "rename_to", dies)
    with pytest.raises(KeyboardInterrupt):
        revise.revise_guide(Project(work), "cse", changed)
    assert {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()} == before
    project = Project(work)
    shown = 0
    for edition in plan(project, BuildRequest()).editions:
        catalog = project.catalog(edition.language, "cse")
        english = {segment.id: segment.text for segment in extract(edition.english.blocks)}
        for segment in () if edition.language.is_source else extract(edition.guide.blocks):
            entry = catalog[segment.id]
            pairs = (entry.previous, entry.previous_text) if entry.fuzzy else (entry.english, entry.text)
            assert (english[segment.id], segment.text) == pairs
            shown += 1
    assert shown, "a changed sentence is no reason to leave a language out"
    monkeypatch.undo()
    revise.revise_guide(project, "cse", changed)
    assert not [f for f in run_checks(Project(work)) if f.code == "PG503" and "interface" not in f.message]


def test_the_first_change_makes_a_copy_of_the_guides_that_came_with_the_program(tmp_path: Path) -> None:
    text = shipped("en/cse/guide.md").read_text("utf-8")
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        page = visitor.get("/write/cse/text").text
        fields = confirmed(text.replace("## Who to call", "## Who can help"), version(page))
        answer = visitor.post("/write/cse/text", fields)
        assert answer.status_code == 303
        assert "copied all guides" in visitor.get(answer.headers["location"]).text
        assert "## Who can help" in guide_path(tmp_path).read_text("utf-8")
        again = visitor.get("/write/cse/text").text
        answer = visitor.post("/write/cse/text", confirmed(text, version(again)))
        assert answer.headers["location"].endswith("done=guide")
        assert visitor.get("/write/..%2fcse").status_code == 404
    assert shipped("en/cse/guide.md").read_text("utf-8") == text


def test_a_newsletter_does_not_change_the_guides_that_came_with_the_program(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        address = visitor.post("/write/new", {"text": LETTER}).headers["location"]
        answer = visitor.post(f"{address}/guide", {"version": "1", "name": "x"})
        assert answer.status_code == 303
    assert (tmp_path / "locales" / "en" / "x" / "guide.md").is_file(), "in a copy of them"
    assert not shipped("en/x").exists()


def test_a_broken_guide_can_be_fixed_in_studio(work: Path, visitor: Visitor) -> None:
    path = guide_path(work)
    text = path.read_text("utf-8")
    path.write_text(text.replace("---\ntitle", "title", 1), "utf-8")
    assert visitor.get("/").status_code == 200
    assert visitor.get("/write").status_code == 200
    page = visitor.get("/write/cse/text").text
    assert "does not begin with front matter" in page
    assert visitor.post("/write/cse/text", {"text": text, "version": version(page)}).status_code == 303
    assert path.read_text("utf-8") == text
