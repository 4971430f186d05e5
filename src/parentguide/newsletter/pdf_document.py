"""The passages of a newsletter sent as a PDF: by its tags if they cover its text, otherwise by position.

Decision: docs/decisions/0032-pdfium-positions-and-tags.md.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parentguide.newsletter.passages import Document, LeftOut
from parentguide.newsletter.pdf_blocks import by_position, by_tags, tags_are_good
from parentguide.newsletter.pdf_furniture import Furniture, PageRows, find_furniture, page_edges
from parentguide.newsletter.pdf_join import join_pieces, passages_of, whole_tables
from parentguide.newsletter.pdf_lines import lines_by_position
from parentguide.newsletter.pdf_measure import Measure
from parentguide.newsletter.pdf_pages import read_pages
from parentguide.newsletter.pdf_values import NO_TAG, Page

_MOST_ARTIFACTS = 0.4  # of the letters; a file that marks more than that as no text is wrong
_MOSTLY_TAGGED = 0.8


def read_pdf(data: bytes) -> Document:
    """The passages of a PDF in reading order, and what its pages say beside the newsletter.

    Raises :class:`SourceError` if the file cannot be read, is too large, or has no words.
    """
    pages, left_out = _without_artifacts(read_pages(data))
    furniture = _furniture(pages)
    pages = [_without_furniture(page, furniture) for page in pages]
    found = by_tags(pages) if tags_are_good(pages) else by_position(pages)
    found, headings = whole_tables(join_pieces(found))
    measure = Measure.of([paragraph.lines for paragraph in found])
    left_out += [LeftOut(item.text, item.reason, page=item.page) for item in furniture]
    left_out += [*headings, *_unseen(pages)]
    left_out.sort(key=lambda item: item.page or 0)
    return Document(tuple(passages_of(found, measure)), tuple(left_out))


def _without_artifacts(pages: Sequence[Page]) -> tuple[list[Page], list[LeftOut]]:
    """The pages without what the file itself marks as no part of the text, such as running heads."""
    words = [word for page in pages for word in page.words]
    marked = sum(len(word.text) for word in words if word.artifact)
    if marked > _MOST_ARTIFACTS * sum(len(word.text) for word in words):
        return list(pages), []
    kept, left_out = [], []
    for page in pages:
        artifacts = [word for word in page.words if word.artifact]
        for line in lines_by_position(artifacts, page.number):
            text = f"{line.mark} {line.text}".strip()
            if any(map(str.isalnum, text)):
                left_out.append(LeftOut(text, "the PDF marks it as no part of the text", page=page.number))
        kept.append(replace(page, words=tuple(word for word in page.words if not word.artifact)))
    return kept, left_out


def _furniture(pages: Sequence[Page]) -> list[Furniture]:
    sizes: Counter[float] = Counter()
    tagged = total = 0
    edges: list[PageRows] = []
    for page in pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
            tagged += word.tag != NO_TAG
            total += 1
        lines = lines_by_position(page.words, page.number)
        edges += page_edges([x for x in lines if not any(grid.holds(x) for grid in page.grids)], page)
    body_size = sizes.most_common(1)[0][0] if sizes else 11
    return list(find_furniture(edges, body_size, tagged=tagged > _MOSTLY_TAGGED * total))


def _without_furniture(page: Page, furniture: Sequence[Furniture]) -> Page:
    bases = [item.base for item in furniture if item.page == page.number]
    words = (w for w in page.words if not any(abs(w.base - base) < 0.4 * w.size for base in bases))
    return replace(page, words=tuple(words)) if bases else page


def _unseen(pages: Sequence[Page]) -> Iterator[LeftOut]:
    for page in pages:
        if page.hidden:
            yield LeftOut(page.hidden, "hidden: the page does not show it", page=page.number)
        if page.slanted:
            yield LeftOut(page.slanted, "slanted across the page, like a watermark", page=page.number)
