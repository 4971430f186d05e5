"""``parentguide read`` and ``parentguide new``."""

import json
import re
from pathlib import Path

import pytest

from parentguide.project.project import default_root
from tests.unit.cli.run import run
from tests.unit.newsletter.files import paragraph, pdf_file, word_file

LETTER = "STAY SAFE\n\nWe tell you about\nonline safety."
SHOWN = ["  1  heading    STAY SAFE", "  2  paragraph  We tell you about online safety."]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.txt", LETTER.encode("utf-16")),
        ("letter.docx", word_file(paragraph("STAY SAFE") + paragraph("We tell you about online safety."))),
        ("letter.pdf", pdf_file("STAY SAFE\nWe tell you about\nonline safety.")),
    ],
)
def test_read_shows_the_statements_of_text_word_and_pdf_files(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    ran = run("read", tmp_path / name)
    assert (ran.code, ran.out.splitlines()) == (0, SHOWN)


def test_read_gives_json(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    assert json.loads(run("read", "--json", tmp_path / "letter.txt").out) == {
        "statements": [
            {"number": 1, "kind": "heading", "text": "STAY SAFE", "line": 1},
            {"number": 2, "kind": "paragraph", "text": "We tell you about online safety.", "line": 3},
        ],
        "left_out": [],
    }


def test_read_gives_what_it_suggests_and_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear parents\n\nStay safe\n\nTalk to us.\n\nPage 1 of 1\n", "utf-8")
    shown = json.loads(run("read", "--json", tmp_path / "letter.txt").out)
    assert shown["statements"][0]["suggest"] == "leave out"
    assert shown["left_out"] == [{"text": "Page 1 of 1", "reason": "page number", "line": 7}]
    assert "left out (page number): Page 1 of 1" in run("read", tmp_path / "letter.txt").said


def test_no_control_character_of_a_newsletter_reaches_the_terminal(tmp_path: Path) -> None:
    text = "Stay\x1b[31m safe\x07 \u202eat\u202c home\x9b2J, and tell\x08 us.\n\n\x1b]0;x\x07Page 1 of 2\n"
    (tmp_path / "letter.txt").write_text(text, "utf-8")
    for arguments in (["--json"], []):
        ran = run("read", tmp_path / "letter.txt", *arguments)
        assert "safe at home2J, and tell us." in ran.out
        shown = ran.out + ran.said
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|u00|u20", shown)


@pytest.mark.parametrize("data", [b"", b"\0", b"PK broken", b"%PDF-1.4 broken"])
def test_read_names_a_file_that_it_cannot_use(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "letter"
    path.write_bytes(data)
    ran = run("read", path)
    assert ran.code == 65
    assert ran.said.startswith(f"parentguide: {path}: ")
    assert "What to do: " in ran.said


def test_new_makes_a_guide_and_says_what_is_next(small: Path) -> None:
    letter = small / "letter.txt"
    letter.write_text(LETTER, "utf-8")
    ran = run("new", "online", "--from", letter, "--project", small)
    folder = (small / "locales" / "en" / "online").resolve()
    assert ran.code == 0
    assert f"Made {folder / 'guide.md'}" in ran.out
    assert "definition.toml" not in ran.out
    last = ran.said.splitlines()[-1]
    assert last.startswith("Next: ")
    assert "“parentguide check --guide online”" in last


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.txt", LETTER.encode("utf-16")),
        ("letter.docx", word_file(paragraph("STAY SAFE") + paragraph("We tell you about online safety."))),
        ("letter.pdf", pdf_file("STAY SAFE\nWe tell you about\nonline safety.")),
    ],
)
def test_new_keeps_the_statements_of_a_text_word_or_pdf_file(small: Path, name: str, data: bytes) -> None:
    letter = small / name
    letter.write_bytes(data)
    assert run("new", "online", "--from", letter, "--project", small).code == 0
    kept = small / "locales/en/online/statements.tsv"
    assert run("read", kept).out.splitlines() == SHOWN
    assert "PG1" not in run("check", "--project", small).out


def test_new_names_what_it_left_out_and_what_to_look_at(small: Path) -> None:
    letter = small / "letter.txt"
    letter.write_text("Stay safe\n\nTalk to us.\n\nCall\nWrite\nAsk\n\nPage 1 of 1\n", "utf-8")
    said = run("new", "online", "--from", letter, "--project", small).out
    assert "Left out (page number): Page 1 of 1" in said
    assert "Please look at statement 4 (item): a list without marks." in said


def test_new_names_a_file_that_it_cannot_use(small: Path) -> None:
    letter = small / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 broken")
    ran = run("new", "online", "--from", letter, "--project", small)
    assert ran.code == 65
    assert str(letter) in ran.said
    assert not (small / "locales/en/online").exists()


def test_new_asks_for_the_source_of_a_quotation(small: Path) -> None:
    quoted = "“Abuse is an action that causes harm to a child, whoever that child may be, anywhere at all.”"
    letter = small / "letter.txt"
    letter.write_text(f"STAY SAFE\n\n{quoted}\n", "utf-8")
    assert (
        "Fill in who published the official words"
        in run("new", "a", "--from", letter, "--project", small).out
    )


def test_new_does_not_write_into_the_installed_program(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parentguide.project import project

    monkeypatch.setattr(project, "_PACKAGE", small.resolve())
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, "utf-8")
    ran = run("new", "online", "--from", letter, "--project", small)
    assert ran.code == 66
    assert "inside the installed program are not to be edited" in ran.said
    assert not (small / "locales" / "en" / "online").exists()


def test_new_takes_a_title_and_names_numbers_that_are_no_contacts(small: Path) -> None:
    letter = small / "letter.txt"
    letter.write_text("Safe\n\nRing us on 0161 496 0000, or ring 999 if a child is in danger now.\n", "utf-8")
    contacts = default_root() / "locales" / "contacts.toml"
    (small / "locales" / "contacts.toml").write_bytes(contacts.read_bytes())
    said = run("new", "online", "--title", "Safe at home", "--from", letter, "--project", small).out
    assert "Statement 2: 0161 496 0000 is not among your contacts" in said
    assert "999" not in said
    text = (small / "locales" / "en" / "online" / "guide.md").read_text("utf-8")
    assert "# Safe at home" in text
    assert "ring {police_emergency} if" in text
