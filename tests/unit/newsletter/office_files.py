"""Word files, OpenDocument texts and web pages for tests, each written by hand."""

import io
import zipfile

from parentguide.newsletter.passages import Document

_WORD_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_OPEN_DOCUMENT}:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def docx(body: str, styles: str = "", numbering: str = "", **more: str) -> bytes:
    """A Word file. ``more`` are parts by kind, such as ``header`` or ``footnotes``."""
    parts = {"word/document.xml": _word_part("document", f"<w:body>{body}</w:body>")}
    if styles:
        parts["word/styles.xml"] = _word_part("styles", styles)
    if numbering:
        parts["word/numbering.xml"] = _word_part("numbering", numbering)
    links = ""
    for kind, content in more.items():
        parts[f"word/{kind}.xml"] = _word_part("hdr", content)
        links += f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{links}</Relationships>"
    return zipped(parts)


def _word_part(root: str, content: str) -> str:
    return f"<w:{root} {_WORD_NAMESPACES}>{content}</w:{root}>"


def w_run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def w_paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; ``content`` is text or, if it begins with ``<``, runs."""
    runs = content if content.startswith("<") else w_run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def w_numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def w_style(identity: str, name: str, content: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{above}{content}</w:style>'
    )


def w_table(*rows: str) -> str:
    """A table of rows, each of cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def w_cell(*paragraphs: str, properties: str = "") -> str:
    content = "".join(text if text.startswith("<") else w_paragraph(text) for text in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def w_box(*paragraphs: str, position: str = "") -> str:
    """A run with a text box as Word writes it: once for new programs, once for old ones."""
    text = f"<w:txbxContent>{''.join(map(w_paragraph, paragraphs))}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"{position}<wps:wsp><wps:txbx>{text}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def odt(body: str, automatic: str = "", styles: str = "", masters: str = "", **more: str) -> bytes:
    """An OpenDocument text. ``automatic`` and ``styles`` are styles of the text and of the file."""
    content = (
        f"<office:document-content {_ODT_NAMESPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    named = (
        f"<office:document-styles {_ODT_NAMESPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    manifest = f"<manifest:manifest {_ODT_NAMESPACES}>{more.get('manifest', '')}</manifest:manifest>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": named,
            "META-INF/manifest.xml": manifest,
        }
    )


def kinds(document: Document) -> list[tuple[str, str]]:
    """Each passage as its kind and its words."""
    return [(passage.role.value if passage.role else "", passage.text) for passage in document.passages]


def left_out(document: Document) -> list[tuple[str, str]]:
    """Each text that was left out, with its reason."""
    return [(left.reason, left.text) for left in document.left_out]
