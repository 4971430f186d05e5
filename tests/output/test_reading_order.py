"""A screen reader reads a sheet in the order of the guide (ISO 14289-1, 7.2).

It follows the tag tree. These tests compare the tree with the order of the content on each page, and
the content with the guide.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from parentguide.model.guide import Block, BulletList, Callout, Heading, Paragraph
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.pictures import read_pictures
from tests.languages import PROJECT
from tests.output.sheets import RIGHT_TO_LEFT, SHEETS, messages, poppler, sheet, squeezed


def _is_read_in_order(parameter: Any) -> bool:
    (_, tag), kind = parameter.values
    return tag not in RIGHT_TO_LEFT and kind != "cards"


@pytest.mark.parametrize(("edition", "kind"), SHEETS, indirect=["edition"])
def test_tags_are_in_the_order_of_the_content(output: Path, edition: Edition, kind: str) -> None:
    with pikepdf.open(sheet(output, edition, kind)) as pdf:
        tagged = _in_tree(pdf)
        for number, page in enumerate(pdf.pages):
            marked = _in_content(page)
            assert marked
            assert tagged[number] == marked


@pytest.mark.parametrize(
    ("edition", "kind"),
    # pdftotext keeps the content's order for left-to-right text only; one template makes all sheets.
    [parameter for parameter in SHEETS if _is_read_in_order(parameter)],
    indirect=["edition"],
)
def test_the_content_is_in_the_order_of_the_guide(output: Path, edition: Edition, kind: str) -> None:
    text = squeezed(poppler(sheet(output, edition, kind))).replace("-", "")
    order = [*messages(edition, kind)]
    # Handout and large print may move some parts to where there is room (``templates/print/leaves.typ``).
    moved = [] if kind == "review" else _movable(edition) if kind == "handout" else _frames(edition, kind)
    if kind == "large-print":
        moved += [part for part in _movable(edition) if part not in moved]
    names = {name for part in moved for name in part}
    for part in ([name for name, _ in order if name not in names], *moved):
        assert _first_out_of_order([(name, words) for name, words in order if name in part], text) == ""


def _frames(edition: Edition, kind: str) -> list[list[str]]:
    """The ids of the messages of each frame that may move: the interpreter's card, and in large print the
    school and help outside it."""
    frames = [block for block in edition.guide.blocks if isinstance(block, Callout)]
    variants = {"interpreter"} if kind == "bilingual" else {"interpreter", "school", "contacts"}
    return [[segment.id for segment in extract((f,))] for f in frames[1:] if f.variant in variants]


def _movable(edition: Edition) -> list[list[str]]:
    """The ids of the messages of each part that may move: what the guide is about, whose fault it is, the
    interpreter's card, and the sentences of the school's frame."""
    blocks = edition.guide.blocks
    pictures = read_pictures(PROJECT.templates).drawings
    sections = [i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level > 1]
    ends = [
        i
        for i, block in enumerate(blocks)
        if isinstance(block, Callout)
        or i in sections
        or (isinstance(block, Paragraph) and block.segment.id in pictures)
    ]
    found = [[*blocks[i : next((end for end in ends if end > i), len(blocks))]] for i in sections]
    about = next(part for part in found if not any(isinstance(block, BulletList) for block in part))
    after = blocks[blocks.index(about[-1]) + 1]
    moved: list[tuple[Block, ...]] = [tuple(about)]
    if isinstance(after, Paragraph):
        moved.append((after,))
    moved += [(block,) for block in blocks if isinstance(block, Callout) and block.variant == "interpreter"]
    school = next(b for b in blocks if isinstance(b, Callout) and b.variant == "school")
    moved.append(tuple(block for block in school.blocks if not isinstance(block, Heading)))
    return [[segment.id for segment in extract(part)] for part in moved]


def _first_out_of_order(order: list[tuple[str, str]], text: str) -> str:
    """The name of the first message that is not in the text after those before it; empty if all are."""
    at = 0
    for name, words in order:
        found = text.find(squeezed(words).replace("-", ""), at)
        if found < at:
            return name
        at = found + 1
    return ""


def _in_tree(pdf: pikepdf.Pdf) -> dict[int, list[int]]:
    """The marked-content identifiers of each page, in the order of the tree."""
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    order: dict[int, list[int]] = defaultdict(list)

    def walk(node: Any, page: int) -> None:
        if isinstance(node, int):
            order[page].append(node)
        elif isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, page)
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if node.get("/Type") == "/MCR":
                order[page].append(int(node.MCID))
            elif node.get("/Type") != "/OBJR":
                walk(node.get("/K"), page)

    walk(pdf.Root.StructTreeRoot.K, 0)
    return order


def _in_content(page: pikepdf.Page) -> list[int]:
    """The marked-content identifiers of a page, in the order of its content."""
    content: list[Any] = list(pikepdf.parse_content_stream(page))
    return [
        int(properties.MCID)
        for operands, operator in content
        if str(operator) == "BDC"
        for properties in operands
        if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
    ]
