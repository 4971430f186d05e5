"""The history in Studio: what was changed, undo and redo, and putting an earlier version back."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.infra.history import FOLDER, History
from tests.studio.app import (
    Visitor,
    behind_proxy,
    found,
    in_process,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
    version,
)

GUIDE = "locales/en/cse/guide.md"
SENTENCE = "\n{#more}\nMore words.\n"


def save(visitor: Visitor, text: str) -> None:
    page = visitor.get("/write/cse/text").text
    answer = visitor.post("/write/cse/text", {"text": text, "version": version(page)})
    if answer.status_code == 200:
        asked = found(r'name="confirmed" value="(\w+)"', answer.text)
        fields = {"text": text, "version": version(answer.text), "confirmed": asked}
        answer = visitor.post("/write/cse/text", fields)
    assert answer.status_code == 303


def address(page: str, link: str) -> str:
    return found(rf'href="([^"]+)">{link}', page)


def test_a_save_can_be_undone_and_redone_from_the_editor(work: Path, visitor: Visitor) -> None:
    before = (work / GUIDE).read_text("utf-8")
    assert "Undo the last save" not in visitor.get("/write/cse/text").text
    save(visitor, before + SENTENCE)
    after = (work / GUIDE).read_text("utf-8")
    act = address(visitor.get("/write/cse/text").text, "Undo the last save")
    look = visitor.get(act).text
    assert "Undo this change" in look
    assert "<strong>Goes:</strong> More words." in look
    assert visitor.post(act, {"action": "reverse"}).status_code == 303
    assert (work / GUIDE).read_text("utf-8") == before
    redo = address(visitor.get("/write/cse/text").text, "Redo")
    assert visitor.post(redo, {"action": "reverse"}).status_code == 303
    assert (work / GUIDE).read_text("utf-8") == after


def test_the_list_says_what_was_done_and_that_it_was_in_studio(work: Path, visitor: Visitor) -> None:
    assert "Nothing was changed yet." in visitor.get("/history").text
    save(visitor, (work / GUIDE).read_text("utf-8") + SENTENCE)
    page = visitor.get("/history").text
    assert "Save the guide “cse”" in page
    assert ", in Studio. " in page
    assert "Studio, /write" not in page
    for path in ("/", "/write/cse/text", "/translations", "/translations/pl"):
        assert 'href="/history"' in visitor.get(path).text, path


def test_an_older_version_is_put_back(work: Path, visitor: Visitor) -> None:
    before = (work / GUIDE).read_text("utf-8")
    save(visitor, before + SENTENCE)
    save(visitor, before + SENTENCE + "\n{#again}\nAgain.\n")
    assert visitor.get("/history/guides/1").status_code == 200
    assert visitor.post("/history/guides/1", {"file": GUIDE}).status_code == 303
    assert (work / GUIDE).read_text("utf-8") == before
    answer = visitor.post("/history/guides/1", {"file": GUIDE})
    assert answer.status_code == 422
    assert "as they were" in answer.text


def test_what_other_hands_changed_is_not_undone(work: Path, visitor: Visitor) -> None:
    text = (work / GUIDE).read_text("utf-8")
    save(visitor, text + SENTENCE)
    (work / GUIDE).write_text(text + SENTENCE + "\n{#hand}\nBy hand.\n", "utf-8")
    answer = visitor.post("/history/guides/1", {"action": "reverse"})
    assert answer.status_code == 422
    assert "changed since" in answer.text
    assert "By hand." in (work / GUIDE).read_text("utf-8")


def test_an_approval_is_withdrawn_by_somebody_who_says_so(work: Path, visitor: Visitor) -> None:
    who = {"role": "teacher", "kind": "checked", "name": "", "public": ""}
    assert visitor.post("/translations/pl/who", who).status_code == 303
    message = next(one for one in review_of(work, "pl").messages if one.shown and not one.valid_sign_offs)
    path = f"/translations/pl/{message.domain}/{message.context}"
    fields = {"action": "accept", "text": message.translation, "words": message.words}
    assert visitor.post(path, fields).status_code == 303

    def approved() -> bool:
        return bool(
            next(m for m in review_of(work, "pl").messages if m.place == message.place).valid_sign_offs
        )

    assert approved()
    assert "teacher" in visitor.get("/history").text
    answer = visitor.post("/history/guides/1", {"action": "reverse"})
    assert answer.status_code == 422
    assert "Write what you do" in answer.text
    assert approved()
    assert visitor.post("/history/guides/1", {"action": "reverse", "role": "head"}).status_code == 303
    assert not approved()
    records = next(m for m in review_of(work, "pl").messages if m.place == message.place).records
    assert [record.role for record in records if record.role in ("teacher", "head")] == ["teacher", "head"]


def test_the_school_has_a_history_and_only_its_own(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path)) as studio:
        ann, bob = (studio.visitor(X_Remote_User=name) for name in ("ann", "bob"))
        for name in ("One School", "Two School"):
            page = ann.get("/school").text
            assert ann.post("/school", {"name": name, "version": version(page)}).status_code == 303
        assert ann.post("/history/school/2", {"action": "reverse"}).status_code == 303
        assert "One School" in ann.get("/school").text
        assert "ann" in ann.get("/history").text
        assert "Nothing was changed yet." in bob.get("/history").text
        assert bob.get("/history/school/1").status_code == 404
        assert bob.post("/history/school/1", {"action": "reverse"}).status_code == 404
        assert bob.get("/history/guides/1").status_code == 404


def test_the_history_is_not_content(work: Path, visitor: Visitor) -> None:
    from parentguide.studio.services.workspace import Workspace

    workspace = Workspace(work)
    save(visitor, (work / GUIDE).read_text("utf-8") + SENTENCE)
    stamp = workspace.stamp()
    history = History(work)
    (history.folder / next(iter(history.names())) / "more.txt").write_text("x")
    assert workspace.stamp() == stamp
    assert (work / FOLDER).is_dir()


@pytest.mark.browser
def test_the_pages_are_accessible_and_work_with_the_keyboard(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        visitor = studio.visitor().open()
        before = (work / GUIDE).read_text("utf-8")
        save(visitor, before.replace("a", "a", 1) + SENTENCE)
        page = opened(browser, studio, java_script_enabled=False)
        page.goto(f"{studio.address}/history")
        page.get_by_role("link", name="Undo the last change").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Save the guide “cse”")
        page.get_by_role("button", name="Undo this change").press("Enter")
        expect(page.get_by_role("status")).to_have_text("The change is undone. You can redo it.")
        assert (work / GUIDE).read_text("utf-8") == before
        page.close()
        page = opened(browser, studio)
        for path in ("/history", "/history/guides/1", "/history/guides/2", "/write/cse/text"):
            page.goto(f"{studio.address}{path}")
            is_accessible(page)
        page.close()
