"""From an empty folder to an archive, as a school office would do it."""

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from threading import Event
from typing import Literal
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from pypdfium2 import PdfDocument

from parentguide.errors import ProjectError
from parentguide.project.project import Project
from parentguide.schools.school_file import read_school
from parentguide.studio.services.build_queue import (
    MOST_EACH,
    MOST_WAITING,
    BuildQueue,
    Job,
    Phase,
    Step,
    Work,
)
from tests.studio.app import (
    LONGEST,
    Running,
    finished,
    in_process,
    is_accessible,
    opened,
    review_of,
    serving,
    settings_for,
    version,
    wait_until,
)

SCHOOL = {"name": "Zoë's School", "website": "www.example.sch.uk", "version": "none"}


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    """A Studio for a browser."""
    with serving(settings_for(tmp_path / "work")) as running:
        yield running


@pytest.fixture
def near(tmp_path: Path) -> Iterator[Running]:
    """A Studio in this process."""
    with in_process(settings_for(tmp_path)) as running:
        yield running


def png(size: tuple[int, int] = (40, 20), kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.browser
def test_from_an_empty_folder_to_the_archive(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio, 320, color_scheme="dark")
    is_accessible(page)
    page.get_by_role("link", name="Make guides for our families").click()
    is_accessible(page)
    page.get_by_label("The school's name").fill("Zoë's School")
    page.get_by_text("Website, colour and date (optional)").click()
    page.get_by_label("The school's website").fill("not an address")
    page.get_by_label("Name", exact=True).first.fill("A. Teacher")
    page.get_by_label("Phone", exact=True).first.fill("12")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("A UK number begins with 0")
    assert page.title().startswith("Problem:")
    is_accessible(page)
    page.get_by_role("alert").get_by_role("link", name="The school's website").click()
    expect(page.get_by_label("The school's website")).to_be_focused()
    page.get_by_label("The school's website").fill("www.example.sch.uk")
    page.get_by_label("Phone", exact=True).first.fill("01462 000000")
    page.get_by_label("Logo").set_input_files({"name": "l.png", "mimeType": "image/png", "buffer": png()})
    expect(page.get_by_role("img", name="The logo that you have")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/languages")
    page.get_by_label("English", exact=False).first.uncheck()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one language.")
    is_accessible(page)
    for value in ("language-en", "language-ur"):
        page.locator(f"#{value}").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sheets")
    is_accessible(page)
    for box in page.locator("input[type=checkbox]").all():
        box.uncheck()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one page or sheet.")
    for value in ("format-web", "format-handout", "format-message"):
        page.locator(f"#{value}").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/make")
    page.get_by_label("Language", exact=True).select_option("ur")
    page.wait_for_url("**language=ur**")
    for view in ("phone", "desktop", "handout"):
        page.get_by_label("Page or sheet").select_option(view)
        page.wait_for_url(f"**view={view}**")
        expect(page.locator("option[selected]").last).to_have_attribute("value", view)
        is_accessible(page)
        if view == "handout":
            for picture in page.locator(".sides img").all():
                assert picture.evaluate("image => image.naturalWidth") > 900
        else:
            frame = page.frame_locator("iframe")
            expect(frame.locator("html")).to_have_attribute("dir", "rtl")
            expect(frame.locator("body")).to_contain_text("A. Teacher")
            expect(frame.get_by_role("img", name="Zoë's School")).to_be_visible()
            drawn = frame.locator("html").evaluate("page => page.clientWidth")
            assert (drawn > 1200) == (view == "desktop")
    page.get_by_role("button", name="Make the guides").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your guides are ready", timeout=LONGEST)
    is_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all (").click()
    assert download.value.suggested_filename == "guides-zo-s-school.zip"
    names = ZipFile(download.value.path()).namelist()
    assert {
        "README-FIRST.html",
        "For your website/index.html",
        "For your website/cse/ur/index.html",
        "For your website/cse/ur/cse-ur-handout.pdf",
        "To print/Handout/Urdu – handout.pdf",
    } <= set(names)
    page.get_by_text("Urdu", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Urdu: Handout").click()
    assert download.value.suggested_filename == "cse-ur-handout.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of Urdu").click()
    names = ZipFile(download.value.path()).namelist()
    assert {"Urdu – handout.pdf", "Urdu – web page.html", "Urdu – text message.txt"} == set(names)
    school = read_school(studio.workspace / "school.toml")
    assert school.languages == ("en", "ur")
    assert school.team[0].name == "A. Teacher"
    assert school.logo is not None
    page.close()


# What a person does: the issue of the first door allows 20 clicks and 6 fields for this.
MOST_CLICKS, MOST_FIELDS = 20, 6


@pytest.mark.browser
def test_five_languages_a_logo_and_seven_kinds_take_few_clicks(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio)
    clicks, fields = 0, 0

    def click(name: str, role: Literal["link", "button"] = "button") -> None:
        nonlocal clicks
        page.get_by_role(role, name=name).first.click()
        clicks += 1

    def tick(box: str) -> None:
        nonlocal clicks
        page.locator(f"label[for={box}]").click()
        clicks += 1

    click("Make guides for our families", "link")
    for label, value in {
        "The school's name": "Hill School",
        "Name": "A. Teacher",
        "Role": "Deputy head",
        "Phone": "01462 000000",
        "Email": "office@example.sch.uk",
    }.items():
        page.get_by_label(label, exact=True).first.fill(value)
        fields += 1
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": png((900, 500))}
    page.get_by_label("Logo").set_input_files(logo)  # type: ignore[arg-type]
    clicks += 1
    expect(page.get_by_role("img", name="The logo that you have")).to_be_visible()
    click("Save and continue")
    for tag in ("ur", "pl", "so", "ar"):
        tick(f"language-{tag}")
    click("Save and continue")
    for name in ("large-print", "poster", "bilingual", "cards"):
        tick(f"format-{name}")
    click("Save and continue")
    click("Make the guides")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your guides are ready", timeout=LONGEST)
    with page.expect_download():
        click("Download all (", "link")
    school = read_school(studio.workspace / "school.toml")
    assert (len(school.languages), len(school.formats), school.logo is not None) == (5, 7, True)
    assert clicks <= MOST_CLICKS, clicks
    assert fields <= MOST_FIELDS, fields
    page.close()


@pytest.mark.browser
def test_the_main_path_works_with_the_keyboard_alone(browser: Browser, studio: Running) -> None:
    studio.workspace.mkdir(exist_ok=True)
    (studio.workspace / "school.toml").write_text('languages = ["en", "pl", "so"]\neditions = ["web"]')
    page = opened(browser, studio)

    def tab_to(name: str, role: str = "link") -> None:
        for _ in range(90):
            page.keyboard.press("Tab")
            at = page.evaluate(
                "() => { const a = document.activeElement; return a.labels?.[0]?.innerText ?? a.innerText; }"
            )
            if (at or "").strip().startswith(name):
                seen = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
                assert seen != "none", f"no focus ring at {name}"
                return
        raise AssertionError(f"Tab never came to {name}")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link"
    tab_to("Make guides for our families")
    page.keyboard.press("Enter")
    page.wait_for_url("**/school")
    tab_to("The school's name")
    page.keyboard.type("Key School")
    tab_to("Save and continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/languages**")
    tab_to("Find a language")
    page.keyboard.type("soma")
    expect(page.locator("#found")).to_have_text("1 found")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("polski")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page.locator("#count")).to_contain_text("Ticked: 1. Saved")
    tab_to("Save and continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets**")
    tab_to("Save and continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/make**")
    tab_to("Make the guides")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your guides are ready", timeout=LONGEST)
    tab_to("Download all (")
    school = read_school(studio.workspace / "school.toml")
    assert school.name == "Key School"
    assert school.languages == ("en",)
    page.close()


@pytest.mark.browser
def test_the_main_path_works_without_javascript(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio, java_script_enabled=False)
    page.get_by_role("link", name="Make guides for our families").click()
    page.get_by_label("The school's name").fill("Plain School")
    page.get_by_label("Email", exact=True).first.fill("nobody")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("office@example.sch.uk")
    page.get_by_label("Email", exact=True).first.fill("a@example.sch.uk")
    page.get_by_role("button", name="Save and continue").click()
    page.locator("#language-ur").check()
    page.get_by_role("button", name="Save and continue").click()
    for name in ("handout", "signs"):
        page.locator(f"#format-{name}").uncheck()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Make the guides").click()
    # The page loads itself again by its <noscript> refresh.
    expect(page.get_by_role("heading", level=1)).to_have_text("Your guides are ready", timeout=LONGEST)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all (").click()
    assert "For your website/cse/ur/index.html" in ZipFile(download.value.path()).namelist()
    page.close()


@pytest.mark.browser
def test_what_is_typed_is_saved_by_itself_and_undone(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio)
    page.goto(f"{studio.address}/school")
    path = studio.workspace / "school.toml"
    page.get_by_label("The school's name").fill("Typed School")
    page.get_by_label("Phone", exact=True).first.fill("12")
    page.get_by_label("Email", exact=True).first.fill("a@example.sch.uk")
    page.get_by_label("Role", exact=True).first.focus()
    expect(page.locator("#saved")).to_contain_text("but not what is marked")
    expect(page.locator("#team-1-phone-error")).to_contain_text("Not saved yet")
    wait_until(lambda: bool(read_school(path).team))
    saved = read_school(path)
    assert (saved.name, saved.team[0].phone) == ("Typed School", None)
    assert saved.team[0].email is not None
    page.get_by_label("Phone", exact=True).first.fill("01462 000000")
    page.get_by_label("Role", exact=True).first.focus()
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(page.locator("#team-1-phone-error")).to_have_count(0)
    assert [person.phone is not None for person in read_school(path).team] == [True]
    # Who leaves in the middle of a word loses nothing.
    page.get_by_label("Role", exact=True).first.fill("Deputy head")
    page.goto(f"{studio.address}/languages")
    wait_until(lambda: read_school(path).team[0].role == "Deputy head")
    page.goto(f"{studio.address}/school")
    expect(page.get_by_label("Role", exact=True).first).to_have_value("Deputy head")
    page.get_by_role("button", name="Undo: save the school's details").click()
    expect(page.get_by_label("Role", exact=True).first).to_have_value("")
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_label("Role", exact=True).first).to_have_value("Deputy head")
    page.close()


@pytest.mark.browser
def test_the_arrow_keys_turn_to_the_next_language(browser: Browser, studio: Running) -> None:
    studio.workspace.mkdir(exist_ok=True)
    (studio.workspace / "school.toml").write_text('languages = ["en", "pl", "ur"]')
    page = opened(browser, studio)
    page.goto(f"{studio.address}/make?view=handout")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Polish")
    page.wait_for_load_state("load")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=2)).to_contain_text("English")
    page.close()


def test_a_row_that_is_left_empty_does_not_confuse_the_entries(near: Running) -> None:
    """After a save the form's hidden fields say which entry each row has become."""
    visitor = near.visitor().open()
    fields = {**SCHOOL, "team-1-name": "Ann", "team-3-name": "Cat", "team-1-was": "", "team-3-was": ""}
    answer = visitor.post("/school/save", fields).json()
    assert answer["wrong"] == {}
    again = {**fields, **answer["was"], "version": answer["version"], "team-3-name": "Cato"}
    assert visitor.post("/school/save", again).status_code == 200
    assert [person.name for person in read_school(near.workspace / "school.toml").team] == ["Ann", "Cato"]
    # A page that was left in the middle of that save does not know its answer, and is still the same page.
    left = visitor.post("/school/save", {**again, "name": "Left"})
    assert left.status_code == 200
    assert [person.name for person in read_school(near.workspace / "school.toml").team] == ["Ann", "Cato"]
    late = visitor.post("/school/save", {**again, "name": "Late", "page": "another window"})
    assert late.status_code == 409
    assert "another window" in late.json()["changed"]


def test_a_mistake_does_not_lose_the_logo(near: Running) -> None:
    visitor = near.visitor().open()
    files = {"logo": ("l.png", png(), "image/png")}
    answer = visitor.post("/school", {**SCHOOL, "team-1-phone": "12"}, files=files)
    assert answer.status_code == 422
    assert "The logo that you have" in answer.text
    assert visitor.get("/school/logo").headers["content-type"] == "image/png"
    corrected = {**SCHOOL, "version": version(answer.text), "team-1-phone": "01462 000000"}
    assert visitor.post("/school", corrected).status_code == 303
    assert read_school(near.workspace / "school.toml").logo is not None


def test_only_english_is_ticked_and_the_usual_languages_are_remembered(near: Running) -> None:
    visitor = near.visitor().open()
    ticked = re.compile(r'name="language" value="([\w-]+)" checked')
    assert ticked.findall(visitor.get("/languages").text) == ["en"]
    visitor.post("/languages", {"language": ["en", "ur", "pl"], "usual": "yes"})
    assert set(read_school(near.workspace / "school.toml").usual_languages) == {"pl", "ur"}
    visitor.post("/languages", {"language": ["en"]})
    assert ticked.findall(visitor.get("/languages").text) == ["en"]
    assert set(ticked.findall(visitor.get("/languages?tick=usual").text)) == {"en", "pl", "ur"}
    assert read_school(near.workspace / "school.toml").usual_languages, "they stay"


def test_a_list_of_home_languages_ticks_them_and_nothing_of_it_is_kept(near: Running) -> None:
    visitor = near.visitor().open()
    pupils = "Name,Date of birth,Home Language\n" + "".join(
        f"Pupil{number} Kowalska,01/02/2015,{language}\n"
        for number, language in enumerate(["Polish"] * 3 + ["Urdu"] * 5 + ["Tagalog", "Chinese", "English"])
    )
    files = {"file": ("pupils.csv", pupils.encode(), "text/csv")}
    page = unescape(visitor.post("/languages/list", files=files).text)
    ticked = re.findall(r'name="language" value="([\w-]+)" checked', page)
    assert ticked[:3] == ["en", "ur", "pl"], "the most common first"
    assert {"zh-Hans", "zh-Hant"} <= set(ticked)
    assert "Urdu, 5 pupils" in page
    assert "Tagalog" in page
    assert "Kowalska" not in page
    kept = [path.read_bytes() for path in near.workspace.rglob("*") if path.is_file()]
    assert not any(b"Kowalska" in data or b"Tagalog" in data for data in kept)
    assert not (near.workspace / "school.toml").exists(), "nothing is saved before the person says so"
    pasted = unescape(visitor.post("/languages/list", {"pasted": "Somali\nPolish\nPolish"}).text)
    assert "Polish, 2 pupils" in pasted
    for bad in (b"", b"Name,Born\nAnn Kowalska,2015\n"):
        answer = visitor.post("/languages/list", files={"file": ("x.csv", bad, "text/csv")})
        assert answer.status_code == 422
        assert "Problem:" in answer.text
        assert "Kowalska" not in answer.text


def test_a_large_logo_becomes_a_small_one_and_its_colour_is_offered(near: Running) -> None:
    visitor = near.visitor().open()
    buffer = io.BytesIO()
    picture = Image.effect_noise((1300, 1300), 90).convert("RGB")
    picture.paste((10, 60, 140), (0, 0, 1300, 700))
    picture.save(buffer, "PNG")
    assert len(buffer.getvalue()) > 600_000
    files = {"logo": ("huge.png", buffer.getvalue(), "image/png")}
    assert visitor.post("/school", SCHOOL, files=files).status_code == 303
    logo = read_school(near.workspace / "school.toml").logo
    assert logo is not None
    assert len(logo.data) < 200_000
    page = visitor.get("/school").text
    colour = re.search(r'name="use-colour" value="(#[0-9a-f]{6})"', page)
    assert colour is not None
    fields = {**SCHOOL, "version": version(page), "use-colour": colour[1]}
    assert visitor.post("/school", fields).status_code == 303
    chosen = read_school(near.workspace / "school.toml").colour
    assert chosen is not None
    assert chosen.given == colour[1]


def test_all_copies_for_an_evening_are_one_pdf(near: Running) -> None:
    visitor = near.visitor().open()
    visitor.post("/languages", {"language": ["en", "ur", "pl"]})
    visitor.post("/sheets", {"format": ["handout", "signs"]})
    page = finished(visitor, visitor.post("/build").headers["location"])
    assert 'name="copies-ur"' in page
    answer = visitor.get("/download/print.pdf?sheet=signs&copies-pl=3&copies-ur=2&copies-en=")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(PdfDocument(answer.content)) == 2 * (3 + 2), "one side each, and its blank back"
    for query, said in {
        "sheet=signs&copies-pl=many": "not a number: Polish",
        "sheet=signs": "no language is chosen",
        "sheet=none&copies-pl=1": "no sheet “none”",
    }.items():
        refused = visitor.get(f"/download/print.pdf?{query}")
        assert refused.status_code == 422
        assert said in unescape(refused.text)


# What the office should not have to know (issue “Studio, first door”), with what to say instead.
INSTEAD = {
    "piece": "message, or part",
    "statement": "sentence",
    "msgid": "the English",
    "fuzzy": "to be checked again",
    "TAG": "language",
    "HTML": "web page",
    "index.html": "the page",
    "POT": "the list of texts",
    "locale": "language",
}


def test_an_office_reads_no_word_of_the_program(near: Running) -> None:
    visitor = near.visitor().open()
    pages = [visitor.get(path).text for path in ("/", "/school", "/languages", "/sheets", "/make")]
    visitor.post("/languages", {"language": ["en", "ur"]})
    visitor.post("/sheets", {"format": ["web", "message", "fragment", "handout"]})
    pages += [visitor.get("/make?language=ur&view=handout").text]
    pages += [finished(visitor, visitor.post("/build", {"require": "checked"}).headers["location"])]
    pages += [visitor.get("/made").text, visitor.get("/builds/unknown").text]
    for page in pages:
        words = unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL))
        for word, instead in INSTEAD.items():
            assert not re.search(rf"(?<![\w.-]){re.escape(word)}s?(?![\w-])", words), f"{word}: say {instead}"


def test_the_poster_is_shown_with_all_languages_of_the_school(near: Running) -> None:
    visitor = near.visitor().open()
    visitor.post("/languages", {"language": ["en", "pl", "ur"]})
    assert visitor.get("/preview/cse/en/poster/1.png").headers["content-type"] == "image/png"
    assert "/preview/cse/ur/poster/1.png" in visitor.get("/make?view=poster&language=ur").text
    visitor.post("/languages", {"language": ["en"]})
    assert "poster/1.png" not in visitor.get("/sheets").text
    assert "no poster without a translation" in visitor.get("/make?view=poster").text


def test_pages_are_small(near: Running) -> None:
    visitor = near.visitor().open()
    names = ("studio.css", "studio.js", "steps.js", "tokens.css")
    shared = sum(len(visitor.get(f"/static/{name}").content) for name in names)
    for path in ("/", "/school", "/languages", "/sheets", "/make"):
        assert len(visitor.get(path).content) + shared < 60_000, path


@pytest.mark.browser
def test_typed_details_are_shown_before_they_are_saved(browser: Browser, studio: Running) -> None:
    page = opened(browser, studio)
    page.goto(f"{studio.address}/school")
    page.get_by_label("The school's name").fill("<b>Typed</b> School")
    page.get_by_text("Website, colour and date (optional)").click()
    page.get_by_label("The school's website").fill("half an addr")
    expect(page.frame_locator("#look").locator("body")).to_contain_text("<b>Typed</b> School")
    page.close()


def test_a_mistake_and_a_restart_lose_no_typed_word(tmp_path: Path) -> None:
    typed = {
        **SCHOOL,
        "team-1-phone": "12",
        "team-2-name": "Ünïcode; \"quotes\" 'n' =cmd",
        "local-1-name": "Help",
    }
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        answer = visitor.post("/school", typed)
        assert answer.status_code == 422
        assert not (tmp_path / "school.toml").exists()
        for page in (answer.text, visitor.get("/school").text):
            assert 'value="12"' in page
            assert "Ünïcode; &#34;quotes&#34; &#39;n&#39; =cmd" in page
            assert "Write a phone number, website, email or address." in page
        cookies = visitor.client.cookies
    # The browser's page is still open: the restarted Studio must accept its form.
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor()
        visitor.client.cookies = cookies
        assert "=cmd" in visitor.get("/school").text
        corrected = {**typed, "team-1-phone": "01462 000000", "local-1-phone": "0300 000 0000"}
        assert visitor.post("/school", corrected).status_code == 303
        school = read_school(tmp_path / "school.toml")
        assert [person.name for person in school.team] == ["", "Ünïcode; \"quotes\" 'n' =cmd"]
        assert not list(tmp_path.glob(".studio*"))


def test_two_windows_do_not_overwrite_each_other_s_school(near: Running) -> None:
    visitor, path = near.visitor().open(), near.workspace / "school.toml"
    assert visitor.post("/school", SCHOOL).status_code == 303
    answer = visitor.post("/school", {**SCHOOL, "name": "Other"})
    assert answer.status_code == 409
    assert "changed the details in another window" in answer.text
    assert 'value="Other"' in answer.text
    assert read_school(path).name == "Zoë's School"
    other = {**SCHOOL, "name": "Other", "version": version(answer.text)}
    assert visitor.post("/school", other).status_code == 303
    assert read_school(path).name == "Other"


@pytest.mark.parametrize(
    "written", ['# by hand\nname = "Hand" # mine\nlanguages = ["pl"]\n', "name = broken"]
)
def test_a_file_that_a_person_wrote_is_kept(near: Running, written: str) -> None:
    folder = near.workspace
    (folder / "school.toml").write_text(written)
    visitor = near.visitor().open()
    page = visitor.get("/school").text
    assert ("Not TOML" in page) == ("broken" in written)
    assert visitor.post("/school", {**SCHOOL, "version": version(page)}).status_code == 303
    if "broken" in written:
        assert (folder / "school-before-studio.toml").read_text() == written
    else:
        kept = (folder / "school.toml").read_text()
        assert "# by hand" in kept
        assert "# mine" in kept
    assert read_school(folder / "school.toml").languages == (() if "broken" in written else ("pl",))


def test_a_logo_is_judged_by_its_bytes(near: Running) -> None:
    visitor, folder = near.visitor().open(), near.workspace

    def send(data: bytes, name: str = "../../evil.png", **more: str) -> tuple[int, str]:
        fields = {**SCHOOL, "version": version(visitor.get("/school").text), **more}
        answer = visitor.post("/school", fields, files={"logo": (name, data, "image/png")})
        return answer.status_code, answer.text

    for data, said in (
        (b"<svg onload=alert(1)>", "ts XML is broken"),
        (b"\x89PNG" + b"x" * 300_000, "is not a PNG, JPEG or SVG"),
    ):
        status, page = send(data)
        assert status == 422
        assert said in page
    assert send(png(kind="JPEG"), "x.exe")[0] == 303
    assert sorted(path.name for path in folder.iterdir()) == [".history", "logo.jpg", "school.toml"]
    assert read_school(folder / "school.toml").logo is not None
    assert send(png(), **{"remove-logo": "yes"})[0] == 303
    assert read_school(folder / "school.toml").logo is None


def test_a_build_belongs_to_its_owner_and_names_what_it_left_out(near: Running, project: Project) -> None:
    visitor = near.visitor().open()
    assert "No guides have been made yet" in visitor.get("/download/guides.zip").text
    assert visitor.get("/made").url.path == "/make"
    (near.workspace / "school.toml").write_text('languages = ["en", "ur"]\neditions = ["web"]')
    answer = visitor.post("/build", {"require": "checked"})
    assert answer.status_code == 303, "English needs no translator"
    page = finished(visitor, answer.headers["location"])
    assert "Left out" in page
    unchecked = len(review_of(project.root, "ur").messages)
    assert f"Urdu: {unchecked} messages are not checked by anybody" in page
    assert "--" not in re.sub(r"<[^>]*>", "", page)
    assert visitor.get("/builds/unknown").status_code == 404
    assert "What was made last" in visitor.get("/builds/unknown").text
    assert "Your guides are ready" in visitor.get("/made").text
    (near.workspace / "output" / "manifest.json").write_text("{")
    for path in ("/", "/made"):
        assert "cannot be read" in visitor.get(path).text


def wait_for(jobs: list[Job]) -> None:
    wait_until(lambda: all(job.ended for job in jobs))


def test_people_take_turns() -> None:
    queue, gate, order = BuildQueue(workers=1), Event(), list[str]()

    def work(name: str) -> Work:
        def run(step: Step) -> None:
            gate.wait(10)
            order.append(name)
            step("file")

        return run

    jobs = [queue.submit("ann", 1, work("ann 1"))]
    wait_until(lambda: jobs[0].phase is Phase.RUNNING)
    jobs += [queue.submit(name[:3], 1, work(name)) for name in ("ann 2", "bob", "cat")]
    with pytest.raises(ProjectError, match="already being made"):
        queue.submit("ann", 1, work("ann 3"))
    assert [queue.ahead(job) for job in jobs[1:]] == [0, 1, 2]
    gate.set()
    wait_for(jobs)
    assert order == ["ann 1", "ann 2", "bob", "cat"]
    assert [job.made for job in jobs] == [1, 1, 1, 1]
    assert queue.job("bob", jobs[0].id) is None, "another one's build"
    assert queue.job("ann", jobs[0].id) is jobs[0]
    queue.close()


def test_the_queue_is_bounded_and_a_broken_build_ends_only_itself() -> None:
    queue, gate = BuildQueue(workers=1), Event()

    def wait(_: Step) -> None:
        gate.wait(10)

    def fail(_: Step) -> None:
        raise ZeroDivisionError("oh")

    first = queue.submit("first", 1, wait)
    wait_until(lambda: first.phase is Phase.RUNNING)
    jobs = [queue.submit(f"user {number}", 1, fail) for number in range(MOST_WAITING)]
    with pytest.raises(ProjectError, match="many people"):
        queue.submit("late", 1, wait)
    assert MOST_EACH == 2
    gate.set()
    wait_for(jobs)
    assert all("ZeroDivisionError" in job.problem for job in jobs)
    last = queue.submit("late", 1, wait)
    wait_for([last])
    assert last.phase is Phase.DONE
    queue.close()


def test_closing_studio_ends_a_build_before_it_is_put_in_place() -> None:
    queue, begun, closed = BuildQueue(workers=1), Event(), Event()

    def work(step: Step) -> None:
        begun.set()
        closed.wait(10)
        step("file")
        raise AssertionError("the step must have stopped it")

    job = queue.submit("ann", 2, work)
    begun.wait(10)
    queue.close()
    closed.set()
    wait_for([job])
    assert job.problem == "Studio was closed"
