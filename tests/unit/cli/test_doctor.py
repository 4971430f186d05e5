"""``parentguide doctor``: all that is unsound at once, and repairs."""

import json
from importlib import metadata
from pathlib import Path

import pytest
from filelock import FileLock

from parentguide.build import doctor as doctor_module
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.history import FOLDER
from tests.unit.cli.run import Ran, run

CATALOG = "locales/pl/LC_MESSAGES/cse.po"
LEDGER = "locales/pl/LC_MESSAGES/cse.ledger.jsonl"


def doctor(small: Path, *more: object) -> Ran:
    return run("doctor", "--project", small, "--out", small / "output", *more)


def wrong(ran: Ran) -> list[str]:
    """The names of the subjects that are not fine."""
    lines = [line for line in ran.out.splitlines() if not line.startswith((" ", "Better: "))]
    return [line.partition(" (")[0] for line in lines if not line.endswith(": fine")]


def sign(small: Path, *contexts: str) -> None:
    for context in contexts:
        run("review", "sign", "pl", "--role", "teacher", "--only", context, "--project", small)


@pytest.fixture(autouse=True)
def _installation_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about projects: another version of a package is a finding of its own."""
    monkeypatch.setattr(doctor_module, "_packages", list)


def test_a_sound_project_is_fine(small: Path) -> None:
    sign(small, "title")
    ran = doctor(small)
    assert (ran.code, wrong(ran)) == (0, [])
    assert len(ran.out.splitlines()) == 15


def test_everything_that_is_wrong_is_said_at_once(small: Path) -> None:
    sign(small, "title", "lead")
    (small / CATALOG).write_bytes(b'msgid "broken')
    ledger = small / LEDGER
    ledger.write_text(ledger.read_text("utf-8").replace('"teacher"', '"teacher', 1), "utf-8")
    (small / "locales/en/cse" / "guide.md").write_text("no front matter", "utf-8")
    (small / "school.toml").write_text("name = \n", "utf-8")
    (small / "templates/web/style.css").write_bytes(b"")
    (small / "locales" / ".cse.pot.parentguide-0123456789abcdef").write_bytes(b"")
    for folder in (small / FOLDER).glob("*-0001-*"):
        (folder / "act.toml").write_text("when = 1\n", "utf-8")
    for copy in (small / FOLDER).glob("*-0002-*/locales/**/*.jsonl"):
        copy.write_bytes(b"damaged")
    ran = doctor(small)
    assert ran.code == 1
    assert wrong(ran) == ["Leftovers", "Templates", "Guides", "Catalogs", "Ledgers", "School", "History"]
    assert "Traceback" not in ran.said
    assert all("What to do: " in line for line in ran.out.splitlines() if line.startswith("    "))


def test_what_can_be_repaired_is_repaired(small: Path) -> None:
    sign(small, "title", "lead")
    left = small / "locales" / ".cse.pot.parentguide-0123456789abcdef"
    left.write_bytes(b"")
    for folder in (small / FOLDER).glob("*-0001-*"):
        (folder / "act.toml").write_bytes(b"")
    for copy in (small / FOLDER).glob("*-0002-*/locales/**/*.jsonl"):
        copy.write_bytes(b"damaged")
    (small / FOLDER / ".new-0123").mkdir()
    refused = doctor(small, "--repair")
    assert (refused.code, left.exists()) == (1, True), "nobody said yes"
    ran = doctor(small, "--repair", "--yes")
    assert (ran.code, ran.out.count("Repaired.")) == (0, 4)
    assert not left.exists()
    assert wrong(doctor(small)) == []


def test_a_history_that_is_too_large_is_pruned(small: Path) -> None:
    sign(small, "title", "lead")
    (small / "locales/settings.toml").write_text("history_acts = 1\n", "utf-8")
    ran = doctor(small)
    assert (ran.code, wrong(ran)) == (1, ["History"])
    assert doctor(small, "--repair", "--yes").code == 0
    assert wrong(doctor(small)) == []


def test_a_lock_that_somebody_holds_is_said(small: Path) -> None:
    with FileLock(cache_path(small / "locales", "lock")):
        ran = doctor(small)
    assert (ran.code, wrong(ran)) == (1, ["Locks"])


def test_a_newsletter_that_was_changed_is_said(small: Path) -> None:
    guide = (small / "locales/en/cse/guide.md").read_text("utf-8")
    name = next(line for line in guide.splitlines() if line.startswith("newsletter:")).partition(": ")[2]
    path = small / "locales/en/cse" / name
    path.write_text(path.read_text("utf-8") + "One more sentence.\n", "utf-8")
    ran = doctor(small)
    assert (ran.code, wrong(ran)) == (1, ["Guides"])
    assert "newsletter_sha256" in ran.out


def test_an_old_catalog_is_said(small: Path) -> None:
    path = small / "locales/en/cse/guide.md"
    path.write_text(path.read_text("utf-8") + "\n{#more}\nMore words.\n", "utf-8")
    ran = doctor(small)
    assert wrong(ran) == ["Catalogs"]
    assert "parentguide update" in ran.out
    assert "parentguide extract" in ran.out


def test_finished_guides_that_were_changed_are_said(small: Path) -> None:
    out = small / "output"
    assert run("build", "-l", "pl", "-e", "message", "--out", out, "--project", small).code == 0
    assert wrong(doctor(small)) == []
    manifest = json.loads((out / "manifest.json").read_bytes())
    (out / manifest["artifacts"][0]["path"]).write_bytes(b"x")
    ran = doctor(small)
    assert wrong(ran) == ["Finished guides"]
    (out / "manifest.json").unlink()


def test_a_package_that_is_missing_or_another_version_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(metadata, "requires", lambda _: ["nothing-such>=1", "click>=999"])
    problems = [finding.problem for finding in doctor_module._packages()]
    assert problems[0] == "nothing-such is not installed"
    assert problems[1].startswith("click ")
    assert problems[1].endswith(" is not >=999")


def test_an_empty_font_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"")
    monkeypatch.setattr(doctor_module, "font_folders", lambda: [tmp_path])
    assert [finding.problem for finding in doctor_module._fonts()] == [f"{tmp_path / 'font.ttf'}: is empty"]
