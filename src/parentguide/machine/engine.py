"""One message after the other through an engine: masked, asked for with patience, judged."""

import re
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from parentguide.machine.acceptance import rejection_reason
from parentguide.machine.answer_cache import AnswerCache
from parentguide.machine.http import WIRE
from parentguide.machine.placeholders import protect
from parentguide.machine.providers import Access, Provider, described
from parentguide.model.language import Language

ATTEMPTS = 4
LONGEST_WAIT = 60.0
# Errors after which the same request may succeed: names, as some are requests', some deep-translator's.
_PASSING = {
    "TooManyRequests",
    "ServerException",
    "RequestError",
    "ConnectTimeout",
    "ReadTimeout",
    "ConnectionError",
    "JSONDecodeError",
    "ChunkedEncodingError",
    "MaxRetryError",
}
# Microsoft's errors hold its own code: the HTTP status and three more digits.
_MICROSOFT_PASSING = re.compile(r"\b(?:429|5\d\d)\d{3}\b")


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """One text to be translated: into ``language`` with context, or back into English."""

    domain: str
    context: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationOutcome:
    """What came of a job: ``text`` may be a draft, or ``reason`` says why there is none."""

    job: TranslationJob
    text: str = ""
    reason: str = ""


class Engine:
    """Drafts with one provider. ``pause`` is the least time between requests, in seconds.

    ``wait`` is called to sleep, so that a test need not.
    """

    def __init__(
        self,
        provider: Provider,
        access: Access,
        cache: AnswerCache,
        *,
        rate: float = 0,
        first_wait: float = 1.0,
        stop: threading.Event | None = None,
    ) -> None:
        self._provider, self._access, self._cache = provider, access, cache
        self._pause = 1 / (rate or provider.rate)
        self._first_wait = first_wait
        self._stop = stop or threading.Event()
        self._last = 0.0

    def drafts(
        self,
        jobs: Iterable[TranslationJob],
        language: Language,
        source: str,
        target: str,
        known: dict[str, str],
    ) -> Iterator[TranslationOutcome]:
        """Each job's outcome as it comes. ``known`` are texts of the target language by their
        source, and grows; the codes are the engine's own. One text's failure never stops another's,
        unless the service does not accept the key."""
        final = ""
        for job in jobs:
            outcome = (
                TranslationOutcome(job, reason=final)
                if final
                else self._one(job, language, source, target, known)
            )
            if outcome.reason.startswith("the service does not accept the key"):
                final = outcome.reason
            if outcome.text:
                known[job.text] = outcome.text
            yield outcome

    def _one(
        self, job: TranslationJob, language: Language, source: str, target: str, known: dict[str, str]
    ) -> TranslationOutcome:
        masked = protect(job.text, f"{job.domain}/{job.context}")
        longest = self._provider.longest
        if longest and len(masked.text) >= longest:
            return TranslationOutcome(
                job, reason=f"longer than {self._provider.about} takes ({longest} characters)"
            )
        # Two servers of one kind may have different engines behind them.
        key = (f"{self._provider.version} {self._access.url}", source, target, masked.text)
        answer: object = self._cache.get(*key)
        kept = answer is not None
        if not kept:
            try:
                answer = self._ask(masked.text, source, target)
            except Exception as error:  # noqa: BLE001 - whatever an engine raises ends as a reason
                return TranslationOutcome(job, reason=described(error, self._access.key))
        text, reason = rejection_reason(answer, masked, job.text, job.context, language, known)
        if text and not kept and isinstance(answer, str):
            self._cache.put(*key, answer)
        secret = self._access.key
        return TranslationOutcome(job, text, reason.replace(secret, "…") if secret else reason)

    def _ask(self, text: str, source: str, target: str) -> object:
        for attempt in Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_passes),
            reraise=True,
        ):
            with attempt:
                self._keep_the_rate()
                return self._provider.call(text, source, target, self._access)
        raise AssertionError  # Retrying either returned or raised.

    def _wait(self, state: RetryCallState) -> float:
        """Twice as long each time, or as long as the service asked for (RFC 9110, 10.2.3)."""
        doubled = self._first_wait * float(2 ** (state.attempt_number - 1))
        return min(max(doubled, WIRE.retry_after), LONGEST_WAIT)

    def _keep_the_rate(self) -> None:
        left = self._last + self._pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last = time.monotonic()


def _passes(error: BaseException) -> bool:
    """Whether the same request may succeed a little later."""
    name = type(error).__name__
    return name in _PASSING or (name == "MicrosoftAPIerror" and bool(_MICROSOFT_PASSING.search(str(error))))
