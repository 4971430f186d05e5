"""Signed cookies and form tokens (HMAC-SHA-256, RFC 2104): nothing is kept on the server."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

LONGEST = 12 * 3600  # seconds: a working day


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's visit. ``user`` is empty on one's own computer; ``issued`` in seconds."""

    user: str
    issued: int
    nonce: str

    def cookie(self, key: bytes) -> str:
        body = f"{self.issued}.{self.nonce}"
        return f"{body}.{_mac(key, 'session', self.user, body)}"

    def form_token(self, key: bytes) -> str:
        """What every form of this visit carries, and no other site can know."""
        return _mac(key, "form", self.user, f"{self.issued}.{self.nonce}")


def new_session(user: str, now: float) -> Session:
    return Session(user, int(now), secrets.token_urlsafe(18))


def read_session(cookie: str, user: str, key: bytes, now: float) -> Session | None:
    """The visit of a cookie that we signed for ``user`` no longer ago than :data:`LONGEST`."""
    issued, _, rest = cookie.partition(".")
    nonce, _, _ = rest.partition(".")
    if not issued.isascii() or not issued.isdigit() or len(issued) > 12:
        return None
    session = Session(user, int(issued), nonce)
    fresh = 0 <= now - session.issued <= LONGEST
    return session if fresh and same(session.cookie(key), cookie) else None


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _mac(key: bytes, purpose: str, user: str, body: str) -> str:
    message = "\0".join((purpose, user, body)).encode("utf-8")
    return urlsafe_b64encode(hmac.new(key, message, sha256).digest()).decode("ascii").rstrip("=")
