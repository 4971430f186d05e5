"""The file school.toml: which values are accepted, which are refused, and the messages."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from parentguide.build.api import BuildRequest, build_guides
from parentguide.errors import SchoolFileError
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.schools.school_file import parse_school
from parentguide.schools.values import parse_email, parse_phone, parse_url

FILE = Path("school.toml")


def _png(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def test_an_empty_file_is_a_school_without_details() -> None:
    assert parse_school("", FILE) == School()


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ('nmae = "x"', "unknown key “nmae”", "“name”"),
        ('[[team]]\nphon = "999"', "team 1: unknown key “phon”", "“phone”"),
        ('[[team]]\nphone = "12"', "team 1, phone: “12” is not a phone number", "116 123"),
        ('[[team]]\nphone = "call me"', "“call me”", "digits"),
        ('[[team]]\nemail = "office"', "“office”", "office@"),
        ("[[team]]\n", "is empty", "delete it"),
        ('website = "javascript:alert(1)"', "javascript", "web address"),
        ('website = "https://a b.example"', "is not a web address", "web address"),
        ('website = "https://user:pw@example.sch.uk"', "is not a web address", "web address"),
        ('website = "localhost"', "website: “localhost” is not", "web address"),
        ("name = 3", "name: 3 is not a text", "quotation marks"),
        ('name = "a\\u0007b"', "control character", "one line"),
        (f'name = "{"x" * 200}"', "200 characters", "Shorten"),
        ('name = "x', "not TOML", "quotation marks"),
        ('[[local_contacts]]\nname = "x"', "needs a name, and a phone number", "Add"),
        ('logo = "none.png"', "cannot be read", "beside school.toml"),
        ('logo = "text.png"', "logo: the file is not a PNG, JPEG or SVG", "PNG"),
        ('logo = "huge.png"', "5000 × 10 pixels", "4000"),
        ('logo = "heavy.png"', "300 kB", "200 kB"),
        ('logo = "strip.png"', "too long and thin (1300 × 100)", "12 times"),
        ('colour = "blueish"', "colour: “blueish” is not a colour", "six digits"),
        ('colour = "#0f4a4"', "colour: “#0f4a4”", "six digits"),
        ("colour = 3", "colour: 3 is not a text", "quotation marks"),
        ('policy = "javascript:alert(1)"', "policy: “javascript:alert(1)”", "web address"),
        ('policy = "data:text/html,x"', "policy: “data:text/html,x”", "web address"),
        ('policy = "file:///etc/passwd"', "is not a web address", "https://"),
        (f'policy = "www.a.sch.uk/{"x" * 200}"', "policy: it has 221 characters", "200"),
        ('date = "24 November"', "date: “24 November”", "2026-11-24"),
        ('date = "31/02/2026"', "date: “31/02/2026”", "2026-11-24"),
        ("date = 0206-11-24", "date: “0206-11-24”", "2026-11-24"),
        ("date = 2026-11-24T10:00:00", "is not a date", "2026-11-24"),
        ("date = true", "date: “True”", "2026-11-24"),
        (
            '[[local_contacts]]\nname = "x"\nphone = "999"\nkind = "council"',
            "local_contacts 1, kind: “council” is not",
            "local_auth",
        ),
        (
            '[[local_contacts]]\nname = "x"\nphone = "999"\nlanguages = ["xx"]',
            "“xx” is not a language that we know",
            "pa-Guru",
        ),
        (
            '[[local_contacts]]\nname = "x"\nphone = "999"\nlanguages = 3',
            "3 is not a list of texts",
            "Write a list",
        ),
        ('[[local_contacts]]\nname = "x"\nphone = "999"\nwebsite = "ftp:x"', "“ftp:x”", "web address"),
    ],
)
def test_an_error_names_the_key_and_the_remedy(text: str, problem: str, remedy: str) -> None:
    files = {
        "text.png": b"no picture",
        "huge.png": _png(5000, 10),
        "heavy.png": b"x" * 300_000,
        "strip.png": _png(1300, 100),
    }

    def read(name: str) -> bytes:
        if name not in files:
            raise OSError(name)
        return files[name]

    with pytest.raises(SchoolFileError) as caught:
        parse_school(text, FILE, read)
    assert problem in str(caught.value.problems[0])
    assert remedy in caught.value.remedy
    assert caught.value.path == FILE


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("01462 000000", "01462 000 000", "tel:+441462000000"),
        ("+44 20 7946 0000", "020 7946 0000", "tel:+442079460000"),
        ("0808 800 5000 ext 1", "0808 800 5000 extension 1", "tel:+448088005000;ext=1"),
        ("999", "999", "tel:999"),
        ("٩٩٩", "999", "tel:999"),
    ],
)
def test_phone_numbers_are_accepted(written: str, shown: str, href: str) -> None:
    assert (parse_phone(written).shown, parse_phone(written).href) == (shown, href)


@pytest.mark.parametrize("written", ["", "0", "990", "0808-800", "+999 555 0100"])
def test_other_numbers_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a phone number"):
        parse_phone(written)


def test_links_and_email_addresses() -> None:
    assert parse_url("www.example.sch.uk/a").href == "https://www.example.sch.uk/a"
    assert parse_url("www.example.sch.uk/").shown == "www.example.sch.uk"
    assert parse_email("office@example.sch.uk").href == "mailto:office@example.sch.uk"


def test_details_of_a_school_are_only_text(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script> {{ 7*7 }} #panic("x") $x$ \\u202Eabc'
    school = parse_school(f'name = """{evil}"""\nlogo = "l.png"', FILE, lambda _: _png(60, 30))
    assert "\u202e" not in school.name
    build_guides(Project(), BuildRequest(("en", "ur"), school=school), tmp_path)
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script>alert" not in text
        if page.name == "index.html":
            assert "&lt;script&gt;alert" in text
            assert "{{ 7*7 }}" in text
