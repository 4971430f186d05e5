"""When Studio ends by itself, with a clock that the tests move."""

import pytest

from parentguide.studio.services.lifetime import AFTER_A_JUMP, LONGEST_SILENCE, TICK, Ending, Lifetime


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A lifetime, its clock, and how often it was ended."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.lifetime = Lifetime(self.clock)
        self.ends = 0
        self.lifetime.on_end = self._end

    def _end(self) -> None:
        self.ends += 1

    def visit(self, session: str = "ann") -> None:
        self.lifetime.begin_request()
        self.lifetime.end_request(session)

    def hello(
        self, page: str = "1", *, session: str = "ann", typed: bool = False, gone: bool = False
    ) -> None:
        self.lifetime.begin_request()
        self.lifetime.hello(session, page, typed=typed, gone=gone)
        self.lifetime.end_request(session)

    def run(self, seconds: float, *, busy: bool = False) -> bool:
        """Whether Studio has ended after ``seconds`` in which it looked at its clock."""
        for _ in range(round(seconds / TICK)):
            self.clock.now += TICK
            self.lifetime.look(busy=busy)
        return self.lifetime.ending is not None


@pytest.fixture
def studio() -> Watched:
    return Watched()


def test_it_ends_ten_minutes_after_the_last_page_was_closed(studio: Watched) -> None:
    studio.visit()
    studio.hello()
    studio.hello(gone=True)
    assert not studio.run(LONGEST_SILENCE - TICK)
    assert studio.run(TICK)
    assert studio.lifetime.ending is Ending.SILENCE
    studio.run(LONGEST_SILENCE)
    studio.lifetime.end(Ending.ASKED)
    assert studio.ends == 1


def test_a_page_in_the_background_keeps_it_open(studio: Watched) -> None:
    for _ in range(60):
        studio.hello()
        assert not studio.run(60)


def test_it_stays_before_anybody_came(studio: Watched) -> None:
    assert not studio.run(10 * LONGEST_SILENCE)


def test_it_stays_where_a_page_without_javascript_may_be_open(studio: Watched) -> None:
    studio.visit("no script")
    assert not studio.run(10 * LONGEST_SILENCE)
    studio.hello(session="ann")
    studio.hello(session="ann", gone=True)
    assert not studio.run(10 * LONGEST_SILENCE)
    studio.hello(session="no script")
    assert studio.run(LONGEST_SILENCE)


def test_it_stays_while_guides_are_made_and_ten_minutes_more(studio: Watched) -> None:
    studio.hello(gone=True)
    assert not studio.run(10 * LONGEST_SILENCE, busy=True)
    assert not studio.run(LONGEST_SILENCE - TICK)
    assert studio.run(TICK)


def test_it_stays_while_a_form_is_half_sent(studio: Watched) -> None:
    studio.hello(gone=True)
    studio.lifetime.begin_request()
    assert not studio.run(10 * LONGEST_SILENCE)
    studio.lifetime.end_request("ann")
    assert studio.run(LONGEST_SILENCE)


def test_it_stays_for_a_page_with_text_that_is_not_saved(studio: Watched) -> None:
    """A browser may stop a page in the background, without a word."""
    studio.hello("1", typed=True)
    assert not studio.run(10 * LONGEST_SILENCE)
    assert studio.lifetime.typed_elsewhere("2")
    assert not studio.lifetime.typed_elsewhere("1")
    studio.hello("1", gone=True)
    studio.hello("1", typed=True)  # it was sent before, and comes later
    assert studio.run(LONGEST_SILENCE)


@pytest.mark.parametrize("jump", [8 * 3600.0, LONGEST_SILENCE, -3600.0])
def test_a_computer_that_wakes_gives_its_pages_time_to_say_hello(studio: Watched, jump: float) -> None:
    studio.hello()
    assert not studio.run(LONGEST_SILENCE - TICK)
    studio.clock.now += jump
    studio.lifetime.look(busy=False)
    assert not studio.run(AFTER_A_JUMP - TICK)
    studio.hello()
    assert not studio.run(LONGEST_SILENCE - TICK)
    studio.clock.now += jump
    studio.lifetime.look(busy=False)
    assert studio.run(AFTER_A_JUMP)
