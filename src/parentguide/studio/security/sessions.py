"""Signed session cookies and form tokens (itsdangerous, HMAC-SHA-256): the server keeps no sessions."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, Signer, URLSafeSerializer

LONGEST = 12 * 3600  # seconds: a working day
# itsdangerous uses SHA-1 unless it is told otherwise.
SIGNER_OPTIONS: dict[str, Any] = {"digest_method": sha256, "key_derivation": "hmac"}


@dataclass(frozen=True, slots=True)
class Session:
    """One visit of one browser. ``user`` is empty on one's own computer; ``issued`` is in seconds since
    1970."""

    user: str
    issued: int
    nonce: str

    @property
    def id(self) -> str:
        """Tells this visit from all others."""
        return f"{self.user} {self.nonce}"

    def cookie(self, key: bytes) -> str:
        """The value of the cookie. It can be read only for the same user, whom it does not name."""
        return str(_serializer(key, self.user).dumps([self.issued, self.nonce]))

    def form_token(self, key: bytes) -> str:
        """What every form of this visit carries, and no other site can know."""
        signer = Signer(key, salt=f"form\0{self.user}", **SIGNER_OPTIONS)
        return str(signer.get_signature(f"{self.issued}.{self.nonce}").decode("ascii"))


def new_session(user: str, now: float) -> Session:
    """A session that begins ``now``, in seconds since 1970."""
    return Session(user, int(now), secrets.token_urlsafe(18))


def read_session(cookie: str, user: str, key: bytes, now: float) -> Session | None:
    """The session of a cookie that was signed for ``user`` at most :data:`LONGEST` seconds ago."""
    try:
        issued, nonce = _serializer(key, user).loads(cookie)
    except BadData:
        return None
    return Session(user, issued, nonce) if 0 <= now - issued <= LONGEST else None


def same_secret(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _serializer(key: bytes, user: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"session\0{user}", signer_kwargs=SIGNER_OPTIONS)
