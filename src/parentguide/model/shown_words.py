"""Exactly which words a sheet, page or form shows: a digest of each message, and a short code of them all."""

import json
import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

_LETTERS = 10
# Crockford's alphabet has no I, L, O or U. What people read as such a letter is this digit.
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD = str.maketrans(_RFC4648, _CROCKFORD)
_MISREAD = str.maketrans("ILOU", "110V")


def words_digest(context: str, locale: str, english: str, translation: str) -> str:
    """The SHA-256 digest of the four texts, in hexadecimal. JSON keeps them apart, so that no two
    different lists of four have the same input to the hash."""
    canonical = json.dumps([context, locale, english, translation], ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode("utf-8")).hexdigest()


def place_digest(domain: str, words: str) -> str:
    """The digest of words in the place where a sheet shows them: two guides may have the same sentence."""
    return sha256(f"{domain}\n{words}".encode()).hexdigest()


def code_of(digests: Iterable[str]) -> str:
    """The code of what shows the words with these ``digests``, such as ``K7QXM-2P9DA``; their order does
    not count.

    It has 50 bits, which is enough against mistakes: a person types it to say which words a sheet of
    paper showed.
    """
    canonical = "\n".join(sorted(set(digests)))
    letters = b32encode(sha256(canonical.encode("ascii")).digest()).decode("ascii").translate(_TO_CROCKFORD)
    return f"{letters[: _LETTERS // 2]}-{letters[_LETTERS // 2 : _LETTERS]}"


def typed_code(text: str) -> str:
    """The code in what somebody typed: in small letters, without the hyphen, with O for 0 or I for 1.

    Empty if the text cannot be a code.
    """
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(_MISREAD)
    if len(letters) != _LETTERS:
        return ""
    return f"{letters[: _LETTERS // 2]}-{letters[_LETTERS // 2 :]}"
