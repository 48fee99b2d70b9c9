"""What an entry of reference data says besides its two labels, and may be edited: declared once, read by the page and the check.

The value of each stands in ``Item.extras`` under the field's name; dates and decimals as their ISO and plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import N_
from kamdesk.model.values import Sensitivity

_OPEN: Final = Sensitivity.BUSINESS


def _field(name: str, label: str, kind: FieldKind, vocabulary: str = "") -> FieldSpec:
    return FieldSpec(name, label, kind, vocabulary, sensitivity=_OPEN)


_TERMS: Final = (
    _field("text_ru", N_("Text in Russian"), FieldKind.LONG_TEXT),
    _field("text_en", N_("Text in English"), FieldKind.LONG_TEXT),
)

EXTRAS: Final[Mapping[str, tuple[FieldSpec, ...]]] = {
    "relation": (
        _field("reverse_ru", N_("From the other end, in Russian"), FieldKind.TEXT),
        _field("reverse_en", N_("From the other end, in English"), FieldKind.TEXT),
        _field("directed", N_("Has a direction"), FieldKind.YES_NO),
    ),
    "lens": (
        _field("criteria", N_("What matters"), FieldKind.CODES, "criteria"),
        _field("evidence", N_("What convinces"), FieldKind.CODES, "evidence_kind"),
        _field("subject", N_("Part of the document"), FieldKind.CODE, "subject"),
    ),
    "fact_kind": (
        _field("sensitivity", N_("May be shown to"), FieldKind.CODE, "sensitivity"),
        _field("date", N_("Is a date"), FieldKind.YES_NO),
    ),
    "deal_stage": (_field("open", N_("The deal is still open"), FieldKind.YES_NO),),
    "currency": (_field("sign", N_("Sign"), FieldKind.TEXT),),
    "vat_rate": (
        _field("rate", N_("Rate, %"), FieldKind.DECIMAL),
        _field("from", N_("From"), FieldKind.DATE),
        _field("until", N_("Until"), FieldKind.DATE),
    ),
    "payment_terms": _TERMS,
    "delivery_terms": _TERMS,
    "lead_time_terms": _TERMS,
    "warranty_terms": _TERMS,
}


def spec_of(vocabulary: str, name: str) -> FieldSpec | None:
    """The declaration of one extra; None where the user has no say."""
    return next((one for one in EXTRAS.get(vocabulary, ()) if one.name == name), None)
