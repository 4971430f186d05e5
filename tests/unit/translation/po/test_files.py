"""PO files are written as they were read, whatever program made them."""

import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from parentguide.errors import CatalogError
from parentguide.translation.po.entries import Previous
from parentguide.translation.po.files import PoFile, parse, po_bytes
from tests.conftest import need

HERE = Path("a.po")
LONG = "A text of more than seventy-six characters, which Babel's writer breaks in the middle of a string."
PLURALS = "nplurals=2; plural=(n != 1);"
FILE = f"""\
# A language.
msgid ""
msgstr ""
"Project-Id-Version: x 1\\n"
"Report-Msgid-Bugs-To: EMAIL@ADDRESS\\n"
"POT-Creation-Date: 2026-11-24 00:27+0000\\n"
"PO-Revision-Date: 2026-11-24 00:27+0000\\n"
"Last-Translator: a\\n"
"Language: pl\\n"
"Language-Team: b\\n"
"Plural-Forms: PLURALS\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Generated-By: Babel 2.18.0\\n"

# A translator's comment.
#. A note.
#: a.md
#, fuzzy, python-brace-format
#| msgctxt "x"
#| msgid ""
#| "One\\n"
#| "two"
msgctxt "a"
msgid "Call {{nspcc}}."
msgstr "Zadzwoń {{nspcc}}."

#, fuzzy
#| msgid "{LONG}"
msgctxt "b"
msgid "b"
msgstr "ą"

msgctxt "c"
msgid "c"
msgstr ""

#, fuzzy
#~| msgctxt "y"
#~| msgid "old d"
#~ msgctxt "d"
#~ msgid "d"
#~ msgstr "ć"

#~ msgid "e"
#~ msgid_plural "es"
#~ msgstr[0] "ę"
#~ msgstr[1] "ęs"

""".replace("PLURALS", PLURALS).encode()


def test_a_file_is_written_as_it_was_read() -> None:
    assert po_bytes(parse(FILE, HERE)) == FILE


def previous_of(file: PoFile) -> dict[str | None, Previous]:
    return {e.context: e.previous for e in (*file.messages, *file.obsolete) if e.previous}


def test_a_file_without_comment_at_the_top_is_written_as_it_was_read() -> None:
    bare = FILE.replace(b"# A language.\n", b"")
    assert po_bytes(parse(bare, HERE)) == bare


def test_gnu_gettext_and_babel_accept_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(po_bytes(parse(FILE, HERE)))
    done = subprocess.run([need("msgfmt"), "-c", "-o", "/dev/null", path], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    with_previous = [line for line in FILE.splitlines() if not line.startswith(b"#~|")]
    assert len(read_po(line + b"\n" for line in with_previous)) == 3


def test_previous_msgids_are_found_by_message() -> None:
    assert previous_of(parse(FILE, HERE)) == {
        "a": Previous("x", ("One\ntwo",)),
        "b": Previous("", (LONG,)),
        "d": Previous("y", ("old d",)),
    }


def test_comments_of_earlier_versions_become_previous_msgids_of_fuzzy_messages() -> None:
    junk = FILE.replace(b"#| ", b"# | ")
    assert po_bytes(parse(junk, HERE)) == FILE
    checked = parse(junk.replace(b"#, fuzzy\n# |", b"# |"), HERE)
    assert "b" not in previous_of(checked)
    assert b"# |" not in po_bytes(checked)


def test_messages_are_without_header_and_obsolete_ones() -> None:
    assert [entry.key for entry in parse(FILE, HERE).messages] == [
        ("a", "Call {nspcc}."),
        ("b", "b"),
        ("c", "c"),
    ]


def test_a_file_is_utf8_whatever_its_header_says() -> None:
    file = parse(FILE.replace(b"charset=utf-8", b"charset=iso-8859-2"), HERE)
    assert po_bytes(file) == FILE


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(CatalogError, match="not UTF-8 at byte 3"):
        parse(b"# a\xff", HERE)


def test_one_mistake_is_told_as_it_is() -> None:
    with pytest.raises(CatalogError) as caught:
        parse(FILE.replace(b'msgid "b"', b'msgid "b'), HERE)
    assert str(caught.value).startswith("a.po:32: this line is not a complete PO string\n  What to do: Write")


def test_all_mistakes_of_a_file_come_in_one_error() -> None:
    with pytest.raises(CatalogError) as caught:
        parse(FILE.replace(b'msgid "b"', b'msgid "b').replace(b'msgctxt "c"', b'msgctxt "a"'), HERE)
    assert [line for line in str(caught.value).splitlines() if "What to do" not in line] == [
        "a.po:32: this line is not a complete PO string",
        "a.po:35: the msgctxt “a” is already used at line 25",
    ]
    assert caught.value.line == 32


def test_a_file_of_another_kind_has_no_endless_error() -> None:
    with pytest.raises(CatalogError) as caught:
        parse(b"<p>not a PO file</p>\n" * 500, None)
    assert [problem.line for problem in caught.value.problems] == [*range(1, 21), 0]
    assert caught.value.problems[-1].text == "480 more mistakes"


def test_messages_without_context_and_with_plurals_are_refused_together() -> None:
    text = b'msgid "a"\nmsgstr ""\n\nmsgctxt "b"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    with pytest.raises(CatalogError) as caught:
        parse(text, HERE)
    assert [(problem.line, problem.text) for problem in caught.value.problems] == [
        (1, "the message “a” has no msgctxt"),
        (5, "the message “b” has plural forms"),
    ]
