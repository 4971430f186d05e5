"""The statements of text, Word and PDF files."""

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.limits import MOST_TEXT, checked_length
from parentguide.newsletter.pdf_document import read_pdf
from parentguide.newsletter.pdf_pages import MOST_PAGES
from parentguide.newsletter.reading import document_of, read_newsletter
from parentguide.newsletter.word_document import read_docx
from tests.unit.newsletter.files import paragraph, pdf_file, word_file
from tests.unit.newsletter.office_files import docx, w_paragraph

ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
# Standard security handler, revision 2, with keys that no empty password opens (ISO 32000-1, 7.6.3).
ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<00> <00>]"
)


def texts(data: bytes) -> list[tuple[str, str]]:
    return [(statement.kind, statement.text) for statement in read_newsletter(data).statements]


def test_text_files() -> None:
    assert [text for _, text in texts("“Stay safe”".encode("cp1252"))] == ["“Stay safe”"]


def test_word_paragraphs_items_and_breaks() -> None:
    item = paragraph("an item", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    runs = (
        "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>well</w:t><w:noBreakHyphen/>"
        "<w:t>being</w:t><w:delText>deleted</w:delText></w:r></w:p>"
    )
    empty_item = paragraph("", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    data = word_file(paragraph("Hello") + item + runs + empty_item + "<w:p/>")
    assert texts(data) == [
        ("paragraph", "Hello"),
        ("item", "an item"),
        ("paragraph", "one two well-being"),
    ]


def test_pdf_pages() -> None:
    found = texts(pdf_file("Stay safe\nat home", "Page two"))
    assert [text for _, text in found] == ["Stay safe at home", "Page two"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"  \n", "the newsletter is empty"),
        (b"\xd0\xcf\x11\xe0....", "old kind of Word file"),
        (b"{\\rtf1 hello}", "old kind of Word file"),
        (b"\0\1\2", "not a text file"),
        (b"PK broken", "not a Word file"),
        (word_file("", name="other.xml"), "not a Word file"),
        (word_file("<w:p>"), "broken, or not allowed"),
        (word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head=ENTITY), "broken, or not allowed"),
        (word_file(" " * 20_000_001), "unpacks to far more"),
        (word_file(""), "the newsletter is empty"),
        (b"%PDF-1.4\nbroken", "cannot be opened"),
        (pdf_file("x", encrypt=ENCRYPTED), "asks for a password"),
        (pdf_file(""), "is a picture"),
        (pdf_file(*["x"] * (MOST_PAGES + 1)), f"{MOST_PAGES + 1} pages"),
        (b"word " * (MOST_TEXT // 5 + 1), "far more than a newsletter"),
    ],
    ids=range(15),
)
def test_other_files_are_refused_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_newsletter(data)
    assert caught.value.remedy


def test_the_longest_text_is_allowed() -> None:
    assert checked_length("x" * MOST_TEXT) == "x" * MOST_TEXT


@pytest.mark.parametrize(
    "data", [docx(w_paragraph("One") + w_paragraph("Two")), pdf_file("STAY SAFE\nat home")]
)
def test_another_process_reads_the_same(data: bytes) -> None:
    direct = read_pdf(data) if data.startswith(b"%PDF") else read_docx(data)
    assert document_of(data) == direct
