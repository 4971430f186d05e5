"""``parentguide history``: list, show, undo, redo, put back, forget."""

import re
from pathlib import Path

import pytest

from parentguide.project.project import Project
from parentguide.review.status import language_review
from tests.unit.cli.run import run

GUIDE = "locales/en/cse/guide.md"


def add(small: Path, name: str, text: str) -> None:
    """A change by “update”, after an edit by hand."""
    path = small / GUIDE
    path.write_text(path.read_text("utf-8") + f"\n{{#{name}}}\n{text}\n", "utf-8")
    assert run("update", "--yes", "--project", small).code == 0


def approved(small: Path, context: str) -> bool:
    project = Project(small)
    messages = language_review(project, project.language("pl"), ["cse"]).messages
    return bool(next(message for message in messages if message.context == context).valid_sign_offs)


def test_the_list_is_empty_before_the_first_act(small: Path) -> None:
    ran = run("history", "--project", small)
    assert (ran.code, ran.out) == (0, f"Nothing was changed in {small.resolve()} yet.\n")
    assert run("history", "undo", "--project", small).out == "Nothing is left to undo.\n"
    assert run("history", "redo", "--project", small).out == "Nothing is left to redo.\n"


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    ran = run("history", "--project", tmp_path / "none")
    assert ran.code == 66
    assert "there is no such folder" in ran.said


def test_the_newest_act_is_first_with_its_command(small: Path) -> None:
    add(small, "more", "More words.")
    run("review", "sign", "pl", "--role", "teacher", "--only", "title", "--project", small)
    first, second = run("history", "--project", small).out.splitlines()
    assert re.match(r" +2  .*Polish: approved \(bilingual speaker\), 1 message by teacher: 1 file", first)
    assert "(parentguide review sign)" in first
    assert re.match(r" +1  .*Update the catalogs from the guides: 3 files \(parentguide update\)", second)
    assert len(run("history", "--most", 1, "--project", small).out.splitlines()) == 1


def test_undo_puts_every_catalog_back_and_redo_makes_it_again(small: Path) -> None:
    catalogs = sorted((small / "locales").rglob("cse.p*"))
    before = [path.read_bytes() for path in catalogs]
    add(small, "more", "More words.")
    after = [path.read_bytes() for path in catalogs]
    assert before != after
    ran = run("history", "--project", small, "undo")
    assert ran.out.splitlines()[-1].startswith("Undone: Update the catalogs from the guides (")
    assert [path.read_bytes() for path in catalogs] == before
    assert "undone" in run("history", "--project", small).out
    assert run("history", "redo", "--project", small).out.splitlines()[-1].startswith("Redone: ")
    assert [path.read_bytes() for path in catalogs] == after


def test_an_approval_is_withdrawn_by_somebody_and_redo_gives_it_back(small: Path) -> None:
    run("review", "sign", "pl", "--role", "teacher", "--only", "title", "--project", small)
    run("review", "sign", "pl", "--role", "nurse", "--only", "lead", "--project", small)
    ran = run("history", "undo", "--project", small)
    assert ran.code == 66
    assert "somebody has to take them back" in ran.said
    assert "--role" in ran.said
    assert approved(small, "lead")
    assert run("history", "undo", "--role", "head", "--project", small).code == 0
    assert not approved(small, "lead")
    assert approved(small, "title"), "only what the act added is withdrawn"
    ledger = small / "locales" / "pl" / "LC_MESSAGES" / "cse.ledger.jsonl"
    assert '"nurse"' in ledger.read_text("utf-8"), "a ledger loses nothing"
    assert run("history", "redo", "--role", "head", "--project", small).code == 0
    assert approved(small, "lead")


def test_a_ledger_is_never_put_back(small: Path) -> None:
    run("review", "sign", "pl", "--role", "teacher", "--only", "title", "--project", small)
    ran = run("history", "put-back", 1, "locales/pl/LC_MESSAGES/cse.ledger.jsonl", "--project", small)
    assert ran.code == 66
    assert "review withdraw" in ran.said
    assert approved(small, "title")


def test_show_says_what_putting_back_would_change(small: Path) -> None:
    add(small, "more", "More words.")
    ran = run("history", "show", 1, "locales/cse.pot", "--project", small)
    assert '-msgid "More words."' in ran.out
    assert run("history", "show", 9, "--project", small).code == 66
    ran = run("history", "show", 1, "none.txt", "--project", small)
    assert ran.code == 66
    assert "It changed: locales/cse.pot" in ran.said


def test_one_file_is_put_back(small: Path) -> None:
    catalog = small / "locales" / "cse.pot"
    before = catalog.read_bytes()
    add(small, "more", "More words.")
    ran = run("history", "put-back", 1, "locales/cse.pot", "--project", small)
    assert ran.out.splitlines() == [f"{catalog.resolve()}: put back"]
    assert catalog.read_bytes() == before


def test_the_history_of_a_school_is_beside_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("school", "new", typed="Hill School\n" + "\n" * 40)
    assert "Write the school's details" in run("history").out
    assert run("history", "undo").code == 0
    assert not (tmp_path / "school.toml").exists()


def test_forget_says_what_it_did_not_change(small: Path) -> None:
    options = ("--role", "teacher", "--name", "Ann Bee", "--public", "--project", small)
    run("review", "sign", "pl", "--only", "title", *options)
    run("review", "sign", "pl", "--only", "lead", *options)
    assert "by Ann Bee (teacher)" in run("history", "--project", small).out
    assert run("history", "forget", "Ann Bee", "--project", small, typed="n\n").out.endswith(
        "Nothing was changed.\n"
    )
    ran = run("history", "forget", "Ann Bee", "--yes", "--project", small)
    assert "Removed from 2 acts of the history." in ran.out
    assert "cse.ledger.jsonl: has the name now" in ran.out
    assert "review withdraw" in ran.out
    stored = [p.read_text("utf-8") for p in (small / ".history").rglob("*") if p.is_file()]
    assert not [text for text in stored if "Ann Bee" in text]
    assert run("history", "undo", "--role", "head", "--project", small).code == 0
    assert approved(small, "title")
    assert not approved(small, "lead")
