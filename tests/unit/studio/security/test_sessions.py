"""Sessions: cookies and form tokens are valid for one user, one key and one working day."""

from itsdangerous import URLSafeSerializer

from parentguide.studio.security.sessions import LONGEST, new_session, read_session

KEY = b"k" * 32
NOW = 1_000_000.0


def test_a_cookie_reads_back_as_the_same_session() -> None:
    session = new_session("ann", NOW)
    assert read_session(session.cookie(KEY), "ann", KEY, NOW) == session


def test_a_cookie_expires_after_a_working_day() -> None:
    cookie = new_session("", NOW).cookie(KEY)
    assert read_session(cookie, "", KEY, NOW + LONGEST) is not None
    assert read_session(cookie, "", KEY, NOW + LONGEST + 1) is None


def test_a_cookie_from_the_future_is_not_valid() -> None:
    assert read_session(new_session("", NOW).cookie(KEY), "", KEY, NOW - 1) is None


def test_a_cookie_of_another_user_or_key_is_not_valid() -> None:
    cookie = new_session("ann", NOW).cookie(KEY)
    assert read_session(cookie, "bob", KEY, NOW) is None
    assert read_session(cookie, "", KEY, NOW) is None
    assert read_session(cookie, "ann", b"x" * 32, NOW) is None


def test_a_changed_cookie_is_not_valid() -> None:
    cookie = new_session("", NOW).cookie(KEY)
    for position in range(len(cookie) - 1):  # the last character has spare bits
        letter = "A" if cookie[position] != "A" else "B"
        assert read_session(cookie[:position] + letter + cookie[position + 1 :], "", KEY, NOW) is None


def test_a_cookie_that_was_signed_for_another_purpose_is_not_valid() -> None:
    other = URLSafeSerializer(KEY, salt="reviewer\0").dumps([int(NOW), "nonce"])
    assert read_session(str(other), "", KEY, NOW) is None


def test_sessions_have_different_form_tokens() -> None:
    one, two = new_session("ann", NOW), new_session("ann", NOW)
    assert one.form_token(KEY) == one.form_token(KEY)
    assert len({one.form_token(KEY), two.form_token(KEY), one.form_token(b"x" * 32)}) == 3


def test_a_form_token_is_not_part_of_the_cookie() -> None:
    session = new_session("", NOW)
    assert session.form_token(KEY) not in session.cookie(KEY)
