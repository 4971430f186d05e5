"""Templates and program agree on the names of what templates read."""

import re
from collections.abc import Iterable
from typing import Any, get_args

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

from parentguide.model.guide import Block
from parentguide.render.print import review_types, school_types
from parentguide.render.print import sheet_types as types
from parentguide.render.text.plain_text import MessageContext, ReadAloudContext
from parentguide.render.tokens import read_tokens
from parentguide.render.web import contexts
from tests.unit.render.editions import TEMPLATES

WEB = {
    "page.html": contexts.PageContext,
    "example.html": contexts.ExampleContext,
    "fragment.html": contexts.FragmentContext,
    "gateway.html": contexts.GatewayContext,
    "read-first.html": contexts.ReadFirstContext,
    "check.html": contexts.CheckContext,
    "components.html": contexts.ComponentsContext,
    "schools.html": contexts.SchoolsContext,
}
# A page's context is the same for all templates that use it; these do not use all of it.
UNUSED = {
    "example.html": {"policy", "style", "languages"},
    "fragment.html": {"policy", "style", "languages", "english_attributes"},
}


def read_names(folder: str, name: str) -> tuple[set[str], set[str]]:
    """The names that a Jinja template reads and those that it sets, with the templates that it uses."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES / folder), autoescape=True)
    found: set[str] = set()
    own: set[str] = {"caller"}
    waiting, seen = [name], set[str]()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        tree = environment.parse((TEMPLATES / folder / current).read_text("utf-8"))
        found |= meta.find_undeclared_variables(tree)
        own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
        own |= {node.target for node in tree.find_all(nodes.Import)}
        waiting += [other for other in meta.find_referenced_templates(tree) if other and other not in seen]
        assert not list(tree.find_all(nodes.Include)), "an include would need this test to look into it"
    return found - set(environment.globals), own


def keys(*forms: Any) -> set[str]:
    return {key for form in forms for key in form.__annotations__.keys() | form.__required_keys__}


@pytest.mark.parametrize("name", sorted(WEB))
def test_a_web_template_reads_what_it_is_given(name: str) -> None:
    given, common = keys(WEB[name]), keys(contexts.Globals)
    read, own = read_names("web", name)
    assert read - own <= given | common
    unread = given - read
    assert unread == UNUSED.get(name, set())


def test_every_web_template_has_a_context() -> None:
    used_by_others = {"base.html", "blocks.html", "parts.html"}
    assert {path.name for path in TEMPLATES.glob("web/*.html")} == WEB.keys() | used_by_others


@pytest.mark.parametrize(
    ("name", "form"), [("read-aloud.txt", ReadAloudContext), ("message.txt", MessageContext)]
)
def test_a_text_template_reads_what_it_is_given(name: str, form: Any) -> None:
    read, own = read_names("text", name)
    assert read - own == keys(form)


def typst(*names: str) -> str:
    """The source of Typst templates without comments."""
    sources = ((TEMPLATES / "print" / f"{name}.typ").read_text("utf-8") for name in names)
    return re.sub(r"(?m)^\s*//.*$", "", "\n".join(sources))


def members(source: str, *variables: str) -> set[str]:
    """The names of the form ``variable.name`` outside strings, without the methods of Typst."""
    source = re.sub(r'"[^"\n]*"', '""', source)
    found = re.findall(rf"\b(?:{'|'.join(variables)})\.([a-z][\w-]*)", source)
    return set(found) - {
        "at",
        "len",
        "remove",
        "enumerate",
        "fields",
        "named",
        "map",
        "replace",
        "pairs",
        "slice",
    }


TOKENS = read_tokens(TEMPLATES)
# What several sheets use.
SHARED = ("common", "ending", "columns", "school", "blocks", "leaves")
SHEETS = {
    "handout": types.SheetData,
    "large-print": types.SheetData,
    "bilingual": types.BilingualData,
    "cards": types.CardsData,
    "review": review_types.ReviewData,
}


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_sheet_reads_what_it_is_given(name: str) -> None:
    source = typst("setting", *SHARED, name)
    removed = set(re.findall(r'edition\.remove\("([\w-]+)"', source))
    optional = set(re.findall(r'edition\.remove\("([\w-]+)", default', source))
    assert removed - optional == {"blocks"}
    given = keys(SHEETS[name])
    read = members(source, "given", "edition") | removed
    assert read - optional <= given
    assert given <= read
    if name == "review":
        assert optional <= given


def test_the_poster_reads_what_it_is_given() -> None:
    source = typst("setting", "poster")
    assert members(source, "given", "poster") == keys(types.PosterData)
    assert members(source, "item") == keys(types.PosterCell)
    assert members(source, "school") == keys(school_types.PosterSchoolData)


def test_sheets_read_the_schools_details_and_the_sizes_that_they_are_given() -> None:
    source = typst(*SHARED, *SHEETS)
    qr = keys(school_types.QrData)
    assert members(source, "school") == keys(school_types.SchoolData)
    assert members(source, r"school\.qr") == qr
    assert members(source, "person") == keys(school_types.PersonData)
    assert members(source, "sizes") <= set(TOKENS.sheets["handout"]) | set(TOKENS.sheets["handout-a5"])


def test_sheets_read_the_tokens_and_pictures_that_they_are_given() -> None:
    source = typst("setting", "poster", *SHARED, *SHEETS)
    assert members(typst("setting"), "look") == keys(types.LookData)
    assert members(source, "paper") == set(TOKENS.paper)
    assert members(source, "colours") <= set(TOKENS.light)


BLOCKS = (*get_args(types.BlockData), *get_args(types.RowData))
INSIDE = (
    types.SegmentData,
    school_types.LinkData,
    types.TextRun,
    types.StrongRun,
    review_types.ReviewMessageData,
    review_types.ReviewQuestion,
    review_types.ReviewNote,
    review_types.ReviewTerm,
    school_types.LocalData,
)


def test_sheets_read_the_blocks_that_they_are_given() -> None:
    source = typst(*SHARED, *SHEETS)
    read = members(source, "item", "segment", "contact", "phrase")
    assert read == keys(*BLOCKS, *INSIDE, types.CardData, types.Pair)
    assert members(typst("review"), "part") == keys(review_types.ReviewPartData)


def kinds_in(source: str) -> set[str]:
    return set(re.findall(r'\bkind == "([\w-]+)"', source))


def block_kinds(forms: Iterable[Any]) -> set[str]:
    return {form.kind for form in forms}


@pytest.mark.parametrize("name", ["blocks.html", "fragment.html"])
def test_web_templates_show_every_kind_of_block(name: str) -> None:
    assert kinds_in((TEMPLATES / "web" / name).read_text("utf-8")) == block_kinds(get_args(Block))


def test_sheets_show_every_kind_of_block_and_run() -> None:
    assert kinds_in(typst("common", "blocks")) == block_kinds(get_args(Block)) | {"text", "strong", "field"}


def test_no_template_knows_the_id_of_a_segment() -> None:
    for path in [
        *TEMPLATES.glob("web/*.html"),
        *TEMPLATES.glob("print/*.typ"),
        *TEMPLATES.glob("text/*.txt"),
    ]:
        assert not re.search(r'\bid == ["\']', path.read_text("utf-8")), path.name
