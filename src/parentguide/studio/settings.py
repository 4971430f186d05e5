"""How one Studio is run: where its folder is, who may reach it, and by which addresses."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from parentguide.errors import ProjectError

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8642
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """``token`` opens Studio once from its address; ``key`` signs cookies and forms.

    Behind a reverse proxy, ``public_address`` is where people reach it, ``login_header`` the
    header in which the proxy says who is signed in, and ``proxies`` the addresses that may
    say so. ``watch``: pages refresh when a file is saved by another program.
    """

    workspace: Path
    port: int
    key: bytes = field(repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    project_root: Path | None = None
    host: str = LOOPBACK
    public_address: str = ""
    login_header: str = ""
    proxies: tuple[str, ...] = (LOOPBACK, "::1")
    watch: bool = False

    @property
    def behind_proxy(self) -> bool:
        return bool(self.login_header)

    @property
    def origins(self) -> frozenset[str]:
        """The addresses under which a browser may know Studio (RFC 6454)."""
        if self.behind_proxy:
            return frozenset({self.public_address})
        names = (LOOPBACK, "localhost", "[::1]")
        return frozenset(f"http://{name}:{self.port}" for name in names)

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host header may say: anything else is a page of somebody else's that had
        its own name point here (DNS rebinding)."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    @property
    def secure(self) -> bool:
        return self.public_address.startswith("https://")

    @property
    def opening_address(self) -> str:
        if self.behind_proxy:
            return f"{self.public_address}/"
        return f"http://{LOOPBACK}:{self.port}/open?token={self.token}"


def checked_public_address(written: str) -> str:
    """The origin of a public address. Raises :class:`ProjectError`: only https, and no path."""
    parts = urlsplit(written.rstrip("/"))
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username:
        raise ProjectError(
            f"“{written}” is no address for Studio",
            remedy="Give the address that people open, such as https://guides.example.org, without a path.",
        )
    return f"https://{parts.netloc.lower()}"


def signing_key(path: Path | None = None) -> bytes:
    """The key of this user's Studio, made on first use and readable by nobody else.

    It is kept, so that a page that was open while Studio was restarted can still be saved.
    """
    path = path or platformdirs.user_state_path("parentguide", appauthor=False) / "studio.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            kept = path.read_bytes()
            if len(kept) == _KEY_BYTES:
                return kept
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            made = secrets.token_bytes(_KEY_BYTES)
            stream.write(made)
            return made
    except FileExistsError:
        return path.read_bytes()
    except OSError:
        # Without a place to keep it, Studio works all the same until it is closed.
        return secrets.token_bytes(_KEY_BYTES)
