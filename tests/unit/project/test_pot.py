"""POT files: what is extracted, and all mistakes at once."""

import shutil
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from parentguide.errors import SourceError
from parentguide.model.domain import INTERFACE
from parentguide.project.pot import domains, pot_bytes
from parentguide.project.project import Project
from parentguide.translation import po


@pytest.fixture
def bare(small: Path) -> Path:
    """The small project with one empty template."""
    shutil.rmtree(small / "templates")
    (small / "templates").mkdir()
    (small / "interface.pot").unlink(missing_ok=True)
    return small


def messages(root: Path, **files: str) -> dict[str, po.Message]:
    for name, text in files.items():
        path = root / "templates" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return po.read_catalog(pot_bytes(Project(root), INTERFACE), root / "interface.pot")


def test_domains(small_project: Project) -> None:
    assert domains(small_project) == ("cse", "interface")


@pytest.mark.parametrize("domain", ["cse", "interface"])
def test_the_pot_file_in_the_repository_is_what_is_extracted(small_project: Project, domain: str) -> None:
    assert pot_bytes(small_project, domain) == small_project.pot_path(domain).read_bytes()


def test_a_pot_file_is_made_where_there_is_none(small_project: Project) -> None:
    small_project.pot_path("cse").unlink()
    assert b'msgctxt "title"' in pot_bytes(small_project, "cse")


def test_files_are_read_in_the_order_of_babel(bare: Path) -> None:
    folder = bare / "templates"
    for name in ("b/x.html", "a/y.html", "z.html", "_left/out.html", ".git/out.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{{{{ pgettext('{name}', 'Word') }}}}", "utf-8")
    given = [row[4] for row in extract_from_dir(folder, [("**.html", "jinja2")])]
    assert list(messages(bare)) == given == ["z.html", "a/y.html", "b/x.html"]


def test_notes_and_places_of_one_message_are_joined(bare: Path) -> None:
    found = messages(
        bare,
        a_html="{# NOTE: a button #}\n{{ pgettext('stop', 'Stop') }}",
        b_typ='// NOTE: on paper\n#tr("stop", "Stop")',
        c_html="{# NOTE: a button #}\n{{ pgettext('stop', 'Stop') }}",
        picture_svg="<svg/>",
    )
    assert list(found) == ["stop"]
    assert found["stop"].note == "a button\non paper"
    places = b"#: templates/a.html templates/b.typ templates/c.html\n"
    assert places in pot_bytes(Project(bare), INTERFACE)


def test_all_mistakes_of_the_templates_come_at_once(bare: Path) -> None:
    (bare / "templates" / "d.html").write_bytes(b"\xff")
    (bare / "templates" / "e.typ").write_bytes(b"\xff")
    with pytest.raises(SourceError) as caught:
        messages(
            bare,
            a_html="{{ pgettext('stop', 'Stop') }}\n{{ _('Hello') }}\n{{ ngettext('a', 'b', 2) }}",
            b_html="\n{% if %}",
            c_html="{{ pgettext('stop', 'Halt') }}",
        )
    found = [(p.path and p.path.name, p.line, p.text) for p in caught.value.problems]
    assert found[:3] == [
        ("a.html", 2, "“Hello” has no msgctxt"),
        ("a.html", 3, "“('a', 'b')” has no msgctxt"),
        ("b.html", 2, "the template is broken: Expected an expression, got 'end of statement block'"),
    ]
    assert found[3][2] == "the msgctxt “stop” has two English texts: “Stop” and “Halt”"
    assert [(name, text) for name, _, text in found[4:]] == [
        ("d.html", "not UTF-8 at byte 0"),
        ("e.typ", "not UTF-8 at byte 0"),
    ]
    assert all(problem.remedy for problem in caught.value.problems)


def test_all_mistakes_of_a_guide_come_at_once(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    path.write_text(path.read_text("utf-8") + "\nWords.\n\n{#title}\nMore.\n", "utf-8")
    with pytest.raises(SourceError) as caught:
        pot_bytes(Project(small), "cse")
    assert [problem.text.split(" “")[0] for problem in caught.value.problems] == [
        "the block has no stable id",
        "the id",
    ]
