"""Run Studio: take a port, print the opening address, and serve until somebody stops it."""

import errno
import os
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import uvicorn

from parentguide.errors import ProjectError
from parentguide.studio.app import create_app
from parentguide.studio.settings import USUAL_PORT, Settings

_MOST_CONNECTIONS = 400
_BACKLOG = 128
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


def make_server(settings: Settings) -> uvicorn.Server:
    """The server of one Studio, which does not run yet."""
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        # The opening address holds the token, so no address is ever logged.
        access_log=False,
        server_header=False,
        # The middleware must see the real peer: it decides whether a proxy is trusted.
        proxy_headers=False,
        ws="none",
        lifespan="on",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_TIMEOUT,
        timeout_graceful_shutdown=_TIMEOUT,
    )
    return uvicorn.Server(config)


def serve(settings: Settings, say: Callable[[str], None], *, open_browser: bool) -> None:
    """Serve until somebody presses Ctrl+C. Raises our errors before the first request."""
    listener = listening(settings.host, settings.port)
    settings = replace(settings, port=listener.getsockname()[1])
    try:
        server = make_server(settings)
    except BaseException:
        listener.close()
        raise
    say(f"Studio is ready. Open this address in your browser:\n\n  {settings.opening_address}\n")
    say(f"Its folder is {settings.workspace.resolve()}. To stop it, press Ctrl+C here.")
    if open_browser:
        webbrowser.open(settings.opening_address)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    say("Studio is closed. Everything that you saved is in the folder.")
