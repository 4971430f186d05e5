"""A guide with every kind of block, and random guides."""

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Elsewhere,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Place,
    Quotation,
    Segment,
)

EVERY_BLOCK: tuple[Block, ...] = (
    Heading(1, Segment("title", "A **safe** guide")),
    Paragraph(Segment("policy", "Read our policy."), is_policy=True),
    BulletList((Segment("item-1", "First"), Segment("item-2", "Second"))),
    Quotation(
        Segment("whose", "Official words, {date}"),
        ("Exact words.", "More words."),
        (Segment("d-1", "Exact."), Segment("d-2", "More.")),
        date(2017, 2, 1),
        ("A document", "Another document"),
    ),
    Callout(
        "contacts", (Heading(2, Segment("call", "Who can help")), Paragraph(Segment("c", "Call **{nspcc}**")))
    ),
    Callout("school", (Paragraph(Segment("team", "Ask us.")),)),
    Callout("interpreter", (Phrase("I speak LANGUAGE.", Segment("say", "I speak Polish.")),)),
)
ELSEWHERE = (
    Elsewhere("message", Segment("share", "From {school}: a guide. {link}")),
    Elsewhere("poster", Segment("poster", "A guide for you")),
)
EVERY_GUIDE = Guide("cse", "en", "A **safe** guide", EVERY_BLOCK, elsewhere=ELSEWHERE)


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """A guide of up to eight blocks, nested up to two levels; each segment has its own id."""
    count = iter(range(1_000))

    def segment() -> Segment:
        return Segment(f"s{next(count)}", draw(st.text(max_size=8)))

    def block(depth: int) -> Block:
        kinds = ["heading", "paragraph", "list", "phrase", "quotation", *["callout"] * (depth < 2)]
        match draw(st.sampled_from(kinds)):
            case "heading":
                return Heading(draw(st.integers(1, 3)), segment())
            case "list":
                items = tuple(segment() for _ in range(draw(st.integers(1, 3))))
                return BulletList(items, ordered=draw(st.booleans()))
            case "phrase":
                return Phrase(draw(st.text(max_size=8)), segment())
            case "quotation":
                return Quotation(segment(), ("English",) * 2, (segment(), segment()), date(2017, 2, 1))
            case "callout":
                inner = (block(depth + 1) for _ in range(draw(st.integers(0, 3))))
                return Callout(draw(st.sampled_from(["note", "school"])), tuple(inner))
        return Paragraph(segment())

    blocks = tuple(block(0) for _ in range(draw(st.integers(0, 7))))
    title = segment()
    places = draw(st.lists(st.sampled_from(get_args(Place)), unique=True))
    elsewhere = tuple(Elsewhere(place, segment()) for place in places)
    return Guide("g", "en", title.text, (Heading(1, title), *blocks), elsewhere=elsewhere)
