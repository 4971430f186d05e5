"""A form that was sent: read within limits, and only if it carries this visit's token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from parentguide.studio.security.middleware import WRONG_ORIGIN, Refusal
from parentguide.studio.security.sessions import Session, same

TOKEN = "form-token"  # noqa: S105 - the name of the field, not the secret
_MOST_FIELDS = 400
_MOST_FILES = 1
LONGEST_TEXT = 900_000  # bytes in a field, as a browser encodes it


class RefusedFormError(Exception):
    """A form that is not taken; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.title)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. ``name`` is only ever shown, or its ending looked at."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by name, each with all that was sent, and the files."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The first value, with line ends as ``\\n``; empty if there is none."""
        return next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n").replace("\r", "\n")

    def line(self, name: str) -> str:
        """The same for a field of one line, without white space round it."""
        return self.text(name).strip()

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.fields.get(name, ()))


async def read_form(request: Request, key: bytes) -> Form:
    """Raises :class:`RefusedFormError` for a form of another page or visit, or one that is broken."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise RefusedFormError(Refusal(415, "This is no form", "Send it from Studio's own page."))
    try:
        async with request.form(
            max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=LONGEST_TEXT
        ) as sent:
            fields: dict[str, list[str]] = {}
            files: dict[str, Upload] = {}
            for name, value in sent.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename:
                        files[name] = Upload(value.filename, await value.read())
                else:
                    fields.setdefault(name, []).append(value)
    except HTTPException as error:
        raise RefusedFormError(
            Refusal(400, "The form cannot be read", f"Send it again. ({error.detail})")
        ) from None
    session: Session = request.state.session
    if not same(next(iter(fields.get(TOKEN, ())), ""), session.form_token(key)):
        raise RefusedFormError(WRONG_ORIGIN)
    return Form(fields, files)
