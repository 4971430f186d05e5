"""The address of the school's policy may stand below any paragraph of a guide, also in the first leaf."""

from dataclasses import replace

import pypdfium2
import pytest

from parentguide.model.guide import Block, BulletList, Paragraph, Segment
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.render.pictures import read_pictures
from parentguide.render.print.fixed_size import LargePrint
from parentguide.render.print.handout import Handout
from parentguide.schools.addresses import parse_url
from tests.languages import PROJECT, editions

POLICY = "www.x.sch.uk/policy"


def with_policies(edition: Edition) -> Edition:
    """The edition with the policy's address below each paragraph, of which there is one above the signs."""
    blocks: list[Block] = []
    for block in edition.whole.blocks:
        if isinstance(block, BulletList):
            blocks.append(Paragraph(Segment("above-list", "Ask.", edition.language.tag)))
        blocks.append(block)
    marked = tuple(replace(b, is_policy=True) if isinstance(b, Paragraph) else b for b in blocks)
    guide = replace(edition.whole, blocks=marked)
    return replace(edition, whole=guide, english=guide).for_school(School("X", policy=parse_url(POLICY)))


@pytest.mark.parametrize("tag", ["en", "pl", "ta"])
@pytest.mark.parametrize("kind", [Handout, LargePrint])
def test_a_policy_may_stand_below_any_paragraph(kind: type[Handout | LargePrint], tag: str) -> None:
    edition = with_policies(editions()["cse", tag])
    pictures = read_pictures(PROJECT.templates).drawings
    # A paragraph with a picture is in a frame, which has nothing of the school.
    paragraphs = [
        b for b in edition.guide.blocks if isinstance(b, Paragraph) and b.segment.id not in pictures
    ]
    with pypdfium2.PdfDocument(kind(PROJECT.templates).render(edition)) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert text.count(POLICY) == len(paragraphs) > 3
