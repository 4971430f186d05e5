"""The ids of blocks of ``guide.md``, made from their words."""

import re
from collections.abc import Collection

_ID_WORDS = 4


def new_id(text: str, used: Collection[str]) -> str:
    """An id from the first words of ``text`` that is not in ``used``.

    >>> new_id("Talk to us, always.", {"talk-to-us-always"})
    'talk-to-us-always-2'
    """
    words = re.findall(r"[a-z0-9]+", text.lower())[:_ID_WORDS]
    base = "-".join(words)
    base = base if base[:1].isalpha() else f"block-{base}".rstrip("-")
    return free_name(base, used)


def free_name(base: str, taken: Collection[str]) -> str:
    """``base``, or the first of ``base-2``, ``base-3`` and so on, that is not in ``taken``."""
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name
