"""Leftovers of stopped programs are removed, and the files of running ones and of people are not."""

import os
import time
from pathlib import Path

import pytest

from parentguide.infra import leftovers
from parentguide.infra.leftovers import IN_USE, TemporaryFile, sweep_now, temporary_folder, temporary_name

TOKEN = "0a" * 8
HOURS_AGO = time.time() - 7200


def old(path: Path) -> Path:
    path.touch()
    os.utime(path, (HOURS_AGO, HOURS_AGO))
    return path


def test_the_file_and_the_folder_of_a_stopped_program_are_removed(tmp_path: Path) -> None:
    (tmp_path / temporary_name("guide.md")).write_bytes(b"half")
    folder = tmp_path / temporary_name("new-guide")
    (folder / "locales").mkdir(parents=True)
    (folder / "locales" / "guide.md").touch()
    (folder / IN_USE).touch()
    (tmp_path / temporary_name("empty")).mkdir()
    sweep_now(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="one program can lock a file of its own again on Windows")
def test_the_file_and_the_folder_of_a_running_program_stay(tmp_path: Path) -> None:
    file = TemporaryFile(tmp_path, "guide.md")
    with temporary_folder(tmp_path, "new-guide") as folder:
        (folder / "guide.md").touch()
        sweep_now(tmp_path)
        assert (folder / "guide.md").exists()
        file.write(b"whole")
        file.rename_to(tmp_path / "guide.md")
    file.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["guide.md"]
    assert (tmp_path / "guide.md").read_bytes() == b"whole"


def test_a_folder_that_could_not_be_emptied_is_removed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lock stays with it, so that the next command knows it."""
    with monkeypatch.context() as patch, temporary_folder(tmp_path, "x") as folder:
        (folder / "inside").mkdir()
        patch.setattr(leftovers, "_remove", lambda path: None)
    assert (folder / IN_USE).exists()
    sweep_now(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_earlier_versions_are_removed_when_they_are_old(tmp_path: Path) -> None:
    (tmp_path / "guide.md").touch()
    young = tmp_path / f".guide.md.{'1b' * 8}"
    young.touch()
    old(tmp_path / f".guide.md.{TOKEN}")
    somebody = old(tmp_path / f".other.{TOKEN}")
    sweep_now(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "guide.md", young, somebody])


@pytest.mark.parametrize(
    "name", [f"guide.md.parentguide-{TOKEN}", f".guide.md.parentguide-{TOKEN}.txt", ".parentguide-notes"]
)
def test_other_names_stay(tmp_path: Path, name: str) -> None:
    old(tmp_path / name)
    sweep_now(tmp_path)
    assert (tmp_path / name).exists()
