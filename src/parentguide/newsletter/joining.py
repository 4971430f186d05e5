"""Join the lines of one statement, and restore the hyphens that a PDF lost."""

import re
from collections.abc import Collection, Sequence

_LONGEST_WORD = 80  # characters
_KEPT_PREFIXES = {"self", "non", "well", "co", "ex", "anti", "semi", "multi", "peer", "one"}
# “ill” begins words such as “illness” too.
_KEPT_WORDS = re.compile(r"ill-(?:treat|being|health|advised|equipped|founded|informed|use)")
_LOST_HYPHEN = re.compile(r"\b(non|self)([a-z]{4,})\b")
_CUT_WORD = re.compile(r"([A-Za-z’']+)[-‐]$")
_HYPHENS = ("-", "‐")
_FIRST_LETTERS = re.compile(r"[A-Za-z’']+")


def join_lines(parts: Sequence[str], words: Collection[str]) -> str:
    """The lines of one statement as one line; a word that was cut at a line's end is whole again.

    ``words`` are the words of the whole newsletter in small letters: they show how a word is written.
    """
    if len(parts) == 1:
        return parts[0]
    joined = [parts[0]]
    for part in parts[1:]:
        end = joined[-1]
        cut = _CUT_WORD.search(end[-_LONGEST_WORD:]) if end.endswith(_HYPHENS) else None
        tail = _FIRST_LETTERS.match(part) if cut else None
        if cut and tail:
            if tail[0][0].islower() and not _keeps_hyphen(cut[1], tail[0], words):
                joined[-1] = end[:-1]
        elif not end.endswith("/") and not _is_cut_address(end, part):
            joined.append(" ")
        joined.append(part)
    return "".join(joined)


def _is_cut_address(end: str, part: str) -> bool:
    """Whether a web or mail address goes on in the next line; it is cut beside a full stop."""
    if not part.startswith(".") and not (end.endswith(".") and part[:1].islower()):
        return False
    last = end[-_LONGEST_WORD:].rsplit(" ", 1)[-1]
    return "@" in last or "://" in last or last.startswith("www.")


def _keeps_hyphen(head: str, tail: str, words: Collection[str]) -> bool:
    whole, hyphenated = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
    if hyphenated in words:
        return True
    return whole not in words and (head.lower() in _KEPT_PREFIXES or bool(_KEPT_WORDS.match(hyphenated)))


def restore_hyphens(text: str, words: Collection[str]) -> str:
    """``noncontact`` -> ``non-contact``, where the newsletter also says ``contact``."""

    if "non" not in text and "self" not in text:
        return text

    def restored(match: re.Match[str]) -> str:
        prefix, rest = match[1], match[2]
        return f"{prefix}-{rest}" if rest in words else match[0]

    return _LOST_HYPHEN.sub(restored, text)
