"""The editor of a declared field: what ``FieldSpec`` says decides which one it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes, InlineYesNo
from kamdesk.desktop.widgets.inline_text import (
    InlineDate,
    InlineDecimal,
    InlineInteger,
    InlineLongText,
    InlinePartialDate,
    InlineText,
    InlineWords,
)
from kamdesk.model.fields import FieldKind, FieldSpec

_TYPED = {
    FieldKind.TEXT: InlineText,
    FieldKind.LONG_TEXT: InlineLongText,
    FieldKind.INTEGER: InlineInteger,
    FieldKind.DECIMAL: InlineDecimal,
    FieldKind.DATE: InlineDate,
    FieldKind.PARTIAL_DATE: InlinePartialDate,
    FieldKind.YES_NO: InlineYesNo,
}


def can_edit(spec: FieldSpec) -> bool:
    """Whether there is an inline editor for a field.

    Links, files, moments and amounts need a place of their own.
    """
    return spec.kind in _TYPED or spec.kind in (FieldKind.CODE, FieldKind.CODES)


def editor_for(
    spec: FieldSpec,
    value: Any,
    kit: Kit,
    save: Callable[[Any], object] | None = None,
    *,
    ranked: bool = False,
    say: Say | None = None,
) -> InlineEditor:
    """An editor that shows ``value`` and calls ``save(value)``. Raises ValueError for a kind that has none.

    ``say`` gives words that are in no catalogue: those of a field of the user's own.
    """
    say = say or (lambda: kit.words.gettext(spec.label))

    if spec.kind == FieldKind.CODE:
        made: InlineEditor = InlineChoice(
            kit, say, lambda: kit.vocabularies.options(spec.vocabulary), save, required=spec.required
        )
    elif spec.kind == FieldKind.CODES and not spec.vocabulary:
        made = InlineWords(kit, say, save)
    elif spec.kind == FieldKind.CODES:
        made = InlineCodes(kit, say, lambda: kit.vocabularies.options(spec.vocabulary), save, ranked=ranked)
    elif spec.kind in _TYPED:
        made = _TYPED[spec.kind](kit, say, save)
    else:
        raise ValueError(f"no inline editor for {spec.kind}")
    made.setObjectName(spec.name)
    made.set_value(value)
    return made
