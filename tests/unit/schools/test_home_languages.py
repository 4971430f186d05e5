"""Lists of pupils or languages are counted, and nothing personal is kept."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.schools.home_languages import HomeLanguages, home_languages_of_text, read_home_languages
from parentguide.schools.language_names import LanguageNames

PUPILS = """Surname,Forename,DOB,Year,Home Language,First Language,Email
Kowalska,Zofia,01/02/2012,7,Polish,POL,zofia@example.org
Khan,Ayesha,03/04/2012,7,Panjabi (Mirpuri),PNJM,
Chan,Wing,05/06/2012,8,Chinese,CHI,
Brown,Jo,07/08/2012,8,English,ENG,
Green,Sam,09/10/2012,9,,,
Hassan,Leyla,11/12/2011,9,Refused,REF,
Mwangi,Grace,01/01/2011,9,Swahili,SWA,
Nowak,Adam,02/02/2011,9,Polish,POL,
"""
PERSONAL = (
    "Kowalsk",
    "Zofia",
    "Khan",
    "Ayesha",
    "Chan",
    "Wing",
    "Brown",
    "Green",
    "Hassan",
    "2012",
    "@",
    "Grace",
)


@pytest.fixture(scope="module")
def languages() -> tuple[Language, ...]:
    return tuple(Project(Path(__file__).parents[3]).languages.values())


def counts(found: HomeLanguages) -> dict[str, int]:
    return {one.tag: one.count for one in found.found}


def test_a_list_of_pupils_is_counted(languages: tuple[Language, ...]) -> None:
    found = read_home_languages(PUPILS.encode(), Path("pupils.csv"), languages)
    assert counts(found) == {"pl": 2, "ur": 1, "pa-Arab": 1, "zh-Hans": 1, "zh-Hant": 1}
    assert found.found[0].tag == "pl"
    assert {one.tags for one in found.ambiguous} == {("ur", "pa-Arab"), ("zh-Hans", "zh-Hant")}
    assert [(one.name, one.count) for one in found.missing] == [("Swahili", 1)]
    assert (found.english, found.without, found.rows, found.heading) == (1, 2, 8, "Home Language")
    assert not found.counted
    assert not found.unknown


def test_nothing_of_a_row_is_kept(languages: tuple[Language, ...]) -> None:
    found = read_home_languages(PUPILS.encode(), Path("pupils.csv"), languages)
    assert not [word for word in PERSONAL if word in repr(found)]
    pasted = home_languages_of_text(PUPILS, languages)
    assert not [word for word in PERSONAL if word in repr(pasted)]
    assert counts(pasted) == counts(found)


def test_an_error_names_headings_and_no_pupils(languages: tuple[Language, ...]) -> None:
    rows = "Surname,Forename,Class\nKowalska,Zofia,7B\nBrown,Jo,8C\n"
    with pytest.raises(SchoolFileError) as caught:
        read_home_languages(rows.encode(), Path("pupils.csv"), languages)
    assert "“Surname”, “Forename”, “Class”" in str(caught.value)
    assert "Kowalska" not in str(caught.value)
    with pytest.raises(SchoolFileError) as caught:
        home_languages_of_text("Kowalska,Zofia,7B\nBrown,Jo,8C\n", languages)
    assert "Kowalska" not in str(caught.value)
    assert caught.value.remedy


def test_a_text_that_may_be_personal_is_only_counted(languages: tuple[Language, ...]) -> None:
    rows = ["Home language", "Polish", "Dothraki", "call 01632 960001", "mum@example.org", "x" * 45]
    found = home_languages_of_text("\n".join(rows), languages)
    assert [(one.name, one.count) for one in found.unknown] == [("Dothraki", 1)]
    assert found.not_shown == 3


@pytest.mark.parametrize(
    "heading",
    ["Home Language", "First Language", "home language(s)", "Mother tongue", "EAL language", "Language",
     "Native Languages", "Language Code", "Pupil First Language", "Language spoken at home",
     "Home Language Name"],
)  # fmt: skip
def test_headings_of_school_systems(heading: str, languages: tuple[Language, ...]) -> None:
    found = home_languages_of_text(f"Name\t{heading}\nZofia\tPOL\nJo\tENG", languages)
    assert (found.heading, counts(found), found.english) == (heading, {"pl": 1}, 1)


@pytest.mark.parametrize("heading", ["Nationality", "Country of birth", "Ethnicity"])
def test_a_nationality_is_no_language(heading: str, languages: tuple[Language, ...]) -> None:
    with pytest.raises(SchoolFileError, match="no column of languages"):
        home_languages_of_text(f"Name\t{heading}\nZofia\tPolish\nIoana\tRomanian", languages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polish, 34\nUrdu, 12\nTotal, 46", {"pl": 34, "ur": 12}),
        ("Language\tPupils\nPolish\t1,234\nUrdu\t<5", {"pl": 1234, "ur": 1}),
        ("Polish 34\n12 Urdu\nKurdish (Sorani) 4\nSomali (5)\nArabic: 7 pupils",
         {"pl": 34, "ur": 12, "ar": 7, "so": 5, "ckb": 4}),
        ("• Polish\r• Urdu\x0bTamil\x07", {"pl": 1, "ur": 1, "ta": 1}),
        ("Polish, Urdu and Somali", {"pl": 1, "ur": 1, "so": 1}),
        ("Polish\nPolish, Urdu\nUrdu\n", {"pl": 2, "ur": 2}),
    ],
)  # fmt: skip
def test_lists_as_people_write_them(
    text: str, expected: dict[str, int], languages: tuple[Language, ...]
) -> None:
    assert counts(home_languages_of_text(text, languages)) == expected


def test_a_workbook_with_a_title_hidden_rows_and_a_note(languages: tuple[Language, ...]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Pupils of 2026"], ["Name", "Year", "Home language"], ["A", 7, "Polish"], ["B", 7, "Urdu"],
                ["C", 8, None], ["D", 8, "Tamil"], ["Made on 1 May 2026"]):  # fmt: skip
        sheet.append(row)
    sheet.row_dimensions[6].hidden = True
    buffer = BytesIO()
    book.save(buffer)
    found = read_home_languages(buffer.getvalue(), Path("pupils.xlsx"), languages)
    assert (counts(found), found.without, found.hidden, found.rows) == ({"pl": 1, "ur": 1}, 1, 1, 3)


def test_two_thousand_rows(languages: tuple[Language, ...]) -> None:
    chosen = ["Polish", "Urdu", "PNJG", "English", "Tamil"] * 400
    lines = [f"{number},Name{number},{word}" for number, word in enumerate(chosen)]
    found = read_home_languages(
        "\n".join(["UPN,Name,First Language", *lines]).encode(), Path("p.csv"), languages
    )
    assert found.rows == 2000
    assert counts(found)["pa-Guru"] == chosen.count("PNJG")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b" \n", "empty"),
        (b"%PDF-1.7", "not a table but a PDF"),
        (b"PK\x03\x04", "not a spreadsheet"),
        (b"Home language\n" + b"Polish\n" * 10_001, "more than 10,000 rows"),
    ],
)
def test_files_that_cannot_be_counted(data: bytes, problem: str, languages: tuple[Language, ...]) -> None:
    with pytest.raises(ParentguideError, match=problem) as caught:
        read_home_languages(data, Path("list.csv"), languages)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Polish", ["pl"]), ("POL", ["pl"]), ("pl-PL", ["pl"]), ("POLSKI", ["pl"]), ("POL - Polish", ["pl"]),
        ("PNJ", ["pa-Guru", "pa-Arab"]), ("Punjabi", ["pa-Guru", "pa-Arab"]), ("PNJG", ["pa-Guru"]),
        ("Panjabi - Gurmukhi", ["pa-Guru"]), ("pan", ["pa-Guru", "pa-Arab"]), ("pnb", ["pa-Arab"]),
        ("Bengali (Sylheti)", ["bn"]), ("BNGS", ["bn"]), ("ben", ["bn"]), ("URD", ["ur"]), ("RMN", ["ro"]),
        ("Farsi/Persian", ["fa", "fa-AF"]), ("PRS", ["fa", "fa-AF"]), ("PRSD", ["fa-AF"]),
        ("Dari", ["fa-AF"]), ("Persian (Tajik)", []), ("Chinese (Mandarin/Putonghua)", ["zh-Hans"]),
        ("CHIC", ["zh-Hant"]),
        ("Chinese", ["zh-Hans", "zh-Hant"]), ("zh-CN", ["zh-Hans"]), ("zh_HK", ["zh-Hant"]),
        ("Kurdish (Sorani)", ["ckb"]), ("Sorani Kurdish", ["ckb"]), ("Kurdish", ["ckb", "ku"]),
        ("KUR", ["ckb", "ku"]), ("Portuguese (Brazil)", ["pt-PT"]), ("pt-BR", ["pt-PT"]), ("Tamil ", ["ta"]),
        ("Français", ["fr"]), ("ESPANOL", ["es"]), ("繁體中文", ["zh-Hant"]), ("Syrian Arabic", ["ar"]),
        ("Akan (Twi/Asante)", ["ak"]), ("PAT", ["ps"]), ("tir", ["ti"]), ("Arabic - Sudan", ["ar"]),
        ("Kosovan Albanian", ["sq"]), ("Pahari/Himachali (India)", []), ("Nigerian", ["yo"]),
    ],
)  # fmt: skip
def test_names_and_codes(text: str, tags: list[str], languages: tuple[Language, ...]) -> None:
    (mention,) = LanguageNames(languages).meaning(text).mentions
    assert list(mention.tags) == tags
    assert mention.sure == (len(tags) < 2 and text != "Nigerian")


@pytest.mark.parametrize("text", ["SWA", "Swahili", "Swahili/Kiswahili", "sw"])
def test_a_language_without_a_guide_has_one_name(text: str, languages: tuple[Language, ...]) -> None:
    assert [one.name for one in LanguageNames(languages).meaning(text).mentions] == ["Swahili"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("ENG", "english"), ("Believed to be English", "english"), ("ENB", "english"), ("NOT", "nothing"),
     ("Not obtained", "nothing"), ("REF", "nothing"), ("OTB", "nothing"), ("Other", "nothing"),
     ("Other than English", "nothing"), ("-", "nothing"), ("n/a", "nothing"), ("", "nothing")],
)  # fmt: skip
def test_words_that_name_no_guide(text: str, word: str, languages: tuple[Language, ...]) -> None:
    meaning = LanguageNames(languages).meaning(text)
    assert (meaning.word, meaning.mentions) == (word, ())


@pytest.mark.parametrize("text", ["Zofia Kowalska", "Kowalska, Polish", "Mohammed", "7B", "a" * 500])
def test_other_texts_are_not_known(text: str, languages: tuple[Language, ...]) -> None:
    assert not LanguageNames(languages).meaning(text).known


def test_a_language_that_is_not_finished_has_no_guide(languages: tuple[Language, ...]) -> None:
    unfinished = [replace(one, in_progress=one.tag == "pl") for one in languages]
    (mention,) = LanguageNames(unfinished).meaning("POL").mentions
    assert (mention.name, mention.tags) == ("Polish", ())
