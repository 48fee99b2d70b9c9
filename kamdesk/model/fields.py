"""What the generic parts (forms, history, search, merge, redaction) know of one field of an entity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kamdesk.model.values import Sensitivity


class FieldKind(StrEnum):
    """How a field is typed and shown. The Python value of each kind stands behind it."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str, several lines
    CODE = "code"  # str, a code of ``FieldSpec.vocabulary``; "" or None is unknown
    CODES = "codes"  # tuple of codes
    INTEGER = "integer"  # int or None
    DECIMAL = "decimal"  # Decimal or None
    YES_NO = "yes_no"  # bool
    DATE = "date"  # datetime.date or None
    PARTIAL_DATE = "partial_date"  # PartialDate or None
    MOMENT = "moment"  # naive local datetime or None
    LINK = "link"  # id of another row or None
    FILE = "file"  # id of a stored file or None
    AMOUNTS = "amounts"  # tuple of Decimal


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as declared: ``name`` of the column, English source ``label``, kind, vocabulary, who may see it."""

    name: str
    label: str
    kind: FieldKind
    vocabulary: str = ""
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.PRIVATE
