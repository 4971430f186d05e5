"""PO files that other programs write are read whole and written whole, or refused and left alone.

The files in ``cases`` are those that failed at a school or a translator.
"""

import subprocess
from pathlib import Path

import pytest

from parentguide.errors import CatalogError
from parentguide.translation import po
from parentguide.translation.po.entries import Previous
from parentguide.translation.po.files import PoFile, parse, po_bytes
from tests.conftest import need

CASES = Path(__file__).parents[1] / "cases"
HERE = Path("a.po")
HEADER = 'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
MESSAGE = 'msgctxt "a"\nmsgid "Do share"\nmsgstr "Podaj dalej ąćęłńóśźż"\n'
POT = HEADER.replace("Language: pl", "POT-Creation-Date: 2020-01-02 03:04+0000").encode() + (
    b'msgctxt "a"\nmsgid "Do share"\nmsgstr ""\n\nmsgctxt "b"\nmsgid "Do ask"\nmsgstr ""\n'
)
WORDS = "Podaj dalej ąćęłńóśźż"


def words(data: bytes) -> dict[str, tuple[str, str, bool]]:
    return {c: (m.english, m.text, m.fuzzy) for c, m in po.read_catalog(data, HERE).items()}


def accepted(data: bytes, *options: str) -> bytes:
    """``data``, which msgfmt accepts."""
    done = subprocess.run(
        [need("msgfmt"), *options, "-o", "/dev/null", "-"], input=data, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return data


def updated(data: bytes, template: bytes = POT) -> bytes:
    """The catalog after an update, which msgfmt accepts, and which three more do not change."""
    first = data = accepted(po.merge(template, data, "pl", HERE))
    for _ in range(3):
        data = po.merge(template, data, "pl", HERE)
    assert data == first
    return data


# The files of schools


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("*.po")))
def test_a_file_that_failed_is_read_and_written_whole(name: str) -> None:
    data = (CASES / name).read_bytes()
    known = words(data)
    assert len(known) == 48 if name == "msgmerge-real.po" else len(known) == 49
    assert all(text for _, text, _ in known.values())
    first = next(iter(known))
    written = accepted(po.with_translations(data, {first: known[first][1]}, HERE), "--check")
    assert words(written) == {**known, first: (*known[first][:2], False)}


def test_the_obsolete_message_of_msgmerge_returns_with_its_previous_english() -> None:
    template = POT.replace(b'msgctxt "a"', b'msgctxt "title"')
    entry = parse(updated((CASES / "msgmerge-real.po").read_bytes(), template), HERE).messages[0]
    assert (entry.context, entry.fuzzy) == ("title", True)
    assert entry.text.startswith("Jak chronić")


# Byte-order marks and line ends


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_and_line_ends_do_not_change_the_words(end: str, encoding: str) -> None:
    data = (HEADER + MESSAGE).replace("\n", end).encode(encoding)
    assert words(data) == {"a": ("Do share", WORDS, False)}
    written = updated(data)
    assert words(written)["a"] == ("Do share", WORDS, False)
    assert (b"\r\n" in written) == (end == "\r\n"), "CRLF is kept, and GNU gettext reads no lone CR"
    assert written.count(b"\r") == written.count(b"\r\n")


def test_the_line_end_of_most_lines_is_used_for_all() -> None:
    mixed = (HEADER.replace("\n", "\r\n") + MESSAGE).encode()
    assert updated(mixed).count(b"\n") == updated(mixed).count(b"\r\n")
    mixed = (HEADER + MESSAGE.replace("\n", "\r")).encode()
    assert b"\r" not in updated(mixed)


def test_a_carriage_return_inside_a_text_is_no_line_end() -> None:
    data = (HEADER + MESSAGE.replace("dalej", "dalej\\r\\n")).encode()
    assert "\r\n" in words(data)["a"][1]
    assert words(updated(data))["a"] == words(data)["a"]


# Charsets


@pytest.mark.parametrize("named", ["iso-8859-2", "CP1250", "windows-1250"])
def test_bytes_in_the_charset_of_the_header_are_read_and_become_utf8(named: str) -> None:
    data = (HEADER + MESSAGE).replace("UTF-8", named).encode(named)
    assert po.charset_notice(data, HERE) == (
        f"the file is not UTF-8: it was read as {named}, as its header says"
    )
    written = updated(data)
    assert words(written)["a"] == ("Do share", WORDS, False)
    assert b"charset=utf-8" in written
    assert po.charset_notice(written, HERE) == ""


@pytest.mark.parametrize("named", ["iso-8859-2", "ISO-8859-1", "GB2312", "x-unknown"])
def test_utf8_bytes_are_utf8_whatever_the_header_says(named: str) -> None:
    data = (HEADER + MESSAGE).replace("UTF-8", named).encode()
    assert words(data)["a"] == ("Do share", WORDS, False)
    assert po.charset_notice(data, HERE).startswith(
        f"the header says the charset is {named}, but the file is"
    )
    assert b"charset=utf-8" in updated(data)


@pytest.mark.parametrize("header", ["", HEADER.replace("UTF-8", "CHARSET"), 'msgid ""\nmsgstr ""\n\n'])
def test_utf8_bytes_need_no_charset(header: str) -> None:
    data = (header + MESSAGE).encode()
    assert words(data)["a"] == ("Do share", WORDS, False)
    assert po.charset_notice(data, HERE) == ""
    assert b"charset=utf-8" in updated(data)


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + MESSAGE).encode("cp1250"),
        (HEADER + MESSAGE).replace("UTF-8", "CHARSET").encode("cp1250"),
        MESSAGE.encode("cp1250"),
        # ś and ź of Windows-1250 are control characters in ISO 8859-2.
        (HEADER + MESSAGE).replace("UTF-8", "iso-8859-2").encode("cp1250"),
        (HEADER + MESSAGE).replace("UTF-8", "ascii").encode("cp1250"),
        (HEADER + MESSAGE).replace("UTF-8", "unicode_escape").encode("cp1250"),
        (HEADER + MESSAGE).replace("UTF-8", "x-unknown").encode("cp1250"),
        (HEADER + MESSAGE).encode("utf-16-le"),
        (HEADER + MESSAGE).encode("utf-16")[:-1],
        b"\0" * 500,
    ],
)
def test_bytes_that_nobody_can_be_sure_of_are_refused(data: bytes) -> None:
    for act in (
        lambda: po.read_catalog(data, HERE),
        lambda: po.merge(POT, data, "pl", HERE),
        lambda: po.with_translations(data, {"a": "x"}, HERE),
    ):
        with pytest.raises(CatalogError) as caught:
            act()
        assert caught.value.path == HERE
        assert caught.value.remedy == "Save the file as UTF-8 in the program that made it."


# Headers

ODD_HEADERS = {
    "an empty date": '"PO-Revision-Date: \\n"',
    "a date in words": '"PO-Revision-Date: Tuesday, 3rd of May\\n"',
    "a date with seconds": '"PO-Revision-Date: 2026-11-24 00:27:31 +0100\\n"',
    "a date of ISO 8601": '"POT-Creation-Date: 2026-11-24T00:27:31Z\\n"',
    "the date of a template": '"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"',
    "fields of other programs": '"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: ..\\n"',
    "a field without value": '"Last-Translator:\\n"',
    "a line that is no field": '"This is our catalog\\n"',
    "a field twice": '"X-Generator: Poedit 3.4\\n"\n"X-Generator: Lokalize 22\\n"',
    "a field on two lines": '"X-Note: first "\n"second\\n"',
    "plural forms": '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 ? 1 : 2);\\n"',
    "plural forms without semicolon": '"Plural-Forms: nplurals=2; plural=n != 1\\n"',
}


@pytest.mark.parametrize("field", ODD_HEADERS.values(), ids=ODD_HEADERS)
def test_odd_header_fields_are_kept_as_they_are(field: str) -> None:
    data = (HEADER.removesuffix("\n") + field + "\n\n" + MESSAGE).encode()
    before, after = parse(data, HERE).header, parse(updated(data), HERE).header
    assert before is not None
    assert after is not None
    assert after.text.startswith(before.text)
    written = po.with_translations(data, {"a": WORDS}, HERE)
    assert parse(written, HERE).header == before


@pytest.mark.parametrize(
    "forms", ["nplurals=INTEGER; plural=EXPRESSION;", "", "nplurals=two; plural=n>1;", "plural=0;"]
)
def test_plural_forms_that_are_none_become_those_of_the_language(forms: str) -> None:
    data = (HEADER.removesuffix("\n") + f'"Plural-Forms: {forms}\\n"\n\n{MESSAGE}').encode()
    assert words(data)["a"] == ("Do share", WORDS, False)
    assert b"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n" in updated(data)


@pytest.mark.parametrize("language", ["", "pl_PL", "Polish", "de"])
def test_the_language_of_a_header_is_that_of_the_catalog(language: str) -> None:
    data = (HEADER.replace("Language: pl", f"Language: {language}") + MESSAGE).encode()
    assert b'"Language: pl\\n"' in updated(data)


def test_a_fuzzy_header_is_no_longer_fuzzy_after_an_update() -> None:
    data = ("#, fuzzy\n" + HEADER + MESSAGE).encode()
    assert parse(updated(data), HERE).messages[0].text == WORDS
    assert not updated(data).startswith(b"#, fuzzy")


def test_two_headers_are_refused() -> None:
    with pytest.raises(CatalogError, match="the header is already at line 1"):
        po.read_catalog((HEADER + MESSAGE + "\n" + HEADER).encode(), HERE)


# Comments, flags and places

COMMENTS = {
    "the same comment twice": "# one\n# one\n#\n#\n# two",
    "comments of every kind in another order": "#, no-wrap\n#: b.md:3\n# one\n#. two\n#: a.md:1",
    "a Windows path": "#: C:\\School\\guide.md:12 D:\\x.md",
    "a path with spaces": "#: \u2068a b.md\u2069:3",
    "half of a path with spaces": "#: \u2069a b.md",
    "flags on several lines": "#, no-wrap\n#, fuzzy\n#, x-own",
    "flags without spaces": "#,fuzzy,no-wrap",
    "empty flags": "#, , fuzzy,",
    "sticky flags of gettext 0.26": "#= no-wrap",
    "comments without space": "#one\n#!two",
    "a blank line after the comments": "# one\n",
}


@pytest.mark.parametrize("comments", COMMENTS.values(), ids=COMMENTS)
def test_comments_are_kept_letter_for_letter(comments: str) -> None:
    data = (HEADER + comments + "\n" + MESSAGE).encode()
    written = accepted(po_bytes(parse(data, HERE)))
    lines = [line for line in comments.split("\n") if line and not line.startswith("#,")]
    found = written.decode().split("\n")
    assert sorted(line for line in found if line.startswith("#") and not line.startswith("#,")) == sorted(
        lines
    )
    assert set(parse(written, HERE).messages[0].flags) == {
        flag.strip() for line in comments.split("\n") if line[:2] == "#," for flag in line[2:].split(",")
    } - {""}
    assert words(updated(data))["a"][2] == ("fuzzy" in comments)


def test_an_update_keeps_the_translators_comments_and_flags() -> None:
    data = (HEADER + "# one\n# one\n#. old note\n#: old.md\n#, no-wrap\n" + MESSAGE).encode()
    (entry, _) = parse(updated(data), HERE).messages
    assert (entry.comments, entry.notes, entry.places) == (("# one", "# one"), (), ())
    assert entry.flags == ("no-wrap",)


def test_comments_after_the_last_message_are_kept() -> None:
    assert updated((HEADER + MESSAGE + "\n# The end.\n#\n").encode()).endswith(b"\n\n# The end.\n#\n")


# Previous English

PREVIOUS = {
    "on one line": '#| msgid "Do not share"',
    "with msgctxt": '#| msgctxt "a-old"\n#| msgid "Do not share"',
    "wrapped": '#| msgid ""\n#| "Do not "\n#| "share"',
    "with plural forms": '#| msgid "Do not share"\n#| msgid_plural "Do not share them"',
    "without space": '#|msgid "Do not share"',
    "with escapes": '#| msgid "Do \\"not\\"\\tshare\\\\\\n"',
}


@pytest.mark.parametrize("previous", PREVIOUS.values(), ids=PREVIOUS)
def test_previous_english_survives_every_update(previous: str) -> None:
    data = (HEADER + "#, fuzzy\n" + previous + "\n" + MESSAGE).encode()
    before = parse(data, HERE).messages[0].previous
    assert before is not None
    assert before.ids[0].startswith("Do ")
    assert parse(updated(data), HERE).messages[0].previous == before
    changed = updated(updated(data), POT.replace(b"Do share", b"Never share"))
    assert parse(changed, HERE).messages[0].previous == before
    gone = updated(changed, POT.replace(b'msgctxt "a"', b'msgctxt "z"'))
    assert parse(gone, HERE).obsolete[0].previous == before
    assert parse(updated(gone), HERE).messages[0].previous == before


@pytest.mark.parametrize("tool", ["msgcat", "msgattrib", "msguniq"])
@pytest.mark.parametrize("previous", PREVIOUS.values(), ids=PREVIOUS)
def test_previous_english_survives_other_programs(previous: str, tool: str) -> None:
    data = updated((HEADER + "#, fuzzy\n" + previous + "\n" + MESSAGE).encode())
    before = parse(data, HERE).messages[0].previous
    for _ in range(3):
        done = subprocess.run([need(tool), "-"], input=data, capture_output=True, check=True)
        data = updated(done.stdout)
    assert parse(data, HERE).messages[0].previous == before


# Obsolete messages


def obsolete(*texts: tuple[str, str, str]) -> str:
    return "".join(f'#~ msgctxt "{c}"\n#~ msgid "{i}"\n#~ msgstr "{s}"\n\n' for c, i, s in texts)


def kept(file: PoFile) -> list[tuple[str | None, str, str]]:
    return [(entry.context, entry.id, entry.text) for entry in file.obsolete]


def test_obsolete_messages_of_one_context_are_all_kept() -> None:
    old = [("z", "One", "1"), ("z", "Two", "2"), ("z", "Three", "3"), ("a", "Other", "4")]
    assert kept(parse(updated((HEADER + MESSAGE + "\n" + obsolete(*old)).encode()), HERE)) == old


def test_of_several_obsolete_messages_the_one_of_the_same_english_returns() -> None:
    old = obsolete(("b", "Do tell", "1"), ("b", "Do ask", "2"), ("b", "Ask", "3"))
    file = parse(updated((HEADER + MESSAGE + "\n" + old).encode()), HERE)
    assert (file.messages[1].text, file.messages[1].fuzzy) == ("2", False)
    assert kept(file) == [("b", "Do tell", "1"), ("b", "Ask", "3")]
    other = parse(updated((HEADER + MESSAGE + "\n" + old).encode(), POT.replace(b"Do ask", b"Ask us")), HERE)
    assert (other.messages[1].text, other.messages[1].fuzzy) == ("3", True)


def test_the_translation_of_the_present_english_comes_before_a_later_one() -> None:
    later = MESSAGE.replace("Do share", "Never share").replace("Podaj", "Nie podawaj")
    file = parse(updated((HEADER + later + "\n" + obsolete(("a", "Do share", WORDS))).encode()), HERE)
    assert (file.messages[0].text, file.messages[0].fuzzy) == (WORDS, False)
    assert kept(file) == [("a", "Never share", WORDS.replace("Podaj", "Nie podawaj"))]


def test_an_obsolete_translation_fills_an_empty_message() -> None:
    empty = MESSAGE.replace(WORDS, "")
    file = parse(updated((HEADER + empty + "\n" + obsolete(("a", "Share", WORDS))).encode()), HERE)
    assert (file.messages[0].text, file.messages[0].fuzzy, kept(file)) == (
        WORDS,
        True,
        [("a", "Share", WORDS)],
    )
    assert file.messages[0].previous == Previous("", ("Share",))


def test_comments_of_obsolete_messages_are_kept() -> None:
    old = "# one\n#. two\n#: c.md:3\n#, fuzzy, no-wrap\n" + obsolete(("z", "One", "1"))
    written = updated((HEADER + MESSAGE + "\n" + old).encode())
    assert written.endswith(old.encode())


def test_an_obsolete_message_between_others_goes_to_the_end() -> None:
    data = (HEADER + obsolete(("z", "One", "1")) + MESSAGE).encode()
    assert kept(parse(updated(data), HERE)) == [("z", "One", "1")]
    assert words(updated(data))["a"][1] == WORDS


def test_an_obsolete_message_that_repeats_another_is_dropped() -> None:
    old = obsolete(("z", "One", "1"), ("z", "One", "1"), ("a", "Do share", WORDS), ("a", "Do share", ""))
    assert kept(parse(updated((HEADER + MESSAGE + "\n" + old).encode()), HERE)) == [("z", "One", "1")]


def test_an_obsolete_message_that_contradicts_another_is_refused() -> None:
    old = obsolete(("z", "One", "1"), ("z", "One", "2"), ("a", "Do share", "3"))
    with pytest.raises(CatalogError) as caught:
        po.merge(POT, (HEADER + MESSAGE + "\n" + old).encode(), "pl", HERE)
    assert [p.text for p in caught.value.problems] == [
        "the message “z” is already at line 11",
        "the message “a” is already at line 7",
    ]


# Messages without msgctxt and with plural forms


@pytest.mark.parametrize("line", ['msgctxt "a"\n', 'msgctxt "a"\n#~ '])
def test_a_translation_that_lost_its_msgctxt_is_offered_as_fuzzy(line: str) -> None:
    lost = MESSAGE.removeprefix('msgctxt "a"\n')
    if line.endswith("#~ "):
        lost = "".join(f"#~ {each}\n" for each in lost.splitlines())
    else:
        with pytest.raises(CatalogError, match="has no msgctxt") as caught:
            po.read_catalog((HEADER + lost).encode(), HERE)
        assert "Run “parentguide update”" in caught.value.remedy
    file = parse(updated((HEADER + lost).encode()), HERE)
    assert [(m.text, m.fuzzy) for m in file.messages] == [(WORDS, True), ("", False)]
    assert file.obsolete == ()


def test_a_translation_without_msgctxt_never_replaces_one_that_has_it() -> None:
    lost = MESSAGE.removeprefix('msgctxt "a"\n').replace("Podaj", "Daj")
    file = parse(updated((HEADER + MESSAGE + "\n" + lost).encode()), HERE)
    assert (file.messages[0].text, file.messages[0].fuzzy) == (WORDS, False)
    assert kept(file) == [(None, "Do share", WORDS.replace("Podaj", "Daj"))]


def test_plural_forms_are_kept() -> None:
    plural = (
        'msgctxt "b"\nmsgid "Do ask"\nmsgid_plural "Do asks"\nmsgstr[0] "1"\nmsgstr[1] "2"\nmsgstr[2] "3"\n'
    )
    header = HEADER.removesuffix("\n") + ODD_HEADERS["plural forms"] + "\n\n"
    file = parse(updated((header + MESSAGE + "\n" + plural).encode()), HERE)
    assert (file.messages[1].text, file.messages[1].fuzzy) == ("1", True)
    assert file.messages[1].comments == ('# msgstr[1] "2"', '# msgstr[2] "3"')
    other = parse(updated((header + MESSAGE + "\n" + plural.replace("Do", "Now")).encode()), HERE)
    assert (other.messages[1].text, other.obsolete[0].strings) == ("", ("1", "2", "3"))


# Strings


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("\\a\\b\\f\\v\\t\\r", "\a\b\f\v\t\r"),
        ("\\101\\x42\\0603", "AB03"),
        ('\\\\n \\"', '\\n "'),
        ("a\u2028b\x85c", "a\u2028b\x85c"),
    ],
)
def test_escapes_are_those_of_c(written: str, text: str) -> None:
    data = (HEADER + MESSAGE.replace("Podaj", written)).encode()
    assert words(data)["a"][1] == WORDS.replace("Podaj", text)
    assert words(updated(data)) == {**words(data), "b": ("Do ask", "", False)}


@pytest.mark.parametrize("written", ["\\q", "\\ ", "\\9", "\\xg"])
def test_escapes_that_gettext_does_not_know_are_refused(written: str) -> None:
    data = (HEADER + MESSAGE.replace("Podaj", written)).encode()
    with pytest.raises(CatalogError, match="stands for no character") as caught:
        po.read_catalog(data, HERE)
    assert caught.value.line == 8
    with pytest.raises(AssertionError):
        accepted(data)
