"""``school.schema.json``: the form of ``school.toml`` as JSON Schema (2020-12), for editors that complete
and check what a person types. Pure."""

import json
from collections.abc import Iterable
from typing import Any

from parentguide.schools.description import DETAILS, GROUPS, Detail


def school_schema() -> str:
    """The schema as JSON text."""
    properties: dict[str, Any] = _properties(DETAILS)
    for group in GROUPS:
        properties[group.key] = {
            "description": group.wording.remark,
            "type": "array",
            "maxItems": group.most,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": _properties(group.details),
            },
        }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "school.toml of parentguide",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _properties(details: Iterable[Detail]) -> dict[str, Any]:
    return {
        detail.key: {"description": detail.wording.remark or detail.wording.label, **detail.parsed.schema}
        for detail in details
    }
