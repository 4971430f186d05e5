"""Functions behind limits: their results, their errors, and how they are ended."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import CatalogError, ParentguideError, Problem, SourceError
from parentguide.infra import limited as module
from parentguide.infra.limited import WORKERS, end_workers, limited

FILE = Path("gift.bin")
TOO_MUCH = "too much time or memory"


def pid(_: object) -> int:
    return os.getpid()


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def fill(megabytes: int) -> int:
    # Other than zeros, which take no memory before somebody writes to them.
    return len([b"x" * 1_000_000 for _ in range(megabytes)])


def recurse(depth: int) -> int:
    return recurse(depth + 1) + 1


def refuse(text: str) -> None:
    raise CatalogError.of([Problem(text, "do this", ("a", 1), FILE, 7), Problem("and more")])


def break_down(text: str) -> None:
    raise ZeroDivisionError(text)


def die(code: int) -> None:
    os._exit(code)


def talk(text: str) -> str:
    print(text)
    os.write(1, text.encode())
    return text


def call_again(text: str) -> tuple[int, int]:
    return os.getpid(), limited(pid, text)


def echo(value: object) -> object:
    return value


class Trick:
    """Pickles as a call of a function, as the answer of a worker that was taken over could."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.getenv, ("HOME",)


def trick(_: object) -> Trick:
    return Trick()


def test_a_result_comes_back_from_another_process() -> None:
    value = {"day": date(2026, 1, 2), "path": FILE, "rows": [(1, "ł", b"\0")], "set": {1, 2}}
    assert limited(echo, value) == value
    assert limited(pid, 0) != os.getpid()


def test_a_worker_is_used_again_and_replaced_after_many_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    end_workers()
    monkeypatch.setattr(module, "_CALLS_OF_A_WORKER", 3)
    pids = [limited(pid, number) for number in range(6)]
    assert pids == [pids[0]] * 3 + [pids[3]] * 3
    assert pids[0] != pids[3]


def test_an_error_of_ours_comes_back_with_all_its_problems() -> None:
    with pytest.raises(CatalogError) as caught:
        limited(refuse, "no good")
    assert caught.value.problems == (Problem("no good", "do this", ("a", 1), FILE, 7), Problem("and more"))


def test_any_other_error_is_one_message_about_the_file() -> None:
    with pytest.raises(SourceError, match=r"gift\.bin: this file is broken.*ZeroDivisionError") as caught:
        limited(break_down, "x", path=FILE)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize(
    ("function", "amount"),
    [(spin, 60), (fill, 2_000), (recurse, 0), (die, 3)],
    ids=["time", "memory", "depth", "death"],
)
def test_what_passes_a_limit_is_ended_with_one_message(function: object, amount: int) -> None:
    start = time.monotonic()
    with pytest.raises(SourceError, match=TOO_MUCH) as caught:
        limited(function, amount, seconds=1, megabytes=300, path=FILE)  # type: ignore[arg-type]
    assert caught.value.path == FILE
    assert caught.value.remedy
    assert time.monotonic() - start < 20
    assert limited(echo, "still works") == "still works"


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of addresses is not set there anyway")
@pytest.mark.parametrize(("function", "amount"), [(spin, 61), (fill, 2_001)])
def test_the_limits_hold_without_those_of_the_system(
    monkeypatch: pytest.MonkeyPatch, function: object, amount: int
) -> None:
    """As on Windows and macOS."""
    end_workers()
    without = "import parentguide.infra.limited_worker as w; w._set_limits = lambda *_: None; w.run()"
    monkeypatch.setattr(module, "_WORKER", without)
    try:
        with pytest.raises(SourceError, match=TOO_MUCH):
            limited(function, amount, seconds=0.5, megabytes=300)  # type: ignore[arg-type]
    finally:
        monkeypatch.undo()
        end_workers()


def test_the_same_file_is_refused_at_once_for_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match=TOO_MUCH):
        limited(die, 4)
    start = time.process_time()
    for _ in range(50):
        with pytest.raises(SourceError, match=TOO_MUCH):
            limited(die, 4)
    assert time.process_time() - start < 5
    later = time.monotonic() + 1_000
    monkeypatch.setattr(module, "monotonic", lambda: later)
    assert not module._POOL._was_refused(next(iter(module._POOL._refused)))


def test_what_a_library_prints_is_not_part_of_the_answer() -> None:
    assert limited(talk, "hello") == "hello"


def test_a_call_within_a_worker_needs_no_second_one() -> None:
    outer, inner = limited(call_again, "x")
    assert outer == inner


def test_threads_share_the_workers() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: (limited(echo, number), limited(pid, number)), range(40)))
    assert [number for number, _ in answers] == list(range(40))
    assert 1 <= len({worker for _, worker in answers}) <= WORKERS


def test_an_answer_cannot_make_the_program_call_a_function() -> None:
    with pytest.raises(ParentguideError, match=TOO_MUCH):
        limited(trick, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_child_has_workers_of_its_own() -> None:
    mine = limited(pid, 0)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(limited(pid, 0)).encode())
        end_workers()
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        assert int(stream.read()) != mine
    assert limited(pid, 0) == mine


def test_the_ordinary_case_costs_milliseconds() -> None:
    limited(echo, b"")
    start = time.monotonic()
    for _ in range(50):
        limited(echo, bytes(100_000))
    # No process is started for each call. The limit is far above what a busy machine takes.
    assert (time.monotonic() - start) / 50 < 0.5
