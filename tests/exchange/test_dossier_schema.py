"""The published JSON schema says what the declarations say, and both demo dossiers obey it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kamdesk.exchange.dossier_schema import schema_bytes
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.dossier_fields import collections

_TYPES = {"string": str, "boolean": bool, "array": list, "object": dict}


def findings(value: Any, rule: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """The places where a value breaks the part of JSON schema that ours uses."""
    if "$ref" in rule:
        rule = {
            **root["$defs"][rule["$ref"].rpartition("/")[2]],
            **{k: v for k, v in rule.items() if k != "$ref"},
        }
    found = []
    if "const" in rule and value != rule["const"]:
        found.append(f"{place}: not {rule['const']}")
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{place}: {value!r} is not in the enumeration")
    kinds = rule.get("type", [])
    if kinds and not any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        found.append(f"{place}: {value!r} is not {kinds}")
    if isinstance(value, str) and "pattern" in rule and not re.search(rule["pattern"], value):
        found.append(f"{place}: {value!r} is not like {rule['pattern']}")
    if isinstance(value, list) and "items" in rule:
        for index, item in enumerate(value):
            found += findings(item, rule["items"], root, f"{place}[{index}]")
    if isinstance(value, dict):
        found += [f"{place}.{name}: missing" for name in rule.get("required", []) if name not in value]
        for name, item in value.items():
            if name in rule.get("properties", {}):
                found += findings(item, rule["properties"][name], root, f"{place}.{name}")
            else:
                found.append(f"{place}.{name}: unknown")
    return found


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number"):
        return isinstance(value, int if kind == "integer" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, _TYPES[kind])


def test_the_file_is_what_the_declarations_give(repository: Path) -> None:
    made = schema_bytes(collections(Vocabularies.load(repository / "resources" / "vocabulary.json")))
    kept = repository / "resources" / "schema" / "dossier.schema.json"
    if kept.read_bytes() != made:
        pytest.fail(
            "an entity or a vocabulary changed: write the schema anew with\npython3 dev.py schema\n"
            "and raise the version of the format where an old document would be read wrongly"
        )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_demo_obeys_it(repository: Path, language: str) -> None:
    root = json.loads((repository / "resources" / "schema" / "dossier.schema.json").read_text("utf-8"))
    demo = json.loads((repository / "resources" / "demo" / f"dossier.{language}.json").read_text("utf-8"))
    assert findings(demo, root, root) == []


def test_the_check_itself_finds_what_is_wrong(repository: Path) -> None:
    root = json.loads((repository / "resources" / "schema" / "dossier.schema.json").read_text("utf-8"))
    wrong = {
        "format": "other",
        "version": 1,
        "people": [{"stance": "2", "birthplace": "x"}],
        "units": [{"name": 5}],
        "offer_items": [{"proposal_id": "p", "name": "x", "price": "1e9"}],
    }
    found = findings(wrong, root, root)
    assert {line.split(":")[0] for line in found} == {
        "$.format",
        "$.people[0].stance",
        "$.people[0].birthplace",
        "$.units[0].organisation_id",
        "$.units[0].name",
        "$.offer_items[0].price",
    }


def test_every_field_is_described(repository: Path) -> None:
    root = json.loads((repository / "resources" / "schema" / "dossier.schema.json").read_text("utf-8"))
    assert root["$schema"].endswith("2020-12/schema")
    for name, definition in root["$defs"].items():
        assert definition.get("title") or definition.get("description"), name
        for field, rule in definition.get("properties", {}).items():
            assert {"title", "description", "$ref"} & rule.keys(), f"{name}.{field}"
