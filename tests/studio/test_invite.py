"""“Ask a colleague”: a file to take home, a sheet of paper, and behind a login a link for one language."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from parentguide.review.status import MessageReview
from parentguide.studio.app import INVITATIONS
from parentguide.studio.security.invitations import DAYS, Invitations
from tests.studio.app import (
    PUBLIC,
    Running,
    Visitor,
    behind_proxy,
    copy_words,
    found,
    in_process,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
    wait_until,
)

URDU = "/translations/ur"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return copy_words(tmp_path / "work", ("en", "ur", "pl"))


def message(work: Path, context: str = "lead", tag: str = "ur") -> MessageReview:
    return next(one for one in review_of(work, tag).messages if one.context == context)


def filled(data: bytes, answers: dict[str, tuple[str, str]], role: str = "teacher") -> bytes:
    """A workbook with answers: the verdict and the better words for the rows with these translations."""
    book = load_workbook(io.BytesIO(data))
    for tab in book:
        for line in tab.iter_rows():
            for cell in line:
                said = answers.get(str(cell.value))
                if said is not None and cell.row and cell.column:
                    tab.cell(cell.row, cell.column + 2).value = said[0]
                    tab.cell(cell.row, cell.column + 3).value = said[1] or None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(visitor: Visitor, data: bytes, name: str = "review-ur.xlsx", **more: str) -> str:
    files = {"file": (name, data)}
    return str(visitor.post(f"{URDU}/workbook", {"role": "teacher", **more}, files=files).text)


def test_a_file_goes_home_and_its_answers_come_back(studio: Running, work: Path) -> None:
    visitor = studio.visitor().open()
    assert f"{URDU}/invite" in visitor.get("/translations").text
    assert f"{URDU}/invite" in visitor.get(URDU).text
    assert "There is no link here, because" in visitor.get(f"{URDU}/invite").text
    taken = visitor.get(f"{URDU}/workbook")
    assert taken.headers["content-disposition"] == 'attachment; filename="review-ur.xlsx"'
    title, lead, signs = (message(work, context) for context in ("title", "lead", "signs"))
    answers = {
        title.translation: ("Correct", ""),
        lead.translation: ("", f"نیا {lead.translation}"),
        signs.translation: ("", "Signs 7"),
    }
    page = upload(visitor, filled(taken.content, answers))
    assert "The answers of teacher are saved" in page
    assert "<strong>Correct</strong>" in page
    assert "<strong>Corrected</strong>" in page
    assert "<strong>Not taken</strong>" in page
    assert "Not taken: 1" in page
    assert "The number 7 is not in the English." in page
    assert "PG5" not in page
    assert message(work, "title").state == "checked"
    assert message(work).translation == f"نیا {lead.translation}"
    assert message(work, "signs").translation == signs.translation
    act = found(r'href="(/history/guides/\d+)"', page)
    assert visitor.get(act).status_code == 200
    again = upload(visitor, filled(taken.content, answers))
    assert "Recorded already" in again


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "There is no file"), (b"not a workbook", "is not"), (b"PK\x03\x04broken", "")],
)
def test_a_file_that_is_no_workbook_changes_nothing(
    studio: Running, work: Path, data: bytes, said: str
) -> None:
    visitor, before = studio.visitor().open(), review_of(work, "ur").messages
    page = upload(visitor, data)
    assert 'role="alert"' in page
    assert said in page
    assert review_of(work, "ur").messages == before


def test_the_file_of_another_language_is_refused(studio: Running, work: Path) -> None:
    visitor = studio.visitor().open()
    polish = message(work, "title", "pl")
    data = visitor.get("/translations/pl/workbook").content
    page = upload(visitor, filled(data, {polish.translation: ("Correct", "")}))
    assert "This file is about Polish, not Urdu" in page
    assert not message(work, "title", "pl").records


def test_the_sheet_for_a_pen_is_made_on_demand(studio: Running, work: Path) -> None:
    visitor = studio.visitor().open()
    begun = visitor.post(f"{URDU}/sheet", {"guide": "cse"})
    assert begun.status_code == 303
    page = begun.headers["location"]
    progress = page.replace("/invite", "/sheet-progress")
    wait_until(lambda: bool(visitor.get(progress).json()["ended"]))
    sheet = found(r'href="(/translations/ur/sheet.pdf[^"]+)"', visitor.get(page).text)
    assert visitor.get(sheet).content.startswith(b"%PDF")
    assert visitor.post(f"{URDU}/sheet", {"guide": "../x"}).status_code == 404
    assert visitor.get(f"{URDU}/sheet.pdf?guide=x").status_code == 404
    assert visitor.post(f"{URDU}/link", {"name": "Ana"}).status_code == 404


@pytest.mark.browser
def test_the_page_is_accessible_and_shows_how_far_the_sheet_is(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as running:
        page = opened(browser, running)
        page.goto(f"{running.address}{URDU}/invite")
        page.get_by_text("The sheet came back").click()
        is_accessible(page)
        page.get_by_role("button", name="Make the sheet").click()
        expect(page.get_by_role("link", name="Open the sheet")).to_be_visible()
        page.close()


@pytest.fixture
def shared(work: Path) -> Iterator[Running]:
    with in_process(behind_proxy(work)) as studio:
        yield studio


def secretary(studio: Running) -> Visitor:
    return studio.visitor(X_Remote_User="sam@school.example")


def link_of(visitor: Visitor, name: str = "Ana") -> str:
    """The token of a new link."""
    page = visitor.post(f"{URDU}/link", {"name": name}).text
    return found(rf'value="{re.escape(PUBLIC)}/invited#([^"]+)"', page)


def guest(studio: Running, token: str) -> Visitor:
    """A browser without a login that used a link."""
    visitor = studio.visitor()
    used = visitor.post("/invited", {"token": token}, token="")
    assert (used.status_code, used.headers["location"]) == (303, URDU)
    cookie = used.headers["set-cookie"]
    for part in ("__Host-parentguide-invited=", "HttpOnly", "Secure", "SameSite=strict"):
        assert part in cookie
    return visitor


def own_token(visitor: Visitor) -> str:
    return found(r'name="form-token" value="([^"]+)"', visitor.get(URDU).text)


def test_a_link_opens_one_language_and_nothing_else(shared: Running, work: Path) -> None:
    ana = guest(shared, link_of(secretary(shared)))
    token = own_token(ana)
    page = ana.get(URDU).text
    assert "Ana, invited by sam@school.example" in page
    assert 'href="/school"' not in page
    assert "/invite" not in page
    assert "beside-words" not in ana.get(f"{URDU}?beside=pl").text
    who = {"role": "teacher", "name": "Ana K.", "public": "yes"}
    assert ana.post(f"{URDU}/who", who, token=token).status_code == 303
    now = message(work)
    answer = {"words": now.words, "action": "accept"}
    assert ana.post(f"{URDU}/cse/lead/row", answer, token=token).status_code == 200
    (record,) = message(work).records
    assert (record.reviewer, record.account) == ("Ana K.", "Ana, invited by sam@school.example")
    assert ana.get(f"{URDU}/end").status_code == 200
    assert ana.get(f"{URDU}/cse/lead").status_code == 200
    assert "<mark>" in ana.get(f"{URDU}/places/exit.link/page").text
    assert ana.get(f"{URDU}/places/card.show/sheet.png").headers["content-type"] == "image/png"
    for path in (
        "/",
        "/school",
        "/languages",
        "/sheets",
        "/make",
        "/made",
        "/history",
        "/history/guides/1",
        "/write",
        "/write/cse",
        "/newsletter",
        "/contacts",
        "/fonts",
        "/translations",
        "/translations/",
        "/translations/pl",
        "/translations/pl/cse/lead",
        "/translations/pl/end",
        "/translations/ur-x",
        f"{URDU}/invite",
        f"{URDU}/workbook",
        f"{URDU}/sheet.pdf?guide=cse",
        f"{URDU}/../pl",
        f"{URDU}/%2e%2e/pl",
        f"{URDU}/..%2fpl",
        "/preview/cse/en/page",
        "/builds/x",
        "/changed",
    ):
        assert ana.get(path, follow_redirects=False).status_code in (403, 404), path
        assert message(work, tag="pl").translation not in ana.get(path).text, path
    polish = message(work, tag="pl")
    for path, fields in (
        ("/translations/pl/who", {"role": "teacher"}),
        ("/translations/pl/cse/lead/row", {"words": polish.words, "action": "accept"}),
        ("/translations/pl/cse/lead", {"words": polish.words, "action": "accept"}),
        ("/translations/pl/section", {"seen": polish.place}),
        ("/translations/pl/undo", {"act": "1"}),
        ("/translations/pl/present", {"page": "x"}),
        (f"{URDU}/link", {"name": "Eve"}),
        (f"{URDU}/link-back", {"invitation": "x"}),
        (f"{URDU}/paper", {"read": "yes"}),
        (f"{URDU}/workbook", {}),
        (f"{URDU}/sheet", {"guide": "cse"}),
        ("/school", {"name": "Evil"}),
        ("/build", {}),
        ("/history/guides/1", {"do": "undo"}),
        ("/write/cse", {"text": "x"}),
        ("/close", {}),
    ):
        assert ana.post(path, fields, token=token).status_code == 403, path
    assert not polish.records
    assert not (work / "people").exists() or "ana" not in str([*(work / "people").iterdir()])


def test_a_link_works_once_and_can_be_taken_back(shared: Running, work: Path) -> None:
    sam = secretary(shared)
    first = link_of(sam)
    ana = guest(shared, first)
    other = shared.visitor().post("/invited", {"token": first}, token="")
    assert other.status_code == 403
    assert "does not work any more" in other.text
    page = sam.get(f"{URDU}/invite").text
    assert "In use." in page
    assert first not in page
    assert "In use." not in sam.get("/translations/pl/invite").text
    name = found(r'name="invitation" value="([^"]+)"', page)
    assert sam.post("/translations/pl/link-back", {"invitation": name}).status_code == 303
    assert ana.get(URDU).status_code == 200, "it is not an invitation to Polish"
    assert sam.post(f"{URDU}/link-back", {"invitation": name}).status_code == 303
    assert ana.get(URDU).status_code == 401
    unused = link_of(sam)
    name = found(r'name="invitation" value="([^"]+)"', sam.get(f"{URDU}/invite").text)
    assert sam.post(f"{URDU}/link-back", {"invitation": name}).status_code == 303
    assert shared.visitor().post("/invited", {"token": unused}, token="").status_code == 403
    for broken in ("", "x", first[:-2], f"{first}x", "x" * 5000):
        assert shared.visitor().post("/invited", {"token": broken}, token="").status_code == 403


def test_nobody_comes_in_without_a_link_or_from_elsewhere(shared: Running, work: Path) -> None:
    token = link_of(secretary(shared))
    nobody = shared.visitor()
    assert nobody.get("/invited").status_code == 200
    assert nobody.get(URDU).status_code == 401
    for forged in ("x", "bm9uc2Vuc2U=", token):
        nobody.client.cookies.set("__Host-parentguide-invited", forged)
        assert nobody.get(URDU).status_code == 401
    evil = nobody.post("/invited", {"token": token}, token="", headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403
    ana = guest(shared, token)
    assert ana.post(f"{URDU}/who", {"role": "x"}, token="x" * 43).status_code == 403
    signed_in = secretary(shared)
    signed_in.client.cookies = ana.client.cookies
    assert signed_in.get("/school").status_code == 200, "a login counts more than a link"
    assert secretary(shared).get("/invited").url.path == "/translations"


def test_a_link_for_nobody_is_not_made(shared: Running) -> None:
    for name in ("", " ", "x" * 61, "a\u202eb"):
        page = secretary(shared).post(f"{URDU}/link", {"name": name})
        assert page.status_code == 422
        assert "/invited#" not in page.text


def test_no_log_and_no_file_has_a_token(
    shared: Running, work: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = link_of(secretary(shared))
        ana = guest(shared, token)
        ana.get(URDU)
    cookie = ana.client.cookies["__Host-parentguide-invited"]
    kept = [path.read_bytes() for path in work.rglob("*") if path.is_file()]
    for secret in (token, cookie):
        assert secret not in caplog.text
        assert not any(secret.encode() in data for data in kept)


def test_an_invitation_ends_after_two_weeks_and_survives_a_restart(tmp_path: Path) -> None:
    path, now = tmp_path / INVITATIONS, [1_000_000.0]
    first = Invitations(path, b"k" * 32, lambda: now[0])
    token = first.invite("ur", "Ana", "sam")
    late = first.invite("ur", "Ben", "sam")
    used = first.spend(token)
    assert used is not None
    second = Invitations(path, b"k" * 32, lambda: now[0])
    assert second.session(used[1]) is not None
    assert second.spend(token) is None
    assert Invitations(path, b"x" * 32, lambda: now[0]).session(used[1]) is None, "another key"
    now[0] += DAYS * 86_400 - 1
    assert second.session(used[1]) is not None
    now[0] += 1
    assert second.session(used[1]) is None
    assert second.spend(late) is None
    assert second.of_language("ur") == []
    path.write_text("broken")
    assert second.of_language("ur") == []
