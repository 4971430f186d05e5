"""Turns of uploads: one file is read at a time, and one person's uploads wait for each other."""

import asyncio
from threading import Event, Lock, get_ident

from parentguide.studio.services.upload_turns import UploadTurns
from tests.apart import run_async


def test_one_file_is_read_at_a_time_in_the_order_of_arrival() -> None:
    now, most, order, lock = 0, 0, list[int](), Lock()

    def read(number: int) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            order.append(number)
        Event().wait(0.01)
        with lock:
            now -= 1
        return get_ident()

    async def run() -> list[int]:
        turns = UploadTurns()
        return await asyncio.gather(*(turns.run(lambda n=number: read(n)) for number in range(10)))  # type: ignore[misc]

    threads = run_async(run())
    assert most == 1
    assert order == [*range(10)]
    assert get_ident() not in threads


def test_uploads_of_one_person_wait_for_each_other_and_not_for_others() -> None:
    async def run() -> tuple[list[str], int]:
        turns, said, go_on = UploadTurns(), list[str](), asyncio.Event()

        async def upload(person: str) -> None:
            async with turns.turn_of(person):
                said.append(person)
                await go_on.wait()

        uploads = [asyncio.create_task(upload(person)) for person in ("ann", "ann", "bob", "ann")]
        for _ in range(10):
            await asyncio.sleep(0)
        before = [*said]
        go_on.set()
        await asyncio.gather(*uploads)
        assert sorted(said) == ["ann", "ann", "ann", "bob"]
        return before, len(turns._locks) + len(turns._waiting)

    before, left = run_async(run())
    assert before == ["ann", "bob"]
    assert left == 0, "nothing is kept of people who have gone"


def test_an_upload_that_fails_lets_the_next_one_in() -> None:
    async def run() -> str:
        turns = UploadTurns()
        try:
            async with turns.turn_of("ann"):
                await turns.run(lambda: 1 // 0)
        except ZeroDivisionError:
            async with turns.turn_of("ann"):
                return await turns.run(lambda: "read")
        return ""

    assert run_async(run()) == "read"
