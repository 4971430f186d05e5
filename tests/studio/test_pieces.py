"""Check the pieces of a newsletter before its guide is created: each step can be undone, nothing is lost."""

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import weasyprint
from playwright.sync_api import Browser, Page, expect

from parentguide.infra.atomic import write_file
from parentguide.project.project import Project
from parentguide.studio.services import newsletter_work
from parentguide.studio.services.workspace import UserFiles
from tests.studio.app import (
    PUBLIC,
    Visitor,
    behind_proxy,
    in_process,
    is_accessible,
    opened,
    serving,
    settings_for,
    version,
)
from tests.unit.newsletter.files import paragraph, word_file

LETTER = """15 January 2026

Dear Parents and Carers

Safe online

We want every child to be safe. Please talk
about it at home.

Signs

- Secrets about a phone
- New friends

Please come to the summer fair on Saturday, where there will be cakes.

Yours sincerely

A. Teacher
Headteacher
"""
FURNITURE = "\f".join(
    f"Example School News\n\nWe care for everyone here, number {n}.\n\nPage {n} of 3\n" for n in (1, 2, 3)
)
_PIECE = re.compile(r'<li id="piece-(\d+)".*?class="([^"]*)".*?<p class="passage"[^>]*>(.*?)</p>', re.DOTALL)


def begun(visitor: Visitor, text: str = LETTER) -> str:
    """The address of the page of a newsletter that was just given."""
    answer = visitor.post("/write/new", {"text": text})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def step(visitor: Visitor, address: str, what: str, **more: str) -> str:
    """The page after one step."""
    fields = {"version": version(visitor.get(address).text), "step": what, **more}
    answer = visitor.post(address, fields)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["location"]).text


def pieces(page: str) -> list[str]:
    """The texts of the pieces, in their order."""
    found = _PIECE.findall(page)
    assert [int(number) for number, _, _ in found] == list(range(1, len(found) + 1))
    return [unescape(text) for _, _, text in found]


def number_of(page: str, text: str) -> int:
    return 1 + next(index for index, piece in enumerate(pieces(page)) if piece.startswith(text))


def kept_file(work: Path) -> Path:
    return work / ".studio-newsletter.json"


def test_each_step_can_be_undone_and_done_again(visitor: Visitor) -> None:
    address = begun(visitor)
    states = [pieces(visitor.get(address).text)]
    wanted = states[0]
    long = number_of(visitor.get(address).text, "We want")
    at = wanted[long - 1].index("Please")
    for what, more in (
        (f"split:{long}", {"at": str(at)}),
        (f"kind:{long}:item", {}),
        (f"join:{long + 2}", {}),
        (f"leave-out:{long}", {"reason": "about <b>something</b> else"}),
        (f"keep:{long}", {}),
    ):
        page = step(visitor, address, what, **more)
        states.append(pieces(page))
    assert states[1][long - 1 : long + 1] == [
        "We want every child to be safe.",
        "Please talk about it at home.",
    ]
    assert "about &lt;b&gt;something" not in page
    for state in states[-2::-1]:
        assert pieces(step(visitor, address, "undo")) == state
    assert "There is nothing to undo." in step(visitor, address, "undo")
    for state in states[1:]:
        assert pieces(step(visitor, address, "redo")) == state
    assert "There is nothing to redo." in step(visitor, address, "redo")
    step(visitor, address, "undo")
    page = step(visitor, address, "join:1")
    assert pieces(step(visitor, address, "redo")) == pieces(page), "a new step ends what can be done again"


def test_the_guide_has_exactly_the_pieces_of_the_page(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    page = visitor.get(address).text
    fair = number_of(page, "Please come")
    page = step(visitor, address, f"leave-out:{fair}", reason='About the "fair": cakes')
    page = step(visitor, address, "join:4")
    shown, fair = pieces(page), number_of(page, "Please come")
    answer = visitor.post(f"{address}/guide", {"version": version(page), "name": "safe"})
    assert answer.headers["location"] == "/write/safe?done=new"
    source = Project(work).guide_source("safe")
    lines = (source.folder / "statements.tsv").read_text("utf-8").splitlines()
    assert [line.split("\t")[1] for line in lines if not line.startswith("#")] == shown
    assert source.guide.excluded[fair] == 'About the "fair": cakes'
    assert set(source.guide.excluded) == {1, 2, fair, *range(fair + 1, len(shown) + 1)}
    text = (source.folder / "guide.md").read_text("utf-8")
    assert "Please come to the summer fair" not in text
    assert not kept_file(work).exists()
    gone = visitor.get(address)
    assert gone.status_code == 404
    assert "its guide was created" in gone.text


def test_a_newsletter_is_read_once(monkeypatch: pytest.MonkeyPatch, visitor: Visitor) -> None:
    address = begun(visitor)

    def never(*_: Any) -> None:
        raise AssertionError("it was read again")

    for name in ("read_newsletter", "read_pasted"):
        monkeypatch.setattr(f"parentguide.studio.routes.newsletter.{name}", never)
    page = step(visitor, address, "join:4")
    # The foot of each page has a form of its own, “Close Studio”.
    hidden = re.findall(r'type="hidden" name="(\S+)"', page.partition("<footer>")[0])
    assert set(hidden) == {"form-token", "version", "made"}
    assert visitor.post(f"{address}/guide", {"version": version(page), "name": "safe"}).status_code == 303


def odt_file(body: str) -> bytes:
    buffer = BytesIO()
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
    )
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return buffer.getvalue()


TITLE, WORDS = "Safe online", "We want every child to be safe, at school and at home."
HTML = f"<!doctype html><title>News</title><main><h1>{TITLE}</h1><p>{WORDS}</p></main>"
STYLED = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
FILES = {
    "letter.txt": f"{TITLE}\n\n{WORDS}\n".encode(),
    "letter.docx": word_file(paragraph(TITLE, STYLED) + paragraph(WORDS)),
    "letter.odt": odt_file(f'<text:h text:outline-level="1">{TITLE}</text:h><text:p>{WORDS}</text:p>'),
    "letter.pdf": bytes(weasyprint.HTML(string=HTML).write_pdf()),
    "letter.html": HTML.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_each_type_of_file_becomes_the_same_pieces(work: Path, visitor: Visitor, name: str) -> None:
    answer = visitor.post("/write/new", files={"file": (name, FILES[name], "application/octet-stream")})
    address = answer.headers["location"]
    page = visitor.get(address).text
    assert f"“{name}”" in page
    assert pieces(page) == [TITLE, WORDS]
    assert [kind for _, kind, _ in _PIECE.findall(page)] == ["heading", "paragraph"]
    assert visitor.post(f"{address}/guide", {"version": "1", "name": "safe"}).status_code == 303
    kept = (work / "locales" / "en" / "safe" / "statements.tsv").read_text("utf-8")
    assert f"heading\t{TITLE}\nparagraph\t{WORDS}\n" in kept


def test_the_parts_of_a_letter_are_ticked_to_be_left_out(visitor: Visitor) -> None:
    address = begun(visitor)
    page = visitor.get(address).text
    assert page.count('aria-checked="true"') == 5
    page = step(visitor, address, "tick:2")
    assert page.count('aria-checked="true"') == 4
    assert page.count('aria-checked="false"') == 1
    assert step(visitor, address, "tick:2").count('aria-checked="true"') == 5


def test_what_is_outside_the_text_can_be_taken_in(visitor: Visitor) -> None:
    address = begun(visitor, FURNITURE)
    page = visitor.get(address).text
    assert "What Studio left out" in page
    before = pieces(page)
    assert "Example School News" not in before
    asked = visitor.get(f"{address}/take-in?number=1&version={version(page)}").text
    assert "After which piece does it come?" in asked
    answer = visitor.post(address, {"version": version(asked), "step": "take-in:1", "place": "99"})
    assert answer.status_code == 422
    assert f"Write a number from 0 to {len(before)}." in answer.text
    taken = re.search(r'<p class="words">(.*?)</p>', asked)
    assert taken is not None
    assert pieces(step(visitor, address, "take-in:1", place="1")) == [before[0], taken[1], *before[1:]]


def test_doubts_are_shown_with_their_reason_and_confirmed(visitor: Visitor) -> None:
    text = "Signs of harm\n\nSecrets\nNew friends\nGifts\nTiredness\n\nTalk to us about it whenever you can."
    address = begun(visitor, text)
    page = visitor.get(address).text
    doubts = page.count("<strong>Please check:</strong>")
    assert doubts >= 4
    several = re.search(r'value="(confirm:\d+:\d+)"', page)
    assert several is not None
    confirmed = step(visitor, address, several[1])
    first, last = map(int, several[1].split(":")[1:])
    assert confirmed.count("<strong>Please check:</strong>") == doubts - (last - first + 1)
    assert pieces(confirmed) == pieces(page)


def test_two_windows_do_not_undo_each_other(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    old = version(visitor.get(address).text)
    present = pieces(step(visitor, address, "join:4"))
    saved = kept_file(work).read_bytes()
    for path, fields in (
        (address, {"step": "join:1"}),
        (address, {"step": "undo"}),
        (f"{address}/guide", {"name": "safe"}),
        (f"{address}/discard", {}),
    ):
        answer = visitor.post(path, {"version": old, **fields})
        assert answer.status_code == 409
        assert "changed in another window" in answer.text
        assert pieces(answer.text) == present
    assert visitor.get(f"{address}/split?number=4&version={old}").status_code == 409
    assert kept_file(work).read_bytes() == saved
    assert Project(work).slugs == ("cse",)


def test_another_newsletter_replaces_the_first_only_after_a_tick(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    saved = kept_file(work).read_bytes()
    assert "Continue checking it" in visitor.get("/write/new").text
    other = {"text": "Other words.\n\nAnd more."}
    answer = visitor.post("/write/new", other)
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.text
    assert "Other words." in answer.text
    assert visitor.post("/write/new", {**other, "replace": "another"}).status_code == 409
    assert kept_file(work).read_bytes() == saved
    id_ = address.rpartition("/")[2]
    assert visitor.post("/write/new", {"text": "", "replace": id_}).status_code == 422
    assert kept_file(work).read_bytes() == saved, "a newsletter that cannot be read replaces nothing"
    new = visitor.post("/write/new", {**other, "replace": id_}).headers["location"]
    assert pieces(visitor.get(new).text) == ["Other words.", "And more."]
    assert visitor.post(address, {"version": "1", "step": "join:1"}).status_code == 404


def test_a_discarded_newsletter_is_gone(work: Path, visitor: Visitor) -> None:
    address = begun(visitor)
    answer = visitor.post(f"{address}/discard", {"version": "1"})
    assert "The letter or newsletter is discarded." in visitor.get(answer.headers["location"]).text
    assert not kept_file(work).exists()
    assert visitor.post(f"{address}/discard", {"version": "1"}).status_code == 404


def test_work_goes_on_after_studio_was_started_again(work: Path) -> None:
    with in_process(settings_for(work)) as studio:
        visitor = studio.visitor().open()
        address = begun(visitor)
        first = pieces(visitor.get(address).text)
        page = step(visitor, address, "join:4")
    with in_process(settings_for(work)) as studio:
        visitor = studio.visitor().open()
        again = visitor.get(address).text
        assert pieces(again) == pieces(page)
        assert pieces(step(visitor, address, "undo")) == first


def test_a_crash_while_a_step_is_kept_loses_nothing_else(
    work: Path, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begun(visitor)
    before = visitor.get(address).text

    def dies(path: Path, data: bytes) -> None:
        write_file(path.with_name("half"), data[: len(data) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(newsletter_work, "write_file", dies)
    files = UserFiles(work)
    _, kept = newsletter_work.known_work(files)
    assert kept is not None
    with pytest.raises(KeyboardInterrupt):
        newsletter_work.keep(files, kept.moved(1))
    monkeypatch.undo()
    assert pieces(visitor.get(address).text) == pieces(before)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: {**table, "count": 9},
        lambda table: {**table, "steps": [{"action": "kind", "number": 1, "place": 0, "words": "title"}]},
        lambda table: {**table, "steps": [{"action": "fly", "number": 1}]},
        lambda table: {key: value for key, value in table.items() if key != "reading"},
        lambda _: [],
        lambda _: "x",
    ],
)
def test_a_damaged_file_is_named_and_can_be_replaced(work: Path, visitor: Visitor, change: Any) -> None:
    address = begun(visitor)
    kept_file(work).write_text(json.dumps(change(json.loads(kept_file(work).read_text("utf-8")))), "utf-8")
    assert visitor.get(address).status_code == 404
    assert "is damaged" in visitor.get("/write/new").text
    assert visitor.post("/write/new", {"text": LETTER}).status_code == 409
    assert visitor.post("/write/new", {"text": LETTER, "replace": "damaged"}).status_code == 303


@pytest.mark.parametrize(
    "what",
    [
        *("", "fly:1", "join", "join:0", "join:99", "join:-1", "join:x", f"join:{'9' * 5000}"),
        *("kind:1:title", "keep:99", "tick:0", "split:1", "split:99", "take-in:1", "confirm:x"),
    ],
)
def test_a_step_that_is_not_possible_changes_nothing(work: Path, visitor: Visitor, what: str) -> None:
    address = begun(visitor)
    saved = kept_file(work).read_bytes()
    answer = visitor.post(address, {"version": "1", "step": what})
    assert answer.status_code == 422
    assert kept_file(work).read_bytes() == saved


@pytest.mark.parametrize(
    "path", ["", "/split?number=1&version=1", "/fly?number=1&version=1", "/guide", "/discard"]
)
def test_the_address_of_another_newsletter_shows_nothing(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/newsletter/0123456789abcdef{path}").status_code == 404


def test_the_page_that_asks_needs_an_answer(visitor: Visitor) -> None:
    address = begun(visitor)
    assert visitor.get(f"{address}/split?number=99&version=1").status_code == 409
    assert visitor.get(f"{address}/fly?number=1&version=1").status_code == 404
    answer = visitor.post(address, {"version": "1", "step": "split:4"})
    assert answer.status_code == 422
    assert "not clear where the second piece begins" in answer.text
    answer = visitor.post(address, {"version": "1", "step": "leave-out:4", "reason": " "})
    assert answer.status_code == 422
    assert "Write why the guide leaves this out" in answer.text


def test_nothing_is_created_of_nothing(work: Path, visitor: Visitor) -> None:
    address = begun(visitor, "Only this.")
    step(visitor, address, "leave-out:1", reason="why not")
    answer = visitor.post(f"{address}/guide", {"version": "2", "name": "safe"})
    assert answer.status_code == 422
    assert "Every piece is left out" in answer.text
    assert Project(work).slugs == ("cse",)


def test_official_words_that_are_left_out_are_not_asked_for(work: Path, visitor: Visitor) -> None:
    words = "“" + "Abuse of any child is harm, wherever it happens to be done. " * 3 + "”"
    address = begun(visitor, f"{LETTER}\n\n{words}")
    page = visitor.get(address).text
    assert "Who published it" in page
    page = step(visitor, address, f"leave-out:{number_of(page, 'Abuse of')}", reason="Out of date")
    assert "Who published it" not in page
    assert visitor.post(f"{address}/guide", {"version": version(page), "name": "safe"}).status_code == 303
    assert Project(work).guide_source("safe").definition is None


def test_far_too_many_lines_are_refused(work: Path, visitor: Visitor) -> None:
    answer = visitor.post("/write/new", {"text": "- word\n" * 2001})
    assert answer.status_code == 422
    assert "far more than a newsletter" in answer.text
    assert not kept_file(work).exists()


def test_each_signed_in_person_has_a_newsletter_of_their_own(work: Path) -> None:
    with in_process(behind_proxy(work, project_root=work)) as studio:
        ann, bob = (studio.visitor(x_remote_user=name) for name in ("ann", "bob"))
        assert ann.get("/write/new").status_code == 200
        assert bob.get("/write/new").status_code == 200
        address = begun(ann)
        assert bob.get(address).status_code == 404
        assert bob.post(address, {"version": "1", "step": "join:1"}).status_code == 404
        assert "Continue checking it" not in bob.get("/write/new").text
        assert ann.origin == PUBLIC


def test_a_file_s_name_is_only_shown(work: Path, visitor: Visitor) -> None:
    before = set(work.rglob("*"))
    upload = {"file": ("../../<b>x</b>\u202e.docx", LETTER.encode(), "text/plain")}
    address = visitor.post("/write/new", files=upload).headers["location"]
    page = visitor.get(address).text
    assert "<b>x" not in page
    assert "\u202e" not in page
    assert set(work.rglob("*")) - before == {kept_file(work)}


# In a browser.


def given(page: Page, name: str, data: bytes, *, script: bool = True) -> None:
    """Choose a file: a script sends it at once."""
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "", "buffer": data})
    if not script:
        page.get_by_role("button", name="Read the letter or newsletter").click()
    expect(page.locator("#pieces")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_whole_way_in_a_browser(browser: Browser, work: Path, script: bool) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio, 320, java_script_enabled=script)
        accessible = is_accessible if script else (lambda _: None)
        page.goto(f"{studio.address}/write/new")
        given(page, "letter.txt", LETTER.encode(), script=script)
        accessible(page)
        page.locator("#piece-4 summary").click()
        page.locator("#piece-4").get_by_role("button", name="Join with the one below").click()
        expect(page.locator("#piece-4 .passage")).to_contain_text("at home. Signs")
        expect(page.locator(".bar p").first).to_have_text("Last step: joined 4 and 5.")
        expect(page.locator("#piece-4 details")).to_have_attribute("open", "")
        accessible(page)
        page.get_by_role("link", name="Split 4 in two").click()
        accessible(page)
        box = page.get_by_label("The words of piece 4")
        words = box.input_value()
        if script:
            box.evaluate("(one, at) => one.setSelectionRange(at, at)", words.index("Signs"))
        else:
            box.fill(words.replace(" Signs", "\n\nSigns"))
        page.get_by_role("button", name="Split here").click()
        expect(page.locator("#piece-5 .passage")).to_have_text("Signs")
        expect(page.locator("#piece-4")).to_be_in_viewport()
        page.locator("#piece-5 summary").click()
        page.locator("#piece-5").get_by_role("button", name="Heading", exact=True).click()
        expect(page.locator("#piece-5 .kind")).to_contain_text("Heading")
        page.locator("#piece-8 summary").click()
        page.get_by_role("link", name="Leave 8 out").click()
        accessible(page)
        page.get_by_role("button", name="Leave it out", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("The reason is missing")
        accessible(page)
        page.get_by_label("Why does").fill("About the fair")
        page.get_by_role("button", name="Leave it out", exact=True).click()
        expect(page.locator("#piece-8 .reason")).to_contain_text("About the fair")
        accessible(page)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#piece-8 .reason")).to_have_count(0)
        page.get_by_role("button", name="Redo").click()
        expect(page.locator("#piece-8 .reason")).to_have_count(1)
        page.get_by_text("Short name:").click()
        page.get_by_label("The short name").fill("safe")
        page.get_by_role("button", name="Write the guide").click()
        expect(page).to_have_url(f"{studio.address}/write/safe?done=new")
        page.close()


@pytest.mark.browser
def test_a_file_is_dropped_anywhere_on_the_page(browser: Browser, work: Path) -> None:
    drop = """names => {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File(["Safe online"], name));
        const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true});
        document.querySelector("h1").dispatchEvent(drop);
    }"""
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/new")
        page.evaluate(drop, ["one.txt", "two.txt"])
        expect(page.locator("#dropped")).to_have_text("Drop one file only.")
        page.evaluate(drop, ["one.txt"])
        expect(page.locator("#piece-1 .passage")).to_have_text("Safe online")
        # Another newsletter does not replace it without a tick.
        page.goto(f"{studio.address}/write/new")
        page.evaluate(drop, ["two.txt"])
        expect(page.locator("#dropped")).to_contain_text("“two.txt” is chosen. Tick “Discard”")
        page.get_by_label("Discard").check()
        page.get_by_role("button", name="Read the letter or newsletter").click()
        expect(page.locator("#checking > p").first).to_contain_text("“two.txt”")
        page.close()


@pytest.mark.browser
def test_a_step_keeps_the_place_and_the_focus(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/new")
        given(
            page,
            "long.txt",
            "\n\n".join(f"This is sentence {n}, and it is here." for n in range(40)).encode(),
        )
        page.locator("#piece-30 summary").focus()
        page.keyboard.press("Enter")
        button = page.locator("#piece-30").get_by_role("button", name="Join with the one below")
        button.focus()
        before = button.bounding_box()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("Last step: joined 30 and 31.")
        expect(button).to_be_focused()
        after = button.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["y"] - after["y"]) < 40
        address = page.url.removeprefix(studio.address).partition("?")[0]
        assert "Undone: joined 30 and 31." in step(studio.visitor().open(), address, "undo")
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("changed in another window")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.locator("#pieces li")).to_have_count(40)
        page.close()


@pytest.mark.browser
def test_a_piece_is_split_with_the_keyboard_alone(browser: Browser, work: Path) -> None:
    with serving(settings_for(work)) as studio:
        page = opened(browser, studio)
        page.goto(f"{studio.address}/write/new")
        given(page, "one.txt", b"One two three four.")
        page.locator("#piece-1 summary").press("Enter")
        page.get_by_role("link", name="Split 1 in two").press("Enter")
        expect(page.get_by_label("The words of piece 1")).to_be_focused()
        for _ in "One two ":
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator("#pieces .passage")).to_have_text(["One two", "three four."])
        page.close()
