"""From the code on a sheet or page to the messages that it showed, as far as they are unchanged.

A code is the digest of the words that it is about (:func:`parentguide.model.shown_words.code_of`). If the
words have not changed, the code is worked out again from the present words. If they have, the list of
digests that was kept when the sheet was made says which ones changed. The list is kept in the user's
cache folder; it cannot be wrong, because its digest is the code.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.model.domain import INTERFACE
from parentguide.model.language import Language
from parentguide.model.shown_words import code_of, typed_code
from parentguide.project.project import Project
from parentguide.review.approvals import Refusal, request_text
from parentguide.review.status import LanguageReview, MessageReview

_MOST_KEPT = 60  # codes of one language; the oldest are forgotten first


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw and can sign: ``messages``. ``left_out`` are all others, each with the reason."""

    messages: tuple[MessageReview, ...]
    left_out: tuple[Refusal, ...]


def shown_digests(messages: Iterable[MessageReview]) -> frozenset[str]:
    """The digests of what a sheet of these messages shows: those whose translation may be shown."""
    return frozenset(message.place for message in messages if message.shown)


def present_codes(review: LanguageReview) -> dict[str, frozenset[str]]:
    """The codes that sheets of the present words have, each with the digests of what they show.

    The review sheet and ``check.html`` show one guide and the interface, the workbook all guides.
    """
    shown = [shown_digests(review.messages)]
    for domain in dict.fromkeys(message.domain for message in review.messages):
        shown.append(shown_digests(m for m in review.messages if m.domain == domain))
        shown.append(shown_digests(m for m in review.messages if m.domain in (domain, INTERFACE)))
    return {code_of(digests): digests for digests in shown}


def digests_of(project: Project, review: LanguageReview, typed: str) -> Collection[str]:
    """The digests of what the sheet with the code ``typed`` showed.

    Raises :class:`ProjectError` for what is not a code, and for one that is not known here.
    """
    code = typed_code(typed)
    if not code:
        raise ProjectError(
            f"“{typed}” is not the code of a sheet",
            remedy="Give the ten letters and digits that the sheet names, such as K7QXM-2P9DA.",
        )
    known = {**_kept_codes(project.locales, review.language), **present_codes(review)}
    if code in known:
        return known[code]
    raise ProjectError(
        f"no sheet in {review.language.english_name} with the code {code} is known here",
        remedy="Look at the code again. If it is right, words have changed since the sheet was made, and"
        " this computer does not know which: print the sheet again, and compare. Or sign messages by name"
        " with --only.",
    )


def seen(review: LanguageReview, digests: Collection[str]) -> Seen:
    """What somebody who saw the words with ``digests`` can sign now, and what not."""
    messages: list[MessageReview] = []
    left_out: list[Refusal] = []
    for message in review.messages:
        if message.place not in digests:
            reason = "the sheet does not show it, or its words have changed since"
            left_out.append(Refusal(message, (reason,)))
        elif message.open_requests:
            left_out.append(Refusal(message, tuple(map(request_text, message.open_requests))))
        else:
            messages.append(message)
    return Seen(tuple(messages), tuple(left_out))


def keep_code(locales: Path, language: Language, digests: Collection[str]) -> None:
    """Remember what a sheet that is being made shows. A cache that cannot be written is not an error.

    ``locales`` is the folder of the project's translations.
    """
    code = code_of(digests)
    kept = _kept_codes(locales, language)
    if code in kept:
        return
    latest = [*kept.items(), (code, digests)][-_MOST_KEPT:]
    table = {code: sorted(digests) for code, digests in latest}
    with suppress(ProjectError):
        write_file(_register(locales, language), json.dumps(table).encode("utf-8"))


def _register(locales: Path, language: Language) -> Path:
    return cache_path(locales / language.locale, "codes.json")


def _kept_codes(locales: Path, language: Language) -> Mapping[str, Collection[str]]:
    """The codes that were kept, oldest first. A list whose digest is not its code is left out."""
    try:
        table = parse_json(read_text(_register(locales, language)))
        return {code: frozenset(found) for code, found in table.items() if code_of(found) == code}
    except (ParentguideError, ValueError, AttributeError, TypeError):
        return {}
