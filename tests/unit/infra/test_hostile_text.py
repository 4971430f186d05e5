"""Text that is nested, long or odd in ways that stop a parser: refused at once, with one message."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from parentguide.errors import ParentguideError
from parentguide.infra.json_text import parse_json
from parentguide.infra.nesting import MOST_LEVELS
from parentguide.infra.toml import MOST_TEXT, parse_toml
from parentguide.infra.yaml_text import parse_yaml

FILE = Path("given.file")
MANY = 60_000
TOML = {
    "lists": "a = " + "[" * MANY,
    "closed lists": "a = " + "[" * MANY + "]" * MANY,
    "tables": "a = " + "{a=" * MANY,
    "dotted key": ".".join(["a"] * MANY) + " = 1",
    "dotted table": "[" + ".".join(["'a'"] * MANY) + "]",
    "quotes that do not end": "a = " + '"""' + '\\"""' * MANY,
    "number": "a = " + "9" * MANY,
    "date": "a = 2026-02-30",
    "long": "# " + "x" * MOST_TEXT,
}
JSON = {
    "lists": "[" * MANY,
    "objects": '{"a":' * MANY,
    "lists in a text that ends": '"[[[" ' + "[" * MANY,
    "number": "9" * MANY,
    "not a number": "[NaN]",
    "infinite": "-Infinity",
    "half of a character": '["\\ud800"]',
}
YAML = {
    "lists": "a: " + "[" * MANY,
    "lists in lines": "\n".join(" " * n + "-" for n in range(400)),
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "date": "a: 2026-02-30",
    "unknown tag": "a: !!python/object/apply:os.getcwd []",
    "odd tags": "a: !!int x",
    "timestamp that is none": "a: !!timestamp x",
    "null character": "a: b\0c",
    "number": "a: " + "9" * 5_000,
    "long": "a: " + "x" * 200_000,
}


def refused(parse: Callable[[], object], error: type[Exception]) -> None:
    start = time.process_time()
    with pytest.raises(error) as caught:
        parse()
    assert len(str(caught.value)) < 2_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", TOML)
def test_toml_that_stops_a_parser_is_refused(kind: str) -> None:
    refused(lambda: parse_toml(TOML[kind], FILE), ParentguideError)


@pytest.mark.parametrize("kind", JSON)
def test_json_that_stops_a_parser_is_refused(kind: str) -> None:
    refused(lambda: parse_json(JSON[kind]), ValueError)


@pytest.mark.parametrize("kind", YAML)
def test_yaml_that_stops_a_parser_is_refused_with_the_file(kind: str) -> None:
    refused(lambda: parse_yaml(YAML[kind], FILE, "the front matter"), ParentguideError)


def test_brackets_and_dots_in_texts_and_comments_are_not_nesting() -> None:
    odd = "[{." * 20_000
    written = f"a = '{odd}'\nb = \"{odd}\\\"{odd}\"  # it's {odd}\nc = '''\n{odd}''{odd}'''\n"
    assert parse_toml(written, FILE)["a"] == odd
    assert parse_json(f'["{odd}\\"{odd}"]') == [f'{odd}"{odd}']


def test_the_deepest_nesting_is_allowed() -> None:
    lists = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert parse_toml(f"a = {lists}", FILE)
    assert parse_json(lists)
    assert parse_json('"\\ud83d\\ude00"') == "😀"
    assert parse_toml(f"a = [{'1.5, ' * MANY}]", FILE)["a"][-1] == 1.5
