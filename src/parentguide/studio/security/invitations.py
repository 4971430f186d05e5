"""Invitations: a colleague without a login checks one language, for two weeks at most.

Only behind a login. A link carries a signed token after “#”, which no browser sends to a server, so it is in
no log. It works once: the browser that uses it gets a cookie, good for that language until the invitation
ends or is taken back. The file of the invitations has neither tokens nor cookies.
"""

import json
import re
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.studio.security.sessions import SIGNER_OPTIONS, Session

DAYS = 14
INVITED_PATH = "/invited"
_MOST = 200
_LONGEST_NAME = 60
_NOT_PLAIN = re.compile(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One colleague (``name``, as ``by`` wrote it) may check the language ``tag``.

    ``made`` and ``ends`` are in seconds since 1970. ``nonce`` is that of its session; empty until somebody
    has used the link.
    """

    id: str
    tag: str
    name: str
    by: str
    made: int
    ends: int
    nonce: str = ""

    @property
    def account(self) -> str:
        """The name that records have in place of an account."""
        return f"{self.name}, invited by {self.by}"

    @property
    def is_used(self) -> bool:
        return bool(self.nonce)


class Invitations:
    """The invitations of one workspace, in the file ``path``. Thread-safe. ``clock``: seconds since 1970."""

    def __init__(self, path: Path, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._key = key
        self._clock = clock
        self._lock = Lock()

    def invite(self, tag: str, name: str, by: str) -> str:
        """The token of a new invitation, which is kept nowhere.

        Raises :class:`ProjectError` for a name that is missing or too long, for too many invitations, and if
        the file cannot be written.
        """
        if not name or len(name) > _LONGEST_NAME or _NOT_PLAIN.search(name):
            raise ProjectError(
                "the link has to be for one person",
                remedy=f"Write their name or initials, in {_LONGEST_NAME} characters at most.",
            )
        now = int(self._clock())
        made = Invitation(secrets.token_urlsafe(9), tag, name, by, now, now + DAYS * 86_400)
        with self._lock:
            present = self._present()
            if len(present) >= _MOST:
                raise ProjectError(
                    f"there are {_MOST} invitations already", remedy="Take back those that nobody needs."
                )
            self._write([*present, made])
        return self._signed("link", made.id)

    def of_language(self, tag: str) -> Sequence[Invitation]:
        """The invitations for a language that have not ended."""
        with self._lock:
            return [one for one in self._present() if one.tag == tag]

    def take_back(self, tag: str, name: str) -> None:
        """End the invitation with the id ``name``, if there is one, and the session that it opened."""
        with self._lock:
            present = self._present()
            rest = [one for one in present if (one.id, one.tag) != (name, tag)]
            if len(rest) < len(present):
                self._write(rest)

    def spend(self, token: str) -> tuple[Invitation, str] | None:
        """The invitation of a token that nobody has used, and the value of its cookie; None for any other."""
        name = self._read("link", token.strip())
        with self._lock:
            present = self._present()
            found = next((one for one in present if one.id == name and not one.is_used), None)
            if found is None:
                return None
            used = replace(found, nonce=secrets.token_urlsafe(18))
            self._write([used if one is found else one for one in present])
        return used, self._signed("visit", f"{used.id} {used.nonce}")

    def session(self, cookie: str) -> tuple[Invitation, Session] | None:
        """The session of a cookie of :meth:`spend`; None if its invitation has ended or was taken back."""
        name, _, nonce = self._read("visit", cookie).partition(" ")
        if not nonce:
            return None
        with self._lock:
            found = next((one for one in self._present() if (one.id, one.nonce) == (name, nonce)), None)
        return None if found is None else (found, Session(found.account, found.made, nonce))

    def seconds_left(self, invitation: Invitation) -> int:
        return max(0, invitation.ends - int(self._clock()))

    def _present(self) -> list[Invitation]:
        """Those that have not ended. A file that cannot be read lets nobody in."""
        if not self._path.exists():
            return []
        with suppress(ParentguideError, ValueError, TypeError):
            every = [Invitation(**one) for one in parse_json(read_text(self._path))]
            return [one for one in every if one.made <= self._clock() < one.ends]
        return []

    def _write(self, invitations: Sequence[Invitation]) -> None:
        text = json.dumps([asdict(one) for one in invitations], ensure_ascii=False, indent=1)
        write_file(self._path, f"{text}\n".encode())

    def _signed(self, use: str, text: str) -> str:
        return str(self._serializer(use).dumps(text))

    def _read(self, use: str, signed: str) -> str:
        """The text of what :meth:`_signed` made; empty for anything else."""
        try:
            found = self._serializer(use).loads(signed)
        except (BadData, UnicodeError):
            return ""
        return found if isinstance(found, str) else ""

    def _serializer(self, use: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=f"invitation\0{use}", signer_kwargs=SIGNER_OPTIONS)


def is_invited(request: Request) -> bool:
    """Whether the request is from somebody with an invitation, who has no login."""
    return getattr(request.state, "invitation", None) is not None
