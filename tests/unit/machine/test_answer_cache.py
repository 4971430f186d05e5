"""Answers on disk."""

from pathlib import Path

import pytest

from parentguide.machine.answer_cache import AnswerCache

KEY = ("Apertium, parentguide 1 http://a.example", "eng", "spa", "Hello")


def test_an_answer_is_kept_for_exactly_its_request(tmp_path: Path) -> None:
    AnswerCache(tmp_path).put(*KEY, "Hóla")
    assert AnswerCache(tmp_path).get(*KEY) == "Hóla"
    for place in range(4):
        other = [*KEY]
        other[place] += "x"
        assert AnswerCache(tmp_path).get(*other) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b'{"answer": 7}', b"\xff"])
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: bytes) -> None:
    AnswerCache(tmp_path).put(*KEY, "Hola")
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(damage)
    assert AnswerCache(tmp_path).get(*KEY) is None


def test_a_folder_that_cannot_be_written_is_not_an_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    cache = AnswerCache(blocked)
    cache.put(*KEY, "Hola")
    assert cache.get(*KEY) is None


def test_answers_are_in_the_cache_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    AnswerCache().put(*KEY, "Hola")
    assert [path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*.json")] == [
        ("parentguide", "drafts")
    ]
