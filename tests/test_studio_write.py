"""From a newsletter to a guide, and writing it: what follows is said before anything is saved."""

import io
import re
import shutil
from collections.abc import Iterator
from html import unescape
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
from parentguide.infra.atomic import write_file
from parentguide.model.walk import extract
from parentguide.newsletter.file_text import MOST_PAGES, text_of
from parentguide.newsletter.statements import read_statements
from parentguide.project.project import Project, default_root
from parentguide.review.status import language_review
from parentguide.studio.routes import editor, newsletter
from parentguide.studio.settings import Settings
from parentguide.translation import po
from tests.studio import Visitor, running, settings_for
from tests.test_studio_make import is_accessible, opened

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


@pytest.fixture
def work(tmp_path: Path) -> Path:
    shutil.copytree(default_root() / "locales", tmp_path / "work" / "locales")
    return tmp_path / "work"


@pytest.fixture
def studio(work: Path) -> Iterator[Settings]:
    with running(settings_for(work)) as settings:
        yield settings


@pytest.fixture
def visitor(studio: Settings) -> Visitor:
    return Visitor(studio).open()


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


def texts(text: str) -> list[str]:
    return [statement.text for statement in read_statements(text)]


def test_text_word_and_pdf_come_to_the_same_statements() -> None:
    wanted = texts(LETTER)
    assert texts(text_of(word_letter())) == wanted
    assert texts(text_of(LETTER.encode("utf-16"))) == wanted
    html = (
        LETTER.replace("\n- ", "<p>- ")
        .replace("Online safety", "<h1>Online safety</h1>")
        .replace("\n\n", "<p>")
    )
    assert texts(text_of(pdf(html))) == wanted


def encrypted() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>x"))) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    return buffer.getvalue()


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no words"),
    "binary": (b"\0\1\2" * 100, "not a text file"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old kind of Word file"),
    "RTF": (b"{\\rtf1 hello}", "old kind of Word file"),
    "a ZIP file that is no Word file": (word_file("", name="other.xml"), "no Word file"),
    "a cut-off Word file": (word_letter()[:200], "no Word file"),
    "broken XML": (word_file("<w:p>"), "broken, or not allowed"),
    "a document type": (
        word_file(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
        "broken, or not allowed",
    ),
    "a bomb": (word_file(" " * 30_000_000), "unpacks to far more"),
    "a cut-off PDF": (pdf("<p>x")[:300], "cannot be opened"),
    "a PDF that is a picture": (pdf("<div style='width:9cm;height:9cm;background:teal'>"), "is a picture"),
    "a PDF with a password": (encrypted(), "asks for a password"),
    "a book": (pdf("<p style='page-break-after:always'>x" * (MOST_PAGES + 1)), "61 pages"),
    "far too long": (b"word " * 70_000, "far more than a newsletter"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_says_what_to_do(name: str) -> None:
    data, said = BAD_FILES[name]
    with pytest.raises(SourceError, match=said) as caught:
        text_of(data)
    assert caught.value.remedy


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_from_a_newsletter_to_a_guide(
    browser: Browser, studio: Settings, work: Path, width: int, scheme: str
) -> None:
    page = opened(browser, studio, width, color_scheme=scheme)
    page.get_by_role("main").get_by_role("link", name="Begin a new guide").click()
    is_accessible(page)
    broken = {"name": "x.docx", "mimeType": "application/octet-stream", "buffer": b"PK broken"}
    page.get_by_label("A file").set_input_files(broken)  # type: ignore[arg-type]
    page.get_by_role("button", name="Show what is in it").click()
    expect(page.get_by_role("alert")).to_contain_text("paste it into the box")
    is_accessible(page)
    page.get_by_label("Or paste the text").fill(QUOTED)
    page.get_by_role("button", name="Show what is in it").click()
    expect(page.locator(".statements li")).to_have_count(len(read_statements(QUOTED)))
    is_accessible(page)
    page.get_by_label("A short name").fill("online-safety")
    page.get_by_role("button", name="Make the guide").click()
    expect(page.get_by_role("alert")).to_contain_text("Write who published them")
    expect(page.get_by_label("A short name")).to_have_value("online-safety")
    is_accessible(page)
    page.get_by_label("Who published them").fill("A charity, on its website")
    page.get_by_label("When they were published").fill("2024-03-01")
    page.get_by_label("I have compared them").check()
    page.get_by_role("button", name="Make the guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write: online-safety")
    expect(page.get_by_role("status").first).to_contain_text("The guide is begun")
    expect(page.locator("#findings")).to_contain_text("Every statement has its place.")
    is_accessible(page)
    box = page.locator("#text")
    box.fill(box.input_value().replace("Talk to us if you are worried.", "Are you worried? **Talk to us."))
    expect(page.locator("#findings")).to_contain_text("This cannot be read as a guide yet")
    is_accessible(page)
    box.fill(box.input_value().replace("**Talk to us.", "**Talk to us.**"))
    expect(page.locator("#findings")).to_contain_text("Will be: Are you worried? **Talk to us.**")
    if width > 1000:
        expect(page.frame_locator("#look").locator("strong", has_text="Talk to us.")).to_be_visible()
    page.get_by_role("button", name="Save the guide").click()
    expect(page.get_by_role("status").first).to_have_text("The guide is saved.")
    page.goto(f"http://127.0.0.1:{studio.port}/preview?guide=online-safety&view=handout")
    expect(page.locator(".sides img").first).to_be_visible()
    page.close()
    project = Project(work)
    assert [
        f.code for f in run_checks(project) if f.severity == "error" and f.code[:3] in ("PG1", "PG2")
    ] == []
    definition = project.guide_source("online-safety").definition
    assert definition is not None
    assert (definition.source, str(definition.published)) == ("A charity, on its website", "2024-03-01")
    assert definition.paragraphs[0].startswith("Online abuse is any type of abuse")
    assert [p.name for p in (work / "locales").iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    "slug", ["", "..", "../../x", "/etc", "a/b", "A B", "interface", "cse", "a\\b", "x" * 300, "con.txt", "ü"]
)
def test_a_name_that_cannot_be_used_makes_nothing(work: Path, visitor: Visitor, slug: str) -> None:
    before = sorted(path.as_posix() for path in work.rglob("*"))
    answer = visitor.post("/newsletter/begin", {"text": LETTER, "slug": slug})
    assert answer.status_code == 422
    assert "We want every child to be safe online." in answer.text
    assert sorted(path.as_posix() for path in work.rglob("*")) == before


def test_a_guide_is_there_whole_or_not_at_all(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> bytes:
        raise ParentguideError("stopped")

    monkeypatch.setattr(newsletter, "template", fails)
    with pytest.raises(ParentguideError, match="stopped"):
        newsletter.make_guide(Project(work), "new-one", LETTER.encode(), None)
    assert Project(work).slugs == ("cse",)
    monkeypatch.undo()
    newsletter.make_guide(Project(work), "new-one", LETTER.encode(), None)
    project = Project(work)
    assert project.slugs == ("cse", "new-one")
    editions = plan(project, BuildRequest()).editions
    assert {e.guide.slug for e in editions if e.language.is_source} == {"cse", "new-one"}
    assert len({e.language.tag for e in editions if e.guide.slug == "cse"}) > 10


def guide(work: Path) -> tuple[str, str]:
    """The guide's text and the version that its form carries."""
    text = (work / "locales" / "en" / "cse" / "guide.md").read_text("utf-8")
    return text, editor._version(text)


LEAD = "This guide is from your child's school."


def test_what_a_change_would_void_is_said_before_it_is_saved(work: Path, visitor: Visitor) -> None:
    assert visitor.post("/translations/ur/who", {"role": "teacher"}).status_code == 303
    project = Project(work)
    message = language_review(project, project.language("ur"), ("cse",)).messages[1]
    fields = {"words": message.words, "text": message.translation, "action": "accept"}
    assert visitor.post("/translations/ur/cse/lead", fields).status_code == 303
    text, version = guide(work)
    files = {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()}
    changed = text.replace(LEAD, "This guide is from the school.")
    said = visitor.post("/write/cse/look", {"text": changed, "version": version})
    assert said.status_code == 200
    assert "Voids what was signed in Urdu." in said.text
    others = sum(not language.is_source for language in project.languages.values())
    assert f"Has to be translated again in {others} languages" in said.text
    assert {path: path.read_bytes() for path in (work / "locales").rglob("*") if path.is_file()} == files
    assert "the school." in visitor.get("/write/cse/page").text
    assert visitor.post("/write/cse", {"text": changed, "version": version}).status_code == 303
    after = Project(work)
    assert not language_review(after, after.language("ur"), ("cse",)).messages[1].shown
    assert po.catalog_status(
        after.source_messages("cse"), after.catalog(after.language("ur"), "cse")
    ).fuzzy == ("lead",)
    assert not [f for f in run_checks(after) if f.code == "PG503" and "interface" not in f.message]
    assert "Urdu: 1 message needs a person to check it." in visitor.get("/preview?language=ur").text


def test_long_sentences_and_lost_statements_are_named(work: Path, visitor: Visitor) -> None:
    text, version = guide(work)
    long = "This is a " + "very " * 25 + "long sentence."
    changed = text.replace(LEAD, long).replace('{#call source="contacts.toml"}', '{#call covers="9999"}')
    changed = re.sub(r'(\{#lead) covers="2"\}', r'\1 source="us"}', changed)
    said = visitor.post("/write/cse/look", {"text": changed, "version": version}).text
    assert "A sentence of 30 words in “lead”" in said
    assert "Too long: split it." in said
    assert "“call” covers statement 9999" in said


def test_two_writers_do_not_overwrite_each_other(work: Path, visitor: Visitor) -> None:
    text, version = guide(work)
    mine, theirs = text.replace(LEAD, "Mine."), text.replace(LEAD, "Theirs.")
    assert visitor.post("/write/cse", {"text": theirs, "version": version}).status_code == 303
    answer = visitor.post("/write/cse", {"text": mine, "version": version})
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text
    assert guide(work)[0] == theirs
    again = visitor.get("/write/cse").text
    assert "Mine." in again
    assert "what you typed last" in again
    assert visitor.post("/write/cse", {"action": "discard"}).status_code == 303
    assert "Mine." not in visitor.get("/write/cse").text
    assert guide(work)[0] == theirs


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("newsletter: newsletter.txt", "newsletter: ../../../../secret.txt", "no plain file name"),
        ("newsletter: newsletter.txt", "newsletter: /etc/passwd", "no plain file name"),
        ("newsletter: newsletter.txt", "newsletter: none.txt", "cannot be read"),
        ("definition: definition.toml", "definition: ../../contacts.toml", "no plain file name"),
        ("definition: definition.toml", 'definition: "C:\\\\x.toml"', "no plain file name"),
        ("---\ntitle", "title", "does not begin with front matter"),
        ("{#lead", "{#title", "title"),
        (LEAD, "{no_such_contact}", "is not a contact"),
        (LEAD, "![x](http://evil.example/x.png)", ""),
        (LEAD, "<script>alert(1)</script>", ""),
    ],
)
def test_a_text_that_is_no_guide_is_not_saved_and_not_lost(
    work: Path, visitor: Visitor, old: str, new: str, said: str
) -> None:
    (work / "secret.txt").write_text("The secret words of this computer")
    text, version = guide(work)
    changed = text.replace(old, new, 1)
    assert changed != text
    answer = visitor.post("/write/cse", {"text": changed, "version": version})
    assert "secret words" not in answer.text
    if answer.status_code == 303:
        page = visitor.get("/preview/cse/en/page").text
        assert not said
        assert "<script>alert(1)" not in page
        assert "<img" not in page
        return
    assert answer.status_code == 422
    assert said in answer.text
    assert guide(work)[0] == text
    assert new.split("\\", maxsplit=1)[0][:20] in unescape(visitor.get("/write/cse").text)


@pytest.mark.parametrize("writes", range(6))
def test_a_crash_while_a_guide_is_saved_shows_no_sentence_beside_another_s_translation(
    work: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    text, _ = guide(work)
    path = work / "locales" / "en" / "cse" / "guide.md"
    real, left = write_file, writes

    def dies(target: Path, data: bytes) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        real(target, data)

    monkeypatch.setattr("parentguide.studio.routes.editor.write_file", dies)
    with pytest.raises(KeyboardInterrupt):
        editor.save(Project(work), "cse", path, text.replace(LEAD, "Other words."))
    project = Project(work)
    words = {segment.id: segment.text for segment in extract(project.guide_source("cse").guide.blocks)}
    shown = 0
    for edition in plan(project, BuildRequest()).editions:
        catalog = project.catalog(edition.language, "cse")
        for segment in () if edition.language.is_source else extract(edition.guide.blocks):
            assert catalog[segment.id].english == words[segment.id]
            shown += 1
    assert bool(shown) == (writes == 0), "nothing is shown that waits for the new English"
    monkeypatch.undo()
    editor.save(project, "cse", path, text.replace(LEAD, "Other words."))
    assert not [f for f in run_checks(Project(work)) if f.code == "PG503" and "interface" not in f.message]


def test_the_guides_that_came_with_the_program_are_not_changed(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as settings:
        visitor = Visitor(settings).open()
        assert "readonly" in visitor.get("/write/cse").text
        text = (default_root() / "locales" / "en" / "cse" / "guide.md").read_text("utf-8")
        answer = visitor.post("/write/cse", {"text": text, "version": editor._version(text)})
        assert answer.status_code == 422
        assert "not to be changed" in answer.text
        assert visitor.post("/newsletter/begin", {"text": LETTER, "slug": "x"}).status_code == 422
        assert visitor.get("/write/..%2fcse").status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_a_broken_guide_can_be_mended_in_studio(work: Path, visitor: Visitor) -> None:
    path = work / "locales" / "en" / "cse" / "guide.md"
    text, _ = guide(work)
    path.write_text(text.replace("---\ntitle", "title", 1), "utf-8")
    assert visitor.get("/").status_code == 200
    assert visitor.get("/write").status_code == 200
    page = visitor.get("/write/cse")
    assert "does not begin with front matter" in page.text
    _, version = guide(work)
    assert visitor.post("/write/cse", {"text": text, "version": version}).status_code == 303
    assert path.read_text("utf-8") == text
