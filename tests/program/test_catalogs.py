"""Catalogs: Babel, GNU gettext and parentguide read the same, and updates lose nothing."""

import gettext
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from parentguide.errors import CatalogError
from parentguide.model.language import Language
from parentguide.model.markup import broken_markup
from parentguide.project.pot import domains, pot_bytes
from parentguide.project.project import Project
from parentguide.translation import po
from tests.conftest import need

PROJECT = Project()
TRANSLATED = [language for language in PROJECT.complete_languages.values() if not language.is_source]
EVERY = [
    pytest.param(language, domain, id=f"{language.tag}-{domain}")
    for language in TRANSLATED
    for domain in domains(PROJECT)
]
HERE = Path("a.po")


@pytest.mark.parametrize(("language", "domain"), EVERY)
def test_msgfmt_finds_no_error(project: Project, language: Language, domain: str) -> None:
    path = project.catalog_path(language, domain)
    done = subprocess.run(
        [need("msgfmt"), "--check", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("language", "domain"), EVERY)
def test_babel_gnu_gettext_and_parentguide_read_the_same(
    project: Project, language: Language, domain: str, tmp_path: Path
) -> None:
    path = project.catalog_path(language, domain)
    ours = {c: (m.english, m.text) for c, m in project.catalog(language, domain).items()}
    with path.open("rb") as stream:
        babel = {str(e.context): (str(e.id), str(e.string)) for e in read_po(stream) if e.id}
    compiled = tmp_path / "x.mo"
    subprocess.run([need("msgfmt"), "-o", str(compiled), str(path)], check=True)
    with compiled.open("rb") as stream:
        gnu = gettext.GNUTranslations(stream)
    assert ours == babel
    assert {c: gnu.pgettext(c, english) for c, (english, _) in ours.items()} == {
        c: text for c, (_, text) in ours.items()
    }


@pytest.mark.parametrize("domain", domains(PROJECT))
def test_the_template_is_up_to_date(project: Project, domain: str) -> None:
    assert project.pot_path(domain).read_bytes() == pot_bytes(project, domain)


@pytest.mark.parametrize("domain", domains(PROJECT))
def test_plain_pybabel_extracts_the_same_template(project: Project, domain: str, tmp_path: Path) -> None:
    pot = tmp_path / "x.pot"
    mapping, source = ("interface.cfg", "templates")
    if domain != "interface":
        mapping, source = "guide.cfg", f"locales/en/{domain}"
    arguments = ["pybabel", "-q", "extract", "-F", f"locales/{mapping}", "-c", "NOTE:", "-s"]
    arguments += ["--add-location=file", "--width=0", "--project=parentguide"]
    arguments += [f"--version={version('parentguide')}", "--copyright-holder=the parentguide authors"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        CommandLineInterface().run([*arguments, "-o", str(pot), source])  # type: ignore[no-untyped-call]
    ours = project.pot_path(domain).read_bytes()
    date = rb'"POT-Creation-Date: [^"]*"'
    assert re.sub(date, b"", pot.read_bytes()) == re.sub(date, b"", ours)


POT = b"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "a"
msgid "Do share"
msgstr ""

msgctxt "b"
msgid "Call {nspcc}."
msgstr ""
"""


def _updated(pot: bytes, catalog: bytes | None) -> tuple[bytes, po.CatalogStatus]:
    data = po.merge(pot, catalog, "pl", HERE)
    return data, po.catalog_status(po.read_catalog(pot, HERE), po.read_catalog(data, HERE))


def _translated(pot: bytes) -> bytes:
    data, _ = _updated(pot, None)
    texts = iter(["Podaj dalej", "Zadzwoń {nspcc}."])
    head, _, rest = data.partition(b'msgctxt "a"')
    rest = re.sub(rb'msgstr ""', lambda _: f'msgstr "{next(texts)}"'.encode(), rest)
    return head + b'msgctxt "a"' + rest


def test_update_keeps_unchanged_messages_byte_for_byte() -> None:
    first, state = _updated(POT, _translated(POT))
    assert state.complete
    assert _updated(POT, first)[0] == first


def test_update_marks_changed_english_fuzzy_and_keeps_the_old() -> None:
    changed = POT.replace(b"Do share", b"Do not share")
    data, state = _updated(changed, _translated(POT))
    assert state.fuzzy == ("a",)
    assert b'#| msgid "Do share"' in data
    assert b"Podaj dalej" in data


def test_update_takes_no_translation_from_another_context() -> None:
    moved = POT.replace(b'msgctxt "a"', b'msgctxt "c"')
    data, state = _updated(moved, _translated(POT))
    assert state.missing == ("c",)
    assert b'#~ msgctxt "a"' in data, "the translation is kept as obsolete"
    _, back = _updated(POT, data)
    assert back.complete, "and comes back with its context"


def test_a_translation_of_other_english_is_fuzzy_even_without_a_flag() -> None:
    changed = po.read_catalog(POT.replace(b"Do share", b"Do not share"), HERE)
    state = po.catalog_status(changed, po.read_catalog(_translated(POT), HERE))
    assert state.fuzzy == ("a",)


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        ((b'msgid "Do share"', b'msgid "Do share'), 5),
        ((b'msgctxt "b"', b'msgctxt "a"'), 8),
        ((b'msgid "Do share"', b"msgid Do share"), 5),
    ],
)
def test_the_error_of_a_broken_file_names_its_line(damage: tuple[bytes, bytes], line: int) -> None:
    with pytest.raises(CatalogError) as caught:
        po.read_catalog(POT.replace(*damage), HERE)
    assert caught.value.line == line
    assert caught.value.remedy


def test_a_catalog_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(CatalogError, match="UTF-8"):
        po.read_catalog(POT + b"# \xff\n", HERE)


@pytest.mark.parametrize(
    ("english", "text", "problem"),
    [
        ("Call {nspcc}.", "Zadzwoń.", "{nspcc} lost"),
        ("Call {nspcc}.", "Zadzwoń {nspcc} {nspcc}.", "{nspcc} added"),
        ("**A** b", "A b", "0 bold parts"),
        ("**A** b", "**A b", "does not close"),
        ("**A** b", "**A** b", ""),
    ],
)
def test_lost_fields_and_bold_are_found(english: str, text: str, problem: str) -> None:
    found = broken_markup(english, text)
    assert problem in found if problem else not found
