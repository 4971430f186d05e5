"""What was typed into the form of one block and is in no text of the guide: a new block that nobody has
added, or words that no block can have yet. Other typed words are in the draft of the guide."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.studio.routing import Studio
from parentguide.studio.security.forms import Form

_NEW = "new "
_FIELDS = ("card", "adds", "words", "kind", "note", "source", "listed", "covers")
_TYPED = ("words", "note", "source")


def key_of(card: str, *, adds: bool) -> str:
    """The key of a form: of the block ``card``, or of a new one below it."""
    return f"{_NEW}{card}" if adds else card


def is_new(form: Form) -> bool:
    """Whether a form is of a block that is not in the guide yet."""
    return "adds" in form.fields or form.text("action") == "insert"


def kept_forms(studio: Studio, request: Request, slug: str) -> dict[str, Form]:
    """The forms that are not saved, by :func:`key_of`, in the order in which they were first typed."""
    path = _path(studio, request, slug)
    with suppress(ParentguideError, ValueError, TypeError, AttributeError):
        if path.exists():
            table = parse_json(read_text(path))
            return {
                str(key): Form({str(name): [str(value) for value in values] for name, values in form.items()})
                for key, form in table.items()
            }
    return {}


def new_blocks(forms: Mapping[str, Form]) -> dict[str, Form]:
    """The forms of new blocks, by the id of the card above them."""
    return {key.removeprefix(_NEW): form for key, form in forms.items() if key.startswith(_NEW)}


def keep_form(studio: Studio, request: Request, slug: str, form: Form) -> None:
    """Keep what a form of a block says; forget one in which nothing is typed."""
    key, forms = key_of(form.line("card"), adds=is_new(form)), kept_forms(studio, request, slug)
    if any(form.line(name) for name in _TYPED):
        fields = {name: form.all(name) for name in _FIELDS if name in form.fields}
        forms[key] = Form(fields | ({"adds": ("yes",)} if is_new(form) else {}))
    else:
        forms.pop(key, None)
    _write(studio, request, slug, forms)


def drop_form(studio: Studio, request: Request, slug: str, key: str) -> None:
    """Forget one form: it is saved or discarded."""
    forms = kept_forms(studio, request, slug)
    if forms.pop(key, None) is not None:
        _write(studio, request, slug, forms)


def drop_forms(studio: Studio, request: Request, slug: str) -> None:
    """Discard all forms of a guide."""
    _path(studio, request, slug).unlink(missing_ok=True)


def _write(studio: Studio, request: Request, slug: str, forms: Mapping[str, Form]) -> None:
    if not forms:
        drop_forms(studio, request, slug)
        return
    table = {key: {name: list(values) for name, values in form.fields.items()} for key, form in forms.items()}
    write_file(_path(studio, request, slug), json.dumps(table, ensure_ascii=False).encode("utf-8"))


def _path(studio: Studio, request: Request, slug: str) -> Path:
    return studio.user_files(request).folder / f".studio-typed-{slug}.json"
