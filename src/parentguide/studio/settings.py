"""Settings of one Studio: its folder, who may reach it, and at which addresses."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from parentguide.errors import ProjectError

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8642
OPENING_PATH = "/open"
# Where a second start asks the Studio that runs to open.
SECOND_START_PATH = "/open/again"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """``key`` signs cookies and forms.

    Behind a reverse proxy, ``public_address`` is what people open, ``login_header`` the header in
    which the proxy names the signed-in person, and ``proxies`` the addresses of trusted proxies.
    ``watch``: previews refresh when another program saves a file. ``stay_open``: Studio does not close by
    itself when nobody is there. ``run`` tells this run of Studio from all others.
    """

    workspace: Path
    port: int
    key: bytes = field(repr=False)
    run: str = field(default_factory=lambda: secrets.token_urlsafe(9), repr=False)
    project_root: Path | None = None
    host: str = LOOPBACK
    public_address: str = ""
    login_header: str = ""
    proxies: tuple[str, ...] = (LOOPBACK, "::1")
    watch: bool = False
    stay_open: bool = False

    @property
    def behind_proxy(self) -> bool:
        return bool(self.login_header)

    @property
    def origins(self) -> frozenset[str]:
        """The origins that a browser may send (RFC 6454)."""
        if self.behind_proxy:
            return frozenset({self.public_address})
        names = (LOOPBACK, "localhost", "[::1]")
        return frozenset(f"http://{name}:{self.port}" for name in names)

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host header may say. Any other name belongs to a site that resolves to this computer
        (DNS rebinding)."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    @property
    def secure(self) -> bool:
        return self.public_address.startswith("https://")

    @property
    def opening_address(self) -> str:
        """Where a person opens Studio: with their login, or with the opening token."""
        if self.behind_proxy:
            return f"{self.public_address}/"
        return f"{self.own_address}{OPENING_PATH}"

    @property
    def own_address(self) -> str:
        """The origin that people open."""
        if self.behind_proxy:
            return self.public_address
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def cookie_name(self) -> str:
        """Cookies are shared between ports, so the name of each Studio's cookie has its port."""
        return "__Host-parentguide-studio" if self.secure else f"parentguide-studio-{self.port}"

    @property
    def invited_cookie_name(self) -> str:
        """The cookie of somebody with an invitation, who has no login."""
        return "__Host-parentguide-invited" if self.secure else f"parentguide-invited-{self.port}"


def checked_public_address(written: str) -> str:
    """The origin of a public address. Raises :class:`ProjectError`: only https, and no path."""
    parts = urlsplit(written.rstrip("/"))
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username:
        raise ProjectError(
            f"“{written}” is not an address for Studio",
            remedy="Give the address that people open, such as https://guides.example.org, without a path.",
        )
    return f"https://{parts.netloc.lower()}"


def signing_key(path: Path | None = None) -> bytes:
    """The key of this user's Studio, created on first use and readable by nobody else.

    It is kept in a file, so that a page that was open while Studio was restarted can still be saved.
    """
    path = path or platformdirs.user_state_path("parentguide", appauthor=False) / "studio.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            key = path.read_bytes()
            if len(key) == _KEY_BYTES:
                return key
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            key = secrets.token_bytes(_KEY_BYTES)
            stream.write(key)
            return key
    except FileExistsError:
        return path.read_bytes()
    except OSError:
        # Without the file, the key lasts until Studio is closed.
        return secrets.token_bytes(_KEY_BYTES)
