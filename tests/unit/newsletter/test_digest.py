"""The digest of a newsletter is that of its words, whatever git or an editor does to its line ends."""

from hashlib import sha256

import pytest

from parentguide.newsletter.digest import is_digest_of, newsletter_digest

TEXT = "Staying safe\n\nPlease talk to us – any day.\n"
FORMS = [
    TEXT.replace("\n", end).encode(code) for end in ("\n", "\r\n", "\r") for code in ("utf-8", "utf-8-sig")
]
FORMS += [TEXT.encode("utf-16"), TEXT.replace("\n", "\r\n").encode("cp1252")]


@pytest.mark.parametrize("data", FORMS)
def test_every_form_of_the_same_words_has_the_same_digest(data: bytes) -> None:
    assert newsletter_digest(data) == sha256(TEXT.encode()).hexdigest()
    assert is_digest_of(newsletter_digest(data), data)


@pytest.mark.parametrize("data", FORMS)
def test_other_words_have_another_digest(data: bytes) -> None:
    other = data.replace(b"P", b"p")
    assert newsletter_digest(other) != newsletter_digest(data)
    assert not is_digest_of(newsletter_digest(data), other)
    assert not is_digest_of(sha256(data).hexdigest(), other)


@pytest.mark.parametrize("made", FORMS[:6])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_digests_of_earlier_versions_count_after_git_changed_the_line_ends(made: bytes, end: str) -> None:
    now = made.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", end.encode())
    assert is_digest_of(sha256(made).hexdigest(), now)


def test_a_missing_digest_is_none_of_any_newsletter() -> None:
    assert not is_digest_of("", TEXT.encode())
