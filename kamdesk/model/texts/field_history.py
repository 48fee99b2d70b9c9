"""The history of a field: names of steps, words for values, problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "field_history.take_back": N_("Earlier value back: {noun} “{name}”: {field}"),
    "field_history.unknown": N_(
        "There is no history of this field. Choose another field or an earlier change."
    ),
    "field_history.target_gone": N_(
        "What this value names was deleted. Restore it from the trash first, then take the value back."
    ),
    "field_history.nameless": N_("(without a name)"),
    "field_history.yes": N_("yes"),
    "field_history.no": N_("no"),
}
