"""Why a request is refused, in words for the person who sent it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# What a refused upload may still send before its connection is cut: a browser shows the answer
# only after it has sent everything.
_MOST_DRAINED = 64_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """``status`` is an HTTP status code, ``title`` says what is wrong, ``advice`` what to do."""

    status: int
    title: str
    advice: str


RefusalPage: TypeAlias = Callable[[Refusal], Response]

WRONG_HOST = Refusal(400, "This is not Studio's address", "Open Studio with the address that it printed.")
WRONG_ORIGIN = Refusal(
    403, "This did not come from Studio", "Nothing was changed. Go back to Studio and press the button there."
)
NOT_OPENED = Refusal(
    403,
    "Studio was not opened from here",
    "Go to the window that you started Studio from, and open the file that it names. Or close Studio there"
    " (Ctrl and C). Start Studio again, and it opens by itself.",
)
TOKEN_USED = Refusal(
    403,
    "This page or code does not work any more",
    "It works once, so that nobody else can use it. To open Studio again, go to the window that you started"
    " it from, and open the file that it names: it is new each time. Or close Studio there (Ctrl and C)."
    " Start Studio again, and it opens by itself.",
)
NO_LOGIN = Refusal(
    401, "You are not signed in", "Sign in where your organisation asks you to, then open Studio again."
)
TOO_MANY = Refusal(429, "Too many requests", "Wait a moment and reload the page.")
NOT_THE_PROXY = Refusal(
    403, "Studio cannot be reached this way", "Open the address that your organisation gave you."
)


def too_large(limit: int) -> Refusal:
    """The refusal of a request with more than ``limit`` bytes."""
    size = f"{limit / 1_000_000:g} MB"
    return Refusal(413, f"File too large (limit {size})", "Send a smaller file. Nothing was changed.")


async def refuse(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with ``response`` after the request has been read."""
    await drain(receive)
    await response(scope, receive, send)


async def drain(receive: Receive, already: int = 0) -> None:
    """Read the rest of a request and discard it. ``already`` counts the bytes that were read before."""
    while already < _MOST_DRAINED:
        message = await receive()
        already += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
