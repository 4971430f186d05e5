"""Count the pages of a PDF made by Typst, without a PDF library."""

import re

# Typst writes the page tree outside compressed streams, and the root of the tree counts all pages
# (ISO 32000-1, 7.7.3.2). A test compares this count with a PDF library's.
_PAGE_TREE = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


def page_count(content: bytes) -> int:
    """The number of pages of a PDF made by Typst; 0 for content that is not a PDF."""
    if not content.startswith(b"%PDF-"):
        return 0
    return max(int(count) for count in _PAGE_TREE.findall(content))
