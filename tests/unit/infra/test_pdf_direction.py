"""The direction that a PDF names, and what pdfium and Typst make of it today."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst

from parentguide.infra.pdf_direction import left_to_right


def document(direction: str, words: str) -> bytes:
    """The smallest PDF with a line of Latin text; pdfium needs no table of its objects."""
    line = f"BT /F 20 Tf 20 50 Td ({words}) Tj ET"
    return f"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/ViewerPreferences<</Direction/{direction}>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length {len(line)}>> stream
{line}
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Size 6>>
%%EOF
""".encode("ascii")


def by_pdfium(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return str(pdf[0].get_textpage().get_text_bounded())


def direction(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as pdf:
        return str(pdf.Root.ViewerPreferences.Direction)


def typeset(language: str, title: str = "A title") -> bytes:
    source = f'#set document(title: "{title}")\n#set text(lang: "{language}")\n{title}\n'
    return bytes(typst.compile(source.encode(), pdf_standards="ua-1"))


@pytest.mark.parametrize("words", ["call 999 now", "one two three", "Yes, or no?"])
def test_pdfium_reads_a_line_as_it_is_in_a_left_to_right_pdf(words: str) -> None:
    assert by_pdfium(document("L2R", words)) == words
    assert by_pdfium(left_to_right(document("R2L", words))) == words


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("call 999 now", "now 999 call"),
        ("one two three", "three two one"),
        ("Yes, or no?", "?no or ,Yes"),
    ],
)
def test_pdfium_still_turns_a_latin_line_around_in_a_right_to_left_pdf(words: str, read: str) -> None:
    """If this fails, pdfium is fixed: ``docs/upstream/pdfium-right-to-left.md`` is out of date."""
    assert by_pdfium(document("R2L", words)) == read


@pytest.mark.parametrize(("language", "named"), [("pa", "/R2L"), ("ckb", "/L2R"), ("ar", "/R2L")])
def test_typst_still_takes_the_direction_from_the_code_of_the_language(language: str, named: str) -> None:
    """If this fails, Typst is fixed: ``docs/upstream/typst-panjabi.md`` is out of date."""
    assert direction(typeset(language)) == named


@pytest.mark.parametrize("language", ["pa", "ar", "ckb", "pl"])
def test_only_the_direction_changes(language: str) -> None:
    made = typeset(language)
    changed = left_to_right(made)
    assert direction(changed) == "/L2R"
    assert len(changed) == len(made)
    assert changed.replace(b"L2R", b"R2L") == made.replace(b"L2R", b"R2L")
    assert left_to_right(changed) == changed


@pytest.mark.parametrize("title", ["/Direction/R2L", "<</Type/Catalog/Direction/R2L>>"])
def test_words_that_look_like_the_direction_stay(title: str) -> None:
    changed = left_to_right(typeset("pa", title))
    with pikepdf.open(BytesIO(changed)) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        assert pdf.Root.ViewerPreferences.Direction == "/L2R"


def test_content_that_is_not_a_pdf_stays() -> None:
    assert left_to_right(b"/Direction/R2L") == b"/Direction/R2L"
