"""How a person opens Studio on their own computer: with a token that works once.

Decision: docs/decisions/0031-open-with-a-private-file.md.
"""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import platformdirs
from jinja2 import Environment

from parentguide.errors import ProjectError
from parentguide.studio.security.sessions import same_secret

# Without 0, 1, l and o, which look alike: a person may have to type a token.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 5, 4  # 20 letters of 32: 100 bits
_MOST_OTHERS = 8  # tokens of second starts that nobody has used yet

# A browser opens this file as it is, so its style and script are inline, and it loads nothing.
_PAGE = """\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Open parentguide Studio</title>
<style>body { font: 1.125rem/1.5 sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem }
button { font: inherit; padding: 0.5rem 1rem }</style>
</head>
<body>
<main>
<h1>Open Studio</h1>
<p>Studio opens by itself. If it does not, press the button.</p>
<form method="post" action="{{ address }}">
<input type="hidden" name="token" value="{{ token }}">
<button>Open Studio</button>
</form>
</main>
<script>document.forms[0].submit()</script>
</body>
</html>
"""


def _new_token() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


class OpeningToken:
    """The token that starts the next session. Each works once; then there is a new one. Thread-safe.

    A second start of Studio gets a token of its own, so that two browsers never race for one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._value = _new_token()
        self._others: dict[str, Callable[[], None]] = {}
        # Called with each new token.
        self.on_change: Callable[[str], None] = lambda _: None
        # The answer to a second start, given what it sent; None for a program that may not ask.
        self.answer_second_start: Callable[[str, str], bytes | None] = lambda _nonce, _proof: None

    @property
    def value(self) -> str:
        return self._value

    def spend(self, given: str) -> bool:
        """Whether ``given`` is the present token, which then works no more."""
        given = given.strip().lower()
        with self._lock:
            if same_secret(given, self._value):
                self._value = _new_token()
                self.on_change(self._value)
                return True
            other = next((token for token in self._others if same_secret(given, token)), "")
            if not other:
                return False
            self._others.pop(other)()
            return True

    def another(self, token: str, discard: Callable[[], None]) -> None:
        """Let ``token`` work once, too. ``discard`` is called when it works no more."""
        with self._lock:
            self._others[token] = discard
            while len(self._others) > _MOST_OTHERS:
                self._others.pop(next(iter(self._others)))()

    def discard_others(self) -> None:
        """No token of a second start works any more."""
        with self._lock:
            while self._others:
                self._others.popitem()[1]()


class OpeningFile:
    """A web page on disk that sends the present token to Studio at ``address``.

    Only this user can read it. It is written anew when the token changes.
    """

    def __init__(self, token: OpeningToken, address: str, port: int) -> None:
        self._token = token
        self._address = address
        self._port = port
        found = private_folder()
        self._folder = found or Path(tempfile.mkdtemp(prefix="parentguide-"))
        self._is_temporary = found is None
        self.path = self._folder / f"open-studio-{port}.html"
        try:
            # A Studio that was killed leaves pages whose tokens work no more. The port is ours now.
            for old in self._folder.glob(f"open-studio-{port}-*.html"):
                old.unlink(missing_ok=True)
            self._write(token.value, self.path)
        except OSError as error:
            raise ProjectError(
                f"the page that opens Studio cannot be written: {error.strerror or error}",
                path=self.path,
                remedy="Check the free space, and that you may write to the folder.",
            ) from None
        token.on_change = self._replace

    def another(self) -> tuple[Path, str]:
        """A new page for a second start, with a token of its own, and that token. The page is removed when
        the token is used. Raises :class:`OSError`."""
        token = _new_token()
        path = self._folder / f"open-studio-{self._port}-{secrets.token_hex(4)}.html"
        self._write(token, path)
        self._token.another(token, lambda: _remove(path))
        return path, token

    def remove(self) -> None:
        """Remove the files; Studio is closed."""
        self._token.discard_others()
        _remove(self.path)
        if self._is_temporary:
            with suppress(OSError):
                self._folder.rmdir()

    def _replace(self, token: str) -> None:
        try:
            self._write(token, self.path)
        except OSError:
            _remove(self.path)  # it has a token that works no more

    def _write(self, token: str, path: Path) -> None:
        page = Environment(autoescape=True).from_string(_PAGE).render(address=self._address, token=token)
        # mkstemp makes a new file with the mode 600, and never follows a link that somebody has planted.
        handle, name = tempfile.mkstemp(prefix=".open-studio-", dir=self._folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(page)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def private_folder() -> Path | None:
    """The user's folder for state, where nobody else may write; None if it cannot be used."""
    folder = platformdirs.user_state_path("parentguide", appauthor=False)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK) and not _is_shared(folder):
            return folder
    return None


def _is_shared(folder: Path) -> bool:
    """Whether others may write to the folder, and so replace the page. On Windows, the folder is in the
    user's profile, which is private to them."""
    return os.name == "posix" and bool(folder.stat().st_mode & 0o022)
