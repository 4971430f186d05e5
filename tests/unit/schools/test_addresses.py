"""Web addresses as people write them, and the folder that the guides are copied to."""

import time
from collections.abc import Callable

import pytest

from parentguide.errors import InvalidValueError
from parentguide.model.contact import FieldValue
from parentguide.schools.values import parse_guides, parse_url


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("www.a.sch.uk", "www.a.sch.uk", "https://www.a.sch.uk"),
        (" https://www.a.sch.uk/ ", "www.a.sch.uk", "https://www.a.sch.uk/"),
        ("http://a.sch.uk/b?c=1#d", "a.sch.uk/b?c=1#d", "http://a.sch.uk/b?c=1#d"),
        ("A.SCH.UK", "A.SCH.UK", "https://A.SCH.UK"),
        ("\u200bwww.a.sch.uk/b\u00a0", "www.a.sch.uk/b", "https://www.a.sch.uk/b"),
        ("<https://www.a.sch.uk/b>", "www.a.sch.uk/b", "https://www.a.sch.uk/b"),
        ("www.a.sch.uk/b.", "www.a.sch.uk/b", "https://www.a.sch.uk/b"),
        ("https:/www.a.sch.uk", "www.a.sch.uk", "https://www.a.sch.uk"),
        ("http//www.a.sch.uk", "www.a.sch.uk", "http://www.a.sch.uk"),
        ("HTTPS:\\\\www.a.sch.uk", "www.a.sch.uk", "https://www.a.sch.uk"),
    ],
)
def test_a_web_address_may_lack_its_scheme_or_have_a_slip_in_it(written: str, shown: str, href: str) -> None:
    assert parse_url(written) == FieldValue("url", shown, href)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "localhost",
        "a b.sch.uk",
        "www.a.sch.uk/our guides",
        "ftp://a.sch.uk",
        "javascript:alert(1)",
        "javascript://a.sch.uk/%0aalert(1)",
        "https://user:pw@a.sch.uk",
        "https://a.sch.uk:8080",
        "https://[::1",
        "https://a.sch.uk:port",
        "https://127.0.0.1",
        'https://a.sch.uk/"onclick=',
        "https://ä.sch.uk",
        "https://-a.sch.uk",
        "https://a.sch.uk\n.evil.example",
    ],
)
@pytest.mark.parametrize("parse", [parse_url, parse_guides])
def test_a_web_address_that_cannot_be_used_is_refused(
    parse: Callable[[str], FieldValue], written: str
) -> None:
    with pytest.raises(InvalidValueError, match="is not a web address") as caught:
        parse(written)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("www.example.sch.uk/index.html", "www.example.sch.uk"),
        ("www.example.sch.uk/guides/index.htm", "www.example.sch.uk/guides"),
        ("https://www.example.sch.uk/guides/Default.aspx", "www.example.sch.uk/guides"),
        ("www.example.sch.uk/a/b/INDEX.PHP", "www.example.sch.uk/a/b"),
        ("www.example.sch.uk/guides/index.html/", "www.example.sch.uk/guides"),
    ],
)
def test_the_name_of_a_folders_page_is_taken_off(written: str, shown: str) -> None:
    value = parse_guides(written)
    assert value == FieldValue("url", shown, f"https://{shown}/")
    assert value.given == parse_url(written).shown


@pytest.mark.parametrize(
    "written",
    ["www.example.sch.uk", "www.example.sch.uk/guides/", "www.example.sch.uk/index", "example.sch.uk/v1.2"],
)
def test_the_address_of_a_folder_stays(written: str) -> None:
    assert parse_guides(written) == parse_url(written)
    assert parse_guides(written).given == ""


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("www.example.sch.uk/page/?title=Guides&pid=139", "“?title=Guides&pid=139”"),
        ("www.example.sch.uk/guides#top", "“#top”"),
        ("www.example.sch.uk/index.html?a=1#b", "“?a=1#b”"),
        ("www.example.sch.uk/guides?", "“?”"),
        ("www.example.sch.uk/safeguarding.html", "“safeguarding.html” is a page or a file"),
        ("www.example.sch.uk/files/guides.pdf", "“guides.pdf” is a page or a file"),
    ],
)
def test_an_address_that_has_nothing_below_it_is_refused(written: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match="is not the address of a folder") as caught:
        parse_guides(written)
    assert reason in caught.value.problem
    assert "“www.example.sch.uk/guides”" in caught.value.remedy


@pytest.mark.parametrize("text", ["www.example.sch.uk/" + ".a" * 900, "a." * 900 + " b", ". " * 900])
def test_an_address_with_many_dots_is_read_in_a_moment(text: str) -> None:
    start = time.process_time()
    with pytest.raises(InvalidValueError):
        parse_url(text)
    assert time.process_time() - start < 10
