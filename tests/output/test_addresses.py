"""Every address that families can follow leads to a file of the built folder."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project
from parentguide.schools.school_file import parse_school
from tests.output.sheets import poppler, squeezed
from tests.unit.small_project import SLUG, small_project

FILE = Path("school.toml")
FORMATS = ("web", "handout", "large-print", "bilingual", "poster", "message", "fragment", "read-aloud")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return small_project(tmp_path_factory.mktemp("project"))


def codes(path: Path) -> list[str]:
    """The QR codes on a sheet, as a printer with 150 dots an inch prints it."""
    with pypdfium2.PdfDocument(path) as document:
        pictures = [page.render(scale=150 / 72).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def links(path: Path) -> set[str]:
    """The addresses of a sheet's links."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                if "/A" in annotation and "/URI" in annotation["/A"]:
                    found.add(str(annotation["/A"]["/URI"]))
    return found


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("www.example.sch.uk/index.html", "https://www.example.sch.uk/"),
        (
            "http://www.example.sch.uk/parents/guides/default.aspx",
            "http://www.example.sch.uk/parents/guides/",
        ),
        ("www.example.sch.uk/guides/", "https://www.example.sch.uk/guides/"),
        ("www.example.sch.uk/guides", "https://www.example.sch.uk/guides/"),
    ],
)
def test_every_code_link_and_printed_address_leads_to_a_file(
    project: Project, tmp_path: Path, written: str, base: str
) -> None:
    school = parse_school(f'name = "Example School"\nguides = "{written}"', FILE)
    request = BuildRequest(("en", "pl"), FORMATS, school, allow_incomplete=True)
    build_guides(project, request, tmp_path)
    sheets = sorted(tmp_path.rglob("*.pdf"))
    found = {path.name: codes(path) for path in sheets}
    assert f"{base}{SLUG}/pl/" in found[f"{SLUG}-pl-handout.pdf"]
    assert [code for all_codes in found.values() for code in all_codes if code == base], "the poster's code"
    texts = [path.read_text("utf-8") for path in tmp_path.rglob("*.txt")]
    said = [word for text in texts for word in text.split() if word.strip("\u2066\u2069").startswith("http")]
    assert said, "the text message has the address"
    addresses = {word.strip("\u2066\u2069.,") for word in said}
    for path in sheets:
        addresses |= {*found[path.name], *(link for link in links(path) if link.startswith(base[:12]))}
        for code in found[path.name]:
            printed = code.partition("://")[2].rstrip("/")
            assert squeezed(printed) in squeezed(poppler(path)), f"{path.name} has {code} in letters"
    for address in addresses:
        if "example.sch.uk" in address:
            assert address.startswith(base), address
            assert (tmp_path / address.removeprefix(base) / "index.html").is_file(), address


def test_a_contact_with_every_way_to_reach_it_is_shown_whole_in_every_format(
    tmp_path: Path,
) -> None:
    school = parse_school(
        '[[local_contacts]]\nname = "Family Hub"\nphone = "(01632) 960-001 ext 7"\n'
        'website = "www.hub.example/report-a-concern"\nemail = "help@hub.example"\n'
        'address = "Unit 4, The Old Mill, Station Road, Town, AB1 2CD"\nlanguages = "Polish"',
        FILE,
    )
    build_guides(Project(), BuildRequest(("en", "pl", "ur"), FORMATS, school), tmp_path)
    ways = (
        "01632 960 001 extension 7",
        "www.hub.example/report-a-concern",
        "help@hub.example",
        "Unit 4, The Old Mill, Station Road, Town, AB1 2CD",
    )
    files = [
        path
        for path in tmp_path.rglob("*")
        if (path.name in ("index.html", "fragment.html", "read-aloud.txt") and path.parent != tmp_path)
        or path.name.endswith(("handout.pdf", "large-print.pdf", "bilingual.pdf"))
    ]
    assert len(files) == 3 * 3 + 3 * 2 + 2
    for path in files:
        text = poppler(path) if path.suffix == ".pdf" else path.read_text("utf-8")
        for way in ways:
            assert squeezed(way) in squeezed(text), f"{path.name}: {way}"
        if path.suffix != ".txt":
            wanted = (
                "tel:+441632960001;ext=7",
                "https://www.hub.example/report-a-concern",
                "mailto:help@hub",
            )
            whole = text if path.suffix == ".html" else " ".join(links(path))
            assert all(link in whole for link in wanted), path.name
