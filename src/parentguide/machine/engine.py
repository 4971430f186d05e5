"""Translate texts one at a time, with retries, and validate each answer.

Decision: docs/decisions/0009-deep-translator-behind-limits.md.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from parentguide.machine.acceptance import accepted_text
from parentguide.machine.answer_cache import AnswerCache
from parentguide.machine.errors import ErrorKind, RejectedAnswerError, TranslationError
from parentguide.machine.http import HttpClient
from parentguide.machine.placeholders import protect
from parentguide.machine.providers import Provider
from parentguide.machine.request import Access, TranslationRequest
from parentguide.model.language import Language

ATTEMPTS = 4
LONGEST_WAIT = 60.0
# After so many answers that are too slow, one after the other, the remaining texts are not sent.
MOST_SLOW = 3


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """One text to translate, English or a translation that is translated back; ``context`` is its msgctxt."""

    domain: str
    context: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationOutcome:
    """The result of a job: a ``text`` that may be a draft, or a ``reason`` why there is none.

    ``error`` is the kind of error if the request failed; None if it did not, or if its answer was rejected.
    """

    job: TranslationJob
    text: str = ""
    reason: str = ""
    error: ErrorKind | None = None


class Engine:
    """Drafts with one provider, in one thread.

    ``rate`` is requests a second, if not the provider's own. ``first_wait`` is the wait in seconds before
    the second attempt; each later wait is twice as long. ``sleep`` waits for a number of seconds, and
    ``clock`` returns seconds that only increase; tests replace both, and the HTTP client.
    """

    def __init__(
        self,
        provider: Provider,
        access: Access,
        cache: AnswerCache,
        *,
        rate: float = 0,
        first_wait: float = 1.0,
        http: HttpClient | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider, self._access, self._cache = provider, access, cache
        self._pause = 1 / (rate or provider.rate)
        self._first_wait = first_wait
        self._http = http or HttpClient()
        self._sleep, self._clock = sleep, clock
        self._next_request = float("-inf")

    def drafts(
        self,
        jobs: Iterable[TranslationJob],
        language: Language,
        source: str,
        target: str,
        known: dict[str, str],
    ) -> Iterator[TranslationOutcome]:
        """Each job's outcome as soon as it is there.

        ``language`` is the one that the texts are wanted in; ``source`` and ``target`` are the provider's
        codes. ``known`` are translations by their source; new drafts are added. A failure does not stop
        the other jobs, unless the service rejects the key, or is too slow :data:`MOST_SLOW` times in turn.
        """
        last: TranslationOutcome | None = None
        slow = 0
        for job in jobs:
            if last:
                yield TranslationOutcome(job, reason=last.reason, error=last.error)
                continue
            outcome = self._outcome(job, language, source, target, known)
            slow = slow + 1 if outcome.error is ErrorKind.TOO_SLOW else 0
            if outcome.error is ErrorKind.KEY_REJECTED or slow == MOST_SLOW:
                last = outcome
            if outcome.text:
                known[job.text] = outcome.text
            yield outcome

    def _outcome(
        self, job: TranslationJob, language: Language, source: str, target: str, known: dict[str, str]
    ) -> TranslationOutcome:
        protected = protect(job.text, f"{job.domain}/{job.context}")
        longest = self._provider.longest
        if longest and len(protected.text) >= longest:
            reason = f"longer than {self._provider.about} accepts ({longest} characters)"
            return TranslationOutcome(job, reason=reason, error=ErrorKind.TEXT_TOO_LONG)
        request = TranslationRequest(protected.text, source, target)
        try:
            answer, is_new = self._answer(request)
            text = accepted_text(answer, protected, job.text, job.context, language, known)
        except TranslationError as error:
            return TranslationOutcome(job, reason=str(error), error=error.kind)
        except RejectedAnswerError as rejection:
            return TranslationOutcome(job, reason=self._without_key(str(rejection)))
        if is_new:
            self._cache.put(*self._cache_key(request), str(answer))
        return TranslationOutcome(job, text)

    def _answer(self, request: TranslationRequest) -> tuple[object, bool]:
        """The answer, and whether it is new (not from the cache). Raises :class:`TranslationError`."""
        kept = self._cache.get(*self._cache_key(request))
        if kept is not None:
            return kept, False
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_is_transient),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._send, request), True

    def _send(self, request: TranslationRequest) -> object:
        self._keep_rate()
        return self._provider.translate(request, self._access, self._http)

    def _cache_key(self, request: TranslationRequest) -> tuple[str, str, str, str]:
        # Two servers of one kind can have different engines, so the address is part of the key.
        server = f"{self._provider.version} {self._access.url}"
        return server, request.source, request.target, request.text

    def _wait(self, state: RetryCallState) -> float:
        """Twice as long each time, or as long as the service asked for (RFC 9110, 10.2.3)."""
        doubled = self._first_wait * 2.0 ** (state.attempt_number - 1)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, TranslationError) else 0.0
        return min(max(doubled, asked), LONGEST_WAIT)

    def _keep_rate(self) -> None:
        left = self._next_request - self._clock()
        if left > 0:
            self._sleep(left)
        self._next_request = self._clock() + self._pause

    def _without_key(self, reason: str) -> str:
        """A reason may quote the answer, and a service may put the key into its answer."""
        return reason.replace(self._access.key, "…") if self._access.key else reason


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, TranslationError) and error.is_transient
