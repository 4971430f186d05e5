"""The short name of a guide: its folder, and part of its address on the web."""

import re
import unicodedata
from collections.abc import Collection

from parentguide.errors import ProjectError
from parentguide.model.domain import INTERFACE
from parentguide.project.block_ids import free_name

LONGEST_NAME = 60
# Studio has a page of its own at “/write/new”.
RESERVED = frozenset({INTERFACE, "new"})
_FORM = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_USUAL_LENGTH = 30  # characters of a name that the program makes; longer ones are hard to read aloud
_SMALL_WORDS = frozenset(
    "a an and are as at by for from in is it of on or our the to we what with you your".split()  # noqa: SIM905
)


def short_name(title: str, taken: Collection[str] = ()) -> str:
    """A short name from the words of a title that is not in ``taken``.

    >>> short_name("Keeping our young people safe online", {"keeping-young-people-safe"})
    'keeping-young-people-safe-2'
    """
    # “Neglect: what every parent should know” is about neglect.
    title = re.split(r":|\s[–—-]\s", title)[0] or title
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    every = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    words = [word for word in every if word not in _SMALL_WORDS] or every
    base = ""
    for word in words:
        longer = f"{base}-{word}" if base else word
        if base and len(longer) > _USUAL_LENGTH:
            break
        base = longer[:_USUAL_LENGTH]
    if not base[:1].isalpha():
        base = f"guide-{base}".rstrip("-")
    return free_name(base, RESERVED.union(taken))


def checked_name(name: str) -> str:
    """The name, if a guide can have it. Raises :class:`ProjectError`."""
    if len(name) > LONGEST_NAME:
        raise ProjectError(
            "the short name is too long",
            remedy=f"Use at most {LONGEST_NAME} letters, such as online-safety.",
        )
    if not _FORM.fullmatch(name) or name in RESERVED:
        raise ProjectError(
            f"“{name}” cannot be the name of a guide",
            remedy="Use small letters, digits and hyphens, such as online-safety.",
        )
    return name
