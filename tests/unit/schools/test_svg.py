"""An SVG picture is rebuilt from what is allowed. (``tests/program/test_logos.py`` has the attacks.)"""

import pytest

from parentguide.errors import SchoolFileError
from parentguide.schools.svg import MAX_ELEMENTS, SafeSvg, safe_svg

BOX = 'viewBox="0 0 32 16"'


def rebuilt(inner: str, root: str = BOX) -> SafeSvg:
    return safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inner}</svg>'.encode())


def drawn(inner: str, root: str = BOX) -> str:
    """What is inside the rebuilt picture."""
    text = rebuilt(inner, root).data.decode()
    return text[text.index(">") + 1 : text.rindex("<")]


def test_shapes_groups_and_gradients_are_kept() -> None:
    inner = (
        '<g fill="#fff" transform="scale(2)"><path d="M0 0L1 1z"></path></g>'
        '<linearGradient id="a"><stop offset="1" stop-color="red"></stop></linearGradient>'
        '<circle r="2" fill="url(#a)"></circle>'
    )
    assert drawn(inner) == inner
    assert rebuilt(inner).left_out == ()


@pytest.mark.parametrize(
    ("root", "size", "box"),
    [
        (BOX, (32, 16), 'viewBox="0 0 32 16" width="320" height="160"'),
        ('viewBox="-1,-2,100,100"', (100, 100), 'viewBox="-1 -2 100 100" width="160" height="160"'),
        ('width="20px" height="40"', (20, 40), 'viewBox="0 0 20 40" width="80" height="160"'),
        ('width="1e3" height="1"', (1000, 1), 'width="320" height="1"'),
    ],
)
def test_the_size_is_that_of_the_view_box(root: str, size: tuple[float, float], box: str) -> None:
    picture = rebuilt("", root)
    assert picture.size == size
    assert box in picture.data.decode()


@pytest.mark.parametrize(
    ("inner", "left_out"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g><animate attributeName="x"/></g>', "<animate>"),
        ('<rect onclick="x()"/>', "event handlers"),
        ('<rect fill="url(https://a.example)"/>', "a value of fill"),
        ('<g filter="url(#a)"/>', "filter"),
        ('<rect style="mask: url(#a)"/>', "mask"),
        ('<linearGradient href="https://a.example"/>', "a reference out of the picture"),
    ],
)
def test_what_is_left_out_is_named(inner: str, left_out: str) -> None:
    picture = rebuilt(inner)
    assert picture.left_out == (left_out,)
    for gone in (b"script", b"animate", b"onclick", b"example", b"url("):
        assert gone not in picture.data


def test_descriptions_and_the_data_of_editors_are_left_out_silently() -> None:
    inner = '<title>x</title><!-- y --><metadata>z</metadata><e:x xmlns:e="https://e.example">w</e:x>'
    assert drawn(inner) == ""
    assert rebuilt(inner).left_out == ()


def test_a_gradient_may_inherit_from_another_of_the_picture() -> None:
    assert drawn('<linearGradient href="#b"/>') == '<linearGradient xlink:href="#b"></linearGradient>'


def test_classes_and_styles_become_attributes() -> None:
    css = "/* c */ .a, .b { fill: red; unknown: 1 } .b { stroke: blue !important }"
    inner = f'<style>{css}</style><rect class="b c" style="opacity:.5;filter:none"/>'
    assert drawn(inner) == '<rect fill="red" stroke="blue" opacity=".5"></rect>'
    assert rebuilt(inner).left_out == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("<html/>", "not an SVG"),
        ("<svg", "XML is broken"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "entities"),
        ("<svg/>", "how large"),
        ('<svg width="10"/>', "how large"),
        ('<svg viewBox="0 0 a 1"/>', "how large"),
        ('<svg viewBox="0 0 0 1"/>', "no size"),
        ('<svg viewBox="0 0 nan 1"/>', "no size"),
        ('<svg viewBox="0 0 1e9 1"/>', "no size"),
        (f"<svg {BOX}><text>x</text></svg>", "<text>"),
        (f'<svg {BOX}><image href="a.png"/></svg>', "<image>"),
        (f"<svg {BOX}><é/></svg>", "<…>"),
        (f"<svg {BOX}><style>rect {{ fill: red }}</style></svg>", "rules that we cannot check"),
        (f"<svg {BOX}>{'<g>' * 50}{'</g>' * 50}</svg>", "nested too deep"),
        (f"<svg {BOX}>{'<g/>' * (MAX_ELEMENTS + 1)}</svg>", str(MAX_ELEMENTS)),
    ],
)
def test_a_picture_that_would_look_different_is_refused(data: str, problem: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        safe_svg(data.encode())
    assert problem in caught.value.problem
    assert caught.value.loc == ("logo",)
    assert caught.value.remedy


def nested_clips(levels: int) -> str:
    """Each clip clips both shapes of the one before it: 2 to the power of ``levels`` drawings."""
    clips = "".join(
        f'<clipPath id="a{n}"><rect width="9" height="9" clip-path="url(#a{n + 1})"/>'
        f'<rect width="8" height="8" style="clip-path:url(#a{n + 1})"/></clipPath>'
        for n in range(levels)
    )
    return f'{clips}<rect width="9" height="9" clip-path="url(#a0)"/>'


@pytest.mark.parametrize("levels", [14, 100])
def test_clips_inside_clips_are_refused_at_once(levels: int) -> None:
    with pytest.raises(SchoolFileError, match="clips are inside each other"):
        rebuilt(nested_clips(levels))


def test_a_clip_that_contains_itself_is_refused_and_a_few_clips_are_not() -> None:
    with pytest.raises(SchoolFileError, match="clips are inside each other"):
        rebuilt('<clipPath id="a" clip-path="url(#a)"><rect/></clipPath><rect clip-path="url(#a)"/>')
    assert b"clipPath" in rebuilt(nested_clips(5)).data
