"""The reading direction that a PDF made by Typst names, without a PDF library.

Decision: docs/decisions/0034-sheets-say-left-to-right.md.
"""

# Typst writes the catalog last and outside compressed streams. The two names are of one length, so no other
# byte of the file moves (ISO 32000-1, 7.7.2 and 12.2).
_CATALOG = b"<</Type/Catalog"
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = b"/Direction/R2L", b"/Direction/L2R"


def left_to_right(content: bytes) -> bytes:
    """The PDF ``content`` with “left to right” as its reading direction; other content as it is.

    The direction says where the first of two pages stands beside the second. But pdfium, the viewer of
    Chrome and Edge, turns each line around in a PDF that says “right to left”: of English and Gurmukhi
    too. Typst says it for every text in Panjabi, whatever the script. Without it, pdfium finds the
    direction of each line by its letters.
    """
    catalog = content.rfind(_CATALOG)
    if catalog < 0:
        return content
    return content[:catalog] + content[catalog:].replace(_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, 1)
