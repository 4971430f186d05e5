"""Errors of requests."""

from parentguide.machine.errors import ErrorKind, TranslationError


def test_an_error_reads_as_its_kind() -> None:
    error = TranslationError(ErrorKind.TIMEOUT, 3)
    assert (str(error), error.kind, error.retry_after) == (ErrorKind.TIMEOUT.value, ErrorKind.TIMEOUT, 3)
    assert TranslationError(ErrorKind.TIMEOUT).retry_after == 0


def test_only_errors_that_may_pass_are_transient() -> None:
    transient = {kind for kind in ErrorKind if TranslationError(kind).is_transient}
    assert transient == {
        ErrorKind.RATE_LIMITED,
        ErrorKind.SERVER_ERROR,
        ErrorKind.TIMEOUT,
        ErrorKind.CONNECTION,
        ErrorKind.NOT_JSON,
    }
