"""Every reader of files returns a result or refuses the file with a message; none raises anything else.

The cases are random: pieces of real files, damaged files, and strings that often break programs.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide import Project
from parentguide.errors import ParentguideError
from parentguide.newsletter.statements import read_statements
from parentguide.newsletter.text_document import decode
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.guide_file import parse_guide
from parentguide.review.ledger import read_ledger
from parentguide.schools.school_file import parse_school
from parentguide.schools.spreadsheet import read_schools
from parentguide.schools.table_columns import COLUMNS
from parentguide.translation import po
from tests.fuzzing import ANY_NAUGHTY, fuzz

PROJECT = Project()
GUIDE = PROJECT.guide_source("cse").path.read_text("utf-8")
NEWSLETTER = PROJECT.guide_source("cse").newsletter_path.read_bytes()
PO = PROJECT.catalog_path(PROJECT.language("pl"), "cse").read_text("utf-8")
ANY = st.one_of(st.text(max_size=30), ANY_NAUGHTY)


def check_refusal(error: ParentguideError) -> None:
    """A refusal has a message for people."""
    assert error.problem
    assert "Traceback" not in str(error)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A good text with pieces removed, doubled or inserted."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(st.just(""), st.just(text[start:end] * 2), ANY))
        text = text[:start] + piece + text[end:]
    return text


KEYS = st.one_of(
    st.sampled_from(["name", "website", "guides", "logo", "phone", "role", "email", "team", "x"]),
    st.sampled_from(["languages", "colour", "policy", "date", "kind"]),
)
VALUES = st.one_of(
    ANY.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.sampled_from(
        ["1", "true", "[]", '["pl"]', "{}", "2026-01-01", '"01462 000000"', '"www.a.sch.uk"', "nan"]
    ),
    st.sampled_from(['"#0f4a4f"', '"#FC0"', '"local_authority"', '["PA", "zh-hans"]', "2026-01-01T00:00:00"]),
    ANY,
)
LINES = st.one_of(
    st.builds(lambda key, value: f"{key} = {value}", KEYS, VALUES),
    st.sampled_from(["[[team]]", "[[local_contacts]]", "[team]", "[x]", ""]),
    ANY,
)


def _logo(name: str) -> bytes:
    """A file of any name exists and holds its own name."""
    return name.encode("utf-8")


@fuzz(8_000)
@given(text=st.lists(LINES, max_size=8).map("\n".join))
def test_reader_of_school_files(text: str) -> None:
    try:
        parse_school(text, Path("school.toml"), _logo)
    except ParentguideError as error:
        check_refusal(error)


CELLS = st.lists(ANY, min_size=1, max_size=5)


@fuzz(6_000)
@given(headings=st.lists(st.sampled_from(COLUMNS), max_size=5, unique=True), rows=st.lists(CELLS, max_size=3))
def test_reader_of_school_tables(
    tmp_path_factory: pytest.TempPathFactory, headings: list[str], rows: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    lines = [",".join(["name", *(h for h in headings if h != "name")])]
    lines += [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        for entry in read_schools(path):
            assert entry.school or entry.error
            assert "/" not in entry.folder
            assert "\\" not in entry.folder
    except ParentguideError as error:
        check_refusal(error)


@fuzz(1_500)
@given(text=damaged(PO))
def test_reader_of_catalogs(text: str) -> None:
    try:
        po.read_catalog(text.encode("utf-8", "surrogatepass"), Path("cse.po"))
    except ParentguideError as error:
        check_refusal(error)


@fuzz(2_500)
@given(text=damaged(GUIDE))
def test_reader_of_guides(text: str) -> None:
    path = Path("guide.md")
    try:
        parse_front_matter(text, path)
        parse_guide(text, "cse", PROJECT.guide_source("cse").definition, path)
    except ParentguideError as error:
        check_refusal(error)


@fuzz(2_500)
@given(text=st.one_of(damaged(NEWSLETTER.decode("utf-8")), st.lists(ANY, max_size=20).map("\n".join)))
def test_reader_of_newsletters(text: str) -> None:
    try:
        read_statements(decode(text.encode("utf-8", "surrogatepass"), Path("n.txt")))
    except ParentguideError as error:
        check_refusal(error)


@fuzz(1_000)
@given(data=st.one_of(st.binary(max_size=200), ANY.map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_readers_of_ledgers_and_newsletters_with_any_bytes(data: bytes) -> None:
    for read in (lambda: read_ledger(data, "pl", Path("l")), lambda: decode(data, Path("n.txt"))):
        try:
            read()
        except ParentguideError as error:
            check_refusal(error)
