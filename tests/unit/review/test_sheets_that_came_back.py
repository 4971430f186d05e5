"""Review sheets as people and their programs send them back: good rows go in, the others are named."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from parentguide.cli.main import main
from parentguide.project.project import Project
from parentguide.review.ledger import Kind
from parentguide.review.sheet_writer import COLUMNS
from parentguide.review.status import MessageReview, language_review
from tests.conftest import need
from tests.unit.review.conftest import polish, translate

AT = {column.label: index for index, column in enumerate(COLUMNS, 1)}
BETTER = "Co można zrobić"


@dataclass
class Sheet:
    """A review sheet in Polish, filled in by a teacher, with “Correct” in the row of “title”."""

    root: Path
    book: Workbook

    @property
    def review(self) -> Worksheet:
        tab = self.book["Review"]
        assert isinstance(tab, Worksheet)
        return tab

    def row(self, context: str) -> int:
        for row in range(2, self.review.max_row + 1):
            if self.review.cell(row, AT["context"]).value == context:
                return row
        raise AssertionError(context)

    def put(self, context: str, label: str, value: object) -> None:
        cell = self.review.cell(self.row(context), AT[label])
        cell.value = value  # type: ignore[assignment]

    def get(self, context: str, label: str) -> str:
        return str(self.review.cell(self.row(context), AT[label]).value)

    def save(self, name: str = "back.xlsx") -> Path:
        path = self.root.parent / name
        self.book.save(path)
        return path

    def back(self, code: int = 0, *options: str, path: Path | None = None) -> str:
        """What the import of the sheet says."""
        given = str(path or self.save())
        command = ["review", "import", given, "--yes", *options, "--project", str(self.root)]
        done = CliRunner().invoke(main, command)
        assert "Traceback" not in done.output
        assert done.exit_code == code, done.output
        return done.output

    def message(self, context: str) -> MessageReview:
        project = Project(self.root)
        review = language_review(project, project.language("pl"), ("cse", "interface"))
        return next(m for m in review.messages if m.context == context)

    def kinds(self, context: str) -> list[Kind]:
        return [record.kind for record in self.message(context).records]

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture
def sheet(root: Path) -> Sheet:
    path = root.parent / "pl.xlsx"
    done = CliRunner().invoke(main, ["review", "sheet", "pl", "--out", str(path), "--project", str(root)])
    assert done.exit_code == 0, done.output
    made = Sheet(root, load_workbook(path))
    made.book["Read me first"]["C5"] = "teacher"
    made.put("title", "review.verdict", "Correct / Poprawne")
    return made


def test_the_sheet_has_the_guide_first_and_the_interface_under_its_own_heading(sheet: Sheet) -> None:
    texts = [
        str(row[0].value or "") for row in sheet.review.iter_rows(min_col=AT["review.english"], max_col=5)
    ]
    headings = {text.split(":")[0]: at for at, text in enumerate(texts, 1) if text.startswith("Part ")}
    assert headings == {"Part 1": 2, "Part 2": sheet.row("poster-title") + 1}
    assert "the guide “Keeping your child safe" in texts[1]
    assert "0 of 60 texts are approved so far" in texts[1]
    assert "words on buttons, labels and sheets" in texts[headings["Part 2"] - 1]
    domains = [sheet.review.cell(row, 1).value for row in range(3, sheet.review.max_row + 1)]
    assert domains == [*["cse"] * 60, None, *["interface"] * 68]
    sheet.back()
    again = sheet.root.parent / "again.xlsx"
    CliRunner().invoke(main, ["review", "sheet", "pl", "-o", str(again), "--project", str(sheet.root)])
    assert "1 of 60 texts are approved so far" in str(load_workbook(again)["Review"]["E2"].value)


@pytest.mark.parametrize("typed", ["poprawione w kolumnie tłumaczenia", "Nowe\nsłowa", "", "999"])
def test_a_correction_in_the_translation_cell_without_an_answer_is_asked_about(
    sheet: Sheet, typed: str
) -> None:
    sheet.put("call-nspcc", "review.translation", typed)
    said = sheet.back(1)
    row = sheet.row("call-nspcc")
    assert f"row {row}, “call-nspcc”: the Translation cell was changed, but there is no answer" in said
    assert typed in said
    assert "1 signed, 1 not taken" in said
    assert sheet.kinds("title") == [Kind.CHECKED]
    if typed:
        (record,) = sheet.message("call-nspcc").records
        assert (record.kind, record.suggestion) == (Kind.COMMENT, typed)


@pytest.mark.parametrize(
    ("verdict", "better", "said"),
    [
        ("Correct", "", "the answer is “Correct”, but the Translation cell was changed"),
        ("ok", "", "the answer is “Correct”, but the Translation cell was changed"),
        ("Do poprawy", "", "the answer is “Needs a change”, and the Translation cell was changed"),
        ("", "Lepsze słowa", "there are better words, and the Translation cell was changed"),
    ],
)
def test_an_answer_beside_a_changed_translation_is_asked_about(
    sheet: Sheet, verdict: str, better: str, said: str
) -> None:
    was = polish(sheet.root, "lead")
    sheet.put("lead", "review.translation", "Inne słowa")
    sheet.put("lead", "review.verdict", verdict)
    sheet.put("lead", "review.better", better)
    assert f"“lead”: {said}" in sheet.back(1)
    assert polish(sheet.root, "lead") == was
    assert sheet.message("lead").state == "draft"


def test_a_changed_english_cell_is_asked_about(sheet: Sheet) -> None:
    sheet.put("lead", "review.english", "Other words")
    assert "“lead”: the English cell was changed, but there is no answer" in sheet.back(1)
    sheet.put("lead", "review.verdict", "Correct")
    assert "“lead”: the answer is “Correct”, but the English cell was changed" in sheet.back(1)


@pytest.mark.parametrize(
    "typed",
    ["Poprawne", "poprawne.", "Correct/Poprawne", "Poprawne / Correct", "right", "OK", "ok!", "Yes", " y ",
     "✓", "✔️", "Correct", "okay", "Right \n"],
)  # fmt: skip
def test_an_answer_is_read_in_many_forms(sheet: Sheet, typed: str) -> None:
    sheet.put("lead", "review.verdict", typed)
    assert "2 signed" in sheet.back()
    assert sheet.kinds("lead") == [Kind.CHECKED]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Do poprawy", Kind.CHANGE),
        ("wrong", Kind.CHANGE),
        ("needs change", Kind.CHANGE),
        ("Nie mam pewności", Kind.UNSURE),
        ("don’t know", Kind.UNSURE),
        ("?", Kind.UNSURE),
    ],
)
def test_other_answers_are_read_in_their_forms(sheet: Sheet, typed: str, kind: Kind) -> None:
    sheet.put("lead", "review.verdict", typed)
    sheet.back()
    assert sheet.kinds("lead") == [kind]


@pytest.mark.parametrize("typed", ["maybe", "OK?", "no", "x", "Correct, but see comment", "درست", 1, True])
def test_another_answer_refuses_only_its_row(sheet: Sheet, typed: object) -> None:
    sheet.put("lead", "review.verdict", typed)
    said = sheet.back(1)
    assert f"row {sheet.row('lead')}, “lead”: “{typed}” is not an answer" in said
    assert "Write “Correct”, “Needs a change”, “Not sure”" in said
    assert "1 signed, 1 not taken" in said
    assert sheet.kinds("lead") == []
    assert sheet.kinds("title") == [Kind.CHECKED]


def test_a_second_import_changes_nothing_and_a_corrected_row_goes_in(sheet: Sheet) -> None:
    sheet.put("do", "review.better", BETTER)
    sheet.put("call", "review.verdict", "Needs a change")
    sheet.put("call", "review.comment", "Za krótko")
    sheet.put("facts", "review.verdict", "maybe")
    sheet.put("facts", "review.comment", "Nie wiem")
    assert "1 signed, 1 corrected, 1 needs a change, 1 not taken" in sheet.back(1)
    before = sheet.files()
    said = sheet.back(1)
    assert "0 signed, 3 already recorded, 1 not taken" in said
    assert "Nothing was written" in said
    assert sheet.files() == before
    sheet.put("facts", "review.verdict", "Not sure")
    assert "1 not sure, 3 already recorded" in sheet.back()
    before = sheet.files()
    assert "4 already recorded" in sheet.back()
    assert sheet.files() == before


def test_a_second_import_does_not_touch_words_that_were_changed_since(sheet: Sheet) -> None:
    sheet.put("do", "review.better", BETTER)
    sheet.back()
    translate(sheet.root, {"do": "Nowsze słowa", "title": "Nowszy tytuł"})
    before = sheet.files()
    said = sheet.back()
    assert "2 already recorded" in said
    assert "the words are others now" in said
    assert sheet.files() == before


def test_a_sheet_without_a_date_is_known_again_on_another_day(sheet: Sheet) -> None:
    sheet.back()
    later = sheet.root.parent / "later.xlsx"
    sheet.book.save(later)
    (record,) = sheet.message("title").records
    assert record.date <= date.today()
    assert "already recorded" in sheet.back(path=later)
    # A sheet that says another day is another review.
    sheet.book["Read me first"]["C7"] = "2026-11-20"
    assert "1 signed" in sheet.back()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Jak chronić dziecko\nprzed złem", "Jak chronić dziecko przed złem"),
        ("  Jak chronić \r\n\r\n dziecko ", "Jak chronić dziecko"),
        ("Jak\tchronić  dziecko", "Jak chronić dziecko"),
        ("Jak chronic\u0301 dziecko", "Jak chronić dziecko"),
    ],
)
def test_line_breaks_and_spaces_in_better_words_become_one_space(
    sheet: Sheet, typed: str, words: str
) -> None:
    sheet.put("title", "review.verdict", "")
    sheet.put("title", "review.better", typed)
    assert "1 corrected" in sheet.back()
    assert polish(sheet.root, "title") == words


def test_the_form_of_spaces_and_accents_in_a_cell_does_not_count(sheet: Sheet) -> None:
    words = sheet.get("lead", "review.translation")
    sheet.put("lead", "review.translation", words.replace(" ", "\u00a0", 1).replace(" ", "\n", 1) + "  ")
    assert "not taken" not in sheet.back()
    sheet.put("lead", "review.verdict", "Correct")
    assert "1 signed, 1 already recorded" in sheet.back()


@pytest.mark.parametrize("value", [116123, date(2026, 2, 1), 8001111.0])
def test_a_number_in_place_of_better_words_is_asked_about(sheet: Sheet, value: object) -> None:
    sheet.put("lead", "review.better", value)
    said = sheet.back(1)
    assert "“lead”: “" in said
    assert "in “Better words” is a number or a date, not words" in said
    assert "1 signed, 1 not taken" in said


def test_a_number_in_a_comment_is_read(sheet: Sheet) -> None:
    sheet.put("lead", "review.comment", 42)
    assert "comment: 42" in sheet.back()


def _rename(sheet: Sheet) -> None:
    for name in sheet.book.sheetnames:
        sheet.book[name].title = f"{name} - Table 1"
    sheet.book.create_sheet("Export Summary", 0)["A1"] = "This document was exported from Numbers."


def _own_names(sheet: Sheet) -> None:
    for name, own in zip(sheet.book.sheetnames, ("Przeczytaj", "Arkusz1", "Listy"), strict=True):
        sheet.book[name].title = own


def _title_above(sheet: Sheet) -> None:
    sheet.review.insert_rows(1, 2)
    sheet.review["E1"] = "St Mary's School"


def _sort(sheet: Sheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.review.iter_rows(min_row=2)]
    rows.sort(key=lambda row: str(row[AT["review.translation"] - 1] or ""))
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.review.cell(number, column).value = value


def _sort_what_is_seen(sheet: Sheet) -> None:
    hidden = [[cell.value for cell in row] for row in sheet.review.iter_rows(min_row=2, max_col=3)]
    _sort(sheet)
    for number, row in enumerate(hidden, 2):
        for column, value in enumerate(row, 1):
            sheet.review.cell(number, column).value = value


def _reorder(sheet: Sheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.review.iter_rows()]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(reversed(row), 1):
            sheet.review.cell(number, column).value = value


def _delete(*labels: str) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        for label in sorted(labels, key=lambda label: -AT[label]):
            sheet.review.delete_cols(AT[label])

    return change


def _copy_tab(sheet: Sheet) -> None:
    sheet.book.copy_worksheet(sheet.review)


def _copy_rows(sheet: Sheet) -> None:
    for row in (sheet.row("title"), sheet.row("facts")):
        sheet.review.append([cell.value for cell in sheet.review[row]])


def _no_lists(sheet: Sheet) -> None:
    del sheet.book["Lists"]


def _delete_rows(sheet: Sheet) -> None:
    sheet.review.delete_rows(sheet.row("facts"), 15)


def _move_down(sheet: Sheet) -> None:
    sheet.review.insert_cols(1)
    sheet.review.insert_rows(1)


def _sum_below(sheet: Sheet) -> None:
    row = sheet.review.max_row + 3
    sheet.review.cell(row, 12, f"=COUNTA(H2:H{row - 3})")


CHANGES: dict[str, Callable[[Sheet], None]] = {
    "saved by Numbers": _rename,
    "tabs renamed": _own_names,
    "a title above": _title_above,
    "a row and a column inserted": _move_down,
    "sorted": _sort,
    "only what is seen sorted": _sort_what_is_seen,
    "columns in another order": _reorder,
    "hidden columns deleted": _delete("domain", "context", "words"),
    "one hidden column deleted": _delete("words"),
    "the msgctxt deleted": _delete("context"),
    "the domain deleted": _delete("domain"),
    "numbers and back-translation deleted": _delete("№", "review.back"),
    "all that is not needed deleted": _delete("domain", "context", "words", "№", "review.back"),
    "the tab copied": _copy_tab,
    "rows copied": _copy_rows,
    "rows deleted": _delete_rows,
    "the hidden tab deleted": _no_lists,
    "a sum below": _sum_below,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_sheet_is_read_whatever_became_of_it(sheet: Sheet, change: Callable[[Sheet], None]) -> None:
    sheet.put("call", "review.verdict", "Poprawne")
    sheet.put("do", "review.better", BETTER)
    sheet.put("team.name", "review.verdict", "Needs a change")
    change(sheet)
    said = sheet.back()
    assert "2 signed, 1 corrected, 1 needs a change;" in said
    assert {context: sheet.kinds(context) for context in ("title", "call", "do", "team.name")} == {
        "title": [Kind.CHECKED],
        "call": [Kind.CHECKED],
        "do": [Kind.CHECKED],
        "team.name": [Kind.CHANGE],
    }
    assert sheet.message("title").state == "checked"


# Without the hidden columns nobody can tell an edit from an older sheet, so the reason names both.
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_translation_is_never_lost(sheet: Sheet, change: Callable[[Sheet], None]) -> None:
    sheet.put("title", "review.verdict", "")
    sheet.put("call-nspcc", "review.translation", "Zupełnie inne słowa")
    change(sheet)
    said = sheet.back(1)
    assert "“call-nspcc”: the Translation cell" in said
    assert "in the sheet: Zupełnie inne słowa" in said
    assert "0 signed, 1 not taken" in said


def test_words_of_a_row_without_hidden_columns_must_be_the_present_ones(sheet: Sheet) -> None:
    _delete("domain", "context", "words")(sheet)
    path = sheet.save()
    translate(sheet.root, {"title": "Nowszy tytuł"})
    said = sheet.back(1, path=path)
    assert "“title”: the answer is “Correct”, but the Translation cell differs from the present words" in said
    assert sheet.message("title").state == "draft"


def test_deleted_rows_are_counted(sheet: Sheet) -> None:
    _delete_rows(sheet)
    assert "The sheet has no row for 15 of the 128 messages." in sheet.back()


@pytest.mark.parametrize(
    ("label", "value"),
    [("review.verdict", "Not sure"), ("review.better", BETTER), ("review.comment", "Hm")],
)
def test_a_message_with_two_different_answers_is_asked_about(sheet: Sheet, label: str, value: str) -> None:
    first = sheet.row("title")
    sheet.review.append([cell.value for cell in sheet.review[first]])
    last = sheet.review.max_row
    sheet.review.cell(last, AT[label], value)
    sheet.put("call", "review.verdict", "Correct")
    said = sheet.back(1)
    assert "1 signed, 2 not taken" in said
    for row in (first, last):
        assert f"row {row}, “title”: this message is in the sheet more than once" in said
    assert f"(row {first} and row {last})" in said
    assert sheet.message("title").state == "draft"


def test_two_tabs_with_different_answers_name_the_tab(sheet: Sheet) -> None:
    copied = sheet.book.copy_worksheet(sheet.review)
    copied.cell(sheet.row("title"), AT["review.verdict"]).value = "Not sure"
    said = sheet.back(1)
    assert "tab “Review”, row 3, “title”: this message is in the sheet more than once" in said
    assert "tab “Review Copy”, row 3" in said


@pytest.mark.parametrize("cells", ["H4:H6", "J4:J6", "F5:F6"])
def test_joined_cells_refuse_only_their_rows(sheet: Sheet, cells: str) -> None:
    sheet.put("lead", "review.verdict", "Correct")
    sheet.review.merge_cells(cells)
    said = sheet.back(1)
    assert sheet.kinds("title") == [Kind.CHECKED]
    assert f"the cells {cells} are joined, so nobody can tell which row they belong to" in said
    first, last = int(cells[1]), int(cells[-1])
    for row in range(first, last + 1):
        assert f"row {row}, “{sheet.review.cell(row, 2).value}”" in said


def test_a_formula_refuses_only_its_row(sheet: Sheet) -> None:
    sheet.put("lead", "review.better", "=1+1")
    said = sheet.back(1)
    assert f"“lead”: the cell I{sheet.row('lead')} has a formula, not words" in said
    assert "1 signed, 1 not taken" in said


def test_a_tab_full_of_formulas_is_refused(sheet: Sheet) -> None:
    for row in range(200, 1300):
        sheet.review.cell(row, 1, "=1")
    assert "1,100 formulas and joined cells" in sheet.back(65)


def test_an_answer_beside_a_heading_is_asked_about(sheet: Sheet) -> None:
    sheet.review.cell(2, AT["review.verdict"], "Correct")
    said = sheet.back(1)
    assert "row 2, “Part 1: the guide" in said
    assert "1 signed, 1 not taken" in said


def test_words_in_another_column_are_kept_as_a_comment(sheet: Sheet) -> None:
    sheet.review["L1"] = "Uwagi mamy"
    sheet.review.cell(sheet.row("lead"), 12, "Za trudne słowa")
    said = sheet.back()
    assert "comment: (column L) Za trudne słowa" in said
    assert "1 signed, 1 comment" in said


def test_words_below_the_rows_are_listed(sheet: Sheet) -> None:
    sheet.review.cell(sheet.review.max_row + 2, AT["review.english"], "Thank you, the rest is fine!")
    assert "“Thank you, the rest is fine!”: there is no message with these English words" in sheet.back(1)


@pytest.mark.parametrize("label", ["review.verdict", "review.better", "review.comment"])
def test_a_deleted_column_of_answers_is_named(sheet: Sheet, label: str) -> None:
    names = {"review.verdict": "Your answer", "review.better": "Better words", "review.comment": "Comment"}
    sheet.review.delete_cols(AT[label])
    assert f"has no column “{names[label]}”: what was in it is lost" in sheet.back()


@pytest.mark.parametrize(("label", "name"), [("review.english", "English"), ("review.translation", "Transl")])
def test_a_sheet_that_no_longer_shows_its_words_is_refused(sheet: Sheet, label: str, name: str) -> None:
    sheet.review.delete_cols(AT[label])
    before = sheet.files()
    said = sheet.back(65)
    assert f"the column “{name}" in said
    assert "nobody can tell which words" in said
    assert sheet.files() == before


def test_without_the_first_tab_the_options_say_who_reviewed(sheet: Sheet) -> None:
    del sheet.book["Read me first"]
    assert "no role" in sheet.back(66)
    said = sheet.back(0, "--role", "parent", "--date", "2026-11-20")
    assert "its row “Date” is missing" in said
    assert "1 signed" in said
    (record,) = sheet.message("title").records
    assert (record.role, record.date) == ("parent", date(2026, 11, 20))


def test_the_date_option_replaces_one_that_cannot_be_read(sheet: Sheet) -> None:
    sheet.book["Read me first"]["C7"] = "wczoraj"
    assert "is not a date" in sheet.back(65)
    assert "1 signed" in sheet.back(0, "--date", "2026-11-20")


def test_the_questions_are_found_without_the_column_in_the_readers_language(sheet: Sheet) -> None:
    first = sheet.book["Read me first"]
    assert isinstance(first, Worksheet)
    first.delete_cols(2)
    sheet.back()
    assert sheet.message("title").records[0].role == "teacher"
    # An empty answer is not the label beside it.
    first["B5"] = None
    assert "no role" in sheet.back(66)


@pytest.mark.parametrize(("typed", "kept"), [("✓", True), ("yes", True), ("–", False), ("tak?", False)])
def test_the_name_is_kept_only_with_a_clear_yes(sheet: Sheet, typed: str, kept: bool) -> None:
    first = sheet.book["Read me first"]
    first["C6"], first["C8"] = "Zofia Q.", typed
    said = sheet.back()
    assert any(b"Zofia" in data for data in sheet.files().values()) is kept
    assert ("is neither ✓ nor –" in said) is (typed == "tak?")


def test_a_row_from_an_older_sheet_is_refused_and_an_empty_one_is_not_mentioned(sheet: Sheet) -> None:
    path = sheet.save()
    translate(sheet.root, {"title": "Nowszy tytuł", "call": "Nowszy"})
    said = sheet.back(1, path=path)
    assert "“title”: the text has changed since the sheet was made" in said
    assert "“call”" not in said


def test_a_row_whose_hidden_cells_belong_to_other_words_is_refused(sheet: Sheet) -> None:
    sheet.put("title", "words", "0" * 64)
    assert "“title”: its hidden cells belong to other words" in sheet.back(1)
    assert sheet.message("title").state == "draft"


def test_messages_with_the_same_words_are_told_apart_only_by_the_hidden_cells(sheet: Sheet) -> None:
    project = Project(sheet.root)
    path = sheet.root / "locales" / "en" / "cse" / "guide.md"
    text = path.read_text("utf-8")
    assert "What you can do" in text
    path.write_text(text.replace("What you can do", "Who to call"), "utf-8")
    for command in (["extract"], ["update", "pl"]):
        CliRunner().invoke(main, [*command, "--project", str(sheet.root)])
    translate(sheet.root, {"do": polish(sheet.root, "call")})
    made = sheet.root.parent / "same.xlsx"
    CliRunner().invoke(main, ["review", "sheet", "pl", "-o", str(made), "--project", str(project.root)])
    sheet.book = load_workbook(made)
    sheet.book["Read me first"]["C5"] = "teacher"
    sheet.put("do", "review.verdict", "Correct")
    assert "1 signed" in sheet.back()
    assert (sheet.kinds("do"), sheet.kinds("call")) == ([Kind.CHECKED], [])
    _delete("domain", "context", "words")(sheet)
    assert "several messages have these words: “call”, “do”" in sheet.back(1)


def test_better_words_that_are_the_present_ones_need_an_answer(sheet: Sheet) -> None:
    sheet.put("lead", "review.better", sheet.get("lead", "review.translation"))
    assert "the better words are the present words, and there is no answer" in sheet.back(1)
    sheet.put("lead", "review.verdict", "Correct")
    assert "1 signed, 1 already recorded" in sheet.back()


def test_another_workbook_is_refused(sheet: Sheet) -> None:
    buffer = BytesIO()
    Workbook().save(buffer)
    path = sheet.root.parent / "other.xlsx"
    path.write_bytes(buffer.getvalue())
    assert "parentguide did not make this file" in sheet.back(65, path=path)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_libreoffice_names_joined_cells_and_changed_ones(sheet: Sheet, form: str) -> None:
    office = need("soffice")
    sheet.put("lead", "review.translation", "Inne słowa")
    sheet.put("facts", "review.verdict", "Poprawne")
    sheet.put("signs", "review.better", "=1+1")
    joined, signs = sheet.row("call-ceop"), sheet.row("signs")
    sheet.review.merge_cells(f"H{joined}:H{joined + 1}")
    _delete("words")(sheet)
    out = sheet.root.parent / "saved"
    profile = (sheet.root.parent / "profile").as_uri()
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(out), str(sheet.save())], check=True, capture_output=True)
    said = sheet.back(1, path=out / f"back.{form}")
    # The deleted column moved the others one to the left; openpyxl leaves joined cells where they were.
    assert f"the cells H{joined}:H{joined + 1} are joined" in said
    assert "“lead”: the Translation cell differs" in said
    assert f"the cell H{signs} has a formula, not words" in said
    assert "2 signed, 4 not taken" in said
