"""PO files are checked line by line as GNU msgfmt does, and ``#|`` lines are read."""

import subprocess
from pathlib import Path

import pytest

from parentguide.translation.po.entries import Previous
from parentguide.translation.po.lines import PoLines, read_lines
from tests.conftest import need

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'

# A message after HEADER, the lines of its mistakes, and a part of what is said of the first one.
BROKEN = {
    "no last quotation mark": ('msgid "a\nmsgstr "b"\n', [4], "not a complete PO string"),
    "no quotation marks": ('msgid a\nmsgstr "b"\n', [4], "not a complete PO string"),
    "an unknown keyword": ('msgid "a"\nmsgstring "b"\n', [5], "not a complete PO string"),
    "an obsolete text without end": ('#~ msgid "a\n#~ msgstr "b"\n', [4], "not a complete PO string"),
    "no msgid": ('msgctxt "a"\nmsgstr "b"\n', [5], "msgstr cannot be after msgctxt"),
    "no msgstr": ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', [5], "msgid cannot be after msgid"),
    "two msgstr": ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', [6], "msgstr cannot be after msgstr"),
    "msgstr first": ('# a\nmsgstr "b"\n', [5], "msgstr cannot be first in a message"),
    "a plural without numbers": ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', [6], "after msgid_plural"),
    "a comment inside": (
        'msgctxt "a"\n# b\nmsgid "c"\nmsgstr "d"\n',
        [5],
        "before this comment has no msgstr",
    ),
    "a previous msgid inside": ('msgctxt "a"\n#| msgid "b"\nmsgid "c"\nmsgstr "d"\n', [5], "no msgstr"),
    "an end too early": ('msgctxt "a"\nmsgid "b"', [5], "the last of the file has no msgstr"),
    "half obsolete": ('msgid "a"\n#~ msgstr "b"\n', [5], "only a part of this message"),
    "half obsolete text": ('#~ msgid "a"\n"b"\n#~ msgstr "c"\n', [5, 6], "only a part of this message"),
    "text without keyword": ('# a\n"b"\nmsgid "c"\nmsgstr "d"\n', [5], "no keyword before it"),
    "previous words": ('#| old words\nmsgid "a"\nmsgstr "b"\n', [4], "no msgctxt or msgid after it"),
    "a previous text without end": ('#| msgid "a\nmsgid "b"\nmsgstr "c"\n', [4], "no last quotation mark"),
}


@pytest.mark.parametrize(("text", "lines", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_line(
    text: str, lines: list[int], problem: str, tmp_path: Path
) -> None:
    mistakes = read_lines(HEADER + text).mistakes
    assert [mistake.line for mistake in mistakes] == lines
    assert problem in mistakes[0].text
    assert all(mistake.remedy for mistake in mistakes)
    assert not _gnu_accepts(HEADER + text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n',
        'msgctxt ""\n"a"\nmsgid ""\n"b"\n"c"\nmsgstr ""\n"d"\n',
        '  msgid "a"\n  msgstr\t"b"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
        '# a\n#. b\n#: c.md\n#, fuzzy\n#| msgid ""\n#| "d"\nmsgid "e"\n\nmsgstr "f"\n# the end\n',
        'msgid "a"\nmsgstr "b"\n#~ msgid "c"\n#~ msgstr "d"\nmsgid "e"\nmsgstr "f"\n',
        '#, fuzzy\n#~| msgctxt "a"\n#~| msgid "b"\n#~ msgctxt "c"\n#~ msgid "d"\n#~ msgstr ""\n#~ "e"\n#~\n',
        'msgid "a \\"b\\" \\\\ \\t\\n"\nmsgstr "c\\n"\n',
        'msgid "a\u2028b\x0bc\x85"\nmsgstr "d\u2029e"\n',
    ],
)
def test_what_gnu_accepts_is_accepted(text: str, tmp_path: Path) -> None:
    assert read_lines(HEADER + text).mistakes == ()
    assert _gnu_accepts(HEADER + text, tmp_path)


def _gnu_accepts(text: str, folder: Path) -> bool:
    path = folder / "a.po"
    path.write_text(text, encoding="utf-8", newline="")
    done = subprocess.run([need("msgfmt"), "-o", "/dev/null", path], capture_output=True, check=False)
    return done.returncode == 0


def contexts(read: PoLines) -> dict[str | None, int]:
    return {entry.context: entry.context_line for entry in read.entries if not entry.obsolete}


def previous_of(read: PoLines) -> list[Previous]:
    return [entry.previous for entry in read.entries if entry.previous]


def test_all_mistakes_are_found_at_once() -> None:
    text = 'msgctxt "a"\nmsgid "b\nmsgstr "c"\n\nmsgctxt "a"\nmsgid "d"\n\n#| e\nmsgid "f"\nmsgstr g\n'
    assert [mistake.line for mistake in read_lines(text).mistakes] == [2, 5, 8, 8, 10]


def test_a_context_that_is_used_twice_names_both_lines() -> None:
    text = 'msgctxt "a"\nmsgid "b"\nmsgstr ""\n\nmsgctxt ""\n"a"\nmsgid "c"\nmsgstr ""\n'
    (mistake,) = read_lines(text).mistakes
    assert mistake.line == 5
    assert mistake.text == "the msgctxt “a” is already used at line 1"


def test_an_obsolete_message_may_have_a_used_context() -> None:
    read = read_lines('msgctxt "a"\nmsgid "b"\nmsgstr ""\n\n#~ msgctxt "a"\n#~ msgid "c"\n#~ msgstr "d"\n')
    assert (read.mistakes, contexts(read)) == ((), {"a": 1})


def test_contexts_have_the_line_of_their_msgctxt() -> None:
    read = read_lines(
        '# 1\n#| msgid "2"\nmsgctxt "a\\"b"\nmsgid "4"\nmsgstr "5"\n\nmsgctxt ""\n"c"\nmsgid "9"\nmsgstr ""'
    )
    assert contexts(read) == {'a"b': 3, "c": 7}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_previous_lines_are_read_with_every_line_end(end: str) -> None:
    text = '#, fuzzy\n#| msgctxt "a"\n#| msgid "b"\nmsgid "c"\nmsgstr "d"'.replace("\n", end)
    read = read_lines(text)
    assert [(e.id, e.text, e.flags, e.line) for e in read.entries] == [("c", "d", ("fuzzy",), 4)]
    assert previous_of(read) == [Previous("a", ("b",))]


PREVIOUS = {
    "one line": ('#| msgid "a b"', Previous(ids=("a b",))),
    "with msgctxt": ('#| msgctxt "x"\n#| msgid "a"', Previous("x", ("a",))),
    "several strings": ('#| msgid ""\n#| "a\\n"\n#| "b"', Previous(ids=("a\nb",))),
    "plural forms": ('#| msgid "a"\n#| msgid_plural "b"', Previous(ids=("a", "b"))),
    "broken at a space by Babel": ('#| msgid "a\n#| b\n#| c"', Previous(ids=("a b c",))),
    "several strings broken by Babel": ('#| msgid "" "a\\n" "b\n#| c"', Previous(ids=("a\nb c",))),
    "a comment of an earlier version": ('# | msgid "a"', Previous(ids=("a",))),
    "such a comment of two lines": ('# | msgid "a\n# | b"', Previous(ids=("a b",))),
    "such a comment of two strings": ('# | msgid ""\n# | "a"', Previous(ids=("a",))),
    "two such comments": ('# | msgid "a"\n# | msgid "b"', Previous(ids=("b",))),
    "such a comment and a real one": ('# | msgid "a"\n#| msgid "b"', Previous(ids=("b",))),
}


@pytest.mark.parametrize("mark", ["", "~"])
@pytest.mark.parametrize(("text", "previous"), PREVIOUS.values(), ids=PREVIOUS)
def test_previous_msgids_are_read(text: str, previous: Previous, mark: str) -> None:
    body = "#~ msgid" if mark else "msgid"
    text = (
        "#, fuzzy\n" + text.replace("#|", f"#{mark}|") + f'\n{body} "new"\n{body.replace("id", "str")} ""\n'
    )
    read = read_lines(text)
    assert (previous_of(read), read.mistakes) == ([previous], ())
    assert read.entries[0].comments == ()


def test_previous_lines_without_msgid_have_nothing_to_keep() -> None:
    assert previous_of(read_lines('#| msgctxt "a"\nmsgid "b"\nmsgstr ""\n')) == []


def test_comments_of_people_stay() -> None:
    comments = ["# | a | b |", "# msgid “a”", '# | msgid "a"', "# |x", "# | y", "#", "#. | msgid"]
    read = read_lines("\n".join([*comments, 'msgid "a"', 'msgstr ""']))
    (entry,) = read.entries
    assert [*entry.comments, *entry.notes] == [c for c in comments if 'msgid "' not in c]


@pytest.mark.parametrize("mark", ["#|", "#~|"])
@pytest.mark.parametrize(
    "previous",
    [
        Previous(ids=("a" * 60 + " " + "b" * 60,)),
        Previous("x", ("a\nb\n", 'c "d" \\ \t')),
        Previous("", ("a  b",)),
    ],
)
def test_written_previous_lines_are_read_alike(previous: Previous, mark: str) -> None:
    start = "#~ " if mark == "#~|" else ""
    text = previous.lines(mark) + f'{start}msgid "new"\n{start}msgstr ""\n'
    assert previous_of(read_lines(text)) == [previous]
