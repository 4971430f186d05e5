"""20,000 damaged files, over all readers: each is read, or refused with one message and within the limits.

The seeds are small files of the right kind. A failure prints the seed of its case: run the test again with
``--hypothesis-seed`` of that run, or call :func:`case` with what is printed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from parentguide import Project
from parentguide.build.previous import read_previous_build
from parentguide.errors import ParentguideError
from parentguide.machine.language_codes import parse_codes
from parentguide.model.shown_words import words_digest
from parentguide.newsletter.reading import read_newsletter
from parentguide.project.accepted_file import parse_accepted
from parentguide.project.contacts_file import parse_contacts
from parentguide.project.definition_file import parse_definition
from parentguide.project.guide_file import front_matter_of, parse_guide
from parentguide.project.languages_file import parse_digits, parse_languages
from parentguide.project.revision_file import parse_revision
from parentguide.review.ledger import Kind, Record, ledger_bytes, read_ledger
from parentguide.review.sheet_reader import read_answers
from parentguide.review.sheet_writer import review_workbook
from parentguide.review.status import language_review
from parentguide.schools.logo import read_logo
from parentguide.schools.school_file import parse_school
from parentguide.schools.school_text import revised_school_text
from parentguide.schools.spreadsheet import read_schools
from parentguide.studio.services.school_form import form_data_of, form_data_of_json
from parentguide.translation import po
from parentguide.translation.back_translation import parse_back_translation
from parentguide.translation.glossary import parse_glossary
from tests.mutations import mutated
from tests.profile import cases
from tests.unit.newsletter.files import paragraph, pdf_file, word_file
from tests.unit.newsletter.office_files import odt
from tests.unit.schools.table_files import csv_bytes, ods_table, xlsx_bytes

CASES = 20_000
# The readers' own limit is 10 seconds of a processor; a busy machine gives them a part of one.
LONGEST = 45
PROJECT = Project()
LOCALES = PROJECT.locales
HERE = Path("given.file")
TABLE = [
    ["name", "website", "lead name", "lead phone", "languages", "date"],
    ["Ash School", "www.ash.sch.uk", "A. Sample", "01632 960010", "pl, ur", "2026-11-23"],
    ["Oak School", "www.oak.sch.uk", "B. Sample", "+44 1632 960011", "zh-Hans", "23/11/2026"],
]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">'
    "<style>.a{fill:#0f4a4f}</style><defs><clipPath id='c'><rect width='9' height='9'/></clipPath>"
    '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
    '<linearGradient id="h" xlink:href="#g"/></defs><g class="a" clip-path="url(#c)" transform="scale(2 1)">'
    '<path d="M0 0L10 10C1 2 3 4 5 6z" fill="url(#h)"/><circle r="3" style="opacity:.5"/></g></svg>'
)
SCHOOL = """name = "Ash School"
website = "www.ash.sch.uk"
languages = ["pl", "zh-Hans"]
colour = "#0f4a4f"
date = 2026-11-23
[[team]]
name = "A. Sample"
role = "Lead"
phone = "01632 960010"
email = "lead@ash.sch.uk"
[[local_contacts]]
name = "Hub"
kind = "local_authority"
website = "https://www.example.gov.uk/hub"
languages = ["pl"]
"""


def _picture(kind: str) -> bytes:
    buffer = BytesIO()
    Image.radial_gradient("L").resize((40, 20)).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def _of_table(name: str) -> Callable[[bytes, Path], object]:
    def read(data: bytes, folder: Path) -> object:
        (folder / name).write_bytes(data)
        return read_schools(folder / name)

    return read


def _text(parse: Callable[[str, Path], object]) -> Callable[[bytes, Path], object]:
    """A reader of text; what is not UTF-8 is refused before it, so that it is repaired here."""
    return lambda data, _: parse(data.decode("utf-8", "replace"), HERE)


def _guide(text: str, path: Path) -> object:
    front_matter_of(text, "cse", path)
    return parse_guide(text, "cse", PROJECT.guide_source("cse").definition, path)


def _school(text: str, path: Path) -> object:
    school = parse_school(text, path, lambda _: SVG.encode())
    revised = revised_school_text(text, {"name": "Other", "team": [{"name": "N"}]})
    form_data_of(text, path)
    return school, parse_school(revised, path)


def _merged(data: bytes, _: Path) -> object:
    return po.merge(data, data, "pl", HERE), po.pot_file([], "1", data), po.with_translations(data, {}, HERE)


def _build(data: bytes, folder: Path) -> object:
    (folder / "manifest.json").write_bytes(data)
    try:
        return read_previous_build(folder)
    finally:
        (folder / "manifest.json").unlink()


def _newsletter(data: bytes, _: Path) -> object:
    return read_newsletter(data)


@dataclass(frozen=True)
class Reader:
    """A reader of files, its ``share`` of the cases, and its seeds."""

    read: Callable[[bytes, Path], object]
    seeds: Callable[[], list[bytes]]
    share: int = 4
    # What one file may have; the tests of newsletters try longer ones.
    most: int = 300_000


def _files(*paths: str) -> Callable[[], list[bytes]]:
    """Files of the project; of long ones the first 6,000 bytes, to the end of an entry."""

    def read() -> list[bytes]:
        found = [(LOCALES / path).read_bytes() for path in paths]
        return [data if len(data) < 8_000 else data[: data.rfind(b"\n\n", 0, 6_000) + 1] for data in found]

    return read


def _sheet() -> list[bytes]:
    review = language_review(PROJECT, PROJECT.language("pl"), ["cse"])
    return [review_workbook(replace(review, messages=review.messages[:8]), {}, {})]


def _ledger() -> list[bytes]:
    record = Record(
        context="title",
        kind=Kind.CHECKED,
        role="Teacher",
        reviewer="A. Sample",
        date=date(2026, 11, 23),
        english="Do not share",
        translation="Nie podawaj",
        digest=words_digest("title", "pl", "Do not share", "Nie podawaj"),
    )
    return [ledger_bytes([record], ["title", "other"])]


READERS = {
    "svg": Reader(lambda data, _: read_logo(data, "x"), lambda: [SVG.encode()], 10),
    "png": Reader(lambda data, _: read_logo(data, "x"), lambda: [_picture("PNG")]),
    "jpeg": Reader(lambda data, _: read_logo(data, "x"), lambda: [_picture("JPEG")]),
    "docx": Reader(
        _newsletter, lambda: [word_file(paragraph("One") + paragraph("Two", "<w:pPr/>"))], 8
    ),
    "pdf": Reader(_newsletter, lambda: [pdf_file("Stay safe\nat home", "Page two")], 8),
    "odt": Reader(_newsletter, lambda: [odt("<text:p>One</text:p><text:p>Two</text:p>")], 6),
    "html": Reader(
        _newsletter,
        lambda: [b"<!doctype html><title>x</title><main><h1>Stay safe</h1><p>One <b>two</b></p></main>"],
        6,
    ),
    "newsletter": Reader(
        _newsletter,
        lambda: [PROJECT.guide_source("cse").newsletter_path.read_bytes()[:2_000]],
    ),
    "xlsx": Reader(_of_table("s.xlsx"), lambda: [xlsx_bytes(TABLE)], 10),
    "ods": Reader(_of_table("s.ods"), lambda: [ods_table(TABLE)], 8),
    "csv": Reader(_of_table("s.csv"), lambda: [csv_bytes(TABLE), csv_bytes(TABLE, ";", "\n", "utf-16")], 6),
    "review sheet": Reader(lambda data, _: read_answers(data, HERE), _sheet, 6),
    "school.toml": Reader(_text(_school), lambda: [SCHOOL.encode()], 8),
    "draft of a school": Reader(lambda data, _: form_data_of_json(data.decode("utf-8", "replace")),
                                lambda: [b'{"name": "Ash", "team-1-name": "A"}'], 2),
    "guide.md": Reader(_text(_guide), _files("en/cse/guide.md"), 8),
    "languages.toml": Reader(
        _text(lambda text, path: parse_languages(text, {"latn": "0"}, path)), _files("languages.toml")
    ),
    "digits.toml": Reader(_text(parse_digits), _files("digits.toml"), 2),
    "contacts.toml": Reader(_text(parse_contacts), _files("contacts.toml")),
    "definition.toml": Reader(_text(parse_definition), _files("en/cse/definition.toml")),
    "revision.toml": Reader(_text(parse_revision), _files("bn/revision.toml"), 2),
    "accepted.toml": Reader(_text(parse_accepted), _files("pl/accepted.toml"), 2),
    "glossary": Reader(_text(parse_glossary), _files("pl/glossary.toml"), 2),
    "codes": Reader(_text(parse_codes), lambda: [b'[google]\ncodes = { "zh-Hans" = "zh-CN" }\n'], 2),
    "back-translation.json": Reader(_text(parse_back_translation), _files("pl/back-translation.json")),
    "po": Reader(_merged, _files("pl/LC_MESSAGES/cse.po", "cse.pot"), 8),
    "catalog": Reader(lambda data, _: po.read_catalog(data, HERE), _files("pl/LC_MESSAGES/cse.po")),
    "ledger": Reader(lambda data, _: read_ledger(data, "pl", HERE), _ledger),
    "manifest.json": Reader(_build, lambda: [b'{"artifacts": [{"path": "cse/pl/index.html"}]}'], 2),
}  # fmt: skip
TOTAL = sum(reader.share for reader in READERS.values())


@cache
def _seeds(name: str) -> list[bytes]:
    return READERS[name].seeds()


def _refusal(read: Callable[[bytes, Path], object], data: bytes, folder: Path) -> ParentguideError | None:
    try:
        read(data, folder)
    except ParentguideError as error:
        return error
    return None


def _check_refusal(error: ParentguideError | None) -> None:
    """Each problem is a message of a length that somebody reads, and can be printed."""
    for problem in error.problems if error else ():
        assert problem.text
        assert len(str(problem)) < 5_000
        str(problem).encode("utf-8")


def case(name: str, seed: str, folder: Path) -> None:
    """One damaged file."""
    random = Random(seed)  # noqa: S311 - the same cases again
    other = random.choice(_seeds(random.choice(["svg", "school.toml", "guide.md", "po", "csv", name])))
    data = mutated(random.choice(_seeds(name)), random, other)[: READERS[name].most]
    start = time.monotonic()
    try:
        _check_refusal(_refusal(READERS[name].read, data, folder))
    except BaseException as error:
        error.add_note(f"case({name!r}, {seed!r}, folder)")
        raise
    taken = time.monotonic() - start
    assert taken < LONGEST, f"case({name!r}, {seed!r}, folder) took {taken:.0f} seconds"


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_refused(name: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    run = pytestconfig.option.hypothesis_seed
    for number in range(cases(round(CASES * READERS[name].share / TOTAL))):
        case(name, f"{run}-{number}", tmp_path)
