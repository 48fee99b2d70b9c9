"""The published schema of the open dossier format, written from the declarations."""

from __future__ import annotations

import sys
from pathlib import Path

from kamdesk.exchange.dossier_schema import schema_bytes
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.dossier_fields import collections

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"


def main() -> int:
    """Write it anew; commit the result."""
    vocabularies = Vocabularies.load(RESOURCES / "vocabulary.json")
    target = RESOURCES / "schema" / "dossier.schema.json"
    target.write_bytes(schema_bytes(collections(vocabularies)))
    print(f"{target.relative_to(RESOURCES.parent)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
