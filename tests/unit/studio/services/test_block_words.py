"""The words of a block as a browser sends them: what goes out comes back, and nothing else gets in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide.errors import ProjectError, SourceError
from parentguide.model import markup
from parentguide.studio.services.block_words import as_json, marked, shown_words

_WORDS = st.text("abک ۔*{}\u200c", min_size=1, max_size=6)
_FIELD = st.sampled_from(["{nspcc}", "{police_emergency}"])
_INSIDE = st.lists(_WORDS | _FIELD, min_size=1, max_size=3).map("".join)
_TEXTS = st.lists(_WORDS | _FIELD | _INSIDE.map(lambda words: f"**{words}**"), max_size=5).map("".join)

UNREADABLE = [
    "",
    "{",
    '"words"',
    "[1]",
    "[null]",
    '{"field": "nspcc"}',
    '[{"field": "no such name!"}]',
    '[{"field": "nspcc", "bold": []}]',
    '[{"bold": "x"}]',
    '[{"bold": [{"bold": ["x"]}]}]',
    '[["x"]]',
]


@given(_TEXTS)
def test_stored_words_come_back_from_the_browser_as_they_were(text: str) -> None:
    try:
        runs = markup.parse(text)
    except SourceError:
        return
    expected = text.replace("****", "")  # bold parts that touch are one
    assert marked(json.dumps(as_json(runs))) == expected


@given(st.lists(st.text(max_size=8) | st.fixed_dictionaries({"field": st.just("nspcc")}), max_size=6))
def test_text_from_a_browser_keeps_its_fields(sent: list[str | dict[str, str]]) -> None:
    text = marked(json.dumps(sent))
    assert text.count("{nspcc}") >= sum(isinstance(piece, dict) for piece in sent)
    assert "\u200b" not in text


@pytest.mark.parametrize("sent", UNREADABLE)
def test_anything_else_is_refused_with_what_to_do(sent: str) -> None:
    with pytest.raises(ProjectError, match="cannot be read") as caught:
        marked(sent)
    assert "Load the page again" in caught.value.sentences


def test_empty_bold_is_left_out_and_the_cursor_s_space_too() -> None:
    assert marked('["a\u200b", {"bold": []}, {"bold": ["\u200b"]}, "b"]') == "ab"


def test_fields_are_shown_as_what_families_see_and_broken_words_as_they_are() -> None:
    bold, field = shown_words("**Call** {nspcc}", {"nspcc": "0808 800 5000"})[0::2]
    assert [piece.text for piece in bold.bold] == ["Call"]
    assert (field.text, field.name) == ("0808 800 5000", "nspcc")
    (broken,) = shown_words("**Call {", {})
    assert broken.text == "**Call {"
