"""Any catalog, in any form of any program, keeps its messages, and GNU gettext accepts what we write."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from parentguide.errors import CatalogError
from parentguide.translation import po
from parentguide.translation.po.entries import Entry, Previous
from parentguide.translation.po.files import parse, po_bytes
from tests.conftest import need
from tests.fuzzing import fuzz

HERE = Path("a.po")
HEADER = "Language: pl\nPO-Revision-Date: \nContent-Type: text/plain; charset={}\nX-Generator: Other 1\n"


def _inside(text: str) -> str:
    """Without line breaks at the ends, which GNU gettext wants both in the msgid and in the msgstr."""
    return text.strip("\n") or "x"


# All letters of ISO 8859-2, CP1250 and UTF-8 that these have in common, and what strings escape.
POLISH = st.text(st.sampled_from(' aąćęłńóśźżŚ"\\\n\t\r{}%#~|0'), min_size=1, max_size=12).map(_inside)
ANY = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters='"\\\n\t\r\a\v\x85'),
    min_size=1,
    max_size=12,
).map(_inside)
COMMENT = st.sampled_from(["# one", "# one", "#", "# dwa ąć", '# a "b" c', "#= wrap"])
NEW_LINES = st.sampled_from(["\n", "\r\n", "\r"])
CHARSETS = st.sampled_from(["utf-8", "utf-8-sig", "iso-8859-2", "cp1250"])


@st.composite
def entries(draw: st.DrawFn, text: st.SearchStrategy[str], context: str, obsolete: bool) -> Entry:
    flags = draw(st.sets(st.sampled_from(["fuzzy", "no-wrap", "x-own"])))
    previous = draw(st.none() | st.builds(Previous, st.just("") | text, st.tuples(text)))
    return Entry(
        draw(text),
        (draw(text | st.just("")),),
        context,
        comments=tuple(draw(st.lists(COMMENT, max_size=3))),
        notes=tuple(draw(st.lists(st.sampled_from(["#. note", "#.", "#.x"]), max_size=2))),
        places=tuple(draw(st.lists(st.sampled_from(["#: a.md:1", "#: C:\\b c.md", "#:d.md"]), max_size=2))),
        flags=tuple(sorted(flags)),
        previous=previous,
        obsolete=obsolete,
    )


@st.composite
def catalogs(draw: st.DrawFn, text: st.SearchStrategy[str]) -> tuple[Entry, ...]:
    """Entries of different contexts, the obsolete ones last; an obsolete one may have a used context."""
    contexts = draw(st.lists(text, unique=True, max_size=4))
    found = [draw(entries(text, context, obsolete=False)) for context in contexts]
    old = draw(st.lists(st.sampled_from([*contexts, "old"]), max_size=2))
    found += [draw(entries(text, context, obsolete=True)) for context in old]
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in found:
        first.setdefault(entry.key, entry)
    return tuple(first.values())


def written(found: tuple[Entry, ...], charset: str, new_line: str) -> bytes:
    """The file as another program would write it."""
    header = Entry("", (HEADER.format(charset.removesuffix("-sig")),))
    text = "\n\n".join("\n".join(entry.lines()) for entry in (header, *found))
    return text.replace("\n", new_line).encode(charset)


def without_lines(found: tuple[Entry, ...]) -> list[Entry]:
    return [replace(entry, line=0, context_line=0) for entry in found]


def gnu_accepts(data: bytes) -> None:
    run = [need("msgfmt"), "-o", "/dev/null", "-"]
    done = subprocess.run(run, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@fuzz(200)
@given(found=catalogs(POLISH), charset=CHARSETS, new_line=NEW_LINES)
def test_what_is_read_is_written_and_read_again(
    found: tuple[Entry, ...], charset: str, new_line: str
) -> None:
    file = parse(written(found, charset, new_line), HERE)
    assert without_lines((*file.messages, *file.obsolete)) == list(found)
    data = po_bytes(file)
    again = parse(data, HERE)
    assert without_lines((*again.messages, *again.obsolete)) == list(found)
    assert po_bytes(again) == data
    gnu_accepts(data)


@fuzz(200)
@given(found=catalogs(ANY), new_line=NEW_LINES)
def test_texts_in_every_script_are_read_as_they_were_written(found: tuple[Entry, ...], new_line: str) -> None:
    data = po_bytes(parse(written(found, "utf-8", new_line), HERE))
    assert without_lines(parse(data, HERE).messages) == [entry for entry in found if not entry.obsolete]
    gnu_accepts(data)


@fuzz(100)
@given(found=catalogs(POLISH), new_line=NEW_LINES)
def test_an_update_with_its_own_messages_changes_no_words(found: tuple[Entry, ...], new_line: str) -> None:
    own = tuple(entry for entry in found if not entry.obsolete)
    template = po_bytes(parse(written(own, "utf-8", "\n"), HERE))
    data = po.merge(template, written(found, "utf-8", new_line), "pl", HERE)
    read = po.read_catalog(data, HERE)
    assert list(read) == [entry.context for entry in own]
    # An obsolete translation may fill a message that has none.
    for entry in own:
        message = read[str(entry.context)]
        assert not entry.text or (message.text, message.fuzzy) == (entry.text, entry.fuzzy)
    lost = {entry.text for entry in found} - {m.text for m in read.values()} - {""}
    assert lost == lost & {entry.text for entry in parse(data, HERE).obsolete}
    for _ in range(3):
        assert po.merge(template, data, "pl", HERE) == data
    gnu_accepts(data)


@fuzz(100)
@given(found=catalogs(POLISH))
def test_babel_reads_the_same_words(found: tuple[Entry, ...]) -> None:
    data = po_bytes(parse(written(found, "utf-8", "\n"), HERE)).replace(b'"PO-Revision-Date: \\n"\n', b"")
    ours = {c: (m.english, m.text, m.fuzzy) for c, m in po.read_catalog(data, HERE).items()}
    babel = read_po(data.splitlines(keepends=True))
    assert ours == {str(e.context): (e.id, e.string, e.fuzzy) for e in babel if e.id}


@fuzz(200)
@given(found=catalogs(POLISH), cut=st.floats(0, 1), end=st.binary(max_size=3))
def test_a_damaged_catalog_is_refused_or_read_as_gnu_gettext_reads_it(
    found: tuple[Entry, ...], cut: float, end: bytes
) -> None:
    whole = written(found, "utf-8", "\n")
    data = whole[: int(len(whole) * cut)] + end
    try:
        merged = po.merge(whole, data, "pl", HERE)
    except CatalogError:
        return
    gnu_accepts(merged)


@pytest.mark.parametrize("new_line", ["\n", "\r\n"])
def test_a_template_keeps_its_line_ends(new_line: str) -> None:
    message = po.Message("a", "Do share", note="One.", places=("x.md",))
    first = po.pot_file([message], "1.0", None).replace(b"\n", new_line.encode())
    assert po.pot_file([message], "1.0", first) == first
