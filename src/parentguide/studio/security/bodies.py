"""The short forms that are read before anybody is known: those with a token."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.types import Receive

_LONGEST_BODY = 2_000  # bytes of the form with the token


async def short_form(receive: Receive) -> Mapping[str, Sequence[str]]:
    """The fields of a form; none if it is longer than :data:`_LONGEST_BODY`."""
    return parse_qs((await _short_body(receive)).decode("latin-1"))


async def _short_body(receive: Receive) -> bytes:
    """The body of a request; empty if it is longer than :data:`_LONGEST_BODY`."""
    body = b""
    while len(body) <= _LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body if len(body) <= _LONGEST_BODY else b""
    return b""
