"""Run Studio: take a port, say how to open it, and serve until somebody stops it."""

import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace

import uvicorn

from parentguide.errors import ProjectError
from parentguide.studio.app import create_app
from parentguide.studio.running import Opened, Place, announce, first_or_opened
from parentguide.studio.security.connections import connection_class
from parentguide.studio.security.opening import OpeningFile, OpeningToken
from parentguide.studio.services.lifetime import Ending, Lifetime
from parentguide.studio.settings import USUAL_PORT, Settings

_BACKLOG = 128
# Programs on other ports of this computer can set cookies that a browser sends to Studio too.
_LONGEST_HEAD = 128 * 1024  # bytes of the head of a request
_TIMEOUT = 5  # seconds that an idle connection is kept open, and that a closing Studio waits


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on ``port``. With 0, it is the usual port, or any free one if that is taken.

    Raises :class:`ProjectError` for a port or an address that cannot be used.
    """
    ports = [port] if port else [USUAL_PORT, 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in ports:
        # asyncio sets TCP_NODELAY only for sockets whose protocol is named. Without it, each answer
        # waits 40 ms for the browser's acknowledgement.
        opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # elsewhere it would let two programs share the port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, number))
            # A browser that connects before the server has started now waits instead of being refused.
            opened.listen(_BACKLOG)
        except OSError as error:
            opened.close()
            if error.errno == errno.EADDRINUSE and number != ports[-1]:
                continue
            raise ProjectError(
                f"Studio cannot listen at {host}, port {number}: {error.strerror or error}",
                remedy="Choose another port with --port, or leave --host out.",
            ) from None
        opened.set_inheritable(False)
        return opened
    raise AssertionError("the loop returns or raises at its last port")


def make_server(
    settings: Settings, opening: OpeningToken | None = None, lifetime: Lifetime | None = None
) -> uvicorn.Server:
    """The server of one Studio, which does not run yet. ``opening`` opens it on one's own computer, and
    ``lifetime`` ends it."""
    lifetime = lifetime or Lifetime()
    config = uvicorn.Config(
        create_app(settings, opening, lifetime),
        http=connection_class(frozenset(settings.proxies) if settings.behind_proxy else frozenset()),
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        log_level="warning",
        access_log=False,
        server_header=False,
        # The middleware must see the real peer: it decides whether a proxy is trusted.
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=_TIMEOUT,
        timeout_graceful_shutdown=_TIMEOUT,
    )
    server = uvicorn.Server(config)

    def end() -> None:
        # The server answers what it has begun, and then stops.
        server.should_exit = True

    lifetime.on_end = end
    return server


def serve(settings: Settings, say: Callable[[str], None], *, open_browser: bool) -> None:
    """Serve until somebody closes Studio, or open the Studio that runs already for the same folder.

    Raises our errors before the first request.
    """
    if settings.behind_proxy:
        _serve(settings, say, None, open_browser=open_browser)
        return
    with first_or_opened(settings) as found:
        if isinstance(found, Opened):
            _open_again(found, say, open_browser=open_browser)
        else:
            _serve(settings, say, found, open_browser=open_browser)


def _open_again(opened: Opened, say: Callable[[str], None], *, open_browser: bool) -> None:
    say(f"Studio runs already for this folder. Open this in your browser:\n\n  {opened.page.as_uri()}\n")
    if sys.stdout.isatty():
        say(f"Or open {opened.address} and type this code, which works once: {opened.code}\n")
    say("To start it with other options, close it first, with “Close Studio” at the foot of its pages.")
    if open_browser:
        webbrowser.open(opened.page.as_uri())


def _serve(
    settings: Settings, say: Callable[[str], None], place: Place | None, *, open_browser: bool
) -> None:
    listener = listening(settings.host, settings.port)
    settings = replace(settings, port=listener.getsockname()[1])
    token, lifetime = OpeningToken(), Lifetime()
    with ExitStack() as at_end:
        at_end.callback(listener.close)
        server = make_server(settings, token, lifetime)
        address = settings.opening_address
        how = "press Ctrl+C here"
        if not settings.behind_proxy:
            file = OpeningFile(token, address, settings.port)
            at_end.callback(file.remove)
            address = file.path.as_uri()
            how = "press “Close Studio” at the foot of its pages, or Ctrl+C here"
            if place is not None:
                announce(place, settings, token, file)
                at_end.callback(place.remove)
        say(f"Studio is ready. Open this in your browser:\n\n  {address}\n")
        # A code in the output of a program that runs in the background would stand in a log.
        if not settings.behind_proxy and sys.stdout.isatty():
            say(f"Or open {settings.opening_address} and type this code, which works once: {token.value}\n")
        say(f"Its folder is {settings.workspace.resolve()}. To stop it, {how}.")
        if open_browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if lifetime.ending is Ending.SILENCE:
        say("No page of Studio was open for ten minutes, so it closes. --stay-open keeps it open.")
    say("Studio is closed. Everything that you saved is in the folder.")
