"""Forms: read within limits, and only with the token of the present session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from parentguide.studio.security.refusals import OLD_FORM, Refusal
from parentguide.studio.security.sessions import Session, same_secret

TOKEN = "form-token"  # noqa: S105 - the name of the field, not the secret
_MOST_FIELDS = 400
_MOST_FILES = 2  # a font has a file of Regular and one of Bold
_LONGEST_FIELD = 900_000  # bytes, as a browser encodes them
_MOST_DIGITS = 6  # of a number of a sentence, a piece, an act, or of copies
_CONTENT_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class RefusedFormError(Exception):
    """A form is refused; ``refusal`` says why, and ``form`` is what was typed, where that is known."""

    def __init__(self, refusal: Refusal, form: "Form | None" = None) -> None:
        super().__init__(refusal.title)
        self.refusal = refusal
        self.form = form


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. Its ``name`` is never used as a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by name, each with all its values, and the files."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The first value, with line ends as ``\\n``; empty if there is none."""
        return next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n").replace("\r", "\n")

    def line(self, name: str) -> str:
        """The first value of a field of one line, without white space around it."""
        return self.text(name).strip()

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Each field with each value, as :meth:`text` gives it, without the token."""
        return [
            (name, value.replace("\r\n", "\n").replace("\r", "\n"))
            for name, values in self.fields.items()
            for value in values
            if name != TOKEN
        ]

    @property
    def size(self) -> int:
        """The characters of all values of fields."""
        return sum(len(value) for values in self.fields.values() for value in values)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(self.fields.get(name, ()))


def small_number(text: str) -> int | None:
    """A number of a form or an address, in at most six digits 0 to 9; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


async def read_form(request: Request, key: bytes) -> Form:
    """The form of a request.

    Raises :class:`RefusedFormError` for a body that is not a form, is broken, or was made by another
    page or in another session.
    """
    form = await read_any_form(request)
    session: Session = request.state.session
    token = next(iter(form.fields.get(TOKEN, ())), "")
    if not same_secret(token, session.form_token(key)):
        raise RefusedFormError(OLD_FORM, form)
    return form


async def read_any_form(request: Request) -> Form:
    """The form of a request, of whatever visit. Raises as :func:`read_form`."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in _CONTENT_TYPES:
        raise RefusedFormError(Refusal(415, "Invalid form", "Send the form from Studio's own page."))
    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    try:
        async with request.form(
            max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD
        ) as sent:
            for name, value in sent.multi_items():
                if not isinstance(value, UploadFile):
                    fields.setdefault(name, []).append(value)
                elif value.filename:
                    files[name] = Upload(value.filename, await value.read())
    except HTTPException as error:
        raise RefusedFormError(
            Refusal(400, "The form cannot be read", f"Send it again. ({error.detail})")
        ) from None
    return Form(fields, files)
