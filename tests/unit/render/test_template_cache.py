"""Compiled templates are kept, up to a number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from parentguide.render.web.template_cache import CompiledTemplates


class Counting(Environment):
    """Counts the templates that it compiles."""

    compiled = 0

    def _generate(self, *arguments: object, **named: object) -> str:
        Counting.compiled += 1
        return super()._generate(*arguments, **named)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _from_none() -> Iterator[None]:
    Counting.compiled = 0
    yield
    Counting.compiled = 0


def shown(cache: CompiledTemplates, text: str, name: str = "page") -> str:
    environment = Counting(loader=DictLoader({name: text}), bytecode_cache=cache, autoescape=True)
    return environment.get_template(name).render(word="a & b")


def test_a_template_is_compiled_once() -> None:
    cache = CompiledTemplates()
    assert [shown(cache, "{{ word }}") for _ in range(3)] == ["a &amp; b"] * 3
    assert Counting.compiled == 1


def test_a_changed_template_is_compiled_again() -> None:
    cache = CompiledTemplates()
    assert [shown(cache, text) for text in ("one", "two", "one")] == ["one", "two", "one"]
    assert Counting.compiled == 2


def test_two_folders_with_a_template_of_one_name_do_not_share_it(tmp_path: Path) -> None:
    cache = CompiledTemplates()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page").write_text(folder, "utf-8")
        environment = Counting(
            loader=FileSystemLoader(tmp_path / folder), bytecode_cache=cache, autoescape=True
        )
        assert environment.get_template("page").render() == folder


def test_the_oldest_templates_are_dropped() -> None:
    cache = CompiledTemplates(most=2)
    for text in ("one", "two", "three"):
        shown(cache, text)
    assert Counting.compiled == 3
    shown(cache, "three")
    shown(cache, "two")
    assert Counting.compiled == 3
    shown(cache, "one")
    assert Counting.compiled == 4
