"""The queue of builds: turns, limits, and what becomes of a build."""

import weakref
from collections.abc import Iterator
from threading import Event

import pytest

from parentguide.errors import ProjectError
from parentguide.studio.services.build_queue import MOST_EACH, BuildQueue, Job, Phase, Step, Work

PATIENCE = 30  # seconds; only ends a test that would hang


@pytest.fixture
def queue() -> Iterator[BuildQueue]:
    queue = BuildQueue(workers=1)
    yield queue
    queue.close()


def ended(queue: BuildQueue, job: Job) -> Job:
    """``job`` after it has ended: with one worker, a later build of somebody else runs after it."""
    done = Event()
    queue.submit("the test", 0, lambda _: done.set())
    assert done.wait(PATIENCE)
    assert job.ended
    return job


def test_a_build_counts_its_files(queue: BuildQueue) -> None:
    def work(step: Step) -> None:
        step("one")
        step("two")

    job = ended(queue, queue.submit("ann", 2, work, "note"))
    assert (job.phase, job.made, job.total, job.note) == (Phase.DONE, 2, 2, "note")


def test_the_plan_of_a_build_that_has_ended_is_not_kept(queue: BuildQueue) -> None:
    class Plan:
        """Large, with the words of all languages."""

    def submitted() -> tuple[Job, "weakref.ref[Plan]"]:
        plan = Plan()
        return queue.submit("ann", 1, lambda step: step(str(plan))), weakref.ref(plan)

    job, plan = submitted()
    ended(queue, job)
    assert job.made == 1
    assert plan() is None
    assert queue.job("ann", job.id) is job


def test_what_could_not_be_made_is_kept(queue: BuildQueue) -> None:
    job = ended(queue, queue.submit("ann", 1, lambda _: ["The handout is too long."]))
    assert (job.phase, job.missing) == (Phase.DONE, ["The handout is too long."])


def test_an_error_of_ours_is_shown_with_its_remedy(queue: BuildQueue) -> None:
    def work(_: Step) -> None:
        raise ProjectError("the disk is full", remedy="Make room.")

    job = ended(queue, queue.submit("ann", 1, work))
    assert (job.phase, job.problem, job.remedy) == (Phase.FAILED, "the disk is full", "Make room.")


def test_an_unexpected_error_ends_one_build_only(queue: BuildQueue) -> None:
    def work(_: Step) -> None:
        raise ZeroDivisionError("oh")

    job = ended(queue, queue.submit("ann", 1, work))
    assert job.phase is Phase.FAILED
    assert "ZeroDivisionError: oh" in job.problem
    assert "contact whoever maintains parentguide for you" in job.remedy
    assert ended(queue, queue.submit("ann", 0, lambda _: None)).phase is Phase.DONE


def test_people_take_turns(queue: BuildQueue) -> None:
    started, gate, order = Event(), Event(), list[str]()

    def work(name: str) -> Work:
        def run(_: Step) -> None:
            started.set()
            gate.wait(PATIENCE)
            order.append(name)

        return run

    queue.submit("first", 1, work("first"))
    assert started.wait(PATIENCE)
    names = [("ann", "ann 1"), ("ann", "ann 2"), ("bob", "bob 1"), ("cat", "cat 1")]
    jobs = [queue.submit(owner, 1, work(name)) for owner, name in names]
    assert [queue.ahead(job) for job in jobs] == [0, 3, 1, 2]
    gate.set()
    ended(queue, jobs[0])
    last = queue.submit("last", 1, lambda _: None)
    ended(queue, last)
    assert order == ["first", "ann 1", "bob 1", "cat 1", "ann 2"]


def test_one_person_has_a_limited_number_of_builds(queue: BuildQueue) -> None:
    started, gate = Event(), Event()

    def work(_: Step) -> None:
        started.set()
        gate.wait(PATIENCE)

    queue.submit("ann", 1, work)
    assert started.wait(PATIENCE)
    for _ in range(MOST_EACH - 1):
        queue.submit("ann", 1, work)
    with pytest.raises(ProjectError, match="already being made"):
        queue.submit("ann", 1, work)
    gate.set()


def test_a_build_is_found_by_its_owner_only(queue: BuildQueue) -> None:
    job = queue.submit("ann", 1, lambda _: None)
    assert queue.job("ann", job.id) is job
    assert queue.job("bob", job.id) is None
    assert queue.job("ann", "unknown") is None


def test_closing_stops_a_build_at_its_next_file(queue: BuildQueue) -> None:
    started, closed, after = Event(), Event(), Event()

    def work(step: Step) -> None:
        started.set()
        closed.wait(PATIENCE)
        try:
            step("file")
        finally:
            after.set()

    job = queue.submit("ann", 2, work)
    assert started.wait(PATIENCE)
    queue.close()
    closed.set()
    assert after.wait(PATIENCE)
    while not job.ended:
        after.wait(0.01)
    assert (job.phase, job.problem, job.made) == (Phase.FAILED, "Studio was closed", 0)
