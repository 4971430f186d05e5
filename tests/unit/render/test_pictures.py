"""The pictures of ``templates/pictures``: one family that Typst, browsers and cairo draw alike.

What a picture must be is in ``pictures.toml``; sizes on paper are the floors of the printed sheets.
"""

import json
import re
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import typst
from defusedxml.ElementTree import fromstring
from PIL import Image

from parentguide.infra.toml import parse_toml
from parentguide.model.walk import messages
from parentguide.project.project import Project
from parentguide.schools.accent import ENOUGH, contrast

FOLDER = Path(__file__).parents[3] / "templates" / "pictures"
TABLE = parse_toml((FOLDER / "pictures.toml").read_text("utf-8"), FOLDER / "pictures.toml")
PICTURES = TABLE["picture"]
FILES = sorted(path.name for path in FOLDER.glob("*.svg"))
EACH = pytest.mark.parametrize("name", FILES)

SVG = "{http://www.w3.org/2000/svg}"
SMALLEST = 14  # mm, the smallest picture on paper
FINEST = 0.6  # mm, the finest line on paper
LARGEST_FILE = 1_500  # bytes
ROOT = {
    "viewBox": f"0 0 {TABLE['grid']} {TABLE['grid']}",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": str(TABLE["stroke"]),
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {
    "path": {"d"},
    "circle": {"cx", "cy", "r"},
    "rect": {"x", "y", "width", "height", "rx"},
}
PIXELS = 240  # the side of a drawing in these tests
MARGIN = 6  # units of ground around the grid, where a line that leaves the grid is seen


def svg(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def parsed(name: str) -> Element:
    return fromstring(svg(name), forbid_dtd=True)


@cache
def all_drawn(lines: str, areas: str, margin: int = 0) -> dict[str, bytes]:
    """A PNG of each file, made by Typst on white; ``margin`` is ground around the grid, in its units."""
    side = TABLE["grid"] + 2 * margin
    texts = [
        svg(name)
        .replace("currentColor", lines)
        .replace(TABLE["tint"], areas)
        .replace(ROOT["viewBox"], f"-{margin} -{margin} {side} {side}")
        for name in FILES
    ]
    return dict(zip(FILES, typeset(texts), strict=True))


def typeset(pictures: list[str]) -> list[bytes]:
    """One page of PIXELS x PIXELS for each picture."""
    page = f"#set page(width: {PIXELS}pt, height: {PIXELS}pt, margin: 0pt, fill: white)\n"
    images = "#for svg in json(bytes(sys.inputs.pictures)) { page(image(bytes(svg), width: 100%)) }"
    pages = typst.compile(
        (page + images).encode(), format="png", ppi=72, sys_inputs={"pictures": json.dumps(pictures)}
    )
    assert isinstance(pages, list)
    return pages


def pixels(png: bytes) -> Counter[tuple[int, int, int]]:
    image = Image.open(BytesIO(png)).convert("RGB")
    data = image.tobytes()
    return Counter(zip(data[::3], data[1::3], data[2::3], strict=True))


def test_every_file_is_in_the_table_once_and_every_row_has_its_file() -> None:
    assert sorted(row["file"] for row in PICTURES) == FILES


def test_no_id_has_two_pictures_and_every_id_is_one_of_a_guide() -> None:
    project = Project(FOLDER.parents[1])
    known = {segment.id for slug in project.slugs for segment in messages(project.guide_source(slug).guide)}
    ids = [row["id"] for row in PICTURES]
    assert len(ids) == len(set(ids))
    assert set(ids) <= known


def test_every_sign_step_and_outside_contact_of_the_shipped_guide_has_a_picture() -> None:
    guide = Project(FOLDER.parents[1]).guide_source("cse").guide
    kinds = re.compile("(sign|do|call)-")
    wanted = {segment.id for segment in messages(guide) if kinds.match(segment.id)}
    assert len(wanted) > 9
    assert wanted <= {row["id"] for row in PICTURES}


@pytest.mark.parametrize("row", PICTURES, ids=lambda row: row["id"])
def test_a_row_says_what_is_drawn_and_has_a_text_alternative_that_may_be_empty(row: dict[str, str]) -> None:
    assert row.keys() == {"id", "file", "alternative", "shows"}
    assert row["shows"].strip()
    assert row["alternative"] == row["alternative"].strip()


@EACH
def test_a_picture_is_small_and_has_no_words(name: str) -> None:
    assert len(svg(name).encode()) < LARGEST_FILE
    assert not "".join(parsed(name).itertext()).strip()
    assert "<!" not in svg(name)
    assert "<?" not in svg(name)


@EACH
def test_a_picture_has_the_grid_and_the_one_line_of_the_family(name: str) -> None:
    root = parsed(name)
    assert root.tag == f"{SVG}svg"
    assert root.attrib == ROOT


def test_the_line_is_wide_enough_on_the_smallest_picture_on_paper() -> None:
    assert TABLE["stroke"] / TABLE["grid"] * SMALLEST >= FINEST


def test_a_line_with_enough_contrast_for_text_on_white_has_enough_for_a_picture_on_the_tint() -> None:
    # WCAG 2.2: 7:1 for text (1.4.6), which the school's colour has, and 3:1 for a picture (1.4.11).
    lost = contrast("#fff", [TABLE["tint"]])
    assert ENOUGH / lost >= 3


@EACH
def test_a_picture_has_only_plain_shapes_and_one_tinted_group(name: str) -> None:
    root = parsed(name)
    groups = root.findall(f"{SVG}g")
    assert [group.attrib for group in groups] == [{"class": "tint", "fill": TABLE["tint"]}]
    assert len(groups[0])
    for shape in (*root, *groups[0]):
        kind = shape.tag.removeprefix(SVG)
        if kind == "g" and shape is groups[0]:
            continue
        assert not len(shape)
        assert shape.attrib.keys() == SHAPES[kind]


@EACH
def test_numbers_of_a_picture_are_short(name: str) -> None:
    values = [value for shape in parsed(name).iter() for value in (shape.get("d"), shape.get("cx")) if value]
    assert not re.search(r"\.\d{3}|\.\d*0(?!\d)", " ".join(values))


@EACH
def test_a_picture_stays_on_its_grid_and_fills_most_of_it(name: str) -> None:
    image = Image.open(BytesIO(all_drawn("#000", "none", MARGIN)[name])).convert("L")
    box = image.point([255 if level < 200 else 0 for level in range(256)]).getbbox()
    assert box is not None
    unit = PIXELS / (TABLE["grid"] + 2 * MARGIN)
    left, top, right, bottom = (edge / unit - MARGIN for edge in box)
    assert min(left, top) >= 0
    assert max(right, bottom) <= TABLE["grid"]
    assert max(right - left, bottom - top) > TABLE["grid"] * 0.8


@EACH
def test_a_picture_has_the_two_colours_that_are_put_in_and_no_others(name: str) -> None:
    found = pixels(all_drawn("#00f", "#f00")[name])
    assert found[0, 0, 255] > PIXELS
    assert found[255, 0, 0] > PIXELS / 4
    # True of white, of red, of blue and of each mixture of them at an edge.
    assert all(abs(red + blue - green - 255) <= 3 for red, green, blue in found)


@EACH
def test_in_monochrome_the_lines_stay_and_the_areas_go(name: str) -> None:
    tinted = pixels(all_drawn("#000", TABLE["tint"])[name])
    mono = pixels(all_drawn("#000", "none")[name])
    assert mono[0, 0, 0] == tinted[0, 0, 0]
    assert all(red == green == blue for red, green, blue in mono)
    assert not all(red == green == blue for red, green, blue in tinted)


def test_no_two_pictures_are_alike() -> None:
    assert len(set(all_drawn("#000", "none").values())) == len(FILES)


def test_pictures_are_drawn_with_the_same_bytes_each_time() -> None:
    texts = [svg(name) for name in FILES]
    assert typeset(texts) == typeset(texts)
