"""PDFs drawn by hand with the operators of ISO 32000-1, so that a test says where each word stands."""

from collections.abc import Sequence

REGULAR, BOLD, DINGBATS = "R", "B", "D"
_LATIN = "/Encoding /WinAnsiEncoding"
_ENCODINGS = {DINGBATS: ""}
_FONTS = {REGULAR: "Helvetica", BOLD: "Helvetica-Bold", DINGBATS: "ZapfDingbats"}


def text(x: float, y: float, words: str, size: float = 11, font: str = REGULAR, mode: int = 0) -> str:
    """Words whose first letter stands at (x, y) in points from the bottom left of the page."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def turned(x: float, y: float, words: str, cosine: float, sine: float) -> str:
    """Words on a line at an angle."""
    return f"BT 0 Tr /R 11 Tf {cosine} {sine} {-sine} {cosine} {x} {y} Tm ({words}) Tj ET\n"


def lines(x: float, y: float, words: Sequence[str], pitch: float = 14, **look: str) -> str:
    """Lines one below the other."""
    return "".join(text(x, y - index * pitch, line, **look) for index, line in enumerate(words))  # type: ignore[arg-type]


def rule(x: float, y: float, width: float, height: float) -> str:
    """A filled rectangle: a rule, or a bullet that is drawn."""
    return f"{x} {y} {width} {height} re f\n"


def drawn(*pages: str, extra: Sequence[str] = (), resources: str = "") -> bytes:
    """A PDF with a page of A4 for each string of operators. ``extra`` objects are numbered from 6."""
    fonts = " ".join(
        f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} {_ENCODINGS.get(key, _LATIN)} >>"
        for key, name in _FONTS.items()
    )
    first = 6 + len(extra)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects += ["null"] * 3 + list(extra)
    for index, operators in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * index + 1} 0 R"
            f" /Resources << /Font << {fonts} >> {resources} >> >>"
        )
        objects.append(stream(operators))
    data, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start, size = len(data), len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return f"{data}startxref\n{start}\n%%EOF\n".encode("latin-1")


def stream(content: str, dictionary: str = "") -> str:
    return f"<< /Length {len(content)} {dictionary} >>\nstream\n{content}\nendstream"
