"""``languages.toml`` -> the languages by tag, in the file's order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from parentguide.errors import InvalidValueError, Problem, SourceError
from parentguide.infra.structure import Parsed, parse_string, structure
from parentguide.infra.toml import parse_toml, printable
from parentguide.model.language import (
    SOURCE_LOCALE,
    USUAL_LEADING,
    Confidence,
    Language,
    PrintStyle,
    ZeroWidthRule,
)
from parentguide.model.review_state import ReviewState

_LONGEST_ALIAS = 40
# Where a project has no scripts.toml, or tests need none.
NO_LEADINGS: Mapping[str, float] = MappingProxyType({})


def _quotes(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 2:
        raise InvalidValueError(f"{printable(repr(value))} is not two marks", 'Write both marks: "“”".')
    return value


def _alias(value: Any) -> str:
    words = parse_string(value)
    if not words.strip() or len(words) > _LONGEST_ALIAS:
        raise InvalidValueError(
            f"“{printable(words)}” is not a name that people type",
            f'Write a name of up to {_LONGEST_ALIAS} characters, such as "farsi", or leave it out.',
        )
    return words.strip()


def _speakers(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidValueError(
            f"{printable(repr(value))} is not a number of people", "Write a whole number, or leave it out."
        )
    return value


@dataclass(frozen=True, kw_only=True)
class _LanguageTable:
    """One table of the file; its keys are explained at the head of ``languages.toml``."""

    english_name: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    script: str
    print: PrintStyle
    lang: str = ""
    spoken_as: str = ""
    aliases: tuple[Annotated[str, Parsed(_alias)], ...] = ()
    voices: tuple[str, ...] = ()
    dated: date | None = None
    status: Literal["complete", "in-progress"] = "complete"
    stop: str = "."
    question: str = ""
    word_spaces: bool = True
    article: str = ""
    zero_width: tuple[ZeroWidthRule, ...] = ()
    similar_to: tuple[str, ...] = ()
    quotes: Annotated[str, Parsed(_quotes)] = "“”"
    digits: str = "latn"
    confidence: Confidence = ""
    confidence_reason: str = ""
    speakers: Annotated[int, Parsed(_speakers)] = 0
    notes: str = ""

    def language(self, tag: str, zero: str, leadings: Mapping[str, float]) -> Language:
        """The language of this table; ``zero`` is the zero of its digits, ``leadings`` those of scripts."""
        return Language(
            tag=tag,
            english_name=self.english_name,
            own_name=self.own_name,
            direction=self.direction,
            script=self.script,
            print=_with_leading(self.print, leadings.get(self.script, USUAL_LEADING)),
            latin_leading=leadings.get("Latn", USUAL_LEADING),
            lang=self.lang or tag,
            spoken_as=self.spoken_as or self.english_name,
            aliases=self.aliases,
            voices=self.voices or (tag,),
            dated=None if tag == SOURCE_LOCALE else self.dated,
            review=ReviewState.ORIGINAL if tag == SOURCE_LOCALE else ReviewState.DRAFT,
            stop=self.stop,
            quotes=self.quotes,
            digits=self.digits,
            zero=zero,
            question=self.question,
            word_spaces=self.word_spaces,
            article=self.article,
            zero_width=self.zero_width,
            similar_to=self.similar_to,
            in_progress=self.status == "in-progress",
            confidence=self.confidence,
            confidence_reason=self.confidence_reason,
            speakers=self.speakers,
            notes=self.notes,
        )


def _with_leading(style: PrintStyle, of_script: float) -> PrintStyle:
    """The style with a distance of lines wherever the file gives none."""
    leading = style.leading or of_script
    faces = tuple(replace(face, leading=face.leading or leading) for face in style.faces)
    return replace(style, leading=leading, faces=faces)


def parse_languages(
    text: str, zeros: Mapping[str, str], path: Path | None = None, leadings: Mapping[str, float] = NO_LEADINGS
) -> dict[str, Language]:
    """The file's text -> the languages by BCP 47 tag; ``zeros`` are those of ``digits.toml``, ``leadings``
    those of ``scripts.toml``.

    Raises :class:`SourceError` with every mistake of the file.
    """
    tables = structure(parse_toml(text, path), dict[str, _LanguageTable], path)
    problems = [
        problem for tag, table in tables.items() for problem in _problems_between(tag, table, zeros, path)
    ]
    if problems:
        raise SourceError.of(problems)
    return {tag: table.language(tag, zeros[table.digits], leadings) for tag, table in tables.items()}


def _problems_between(
    tag: str, table: _LanguageTable, zeros: Mapping[str, str], path: Path | None
) -> list[Problem]:
    """What no single value of a table shows."""
    found = []
    if table.digits not in zeros:
        remedy = f"Write one of {', '.join(zeros)}, or add the system to digits.toml."
        found.append(Problem(f"“{printable(table.digits)}” is not known", remedy, (tag, "digits"), path))
    if tag != SOURCE_LOCALE and table.dated is None:
        found.append(
            Problem(
                "is missing", "Write the day of the translation: dated = 2026-11-23.", (tag, "dated"), path
            )
        )
    leadings = {("print", "leading"): table.print.leading} | {
        ("print", "faces", index, "leading"): face.leading for index, face in enumerate(table.print.faces)
    }
    found += [
        Problem(
            f"{leading:g} is not a distance of lines",
            "Write it as a multiple of the type size, from 1.2 to 3, or leave it out.",
            (tag, *place),
            path,
        )
        for place, leading in leadings.items()
        if leading and not 1.2 <= leading <= 3
    ]
    found += [
        Problem(
            f"“{printable(rule.missing_in)}” is not a regular expression: {error}",
            "Write it as Python's module “re” reads it.",
            (tag, "zero_width", index, "missing_in"),
            path,
        )
        for index, rule in enumerate(table.zero_width)
        if (error := _pattern_error(rule.missing_in))
    ]
    return found


def _pattern_error(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def parse_digits(text: str, path: Path | None = None) -> dict[str, str]:
    """``digits.toml`` -> the zero of each numbering system by its CLDR name. Raises :class:`SourceError`."""
    zeros = structure(parse_toml(text, path), dict[str, str], path)
    problems = [
        Problem(f"“{printable(zero)}” is not a zero", "Write the digit that means 0.", (name,), path)
        for name, zero in zeros.items()
        if len(zero) != 1 or not zero.isdecimal() or int(zero) != 0
    ]
    if problems:
        raise SourceError.of(problems)
    return zeros
