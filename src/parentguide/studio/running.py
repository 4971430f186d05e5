"""A second start of Studio for the same folder: it opens the Studio that runs.

A Studio holds a lock while it lives, which the operating system releases when it is killed, and writes a
state file, which names its port and process. Both are in the user's private folder. A second start that
finds the lock held asks the Studio at that port for a page that opens it. Each proves to the other that
it can read the state file, and the secret in the file is never sent: after a crash another user's program
may listen at the port.

Decision: docs/decisions/0031-open-with-a-private-file.md.
"""

import hmac
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from parentguide.errors import ProjectError
from parentguide.infra.locks import process_lock
from parentguide.studio.security.opening import OpeningFile, OpeningToken, private_folder
from parentguide.studio.security.sessions import same_secret
from parentguide.studio.settings import SECOND_START_PATH, Settings

# Seconds. A Studio that has just been started may still be loading its pages.
_ANSWER_TIME = 20.0
_PATIENCE = 60.0
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class State:
    """What the state file says of a Studio: the host and port it listens at, the id of its process, and the
    secret that only those who can read the file know."""

    host: str
    port: int
    process: int
    secret: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that opens the Studio that runs, at ``address``, once; ``code`` does the same when typed."""

    page: Path
    code: str
    address: str


class Place:
    """The lock and the state file of the Studio of one folder and one user."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        project = settings.project_root.resolve() if settings.project_root else ""
        name = sha256(f"{settings.workspace.resolve()}\0{project}".encode()).hexdigest()[:16]
        self.lock = folder / f"studio-{name}.lock"
        self.path = folder / f"studio-{name}.json"

    def read(self) -> State | None:
        """What the Studio that runs says; None if it has not said it yet, or says it no more."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            table = json.loads(self.path.read_bytes())
            return State(str(table["host"]), int(table["port"]), int(table["process"]), str(table["secret"]))
        return None

    def write(self, state: State) -> None:
        """Put ``state`` in the place of what a Studio that was killed has left. Raises :class:`OSError`."""
        new = self.path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(asdict(state), stream)
            new.replace(self.path)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def remove(self) -> None:
        with suppress(OSError):
            self.path.unlink()


@contextmanager
def first_or_opened(settings: Settings, patience: float = _PATIENCE) -> Iterator[Place | Opened | None]:
    """A place where this Studio may say that it runs; or a page that opens the one that runs already.

    None where there is no private folder to say it in. Raises :class:`ProjectError` if a Studio runs and
    does not answer within ``patience`` seconds.
    """
    folder = private_folder()
    if folder is None:
        yield None
        return
    place = Place(folder, settings)
    busy = ProjectError("Studio runs already for this folder")
    with ExitStack() as held:
        end = time.monotonic() + patience
        while True:
            try:
                held.enter_context(process_lock(place.lock, 0, busy))
            except ProjectError as error:
                if error is not busy:  # a folder without locks: this Studio cannot be found by others
                    yield None
                    return
            else:
                yield place
                return
            state = place.read()
            opened = ask(state, folder) if state is not None else None
            if opened is not None:
                yield opened
                return
            if time.monotonic() > end:
                raise _no_answer(state)
            time.sleep(_PAUSE)


def announce(place: Place, settings: Settings, token: OpeningToken, file: OpeningFile) -> None:
    """Say in ``place`` that this Studio runs, and answer other starts. Where that cannot be written, nobody
    finds it."""
    state = State(settings.host, settings.port, os.getpid(), secrets.token_urlsafe(32))

    def answer(nonce: str, proof: str) -> bytes | None:
        if not nonce or not same_secret(proof, _proof(state, "open", nonce)):
            return None
        try:
            path, code = file.another()
        except OSError:
            return None
        said = {"page": path.name, "code": code, "proof": _proof(state, "opened", nonce, path.name, code)}
        return json.dumps(said).encode("ascii")

    token.answer_second_start = answer
    with suppress(OSError):
        place.write(state)


def ask(state: State, folder: Path) -> Opened | None:
    """A new page that opens the Studio of ``state``; None if no such Studio answers."""
    nonce = secrets.token_urlsafe(16)
    body = urlencode({"nonce": nonce, "proof": _proof(state, "open", nonce)})
    host = f"[{state.host}]" if ":" in state.host else state.host
    origin = f"http://{host}:{state.port}"
    headers = {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
    try:
        line = HTTPConnection(state.host, state.port, timeout=_ANSWER_TIME)
        try:
            line.request("POST", SECOND_START_PATH, body, headers)
            said = json.loads(line.getresponse().read(10_000))
        finally:
            line.close()
        page, code, proof = str(said["page"]), str(said["code"]), str(said["proof"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return None
    if not same_secret(proof, _proof(state, "opened", nonce, page, code)):
        return None
    return Opened(folder / page, code, f"{origin}/open")


def _proof(state: State, *words: str) -> str:
    return hmac.new(state.secret.encode(), "\0".join(words).encode(), sha256).hexdigest()


def _no_answer(state: State | None) -> ProjectError:
    process = f" (process {state.process}, port {state.port})" if state else ""
    return ProjectError(
        f"Studio runs already for this folder{process}, and does not answer",
        remedy="Close the window that it was started from, or restart the computer. Then start Studio again.",
    )
