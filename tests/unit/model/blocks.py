"""A guide with every kind of block, and random guides."""

from datetime import date

from hypothesis import strategies as st

from parentguide.model.guide import (
    POLICY_BLOCK,
    Block,
    BulletList,
    Callout,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)

EVERY_BLOCK: tuple[Block, ...] = (
    Heading(1, Segment("title", "A **safe** guide")),
    Paragraph(Segment(POLICY_BLOCK, "Read our policy.")),
    BulletList((Segment("item-1", "First"), Segment("item-2", "Second"))),
    Quotation(
        ("Exact words.", "More words."), (Segment("d-1", "Exact."), Segment("d-2", "More.")), date(2017, 2, 1)
    ),
    Callout(
        "contacts", (Heading(2, Segment("call", "Who can help")), Paragraph(Segment("c", "Call **{nspcc}**")))
    ),
    Callout("school", (Paragraph(Segment("team", "Ask us.")),)),
    Callout("interpreter", (Phrase("I speak LANGUAGE.", Segment("say", "I speak Polish.")),)),
)
EVERY_GUIDE = Guide("cse", "en", "A **safe** guide", EVERY_BLOCK)


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
                return BulletList(tuple(segment() for _ in range(draw(st.integers(1, 3)))))
            case "phrase":
                return Phrase(draw(st.text(max_size=8)), segment())
            case "quotation":
                return Quotation(("English",), (segment(), segment()), date(2017, 2, 1))
            case "callout":
                inner = (block(depth + 1) for _ in range(draw(st.integers(0, 3))))
                return Callout(draw(st.sampled_from(["note", "school"])), tuple(inner))
        return Paragraph(segment())

    blocks = tuple(block(0) for _ in range(draw(st.integers(0, 7))))
    title = segment()
    return Guide("g", "en", title.text, (Heading(1, title), *blocks))
