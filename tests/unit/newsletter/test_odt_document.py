"""OpenDocument texts: each test is a document of a kind that schools send."""

import time

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.odt_document import read_odt
from tests.unit.newsletter.office_files import kinds, left_out, odt, zipped


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, parent: str = "", text: str = "", family: str = "paragraph", more: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{above}{more}>'
        f"<style:text-properties {text}/></style:style>"
    )


def items(*texts: str, name: str = "L1") -> str:
    content = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
    return f'<text:list text:style-name="{name}">{content}</text:list>'


def row(*cells: str) -> str:
    made = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{made}</table:table-row>"


def box(*texts: str) -> str:
    return f"<draw:frame><draw:text-box>{''.join(map(p, texts))}</draw:text-box></draw:frame>"


def test_headings_and_a_title_by_its_style() -> None:
    styles = style("Heading") + style("Title", "Heading") + style("Subtitle", "Heading")
    automatic = style("P1", "Title") + style("P2", "Subtitle")
    body = (
        p("Staying safe", "P1")
        + p("For parents", "P2")
        + '<text:h text:outline-level="1">What is grooming?</text:h>'
        + p("An adult makes friends with a child.")
    )
    assert kinds(read_odt(odt(body, automatic, styles))) == [
        ("heading", "Staying safe"),
        ("paragraph", "For parents"),
        ("heading", "What is grooming?"),
        ("paragraph", "An adult makes friends with a child."),
    ]


def test_a_style_with_an_outline_level_is_a_heading() -> None:
    levelled = style("Abschnitt", more=' style:default-outline-level="2"')
    assert kinds(read_odt(odt(p("Signs", "P1"), style("P1", "Abschnitt"), levelled))) == [
        ("heading", "Signs")
    ]


def test_nested_lists_and_paragraphs_below_an_item() -> None:
    body = items(
        p("At home") + "<text:list><text:list-item>" + p("left alone") + "</text:list-item></text:list>",
        p("At school") + p("below the item"),
    )
    assert kinds(read_odt(odt(body))) == [
        ("item", "At home"),
        ("item", "left alone"),
        ("item", "At school"),
        ("paragraph", "below the item"),
    ]


def test_a_list_header_and_a_level_that_shows_nothing() -> None:
    levels = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format=""/>'
        '<text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>'
    )
    inner = "<text:list><text:list-item>" + p("an item") + "</text:list-item></text:list>"
    header = f"<text:list><text:list-header>{p('above the list')}</text:list-header></text:list>"
    assert kinds(read_odt(odt(items(p("no mark") + inner) + header, levels))) == [
        ("paragraph", "no mark"),
        ("item", "an item"),
        ("paragraph", "above the list"),
    ]


def test_numbered_headings_are_headings_and_numbered_paragraphs_items() -> None:
    body = items('<text:h text:outline-level="1">Signs</text:h>')
    body += f"<text:numbered-paragraph>{p('one')}</text:numbered-paragraph>"
    assert kinds(read_odt(odt(body))) == [("heading", "Signs"), ("item", "one")]


def test_size_and_weight_through_styles_and_spans() -> None:
    default = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"/>'
        "</style:default-style>"
    )
    styles = default + style("Lead", text='fo:font-size="200%" fo:font-weight="bold"')
    automatic = style("T1", text='fo:font-weight="700" fo:font-size="0.5in"', family="text") + style(
        "P1", "Lead"
    )
    bold = '<text:span text:style-name="T1">bold</text:span>'
    body = p("plain") + p("larger", "P1") + p(bold) + p(f"partly {bold}")
    found = [(passage.size, passage.bold) for passage in read_odt(odt(body, automatic, styles)).passages]
    assert found == [(11.0, False), (22.0, True), (36.0, True), (11.0, False)]


def test_tracked_changes_are_read_as_accepted() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("gone") + "</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    words = (
        'one <text:change text:change-id="a"/>'
        '<text:change-start text:change-id="b"/>new<text:change-end text:change-id="b"/> word'
    )
    assert kinds(read_odt(odt(changes + p(words)))) == [("paragraph", "one new word")]


def test_a_table_with_header_rows_merged_cells_and_repeats() -> None:
    covered = "<table:table-row><table:covered-table-cell/>" + row(p("Tuesday"), p("10 am")).removeprefix(
        "<table:table-row>"
    )
    table = (
        '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows>'
        + row(p("Term"), p("Day"), p("Time"))
        + "</table:table-header-rows>"
        + row(p("Autumn"), p("Monday"), p("9 am") + p("to 10 am"))
        + covered
        + (
            '<table:table-row table:number-rows-repeated="1000000">'
            "<table:table-cell/></table:table-row></table:table>"
        )
    )
    assert kinds(read_odt(odt(table))) == [
        ("row", "Term | Day | Time"),
        ("row", "Autumn | Monday | 9 am to 10 am"),
        ("row", "Tuesday | 10 am"),
    ]


def test_a_table_that_only_places_text_gives_its_paragraphs() -> None:
    heading = '<text:h text:outline-level="1">Signs</text:h>'
    table = (
        f"<table:table>{row(heading + p('A child may be tired.'), p('Ring us.') + items(p('the office')))}"
        "</table:table>"
    )
    assert kinds(read_odt(odt(table))) == [
        ("heading", "Signs"),
        ("paragraph", "A child may be tired."),
        ("paragraph", "Ring us."),
        ("item", "the office"),
    ]


def test_text_boxes_and_shapes_are_read_at_their_anchor() -> None:
    shape = f"<draw:custom-shape>{p('In a shape.')}</draw:custom-shape>"
    body = (
        box("On the page.")
        + p(box("Who to call", "Ring the office.") + "Beside the box.")
        + f"<text:h>Signs{shape}</text:h>"
    )
    document = read_odt(odt(body))
    assert kinds(document) == [
        ("paragraph", "On the page."),
        ("heading", "Who to call"),
        ("paragraph", "Ring the office."),
        ("paragraph", "Beside the box."),
        ("heading", "Signs"),
        ("paragraph", "In a shape."),
    ]
    assert "box" in document.passages[1].doubt


def test_running_heads_notes_and_comments_are_left_out() -> None:
    masters = (
        f"<style:master-page><style:header>{p('Example School')}"
        f"</style:header><style:header-left>{p('Example School')}"
        f"</style:header-left><style:footer>{p('Page <text:page-number>1</text:page-number>')}"
        "</style:footer></style:master-page>"
    )
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{p('The Act of 1989')}</text:note-body></text:note>"
    )
    comment = f"<office:annotation>{p('Is this right?')}</office:annotation>"
    picture = (
        "<draw:frame><draw:image/><svg:title>A photo</svg:title><svg:desc>Of a child</svg:desc></draw:frame>"
    )
    document = read_odt(odt(p(f"A law{note}{comment}{picture}"), masters=masters))
    assert kinds(document) == [("paragraph", "A law")]
    assert left_out(document) == [
        ("running head", "Example School"),
        ("footnote", "The Act of 1989"),
        ("page foot", "Page 1"),
    ]


def test_hidden_text_and_indexes_are_left_out() -> None:
    automatic = style("T1", text='text:display="none"', family="text")
    contents = (
        f"<text:table-of-content><text:index-body>{p('Signs 2')}</text:index-body></text:table-of-content>"
    )
    section = f'<text:section text:display="none">{p("a hidden part")}</text:section>'
    shown = f"<text:section>{p('a part')}</text:section>"
    body = p('seen <text:span text:style-name="T1">not seen</text:span>') + contents + section + shown
    document = read_odt(odt(body, automatic))
    assert kinds(document) == [("paragraph", "seen"), ("paragraph", "a part")]
    assert left_out(document) == [
        ("hidden text", "not seen"),
        ("table of contents", "Signs 2"),
        ("hidden text", "a hidden part"),
    ]


def test_spaces_tabs_line_breaks_and_links() -> None:
    words = (
        'one<text:s text:c="1000000000"/>two<text:tab/>three\n   four <text:a>a link</text:a>'
        "<text:soft-page-break/> well\u00adbeing"
    )
    marks = "You can:<text:line-break/>• ring us<text:line-break/>• write"
    assert [text for _, text in kinds(read_odt(odt(p(words) + p(marks))))] == [
        "one two three four a link wellbeing",
        "You can:",
        "• ring us",
        "• write",
    ]


def test_the_style_for_quotations() -> None:
    document = read_odt(odt(p("Neglect is serious.", "Quotations") + p("End.")))
    assert [text for _, text in kinds(document)] == ["“Neglect is serious.”", "End."]


ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            odt("<text:list><text:list-item>" * 100_000 + "</text:list-item></text:list>" * 100_000),
            "beyond a newsletter",
        ),
        (
            odt("<text:p>" + "<text:span>" * 100_000 + "</text:span>" * 100_000 + "</text:p>"),
            "beyond a newsletter",
        ),
        (odt(" " * 20_000_001), "unpacks to far more"),
        (odt("", manifest="<manifest:encryption-data/>"), "asks for a password"),
        (zipped({"content.xml": ENTITY + "<a>&a;</a>"}), "broken, or not allowed"),
        (zipped({"content.xml": "<a>"}), "broken, or not allowed"),
        (zipped({"content.xml": "<a/>"}), "not a LibreOffice .ODT. text"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "not a LibreOffice"),
        (b"PK\x03\x04 broken", "not a LibreOffice"),
    ],
    ids=range(9),
)
def test_hostile_and_broken_files_are_refused_in_a_second(data: bytes, said: str) -> None:
    begun = time.process_time()
    with pytest.raises(SourceError, match=said) as caught:
        read_odt(data)
    assert caught.value.remedy
    assert time.process_time() - begun < 10
