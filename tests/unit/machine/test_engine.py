"""Retries, rate, cache and outcomes of the engine. Time is a number here: no test sleeps."""

from pathlib import Path

import pytest

from parentguide.machine.answer_cache import AnswerCache
from parentguide.machine.engine import (
    ATTEMPTS,
    LONGEST_WAIT,
    MOST_SLOW,
    Engine,
    TranslationJob,
    TranslationOutcome,
)
from parentguide.machine.errors import ErrorKind, TranslationError
from parentguide.machine.placeholders import protect
from parentguide.machine.providers import provider
from parentguide.machine.request import Access
from parentguide.model.language import Language, PrintStyle
from tests.unit.machine.adapters import Answer, Answers

SPANISH = Language("es", "Spanish", "español", "ltr", "Latn", PrintStyle(("Source Sans 3",)))
KEY = "s3cret"
JOB = TranslationJob("cse", "call", "Call {police} now.")
RIGHT = "Llame ya a {police}."


class Time:
    """A clock that only ``sleep`` moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleeps: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


def good(job: TranslationJob = JOB, text: str = RIGHT) -> Answer:
    protected = protect(job.text, f"{job.domain}/{job.context}")
    answer = text.replace("{police}", f"QX{protected.first}XQ")
    return Answer(f'{{"translatedText": "{answer} QX{protected.last}XQ"}}'.encode())


def engine(
    answers: Answers, time: Time, folder: Path, *, rate: float = 1_000_000, name: str = "libre"
) -> Engine:
    return Engine(
        provider(name),
        Access(KEY, "http://own.example"),
        AnswerCache(folder),
        rate=rate,
        http=answers.client(),
        sleep=time.sleep,
        clock=time.clock,
    )


def drafts(
    work: Engine, *jobs: TranslationJob, known: dict[str, str] | None = None
) -> list[TranslationOutcome]:
    return list(work.drafts(jobs, SPANISH, "en", "es", {} if known is None else known))


def test_a_draft_is_kept_and_requested_once(tmp_path: Path) -> None:
    answers, known = Answers(good()), {"a": "b"}
    assert drafts(engine(answers, Time(), tmp_path), JOB, known=known) == [TranslationOutcome(JOB, RIGHT)]
    assert known == {"a": "b", JOB.text: RIGHT}
    assert drafts(engine(answers, Time(), tmp_path), JOB) == [TranslationOutcome(JOB, RIGHT)]
    assert len(answers.requests) == 1


def test_another_server_is_asked_again(tmp_path: Path) -> None:
    answers = Answers(good())
    drafts(engine(answers, Time(), tmp_path), JOB)
    other = Engine(
        provider("libre"), Access("", "http://b.example"), AnswerCache(tmp_path), http=answers.client()
    )
    drafts(other, JOB)
    assert len(answers.requests) == 2


@pytest.mark.parametrize(
    ("retry_after", "waits"),
    [("", [1, 2, 4]), ("3", [3, 3, 4]), ("17", [17, 17, 17]), ("86400", [LONGEST_WAIT] * 3)],
)
def test_the_wait_doubles_and_is_what_the_service_asks_for(
    tmp_path: Path, retry_after: str, waits: list[float]
) -> None:
    time, answers = Time(), Answers(Answer(b"", 429, {"Retry-After": retry_after}))
    (outcome,) = drafts(engine(answers, time, tmp_path), JOB)
    assert (outcome.text, outcome.error) == ("", ErrorKind.RATE_LIMITED)
    assert outcome.reason == ErrorKind.RATE_LIMITED.value
    assert time.sleeps == waits
    assert len(answers.requests) == ATTEMPTS


def test_a_service_that_recovers_gives_a_draft(tmp_path: Path) -> None:
    time = Time()
    (outcome,) = drafts(engine(Answers(Answer(b"", 500), good()), time, tmp_path), JOB)
    assert (outcome.text, outcome.error, time.sleeps) == (RIGHT, None, [1])


def test_a_refused_request_is_not_repeated(tmp_path: Path) -> None:
    time, answers = Time(), Answers(Answer(b"", 404))
    (outcome,) = drafts(engine(answers, time, tmp_path), JOB)
    assert (outcome.error, time.sleeps, len(answers.requests)) == (ErrorKind.REFUSED, [], 1)


def test_a_rejected_key_ends_all_jobs_with_one_request(tmp_path: Path) -> None:
    answers = Answers(Answer(b"", 403))
    second = TranslationJob("cse", "lead", "Read this.")
    outcomes = drafts(engine(answers, Time(), tmp_path), JOB, second)
    assert [(o.job, o.text, o.error) for o in outcomes] == [
        (JOB, "", ErrorKind.KEY_REJECTED),
        (second, "", ErrorKind.KEY_REJECTED),
    ]
    assert {o.reason for o in outcomes} == {ErrorKind.KEY_REJECTED.value}
    assert len(answers.requests) == 1


@pytest.mark.parametrize(("good_one", "requests"), [(None, MOST_SLOW), (2, MOST_SLOW + 3)])
def test_a_service_that_is_always_too_slow_is_asked_no_more(
    tmp_path: Path, good_one: int | None, requests: int
) -> None:
    """An answer in between, the one with the number ``good_one``, begins the count anew."""
    jobs = [TranslationJob("cse", f"text-{number}", f"Read text {number}.") for number in range(8)]
    answers: list[Answer | Exception] = [TranslationError(ErrorKind.TOO_SLOW) for _ in jobs]
    if good_one is not None:
        answers[good_one] = good(jobs[good_one], f"Lea texto {good_one}.")
    service = Answers(*answers)
    outcomes = drafts(engine(service, Time(), tmp_path), *jobs)
    errors = [outcome.error for outcome in outcomes]
    assert errors == [None if number == good_one else ErrorKind.TOO_SLOW for number in range(8)]
    assert len(service.requests) == requests, "and none is repeated"


def test_a_failure_does_not_stop_the_next_job(tmp_path: Path) -> None:
    second = TranslationJob("cse", "lead", "Read this.")
    outcomes = drafts(
        engine(Answers(Answer(b"", 404), good(second, "Lea esto.")), Time(), tmp_path), JOB, second
    )
    assert [(o.text, o.error) for o in outcomes] == [("", ErrorKind.REFUSED), ("Lea esto.", None)]


def test_requests_keep_the_rate(tmp_path: Path) -> None:
    jobs = [TranslationJob("cse", name, f"Read {name} this.") for name in ("one", "two", "three")]
    answers = Answers(*(good(job, f"Lea esto {job.context}.") for job in jobs))
    time = Time()
    assert all(o.text for o in drafts(engine(answers, time, tmp_path, rate=4), *jobs))
    assert time.sleeps == [0.25, 0.25]


def test_the_rate_of_the_provider_is_the_default(tmp_path: Path) -> None:
    time = Time()
    work = engine(Answers(Answer(b"", 404)), time, tmp_path, rate=0)
    drafts(work, JOB, TranslationJob("cse", "lead", "Read this."))
    assert time.sleeps == [1 / provider("libre").rate]


def test_a_text_that_is_too_long_is_not_sent(tmp_path: Path) -> None:
    answers = Answers(AssertionError())
    job = TranslationJob("cse", "long", "word " * 100)
    (outcome,) = drafts(engine(answers, Time(), tmp_path, name="mymemory"), job)
    assert (outcome.text, outcome.error) == ("", ErrorKind.TEXT_TOO_LONG)
    assert outcome.reason == "longer than MyMemory accepts (500 characters)"
    assert answers.requests == []


def test_a_rejected_answer_is_not_kept_and_its_reason_has_no_key(tmp_path: Path) -> None:
    english = TranslationJob("cse", "call", KEY)
    answers, known = Answers(good(english, "Llame.")), {f"{KEY} other": "Llame."}
    (outcome,) = drafts(engine(answers, Time(), tmp_path), english, known=known)
    assert outcome == TranslationOutcome(english, "", "it is the text of another message: “… other”")
    assert list(tmp_path.rglob("*.json")) == []


def test_a_reason_without_a_key_is_as_it_is(tmp_path: Path) -> None:
    work = Engine(
        provider("libre"),
        Access("", "http://own.example"),
        AnswerCache(tmp_path),
        http=Answers(Answer(b'{"translatedText": ""}')).client(),
    )
    (outcome,) = drafts(work, JOB)
    assert outcome.reason == "the provider gave nothing"


def test_the_engine_makes_a_client_of_its_own(tmp_path: Path) -> None:
    work = Engine(provider("pseudo"), Access(), AnswerCache(tmp_path))
    (outcome,) = drafts(work, JOB)
    assert outcome.text == "Çááll {police} ñööw."
