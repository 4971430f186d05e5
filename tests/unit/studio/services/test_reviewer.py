"""The reviewer's cookie: signed, for one user, one language and one sitting."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ProjectError
from parentguide.model.language import Language
from parentguide.studio.security.forms import Form
from parentguide.studio.services import reviewer as reviewers
from parentguide.studio.services.reviewer import (
    paper_reviewer,
    remember,
    renewed,
    reviewer_from,
    reviewer_of,
)
from parentguide.studio.settings import Settings
from tests.unit.review.factory import POLISH

URDU = replace(POLISH, tag="ur", english_name="Urdu")
FORM = Form({"kind": ["professional"], "role": ["translator"], "name": ["Zoë"], "public": ["yes"]})


def request(cookie: str = "", *, user: str = "", key: bytes = b"k" * 32, run: str = "first") -> Request:
    settings = Settings(Path("x"), 8642, key, run=run)
    headers = [(b"cookie", f"parentguide-reviewer={cookie}".encode("ascii"))] if cookie else []
    app = SimpleNamespace(state=SimpleNamespace(settings=settings))
    return Request({"type": "http", "headers": headers, "app": app, "state": {"user": user}})


def cookie(user: str = "", form: Form = FORM, language: Language = POLISH) -> str:
    return value_of(remember(Response(), request(user=user), language, form))


def value_of(response: Response) -> str:
    line = response.headers["set-cookie"]
    assert "HttpOnly" in line
    assert "SameSite=strict" in line
    return line.partition(";")[0].partition("=")[2]


def test_a_reviewer_is_remembered() -> None:
    assert reviewer_of(request(cookie()), POLISH) == reviewer_from(FORM, request())
    assert reviewer_from(FORM, request()).role == "translator"


def test_without_a_cookie_there_is_no_reviewer() -> None:
    assert reviewer_of(request(), POLISH) is None


@pytest.mark.parametrize("value", ["x", "bm9uc2Vuc2U=", "a.b.c"])
def test_a_cookie_that_was_not_signed_is_ignored(value: str) -> None:
    assert reviewer_of(request(value), POLISH) is None


def test_a_changed_cookie_is_ignored() -> None:
    payload, _, signature = cookie().partition(".")
    assert reviewer_of(request(f"{payload[:-2]}xx.{signature}"), POLISH) is None


def test_a_cookie_of_another_user_or_studio_is_ignored() -> None:
    assert reviewer_of(request(cookie("ann"), user="ann"), POLISH) is not None
    assert reviewer_of(request(cookie("ann"), user="bob"), POLISH) is None
    assert reviewer_of(request(cookie(), key=b"x" * 32), POLISH) is None


def test_studio_asks_again_for_another_language() -> None:
    assert reviewer_of(request(cookie(language=URDU)), URDU) is not None
    assert reviewer_of(request(cookie(language=URDU)), POLISH) is None


def test_studio_asks_again_when_it_was_restarted() -> None:
    assert reviewer_of(request(cookie(), run="second"), POLISH) is None


def test_studio_asks_again_after_half_an_hour_without_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewers, "SITTING", 0.0)
    old = cookie()
    monkeypatch.setattr(reviewers, "SITTING", -1.0)
    assert reviewer_of(request(old), POLISH) is None
    assert "set-cookie" not in renewed(Response(), request(old), POLISH).headers


def test_each_page_begins_the_half_hour_anew() -> None:
    again = value_of(renewed(Response(), request(cookie()), POLISH))
    assert reviewer_of(request(again), POLISH) == reviewer_from(FORM, request())


def test_a_cookie_without_a_role_is_ignored() -> None:
    empty = Form({**FORM.fields, "role": [""]})
    assert reviewer_of(request(cookie(form=empty)), POLISH) is None
    with pytest.raises(ProjectError):
        reviewer_from(empty, request())


def test_an_unknown_kind_is_the_lowest() -> None:
    assert reviewer_from(Form({**FORM.fields, "kind": ["king"]}), request()).kind == "checked"


def test_nobody_approves_under_another_name_behind_a_login() -> None:
    alice = reviewer_from(FORM, request(user="alice"))
    assert (alice.name, alice.account) == ("alice", "alice")


def test_a_checked_paper_names_its_signer_and_the_account_that_recorded_it() -> None:
    form = Form({**FORM.fields, "date": ["2026-11-20"]})
    found = paper_reviewer(form, request(user="alice"))
    assert (found.name, found.account, str(found.date)) == ("Zoë", "alice", "2026-11-20")


@pytest.mark.parametrize("day", ["20.11.2026", "2999-01-01", "x"])
def test_a_day_that_cannot_be_is_refused(day: str) -> None:
    with pytest.raises(ProjectError):
        paper_reviewer(Form({**FORM.fields, "date": [day]}), request())
