"""One PDF for a printer: its pages, its size, and that the same input gives the same bytes."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from parentguide.infra import pdf_copies
from parentguide.infra.pdf_copies import printed_pdf

A4, A3, ACROSS = (595.0, 842.0), (842.0, 1191.0), (842.0, 595.0)


def document(*sizes: tuple[float, float]) -> bytes:
    """A PDF with a page of each size; a page's content names its number."""
    made = pikepdf.new()
    for number, size in enumerate(sizes):
        made.add_blank_page(page_size=size)
        drawn = f"% page {number}\n" + "".join(f"{n * n} 0 m 1 1 l S\n" for n in range(2000))
        made.pages[-1].Contents = made.make_stream(drawn.encode())
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def pages(content: bytes) -> list[tuple[tuple[float, float], str]]:
    """The size of each page, and the name that its content has; empty for a blank page."""
    with pikepdf.open(BytesIO(content)) as made:
        found = []
        for page in made.pages:
            _, _, width, height = (float(edge) for edge in page.mediabox)
            drawn = page.Contents.read_bytes().decode() if "/Contents" in page else ""
            found.append(((width, height), drawn.partition("\n")[0].removeprefix("% ")))
        return found


def test_pages_follow_in_order_and_keep_their_size() -> None:
    sides = [(0, 0), (0, None), (0, 0), (0, None), (1, 0), (1, 1)]
    made = printed_pdf([document(A3), document(A4, ACROSS)], sides, "To print", "pl")
    assert pages(made) == [
        (A3, "page 0"),
        (A3, ""),
        (A3, "page 0"),
        (A3, ""),
        (A4, "page 0"),
        (ACROSS, "page 1"),
    ]


def test_a_file_of_forty_copies_is_hardly_larger_than_one_of_a_single_copy() -> None:
    once = printed_pdf([document(A4, A4)], [(0, 0), (0, 1)], "t", "en")
    often = printed_pdf([document(A4, A4)], [(0, 0), (0, 1)] * 40, "t", "en")
    assert len(pages(often)) == 80
    assert len(often) - len(once) < 80 * 300


def test_title_language_and_wishes_for_the_printer() -> None:
    made = printed_pdf([document(A4)], [(0, 0)], "Handout: Polish (3) – Zoë’s school 校", "pl")
    with pikepdf.open(BytesIO(made)) as read:
        assert str(read.docinfo.Title) == "Handout: Polish (3) – Zoë’s school 校"
        assert str(read.Root.Lang) == "pl"
        wishes = read.Root.ViewerPreferences
        assert (str(wishes.PrintScaling), str(wishes.Duplex)) == ("/None", "/DuplexFlipLongEdge")
        assert "/MarkInfo" not in read.Root, "no tags are copied, so the file must not claim any"
        assert read.check_pdf_syntax() == []
    across = printed_pdf([document(ACROSS)], [(0, 0)], "t", "pl")
    with pikepdf.open(BytesIO(across)) as read:
        assert str(read.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"


def test_the_same_input_gives_the_same_bytes_at_any_time() -> None:
    sheet = document(A4, A4, A4)
    sides = [(0, 0), (0, 1), (0, 2), (0, None)]
    first = printed_pdf([sheet], sides, "t", "pl")
    assert b"CreationDate" not in first
    unused = pypdfium2.PdfDocument.new()  # PDFium makes the identifier of a file from its place in memory
    assert printed_pdf([sheet], sides, "t", "pl") == first
    unused.close()
    assert printed_pdf([sheet], sides, "another", "pl") != first
    identities = [
        pikepdf.open(BytesIO(one)).trailer.ID[0] for one in (first, printed_pdf([sheet], sides, "u", "pl"))
    ]
    assert identities[0] != identities[1]


def test_a_pdfium_that_writes_another_form_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_copies, "_TRAILER", re.compile(b"no such trailer"))
    with pytest.raises(RuntimeError, match="new form"):
        printed_pdf([document(A4)], [(0, 0)], "t", "pl")
