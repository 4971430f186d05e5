"""Catalogs are compared, merged and changed without losing a translation or what it was made for."""

import doctest
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from parentguide.errors import CatalogError
from parentguide.translation import po
from parentguide.translation.po import Message, catalogs, entries, strings
from tests.conftest import need

HERE = Path("a.po")
LONG = "This sentence has more than seventy-six characters, so that Babel breaks it between two words."
POT = b"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "a"
msgid "Do share"
msgstr ""

#. NSPCC is a name.
#: cse/guide.md
#, python-brace-format
msgctxt "b"
msgid "Call {nspcc}."
msgstr ""
"""
CHANGED = POT.replace(b"Do share", b"Do not share")
CHANGED_AGAIN = POT.replace(b"Do share", b"Never share")
WITHOUT_A = POT.replace(b'msgctxt "a"', b'msgctxt "c"')


def merged(template: bytes, catalog: bytes | None) -> bytes:
    """The merged catalog. A second merge must change nothing."""
    once = po.merge(template, catalog, "pl", HERE)
    assert po.merge(template, once, "pl", HERE) == once
    return once


def status(template: bytes, catalog: bytes) -> po.CatalogStatus:
    return po.catalog_status(po.read_catalog(template, HERE), po.read_catalog(catalog, HERE))


def entry(data: bytes, context: str) -> str:
    """The lines of a message, from its first comment to its msgstr; of an obsolete one if there is no other.

    Of obsolete ones, a fuzzy one before the pairs that are only remembered.
    """
    found = [
        part for part in data.decode().split("\n\n") if re.search(rf'^(#~ )?msgctxt "{context}"', part, re.M)
    ]
    return min(found, key=lambda part: ("\n#~ msgctxt" in f"\n{part}", "#, fuzzy" not in part))


def without_header(data: bytes) -> bytes:
    """All messages; GNU gettext has another order of the header's fields."""
    return data.partition(b"\n\n")[2]


@pytest.fixture
def translated() -> bytes:
    texts = {"a": "Podaj dalej", "b": "Zadzwoń {nspcc}."}
    return po.with_translations(merged(POT, None), texts, HERE)


# Reading and comparing


def test_messages_are_read_with_notes_and_lines(translated: bytes) -> None:
    messages = po.read_catalog(translated, HERE)
    lines = translated.decode().splitlines()
    assert messages == {
        "a": Message("a", "Do share", "Podaj dalej", line=lines.index('msgctxt "a"') + 1),
        "b": Message(
            "b",
            "Call {nspcc}.",
            "Zadzwoń {nspcc}.",
            note="NSPCC is a name.",
            line=lines.index('msgctxt "b"') + 1,
        ),
    }


def test_fuzzy_and_obsolete_messages_are_told_apart(translated: bytes) -> None:
    messages = po.read_catalog(
        merged(WITHOUT_A, po.with_translations(translated, {"b": "x"}, HERE, fuzzy=True)), HERE
    )
    assert {context: message.fuzzy for context, message in messages.items()} == {"c": False, "b": True}


def test_a_broken_file_is_refused_with_all_its_lines() -> None:
    broken = POT.replace(b'"Do share"', b'"Do share').replace(b'msgctxt "b"', b'msgctxt "a"')
    with pytest.raises(CatalogError) as caught:
        po.read_catalog(broken, HERE)
    assert (caught.value.path, caught.value.line) == (HERE, 5)
    assert [problem.line for problem in caught.value.problems] == [5, 11]
    assert caught.value.remedy


def test_a_catalog_is_complete_if_every_message_is_translated(translated: bytes) -> None:
    found = status(POT, translated)
    assert found == po.CatalogStatus({"a": "Podaj dalej", "b": "Zadzwoń {nspcc}."}, (), ())
    assert found.complete


def test_missing_and_fuzzy_messages_are_listed_in_the_templates_order(translated: bytes) -> None:
    assert status(POT, merged(POT, None)).missing == ("a", "b")
    empty = po.with_translations(translated, {"a": " "}, HERE)
    assert status(POT, empty) == po.CatalogStatus({"b": "Zadzwoń {nspcc}."}, ("a",), ())
    fuzzy = po.with_translations(translated, {"b": "x"}, HERE, fuzzy=True)
    assert status(POT, fuzzy) == po.CatalogStatus({"a": "Podaj dalej"}, (), ("b",))
    assert not status(POT, fuzzy).complete
    assert not status(POT, empty).complete


def test_a_message_that_the_catalog_does_not_have_is_missing(translated: bytes) -> None:
    assert status(WITHOUT_A, translated).missing == ("c",)


def test_a_translation_of_other_english_is_fuzzy_even_without_a_flag(translated: bytes) -> None:
    assert status(CHANGED, translated).fuzzy == ("a",)


# Templates


def test_a_template_has_notes_and_places_and_keeps_its_date() -> None:
    message = Message("a", "Do share", note="One.\nTwo.", places=("x.md", "y.md"))
    first = po.pot_file(
        [message], "1.0", POT.replace(b'\\n"\n', b'\\n"\n"POT-Creation-Date: 2020-01-02 03:04+0000\\n"\n', 1)
    )
    assert b"POT-Creation-Date: 2020-01-02 03:04+0000" in first
    assert entry(first, "a").splitlines()[:3] == ["#. One.", "#. Two.", "#: x.md y.md"]
    assert po.pot_file([message], "1.0", first) == first


@pytest.mark.parametrize(
    "previous", [None, b"", b"<<<<<<< HEAD\n", b'msgid ""\nmsgstr "POT-Creation-Date: x\\n"\n']
)
def test_a_template_without_a_readable_previous_one_has_a_new_date(previous: bytes | None) -> None:
    made = po.pot_file([], "1.0", previous)
    assert re.search(rb'"POT-Creation-Date: 20[2-9]\d-\d\d-\d\d \d\d:\d\d\+0000\\n"', made)


def test_a_template_keeps_its_date_if_a_message_of_the_old_one_is_broken() -> None:
    first = po.pot_file([Message("a", "Do share")], "1.0", None)
    dated = re.sub(rb"(?<=Date: )2[^+]*", b"2020-01-02 03:04", first, count=1)
    assert (
        po.pot_file([Message("a", "Do share")], "1.0", dated.replace(b'msgid "Do', b'<<<<\nmsgid "Do'))
        == dated
    )


# Setting translations


def test_only_the_given_messages_change(translated: bytes) -> None:
    changed = po.with_translations(translated, {"b": 'Dzwoń "teraz": {nspcc}.'}, HERE)
    assert changed == translated.replace("Zadzwoń {".encode(), 'Dzwoń \\"teraz\\": {'.encode())


def test_a_translation_can_be_set_as_fuzzy_and_confirmed(translated: bytes) -> None:
    fuzzy = po.with_translations(translated, {"a": "Podaj dalej"}, HERE, fuzzy=True)
    assert entry(fuzzy, "a").startswith("#, fuzzy\n")
    assert po.with_translations(fuzzy, {"a": "Podaj dalej"}, HERE) == translated


def test_another_message_keeps_its_previous_msgid_byte_for_byte(translated: bytes) -> None:
    fuzzy = merged(CHANGED, translated)
    assert '#| msgid "Do share"' in entry(fuzzy, "a")
    for _ in range(3):
        changed = po.with_translations(fuzzy, {"b": "Dzwoń {nspcc}."}, HERE)
        assert entry(changed, "a") == entry(fuzzy, "a")


def test_a_new_translation_has_no_previous_msgid(translated: bytes) -> None:
    changed = po.with_translations(merged(CHANGED, translated), {"a": "Nie podawaj dalej"}, HERE)
    assert entry(changed, "a") == 'msgctxt "a"\nmsgid "Do not share"\nmsgstr "Nie podawaj dalej"'


def test_unknown_messages_are_named_all_at_once(translated: bytes) -> None:
    with pytest.raises(CatalogError, match="there is no message “x”, “y”") as caught:
        po.with_translations(translated, {"y": "1", "a": "2", "x": "3"}, HERE)
    assert "parentguide update" in caught.value.remedy


def test_a_broken_catalog_is_not_changed() -> None:
    with pytest.raises(CatalogError):
        po.with_translations(POT.replace(b'"Do share"', b'"Do share'), {"b": "x"}, HERE)


# Merging


def test_a_new_catalog_says_that_it_is_a_draft() -> None:
    new = merged(POT, None).decode()
    assert new.startswith("# pl translations for parentguide. DRAFT: no bilingual reader has checked it.\n")
    assert '"Last-Translator: parentguide draft, not reviewed\\n"' in new
    assert '"Language: pl\\n"' in new


def test_what_has_not_changed_is_kept_byte_for_byte(translated: bytes) -> None:
    assert merged(POT, translated) == translated


def test_the_header_and_comments_of_translators_are_kept(translated: bytes) -> None:
    catalog = translated.replace(b"parentguide draft, not reviewed", b"Ada").replace(
        b'\nmsgctxt "a"', b'\n# A colloquial word.\nmsgctxt "a"'
    )
    assert merged(POT, catalog) == catalog


def test_notes_places_and_flags_are_those_of_the_template(translated: bytes) -> None:
    template = POT.replace(b"NSPCC is a name.", b"A charity.").replace(b"cse/", b"fgm/")
    template = template.replace(b"{nspcc}", b"us").replace(b"#, python-brace-format\n", b"")
    changed = entry(merged(template, translated), "b").splitlines()
    assert changed[:4] == ["#. A charity.", "#: fgm/guide.md", "#, fuzzy", '#| msgid "Call {nspcc}."']


def test_changed_english_makes_the_translation_fuzzy_and_keeps_the_old_english(translated: bytes) -> None:
    data = merged(CHANGED, translated)
    assert status(CHANGED, data).fuzzy == ("a",)
    assert entry(data, "a").splitlines() == [
        "#, fuzzy",
        '#| msgid "Do share"',
        'msgctxt "a"',
        'msgid "Do not share"',
        'msgstr "Podaj dalej"',
    ]


def test_english_that_changes_twice_keeps_what_the_translation_was_made_for(translated: bytes) -> None:
    data = merged(CHANGED_AGAIN, merged(CHANGED, translated))
    assert '#| msgid "Do share"\n' in entry(data, "a")
    assert "Do not share" not in entry(data, "a")


def test_a_draft_that_nobody_has_accepted_gets_no_previous_msgid(translated: bytes) -> None:
    draft = po.with_translations(translated, {"a": "Podaj"}, HERE, fuzzy=True)
    for template in (POT, CHANGED, POT):
        draft = merged(template, draft)
        assert "#|" not in entry(draft, "a")
        assert "#, fuzzy" in entry(draft, "a")
        assert b"#~" not in draft


def test_a_translation_returns_with_its_english(translated: bytes) -> None:
    changed = merged(CHANGED, translated)
    assert '#~ msgid "Do share"\n#~ msgstr "Podaj dalej"' in changed.decode()
    assert without_header(merged(POT, changed)) == without_header(translated)
    new = po.with_translations(changed, {"a": "Nie podawaj"}, HERE)
    back = merged(POT, new)
    assert entry(back, "a") == entry(translated, "a")
    assert entry(merged(CHANGED, back), "a") == entry(new, "a")


def test_a_fuzzy_translation_that_somebody_edited_is_not_accepted_when_its_english_returns(
    translated: bytes,
) -> None:
    changed = merged(CHANGED, translated)
    edited = changed.replace(b'msgstr "Podaj dalej"', b'msgstr "Nie podawaj"', 1)
    assert entry(merged(POT, edited), "a") == entry(translated, "a")
    assert b"Nie podawaj" in merged(POT, edited)
    without_memory = edited.partition(b"#~")[0]
    assert b'#| msgid "Do share"' in without_memory
    assert "#, fuzzy" in entry(merged(POT, without_memory), "a")


def test_the_accepted_pair_is_read_beside_a_fuzzy_translation(translated: bytes) -> None:
    edited = merged(CHANGED, translated).replace(b'msgstr "Podaj dalej"', b'msgstr "Nie"', 1)
    found = po.read_catalog(edited, HERE)["a"]
    assert (found.previous, found.previous_text) == ("Do share", "Podaj dalej")
    assert po.read_catalog(edited.partition(b"#~")[0], HERE)["a"].previous_text == ""


def test_the_previous_msgid_of_a_message_that_is_not_fuzzy_counts_no_more(translated: bytes) -> None:
    stale = translated.replace(b'msgctxt "a"', b'#| msgid "Older"\nmsgctxt "a"')
    assert "#|" not in entry(merged(POT, stale), "a")
    assert '#| msgid "Do share"\n' in entry(merged(CHANGED, stale), "a")


def test_a_message_without_translation_has_no_previous_msgid(translated: bytes) -> None:
    empty = po.with_translations(translated, {"a": ""}, HERE)
    assert entry(merged(CHANGED, empty), "a") == 'msgctxt "a"\nmsgid "Do not share"\nmsgstr ""'


def test_comments_of_earlier_versions_are_gone_after_a_merge(translated: bytes) -> None:
    fuzzy = merged(CHANGED, translated)
    junk = fuzzy.replace(b"#| msgid", b'# | msgid "Do cut"\n# | msgid')
    assert merged(CHANGED, junk) == fuzzy


def test_a_long_previous_msgid_is_written_as_gnu_gettext_reads_it(translated: bytes, tmp_path: Path) -> None:
    long = translated.replace(b"Do share", LONG.encode())
    data = merged(CHANGED, long)
    assert f'#| msgid "{LONG}"' in entry(data, "a")
    path = tmp_path / "a.po"
    path.write_bytes(data)
    subprocess.run([need("msgfmt"), "-o", "/dev/null", path], check=True)


def test_a_translation_is_never_taken_from_another_context(translated: bytes) -> None:
    data = merged(WITHOUT_A, translated)
    assert status(WITHOUT_A, data).missing == ("c",)
    assert '#~ msgctxt "a"' in entry(data, "a"), "the translation is kept as obsolete"
    assert merged(POT, data) == translated, "and returns with its context"


def test_an_untranslated_message_does_not_become_obsolete() -> None:
    assert b"#~" not in merged(WITHOUT_A, merged(POT, None))


def test_a_fuzzy_message_that_becomes_obsolete_returns_as_fuzzy(translated: bytes) -> None:
    fuzzy = merged(CHANGED, translated)
    obsolete = merged(WITHOUT_A, fuzzy)
    assert entry(obsolete, "a").splitlines() == [
        "#, fuzzy",
        '#~| msgid "Do share"',
        '#~ msgctxt "a"',
        '#~ msgid "Do not share"',
        '#~ msgstr "Podaj dalej"',
    ]
    assert merged(CHANGED, obsolete) == fuzzy


def test_obsolete_messages_of_other_programs_are_all_kept(translated: bytes) -> None:
    foreign = b"""
#, fuzzy
#~| msgid "older d"
#~ msgid "d"
#~ msgstr "1"

#~ msgid "e"
#~ msgstr "2"

#~ msgctxt "a"
#~ msgid "f"
#~ msgid_plural "fs"
#~ msgstr[0] "3"
#~ msgstr[1] "4"
#~ msgstr[2] "5"

"""
    assert merged(POT, translated + foreign[1:]) == translated + foreign[1:]


def test_previous_contexts_are_kept(translated: bytes) -> None:
    fuzzy = merged(CHANGED, translated).replace(b"#| msgid", b'#| msgctxt "old-a"\n#| msgid')
    assert merged(CHANGED, fuzzy) == fuzzy
    assert '#| msgctxt "old-a"\n' in entry(merged(CHANGED_AGAIN, fuzzy), "a")


def test_a_broken_template_is_refused() -> None:
    with pytest.raises(CatalogError, match="not a complete PO string"):
        po.merge(POT.replace(b'"Do share"', b'"Do share'), None, "pl", HERE)


# Files of GNU msgmerge


def gnu_msgmerge(catalog: bytes, template: bytes, folder: Path) -> bytes:
    old, new = folder / "old.po", folder / "new.pot"
    old.write_bytes(catalog)
    new.write_bytes(template)
    done = subprocess.run(
        [need("msgmerge"), "--quiet", "--previous", "--no-fuzzy-matching", old, new],
        check=True,
        capture_output=True,
    )
    return done.stdout


def test_a_file_of_msgmerge_with_previous_msgids_is_read_and_kept(translated: bytes, tmp_path: Path) -> None:
    old, new = tmp_path / "old.po", tmp_path / "new.pot"
    old.write_bytes(translated.replace(b"Do share", LONG.encode()))
    new.write_bytes(POT.replace(b"Do share", LONG.replace("Babel", "GNU").encode()))
    run: list[str | Path] = [need("msgmerge"), "--quiet", "--previous", old, new]
    from_gnu = subprocess.run(run, check=True, capture_output=True).stdout
    assert b'#| msgctxt "a"\n#| msgid ""\n#| "This sentence' in from_gnu
    assert status(new.read_bytes(), from_gnu).fuzzy == ("a",)
    kept = merged(new.read_bytes(), from_gnu)
    assert f'#| msgctxt "a"\n#| msgid "{LONG}"\n' in entry(kept, "a")


def test_an_obsolete_message_of_msgmerge_keeps_its_previous_msgid(translated: bytes, tmp_path: Path) -> None:
    from_gnu = gnu_msgmerge(merged(CHANGED, translated), WITHOUT_A, tmp_path)
    assert b'#~| msgid "Do share"' in from_gnu
    assert '#~| msgid "Do share"' in entry(merged(WITHOUT_A, from_gnu), "a")
    assert entry(merged(CHANGED, from_gnu), "a").startswith('#, fuzzy\n#| msgid "Do share"\n')


def test_msgmerge_reads_what_we_write_and_keeps_the_same(translated: bytes, tmp_path: Path) -> None:
    for template in (CHANGED, WITHOUT_A):
        data = merged(template, merged(CHANGED, translated))
        returned = merged(template, gnu_msgmerge(data, template, tmp_path))
        assert without_header(returned) == without_header(data)


@pytest.mark.parametrize("module", [catalogs, entries, strings])
def test_examples_in_docstrings_are_right(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
