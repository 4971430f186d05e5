"""``school.schema.json``, and the documentation of ``school.toml``."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from parentguide.schools.description import DETAILS, GROUPS
from parentguide.schools.school_schema import school_schema
from parentguide.schools.school_text import new_school_text
from tests.unit.schools.test_school_file import FULL

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads(school_schema())
TYPES: dict[str, type] = {"string": str, "array": list, "object": dict, "boolean": bool}


def faults(value: Any, schema: Mapping[str, Any], place: str = "") -> list[str]:
    """What is wrong with a value, by the keywords of JSON Schema that ours has."""
    unknown = schema.keys() - {
        "$schema", "title", "description", "type", "properties", "additionalProperties", "items",
        "maxItems", "maxLength", "uniqueItems", "enum",
    }  # fmt: skip
    assert not unknown, f"this check does not know {unknown}"
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: enum"]
    allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not isinstance(value, tuple(TYPES[name] for name in allowed)):
        return [f"{place}: type"]
    found = []
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        found.append(f"{place}: maxLength")
    if isinstance(value, list):
        if len(value) > schema.get("maxItems", len(value)):
            found.append(f"{place}: maxItems")
        if schema.get("uniqueItems") and len(set(value)) < len(value):
            found.append(f"{place}: uniqueItems")
        for position, item in enumerate(value):
            found += faults(item, schema["items"], f"{place}/{position}")
    if isinstance(value, dict):
        for key, item in value.items():
            if key in schema["properties"]:
                found += faults(item, schema["properties"][key], f"{place}/{key}")
            elif schema["additionalProperties"] is False:
                found.append(f"{place}/{key}: additionalProperties")
    return found


def as_json(text: str) -> Any:
    """The values of a TOML file as an editor checks them: dates are text."""
    return json.loads(json.dumps(tomllib.loads(text), default=str))


@pytest.mark.parametrize(
    "text",
    ["", new_school_text({}), FULL.replace('["pl", "ur", "pl"]', '["pl", "ur"]').replace('"yes"', "true")],
    ids=["empty", "new", "full"],
)
def test_a_valid_file_agrees_with_the_schema(text: str) -> None:
    assert faults(as_json(text), SCHEMA) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nmae = 'x'", "/nmae: additionalProperties"),
        ("name = 3", "/name: type"),
        (f"name = '{'x' * 121}'", "/name: maxLength"),
        ("languages = 3", "/languages: type"),
        ("languages = ['pl', 'pl']", "/languages: uniqueItems"),
        ("languages = [1]", "/languages/0: type"),
        ("[[team]]\nphon = '999'", "/team/0/phon: additionalProperties"),
        ("[[team]]\n" * 5, "/team: maxItems"),
        ("[[local_contacts]]\nkind = 'council'", "/local_contacts/0/kind: enum"),
    ],
)
def test_the_schema_finds_what_the_reader_refuses(text: str, fault: str) -> None:
    assert faults(as_json(text), SCHEMA) == [fault]


def test_the_committed_schema_is_the_present_one() -> None:
    # “parentguide school schema > docs/school.schema.json” renews it.
    assert (DOCS / "school.schema.json").read_text("utf-8") == school_schema()


@pytest.mark.parametrize(
    "key",
    [*(d.key for d in DETAILS), *(g.key for g in GROUPS), *(d.key for g in GROUPS for d in g.details)],
)
def test_every_key_is_in_the_documentation(key: str) -> None:
    text = (DOCS / "school-file.md").read_text("utf-8")
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    assert f"`{key}`" in table or f"`[[{key}]]`" in table or f"`{key} =" in table
