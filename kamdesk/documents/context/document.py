"""A finished outgoing document as values: what goes to the worker and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kamdesk.documents.blocks import Node, from_json, to_json


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """Fields and blocks by their stable English names, ready to be poured into a template.

    ``fields`` is namespace → name → text, ``blocks`` name → nodes. ``title`` and ``company`` become the properties
    of the file; ``date`` is ISO. ``kind`` is group, variant or cover; ``reader_id`` is the addressee's id or "".
    """

    kind: str
    language: str
    title: str
    company: str
    date: str
    fields: Mapping[str, Mapping[str, str]]
    blocks: Mapping[str, tuple[Node, ...]]
    reader_id: str = ""
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was written by hand of names, titles and companies, for the filters (``documents.language.filters.FORMS``)."""

    def to_json(self) -> dict[str, Any]:
        """The document as JSON values."""
        return {
            "kind": self.kind,
            "language": self.language,
            "title": self.title,
            "company": self.company,
            "date": self.date,
            "fields": {name: dict(values) for name, values in self.fields.items()},
            "blocks": {name: to_json(tuple(nodes)) for name, nodes in self.blocks.items()},
            "forms": {name: dict(forms) for name, forms in self.forms.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> OutgoingDocument:
        """The document that ``to_json`` wrote (the reader's id stays outside the worker)."""
        blocks = {name: from_json(nodes) for name, nodes in value["blocks"].items()}
        plain = {name: value[name] for name in ("kind", "language", "title", "company", "date", "fields")}
        return cls(**plain, blocks=blocks, forms=value.get("forms", {}))
