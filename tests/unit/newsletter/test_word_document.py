"""Word files: each test is a document of a kind that schools send."""

import time

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.word_document import read_docx
from tests.unit.newsletter.office_files import (
    docx,
    kinds,
    left_out,
    w_box,
    w_cell,
    w_numbered,
    w_paragraph,
    w_run,
    w_style,
    w_table,
    zipped,
)

BOLD, BIG = "<w:b/>", '<w:sz w:val="32"/>'
BREAK = "<w:r><w:br/></w:r>"
# Word in German: the ids are German, the names of Word's own styles are English (17.7.4.9).
GERMAN = (
    w_style("Standard", "Normal")
    + w_style("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', "Standard")
    + w_style("Titel", "Title", based_on="Standard")
    + w_style("SchulTitel", "School title", based_on="Titel")
    + w_style("Aufzhlungszeichen", "List Bullet", f"<w:pPr>{w_numbered(3)}</w:pPr>", "Standard")
    + w_style("Tipps", "Tips", based_on="Aufzhlungszeichen")
)


def level(text: str, kind: str = "bullet", number: int = 0) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )


def test_styles_in_another_language_and_styles_based_on_them() -> None:
    body = (
        w_paragraph("Staying safe online", "SchulTitel")
        + w_paragraph("What is grooming?", "berschrift1")
        + w_paragraph("An adult makes friends with a child.", "Standard")
        + w_paragraph("Secret presents", "Aufzhlungszeichen")
        + w_paragraph("A second phone", "Tipps")
    )
    assert kinds(read_docx(docx(body, GERMAN))) == [
        ("heading", "Staying safe online"),
        ("heading", "What is grooming?"),
        ("paragraph", "An adult makes friends with a child."),
        ("item", "Secret presents"),
        ("item", "A second phone"),
    ]


def test_an_outline_level_makes_a_heading_and_body_text_does_not() -> None:
    body = w_paragraph("Signs", properties='<w:outlineLvl w:val="1"/>') + w_paragraph(
        "Text", properties='<w:outlineLvl w:val="9"/>'
    )
    assert kinds(read_docx(docx(body))) == [("heading", "Signs"), ("paragraph", "Text")]


def test_the_bullet_button_and_nested_levels() -> None:
    body = (
        w_paragraph("At home", "ListParagraph", w_numbered(3))
        + w_paragraph("left alone", "ListParagraph", w_numbered(3, 1))
        + w_paragraph("At school", "ListParagraph", w_numbered(3))
        + w_paragraph("Below the list", "ListParagraph")
    )
    styles = w_style("ListParagraph", "List Paragraph")
    found = kinds(read_docx(docx(body, styles, numbering(level("•"), level("o", number=1)))))
    assert [kind for kind, _ in found] == ["item", "item", "item", "paragraph"]


def test_an_item_taken_out_of_its_list_and_a_level_that_shows_nothing() -> None:
    body = (
        w_paragraph("taken out", "Aufzhlungszeichen", w_numbered(0))
        + w_paragraph("no number", properties=w_numbered(3, 1))
        + w_paragraph("an item", properties=w_numbered(3))
    )
    levels = numbering(level("•"), level("", "none", 1))
    assert kinds(read_docx(docx(body, GERMAN, levels))) == [
        ("paragraph", "taken out"),
        ("paragraph", "no number"),
        ("item", "an item"),
    ]


def test_a_picture_bullet_shows_a_mark() -> None:
    picture = (
        '<w:lvl w:ilvl="0">'
        '<w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val=""/>'
        '<w:lvlPicBulletId w:val="0"/></w:lvl>'
    )
    body = w_paragraph("an item", properties=w_numbered(3))
    assert kinds(read_docx(docx(body, numbering=numbering(picture)))) == [("item", "an item")]


def test_a_numbered_heading_is_a_heading() -> None:
    body = w_paragraph("Signs", "berschrift1", w_numbered(3))
    assert kinds(read_docx(docx(body, GERMAN))) == [("heading", "Signs")]


def test_size_and_weight_come_from_the_run_the_styles_and_the_defaults() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + w_style("Lead", "Lead", f"<w:rPr>{BOLD}</w:rPr>")
        + w_style("Big", "Big", f"<w:rPr>{BIG}</w:rPr>", "Lead")
        + w_style("Strong", "Strong", f"<w:rPr>{BOLD}</w:rPr>", kind="character")
    )
    body = (
        w_paragraph("plain")
        + w_paragraph("from the style above", "Big")
        + w_paragraph(w_run("direct", BIG + BOLD))
        + w_paragraph(w_run("half ", BOLD) + w_run("bold"))
        + w_paragraph(w_run("twice bold is plain", '<w:rStyle w:val="Strong"/>'), "Lead")
        + w_paragraph(w_run("switched off", '<w:b w:val="0"/>'), "Lead")
        + w_paragraph(w_run("Bold words", BOLD) + w_run(" "))
    )
    found = [(passage.size, passage.bold) for passage in read_docx(docx(body, styles)).passages]
    assert found == [
        (11.0, False),
        (16.0, True),
        (16.0, True),
        (11.0, False),
        (11.0, False),
        (11.0, False),
        (11.0, True),
    ]


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = w_style("A", "A", based_on="B") + w_style("B", "heading 2", based_on="A")
    assert kinds(read_docx(docx(w_paragraph("Signs", "A"), styles))) == [("heading", "Signs")]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        w_paragraph(
            "<w:ins>"
            + w_run("new ")
            + "</w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
            + w_run("words")
        )
        + w_paragraph("<w:moveFrom>" + w_run("moved") + "</w:moveFrom>")
        + w_paragraph(w_run("one "), properties="<w:rPr><w:del/></w:rPr>")
        + w_paragraph("paragraph")
        + w_paragraph("<w:moveTo>" + w_run("moved") + "</w:moveTo>")
        + w_paragraph(
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", properties="<w:rPr><w:del/></w:rPr>"
        )
        + w_paragraph("last", properties=f"<w:pPrChange><w:pPr>{w_numbered(3)}</w:pPr></w:pPrChange>")
    )
    assert kinds(read_docx(docx(body))) == [
        ("paragraph", "new words"),
        ("paragraph", "one paragraph"),
        ("paragraph", "moved"),
        ("paragraph", "last"),
    ]


def test_the_last_paragraph_is_kept_if_its_end_is_deleted() -> None:
    body = w_table(w_cell(w_paragraph("A cell", properties="<w:rPr><w:del/></w:rPr>"))) + w_paragraph("Text")
    assert kinds(read_docx(docx(body))) == [("paragraph", "A cell"), ("paragraph", "Text")]


def test_text_boxes_are_read_once_with_their_heading() -> None:
    body = w_paragraph(w_box("Who to call", "Ring the office on 01632 960 010.")) + w_paragraph("Thank you.")
    document = read_docx(docx(body))
    assert kinds(document) == [
        ("heading", "Who to call"),
        ("paragraph", "Ring the office on 01632 960 010."),
        ("paragraph", "Thank you."),
    ]
    assert "box" in document.passages[0].doubt


def test_a_text_box_stands_before_the_text_or_below_its_heading() -> None:
    body = w_paragraph(w_box("In a box.") + w_run("Beside the box.")) + w_paragraph(
        w_box("Below a heading.") + w_run("Signs"), properties='<w:outlineLvl w:val="0"/>'
    )
    assert [text for _, text in kinds(read_docx(docx(body)))] == [
        "In a box.",
        "Beside the box.",
        "Signs",
        "Below a heading.",
    ]


def test_boxes_of_one_paragraph_are_read_from_top_to_bottom() -> None:
    def place(left: int, top: int) -> str:
        return (
            f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        )

    boxes = (
        w_box("Third.", position=place(0, 5_000_000))
        + w_box("Second.", position=place(3_000_000, 1_010_000))
        + w_box("First.", position=place(0, 1_000_000))
    )
    document = read_docx(docx(w_paragraph(boxes)))
    assert [passage.text for passage in document.passages] == ["First.", "Second.", "Third."]
    assert all("order" in passage.doubt for passage in document.passages)


def test_an_old_text_box_and_word_art() -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox>"
        "<w:txbxContent>"
        f"{w_paragraph('In a box.')}"
        "</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="Safe at school"/></v:shape></w:pict></w:r>'
    assert [text for _, text in kinds(read_docx(docx(w_paragraph(box) + w_paragraph(art))))] == [
        "In a box.",
        "Safe at school",
    ]


def test_a_table_of_figures_has_a_row_a_line() -> None:
    merged = '<w:vMerge w:val="restart"/>'
    table = w_table(
        w_cell("Term") + w_cell("Day") + w_cell("Time"),
        w_cell("Autumn", properties=merged) + w_cell("Monday") + w_cell("9 am", "to 10 am"),
        w_cell("", properties="<w:vMerge/>") + w_cell("Tuesday") + w_cell("10 am"),
        w_cell("", properties="") + w_cell("") + w_cell(""),
        w_cell("Spring") + w_cell("") + w_cell("noon"),
        "<w:trPr><w:del/></w:trPr>" + w_cell("deleted") + w_cell("row"),
    )
    assert kinds(read_docx(docx(table))) == [
        ("row", "Term | Day | Time"),
        ("row", "Autumn | Monday | 9 am to 10 am"),
        ("row", "Tuesday | 10 am"),
        ("row", "Spring | | noon"),
    ]


def test_a_table_that_only_places_text_gives_its_paragraphs() -> None:
    left = w_cell(w_paragraph("Signs", "berschrift1"), "A child may be tired.", "A child may be sad.")
    right = w_cell("Who can help", w_paragraph("the office", "Aufzhlungszeichen"), "Ring us.")
    frame = w_table(w_cell("One cell is a frame."))
    assert kinds(read_docx(docx(w_table(left + right) + frame, GERMAN))) == [
        ("heading", "Signs"),
        ("paragraph", "A child may be tired."),
        ("paragraph", "A child may be sad."),
        ("heading", "Who can help"),
        ("item", "the office"),
        ("paragraph", "Ring us."),
        ("paragraph", "One cell is a frame."),
    ]


def test_a_table_of_figures_in_a_table_that_places_text() -> None:
    inner = w_table(w_cell("Year") + w_cell("Days"), w_cell("7") + w_cell("9"))
    outer = w_table(w_cell("Look at this.") + w_cell(inner + w_paragraph("Below.")))
    assert kinds(read_docx(docx(outer))) == [
        ("paragraph", "Look at this."),
        ("row", "Year | Days"),
        ("row", "7 | 9"),
        ("paragraph", "Below."),
    ]


def test_a_row_that_places_text_in_a_table_of_figures() -> None:
    placed = w_cell("Ask us", "Our door is open.") + w_cell("Ring us", "Ring on any day.")
    rows = (w_cell(f"App {number}") + w_cell(f"{number}") for number in range(3))
    assert kinds(read_docx(docx(w_table(*rows, placed)))) == [
        ("row", "App 0 | 0"),
        ("row", "App 1 | 1"),
        ("row", "App 2 | 2"),
        ("heading", "Ask us"),
        ("paragraph", "Our door is open."),
        ("heading", "Ring us"),
        ("paragraph", "Ring on any day."),
    ]


def test_rows_and_cells_in_content_controls() -> None:
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{w_cell('A')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}{w_cell('B')}</w:tr></w:sdtContent></w:sdt>"
    assert kinds(read_docx(docx(f"<w:tbl>{row}</w:tbl>"))) == [("row", "A | B")]


def test_running_heads_page_feet_and_notes_are_left_out() -> None:
    page = '<w:fldSimple w:instr="PAGE">' + w_run("1") + "</w:fldSimple>"
    body = w_paragraph(w_run("A law") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    data = docx(
        body,
        header=w_paragraph("Example School"),
        footer=w_paragraph(w_run("Page ") + page),
        footnotes=f"<w:footnote>{w_paragraph('The Act of 1989')}</w:footnote>",
        diagramData="<w:pt><w:t><w:p><w:r><w:t>Tell, ask, help</w:t></w:r></w:p></w:t></w:pt>",
        comments=f"<w:comment>{w_paragraph('Is this right?')}</w:comment>",
    )
    document = read_docx(data)
    assert kinds(document) == [("paragraph", "A law")]
    assert left_out(document) == [
        ("running head", "Example School"),
        ("page foot", "Page 1"),
        ("footnote", "The Act of 1989"),
        ("SmartArt drawing", "Tell, ask, help"),
    ]


def test_hidden_text_form_fields_and_a_table_of_contents_are_left_out() -> None:
    placeholder = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/>"
        "</w:sdtPr><w:sdtContent>"
        f"{w_run('Enter text.')}"
        "</w:sdtContent></w:sdt>"
    )
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{w_paragraph('Contents')}</w:sdtContent></w:sdt>"
    )
    body = (
        w_paragraph(w_run("seen ") + w_run("not seen", "<w:vanish/>") + placeholder)
        + contents
        + w_paragraph("Signs 2", "Verzeichnis1")
    )
    document = read_docx(docx(body, w_style("Verzeichnis1", "toc 1")))
    assert kinds(document) == [("paragraph", "seen")]
    assert left_out(document) == [
        ("hidden text", "not seen"),
        ("empty form field", "Enter text."),
        ("table of contents", "Contents"),
        ("table of contents", "Signs 2"),
    ]


def test_fields_links_controls_and_odd_characters() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + w_run("condition")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + w_run("result")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = '<w:hyperlink r:id="x">' + w_run(" a link") + "</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent><w:smartTag>{w_run(' London')}</w:smartTag></w:sdtContent></w:sdt>"
    odd = (
        "<w:r><w:tab/><w:t>well</w:t>"
        "<w:noBreakHyphen/>"
        "<w:t>be</w:t><w:softHyphen/>"
        "<w:t>ing \u00a0now</w:t></w:r>"
    )
    body = (
        w_paragraph(field + link + control + odd)
        + w_paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
        + w_paragraph("after a broken field")
    )
    assert [text for _, text in kinds(read_docx(docx(body)))] == [
        "result a link London well-being now",
        "after a broken field",
    ]


def test_symbols_and_picture_fonts_are_marks_for_the_common_stage() -> None:
    sym = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + w_run(" ticked")
    low = '<w:r><w:sym w:font="Wingdings" w:char="00D8"/></w:r>' + w_run(" arrow")
    typed = w_run("ü", '<w:rFonts w:ascii="Wingdings"/>') + w_run(" typed")
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="2705"/></mc:Choice>'
        "<mc:Fallback><w:t>✅</w:t></mc:Fallback></mc:AlternateContent></w:r>" + w_run(" emoji")
    )
    body = "".join(map(w_paragraph, (sym, low, typed, emoji)))
    assert [text for _, text in kinds(read_docx(docx(body)))] == [
        "\uf0fc ticked",
        "\uf0d8 arrow",
        "\uf0fc typed",
        "✅ emoji",
    ]


MAIL_LINE = "A line of an e-mail that ends with the name of Mrs"  # 50 characters, so not short


@pytest.mark.parametrize(
    ("runs", "texts"),
    [
        (
            f"{w_run('You can:')}{BREAK}{w_run('• ring us')}{BREAK}{w_run('• write')}",
            ["You can:", "• ring us", "• write"],
        ),
        (
            f"{w_run('This sentence goes on below')}{BREAK}{w_run('on the next line.')}",
            ["This sentence goes on below on the next line."],
        ),
        (f"{w_run('What is CSE?', BOLD)}{BREAK}{w_run('it is abuse.')}", ["What is CSE?", "it is abuse."]),
        (
            f"{w_run('Yours faithfully')}{BREAK}{w_run('A. N. Other')}{BREAK}{w_run('Headteacher')}",
            ["Yours faithfully", "A. N. Other", "Headteacher"],
        ),
        (f"{w_run('one')}{BREAK}{BREAK}{w_run('two')}", ["one", "two"]),
        (f"{w_run('one')}<w:r><w:br w:type='page'/></w:r>{w_run('two')}", ["one", "two"]),
        (
            f"{w_run(MAIL_LINE)}{BREAK}{w_run('Example goes on.')}",
            [f"{MAIL_LINE} Example goes on."],
        ),
    ],
)
def test_forced_line_breaks(runs: str, texts: list[str]) -> None:
    assert [text for _, text in kinds(read_docx(docx(w_paragraph(runs))))] == texts


def test_a_break_in_a_heading_and_in_an_item_is_a_space() -> None:
    runs = f"{w_run('Keeping safe')}{BREAK}{w_run('Your guide')}"
    body = w_paragraph(runs, "berschrift1") + w_paragraph(runs, "Aufzhlungszeichen")
    assert kinds(read_docx(docx(body, GERMAN))) == [
        ("heading", "Keeping safe Your guide"),
        ("item", "Keeping safe Your guide"),
    ]


def test_a_drop_cap_is_part_of_its_word() -> None:
    body = w_paragraph("C", properties='<w:framePr w:dropCap="drop"/>') + w_paragraph("hildren are safe.")
    assert kinds(read_docx(docx(body))) == [("paragraph", "Children are safe.")]


def test_words_that_the_file_calls_a_quotation_get_their_marks() -> None:
    styles = w_style("Quote", "Quote")
    body = (
        w_paragraph("Neglect is serious.", "Quote") + w_paragraph("It lasts.", "Quote") + w_paragraph("End.")
    )
    document = read_docx(docx(body + w_paragraph("‘It has marks.’", "Quote"), styles))
    assert [text for _, text in kinds(document)] == [
        "“Neglect is serious.",
        "It lasts.”",
        "End.",
        "‘It has marks.’",
    ]
    assert "no quotation marks" in document.passages[0].doubt
    assert not document.passages[3].doubt


def test_a_paragraph_in_the_style_of_a_heading_is_a_paragraph() -> None:
    document = read_docx(docx(w_paragraph("Long words. " * 20, "berschrift1"), GERMAN))
    assert [kind for kind, _ in kinds(document)] == ["paragraph"]
    assert "as long as a paragraph" in document.passages[0].doubt


def test_lines_count_paragraphs() -> None:
    body = w_paragraph("one") + w_paragraph(" ") + w_table(w_cell("a") + w_cell("b")) + w_paragraph("two")
    assert [passage.line for passage in read_docx(docx(body)).passages] == [1, 3, 5]


def test_a_strict_file_whose_main_part_has_another_name() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    link = (
        "<Relationships>"
        '<Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"'
        ' Target="/doc/main.xml"/>'
        "</Relationships>"
    )
    body = (
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:rPr>'
        '<w:sz w:val="14pt"/></w:rPr><w:t>Hi</w:t></w:r></w:p>'
    )
    data = zipped(
        {"_rels/.rels": link, "doc/main.xml": f"<w:document {strict}><w:body>{body}</w:body></w:document>"}
    )
    document = read_docx(data)
    assert kinds(document) == [("heading", "Hi")]
    assert document.passages[0].size == 14.0


ROW, ROW_END = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "beyond a newsletter"),
        (docx(ROW * 100_000 + ROW_END * 100_000), "beyond a newsletter"),
        (docx("<w:p/>" * 250_000), "beyond a newsletter"),
        (docx(" " * 20_000_001), "unpacks to far more"),
        (docx("", styles=" " * 10_000_000, header=" " * 10_000_001), "unpacks to far more"),
        (zipped({"word/document.xml": ENTITY + "<w>&a;</w>"}), "broken, or not allowed"),
        (zipped({"word/document.xml": "<w:document>"}), "broken, or not allowed"),
        (zipped({"word/document.xml": ""}), "broken, or not allowed"),
        (zipped({"other.xml": "<a/>"}), "not a Word file"),
        (b"PK\x03\x04 broken", "not a Word file"),
    ],
    ids=range(10),
)
def test_hostile_and_broken_files_are_refused(data: bytes, said: str) -> None:
    begun = time.process_time()
    with pytest.raises(SourceError, match=said) as caught:
        read_docx(data)
    assert caught.value.remedy
    assert time.process_time() - begun < 10


def test_tables_as_deep_as_the_limit_allows_are_read() -> None:
    depth = 31
    body = ROW * depth + w_paragraph("deep") + ROW_END * depth
    assert kinds(read_docx(docx(body))) == [("paragraph", "deep")]
