"""The reviewer's cookie: signed, and valid for one user only."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ProjectError
from parentguide.studio.security.forms import Form
from parentguide.studio.services.reviewer import remember, reviewer_from, reviewer_of
from parentguide.studio.settings import Settings

FORM = Form({"kind": ["professional"], "role": ["translator"], "name": ["Zoë"], "public": ["yes"]})


def request(cookie: str = "", *, user: str = "", key: bytes = b"k" * 32) -> Request:
    settings = Settings(Path("x"), 8642, key)
    headers = [(b"cookie", f"parentguide-reviewer={cookie}".encode("ascii"))] if cookie else []
    app = SimpleNamespace(state=SimpleNamespace(settings=settings))
    return Request({"type": "http", "headers": headers, "app": app, "state": {"user": user}})


def cookie(user: str = "", form: Form = FORM) -> str:
    line = remember(Response(), request(user=user), form).headers["set-cookie"]
    assert "HttpOnly" in line
    assert "SameSite=strict" in line
    return line.partition(";")[0].partition("=")[2]


def test_a_reviewer_is_remembered() -> None:
    assert reviewer_of(request(cookie())) == reviewer_from(FORM)
    assert reviewer_from(FORM).role == "translator"


def test_without_a_cookie_there_is_no_reviewer() -> None:
    assert reviewer_of(request()) is None


@pytest.mark.parametrize("value", ["x", "bm9uc2Vuc2U=", "a.b.c"])
def test_a_cookie_that_was_not_signed_is_ignored(value: str) -> None:
    assert reviewer_of(request(value)) is None


def test_a_changed_cookie_is_ignored() -> None:
    payload, _, signature = cookie().partition(".")
    assert reviewer_of(request(f"{payload[:-2]}xx.{signature}")) is None


def test_a_cookie_of_another_user_or_studio_is_ignored() -> None:
    assert reviewer_of(request(cookie("ann"), user="ann")) is not None
    assert reviewer_of(request(cookie("ann"), user="bob")) is None
    assert reviewer_of(request(cookie(), key=b"x" * 32)) is None


def test_a_cookie_without_a_role_is_ignored() -> None:
    empty = Form({**FORM.fields, "role": [""]})
    assert reviewer_of(request(cookie(form=empty))) is None
    with pytest.raises(ProjectError):
        reviewer_from(empty)


def test_an_unknown_kind_is_the_lowest() -> None:
    assert reviewer_from(Form({**FORM.fields, "kind": ["king"]})).kind == "checked"
