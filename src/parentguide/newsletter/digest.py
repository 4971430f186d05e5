"""The digest that binds a guide to its newsletter. Pure.

Git on Windows and editors change the line ends of a text file and no word of it. The digest is that of
the words, so it stays the same. That of PDF and Word files never gets here: a guide keeps their text.
"""

from hashlib import sha256

from parentguide.infra.files import with_line_feeds
from parentguide.newsletter.text_document import decode


def newsletter_digest(data: bytes) -> str:
    """SHA-256, in hexadecimal, of the text in UTF-8 with ``\\n`` at the end of each line.

    For a file that is that already, it is the digest of its bytes, as versions before December 2026
    wrote it. Raises :class:`SourceError` for bytes that are not text.
    """
    return _digest(with_line_feeds(decode(data)).encode("utf-8"))


def is_digest_of(digest: str, data: bytes) -> bool:
    """Whether the guide with this digest was written for this newsletter.

    Versions before December 2026 wrote the digest of the bytes, which may have had other line ends.
    """
    line_feeds = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    as_written = (data, line_feeds, line_feeds.replace(b"\n", b"\r\n"), line_feeds.replace(b"\n", b"\r"))
    return digest.lower() in {newsletter_digest(data), *map(_digest, as_written)}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
