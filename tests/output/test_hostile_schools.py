"""The details of a school are shown as text or refused with a message; they never run as code.

Each key of a school's file is tried with strings that often break programs: markup, template and
Typst code, addresses other than web addresses, NUL characters and marks that change the direction.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide import BuildRequest, Project, School, parse_school, plan
from parentguide.build.plan import BuildPlan
from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.model.output import Edition
from parentguide.model.school import LocalContact, Person
from parentguide.render.print.fixed_size import LargePrint
from parentguide.render.text.plain_text import ReadAloud
from parentguide.render.web.fragment import Fragment
from parentguide.render.web.gateway import Gateway
from parentguide.render.web.page import Web
from parentguide.schools.school_file import school_from
from tests.fuzzing import NAUGHTY, fuzz, some
from tests.profile import quick
from tests.program.test_schools import Tags, tags

PROJECT = Project()
CODE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</style><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}{# x #}",
    '#panic("x")',
    '#import "handout.typ"',
    "$ x^2 $ *bold* _it_ `raw` @ref <label> = Heading \\ \\u{202e} // comment /* c */",
    '"); #panic("out") //',
    '#sys.inputs #read("/etc/passwd") #eval("1")',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example",
    "\\\\evil.example\\share",
    "../../etc/passwd",
    "{name} {police_emergency} %s %(x)s",
    "a\u202eb\u202c\u2066c\u2069\u200f\u061c\u00add",
    "\u0000",
    "a\u0000b",
    "a\u2028b",
    "\x1b[2J",
    "=1+1",
]
STRINGS = [*CODE, *NAUGHTY]
ANY = st.one_of(st.sampled_from(STRINGS), st.text(max_size=60))
# Each key whose value has a format, and what its value must be where a string is accepted.
FORMS: dict[str, Callable[[School], bool]] = {
    "colour": lambda s: s.colour is None or bool(re.fullmatch("#[0-9a-f]{6}", s.colour.given)),
    "policy": lambda s: s.policy is None or web_address(s.policy.href),
    "website": lambda s: s.website is None or web_address(s.website.href),
    "guides": lambda s: s.guides is None or web_address(s.guides.href),
    "date": lambda s: s.dated is None or date(2000, 1, 1) <= s.dated < date(2100, 1, 1),
    "logo": lambda s: s.logo is None,
}
LOCAL_FORMS: dict[str, Callable[[LocalContact], bool]] = {
    "kind": lambda c: True,
    "languages": lambda c: all(
        re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", t) for t in c.languages
    ),
    "website": lambda c: all(v.href == "tel:999" or web_address(v.href) for v in c.values),
    "email": lambda c: all(v.href == "tel:999" or v.href.startswith("mailto:") for v in c.values),
    "address": lambda c: all(v.href == "tel:999" or (v.kind, v.href) == ("text", "") for v in c.values),
    "phone": lambda c: all(bool(re.fullmatch(r"(tel|sms):\+?\d+(;ext=\d+)?", v.href)) for v in c.values),
}


def web_address(href: str) -> bool:
    return bool(re.fullmatch(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?", href)) and not re.search(
        "[<>\"']", href
    )


@cache
def planned() -> BuildPlan:
    return plan(PROJECT, BuildRequest(("en", "ur", "pl"), ("web",)))


def accepted(table: dict[str, object]) -> School | None:
    """The school of a table; None where the program refuses it with a message that can be shown."""
    try:
        return school_from(table, Path("school.toml"), lambda name: b"")
    except SchoolFileError as error:
        problem, remedy = error.problem, error.remedy
    assert remedy
    assert "Traceback" not in problem
    return None


@pytest.mark.parametrize("key", FORMS)
def test_naughty_strings_are_refused_where_a_key_has_a_format(key: str) -> None:
    schools = [school for text in STRINGS if (school := accepted({key: text}))]
    assert all(FORMS[key](school) for school in schools)
    assert len(schools) < len(STRINGS) / 4


@pytest.mark.parametrize("key", LOCAL_FORMS)
def test_naughty_strings_are_refused_where_a_key_of_a_contact_has_a_format(key: str) -> None:
    for text in STRINGS:
        entry: dict[str, object] = {"name": "x", "phone": "999"}
        entry[key] = [text] if key == "languages" else text
        school = accepted({"local_contacts": [entry]})
        assert school is None or all(map(LOCAL_FORMS[key], school.local_contacts)), text


@fuzz(3_000)
@given(key=st.sampled_from(sorted(FORMS)), text=ANY)
def test_random_text_is_refused_where_a_key_has_a_format(key: str, text: str) -> None:
    school = accepted({key: text})
    assert school is None or FORMS[key](school)


@fuzz(2_000)
@given(text=ANY)
def test_accepted_text_has_no_hidden_characters(text: str) -> None:
    try:
        school = school_from({"name": text}, None)
    except ParentguideError:
        return
    visible = re.sub(
        "[\u200c\u200d\U000e0020-\U000e007f]", "", school.name
    )  # tests/unit/schools/test_texts.py
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") for char in visible)
    assert school.name == school.name.strip()
    assert unicodedata.is_normalized("NFC", school.name)


def school_of(text: str) -> School | None:
    """A school with ``text`` as the value of each key that accepts any text."""
    return accepted(
        {
            "name": text,
            "policy": "www.a.sch.uk/policy",
            "colour": "#e4002b",
            "date": "2026-11-24",
            "team": [{"name": text, "role": text}],
            "local_contacts": [
                {"name": text, "phone": "0300 000 0000", "languages": ["pl", "ur"]},
                {"name": text, "website": "www.a.sch.uk", "kind": "local_authority"},
            ],
        }
    )


def with_school(tag: str, school: School) -> Edition:
    (edition,) = (edition for edition in planned().editions if edition.language.tag == tag)
    return replace(edition, school=school)


def test_details_of_a_school_add_no_tags_to_pages_and_texts() -> None:
    """All keys at once, and gateway, fragment and text too; see test_schools.py for the command."""
    web, fragment = Web(PROJECT.templates), Fragment(PROJECT.templates)
    gateway, aloud = Gateway(PROJECT.templates), ReadAloud(PROJECT.templates)
    site = planned().site

    def shown(school: School) -> list[Tags]:
        editions = [with_school(tag, school) for tag in ("ur", "pl")]
        for edition in editions:
            assert school.name in aloud.render(edition).decode("utf-8")
        pages = [page.render(edition) for edition in editions for page in (web, fragment)]
        return [tags(page) for page in (*pages, gateway.render(replace(site, school=school)))]

    plain = school_of("plain")
    assert plain
    expected = shown(plain)
    strings = [*CODE, *some(NAUGHTY)]
    schools = [school for text in strings if (school := school_of(text)) and school.name]
    for school in schools:
        assert shown(school) == expected, school.name
    assert len(schools) > len(strings) * (0.7 if quick() else 0.85)


@pytest.mark.parametrize(
    "strings", [CODE, pytest.param(NAUGHTY, marks=pytest.mark.slow)], ids=["code", "naughty"]
)
def test_sheets_show_code_as_letters(strings: list[str]) -> None:
    """A sheet leaves out only characters that no font has. The strings of ``CODE`` can be read in it."""
    sheet = LargePrint(PROJECT.templates)
    shown = 0
    for text in strings:
        school = school_of(text)
        if school is None or not school.name:
            continue
        # The name is in one place only, to save time.
        school = replace(school, team=(Person(school.name),), local_contacts=(), policy=None)
        pdf = sheet.render(with_school("en", school))
        shown += 1
        if strings is CODE:
            document = pypdfium2.PdfDocument(pdf)
            read = "".join(page.get_textpage().get_text_bounded() for page in document)
            document.close()
            assert squeezed(school.name) in squeezed(read), text
    if strings is CODE:
        assert shown >= len(CODE) / 2
    else:
        assert shown > 100


def test_a_sheet_leaves_out_characters_that_no_font_has() -> None:
    pdf = LargePrint(PROJECT.templates).render(with_school("en", School("𒀀 School")))
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_bounded().startswith("School")


def squeezed(text: str) -> str:
    """The letters without white space, without hyphens at ends of lines and without ligatures."""
    return re.sub(r"[\s\-\ufffe\x02]", "", unicodedata.normalize("NFKC", text))


def test_links_of_a_sheet_are_web_telephone_or_mail_only() -> None:
    school = parse_school(
        'policy = "www.a.sch.uk/p"\nwebsite = "www.a.sch.uk"\n[[team]]\nemail = "a@a.sch.uk"\nphone = "999"'
    )
    pdf = LargePrint(PROJECT.templates).render(with_school("ur", school))
    targets = set(re.findall(rb"/URI ?\(([^)]*)\)", pdf))
    assert b"https://www.a.sch.uk/p" in targets
    assert all(re.match(rb"https?://|tel:|mailto:", target) for target in targets)
