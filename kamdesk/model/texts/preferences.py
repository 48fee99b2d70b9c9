"""English texts of the vault's preferences."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "preferences.set": N_("Change a preference"),
    "preferences.wrong": N_("This preference cannot have that value. Choose one of the list."),
}
