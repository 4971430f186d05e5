"""Runs Studio: takes a port, prints the opening address, and serves until it is stopped."""

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

MOST_CONNECTIONS = 400
_BACKLOG = 128
_PATIENCE = 5  # seconds that an idle connection is kept, and that a closing Studio waits


def listening(host: str, port: int) -> socket.socket:
    """A socket on ``port``; on any free one where ``port`` is 0 and the usual one is taken.

    Raises :class:`ProjectError` where the port or the address cannot be had.
    """
    wanted = [port] if port else [USUAL_PORT, 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in wanted:
        # asyncio sends without delay (TCP_NODELAY) only where the protocol is named; without it
        # each answer waits 40 ms for the browser's acknowledgement.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # elsewhere it would let two programs share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            # A browser that comes before the server has begun then waits, and is not refused.
            made.listen(_BACKLOG)
        except OSError as error:
            made.close()
            if error.errno == errno.EADDRINUSE and number != wanted[-1]:
                continue
            raise ProjectError(
                f"Studio cannot listen at {host}, port {number}: {error.strerror or error}",
                remedy="Give another port with --port, or leave --host out.",
            ) from None
        made.set_inheritable(False)
        return made
    raise AssertionError("the last port was either had or refused")


def make_server(settings: Settings) -> uvicorn.Server:
    """The server of one Studio, not yet running."""
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        # The opening address holds the token, so no address is ever logged.
        access_log=False,
        server_header=False,
        # Who asks is judged in guard.py; a forwarded address must not look like the peer's.
        proxy_headers=False,
        ws="none",
        lifespan="on",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=_PATIENCE,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return uvicorn.Server(config)


def serve(settings: Settings, say: Callable[[str], None], *, open_browser: bool) -> None:
    """Serve until somebody presses Ctrl+C. Raises our errors before the first request."""
    door = listening(settings.host, settings.port)
    settings = replace(settings, port=door.getsockname()[1])
    try:
        server = make_server(settings)
    except BaseException:
        door.close()
        raise
    say(f"Studio is ready. Open this address in your browser:\n\n  {settings.opening_address}\n")
    say(f"It works in the folder {settings.workspace.resolve()}. To stop it, press Ctrl and C here.")
    if open_browser:
        webbrowser.open(settings.opening_address)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    say("Studio is closed. Everything that you saved is in the folder.")
