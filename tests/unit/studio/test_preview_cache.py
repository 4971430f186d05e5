"""The cache of previews: what it keeps, and how much memory it takes."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parentguide.build.api import BuildPlan, BuildRequest, plan
from parentguide.model.school import Logo, School
from parentguide.project.project import Project
from parentguide.studio.services import preview_cache
from parentguide.studio.services.preview_cache import PreviewCache
from parentguide.studio.services.workspace import Workspace


def school(name: str, logo: bytes = b"") -> School:
    return School(name, logo=Logo(logo, "image/png", "A tree", (100.0, 50.0)) if logo else None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the schools for which a preview was made, in order."""
    names: list[str] = []

    def counted(project: Project, request: BuildRequest) -> BuildPlan:
        names.append(request.school.name)
        return plan(project, request)

    monkeypatch.setattr(preview_cache, "plan", counted)
    return names


@pytest.fixture
def cache(tmp_path: Path) -> PreviewCache:
    return PreviewCache(Workspace(tmp_path))


def test_an_equal_school_is_made_once(cache: PreviewCache, made: list[str]) -> None:
    first = cache.file(school("A", b"tree"), "cse", "pl", "message")
    assert cache.file(school("A", b"tree"), "cse", "pl", "message") == first
    assert made == ["A"]


def test_another_logo_language_or_format_is_made_anew(cache: PreviewCache, made: list[str]) -> None:
    cache.file(school("A", b"tree"), "cse", "pl", "message")
    cache.file(school("A", b"Tree"), "cse", "pl", "message")
    cache.file(school("A", b"tree"), "cse", "so", "message")
    cache.file(school("A", b"tree"), "cse", "pl", "read-aloud")
    assert made == ["A"] * 4


def test_the_least_recently_used_preview_is_dropped_first(
    cache: PreviewCache, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(cache.file(school("A"), "cse", "pl", "message"))
    # Room for two previews with their keys, not for three.
    monkeypatch.setattr(preview_cache, "MOST_BYTES", 2 * (size + preview_cache._KEY_BYTES) + 100)
    for name in "BACAB":
        cache.file(school(name), "cse", "pl", "message")
    assert made == ["A", "B", "C", "B"]


def test_what_many_ask_for_at_once_is_made_once(cache: PreviewCache, made: list[str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = [pool.submit(cache.file, school("A"), "cse", "pl", "message") for _ in range(8)]
    assert len({page.result() for page in pages}) == 1
    assert len(made) <= preview_cache._AT_ONCE


def test_one_preview_is_kept_however_large(
    cache: PreviewCache, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_cache, "MOST_BYTES", 1)
    for name in "AABBA":
        cache.file(school(name), "cse", "pl", "message")
    assert made == ["A", "B", "A"]


def test_a_logo_does_not_stay_in_memory_with_its_preview(cache: PreviewCache) -> None:
    cache.file(school("A", b"x"), "cse", "pl", "message")
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for name in "BCDEF":
            cache.file(school(name, name.encode() * 180_000), "cse", "pl", "message")
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 5 * 180_000
