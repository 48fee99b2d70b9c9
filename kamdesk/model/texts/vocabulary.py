"""Steps and problems of reference data."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "vocabulary.add": N_("Add to the list: {name}"),
    "vocabulary.extra": N_("Change {name}"),
    "vocabulary.wrong": N_("This entry cannot have that value. Choose one of the list."),
    "vocabulary.rename": N_("Rename in the list: {name}"),
    "vocabulary.hide": N_("Hide in the list: {name}"),
    "vocabulary.restore": N_("Show in the list again: {name}"),
    "vocabulary.move": N_("Move in the list: {name}"),
    "vocabulary.fixed": N_(
        "This list is fixed: the program decides by its entries. Their words can be changed."
    ),
    "vocabulary.empty": N_("Type the words of the new entry."),
    "vocabulary.exists": N_("“{name}” is already in this list."),
    "vocabulary.unknown": N_("The entry “{entry}” is not in this list any more."),
}
