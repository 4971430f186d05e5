"""Review: a sign-off counts for exactly the words that somebody signed, whatever else changes."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
import pytest
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from parentguide.cli.main import main
from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.model.shown_words import words_digest as digest
from parentguide.project.project import Project, default_root
from parentguide.review.ledger import Kind, Record, ledger_bytes, read_ledger
from parentguide.review.sheet_writer import COLUMNS
from parentguide.review.status import language_review, ledger_path
from parentguide.translation import po
from tests.conftest import need
from tests.profile import cases

DOMAINS = ("cse", "interface")
AT = {column.label: index for index, column in enumerate(COLUMNS, 1)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    root = tmp_path / "project"
    shutil.copytree(default_root() / "locales", root / "locales")
    return root


def run(root: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*arguments, "--project", str(root)], input="yes\n")
    assert "Traceback" not in done.output
    assert done.exit_code == code, done.output
    return done.output


def sheet(root: Path, tag: str, fill: Callable[[Worksheet, Worksheet], None]) -> Path:
    """A review sheet filled in by ``fill``."""
    path = root.parent / f"{tag}.xlsx"
    run(root, "review", "sheet", tag, "--out", str(path), "--force")
    book = load_workbook(path)
    first, review = book["Read me first"], book["Review"]
    first["C5"] = "teacher"
    first["C7"] = "2026-11-20"
    fill(first, review)
    book.save(path)
    return path


def row_of(review: Worksheet, context: str) -> int:
    return next(
        row for row in range(2, review.max_row + 1) if review.cell(row, AT["context"]).value == context
    )


def put(review: Worksheet, context: str, label: str, text: str) -> None:
    review.cell(row_of(review, context), AT[label], text)


def right(review: Worksheet) -> str:
    """The first answer of the list, which the program offers in both languages."""
    assert review.parent is not None
    return str(review.parent["Lists"]["A1"].value)


def states(root: Path, tag: str) -> dict[str, str]:
    project = Project(root)
    return {m.context: m.state for m in language_review(project, project.language(tag), DOMAINS).messages}


def text_of(root: Path, tag: str, context: str) -> str:
    project = Project(root)
    return next(
        catalog[context].text
        for domain in DOMAINS
        if context in (catalog := project.catalog(project.language(tag), domain))
    )


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_sheet_signs_corrects_and_comments(copy: Path) -> None:
    better = "Chroń swoje dziecko przed wykorzystywaniem seksualnym"

    def fill(_: Worksheet, review: Worksheet) -> None:
        put(review, "call", "review.verdict", right(review))
        put(review, "title", "review.better", better)
        put(review, "title", "review.comment", "=cmd|'/c calc'!A1")
        put(review, "facts", "review.verdict", "Not sure")
        put(review, "signs", "review.verdict", "Needs a change")

    path = sheet(copy, "pl", fill)
    # A row with a formula is not taken. The same characters as text are accepted.
    before = files(copy)
    assert "formula" in run(copy, "review", "import", str(path), "--dry-run", code=1)
    assert files(copy) == before
    book = load_workbook(path)
    row = row_of(book["Review"], "title")
    book["Review"].cell(row, AT["review.comment"]).data_type = "s"
    book.save(path)
    assert "would" not in run(copy, "review", "import", str(path), "--dry-run")
    assert files(copy) == before
    said = run(copy, "review", "import", str(path), "--yes")
    assert "1 signed, 1 corrected, 1 needs a change, 1 not sure" in said
    assert text_of(copy, "pl", "title") == better
    now = states(copy, "pl")
    assert {c for c, state in now.items() if state == "checked"} == {"call", "title"}
    ledger = ledger_path(Project(copy), Project(copy).language("pl"), "cse").read_text("utf-8")
    assert "=cmd|'/c calc'!A1" in ledger
    assert "teacher" in ledger
    assert "Not sure" not in run(copy, "review", "status", "pl")
    # A second import of the sheet changes nothing.
    before = files(copy)
    assert "0 signed, 4 already recorded" in run(copy, "review", "import", str(path), "--yes")
    assert files(copy) == before


def test_a_correction_that_fails_the_checks_is_refused_and_recorded(copy: Path) -> None:
    def fill(_: Worksheet, review: Worksheet) -> None:
        put(review, "call-danger", "review.better", "**Teraz:** dzwoń pod numer 112.")

    before = text_of(copy, "pl", "call-danger")
    said = run(copy, "review", "import", str(sheet(copy, "pl", fill)), "--yes", code=1)
    assert "“call-danger”: {police_emergency} lost" in said
    assert "1 not taken" in said
    assert text_of(copy, "pl", "call-danger") == before
    assert "112" in ledger_path(Project(copy), Project(copy).language("pl"), "cse").read_text("utf-8")


def test_rows_for_other_words_are_refused_one_by_one(copy: Path) -> None:
    def fill(_: Worksheet, review: Worksheet) -> None:
        for context in ("call", "title", "facts", "signs"):
            put(review, context, "review.verdict", "Correct")
        put(review, "title", "review.comment", "seen on the old words")
        put(review, "facts", "words", "0" * 64)
        put(review, "signs", "review.translation", "Inne słowa")

    path = sheet(copy, "pl", fill)
    catalog = Project(copy).catalog_path(Project(copy).language("pl"), "cse")
    catalog.write_bytes(po.with_translations(catalog.read_bytes(), {"title": "Nowy tytuł"}, catalog))
    said = run(copy, "review", "import", str(path), "--yes", code=1)
    assert "1 signed" in said
    assert "3 not taken" in said
    assert {c for c, s in states(copy, "pl").items() if s == "checked"} == {"call"}
    assert "seen on the old words" in ledger_path(
        Project(copy), Project(copy).language("pl"), "cse"
    ).read_text("utf-8")


def test_a_name_is_recorded_only_with_consent(copy: Path) -> None:
    def fill(first: Worksheet, review: Worksheet) -> None:
        first["C6"] = "Zofia Q."
        put(review, "call", "review.verdict", "Correct")

    run(copy, "review", "import", str(sheet(copy, "pl", fill)), "--yes")
    assert not any(b"Zofia" in data for data in files(copy).values())
    run(copy, "review", "sign", "pl", "--role", "parent", "--name", "Zofia Q.", "--public", "--only", "call")
    assert any(b"Zofia" in data for data in files(copy).values())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_sheet_saved_by_libreoffice_is_imported(copy: Path, tmp_path: Path, form: str) -> None:
    office = need("soffice")

    def fill(_: Worksheet, review: Worksheet) -> None:
        put(review, "call", "review.verdict", right(review))
        put(review, "call", "review.comment", "– =1+1, +44, @x, ١٢٣")
        put(review, "lead", "review.verdict", "Needs a change")

    path = sheet(copy, "ur", fill)
    out = tmp_path / "saved"
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", form, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    said = run(copy, "review", "import", str(out / f"ur.{form}"), "--yes")
    assert "1 signed" in said
    assert "1 needs a change" in said
    assert "– =1+1, +44, @x, ١٢٣" in said
    assert states(copy, "ur")["call"] == "checked"


def test_a_sheet_has_the_same_bytes_each_time_and_is_not_overwritten(copy: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run(copy, "review", "sheet", "ar", "--out", str(tmp_path / name))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert "already" in run(copy, "review", "sheet", "ar", "--out", str(tmp_path / "a.xlsx"), code=66)


def test_only_answers_can_be_edited_and_each_column_has_its_direction(copy: Path, tmp_path: Path) -> None:
    run(copy, "review", "sheet", "ur", "--out", str(tmp_path / "ur.xlsx"))
    review = load_workbook(tmp_path / "ur.xlsx")["Review"]
    assert review.protection.sheet
    for column in COLUMNS:
        cell = review.cell(3, AT[column.label])
        assert cell.protection.locked is not column.open
        assert cell.data_type in "sn"
    assert review.cell(3, AT["review.translation"]).alignment.readingOrder == 2
    assert review.cell(3, AT["review.english"]).alignment.readingOrder == 1


def _hostile(kind: str, path: Path) -> bytes:
    if kind == "no zip":
        return b"PK\x03\x04 not really"
    if kind == "bomb":
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
        return buffer.getvalue()
    if kind == "another workbook":
        buffer = BytesIO()
        Workbook().save(buffer)
        return buffer.getvalue()
    if kind == "entities":
        with ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        buffer = BytesIO()
        name = "xl/worksheets/sheet2.xml"
        dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
        parts[name] = parts[name].replace(b"<worksheet", dtd + b"<worksheet", 1)
        with ZipFile(buffer, "w") as archive:
            for part, data in parts.items():
                archive.writestr(part, data)
        return buffer.getvalue()
    book = load_workbook(path)
    review, first = book["Review"], book["Read me first"]
    spoil: dict[str, Callable[[], object]] = {
        "missing tab": lambda: book.remove(review),
        "missing column": lambda: review.delete_cols(AT["review.english"]),
        "huge cell": lambda: put(review, "call", "review.comment", "x" * 30_000),
        "unknown language": lambda: book["Lists"].cell(2, 2, "../../etc"),
        "no date": lambda: first.cell(7, 3, "yesterday"),
        "future": lambda: first.cell(7, 3, "2999-01-01"),
        "no role": lambda: setattr(first["C5"], "value", None),
    }
    spoil[kind]()
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("no zip", "not a spreadsheet"),
        ("bomb", "unpacks to far more"),
        ("another workbook", "is missing"),
        ("entities", "not allowed"),
        ("missing tab", "“Review” is missing"),
        ("missing column", "“English” is missing"),
        ("huge cell", "30,000 characters"),
        ("unknown language", "there is no language"),
        ("no date", "is not a date"),
        ("future", "in the future"),
        ("no role", "no role"),
    ],
)
def test_a_hostile_sheet_is_refused_and_changes_nothing(copy: Path, kind: str, said: str) -> None:
    path = sheet(copy, "pl", lambda _, review: put(review, "call", "review.verdict", "Correct"))
    path.write_bytes(_hostile(kind, path))
    before = files(copy)
    done = CliRunner().invoke(main, ["review", "import", str(path), "--yes", "--project", str(copy)])
    assert done.exit_code not in (0, 1)
    assert said in done.output
    assert "Traceback" not in done.output
    assert files(copy) == before


def test_reviews_of_neighbouring_blocks_merge_without_conflict(copy: Path) -> None:
    def git(*arguments: str) -> None:
        base = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(copy)]
        subprocess.run([*base, *arguments], check=True, capture_output=True)

    contexts = list(Project(copy).source_messages("cse"))
    run(copy, "review", "sign", "pl", "--role", "r", "--only", contexts[0])
    for command in (["init", "-b", "main"], ["add", "."], ["commit", "-m", "x"], ["checkout", "-b", "other"]):
        git(*command)
    for role, branch, half in (("teacher", "other", 0), ("parent", "main", 1)):
        git("checkout", branch)
        only = [part for context in contexts[half::2] for part in ("--only", context)]
        run(copy, "review", "sign", "pl", "--role", role, "--date", "2026-11-21", *only)
        catalog = Project(copy).catalog_path(Project(copy).language("pl"), "cse")
        entries = Project(copy).catalog(Project(copy).language("pl"), "cse")
        # The change is in the signed half; the blocks of the other half stay.
        words = {contexts[-1 - (len(contexts) - 1 - half) % 2]: entries[contexts[0]].text + role}
        catalog.write_bytes(po.with_translations(catalog.read_bytes(), words, catalog))
        git("commit", "-am", role)
    git("merge", "other")
    project = Project(copy)
    review = language_review(project, project.language("pl"), ("cse",))
    assert {record.role for message in review.messages for record in message.records} >= {"teacher", "parent"}


def test_reordered_catalogs_keep_their_sign_offs(copy: Path) -> None:
    run(copy, "review", "sign", "pl", "--role", "parent")
    project = Project(copy)
    path = project.catalog_path(project.language("pl"), "cse")
    before = path.read_bytes()
    sorted_ = BytesIO()
    write_po(sorted_, read_po(BytesIO(before)), sort_output=True, width=40)
    assert sorted_.getvalue() != before
    path.write_bytes(sorted_.getvalue())
    assert set(states(copy, "pl").values()) == {"checked"}
    run(copy, "update", "pl")
    # The comment in the header belongs to the translator and stays as it is.
    # Babel also sorts the obsolete messages and keeps one of each msgctxt.
    assert messages_of(path.read_bytes()) == messages_of(before)


def messages_of(catalog: bytes) -> bytes:
    return catalog.partition(b"msgctxt")[2].partition(b"\n#~")[0]


def test_an_edit_in_poedit_ends_the_sign_off_of_changed_messages(copy: Path) -> None:
    """A file from Poedit on Windows: Poedit's header, lines of 79 characters, CR LF.

    One message is changed, another marked as fuzzy.
    """
    run(copy, "review", "sign", "pl", "--role", "parent")
    project = Project(copy)
    path = project.catalog_path(project.language("pl"), "cse")
    before = path.read_bytes()
    catalog = read_po(BytesIO(before))
    by_context = {message.context: message for message in catalog}
    by_context["lead"].string = f"{by_context['lead'].string} Tak."
    by_context["call"].flags.add("fuzzy")
    wrapped = BytesIO()
    write_po(wrapped, catalog, width=79)
    text = (
        wrapped.getvalue().decode("utf-8").replace("Generated-By:", 'X-Generator: Poedit 3.4\\n"\n"X-By:', 1)
    )
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    assert {c for c, s in states(copy, "pl").items() if s == "draft"} == {"lead", "call"}
    ledger = ledger_path(project, project.language("pl"), "cse").read_bytes()
    run(copy, "update", "pl")
    assert ledger_path(project, project.language("pl"), "cse").read_bytes() == ledger
    order = [line for line in before.splitlines() if line.startswith(b"msgctxt")]
    assert [line for line in path.read_bytes().splitlines() if line.startswith(b"msgctxt")] == order
    # Without the mark the words are again those that were approved.
    cleared = read_po(BytesIO(path.read_bytes()))
    for message in cleared:
        message.flags.discard("fuzzy")
    again = BytesIO()
    write_po(again, cleared, width=0)
    path.write_bytes(again.getvalue())
    assert {c for c, s in states(copy, "pl").items() if s == "draft"} == {"lead"}


def test_a_build_may_require_review_and_the_page_names_the_reviewer(copy: Path, tmp_path: Path) -> None:
    refused = run(copy, "build", "--require", "reviewed", "-l", "pl", "--out", str(tmp_path / "o"), code=3)
    assert "draft: title" in refused
    run(copy, "review", "sign", "pl", "--role", "tłumacz", "--date", "2026-11-22")
    run(copy, "build", "--require", "reviewed", "-l", "pl", "-e", "web", "--out", str(tmp_path / "o"))
    page = (tmp_path / "o/cse/pl/index.html").read_text("utf-8").replace("\u00a0", " ")
    assert "A bilingual speaker has checked this translation: tłumacz, 22 November 2026." in page
    assert '"status": "checked"' in (tmp_path / "o/manifest.json").read_text("utf-8")


@pytest.mark.parametrize("kind", ["checked", "professional", "tested", "partly", "draft"])
def test_each_edition_states_review_and_date_in_both_languages(copy: Path, tmp_path: Path, kind: str) -> None:
    project = Project(copy)
    own = {c: m.text for c, m in project.catalog(project.language("pl"), "interface").items()}
    if kind == "partly":
        run(copy, "review", "sign", "pl", "--role", "teacher", "--date", "2026-11-22", "--only", "title")
    elif kind != "draft":
        run(copy, "review", "sign", "pl", "--role", "teacher", "--date", "2026-11-22", "--kind", kind)
    editions = ("web", "fragment", "read-aloud", "handout", "large-print", "bilingual", "cards")
    run(copy, "build", "-l", "pl", *(f"--edition={e}" for e in editions), "--out", str(tmp_path / "o"))
    made = sorted((tmp_path / "o/cse/pl").iterdir())
    assert len(made) == len(editions)
    english = project.source_messages("interface")[f"status.{kind}"].english
    messages = project.source_messages("interface")
    for path in made:
        text = shown(path)
        if kind in ("partly", "draft") and path.name.endswith("cards.pdf"):
            # The sheet that is cut up has only the short tag.
            tag = "status.tag-partly" if kind == "partly" else "status.tag"
            assert squeezed(own[tag]) in text
            assert squeezed(messages[tag].english) in text
            continue
        day, day_in_english = "22 listopada 2026", "22 November 2026"
        if kind in ("partly", "draft"):
            day, day_in_english = "28 listopada 2026", "28 November 2026"
        for words, dated in ((own[f"status.{kind}"], day), (english, day_in_english)):
            filled = markup.filled(words, {"reviewer": "teacher", "date": dated})
            assert squeezed(filled) in text, path
            assert squeezed(dated) in text, path


def shown(path: Path) -> str:
    """The text that a reader sees in a file, without white space."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return squeezed("".join(page.get_textpage().get_text_range() for page in document))
    text = path.read_text("utf-8")
    return squeezed(unescape(re.sub(r"<[^>]+>", "", text)) if path.suffix == ".html" else text)


def squeezed(text: str) -> str:
    # PDFium returns a hyphen at the end of a line as U+0002.
    return re.sub(r"[\s\x02-]", "", text)


def test_changed_english_ends_one_sign_off_and_wording_restores_it(copy: Path) -> None:
    run(copy, "review", "sign", "pl", "--role", "parent", "--date", "2026-11-20")
    guide = copy / "locales/en/cse/guide.md"
    text = guide.read_text("utf-8")
    assert "Talk calmly with your child." in text
    guide.write_text(text.replace("Talk calmly with your child.", "Speak calmly with your child."), "utf-8")
    run(copy, "extract")
    run(copy, "update", "pl")
    assert {c for c, s in states(copy, "pl").items() if s == "draft"} == {"do-calm"}
    assert "[-Talk-]{+Speak+}" in run(copy, "review", "status", "pl")
    assert "1 sign-offs carried over" in run(copy, "review", "wording", "pl", "--role", "lead")
    assert set(states(copy, "pl").values()) == {"checked"}


@pytest.fixture
def small(copy: Path) -> Path:
    """A copy of the project with three languages, so that its checks take little time."""
    kept = ("en", "pl", "ur")
    path = copy / "locales" / "languages.toml"
    head, *tables = re.split(r"^(?=\[[\w-]+\]$)", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(head + "".join(t for t in tables if t.startswith(tuple(f"[{k}]" for k in kept))), "utf-8")
    for folder in (copy / "locales").iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder)
    assert tuple(Project(copy).languages) == kept
    return copy


@pytest.fixture
def repository(small: Path) -> Callable[..., None]:
    """A function that runs git in the small project, whose files are committed."""

    def git(*arguments: str) -> None:
        names = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false")
        subprocess.run([need("git"), *names, *arguments], cwd=small, check=True, capture_output=True)

    git("init", "-b", "main")
    run(small, "review", "sign", "pl", "--role", "parent", "--date", "2026-11-20")
    git("add", ".")
    git("commit", "-m", "as it is")
    return git


def test_check_reports_changes_since_a_revision(small: Path, repository: Callable[..., None]) -> None:
    clean = re.compile(
        r"cse: 10 facts not yet verified [^\n]+\n\d+ checks: 0 errors, 0 warnings\.\nNext: .+\n"
    )
    assert clean.fullmatch(run(small, "check", "--changed"))
    project = Project(small)
    path = project.catalog_path(project.language("pl"), "cse")
    was = project.catalog(project.language("pl"), "cse")["call-nspcc"].text
    assert "{nspcc}" in was
    path.write_text(path.read_text("utf-8").replace(was, was.replace("{nspcc}", "{NSPCC}")), "utf-8")
    said = run(small, "check", "--changed", "main", code=1)
    assert "error PG511" in said
    assert "warning PG580: “call-nspcc” is no longer checked" in said
    assert "1 errors, 1 warnings.\nNext: " in said
    repository("commit", "-am", "an edit")
    assert clean.fullmatch(run(small, "check", "--changed"))
    assert "PG511" in run(small, "check", "--changed", "main~1", code=1)


@pytest.mark.parametrize("revision", ["nowhere", "HEAD:locales", ""])
def test_an_unknown_revision_is_reported(small: Path, repository: Callable[..., None], revision: str) -> None:
    assert "--changed" in run(small, "check", f"--changed={revision}", code=66)


def test_check_of_changes_needs_git(copy: Path) -> None:
    assert "not a git repository" in run(copy, "check", "--changed", code=66)


def test_the_check_page_states_the_approval_of_each_message(copy: Path, tmp_path: Path) -> None:
    run(copy, "review", "sign", "pl", "--role", "parent", "--date", "2026-11-20", "--only", "title")
    run(copy, "review", "sign", "pl", "--role", "parent", "--date", "2026-11-20", "--only", "lead")
    path = Project(copy).catalog_path(Project(copy).language("pl"), "cse")
    title = Project(copy).catalog(Project(copy).language("pl"), "cse")["title"].text
    path.write_text(path.read_text("utf-8").replace(title, f"{title} teraz"), "utf-8")
    run(copy, "build", "-l", "pl", "-e", "check", "--out", str(tmp_path / "o"))
    page = (tmp_path / "o/cse/pl/check.html").read_text("utf-8")
    first, second = page.split('<div class="message">')[1:3]
    assert "draft. Out of date: the text has changed since somebody approved it" in first
    assert "Nobody has translated these words back into English yet." in first
    assert "checked by a bilingual speaker (parent, 20 November 2026)" in second


WORDS = st.sampled_from(["one", "two", "three"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("english"), WORDS),
        st.tuples(st.just("translate"), WORDS),
        st.tuples(st.just("fuzzy"), st.booleans()),
        st.tuples(st.just("judge"), st.sampled_from([Kind.CHECKED, Kind.TESTED, Kind.CHANGE, Kind.COMMENT])),
    ),
    max_size=12,
)


@settings(max_examples=cases(400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_no_sequence_of_acts_gives_other_words_a_sign_off(acts: list[tuple[str, object]]) -> None:
    """The expected state comes from a model that remembers only which pairs of words were signed."""
    from parentguide.model.language import Language, PrintStyle
    from parentguide.review.status import domain_review
    from parentguide.translation.po import Message

    language = Language("xx", "X", "X", "ltr", "Latn", PrintStyle(()))
    english, words, fuzzy, msgid = "one", "one", False, "one"
    ledger: bytes = ledger_bytes((), ["c"])
    signed: dict[tuple[str, str], set[Kind]] = {}
    wished: set[tuple[str, str]] = set()
    for act, value in acts:
        if act == "english":
            english = str(value)
            fuzzy = fuzzy or english != msgid
            msgid = english
        elif act == "translate":
            words, fuzzy = str(value), False
        elif act == "fuzzy":
            fuzzy = bool(value)
        else:
            kind = Kind(str(value))
            made = digest("c", "xx", english, words)
            record = Record("c", date(2026, 1, 1), kind, english, words, made, "r")
            ledger = ledger_bytes([*read_ledger(ledger, "xx", Path("l")), record], ["c"])
            if kind in (Kind.CHECKED, Kind.TESTED):
                signed.setdefault((english, words), set()).add(kind)
            if kind is Kind.CHANGE:
                wished.add((english, words))
        (message,) = domain_review(
            language,
            "d",
            {"c": Message("c", english)},
            {"c": Message("c", msgid, words, fuzzy)},
            read_ledger(ledger, "xx", Path("l")),
        )
        kinds = signed.get((english, words), set())
        want = "draft" if fuzzy or not kinds or wished else max(kinds, key=list(Kind).index)
        assert message.state == want


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ("<<<<<<< ours", "unfinished merge"),
        ('{"context": "c", "kind": "checked"}', "not a record"),
        ('{"context": "c", "who": "x"}', "unknown key: who"),
    ],
)
def test_a_broken_ledger_is_reported_with_its_line(line: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_ledger(f'{{"context": "c"}}\n{line}\n'.encode(), "pl", Path("l"))
    assert caught.value.line == 2


def test_a_line_with_altered_words_is_refused(copy: Path) -> None:
    run(copy, "review", "sign", "pl", "--role", "parent", "--only", "call")
    path = ledger_path(Project(copy), Project(copy).language("pl"), "cse")
    for old, new in (("Who to call", "Whom to call"), ('"translation": "', '"translation": "x')):
        with pytest.raises(SourceError, match="not the ones"):
            read_ledger(path.read_bytes().replace(old.encode(), new.encode()), "pl", path)
    with pytest.raises(SourceError, match="another language"):
        read_ledger(path.read_bytes(), "so", path)
