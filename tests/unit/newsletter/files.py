"""Small Word and PDF files, written by hand, and the lines of a text."""

import io
import zipfile

from parentguide.newsletter.lines import Line, read_lines
from parentguide.newsletter.text_document import read_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, name: str = "word/document.xml", head: str = "") -> bytes:
    """A Word file of one part; ``body`` is WordprocessingML (ECMA-376, Part 1, 17.2)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf_file(*pages: str, encrypt: str = "") -> bytes:
    """A PDF with a page for each text (ISO 32000-1, 7.5); lines are separated by line feeds."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number + 1} 0 R"
            f" /Resources {font} >>"
        )
        shown = " ".join(f"({line}) ' " for line in page.split("\n")) if page else ""
        stream = f"BT /F 12 Tf 14 TL 50 700 Td {shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    start = len(data)
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {encrypt}>>\n"
    return f"{data}startxref\n{start}\n%%EOF\n".encode("latin-1")


def lines_of(text: str) -> tuple[Line, ...]:
    return read_lines(read_text(text).passages)
