"""Forms: what is read, and what is refused."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.types import Message

from parentguide.studio.security.forms import Form, RefusedFormError, read_form, small_number
from parentguide.studio.security.sessions import new_session
from tests.apart import run_async

KEY = b"k" * 32
SESSION = new_session("", 1000.0)
FORM = "application/x-www-form-urlencoded"


def request(body: bytes, content_type: str = FORM) -> Request:
    """A POST request with a session, as the middleware passes it on."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", content_type.encode("latin-1"))]
    state = {"session": SESSION}
    # With an application in the scope, Starlette reports a broken form as an HTTP error.
    return Request(
        {"type": "http", "method": "POST", "headers": headers, "state": state, "app": None}, receive
    )


def read(fields: Mapping[str, str | list[str]], token: str | None = None) -> Form:
    values = {"form-token": SESSION.form_token(KEY) if token is None else token, **fields}
    return run_async(read_form(request(urlencode(values, doseq=True).encode("ascii")), KEY))


def test_fields_are_read_with_all_their_values() -> None:
    form = read({"language": ["pl", "ur"], "name": " Zoë "})
    assert form.all("language") == ("pl", "ur")
    assert form.text("language") == "pl"
    assert form.text("name") == " Zoë "
    assert form.line("name") == "Zoë"
    assert form.text("missing") == ""
    assert form.all("missing") == ()


def test_line_ends_are_those_of_a_text_file() -> None:
    assert read({"text": "one\r\ntwo\rthree\n"}).text("text") == "one\ntwo\nthree\n"


OTHER = new_session("", 1000.0).form_token(KEY)


@pytest.mark.parametrize("token", ["", "x", OTHER], ids=["none", "wrong", "another session's"])
def test_a_form_without_the_token_of_the_session_is_refused(token: str) -> None:
    with pytest.raises(RefusedFormError) as caught:
        read({"name": "x"}, token)
    assert caught.value.refusal.status == 403


@pytest.mark.parametrize("content_type", ["", "application/json", "text/plain"])
def test_a_body_that_is_not_a_form_is_refused(content_type: str) -> None:
    with pytest.raises(RefusedFormError) as caught:
        run_async(read_form(request(b"{}", content_type), KEY))
    assert (caught.value.refusal.status, caught.value.refusal.title) == (415, "Invalid form")


def test_a_file_is_read_with_its_bytes() -> None:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="form-token"\r\n\r\n{SESSION.form_token(KEY)}\r\n',
        '--x\r\nContent-Disposition: form-data; name="logo"; filename="../a.png"\r\n\r\nbytes\r\n',
        '--x\r\nContent-Disposition: form-data; name="other"; filename=""\r\n\r\n\r\n',
        '--x\r\nContent-Disposition: form-data; name="third"; filename=""\r\n\r\n\r\n',
        "--x--\r\n",
    ]
    body = "".join(parts).encode("ascii")
    with pytest.raises(RefusedFormError) as caught:  # three files are more than any page sends
        run_async(read_form(request(body, "multipart/form-data; boundary=x"), KEY))
    assert caught.value.refusal.status == 400
    body = "".join([*parts[:3], parts[-1]]).encode("ascii")
    form = run_async(read_form(request(body, "multipart/form-data; boundary=x"), KEY))
    assert list(form.files) == ["logo"]
    assert form.files["logo"].data == b"bytes"
    assert form.files["logo"].name.endswith("a.png")


def test_a_form_with_too_many_fields_is_refused() -> None:
    with pytest.raises(RefusedFormError) as caught:
        read({f"field-{number}": "x" for number in range(500)})
    assert caught.value.refusal.status == 400


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("999999", 999_999),
        ("1000000", None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        (" 1", None),
        ("1_0", None),
        ("²", None),
        ("٣", None),
    ],
)
def test_a_number_is_at_most_six_digits(text: str, number: int | None) -> None:
    assert small_number(text) == number
