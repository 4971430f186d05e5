"""Why a request is refused, in words for the person who sent it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# What a refused upload may still send before its connection is cut: a browser shows the answer
# only after it has sent everything.
_MOST_DRAINED = 64_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """``status`` is an HTTP status code, ``title`` says what is wrong, ``advice`` what to do.

    The page has one button. It says ``button``, and leads to ``target``: an address of Studio, or where
    that is empty to the page that the person came from.
    """

    status: int
    title: str
    advice: str
    button: str = "Go to the start of Studio"
    target: str = "/"


RefusalPage: TypeAlias = Callable[[Refusal], Response]

WRONG_HOST = Refusal(400, "This is not Studio's address", "Studio has another address on this computer.")
WRONG_ORIGIN = Refusal(
    403, "This did not come from Studio", "Nothing was changed. Go back to Studio and press the button there."
)
# The form of a visit that has ended; the person is here with a new one.
OLD_FORM = Refusal(
    403,
    "This page is from an earlier visit",
    "Nothing was changed yet. You opened Studio again since you opened the page.",
    "Go back",
    "",
)
_START_AGAIN = (
    "Start Studio again, also while it runs: double-click start-studio, or type “parentguide studio” in the"
    " same folder. It opens in your browser."
)
ENDED = Refusal(
    403,
    "Open Studio again, then send what you typed",
    f"A visit ends after twelve hours, so nothing was changed yet. {_START_AGAIN} Keep this page open. Then"
    " press the button below.",
    "Try again",
)
NOT_OPENED = Refusal(
    403,
    "Studio has to be opened again in this browser",
    "It was not opened here yet, or more than twelve hours ago. That keeps other people and programs out."
    f" What you saved is in your folder. {_START_AGAIN} Then press the button here.",
    "Try again",
)
TOKEN_USED = Refusal(
    403,
    "This page or code does not work any more",
    "It works once, so that nobody else can use it. If Studio is open in this browser already, press the"
    f" button. If not: {_START_AGAIN[0].lower()}{_START_AGAIN[1:]} Or go to the window that you started it"
    " from, and open the file that it names: it is new each time.",
    "Go to Studio",
)
NO_LOGIN = Refusal(
    401,
    "You are not signed in",
    "Sign in where your organisation asks you to, then open Studio again.",
    "Try again",
)
LINK_USED = Refusal(
    403,
    "This link does not work any more",
    "It works once, within 14 days, and whoever made it can take it back. If you used it in another browser,"
    " go on there. If not, ask for a new one.",
    "Type another code",
    "/invited",
)
NOT_INVITED_HERE = Refusal(
    403,
    "Your link opens one language only",
    "Nothing was changed. You can check the translation that you were invited to.",
    "Go to that translation",
)
TOO_MANY = Refusal(
    429,
    "Too many requests",
    "Nothing was changed. Wait a moment, then try again. If you sent something, go back with the browser's"
    " “Back” button: it keeps what you typed.",
    "Try again",
)
NOT_THE_PROXY = Refusal(
    403, "Studio cannot be reached this way", "Open the address that your organisation gave you."
)


def own_path(path: str, query: str = "") -> str:
    """A link to an address of Studio; to the start for a path that a browser could read as another host."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return "/"
    path = quote(path, safe="/%:@!$&'()*+,;=~")
    return f"{path}?{query}" if query else path


def too_large(limit: int) -> Refusal:
    """The refusal of a request with more than ``limit`` bytes."""
    size = f"{limit / 1_000_000:g} MB"
    return Refusal(
        413,
        f"File too large (limit {size})",
        "Nothing was changed. Go back with the browser's “Back” button, which keeps what you typed, and"
        " choose a smaller file. Or open the page anew.",
        "Open the page anew",
        "",
    )


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
