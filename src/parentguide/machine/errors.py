"""Why a request to a provider failed, or why its answer was rejected."""

from enum import Enum


class ErrorKind(Enum):
    """What went wrong with a request; the value is a clause for the user. No clause contains a key."""

    RATE_LIMITED = "the service says: too many requests"
    KEY_REJECTED = "the service does not accept the key"
    SERVER_ERROR = "the service has a problem"
    REFUSED = "the service refused the request"
    TIMEOUT = "the service did not answer in time"
    TOO_SLOW = "the service took too long for the whole answer"
    TOO_LONG = "the answer of the service is longer than any translation"
    CONNECTION = "the service cannot be reached, or it closed the connection"
    NOT_SENT = "the request cannot be sent; check the address and the key"
    NOT_JSON = "the service did not answer with JSON"
    TEXT_TOO_LONG = "the text is too long for the service"
    NO_TRANSLATION = "the answer of the service does not contain a translation"


# After these errors the same request may succeed a little later (RFC 9110, 15.5.9, 15.6; RFC 6585, 4).
_TRANSIENT = frozenset(
    {
        ErrorKind.RATE_LIMITED,
        ErrorKind.SERVER_ERROR,
        ErrorKind.TIMEOUT,
        ErrorKind.CONNECTION,
        ErrorKind.NOT_JSON,
    }
)


class TranslationError(Exception):
    """A request failed. ``retry_after`` is the wait in seconds that the service asked for, 0 if for none."""

    def __init__(self, kind: ErrorKind, retry_after: float = 0.0) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.retry_after = retry_after

    @property
    def is_transient(self) -> bool:
        """Whether the same request may succeed a little later."""
        return self.kind in _TRANSIENT


class RejectedAnswerError(Exception):
    """An answer must not become a draft. Its text says why, for the user."""
