"""The schools of a trust: each row is independent, and nothing in a row runs as code or leaves its folder."""

import csv
import io
import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from playwright.sync_api import Page

from parentguide import BuildRequest, Project, School, build_guides, parse_school
from parentguide.build import batch, parts
from parentguide.build.batch import build_schools
from parentguide.cli.main import main
from parentguide.errors import LayoutError, ParentguideError
from parentguide.model.output import Edition
from parentguide.model.school import Person
from parentguide.render.print.handout import Handout
from parentguide.schools import values
from parentguide.schools.school_file import read_school
from parentguide.schools.school_text import new_school_text
from parentguide.schools.spreadsheet import SchoolRow, read_schools, slug
from parentguide.schools.table_columns import COLUMNS
from tests.fuzzing import NAUGHTY, some
from tests.output.axe import violations
from tests.profile import cases
from tests.program.test_publish import tree

ROWS: list[dict[str, str]] = [
    {"name": "First Academy", "website": "www.first.sch.uk", "languages": "pl, ur", "team_1_name": "A. B."},
    {"name": "Zweite Schule", "folder": "two", "team_1_phone": "01462 000000", "languages": "pl"},
    {"name": "Third", "team_1_phone": "12"},
    {"name": "First academy"},
    {"folder": "no-name"},
    {"name": "Sixth", "languages": "xx"},
    {"name": "Seventh", "local_1_name": "Council", "languages": "pl"},
    {"name": "學校"},
]


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    headings = [column for column in COLUMNS if any(column in row for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def workbook(rows: list[dict[str, str]], path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in csv.reader(io.StringIO(table(rows))):
        sheet.append(row)
    book.save(path)


def run(*arguments: object, stdin: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_each_row_is_built_or_reports_its_problem(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(table(ROWS), "utf-8")
    code, said = run("schools", "build", path, "-e", "web", "-e", "message", "--out", tmp_path / "o")
    assert code == 1
    for words in (
        "row 2 “First Academy”: 6 files made",
        "row 3 “Zweite Schule”: 4 files made",
        "row 4 “Third”: Cell F4, column “team_1_phone”: “12” is not a phone number: the UK has no",
        "row 5 “First academy”: Two schools would use the folder “first-academy”: this one and row 2.",
        "row 6 “no-name”: Cell B6, column “name”: is empty.",
        "row 7 “Sixth”: Cell D7, column “languages”: “xx” is not a language that we know.",
        "row 8 “Seventh”: Cell G8, column “local_1_…”: this entry needs a name, and a phone number, website,",
        "row 9 “學校”: The name gives no folder name.",
        "2 of 8 schools are made",
    ):
        assert words in said
    assert {p.name for p in (tmp_path / "o").iterdir()} == {
        "first-academy",
        "two",
        "schools.html",
        "schools.csv",
    }
    build_guides(
        Project(),
        BuildRequest(
            ("pl", "ur"),
            ("web", "message"),
            parse_school('name = "First Academy"\nwebsite = "www.first.sch.uk"\nlanguages = ["pl", "ur"]\n'
                         '[[team]]\nname = "A. B."\n'),
        ),
        tmp_path / "alone",
    )  # fmt: skip
    assert tree(tmp_path / "o" / "first-academy") == tree(tmp_path / "alone")
    # After the rows are fixed, only new files are made.
    path.write_text(table([ROWS[0], ROWS[1], {"name": "Third", "languages": "pl"}]), "utf-8")
    code, said = run("schools", "build", path, "-e", "web", "-e", "message", "--out", tmp_path / "o")
    assert code == 0
    assert "row 2 “First Academy”: nothing new, 6 files as they were" in said
    assert "row 4 “Third”: 4 files made" in said


@pytest.mark.parametrize("kind", ["comma", "semicolon", "ansi", "xlsx", "folder"])
def test_tables_of_all_formats_are_read(tmp_path: Path, kind: str) -> None:
    rows = [
        {"name": "Ysgol Gŵyr" if kind != "ansi" else "École Élan", "team_1_name": "A, B", "languages": "pl"},
        {"name": "Second"},
    ]
    path = tmp_path / "schools.csv"
    if kind == "xlsx":
        path = tmp_path / "schools.xlsx"
        workbook(rows, path)
    elif kind == "folder":
        path = tmp_path / "schools"
        for number, row in enumerate(rows):
            (path / f"s{number}").mkdir(parents=True)
            text = new_school_text(
                {"name": row["name"], "team": [{"name": row["team_1_name"]}] if number == 0 else []}
            )
            more = 'languages = ["pl"]\n' if number == 0 else ""
            (path / f"s{number}" / "school.toml").write_text(more + text, "utf-8")
    else:
        text = table(rows, ";" if kind == "semicolon" else ",")
        path.write_bytes(text.encode("cp1252" if kind == "ansi" else "utf-8-sig"))
    entries = read_schools(path)
    assert [entry.error for entry in entries] == ["", ""]
    first, second = (entry.school for entry in entries)
    assert first is not None
    assert second is not None
    assert (first.name, first.team[0].name, first.languages) == (rows[0]["name"], "A, B", ("pl",))
    assert second.name == "Second"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column has the heading “name”"),
        ("name\n", "no schools found"),
        ("name,nmae\nA,B\n", "column B has the unknown heading “nmae”"),
        ("name,name\nA,B\n", "column B has the heading “name” of an earlier column"),
        ("website\nwww.a.sch.uk\n", "no column has the heading “name”"),
        ('name\n"A', "not a CSV file"),
        ("PK\x03\x04", "not a spreadsheet"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(text, "utf-8")
    code, output = run("schools", "build", path, "--out", tmp_path / "o")
    assert code not in (0, 1)
    assert said in output
    assert "What to do:" in output
    assert not (tmp_path / "o").exists()


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text("name\nSt Mary, Hitchin\nOther\n", "utf-8")
    first, second = read_schools(path)
    assert "more cells than headings" in first.error
    assert second.school == School("Other")


def test_a_stopped_run_keeps_finished_schools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(batch, "SCHOOLS_AT_A_TIME", 1)
    entries = [SchoolRow(f"row {n}", f"s{n}", f"S{n}", School(f"S{n}")) for n in range(4)]
    request = BuildRequest(("pl",), ("message",))
    run_ = build_schools(Project(), request, entries, tmp_path)
    assert [next(run_).made for _ in range(2)] == [1, 1]
    # The third school is already made when the second is reported.
    run_.close()
    again = [(result.made, result.kept) for result in build_schools(Project(), request, entries, tmp_path)]
    assert again == [(0, 1), (0, 1), (0, 1), (1, 0)]


@pytest.mark.parametrize("in_part", [1, 10], ids=["several threads", "one thread"])
def test_schools_built_together_have_the_same_bytes_as_schools_built_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_part: int
) -> None:
    monkeypatch.setattr(parts, "SCHOOLS_IN_PART", in_part)
    team = (Person("A. Teacher", "Head", values.parse_phone("01462 000000"), None),)
    schools = [School("One"), School("Two", team=team), School("", guides=values.parse_url("www.x.sch.uk"))]
    entries = [SchoolRow(f"row {n}", f"s{n}", s.name, s) for n, s in enumerate(schools)]
    request = BuildRequest(("en", "ur"), ("handout", "web"))
    results = list(build_schools(Project(), request, entries, tmp_path / "together"))
    assert not any(result.error for result in results)
    for entry in entries:
        list(build_schools(Project(), request, [entry], tmp_path / "alone"))
    together, alone = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "together", tmp_path / "alone")
    )
    assert together == alone
    assert len(together) >= 3 * 2 * 2


def test_a_school_that_fails_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = Handout.render

    def rendered(handout: Handout, edition: Edition) -> bytes:
        if edition.school.name == "Two":
            raise LayoutError("no font has it")
        return render(handout, edition)

    monkeypatch.setattr(Handout, "render", rendered)
    schools = [School("One"), School("Two"), School("Three")]
    entries = [SchoolRow(f"row {n}", f"s{n}", s.name, s) for n, s in enumerate(schools)]
    results = list(build_schools(Project(), BuildRequest(("en",), ("handout",)), entries, tmp_path))
    assert ["No font has it" in result.error for result in results] == [False, True, False]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s0", "s2"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("St Mary's School", "st-marys-school"),
        ("CON", "school-con"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "c-windows"),
        ("lpt1", "school-lpt1"),
        ("Gŵyr & Llŷn", "gwyr-llyn"),
        ("学校", ""),
        ("a" * 300, "a" * 60),
    ],
)
def test_folder_names_are_safe_on_all_systems(name: str, folder: str) -> None:
    assert slug(name) == folder


def test_the_page_for_the_trust_is_accessible(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(table(ROWS), "utf-8")
    run("schools", "build", path, "-e", "message", "--out", tmp_path / "o")
    page.goto((tmp_path / "o" / "schools.html").as_uri())
    assert violations(page) == []
    for href in page.eval_on_selector_all("a", "list => list.map(a => a.getAttribute('href'))"):
        assert (tmp_path / "o" / href).is_file()


def test_no_cell_of_the_results_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(table([{"name": "=1+1", "folder": "a", "languages": "pl"}]), "utf-8")
    run("schools", "build", path, "-e", "message", "--out", tmp_path / "o")
    rows = list(csv.reader(io.StringIO((tmp_path / "o/schools.csv").read_text("utf-8-sig"))))
    assert rows[1][2] == "'=1+1"


TEXT = st.text(max_size=40)
PERSON = st.fixed_dictionaries({"name": TEXT.filter(lambda t: t.strip() != ""), "role": TEXT})


@settings(max_examples=cases(2_000), deadline=None)
@given(name=TEXT, team=st.lists(PERSON, max_size=3))
def test_a_school_file_holds_the_answers(name: str, team: list[dict[str, str]]) -> None:
    text = new_school_text({"name": name, "team": team})
    try:
        school = parse_school(text)
    except ParentguideError as error:
        # Control characters, and names of hidden characters only, are refused and not changed.
        assert re.search("control character|is empty|is no plain", error.problem)  # noqa: PT017
        return
    assert len(school.team) == len(team)


def test_school_new_asks_and_explains(tmp_path: Path) -> None:
    out = tmp_path / "school.toml"
    answers = [
        'St "Mary" \\ School',
        "javascript:alert(1)",
        "www.mary.sch.uk",
        "",
        "data:text/html,x",
        "www.mary.sch.uk/policy",
        "none.svg",
        "logo.svg",
        "blueish",
        "#ffcc00",
        "tomorrow",
        "2026-11-24",
        *("", "", "", ""),
        "A. B.",
        "Lead",
        "12",
        "01462 000000",
        "",
        "",
        "Council",
        *("", "", "", ""),
        *("", "www.council.gov.uk", "", ""),
        "polnish",
        "pl, Urdu",
        "",
        "Helpline",
        *("0300 000 0000", "", "", ""),
        "",
        "",
    ]
    (tmp_path / "logo.svg").write_text('<svg viewBox="0 0 2 1"><path d="M0 0H2V1"/></svg>', "utf-8")
    code, said = run("school", "new", "--out", out, stdin="\n".join([*answers, ""]))
    assert code == 0, said
    assert "the UK has no such short number" in said
    assert "Please give a phone number" in said
    for words in ("“data:text/html,x”", "“none.svg” cannot be read", "“blueish”", "“tomorrow”", "“polnish”"):
        assert words in said
    assert "#614c00 is used instead" in said
    school = read_school(out)
    assert school.policy is not None
    assert school.policy.href == "https://www.mary.sch.uk/policy"
    assert school.logo is not None
    assert (school.logo.media_type, school.dated) == ("image/svg+xml", date(2026, 11, 24))
    assert [c.is_authority for c in school.local_contacts] == [True, False]
    assert school.local_contacts[0].languages == ("pl", "ur")
    assert school.name == 'St "Mary" \\ School'
    assert school.website is not None
    assert school.website.shown == "www.mary.sch.uk"
    assert school.team[0].phone is not None
    assert school.local_contacts[0].values[0].shown == "www.council.gov.uk"
    before = out.read_bytes()
    code, _ = run("school", "new", "--out", out, stdin="n\n")
    assert (code, out.read_bytes()) == (1, before)


def test_the_example_is_the_school_of_the_newsletter() -> None:
    path = Path(__file__).parents[2] / "examples" / "alleynes.toml"
    school = parse_school(path.read_text("utf-8"), path)
    newsletter = Project().guide_source("cse").newsletter_path.read_text("utf-8")
    assert school.website is not None
    assert school.website.shown in newsletter


# The tags of a page in order, each with the names of its attributes.
Tags = list[tuple[str, tuple[str, ...]]]


class _Parser(HTMLParser):
    """Collects tags and the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Tags = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


def tags(page: bytes) -> Tags:
    parser = _Parser()
    parser.feed(page.decode("utf-8"))
    return parser.tags


def test_naughty_strings_are_only_text(tmp_path: Path) -> None:
    """Each string is all texts of a school: its page has the tags of a plain name, or the row is refused."""
    texts = ["plain", *some([text for text in NAUGHTY if text.strip()])]
    path = tmp_path / "naughty.csv"
    path.write_text(table([_row(text, f"s{number}") for number, text in enumerate(texts)]), "utf-8")
    code, said = run("schools", "build", path, "-e", "web", "--out", tmp_path / "o")
    assert {p.name for p in tmp_path.iterdir()} == {"naughty.csv", "o"}
    folders = {p.name for p in (tmp_path / "o").iterdir() if p.is_dir()}
    assert folders <= {f"s{number}" for number in range(len(texts))}
    plain = tags((tmp_path / "o/s0/cse/pl/index.html").read_bytes())
    refused = []
    for number, text in enumerate(texts):
        if f"s{number}" in folders:
            page = (tmp_path / f"o/s{number}/cse/pl/index.html").read_bytes()
            assert tags(page) == plain, text
        else:
            refused.append(text)
    assert len(texts) > 30
    assert len(refused) < 20, refused
    assert (code == 0) == (not refused)
    assert said.count(" files made") == len(folders)


def _row(text: str, folder: str) -> dict[str, str]:
    row = {"name": text, "folder": folder, "team_1_name": text, "team_1_role": text, "languages": "pl"}
    return {**row, "local_1_name": text, "local_1_phone": "01462 000000"}


def test_a_table_holds_all_details_of_a_school_file(tmp_path: Path) -> None:
    row = {
        "name": "First",
        "policy": "www.first.sch.uk/policy",
        "colour": "#e4002b",
        "date": "24/11/2026",
        "languages": "pl",
        "local_1_name": "Helpline",
        "local_1_phone": "0300 000 0000",
        "local_1_languages": "pl; eo",
        "local_2_name": "Council",
        "local_2_phone": "0300 000 0001",
        "local_2_kind": "local_authority",
    }
    (tmp_path / "s.csv").write_text(table([row]), "utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(row))
    # Spreadsheets store a date with a time of day.
    sheet.append([datetime(2026, 11, 24) if key == "date" else cell for key, cell in row.items()])
    book.save(tmp_path / "s.xlsx")
    first, second = (read_schools(tmp_path / name)[0].school for name in ("s.csv", "s.xlsx"))
    assert first == second
    assert first is not None
    assert first.dated == date(2026, 11, 24)
    assert [(c.name, c.languages) for c in first.local_contacts] == [
        ("Council", ()),
        ("Helpline", ("pl", "eo")),
    ]
    code, said = run("schools", "build", tmp_path / "s.csv", "-e", "message", "--out", tmp_path / "o")
    assert code == 0
    assert "row 2 “First”: warning: colour: #e4002b is too pale" in said
    assert "row 2 “First”: warning: local_contacts 2: “Helpline” speaks “eo”" in said
    assert "#a1001b is used instead" in (tmp_path / "o/schools.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"colour": "blueish"}, ", column “colour”: “blueish” is not a colour"),
        ({"policy": "javascript:alert(1)"}, ", column “policy”: “javascript:alert(1)” is not a web address"),
        ({"date": "24 Nov"}, ", column “date”: “24 Nov” is not a date"),
        (
            {"local_1_name": "x", "local_1_phone": "999", "local_1_kind": "y"},
            ", column “local_1_kind”: “y” is not a kind of contact",
        ),
        (
            {"local_1_name": "x", "local_1_phone": "999", "local_1_languages": "polnish"},
            ", column “local_1_languages”: “polnish”",
        ),
    ],
)
def test_a_wrong_detail_names_its_column(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    (tmp_path / "s.csv").write_text(table([{"name": "First", **cells}]), "utf-8")
    assert said in read_schools(tmp_path / "s.csv")[0].error
