"""guide.md: its blocks, and all its mistakes at once."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import Problem, SourceError
from parentguide.model.guide import (
    BulletList,
    Callout,
    Definition,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
)
from parentguide.model.walk import messages
from parentguide.project.guide_file import front_matter_of, parse_guide

DEFINITION = Definition(
    "1", "a charity", date(2020, 1, 1), date(2026, 1, 1), ("First.", "Second."), ("A document",)
)
CAPTION = "{#whose}\nOfficial words, {date}\n"
FRONT = "---\ntitle: Staying safe\nnewsletter: newsletter.txt\ndefinition: definition.toml\n---\n\n"
TITLE = "{#title}\n# Staying safe\n\n"
PATH = Path("guide.md")


def parsed(body: str, definition: Definition | None = DEFINITION) -> Guide:
    return parse_guide(FRONT + TITLE + body, "safe", definition, PATH)


def problems(text: str, definition: Definition | None = DEFINITION) -> tuple[Problem, ...]:
    with pytest.raises(SourceError) as caught:
        parse_guide(text, "safe", definition, PATH)
    return caught.value.problems


def problems_of(body: str, definition: Definition | None = DEFINITION) -> list[tuple[int, str]]:
    """Line below the title, from 1, and text of each problem."""
    above = (FRONT + TITLE).count("\n")
    return [(problem.line - above, problem.text) for problem in problems(FRONT + TITLE + body, definition)]


def test_a_heading_can_begin_a_leaf() -> None:
    _, more, other = parsed("{#more .leaf}\n## More\n\n{#other}\n## Other\n\n").blocks
    assert isinstance(more, Heading)
    assert isinstance(other, Heading)
    assert (more.begins_leaf, other.begins_leaf) == (True, False)


def test_the_title_and_a_heading_in_a_frame_begin_no_leaf() -> None:
    nothing = "“.leaf” has no meaning here"
    assert problems_of("::: contacts\n{#call .leaf}\n## Who to call\n:::\n") == [(3, nothing)]
    (problem,) = problems(FRONT + TITLE.replace("#title", "#title .leaf"))
    assert problem.text == nothing


def test_every_kind_of_block() -> None:
    guide = parsed(
        '{#one covers="3 4" note="Keep it short" source="a book"}\nSome **bold**\nwords.\n\n'
        "- {#a}\n  first\n\n- {#b}\n  second\n\n"
        "{#say .say}\nI need an interpreter.\n\n"
        "1. {#c}\n   listen\n\n2. {#d}\n   call\n\n{#rules .policy}\nOur policy.\n\n"
        '::: contacts\n{#call}\n## Who to call\n:::\n\n{#definition covers="5"}\n::: official\n'
        "{#whose}\nOfficial words, {date}\n:::\n\n"
        "::: elsewhere\n{#share .message}\nFrom {school}: {link}\n\n{#wall .poster}\nA guide.\n:::\n"
    )
    title, one, items, phrase, steps, rules, callout, quotation = guide.blocks
    assert (guide.slug, guide.lang, guide.title, guide.excluded) == ("safe", "en", "Staying safe", {})
    assert isinstance(title, Heading)
    assert isinstance(one, Paragraph)
    segment = one.segment
    assert (segment.id, segment.text, segment.note) == ("one", "Some **bold** words.", "Keep it short")
    assert (segment.covers, segment.source, segment.line) == ((3, 4), "a book", 11)
    assert isinstance(items, BulletList)
    assert [(item.id, item.text) for item in items.items] == [("a", "first"), ("b", "second")]
    assert isinstance(steps, BulletList)
    assert [(one.ordered, [item.id for item in one.items]) for one in (items, steps)] == [
        (False, ["a", "b"]),
        (True, ["c", "d"]),
    ]
    assert isinstance(rules, Paragraph)
    assert (one.is_policy, rules.is_policy) == (False, True)
    assert isinstance(phrase, Phrase)
    assert phrase.english == phrase.segment.text == "I need an interpreter."
    assert isinstance(callout, Callout)
    assert callout.variant == "contacts"
    assert isinstance(callout.blocks[0], Heading)
    assert isinstance(quotation, Quotation)
    assert (quotation.caption.id, quotation.caption.text) == ("whose", "Official words, {date}")
    assert quotation.documents == ("A document",)
    assert [(words.place, words.segment.id) for words in guide.elsewhere] == [
        ("message", "share"),
        ("poster", "wall"),
    ]
    assert quotation.english == ("First.", "Second.")
    assert [(part.id, part.text, part.covers) for part in quotation.help] == [
        ("definition-1", "First.", (5,)),
        ("definition-2", "Second.", (5,)),
    ]
    assert quotation.published == date(2020, 1, 1)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = FRONT + TITLE + "{#one}\nWords.\n"
    changed = "\ufeff" + text.replace("\n", "\r\n")
    assert parse_guide(changed, "safe") == parse_guide(text, "safe")
    assert front_matter_of(changed, "safe") == front_matter_of(text, "safe")


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Words.\n", 1, "the block has no stable id"),
        ("{#One}\nWords.\n", 2, "“One” is not an id"),
        ("{#title}\nWords.\n", 2, "the id “title” is already used in line 8"),
        ("{#one colour=red}\nWords.\n", 2, "unknown attribute “colour”"),
        ('{#one covers="x"}\nWords.\n', 2, 'covers="x" is not a list of statement numbers'),
        ('{#one covers="²"}\nWords.\n', 2, 'covers="²" is not a list of statement numbers'),
        ("{#one}\nSome **bold.\n", 2, "** opens but does not close in “Some **bold.”"),
        ("{#one}\n> Words.\n", 2, "a guide cannot have a block of the kind “blockquote”"),
        ("3. {#a}\n   Words.\n", 1, "a numbered list does not begin with 1"),
        ("{#one .polcy}\nWords.\n", 2, "“.polcy” has no meaning here"),
        ("{#one .say}\n## Words\n", 2, "“.say” has no meaning here"),
        ('{#one when="counsel"}\nWords.\n', 2, 'when="counsel" is not a fact of a school’s file'),
        ('{#one unless=""}\nWords.\n', 2, 'unless="" is not a fact of a school’s file'),
        (
            '{#one when="council" unless="council"}\nWords.\n',
            2,
            "no school shows the block: when and unless both name council",
        ),
        (
            '{when="council"}\n::: note\n{#one unless="council"}\nWords.\n:::\n',
            4,
            "no school shows the block: when and unless both name council",
        ),
        ("{#d}\n::: official\n:::\n", 2, "the official words have no caption"),
        (
            f"{{#d}}\n::: official\n{CAPTION}\n{{#e}}\nMore.\n:::\n",
            2,
            "“::: official” has more than its caption",
        ),
        (":::: note\n::: elsewhere\n:::\n::::\n", 2, "“::: elsewhere” is in another block"),
        ("::: elsewhere\n{#a}\nWords.\n:::\n", 3, "a paragraph in “::: elsewhere” names no places"),
        (
            "::: elsewhere\n{#a .poster .signs}\nWords.\n:::\n",
            3,
            "a paragraph in “::: elsewhere” names 2 places",
        ),
        (
            "::: elsewhere\n{#a .poster}\nWords.\n\n{#b .poster}\nMore.\n:::\n",
            6,
            "there are two paragraphs for .poster",
        ),
        ("::: elsewhere\n- {#a}\n  Words.\n:::\n", 2, "“::: elsewhere” has a block that is not a paragraph"),
        ("::: elsewhere\n{#title .poster}\nWords.\n:::\n", 3, "the id “title” is already used in line 8"),
        ("{#one}\n::: warning\n", 2, "“::: …” is not a known container"),
        ("- {#a}\n  one\n\n  two\n", 1, "a list item must have exactly one paragraph"),
        ("- {#a}\n  one\n  - {#b}\n    two\n", 1, "a list item must have exactly one paragraph"),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_a_remedy(body: str, line: int, said: str) -> None:
    assert problems_of(body) == [(line, said)]
    assert problems(FRONT + TITLE + body)[0].remedy


def test_an_official_quotation_needs_a_definition() -> None:
    body = f"{{#d}}\n::: official\n{CAPTION}:::\n"
    assert problems_of(body, None) == [(2, "the official quotation has no text")]


def test_the_title_does_not_depend_on_the_school() -> None:
    text = FRONT + '{#title when="council"}\n# Staying safe\n'
    assert [problem.text for problem in problems(text)] == ["the title depends on the school"]


def test_a_block_depends_on_what_the_blocks_around_it_depend_on() -> None:
    guide = parsed(
        '{when="council"}\n::: note\n{#one unless="headteacher"}\nWords.\n\n'
        '- {#two when="new_training"}\n  More.\n:::\n\n{unless="report_remove"}\n- {#three}\n  Last.\n\n'
        f'{{#d when="policy_updated"}}\n::: official\n{CAPTION}:::\n'
    )
    assert {segment.id: (segment.when, segment.unless) for segment in messages(guide)} == {
        "title": ((), ()),
        "one": (("council",), ("headteacher",)),
        "two": (("council", "new_training"), ()),
        "three": ((), ("report_remove",)),
        "whose": (("policy_updated",), ()),
        "d-1": (("policy_updated",), ()),
        "d-2": (("policy_updated",), ()),
    }


def test_a_mistake_in_the_conditions_of_a_quotation_is_reported_once() -> None:
    body = f'{{#d when="x"}}\n::: official\n{CAPTION}:::\n'
    assert problems_of(body) == [(2, 'when="x" is not a fact of a school’s file')]


@pytest.mark.parametrize("body", ["", "{#one}\nWords.\n", "{#one}\n## Second\n"])
def test_a_guide_begins_with_its_title(body: str) -> None:
    (problem,) = problems(FRONT + body)
    assert problem.text == "the guide does not begin with its title"


def test_all_mistakes_come_at_once_in_the_order_of_lines() -> None:
    front = "---\ntitle: Safe\nnewsleter: x\n---\n"
    body = (
        "{#title}\n# Safe\n\nWords.\n\n{#one colour=red size=big}\nSome **bold.\n\n"
        "{#one}\n> Quoted.\n\n{#title covers=x}\nAgain.\n\n::: official\n:::\n"
    )
    found = [(problem.line, problem.text.split(" “")[0]) for problem in problems(front + body, None)]
    assert found == [
        (1, "is missing"),
        (1, "unknown key"),
        (8, "the block has no stable id"),
        (11, "unknown attribute"),
        (11, "unknown attribute"),
        (11, "** opens but does not close in"),
        (14, "a guide cannot have a block of the kind"),
        (17, 'covers="x" is not a list of statement numbers'),
        (17, "the id"),
        (19, "the block has no stable id"),
        (19, "the official words have no caption"),
    ]
    assert all(problem.path == PATH for problem in problems(front + body))


def test_without_an_end_of_the_front_matter_only_that_is_reported() -> None:
    (problem,) = problems("---\ntitle: Safe\n\nWords.\n")
    assert "does not begin with front matter" in problem.text
    assert [p.text for p in problems("")] == [problem.text]


def test_mistakes_of_front_matter_and_blocks_come_together_where_only_the_front_matter_is_asked_for() -> None:
    with pytest.raises(SourceError) as caught:
        front_matter_of("---\ntitle: Safe\n---\n\n{#title}\n# Safe\n\nWords.\n", "safe", PATH)
    assert [problem.line for problem in caught.value.problems] == [1, 8]
    with pytest.raises(SourceError, match="front matter"):
        front_matter_of("Words.", "safe", PATH)
