"""Tables of hand-written files -> typed values, with every mistake at once.

A file's form is a frozen dataclass. cattrs makes values of it and gathers what fails; this module
turns that into :class:`~parentguide.errors.Problem` values with the place in the file. Nothing is
converted in silence: a number where a text belongs is a mistake.

Decision: docs/decisions/0023-cattrs-for-files.md.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn

from parentguide.errors import InvalidValueError, Loc, ParentguideError, Problem, SourceError
from parentguide.infra.toml import printable

T = TypeVar("T")
_LONGEST_TEXT = 2_000  # characters; a long address has 200
_LONGEST_LIST = 300  # entries; there are 41 languages
# No quantity of this program is that large; nan, inf and whole numbers that are no floats are not below it.
_NO_NUMBER = 1e15


@dataclass(frozen=True, slots=True)
class Parsed:
    """How a field is read, as metadata of its type: ``Annotated[FieldValue | None, Parsed(parse_phone)]``.

    ``parse`` takes the value as TOML has it and raises
    :class:`~parentguide.errors.InvalidValueError`. ``kind`` names the sort of value for forms, and
    ``schema`` is the JSON Schema (2020-12) of what may be written.
    """

    parse: Callable[[Any], Any]
    kind: str = "text"
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"}, hash=False)


@dataclass(frozen=True, slots=True)
class AtMost:
    """A list of at most ``count`` entries, as metadata of its type; ``why`` says what limits it."""

    count: int
    why: str


def structure(
    table: Mapping[str, Any],
    form: type[T],
    path: Path | None = None,
    error: type[ParentguideError] = SourceError,
    loc: Loc = (),
) -> T:
    """The value of ``table`` as ``form``, a dataclass or ``dict[str, dataclass]``.

    Raises ``error`` with all mistakes, each with its place below ``loc`` and ``path``.
    """
    try:
        return _CONVERTER.structure(table, form)
    except BaseValidationError as group:
        raise error.of(_located(problem, path) for problem in _problems(group, loc)) from None


def _located(problem: Problem, path: Path | None) -> Problem:
    return Problem(problem.text, problem.remedy, problem.loc, path)


def metadata_of(form: Any, kind: type[T]) -> T | None:
    """The metadata of type ``kind`` in an ``Annotated`` type; None where it has none."""
    return next((m for m in get_args(form)[1:] if isinstance(m, kind)), None) if _is_annotated(form) else None


def _is_annotated(form: Any) -> bool:
    return _origin(form) is Annotated


def _origin(form: Any) -> Any:
    return get_origin(form)


def _problems(group: BaseValidationError, loc: Loc) -> Iterator[Problem]:
    noted: list[tuple[Exception, Any]]
    if isinstance(group, ClassValidationError):
        attributes, others = group.group_exceptions()
        noted = [(error, note.name) for error, note in attributes]
    elif isinstance(group, IterableValidationError):
        entries, others = group.group_exceptions()
        noted = [(error, note.index) for error, note in entries]
    else:
        noted, others = [], list(group.exceptions)
    for error, step in noted:
        yield from _problem(error, (*loc, step), group.cl)
    for error in others:
        yield from _problem(error, loc, group.cl)


def _problem(error: Exception, loc: Loc, form: Any) -> Iterator[Problem]:
    match error:
        case BaseValidationError():
            yield from _problems(error, loc)
        case ForbiddenExtraKeysError():
            yield from _unknown_keys(error, loc)
        case InvalidValueError():
            yield Problem(error.problem, error.remedy, loc)
        case KeyError():
            yield Problem("is missing", f"Write {loc[-1]} = {_example_of(form, str(loc[-1]))}.", loc)
        case _:
            yield Problem(
                f"cannot be read: {error}", "Compare it with the example in the documentation.", loc
            )


def _unknown_keys(error: ForbiddenExtraKeysError, loc: Loc) -> Iterator[Problem]:
    known = sorted(f.name for f in fields(error.cl)) if is_dataclass(error.cl) else []
    for key in sorted(error.extra_fields):
        near = get_close_matches(key.lower(), known, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(known)}."
        yield Problem(f"unknown key “{printable(key)}”", remedy, loc)


def _example_of(form: Any, key: str) -> str:
    """What a missing value looks like."""
    kinds = {f.name: f.type for f in fields(form)} if is_dataclass(form) else {}
    kind = kinds.get(key)
    if kind is date:
        return "a date such as 2026-11-23"
    return "a list" if get_origin(kind) is tuple else "a text in quotation marks"


def parse_string(value: Any) -> str:
    """``value`` if it is a text. Raises :class:`~parentguide.errors.InvalidValueError`."""
    if not isinstance(value, str):
        raise InvalidValueError(
            f"{printable(repr(value))} is not a text", "Put the value in quotation marks."
        )
    return value


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValueError(f"{printable(repr(value))} is not true or false", "Write true or false.")
    return value


def _whole_number(value: Any, _: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValueError(f"{printable(repr(value))} is not a whole number", "Write digits only.")
    return value


def _number(value: Any, _: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < _NO_NUMBER:
        raise InvalidValueError(f"{printable(repr(value))} is not a number", "Write a number such as 1.2.")
    return float(value)


def _day(value: Any, _: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidValueError(
            f"{printable(repr(value))} is not a date", "Write year, month and day, such as 2026-11-23."
        )
    return value


def _choice(value: Any, form: Any) -> Any:
    choices = get_args(form)
    if value not in choices:
        listed = ", ".join(f'"{choice}"' for choice in choices)
        raise InvalidValueError(
            f"{printable(repr(value))} is not one of the choices", f"Write one of: {listed}."
        )
    return value


def _member(value: Any, form: Any) -> Any:
    if value not in list(form):
        listed = ", ".join(f'"{member}"' for member in form)
        raise InvalidValueError(
            f"{printable(repr(value))} is not one of the choices", f"Write one of: {listed}."
        )
    return form(value)


def _list(value: Any, form: Any) -> Any:
    """A tuple of one type, from a list and nothing else; a single table is read as a list of one."""
    inner = get_args(form)[0]
    if isinstance(value, Mapping) and is_dataclass(inner):
        value = [value]
    if not isinstance(value, list | tuple):
        example = (
            "Begin each entry with [[…]]." if is_dataclass(inner) else 'Write a list, such as ["pl", "ur"].'
        )
        raise InvalidValueError(f"{printable(repr(value))} is not a list", example)
    return tuple(_CONVERTER.structure(value, list[inner]))  # type: ignore[valid-type]


def _refuse_long(value: Any) -> None:
    """Parsers compare and search what they read, which takes long for what nobody wrote by hand."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise InvalidValueError(f"it has {len(value):,} characters", "Shorten it.")
    if isinstance(value, list) and (
        len(value) > _LONGEST_LIST or sum(len(v) for v in value if isinstance(v, str)) > _LONGEST_TEXT
    ):
        raise InvalidValueError(f"{len(value):,} entries", "Keep those that you need.")


def _annotated(value: Any, form: Any) -> Any:
    parsed = metadata_of(form, Parsed)
    if parsed is not None:
        _refuse_long(value)
        return parsed.parse(value)
    limit = metadata_of(form, AtMost)
    if limit is not None and isinstance(value, list | tuple) and len(value) > limit.count:
        raise InvalidValueError(f"{len(value)} entries", f"Keep {limit.count} at most: {limit.why}.")
    return _CONVERTER.structure(value, get_args(form)[0])


def _dataclass_or_problem(value: Any, form: Any) -> Any:
    if not isinstance(value, Mapping):
        raise InvalidValueError(
            f"{printable(repr(value))} is not a table", "Write [name] on a line of its own."
        )
    return _structure_class(form)(value, form)


def _make_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in (
        (str, lambda value, _: parse_string(value)),
        # A StrEnum is a str too, so without its own hook it would stay a plain text.
        (StrEnum, _member),
        (bool, _flag),
        (int, _whole_number),
        (float, _number),
        (date, _day),
    ):
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda form: _origin(form) is Literal, _choice)
    converter.register_structure_hook_func(
        lambda form: _origin(form) is tuple and len(get_args(form)) == 2 and get_args(form)[1] is ...,
        _list,
    )
    converter.register_structure_hook_func(is_dataclass, _dataclass_or_problem)
    converter.register_structure_hook_func(_is_annotated, _annotated)
    return converter


_CONVERTER = _make_converter()


@cache
def _structure_class(form: Any) -> Any:
    """cattrs' own function for a dataclass."""
    return make_dict_structure_fn(form, _CONVERTER)
